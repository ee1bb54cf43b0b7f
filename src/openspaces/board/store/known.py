"""What the tables know and a Board does not: the ballots of a contest, the log, and words that are hidden."""

from collections.abc import Collection, Iterable

from django.db.models import F

import openspaces.board.store.erasing as erasing
import openspaces.board.store.log as log
import openspaces.board.store.voices as voices
from openspaces.board import models
from openspaces.board.state import Change
from openspaces.board.store.keys import row_id, words_id
from openspaces.board.store.log import words_from
from openspaces.board.words import Words
from openspaces.people.roster import doers
from openspaces.people.who import PROGRAM


class Known:
    """Answers a move's questions, in the transaction in which it is decided."""

    def __init__(self, event: str) -> None:
        self._event = event

    def ballots(self, contest: int) -> list[list[str]]:
        """The cards that each ballot of a contest approves of; no ballot comes in until the transaction ends."""
        return voices.ballots(self._event, contest)

    def step(self, number: int) -> list[Change]:
        """The changes that were made in one step with that one."""
        return log.step(self._event, number)

    def later(self, number: int) -> list[Change]:
        """What was done after the step with that change: of which kind, to which card and cells, without before and
        after."""
        return log.later(self._event, number)

    def words(self, card: str) -> Words | None:
        """What a card says, hidden or not; None if there is no such card."""
        version = models.Card.objects.filter(id=row_id(self._event, card)).values_list("version", flat=True).first()
        row = models.Words.objects.filter(id=words_id(self._event, card, version)).first() if version else None
        return words_from(row) if row else None

    def offer(self, card: str, hand: str) -> str | None:
        """The name of somebody who offered on that device to host a card too; None if nobody did."""
        rows = models.Offer.objects.filter(card=row_id(self._event, card), hand=hand)
        return rows.values_list("name", flat=True).first()

    def stars(self) -> dict[str, int]:
        """How many devices would come to each card, by code; cards without a star are left out."""
        return voices.stars(self._event)

    def ideas_left(self) -> dict[str, list[str]]:
        """The ideas that nobody has taken up, by the device that left them. What staff and the program wrote they wrote
        for others."""
        saying = models.Words.objects.filter(card__event=self._event, version=F("card__version"))
        ideas = set(saying.filter(card__hand="", host="").values_list("card__code", flat=True))
        writers = log.writers(self._event) if ideas else []
        not_of_one = {PROGRAM.hand, *doers(self._event)} if ideas else set()
        left: dict[str, list[str]] = {}
        for card, hand in writers:
            if card in ideas and hand not in not_of_one:
                left.setdefault(hand, []).append(card)
        return left

    def merging(self, card: str) -> Change | None:
        """The change by which a card became part of another, the last one; None if it never did."""
        return log.merging(self._event, card)

    def doubted(self, card: str) -> bool:
        """Whether people tell that nobody is there, and nobody has answered them."""
        return voices.doubted(self._event, card)

    def words_naming(self, cards: Iterable[str], names: Collection[str]) -> dict[str, Words]:
        """The newest words of those cards that name one of these hosts, now or in what they said before; any host, or
        how to reach one, where no name is given."""
        named = erasing.naming(self._event, cards, names)
        return self.words_of_all(named) if named else {}

    def words_of_all(self, cards: Iterable[str]) -> dict[str, Words]:
        """The same of several cards, by code, in one query."""
        wanted = [row_id(self._event, card) for card in cards]
        rows = models.Words.objects.filter(card__in=wanted, version=F("card__version")).select_related("card")
        return {row.card.code: words_from(row) for row in rows}
