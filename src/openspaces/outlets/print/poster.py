"""A poster for the wall: what this is, how one puts up a card, and the way to the live board."""

from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override

from openspaces.board.state import Board
from openspaces.board.vocabulary import Placing
from openspaces.lib import qr
from openspaces.look.typeset.letters import apart, letters, spoken
from openspaces.look.typeset.paper import SIZES
from openspaces.look.typeset.typesetter import typeset
from openspaces.outlets.base import Asked, Pull, Variant, one_of
from openspaces.outlets.print.parts import PAPERS, address_says, ink, live_url
from openspaces.wording import day_says

TEMPLATE = Path(__file__).with_name("poster.typ")


def poster(board: Board, variant: Variant) -> dict[str, Any]:
    """The poster for the template, in the language that is active."""
    address, language = live_url(board, variant), variant.language
    short = address_says(board, variant).partition("/")[0] + "/os" if variant.name and address else ""
    picture = _("As a picture, also on a bad network: %(address)s") % {"address": apart(short)} if short else ""
    said = {
        "event": board.name,
        "venue": board.venue,
        "days": _days(board),
        "headline": _("What would you like to talk about, learn or try?"),
        "open": _("Open Spaces: the timetable that you make. Anyone can host an hour, and everyone may come."),
        "scan": _("Scan for the live board: what is on, and which hours are free"),
        "picture": picture,
        "tags": "  ".join(apart(f"#{tag}") for tag in board.hashtags),
    }
    return {
        **spoken(language),
        "ink": ink(),
        "paper": SIZES[variant.form],
        **{name: letters(text, language, 22) for name, text in said.items()},
        "steps": [letters(step, language, 30) for step in _steps(board)],
        "address": apart(address_says(board, variant)),
        "qr": qr.svg(address) if address else "",
        "qr_alt": _("QR code of the live board"),
    }


def _steps(board: Board) -> list[str]:
    asks = board.policy.placing is Placing.FACILITATORS
    choose = _("Ask for a free room and hour. A facilitator says yes.") if asks else _("Take a free room and hour.")
    return [
        _("Write a card, on paper or with your phone: a title, a line or two, your name."),
        choose,
        _("That is all: everyone sees it at once."),
    ]


def _days(board: Board) -> str:
    if not board.days:
        return ""
    first, last = board.days[0].date, board.days[-1].date
    return day_says(first) if first == last else f"{day_says(first)} – {day_says(last)}"


def _variant(asked: Asked, board: Board) -> Variant:
    short = one_of(asked, "short", ("no", "yes"))
    name = "os" if short == "yes" else ""
    return Variant(language=asked.language, form=one_of(asked, "paper", PAPERS), name=name)


def _render(board: Board, variant: Variant) -> bytes:
    with override(variant.language):
        given = poster(board, variant)
    return typeset(given, "pdf", TEMPLATE, at=board.at)


POSTER = Pull(
    name="print-poster",
    paths=("/{event}/print/poster.pdf",),
    content_type="application/pdf",
    variant=_variant,
    render=_render,
    slow=True,
)
