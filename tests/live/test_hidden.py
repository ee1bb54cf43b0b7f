"""Once a card is hidden, nothing that it ever said is at any public address: not on pages, in files, in the log, in the
streams, nor in the board as it was."""

import json
from collections.abc import Iterator
from dataclasses import replace

import httpx
import pytest
from tests.drawing import cell, day_of
from tests.live.addresses import Names, readable
from tests.live.listening import InThread, listening, serving_here
from tests.outlets.boards import board, placed

from openspaces.board.memory import MEMORY
from openspaces.board.moves import (
    ApproveCard,
    AskDeal,
    ChangeEvent,
    ClaimCell,
    EditCard,
    FollowPlan,
    Move,
    MoveCard,
    OpenContest,
    Plan,
    Profile,
    RemoveCard,
    ShieldCard,
    WriteCard,
)
from openspaces.board.play import play
from openspaces.board.state import Board, Card, Policy, Room
from openspaces.board.vocabulary import Cell, Deal, Placing, Standing
from openspaces.board.words import Words
from openspaces.outlets.base import Asked, Pull, Variant
from openspaces.outlets.registry import PULLS
from openspaces.people.who import PROGRAM, Who

EVENT, CODE = "camp", "BADCRD"
CANARY = "Zinnober"
HOST = Who("host")
HIDING: dict[str, Move] = {
    "shielded": ShieldCard(card=CODE, reason=f"It says {CANARY}"),
    "removed": RemoveCard(card=CODE, reason="It insults people"),
}


@pytest.fixture
def server(database: None) -> Iterator[InThread]:
    """A camp with a card that said the same word wherever a host can write, in earlier versions and places too."""
    rooms = (Room("oak", "Oak"), Room("elsewhere", "Elsewhere", elsewhere=True))
    days = (day_of([f"{hour:02}:00" for hour in range(9, 13)], ("oak", "elsewhere")),)
    done(FollowPlan(plan=Plan(event=EVENT, profile=profile(), rooms=rooms, days=days)), PROGRAM)
    with serving_here() as serving:
        said = Words(f"{CANARY} one", CANARY, CANARY, f"@{CANARY}", "https://zinnober.example").as_said()
        there = (cell("elsewhere 09:00"),)
        written = WriteCard(code=CODE, cells=there, where=f"{CANARY} hall", **said)
        done(written, HOST)
        done(EditCard(card=CODE, title=f"{CANARY} two", seen=now().number), HOST)
        done(MoveCard(card=CODE, cells=(cell("elsewhere 10:00"),), where=f"{CANARY} yard"), HOST)
        done(WriteCard(title="Other", code="OTHER0", cells=(cell("oak 09:00"),)), Who("other"))
        done(AskDeal(card=CODE, other="OTHER0", deal=Deal.MERGE, title=f"{CANARY} both", text=CANARY), HOST)
        done(ChangeEvent(profile=profile(Placing.FACILITATORS)), PROGRAM)
        done(ClaimCell(card=CODE, cells=(cell("elsewhere 11:00"),), where=f"{CANARY} roof"), HOST)
        rival = WriteCard(title=f"{CANARY} rival", host=CANARY, code="RIVAL0", cells=(cell("oak 10:00"),))
        done(rival, PROGRAM)
        done(OpenContest(cell=cell("oak 11:00"), cards=("RIVAL0", "OTHER0")), PROGRAM)
        done(EditCard(card="RIVAL0", title="Rival", seen=now().number), PROGRAM)
        yield serving


@pytest.mark.parametrize("move", HIDING.values(), ids=HIDING)
def test_what_a_hidden_card_said_is_nowhere(server: InThread, move: Move) -> None:
    with listening(f"{server.address}/{EVENT}/live"):  # so that the ring of the streams is kept
        before = telling(server)
        done(replace(HIDING["shielded"], card="RIVAL0"), PROGRAM)  # type: ignore[type-var]
        done(move, PROGRAM)
        assert telling(server) == set()
    assert {"/camp/", "/camp/board.txt", "/camp/board.csv", "/camp/rooms.json", f"/camp/cards/{CODE}/"} <= before
    assert {"/camp/changes.atom", "/camp/changes.json", "/camp/board.tsv", "/camp/board.csv?as=grid"} <= before
    assert {"/api/camp/changes?after=0", "/api/camp/board?at=6", "/camp/live", "/api/camp/live"} <= before


