"""What every sheet has in common: its colours, which hold in black and white too, and how its address is written."""

from openspaces.board.state import Board
from openspaces.look.typeset.palette import LIGHT
from openspaces.outlets.base import Variant

PAPERS = ("a4", "letter", "a3")


def ink() -> dict[str, object]:
    """The colours of the page, on paper that is white."""
    return {name: LIGHT[name] for name in ("ink", "quiet", "line", "closed", "hatch")}


def address_says(board: Board, variant: Variant) -> str:
    """The board's address as one types it; "" where it is not known."""
    return f"{variant.base_url}/{board.event}".partition("://")[2] if variant.base_url else ""


def live_url(board: Board, variant: Variant, path: str = "") -> str:
    """A public address of the event; "" where it is not known."""
    return f"{variant.base_url}/{board.event}/{path}" if variant.base_url else ""
