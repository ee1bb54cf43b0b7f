"""T18: what people leave is erased by itself when its time is over, from the tables and from the files; no sooner."""

import os
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.conf import LazySettings
from tests.intake.mail.letters import cards, letter
from tests.mailbox import Mailbox
from tests.traces import database_files

from openspaces.board import models as board
from openspaces.board.moves import EditCard, FollowPlan, MarkFull
from openspaces.board.play import play
from openspaces.board.read import stars_of, stars_on
from openspaces.board.voices import OfferToHost, Star
from openspaces.delivery.models import Lease
from openspaces.intake.file import read_file
from openspaces.intake.forgetting import Keeper
from openspaces.intake.mail import quarantine
from openspaces.intake.mail.taking import Taken, take
from openspaces.people import models as people
from openspaces.people.contacts import contact_of
from openspaces.people.keys import mail_stop
from openspaces.people.personal import PERSONAL, Kept
from openspaces.people.phones import Line, Wishes, keep_line, keep_wishes
from openspaces.people.stopping import stop_mail
from openspaces.people.who import PROGRAM, Role, Who

EVENT = "camp"
NOW = datetime.now(UTC)
CANARY = "canary7f3a"
ADDRESS = f"{CANARY}@example.org"
LETTER = letter("10:00, bring wool", "Knitting", f"{CANARY} <{ADDRESS}>")


def days(count: float) -> datetime:
    """The time, so many days from now."""
    return NOW + timedelta(days=count)


@pytest.fixture
def home(database: None, settings: LazySettings, tmp_path: Path) -> Path:
    """A data directory of the test's own, beside the database that all tests of a process share."""
    settings.DATA, settings.LIMITS = tmp_path, False
    return tmp_path


def camp(home: Path, when: datetime) -> str:
    """An event of one day, and all that people leave there, left now; the code of its card."""
    file = home / "camp.toml"
    day = f'[[days]]\ndate = {when.date()}\nslots = "10:00-12:00/60"\n'
    trust = '[mail]\naccept = "at once"\n'
    file.write_text(
        f'slug = "{EVENT}"\nname = "Camp"\ntimezone = "UTC"\n[[rooms]]\nkey = "oak"\nname = "Oak"\n{day}{trust}'
    )
    play(EVENT, FollowPlan(plan=read_file(file)), by=PROGRAM)
    take(LETTER, EVENT)
    (card,) = cards(EVENT)
    for hand in ("one", "two"):
        play(EVENT, Star(card=card.code), by=Who(hand))
        play(EVENT, OfferToHost(card=card.code, name=CANARY, handle=ADDRESS), by=Who(hand))
    assert play(EVENT, MarkFull(card=card.code, full=True), by=Who("one"), key="mine").refusal
    edited = EditCard(card=card.code, handle=f"@{CANARY}", seen=card.edited)
    assert play(EVENT, edited, by=PROGRAM).refusal is None
    people.Holding.objects.create(event=EVENT, hand="one", card=card.code)
    people.RoleGiven.objects.create(event=EVENT, hand="one", role=Role.HELPER)
    people.Membership.objects.create(event=EVENT, email=ADDRESS, role=Role.HELPER)
    stop_mail(EVENT, mail_stop(EVENT, ADDRESS))
    keep_wishes(EVENT, "one", Wishes(keywords=(CANARY,)))
    keep_line(EVENT, "one", Line("mark", "push.example", CANARY))
    return card.code


def left() -> dict[str, int]:
    """How much there still is of what people left, by the declared fields that it stands in."""
    return {
        "people.contact email": people.Contact.objects.count(),
        "people.mailstopped address": people.MailStopped.objects.count(),
        "people.subscription hand mark sealed keywords": people.Subscription.objects.count(),
        "people.membership email": people.Membership.objects.count(),
        "people.holding hand": people.Holding.objects.count(),
        "people.rolegiven hand": people.RoleGiven.objects.count(),
        "board.star hand": board.Star.objects.filter(hand__in=("one", "two")).count(),
        "board.offer hand name handle": board.Offer.objects.count(),
        "board.words host handle": board.Words.objects.exclude(host="", handle="").count(),
        "board.outcome refusal": board.Outcome.objects.filter(refusal__isnull=False).count(),
    }


