"""The rules of moderation: what is hidden says nothing and keeps its cell; what is removed goes and can come back."""

import pytest
from tests.drawing import FACILITATOR, HELPER, ORGANISER, STRANGER, at, cells, code
from tests.playing import Playing

from openspaces.board.moves import (
    ApproveCard,
    AskDeal,
    CloseCell,
    EditCard,
    MoveCard,
    PlaceCard,
    RemoveAllOf,
    RemoveCard,
    SetCaution,
    ShieldCard,
    TakeDown,
    TakeUp,
    Undo,
    WriteCard,
)
from openspaces.board.state import Caution
from openspaces.board.vocabulary import HIDDEN, Code, Deal, Kind, Stage, Standing
from openspaces.board.words import Unfit, Words
from openspaces.people.who import PROGRAM, Who

BOARD = """
          oak      elm        ash
  09:00   Knit     Purl/knit  .
  10:00   .        Talk       .
  11:00   .        .          .
"""
KNIT, PURL, TALK = code("Knit"), code("Purl"), code("Talk")
EVE_HERSELF = Who("eve")


def shielded() -> Playing:
    """Knit says something, and is hidden."""
    play = Playing(BOARD)
    play.do(EditCard(card=KNIT, text="Bring wool", host="Ada", link="example.org", seen=99), Who("knit"))
    play.do(ShieldCard(card=KNIT, reason="Read it first"), HELPER)
    return play


def cautious(**how: object) -> Playing:
    """The board in a storm of abuse."""
    play = Playing(BOARD)
    play.do(SetCaution(**how), FACILITATOR)  # type: ignore[arg-type]
    return play


# Hidden


def test_what_is_shielded_says_nothing_and_keeps_its_cell() -> None:
    card = shielded().card("Knit")
    assert card.words == Words(HIDDEN, version=2)
    assert (card.standing, card.hidden, card.cells) == (Standing.SHIELDED, True, cells("oak 09:00"))


def test_nobody_wins_a_cell_by_hiding_who_has_it() -> None:
    refusal = shielded().refused(WriteCard(title="Mine", cells=cells("oak 09:00")), STRANGER)
    assert (refusal.code, refusal.facts["title"], refusal.facts["host"]) == (Code.CELL_TAKEN, HIDDEN, "")


def test_what_is_hidden_asks_no_other_host_for_anything() -> None:
    play = Playing(BOARD)
    play.do(AskDeal(card=KNIT, other=TALK, deal=Deal.MERGE, title="Abuse"), Who("knit"))
    play.do(ShieldCard(card=KNIT, reason="x"), HELPER)
    assert play.card("Knit").deal is None


def test_its_host_may_move_it_and_not_change_what_it_says() -> None:
    play = shielded()
    assert play.refused(EditCard(card=KNIT, title="Innocent", seen=99), Who("knit")).code == Code.SHIELDED
    play.do(MoveCard(card=KNIT, cells=cells("ash 11:00")), Who("knit"))
    assert play.card("Knit").words.title == HIDDEN


def test_staff_who_have_read_it_show_it_again_as_it_was() -> None:
    play = shielded()
    play.do(ApproveCard(card=KNIT), HELPER)
    card = play.card("Knit")
    assert (card.standing, card.hidden) == (Standing.APPROVED, False)
    assert (card.words.text, card.words.host, card.words.version) == ("Bring wool", "Ada", 2)


def test_shielding_or_approving_twice_does_nothing() -> None:
    play = shielded()
    assert play.do(ShieldCard(card=KNIT, reason="Again"), HELPER) == ()
    play.do(ApproveCard(card=KNIT), HELPER)
    assert play.do(ApproveCard(card=KNIT), HELPER) == ()


def test_what_was_approved_can_be_shielded_by_staff_again() -> None:
    play = shielded()
    play.do(ApproveCard(card=KNIT), HELPER)
    play.do(ShieldCard(card=KNIT, reason="After all"), HELPER)
    assert play.card("Knit").standing is Standing.SHIELDED


