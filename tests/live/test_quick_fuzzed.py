"""The quick way past ASGI says what uvicorn and the application would have said, byte for byte, or nothing."""

from contextlib import AsyncExitStack
from functools import partial

import pytest
from tests.live.asking import pieces
from tests.live.loopback import Base, Say, Side, change, on_the_board, plain, quick, run
from tests.promises import Chance

from openspaces.live.quick import Quick

__all__ = ["on_the_board"]
STREAMS = 400


class Careless(Quick):
    """Takes what looks like a head for one wherever it comes: in the middle of a body too."""

    def _is_between(self) -> bool:
        return True


def test_any_stream_of_bytes_gets_the_same_answer_as_without_the_quick_way(chance: Chance) -> None:
    differing, passed = compared(chance, quick, STREAMS)
    assert differing == []
    assert passed > STREAMS / 4  # so many requests did go the quick way


@pytest.mark.faults
def test_ten_thousand_streams_of_bytes_get_the_same_answers(chance: Chance) -> None:
    differing, _ = compared(chance, quick, 10_000)
    assert differing == []


def test_a_quick_way_that_takes_a_body_for_a_request_is_noticed(chance: Chance) -> None:
    differing, _ = compared(chance, partial(quick, base=Careless), STREAMS)
    assert differing != []


def compared(chance: Chance, base: Base, streams: int) -> tuple[list[list[Say]], int]:
    """The first stream to which both sides do not say the same, and how many requests never reached the application."""
    differing: list[list[Say]] = []
    sides = Side(plain), Side(base)

    async def compare() -> None:
        async with AsyncExitStack() as stack:
            ports = [await stack.enter_async_context(side.serving()) for side in sides]
            for _ in range(streams):
                tags = [known.etag.encode() for known in sides[0].front.answers._given.values()]
                said: list[Say] = list(pieces(chance, tags or [b'"none"']))
                if chance.random() < 0.05:
                    change()
                if not await same(said, ports):
                    differing.append(said)
                    return

    async def same(said: list[Say], ports: list[int]) -> bool:
        heard = [await side.hear(port, said) for side, port in zip(sides, ports, strict=True)]
        return heard[0] == heard[1]

    run(compare)
    return differing, sides[0].asked - sides[1].asked
