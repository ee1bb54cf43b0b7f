"""A Google sheet holds the board, grid and list, a few seconds after each change; and what is wrong there is told."""

import json
from collections.abc import Iterator
from datetime import timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from django.conf import LazySettings
from tests.delivery.trial import Working, telling
from tests.drawing import EVENT, FACILITATOR, cells, code
from tests.hostile import HOSTILE
from tests.intake.event import furnish
from tests.outlets.google import EMAIL, PAGE, Google, Tab, credentials, google

from openspaces.board.moves import MoveCard, ShieldCard, TakeDown, WriteCard
from openspaces.board.moves.base import Move
from openspaces.board.play import play
from openspaces.board.read import board_now
from openspaces.board.state import Board
from openspaces.delivery import destinations
from openspaces.delivery.carrying import tried_out
from openspaces.delivery.models import Delivery
from openspaces.delivery.rows import State
from openspaces.lib.addresses import networks
from openspaces.look.grid import grid_rows
from openspaces.look.listing import list_rows
from openspaces.outlets.sheet import SHEET
from openspaces.outlets.sheet.outlet import SETTLES, tabs_of

DRAWN = """
          oak     elm    fir
  09:00   Knit    Chess  .
  10:00   .       .      .
"""
KNIT, CHESS = code("Knit"), code("Chess")
HOURS, CARDS = "Open Space: hours", "Open Space: cards"
SECOND = timedelta(seconds=1)


@pytest.fixture(autouse=True)
def _event(database: None, settings: LazySettings) -> None:
    settings.SEND_TO = networks("127.0.0.1")
    furnish(DRAWN)


@pytest.fixture
def there(settings: LazySettings) -> Iterator[Google]:
    with google() as made:
        settings.GOOGLE = made.address
        yield made


@pytest.fixture
def working() -> Iterator[Working]:
    with telling(SHEET) as working:
        yield working


def kept(there: Google, **typed: str) -> int:
    """A sheet that is set up; its destination."""
    settings = {"url": PAGE, "credentials": credentials(there), **typed}
    return destinations.set_up(EVENT, SHEET, "Our sheet", settings, asks=False, by="hand").pk


def do(move: Move) -> None:
    outcome = play(EVENT, move, by=FACILITATOR)
    assert outcome.refusal is None, outcome.refusal


def now() -> Board:
    board = board_now(EVENT)
    assert board is not None
    return board


def shows(there: Google, board: Board) -> bool:
    """Whether both tabs hold the board and nothing else."""
    wanted = {HOURS: [*grid_rows(board)], CARDS: [*list_rows(board)]}
    held = {title: [tuple(row) for row in there.tabs[title].rows()] for title in wanted}
    return held == {title: [tuple(row) for row in rows] for title, rows in wanted.items()}


def tried(there: Google, **typed: str) -> str:
    """What a test says."""
    row = destinations.row_of(EVENT, kept(there, **typed))
    assert row is not None
    return tried_out(SHEET, destinations.opened(row), now())


# What stands there


def test_the_board_stands_there_as_soon_as_the_sheet_is_set_up(there: Google, working: Working) -> None:
    kept(there)
    working.on(timedelta(seconds=11))
    assert shows(there, now())
    assert list(there.tabs) == ["Sheet1", HOURS, CARDS]


def test_changes_stand_there_when_they_have_settled(there: Google, working: Working) -> None:
    kept(there)
    working.on(timedelta(seconds=11))
    there.asked.clear()
    do(MoveCard(card=KNIT, cells=cells("fir 10:00")))
    do(TakeDown(card=CHESS))
    working.at = now().cards[CHESS].at + SETTLES - SECOND
    working.on()
    assert (there.asked, shows(there, now())) == ([], False)
    working.on(2 * SECOND)
    assert shows(there, now())
    # One look, one writing, one cleaning of what stood beyond it; and the token of the first time.
    assert there.asked == ["GET ", "POST /values:batchUpdate", "POST /values:batchClear"]


def test_what_stood_there_before_is_gone(there: Google, working: Working) -> None:
    there.tabs[CARDS] = Tab(7, cells={(row, column): "old" for row in range(1, 40) for column in range(1, 20)})
    kept(there)
    working.on(timedelta(seconds=11))
    assert shows(there, now())


def test_a_tab_that_is_too_small_grows(there: Google, working: Working) -> None:
    there.tabs[HOURS] = Tab(7, height=2, width=2)
    kept(there)
    working.on(timedelta(seconds=11))
    assert shows(there, now())


def test_what_is_hidden_is_not_there(there: Google, working: Working) -> None:
    kept(there)
    do(ShieldCard(card=KNIT, reason="Rude"))
    working.on(timedelta(seconds=60))
    assert "Knit" not in str([tab.cells for tab in there.tabs.values()])
    assert shows(there, now())


