"""Deals between two hosts: they change places, or make one card of their two, when both agree; and part again."""

import pytest
from tests.drawing import FACILITATOR, HELPER, STRANGER, cells, code
from tests.playing import Playing

from openspaces.board.moves import (
    AcceptDeal,
    AskDeal,
    ClaimCell,
    DropDeal,
    EditCard,
    MergeCards,
    OfferCells,
    PlaceCard,
    RemoveAllOf,
    ShieldCard,
    SwapCards,
    TakeDown,
    UnmergeCards,
    WithdrawCard,
    WriteCard,
)
from openspaces.board.moves.base import holds
from openspaces.board.state import AskedDeal, Policy
from openspaces.board.vocabulary import NAME_LENGTH, Code, Deal, Kind, Placing, Stage
from openspaces.people.who import Who

BOARD = """
          oak      elm      ash
  09:00   Knit     .        Yarn
  10:00   .        Talk     .
  11:00   .        "        .
"""
PLANNED = ("Wine", "Tea")
KNIT, TALK, YARN, WINE, TEA = (code(title) for title in ("Knit", "Talk", "Yarn", "Wine", "Tea"))


def drawn(policy: Policy | None = None) -> Playing:
    """Three cards on the board and two beside it."""
    return Playing(BOARD, policy or Policy(), PLANNED)


def asked(deal: Deal, card: str = KNIT, other: str = TALK, **words: str) -> Playing:
    """The host of one card has asked another for a deal."""
    play = drawn()
    play.do(AskDeal(card=card, other=other, deal=deal, **words), host(play, card))
    return play


def host(play: Playing, card: str) -> Who:
    """The device that wrote a card."""
    return Who(play.board.cards[card].hand)


def merged(title: str = "", into: str = TALK) -> Playing:
    """Knit and Talk have become one."""
    play = drawn()
    play.do(MergeCards(card=KNIT, into=into, title=title), HELPER)
    return play


# Asking and answering


def test_a_deal_is_asked_for_and_nothing_happens_until_it_is_accepted() -> None:
    play = asked(Deal.SWAP)
    assert play.card("Knit").deal == AskedDeal(Deal.SWAP, TALK, play.board.at)
    assert (play.card("Knit").cells, play.card("Talk").cells) == (
        cells("oak 09:00"),
        cells("elm 10:00", "elm 11:00"),
    )


def test_asking_twice_for_the_same_does_nothing_and_for_another_deal_takes_its_place() -> None:
    play = asked(Deal.SWAP)
    assert play.do(AskDeal(card=KNIT, other=TALK, deal=Deal.SWAP), Who("knit")) == ()
    play.do(AskDeal(card=KNIT, other=YARN, deal=Deal.MERGE), Who("knit"))
    deal = play.card("Knit").deal
    assert deal is not None
    assert (deal.kind, deal.other) == (Deal.MERGE, YARN)


@pytest.mark.parametrize("by", [Who("knit"), Who("talk"), HELPER])
def test_whoever_asked_or_was_asked_drops_a_deal(by: Who) -> None:
    play = asked(Deal.SWAP)
    play.do(DropDeal(card=KNIT), by)
    assert play.card("Knit").deal is None


def test_nobody_else_asks_accepts_or_drops() -> None:
    play = asked(Deal.SWAP)
    moves = (
        AskDeal(card=KNIT, other=TALK, deal=Deal.SWAP),
        AcceptDeal(card=TALK, asking=KNIT),
        DropDeal(card=KNIT),
    )
    assert {play.refused(move, STRANGER).code for move in moves} == {Code.NOT_ALLOWED}


def test_whoever_asks_does_not_accept_for_the_other() -> None:
    assert asked(Deal.SWAP).refused(AcceptDeal(card=TALK, asking=KNIT), Who("knit")).code == Code.NOT_ALLOWED


