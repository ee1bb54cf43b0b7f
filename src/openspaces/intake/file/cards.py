"""The planned sessions and ideas of an event file, as cards. They are nobody's device's, and hold no room."""

import hashlib
from datetime import UTC, datetime

from django.utils.translation import gettext as _

from openspaces import wording
from openspaces.board.moves.cards import WriteCard
from openspaces.board.state import Board
from openspaces.board.vocabulary import ALPHABET
from openspaces.board.words import Unfit, Words, clean
from openspaces.intake.file.table import Table
from openspaces.intake.wishes import read_wish

ANY_LENGTH = 10_000
"""What a card's words may hold is said by the board, so a table here takes any."""


def read_cards(event: Table, board: Board) -> tuple[WriteCard, ...]:
    """A move for each card of an event with these rooms and days; what is wrong with one is reported."""
    cards: dict[str, WriteCard] = {}
    for kind in ("planned", "ideas"):
        for table in event.tables(kind):
            words = _planned(table) if kind == "planned" else _idea(table)
            table.done()
            code = card_code(board.event, kind, words["title"])
            if code in cards:
                table.wrong(_("The file has this title already."), "title")
            elif _fit(table, words):
                cards[code] = _card(words, code, board)
    return tuple(cards.values())


def card_code(slug: str, kind: str, title: str) -> str:
    """The code of a card from a file: always the same, so that a second load finds the card."""
    rest = int.from_bytes(hashlib.sha256("\0".join((slug, kind, title)).encode()).digest())
    symbols = []
    for _place in range(6):
        rest, symbol = divmod(rest, len(ALPHABET))
        symbols.append(ALPHABET[symbol])
    return "".join(symbols)


def _planned(table: Table) -> dict[str, str]:
    return {
        "title": table.text("title", ANY_LENGTH, needed=True),
        "text": table.text("text", ANY_LENGTH, long=True),
        "host": table.text("host", ANY_LENGTH, needed=True),
        "handle": table.text("handle", ANY_LENGTH),
        "link": table.text("link", ANY_LENGTH),
        "wish": table.text("wish", ANY_LENGTH),
    }


def _idea(table: Table) -> dict[str, str]:
    return {"title": table.text("title", ANY_LENGTH, needed=True), "text": table.text("text", ANY_LENGTH, long=True)}


def _card(words: dict[str, str], code: str, board: Board) -> WriteCard:
    said = {name: words.get(name) for name in Words.FIELDS}
    wish = words.get("wish", "")
    wished = read_wish(wish, board, datetime.now(UTC)).wished if wish else None
    return WriteCard(**said, wished=wished, idea=True, code=code)  # type: ignore[arg-type]


def _fit(table: Table, words: dict[str, str]) -> bool:
    """Whether the words can stand on a card; what cannot is reported. An empty title was reported before."""
    unfit = [trouble for field, typed in words.items() if (trouble := _unfit(field, typed))]
    for trouble in unfit:
        if trouble.code != "empty":
            table.wrong(wording.unfit_says(trouble), trouble.field)
    return not unfit


def _unfit(field: str, typed: str) -> Unfit | None:
    try:
        clean(field, typed)
    except Unfit as trouble:
        return trouble
    return None
