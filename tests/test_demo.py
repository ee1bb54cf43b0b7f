"""The demo: three events of today, the same ones every time."""

from datetime import datetime

from openspaces import demo
from openspaces.board.moves import WriteCard
from openspaces.board.play import play
from openspaces.board.read import board_now, events
from openspaces.board.state import Board, Day
from openspaces.board.vocabulary import Cell, Stage
from openspaces.people.who import Who


def board_of(event: str) -> Board:
    board = board_now(event)
    assert board is not None
    return board


def share(board: Board, day: Day) -> float:
    """How much of a day's rooms is taken, Elsewhere and closed cells aside."""
    cells = [cell for cell in board.cells_of(day) if not board.is_elsewhere(cell) and cell not in board.closures]
    return sum(not board.is_free(cell) for cell in cells) / len(cells)


def test_three_events_begin_today_in_their_zones(database: None) -> None:
    assert demo.fill() == ["pyconus2025", "pyconindia2018", "camp"]
    for board in (board_of(event) for event in events()):
        assert board.days[0].date == datetime.now(board.zone).date()


def test_two_days_are_half_full_and_everything_that_was_asked_for_is_there(database: None) -> None:
    demo.fill()
    board = board_of("pyconus2025")
    assert [round(share(board, day), 1) for day in board.days] == [0.5, 0.5, 0.3]
    stages = [card.stage for card in board.in_order()]
    assert (stages.count(Stage.PLANNED), stages.count(Stage.IDEA)) == (len(demo.PLANNED), len(demo.IDEAS))
    plan, moves = demo._full(demo._today("pyconus2025"))
    assert len(board.cards) == len(moves) + len(plan.cards)
    assert len(board.closures) == 4
    assert max(len(card.cells) for card in board.in_order()) == 2
    assert max(len(codes) for codes in board.holders.values()) == 2


def test_the_hall_has_a_few_cards_and_the_camp_none(database: None) -> None:
    demo.fill()
    assert [card.stage for card in board_of("pyconindia2018").in_order()].count(Stage.PLACED) == 5
    assert len(board_of("camp").cards) == 0


def test_the_same_day_gives_the_same_moves() -> None:
    plan = demo._today("pyconus2025")
    assert demo._full(plan) == demo._full(plan)


def test_what_people_did_stays_when_it_is_filled_again(database: None) -> None:
    demo.fill()
    last = board_of("camp").days[-1].slots[-1]
    play("camp", WriteCard(title="Mine", cells=(Cell("oak", last.key),)), by=Who("somebody"))
    before = {event: board_of(event).number for event in events()}
    demo.fill()
    assert {event: board_of(event).number for event in events()} == before
