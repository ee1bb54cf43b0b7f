"""Nobody begins a contest unawares: a host who was not told of the others is refused, and reads what is free."""

import pytest
from tests.drawing import STRANGER, after, asked, cell, cells, drawn, refused

from openspaces.board.moves import ClaimCell, WriteCard
from openspaces.board.state import Board, Policy
from openspaces.board.vocabulary import Code, Competing, Kind, Placing
from openspaces.people.who import Who

DRAWN = """
          oak       elm
  09:00   Knit      .
  10:00   .         .
"""
HOSTS_PLACE = Policy(competing=Competing.CONTEST)
DESK_PLACES = Policy(placing=Placing.FACILITATORS, competing=Competing.CONTEST)


def after_a_claim() -> Board:
    """Chess asks for Elm at nine, and the facilitator has not answered."""
    move = WriteCard(title="Chess", cells=cells("elm 09:00"), claim=True, code="CHESS0")
    return after(drawn("  oak  elm\n 09:00  .  .\n 10:00  .  .", DESK_PLACES), move, Who("chess"))


def test_a_held_cell_is_refused_though_the_policy_is_a_contest() -> None:
    board = drawn(DRAWN, HOSTS_PLACE)
    move = WriteCard(title="Chess", cells=cells("oak 09:00"), claim=True, contend=False)
    refusal = refused(board, move, STRANGER)
    assert (refusal.code, refusal.free) == (Code.CELL_TAKEN, (cell("elm 09:00"), cell("oak 10:00")))


def test_a_claimed_cell_is_refused_though_the_policy_is_a_contest() -> None:
    move = WriteCard(title="Talk", cells=cells("elm 09:00"), claim=True, contend=False)
    refusal = refused(after_a_claim(), move, STRANGER)
    assert (refusal.code, refusal.facts["title"]) == (Code.CLAIMED, "Chess")
    assert refusal.free == (cell("oak 09:00"), cell("elm 10:00"))


def test_a_card_that_is_there_already_is_refused_the_same() -> None:
    board = drawn(DRAWN, HOSTS_PLACE, planned=("Talk/bob",))
    move = ClaimCell(card="TALK00", cells=cells("oak 09:00"), contend=False)
    assert refused(board, move, Who("bob")).code == Code.CELL_TAKEN


@pytest.mark.parametrize("policy", [HOSTS_PLACE, DESK_PLACES], ids=["hosts place", "the desk places"])
def test_a_cell_that_nobody_wants_is_had_or_asked_for_all_the_same(policy: Policy) -> None:
    board = drawn("  oak  elm\n 09:00  .  .", policy)
    move = WriteCard(title="Chess", cells=cells("oak 09:00"), claim=True, contend=False)
    changes = asked(board, move, STRANGER)
    assert isinstance(changes, tuple)
    had = {HOSTS_PLACE: Kind.CARD_PLACED, DESK_PLACES: Kind.CARD_CLAIMED}[policy]
    assert [change.kind for change in changes] == [Kind.CARD_WRITTEN, had]


def test_whoever_was_told_of_the_others_contends() -> None:
    board = drawn(DRAWN, HOSTS_PLACE)
    changes = asked(board, WriteCard(title="Chess", cells=cells("oak 09:00"), claim=True), STRANGER)
    assert isinstance(changes, tuple)
    assert changes[-1].kind is Kind.CONTEST_OPENED
