"""How a card or a board is passed on: the words of a post, and the addresses at which others let one write it."""

import re
from dataclasses import dataclass
from urllib.parse import quote, urlencode

from django.utils.translation import gettext as _

from openspaces.board.state import Board, Card
from openspaces.board.vocabulary import Stage
from openspaces.lib.graphemes import cut, graphemes
from openspaces.look.cards import told
from openspaces.wording import placement_says

BLUESKY_LETTERS = 300
"""How many graphemes a post there may have."""
LEAST = 20
"""Where the hashtags leave a post fewer graphemes for its words than this, they go."""
_SIGN = re.compile("([@#＠＃﹫﹟])")
_DOT = re.compile(r"(?<=\w)([.。．｡])(?=\w)")
"""Inside a name such as example.org: services make links of those too."""


@dataclass(frozen=True, slots=True)
class Way:
    """One way to pass something on: what it is called, and its address."""

    name: str
    href: str


def card_ways(board: Board, card: Card, address: str) -> list[Way]:
    """Where to tell others of a card; nothing of one that is hidden or will not take place."""
    if card.hidden or card.stage is Stage.WITHDRAWN:
        return []
    return ways(card_says(board, card), address, board)


def board_ways(board: Board, address: str) -> list[Way]:
    """Where to tell others of the board."""
    return ways(board_says(board), address, board)


def card_says(board: Board, card: Card) -> str:
    """What to say of a card: its title, when and where, and the event."""
    when = placement_says(board, told(card, card.placement)) if card.placement else ""
    return " · ".join(filter(None, (harmless(card.words.title), harmless(when), board.name)))


def board_says(board: Board) -> str:
    """What to say of the board."""
    return _("The Open Spaces of %(name)s") % {"name": board.name}


def tagged(says: str, board: Board) -> str:
    """The same with the event's hashtags, for whatever this device shares with: it adds the address by itself."""
    return _post(says, "", _tags(board))


def ways(says: str, address: str, board: Board) -> list[Way]:
    """Where to post `says` with an address and the event's hashtags. It needs no key and no script of anybody's."""
    tags = _tags(board)
    x = {"text": says, "url": address, "hashtags": ",".join(board.hashtags)}
    mail = {"subject": says, "body": address}
    return [
        Way("X", f"https://x.com/intent/tweet?{_query(x)}"),
        Way("Mastodon", f"https://share.joinmastodon.org/#text={_quoted(_post(says, address, tags))}"),
        Way("Bluesky", f"https://bsky.app/intent/compose?text={_quoted(fitted(says, address, tags))}"),
        Way(_("E-mail"), f"mailto:?{_query(mail)}"),
    ]


def fitted(says: str, address: str, tags: str, most: int = BLUESKY_LETTERS) -> str:
    """A post in at most so many graphemes: the address stays whole, and the hashtags if they leave room for words."""
    room = most - len(graphemes(_post("", address, tags))) - 1
    if room < LEAST and tags:
        return fitted(says, address, "", most)
    return _post(cut(says, room), address, tags)


def harmless(text: str) -> str:
    """People's text for a post of ours: a word joiner, which nobody sees, keeps it from becoming a mention, a tag or a
    link."""
    text = _SIGN.sub("\\1\u2060", text).replace("://", ":\u2060//")
    return _DOT.sub("\\1\u2060", text)


def _tags(board: Board) -> str:
    return " ".join(f"#{tag}" for tag in board.hashtags)


def _post(says: str, address: str, tags: str) -> str:
    return " ".join(filter(None, (says, address, tags)))


def _query(values: dict[str, str]) -> str:
    return urlencode({name: value for name, value in values.items() if value}, quote_via=quote, safe="")


def _quoted(text: str) -> str:
    return quote(text, safe="")