def test_what_was_not_asked_for_is_not_accepted() -> None:
    play = asked(Deal.SWAP)
    assert play.refused(AcceptDeal(card=YARN, asking=KNIT), Who("yarn")).code == Code.NO_DEAL
    play.do(DropDeal(card=KNIT), Who("talk"))
    assert play.refused(AcceptDeal(card=TALK, asking=KNIT), Who("talk")).code == Code.NO_DEAL


@pytest.mark.parametrize(
    ("card", "other", "deal", "code_"),
    [
        (KNIT, KNIT, Deal.SWAP, Code.SAME_CARD),
        (WINE, KNIT, Deal.SWAP, Code.NOT_PLACED),
        (KNIT, WINE, Deal.SWAP, Code.NOT_PLACED),
        (KNIT, "NOBODY", Deal.MERGE, Code.UNKNOWN_CARD),
    ],
)
def test_some_deals_make_no_sense(card: str, other: str, deal: Deal, code_: Code) -> None:
    assert drawn().refused(AskDeal(card=card, other=other, deal=deal), HELPER).code == code_


@pytest.mark.parametrize("deal", Deal)
def test_a_card_that_is_not_there_is_not_there_whatever_else_is_wrong(deal: Deal) -> None:
    play = drawn()
    play.do(ShieldCard(card=WINE, reason="x"), HELPER)
    assert play.refused(AskDeal(card=WINE, other="NOBODY", deal=deal), Who("wine")).code == Code.UNKNOWN_CARD
    assert play.refused(SwapCards(card=WINE, other="NOBODY"), HELPER).code == Code.UNKNOWN_CARD


def test_no_deal_is_made_with_what_cannot_be_read_or_is_gone() -> None:
    play = drawn()
    play.do(ShieldCard(card=TALK, reason="x"), HELPER)
    play.do(WithdrawCard(card=YARN), HELPER)
    assert play.refused(AskDeal(card=KNIT, other=TALK, deal=Deal.MERGE), Who("knit")).code == Code.SHIELDED
    assert play.refused(AskDeal(card=KNIT, other=YARN, deal=Deal.MERGE), Who("knit")).code == Code.WITHDRAWN


@pytest.mark.parametrize("deal", Deal)
def test_a_card_that_is_hidden_asks_for_nothing_for_that_would_be_words_too(deal: Deal) -> None:
    play = drawn()
    play.do(ShieldCard(card=KNIT, reason="x"), HELPER)
    asking = AskDeal(card=KNIT, other=TALK, deal=deal, title="Abuse")
    assert play.refused(asking, Who("knit")).code == Code.SHIELDED


def test_a_card_that_is_withdrawn_asks_for_no_deal_any_more() -> None:
    play = asked(Deal.SWAP)
    play.do(WithdrawCard(card=KNIT), Who("knit"))
    assert play.card("Knit").deal is None


# Changing places


def test_two_cards_change_places_in_one_step() -> None:
    play = asked(Deal.SWAP)
    changes = play.do(AcceptDeal(card=TALK, asking=KNIT), Who("talk"))
    assert [change.kind for change in changes] == [Kind.DEAL_DROPPED, Kind.CARDS_SWAPPED]
    assert (play.card("Knit").cells, play.card("Talk").cells) == (cells("elm 10:00", "elm 11:00"), cells("oak 09:00"))


def test_a_deal_that_no_longer_fits_is_refused() -> None:
    play = asked(Deal.SWAP)
    play.do(TakeDown(card=KNIT), Who("knit"))
    assert play.refused(AcceptDeal(card=TALK, asking=KNIT), Who("talk")).code == Code.NOT_PLACED


def test_changing_places_leaves_alone_what_the_two_ask_for_beside() -> None:
    play = drawn(Policy(placing=Placing.FACILITATORS))
    play.do(ClaimCell(card=KNIT, cells=cells("oak 11:00")), Who("knit"))
    play.do(OfferCells(card=TALK, cells=cells("ash 10:00")), HELPER)
    play.do(AskDeal(card=KNIT, other=TALK, deal=Deal.SWAP), Who("knit"))
    play.do(AcceptDeal(card=TALK, asking=KNIT), Who("talk"))
    assert play.card("Knit").asks == cells("oak 11:00")
    assert play.card("Talk").notice is not None


