"""Bringing in what others made, from the terminal: a programme with its rooms and days, or cards from a sheet."""

import gettext
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from openspaces.board.read import board_now, events
from openspaces.board.state import Board
from openspaces.importing.programme import import_programme, written_for
from openspaces.importing.sheet import import_sheet
from openspaces.intake.bringing import opened
from openspaces.intake.programme import Damaged, NotFetched, Programme, Source
from openspaces.intake.sheets import WrongSheet
from openspaces.starting import Stop, database_is_there, prepare_tables

_ = gettext.translation("terminal", Path(__file__).parent.parent / "locale", fallback=True).gettext


@dataclass(frozen=True)
class Wanted:
    """What was typed: the event, what to bring in, and how far to go without asking."""

    event: str
    source: str
    dry: bool = False
    place: bool = False
    close: bool = False
    columns: str = ""
    agrees: Callable[[str], bool] = lambda question: False
    """Answers a question with yes or no; no, where nobody can be asked."""
    progress: Callable[[int, int], None] = lambda done, whole: None


def bring_in(wanted: Wanted) -> Iterator[str]:
    """Do it, and tell line by line what was found, done and left. Raises Stop."""
    source = Source(wanted.source)
    try:
        yield from _brought(wanted, source)
    except OSError as trouble:
        says = _("Cannot read %(file)s (%(trouble)s): name a file or an address.")
        raise Stop(says % {"file": wanted.source, "trouble": trouble.strerror or trouble}) from None
    except WrongSheet as trouble:
        raise Stop(f"{wanted.source}: {trouble}") from None
    except (Damaged, NotFetched) as trouble:
        raise Stop(str(trouble)) from None


def _brought(wanted: Wanted, source: Source) -> Iterator[str]:
    board = _board(wanted.event)
    found = opened(source, board)
    if isinstance(found, Programme):
        if board is None:
            yield from written_for(wanted.event, found)
            raise _unknown(wanted.event, file=True)
        yield from import_programme(board, found, wanted)
    elif board is None:
        raise _unknown(wanted.event)
    else:
        yield from import_sheet(board, found, wanted)


def _board(event: str) -> Board | None:
    """The event's board; None if there is none. Where nothing is, nothing is made."""
    if not database_is_there():
        return None
    prepare_tables()
    return board_now(event)


def _unknown(event: str, *, file: bool = False) -> Stop:
    if file:
        says = _(
            "There is no event %(event)s yet. Above is an event file made of this programme: save it as "
            "%(event)s.toml, look it over, say openspaces new %(event)s.toml, then import again."
        )
        return Stop(says % {"event": event})
    known = ", ".join(events()) if database_is_there() else ""
    says = _("There is no event %(event)s (there are: %(known)s): name one, or make it with openspaces new.")
    return Stop(says % {"event": event, "known": known or _("none")})
