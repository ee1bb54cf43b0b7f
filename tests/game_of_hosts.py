"""What hosts and organisers do in a random game: cards and their cells, claims, deals; the event and its parts."""

from datetime import datetime

from hypothesis import strategies as st
from hypothesis.stateful import rule
from tests import wishes
from tests.drawing import EVE, FACILITATOR
from tests.game import Table

from openspaces.board.moves import (
    AcceptDeal,
    AcceptOffer,
    AskDeal,
    ClaimCell,
    ConfirmCard,
    CountStars,
    DropClaim,
    DropDeal,
    EditCard,
    FollowProgramme,
    MarkFull,
    MergeCards,
    Move,
    MoveCard,
    PlaceCard,
    SwapCards,
    TakeDown,
    TakeUp,
    UnmergeCards,
    WithdrawCard,
    WriteCard,
)
from openspaces.board.state import Talk, Wished
from openspaces.board.vocabulary import Deal, Stage, Standing
from openspaces.board.voices import DeclineOffer, OfferToHost, Star
from openspaces.people.who import PROGRAM, Who


class Hosts(Table):
    """The rules of hosts and organisers."""

    @rule(title=wishes.titles, idea=st.booleans(), by=wishes.anybody)
    def write(self, title: str, idea: bool, by: Who) -> None:
        """A card beside the board."""
        self.ask(WriteCard(title=title, code=self.fresh_code(), idea=idea), by)

    @rule(
        title=wishes.titles,
        cell=wishes.numbers,
        length=wishes.lengths,
        where=wishes.places,
        by=wishes.anybody,
        at=wishes.moments,
        claim=st.booleans(),
        walk_up=st.booleans(),
    )
    def write_onto(
        self, title: str, cell: int, length: int, where: str, by: Who, at: datetime, claim: bool, walk_up: bool
    ) -> None:
        """A card straight onto the board, or asking for its cells."""
        wanted, code = self.cells(cell, length), self.fresh_code()
        self.ask(WriteCard(title=title, code=code, where=where, cells=wanted, claim=claim, walk_up=walk_up), by, at)

    @rule(card=wishes.numbers, title=wishes.titles, seen=st.sampled_from([0, 10, 999]), by=wishes.anybody)
    def edit(self, card: int, title: str, seen: int, by: Who) -> None:
        """A card with other words, every third time one that waits to be read."""
        code = self.card(card, lambda each: card % 3 or each.standing is Standing.HELD)
        self.ask(EditCard(card=code, title=title, seen=seen), self.host_or(by, code))

    @rule(
        how=st.sampled_from([PlaceCard, MoveCard]),
        card=wishes.numbers,
        cell=wishes.numbers,
        length=wishes.lengths,
        where=wishes.places,
        by=wishes.anybody,
        at=wishes.moments,
        sure=st.booleans(),
    )
    def place(
        self, how: type[PlaceCard], card: int, cell: int, length: int, where: str, by: Who, at: datetime, sure: bool
    ) -> None:
        """A card onto cells."""
        code = self.card(card, lambda card: card.placement if how is MoveCard else True)
        wanted = self.cells(cell, length)
        self.ask(how(card=code, cells=wanted, where=where, confirmed=sure), self.host_or(by, code), at)

    @rule(card=wishes.numbers, other=wishes.numbers)
    def swap(self, card: int, other: int) -> None:
        """Two cards."""
        one, two = (self.card(number, lambda card: card.placement) for number in (card, other))
        self.ask(SwapCards(card=one, other=two), FACILITATOR)

    @rule(card=wishes.numbers, by=wishes.anybody, how=st.sampled_from([TakeDown, TakeDown, WithdrawCard]))
    def take_down_or_withdraw(self, card: int, by: Who, how: type[TakeDown | WithdrawCard]) -> None:
        """A card off the board."""
        code = self.card(card)
        self.ask(how(card=code), self.host_or(by, code))

    @rule(
        card=wishes.numbers,
        cell=wishes.numbers,
        length=wishes.lengths,
        by=wishes.anybody,
        at=wishes.moments,
        contend=st.sampled_from([True, True, False]),
    )
    def claim(self, card: int, cell: int, length: int, by: Who, at: datetime, contend: bool) -> None:
        """A cell that a card asks for; every second time one that another card has or asks for."""
        code, wanted = self.card(card, lambda card: not card.claim), self.cells(cell, length)
        popular = sorted({*self.board.holders, *self.board.claimants})
        if popular and cell % 2 and cell != wishes.NOBODY:
            wanted = self.board.run(self.one(cell, popular, wanted[0]), length)
        move = ClaimCell(card=code, cells=wanted, where="Lawn", contend=contend, confirmed=True)
        self.ask(move, self.host_or(by, code), at)

    @rule(card=wishes.numbers, by=wishes.anybody)
    def give_way(self, card: int, by: Who) -> None:
        """A claim that is given up."""
        code = self.card(card, lambda card: card.claim)
        self.ask(DropClaim(card=code), self.host_or(by, code))

    @rule(card=wishes.numbers, other=wishes.numbers, deal=st.sampled_from(Deal), by=wishes.anybody)
    def propose(self, card: int, other: int, deal: Deal, by: Who) -> None:
        """A deal between two hosts."""
        code = self.card(card, lambda card: card.placement)
        whom = self.card(other, lambda card: card.placement)
        self.ask(AskDeal(card=code, other=whom, deal=deal, title="Both"), self.host_or(by, code))

    @rule(card=wishes.numbers, accept=st.booleans())
    def answer(self, card: int, accept: bool) -> None:
        """What another host asked for."""
        asking = self.board.cards.get(self.card(card, lambda card: card.deal))
        other = asking.deal.other if asking and asking.deal else "NOBODY"
        code = asking.code if asking else "NOBODY"
        move: Move = AcceptDeal(card=other, asking=code) if accept else DropDeal(card=code)
        self.ask(move, self.host_or(FACILITATOR, other))

    @rule(card=wishes.numbers, into=wishes.numbers)
    def merge(self, card: int, into: int) -> None:
        """Two cards into one."""
        self.ask(MergeCards(card=self.card(card), into=self.card(into)), FACILITATOR)

    @rule(
        card=wishes.numbers,
        cell=wishes.numbers,
        onto=st.booleans(),
        claim=st.booleans(),
        walk_up=st.booleans(),
        by=wishes.anybody,
        at=wishes.moments,
    )
    def take_up(self, card: int, cell: int, onto: bool, claim: bool, walk_up: bool, by: Who, at: datetime) -> None:
        """An idea, perhaps straight onto the board."""
        code = self.card(card, lambda card: card.stage is Stage.IDEA)
        wanted = self.cells(cell) if onto else ()
        self.ask(TakeUp(card=code, host="Max", cells=wanted, where="Lawn", claim=claim, walk_up=walk_up), by, at)

    @rule(title=wishes.titles, room=wishes.room_keys, wish=st.sampled_from(["", "Early"]), held=st.booleans())
    def plan(self, title: str, room: str, wish: str, held: bool) -> None:
        """A session with a wish, perhaps by mail."""
        wished = Wished(room=room) if wish else None
        move = WriteCard(title=title, code=self.fresh_code(), host="Ida", wish=wish, wished=wished, held=held)
        self.ask(move, PROGRAM if held else Who("ada"))

    @rule(card=wishes.numbers, hands=st.integers(1, 4), on=st.sampled_from([True, True, False]))
    def star(self, card: int, hands: int, on: bool) -> None:
        """A card, by some devices."""
        for number in range(hands):
            self.ask(Star(card=self.card(card), on=on), Who(f"voice{number}"))

    @rule()
    def count_stars(self) -> None:
        """The program."""
        self.ask(CountStars(), PROGRAM)

    @rule(card=wishes.numbers, by=wishes.anybody, accept=st.booleans())
    def host_together(self, card: int, by: Who, accept: bool) -> None:
        """Somebody offers to host a card too, and its host takes them in, or says no."""
        code = self.card(card, lambda card: card.hand)
        self.ask(OfferToHost(card=code, name="Joe"), Who("joe"))
        if accept:
            self.ask(AcceptOffer(card=code, hand="joe"), self.host_or(by, code))
        else:
            self.ask(DeclineOffer(card=code, hand="joe"), self.host_or(by, code))

    @rule(talks=st.lists(wishes.talks, max_size=3), by=wishes.organisers)
    def follow_the_programme(self, talks: list[Talk], by: Who) -> None:
        """The main programme beside the board."""
        self.ask(FollowProgramme(talks=tuple(talks)), by)

    @rule(card=wishes.numbers, by=wishes.anybody)
    def part(self, card: int, by: Who) -> None:
        """One card into two."""
        code = self.card(card, lambda card: card.merged_into)
        self.ask(UnmergeCards(card=code), self.host_or(by, code))

    @rule(card=wishes.numbers, full=st.sampled_from([None, True, False]), by=wishes.anybody)
    def say_how_it_is(self, card: int, full: bool | None, by: Who) -> None:
        """Still on, full, room again."""
        code = self.card(card, lambda card: card.placement)
        move: Move = ConfirmCard(card=code) if full is None else MarkFull(card=code, full=full)
        self.ask(move, self.host_or(by, code), EVE)

    @rule(move=wishes.of_rooms, by=wishes.organisers)
    def organise_rooms(self, move: Move, by: Who) -> None:
        """The event and its rooms."""
        self.ask(move, by)

    @rule(move=wishes.of_days, by=wishes.organisers)
    def organise_days(self, move: Move, by: Who) -> None:
        """Its days, or everything at once."""
        self.ask(move, by)
