"""The contract of a push outlet: what it wants told, in which words, how it sends them, and what it promises."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from django.utils.functional import Promise as Lazy

from openspaces.board.state import Board, Change

Text = str | Lazy
"""A sentence in the reader's language, whoever that will be."""

AGAIN = tuple(timedelta(seconds=each) for each in (5, 30, 120, 600, 1800, 3600, 7200, 14400))
"""After how long a telling that failed is tried once more, each time."""


class Promise(StrEnum):
    """What becomes of a telling that was under way when the worker died."""

    AT_LEAST_ONCE = "at least once"
    """It is told again: perhaps twice, never not at all."""
    AT_MOST_ONCE = "at most once"
    """It is not told again."""


@dataclass(frozen=True, slots=True)
class Field:
    """One thing that a destination needs to know. `kind` is `text`, `url`, `secret`, `lines`, `flag` or `choice`; a
    secret is encrypted at rest and never shown again. A flag is on or off: its value is `on` or nothing."""

    name: str
    label: Text
    kind: str = "text"
    help: Text = ""
    choices: tuple[tuple[str, Text], ...] = ()
    needed: bool = True
    usual: str = ""


@dataclass(frozen=True, slots=True)
class Destination:
    """Where an outlet sends things, as somebody set it up for an event. `settings` has the secrets too, opened."""

    id: int
    event: str
    outlet: str
    name: str
    settings: Mapping[str, str] = field(repr=False)
    asks: bool = False
    """Whether somebody at the desk approves each telling first."""


@dataclass(frozen=True, slots=True)
class News:
    """What has happened since the outlet heard last, and the Board by now."""

    board: Board
    changes: tuple[Change, ...]
    destination: Destination | None = None


@dataclass(frozen=True, slots=True)
class Thing:
    """One thing that wants to be told at `due`, and not after `until`.

    `to` tells recipients of one destination apart: a card's code, say, never an address. News of one `subject` that
    come while the earlier ones wait are told together with them, later the longer they keep coming, and what `presses`
    brings them forward. `number` is that of the change it is about; 0 where the clock alone is the reason, and then
    each subject is told once. What only takes something back is told `unasked`, also where somebody approves the rest.
    """

    subject: str
    due: datetime
    number: int = 0
    to: str = ""
    until: datetime | None = None
    presses: bool = False
    unasked: bool = False


@dataclass(frozen=True, slots=True)
class Job:
    """One telling that is due. `first` to `number` are the changes that it is about, `since` is when it began to wait.
    `earlier` is what `send` answered when something of this subject was last told to the same reader; "" if nothing
    was. `key` is the same at each try: the Idempotency-Key of those who know one. `last` says that trouble is for
    good this time: nothing is tried after it."""

    event: str
    outlet: str
    destination: Destination | None
    to: str
    subject: str
    first: int
    number: int
    since: datetime
    due: datetime
    key: str
    earlier: str = ""
    tries: int = 0
    last: bool = False


@dataclass(frozen=True, slots=True)
class Message:
    """What is sent. `preview` is what somebody reads who has to approve it; `content` is the outlet's own."""

    preview: str
    content: Any = None


@dataclass(frozen=True, slots=True)
class Minted:
    """A fresh secret, which is `shown` once, and the secrets that are kept from now on."""

    shown: str = field(repr=False)
    keeps: Mapping[str, str] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Trial:
    """How an outlet without destinations is tried out: something harmless is sent to what was typed in `field`; where
    it asks for nothing, to the device of whoever tries, by its hand. Raises one of the troubles below."""

    send: Callable[[str, Board], None]
    field: Field | None = None


@dataclass(frozen=True, slots=True)
class Push:
    """A push outlet.

    `wants` reads news; `coming` says what the clock alone makes due, within a minute or so of the given time, at each
    look the same. `compose` words a job from the Board as it is when it is sent, so what was hidden meanwhile is not in
    it; None if there is nothing left to say. `send` answers a receipt of at most 500 letters, or raises one of the
    troubles below. `try_out` sends something harmless to see whether it works.

    An outlet without `fields` has no destinations that are set up: it works for every event where `ready` says so, and
    is tried out by its `trial`.
    """

    name: str
    title: Text
    promise: Promise
    wants: Callable[[News], Iterable[Thing]]
    compose: Callable[[Job, Board], Message | None]
    send: Callable[[Message, Job], str]
    coming: Callable[[Board, datetime, Destination | None], Iterable[Thing]] = lambda board, at, destination: ()
    about: Text = ""
    fields: tuple[Field, ...] = ()
    check: Callable[[Mapping[str, str]], Mapping[str, Text]] = lambda settings: {}
    """What is wrong with settings that were typed, by field."""
    mint: Callable[[Mapping[str, str], datetime], Minted] | None = None
    """A secret that we make for the other side, at set-up and whenever a new one is wanted, from what is kept now."""
    try_out: Callable[[Destination, Board], None] | None = None
    trial: Trial | None = None
    ready: Callable[[], bool] = lambda: True
    needs: Text = ""
    """What to do where it is not ready."""
    patience: timedelta = timedelta(minutes=5)
    """How long a telling waits at most while news of its subject keep coming."""
    pace: timedelta = timedelta()
    """The time between two tellings to one reader."""
    again: tuple[timedelta, ...] = AGAIN
    can_ask: bool = False
    """Whether somebody at the desk may want to approve what it tells."""


# Troubles


class Trouble(Exception):
    """A telling went wrong; the text says what happened and what to do, to whoever set it up."""


class Unreachable(Trouble):
    """It may work later: no answer, or one that says so. The reader's other tellings wait too, unless it is `alone`."""

    def __init__(self, says: str, *, alone: bool = False) -> None:
        super().__init__(says)
        self.alone = alone


class Later(Trouble):
    """It was too much at once; `seconds` after which to try again."""

    def __init__(self, says: str, seconds: float) -> None:
        super().__init__(says)
        self.seconds = seconds


class Refused(Trouble):
    """This telling will never be taken; others may."""


class Gone(Trouble):
    """Nothing will ever be taken there again: the destination is switched off."""
