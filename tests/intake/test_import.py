"""`openspaces import` on the terminal: what it says first, what it does only when asked, and what it never does."""

from pathlib import Path

import pytest
from tests.intake.programme import making
from tests.intake.programme.making import LECTURES, SATURDAY, as_json
from tests.intake.programme.serving import Page, site
from tests.test_cli import Home

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
def home(tmp_path: Path) -> Home:
    """An installation with the event `spring`."""
    home = Home(tmp_path / "data")
    (tmp_path / "spring.toml").write_text(FILE, encoding="utf-8")
    (tmp_path / "schedule.json").write_bytes(as_json(making.schedule_json()))
    (tmp_path / "cards.csv").write_text(CARDS, encoding="utf-8")
    home.new("spring.toml")
    return home


def told(home: Home, *typed: str, **more: str) -> list[str]:
    """The lines that an import prints."""
    done = home("import", "spring", *typed, **more)
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout.splitlines()


def test_a_programme_is_followed_and_what_it_would_add_waits_for_a_yes(home: Home) -> None:
    assert told(home, "schedule.json") == [
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
    again = told(home, "schedule.json", "--yes", "--close")
    assert again[1] == "Its talks stand beside the board already."
    assert again[-1] == "The free ones are closed now."
    assert told(home, "schedule.json") == [
        again[0],
        "Its talks stand beside the board already.",
        "The board has all of its rooms and days.",
    ]
    assert home("check", "spring").returncode == 0


def test_a_dry_run_writes_nothing(home: Home) -> None:
    assert told(home, "schedule.json", "--dry-run", "--yes", "--close")[1] == (
        "Its talks would stand beside the board, to warn hosts of clashes. This is a dry run: nothing is written."
    )
    assert told(home, "cards.csv", "--dry-run", "--yes")[-1] == "This is a dry run: nothing is written."
    assert home("new", "spring.toml").stdout.startswith("spring is as the file says already.")
    assert told(home, "schedule.json")[1].startswith("Its talks stand beside the board now")


def test_cards_of_a_sheet_are_shown_and_written_only_with_a_yes(home: Home) -> None:
    shown = told(home, "cards.csv")
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
    assert told(home, "cards.csv", "--yes")[-2] == (
        "Cards written: 2. Placed: 0. There already, and left as they are: 0."
    )
    assert told(home, "cards.csv", "--yes", "--place")[-2] == (
        "Cards written: 0. Placed: 1. There already, and left as they are: 2."
    )
    assert home("check", "spring").returncode == 0


def test_for_an_event_that_is_not_there_its_file_is_written(home: Home, tmp_path: Path) -> None:
    done = home("import", "summer", "schedule.json")
    assert done.returncode == 1
    assert done.stderr == (
        "There is no event summer yet. Above is an event file made of this programme: save it as summer.toml, look it "
        "over, say openspaces new summer.toml, then import again.\n"
    )
    (tmp_path / "summer.toml").write_text(done.stdout, encoding="utf-8")
    assert home.new("summer.toml")["event"] == "summer"
    done = home("import", "summer", "schedule.json")
    assert "The board has all of its rooms and days." in done.stdout.splitlines()


def test_a_programme_of_another_year_is_asked_about_first(home: Home, tmp_path: Path) -> None:
    file = (tmp_path / "schedule.json").read_text(encoding="utf-8")
    (tmp_path / "old.json").write_text(file.replace("2027-", "2026-"), encoding="utf-8")
    assert told(home, "old.json")[1:] == [
        "None of its days is one of this board's (27 March 2027). Is it the right one?",
        "Nothing is changed. If it is the right one: the same command with --yes.",
    ]


REFUSED = (
    ("nothing.csv", "", "Cannot read nothing.csv (No such file or directory): name a file or an address."),
    ("cut.json", '{"schedule": ', "cut.json, line 1, column 14: this is not JSON (Expecting value)."),
    ("open.csv", 'Title,Host\n"Knitting,Ada\n', "open.csv: Row 2 opens a quotation mark that is never closed."),
    ("bad.csv", f"Title\n{'x' * 81}\n", "No row of this sheet can be a card. If a column is wrong, choose it: "),
)


def test_what_cannot_be_imported_is_told_in_a_sentence(home: Home, tmp_path: Path) -> None:
    for name, text, says in REFUSED:
        if text:
            (tmp_path / name).write_text(text, encoding="utf-8")
        done = home("import", "spring", name)
        assert (done.returncode, done.stderr[: len(says)], done.stderr.count("\n")) == (1, says, 1)


def test_a_programme_on_the_web_is_fetched_and_how_to_follow_it_is_told(home: Home) -> None:
    with site() as web:
        web.pages["/schedule.json"] = Page(as_json(making.schedule_json(LECTURES[:1])))
        address = f"{web.address}/schedule.json"
        done = home("import", "spring", address)
        assert done.stderr.startswith(f"{address} leads into a private network")
        lines = told(home, address, OPENSPACES_FETCH_FROM="127.0.0.1")
        assert lines[2:5] == [
            "To have the server look for changes every quarter of an hour, add to your event file:",
            "  [programme]",
            f'  source = "{address}"',
        ]
        followed = Path(home.data.parent / "spring.toml")
        followed.write_text(f'{FILE}\n[programme]\nsource = "{address}"\n', encoding="utf-8")
        home.new("spring.toml")
        assert told(home, address, OPENSPACES_FETCH_FROM="127.0.0.1")[2] != lines[2]
