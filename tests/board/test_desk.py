"""What everyone hears from the desk: the pause, announcements, the pitch."""

from datetime import timedelta

import pytest
from tests.drawing import EVE, FACILITATOR, HELPER, STRANGER, at, cells, code
from tests.playing import Playing

from openspaces.board.moves import (
    Announce,
    ClaimCell,
    EndAnnouncement,
    FreezeBoard,
    MergeCards,
    MoveCard,
    PlaceCard,
    SetPitch,
    ShieldCard,
    ThawBoard,
    WithdrawCard,
    WriteCard,
)
from openspaces.board.state import Announcement, Freeze, Pitch, Policy
from openspaces.board.vocabulary import Code, Competing, Placing
from openspaces.board.words import Unfit
from openspaces.people.who import Who

BOARD = """
          oak      elm
  09:00   Knit     .
  10:00   .        .
"""
PLANNED = ("Wine", "Tea", "Cake")
KNIT, WINE, TEA, CAKE = (code(title) for title in ("Knit", "Wine", "Tea", "Cake"))


def frozen(policy: Policy | None = None) -> Playing:
    """The board is paused."""
    play = Playing(BOARD, policy or Policy(), PLANNED)
    play.do(FreezeBoard(reason="A storm"), FACILITATOR, at("08:00"))
    return play


# The pause


def test_while_the_board_is_paused_hosts_write_nothing_and_read_why() -> None:
    play = frozen()
    assert play.board.freeze == Freeze("A storm", FACILITATOR.hand, at("08:00"))
    for move, by in (
        (WriteCard(title="New"), STRANGER),
        (MoveCard(card=KNIT, cells=cells("oak 10:00")), Who("knit")),
        (WithdrawCard(card=KNIT), Who("knit")),
    ):
        refusal = play.refused(move, by)
        assert (refusal.code, refusal.facts) == (Code.FROZEN, {"reason": "A storm"})


def test_staff_go_on_to_put_things_right() -> None:
    play = frozen()
    play.do(MoveCard(card=KNIT, cells=cells("oak 10:00")), HELPER)
    assert play.card("Knit").cells == cells("oak 10:00")


def test_whoever_may_not_at_all_is_told_that_and_not_to_try_later() -> None:
    assert frozen().refused(MoveCard(card=KNIT, cells=cells("oak 10:00")), STRANGER).code == Code.NOT_ALLOWED


def test_a_facilitator_lets_everyone_write_again() -> None:
    play = frozen()
    play.do(ThawBoard(), FACILITATOR)
    play.do(WriteCard(title="New"), STRANGER)
    assert play.do(ThawBoard(), FACILITATOR) == ()


def test_helpers_neither_pause_nor_resume() -> None:
    assert Playing(BOARD).refused(FreezeBoard(reason="x"), HELPER).code == Code.NOT_ALLOWED
    assert frozen().refused(ThawBoard(), HELPER).code == Code.NOT_ALLOWED


def test_another_reason_does_not_begin_the_pause_anew() -> None:
    play = frozen()
    assert play.do(FreezeBoard(reason="A storm"), FACILITATOR) == ()
    play.do(FreezeBoard(reason="A worse storm"), FACILITATOR, at("08:30"))
    assert play.board.freeze == Freeze("A worse storm", FACILITATOR.hand, at("08:00"))


def test_contests_get_back_the_time_that_they_lost() -> None:
    policy = Policy(placing=Placing.FACILITATORS, competing=Competing.CONTEST)
    play = Playing(BOARD, policy, PLANNED)
    for title in ("Wine", "Tea"):
        play.do(ClaimCell(card=code(title), cells=cells("elm 10:00")), Who(title.lower()), at("08:00"))
    play.do(FreezeBoard(reason="A storm"), FACILITATOR, at("08:20"))
    play.do(ThawBoard(), FACILITATOR, at("08:50"))
    assert play.board.open_contests[0].closes == at("09:00")


def test_contests_whose_time_was_over_before_get_none_back() -> None:
    policy = Policy(placing=Placing.FACILITATORS, competing=Competing.CONTEST, contest_minutes=10)
    play = Playing(BOARD, policy, PLANNED)
    for title in ("Wine", "Tea"):
        play.do(ClaimCell(card=code(title), cells=cells("elm 10:00")), Who(title.lower()), at("08:00"))
    play.do(FreezeBoard(reason="A storm"), FACILITATOR, at("08:20"))
    assert len(play.do(ThawBoard(), FACILITATOR, at("08:50"))) == 1
    assert play.board.open_contests[0].closes == at("08:10")


