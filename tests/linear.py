"""Whether what many clients saw of one cell can have happened in some order (Wing and Gong's search, with Lowe's memory
of where it has been).

A cell is a register that holds one card or none. Each operation took effect at one moment between its call and its
answer; one whose answer was lost took effect at any moment after its call, or never.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from math import inf

Holder = str | None
State = tuple[int, Holder]
"""Which operations are done, a bit each, and who has the cell by then."""


@dataclass(frozen=True, slots=True)
class Operation:
    """A card takes the cell (`takes`) or leaves it. `done` is whether it was told so, None where no answer came;
    `held_by` is who had the cell, as a refusal said."""

    card: str
    takes: bool
    called: float
    answered: float
    done: bool | None
    held_by: str = ""

    def after(self, holder: Holder) -> Iterator[Holder]:
        """Who has the cell after this, if it happens while `holder` has it; nobody says so if it cannot happen then."""
        mine = holder == self.card
        works = holder is None or mine or not self.takes  # to leave what one has not got is done already
        if works and self.done is not False:
            yield self.card if self.takes else None if mine else holder
        if not works and self.done is not True and (not self.held_by or self.held_by == holder):
            yield holder


def is_linear(history: Iterable[Operation]) -> bool:
    """Whether there is such an order, beginning with an empty cell."""
    operations = sorted(history, key=lambda each: each.called)
    told = sum(1 << place for place, each in enumerate(operations) if each.done is not None)
    waiting: list[State] = [(0, None)]
    seen = set(waiting)
    while waiting:
        state = waiting.pop()
        if state[0] & told == told:
            return True
        steps = [step for step in _steps(operations, *state) if step not in seen]
        seen.update(steps)
        waiting += reversed(steps)  # what was called first is tried first
    return False


def _steps(operations: list[Operation], done: int, holder: Holder) -> Iterator[State]:
    """What may happen next: no operation does after another has been answered that is still to come."""
    first_answer, lost = inf, []
    for place in range((~done & (done + 1)).bit_length() - 1, len(operations)):
        each = operations[place]
        if each.called > first_answer:
            break
        if done >> place & 1:
            continue
        found = [(done | 1 << place, now) for now in each.after(holder)]
        if each.done is None:
            lost += [(mask, now) for mask, now in found if now != holder]
        else:
            first_answer = min(first_answer, each.answered)
            yield from found
    yield from lost
