"""The program as people run it: real processes on a directory of their own."""

import json
import os
import shutil
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from functools import cache
from pathlib import Path
from typing import Any

import httpx
import pytest
from tests.leaving import directory
from tests.outlets.sheets import sizes

PROGRAM = str(Path(sys.executable).parent / "openspaces")
EXAMPLES = Path(__file__).parent.parent / "src" / "openspaces" / "examples"
CAMP = str(EXAMPLES / "camp.toml")


class Home:
    """A data directory, and the program on it."""

    def __init__(self, data: Path) -> None:
        self.data = data

    def environment(self, **more: str) -> dict[str, str]:
        """Nothing of ours but the directory, and English."""
        others = {name: value for name, value in os.environ.items() if not name.startswith(("OPENSPACES_", "DJANGO_"))}
        return others | {"OPENSPACES_DATA": str(self.data), "LC_ALL": "C.UTF-8"} | more

    def __call__(self, *typed: str, **more: str) -> subprocess.CompletedProcess[str]:
        """Run a command to its end."""
        command = [PROGRAM, *typed]
        cwd = self.data.parent
        return subprocess.run(
            command, env=self.environment(**more), cwd=cwd, capture_output=True, text=True, timeout=60
        )

    def camp(self) -> dict[str, object]:
        """A directory in which the camp has just been made; what `new --json` answered."""
        made, answer = _camp()
        shutil.copytree(made, self.data)
        return answer

    def new(self, file: str = CAMP) -> dict[str, object]:
        """What `new --json` answers."""
        done = self("new", file, "--json")
        assert (done.returncode, done.stderr) == (0, "")
        answer: dict[str, object] = json.loads(done.stdout)
        return answer

    def refused(self, *typed: str, **more: str) -> str:
        """The sentence of a command that could not go on."""
        done = self(*typed, **more)
        assert (done.returncode, done.stdout) == (1, "")
        assert "Traceback" not in done.stderr
        return done.stderr.removesuffix("\n")

    def sql(self, statement: str) -> None:
        """Tamper with the database."""
        with closing(sqlite3.connect(self.data / "openspaces.sqlite3")) as database, database:
            assert database.execute(statement).rowcount > 0


@cache
def _camp() -> tuple[Path, dict[str, object]]:
    """Made once: most of what is asked of it takes less long."""
    home = Home(directory("camp") / "data")
    return home.data, home.new()


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path / "data")


@contextmanager
def running(home: Home, *typed: str, **more: str) -> Iterator[tuple[str, list[str]]]:
    """A server that answers, its address, and the lines that it printed."""
    with closing(socket.create_server(("127.0.0.1", 0))) as free:
        port = free.getsockname()[1]
    command = [PROGRAM, "run", "--port", str(port), *typed]
    with subprocess.Popen(command, env=home.environment(**more), stdout=subprocess.PIPE, text=True) as server:
        try:
            address = f"http://127.0.0.1:{port}"
            answering(address)
            assert server.stdout is not None
            os.set_blocking(server.stdout.fileno(), False)
            yield address, server.stdout.read().splitlines()
        finally:
            server.terminate()
    assert server.returncode == 0


def answering(address: str) -> None:
    until = time.monotonic() + 20
    while time.monotonic() < until:
        try:
            assert httpx.get(f"{address}/healthz").status_code == 200
        except httpx.TransportError:
            time.sleep(0.05)
        else:
            return
    raise AssertionError(f"{address} does not answer")


def test_help_comes_without_loading_django() -> None:
    looking = (
        "import sys; from openspaces.cli import main\ntry: main(['--help'])\nfinally: print('django' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", looking], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout.splitlines()[-1]) == (0, "False")


# new


def test_new_makes_an_event_and_prints_its_links(home: Home) -> None:
    made = home.new()
    url = "http://127.0.0.1:8000/camp/"
    assert (made["event"], made["url"], made["changes"], made["kept"]) == ("camp", url, 7, [])
    link, token = str(made["organiser_link"]), str(made["token"])
    assert link.startswith(f"{url}staff/#link.1.")
    assert token.startswith("api.1.")
    assert home("new", CAMP).stdout.splitlines() == [
        "camp is as the file says already.",
        f"Board: {url}",
        f"  Organiser's link (a secret: open it on the devices that run the board): {link}",
        f"  Staff token (a secret: for programs): {token}",
    ]


def test_a_second_new_changes_nothing_and_gives_the_same_links(home: Home) -> None:
    first, second = home.new(), home.new()
    assert second == first | {"changes": 0}