def test_whoever_approved_a_card_has_not_read_what_it_says_by_now() -> None:
    play = shielded()
    play.do(ApproveCard(card=KNIT), HELPER)
    play.do(EditCard(card=KNIT, title="Abuse", seen=99), Who("knit"))
    assert play.card("Knit").standing is Standing.LIVE


def test_a_card_that_was_never_hidden_can_be_approved_beforehand() -> None:
    play = Playing(BOARD)
    play.do(ApproveCard(card=TALK), HELPER)
    assert (play.card("Talk").standing, play.card("Talk").words.title) == (Standing.APPROVED, "Talk")


def test_the_words_that_an_approval_shows_are_the_newest() -> None:
    play = Playing(BOARD)
    stale = ApproveCard(card=KNIT, words=Words("Knit"))
    play.do(EditCard(card=KNIT, title="Purl", seen=99), Who("knit"))
    play.do(ShieldCard(card=KNIT, reason="x"), HELPER)
    assert stale.decide(play.board, HELPER, play.board.at).code is Code.TRY_AGAIN  # type: ignore[union-attr]


def test_hosts_and_strangers_moderate_nothing() -> None:
    play = shielded()
    moves = (
        ShieldCard(card=TALK, reason="x"),
        ApproveCard(card=KNIT),
        RemoveCard(card=KNIT, reason="x"),
        RemoveAllOf(card=KNIT, reason="x"),
        SetCaution(slow=5),
    )
    assert {play.refused(move, Who("knit")).code for move in moves} == {Code.NOT_ALLOWED}


def test_helpers_hide_and_show_and_leave_removing_to_facilitators() -> None:
    play = Playing(BOARD)
    for move in (RemoveCard(card=KNIT, reason="x"), RemoveAllOf(card=KNIT, reason="x"), SetCaution(slow=5)):
        assert play.refused(move, HELPER).code == Code.NOT_ALLOWED


def test_unknown_cards_are_refused() -> None:
    play = Playing(BOARD)
    moves = (
        ShieldCard(card="NOBODY", reason="x"),
        ApproveCard(card="NOBODY"),
        RemoveCard(card="NOBODY", reason="x"),
        RemoveAllOf(card="NOBODY", reason="x"),
    )
    assert {play.refused(move, FACILITATOR).code for move in moves} == {Code.UNKNOWN_CARD}


def test_a_reason_is_needed() -> None:
    for move in (ShieldCard, RemoveCard, RemoveAllOf):
        with pytest.raises(Unfit, match="reason: empty"):
            move(card=KNIT, reason=" ")


# Removed


def test_a_removed_card_is_off_the_board_and_says_nothing() -> None:
    play = Playing(BOARD)
    play.do(RemoveCard(card=KNIT, reason="Abuse"), FACILITATOR)
    card = play.card("Knit")
    assert (card.words.title, card.cells, card.stage, card.standing) == (HIDDEN, (), Stage.WITHDRAWN, Standing.REMOVED)
    play.do(WriteCard(title="Mine", cells=cells("oak 09:00")), STRANGER)


def test_a_removed_card_is_not_approved_and_not_changed() -> None:
    play = Playing(BOARD)
    play.do(RemoveCard(card=KNIT, reason="Abuse"), FACILITATOR)
    assert play.refused(ApproveCard(card=KNIT), FACILITATOR).code == Code.REMOVED
    for move in (EditCard(card=KNIT, title="x", seen=99), PlaceCard(card=KNIT, cells=cells("ash 09:00"))):
        assert play.refused(move, Who("knit")).code == Code.WITHDRAWN
    assert play.do(RemoveCard(card=KNIT, reason="Again"), FACILITATOR) == ()


