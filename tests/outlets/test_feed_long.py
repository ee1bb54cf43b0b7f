"""The feeds of long logs: as many entries as cards were busy, with the same names wherever a log is cut."""

import random
from collections.abc import Sequence
from typing import Any

import pytest
from tests.drawing import FACILITATOR, code
from tests.outlets.camp_news import ADA, FIRST_HOUR, SECOND, camp, told
from tests.playing import Playing

from openspaces.board.moves import MoveCard, PlaceCard, TakeDown, WriteCard
from openspaces.board.state import Change
from openspaces.board.vocabulary import Cell
from openspaces.outlets.feed.entries import MOST, SETTLE


def a_busy_day(seed: int, moves: int = 120) -> Playing:
    """Cards that are moved, taken down and put back at random, seconds or minutes apart."""
    rng, day, at = random.Random(seed), camp(planned=("Robots/rob", "Go/gil")), FIRST_HOUR
    for _ in range(moves):
        at += rng.choice((5, 20, 50, 61, 90, 300)) * SECOND
        card = rng.choice([each for each in day.board.cards.values() if each.code != code("Outside")])
        free = [Cell(room, slot) for slot in day.board.slots for room in ("oak", "elm")]
        free = [cell for cell in free if day.board.is_free(cell)]
        if card.placement and rng.random() < 0.3:
            day.do(TakeDown(card=card.code), FACILITATOR, at)
        elif free:
            move = MoveCard if card.placement else PlaceCard
            day.do(move(card=card.code, cells=(rng.choice(free),)), FACILITATOR, at)
    return day


def rests(log: Sequence[Change]) -> int:
    """How often a card of a log began to change after a minute or more of rest."""
    last: dict[str, Any] = {}
    count = 0
    for change in log:
        if change.card:
            count += change.card not in last or change.at - last[change.card] > SETTLE
            last[change.card] = change.at
    return count


@pytest.mark.parametrize("seed", range(5))
def test_a_busy_day_has_an_entry_for_each_time_that_a_card_was_busy(seed: int) -> None:
    day = a_busy_day(seed)
    of_cards = [each for each in told(day) if each["kind"] != "event.made"]
    assert len(of_cards) == min(rests(day.log), MOST)


@pytest.mark.parametrize("seed", range(5))
def test_what_is_known_of_a_cut_off_log_has_the_names_that_it_has_in_the_whole(seed: int) -> None:
    day = a_busy_day(seed)
    whole = told(day)
    for most in (40, 60, 90):
        part = told(day, most)
        assert len(part) > most / 5
        assert part == whole[: len(part)]


def test_a_feed_has_a_hundred_entries_at_most_and_the_newest_ones() -> None:
    day = a_busy_day(1, moves=400)
    entries = told(day)
    assert (len(entries), entries[0]["updated"]) == (MOST, day.board.local(day.log[-1].at).isoformat())


def test_what_many_wrote_in_one_minute_is_not_left_out_because_the_log_was_cut() -> None:
    day = camp()
    for number in range(60):
        day.do(WriteCard(title=f"Card {number}", code=f"CARD{number:02}"), ADA, FIRST_HOUR)
    assert len(told(day, most=50)) == 50
