"""One message on Discord says all day what the board says now."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from django.conf import LazySettings
from tests.delivery.trial import MINUTE, Working, telling
from tests.drawing import EVENT, FACILITATOR, at, cells, code
from tests.hostile import HOSTILE
from tests.intake.event import furnish, now
from tests.outlets.boards import board, with_cards
from tests.outlets.golden import golden
from tests.outlets.networks import Discord, on_loopback

from openspaces.board.moves import MoveCard, ShieldCard, TakeDown, WriteCard
from openspaces.board.moves.base import Move
from openspaces.board.play import play
from openspaces.board.words import clean
from openspaces.delivery.contract import Destination, Gone
from openspaces.delivery.destinations import set_up
from openspaces.delivery.models import Destination as Row
from openspaces.lib.addresses import networks
from openspaces.outlets.discord import DISCORD
from openspaces.outlets.discord.embed import embed

DRAWN = """
          oak     elm     fir     elsewhere
  09:00   Knit    Talk    .       Run at Gate
  10:00   Chess   "       .       .
  ---
  09:00   .       Jam     .       .
"""
SECOND = timedelta(seconds=1)


@pytest.fixture(autouse=True)
def _event(database: None, settings: LazySettings) -> None:
    settings.SEND_TO = networks("127.0.0.0/8")
    settings.BASE_URL = "https://board.example"
    furnish(DRAWN)


@pytest.fixture
def discord() -> Iterator[Discord]:
    with on_loopback(network := Discord()):
        yield network


@pytest.fixture
def working(discord: Discord) -> Iterator[Working]:
    set_up(EVENT, DISCORD, "There", {"url": f"{discord.address}{discord.PATH}"}, asks=False, by="hand")
    with telling(DISCORD) as working:
        working.at = at("08:59")
        working.on()
        yield working


def do(move: Move, clock: str) -> None:
    assert play(EVENT, move, by=FACILITATOR, at=at(clock)).refusal is None


def to(working: Working, clock: str, day: int = 0) -> None:
    for before in (30, 0):
        working.at = at(clock, day) - timedelta(seconds=before)
        working.on()


def says(discord: Discord) -> list[str]:
    """What the only message says, field by field."""
    (message,) = discord.messages.values()
    return [f"{each['name']}: {each['value']}" for each in message["fields"]]


FIRST = "**Oak**: Knit\n**Elm**: Talk\n**Gate**: Run\n1 place is free"
THEN = "10:00–11:00: **Oak**: Chess\n**Elm**: Talk, since 09:00\n1 place is free"


def test_one_message_says_what_is_on_now_and_then(discord: Discord, working: Working) -> None:
    to(working, "09:00")
    assert says(discord) == [f"09:00–10:00, now: {FIRST}", THEN]
    to(working, "10:00")
    assert says(discord) == [THEN.replace("10:00–11:00", "10:00–11:00, now")]
    assert [asked.method for asked in discord.asked] == ["POST", "PATCH"]


def test_a_change_is_in_it_some_seconds_later_and_five_at_once_are_one(discord: Discord, working: Working) -> None:
    to(working, "09:00")
    do(TakeDown(card=code("Chess")), "09:01")
    do(MoveCard(card=code("Run"), cells=cells("fir 10:00")), "09:01")
    working.at = at("09:01") + SECOND
    working.on()
    assert len(discord.asked) == 1
    working.on(5 * SECOND)
    assert says(discord)[1] == "10:00–11:00: **Elm**: Talk, since 09:00\n**Fir**: Run\n1 place is free"
    assert [asked.method for asked in discord.asked] == ["POST", "PATCH"]


def test_a_new_card_is_named_when_it_has_stood_for_three_minutes(discord: Discord, working: Working) -> None:
    to(working, "09:00")
    do(WriteCard(title="Late", cells=cells("fir 10:00"), code="2AAAAA"), "09:10")
    to(working, "09:11")
    assert says(discord)[1] == f"{THEN.removesuffix('1 place is free')}**Fir**: …"
    to(working, "09:14")
    assert says(discord)[1] == f"{THEN.removesuffix('1 place is free')}**Fir**: Late"


def test_what_is_hidden_goes_at_once(discord: Discord, working: Working) -> None:
    to(working, "09:00")
    do(ShieldCard(card=code("Knit"), reason="Rude"), "09:10")
    working.at = at("09:10")
    working.on()
    assert says(discord)[0].splitlines()[0] == "09:00–10:00, now: **Oak**: Hidden until somebody has read it"


def test_the_next_day_has_a_message_of_its_own_and_the_old_one_goes(discord: Discord, working: Working) -> None:
    to(working, "09:00")
    to(working, "11:00")
    assert says(discord) == ["09:00–10:00: **Elm**: Jam\n2 places are free"]
    assert [asked.method for asked in discord.asked] == ["POST", "PATCH", "DELETE", "POST"]


def test_a_message_that_somebody_deleted_is_begun_again(discord: Discord, working: Working) -> None:
    to(working, "09:00")
    discord.messages.clear()
    to(working, "10:00")
    assert says(discord) == [THEN.replace("10:00–11:00", "10:00–11:00, now")]


def test_discord_is_asked_again_when_it_says_so_and_not_before(discord: Discord, working: Working) -> None:
    to(working, "08:59")
    discord.troubles = [(429, {"message": "You are being rate limited.", "retry_after": 64.5, "global": False})]
    to(working, "09:00")
    working.on(MINUTE)
    assert (len(discord.asked), discord.messages) == (1, {})
    working.on(5 * SECOND)
    assert says(discord)[0] == f"09:00–10:00, now: {FIRST}"


def test_a_webhook_that_is_gone_stops_the_outlet_and_says_what_to_do(discord: Discord, working: Working) -> None:
    discord.troubles = [(404, {"message": "Unknown Webhook", "code": 10015})]
    to(working, "09:00")
    row = Row.objects.get()
    says = "Discord does not know this webhook any more. Make a new one and copy its URL here."
    assert (row.trouble, row.stopped is not None) == (says, True)


def test_trying_it_out_posts_nothing(discord: Discord) -> None:
    there = Destination(1, EVENT, "discord", "There", {"url": f"{discord.address}{discord.PATH}"})
    assert DISCORD.try_out is not None
    DISCORD.try_out(there, now())
    assert [asked.method for asked in discord.asked] == ["GET"]
    with pytest.raises(Gone):
        DISCORD.try_out(replace(there, settings={"url": f"{discord.address}/api/webhooks/1/x"}), now())


@pytest.mark.parametrize(
    ("url", "wrong"),
    [
        ("https://discord.com/api/webhooks/123/sword-fish_1", []),
        ("https://discord.com/api/v10/webhooks/123/swordfish?thread_id=5", []),
        ("https://discord.com/channels/1/2", ["url"]),
        ("", []),
    ],
)
def test_only_the_address_of_a_webhook_is_taken(url: str, wrong: list[str]) -> None:
    assert list(DISCORD.check({"url": url})) == wrong


def test_hostile_titles_make_no_mention_no_link_and_no_markup() -> None:
    titles = tuple(clean("title", each) for each in HOSTILE.values())
    full = with_cards(board(rooms=8, hours=range(9, 13)), 40, titles)
    day = full.days[0]
    shown, again = (embed(full, day, day.slots[0].starts - MINUTE) for _ in range(2))
    assert shown == again
    written = "\n".join(f"{each['name']}\n{each['value']}" for each in shown["fields"])
    assert written == golden("discord.txt", written)
    assert len(json.dumps(shown)) > 0


def test_a_board_of_forty_rooms_fits(discord: Discord) -> None:
    full = with_cards(board(rooms=40), 400, ("A title that is about as long as titles of talks may become, says one",))
    day = full.days[0]
    shown = embed(full, day, day.slots[0].starts)
    discord._kept("1", {"allowed_mentions": {"parse": []}, "embeds": [shown]})
    assert [each["value"].rpartition("\n")[2].startswith("and ") for each in shown["fields"]] == [True] * 5
