"""One line of what was measured, and how such lines look: a table, in the terminal and in the docs alike."""

import statistics
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bench import figures

HEAD = ("measured", "ours", "reference", "ratio", "aim", "reached")


@dataclass(frozen=True)
class Row:
    """What was measured: ours and the reference with their units, the ratio of both, what we aim at ("at least 0.9"),
    and whether we are there. What does not apply stays empty."""

    name: str
    ours: str
    reference: str = ""
    ratio: float | None = None
    aim: str = ""
    reached: bool | None = None

    @property
    def columns(self) -> tuple[str, ...]:
        """As text."""
        ratio = "" if self.ratio is None else f"{self.ratio:,.2f}"
        reached = {None: "", True: "yes", False: "**no**"}[self.reached]
        return self.name, self.ours, self.reference, ratio, self.aim, reached


def at_least(name: str, ours: float, reference: float, aim: float, whose: str = "nginx", unit: str = "/s") -> Row:
    """A row where more is better, beside what others reach."""
    ratio = ours / reference
    they = f"{reference:,.0f}{unit} {whose}"
    return Row(name, f"{ours:,.0f}{unit}", they, ratio, f"at least {aim:,g}", ratio >= aim)


def at_most(name: str, milliseconds: Sequence[float], aim: float) -> Row:
    """A row of a time; the median counts, the worst is told."""
    middle, worst = statistics.median(milliseconds), max(milliseconds)
    return Row(name, f"{middle:,.0f} ms (worst {worst:,.0f})", aim=f"at most {aim:,g} ms", reached=middle <= aim)


def drawn(rows: Iterable[Row]) -> str:
    """The rows as a table."""
    return figures.columns(HEAD, [row.columns for row in rows])
