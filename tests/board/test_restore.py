"""Putting one card, or the whole board, back to how it was at a number."""

import pytest
from tests.drawing import (
    EVE,
    FACILITATOR,
    HELPER,
    ORGANISER,
    STRANGER,
    at,
    cell,
    cells,
    code,
    day_of,
    picture,
    picture_of,
)
from tests.playing import Playing, told

from openspaces.board.moves import (
    AcceptOffer,
    AddRoom,
    ChangeDay,
    ClaimCell,
    CloseCell,
    EditCard,
    MergeCards,
    MoveCard,
    OpenContest,
    PlaceCard,
    RemoveCard,
    ReopenCell,
    RestoreBoard,
    RestoreCard,
    ShieldCard,
    SwapCards,
    TakeDown,
    TakeUp,
    WithdrawCard,
    WriteCard,
)
from openspaces.board.state import Notice, Placement, Policy, Room, Wished
from openspaces.board.vocabulary import Cause, Code, Competing, Kind, Stage
from openspaces.people.who import Who

BOARD = """
          oak      elm      ash
  09:00   Knit     .        #paint
  10:00   Lunch    Talk     .
  11:00   .        "        .
"""
KNIT, LUNCH, TALK, WINE = (code(title) for title in ("Knit", "Lunch", "Talk", "Wine"))


class Then(Playing):
    """A board and the number at which it is remembered."""

    def __init__(self, policy: Policy | None = None) -> None:
        super().__init__(BOARD, policy or Policy(), planned=("Wine",))
        self.number = self.board.number

    def card_back(self, title: str) -> RestoreCard:
        """One card as it was then."""
        return RestoreCard(card=code(title), number=self.number, past=self.past(self.number))

    def all_back(self) -> RestoreBoard:
        """The whole board as it was then."""
        return RestoreBoard(number=self.number, past=self.past(self.number))


# One card


def test_a_card_says_what_it_said_and_stands_where_it_stood() -> None:
    play = Then()
    play.do(EditCard(card=KNIT, title="Purl", text="Wool", seen=99), Who("knit"))
    play.do(MoveCard(card=KNIT, cells=cells("ash 10:00")), Who("knit"))
    play.do(play.card_back("Knit"), FACILITATOR)
    card = play.card("Knit")
    assert (card.words.title, card.words.text, card.words.version) == ("Knit", "", 3)
    assert card.cells == cells("oak 09:00")


def test_a_card_that_was_withdrawn_is_back() -> None:
    play = Then()
    play.do(WithdrawCard(card=TALK), Who("talk"))
    play.do(play.card_back("Talk"), FACILITATOR)
    assert (play.card("Talk").stage, play.card("Talk").cells) == (Stage.PLACED, cells("elm 10:00", "elm 11:00"))


def test_a_card_that_stood_nowhere_stands_nowhere() -> None:
    play = Then()
    play.do(PlaceCard(card=WINE, cells=cells("elm 09:00")), Who("wine"))
    play.do(play.card_back("Wine"), FACILITATOR)
    assert play.card("Wine").cells == ()


def test_other_cards_are_not_touched() -> None:
    play = Then()
    play.do(MoveCard(card=KNIT, cells=cells("ash 10:00")), Who("knit"))
    play.do(TakeDown(card=LUNCH), Who("lunch"))
    play.do(play.card_back("Knit"), FACILITATOR)
    assert play.card("Lunch").cells == ()


def test_a_card_as_it_is_already_is_left_alone() -> None:
    play = Then()
    assert play.do(play.card_back("Knit"), FACILITATOR) == ()


def test_a_card_does_not_go_back_to_a_cell_that_another_has() -> None:
    play = Then()
    play.do(MoveCard(card=KNIT, cells=cells("ash 10:00")), Who("knit"))
    play.do(WriteCard(title="New", code="NEW000", cells=cells("oak 09:00")), STRANGER)
    refusal = play.refused(play.card_back("Knit"), FACILITATOR)
    assert (refusal.code, refusal.held_by) == (Code.CELL_TAKEN, "NEW000")


@pytest.mark.parametrize(
    ("since", "code_"),
    [(MergeCards(card=KNIT, into=TALK), Code.MERGED), (RemoveCard(card=KNIT, reason="x"), Code.REMOVED)],
    ids=["merged", "removed"],
)
def test_what_is_no_card_of_its_own_any_more_does_not_go_back(since: MergeCards | RemoveCard, code_: Code) -> None:
    play = Then()
    play.do(since, FACILITATOR)
    assert play.refused(play.card_back("Knit"), FACILITATOR).code == code_


