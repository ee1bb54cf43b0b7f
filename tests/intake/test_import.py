"""`openspaces import` on the terminal: what it says first, what it does only when asked, and what it never does."""

import json
from pathlib import Path
from typing import Any

import pytest
from django.conf import LazySettings
from tests.intake.programme import making
from tests.intake.programme.making import LECTURES, SATURDAY, as_json
from tests.intake.programme.serving import Page, site
from tests.test_cli import Home

from openspaces import importing
from openspaces.board.audit import differences
from openspaces.board.moves import FollowPlan, WriteCard
from openspaces.board.play import Outcome, play
from openspaces.board.read import board_now
from openspaces.board.state import Board
from openspaces.board.vocabulary import Cell
from openspaces.intake.file import read_file
from openspaces.lib.addresses import networks
from openspaces.lib.guids import card_guid
from openspaces.outlets import schedule
from openspaces.outlets.base import Pull, Variant
from openspaces.people.who import PROGRAM, Who
from openspaces.starting import Stop

FILE = f"""
slug = "spring"
name = "Spring"
timezone = "Europe/Berlin"
[[rooms]]
key = "hall-a"
name = "Hall A"
[[days]]
date = {SATURDAY}
slots = "09:00-12:00/60"
"""
CARDS = """Titel;Wer;Tag;Uhrzeit;Raum;E-Mail
=1+1;Ada;27. März;9:00;Hall A;a@b.c
;Bo;;;;
Singen;;;;;
"""


