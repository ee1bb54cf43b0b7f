"""The log as rows: reads the changes after a number, and appends. It names versions of words and never repeats them."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from itertools import islice
from typing import Any

from django.db.models import Q

from openspaces.board import models
from openspaces.board.facts import programme_from
from openspaces.board.state import Change, Programme
from openspaces.board.store.keys import row_id, words_id
from openspaces.board.store.rows import Row, insert
from openspaces.board.vocabulary import Cell, Facts, Kind
from openspaces.board.words import Words

ROWS_AT_ONCE = 500
NEW_WORDS = (
    Kind.CARD_WRITTEN,
    Kind.CARD_EDITED,
    Kind.CARD_TAKEN_UP,
    Kind.CARD_COHOSTED,
    Kind.CARDS_MERGED,
    Kind.CARDS_UNMERGED,
)
"""The changes that come with a new version of a card's words; others name one that there is."""


def log(slug: str, after: int = 0, limit: int | None = None) -> list[Change]:
    """The event's changes after number `after`, in order, at most `limit`."""
    rows = list(models.Change.objects.filter(event_id=slug, number__gt=after).order_by("number")[:limit])
    words = _words_of(slug, rows)
    return [_change(row, words) for row in rows]


def last(slug: str, upto: int, kinds: Iterable[Kind], limit: int) -> list[Change]:
    """The last changes of these kinds up to number `upto`, in order, at most `limit`."""
    found = models.Change.objects.filter(event_id=slug, number__lte=upto, kind__in=[kind.value for kind in kinds])
    rows = list(found.order_by("-number")[:limit])[::-1]
    words = _words_of(slug, rows)
    return [_change(row, words) for row in rows]


def step(slug: str, number: int) -> list[Change]:
    """The changes that were made in one step with the change of that number, in order; none if there is no such one."""
    wanted = models.Change.objects.filter(event_id=slug, number=number).values("step")[:1]
    rows = list(models.Change.objects.filter(event_id=slug, step=wanted).order_by("number"))
    words = _words_of(slug, rows)
    return [_change(row, words) for row in rows]


def later(slug: str, number: int) -> list[Change]:
    """The changes after the step with the change of that number, in order, of each only what it touched."""
    step_of = models.Change.objects.filter(event_id=slug, number=number).values("step")[:1]
    after = models.Change.objects.filter(event_id=slug, number__gt=number).exclude(step=step_of).order_by("number")
    rows = after.values_list("kind", "card", "cells", "after__with", "number", "step")
    return [
        Change(Kind(kind), card, tuple(map(Cell.parse, cells)), {}, {"with": other} if other else {}, at, step=step)
        for kind, card, cells, other, at, step in rows
    ]


def last_of(slug: str, cards: Iterable[str], kinds: Iterable[Kind]) -> dict[str, tuple[int, datetime]]:
    """The number and the time of the last change of these kinds, for each of these cards that has one."""
    rows = models.Change.objects.filter(event_id=slug, card__in=list(cards), kind__in=list(kinds)).order_by("number")
    return {card: (number, at) for card, number, at in rows.values_list("card", "number", "at")}


def of_card(slug: str, card: str) -> list[Change]:
    """Every change of one card, in order, also those in which it was the other one of two."""
    rows = list(
        models.Change.objects.filter(event_id=slug).filter(Q(card=card) | Q(after__with=card)).order_by("number")
    )
    words = _words_of(slug, rows)
    return [_change(row, words) for row in rows]


def writers(slug: str) -> list[tuple[str, str]]:
    """Every card, the first one first, and the hand of whoever wrote it."""
    written = models.Change.objects.filter(event_id=slug, kind=Kind.CARD_WRITTEN.value).order_by("number")
    return list(written.values_list("card", "by"))


def merging(slug: str, card: str) -> Change | None:
    """The last change by which a card became part of another; None if it never did."""
    merged = models.Change.objects.filter(event_id=slug, kind=Kind.CARDS_MERGED.value, after__with=card)
    rows = list(merged.order_by("-number")[:1])
    words = _words_of(slug, rows)
    return next((_change(row, words) for row in rows), None)


