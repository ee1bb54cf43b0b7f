"""The rows of voices: ballots and reports. A device has one of each, so to say it again is to change it."""

from collections.abc import Iterable, Mapping
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


def voters(slug: str, contest: int) -> set[str]:
    """The hands of the devices that a contest's ballots are linked to; none a day after the close."""
    linked = models.Ballot.objects.filter(contest=row_id(slug, str(contest))).values_list("hand", flat=True)
    return {hand for hand in linked if hand}


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


def star(slug: str, card: str, hand: str, at: datetime, *, on: bool) -> None:
    """Keep that a device's owner would come to a card's session, or would not any more."""
    key = row_id(slug, card)
    if on:
        models.Star.objects.get_or_create(card_id=key, hand=hand, defaults={"at": at})
    else:
        models.Star.objects.filter(card_id=key, hand=hand).delete()


def stars(slug: str) -> dict[str, int]:
    """How many devices starred each card, by code; of a card of several parts, how many starred any of them."""
    rows = models.Star.objects.filter(card__event=slug)
    counted = dict(rows.values_list("card__code").annotate(n=Count("id")))
    merged = models.Card.objects.filter(event=slug).exclude(merged=[]).values_list("code", "merged")
    parts = {code: tuple(codes) for code, codes in merged}
    together = ((code, _with_parts(code, parts)) for code in parts)
    return counted | {code: _devices(rows, codes) for code, codes in together if not counted.keys().isdisjoint(codes)}


def stars_on(slug: str, cards: Iterable[str]) -> int:
    """How many devices starred any of these cards."""
    return _devices(models.Star.objects.filter(card__event=slug), cards)


def stars_of(slug: str, hand: str) -> list[str]:
    """The cards that a device starred, the newest star last."""
    mine = models.Star.objects.filter(card__event=slug, hand=hand).order_by("at", "pk")
    return list(mine.values_list("card__code", flat=True))


def starred_at(slug: str, hand: str) -> dict[str, datetime]:
    """The cards that a device starred, and when it did."""
    return dict(models.Star.objects.filter(card__event=slug, hand=hand).values_list("card__code", "at"))


def starred_by(slug: str, cards: Iterable[str]) -> dict[str, set[str]]:
    """The devices that starred each of these cards, by code."""
    found: dict[str, set[str]] = {}
    rows = models.Star.objects.filter(card__event=slug, card__code__in=set(cards))
    for card, hand in rows.values_list("card__code", "hand"):
        found.setdefault(card, set()).add(hand)
    return found


def stars_with(slug: str, card: str) -> dict[str, int]:
    """The other cards that were starred by those who starred this one, by code: how many of them."""
    who = models.Star.objects.filter(card=row_id(slug, card)).values("hand")
    others = models.Star.objects.filter(card__event=slug, hand__in=who).exclude(card=row_id(slug, card))
    return dict(others.values_list("card__code").annotate(n=Count("id")))


def offer(slug: str, card: str, hand: str, name: str, handle: str, at: datetime) -> None:
    """Keep that somebody would host a card too, in place of what the same device offered before."""
    said = {"name": name, "handle": handle, "at": at}
    models.Offer.objects.update_or_create(card_id=row_id(slug, card), hand=hand, defaults=said)


def take_back_offer(slug: str, card: str, hand: str) -> None:
    """They would not any more."""
    models.Offer.objects.filter(card_id=row_id(slug, card), hand=hand).delete()


class Offered(NamedTuple):
    """Somebody would host a card too: under which number, on which device, who they say they are, and since when."""

    id: int
    card: str
    hand: str
    name: str
    handle: str
    at: datetime


def offers(slug: str) -> list[Offered]:
    """Everyone who offered to host one of the event's cards too, the first first."""
    rows = models.Offer.objects.filter(card__event=slug).order_by("at", "pk")
    return [Offered(*row) for row in rows.values_list("id", "card__code", "hand", "name", "handle", "at")]


def _with_parts(code: str, parts: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    return (code, *(each for part in parts.get(code, ()) for each in _with_parts(part, parts)))


def _devices(rows: QuerySet[models.Star], codes: Iterable[str]) -> int:
    return rows.filter(card__code__in=codes).values("hand").distinct().count()


def answer_reports(slug: str, looked_at: Mapping[tuple[str, str], datetime]) -> None:
    """What was told of cards has been looked at: when, by card and what it was. Few cards are told of, so those that
    are come first."""
    cards = {row_id(slug, card) for card, _ in looked_at}
    told = _waiting(card_id__in=cards).values_list("card__code", "what").distinct() if cards else ()
    for card, what in list(told):
        if at := looked_at.get((card, what)):
            _waiting(card_id=row_id(slug, card), what=what).update(answered=at)


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
