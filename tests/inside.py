"""What tests do inside a process of an installation: `python -m tests.inside <question> …` prints JSON."""

import json
import os
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import uuid4

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "openspaces.settings")

ROOMS = [f"r{number}" for number in range(1, 11)]
HOURS = range(8, 20)
DAYS = 10
"""How many there are where nothing else is said; more are never asked for."""


def slots_of() -> list[list[str]]:
    """The keys of each day's slots."""
    return [[_slot_key(date, hour) for hour in HOURS] for date in _dates()]


def _dates() -> list[date]:
    tomorrow = datetime.now(UTC).date() + timedelta(days=1)
    return [tomorrow + timedelta(days=number) for number in range(DAYS)]


def _slot_key(date: date, hour: int) -> str:
    return f"{date:%m%d}-{hour:02}00"


def make_tables() -> None:
    """Make the tables where there are none."""
    from django.core.management import call_command

    call_command("migrate", verbosity=0)


def furnish(event: str, days: str = str(DAYS)) -> dict[str, str]:
    """Make the tables and an event whose days begin tomorrow; its staff token."""
    from openspaces.board.moves.plan import FollowPlan
    from openspaces.board.play import play
    from openspaces.people.staff import first_tokens
    from openspaces.people.who import PROGRAM

    make_tables()
    made = play(event, FollowPlan(plan=_plan(event, int(days))), by=PROGRAM)
    assert made.refusal is None, made.refusal
    return {"token": first_tokens(event)[1]}


def _plan(event: str, number: int) -> Any:
    from openspaces.board.moves.event import Profile
    from openspaces.board.moves.plan import Plan
    from openspaces.board.state import Room

    rooms = (*(Room(key, key.upper()) for key in ROOMS), Room("elsewhere", "Elsewhere", elsewhere=True))
    days = tuple(_day(date) for date in _dates()[:number])
    return Plan(event=event, profile=Profile(name="The race", timezone="UTC"), rooms=rooms, days=days)


def _day(date: date) -> Any:
    from openspaces.board.state import Day, Slot

    starts = [datetime.combine(date, time(hour), UTC) for hour in HOURS]
    slots = tuple(Slot(_slot_key(date, at.hour), date, at, at + timedelta(hours=1)) for at in starts)
    return Day(date, slots, (*ROOMS, "elsewhere"))


def board(event: str) -> dict[str, Any]:
    """Every card as the tables have it, loaded afresh, and as the log folds to; both must be equal."""
    from openspaces.board import store
    from openspaces.board.fold import fold_all

    loaded = store.load(event)
    assert loaded is not None
    log = store.log(event)
    folded = fold_all(store.blank(event, loaded.epoch), log)
    return {
        "number": loaded.number,
        "log_is_tables": folded == loaded,
        "log_has_no_gaps": [change.number for change in log] == list(range(1, loaded.number + 1)),
        "cards": {card.code: [str(cell) for cell in card.cells] for card in loaded.in_order()},
        "titles": [card.words.title for card in loaded.in_order()],
    }


def log(event: str) -> list[list[Any]]:
    """The event's log in short."""
    from openspaces.board import store

    return [[change.number, change.kind, change.card, list(map(str, change.cells))] for change in store.log(event)]


def leave_long_ago(event: str, address: str) -> None:
    """Make an event that was over a month ago, at which somebody left an address then."""
    from openspaces.board.moves.plan import FollowPlan
    from openspaces.board.play import play
    from openspaces.people.models import Contact, Membership
    from openspaces.people.who import PROGRAM

    then = datetime.now(UTC) - timedelta(days=31)
    plan = replace(_plan(event, 0), days=(_day(then.date()),))
    assert play(event, FollowPlan(plan=plan), by=PROGRAM, at=then).refusal is None
    Contact.objects.create(event=event, card="AAAAAA", email=address)
    Membership.objects.create(event=event, email=address, role="helper")
    for table in (Contact, Membership):
        table.objects.filter(event=event).update(at=then)


def link(event: str) -> str:
    """The token of the organiser's link."""
    from openspaces.people.staff import first_tokens

    return first_tokens(event)[0]


def addresses() -> list[str]:
    """Every address that people left."""
    from openspaces.people.models import Contact, Membership

    return [*Contact.objects.values_list("email", flat=True), *Membership.objects.values_list("email", flat=True)]


def contend(event: str) -> dict[str, Any]:
    """Two cards contend for a cell by a vote, which closed a while ago and which nobody has settled; its number."""
    from openspaces.board.moves import OpenContest, WriteCard
    from openspaces.board.play import play
    from openspaces.board.vocabulary import Cell
    from openspaces.people.who import PROGRAM

    titles = ("Knitting", "Chess")
    cards = tuple(play(event, WriteCard(title=title), by=PROGRAM).changes[0].card for title in titles)
    contest = OpenContest(cell=Cell(ROOMS[0], slots_of()[0][0]), cards=cards, minutes=1)
    return {"contest": play(event, contest, by=PROGRAM, at=datetime.now(UTC) - timedelta(hours=1)).number}