FREE = ("fir 09:00", "oak 10:00", "elm 10:00", "fir 10:00")
FORMULAS = ('=HYPERLINK("http://evil.example";"win")', "+1+1", "@SUM(A1)", "-2")


def test_nothing_that_people_write_is_worked_out(there: Google) -> None:
    for title, place in zip(FORMULAS, FREE, strict=True):
        do(WriteCard(title=title, host="=1+1", cells=cells(place)))
    assert (tried(there), shows(there, now())) == ("", True)
    stands = [value for row in there.tabs[CARDS].rows() for value in row]
    assert [value for value in (*FORMULAS, "=1+1", "#WORKED OUT") if value in stands] == [*FORMULAS, "=1+1"]


def test_control_without_raw_it_would_be(there: Google, monkeypatch: pytest.MonkeyPatch) -> None:
    usual = there._write
    monkeypatch.setattr(there, "_write", lambda sent: usual({**sent, "valueInputOption": "USER_ENTERED"}))
    do(WriteCard(title=FORMULAS[0], cells=cells(FREE[0])))
    assert (tried(there), shows(there, now())) == ("", False)


@pytest.mark.parametrize("words", HOSTILE.values(), ids=HOSTILE)
def test_hostile_words_stand_in_one_cell_each(words: str, there: Google) -> None:
    rows = len([*list_rows(now())])
    do(WriteCard(title=words, text=words, host=words, cells=cells(FREE[0])))
    assert (tried(there), shows(there, now())) == ("", True)
    assert len(there.tabs[CARDS].rows()) == rows + 1


def test_a_board_is_the_same_rows_each_time() -> None:
    board = now()
    assert json.dumps(tabs_of(board)) == json.dumps(tabs_of(board))


# Trouble


def test_who_is_asked_too_often_is_asked_again_when_it_says(there: Google, working: Working) -> None:
    kept(there)
    there.wrong = [(429, {"Retry_After": 40})]
    working.on(timedelta(seconds=11))
    assert Delivery.objects.get().trouble == "It was asked too often (status 429)."
    working.on(timedelta(seconds=38))
    assert HOURS not in there.tabs
    working.on(3 * SECOND)
    assert shows(there, now())


def test_a_token_that_has_ended_is_asked_for_anew(there: Google) -> None:
    assert tried(there) == ""
    there.token = "second"
    there.asked.clear()
    assert tried(there) == ""
    assert there.asked[:3] == ["GET ", "POST /token", "GET "]


def test_whoever_knows_an_account_but_not_its_key_writes_nothing_with_its_token(there: Google) -> None:
    """The address of an account stands in the sheet's list of editors, and the numbers of its keys are public."""
    assert tried(there) == ""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()
    says = "Google does not know this key any more: make a new one, and type it here."
    assert tried(there, credentials=credentials(there, private_key=pem)) == says


def test_a_sheet_that_is_not_shared_is_filled_once_it_is(there: Google, working: Working) -> None:
    there.shared = False
    kept(there)
    working.on(timedelta(seconds=11))
    assert Delivery.objects.get().trouble == f"Share the spreadsheet with {EMAIL}, as editor."
    there.shared = True
    working.on(timedelta(seconds=6))
    assert (Delivery.objects.get().state, shows(there, now())) == (State.SENT, True)


def test_a_test_says_what_is_wrong(there: Google, settings: LazySettings) -> None:
    assert tried(there, url=PAGE.replace("1AbC", "nope")) == "There is no such spreadsheet: look at its address."
    key = "Google does not know this key any more: make a new one, and type it here."
    assert tried(there, credentials=credentials(there, client_email="eve@example.org")) == key
    there.wrong = [(503, {})]
    assert tried(there) == "It answers with status 503: something is wrong there."
    settings.SEND_TO = ()
    assert tried(there).startswith("http://127.0.0.1 leads into a private network")


@pytest.mark.parametrize(
    ("url", "written", "wrong"),
    [
        (PAGE, "", {"credentials"}),
        (PAGE, "{}", {"credentials"}),
        (PAGE, "no json", {"credentials"}),
        (PAGE, '{"client_email": "a", "token_uri": "b", "private_key_id": "c", "private_key": "d"}', {"credentials"}),
        ("https://example.org/", None, {"url"}),
        (PAGE, None, set()),
        (PAGE.partition("/edit")[0], None, set()),
    ],
)
def test_settings_that_cannot_be_are_told(url: str, written: str | None, wrong: set[str], there: Google) -> None:
    typed = {"url": url, "credentials": credentials(there) if written is None else written}
    assert {*SHEET.check(typed)} == wrong


def test_a_key_that_was_pasted_into_one_line_is_a_key(there: Google) -> None:
    assert SHEET.check({"url": PAGE, "credentials": credentials(there).replace("\n", "")}) == {}
