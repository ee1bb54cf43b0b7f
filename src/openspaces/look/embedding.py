"""The piece of HTML that shows the board inside the page of another site."""

from urllib.parse import urlencode

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from openspaces.board.state import Board

HIGH = 640
"""How high the frame is in pixels; on a small screen less."""


def embed_address(board: Board, base_url: str, **wanted: str) -> str:
    """The board for other sites' pages; `wanted` may name `day`, `room`, `theme` and `lang`."""
    said = urlencode({name: value for name, value in wanted.items() if value})
    return f"{base_url}/embed/{board.event}/{'?' if said else ''}{said}"


def embed_code(address: str, title: str) -> SafeString:
    """The frame to be pasted: it fills its column, loads when it comes into sight, and scrolls inside itself."""
    return format_html(
        '<iframe src="{}" title="{}" loading="lazy" style="width:100%;height:min(85vh,{}px);border:0"></iframe>',
        address,
        title,
        HIGH,
    )


def embed_title(board: Board) -> str:
    """What the frame is called, for those who hear the page."""
    return _("The Open Spaces of %(name)s") % {"name": board.name}
