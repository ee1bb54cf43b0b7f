"""Blank cards on sheets of paper: what a host writes by hand, and a QR code that opens the form of that very card."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override

from openspaces.board.paper import SERIALS, paper_code, paper_serial
from openspaces.board.state import Board
from openspaces.lib import qr
from openspaces.lib.symbols import grouped
from openspaces.look.typeset.letters import apart, letters, spoken
from openspaces.look.typeset.paper import MILLIMETRE, SIZES, across
from openspaces.look.typeset.typesetter import typeset
from openspaces.outlets.base import Asked, Pull, Variant, number_of, one_of
from openspaces.outlets.print.parts import address_says, ink

MOST = 120
"""How many cards one file may hold."""
USUAL = 24
TEMPLATE = Path(__file__).with_name("cards.typ")
_NOTE = 76 * MILLIMETRE
_UPRIGHT, _UPRIGHT_LETTER = SIZES["a4"], SIZES["letter"]


@dataclass(frozen=True, slots=True)
class Sheet:
    """How cards lie on a sheet; all in points. `module` is the width of one square of the QR code."""

    size: tuple[float, float]
    columns: int
    rows: int
    card: tuple[float, float]
    gap: float = 0
    module: float = 0.6 * MILLIMETRE
    form: str = "card"


def _quarters(paper: str) -> Sheet:
    width, height = across(paper)
    return Sheet((width, height), 2, 2, (width / 2, height / 2))


def _notes(size: tuple[float, float]) -> Sheet:
    return Sheet(size, 2, 3, (_NOTE, _NOTE), 8 * MILLIMETRE, 0.5 * MILLIMETRE, "note")


SHEETS: Mapping[str, Sheet] = {
    "a4": _quarters("a4"),
    "letter": _quarters("letter"),
    "sticky": _notes(_UPRIGHT),
    "sticky-letter": _notes(_UPRIGHT_LETTER),
}


def cards(board: Board, variant: Variant) -> dict[str, Any]:
    """The blank cards that a variant names, for the template, in the language that is active."""
    sheet, first, count = SHEETS[variant.form], *(int(number) for number in variant.name.split("+"))
    return {
        **spoken(variant.language),
        "ink": ink(),
        "paper": sheet.size,
        "columns": sheet.columns,
        "rows": sheet.rows,
        "card": sheet.card,
        "gap": sheet.gap,
        "form": sheet.form,
        "event": letters(board.name, variant.language, 40),
        "title": _("Blank cards"),
        "says": _says(variant, sheet, address_says(board, variant)),
        "cards": [_card(board, variant, sheet, serial) for serial in range(first, first + count)],
    }


def next_serial(board: Board) -> int:
    """The first serial after those of all paper cards that are on the board; the last of all where none is left."""
    return min(highest_used(board) + 1, SERIALS)


def highest_used(board: Board) -> int:
    """The highest serial of a paper card that is on the board; 0 if none is."""
    return max((paper_serial(board.event, code) or 0 for code in board.cards), default=0)


def _says(variant: Variant, sheet: Sheet, address: str) -> dict[str, Any]:
    stick = _("Print this page, put a note into each frame, and print it once more.")
    labels = {
        "title": _("Title"),
        "text": _("What is it about?"),
        "host": _("Your name"),
        "handle": _("Your handle"),
        "pin": _("Put this card on a free hour. Then scan the code: that is how it gets onto the live board too."),
        "stick": stick if sheet.form == "note" else "",
    }
    said = {name: letters(text, variant.language, 30) for name, text in labels.items()}
    return {**said, "address": letters(address, variant.language, 12), "qr": _("QR code of this card's form")}


def _card(board: Board, variant: Variant, sheet: Sheet, serial: int) -> dict[str, Any]:
    code = paper_code(board.event, serial)
    address = f"{variant.base_url}/{board.event}/cards/new/?paper={code}" if variant.base_url else ""
    return {
        "code": apart(grouped(code)),
        "number": apart(str(serial)),
        "qr": qr.svg(address) if address else "",
        "wide": qr.modules(address) * sheet.module if address else 0,
    }


def _variant(asked: Asked, board: Board) -> Variant:
    """Which cards is part of the variant: without `from`, those that come after the ones on the board."""
    form = one_of(asked, "paper", SHEETS)
    first = number_of(asked, "from", next_serial(board), least=1, most=SERIALS)
    count = number_of(asked, "n", USUAL, least=1, most=MOST)
    return Variant(language=asked.language, form=form, name=f"{first}+{min(count, SERIALS + 1 - first)}")


def _render(board: Board, variant: Variant) -> bytes:
    with override(variant.language):
        given = cards(board, variant)
    return typeset(given, "pdf", TEMPLATE, at=board.at)


CARDS = Pull(
    name="print-cards",
    paths=("/{event}/print/cards.pdf",),
    content_type="application/pdf",
    variant=_variant,
    render=_render,
    slow=True,
)
