"""T18: what somebody asks to be erased is gone from the tables, the files and the log, and stays so after a restore."""

import json
import shutil
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.conf import LazySettings
from django.db.models import Model
from tests.drawing import EVENT, HOUR, cells, code
from tests.traces import database_files
from tests.verify import consistent, stored

from openspaces.board import models as board
from openspaces.board.moves import (
    AcceptOffer,
    AskDeal,
    ClaimCell,
    EditCard,
    MarkFull,
    WriteCard,
)
from openspaces.board.play import play
from openspaces.board.public import masked_change
from openspaces.board.read import board_at, board_now, changes_after, stars_on
from openspaces.board.state import Policy
from openspaces.board.vocabulary import Competing, Deal, Placing, Standing
from openspaces.board.voices import CastBallot, OfferToHost, Report, Star
from openspaces.board.voices import What as Told
from openspaces.board.words import Said
from openspaces.intake.forgetting import Keeper, erase, erase_again, of_mailbox, remove_traces
from openspaces.intake.mail import quarantine
from openspaces.people import models as people
from openspaces.people.contacts import keep_contact
from openspaces.people.erasures import Erasure, What, enlisted, list_file, read_list
from openspaces.people.keys import mail_stop
from openspaces.people.personal import PERSONAL
from openspaces.people.phones import Line, Wishes, keep_line, keep_wishes
from openspaces.people.stopping import stop_mail
from openspaces.people.who import PROGRAM, Role, Who

TABLES = [apps.get_model(name) for name in PERSONAL]
BOARD = """
          oak      elm      elsewhere
  09:00   Knit     .        .
  10:00   .        Talk     .
"""
CANARY = "canary7f3a"
ADDRESS = f"{CANARY}@example.org"
OWN, BEES, KNIT, TALK = code("Own"), code("Bees"), code("Knit"), code("Talk")
ME = Who("mine", present=True)
WORDS = Said(text=f"{CANARY} text", host=f"{CANARY} Ada", handle=f"@{CANARY}", link=f"https://{CANARY}.example/")
CLAIMING = Policy(placing=Placing.FACILITATORS, competing=Competing.CONTEST)


@pytest.fixture
def home(database: None, settings: LazySettings, tmp_path: Path) -> Path:
    """A data directory of the test's own, an event, and somebody's traces in every personal field of it."""
    settings.DATA, settings.LIMITS = tmp_path, False
    stored(BOARD, ideas=("Bees",))
    for move in (
        WriteCard(
            title=f"{CANARY} title", code=OWN, cells=cells("elsewhere 09:00"), where=f"{CANARY} gate", **WORDS.said()
        ),
        EditCard(card=OWN, title=f"{CANARY} other title", seen=99),
        AskDeal(card=OWN, other=TALK, deal=Deal.MERGE, title=f"{CANARY} both", text=CANARY),
        WriteCard(title=f"{CANARY} idea", code=code("Idea"), idea=True),
        OfferToHost(card=KNIT, name=f"{CANARY} Ada", handle=ADDRESS),
        Report(card=TALK, what=Told.ABUSE, reason=CANARY),
        Star(card=KNIT),
    ):
        outcome = play(EVENT, move, by=ME)
        assert outcome.refusal is None, outcome.refusal
    assert play(EVENT, AcceptOffer(card=KNIT, hand="mine"), by=Who("knit")).refusal is None
    assert play(EVENT, MarkFull(card=KNIT, full=True), by=Who("else"), key="refused").refusal
    keep_contact(EVENT, OWN, ADDRESS)
    people.Holding.objects.create(event=EVENT, hand="mine", card=OWN)
    people.RoleGiven.objects.create(event=EVENT, hand="mine", role=Role.HELPER)
    people.Membership.objects.create(event=EVENT, email=ADDRESS, role=Role.HELPER)
    people.Presence.objects.create(event=EVENT, hand="mine", at=now())
    keep_wishes(EVENT, "mine", Wishes(keywords=(CANARY,)))
    keep_line(EVENT, "mine", Line("mark", "push.example", CANARY))
    account = people.Account.objects.create(email=ADDRESS)
    people.Seat.objects.create(event=EVENT, hand="mine", account=account)
    quarantine.keep(ADDRESS.encode(), "no letter")
    return tmp_path


def now() -> datetime:
    """When it is asked for: after the board was drawn."""
    return datetime(2032, 1, 1, tzinfo=UTC)


def everything_of_mine() -> list[Erasure]:
    """What the two ways of asking come to: a device, and an address."""
    return [Erasure(EVENT, What.DEVICE, "mine", now()), *of_mailbox(EVENT, ADDRESS, now())]


def traces(home: Path) -> list[str]:
    """Where the canary still stands: rows, and files in which the database or the program keeps something."""
    rows = [str(table._meta.label) for table in TABLES if CANARY in json.dumps(_rows(table), default=str)]
    files = [*home.rglob("*"), *database_files()]
    return rows + [file.name for file in files if file.is_file() and CANARY.encode() in file.read_bytes()]


def _rows(table: type[Model]) -> list[dict[str, Any]]:
    return list(table._default_manager.values())


def test_nothing_of_somebody_who_asked_is_left_anywhere(home: Path) -> None:
    assert len(traces(home)) >= 10
    erase(everything_of_mine())
    assert remove_traces.are_wanted()
    Keeper().turn(now())
    assert traces(home) == []
    assert not remove_traces.are_wanted()


