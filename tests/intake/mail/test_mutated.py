"""T19: whatever comes, the loop goes on; each letter is processed or put aside once, and no machine is answered."""

from collections import Counter
from time import process_time

import pytest
from django.conf import LazySettings
from django.core.mail import EmailMessage
from tests.intake.mail.letters import EVENT, cards
from tests.intake.mail.mutating import SEED, mutated
from tests.mailbox import Mailbox
from tests.promises import Promise

from openspaces.board.vocabulary import Standing
from openspaces.intake.mail import quarantine
from openspaces.intake.mail.letter import From, Letter, Poison, read_letter
from openspaces.intake.mail.taking import Taken, take

SLOW = 3.0
"""Seconds of work on one letter, however it is damaged."""


def read_all(count: int) -> Counter[str]:
    """Read that many damaged letters; how many were what."""
    found: Counter[str] = Counter()
    for number, mail in enumerate(mutated(count)):
        began = process_time()
        try:
            found[read_letter(mail).source.value] += 1
        except Poison:
            found["poison"] += 1
        assert process_time() - began < SLOW, f"seed {SEED}, letter {number}"
    return found


def take_all(count: int) -> Counter[Taken]:
    """Take that many damaged letters to the event; what became of them."""
    found: Counter[Taken] = Counter()
    for number, mail in enumerate(mutated(count)):
        began = process_time()
        found[take(mail, EVENT)] += 1
        assert process_time() - began < SLOW, f"seed {SEED}, letter {number}"
    return found


def check(became: Counter[Taken], count: int) -> None:
    """What has to be so after any number of letters."""
    assert became.total() == count
    assert min(became[each] for each in (Taken.WRITTEN, Taken.IGNORED, Taken.QUARANTINED)) > 0
    assert len(cards()) == became[Taken.WRITTEN]
    assert {card.standing for card in cards()} == {Standing.HELD}


def unreadable(count: int) -> set[bytes]:
    """The letters that cannot be read, each once."""
    return {mail for mail in mutated(count) if _read(mail) is None}


def of_machines(count: int) -> set[str]:
    """The Message-IDs of those that a machine sent."""
    read = (_read(mail) for mail in mutated(count))
    return {each.message_id for each in read if each and each.source is From.MACHINE}


def _read(mail: bytes) -> Letter | None:
    try:
        return read_letter(mail)
    except Poison:
        return None


def test_damaged_letters_are_read_or_refused_and_nothing_else_happens() -> None:
    found = read_all(1500)
    assert found.total() == 1500
    assert min(found[each] for each in ("poison", From.PERSON, From.MACHINE)) > 0


def test_damaged_letters_are_taken_or_put_aside_each_once(
    event: None, box: Mailbox, settings: LazySettings, promise: Promise
) -> None:
    kept = promise("T19", "whatever comes by mail is taken or put aside once, and no machine is answered")
    settings.LIMITS = False
    became = take_all(300)
    check(became, 300)
    assert {file.read_bytes() for file in quarantine.directory().glob("*.eml")} == unreadable(300)
    assert len(box.letters) == became[Taken.WRITTEN] + became[Taken.REFUSED]
    assert {str(answer["In-Reply-To"]) for answer in box.letters} & of_machines(300) == set()
    kept.found(f"{became.total()} damaged letters, seed {SEED}")


def test_control_without_a_look_at_who_writes_machines_are_answered(
    event: None, box: Mailbox, settings: LazySettings, monkeypatch: pytest.MonkeyPatch, promise: Promise
) -> None:
    control = promise.control("T19", "a look at whether a machine wrote it")
    settings.LIMITS, machines = False, of_machines(100)
    monkeypatch.setattr("openspaces.intake.mail.letter._source", lambda *_: From.PERSON)
    take_all(100)
    answered = {str(answer["In-Reply-To"]) for answer in box.letters} & machines
    assert answered
    control.found(f"{len(answered)} of {len(machines)} machines are answered")


@pytest.mark.faults
def test_fifty_thousand_damaged_letters_stop_nothing(
    event: None, mailoutbox: list[EmailMessage], settings: LazySettings
) -> None:
    settings.LIMITS, settings.MAIL_IS_SENT = False, True
    became = take_all(50_000)
    check(became, 50_000)
    assert len(mailoutbox) == became[Taken.WRITTEN] + became[Taken.REFUSED]
