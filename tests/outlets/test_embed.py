"""The board for the pages of other sites."""

import re
from dataclasses import replace

import pytest
from django.utils.translation import override
from tests.drawing import cell, drawn
from tests.hostile import HOSTILE
from tests.outlets.asking import variant_of
from tests.outlets.boards import board, placed, with_cards
from tests.outlets.golden import golden
from tests.outlets.pages import Elements

from openspaces.board.state import Board
from openspaces.board.vocabulary import Cell, Standing
from openspaces.board.words import Words, clean
from openspaces.look.embedding import embed_address, embed_code, embed_title
from openspaces.outlets.base import BadVariant, NotHere, Variant
from openspaces.outlets.embed import EMBED
from openspaces.outlets.registry import PULLS

DRAWN = drawn(
    """
              oak           elm         elsewhere
      09:00   Knit/ada      .           Chess at Park
      10:00   "             #lunch      .
      11:00   .             .           .
      ---
      09:00   .             Talk        .
    """
)


def embedded(shown: Board, **query: str) -> Elements:
    variant = replace(variant_of(EMBED, shown, **query), base_url="https://board.example")
    return Elements(EMBED.render(shown, variant).decode())


def test_the_day_reads_well_in_a_frame() -> None:
    made = re.sub(r"\.[0-9a-f]{8}\.", ".", EMBED.render(DRAWN, variant_of(EMBED, DRAWN)).decode())
    assert made == golden("embed.html", made)


def test_it_shows_one_room_and_another_day_where_the_address_says_so() -> None:
    oak, sunday = embedded(DRAWN, room="oak"), embedded(DRAWN, day="2031-05-18")
    titles = ("Knit", "Chess", "Talk")
    assert [[title for title in titles if title in each.words] for each in (oak, sunday)] == [["Knit"], ["Talk"]]


def test_another_day_keeps_room_and_theme() -> None:
    links = [link for link in embedded(DRAWN, room="oak", theme="dark").addresses if link.startswith("?")]
    assert links == [f"?day=2031-05-{day}&room=oak&theme=dark&lang=en" for day in (17, 18)]


@pytest.mark.parametrize("theme", ["auto", "light", "dark"])
def test_a_theme_is_the_one_asked_for_or_the_readers(theme: str) -> None:
    made = EMBED.render(DRAWN, variant_of(EMBED, DRAWN, theme=theme)).decode()
    assert re.findall(r'data-theme="(\w+)"', made) == ([] if theme == "auto" else [theme])


def test_it_asks_nobody_anything_and_every_link_leaves_the_frame_but_those_to_days() -> None:
    made = EMBED.render(with_cards(board(days=2), 20), Variant(day=board().days[0].date)).decode()
    page = Elements(made)
    assert {"form", "input", "button"} & set(page.tags) == set()
    assert re.findall(r"<base .*?>", made) == ['<base target="_blank">']
    assert len(re.findall(r'target="_self"', made)) == 2


def test_it_alone_may_be_framed() -> None:
    assert [pull.name for pull in PULLS if pull.framed] == ["embed"]


@pytest.mark.parametrize("query", [{"theme": "pink"}, {"room": "cellar"}, {"day": "friday"}], ids=str)
def test_a_wrong_address_is_said_to_be_wrong(query: dict[str, str]) -> None:
    with pytest.raises(BadVariant):
        variant_of(EMBED, DRAWN, **query)


def test_a_day_that_the_event_has_not_is_not_here() -> None:
    with pytest.raises(NotHere):
        variant_of(EMBED, DRAWN, day="1999-01-01")


def test_a_board_without_days_is_a_page() -> None:
    bare = Board("camp", number=1, name="Camp")
    assert "This board has no hours yet." in embedded(bare).words


def test_a_hidden_card_shows_no_words() -> None:
    shown = placed(board(rooms=2), Cell("r1", "0517-0900"), "Rude", serial=1, host="Rude")
    (card,) = shown.cards.values()
    veiled = shown.with_card(replace(card, standing=Standing.SHIELDED, words=card.words.hidden()))
    assert [("Rude" in embedded(each).said) for each in (shown, veiled)] == [True, False]


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_words_are_words(name: str) -> None:
    words = clean("title", HOSTILE[name])
    (knit,) = DRAWN.cards_at(cell("oak 09:00"))
    plain, hostile = (
        embedded(DRAWN.with_card(replace(knit, words=Words(each, host=each, handle=each)))) for each in ("Knit", words)
    )
    assert (hostile.tags, hostile.ids, hostile.attributes) == (plain.tags, plain.ids, plain.attributes)
    assert hostile.words.count(words) == plain.words.count("Knit")


@pytest.mark.parametrize("name", HOSTILE)
def test_the_code_to_paste_is_one_frame_whatever_the_event_is_called(name: str) -> None:
    named = replace(DRAWN, name=clean("title", HOSTILE[name]))
    with override("en"):
        code = embed_code(embed_address(named, "https://board.example", theme="dark"), embed_title(named))
    frame = Elements(code)
    assert (frame.tags, frame.attributes) == (["iframe"], {"src", "title", "loading", "style"})
    assert re.findall(r'src="(.*?)"', code) == ["https://board.example/embed/camp/?theme=dark"]
