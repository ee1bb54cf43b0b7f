"""The pages of docs/ that are made from the code: `python -m tests.written_docs` writes them anew."""

import json
from collections.abc import Iterator
from dataclasses import fields
from inspect import getdoc
from pathlib import Path

import django
from django.utils.translation import override

from openspaces.board.moves import MOVES, Move
from openspaces.board.state import Board, Change
from openspaces.board.vocabulary import Kind

DOCS = Path(__file__).parent.parent / "docs"
FOOT = "<!-- Made from the code by `python -m tests.written_docs`; a test says when it is stale. -->\n"


def pages() -> dict[Path, str]:
    """Every made page and what it should say."""
    with override("en"):
        return {DOCS / "moves.md": _moves_page(), DOCS / "changes.md": _changes_page()}


def _moves_page() -> str:
    head = (
        "# Moves\n\nEverything that changes a board is one of these moves. Each is done whole or refused with a reason."
    )
    return "\n\n".join([head, *(_move(move) for move in MOVES), FOOT])


def _move(move: type[Move]) -> str:
    given = ", ".join(f"`{field.name}`" for field in fields(move) if field.compare)  # type: ignore[arg-type]
    return f"## {move.__name__}\n\n{' '.join((getdoc(move) or '').split())}\n\nIt says: {given}."


def _changes_page() -> str:
    head = (
        "# Changes\n\nThe log of an event is a list of changes, numbered 1, 2, 3 … without gaps. "
        "The API, its stream and the feeds show them in one shape: "
        "`number`, `at` and `kind`, then `card`, `cells`, `before` and `after` where there is something to say."
    )
    examples = _examples()
    return "\n\n".join([head, *(_kind(kind, *examples[kind]) for kind in Kind), FOOT])


def _kind(kind: Kind, change: Change, board: Board) -> str:
    from openspaces.board.public_changes import change_facts
    from openspaces.wording import tells

    shown = json.dumps(change_facts(change, board), ensure_ascii=False, indent=1)
    return f"## {kind.value}\n\nIt reads: {tells(change, board)}.\n\n```json\n{shown}\n```"


def _examples() -> dict[Kind, tuple[Change, Board]]:
    """The first change of each kind that the moves of `every_move` lead to, and the board after it."""
    return {change.kind: (change, board) for change, board in reversed(list(_all_changes()))}


def _all_changes() -> Iterator[tuple[Change, Board]]:
    from tests.drawing import EPOCH, EVENT, asked
    from tests.every_move import DONE, MAKE

    from openspaces.board.fold import fold

    blank = Board(EVENT, EPOCH)
    made = asked(blank, *MAKE)
    assert isinstance(made, tuple)
    yield made[0], fold(blank, made[0])
    for case in DONE:
        playing = case.playing()
        board = playing.board
        for change in playing.do(case.move, case.by, case.at):
            board = fold(board, change)
            yield change, board


if __name__ == "__main__":
    import os

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "openspaces.settings")
    django.setup()
    for page, text in pages().items():
        page.write_text(text, encoding="utf-8")