def test_a_page_that_is_open_is_told_at_once(server: InThread) -> None:
    with (
        listening(f"{server.address}/{EVENT}/live") as page,
        listening(f"{server.address}/api/{EVENT}/live") as program,
    ):
        number = done(HIDING["shielded"], PROGRAM)
        frame, changes = page.next(), program.until(number)
    drawn = {each["id"]: each["html"] for each in frame.data["cells"]}
    assert "Hidden until somebody has read it" in drawn[f"cell-{cell('elsewhere 10:00')}"]
    assert [CANARY in json.dumps(each.data) for each in (frame, *changes)] == [False, False]


def test_approved_it_can_be_read_again(server: InThread) -> None:
    done(HIDING["shielded"], PROGRAM)
    done(ApproveCard(card=CODE), PROGRAM)
    assert {"/camp/", "/camp/board.txt", "/camp/live"} <= telling(server)


@pytest.mark.parametrize("standing", [Standing.HELD, Standing.SHIELDED, Standing.REMOVED])
@pytest.mark.parametrize("pull", PULLS, ids=lambda pull: pull.name)
def test_no_print_depends_on_what_a_hidden_card_says(pull: Pull, standing: Standing) -> None:
    """Pictures too, in which nobody can search for a word."""
    one, other = (print_of(pull, said, standing) for said in ("One", "Another"))
    assert one == other


@pytest.mark.parametrize(
    "name",
    [
        "card",
        "data-xlsx",
        "image-png",
        "image-svg",
        "image-pdf",
        "now",
        "page",
        "print-board",
        "print-doors",
        "screen",
        "text",
    ],
)
def test_control_a_print_depends_on_what_a_card_says_that_is_not_hidden(name: str) -> None:
    (pull,) = [each for each in PULLS if each.name == name]
    assert print_of(pull, "One", Standing.LIVE) != print_of(pull, "Another", Standing.LIVE)


# Helpers, in the order used


def profile(placing: Placing = Placing.ANYONE) -> Profile:
    return Profile(name="Camp", timezone="Asia/Kolkata", policy=Policy(placing=placing))


def done(move: Move, by: Who) -> int:
    outcome = play(EVENT, move, by=by)
    assert outcome.refusal is None, outcome.refusal
    return outcome.number


def now() -> Board:
    board = MEMORY.board(EVENT)
    assert board is not None
    return board


def telling(server: InThread) -> set[str]:
    """The public addresses at which the word stands."""
    with httpx.Client(base_url=server.address, timeout=20) as client:
        asked = {address: client.get(address, headers={"Accept-Encoding": "identity"}) for address in addresses()}
    told = {address for address, answer in asked.items() if CANARY.lower() in answer.text.lower()}
    return told | {f"{prefix}/{EVENT}/live" for prefix in ("", "/api") if CANARY in missed(server, prefix)}


def missed(server: InThread, prefix: str) -> str:
    """What somebody hears who was away since the beginning."""
    with listening(f"{server.address}{prefix}/{EVENT}/live?number=1") as stream:
        return json.dumps([frame.data for frame in stream.until(now().number)])


def addresses() -> set[str]:
    """Every address that anybody can read, and what looks for cards of that word."""
    board = now()
    place, day, contest = str(cell("elsewhere 10:00")), board.days[0].date.isoformat(), next(iter(board.contests))
    names = Names(EVENT, CODE, place, day, last=board.number, contest=contest)
    return readable(names) | {f"/{EVENT}/similar/?title={CANARY}"}


def print_of(pull: Pull, said: str, standing: Standing) -> bytes:
    """A board on which a card in a room, and one elsewhere, say `said` wherever a host can write."""
    full = board(rooms=2, hours=range(9, 11))
    for serial, room in enumerate(("elsewhere", "r1"), start=1):
        full = placed(full, Cell(room, "0517-0900"), said, serial=serial)
    for card in full.cards.values():
        full = full.with_card(saying(card, said, standing))
    return pull.render(full, asked(pull, full))


def saying(card: Card, said: str, standing: Standing) -> Card:
    assert card.placement is not None
    words = Words(said, said, said, said, f"https://{said.lower()}.example")
    place = replace(card.placement, where=said)
    shown = words if standing is Standing.LIVE else words.hidden()
    return replace(card, words=shown, standing=standing, placement=place)


def asked(pull: Pull, full: Board) -> Variant:
    """What the outlet's address means in the first hour."""
    path = {"event": full.event, "code": next(iter(full.cards))}
    return pull.variant(Asked(path, {}, "en", full.days[0].slots[0].starts), full)
