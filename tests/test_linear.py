"""The checker of histories: it accepts what happened in some order, and finds cells that were granted twice."""

import random
from dataclasses import replace
from math import inf

from tests.linear import Operation, is_linear

CLIENTS = 8


def take(card: str, called: float, answered: float, *, done: bool | None = True, held_by: str = "") -> Operation:
    return Operation(card, True, called, answered, done, held_by)


def leave(card: str, called: float, answered: float, *, done: bool | None = True) -> Operation:
    return Operation(card, False, called, answered, done)


def test_one_takes_and_one_is_refused() -> None:
    assert is_linear([take("a", 0, 1), take("b", 2, 3, done=False, held_by="a")])


def test_two_who_have_it_at_once_are_found() -> None:
    assert not is_linear([take("a", 0, 1), take("b", 2, 3)])
    assert not is_linear([take("a", 0, 3), take("b", 1, 2)])


def test_it_is_taken_again_when_it_was_left() -> None:
    assert is_linear([take("a", 0, 1), leave("a", 2, 5), take("b", 3, 4)])
    assert not is_linear([take("a", 0, 1), take("b", 2, 3), leave("a", 4, 5)])


def test_a_refusal_that_names_somebody_else_is_found() -> None:
    assert not is_linear([take("a", 0, 1), take("b", 2, 3, done=False, held_by="c")])


def test_a_lost_answer_may_have_been_done_or_not_and_long_after() -> None:
    lost = take("a", 0, inf, done=None)
    assert is_linear([lost, take("b", 1, 2)])
    assert is_linear([lost, take("b", 1, 2, done=False, held_by="a")])
    assert is_linear([lost, take("b", 1, 2), leave("b", 3, 4), take("c", 5, 6, done=False, held_by="a")])
    assert not is_linear([lost, take("b", 1, 2, done=False, held_by="c")])


def test_what_a_sound_cell_answers_is_always_accepted() -> None:
    assert [seed for seed in range(20) if not is_linear(played(random.Random(seed), 400))] == []


def test_control_of_the_double_grants_that_are_put_in_nearly_all_are_found() -> None:
    missed = [seed for seed in range(100) if is_linear(granted_twice(random.Random(seed), 100))]
    assert len(missed) <= 5, missed


def played(chance: random.Random, steps: int, lost: float = 0.02) -> list[Operation]:
    """What clients see of a cell that does as it should: each operation happens at one moment of its time."""
    free, holder, history, now = [0.0] * CLIENTS, None, [], 0.0
    for _ in range(steps):
        now += chance.random()
        client = min(range(CLIENTS), key=lambda each: free[each])
        card, called = f"card{client}", max(free[client], now - chance.random())
        now = max(now, called)
        takes = chance.random() < 0.6
        works = not takes or holder in (None, card)
        answered = free[client] = now + chance.random()
        told = None if chance.random() < lost else works
        by = (holder or "") if takes and told is False else ""
        history.append(Operation(card, takes, called, inf if told is None else answered, told, by))
        if takes and works:
            holder = card
        elif holder == card:
            holder = None
    return history


def granted_twice(chance: random.Random, steps: int) -> list[Operation]:
    """The same, but one who was refused was told to have it."""
    history = played(chance, steps)
    refused = [place for place, each in enumerate(history) if each.takes and each.done is False]
    place = chance.choice(refused)
    history[place] = replace(history[place], done=True, held_by="")
    return history
