"""The rules of asking for a cell: where facilitators place, the desk answers; where hosts place, it may be theirs."""

import pytest
from tests.drawing import EVE, FACILITATOR, HELPER, ORGANISER, STRANGER, at, cell, cells, code
from tests.playing import Playing

from openspaces.board.moves import (
    AskDeal,
    CallOffContest,
    ChangeEvent,
    ClaimCell,
    DropClaim,
    MergeCards,
    OfferCells,
    OpenContest,
    PlaceCard,
    Profile,
    RefuseClaim,
    ReopenCell,
    WithdrawCard,
    WriteCard,
)
from openspaces.board.state import Notice, Placement, Policy
from openspaces.board.vocabulary import Cause, Code, Competing, Deal, Kind, Placing
from openspaces.people.who import Who

BOARD = """
          oak      elm      ash      elsewhere
  09:00   Knit     .        #paint   .
  10:00   .        .        .        .
  11:00   .        .        .        .
"""
DESK = Policy(placing=Placing.FACILITATORS)
CONTEST = Policy(placing=Placing.FACILITATORS, competing=Competing.CONTEST)
WINE, TEA, KNIT = code("Wine"), code("Tea"), code("Knit")


def at_the_desk(policy: Policy = DESK) -> Playing:
    """A board on which the facilitators place; Wine and Tea hold no cell."""
    return Playing(BOARD, policy, planned=("Wine", "Tea"))


def claim(card: str, *names: str, where: str = "") -> ClaimCell:
    """A card asks for cells."""
    return ClaimCell(card=card, cells=cells(*names), where=where)


def asking() -> Playing:
    """Wine asks for Elm at nine."""
    play = at_the_desk()
    play.do(claim(WINE, "elm 09:00"), Who("wine"))
    return play


# Asking


def test_where_the_facilitators_place_a_host_asks_and_the_desk_is_told() -> None:
    play = asking()
    assert [card.code for card in play.board.claiming] == [WINE]
    assert play.card("Wine").placement is None
    assert play.board.claimed_by(cell("elm 09:00")) == (play.card("Wine"),)


def test_where_the_facilitators_place_a_host_does_not_place() -> None:
    play = at_the_desk()
    refusal = play.refused(PlaceCard(card=WINE, cells=cells("elm 09:00")), Who("wine"))
    assert refusal.code == Code.FACILITATORS_PLACE


def test_where_hosts_place_a_cell_that_nobody_wants_is_had_at_once() -> None:
    play = Playing(BOARD, planned=("Wine",))
    changes = play.do(claim(WINE, "elm 09:00"), Who("wine"))
    assert [change.kind for change in changes] == [Kind.CARD_PLACED]
    assert play.card("Wine").cells == cells("elm 09:00")


def test_a_card_is_written_and_asks_in_one_step() -> None:
    play = at_the_desk()
    move = WriteCard(title="New", code="NEW000", cells=cells("elm 09:00"), claim=True)
    assert [change.kind for change in play.do(move, STRANGER)] == [Kind.CARD_WRITTEN, Kind.CARD_CLAIMED]


def test_whoever_asks_for_another_cell_gives_up_the_first() -> None:
    play = asking()
    play.do(claim(WINE, "elm 10:00"), Who("wine"))
    assert (play.card("Wine").asks, play.board.claimed_by(cell("elm 09:00"))) == (cells("elm 10:00"), ())


def test_asking_twice_for_the_same_does_nothing() -> None:
    play = asking()
    assert play.do(claim(WINE, "elm 09:00"), Who("wine")) == ()


def test_a_claim_keeps_its_place_in_the_row() -> None:
    play = asking()
    play.do(claim(TEA, "elm 10:00"), Who("tea"))
    assert [card.words.title for card in play.board.claiming] == ["Wine", "Tea"]


def test_only_the_host_and_staff_ask_for_a_card() -> None:
    play = at_the_desk()
    assert play.refused(claim(WINE, "elm 09:00"), STRANGER).code == Code.NOT_ALLOWED
    play.do(claim(WINE, "elm 09:00"), HELPER)


@pytest.mark.parametrize(
    ("policy", "by", "code"),
    [
        (Policy(placing=Placing.PRESENCE), Who("wine"), Code.PRESENCE_NEEDED),
        (Policy(placing=Placing.SIGNED_IN), Who("wine"), Code.SIGN_IN_NEEDED),
        (Policy(placing=Placing.PRESENCE), Who("wine", present=True), None),
        (Policy(placing=Placing.SIGNED_IN), Who("wine", signed_in=True), None),
    ],
)
def test_whoever_may_not_place_may_not_ask_either(policy: Policy, by: Who, code: Code | None) -> None:
    play = Playing(BOARD.replace("Knit", ".   "), Policy(), planned=("Wine",))
    play.do(ChangeEvent(profile=Profile(name="Camp", timezone="Asia/Kolkata", policy=policy)), ORGANISER)
    if code is None:
        play.do(claim(WINE, "elm 09:00"), by)
    else:
        assert play.refused(claim(WINE, "elm 09:00"), by).code == code


