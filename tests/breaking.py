"""A server that breaks wherever words of people are at hand, and finds everything slow: `-m tests.breaking PORT`."""

import asyncio
import os
import sys
import threading
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "openspaces.settings")

BREAKS, UNPRINTABLE = "Breaks:", "Unprintable:"
"""How titles begin that break the writer, and the press."""


def refuse_to_write() -> None:
    """The writer breaks on a card, with what it says in the exception, and its host in the one before."""
    from openspaces.board.moves import WriteCard

    decides = WriteCard.decide

    def decide(move: WriteCard, *given: Any) -> Any:
        if (move.title or "").startswith(BREAKS):
            try:
                raise KeyError(move.host)
            except KeyError:
                raise ValueError(f"cannot write {move.title}\nwith {move}") from None
        return decides(move, *given)

    setattr(WriteCard, "decide", decide)  # noqa: B010 - mypy minds an assignment


def refuse_to_print() -> None:
    """The press breaks on a board with such a card."""
    from openspaces.outlets import press

    work = press._work

    def refuses(pull: Any, board: Any, *given: Any) -> Any:
        for card in board.cards.values():
            if card.words.title.startswith(UNPRINTABLE):
                raise RuntimeError(f"cannot print {card.words}")
        return work(pull, board, *given)

    setattr(press, "_work", refuses)  # noqa: B010


def find_everything_slow() -> None:
    """Each request and each move is told."""
    from openspaces.board import counted
    from openspaces.lib import seldom
    from openspaces.live import requests

    setattr(counted, "SLOW_SECONDS", -1.0)  # noqa: B010
    setattr(requests, "SLOW_SECONDS", -1.0)  # noqa: B010
    setattr(seldom, "SECONDS", 0.0)  # noqa: B010


def break_beside(words: str) -> None:
    """A thread breaks, and a task that nobody waits for."""

    async def breaks() -> None:
        raise ValueError(words)

    def run() -> None:
        loop = asyncio.new_event_loop()
        task = loop.create_task(breaks())
        loop.run_until_complete(asyncio.wait({task}))
        del task
        raise LookupError(words)

    threading.Thread(target=run, name=words).start()


if __name__ == "__main__":
    django.setup()
    refuse_to_write()
    refuse_to_print()
    find_everything_slow()
    from openspaces.lib.logs import tell_the_rest
    from openspaces.server import serve

    tell_the_rest()
    break_beside(os.environ.get("BROKEN_WORDS", ""))
    serve("127.0.0.1", int(sys.argv[1]))
