"""A push outlet for tests: it tells where cards are, a minute after it was last changed, to whoever listens here."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from openspaces.board.state import Board
from openspaces.board.vocabulary import Kind
from openspaces.delivery.contract import Destination, Field, Job, Message, News, Promise, Push, Thing
from openspaces.delivery.destinations import set_up
from openspaces.delivery.known import know
from openspaces.delivery.models import Destination as Row
from openspaces.delivery.worker import Worker

MINUTE = timedelta(minutes=1)
FIELDS = (Field("place", "Where"), Field("password", "Password", kind="secret"))


@dataclass
class Ear:
    """Who is told: keeps what it heard, and may make trouble before it hears."""

    heard: list[str] = field(default_factory=list)
    jobs: list[Job] = field(default_factory=list)
    trouble: Callable[[Job], None] = lambda job: None
    clock: Callable[[Board, datetime], Iterable[Thing]] = lambda board, at: ()

    def listen(self, message: Message, job: Job) -> str:
        """Hear it; the answer is the receipt."""
        self.trouble(job)
        self.heard.append(message.preview)
        self.jobs.append(job)
        return f"receipt {len(self.heard)}"


def trial(ear: Ear, **other: Any) -> Push:
    """The outlet, whose every telling goes to `ear`."""
    push = Push(
        name="trial",
        title="Trial",
        promise=Promise.AT_LEAST_ONCE,
        wants=wants,
        compose=compose,
        send=ear.listen,
        coming=lambda board, at, destination: ear.clock(board, at),
        fields=FIELDS,
        again=(MINUTE, 5 * MINUTE),
        can_ask=True,
    )
    return replace(push, **other)


def wants(news: News) -> Iterator[Thing]:
    """Where a card is now, a minute later."""
    for change in news.changes:
        if change.kind in (Kind.CARD_PLACED, Kind.CARD_MOVED, Kind.CARD_TAKEN_DOWN):
            yield Thing(change.card, change.at + MINUTE, change.number)


def compose(job: Job, board: Board) -> Message | None:
    """Its title and where it is; nothing of one that nobody may read, and the subject where it is no card."""
    card = board.cards.get(job.subject)
    if card is None:
        return Message(job.subject)
    held = " ".join(str(cell) for cell in card.cells)
    return None if card.hidden else Message(f"{card.words.title}: {held or 'nowhere'}")


class Working:
    """A worker whose clock the test turns."""

    def __init__(self, at: datetime | None = None) -> None:
        self.worker, self.at, self._follows = Worker(), at or datetime.now(UTC), at is None
        self.on()

    def on(self, by: timedelta = timedelta()) -> None:
        """Time goes on, and all that is due is told. On a slow machine what was done just now is later than that."""
        self.at += by
        if self._follows:
            self.at = max(self.at, datetime.now(UTC))
        for _ in range(20):
            self.worker.turn(self.at)
            self.worker.settle(self.at)


@contextmanager
def telling(*pushes: Push) -> Iterator[Working]:
    """The program has these outlets and no others, and a worker that begins now."""
    know(pushes)
    working = Working()
    try:
        yield working
    finally:
        working.worker.stop()
        know(())


def destination(event: str, push: Push, name: str = "There", *, asks: bool = False) -> Row:
    """A destination that somebody set up."""
    return set_up(event, push, name, {"place": name, "password": "swordfish"}, asks=asks, by="hand")


__all__ = ["MINUTE", "Destination", "Ear", "Working", "destination", "telling", "trial"]