def test_new_tells_what_it_kept_under_a_card(home: Home, tmp_path: Path) -> None:
    token = home.camp()["token"]
    with running(home) as (address, _lines):
        headers = {"Authorization": f"Bearer {token}"}
        card = {"title": "Knitting", "cell": "elm@0508-1000"}
        assert httpx.post(f"{address}/api/camp/cards", json=card, headers=headers).status_code == 201
    file = tmp_path / "camp.toml"
    file.write_text(Path(CAMP).read_text().replace('[[rooms]]\nkey = "elm"\nname = "Elm"\n', ""))
    assert home("new", str(file)).stdout.splitlines()[:2] == [
        "camp is as the file says now. Changes: 2.",
        "Kept, for a card stands there: Saturday 10:00–11:00, Elm (elm@0508-1000), “Knitting”. "
        "Move it, then load the file again.",
    ]


def test_links_lead_to_the_public_address(home: Home) -> None:
    done = home("new", CAMP, "--json", OPENSPACES_URL="https://board.example/")
    assert json.loads(done.stdout)["url"] == "https://board.example/camp/"


def test_a_wrong_file_makes_nothing_and_is_told_line_by_line(home: Home, tmp_path: Path) -> None:
    file = tmp_path / "wrong.toml"
    file.write_text(Path(CAMP).read_text().replace("Europe/Berlin", "Europe/Berln").replace("21:00/60", "21:00/50"))
    assert home.refused("new", str(file)).splitlines() == [
        f"{file}:4: timezone: There is no time zone “Europe/Berln”. Did you mean “Europe/Berlin”?",
        f"{file}:22: days[1].slots: “09:00-21:00/50” leaves 20 minutes over. An end that fits: 20:40, 21:30.",
    ]
    assert not (home.data / "openspaces.sqlite3").exists()


# Mistakes at the keyboard


def test_a_missing_file_is_told(home: Home) -> None:
    assert home.refused("new", "none.toml") == "Cannot read none.toml (No such file or directory): name an event file."


def test_a_command_that_does_not_exist_is_told(home: Home) -> None:
    assert home.refused("walk").endswith("see openspaces --help.")


def test_a_directory_without_a_board_is_told_and_not_made(home: Home) -> None:
    assert home.refused("check", "camp") == (
        f"There is no board in {home.data}: name its directory with --data, or make an event with openspaces new."
    )
    assert not home.data.exists()


def test_an_unknown_event_is_told(home: Home) -> None:
    home.camp()
    says = "There is no event champ (there are: camp): name one, or make it with openspaces new."
    assert home.refused("check", "champ") == says
    assert home.refused("image", "champ", "--out", "board.png") == says


@pytest.mark.parametrize("port", [0, 65536, 99999])
def test_a_port_that_cannot_be_is_told(home: Home, port: int) -> None:
    assert home.refused("run", "--port", str(port)) == (
        f"Cannot listen on 127.0.0.1, port {port} (no such port): choose others with --host and --port."
    )


def test_a_port_in_use_is_told(home: Home) -> None:
    with closing(socket.create_server(("127.0.0.1", 0))) as taken:
        port = taken.getsockname()[1]
        assert home.refused("run", "--port", str(port)) == (
            f"Cannot listen on 127.0.0.1, port {port} (Address already in use): choose others with --host and --port."
        )


def test_a_directory_that_cannot_be_made_is_told(home: Home) -> None:
    assert home.refused("new", CAMP, "--data", "/proc/nowhere") == (
        "Cannot keep data in /proc/nowhere (No such file or directory): name a directory of yours with --data."
    )


def test_a_wrong_setting_is_told(home: Home) -> None:
    assert home.refused("new", CAMP, OPENSPACES_STREAMS="many") == (
        "A setting is wrong (invalid literal for int() with base 10: 'many'): "
        "look at the OPENSPACES_ variables; docs/running.md lists them."
    )


def test_a_database_that_is_none_is_told(home: Home) -> None:
    home.data.mkdir()
    (home.data / "openspaces.sqlite3").write_text("What is this? " * 1000)
    assert home.refused("check", "camp") == (
        "The database cannot be used (file is not a database): mend it, or restore a backup into another directory."
    )


def test_data_may_be_named_before_or_after_the_command(home: Home, tmp_path: Path) -> None:
    assert home("--data", str(tmp_path / "one"), "new", CAMP).returncode == 0
    assert home("new", CAMP, "--data", str(tmp_path / "two")).returncode == 0
    assert [(tmp_path / name / "openspaces.sqlite3").exists() for name in ("one", "two", "data")] == [True, True, False]


