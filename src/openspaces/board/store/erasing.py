"""What devices and people left beside the Board goes when its time has come; the Board and its log stay as they are."""

import secrets
from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from openspaces.board import models

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
