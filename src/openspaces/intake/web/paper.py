"""A card that begins on paper: the code of its sheet opens its form, and once it is written, the card."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from openspaces.board.paper import paper_serial
from openspaces.board.read import board_now
from openspaces.intake.reading import reading
from openspaces.intake.web.links import ShownCard, shown_card
from openspaces.intake.web.visiting import Visit
from openspaces.lib.symbols import grouped
from openspaces.wording import apart


@dataclass(frozen=True)
class Sheet:
    """What came as the code of a sheet: `code` if it is one of ours, else "" and `typed`; and the card that has it."""

    code: str = ""
    typed: str = ""
    card: ShownCard | None = None

    @property
    def shown(self) -> str:
        """The code as it stands on the sheet."""
        return grouped(self.code)

    @property
    def unknown_says(self) -> str:
        """What is said to a code that no sheet has; "" if none came, or one of ours."""
        if self.code or not self.typed:
            return ""
        says = _("No sheet of this event has the code %(code)s. Look again, or write your card here all the same.")
        return says % {"code": apart(self.typed)}


NO_SHEET = Sheet()


async def sheet_of(visit: Visit, typed: str) -> Sheet:
    """The sheet whose code was scanned or typed. Another process may have written its card a moment ago: the database
    is asked."""
    code = "".join(symbol for symbol in typed[:32].upper() if symbol.isalnum())
    if paper_serial(visit.event, code) is None:
        return Sheet(typed=typed.strip()[:32])
    board = await reading(board_now, visit.event)
    card = board.cards.get(code) if board else None
    return Sheet(code, card=shown_card(board, card) if board and card else None)
