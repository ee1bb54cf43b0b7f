"""One card as a page: all of its text, who brings it, where and when, and how to pass it on."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlencode, urlsplit

from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import override

from openspaces.board.state import Board, Card
from openspaces.look.cards import hue
from openspaces.outlets.base import Asked, NotHere, Pull, Variant
from openspaces.outlets.page.says import script_says
from openspaces.wording import placement_says

BLUESKY_LETTERS = 300


@dataclass(frozen=True)
class Way:
    """One way to pass a card on: what it is called, and its address."""

    name: str
    href: str


def _variant(asked: Asked, board: Board) -> Variant:
    code = asked.path["code"]
    if code not in board.cards:
        raise NotHere(f"{board.name} has no card {code}.")
    return Variant(language=asked.language, name=code)


def _render(board: Board, variant: Variant) -> bytes:
    with override(variant.language):
        return render_to_string("page/card.html", shown(board, variant)).encode()


CARD = Pull(
    name="card",
    paths=("/{event}/cards/{code}/",),
    content_type="text/html; charset=utf-8",
    variant=_variant,
    render=_render,
    keep=200,
)


def shown(board: Board, variant: Variant) -> dict[str, Any]:
    """What the template of a card says, in the language that is active."""
    card = board.cards[variant.name]
    address = f"{variant.base_url}/{board.event}/cards/{card.code}/"
    return {
        "board": board,
        "card": card,
        "hue": hue(card),
        "address": address,
        "when": placement_says(board, card.placement) if card.placement else "",
        "rooms": [board.room(card.cells[0].room)] if card.placement else [],
        "link_host": urlsplit(card.words.link).hostname,
        "here": day_address(board, card),
        "ways": ways(board, card, address),
        "says": script_says(),
    }


def day_address(board: Board, card: Card) -> str:
    """The address of the card's cell on the board."""
    if not card.placement:
        return f"/{board.event}/"
    cell = card.placement.cells[0]
    return f"/{board.event}/days/{board.slot_of(cell).day.isoformat()}/#cell-{cell}"


def ways(board: Board, card: Card, address: str) -> list[Way]:
    """Where to tell others of the card. What people wrote cannot mention or tag anybody in a post."""
    if card.withdrawn:
        return []
    when = placement_says(board, card.placement) if card.placement else ""
    says = " · ".join(filter(None, (_harmless(card.words.title), when, board.name)))
    tags = " ".join(f"#{tag}" for tag in board.hashtags)
    post = " ".join(filter(None, (says, address, tags)))
    x = urlencode({"text": says, "url": address, "hashtags": ",".join(board.hashtags)}, quote_via=quote)
    mail = urlencode({"subject": says, "body": address}, quote_via=quote)
    return [
        Way("Mastodon", f"https://share.joinmastodon.org/#text={quote(post, safe='')}"),
        Way("Bluesky", f"https://bsky.app/intent/compose?text={quote(post[:BLUESKY_LETTERS], safe='')}"),
        Way("X", f"https://x.com/intent/tweet?{x}"),
        Way(_("E-mail"), f"mailto:?{mail}"),
    ]


def _harmless(text: str) -> str:
    """People's text for a post of ours: a word joiner after @ and # keeps it from becoming a mention or a tag."""
    return text.replace("@", "@\u2060").replace("#", "#\u2060")
