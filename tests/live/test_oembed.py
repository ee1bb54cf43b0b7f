"""What other sites show where somebody pastes an address of ours: oEmbed."""

import asyncio
import json
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

import pytest
from tests.hostile import HOSTILE
from tests.outlets.boards import board, placed
from tests.outlets.pages import Elements

from openspaces.board.memory import MEMORY
from openspaces.board.state import Board
from openspaces.board.vocabulary import Cell, Standing
from openspaces.board.words import clean
from openspaces.live.asgi import Message
from openspaces.live.oembed import answer_oembed
from openspaces.live.routes import Routes
from openspaces.outlets.press import Press
from openspaces.outlets.registry import PULLS

BASE = "https://board.example"
CAMP = placed(board(rooms=2, days=2), Cell("r1", "0517-0900"), "Knitting", serial=1, host="Ada")
(KNITTING,) = CAMP.cards.values()
CARD = f"{BASE}/camp/cards/{KNITTING.code}/"


@pytest.fixture(autouse=True)
def _camp() -> Iterator[None]:
    MEMORY.correct(CAMP)
    yield
    MEMORY.forget("camp")


def ask(**query: str) -> tuple[int, dict[str, Any]]:
    """Status and facts of the answer."""
    sent: list[Message] = []

    async def send(message: Message) -> None:
        sent.append(message)

    async def answered() -> None:
        press = Press()
        try:
            scope = {"type": "http", "method": "GET", "path": "/oembed", "query_string": urlencode(query).encode()}
            await answer_oembed(scope, Routes(PULLS), press, send)
        finally:
            press.close()

    asyncio.run(answered())
    return sent[0]["status"], json.loads(sent[1]["body"])


def shown(**query: str) -> dict[str, Any]:
    status, facts = ask(**query)
    assert status == 200, facts
    return facts


def test_the_board_is_a_frame_with_a_picture_for_those_who_show_none() -> None:
    facts = shown(url=f"{BASE}/camp/", format="json")
    assert facts == {
        "version": "1.0",
        "type": "rich",
        "title": "The Open Spaces of PyCamp 2025",
        "provider_name": "PyCamp 2025",
        "provider_url": f"{BASE}/camp/",
        "cache_age": 300,
        "html": f'<iframe src="{BASE}/embed/camp/" title="The Open Spaces of PyCamp 2025" width="800" height="640"'
        ' loading="lazy" style="max-width:100%;border:0"></iframe>',
        "width": 800,
        "height": 640,
        "thumbnail_url": f"{BASE}/camp/days/2025-05-18/preview.png?v=e1.7&lang=en&w=1200",
        "thumbnail_width": 1200,
        "thumbnail_height": 630,
    }


@pytest.mark.parametrize(
    ("address", "framed"),
    [
        ("camp", "/embed/camp/"),
        ("camp/days/2025-05-17/", "/embed/camp/?day=2025-05-17"),
        ("camp/now/", "/embed/camp/"),
        ("camp/?lang=ar", "/embed/camp/?lang=ar"),
        ("camp/?room=cellar&theme=pink", "/embed/camp/"),
        ("embed/camp/?room=r1&theme=dark", "/embed/camp/?room=r1&amp;theme=dark"),
    ],
)
def test_the_frame_shows_what_the_address_does(address: str, framed: str) -> None:
    assert re.findall('src="(.*?)"', shown(url=f"{BASE}/{address}")["html"]) == [BASE + framed]


def test_a_frame_is_no_larger_than_there_is_room() -> None:
    facts = shown(url=f"{BASE}/camp/", maxwidth="300", maxheight="200")
    assert [facts[name] for name in ("width", "height", "thumbnail_width", "thumbnail_height")] == [300, 200, 280, 147]
    assert re.findall(r'(?:width|height)="(\d+)"', facts["html"]) == ["300", "200"]


