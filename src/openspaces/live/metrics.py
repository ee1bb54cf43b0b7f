"""What this process does, in figures for Prometheus: `GET /metrics`. Nothing in them leads to a person."""

import asyncio
import logging
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from django.db import DatabaseError, InterfaceError, connection
from prometheus_client import CollectorRegistry, PlatformCollector, ProcessCollector, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, HistogramMetricFamily, Metric

from openspaces import __version__
from openspaces.board import counted
from openspaces.board.memory import MEMORY
from openspaces.board.read import numbers
from openspaces.delivery.figures import Figures, Sign, figures, sign
from openspaces.lib.counting import Histogram
from openspaces.lib.logs import COUNTED
from openspaces.live.health import behind, disk_free
from openspaces.live.hub import REFUSED
from openspaces.live.reader import Reader
from openspaces.live.requests import Requests
from openspaces.live.stream import DROPPED
from openspaces.outlets.press import Press

logger = logging.getLogger(__name__)

EVENTS = 50
"""So many events have a figure of their own, those where something happened last."""
HOLDS = 5.0
"""Seconds for which what the database answered stands."""
PATIENCE = 3.0


@dataclass(frozen=True, slots=True)
class Asked:
    """What the database knows."""

    heads: Mapping[str, tuple[str, int]]
    outlets: Mapping[str, Figures]
    worker: Sign | None
    engine: str


class Metrics:
    """Gathers the figures when somebody asks. Whoever counts adds to plain numbers of its own, and knows nothing of
    this."""

    def __init__(
        self, reader: Reader, press: Press, requests: Requests, streams: Callable[[], int], kept: Callable[[], int]
    ) -> None:
        self._reader, self._press, self._requests = reader, press, requests
        self._streams, self._kept = streams, kept
        self._known: Asked | None = None
        self._asking: asyncio.Task[Asked] | None = None
        self._asked_at = -HOLDS
        self._registry = CollectorRegistry()
        for basics in (ProcessCollector, PlatformCollector):
            basics(registry=self._registry)
        self._registry.register(self)

    async def text(self) -> bytes:
        """All figures as Prometheus reads them; without those of the database where it does not answer."""
        self._known = await self._database()
        return generate_latest(self._registry)

    def collect(self) -> Iterator[Metric]:
        """What Prometheus's library asks for."""
        yield from self._process()
        yield from _moves()
        yield from _prints(self._press)
        if known := self._known:
            yield from _database(known)
            yield from _outlets(known.outlets)

    def describe(self) -> Iterable[Metric]:
        """Asked for at registering; there is nothing to gather then."""
        return ()

    async def _database(self) -> Asked | None:
        now = time.monotonic()
        if self._asking is None or (self._asking.done() and now - self._asked_at > HOLDS):
            self._asking, self._asked_at = asyncio.create_task(self._reader.ask(_asked)), now
        done, _late = await asyncio.wait({self._asking}, timeout=PATIENCE)
        try:
            return self._asking.result() if done else None
        except (DatabaseError, InterfaceError) as trouble:
            logger.error("the figures of the database cannot be read: %s", trouble)
            return None

    def _process(self) -> Iterator[Metric]:
        requests = self._requests
        info = GaugeMetricFamily("openspaces_info", "Which program this is.", labels=["version"])
        info.add_metric([__version__], 1)
        yield info
        yield _gauge("streams", "Open live streams of this process.", self._streams())
        yield _gauge("streams_limit", "How many it takes.", settings.STREAMS)
        refused, dropped = ({(why,): count for why, count in each.items()} for each in (REFUSED, DROPPED))
        yield _counter("streams_refused", "Streams that were not let in.", refused, "reason")
        yield _counter("streams_dropped", "Streams that were cut off.", dropped, "reason")
        yield _gauge("database_up", "Whether the database answered just now.", self._known is not None)
        yield _gauge("disk_free_bytes", "Free where the data is kept.", disk_free())
        yield from _boards()
        yield _counter("answers_kept", "Answers handed out as they were kept.", {(): self._kept()})
        told = {(kind, str(status)): count for (kind, status), count in requests.statuses.items()}
        yield _counter("requests", "Other answers, but for streams.", told, "kind", "status")
        yield _histogram("request_seconds", "Until these began.", requests.seconds, "kind")
        levels = {(level,): count for level, count in COUNTED.items() if level != "database"}
        yield _counter("log_records", "Records in the log.", levels, "level")
        yield _counter("database_errors", "Records that tell of trouble with the database.", {(): COUNTED["database"]})


