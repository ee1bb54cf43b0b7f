"""What binds a host and not the cells: so many cards on the board, and one room at a time."""

from typing import Any

import pytest
from tests.drawing import FACILITATOR, HELPER, after, at, card, cells, code, drawn, refused

from openspaces.board.moves import ClaimCell, DropClaim, EditCard, PlaceCard, SettleContest, WriteCard
from openspaces.board.state import Board, Policy
from openspaces.board.vocabulary import Code, Competing, Placing
from openspaces.people.who import PROGRAM, Who

BOARD = """
          ash      oak      elm      elsewhere
  09:00   .        Knit     .        Chess at Park
  10:00   Lunch    Talk     #paint   .
  11:00   .        .        .        .
  12:00   .        Tea      .        .
  13:00   .        .        .        .
"""
KNIT = code("Knit")
ADA = Who("ada")


def place(board: Board, title: str, *names: str) -> PlaceCard:
    """Place a drawn card on cells of those names."""
    return PlaceCard(card=card(board, title).code, cells=cells(*names))


def write(*names: str, confirmed: bool = False, **more: Any) -> WriteCard:
    """Write a new card straight onto cells of those names."""
    return WriteCard(title="New", code="NEW000", cells=cells(*names), confirmed=confirmed, **more)


# Too many, and two at once


def test_a_host_with_as_many_cards_as_allowed_is_refused_another() -> None:
    board = drawn(BOARD.replace("Knit", "Knit/ada").replace("Tea", "Tea/ada"), Policy(cards_per_host=2))
    refusal = refused(board, write("ash 11:00"), Who("ada"))
    assert (refusal.code, refusal.facts) == (Code.TOO_MANY_CARDS, {"most": 2, "titles": ["Knit", "Tea"]})


def test_cards_that_are_over_or_not_on_the_board_do_not_count() -> None:
    board = drawn(BOARD.replace("Knit", "Knit/ada"), Policy(cards_per_host=1), planned=("Wine/ada",))
    assert after(board, write("ash 11:00"), Who("ada"), at("10:00")).number == board.number + 2


def test_moving_a_card_is_not_one_more() -> None:
    board = drawn(BOARD.replace("Knit", "Knit/ada"), Policy(cards_per_host=1))
    assert card(after(board, place(board, "Knit", "ash 09:00"), Who("ada")), "Knit").cells == cells("ash 09:00")


def test_staff_may_place_more_than_a_host_may() -> None:
    board = drawn(BOARD.replace("Knit", "Knit/helper"), Policy(cards_per_host=1))
    assert after(board, write("ash 11:00"), HELPER).number == board.number + 2


def test_whoever_holds_the_key_counts_for_the_cards_own_host() -> None:
    board = drawn(BOARD.replace("Knit", "Knit/ada"), Policy(cards_per_host=1), planned=("Wine/ada",))
    with_key = Who("another device", cards=frozenset({code("Wine")}))
    assert refused(board, place(board, "Wine", "ash 11:00"), with_key).code == Code.TOO_MANY_CARDS


def test_a_host_who_has_another_card_at_that_time_is_asked_to_confirm() -> None:
    board = drawn(BOARD.replace("Knit", "Knit/ada"))
    refusal = refused(board, write("ash 09:00"), Who("ada"))
    assert (refusal.code, refusal.confirmable, refusal.held_by) == (Code.CLASH, True, KNIT)
    assert (refusal.facts["title"], refusal.facts["cell"]) == ("Knit", "oak@0517-0900")
    assert after(board, write("ash 09:00", confirmed=True), Who("ada")).number == board.number + 2


def test_cards_one_after_the_other_do_not_clash() -> None:
    board = drawn(BOARD.replace("Knit", "Knit/ada"))
    assert after(board, write("ash 11:00"), Who("ada")).number == board.number + 2


def test_a_long_card_clashes_with_what_lies_anywhere_in_it() -> None:
    board = drawn(BOARD.replace("Tea", "Tea/ada"))
    assert refused(board, write("ash 11:00", "ash 12:00"), Who("ada")).code == Code.CLASH


def test_a_clash_with_a_card_of_several_hours_says_when_its_last_one_ends() -> None:
    board = drawn('  oak  ash\n 09:00  Knit/ada  .\n 10:00  "  .')
    refusal = refused(board, write("ash 10:00"), Who("ada"))
    assert (refusal.facts["starts"][11:16], refusal.facts["ends"][11:16]) == ("09:00", "11:00")


def test_a_card_does_not_clash_with_itself() -> None:
    board = drawn(BOARD)
    assert card(after(board, place(board, "Knit", "ash 09:00"), Who("knit")), "Knit").cells == cells("ash 09:00")


def test_staff_who_place_anothers_card_hear_of_a_clash() -> None:
    board = drawn(BOARD.replace("Knit", "Knit/ada"), planned=("Wine/ada",))
    assert refused(board, place(board, "Wine", "ash 09:00"), FACILITATOR).code == Code.CLASH


