"""Once a card is hidden, nothing that it ever said leaves by itself: not in what was about to go, nor in what is told
of its hiding."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.conf import LazySettings
from django.utils import translation
from tests.drawing import cell, day_of
from tests.live.test_hidden import CANARY, CODE, EVENT, HIDING, HOST, done, now, profile

from openspaces.board.moves import (
    AskDeal,
    ChangeEvent,
    ClaimCell,
    EditCard,
    FollowPlan,
    MoveCard,
    OpenContest,
    Plan,
    WriteCard,
)
from openspaces.board.play import play
from openspaces.board.read import changes_after
from openspaces.board.state import Room
from openspaces.board.vocabulary import Deal, Placing
from openspaces.board.voices import Star
from openspaces.board.words import Words
from openspaces.delivery.contract import Destination, Job, News, Push, Thing
from openspaces.delivery.sealing import seal
from openspaces.outlets.email.letter import html_of, subject_of, text_of
from openspaces.outlets.email.posting import Ready
from openspaces.outlets.phone.carrying import Packet
from openspaces.outlets.registry import PUSHES
from openspaces.people.contacts import keep_contact
from openspaces.people.phones import Line, Wishes, keep_line, keep_wishes
from openspaces.people.who import PROGRAM, Who

SETTINGS = {
    "url": "https://discord.example/api/webhooks/1/x",
    "minutes": "10",
    "news": "on",
    "secret": "whsec_x",
    "asks": "",
}


@pytest.fixture(autouse=True)
def _board(database: None, settings: LazySettings) -> None:
    """The camp of tests/live/test_hidden.py, whose hosts left addresses and whose phones follow the word."""
    settings.BASE_URL = "https://board.example"
    rooms = (Room("oak", "Oak"), Room("elsewhere", "Elsewhere", elsewhere=True))
    days = (day_of([f"{hour:02}:00" for hour in range(9, 13)], ("oak", "elsewhere")),)
    done(FollowPlan(plan=Plan(event=EVENT, profile=profile(), rooms=rooms, days=days)), PROGRAM)
    said = Words(f"{CANARY} one", CANARY, CANARY, f"@{CANARY}", "https://zinnober.example").as_said()
    done(WriteCard(code=CODE, cells=(cell("elsewhere 09:00"),), where=f"{CANARY} hall", **said), HOST)
    done(WriteCard(title="Other", code="OTHER0", cells=(cell("oak 09:00"),)), Who("other"))
    for code in (CODE, "OTHER0"):
        keep_contact(EVENT, code, f"{code}@example.org")
    keep_wishes(EVENT, "phone", Wishes(keywords=(CANARY,), quiet=(0, 0)))
    keep_line(EVENT, "phone", Line("mark", "push.example", seal({"endpoint": "x"})))


def lives() -> None:
    """What happens to the card before it is hidden, and to others with it."""
    done(EditCard(card=CODE, title=f"{CANARY} two", seen=now().number), HOST)
    done(MoveCard(card=CODE, cells=(cell("elsewhere 10:00"),), where=f"{CANARY} yard"), PROGRAM)
    done(AskDeal(card=CODE, other="OTHER0", deal=Deal.MERGE, title=f"{CANARY} both", text=CANARY), HOST)
    done(ChangeEvent(profile=profile(Placing.FACILITATORS)), PROGRAM)
    done(ClaimCell(card=CODE, cells=(cell("elsewhere 11:00"),), where=f"{CANARY} roof"), HOST)
    done(WriteCard(title=f"{CANARY} rival", host=CANARY, code="RIVAL0", cells=(cell("oak 10:00"),)), PROGRAM)
    done(OpenContest(cell=cell("oak 11:00"), cards=("RIVAL0", "OTHER0")), PROGRAM)
    done(EditCard(card="RIVAL0", title="Rival", seen=now().number), PROGRAM)


@pytest.mark.parametrize("hiding", HIDING)
@pytest.mark.parametrize("push", PUSHES, ids=lambda push: push.name)
def test_nothing_is_told_of_what_a_hidden_card_said(push: Push, hiding: str) -> None:
    first = now().number
    starred()
    lives()
    done(replace(HIDING["shielded"], card="RIVAL0"), PROGRAM)  # type: ignore[type-var]
    done(HIDING[hiding], PROGRAM)
    said = list(tellings(push, first))
    assert [each for each in said if CANARY.lower() in each.lower()] == []


@pytest.mark.parametrize("name", ["discord", "email", "phone", "sheet", "apprise", "bluesky", "webhook"])
def test_control_before_it_is_hidden_it_is_told(name: str) -> None:
    (push,) = [each for each in PUSHES if each.name == name]
    first = now().number
    starred()
    lives()
    assert any(CANARY.lower() in each.lower() for each in tellings(push, first))


# Helpers, in the order used


def starred() -> None:
    """The phone's owner has starred the card."""
    play(EVENT, Star(card=CODE), by=Who("phone"))


def tellings(push: Push, after: int) -> Iterator[str]:
    """All that an outlet would tell, each change by itself and all together, and by the clock at any time."""
    board = now()
    there = Destination(1, EVENT, push.name, "There", SETTINGS) if push.fields else None
    changes = tuple(changes_after(EVENT, after))
    begins, ends = board.days[0].slots[0].starts, board.days[0].slots[-1].ends
    moments = [begins + timedelta(minutes=each) for each in range(-60, int((ends - begins).seconds / 60), 1)]
    with translation.override("en"):
        things = {(each.subject, each.to): (after + 1, each) for each in push.wants(News(board, changes, there))}
        for moment in moments:
            for each in push.coming(board, moment, there):
                things[each.subject, each.to] = (0, each)
        for at in (None, begins - timedelta(minutes=5), begins + timedelta(minutes=65)):
            for first, thing in things.values():
                message = push.compose(job(push, thing, first, there, at), board)
                yield "" if message is None else written(message.preview, message.content)


def job(push: Push, thing: Thing, first: int, there: Destination | None, at: datetime | None) -> Job:
    """The telling of a thing, at a time of its own or another."""
    due = at or max(thing.due, datetime.now(UTC) + timedelta(hours=1))
    number = int(thing.subject) if push.name == "webhook" else thing.number
    first = number if push.name == "webhook" else first
    return Job(EVENT, push.name, there, thing.to, thing.subject, first, number, due, due, "key")


def written(preview: str, content: Any) -> str:
    """All of a message that is text."""
    if isinstance(content, Ready):
        letter, board = content.letter, content.board
        return "\n".join((subject_of(letter, board), text_of(letter, board, "stop"), html_of(letter, board, "stop")))
    if isinstance(content, Packet):
        return f"{preview}\n{content.payload.decode()}"
    return f"{preview}\n{content!r}"