@pytest.mark.parametrize(
    ("names", "where", "code"),
    [
        (("ash 09:00",), "", Code.CELL_CLOSED),
        (("attic 09:00",), "", Code.UNKNOWN_CELL),
        (("elm 09:00", "elm 11:00"), "", Code.NOT_IN_A_ROW),
        (("elsewhere 09:00",), "", Code.PLACE_NEEDED),
        (("oak 09:00",), "", Code.CELL_TAKEN),
    ],
)
def test_what_cannot_be_had_cannot_be_asked_for(names: tuple[str, ...], where: str, code: Code) -> None:
    assert at_the_desk().refused(claim(WINE, *names, where=where), Who("wine")).code == code


def test_a_cell_that_is_over_cannot_be_asked_for() -> None:
    assert at_the_desk().refused(claim(WINE, "elm 09:00"), Who("wine"), at("10:30")).code == Code.OVER


def test_elsewhere_nobody_is_in_the_way_of_anybody() -> None:
    play = at_the_desk(CONTEST)
    for title, place in (("Wine", "Lawn"), ("Tea", "Roof")):
        play.do(claim(code(title), "elsewhere 09:00", where=place), Who(title.lower()))
    assert [card.words.title for card in play.board.claiming] == ["Wine", "Tea"]
    assert play.board.open_contests == []


# Others want it too


def test_a_second_claim_is_refused_with_who_asked_first_and_what_is_free() -> None:
    refusal = asking().refused(claim(TEA, "elm 09:00"), Who("tea"))
    assert (refusal.code, refusal.facts["title"], refusal.held_by) == (Code.CLAIMED, "Wine", WINE)
    assert refusal.free == cells("elsewhere 09:00", "elm 10:00", "elm 11:00")


def test_nobody_contends_with_a_card_of_their_own() -> None:
    play = Playing(BOARD, CONTEST, planned=("Wine", "Tea/wine"))
    play.do(claim(WINE, "elm 09:00"), Who("wine"))
    assert play.refused(claim(TEA, "elm 09:00"), Who("wine")).code == Code.CLAIMED
    play.do(claim(TEA, "elm 09:00"), HELPER)
    assert [contest.cards for contest in play.board.open_contests] == [(WINE, TEA)]


# The desk's answer


def test_the_desk_gives_the_cell_and_the_claim_is_answered() -> None:
    play = asking()
    play.do(PlaceCard(card=WINE, cells=cells("elm 09:00")), HELPER)
    assert (play.card("Wine").cells, play.card("Wine").claim, play.board.claiming) == (cells("elm 09:00"), None, [])


def test_the_desk_refuses_with_a_reason_and_owes_nothing() -> None:
    play = asking()
    play.do(RefuseClaim(card=WINE, reason="No drinks here"), HELPER)
    card = play.card("Wine")
    assert card.notice == Notice(Cause.REFUSED, Placement(cells("elm 09:00")), "No drinks here", EVE)
    assert (card.claim, card.owed) == (None, False)
    refusal = play.refused(PlaceCard(card=WINE, cells=cells("elm 10:00")), Who("wine"))
    assert refusal.code == Code.FACILITATORS_PLACE


def test_what_is_not_asked_for_cannot_be_refused() -> None:
    assert at_the_desk().refused(RefuseClaim(card=WINE, reason="No"), HELPER).code == Code.NO_CLAIM


def test_the_desk_offers_another_cell_and_the_host_takes_it_with_a_tap() -> None:
    play = asking()
    play.do(OfferCells(card=WINE, cells=cells("ash 10:00", "elm 11:00"), reason="Bigger"), HELPER)
    card = play.card("Wine")
    assert card.notice == Notice(
        Cause.OFFER, Placement(cells("elm 09:00")), "Bigger", EVE, cells("ash 10:00", "elm 11:00")
    )
    assert card.claim is None
    play.do(PlaceCard(card=WINE, cells=cells("elm 11:00")), Who("wine"))
    assert (play.card("Wine").cells, play.card("Wine").notice) == (cells("elm 11:00"), None)


def test_an_offer_can_be_taken_by_asking_for_it_too() -> None:
    play = asking()
    play.do(OfferCells(card=WINE, cells=cells("ash 10:00")), HELPER)
    assert [change.kind for change in play.do(claim(WINE, "ash 10:00"), Who("wine"))] == [Kind.CARD_PLACED]


def test_an_offer_is_of_those_cells_and_no_others() -> None:
    play = asking()
    play.do(OfferCells(card=WINE, cells=cells("ash 10:00")), HELPER)
    refusal = play.refused(PlaceCard(card=WINE, cells=cells("oak 11:00")), Who("wine"))
    assert refusal.code == Code.FACILITATORS_PLACE


