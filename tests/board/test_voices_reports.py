"""Reports: what several people at the event say of a card hides it, and no cell becomes free."""

import pytest
from tests.contested import BOARD, KNIT, board_of
from tests.drawing import EVE, FACILITATOR, HELPER, cells
from tests.verify import consistent, stored, verify
from tests.voting import reported

from openspaces.board import read, voices
from openspaces.board.models import Report as Row
from openspaces.board.moves import ApproveCard, RemoveCard, Undo, WithdrawCard
from openspaces.board.play import play
from openspaces.board.vocabulary import HIDDEN, Code, Kind, Standing
from openspaces.board.voices import Report, What
from openspaces.board.words import Unfit
from openspaces.people.who import PROGRAM, Who


def standing(event: str, card: str = KNIT) -> Standing:
    """What people may read of a card."""
    return board_of(event).cards[card].standing


def test_three_people_at_the_event_hide_a_card_and_it_keeps_its_cell(database: None) -> None:
    event = stored(BOARD)
    reported(event, "one", "two")
    assert standing(event) is Standing.LIVE
    step = reported(event, "three").changes
    assert [(change.kind, change.by) for change in step] == [(Kind.CARD_SHIELDED, PROGRAM.hand)]
    card = board_of(event).cards[KNIT]
    assert (card.words.title, card.cells) == (HIDDEN, cells("oak 09:00"))


def test_one_person_is_heard_once(database: None) -> None:
    event = stored(BOARD)
    reported(event, "one", "one", "one", "one")
    assert standing(event) is Standing.LIVE


def test_who_has_not_shown_to_be_there_is_not_counted(database: None) -> None:
    event = stored(BOARD)
    reported(event, *(f"bomber{number}" for number in range(50)), present=False)
    assert standing(event) is Standing.LIVE
    reported(event, "one", "two")
    assert standing(event) is Standing.LIVE
    reported(event, "three")
    assert standing(event) is Standing.SHIELDED


def test_five_hundred_reports_free_no_cell(database: None) -> None:
    event = stored(BOARD)
    for number in range(500):
        play(event, Report(card=KNIT, what=What.ABUSE, reason="x"), by=Who(f"b{number}", present=True), at=EVE)
    board = consistent(event)
    assert board.cards[KNIT].cells == cells("oak 09:00")
    assert [change.kind for change in read.changes_of(event, KNIT)][-1] is Kind.CARD_SHIELDED
    assert Row.objects.count() == 500


def test_what_was_approved_is_not_hidden_by_reports_again(database: None) -> None:
    event = stored(BOARD)
    reported(event, "one", "two", "three")
    verify(event, ApproveCard(card=KNIT), by=HELPER)
    reported(event, "four", "five", "six", "one", "two")
    assert standing(event) is Standing.APPROVED


def test_reports_that_were_answered_do_not_count_again(database: None) -> None:
    event = stored(BOARD)
    reported(event, "one", "two", "three")
    number = board_of(event).number
    verify(event, Undo(number=number), by=HELPER)
    assert (standing(event), read.reports(event)) == (Standing.LIVE, [])
    reported(event, "four")
    assert standing(event) is Standing.LIVE


def test_the_desk_reads_what_waits_for_an_answer(database: None) -> None:
    event = stored(BOARD)
    reported(event, "one", "two", present=False)
    reported(event, "three")
    told = read.reports(event)
    assert [(each.card, each.what, each.reasons, each.voices, each.present) for each in told] == [
        (KNIT, "abuse", ("Abuse",), 3, 1)
    ]
    verify(event, RemoveCard(card=KNIT, reason="Abuse"), by=FACILITATOR)
    assert read.reports(event) == []


def test_a_report_of_staff_counts_as_one_of_somebody_there(database: None) -> None:
    event = stored(BOARD)
    reported(event, "one", "two")
    verify(event, Report(card=KNIT, what=What.ABUSE, reason="x"), by=HELPER)
    assert standing(event) is Standing.SHIELDED


def test_a_report_needs_a_reason_and_a_card_that_is_there(database: None) -> None:
    with pytest.raises(Unfit, match="reason: empty"):
        Report(card=KNIT, what=What.ABUSE)
    event = stored(BOARD)
    verify(event, WithdrawCard(card=KNIT), by=Who("knit"))
    for card, code_ in (("NOBODY", Code.UNKNOWN_CARD), (KNIT, Code.WITHDRAWN)):
        refusal = reported(event, "one", card=card).refusal
        assert refusal is not None
        assert refusal.code == code_


def test_control_without_the_count_one_report_would_hide_a_card(
    database: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(voices, "REPORTS_TO_SHIELD", 1)
    event = stored(BOARD)
    reported(event, "one")
    assert standing(event) is Standing.SHIELDED
