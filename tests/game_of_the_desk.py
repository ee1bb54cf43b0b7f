"""What the desk does in a random game, what people tell it, and how it goes back: rooms, claims, contests, moderation,
ballots, reports, undo."""

from datetime import datetime, timedelta

from hypothesis import strategies as st
from hypothesis.stateful import rule
from tests import wishes
from tests.drawing import EVE, FACILITATOR
from tests.game import Table

from openspaces.board.moves import (
    Announce,
    ApproveCard,
    CallOffContest,
    ChangeContest,
    CloseCell,
    EndAnnouncement,
    FreeRoom,
    FreezeBoard,
    Move,
    OfferCells,
    OpenContest,
    PlaceCard,
    PlaceCards,
    RefuseClaim,
    RemoveAllOf,
    RemoveCard,
    ReopenCell,
    RestoreBoard,
    RestoreCard,
    SetCaution,
    SetPitch,
    SettleContest,
    ShieldCard,
    ThawBoard,
    Undo,
)
from openspaces.board.moves.relocating import proposal
from openspaces.board.read import board_at, changes_after
from openspaces.board.state import Board
from openspaces.board.vocabulary import Method
from openspaces.board.voices import CastBallot, Report, What
from openspaces.people.who import PROGRAM, Who


class Desk(Table):
    """The rules of the desk."""

    # Rooms

    @rule(
        cell=wishes.numbers,
        length=wishes.lengths,
        reason=wishes.reasons,
        by=wishes.staff,
        hours=st.sampled_from([0, 0, 1, 30]),
    )
    def close(self, cell: int, length: int, reason: str, by: Who, hours: int) -> None:
        """Cells that nobody may take, for good or for a while."""
        until = EVE + timedelta(hours=hours) if hours else None
        self.ask(CloseCell(cells=self.cells(cell, length), reason=reason, until=until), by)

    @rule(room=st.sampled_from(["oak", "elm", "elsewhere"]), by=wishes.staff)
    def close_a_room(self, room: str, by: Who) -> None:
        """Every cell of a room."""
        cells = tuple(cell for day in self.board.days for cell in self.board.cells_of(day) if cell.room == room)
        self.ask(CloseCell(cells=cells, reason="A leak"), by)

    @rule(cell=wishes.numbers, length=wishes.lengths, by=wishes.staff, over=st.booleans(), at=wishes.moments)
    def reopen(self, cell: int, length: int, by: Who, over: bool, at: datetime) -> None:
        """Closed cells, or any."""
        closed = tuple(sorted(self.board.closures))[:length]
        self.ask(ReopenCell(cells=closed if cell % 2 else self.cells(cell, length), over=over), by, at)

    @rule(at=wishes.moments)
    def relocate(self, at: datetime) -> None:
        """Everyone who is owed a cell gets the one that is proposed."""
        owed = [card for card in self.board.in_order() if card.owed and not card.merged_into]
        places = tuple(
            PlaceCard(card=card.code, cells=cells) for card, cells in proposal(self.board, owed, at) if cells
        )
        self.ask(PlaceCards(places=places), FACILITATOR, at)

    # Claims and contests

    @rule(card=wishes.numbers, by=wishes.staff)
    def refuse(self, card: int, by: Who) -> None:
        """A claim."""
        self.ask(RefuseClaim(card=self.card(card, lambda card: card.claim), reason="Too loud"), by)

    @rule(card=wishes.numbers, cell=wishes.numbers, by=wishes.staff)
    def offer(self, card: int, cell: int, by: Who) -> None:
        """Other cells."""
        self.ask(OfferCells(card=self.card(card), cells=self.cells(cell)), by)

    @rule(cell=wishes.numbers, card=wishes.numbers, other=wishes.numbers, by=wishes.staff)
    def let_contend(self, cell: int, card: int, other: int, by: Who) -> None:
        """Two cards, and whoever has the cell."""
        wanted = self.cells(cell)[0]
        cards = (*self.board.holders.get(wanted, ()), self.card(card), self.card(other))
        self.ask(OpenContest(cell=wanted, cards=cards[: 2 + card % 2]), by)

    @rule(contest=wishes.numbers, method=wishes.methods, minutes=st.sampled_from([0, 5, 60]), by=wishes.staff)
    def settle_otherwise(self, contest: int, method: Method | None, minutes: int, by: Who) -> None:
        """A contest with another method or deadline."""
        self.ask(ChangeContest(contest=self.contest(contest), method=method, minutes=minutes), by)

    @rule(
        contest=wishes.numbers,
        method=wishes.methods,
        winner=wishes.numbers,
        hands=st.sampled_from([(), (3,), (4, 4), (1, 2, 3)]),
        by=wishes.staff,
        at=wishes.moments,
    )
    def settle(
        self, contest: int, method: Method | None, winner: int, hands: tuple[int, ...], by: Who, at: datetime
    ) -> None:
        """A contest, in whatever way."""
        number = self.contest(contest)
        cards = self.board.contests[number].cards if number else ()
        decides_itself = method in (Method.VOTE, Method.LOT)  # ballots or a lot: nobody may name a winner
        chosen = self.one(winner, cards, "") if winner % 3 and not decides_itself else ""
        counts = tuple(zip(cards, hands, strict=False))
        self.ask(SettleContest(contest=number, method=method, winner=chosen, counts=counts), by, at)

    @rule(contest=st.integers(0, 3), at=wishes.moments)
    def let_the_clock_settle(self, contest: int, at: datetime) -> None:
        """A contest whose time is over, or not yet."""
        self.ask(SettleContest(contest=self.contest(contest)), PROGRAM, at)

    @rule(contest=wishes.numbers, by=wishes.staff)
    def call_off(self, contest: int, by: Who) -> None:
        """A contest."""
        self.ask(CallOffContest(contest=self.contest(contest), reason="Talk first"), by)

    @rule(contest=wishes.numbers, first=wishes.numbers, both=st.booleans(), hands=st.integers(1, 4), at=wishes.moments)
    def vote(self, contest: int, first: int, both: bool, hands: int, at: datetime) -> None:
        """Some ballots, for one card or for all."""
        number = self.contest(contest)
        cards = self.board.contests[number].cards if number else ()
        for hand in range(hands):
            chosen = cards if both else cards[(first + hand) % 2 :][:1]
            self.ask(CastBallot(contest=number, cards=chosen), Who(f"voice{hand}", present=True), at)

    # What may be read, and whether it is on

    @rule(
        card=wishes.numbers,
        how=st.sampled_from(["shield", "approve", "approve", "remove", "remove all", "free"]),
        at=wishes.moments,
    )
    def moderate(self, card: int, how: str, at: datetime) -> None:
        """A card that somebody has looked at."""
        code = self.card(card, lambda card: card.hidden if how == "approve" else card.placement)
        moves: dict[str, Move] = {
            "shield": ShieldCard(card=code, reason="Read it first"),
            "approve": ApproveCard(card=code),
            "remove": RemoveCard(card=code, reason="Abuse"),
            "remove all": RemoveAllOf(card=code, reason="Abuse"),
            "free": FreeRoom(card=code),
        }
        self.ask(moves[how], FACILITATOR, self.while_it_is_on(code, at) if how == "free" else at)

    @rule(card=wishes.numbers, what=st.sampled_from(What), hands=st.integers(1, 4), at=wishes.moments)
    def report(self, card: int, what: What, hands: int, at: datetime) -> None:
        """A card that some people tell of, one after the other."""
        code = self.card(card, lambda card: card.placement)
        moment = self.while_it_is_on(code, at)
        for number in range(hands):
            self.ask(Report(card=code, what=what, reason="Abuse"), Who(f"voice{number}", present=True), moment)

    # What everyone hears

    @rule(slow=st.sampled_from([0, 0, 5]), hold=st.booleans())
    def be_cautious(self, slow: int, hold: bool) -> None:
        """In a storm."""
        self.ask(SetCaution(slow=slow, hold=hold), FACILITATOR)

    @rule(freeze=st.sampled_from([True, False, False, False]), at=wishes.moments)
    def freeze_or_thaw(self, freeze: bool, at: datetime) -> None:
        """All writes."""
        self.ask(FreezeBoard(reason="A storm") if freeze else ThawBoard(), FACILITATOR, at)

    @rule(number=wishes.numbers, begin=st.booleans())
    def announce(self, number: int, begin: bool) -> None:
        """Something, or that it is over."""
        said = self.one(number, [said.number for said in self.board.announcements], 0)
        self.ask(Announce(text="Lunch is ready") if begin else EndAnnouncement(announcement=said), FACILITATOR)

    @rule(cards=st.lists(wishes.numbers, max_size=3), started=st.booleans(), by=wishes.staff)
    def pitch(self, cards: list[int], started: bool, by: Who) -> None:
        """A queue of cards."""
        queue = tuple(self.card(card) for card in cards)
        self.ask(SetPitch(queue=queue, started=started), by)

    # Going back

    @rule(back=st.one_of(st.integers(0, 6), wishes.numbers), by=wishes.staff, at=wishes.moments)
    def undo(self, back: int, by: Who, at: datetime) -> None:
        """One of the last changes, or an older one."""
        self.ask(Undo(number=max(self.board.number - back, 0)), by, at)

    @rule(card=wishes.numbers, back=st.sampled_from([1, 2, 3, 5, 8, 13, 21]))
    def restore_a_card(self, card: int, back: int) -> None:
        """A card as it was, every second time one that was touched since."""
        number = max(self.board.number - back, 1)
        touched = {change.card for change in changes_after(self.event, number) if change.card in self.board.cards}
        code = self.card(card, lambda each: each.code in touched) if card % 2 else self.card(card)
        self.ask(RestoreCard(card=code, number=number, past=self._past(number)), FACILITATOR)

    @rule(back=wishes.numbers, at=wishes.moments)
    def restore_the_board(self, back: int, at: datetime) -> None:
        """The board as it was."""
        number = max(self.board.number - back, 1)
        self.ask(RestoreBoard(number=number, past=self._past(number)), FACILITATOR, at)

    def _past(self, number: int) -> Board:
        past = board_at(self.event, number)
        assert past is not None
        return past
