"""The rows of voices: ballots and reports. A device has one of each, so to say it again is to change it."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, NamedTuple

from django.db.models import Count, QuerySet

from openspaces.board import models
from openspaces.board.contest import Contest
from openspaces.board.facts import contest_from
from openspaces.board.store.keys import row_id
from openspaces.board.voices import What


class Told(NamedTuple):
    """What people told of one card and nobody has answered: of which kind, why, how many, and how many were present."""

    card: str
    what: str
    reasons: tuple[str, ...]
    voices: int
    present: int
    first: datetime


def locked_contests(slug: str, numbers: Iterable[int]) -> list[Contest]:
    """These contests as they are, and they stay so until the transaction ends: a ballot is either counted by whoever
    settles, or refused. They are locked in one order, so that nobody waits for each other."""
    wanted = models.Contest.objects.filter(event=slug, number__in=set(numbers)).order_by("number")
    return [contest_from(row.facts) for row in wanted.select_for_update(no_key=True)]


def cast(slug: str, contest: int, hand: str, cards: tuple[str, ...], at: datetime) -> None:
    """Keep a device's ballot in place of its earlier one. The caller has locked the contest."""
    now = {"cards": list(cards), "at": at}
    models.Ballot.objects.update_or_create(contest_id=row_id(slug, str(contest)), hand=hand, defaults=now)


def ballots(slug: str, contest: int) -> list[list[str]]:
    """The cards that each ballot of a contest approves of; no ballot comes in until the transaction ends."""
    locked_contests(slug, [contest])
    return list(models.Ballot.objects.filter(contest=row_id(slug, str(contest))).values_list("cards", flat=True))


def ballot_of(slug: str, contest: int, hand: str) -> tuple[str, ...] | None:
    """The cards that a device voted for; None if it has not voted."""
    mine = models.Ballot.objects.filter(contest=row_id(slug, str(contest)), hand=hand)
    cards = mine.values_list("cards", flat=True).first()
    return None if cards is None else tuple(cards)


def ballots_of(slug: str, hand: str) -> dict[int, tuple[str, ...]]:
    """A device's ballots in the contests of an event that are open, by contest."""
    mine = models.Ballot.objects.filter(contest__event=slug, contest__settled=None, hand=hand)
    return {number: tuple(cards) for number, cards in mine.values_list("contest__number", "cards")}


def ballots_cast(slug: str) -> dict[int, int]:
    """How many ballots each contest of an event has."""
    counted = models.Ballot.objects.filter(contest__event=slug).values_list("contest__number").annotate(n=Count("id"))
    return dict(counted)


def forget_voters(settled_before: datetime) -> int:
    """Cut the link from ballots to devices in the contests that were settled before then; how many were cut."""
    old = models.Ballot.objects.filter(contest__settled__lt=settled_before).exclude(hand=None)
    return old.update(hand=None)


def report(
    slug: str, card: str, hand: str, what: str, reason: str, *, present: bool, at: datetime, since: datetime | None
) -> int:
    """Keep what a device tells of a card; how many present devices tell it (since then) and wait for an answer."""
    told = {"reason": reason, "present": present, "at": at, "answered": None}
    same = models.Report.objects.filter(card_id=row_id(slug, card), what=what)
    same.update_or_create(card_id=row_id(slug, card), what=what, hand=hand, defaults=told)
    waiting = same.filter(present=True, answered=None)
    return (waiting.filter(at__gte=since) if since else waiting).count()


def answer_reports(slug: str, card: str, whats: tuple[str, ...], at: datetime) -> None:
    """What was told of a card has been looked at."""
    _waiting(card_id=row_id(slug, card), what__in=whats).update(answered=at)


def doubted(slug: str, card: str) -> bool:
    """Whether somebody tells that nobody is there, and nobody has answered."""
    return _waiting(card_id=row_id(slug, card), what=What.NOBODY_HERE.value).exists()


def reports(slug: str) -> list[Told]:
    """What people told of an event's cards and nobody has answered, the oldest first."""
    rows: dict[tuple[str, str], list[models.Report]] = {}
    for row in _waiting(card__event=slug).order_by("at").select_related("card"):
        rows.setdefault((row.card.code, row.what), []).append(row)
    return [_told(card, what, found) for (card, what), found in rows.items()]


def _waiting(**which: Any) -> QuerySet[models.Report]:
    return models.Report.objects.filter(answered=None, **which)


def _told(card: str, what: str, rows: list[models.Report]) -> Told:
    reasons = tuple(dict.fromkeys(row.reason for row in rows if row.reason))
    return Told(card, what, reasons, len(rows), sum(row.present for row in rows), rows[0].at)
