"""An outlet of ours for the press to print, and a press that is closed again."""

import asyncio
import threading
from collections.abc import Callable, Coroutine
from dataclasses import replace
from typing import Any

from openspaces.board.state import Board
from openspaces.outlets.base import Pull, Variant
from openspaces.outlets.press import Press

ENGLISH, GERMAN, FRENCH = (Variant(language=code) for code in ("en", "de", "fr"))


class Rendering:
    """An outlet of ours: says which board and variant it shows, and counts how often it was asked."""

    def __init__(self, *, keep: int = 8, ahead: bool = False, slow: bool = False, name: str = "test") -> None:
        self.asked: list[tuple[int, str]] = []
        self.trouble: Callable[[Board], None] = lambda board: None
        self.pull = Pull(name, (), "text/plain", lambda asked, board: ENGLISH, self._render, keep, ahead, slow)

    def _render(self, board: Board, variant: Variant) -> bytes:
        self.asked.append((board.number, variant.language))
        self.trouble(board)
        return shown(board, variant)


def shown(board: Board, variant: Variant = ENGLISH) -> bytes:
    return f"{board.epoch} {board.number} {variant.language} ".encode() * 50


def next_of(board: Board) -> Board:
    return replace(board, number=board.number + 1)


def pressed(
    play: Callable[[Press], Coroutine[Any, Any, Any]], patience: float = 2.0, first_patience: float | None = None
) -> Any:
    async def run() -> Any:
        press = Press(patience=patience, first_patience=first_patience or patience)
        try:
            return await play(press)
        finally:
            press.close()

    return asyncio.run(run())


def out_of_ink(board: Board) -> None:
    raise RuntimeError("out of ink")


def wait_for(go_on: threading.Event) -> None:
    assert go_on.wait(5)
