"""A sheet on the terminal: its columns and first cards are shown, and written only where somebody says yes."""

import gettext
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from openspaces.board.state import Board
from openspaces.intake.bringing import Cards, cards_in
from openspaces.intake.sheets import (
    FIELDS,
    BadRow,
    Guess,
    Played,
    Ready,
    Tally,
    UnknownColumn,
    chosen,
    play_all,
)
from openspaces.starting import Stop, base_url
from openspaces.wording import cell_says

if TYPE_CHECKING:
    from openspaces.importing import Wanted

_TERMINAL = gettext.translation("terminal", Path(__file__).parent.parent / "locale", fallback=True)
_, ngettext = _TERMINAL.gettext, _TERMINAL.ngettext
SHOWN = 20
"""Lines of one list."""
NARROW = 60


def import_sheet(board: Board, raw: bytes, wanted: "Wanted") -> Iterator[str]:
    """Show what the sheet says, ask, and play its rows."""
    cards = cards_in(raw, board, lambda guess: _columns(guess, wanted), place=wanted.place)
    yield from _found(cards, wanted.source)
    yield from _first(board, cards.ready)
    yield from _bad(cards.bad)
    if not cards.ready:
        raise Stop(_("No row of this sheet can be a card. If a column is wrong, choose it: --columns title=A."))
    yield from _hints(cards, wanted)
    if wanted.dry:
        yield _("This is a dry run: nothing is written.")
    elif wanted.agrees(_question(cards)):
        yield from _done(board, play_all(board, cards.ready, lambda done: wanted.progress(done, len(cards.ready))))
    else:
        yield _("Nothing is written yet. If this is right: the same command with --yes.")


def _columns(guess: Guess, wanted: "Wanted") -> Guess:
    try:
        return chosen(guess, wanted.columns)
    except UnknownColumn as trouble:
        raise Stop(str(trouble)) from None


def _found(cards: Cards, source: str) -> Iterator[str]:
    sheet, guess = cards.sheet, cards.guess
    rows = ngettext("%(rows)d row", "%(rows)d rows", len(guess.rows)) % {"rows": len(guess.rows)}
    facts = {"source": source, "kind": sheet.kind, "rows": rows}
    if guess.header:
        header = {**facts, "row": guess.header.number}
        yield _("%(source)s: %(kind)s, %(rows)s below the names of the columns in row %(row)d.") % header
    else:
        yield _("%(source)s: %(kind)s, %(rows)s. No names of columns are known, so they are guessed.") % facts
    if sheet.others:
        yield _("Only this sheet is read; there are also: %(others)s.") % {"others": ", ".join(sheet.others)}
    for field in FIELDS:
        if field in guess.columns:
            yield f"  {field:<7} {guess.name(guess.columns[field])}"
    if cards.private:
        yield "  " + _("not read, for cards are public: %(columns)s") % {"columns": ", ".join(cards.private)}
    if cards.unused:
        yield "  " + _("not read: %(columns)s") % {"columns": ", ".join(cards.unused)}


def _first(board: Board, ready: tuple[Ready, ...]) -> Iterator[str]:
    yield ""
    yield _("The first cards:")
    for row in ready[:5]:
        host = _(" by %(host)s") % {"host": _narrow(row.move.host)} if row.move.host else ""
        yield "  " + _("row %(row)d: %(title)s%(host)s (%(where)s)") % {
            "row": row.number,
            "title": _narrow(row.move.title or ""),
            "host": host,
            "where": _where(board, row),
        }


def _where(board: Board, row: Ready) -> str:
    if row.move.cells:
        return cell_says(board, row.move.cells[0])
    if not row.move.host:
        return _("an idea")
    wish, wished = _narrow(row.move.wish or ""), row.move.wished
    if wished and wished.cells:
        return _("planned; wish: %(wish)s = %(cell)s") % {"wish": wish, "cell": cell_says(board, wished.cells[0])}
    return _("planned; wish: %(wish)s") % {"wish": wish} if wish else _("planned")


def _bad(bad: tuple[BadRow, ...]) -> Iterator[str]:
    if bad:
        yield ""
        yield _("Rows that can be no cards; they are left out, and the others go on:")
        yield from _listed([str(row) for row in bad])


def _hints(cards: Cards, wanted: "Wanted") -> Iterator[str]:
    yield ""
    yield _("If a column is wrong, choose it: --columns title=A,host=C. Fields are %(fields)s.") % {
        "fields": ", ".join(FIELDS)
    }
    if not wanted.place and cards.wish_for_cells:
        yield _("Day, time and room become a wish. To put cards on cells that are free: --place.")


def _question(cards: Cards) -> str:
    facts = {"cards": len(cards.ready), "placed": cards.placed, "planned": cards.planned, "ideas": cards.ideas}
    return _("Write these cards: %(cards)d (placed %(placed)d, planned %(planned)d, ideas %(ideas)d)?") % facts


def _done(board: Board, tally: Tally) -> Iterator[str]:
    facts = {"written": tally.written, "placed": tally.placed, "there": tally.there}
    yield ""
    yield _("Cards written: %(written)d. Placed: %(placed)d. There already, and left as they are: %(there)d.") % facts
    if tally.notes:
        yield _("Not placed:")
        yield from _listed(_told(tally.notes))
    if tally.refused:
        yield _("Not written:")
        yield from _listed(_told(tally.refused))
    yield _("Board: %(url)s") % {"url": f"{base_url()}/{board.event}/"}


def _told(rows: list[Played]) -> list[str]:
    return [_("Row %(row)d: %(says)s") % {"row": row.number, "says": row.says} for row in rows]


def _listed(lines: list[str]) -> Iterator[str]:
    yield from (f"  {line}" for line in lines[:SHOWN])
    if len(lines) > SHOWN:
        yield "  " + _("… and %(more)d more") % {"more": len(lines) - SHOWN}


def _narrow(text: str) -> str:
    return text if len(text) <= NARROW else text[: NARROW - 1] + "…"
