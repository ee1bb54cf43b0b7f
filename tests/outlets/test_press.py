"""The press prints each thing once, and always has something to hand out."""

import asyncio
import gzip
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace

import brotli
import pytest
import zstandard
from tests.drawing import EVE, EVENT, FACILITATOR, code, drawn, moves_of
from tests.outlets.pressing import ENGLISH, FRENCH, GERMAN, Rendering, out_of_ink, pressed, shown, wait_for

from openspaces.board.memory import MEMORY
from openspaces.board.moves import EditCard, ShieldCard
from openspaces.board.play import play
from openspaces.board.read import board_now
from openspaces.board.state import Board
from openspaces.board.vocabulary import Kind
from openspaces.outlets.base import Pull, Variant
from openspaces.outlets.press import QUEUE, NotPrinted, Press, Print, compressible

FIRST = drawn("09:00  Knit\n", planned=())
SECOND = replace(FIRST, number=FIRST.number + 1)
RESTORED = replace(FIRST, epoch="restored")


def test_many_who_ask_at_once_get_one_print() -> None:
    test = Rendering()
    test.trouble = lambda board: time.sleep(0.05)

    async def play(press: Press) -> list[Print]:
        return await asyncio.gather(*(press.get(test.pull, FIRST, ENGLISH, "gzip") for _ in range(50)))

    prints = pressed(play)
    assert test.asked == [(FIRST.number, "en")]
    assert {gzip.decompress(each.bodies["gzip"]) for each in prints} == {shown(FIRST)}


def test_each_number_epoch_and_variant_is_printed_once() -> None:
    test = Rendering()
    wanted = [(FIRST, ENGLISH), (FIRST, GERMAN), (SECOND, ENGLISH), (RESTORED, ENGLISH)]

    async def play(press: Press) -> list[bytes]:
        return [(await press.get(test.pull, *each)).bodies[""] for each in wanted for _ in range(2)]

    assert pressed(play) == [shown(*each) for each in wanted for _ in range(2)]
    assert test.asked == [(board.number, variant.language) for board, variant in wanted]


def test_who_comes_late_with_an_older_board_gets_the_newer_print() -> None:
    test = Rendering()

    async def play(press: Press) -> bytes:
        await press.get(test.pull, SECOND, ENGLISH)
        return (await press.get(test.pull, FIRST, ENGLISH)).bodies[""]

    assert pressed(play) == shown(SECOND)


def test_a_slow_print_of_an_older_board_does_not_replace_a_newer_one() -> None:
    test = Rendering()
    test.trouble = lambda board: time.sleep(0.2 if board is FIRST else 0)

    async def play(press: Press) -> bytes:
        slow = asyncio.create_task(press.get(test.pull, FIRST, ENGLISH))
        await asyncio.sleep(0.05)
        await press.get(test.pull, SECOND, ENGLISH)
        await slow
        return (await press.get(test.pull, SECOND, ENGLISH)).bodies[""]

    assert pressed(play) == shown(SECOND)
    assert test.asked == [(FIRST.number, "en"), (SECOND.number, "en")]


def test_a_print_that_fails_leaves_the_last_good_one() -> None:
    test = Rendering()

    async def play(press: Press) -> bytes:
        await press.get(test.pull, FIRST, ENGLISH)
        test.trouble = out_of_ink
        return (await press.get(test.pull, SECOND, ENGLISH)).bodies[""]

    assert pressed(play) == shown(FIRST)


def test_a_slow_print_leaves_the_last_good_one_and_comes_later() -> None:
    test = Rendering()
    go_on = threading.Event()

    async def play(press: Press) -> list[bytes]:
        await press.get(test.pull, FIRST, ENGLISH)
        test.trouble = lambda board: wait_for(go_on)
        meanwhile = await press.get(test.pull, SECOND, ENGLISH)
        go_on.set()
        return [meanwhile.bodies[""], (await press.get(test.pull, SECOND, ENGLISH)).bodies[""]]

    assert pressed(play, patience=0.2) == [shown(FIRST), shown(SECOND)]
    assert test.asked == [(FIRST.number, "en"), (SECOND.number, "en")]


def test_pictures_that_wait_for_each_other_do_not_make_a_page_stale() -> None:
    pictures, page, drawn_at_last = Rendering(slow=True, name="picture"), Rendering(), threading.Event()

    def dawdle(_: Board) -> None:
        drawn_at_last.wait(5)

    pictures.trouble = dawdle

    async def play(press: Press) -> bytes:
        await press.get(page.pull, FIRST, ENGLISH)
        waiting = [asyncio.create_task(press.get(pictures.pull, FIRST, each)) for each in (ENGLISH, GERMAN, FRENCH)]
        await asyncio.sleep(0)
        fresh = await press.get(page.pull, SECOND, ENGLISH)
        drawn_at_last.set()
        await asyncio.gather(*waiting)
        return fresh.bodies[""]

    assert pressed(play) == shown(SECOND)


def test_a_picture_asked_for_in_a_thousand_widths_keeps_nobody_waiting_for_long() -> None:
    test, drawn_at_last = Rendering(slow=True), threading.Event()
    test.trouble = lambda board: wait_for(drawn_at_last)
    widths = [replace(ENGLISH, width=width) for width in range(1000)]

    async def play(press: Press) -> list[int]:
        asking = [asyncio.create_task(press.get(test.pull, FIRST, each)) for each in (*widths, *widths)]
        await asyncio.sleep(0)
        refused = [each for each in asking if each.done() and isinstance(each.exception(), NotPrinted)]
        drawn_at_last.set()
        await asyncio.wait(asking)
        once_more = [await press.get(test.pull, FIRST, each) for each in widths[-2:]]
        return [len(asking) - len(refused), len(once_more)]

    assert pressed(play, patience=10) == [2 * QUEUE, 2]
    assert len(test.asked) == QUEUE + 2


