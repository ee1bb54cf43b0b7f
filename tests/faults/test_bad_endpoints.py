"""Other people's servers that do everything wrong: nobody else waits for them, and nothing is lost."""

import json
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime

import pytest
from django.conf import LazySettings
from tests.drawing import EVENT, FACILITATOR, cells, code
from tests.endpoint import Answering, Endpoint, drips, endless, endpoint, resets, silent, status
from tests.intake.event import furnish
from tests.promises import Promise

from openspaces.board.moves import MoveCard
from openspaces.board.play import play
from openspaces.delivery import worker
from openspaces.delivery.destinations import row_of, set_up
from openspaces.delivery.known import know
from openspaces.delivery.models import Cursor, Delivery
from openspaces.delivery.models import Destination as Row
from openspaces.delivery.rows import State
from openspaces.delivery.worker import Worker
from openspaces.lib import sending
from openspaces.lib.addresses import networks
from openspaces.outlets.webhook import WEBHOOK
from openspaces.outlets.webhook.signing import mint

DRAWN = """
          oak     elm    fir
  09:00   Knit    .      .
"""
KNIT = code("Knit")
PLACES = ("elm 09:00", "fir 09:00", "oak 09:00")
SOON = 20.0
"""Seconds within which what nothing holds up happens on any machine."""
HELD = 2.0
"""Seconds for which what is held up is watched."""


@pytest.fixture(autouse=True)
def _event(database: None, settings: LazySettings) -> None:
    settings.SEND_TO = networks("127.0.0.1")
    furnish(DRAWN)


def patience(monkeypatch: pytest.MonkeyPatch, seconds: float) -> None:
    """How long an answer is waited for, in place of the five seconds."""
    usual = sending.request.__kwdefaults__ or {}
    monkeypatch.setattr(sending.request, "__kwdefaults__", {**usual, "timeout": seconds})


def hook(there: Endpoint) -> Row:
    minted = mint({}, datetime.now(UTC))
    return set_up(EVENT, WEBHOOK, "Bot", {"url": there.address}, asks=False, by="hand", minted=minted.keeps)


@contextmanager
def hooks(*answering: Answering) -> Iterator[list[tuple[Endpoint, Row]]]:
    """Servers of this kind, each with a hook, and a worker with its own thread that has begun."""
    know([WEBHOOK])
    with ExitStack() as stack:
        made = [stack.enter_context(endpoint(each)) for each in answering]
        rows = [hook(each) for each in made]
        running = Worker()
        running.start()
        assert until(lambda: Cursor.objects.count() == len(rows), SOON)
        try:
            yield list(zip(made, rows, strict=True))
        finally:
            for each in made:
                each.shut.set()
            running.stop()
            know(())


def move(place: str) -> int:
    outcome = play(EVENT, MoveCard(card=KNIT, cells=cells(place)), by=FACILITATOR)
    assert outcome.refusal is None
    return outcome.number


def until(so: object, seconds: float) -> bool:
    """Whether something is so within that time."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if so():  # type: ignore[operator]
            return True
        time.sleep(0.02)
    return False


def numbers(there: Endpoint) -> list[int]:
    return [json.loads(came.body)["number"] for came in there.came]


# Nothing is lost


def test_beside_servers_that_do_everything_wrong_every_change_arrives(
    monkeypatch: pytest.MonkeyPatch, promise: Promise
) -> None:
    kept = promise("T15", "beside servers that do everything wrong every change arrives once, and inward nothing")
    patience(monkeypatch, 0.5)
    with endpoint() as inward:
        bad = (silent, drips, resets, endless, status(500), status(410), status(307, Location=inward.address))
        with hooks(*bad, status(200)) as made:
            told = [move(place) for place in PLACES]
            good, _row = made[-1]
            assert until(lambda: len(good.came) == len(told), SOON)
            assert until(lambda: all(there.came for there, _row in made), SOON)
            assert until(lambda: not Delivery.objects.filter(state=State.SENDING).exists(), SOON)
            assert numbers(good) == told
            assert inward.came == []
            stopped = [row.pk for _there, row in made if (found := row_of(EVENT, row.pk)) and found.stopped]
            assert stopped == [made[5][1].pk]
            waiting = Delivery.objects.filter(destination__in=[row.pk for _there, row in made[:3]])
            assert {*waiting.values_list("state", flat=True)} == {State.WAITING}
            assert made[3][0].written < 100_000_000
            kept.found(f"{len(told)} of {len(told)} changes beside {len(bad)} bad servers, {len(inward.came)} inward")


def test_what_answers_in_full_only_with_a_gigabyte_has_been_told(monkeypatch: pytest.MonkeyPatch) -> None:
    with hooks(endless) as ((there, _row),):
        number = move(PLACES[0])
        assert until(lambda: Delivery.objects.filter(state=State.SENT).exists(), SOON)
        assert numbers(there) == [number]


# Nobody waits for them


def test_one_that_says_nothing_holds_up_nobody(monkeypatch: pytest.MonkeyPatch, promise: Promise) -> None:
    kept = promise("T15", "a server that says nothing delays others by 5 s at most")
    patience(monkeypatch, 600)
    with hooks(silent, status(200)) as ((dead, dead_row), (good, _row)):
        started = time.monotonic()
        told = [move(place) for place in PLACES]
        assert until(lambda: len(good.came) == len(told), SOON)
        kept.found(f"{time.monotonic() - started:.1f} s")
        assert numbers(dead) == told[:1]
        states = Delivery.objects.filter(destination=dead_row.pk).order_by("id").values_list("state", flat=True)
        assert list(states) == [State.SENDING, State.WAITING, State.WAITING]


def test_more_of_them_than_are_told_at_once_hold_up_others_as_long_as_one_is_waited_for(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(worker, "AT_ONCE", 3)
    patience(monkeypatch, 0.5)
    with hooks(*[silent] * 3, status(200)) as made:
        number = move(PLACES[0])
        assert until(lambda: made[-1][0].came, SOON)
        assert numbers(made[-1][0]) == [number]


def test_control_without_a_limit_of_time_they_would_hold_them_up(
    monkeypatch: pytest.MonkeyPatch, promise: Promise
) -> None:
    kept = promise.control("T15", "without a limit of time they hold up the next one")
    monkeypatch.setattr(worker, "AT_ONCE", 3)
    patience(monkeypatch, 600)
    with hooks(*[silent] * 3, status(200)) as made:
        move(PLACES[0])
        assert until(lambda: all(there.came for there, _row in made[:3]), SOON)
        assert not until(lambda: made[-1][0].came, HELD)
        kept.found(f"nothing in {HELD:.0f} s")


def test_an_answer_is_waited_for_five_seconds() -> None:
    assert (sending.WHOLE, (sending.request.__kwdefaults__ or {})["timeout"]) == (5.0, 5.0)
