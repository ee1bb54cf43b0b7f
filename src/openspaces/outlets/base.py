"""The contracts of an outlet. A pull outlet renders a Board to bytes; what it may be asked for, it says itself. A push
outlet follows the log: its contract stands in `delivery.contract`, where the worker reads it."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from django.utils.translation import gettext as _

from openspaces.board.state import Board, Change
from openspaces.board.vocabulary import Kind


class BadVariant(ValueError):
    """The address asks for something that this outlet cannot make; its text tells the reader what it can. A 4xx."""


class NotHere(LookupError):
    """The address names something that the board has not. A 404."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What a reader asked for: the values in the path, the query, the language to answer in, and the time."""

    path: Mapping[str, str]
    query: Mapping[str, str]
    language: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Variant:
    """Which print of an outlet: everything its bytes depend on besides the Board. `base_url` has no final slash.

    `log` are the last changes up to the Board's number, for an outlet that asks for them with `Pull.log`; no address
    says them, and equal numbers have equal ones, so they make no other variant."""

    language: str = "en"
    base_url: str = ""
    day: date | None = None
    width: int = 0
    theme: str = "light"
    form: str = ""
    name: str = ""
    log: tuple[Change, ...] = field(default=(), compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Pull:
    """A pull outlet.

    `paths` are its public addresses, with `{event}` and other names in braces for one path segment each.
    `variant` reads an address into a Variant; it raises BadVariant or NotHere. `render` is pure: equal Board and
    Variant, equal bytes, and never a look at the clock. `personal` is false by nature: everyone gets the same bytes.
    """

    name: str
    paths: tuple[str, ...]
    content_type: str
    variant: Callable[[Asked, Board], Variant]
    render: Callable[[Board, Variant], bytes]
    keep: int = 8
    """How many variants of one number the press keeps."""
    ahead: bool = False
    """Whether the press prints the last asked variants again after each change, before anyone asks."""
    slow: bool = False
    """Whether a print takes so long that it waits in a queue of its own, where it holds up only its like."""
    framed: bool = False
    """Whether pages of other sites may show it inside themselves. Nothing on it does anything to a board."""
    timeless: bool = False
    """Whether its bytes hang on the Board and the address alone, never on when they are asked for: whoever says since
    when it has them (If-Modified-Since) may be told that nothing has changed."""
    log: frozenset[Kind] = frozenset()
    """The kinds of changes of which `render` finds the last ones in `Variant.log`, as everyone may read them."""


def day_wanted(asked: Asked, board: Board) -> date | None:
    """The day that `?day=` or the path names, else the day to show now; raises BadVariant or NotHere."""
    named = asked.path.get("day") or asked.query.get("day")
    if not named:
        today = board.day_at(asked.at)
        return today.date if today else None
    try:
        wanted = date.fromisoformat(named)
        if wanted.isoformat() != named:  # Python reads 20220429 and 2022-W17-5 too: one address for one print is enough
            raise ValueError
    except ValueError:
        raise BadVariant(_("%(day)r is not a day. Write it like 2022-04-29.") % {"day": named}) from None
    if board.day(wanted) is None:
        raise NotHere(f"{board.name} has no {wanted}.")
    return wanted


def one_of(asked: Asked, name: str, choices: Iterable[str]) -> str:
    """What the query says by that name, the first of `choices` if nothing; raises BadVariant if it is none of them."""
    known = tuple(choices)
    wanted = asked.query.get(name) or known[0]
    if wanted not in known:
        says = _("%(name)s is one of: %(choices)s.")
        raise BadVariant(says % {"name": name, "choices": ", ".join(known)})
    return wanted


def number_of(asked: Asked, name: str, usual: int, *, least: int, most: int) -> int:
    """The number that the query gives by that name, `usual` if none; raises BadVariant unless it is within bounds."""
    typed = asked.query.get(name) or str(usual)
    if typed.isascii() and typed.isdigit() and len(typed) < 6 and least <= int(typed) <= most:
        return int(typed)
    says = _("%(name)s is a number from %(least)d to %(most)d.")
    raise BadVariant(says % {"name": name, "least": least, "most": most})