def test_without_any_good_print_the_press_says_so_and_tries_again() -> None:
    test = Rendering()
    test.trouble = out_of_ink

    async def play(press: Press) -> bytes:
        with pytest.raises(NotPrinted):
            await press.get(test.pull, FIRST, ENGLISH)
        test.trouble = lambda board: None
        return (await press.get(test.pull, FIRST, ENGLISH)).bodies[""]

    assert pressed(play) == shown(FIRST)


def test_only_the_variants_asked_for_last_are_kept() -> None:
    test = Rendering(keep=2)

    async def play(press: Press) -> None:
        for variant in (ENGLISH, GERMAN, ENGLISH, FRENCH, ENGLISH, GERMAN):
            await press.get(test.pull, FIRST, variant)

    pressed(play)
    assert [language for _, language in test.asked] == ["en", "de", "fr", "de"]


def test_every_encoding_says_the_same_under_a_tag_of_its_own() -> None:
    test = Rendering()
    decode: dict[str, Callable[[bytes], bytes]] = {
        "": bytes,
        "br": brotli.decompress,
        "gzip": gzip.decompress,
        "zstd": lambda body: zstandard.ZstdDecompressor().decompress(body),
    }

    async def play(press: Press) -> list[Print]:
        return [await press.get(test.pull, FIRST, ENGLISH, encoding) for encoding in decode]

    made = dict(zip(decode, pressed(play), strict=True))
    assert {name: decode[name](each.bodies[name]) for name, each in made.items()} == dict.fromkeys(decode, shown(FIRST))
    assert len({each.etag(name) for name, each in made.items()}) == len(decode)
    assert len(test.asked) == 1


def test_what_was_asked_for_is_printed_again_after_a_change_before_anyone_asks(memory: None) -> None:
    test = Rendering(ahead=True)

    async def play(press: Press) -> bytes:
        MEMORY.keep(FIRST)
        await press.get(test.pull, FIRST, ENGLISH, "gzip")
        stop = press.follow([test.pull])
        MEMORY.keep(SECOND)
        await _until(lambda: len(test.asked) == 2)
        await asyncio.sleep(0.05)
        test.trouble = out_of_ink
        stop()
        return (await press.get(test.pull, SECOND, ENGLISH, "gzip")).bodies["gzip"]

    assert gzip.decompress(pressed(play)) == shown(SECOND)


def test_a_burst_of_changes_is_printed_ahead_once_or_twice_and_ends_with_the_newest(memory: None) -> None:
    test = Rendering(ahead=True)
    burst = [replace(FIRST, number=FIRST.number + more) for more in range(1, 101)]

    async def play(press: Press) -> None:
        MEMORY.keep(FIRST)
        await press.get(test.pull, FIRST, ENGLISH)
        press.follow([test.pull])
        test.trouble = lambda board: time.sleep(0.05)
        for board in burst:
            MEMORY.keep(board)
        await _until(lambda: test.asked[-1][0] == burst[-1].number)
        await asyncio.sleep(0.2)

    pressed(play)
    assert len(test.asked) <= 3
    assert test.asked[-1][0] == burst[-1].number


def test_an_outlet_that_asks_for_the_log_gets_its_last_changes_as_everyone_may_read_them(database: None) -> None:
    for move, by in moves_of("       oak\n09:00  Knit\n"):
        play(EVENT, move, by=by, at=EVE)
    edit = EditCard(card=code("Knit"), seen=99, title="Purl")
    play(EVENT, edit, by=FACILITATOR, at=EVE)
    then = board_now(EVENT)
    play(EVENT, ShieldCard(card=code("Knit"), reason="Rude"), by=FACILITATOR, at=EVE)
    told: dict[int, list[tuple[int, str]]] = {}

    def render(board: Board, variant: Variant) -> bytes:
        told[board.number] = [(change.number, change.before["words"].title) for change in variant.log]
        return str(board.number).encode()

    asks = Pull("asks", (), "text/plain", lambda asked, board: ENGLISH, render, log=frozenset({Kind.CARD_EDITED}))
    now = board_now(EVENT)
    assert then
    assert now

    async def play_on(press: Press) -> None:
        await press.get(asks, then, ENGLISH)
        await press.get(asks, now, ENGLISH)

    pressed(play_on)
    assert told == {then.number: [(then.number, "Knit")], now.number: [(then.number, "[…]")]}


@pytest.mark.parametrize(
    ("content_type", "smaller"),
    [
        ("text/html; charset=utf-8", True),
        ("image/svg+xml", True),
        ("application/json", True),
        ("text/calendar; charset=utf-8", True),
        ("image/png", False),
        ("application/pdf", False),
    ],
)
def test_only_text_is_compressed(content_type: str, smaller: bool) -> None:
    assert compressible(content_type) is smaller


@pytest.fixture
def memory() -> Iterator[None]:
    """A memory that forgets what the test kept, and no listener of an earlier one."""
    yield
    MEMORY.forget(FIRST.event)
    MEMORY._listeners.clear()


async def _until(so: Callable[[], bool]) -> None:
    async with asyncio.timeout(5):
        while not so():  # noqa: ASYNC110 - what it waits for happens in another thread
            await asyncio.sleep(0.01)