def test_everything_of_one_device_goes_in_one_step_and_comes_back_in_one() -> None:
    play = shielded()
    step = play.do(RemoveAllOf(card=KNIT, reason="Abuse"), FACILITATOR)
    assert [(change.kind, change.card) for change in step] == [(Kind.CARD_REMOVED, KNIT), (Kind.CARD_REMOVED, PURL)]
    play.undo(step, FACILITATOR)
    knit, purl = play.card("Knit"), play.card("Purl")
    assert (knit.standing, knit.words.title, knit.cells) == (Standing.SHIELDED, HIDDEN, cells("oak 09:00"))
    assert (purl.standing, purl.words.title, purl.cells) == (Standing.LIVE, "Purl", cells("elm 09:00"))


def with_ideas() -> Playing:
    """Knit's device left two ideas, of which Eve took one up, and another device one."""
    play = Playing(BOARD)
    for name, by in (("BUY", "knit"), ("GOOD", "knit"), ("BEES", "bob")):
        play.do(WriteCard(title=name, code=f"{name:0<6}", idea=True), Who(by))
    play.do(TakeUp(card="GOOD00", host="Eve"), EVE_HERSELF)
    return play


@pytest.mark.parametrize("named", [KNIT, "BUY000"])
def test_the_ideas_that_a_device_left_go_with_its_cards_unless_somebody_has_taken_them_up(named: str) -> None:
    play = with_ideas()
    step = play.do(RemoveAllOf(card=named, reason="Abuse"), FACILITATOR)
    assert [change.card for change in step] == [KNIT, PURL, "BUY000"]
    play.undo(step, FACILITATOR)
    assert (play.card("BUY").standing, play.card("BUY").stage) == (Standing.LIVE, Stage.IDEA)


def test_a_hidden_idea_goes_too_and_comes_back_hidden() -> None:
    play = with_ideas()
    play.do(ShieldCard(card="BUY000", reason="Read it first"), HELPER)
    step = play.do(RemoveAllOf(card=KNIT, reason="Abuse"), FACILITATOR)
    assert [change.card for change in step] == [KNIT, PURL, "BUY000"]
    play.undo(step, FACILITATOR)
    assert play.board.cards["BUY000"].standing is Standing.SHIELDED


@pytest.mark.parametrize("by", [PROGRAM, HELPER])
def test_an_idea_that_staff_or_the_program_wrote_goes_alone(by: Who) -> None:
    play = Playing(BOARD)
    for number in range(2):
        play.do(WriteCard(title="Hers", code=f"HERS0{number}", idea=True), by)
    step = play.do(RemoveAllOf(card="HERS01", reason="Abuse"), ORGANISER)
    assert [change.card for change in step] == ["HERS01"]


@pytest.mark.parametrize("by", [PROGRAM, HELPER])
def test_a_card_of_nobodys_device_goes_alone(by: Who) -> None:
    play = Playing(BOARD)
    for number, walk_up in enumerate((True, True)):
        move = WriteCard(title="Hers", code=f"HERS0{number}", walk_up=walk_up and by is HELPER)
        play.do(move, by)
    step = play.do(RemoveAllOf(card="HERS00", reason="Abuse"), ORGANISER)
    assert [change.card for change in step] == ["HERS00"]


# Caution


def test_the_card_of_a_new_host_is_held_until_somebody_has_read_it() -> None:
    play = cautious(hold=True)
    step = play.do(WriteCard(title="Abuse", code="NEW000", cells=cells("ash 09:00")), EVE_HERSELF)
    assert [change.kind for change in step] == [Kind.CARD_WRITTEN, Kind.CARD_SHIELDED, Kind.CARD_PLACED]
    card = play.board.cards["NEW000"]
    assert (card.standing, card.words.title, card.cells) == (Standing.HELD, HIDDEN, cells("ash 09:00"))
    play.do(ApproveCard(card="NEW000"), HELPER)
    play.do(WriteCard(title="More", code="NEW001"), EVE_HERSELF)
    assert play.board.cards["NEW001"].words.title == "More"