def test_what_is_hidden_stays_hidden() -> None:
    play = Then()
    play.do(ShieldCard(card=KNIT, reason="x"), HELPER)
    play.do(MoveCard(card=KNIT, cells=cells("ash 10:00")), HELPER)
    play.do(play.card_back("Knit"), FACILITATOR)
    assert (play.card("Knit").hidden, play.card("Knit").cells) == (True, cells("oak 09:00"))


def test_a_card_that_was_not_there_does_not_go_back() -> None:
    play = Then()
    play.do(WriteCard(title="New", code="NEW000"), STRANGER)
    assert play.refused(play.card_back("New000"), FACILITATOR).code == Code.UNKNOWN_CARD


@pytest.mark.parametrize("by", [HELPER, Who("knit"), STRANGER])
def test_only_facilitators_and_organisers_put_anything_back(by: Who) -> None:
    play = Then()
    assert play.refused(play.card_back("Knit"), by).code == Code.NOT_ALLOWED
    assert play.refused(play.all_back(), by).code == Code.NOT_ALLOWED


def test_an_idea_that_was_taken_up_since_is_an_idea_again_and_nobody_is_owed_a_cell() -> None:
    play = Then()
    play.do(WriteCard(title="Bees", code="BEES00", idea=True), STRANGER)
    play.number = play.board.number
    play.do(
        TakeUp(card="BEES00", host="Eva", wish="Oak", wished=Wished(room="oak"), cells=cells("ash 10:00")), Who("eva")
    )
    before = play.board
    done = play.do(play.all_back(), FACILITATOR)
    bees = play.card("Bees")
    assert (bees.stage, bees.hand, bees.words.host, bees.wished) == (Stage.IDEA, "", "", None)
    assert (bees.placement, bees.owed) == (None, False)
    play.undo(done, FACILITATOR)
    assert told(play.board, before.cards) == told(before, before.cards)


def test_a_card_has_the_hosts_and_the_wish_it_had() -> None:
    play = Then()
    play.do(EditCard(card=WINE, wish="Elm", wished=Wished(room="elm"), seen=99), Who("wine"))
    play.number = play.board.number
    play.offers[WINE, "ida"] = "Ida"
    play.do(AcceptOffer(card=WINE, hand="ida"), Who("wine"))
    play.do(EditCard(card=WINE, wish="Oak", wished=Wished(room="oak"), seen=99), Who("ida"))
    play.do(play.card_back("Wine"), FACILITATOR)
    wine = play.card("Wine")
    assert (wine.words.host, wine.cohosts, wine.words.wish, wine.wished) == ("", (), "Elm", Wished(room="elm"))
    assert play.refused(EditCard(card=WINE, text="Mine", seen=99), Who("ida")).code is Code.NOT_ALLOWED


# The whole board


def test_the_whole_board_is_back() -> None:
    play = Then()
    play.do(SwapCards(card=KNIT, other=TALK), HELPER)
    play.do(EditCard(card=LUNCH, title="Dinner", seen=99), Who("lunch"))
    play.do(ReopenCell(cells=cells("ash 09:00")), HELPER)
    play.do(MoveCard(card=LUNCH, cells=cells("ash 09:00")), Who("lunch"))
    play.do(CloseCell(cells=cells("oak 10:00"), reason="Paint"), HELPER)
    then = play.past(play.number)
    play.do(play.all_back(), FACILITATOR)
    assert picture_of(play.board) == picture(BOARD)
    assert told(play.board, then.cards) == told(then, then.cards)


def test_a_card_written_since_is_kept_off_the_board_and_owed_a_cell() -> None:
    play = Then()
    play.do(WriteCard(title="New", code="NEW000", cells=cells("oak 11:00")), STRANGER)
    play.do(play.all_back(), FACILITATOR)
    card = play.board.cards["NEW000"]
    assert card.notice == Notice(Cause.RESTORED, Placement(cells("oak 11:00")), "", EVE)
    assert (card.cells, card.owed, card.words.title) == ((), True, "New")