def hasten(event: str, contest: str) -> dict[str, Any]:
    """The time of a contest was over a second ago; nobody has settled it yet."""
    from openspaces.board.moves import ChangeContest
    from openspaces.board.play import play
    from openspaces.people.who import PROGRAM

    at = datetime.now(UTC) - timedelta(minutes=1, seconds=1)
    hastened = play(event, ChangeContest(contest=int(contest), minutes=1), by=PROGRAM, at=at)
    assert hastened.refusal is None, hastened.refusal
    return {"number": hastened.number}


def ballots(event: str, contest: str) -> list[list[str]]:
    """The cards that each ballot of a contest is for, as the rows have them."""
    from openspaces.board.models import Ballot

    return list(Ballot.objects.filter(contest=f"{event}/{contest}").values_list("cards", flat=True))


def drop_the_unique_key() -> None:
    """Take away the last guard: the unique key of placements."""
    from django.db import connection

    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            _rebuild_without_unique(cursor)
        else:
            cursor.execute("ALTER TABLE board_placement DROP CONSTRAINT one_card_a_cell")


def _rebuild_without_unique(cursor: Any) -> None:
    """SQLite keeps the key inside the table's own definition, so the table is made again without it."""
    cursor.execute("SELECT sql FROM sqlite_master WHERE name = 'board_placement'")
    made = cursor.fetchone()[0]
    without = made.replace(', CONSTRAINT "one_card_a_cell" UNIQUE ("room_id", "slot_id", "lane")', "")
    assert made != without
    cursor.execute("DROP TABLE board_placement")
    cursor.execute(without)


def upgrade(kind: str) -> None:
    """Bring the tables to what a next release of the program may want: more of everything (`widen`), or what the old
    one knows nothing of and would have to fill in (`narrow`)."""
    from django.db import connection, migrations
    from django.db.migrations.executor import MigrationExecutor

    from openspaces.starting import on_tables

    with on_tables():
        executor = MigrationExecutor(connection)
        migration = migrations.Migration("9999_next", "board")
        setattr(migration, "operations", NEXT[kind]())  # noqa: B010 - others have them in their class
        with connection.schema_editor(atomic=True) as editor:
            migration.apply(executor.loader.project_state(), editor)
        executor.recorder.record_applied("board", "9999_next")


def _wider() -> list[Any]:
    from django.db import migrations, models

    own = models.BigAutoField(primary_key=True, serialize=False)
    return [
        migrations.AddField("card", "mood", models.CharField(max_length=16, db_default="good")),
        migrations.AddField("placement", "until", models.DateTimeField(null=True)),
        migrations.AddField("change", "weight", models.IntegerField(db_default=1)),
        migrations.CreateModel("Novelty", [("id", own), ("text", models.TextField())]),
    ]


def _narrower() -> list[Any]:
    from django.db import migrations, models

    return [migrations.AddField("card", "mood", models.CharField(max_length=16, default="good"))]


NEXT: dict[str, Callable[[], list[Any]]] = {"widen": _wider, "narrow": _narrower}


def wait_for_every_answer() -> None:
    """Take away the time that answers may take once the server is asked to go."""
    from openspaces import server

    setattr(server, "STOP_SECONDS", None)  # noqa: B010 - it is typed as a number


def blind_the_rule() -> None:
    """Take away the first guard: nobody sees who holds a cell."""
    from openspaces.board.moves import taking

    def nobody(*_: object) -> None:
        return None

    taking.holder = nobody  # type: ignore[assignment]


def forget_the_keys() -> None:
    """Take away what makes a retry harmless: outcomes are kept, and never looked up."""
    from openspaces.board.outcome import Remembered

    setattr(Remembered, "of", lambda _remembered, _asked: None)  # noqa: B010 - mypy minds an assignment


def write_piece_by_piece() -> None:
    """Take away what makes all of a move happen or nothing: each statement is durable by itself."""
    from contextlib import nullcontext
    from types import SimpleNamespace

    from openspaces.board import commit

    setattr(commit, "transaction", SimpleNamespace(atomic=nullcontext))  # noqa: B010


def wait_for_no_disk() -> None:
    """Take away what makes a commit wait until it has reached the disk."""
    from django.conf import settings

    options: Any = settings.DATABASES["default"]["OPTIONS"]
    options["init_command"] = options["init_command"].replace("synchronous=FULL", "synchronous=NORMAL")


