"""What people left beside the Board and on its cards is erased; the log goes on telling what happened, without them."""

import secrets
from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F, Q

from openspaces.board import models
from openspaces.board.public import WRITTEN
from openspaces.board.state import Change
from openspaces.board.store.keys import row_id
from openspaces.board.vocabulary import HIDDEN, Facts, Kind
from openspaces.board.words import Words, names_in

NOBODYS = "~"
"""How a hand begins that no device has: nobody can tell whose it was."""


def erase_voices(slugs: Collection[str], left_before: datetime) -> int:
    """Erase who offered, and whose stars they were, that was left at these events before then; and the refusals that
    were given. How many rows it was."""
    with transaction.atomic():
        offers, _ = models.Offer.objects.filter(card__event__in=slugs, at__lt=left_before).delete()
        refused = models.Outcome.objects.filter(event__in=slugs, at__lt=left_before, refusal__isnull=False)
        return offers + refused.delete()[0] + _cut_stars(slugs, left_before)


def _cut_stars(slugs: Collection[str], left_before: datetime) -> int:
    """The stars stay, for they are counted. Those of one device stay together, under a name drawn by lot."""
    old = models.Star.objects.filter(card__event__in=slugs, at__lt=left_before).exclude(hand__startswith=NOBODYS)
    hands = old.order_by("card__event", "hand").values_list("card__event", "hand").distinct()
    return sum(
        old.filter(card__event=slug, hand=hand).update(hand=NOBODYS + secrets.token_hex(8))
        for slug, hand in list(hands)
    )


# Of hosts


def hosts_left(slug: str, left_before: datetime) -> list[str]:
    """The cards on which hosts are named, now or in what they said before, and which nobody has touched since then."""
    named = models.Words.objects.filter(card__event=slug, card__at__lt=left_before).exclude(host="", handle="")
    return list(named.order_by("card__code").values_list("card__code", flat=True).distinct())


def naming(slug: str, codes: Iterable[str], names: Collection[str]) -> list[str]:
    """Those of these cards that name one of these hosts in any version; any host or handle, where no name is given."""
    rows = models.Words.objects.filter(card__in=[row_id(slug, code) for code in codes]).exclude(host="", handle="")
    found = rows.values_list("card__code", "host")
    return sorted({code for code, host in found if not names or not set(names).isdisjoint(names_in(host))})


def erase_hosts(slug: str, changes: Iterable[Change]) -> None:
    """Take off every version of the words what these changes took off the newest."""
    for change in changes:
        for card, words in change.after["hosts"].items() if change.kind is Kind.HOSTS_ERASED else ():
            _erase_hosts(row_id(slug, card), words)


def _erase_hosts(card: str, now: Words) -> None:
    """Most cards lose every name: one statement each."""
    rows = models.Words.objects.filter(card=card)
    if not now.host:
        rows.exclude(host="", handle="").update(host="", handle="")
        return
    left = names_in(now.host)
    for row in rows:
        row.host = ", ".join(name for name in names_in(row.host) if name in left)
        row.handle = row.handle if row.handle == now.handle else ""
        row.save(update_fields=["host", "handle"])


# Of one person


def said_of(slug: str, code: str) -> list[Words]:
    """Every version of what a card said, the oldest first; what is hidden too."""
    rows = models.Words.objects.filter(card=row_id(slug, code)).order_by("version")
    return [Words(**{name: getattr(row, name) for name in Words.FIELDS}, version=row.version) for row in rows]


def erase_words(slug: str, codes: Collection[str]) -> int:
    """Erase everything that these cards ever said, and what their hosts wrote into the log beside it: places, and the
    words of deals. They must be off the board already. How many rows it was."""
    cards = [row_id(slug, code) for code in codes]
    blank = dict.fromkeys(Words.FIELDS, "") | {"title": HIDDEN}
    with transaction.atomic():
        said = models.Words.objects.filter(card__in=cards).exclude(**blank).update(**blank)
        for card in models.Card.objects.filter(id__in=cards).exclude(was={}):
            models.Card.objects.filter(id=card.id).update(was=_without_words(card.was))
        reports = models.Report.objects.filter(card__in=cards).exclude(reason="").update(reason="")
        offers, _ = models.Offer.objects.filter(card__in=cards).delete()
        return said + reports + offers + _erase_in_log(slug, codes) + (_forget_refusals(slug) if said else 0)


def _erase_in_log(slug: str, codes: Collection[str]) -> int:
    found = models.Change.objects.filter(event=slug).filter(Q(card__in=codes) | Q(after__with__in=list(codes)))
    erased = 0
    for row in found.iterator():
        before, after = _without_words(row.before), _without_words(row.after)
        if (before, after) != (row.before, row.after):
            erased += models.Change.objects.filter(pk=row.pk).update(before=before, after=after)
    return erased


def _without_words(facts: Facts) -> dict[str, Any]:
    return {name: _blank(name, fact) for name, fact in facts.items()}


def _blank(name: str, fact: Any) -> Any:
    if isinstance(fact, dict):
        return _without_words(fact)
    return "" if name in WRITTEN and isinstance(fact, str) else fact


def _forget_refusals(slug: str) -> int:
    """A refusal names whose card is in the way, so whoever asks again under the same key is answered anew."""
    return models.Outcome.objects.filter(event=slug, refusal__isnull=False).delete()[0]


def erase_hand(slug: str, hand: str, left_before: datetime) -> int:
    """Erase what a device left beside the Board until then. Its ballots are counted on, as nobody's. How many rows."""
    left = {"hand": hand, "at__lte": left_before}
    with transaction.atomic():
        stars, _ = models.Star.objects.filter(card__event=slug, **left).delete()
        offers, _ = models.Offer.objects.filter(card__event=slug, **left).delete()
        ballots = models.Ballot.objects.filter(contest__event=slug, **left).update(hand=None)
        told = models.Report.objects.filter(card__event=slug, **left)
        reports = sum(
            models.Report.objects.filter(pk=row.pk).update(hand=NOBODYS + secrets.token_hex(8), reason="")
            for row in told
        )
        return stars + offers + ballots + reports


def ideas_by(slug: str, hand: str) -> list[str]:
    """The ideas that a device wrote and that are nobody's still, whatever it wrote them as."""
    written = models.Change.objects.filter(event=slug, kind=Kind.CARD_WRITTEN.value, by=hand).values_list("card")
    ideas = models.Words.objects.filter(card__event=slug, card__hand="", host="", version=F("card__version"))
    return list(ideas.filter(card__code__in=written).values_list("card__code", flat=True))


def of_hand(slug: str, hand: str) -> dict[str, list[dict[str, Any]]]:
    """What a device left beside the Board, for its owner to read."""
    mine = {"hand": hand}
    tables: dict[str, Iterable[Mapping[str, Any]]] = {
        "stars": models.Star.objects.filter(card__event=slug, **mine).values("at", card_code=F("card__code")),
        "offers": models.Offer.objects.filter(card__event=slug, **mine).values(
            "name", "handle", "at", card_code=F("card__code")
        ),
        "ballots": models.Ballot.objects.filter(contest__event=slug, **mine).values(
            "cards", "at", contest_number=F("contest__number")
        ),
        "reports": models.Report.objects.filter(card__event=slug, **mine).values(
            "what", "reason", "at", card_code=F("card__code")
        ),
        "changes": models.Change.objects.filter(event=slug, by=hand)
        .order_by("number")
        .values("number", "at", "kind", "card"),
    }
    return {name: [dict(row) for row in rows] for name, rows in tables.items()}
