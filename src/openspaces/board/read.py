"""ONE WAY OUT: the Board now, the changes after a number, the Board as it was, and a follower that hears of news."""

import logging
import threading
from collections.abc import Callable, Collection, Iterable
from datetime import datetime
from typing import Any

from django.db import connection

from openspaces.board import store
from openspaces.board.fold import fold_all
from openspaces.board.memory import MEMORY
from openspaces.board.state import Board, Change
from openspaces.board.store import Offered as Offered
from openspaces.board.store import Told
from openspaces.board.vocabulary import Kind
from openspaces.board.words import Words

logger = logging.getLogger(__name__)

POLL_SECONDS = 0.01
"""How often SQLite is asked whether another process wrote; one question costs 3 microseconds."""
NOTIFY_SECONDS = 1.0
"""How long PostgreSQL is waited for before asking anyway: a lost nudge costs no more than this."""


def board_now(event: str) -> Board | None:
    """The event's Board at its last number, or None if there is no such event."""
    kept = MEMORY.board(event)
    board = store.caught_up(kept) if kept else store.load(event)
    if board:
        MEMORY.keep(board)
    return board


def changes_after(event: str, number: int, limit: int | None = None) -> list[Change]:
    """The event's changes after `number`, in order, at most `limit` of them."""
    return store.log(event, number, limit)


def last_changes(event: str, upto: int, kinds: Iterable[Kind], limit: int) -> list[Change]:
    """The last of the event's changes of these kinds up to number `upto`, in order, at most `limit` of them."""
    return store.last(event, upto, kinds, limit)


def board_at(event: str, number: int) -> Board | None:
    """The event's Board as it was at `number` (its last one if it has not come so far)."""
    now = board_now(event)
    if now is None or number >= now.number:
        return now
    changes = [change for change in store.log(event, limit=number) if change.number <= number]
    return fold_all(store.blank(event, now.epoch), changes)


def number_at(event: str, moment: datetime) -> int:
    """How far the event's log had come at `moment`; 0 before its first change."""
    return store.number_at(event, moment)


def step_of(event: str, number: int) -> list[Change]:
    """The changes that were made in one step with that one, in order; none if there is no such one."""
    return store.step(event, number)


def changes_of(event: str, card: str) -> list[Change]:
    """Everything that happened to one card, in order."""
    return store.of_card(event, card)


def words_of(event: str, card: str) -> Words | None:
    """What a card says though it is hidden, for those who decide about it; None if there is no such card."""
    return store.Known(event).words(card)


def words_of_all(event: str, cards: Iterable[str]) -> dict[str, Words]:
    """The same of several cards, by code, in one query."""
    return store.Known(event).words_of_all(cards)


def ideas_left(event: str) -> dict[str, list[str]]:
    """The ideas that nobody has taken up, by the device that left them; staff and the program are no such device."""
    return store.Known(event).ideas_left()


def ballot_of(event: str, contest: int, hand: str) -> tuple[str, ...] | None:
    """The cards that a device voted for; None if it has not voted."""
    return store.ballot_of(event, contest, hand)


def ballots_of(event: str, hand: str) -> dict[int, tuple[str, ...]]:
    """The ballots of a device in open contests, by contest."""
    return store.ballots_of(event, hand)


def ballots_cast(event: str) -> dict[int, int]:
    """How many ballots each contest of an event has got."""
    return store.ballots_cast(event)


def voters_of(event: str, contest: int) -> set[str]:
    """The hands of the devices that voted in a contest, never for whom; none a day after its close."""
    return store.voters(event, contest)


def stars_of(event: str, hand: str) -> list[str]:
    """The cards that a device starred, the newest star last."""
    return store.stars_of(event, hand)


def starred_at(event: str, hand: str) -> dict[str, datetime]:
    """The cards that a device starred, and when it did."""
    return store.starred_at(event, hand)


def starred_by(event: str, cards: Iterable[str]) -> dict[str, set[str]]:
    """The devices that starred each of these cards, by code, in one query."""
    return store.starred_by(event, cards)


def last_of(event: str, cards: Iterable[str], kinds: Iterable[Kind]) -> dict[str, tuple[int, datetime]]:
    """The number and the time of the last change of these kinds, for each of these cards that has one."""
    return store.last_of(event, cards, kinds)


def stars_on(event: str, cards: Iterable[str]) -> int:
    """How many devices starred a card, or any of its parts, now: the Board tells it a second later."""
    return store.stars_on(event, cards)