def test_two_cards_that_changed_places_change_back() -> None:
    play = Then()
    play.do(SwapCards(card=KNIT, other=LUNCH), HELPER)
    step = play.do(play.all_back(), FACILITATOR)
    assert [change.kind for change in step] == [Kind.CARD_TAKEN_DOWN] * 2 + [Kind.CARD_PLACED] * 2
    assert picture_of(play.board) == picture(BOARD)


def test_a_hold_that_is_over_is_not_held_again() -> None:
    play = Playing(BOARD)
    play.do(CloseCell(cells=cells("oak 11:00"), reason="Speaker", until=at("08:00")), HELPER)
    play.do(CloseCell(cells=cells("ash 10:00"), reason="Speaker", until=at("10:00")), HELPER)
    number = play.board.number
    play.do(ReopenCell(cells=cells("oak 11:00", "ash 10:00")), HELPER)
    play.do(RestoreBoard(number=number, past=play.past(number)), FACILITATOR, at("09:00"))
    assert cell("oak 11:00") not in play.board.closures
    assert play.board.closures[cell("ash 10:00")].until == at("10:00")


def test_who_asks_for_a_cell_that_is_closed_again_is_told() -> None:
    play = Then(Policy(competing=Competing.CONTEST))
    play.do(ReopenCell(cells=cells("ash 09:00")), HELPER)
    play.do(WriteCard(title="New", code="NEW000"), STRANGER)
    play.do(OpenContest(cell=cell("ash 09:00"), cards=(WINE, "NEW000")), HELPER)
    play.do(play.all_back(), FACILITATOR)
    assert (play.board.open_contests, play.board.claiming) == ([], [])
    assert [play.board.cards[each].owed for each in (WINE, "NEW000")] == [True, True]


def test_contests_that_have_begun_since_are_called_off_and_those_of_then_go_on() -> None:
    play = Then(Policy(competing=Competing.CONTEST))
    play.do(ClaimCell(card=WINE, cells=cells("oak 09:00")), Who("wine"))
    play.number = play.board.number
    play.do(WriteCard(title="New", code="NEW000", cells=cells("oak 10:00"), claim=True), STRANGER)
    play.do(play.all_back(), FACILITATOR)
    assert [contest.cards for contest in play.board.open_contests] == [(KNIT, WINE)]
    assert (play.card("Lunch").cells, play.board.cards["NEW000"].claim) == (cells("oak 10:00"), None)


def test_a_holder_who_came_since_does_not_win_by_the_board_going_back() -> None:
    play = Then(Policy(competing=Competing.CONTEST))
    play.do(MoveCard(card=KNIT, cells=cells("oak 11:00")), Who("knit"))
    play.do(ClaimCell(card=WINE, cells=cells("oak 11:00")), Who("wine"))
    play.do(play.all_back(), FACILITATOR)
    assert (picture_of(play.board), play.card("Wine").cells) == (picture(BOARD), ())


def test_rooms_and_days_stay_as_they_are_and_who_has_no_room_any_more_is_owed_one() -> None:
    play = Then()
    play.do(AddRoom(room=Room("yew", "Yew")), ORGANISER)
    for card, name in ((KNIT, "ash 10:00"), (LUNCH, "elm 09:00")):
        play.do(MoveCard(card=card, cells=cells(name)), HELPER)
    play.do(ChangeDay(day=day_of(["09:00", "10:00", "11:00"], ("elm", "ash", "yew"))), ORGANISER)
    play.do(play.all_back(), FACILITATOR)
    assert [room.key for room in play.board.rooms] == ["oak", "elm", "ash", "yew"]
    assert [(card.words.title, card.owed) for card in play.board.in_order()] == [
        ("Knit", True),
        ("Lunch", True),
        ("Talk", False),
        ("Wine", False),
    ]


def test_going_back_is_undone_like_anything_else() -> None:
    play = Then()
    play.do(SwapCards(card=KNIT, other=LUNCH), HELPER)
    play.do(WriteCard(title="New", code="NEW000", cells=cells("oak 11:00")), STRANGER)
    play.do(ReopenCell(cells=cells("ash 09:00")), HELPER)
    before = play.board
    step = play.do(play.all_back(), FACILITATOR)
    play.undo(step, FACILITATOR)
    assert told(play.board, before.cards) == told(before, before.cards)


def test_a_board_as_it_was_already_is_left_alone() -> None:
    play = Then()
    assert play.do(play.all_back(), FACILITATOR) == ()
