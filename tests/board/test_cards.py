"""The rules of cards that do not ask for a cell: write, edit, swap, take down, withdraw."""

import pytest
from tests.drawing import (
    EVE,
    FACILITATOR,
    HELPER,
    STRANGER,
    after,
    asked,
    card,
    cells,
    code,
    drawn,
    picture,
    picture_of,
    refused,
)

from openspaces.board.moves import (
    ApproveCard,
    EditCard,
    Move,
    MoveCard,
    PlaceCard,
    SwapCards,
    TakeDown,
    WithdrawCard,
    WriteCard,
)
from openspaces.board.state import Placement
from openspaces.board.vocabulary import Code, Kind, Refusal, Stage, Standing
from openspaces.board.words import Unfit
from openspaces.people.who import Who

BOARD = """
          oak      elm      elsewhere
  09:00   Knit     .        Chess at Park + Run at Gate
  10:00   .        Talk     .
  11:00   .        "        .
"""
KNIT, TALK, CHESS, RUN = (code(title) for title in ("Knit", "Talk", "Chess", "Run"))
ADA = Who("knit")


# Write


def test_a_written_card_is_planned_and_an_idea_has_no_host() -> None:
    board = after(drawn(BOARD), WriteCard(title="Mine", code="MINE00"), STRANGER)
    board = after(board, WriteCard(title="Somebody should", code="IDEA00", idea=True), STRANGER)
    assert [(board.cards[key].stage, board.cards[key].hand) for key in ("MINE00", "IDEA00")] == [
        (Stage.PLANNED, "stranger"),
        (Stage.IDEA, ""),
    ]


def test_serials_count_the_cards_of_an_event() -> None:
    board = drawn(BOARD)
    board = after(board, WriteCard(title="Next", code="NEXT00"), STRANGER)
    assert [held.serial for held in board.in_order()] == [1, 2, 3, 4, 5]
    assert board.last_serial == 5


def test_a_refused_cell_leaves_no_card_behind() -> None:
    board = drawn(BOARD)
    assert refused(board, WriteCard(title="New", cells=cells("oak 09:00")), STRANGER).code == Code.CELL_TAKEN


def test_a_code_is_given_once() -> None:
    assert refused(drawn(BOARD), WriteCard(title="New", code=KNIT), STRANGER) == Refusal(Code.CODE_TAKEN)


@pytest.mark.parametrize("title", ["", "   ", "\u200b", "\u3164"])
def test_a_card_needs_a_title(title: str) -> None:
    with pytest.raises(Unfit) as unfit:
        WriteCard(title=title)
    assert (unfit.value.field, unfit.value.code) == ("title", "empty")


def test_a_card_without_any_title_is_refused_at_once() -> None:
    with pytest.raises(Unfit):
        WriteCard(text="Only a text")


# Edit


def test_the_host_edits_what_the_card_says() -> None:
    board = after(drawn(BOARD), EditCard(card=KNIT, title="Purl", seen=99), ADA)
    edited = board.cards[KNIT]
    assert (edited.words.title, edited.words.version, edited.edited) == ("Purl", 2, board.number)
    assert edited.cells == cells("oak 09:00")


def test_fields_that_are_not_named_stay() -> None:
    board = after(drawn(BOARD), EditCard(card=KNIT, text="Bring wool", seen=99), ADA)
    assert board.cards[KNIT].words.as_said() == {
        "title": "Knit",
        "text": "Bring wool",
        "host": "",
        "handle": "",
        "link": "",
        "wish": "",
    }


def test_a_stale_edit_is_refused_with_both_texts() -> None:
    board = drawn(BOARD)
    seen = board.number
    board = after(board, EditCard(card=KNIT, title="Theirs", seen=seen), ADA)
    refusal = refused(board, EditCard(card=KNIT, title="Yours", seen=seen), HELPER)
    assert refusal.code == Code.STALE_EDIT
    assert (refusal.facts["theirs"]["title"], refusal.facts["yours"]["title"]) == ("Theirs", "Yours")


def test_an_edit_that_saw_the_last_text_is_done_though_other_things_happened_since() -> None:
    board = drawn(BOARD)
    seen = board.number
    board = after(board, MoveCard(card=KNIT, cells=cells("oak 10:00")), ADA)
    board = after(board, WriteCard(title="Other"), STRANGER)
    assert after(board, EditCard(card=KNIT, title="Purl", seen=seen), ADA).cards[KNIT].words.title == "Purl"


def test_an_edit_to_the_same_words_does_nothing_even_if_stale() -> None:
    board = drawn(BOARD)
    board = after(board, EditCard(card=KNIT, title="Purl", seen=board.number), ADA)
    assert asked(board, EditCard(card=KNIT, title=" Purl ", seen=1), ADA) == ()


def test_a_title_cannot_be_edited_away() -> None:
    with pytest.raises(Unfit):
        EditCard(card=KNIT, title=" ", seen=1)


# Move


def test_a_card_that_was_taken_down_is_not_put_up_by_dragging_it() -> None:
    board = after(drawn(BOARD), TakeDown(card=KNIT), HELPER)
    refusal = refused(board, MoveCard(card=KNIT, cells=cells("oak 10:00")), ADA)
    assert refusal == Refusal(Code.NOT_PLACED, {"title": "Knit"})
    assert after(board, PlaceCard(card=KNIT, cells=cells("oak 10:00")), ADA).cards[KNIT].stage == Stage.PLACED


