"""The streams: who listens hears every change once, who was away hears what was missed, and nobody holds others up."""

import asyncio
import re
import signal
import socket
import threading
import time
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

import httpx
import pytest
from django.conf import LazySettings
from tests.drawing import cell, day_of
from tests.live.listening import InThread, ask_for, listening, serving_here, wait_until
from tests.servers import installation, start

from openspaces.board.memory import MEMORY
from openspaces.board.moves import ChangeEvent, CloseCell, FollowPlan, MoveCard, Plan, Profile, WriteCard
from openspaces.board.play import Outcome, play
from openspaces.board.public_changes import change_facts
from openspaces.board.read import board_now, changes_after
from openspaces.board.state import Board, Room
from openspaces.board.vocabulary import Cell
from openspaces.people.who import PROGRAM

EVENT = "camp"
LAST_CHUNK = b"0\r\n\r\n"
HOSTILE = "data: x\n\nevent: resync\r\ndata: {}  <script>"


@pytest.fixture
def server(database: None) -> Iterator[InThread]:
    furnish()
    with serving_here() as serving:
        yield serving


def furnish() -> None:
    """Make an event with three rooms and two days."""
    rooms = (Room("oak", "Oak"), Room("elm", "Elm"), Room("elsewhere", "Elsewhere", elsewhere=True))
    hours = [f"{hour:02}:00" for hour in range(9, 21)]
    days = tuple(day_of(hours, ("oak", "elm", "elsewhere"), number) for number in range(2))
    done(play(EVENT, FollowPlan(plan=Plan(event=EVENT, profile=_profile(), rooms=rooms, days=days)), by=PROGRAM))


def test_a_page_gets_the_cells_that_changed_drawn_as_on_the_page(server: InThread) -> None:
    with listening(f"{server.address}/{EVENT}/live") as page:
        placed = write("Knitting", cell("oak 09:00"))
        frame = page.next()
    html = next(each["html"] for each in frame.data["cells"] if each["id"] == f"cell-{cell('oak 09:00')}")
    assert frame.id == f"{board().epoch}:{placed.number}"
    assert frame.data["number"] == placed.number
    assert html in httpx.get(f"{server.address}/{EVENT}/").text
    assert "Knitting" in html


def test_a_page_gets_both_cells_of_a_move_and_one_sentence(server: InThread) -> None:
    code = write("Knitting", cell("oak 09:00")).changes[0].card
    with listening(f"{server.address}/{EVENT}/live") as page:
        done(play(EVENT, MoveCard(card=code, cells=(cell("elm 10:00"),)), by=PROGRAM))
        frame = page.next()
    ids = {each["id"] for each in frame.data["cells"] if each["id"].startswith("cell-")}
    assert ids == {f"cell-{cell('oak 09:00')}", f"cell-{cell('elm 10:00')}"}
    assert len(frame.data["says"]) == 1


def test_a_reader_who_goes_is_let_go_though_another_request_waits_behind_its_stream(server: InThread) -> None:
    with ask_for(server.address, f"/{EVENT}/live HTTP/1.1\r\nHost: test\r\n\r\nGET /{EVENT}/", 4096) as reader:
        assert reader.recv(12) == b"HTTP/1.1 200"
        wait_until(lambda: server.front.hub.count == 1)
    wait_until(lambda: server.front.hub.count == 0)  # before the next beat, which would find it too


def test_pages_of_two_languages_each_hear_their_own(server: InThread) -> None:
    address = f"{server.address}/{EVENT}/live"
    with (
        listening(f"{address}?lang=de") as german,
        listening(address, Accept_Language="de-AT,en;q=0.5") as austrian,
        listening(address, Accept_Language="fr, en;q=0.5") as english,
    ):
        write("Knitting", cell("oak 09:00"))
        said = [each.next().data["says"] for each in (german, austrian, english)]
    assert said[0] == said[1]
    assert said[0] != said[2]


def test_a_page_is_told_to_fetch_itself_when_more_than_cells_changed(server: InThread) -> None:
    with listening(f"{server.address}/{EVENT}/live") as page:
        done(play(EVENT, ChangeEvent(profile=replace(_profile(), name="Camp 2")), by=PROGRAM))
        frame = page.next()
    assert (frame.event, frame.number) == ("resync", board().number)