@pytest.fixture
def files(database: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a programme and cards, and the event `spring`."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(importing, "database_is_there", lambda: True)
    (tmp_path / "spring.toml").write_text(FILE, encoding="utf-8")
    (tmp_path / "schedule.json").write_bytes(as_json(making.schedule_json()))
    (tmp_path / "cards.csv").write_text(CARDS, encoding="utf-8")
    new("spring.toml")
    return tmp_path


def new(file: str) -> Outcome:
    """Load an event file."""
    plan = read_file(Path(file))
    return play(plan.event, FollowPlan(plan=plan), by=PROGRAM)


def told(source: str, event: str = "spring", *, yes: bool = False, **asked: Any) -> list[str]:
    """What an import says, line by line."""
    wanted = importing.Wanted(event, source, agrees=lambda _question: yes, **asked)
    return [line for said in importing.bring_in(wanted) for line in said.split("\n")]


def refused(source: str, event: str = "spring") -> str:
    """The sentence with which an import stops."""
    with pytest.raises(Stop) as stopped:
        told(source, event)
    return str(stopped.value)


def test_a_programme_is_followed_and_what_it_would_add_waits_for_a_yes(files: None) -> None:
    assert told("schedule.json") == [
        f"schedule.json is a programme, “{making.TITLE}”: 7 talks in 3 rooms, 27 March 2027 to 28 March 2027.",
        "Its talks stand beside the board now, and hosts are warned of clashes. They hold no cells.",
        "",
        "The board has not:",
        "  room Hall A (2) (hall-a-2, for 40)",
        "  room कक्ष ३ (room)",
        "  Saturday, 27 March: these rooms beside its own, with its slots",
        "  Sunday, 28 March, 09:00-11:00, in slots of an hour: hall-a, hall-a-2",
        "None of this is added. If Open Spaces are held there: the same command with --yes.",
        "",
        "Talks are held in these cells of the board that are free:",
        "  Saturday 10:00–11:00, Hall A: Opening",
        "They stay open. To close them: the same command with --close.",
    ]
    again = told("schedule.json", yes=True, close=True)
    assert again[1] == "Its talks stand beside the board already."
    assert again[-1] == "The free ones are closed now."
    assert told("schedule.json") == [
        again[0],
        "Its talks stand beside the board already.",
        "The board has all of its rooms and days.",
    ]
    assert differences("spring") == []


@pytest.mark.parametrize("pull", [schedule.XML, schedule.JSON], ids=lambda pull: pull.name)
def test_what_the_board_gives_to_apps_is_a_programme_that_is_read_back(files: Path, pull: Pull) -> None:
    cell = Cell.parse("hall-a@0327-0900")
    card = play("spring", WriteCard(title="Knit & <purl>", host="Ada", cells=(cell,)), by=Who("ada")).changes[0].card
    (files / "ours").write_bytes(pull.render(known("spring"), Variant(base_url="https://board.example")))
    assert told("ours") == [
        "ours is a programme, “Spring”: 1 talks in 1 rooms, 27 March 2027.",
        "Its talks stand beside the board now, and hosts are warned of clashes. They hold no cells.",
        "The board has all of its rooms and days.",
        "",
        "Talks are held in cells where cards stand; these are left to you:",
        "  Saturday 09:00–10:00, Hall A: Knit & <purl>",
    ]
    talk = known("spring").programme.talks[0]
    assert (talk.key, talk.title, talk.speakers) == (str(card_guid("spring", card)), "Knit & <purl>", ("Ada",))


def known(event: str) -> Board:
    """The board as the database has it."""
    board = board_now(event)
    assert board is not None
    return board


def test_a_dry_run_writes_nothing(files: None) -> None:
    assert told("schedule.json", yes=True, dry=True, close=True)[1] == (
        "Its talks would stand beside the board, to warn hosts of clashes. This is a dry run: nothing is written."
    )
    assert told("cards.csv", yes=True, dry=True)[-1] == "This is a dry run: nothing is written."
    assert new("spring.toml").changes == ()
    assert told("schedule.json")[1].startswith("Its talks stand beside the board now")


def test_cards_of_a_sheet_are_shown_and_written_only_with_a_yes(files: None) -> None:
    shown = told("cards.csv")
    assert shown == [
        "cards.csv: text with semicolons, UTF-8, 3 rows below the names of the columns in row 1.",
        "  title   A “Titel”",
        "  host    B “Wer”",
        "  day     C “Tag”",
        "  time    D “Uhrzeit”",
        "  room    E “Raum”",
        "  not read, for cards are public: F “E-Mail”",
        "",
        "The first cards:",
        "  row 2: =1+1 by Ada (planned; wish: 27. März, 9:00, Hall A = Saturday 09:00–10:00, Hall A)",
        "  row 4: Singen (an idea)",
        "",
        "Rows that can be no cards; they are left out, and the others go on:",
        "  Row 3, column A “Titel”: Write a title: a few words that say what it is about.",
        "",
        "If a column is wrong, choose it: --columns title=A,host=C. Fields are title, text, host, handle, link, wish, "
        "day, time, room, tags.",
        "Day, time and room become a wish. To put cards on cells that are free: --place.",
        "Nothing is written yet. If this is right: the same command with --yes.",
    ]
    assert told("cards.csv", yes=True)[-2] == ("Cards written: 2. Placed: 0. There already, and left as they are: 0.")
    assert told("cards.csv", yes=True, place=True)[-2] == (
        "Cards written: 0. Placed: 1. There already, and left as they are: 2."
    )
    assert differences("spring") == []


def test_for_an_event_that_is_not_there_its_file_is_written(files: Path) -> None:
    wanted = importing.bring_in(importing.Wanted("summer", "schedule.json"))
    (files / "summer.toml").write_text(next(wanted), encoding="utf-8")
    with pytest.raises(Stop) as stopped:
        next(wanted)
    assert str(stopped.value) == (
        "There is no event summer yet. Above is an event file made of this programme: save it as summer.toml, look it "
        "over, say openspaces new summer.toml, then import again."
    )
    assert new("summer.toml").refusal is None
    assert told("schedule.json", "summer")[2] == "The board has all of its rooms and days."


def test_cards_of_an_event_that_is_not_there_are_refused(files: Path) -> None:
    assert refused("cards.csv", "summer") == (
        "There is no event summer (there are: spring): name one, or make it with openspaces new."
    )


def test_a_programme_of_another_year_is_asked_about_first(files: Path) -> None:
    file = (files / "schedule.json").read_text(encoding="utf-8")
    (files / "old.json").write_text(file.replace("2027-", "2026-"), encoding="utf-8")
    assert told("old.json")[1:] == [
        "None of its days is one of this board's (27 March 2027). Is it the right one?",
        "Nothing is changed. If it is the right one: the same command with --yes.",
    ]


REFUSED = (
    ("nothing.csv", "", "Cannot read nothing.csv (No such file or directory): name a file or an address."),
    ("cut.json", '{"schedule": ', "cut.json, line 1, column 14: this is not JSON (Expecting value)."),
    ("open.csv", 'Title,Host\n"Knitting,Ada\n', "open.csv: Row 2 opens a quotation mark that is never closed."),
    (
        "bad.csv",
        f"Title\n{'x' * 81}\n",
        "No row of this sheet can be a card. If a column is wrong, choose it: --columns title=A.",
    ),
)


def test_what_cannot_be_imported_is_told_in_a_sentence(files: Path) -> None:
    for name, text, says in REFUSED:
        if text:
            (files / name).write_text(text, encoding="utf-8")
        assert refused(name) == says


def test_a_programme_on_the_web_is_fetched_and_how_to_follow_it_is_told(files: Path, settings: LazySettings) -> None:
    with site() as web:
        web.pages["/schedule.json"] = Page(as_json(making.schedule_json(LECTURES[:1])))
        address = f"{web.address}/schedule.json"
        assert refused(address).startswith(f"{address} leads into a private network")
        settings.FETCH_FROM = networks("127.0.0.1")
        follow = [
            "To have the server look for changes every quarter of an hour, add to your event file:",
            "  [programme]",
            f'  source = "{address}"',
        ]
        assert told(address)[2:5] == follow
        (files / "spring.toml").write_text(f"{FILE}\n[programme]\nsource = {json.dumps(address)}\n", encoding="utf-8")
        new("spring.toml")
        assert told(address)[2:5] != follow


def test_in_a_script_nobody_is_asked_and_yes_is_typed(tmp_path: Path) -> None:
    home = Home(tmp_path / "data")
    (tmp_path / "spring.toml").write_text(FILE, encoding="utf-8")
    (tmp_path / "cards.csv").write_text(CARDS, encoding="utf-8")
    assert home.refused("import", "spring", "cards.csv").startswith("There is no event spring (there are: none)")
    home.new("spring.toml")
    unasked = home("import", "spring", "cards.csv").stdout.splitlines()
    assert unasked[-1] == "Nothing is written yet. If this is right: the same command with --yes."
    done = home("import", "spring", "cards.csv", "--yes", "--place", "--columns", "host=")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines()[-2:] == [
        "Cards written: 2. Placed: 1. There already, and left as they are: 0.",
        "Board: http://127.0.0.1:8000/spring/",
    ]
