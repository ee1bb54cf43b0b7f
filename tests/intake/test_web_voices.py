"""Anybody reports a card or says that nobody is there: who counts, what comes of it, and thanks."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from django.conf import settings
from tests.drawing import EVENT, cell
from tests.hostile import HOSTILE
from tests.intake.event import Visitor, furnish, now, organiser, titled
from tests.intake.pages import Page

from openspaces.board.moves import FreezeBoard, WithdrawCard
from openspaces.board.moves.event import AddDay
from openspaces.board.play import play
from openspaces.board.read import reports
from openspaces.board.state import Day, Slot
from openspaces.board.vocabulary import Cell
from openspaces.people.presence import code_now
from openspaces.people.who import PROGRAM

WRONG_CODE = "That is not the code on the screen now. It changes every ten minutes: look again."


@pytest.fixture(autouse=True)
def board(database: None) -> Iterator[None]:
    furnish()
    limited, settings.LIMITS = settings.LIMITS, False
    yield
    settings.LIMITS = limited


def symbols() -> str:
    return code_now(EVENT, datetime.now(UTC))[0]


def report(visitor: Visitor, title: str = "Knit", **fields: str) -> Page:
    return visitor.post(f"cards/{titled(title).code}/report/", **{"why": "rude", **fields})


# Reports


def test_a_report_needs_a_reason_and_nothing_else() -> None:
    page = Visitor().get(f"cards/{titled('Knit').code}/report/")
    assert page.headings == ["Report a card"]
    assert list(page.buttons) == ["Report it"]
    thanks = report(Visitor())
    assert thanks.successes == [
        "Thank you The people who run the board read it. Until then the card stands as it is. Back to the board"
    ]
    (told,) = reports(EVENT)
    assert (told.reasons, told.voices, told.present) == (("It insults or threatens somebody",), 1, 0)


def test_what_was_written_stands_beside_the_reason() -> None:
    report(Visitor(), why="advert", more=" Buy  this! ")
    report(Visitor(), why="other", more="It is a copy")
    (told,) = reports(EVENT)
    assert set(told.reasons) == {"It is advertising: Buy this!", "It is a copy"}


def test_staff_read_the_reason_in_the_events_language_whoever_reports() -> None:
    visitor = Visitor()
    visitor.send(f"cards/{titled('Knit').code}/report/?lang=de", why="rude")
    (told,) = reports(EVENT)
    assert told.reasons == ("It insults or threatens somebody",)


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"why": ""}, {"why": "Choose what is wrong with it."}),
        ({"why": "x", "more": "Kept"}, {"why": "Choose what is wrong with it."}),
        ({"why": "other"}, {"more": "Write what is wrong with it."}),
        ({"why": "rude", "more": "x" * 200}, {"more": "Shorten this to 200 letters."}),
    ],
)
def test_a_report_that_says_nothing_or_too_much_is_kept_and_not_sent(
    fields: dict[str, str], wrong: dict[str, str]
) -> None:
    page = report(Visitor(), **fields)
    assert (page.status, page.wrong, page.fields["more"]) == (422, wrong, fields.get("more", ""))
    assert reports(EVENT) == []


def test_three_reports_of_people_who_are_there_hide_the_text_and_keep_the_cell() -> None:
    code = titled("Knit").code
    for _ in range(3):
        page = report(Visitor(), symbols=symbols()) if not now().cards[code].hidden else None
    assert page is not None
    assert page.successes[0].count("The card's text is hidden until they have.") == 1
    assert (now().cards[code].hidden, now().cards[code].cells) == (True, (cell("oak 09:00"),))


def test_whoever_is_there_is_told_that_it_counts() -> None:
    page = report(Visitor(), symbols=symbols().lower())
    assert page.successes[0].count("Your report counts at once: when 3 people who are here report a card") == 1


def test_reports_of_people_who_are_not_there_hide_nothing() -> None:
    for _ in range(20):
        report(Visitor())
    assert titled("Knit").hidden is False


def test_a_wrong_code_keeps_the_report_and_one_may_leave_it_out() -> None:
    visitor = Visitor()
    page = report(visitor, more="Kept", symbols="WRONG1")
    assert (page.status, page.wrong, page.fields["more"]) == (403, {"symbols": WRONG_CODE}, "Kept")
    assert page.refusals == [f"Please look at this again {WRONG_CODE}"]
    assert report(visitor, more="Kept", symbols="").successes != []


def test_two_taps_of_a_new_device_are_one_report() -> None:
    key = Visitor().get(f"cards/{titled('Knit').code}/report/").fields["key"]
    for _ in range(2):
        report(Visitor(), key=key)
    (told,) = reports(EVENT)
    assert told.voices == 1


def test_a_card_that_is_gone_cannot_be_reported() -> None:
    assert play(EVENT, WithdrawCard(card=titled("Knit").code), by=PROGRAM).refusal is None
    page = Visitor().get(f"cards/{titled('Knit').code}/report/")
    assert (page.notices, page.buttons) == (["This card is not on the board any more."], {})
    refused = report(Visitor())
    assert (refused.status, refused.refusals) == (409, ["“Knit” was withdrawn."])


def test_while_the_board_is_paused_a_report_is_kept() -> None:
    assert play(EVENT, FreezeBoard(reason="Fire alarm"), by=PROGRAM).refusal is None
    page = report(Visitor(), more="Kept")
    assert (page.status, page.fields["more"]) == (409, "Kept")
    assert page.refusals == ["The board is paused: Fire alarm. Nothing you typed is lost; try again soon."]


@pytest.mark.parametrize("more", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_words_stay_words(more: str) -> None:
    page = report(Visitor(), why="x", more=more)
    assert [script for script in page.scripts if script] == []
    assert page.status == 422


@pytest.mark.parametrize("what", ["report", "nobody-here"])
@pytest.mark.parametrize("code", ["NOCARD", "x", "<b>"])
def test_a_card_that_is_not_here_is_not_found(code: str, what: str) -> None:
    assert Visitor().get(f"cards/{code}/{what}/").status == 404
    assert Visitor().send(f"cards/{code}/{what}/", why="rude").status_code == 404


# Nobody here


def running_now() -> tuple[str, Cell]:
    """The card Chess, which should be on in Oak now; its page of that question, and its cell."""
    starts = (datetime.now(UTC) - timedelta(minutes=20)).replace(second=0, microsecond=0)
    day = now().local(starts).date()
    slot = Slot(f"{day:%m%d}-0000", day, starts, starts + timedelta(hours=1))
    assert play(EVENT, AddDay(day=Day(day, (slot,), ("oak", "elm"))), by=PROGRAM).refusal is None
    here = Cell("oak", slot.key)
    Visitor().send(f"cells/{here}/", title="Chess")
    return f"cards/{titled('Chess').code}/nobody-here/", here


def test_one_may_say_it_only_while_it_should_be_on() -> None:
    address = f"cards/{titled('Knit').code}/nobody-here/"
    page = Visitor().get(address)
    assert (page.notices, page.buttons) == (["It is not on at the moment."], {})
    refused = Visitor().post(address)
    assert (refused.status, refused.refusals) == (409, ["“Knit” is not on at the moment."])


def test_one_voice_is_thanked_and_frees_nothing() -> None:
    address, here = running_now()
    page = Visitor().post(address)
    assert page.successes[0].startswith("Thank you The people who run the board see it, and a helper looks.")
    counted = Visitor().post(address, symbols=symbols())
    assert counted.successes[0].startswith("Thank you When 3 people who are here say so, or a helper does, the room")
    assert now().is_free(here) is False


def test_three_people_who_are_there_free_the_room_and_may_take_it() -> None:
    address, here = running_now()
    pages = [Visitor().post(address, symbols=symbols()) for _ in range(3)]
    assert now().is_free(here)
    assert pages[-1].successes[0].startswith("Thank you The room is free for the rest of the hour")
    assert pages[-1].links["Take the rest of the hour"] == f"/{EVENT}/cells/{here}/"


def test_a_helper_alone_frees_it() -> None:
    address, here = running_now()
    assert "symbols" not in organiser().get(address).fields
    organiser().post(address)
    assert now().is_free(here)


def test_people_who_are_not_there_free_nothing() -> None:
    address, here = running_now()
    for _ in range(10):
        Visitor().send(address)
    assert now().is_free(here) is False


@pytest.mark.parametrize("made_up", ["attic@0517-0900", "<script>", str(cell("elm 09:00"))])
def test_a_thank_you_names_no_cell_that_somebody_made_up(made_up: str) -> None:
    address, _ = running_now()
    page = Visitor().get(f"{address}?thanks={made_up}")
    assert page.successes[0].startswith("Thank you The people who run the board see it, and a helper looks.")
