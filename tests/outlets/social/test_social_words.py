"""Posts are as long as each service takes them, and people's words in them are just words."""

import re
from dataclasses import replace

import pytest
from tests.delivery.trial import MINUTE
from tests.drawing import EVENT
from tests.hostile import HOSTILE
from tests.intake.event import now
from tests.outlets import boards
from tests.outlets.boards import with_cards
from tests.outlets.golden import golden
from tests.outlets.social.posting import (
    ADDRESS,
    ALL,
    COMMON,
    TOLD,
)

from openspaces.board.words import clean
from openspaces.delivery.contract import Destination, Job, Push
from openspaces.outlets.social.measures import ANYWHERE, BLUESKY, MASTODON
from openspaces.outlets.social.measures import X as X_

# Words and lengths


@pytest.mark.parametrize("push", ALL, ids=[push.name for push in ALL])
def test_hostile_titles_call_nobody_tag_nothing_and_lead_nowhere(push: Push) -> None:
    shown = "\n".join(previews(push, list(HOSTILE.values())))
    written = golden(f"posts-{push.name}.txt", shown)
    assert shown == written
    users = [line for line in shown.splitlines() if line != ADDRESS and not line.startswith("#PyCamp")]
    assert [line for line in users if re.search(r"[@＠#＃](?!\u2060)\S|://|\w\.\w", line)] == []


def previews(push: Push, titles: list[str]) -> list[str]:
    """The post about each hostile title alone, and about all of them at once."""
    board = now()
    there = Destination(1, EVENT, push.name, "There", COMMON)
    job = Job(EVENT, push.name, there, "", "slot 0517-0900", 0, 0, TOLD, TOLD, "key")
    said = []
    for title in [*titles, "Supercalifragilistic 👩‍👩‍👧‍👦 expialidocious " * 2]:
        (card,) = (card for card in board.cards.values() if card.words.title == "Knit")
        titled = board.with_card(replace(card, words=replace(card.words, title=clean("title", title[:80]))))
        message = push.compose(job, titled)
        assert message is not None
        said.append(message.preview)
    return said


LONG = "Größe, बहुत लंबा शीर्षक, 長い題名の話をしましょう 👩‍👩‍👧‍👦"


@pytest.mark.parametrize("push", ALL, ids=[push.name for push in ALL])
def test_a_slot_of_forty_rooms_says_as_much_as_there_is_room_for(push: Push) -> None:
    full = with_cards(boards.board(rooms=40, hours=range(9, 11)), 60, (LONG,))
    start = full.slots["0517-0900"].starts
    there = Destination(1, full.event, push.name, "There", {**COMMON, "link": "on"})
    job = Job(full.event, push.name, there, "", "slot 0517-0900", 0, 0, start - 10 * MINUTE, start - 10 * MINUTE, "key")
    message = push.compose(job, full)
    assert message is not None
    text: str = message.content.post.text
    lines = text.splitlines()
    measure = {"mastodon": MASTODON, "bluesky": BLUESKY, "x": X_, "apprise": ANYWHERE}[push.name]
    shown = len(lines) - 4
    assert (lines[0], lines[-3], lines[-2:]) == (
        "Next, 09:00:",
        f"and {len([c for c in full.cards.values() if full.slot_of(c.cells[0]).key == '0517-0900']) - shown} more",
        ["https://board.example/camp/", "#PyCamp #OpenSpaces"],
    )
    assert measure.fits(text)
    assert not measure.fits(f"{text}\n{lines[shown]}\n")


@pytest.mark.parametrize(
    ("text", "mastodon", "bluesky", "x"),
    [
        ("plain", 5, 5, 5),
        ("https://a.example/" + "b" * 50, 23, 68, 23),
        ("👩‍👩‍👧‍👦", 1, 3, 2),
        ("日本", 2, 2, 4),
        ("ä – “x”", 7, 7, 7),
    ],
)
def test_each_service_counts_in_its_own_way(text: str, mastodon: int, bluesky: int, x: int) -> None:
    assert tuple(each.count(text) for each in (MASTODON, BLUESKY, X_)) == (mastodon, bluesky, x)