def test_the_log_goes_on_telling_what_happened(home: Path) -> None:
    before = [(change.number, change.kind, change.card) for change in changes_after(EVENT, 0)]
    erase(everything_of_mine())
    after = [(change.number, change.kind, change.card) for change in changes_after(EVENT, 0)]
    assert after[: len(before)] == before
    assert consistent(EVENT).cards[OWN].standing is Standing.REMOVED


def test_neither_the_past_nor_what_is_told_of_it_has_it(home: Path) -> None:
    erase(everything_of_mine())
    newest = board_now(EVENT)
    assert newest is not None
    past = [board_at(EVENT, number) for number in range(1, newest.number + 1)]
    told = [masked_change(change, newest) for change in changes_after(EVENT, 0)]
    assert CANARY not in repr(past) + repr(told)


def test_a_card_that_others_host_too_loses_one_name(home: Path) -> None:
    assert play(EVENT, EditCard(card=KNIT, host=f"Bob, {CANARY} Ada", seen=99), by=Who("knit")).refusal is None
    erase(everything_of_mine())
    card = consistent(EVENT).cards[KNIT]
    assert (card.words.title, card.words.host, card.cells) == ("Knit", "Bob", cells("oak 09:00"))


def test_what_others_left_stays(home: Path) -> None:
    play(EVENT, Star(card=KNIT), by=Who("else"))
    keep_contact(EVENT, TALK, "bob@example.org")
    erase(everything_of_mine())
    kept = list(people.Contact.objects.values_list("card", flat=True))
    assert (stars_on(EVENT, [KNIT]), kept, consistent(EVENT).cards[TALK].cells) == (1, [TALK], cells("elm 10:00"))


def test_a_ballot_is_counted_as_nobodys(database: None, settings: LazySettings, tmp_path: Path) -> None:
    settings.DATA = tmp_path
    stored(BOARD, CLAIMING, planned=("Wine", "Tea"))
    for title in ("Wine", "Tea"):
        play(EVENT, ClaimCell(card=code(title), cells=cells("elm 09:00")), by=Who(title.lower()))
    now_board = board_now(EVENT)
    assert now_board is not None
    (contest,) = now_board.contests
    play(EVENT, CastBallot(contest=contest, cards=(code("Wine"),)), by=ME)
    erase([Erasure(EVENT, What.DEVICE, "mine", now())])
    assert list(board.Ballot.objects.values_list("hand", "cards")) == [(None, [code("Wine")])]


def test_what_a_backup_brings_back_is_erased_again(home: Path) -> None:
    """The rows of a backup, and the list that was kept beside it."""
    erase(everything_of_mine())
    written = play(EVENT, WriteCard(title="Later", code=code("Late")), by=PROGRAM)
    assert written.refusal is None
    board.Words.objects.filter(card__code=OWN).update(title=f"{CANARY} title", host=CANARY)
    keep_contact(EVENT, OWN, ADDRESS)
    people.Erasure.objects.all().delete()
    assert traces(home) != []
    assert erase_again() > 0
    remove_traces()
    assert traces(home) == []
    assert erase_again() == 0


def test_control_without_the_list_it_would_be_back(home: Path) -> None:
    erase(everything_of_mine())
    list_file().unlink()
    people.Erasure.objects.all().delete()
    keep_contact(EVENT, OWN, ADDRESS)
    assert erase_again() == 0
    assert traces(home) != []


def test_the_list_tells_nobody_who_it_was(home: Path) -> None:
    erase(everything_of_mine())
    assert CANARY not in list_file().read_text()


def test_what_a_device_leaves_after_it_was_erased_stays(home: Path) -> None:
    erase([Erasure(EVENT, What.DEVICE, "mine", now())])
    play(EVENT, WriteCard(title="Again", code=code("Again")), by=ME, at=now() + HOUR)
    play(EVENT, Star(card=TALK), by=ME, at=now() + HOUR)
    assert erase_again() == 0
    assert (stars_on(EVENT, [TALK]), consistent(EVENT).cards[code("Again")].words.title) == (1, "Again")


def test_what_an_address_leaves_after_it_was_erased_stays(home: Path) -> None:
    """Also on a card that was there before: its host changed."""
    erase(everything_of_mine())
    keep_contact(EVENT, TALK, ADDRESS)
    stop_mail(EVENT, mail_stop(EVENT, ADDRESS))
    people.Membership.objects.create(event=EVENT, email=ADDRESS, role=Role.HELPER)
    people.Account.objects.create(email=ADDRESS)
    tables = (people.Contact, people.MailStopped, people.Membership, people.Account)
    for table in tables:
        table._default_manager.update(at=now() + HOUR)
    assert erase_again() == 0
    assert [table._default_manager.count() for table in tables] == [1, 1, 1, 1]
    assert consistent(EVENT).cards[TALK].cells == cells("elm 10:00")


def test_a_line_of_the_list_that_broke_off_holds_up_no_other(home: Path) -> None:
    with list_file().open("a") as kept:
        kept.write('{"event": "camp", "what": "dev')
    erase([Erasure(EVENT, What.CARD, OWN, now())])
    people.Erasure.objects.all().delete()
    assert [each.name for each in enlisted()] == [OWN]


@pytest.mark.parametrize("line", ["[1]", '{"event": "camp"}', "no list"])
def test_what_is_no_list_is_not_taken_over(home: Path, line: str) -> None:
    (home / "other").write_text(line)
    with pytest.raises(ValueError, match=r"."):
        read_list(home / "other")


def test_control_a_trace_is_found(home: Path) -> None:
    erase(everything_of_mine())
    Keeper().turn(now())
    shutil.copy(__file__, home / "copy.py")
    assert traces(home) == ["copy.py"]
