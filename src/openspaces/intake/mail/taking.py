"""One letter becomes at most one card: read, played, answered; what cannot be read is put aside and named."""

import hashlib
import logging
from datetime import UTC, datetime
from enum import StrEnum

from django.db import DatabaseError
from django.utils.translation import override

from openspaces.board.moves import WriteCard
from openspaces.board.moves.deciding import decided
from openspaces.board.play import KeyReused, Outcome, play
from openspaces.board.read import board_now
from openspaces.board.state import Board, Change
from openspaces.board.vocabulary import Code, Refusal
from openspaces.board.words import Unfit
from openspaces.intake.limits import check_letter
from openspaces.intake.mail import quarantine
from openspaces.intake.mail.answer import answered_card, no_title_says, send_answer, send_link, send_refusal
from openspaces.intake.mail.card import Asked, read_card
from openspaces.intake.mail.letter import From, Letter, Poison, read_letter
from openspaces.lib.languages import language
from openspaces.people.accounts import same_address
from openspaces.people.contacts import contact_of, keep_contact
from openspaces.people.keys import mail_hand
from openspaces.people.personal import AFTER_EVENT
from openspaces.people.who import Who
from openspaces.wording import says, unfit_says

logger = logging.getLogger(__name__)

LATER = (Code.FROZEN, Code.SLOW_DOWN)
"""Refusals that end by themselves: whoever brings the letter tries again."""


class Taken(StrEnum):
    """What became of a letter."""

    WRITTEN = "written"
    KNOWN = "known"
    """It came before."""
    IGNORED = "ignored"
    """A machine sent it."""
    REPLY = "reply"
    """It answers a letter of ours."""
    REFUSED = "refused"
    QUARANTINED = "quarantined"


class Later(Exception):
    """It cannot be taken just now, and nothing has happened; whoever brings it keeps it and tries again."""

    may_be_told = True


def take(
    raw: bytes, event: str, envelope_from: str | None = None, *, idea: bool = False, at: datetime | None = None
) -> Taken:
    """Take one letter to an event, sent by `envelope_from` where that is known, now or `at`. Raises Later, and nothing
    else."""
    try:
        return _taken(raw, event, envelope_from, idea, at or datetime.now(UTC))
    except Later:
        raise
    except DatabaseError as trouble:
        raise Later(f"the database: {type(trouble).__name__}") from trouble
    except Poison as trouble:
        return put_aside(raw, str(trouble))
    except Exception as trouble:  # a letter that finds a fault in us is kept for a person, and the next one is taken
        logger.exception("a letter could not be taken")
        return put_aside(raw, f"{type(trouble).__name__}: {trouble}"[:300])


def put_aside(raw: bytes, reason: str) -> Taken:
    """Keep a letter for a person to look at. Raises Later where even that cannot be done."""
    try:
        file = quarantine.keep(raw, reason)
    except OSError as trouble:
        raise Later(f"the quarantine: {trouble}") from trouble
    logger.warning("A letter was put aside (%s): %s", reason.partition(":")[0], file.name)  # not what was in it
    return Taken.QUARANTINED


def _taken(raw: bytes, event: str, envelope_from: str | None, idea: bool, at: datetime) -> Taken:
    letter = read_letter(raw, envelope_from)
    if letter.source is From.MACHINE:
        return Taken.IGNORED
    board = board_now(event)
    if board is None:
        raise Poison(f"there is no event {event}")
    if check_letter(same_address(letter.sender), event):
        raise Later("too many letters of one sender")
    if (code := answered_card(letter, event)) and code in board.cards:
        return _replied(letter, board, code)
    asked = read_card(letter, board, at, idea=idea)
    if not asked.title:
        return _refused(letter, board, None)
    return _played(letter, board, asked, at)


def _played(letter: Letter, board: Board, asked: Asked, at: datetime) -> Taken:
    held = not board.policy.trusts_mail  # or nobody reads it before everybody can
    writer = _writer(letter, board.event)
    try:
        move = _move(asked, held)
        _may_be_played_now(move, board, writer, at)
        outcome = play(board.event, move, by=writer, at=at, key=_key(letter))
    except Unfit as trouble:
        return _refused(letter, board, trouble)
    except KeyReused:
        return Taken.KNOWN
    if outcome.refusal:
        return _refused(letter, board, outcome)
    code = outcome.changes[0].card
    if code == move.code or _was_left_unanswered(board.event, outcome.changes[0], at):
        if letter.source is From.PERSON:
            send_answer(letter, board, asked, code, held=held)
        keep_contact(board.event, code, letter.sender)
    return Taken.WRITTEN if code == move.code else Taken.KNOWN


def _was_left_unanswered(event: str, written: Change, at: datetime) -> bool:
    """Whether we died after the card was written: the address is kept last. A fortnight later it may be erased."""
    return at - written.at < AFTER_EVENT and not contact_of(event, written.card)


def _may_be_played_now(move: WriteCard, board: Board, writer: Who, at: datetime) -> None:
    """Raises Later for a refusal that ends by itself. It is asked before, for under its key a refusal would stay."""
    refusal = decided(move, board, writer, at)
    if isinstance(refusal, Refusal) and refusal.code in LATER:
        raise Later(refusal.code)


def _move(asked: Asked, held: bool) -> WriteCard:
    return WriteCard(
        title=asked.title,
        text=asked.text,
        host=asked.host,
        handle=asked.handle,
        link=asked.link,
        wish=asked.wish,
        wished=asked.understood.wished,
        idea=asked.idea,
        held=held,
    )


def _replied(letter: Letter, board: Board, code: str) -> Taken:
    """Only to the address that we wrote to ourselves: others who know of the letter get no key."""
    if letter.source is From.PERSON and contact_of(board.event, code).lower() == same_address(letter.sender):
        send_link(letter, board, code)
    return Taken.REPLY


def _refused(letter: Letter, board: Board, why: Outcome | Unfit | None) -> Taken:
    if letter.source is From.PERSON:
        with override(language(None, letter.languages, board.language)):
            if isinstance(why, Unfit):
                reason = unfit_says(why)
            else:
                reason = says(why.refusal) if why and why.refusal else no_title_says()
        send_refusal(letter, board, reason)
    return Taken.REFUSED


def _key(letter: Letter) -> str:
    """The idempotency key: the same Message-ID counts once at each event."""
    return f"mail:{hashlib.sha256(letter.message_id.encode()).hexdigest()[:40]}"


def _writer(letter: Letter, event: str) -> Who:
    """Whoever writes from an address is one host. Anybody can write in another's name, so nothing but a new card is
    done for them; what may be done with it, its key says."""
    return Who(mail_hand(same_address(letter.sender), event))
