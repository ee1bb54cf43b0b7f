"""What a post says before it is cut to the length that a service takes: a head, lines, the link, the event's tags."""

import re
from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import ngettext

from openspaces.board.state import Board, Slot
from openspaces.lib.graphemes import cut
from openspaces.outlets.social.measures import Measure

TITLE = 60
"""So many letters of a title are posted."""


@dataclass(frozen=True, slots=True)
class Draft:
    """`lines` go from the last on where there is no room for all. `marks` are those of the receipt; the picture shows
    the `slot` of the `board`, and `alt` says what stands in it."""

    board: Board
    head: str
    lines: tuple[str, ...] = ()
    marks: tuple[str, ...] = ()
    slot: Slot | None = None
    alt: str = ""

    @property
    def link(self) -> str:
        """The address of the board; "" where this program does not know its own."""
        return f"{settings.BASE_URL}/{self.board.event}/" if settings.BASE_URL else ""

    @property
    def tags(self) -> tuple[str, ...]:
        """The event's hashtags."""
        return tuple(f"#{tag}" for tag in self.board.hashtags)


def fitted(draft: Draft, measure: Measure, *, link: bool) -> str:
    """The text in as many letters as there may be: lines go first, then the tags, then the end of the head."""
    below = draft.link if link else ""
    for tail in ([below, " ".join(draft.tags)], [below]):
        for count in range(len(draft.lines), -1, -1):
            left = len(draft.lines) - count
            text = _joined(draft.head, *draft.lines[:count], _more(left), *tail)
            if measure.fits(text):
                return text
    room = measure.most - measure.count(f"\n{below}")
    return _joined(cut(draft.head, room // 2), below)


def calling_nobody(text: str) -> str:
    """What staff wrote: its links and tags are meant, but nobody is to be called by it."""
    return re.sub("([@＠﹫])", "\\1\u2060", text)


def _more(left: int) -> str:
    return ngettext("and %(count)d more", "and %(count)d more", left) % {"count": left} if left else ""


def _joined(*parts: str) -> str:
    return "\n".join(part for part in parts if part)