# image


@pytest.mark.parametrize(("name", "begins"), [("b.png", b"\x89PNG\r\n"), ("b.svg", b"<svg"), ("b.pdf", b"%PDF-")])
def test_the_board_can_be_written_as_a_picture(home: Home, tmp_path: Path, name: str, begins: bytes) -> None:
    home.camp()
    done = home("image", "camp", "--day", "2027-05-09", "--out", str(tmp_path / name))
    assert (done.returncode, done.stderr) == (0, "")
    assert (tmp_path / name).read_bytes()[: len(begins)] == begins


def test_a_picture_of_another_kind_or_day_is_refused(home: Home) -> None:
    home.camp()
    assert home.refused("image", "camp", "--out", "board.gif") == (
        "A picture's file name ends in .png, .svg or .pdf: give --out such a name."
    )
    assert home.refused("image", "camp", "--out", "b.png", "--day", "2027-05-10") == "Empty camp has no 2027-05-10."


# print


@pytest.mark.parametrize(
    ("typed", "pages"),
    [
        (["cards", "-n", "5", "--from", "7"], 2),
        (["cards", "--paper", "sticky", "-n", "6"], 1),
        (["doors", "--day", "2027-05-09"], 3),
        (["doors", "--room", "oak", "--paper", "a3"], 1),
        (["board", "--tiles", "2x2"], 4),
        (["poster", "--short"], 1),
    ],
    ids=str,
)
def test_what_is_printed_can_be_written_without_a_server(
    home: Home, tmp_path: Path, typed: list[str], pages: int
) -> None:
    home.camp()
    done = home("print", "camp", *typed, "--out", str(tmp_path / "out.pdf"))
    assert (done.returncode, done.stderr) == (0, "")
    assert len(sizes((tmp_path / "out.pdf").read_bytes())) == pages


def test_what_cannot_be_printed_is_refused(home: Home) -> None:
    home.camp()
    assert home.refused("print", "camp", "cards", "--out", "cards.png") == (
        "What is printed is a PDF: give --out a name that ends in .pdf."
    )
    assert home.refused("print", "camp", "cards", "-n", "500", "--out", "c.pdf") == "n is a number from 1 to 120."
    assert home.refused("print", "camp", "doors", "--paper", "a5", "--out", "d.pdf") == (
        "paper is one of: a4, letter, a3."
    )
    said = home.refused("print", "camp", "doors", "--room", "attic", "--day", "2027-05-08", "--out", "d.pdf")
    assert said == "Empty camp has no door attic on 2027-05-08."


# check


def test_check_is_clean_after_new(home: Home) -> None:
    home.new(str(EXAMPLES / "pyconus2022.toml"))
    done = home("check", "pyconus2022")
    assert (done.returncode, done.stdout) == (0, "pyconus2022: the log and the tables agree.\n")


def test_check_names_each_field_that_was_tampered_with(home: Home) -> None:
    home.new(str(EXAMPLES / "pyconus2022.toml"))
    home.sql("UPDATE board_room SET capacity = 7 WHERE key = '250a'")
    home.sql("UPDATE board_event SET name = 'PyCon'")
    done = home("check", "pyconus2022")
    assert done.returncode == 1
    assert done.stdout.splitlines() == [
        "name: “PyCon US 2022” by the log, “PyCon” in the tables",
        "rooms 250a capacity: 40 by the log, 7 in the tables",
    ]
    assert done.stderr == (
        "The log and the tables of pyconus2022 differ: keep a copy of the data, then restore a backup.\n"
    )


def test_check_notices_a_missing_line_of_the_log(home: Home) -> None:
    home.camp()
    home.sql("DELETE FROM board_change WHERE number = 3")
    done = home("check", "camp")
    assert done.returncode == 1
    assert done.stdout.startswith("the log cannot be followed: ")


# backup and restore


def test_a_backup_is_restored_with_another_epoch(home: Home, tmp_path: Path) -> None:
    made = home.camp()
    copy = tmp_path / "copy.sqlite3"
    assert home("backup", str(copy)).returncode == 0
    assert copy.stat().st_mode & 0o777 == 0o600
    other = Home(tmp_path / "other")
    other.data.mkdir()
    (other.data / "secret").write_bytes((home.data / "secret").read_bytes())
    assert other("restore", str(copy)).stdout == f"Restored from {copy}.\n"
    assert other.new() == made | {"changes": 0}
    assert epoch(other) != epoch(home)