EVERYTHING = {
    "people.contact email": 1,
    "people.mailstopped address": 1,
    "people.subscription hand mark sealed keywords": 1,
    "people.membership email": 1,
    "people.holding hand": 1,
    "people.rolegiven hand": 1,
    "board.star hand": 2,
    "board.offer hand name handle": 2,
    "board.words host handle": 2,
    "board.outcome refusal": 1,
}
NOTHING = dict.fromkeys(EVERYTHING, 0)


def test_what_is_kept_for_an_event_is_all_that_is_erased_after_it() -> None:
    erased = {f"{table} {field}" for table, *fields in map(str.split, EVERYTHING) for field in fields}
    declared = {
        f"{table} {field}"
        for table, fields in PERSONAL.items()
        for field, personal in fields.items()
        if personal.kept is Kept.EVENT
    }
    assert declared == erased


@pytest.mark.parametrize(
    ("event_in", "kept_at", "erased_at"), [(30, 43.4, 44.6), (-400, 13.9, 14.1)], ids=["to come", "long ago"]
)
def test_a_fortnight_after_the_event_and_after_it_was_left_everything_is_erased(
    home: Path, event_in: float, kept_at: float, erased_at: float
) -> None:
    camp(home, days(event_in))
    keeper = Keeper()
    keeper.turn(days(kept_at))
    assert left() == EVERYTHING
    keeper.turn(days(erased_at))
    assert left() == NOTHING


def test_after_it_was_erased_no_file_has_it(home: Path) -> None:
    code = camp(home, days(-400))
    quarantine.keep(ADDRESS.encode(), "no letter")
    assert len(traces(home)) > 1
    assert contact_of(EVENT, code) == ADDRESS
    Keeper().turn(days(14.1))
    assert traces(home) == []


def test_stars_are_counted_as_before_and_nobody_can_tell_whose_they_were(home: Path) -> None:
    code = camp(home, days(-400))
    Keeper().turn(days(14.1))
    assert (stars_on(EVENT, [code]), stars_of(EVENT, "one")) == (2, [])


def test_a_copy_that_is_restored_is_erased_anew(home: Path) -> None:
    """The clock asks each time: what a backup brings back goes again."""
    camp(home, days(-400))
    keeper = Keeper()
    keeper.turn(days(14.1))
    people.Contact.objects.create(event=EVENT, card="AAAAAA", email=ADDRESS)
    people.Contact.objects.update(at=NOW)
    keeper.turn(days(14.2))
    assert left() == NOTHING


def test_a_letter_that_comes_again_when_its_address_is_erased_is_not_answered_again(home: Path, box: Mailbox) -> None:
    code = camp(home, days(-400))
    Keeper().turn(days(14.1))
    assert take(LETTER, EVENT, at=days(14.2)) is Taken.KNOWN
    assert (len(box.letters), contact_of(EVENT, code)) == (1, "")


def test_when_the_process_that_forgets_ends_the_next_one_does_at_once(home: Path) -> None:
    first = Keeper()
    first.start()
    while not Lease.objects.filter(name="forgetting").exclude(holder="").exists():
        time.sleep(0.01)
    first.stop()
    put_aside = quarantine.keep(b"x", "no letter")
    os.utime(put_aside, (0, 0))
    assert Keeper().turn(datetime.now(UTC)) == 1


def test_control_while_it_runs_the_next_one_does_not(home: Path) -> None:
    Keeper().turn(datetime.now(UTC))
    put_aside = quarantine.keep(b"x", "no letter")
    os.utime(put_aside, (0, 0))
    assert Keeper().turn(datetime.now(UTC)) == 0


def test_letters_that_were_put_aside_go_a_fortnight_after_they_came(home: Path) -> None:
    take(b"From: nobody\r\n\r\nx", EVENT)
    keeper = Keeper()
    keeper.turn(days(13.9))
    assert len(list(quarantine.directory().iterdir())) == 2
    keeper.turn(days(14.1))
    assert list(quarantine.directory().iterdir()) == []


def traces(home: Path) -> list[Path]:
    """The files in which somebody's address still stands: the database with its log, and all in the data directory."""
    files = [*home.rglob("*"), *database_files()]
    return [file for file in files if file.is_file() and CANARY.encode() in file.read_bytes()]