def number_at(slug: str, moment: datetime) -> int:
    """The number of the event's last change until `moment`; 0 if there was none."""
    rows = models.Change.objects.filter(event_id=slug, at__lte=moment).order_by("-number")
    return rows.values_list("number", flat=True).first() or 0


def last_number(slug: str, kind: Kind) -> int:
    """The number of the event's last change of a kind; 0 if there was none."""
    rows = models.Change.objects.filter(event_id=slug, kind=kind.value).order_by("-number")
    return rows.values_list("number", flat=True).first() or 0


def append(slug: str, changes: Sequence[Change]) -> None:
    """Write `changes` and the words that came with them. Their cards are there already."""
    said = [(change.card, change.after["words"]) for change in changes if change.kind in NEW_WORDS]
    insert(models.Words, [_words_row(slug, card, words) for card, words in said])
    insert(models.Change, [_change_row(slug, change) for change in changes])


def words_from(row: models.Words) -> Words:
    """The Words of a row."""
    return Words(**{name: getattr(row, name) for name in Words.FIELDS}, version=row.version)


def programme_of(slug: str, version: int) -> Programme:
    """A version of the main programme."""
    row = models.Programme.objects.filter(id=row_id(slug, str(version))).first()
    return programme_from(row.talks, version) if row else Programme(version=version)


def _words_of(slug: str, rows: Iterable[models.Change]) -> dict[str, Words]:
    wanted = {
        words_id(slug, card, version)
        for row in rows
        for facts in (row.before, row.after)
        for card, version in _versions(row.card, facts)
    }
    found: dict[str, Words] = {}
    for part in _parts(sorted(wanted)):
        found |= {row.id: words_from(row) for row in models.Words.objects.filter(id__in=part)}
    return found


def _versions(card: str, facts: Facts) -> Iterable[tuple[str, int]]:
    """The versions of words that facts name: the card's own, or those of many cards."""
    return [(card, facts["words"])] if "words" in facts else facts.get("hosts", {}).items()


def _parts(ids: Sequence[str]) -> Iterable[list[str]]:
    every = iter(ids)
    while part := list(islice(every, ROWS_AT_ONCE)):
        yield part


def _change(row: models.Change, words: dict[str, Words]) -> Change:
    def dressed(facts: Facts) -> Facts:
        if "words" in facts:
            return {**facts, "words": words[words_id(row.event_id, row.card, facts["words"])]}
        if "hosts" in facts:
            return {"hosts": {card: words[words_id(row.event_id, card, each)] for card, each in facts["hosts"].items()}}
        if "programme" in facts:
            return {**facts, "programme": programme_of(row.event_id, facts["programme"])}
        return facts

    cells = tuple(Cell.parse(cell) for cell in row.cells)
    before, after = dressed(row.before), dressed(row.after)
    return Change(Kind(row.kind), row.card, cells, before, after, row.number, row.at, row.by, row.step)


def _words_row(slug: str, card: str, words: Words) -> Row:
    key = words_id(slug, card, words.version)
    return dict(id=key, card_id=row_id(slug, card), version=words.version, **words.as_said())


def _change_row(slug: str, change: Change) -> Row:
    return {
        "event_id": slug,
        "number": change.number,
        "at": change.at,
        "kind": change.kind.value,
        "card": change.card,
        "cells": [str(cell) for cell in change.cells],
        "before": _undressed(change.before),
        "after": _undressed(change.after),
        "by": change.by,
        "step": change.step,
    }


def _undressed(facts: Facts) -> dict[str, Any]:
    """The log names a version of words, or of the programme; it never repeats them."""
    if "hosts" in facts:
        return {"hosts": {card: words.version for card, words in facts["hosts"].items()}}
    versions = {name: fact.version for name, fact in facts.items() if isinstance(fact, Words | Programme)}
    return {**facts, **versions}