@pytest.mark.parametrize(
    ("name", "code"),
    [("oak 09:00", Code.CELL_TAKEN), ("ash 09:00", Code.CELL_CLOSED), ("attic 09:00", Code.UNKNOWN_CELL)],
)
def test_only_what_can_be_had_is_offered(name: str, code: Code) -> None:
    assert asking().refused(OfferCells(card=WINE, cells=cells(name)), HELPER).code == code


def test_an_offer_names_at_least_one_cell() -> None:
    assert asking().refused(OfferCells(card=WINE, cells=()), HELPER).code == Code.NOT_IN_A_ROW


def test_what_is_offered_is_as_long_as_what_was_asked_for_and_no_longer() -> None:
    play = at_the_desk()
    play.do(OfferCells(card=WINE, cells=cells("elm 09:00")), HELPER)
    longer = PlaceCard(card=WINE, cells=cells("elm 09:00", "elm 10:00"))
    assert play.refused(longer, Who("wine")).code == Code.FACILITATORS_PLACE
    play.do(PlaceCard(card=WINE, cells=cells("elm 09:00")), Who("wine"))


def test_a_card_in_a_contest_waits_for_its_outcome_before_it_is_offered_anything() -> None:
    play = at_the_desk(CONTEST)
    for title in ("Wine", "Tea"):
        play.do(claim(code(title), "elm 09:00"), Who(title.lower()))
    assert play.refused(OfferCells(card=WINE, cells=cells("elm 10:00")), HELPER).code == Code.IN_CONTEST


def test_a_host_gives_way_and_the_card_is_kept() -> None:
    play = asking()
    play.do(DropClaim(card=WINE), Who("wine"))
    assert (play.board.claiming, play.card("Wine").words.title) == ([], "Wine")
    assert play.do(DropClaim(card=WINE), Who("wine")) == ()


def test_a_card_that_is_withdrawn_asks_for_nothing() -> None:
    play = asking()
    play.do(WithdrawCard(card=WINE), Who("wine"))
    assert play.board.claiming == []


def test_whoever_asks_for_a_cell_that_another_card_gets_is_told_and_owed_another() -> None:
    play = at_the_desk(CONTEST)
    for title in ("Wine", "Tea"):
        play.do(claim(code(title), "elm 09:00"), Who(title.lower()))
    play.do(CallOffContest(contest=play.board.open_contests[0].id, reason="The facilitator decides"), FACILITATOR)
    changes = play.do(PlaceCard(card=TEA, cells=cells("elm 09:00")), FACILITATOR)
    assert [(change.kind, change.card) for change in changes] == [
        (Kind.CARD_PLACED, TEA),
        (Kind.CARD_DISPLACED, WINE),
    ]
    card = play.card("Wine")
    assert (card.claim, card.notice and card.notice.cause, card.owed) == (None, Cause.TAKEN, True)


# One card of two


def test_a_card_that_becomes_part_of_another_brings_what_it_asks_for() -> None:
    play = asking()
    play.do(MergeCards(card=WINE, into=TEA), HELPER)
    assert (play.card("Tea").asks, play.card("Wine").asks) == (cells("elm 09:00"), ())


def test_a_card_does_not_leave_a_contest_by_becoming_part_of_another() -> None:
    play = Playing(BOARD, CONTEST, planned=("Wine", "Tea", "Cake"))
    for title in ("Wine", "Tea"):
        play.do(claim(code(title), "elm 09:00"), Who(title.lower()))
    refusal = play.refused(AskDeal(card=WINE, other=code("Cake"), deal=Deal.MERGE), Who("wine"))
    assert (refusal.code, refusal.facts) == (Code.IN_CONTEST, {"title": "Wine"})


def test_opening_a_contest_leaves_the_claims_of_others_until_somebody_has_the_cell() -> None:
    play = Playing(BOARD, CONTEST, planned=("Wine", "Tea", "Cake"))
    play.do(claim(WINE, "elm 09:00"), Who("wine"))
    play.do(OpenContest(cell=cell("elm 09:00"), cards=(TEA, code("Cake"))), HELPER)
    assert play.card("Wine").asks == cells("elm 09:00")
    play.do(WithdrawCard(card=TEA), Who("tea"))
    assert [play.card("Cake").cells, play.card("Wine").asks] == [cells("elm 09:00"), ()]


def test_a_closed_cell_that_is_reopened_can_be_asked_for() -> None:
    play = at_the_desk()
    play.do(ReopenCell(cells=cells("ash 09:00")), HELPER)
    play.do(claim(WINE, "ash 09:00"), Who("wine"))
    assert play.card("Wine").asks == cells("ash 09:00")