def test_a_program_gets_every_change_as_the_log_has_it(server: InThread) -> None:
    before = board().number
    with listening(f"{server.address}/api/{EVENT}/live") as program:
        write("Knitting", cell("oak 09:00"))
        last = done(play(EVENT, CloseCell(cells=(cell("elm 09:00"),), reason="Lunch"), by=PROGRAM))
        frames = program.until(last.number)
    assert [frame.data for frame in frames] == public_log(before)
    assert {frame.event for frame in frames} == {"change"}
    asked = httpx.get(f"{server.address}/api/{EVENT}/changes?after={before}").json()
    assert asked == {"epoch": board().epoch, "number": last.number, "changes": public_log(before)}


def test_nothing_that_a_host_writes_breaks_out_of_its_frame(server: InThread) -> None:
    with (
        listening(f"{server.address}/{EVENT}/live") as page,
        listening(f"{server.address}/api/{EVENT}/live") as program,
    ):
        number = done(
            play(EVENT, WriteCard(title=HOSTILE, text=HOSTILE, cells=(cell("oak 09:00"),)), by=PROGRAM)
        ).number
        frames = [page.next(), *program.until(number)]
        marker = write("The next", cell("oak 10:00")).number
        following = page.next()
    assert [frame.event for frame in frames] == ["cells", "change", "change"]
    assert (following.event, following.number) == ("cells", marker)
    assert "<script" not in "".join(each["html"] for each in frames[0].data["cells"])


@pytest.mark.parametrize("prefix", ["", "/api"])
def test_who_was_away_gets_exactly_what_was_missed(server: InThread, prefix: str) -> None:
    address = f"{server.address}{prefix}/{EVENT}/live"
    with listening(address) as before:
        seen = write("Knitting", cell("oak 09:00"))
        heard = before.until(seen.number)
    missed = [move.number for move in (close("oak 10:00"), close("oak 11:00"), close("oak 12:00"))]
    with listening(address, Last_Event_ID=heard[-1].id) as again:
        frames = again.until(missed[-1])
    assert [frame.number for frame in frames] == missed
    assert {frame.event for frame in frames} == {"change" if prefix else "cells"}


@pytest.mark.parametrize("asks", ["number={number}", "last={epoch}:{number}"])
def test_a_page_says_in_its_address_how_far_it_is(server: InThread, asks: str) -> None:
    start_number = board().number
    last = close("oak 10:00").number
    query = asks.format(number=start_number, epoch=board().epoch)
    with listening(f"{server.address}/{EVENT}/live?{query}") as page:
        frames = page.until(last)
    assert [(frame.event, frame.number) for frame in frames] == [("cells", last)]


def test_a_program_in_the_middle_of_a_batch_gets_the_rest_of_it(server: InThread) -> None:
    with listening(f"{server.address}/api/{EVENT}/live"):
        placed = write("Knitting", cell("oak 09:00"))
        wait_until(lambda: channel(server).number == placed.number)
    with listening(f"{server.address}/api/{EVENT}/live?last={board().epoch}:{placed.number - 1}") as program:
        frames = program.until(placed.number)
    assert [frame.number for frame in frames] == [placed.number]


@pytest.mark.parametrize("last", ["elsewhen:{number}", "{epoch}:{beyond}"])
def test_who_comes_from_another_log_fetches_the_whole(server: InThread, last: str) -> None:
    number = board().number
    header = last.format(number=number, epoch=board().epoch, beyond=number + 100)
    with listening(f"{server.address}/{EVENT}/live", Last_Event_ID=header) as page:
        frame = page.next()
        marker = close("oak 10:00").number
        following = page.next()
    assert (frame.event, frame.number) == ("resync", number)
    assert (following.event, following.number) == ("cells", marker)


@pytest.mark.parametrize("last", ["yesterday", "{epoch}:-1", "{epoch}:1e1", ":::", "9" * 40])
def test_who_comes_with_something_else_than_a_position_fetches_the_whole(server: InThread, last: str) -> None:
    header = last.format(epoch=board().epoch)
    with listening(f"{server.address}/{EVENT}/live", Last_Event_ID=header) as page:
        frame = page.next()
    assert (frame.event, frame.id) == ("resync", f"{board().epoch}:{board().number}")


def test_nothing_in_an_address_becomes_a_frame(server: InThread) -> None:
    with listening(f"{server.address}/{EVENT}/live?last=%0Aevent:%20bye%0Adata:%20{{}}%0A%0A:7") as page:
        assert page.next().event == "resync"