# Announcements


def test_an_announcement_goes_by_itself_after_some_minutes() -> None:
    play = Playing(BOARD)
    step = play.do(Announce(text="Lunch is ready", minutes=10), HELPER)
    said = Announcement(step[0].number, "Lunch is ready", EVE, EVE + timedelta(minutes=10))
    assert play.board.announcements == (said,)


def test_staff_end_an_announcement_and_only_that_one() -> None:
    play = Playing(BOARD)
    first = play.do(Announce(text="Lunch is ready"), HELPER)[0].number
    play.do(Announce(text="The bus leaves"), HELPER)
    play.do(EndAnnouncement(announcement=first), HELPER)
    assert [said.text for said in play.board.announcements] == ["The bus leaves"]
    assert play.refused(EndAnnouncement(announcement=first), HELPER).code == Code.UNKNOWN_ANNOUNCEMENT


def test_strangers_announce_nothing() -> None:
    assert Playing(BOARD).refused(Announce(text="Free beer"), STRANGER).code == Code.NOT_ALLOWED


@pytest.mark.parametrize(("text", "minutes"), [("", 10), ("x" * 281, 10), ("x", 0), ("x", 1441)])
def test_an_announcement_has_bounds(text: str, minutes: int) -> None:
    with pytest.raises(Unfit):
        Announce(text=text, minutes=minutes)


# The pitch


def pitching(*queue: str) -> Playing:
    """Some cards wait to be pitched."""
    play = Playing(BOARD, Policy(), PLANNED)
    play.do(SetPitch(queue=queue or (WINE, TEA, CAKE)), HELPER)
    return play


def test_cards_wait_in_a_row_and_the_first_has_a_countdown_once_it_is_started() -> None:
    play = pitching()
    assert play.board.pitch == Pitch((WINE, TEA, CAKE))
    play.do(SetPitch(queue=(WINE, TEA, CAKE), seconds=90, started=True), HELPER)
    assert play.board.pitch == Pitch((WINE, TEA, CAKE), 90, EVE + timedelta(seconds=90))


def test_a_countdown_goes_on_whoever_joins_the_row() -> None:
    play = pitching(WINE)
    play.do(SetPitch(queue=(WINE,), started=True), HELPER, at("08:00"))
    play.do(SetPitch(queue=(WINE, TEA), started=True), HELPER, at("08:00") + timedelta(seconds=20))
    assert play.board.pitch == Pitch((WINE, TEA), 60, at("08:01"))


def test_a_card_that_went_while_it_waited_is_left_out() -> None:
    play = pitching()
    play.do(WithdrawCard(card=TEA), Who("tea"))
    play.do(ShieldCard(card=CAKE, reason="x"), HELPER)
    assert [card.words.title for card in play.board.pitching] == ["Wine"]
    play.do(SetPitch(queue=(TEA, CAKE)), HELPER)
    assert play.board.pitch == Pitch((CAKE,))


def test_a_card_that_became_part_of_another_is_pitched_no_more() -> None:
    play = pitching(WINE, TEA)
    play.do(MergeCards(card=WINE, into=TEA), HELPER)
    assert [card.code for card in play.board.pitching] == [TEA]


def test_a_card_that_is_gone_does_not_join_the_row() -> None:
    play = Playing(BOARD, Policy(), PLANNED)
    play.do(WithdrawCard(card=TEA), Who("tea"))
    assert play.refused(SetPitch(queue=(WINE, TEA)), HELPER).code == Code.WITHDRAWN
    assert play.refused(SetPitch(queue=("NOBODY",)), HELPER).code == Code.UNKNOWN_CARD


def test_an_empty_row_ends_the_pitch() -> None:
    play = pitching()
    assert play.do(SetPitch(queue=(WINE, TEA, CAKE)), HELPER) == ()
    play.do(SetPitch(queue=()), HELPER)
    assert play.board.pitch is None
    assert play.do(SetPitch(queue=()), HELPER) == ()


def test_what_is_pitched_is_placed_on_the_spot() -> None:
    play = pitching()
    play.do(PlaceCard(card=WINE, cells=cells("elm 09:00")), HELPER)
    assert play.board.pitch == Pitch((WINE, TEA, CAKE))


def test_a_pitch_has_bounds() -> None:
    with pytest.raises(Unfit, match="seconds"):
        SetPitch(queue=(WINE,), seconds=601)