def stars_with(event: str, card: str) -> dict[str, int]:
    """The other cards that were starred by those who starred this one, by code: how many of them."""
    return store.stars_with(event, card)


def offers_to_host(event: str) -> list[Offered]:
    """Everyone who offered to host one of the event's cards too, the first first."""
    return store.offers(event)


def forget_voters(settled_before: datetime) -> int:
    """Cut the link from ballots to devices in contests that were settled before then; how many were cut."""
    return store.forget_voters(settled_before)


def erase_voices(events: Collection[str], left_before: datetime) -> int:
    """Erase who offered to host, whose stars they were, and refusals, left at these events before then; how many."""
    return store.erase_voices(events, left_before)


def hosts_left(event: str, left_before: datetime) -> list[str]:
    """The cards that name hosts, in whatever version of their words, and that nobody has touched since then."""
    return store.hosts_left(event, left_before)


def said_of(event: str, card: str) -> list[Words]:
    """Every version of what a card said, the oldest first; what is hidden too."""
    return store.said_of(event, card)


def erase_words(event: str, cards: Collection[str]) -> int:
    """Erase everything that these cards ever said; they are removed already. How many rows it was."""
    erased = store.erase_words(event, cards)
    if erased and (afresh := store.load(event)):
        MEMORY.correct(afresh)
    return erased


def erase_hand(event: str, hand: str, left_before: datetime) -> int:
    """Erase what a device left beside the Board until then; ballots stay as nobody's. How many rows it was."""
    erased = store.erase_hand(event, hand, left_before)
    MEMORY.starred((event,))
    return erased


def ideas_by(event: str, hand: str) -> list[str]:
    """The ideas that a device wrote and that are nobody's still."""
    return store.ideas_by(event, hand)


def of_hand(event: str, hand: str) -> dict[str, list[dict[str, Any]]]:
    """What a device left beside the Board: stars, offers, ballots, reports; and which changes were its own."""
    return store.of_hand(event, hand)


def reports(event: str) -> list[Told]:
    """What people told of the event's cards and nobody has answered, the oldest first."""
    return store.reports(event)


def events() -> list[str]:
    """The slugs of all events."""
    return list(store.heads())


def numbers() -> dict[str, tuple[str, int]]:
    """The epoch and the last number of every event, as the database has them."""
    return store.heads()


class Follower:
    """A thread that keeps the Boards in memory up to date with what other processes write."""

    def __init__(self) -> None:
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="follower", daemon=True)

    def start(self) -> None:
        """Load every event's Board, then follow."""
        self._thread.start()

    def stop(self) -> None:
        """Stop following; returns within a second or so."""
        self._stopping.set()
        self._thread.join(NOTIFY_SECONDS + 1)

    def _run(self) -> None:
        while not self._stopping.is_set():
            try:
                self._follow()
            except Exception:  # psycopg's own errors too: whatever it was, a follower that ends leaves a stale board
                logger.exception("the follower stumbled and tries again")
                connection.close()
                self._stopping.wait(NOTIFY_SECONDS)
        connection.close()

    def _follow(self) -> None:
        wait = _postgres_wait() if connection.vendor == "postgresql" else _sqlite_wait(self._stopping)
        while not self._stopping.is_set():
            catch_up()
            wait()


def catch_up() -> None:
    """Bring every Board in memory to its last number."""
    for event, (epoch, number) in store.heads().items():
        kept = MEMORY.board(event)
        if kept is None or (kept.epoch, kept.number) != (epoch, number):
            board_now(event)


def _sqlite_wait(stopping: threading.Event) -> Callable[[], None]:
    """Waits until another connection has committed."""
    seen = _data_version()

    def wait() -> None:
        nonlocal seen
        while (now := _data_version()) == seen and not stopping.wait(POLL_SECONDS):
            pass
        seen = now

    return wait


def _data_version() -> int:
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA data_version")
        version: int = cursor.fetchone()[0]
        return version


def _postgres_wait() -> Callable[[], None]:
    """Waits for a NOTIFY, or for a second."""
    connection.ensure_connection()
    listening = connection.connection
    with connection.cursor() as cursor:
        cursor.execute("SET application_name = 'openspaces follower'; LISTEN openspaces")

    def wait() -> None:
        for _ in listening.notifies(timeout=NOTIFY_SECONDS, stop_after=1):
            pass

    return wait