# One card of two


def test_one_card_of_two_has_both_hosts_and_the_place_of_the_one_that_was_asked() -> None:
    play = drawn()
    play.do(EditCard(card=KNIT, host="Ada", seen=99), Who("knit"))
    play.do(EditCard(card=TALK, host="Bob", seen=99), Who("talk"))
    play.do(AskDeal(card=KNIT, other=TALK, deal=Deal.MERGE, title="Knit and talk", text="Both"), Who("knit"))
    play.do(AcceptDeal(card=TALK, asking=KNIT), Who("talk"))
    both, part = play.board.cards[TALK], play.board.cards[KNIT]
    assert (both.words.title, both.words.text, both.words.host) == ("Knit and talk", "Both", "Bob, Ada")
    assert (both.cells, both.merged) == (cells("elm 10:00", "elm 11:00"), (KNIT,))
    assert (part.cells, part.merged_into, part.stage) == ((), TALK, Stage.WITHDRAWN)


def test_it_takes_the_place_of_the_other_if_it_has_none() -> None:
    play = merged(into=WINE)
    assert (play.card("Wine").cells, play.card("Knit").cells) == (cells("oak 09:00"), ())


def test_both_hosts_may_change_it() -> None:
    play = merged()
    assert [holds(Who(hand), play.board, play.board.cards[TALK]) for hand in ("knit", "talk", "yarn")] == [
        True,
        True,
        False,
    ]
    play.do(EditCard(card=TALK, title="Ours", seen=99), Who("knit"))
    play.do(PlaceCard(card=TALK, cells=cells("oak 10:00")), Who("talk"))


def test_the_hosts_of_all_its_parts_may_change_it() -> None:
    play = merged()
    play.do(MergeCards(card=TALK, into=YARN), HELPER)
    assert holds(Who("knit"), play.board, play.board.cards[YARN])
    assert play.board.whole(play.board.cards[KNIT]).code == YARN


def test_a_part_does_nothing_alone() -> None:
    refusal = merged("Both").refused(PlaceCard(card=KNIT, cells=cells("ash 10:00")), Who("knit"))
    assert (refusal.code, refusal.facts) == (Code.MERGED, {"title": "Knit", "into": "Both"})


def test_a_part_is_not_withdrawn_alone() -> None:
    play = merged()
    assert play.refused(WithdrawCard(card=KNIT), Who("knit")).code == Code.MERGED
    play.do(UnmergeCards(card=KNIT), Who("knit"))
    assert play.card("Knit").stage == Stage.PLANNED


def test_one_card_of_two_hosts_counts_for_both() -> None:
    play = drawn(Policy(cards_per_host=1))
    play.do(MergeCards(card=KNIT, into=TALK), HELPER)
    for hand in ("knit", "talk"):
        refusal = play.refused(WriteCard(title="More", cells=cells("oak 11:00")), Who(hand))
        assert (refusal.code, refusal.facts["titles"]) == (Code.TOO_MANY_CARDS, ["Talk"])


def test_a_host_cannot_be_in_two_places_with_half_a_card() -> None:
    play = merged()
    refusal = play.refused(WriteCard(title="More", cells=cells("oak 10:00")), Who("knit"))
    assert (refusal.code, refusal.held_by) == (Code.CLASH, TALK)


def test_two_names_fit_where_one_does() -> None:
    play = drawn()
    play.do(EditCard(card=KNIT, host="K" * NAME_LENGTH, seen=99), Who("knit"))
    play.do(EditCard(card=TALK, host="T" * NAME_LENGTH, seen=99), Who("talk"))
    play.do(MergeCards(card=KNIT, into=TALK), HELPER)
    assert play.card("Talk").words.host == "T" * NAME_LENGTH