def test_a_card_moves_in_one_change_that_names_what_it_left_and_took() -> None:
    done = asked(drawn(BOARD), MoveCard(card=TALK, cells=cells("elm 09:00", "elm 10:00")), Who("talk"))
    assert not isinstance(done, Refusal)
    assert [(change.kind, change.cells) for change in done] == [
        (Kind.CARD_MOVED, cells("elm 10:00", "elm 11:00", "elm 09:00"))
    ]


# Swap


def test_two_cards_change_places_in_one_change() -> None:
    board = drawn(BOARD)
    swapped = after(board, SwapCards(card=KNIT, other=TALK), FACILITATOR)
    assert swapped.number == board.number + 1
    assert picture_of(swapped) == picture("""
              oak      elm      elsewhere
      09:00   Talk     .        Chess at Park + Run at Gate
      10:00   .        Knit     .
      11:00   .        "        .
    """)


def test_a_card_that_swaps_with_one_elsewhere_gets_its_place_too() -> None:
    board = after(drawn(BOARD), SwapCards(card=KNIT, other=CHESS), FACILITATOR)
    assert (card(board, "Knit").placement, card(board, "Chess").placement) == (
        Placement(cells("elsewhere 09:00"), "Park"),
        Placement(cells("oak 09:00"), ""),
    )


def test_swapping_counts_as_news_for_both() -> None:
    board = drawn(BOARD)
    swapped = after(board, SwapCards(card=KNIT, other=TALK), FACILITATOR)
    assert [card(swapped, title).sequence - card(board, title).sequence for title in ("Knit", "Talk")] == [1, 1]


def test_a_card_swapped_with_itself_stays() -> None:
    assert asked(drawn(BOARD), SwapCards(card=KNIT, other=KNIT), FACILITATOR) == ()


def test_two_places_elsewhere_at_one_time_can_be_swapped() -> None:
    board = after(drawn(BOARD), SwapCards(card=CHESS, other=RUN), FACILITATOR)
    assert [held.placement and held.placement.where for held in (card(board, "Chess"), card(board, "Run"))] == [
        "Gate",
        "Park",
    ]


def test_a_card_that_holds_no_cell_cannot_be_swapped() -> None:
    board = drawn(BOARD, planned=("Wine",))
    refusal = refused(board, SwapCards(card=KNIT, other=code("Wine")), FACILITATOR)
    assert refusal == Refusal(Code.NOT_PLACED, {"title": "Wine"})


def test_only_staff_swap() -> None:
    assert refused(drawn(BOARD), SwapCards(card=KNIT, other=TALK), ADA) == Refusal(Code.NOT_ALLOWED)


# Take down, withdraw


def test_a_card_taken_down_is_kept_and_its_cells_are_free() -> None:
    board = after(drawn(BOARD), TakeDown(card=TALK), Who("talk"))
    assert board.cards[TALK].stage == Stage.PLANNED
    assert all(board.is_free(cell) for cell in cells("elm 10:00", "elm 11:00"))


def test_taking_down_what_is_not_up_does_nothing() -> None:
    assert asked(drawn(BOARD, planned=("Wine",)), TakeDown(card=code("Wine")), Who("wine")) == ()


def test_a_withdrawn_card_frees_its_cells_and_can_do_nothing_more() -> None:
    board = after(drawn(BOARD), WithdrawCard(card=TALK), Who("talk"))
    assert (board.cards[TALK].stage, board.cards_at(cells("elm 10:00")[0])) == (Stage.WITHDRAWN, ())
    moves: list[Move] = [
        EditCard(card=TALK, title="Again", seen=99),
        PlaceCard(card=TALK, cells=cells("elm 10:00")),
        MoveCard(card=TALK, cells=cells("elm 10:00")),
        SwapCards(card=KNIT, other=TALK),
        SwapCards(card=TALK, other=KNIT),
    ]
    assert [refused(board, move, HELPER) for move in moves] == [Refusal(Code.WITHDRAWN, {"title": "Talk"})] * 5


def test_withdrawing_or_taking_down_a_withdrawn_card_does_nothing() -> None:
    board = after(drawn(BOARD), WithdrawCard(card=TALK), Who("talk"))
    assert (asked(board, WithdrawCard(card=TALK), HELPER), asked(board, TakeDown(card=TALK), HELPER)) == ((), ())


def test_a_card_that_does_not_exist_is_unknown_to_every_move() -> None:
    moves: list[Move] = [
        EditCard(card="NOBODY", title="X", seen=1),
        PlaceCard(card="NOBODY", cells=cells("oak 10:00")),
        MoveCard(card="NOBODY", cells=cells("oak 10:00")),
        SwapCards(card=KNIT, other="NOBODY"),
        TakeDown(card="NOBODY"),
        WithdrawCard(card="NOBODY"),
    ]
    assert [refused(drawn(BOARD), move, FACILITATOR) for move in moves] == [
        Refusal(Code.UNKNOWN_CARD, {"card": "NOBODY"})
    ] * len(moves)


def test_a_card_knows_when_it_last_changed() -> None:
    board = after(drawn(BOARD), TakeDown(card=TALK), Who("talk"), EVE.replace(minute=59))
    assert board.cards[TALK].at == board.at == EVE.replace(minute=59)


def test_a_card_that_was_approved_and_then_edited_has_words_that_nobody_has_read() -> None:
    board = after(drawn(BOARD), ApproveCard(card=KNIT, words=card(drawn(BOARD), "Knit").words), HELPER)
    assert card(board, "Knit").standing is Standing.APPROVED
    edited = after(board, EditCard(card=KNIT, seen=board.number, text="Other words"), ADA)
    assert card(edited, "Knit").standing is Standing.LIVE