def answer_no_words_that_do_not_fit() -> None:
    """Take away what makes a 422 of words that cannot stand where they were typed: nobody thought of them."""
    from openspaces.board.words import Unfit
    from openspaces.intake.api.urls import api

    del api._exception_handlers[Unfit]


def hear_nothing_of_others() -> None:
    """Take away what tells a process of what others write, and the clock, which reads all boards now and then: it knows
    what there was when it began."""
    from openspaces.board.read import Follower
    from openspaces.intake.clock import Clock

    for beside in (Follower, Clock):
        for name in ("start", "stop"):
            setattr(beside, name, lambda _: None)


def wait_for_the_nudge() -> None:
    """Take away the look once a second: on PostgreSQL, NOTIFY alone tells a process of what others write."""
    from openspaces.board import read

    read.NOTIFY_SECONDS = 600.0
    setattr(read.Follower, "stop", lambda _: None)  # noqa: B010 - it would wait as long


def count_by_address() -> None:
    """Take away that newcomers of one address may be many: all of them have what one device has."""
    from openspaces.intake.limits import WRITES

    object.__setattr__(WRITES, "address", WRITES.device)


def let_few_newcomers_in() -> None:
    """An address has a hundred newcomers, not 4,000, so that a test uses them up soon."""
    from openspaces.intake.limits import WRITES
    from openspaces.lib.limits import Buckets

    object.__setattr__(WRITES, "address", Buckets(0.01, 100))


def forget_the_devices() -> None:
    """Take away what gives a device one ballot: each is kept as if another device had cast it."""
    from openspaces.board import store

    cast = store.cast
    setattr(store, "cast", lambda slug, contest, _hand, *said: cast(slug, contest, uuid4().hex, *said))  # noqa: B010


def forget_what_was_missed() -> None:
    """Take away what makes an absence harmless: who comes back to a stream hears only what comes from then on."""
    from openspaces.live.channel import Channel

    async def nothing(*_: object) -> list[bytes]:
        return []

    setattr(Channel, "missed_and_drawn", lambda *_: [])  # noqa: B010
    setattr(Channel, "missed", nothing)  # noqa: B010


def hurry() -> None:
    """Take away nine tenths of the time that who stalls is given."""
    from openspaces.live import hub, unasked

    unasked.SECONDS, unasked.EVERY = unasked.SECONDS / 10, unasked.EVERY / 10
    hub.STALL_SECONDS, hub.LOOK_SECONDS = hub.STALL_SECONDS / 10, hub.LOOK_SECONDS / 10


def wait_for_requests_for_ever() -> None:
    """Take away what closes a connection on which nothing is asked."""
    from openspaces.live import unasked

    setattr(unasked, "_waits", lambda _: False)  # noqa: B010


def wait_for_readers_for_ever() -> None:
    """Take away what drops a reader who takes nothing."""
    from openspaces.live.stream import Stream

    setattr(Stream, "stalls_since", lambda _, now: now)  # noqa: B010


def serve(port: str, *without: str) -> None:
    """Serve the installation, with the named guards taken away."""
    for guard in without:
        GUARDS[guard]()
    from openspaces.server import serve as serve_for_real

    serve_for_real("127.0.0.1", int(port))


GUARDS: dict[str, Callable[[], None]] = {
    "rule": blind_the_rule,
    "keys": forget_the_keys,
    "together": write_piece_by_piece,
    "flushed": wait_for_no_disk,
    "words": answer_no_words_that_do_not_fit,
    "hearing": hear_nothing_of_others,
    "looking": wait_for_the_nudge,
    "own limits": count_by_address,
    "many newcomers": let_few_newcomers_in,
    "devices": forget_the_devices,
    "stop": wait_for_every_answer,
    "replay": forget_what_was_missed,
    "patience": hurry,
    "unasked": wait_for_requests_for_ever,
    "stalled": wait_for_readers_for_ever,
}


def stands_in(words: str) -> list[str]:
    """The files of the database in which these words stand."""
    from tests.traces import database_files

    return [file.name for file in database_files() if words.encode() in file.read_bytes()]


QUESTIONS: dict[str, Callable[..., Any]] = {
    "make_tables": make_tables,
    "furnish": furnish,
    "board": board,
    "log": log,
    "leave-long-ago": leave_long_ago,
    "link": link,
    "addresses": addresses,
    "contend": contend,
    "hasten": hasten,
    "ballots": ballots,
    "drop-the-unique-key": drop_the_unique_key,
    "serve": serve,
    "upgrade": upgrade,
    "stands-in": stands_in,
}

if __name__ == "__main__":
    django.setup()
    print(json.dumps(QUESTIONS[sys.argv[1]](*sys.argv[2:])))