def hosted(board: Board, **names: str) -> Board:
    """The cards of one device say who their hosts are."""
    for title, name in names.items():
        board = after(board, EditCard(card=code(title), host=name, seen=board.number), HELPER)
    return board


@pytest.mark.parametrize(("one", "other"), [("Ada", "Bob"), ("Ada, Cy", "Bob")])
def test_two_cards_of_one_device_that_name_two_hosts_do_not_clash(one: str, other: str) -> None:
    board = hosted(drawn(BOARD.replace("Knit", "Knit/desk"), planned=("Wine/desk",)), Knit=one, Wine=other)
    assert card(after(board, place(board, "Wine", "ash 09:00"), FACILITATOR), "Wine").cells == cells("ash 09:00")


@pytest.mark.parametrize(("one", "other"), [("Ada", "ada"), ("Ada, Bob", "Bob"), ("Ada", "")])
def test_but_two_of_one_host_do(one: str, other: str) -> None:
    board = hosted(drawn(BOARD.replace("Knit", "Knit/desk"), planned=("Wine/desk",)), Knit=one, Wine=other)
    assert refused(board, place(board, "Wine", "ash 09:00"), FACILITATOR).code == Code.CLASH


def test_staff_who_write_cards_for_many_hosts_are_not_asked() -> None:
    board = drawn(BOARD.replace("Knit", "Knit/helper"))
    assert after(board, write("ash 09:00"), HELPER).number == board.number + 2


def test_the_cards_of_an_event_file_have_many_hosts() -> None:
    board = drawn(BOARD.replace("Knit", f"Knit/{PROGRAM.hand}"), Policy(cards_per_host=1), (f"Wine/{PROGRAM.hand}",))
    with_key = Who("ada", cards=frozenset({code("Wine")}))
    for by in (FACILITATOR, with_key):
        assert card(after(board, place(board, "Wine", "ash 09:00"), by), "Wine").cells == cells("ash 09:00")


# What asks for a cell counts too


def test_a_host_asks_for_no_more_cells_than_they_may_have_cards() -> None:
    board = drawn(BOARD, Policy(placing=Placing.FACILITATORS, cards_per_host=2), planned=("Wine/ada", "Beer/ada"))
    for title, wanted in (("Wine", "ash 11:00"), ("Beer", "elm 12:00")):
        board = after(board, ClaimCell(card=code(title), cells=cells(wanted)), ADA)
    refusal = refused(board, write("oak 13:00", claim=True), ADA)
    assert (refusal.code, refusal.facts) == (Code.TOO_MANY_CARDS, {"most": 2, "titles": ["Wine", "Beer"]})
    board = after(board, DropClaim(card=code("Beer")), ADA)
    assert after(board, write("oak 13:00", claim=True), ADA).cards["NEW000"].asks == cells("oak 13:00")


def test_no_contest_gives_a_host_more_cards_than_they_may_have() -> None:
    policy = Policy(competing=Competing.CONTEST, cards_per_host=1)
    board = drawn(BOARD, policy, planned=("Wine/ada", "Beer/ada"))
    board = after(board, ClaimCell(card=code("Wine"), cells=cells("oak 12:00")), ADA)
    assert refused(board, place(board, "Beer", "ash 09:00"), ADA).code is Code.TOO_MANY_CARDS
    assert refused(board, ClaimCell(card=code("Beer"), cells=cells("oak 09:00")), ADA).code is Code.TOO_MANY_CARDS
    lost = SettleContest(contest=board.open_contests[0].id, winner=code("Tea"))
    board = after(board, lost, HELPER)
    assert card(after(board, place(board, "Beer", "ash 09:00"), ADA), "Beer").cells == cells("ash 09:00")


def test_a_card_on_the_board_that_asks_for_another_cell_is_one_card() -> None:
    policy = Policy(competing=Competing.CONTEST, cards_per_host=2)
    board = drawn(BOARD.replace("Knit", "Knit/ada"), policy)
    board = after(board, ClaimCell(card=KNIT, cells=cells("oak 12:00")), ADA)
    assert after(board, write("ash 13:00"), ADA).cards["NEW000"].cells == cells("ash 13:00")


def test_what_was_asked_for_and_is_over_does_not_count() -> None:
    board = drawn(BOARD, Policy(placing=Placing.FACILITATORS, cards_per_host=1), planned=("Wine/ada",))
    board = after(board, ClaimCell(card=code("Wine"), cells=cells("ash 09:00")), ADA)
    late = write("ash 11:00", claim=True)
    assert refused(board, late, ADA, at("09:59")).code is Code.TOO_MANY_CARDS
    assert after(board, late, ADA, at("10:00")).cards["NEW000"].asks == cells("ash 11:00")