# Parting


@pytest.mark.parametrize("by", [Who("knit"), Who("talk"), HELPER])
def test_either_host_or_staff_part_them_again(by: Who) -> None:
    play = merged("Both")
    play.do(UnmergeCards(card=KNIT), by)
    assert (play.card("Knit").merged_into, play.board.cards[TALK].merged) == ("", ())
    assert (play.card("Knit").stage, play.board.cards[TALK].cells) == (Stage.PLANNED, cells("elm 10:00", "elm 11:00"))


def test_the_name_of_the_one_who_leaves_goes() -> None:
    play = drawn()
    play.do(EditCard(card=KNIT, host="Ada", seen=99), Who("knit"))
    play.do(EditCard(card=TALK, host="Bob", seen=99), Who("talk"))
    play.do(MergeCards(card=KNIT, into=TALK), HELPER)
    play.do(UnmergeCards(card=KNIT), HELPER)
    assert play.card("Talk").words.host == "Bob"


def named(**names: str) -> Playing:
    """The hosts of some cards have names."""
    play = drawn()
    for title, name in names.items():
        play.do(EditCard(card=code(title), host=name, seen=99), HELPER)
    return play


def test_the_other_says_again_what_it_said_before() -> None:
    play = named(Knit="Ada")
    before = play.card("Talk").words
    play.do(MergeCards(card=KNIT, into=TALK, title="Both", text="Of us"), HELPER)
    play.do(UnmergeCards(card=KNIT), HELPER)
    assert play.board.cards[TALK].words.as_said() == before.as_said()


def test_words_that_were_edited_since_stay_but_for_the_name() -> None:
    play = named(Knit="Ada", Talk="Bob")
    play.do(MergeCards(card=KNIT, into=TALK, title="Both"), HELPER)
    play.do(EditCard(card=TALK, text="Come all", seen=99), Who("talk"))
    play.do(UnmergeCards(card=KNIT), HELPER)
    words = play.board.cards[TALK].words
    assert (words.title, words.text, words.host) == ("Both", "Come all", "Bob")


def test_of_three_the_one_who_leaves_is_not_named_any_more_wherever_the_name_stands() -> None:
    play = named(Knit="Ada", Talk="Bob", Yarn="Cy")
    for part in (KNIT, YARN):
        play.do(MergeCards(card=part, into=TALK), HELPER)
    play.do(UnmergeCards(card=KNIT), HELPER)
    assert play.card("Talk").words.host == "Bob, Cy"
    play.do(UnmergeCards(card=YARN), HELPER)
    assert play.card("Talk").words.host == "Bob"


def test_two_hosts_of_one_name_are_not_both_gone() -> None:
    play = named(Knit="Ada", Talk="Ada")
    play.do(MergeCards(card=KNIT, into=TALK), HELPER)
    play.do(EditCard(card=TALK, text="Come all", seen=99), Who("talk"))
    play.do(UnmergeCards(card=KNIT), HELPER)
    assert play.card("Talk").words.host == "Ada"


def test_strangers_part_nobody() -> None:
    assert merged().refused(UnmergeCards(card=KNIT), STRANGER).code == Code.NOT_ALLOWED


def test_what_is_one_card_alone_cannot_be_parted() -> None:
    assert drawn().refused(UnmergeCards(card=KNIT), HELPER).code == Code.NOT_MERGED


def test_what_is_hidden_is_not_parted() -> None:
    play = merged()
    play.do(ShieldCard(card=TALK, reason="x"), HELPER)
    assert play.refused(UnmergeCards(card=KNIT), Who("knit")).code == Code.SHIELDED


def test_removing_all_of_one_device_leaves_the_card_that_it_became_part_of() -> None:
    play = merged()
    play.do(RemoveAllOf(card=KNIT, reason="Abuse"), FACILITATOR)
    assert (play.board.cards[TALK].cells, play.board.cards[TALK].hidden) == (cells("elm 10:00", "elm 11:00"), False)