def test_a_restore_over_events_needs_the_ugly_word_and_keeps_what_was_there(home: Home, tmp_path: Path) -> None:
    home.camp()
    copy = tmp_path / "copy.sqlite3"
    home("backup", str(copy))
    home.new(str(EXAMPLES / "schoolcamp.toml"))
    assert home.refused("restore", str(copy)) == (
        f"{home.data} holds 2 events: restore into an empty directory, or add --replace-everything."
    )
    done = home("restore", str(copy), "--replace-everything")
    kept = next(home.data.glob("before-restore-*.sqlite3"))
    assert done.stdout.splitlines()[1] == f"What was there before is kept in {kept}."
    assert events(home.data / "openspaces.sqlite3") == ["camp"]
    assert events(kept) == ["camp", "schoolcamp"]


def test_a_running_server_notices_a_restore(home: Home, tmp_path: Path) -> None:
    token = home.camp()["token"]
    copy = tmp_path / "copy.sqlite3"
    home("backup", str(copy))
    with running(home) as (address, _lines):
        headers = {"Authorization": f"Bearer {token}"}
        httpx.post(f"{address}/api/camp/cards", json={"title": "Lost", "cell": "oak@0508-1000"}, headers=headers)
        before = httpx.get(f"{address}/api/camp/board").json()
        assert home("restore", str(copy), "--replace-everything").returncode == 0
        after = _of_another_epoch(f"{address}/api/camp/board", before["epoch"])
    assert (before["number"], after["number"], after["cards"]) == (9, 7, [])


def _of_another_epoch(address: str, old: str) -> dict[str, Any]:
    """The board, once it is of another epoch."""
    until = time.monotonic() + 20
    while time.monotonic() < until:
        board: dict[str, Any] = httpx.get(address).json()
        if board["epoch"] != old:
            return board
        time.sleep(0.05)
    raise AssertionError(f"{address} is still of the epoch {old}")


def test_what_is_no_backup_is_refused(home: Home) -> None:
    assert home.refused("restore", CAMP) == (
        f"{CAMP} is no backup of a board (file is not a database): name a file that openspaces backup wrote."
    )


def test_a_backup_never_writes_over_a_file(home: Home, tmp_path: Path) -> None:
    home.camp()
    (tmp_path / "precious").write_text("mine")
    says = f"{tmp_path / 'precious'} exists already: choose another name."
    assert home.refused("backup", str(tmp_path / "precious")) == says
    assert (tmp_path / "precious").read_text() == "mine"


def epoch(home: Home) -> str:
    with closing(sqlite3.connect(home.data / "openspaces.sqlite3")) as database:
        return str(database.execute("SELECT epoch FROM board_event").fetchone()[0])


def events(file: Path) -> list[str]:
    with closing(sqlite3.connect(file)) as database:
        return [slug for (slug,) in database.execute("SELECT slug FROM board_event ORDER BY slug")]


# run


def test_the_demo_is_served_and_survives_a_restart(home: Home) -> None:
    with running(home, "--demo") as (address, lines):
        assert lines[0] == f"Open {address}"
        assert [line for line in lines if line.startswith("Board: ")] == [
            f"Board: {address}/pyconus2025/",
            f"Board: {address}/pyconindia2018/",
            f"Board: {address}/camp/",
        ]
        board = httpx.get(f"{address}/api/camp/board").json()
        slot = board["slots"][-1]["key"]
        card = httpx.post(f"{address}/api/camp/cards", json={"title": "Mine", "cell": f"oak@{slot}"})
        assert card.status_code == 201
    with running(home, "--demo") as (address, _lines):
        board = httpx.get(f"{address}/api/camp/board").json()
        assert board["number"] == card.json()["number"]
        assert [each["title"] for each in board["cards"]] == ["Mine"]
        assert httpx.get(f"{address}/healthz").json()["events"] == 3


def test_later_commands_print_the_address_that_was_served(home: Home) -> None:
    with running(home) as (address, _lines):
        assert home.new()["url"] == f"{address}/camp/"


def test_lifted_limits_are_said_loudly(home: Home) -> None:
    loud = "*** RATE LIMITS ARE OFF (OPENSPACES_LIMITS=off). Never run like this on an open network. ***"
    with running(home) as (_address, lines):
        assert lines.count(loud) == 0
    with running(home, OPENSPACES_LIMITS="off") as (_address, lines):
        assert lines.count(loud) == 1
