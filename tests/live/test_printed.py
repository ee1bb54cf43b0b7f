"""The answers that are kept for a moment, without a server."""

import asyncio

import pytest
from tests.outlets.boards import board

from openspaces.board.memory import MEMORY
from openspaces.live.printed import BYTES, Answers, Key
from openspaces.live.routes import Route
from openspaces.outlets.base import Pull, Variant
from openspaces.outlets.press import Press

BOARD = board()
LARGE = BYTES // 8
PICTURE = Pull(
    name="picture",
    paths=("/{event}/picture.png",),
    content_type="image/png",
    variant=lambda asked, _: Variant(width=int(asked.query["w"])),
    render=lambda _, variant: bytes(LARGE),
)


def key_of_width(width: int) -> Key:
    return f"/{BOARD.event}/picture.png", f"w={width}".encode(), b"", b""


async def kept_of(widths: range) -> list[int]:
    """The widths of which the answer is still there when all of them were asked for."""
    press = Press()
    answers = Answers(press)
    try:
        for width in widths:
            await answers.make(key_of_width(width), Route(PICTURE, {"event": BOARD.event}), BOARD)
        return [width for width in widths if answers.given(key_of_width(width))]
    finally:
        press.close()


def test_whoever_asks_for_a_picture_in_every_width_fills_no_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    MEMORY.correct(BOARD)
    monkeypatch.setattr("openspaces.live.printed.SECONDS", 60.0)  # however slow the machine is
    kept = asyncio.run(kept_of(range(20)))
    assert (kept[-1], len(kept) * LARGE <= BYTES) == (19, True)
    assert asyncio.run(kept_of(range(4))) == [0, 1, 2, 3]
    MEMORY.forget(BOARD.event)


def test_whoever_asks_at_great_length_fills_no_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    MEMORY.correct(BOARD)
    monkeypatch.setattr("openspaces.live.printed.SECONDS", 60.0)
    monkeypatch.setattr("openspaces.live.printed.BYTES", LARGE + 100_000)
    assert asyncio.run(kept_of_long(["a" * 60_000, "b" * 60_000])) == [False, True]
    MEMORY.forget(BOARD.event)


async def kept_of_long(queries: list[str]) -> list[bool]:
    """Whether the answer to each of these queries is still there when all of them were asked for."""
    press = Press()
    answers = Answers(press)
    keys = [(f"/{BOARD.event}/picture.png", f"w=1&{query}".encode(), b"", b"") for query in queries]
    try:
        for key in keys:
            await answers.make(key, Route(PICTURE, {"event": BOARD.event}), BOARD)
        return [answers.given(key) is not None for key in keys]
    finally:
        press.close()