def _boards() -> Iterator[Metric]:
    boards = sorted(MEMORY.boards(), key=lambda board: board.at, reverse=True)
    yield _gauge("events", "How many events there are.", len(boards))
    newest = {(board.event,): board.number for board in boards[:EVENTS]}
    yield _gauges("number", f"The newest number, of the {EVENTS} events that changed last.", newest, "event")


def _moves() -> Iterator[Metric]:
    yield _counter("moves", "Moves and voices, by what they came to.", counted.MOVES.copy(), "move", "refusal")
    yield _histogram("move_seconds", "From being asked for to being answered.", {"": counted.MOVE_SECONDS})
    yield _histogram("commit_seconds", "Deciding and writing those that wait together.", {"": counted.COMMIT_SECONDS})
    yield _histogram("commit_moves", "How many were committed together.", {"": counted.COMMITS})
    yield _gauge("moves_waiting", "Moves that wait for the writer.", counted.WRITING.waiting())
    yield _gauge("commit_under_way_seconds", "How long the writer is at this commit.", counted.WRITING.seconds())


def _prints(press: Press) -> Iterator[Metric]:
    counts = press.counted
    yield _histogram("print_seconds", "Printing, by outlet.", counts.seconds.copy(), "outlet")
    yield _counter("print_failures", "Prints that failed.", {(name,): n for name, n in counts.failed.items()}, "outlet")
    stale = {(name,): n for name, n in counts.stale.items()}
    yield _counter("prints_stale", "How often an older print was handed out.", stale, "outlet")
    late = {(name,): n for name, n in press.behind().items()}
    yield _gauges("print_behind", "Numbers that what is printed ahead is behind, at worst.", late, "outlet")


def _database(known: Asked) -> Iterator[Metric]:
    yield _gauges("database", "Which database this is.", {(known.engine,): 1}, "engine")
    yield _gauge("follower_behind", "Numbers that this process is behind the database.", behind(dict(known.heads)))
    works = known.worker is not None and not known.worker.ended
    yield _gauge("worker_works", "Whether a worker holds the lease.", works)
    if known.worker:
        yield _gauge("worker_sign_seconds", "Seconds since the worker's last sign.", known.worker.seconds)


def _outlets(outlets: Mapping[str, Figures]) -> Iterator[Metric]:
    each = outlets.items()
    states = {(name, state): count for name, one in each for state, count in one.states.items()}
    yield _gauges("deliveries", "Tellings that wait, or failed in the last 30 days.", states, "outlet", "state")
    oldest = {(name,): one.oldest for name, one in each}
    yield _gauges("delivery_oldest_seconds", "How long the oldest has waited that is due.", oldest, "outlet")
    late = {(name,): one.behind for name, one in each}
    yield _gauges("outlet_behind", "Numbers of the log that an outlet has not read, at worst.", late, "outlet")
    there = {(name, state): count for name, one in each for state, count in one.destinations.items()}
    yield _gauges("destinations", "Destinations that work, were stopped, or switched off.", there, "outlet", "state")


def _asked() -> Asked:
    return Asked(numbers(), figures(at := datetime.now(UTC)), sign(at), connection.vendor)


# Shapes


def _gauge(name: str, says: str, value: float) -> Metric:
    return GaugeMetricFamily(f"openspaces_{name}", says, value=float(value))


def _gauges(name: str, says: str, values: Mapping[Any, float], *labels: str) -> Metric:
    made = GaugeMetricFamily(f"openspaces_{name}", says, labels=labels)
    for labelled, value in values.items():
        made.add_metric(labelled, value)
    return made


def _counter(name: str, says: str, values: Mapping[Any, float], *labels: str) -> Metric:
    made = CounterMetricFamily(f"openspaces_{name}", says, labels=labels)
    for labelled, value in values.items():
        made.add_metric(labelled, value)
    return made


def _histogram(name: str, says: str, values: Mapping[str, Histogram], *labels: str) -> Metric:
    made = HistogramMetricFamily(f"openspaces_{name}", says, labels=labels)
    for labelled, histogram in list(values.items()):
        given: list[Any] = [labelled] if labels else []
        made.add_metric(given, buckets=histogram.buckets(), sum_value=histogram.total)
    return made
