"""The pictures of links: a card, a day."""

import json
from dataclasses import replace

import pytest
from django.utils.translation import override
from tests.drawing import drawn
from tests.hostile import HOSTILE
from tests.outlets.asking import LONG_BEFORE, variant_of
from tests.outlets.boards import TITLES, board, placed, with_cards
from tests.outlets.golden import golden

from openspaces.board.state import Board, Card
from openspaces.board.vocabulary import Cell, Standing
from openspaces.board.words import Words, clean
from openspaces.outlets import preview
from openspaces.outlets.base import Asked, BadVariant, NotHere, Pull, Variant

DRAWN = drawn(
    """
              oak           elm         elsewhere
      09:00   Knit/ada      .           Chess at Park + Run at Gate
      10:00   "             #lunch      .
      11:00   Vim           Talk        .
    """,
    planned=("Later/bob",),
    ideas=("Somebody should",),
)
SIZE = 1200
LARGEST = 300_000
"""Bytes; some services show no picture that is larger."""


def of_card(shown: Board, card: Card, **more: object) -> bytes:
    return preview.CARD.render(shown, replace(Variant(name=card.code, width=SIZE), **more))  # type: ignore[arg-type]


def of_day(shown: Board, **more: object) -> bytes:
    day = shown.days[0].date if shown.days else None
    return preview.DAY.render(shown, replace(Variant(day=day, width=SIZE), **more))  # type: ignore[arg-type]


def said(shown: Board, title: str = "") -> dict[str, object]:
    """What stands in the picture of a card, or of the first day."""
    named = {card.words.title: card.code for card in shown.cards.values()}
    variant = Variant(name=named[title]) if title else Variant(day=shown.days[0].date)
    with override("en"):
        return preview.values(shown, variant)


def titled(title: str) -> Board:
    return placed(board(rooms=2), Cell("r1", "0517-0900"), title, serial=1)


def test_cards_and_days_say_what_one_wants_to_know_of_a_link() -> None:
    made = {name: said(DRAWN, name) for name in ("Knit", "Later", "Somebody should")} | {"the day": said(DRAWN)}
    kept = {
        name: {key: value for key, value in each.items() if key not in ("theme", "back", "edge")}
        for name, each in made.items()
    }
    written = json.dumps(kept, ensure_ascii=False, indent=1) + "\n"
    assert written == golden("preview.json", written)


def test_they_are_1200_by_630_and_small_and_equal_bytes_whenever_they_are_drawn() -> None:
    full = with_cards(board(rooms=5), 40)
    for made in ([of_card(full, card) for card in full.in_order()[: len(TITLES)]], [of_day(full)]):
        assert {(each[:8], size_of(each)) for each in made} == {(b"\x89PNG\r\n\x1a\n", (1200, 630))}
        assert max(map(len, made)) < LARGEST
    assert (of_day(full), of_card(full, full.in_order()[0])) == (of_day(full), of_card(full, full.in_order()[0]))


def test_a_narrower_one_is_the_same_made_smaller() -> None:
    assert size_of(of_day(DRAWN, width=600)) == (600, 315)


def test_a_hidden_card_tells_nothing_but_that() -> None:
    (card,) = titled("Rude").cards.values()
    words = replace(card.words, host="Rude host")
    shown, bare = (titled("Rude").with_card(each) for each in (replace(card, words=words), hidden(card)))
    facts = json.dumps(preview.values(bare, Variant(name=card.code)))
    assert ("Rude" in facts, "09:00" in facts) == (False, False)
    assert of_card(shown, card) != of_card(bare, card)
    assert "Rude" not in json.dumps(preview.values(bare, Variant(day=bare.days[0].date)))


def hidden(card: Card) -> Card:
    return replace(card, standing=Standing.SHIELDED, words=card.words.hidden())


@pytest.mark.parametrize("language", ["ar", "hi"])
def test_they_speak_the_readers_language(language: str) -> None:
    (card,) = titled("Jam").cards.values()
    assert len({of_card(titled("Jam"), card, language=each) for each in ("en", language)}) == 2


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_words_are_words(name: str) -> None:
    words = clean("title", HOSTILE[name])
    (card,) = titled(words).cards.values()
    said_so = replace(card, words=Words(words, host=words, handle=words))
    full = replace(titled(words).with_card(said_so), name=words, venue=words, hashtags=(words,))
    assert [size_of(made) for made in (of_card(full, said_so), of_day(full))] == [(1200, 630)] * 2


@pytest.mark.parametrize("bare", [board(days=0), board(hours=range(9, 9)), board()], ids=["no days", "no slots", "new"])
def test_an_empty_board_has_a_picture_too(bare: Board) -> None:
    assert size_of(of_day(bare)) == (1200, 630)


def test_an_address_means_a_card_or_a_day_and_its_number_changes_nothing() -> None:
    camp = board(days=2)
    assert variant_of(preview.DAY, camp, v="7") == Variant(day=camp.days[0].date, width=1200)
    asked = Asked({"event": "camp", "day": "2025-05-18"}, {"w": "600"}, "de", LONG_BEFORE)
    assert preview.DAY.variant(asked, camp) == Variant(language="de", day=camp.days[1].date, width=600)


@pytest.mark.parametrize("query", [{"w": "199"}, {"w": "1201"}, {"w": "-1"}], ids=str)
def test_a_wrong_width_is_said_to_be_wrong(query: dict[str, str]) -> None:
    with pytest.raises(BadVariant):
        variant_of(preview.DAY, board(), **query)


@pytest.mark.parametrize(
    ("pull", "path"), [(preview.CARD, {"code": "NOCARD"}), (preview.DAY, {"day": "1999-01-01"})], ids=["card", "day"]
)
def test_what_the_board_has_not_is_not_here(pull: Pull, path: dict[str, str]) -> None:
    with pytest.raises(NotHere):
        pull.variant(Asked({"event": "camp", **path}, {}, "en", LONG_BEFORE), board())


def size_of(png: bytes) -> tuple[int, int]:
    """Width and height, as the file's head has them."""
    return int.from_bytes(png[16:20], "big"), int.from_bytes(png[20:24], "big")