def test_who_was_away_for_longer_than_the_ring_fetches_the_whole(
    server: InThread, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("openspaces.live.channel.RING", 3)
    numbers = [close(f"oak {hour}:00").number for hour in range(10, 16)]
    with listening(f"{server.address}/{EVENT}/live?number={numbers[1]}") as too_late:
        frame = too_late.next()
    with listening(f"{server.address}/{EVENT}/live?number={numbers[2]}") as in_time:
        frames = in_time.until(numbers[-1])
    assert (frame.event, frame.number) == ("resync", numbers[-1])
    assert [each.number for each in frames] == numbers[3:]


def test_after_a_restore_everyone_fetches_the_whole_and_goes_on(server: InThread) -> None:
    with listening(f"{server.address}/{EVENT}/live") as page:
        close("oak 10:00")
        page.next()
        _restore("restored")
        frame = page.next()
        marker = close("oak 11:00").number
        following = page.next()
    assert (frame.event, frame.id) == ("resync", f"restored:{board().number - 1}")
    assert (following.event, following.id) == ("cells", f"restored:{marker}")


def test_readers_who_come_and_go_while_many_write_hear_each_change_once(server: InThread) -> None:
    moments = [cell(f"{room} {hour:02}:00", day) for room in ("oak", "elm") for hour in range(9, 21) for day in (0, 1)]
    first = board().number
    with ThreadPoolExecutor(8) as writers:
        begun = [writers.submit(write, f"Card {number}", each) for number, each in enumerate(moments)]
        readers = [writers.submit(_heard_in_pieces, server, first, first + 2 * len(moments)) for _ in range(4)]
        outcomes: list[Future[Outcome]] = begun
        assert {future.result().refusal for future in outcomes} == {None}
        heard = [future.result() for future in readers]
    assert heard == [list(range(first + 1, first + 2 * len(moments) + 1))] * 4


def test_what_happens_while_readers_catch_up_is_not_lost(server: InThread) -> None:
    hours = [f"{room} {hour:02}:00" for room in ("oak", "elm") for hour in range(9, 21)]
    first, last = board().number, board().number + len(hours)

    def hear() -> set[str]:
        with listening(f"{server.address}/{EVENT}/live?number={first}") as page:
            return {each["id"] for frame in page.until(last) for each in frame.data["cells"]}

    heard: list[Future[set[str]]] = []
    with ThreadPoolExecutor(20) as readers:
        for name in hours:
            close(name)
            heard += [readers.submit(hear)] * (len(heard) < 18)
        cells = [{each for each in reader.result() if each.startswith("cell-")} for reader in heard]
    assert cells == [{f"cell-{cell(name)}" for name in hours}] * 18


def test_a_reader_who_has_seen_more_at_another_process_waits_for_us_to_catch_up(server: InThread) -> None:
    server.front._follower.stop()
    behind = board()
    ahead = close("oak 10:00").number
    MEMORY.correct(behind)
    with listening(f"{server.address}/{EVENT}/live?number={ahead}") as page:
        following = close("oak 11:00").number
        frame = page.next()
    assert (frame.event, frame.number) == ("cells", following)


def test_who_does_not_read_is_dropped_and_the_others_hear_everything(server: InThread) -> None:
    address = f"{server.address}/{EVENT}/live"
    stalled = ask_for(server.address, f"/{EVENT}/live", receive_bytes=4096)
    with listening(address) as page:
        wait_until(lambda: len(channel(server).streams) == 2)
        for number in range(40):
            _say(server, f'event: cells\nid: x:{number}\ndata: {{"long": "{"x" * 500_000}"}}\n\n'.encode())
            assert page.next().number == number
        wait_until(lambda: len(channel(server).streams) == 1)
    with stalled:
        assert not _all_of(stalled).endswith(LAST_CHUNK)


def test_a_stream_over_the_limit_gets_a_polling_answer(server: InThread, settings: LazySettings) -> None:
    settings.STREAMS = 1
    address = f"{server.address}/{EVENT}/live"
    with listening(address):
        refused = httpx.get(address)
    wait_until(lambda: server.front.hub.count == 0)
    with listening(address) as after:
        assert after.answer.status_code == 200
    assert refused.status_code == 503
    assert 1 <= int(refused.headers["Retry-After"]) <= 60


def test_readers_are_told_to_come_back_at_different_times(server: InThread) -> None:
    waits = []
    for _ in range(12):
        with listening(f"{server.address}/{EVENT}/live") as page:
            waits.append(int(page.opening["retry"]))
    assert all(1_000 <= wait <= 10_000 for wait in waits)
    assert len(set(waits)) > 3


def test_a_quiet_stream_beats(server: InThread, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("openspaces.live.hub.BEAT_SECONDS", 0.05)
    with serving_here() as quick, httpx.stream("GET", f"{quick.address}/{EVENT}/live", timeout=5) as answer:
        heard = ""
        for part in answer.iter_text():
            heard += part
            if heard.count("event: beat") == 2:
                break
    assert re.findall(r"event: beat\ndata: (.*)\n", heard) == [f'{{"number":{board().number}}}'] * 2


def test_an_open_stream_keeps_no_answer_waiting(server: InThread) -> None:
    opened = [ask_for(server.address, f"/{EVENT}/live", 4096) for _ in range(50)]
    wait_until(lambda: server.front.hub.count == 50)
    threads = threading.active_count()
    before = time.monotonic()
    assert httpx.get(f"{server.address}/healthz").json()["streams"] == 50
    assert time.monotonic() - before < 1
    assert threads < 30
    for each in opened:
        each.close()


def test_a_reader_who_asked_for_more_behind_the_stream_is_let_go_too(
    server: InThread, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("openspaces.live.hub.BEAT_SECONDS", 0.1)
    reader = ask_for(server.address, f"/{EVENT}/live", 65536)
    assert reader.recv(10_000).startswith(b"HTTP/1.1 200 ")
    reader.sendall(b"GET /healthz HTTP/1.1\r\nHost: test\r\n\r\n")
    wait_until(lambda: server.front.hub.count == 1)
    reader.close()
    for hour in range(9, 12):
        close(f"oak {hour:02}:00")
    wait_until(lambda: server.front.hub.count == 0)


@pytest.mark.parametrize("asked_by", [signal.SIGTERM, signal.SIGINT])
def test_the_server_says_goodbye_and_ends_well_within_five_seconds(tmp_path: Path, asked_by: signal.Signals) -> None:
    with installation(tmp_path / "data") as home:
        server = start(home)
        stalled = ask_for(server.address, "/race/live", 4096)
        with listening(f"{server.address}/race/live") as page:
            asked = time.monotonic()
            server.process.send_signal(asked_by)
            frame = page.next()
            assert page.is_over()
            status = server.process.wait(10)
        stalled.close()
    assert frame.event == "bye"
    assert status == 0
    assert time.monotonic() - asked < 5


# Helpers, in the order used


def _profile() -> Profile:
    return Profile(name="Camp", timezone="Asia/Kolkata")


def done(outcome: Outcome) -> Outcome:
    assert outcome.refusal is None, outcome.refusal
    return outcome


def board() -> Board:
    now = MEMORY.board(EVENT)
    assert now is not None
    return now


def write(title: str, at: Cell) -> Outcome:
    return done(play(EVENT, WriteCard(title=title, cells=(at,)), by=PROGRAM))


def close(name: str) -> Outcome:
    return done(play(EVENT, CloseCell(cells=(cell(name),), reason="Lunch"), by=PROGRAM))


def public_log(after: int) -> list[dict[str, Any]]:
    now = board_now(EVENT)
    assert now is not None
    return [change_facts(change, now) for change in changes_after(EVENT, after)]


def channel(server: InThread) -> Any:
    return server.front.hub._channels[EVENT]


def _restore(epoch: str) -> None:
    from openspaces.board.models import Event

    Event.objects.filter(slug=EVENT).update(epoch=epoch)
    wait_until(lambda: board().epoch == epoch)


def _heard_in_pieces(server: InThread, after: int, until: int) -> list[int]:
    """What a program hears that loses its connection after every few changes."""
    heard: list[int] = []
    last = f"{board().epoch}:{after}"
    while not heard or heard[-1] < until:
        with listening(f"{server.address}/api/{EVENT}/live", Last_Event_ID=last) as program:
            for _ in range(7):
                frame = program.next()
                assert frame.event == "change"
                heard.append(frame.number)
                last = frame.id
                if frame.number == until:
                    break
    return heard


def _all_of(connection: socket.socket) -> bytes:
    """What still comes until the connection ends."""
    heard = b""
    while more := connection.recv(1_000_000):
        heard = heard[-100:] + more
    return heard


def _say(server: InThread, frame: bytes) -> None:
    loop = server.front.hub._minding[0].get_loop()
    asyncio.run_coroutine_threadsafe(channel(server).say(frame), loop).result(5)