def test_who_is_known_is_not_held() -> None:
    play = cautious(hold=True)
    for by in (Who("knit"), HELPER):
        step = play.do(WriteCard(title="More"), by)
        assert [change.kind for change in step] == [Kind.CARD_WRITTEN]


def test_who_has_nothing_but_hidden_cards_is_not_known() -> None:
    play = shielded()
    play.do(ShieldCard(card=PURL, reason="x"), HELPER)
    play.do(SetCaution(hold=True), FACILITATOR)
    step = play.do(WriteCard(title="More"), Who("knit"))
    assert step[-1].kind is Kind.CARD_SHIELDED


def test_in_slow_mode_a_host_waits_between_two_moves() -> None:
    play = cautious(slow=5)
    play.do(WriteCard(title="One", code="ONE000"), EVE_HERSELF, at("08:00"))
    refusal = play.refused(WriteCard(title="Two"), EVE_HERSELF, at("08:02"))
    assert (refusal.code, refusal.facts) == (Code.SLOW_DOWN, {"minutes": 3})
    play.do(WriteCard(title="Two"), EVE_HERSELF, at("08:05"))


def test_in_slow_mode_whoever_leaves_ideas_waits_as_well() -> None:
    play = cautious(slow=5)
    play.do(WriteCard(title="One", idea=True), EVE_HERSELF, at("08:00"))
    play.do(WriteCard(title="Two", idea=True), Who("bob"), at("08:01"))
    for idea in (True, False):
        refusal = play.refused(WriteCard(title="Three", idea=idea), EVE_HERSELF, at("08:02"))
        assert (refusal.code, refusal.facts) == (Code.SLOW_DOWN, {"minutes": 3})
    play.do(WriteCard(title="Three", idea=True), EVE_HERSELF, at("08:05"))


def test_slow_mode_binds_neither_staff_nor_who_takes_a_card_down_nor_whom_the_board_owes() -> None:
    play = cautious(slow=5)
    play.do(WriteCard(title="One", code="ONE000", cells=cells("ash 09:00")), EVE_HERSELF, at("08:00"))
    play.do(MoveCard(card="ONE000", cells=cells("ash 10:00")), HELPER, at("08:01"))
    play.do(TakeDown(card="ONE000"), EVE_HERSELF, at("08:02"))
    play.do(WriteCard(title="Two", code="TWO000", cells=cells("ash 11:00")), Who("bob"), at("08:03"))
    play.do(CloseCell(cells=cells("ash 11:00"), reason="x"), HELPER, at("08:04"))
    play.do(PlaceCard(card="TWO000", cells=cells("oak 11:00")), Who("bob"), at("08:05"))


def test_caution_is_set_and_lifted() -> None:
    play = cautious(slow=5, hold=True)
    assert play.board.caution == Caution(5, hold=True)
    assert play.do(SetCaution(slow=5, hold=True), FACILITATOR) == ()
    play.do(SetCaution(), FACILITATOR)
    assert play.board.caution == Caution()
    with pytest.raises(Unfit, match="slow"):
        SetCaution(slow=-1)


def test_undoing_that_a_held_card_is_on_the_board_does_not_show_it() -> None:
    play = cautious(hold=True)
    step = play.do(WriteCard(title="Abuse", code="NEW000", cells=cells("ash 09:00")), EVE_HERSELF)
    play.do(Undo(number=step[-1].number), HELPER)
    assert (play.board.cards["NEW000"].cells, play.board.cards["NEW000"].hidden) == ((), True)


def test_undoing_that_it_was_written_does_not_show_it_either() -> None:
    play = cautious(hold=True)
    step = play.do(WriteCard(title="Abuse", code="NEW000", cells=cells("ash 09:00")), EVE_HERSELF)
    play.undo(step, HELPER)
    card = play.board.cards["NEW000"]
    assert (card.stage, card.hidden, card.standing) == (Stage.WITHDRAWN, True, Standing.HELD)