def test_a_card_is_a_link_with_its_picture_and_its_host() -> None:
    facts = shown(url=CARD)
    said = (facts["type"], facts["title"], facts["author_name"], facts["thumbnail_url"])
    assert said == ("link", "Knitting", "Ada", f"{CARD}preview.png?v=e1.7&lang=en&w=1200")


def test_a_hidden_card_tells_nothing_but_that() -> None:
    hidden = replace(KNITTING, standing=Standing.SHIELDED, words=KNITTING.words.hidden())
    MEMORY.correct(CAMP.with_card(hidden))
    facts = shown(url=CARD)
    assert (facts["title"], "Ada" in json.dumps(facts)) == ("Hidden until somebody has read it", False)


@pytest.mark.parametrize("path", ["os", "OS.png", "camp/board.png", "camp/board.png?day=2025-05-17&theme=dark"])
def test_a_picture_of_the_board_is_a_photo_of_its_own_size(path: str) -> None:
    facts = shown(url=f"{BASE}/{path}", maxwidth="900")
    theme = "dark" if "dark" in path else "light"
    day = "2025-05-17" if "05-17" in path else "2025-05-18"
    assert facts["url"] == f"{BASE}/camp/board.png?v=e1.7&lang=en&w=900&theme={theme}&day={day}"
    assert (facts["type"], facts["width"], facts["height"] > 100) == ("photo", 900, True)


def test_where_the_board_is_too_high_the_picture_of_its_link_stands_for_it() -> None:
    facts = shown(url=f"{BASE}/os", maxheight="105")
    assert (facts["url"].partition("?")[0], facts["width"], facts["height"]) == (
        f"{BASE}/camp/days/2025-05-18/preview.png",
        200,
        105,
    )


def test_the_picture_of_a_link_is_a_photo() -> None:
    facts = shown(url=f"{CARD}preview.png", maxwidth="1000")
    assert (facts["type"], facts["title"], facts["width"], facts["height"]) == ("photo", "Knitting", 1000, 525)


@pytest.mark.parametrize(
    "url",
    [
        "https://evil.example/camp/",
        "https://board.example.evil.example/camp/",
        "https://board.example@evil.example/camp/",
        "ftp://board.example/camp/",
        "javascript:alert(1)",
        "https://[/",
        "",
        f"{BASE}/",
        f"{BASE}/nowhere/",
        f"{BASE}/camp/desk/",
        f"{BASE}/camp/cards/NOCARD/",
        f"{BASE}/camp/days/1999-01-01/",
        f"{BASE}/camp/board.json",
    ],
)
def test_what_is_not_ours_or_cannot_be_shown_is_not_here(url: str) -> None:
    assert ask(url=url)[0] == 404


def test_a_picture_that_fits_nowhere_is_not_here() -> None:
    assert ask(url=f"{BASE}/os", maxwidth="100")[0] == 404


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ({"url": f"{BASE}/camp/", "format": "xml"}, 501),
        ({}, 400),
        ({"url": f"{BASE}/camp/", "maxwidth": "wide"}, 400),
        ({"url": f"{BASE}/camp/?day=friday"}, 400),
    ],
    ids=str,
)
def test_a_wrong_question_is_told_so(query: dict[str, str], status: int) -> None:
    assert ask(**query)[0] == status


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_words_are_one_value_each(name: str) -> None:
    words = clean("title", HOSTILE[name])
    MEMORY.correct(renamed(words))
    framed, linked = shown(url=f"{BASE}/camp/"), shown(url=CARD)
    page = Elements(framed["html"])
    assert (page.tags, page.attributes) == (["iframe"], {"src", "title", "width", "height", "loading", "style"})
    assert (linked["title"], linked["author_name"], linked["provider_name"]) == (words, words, words)


def renamed(words: str) -> Board:
    said = replace(KNITTING.words, title=words, host=words)
    return replace(CAMP.with_card(replace(KNITTING, words=said)), name=words)
