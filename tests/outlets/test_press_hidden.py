"""What is hidden or erased by now is on no print that the press hands out, however late the next one is."""

import asyncio
import threading
from dataclasses import replace

import pytest
from tests.drawing import FACILITATOR, after, code, drawn
from tests.outlets.pressing import ENGLISH, Rendering, next_of, out_of_ink, pressed, shown, wait_for

from openspaces.board.moves import EraseHosts, ShieldCard
from openspaces.outlets.press import QUEUE, NotPrinted, Press
from openspaces.people.who import PROGRAM

KNIT = code("Knit")
EMPTY, READABLE = (drawn(f"       oak\n09:00  {card}\n") for card in (".", "Knit"))
SHIELDED = after(READABLE, ShieldCard(card=code("Knit"), reason="Rude"), FACILITATOR)
ERASED = after(READABLE, EraseHosts(cards=(KNIT,), words={KNIT: READABLE.cards[KNIT].words}), PROGRAM)


def test_a_print_that_shows_what_is_hidden_by_now_is_handed_out_to_nobody() -> None:
    test = Rendering()

    async def play(press: Press) -> list[bytes]:
        await press.get(test.pull, READABLE, ENGLISH)
        test.trouble = out_of_ink
        kept = (await press.get(test.pull, next_of(READABLE), ENGLISH)).bodies[""]
        with pytest.raises(NotPrinted):
            await press.get(test.pull, SHIELDED, ENGLISH)
        test.trouble = lambda board: None
        fresh = (await press.get(test.pull, SHIELDED, ENGLISH)).bodies[""]
        test.trouble = out_of_ink
        later = (await press.get(test.pull, next_of(SHIELDED), ENGLISH)).bodies[""]
        return [kept, fresh, later]

    assert pressed(play) == [shown(READABLE), shown(SHIELDED), shown(SHIELDED)]


def test_a_print_from_before_the_hidden_card_was_written_may_still_be_handed_out() -> None:
    test = Rendering()

    async def play(press: Press) -> bytes:
        await press.get(test.pull, EMPTY, ENGLISH)
        test.trouble = out_of_ink
        return (await press.get(test.pull, SHIELDED, ENGLISH)).bodies[""]

    assert pressed(play) == shown(EMPTY)


def test_a_print_from_before_names_were_erased_is_handed_out_to_nobody() -> None:
    test = Rendering()
    restored = replace(ERASED, epoch="restored")

    async def play(press: Press) -> list[bytes]:
        await press.get(test.pull, READABLE, ENGLISH)
        test.trouble = out_of_ink
        with pytest.raises(NotPrinted):
            await press.get(test.pull, ERASED, ENGLISH)
        test.trouble = lambda board: None
        fresh = (await press.get(test.pull, ERASED, ENGLISH)).bodies[""]
        test.trouble = out_of_ink
        later = (await press.get(test.pull, next_of(ERASED), ENGLISH)).bodies[""]
        with pytest.raises(NotPrinted):
            await press.get(test.pull, restored, ENGLISH)
        return [fresh, later]

    assert pressed(play) == [shown(ERASED), shown(ERASED)]


def test_whoever_would_get_a_print_that_tells_too_much_waits_longer() -> None:
    test = Rendering()
    go_on = threading.Event()

    async def play(press: Press) -> bytes:
        await press.get(test.pull, READABLE, ENGLISH)
        test.trouble = lambda board: wait_for(go_on)
        waiting = asyncio.create_task(press.get(test.pull, SHIELDED, ENGLISH))
        await asyncio.sleep(0.2)
        go_on.set()
        return (await waiting).bodies[""]

    assert pressed(play, patience=0.01, first_patience=10.0) == shown(SHIELDED)


def test_where_many_wait_the_last_good_picture_is_handed_out_unless_it_tells_too_much() -> None:
    test, drawn_at_last = Rendering(slow=True, keep=QUEUE), threading.Event()
    newer = replace(READABLE, number=SHIELDED.number)

    async def play(press: Press) -> list[int]:
        await press.get(test.pull, READABLE, ENGLISH)
        test.trouble = lambda board: wait_for(drawn_at_last)
        others = [press.get(test.pull, newer, replace(ENGLISH, width=width + 1)) for width in range(QUEUE)]
        waiting = [asyncio.create_task(each) for each in others]
        await asyncio.sleep(0)
        last_good = await press.get(test.pull, newer, ENGLISH)
        hidden = asyncio.create_task(press.get(test.pull, replace(SHIELDED, number=newer.number + 1), ENGLISH))
        await asyncio.sleep(0)
        drawn_at_last.set()
        await asyncio.wait(waiting)
        return [last_good.number, (await hidden).number]

    assert pressed(play, patience=10) == [READABLE.number, newer.number + 1]
    assert len(test.asked) == 1 + QUEUE + 1
