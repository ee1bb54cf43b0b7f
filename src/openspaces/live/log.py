"""The log over HTTP: `GET /api/{event}/changes?after=N&limit=L`."""

from typing import Any
from urllib.parse import parse_qsl

from openspaces.board.memory import MEMORY
from openspaces.board.read import changes_after
from openspaces.board.state import Board
from openspaces.live.asgi import Scope
from openspaces.outlets.registry import change_facts

MOST = 1000


class BadNumber(ValueError):
    """A parameter is no number; its text is its name."""


def after_and_limit(scope: Scope) -> tuple[int, int]:
    """What `?after=&limit=` say; raises BadNumber."""
    asked = query(scope)
    return _number(asked, "after", 0), min(_number(asked, "limit", MOST), MOST)


def changes(board: Board, after: int, limit: int) -> dict[str, Any]:
    """The changes after a number, as the API shows them. Asks the database."""
    found = changes_after(board.event, after, limit)
    newest = MEMORY.board(board.event) or board
    return {
        "epoch": newest.epoch,
        "number": max([newest.number, *(change.number for change in found)]),
        "changes": [change_facts(change, newest) for change in found],
    }


def query(scope: Scope) -> dict[str, str]:
    """The parameters in the address."""
    return dict(parse_qsl(scope["query_string"].decode("latin-1"), keep_blank_values=True))


def _number(asked: dict[str, str], name: str, default: int) -> int:
    value = asked.get(name, str(default))
    if not (value.isascii() and value.isdecimal() and len(value) < 16):
        raise BadNumber(name)
    return int(value)
