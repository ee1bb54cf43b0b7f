"""The words with which a card is passed on, and the addresses that carry them."""

import re
from dataclasses import replace
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from tests.hostile import HOSTILE
from tests.outlets.boards import board, placed

from openspaces.board.state import Board
from openspaces.board.vocabulary import Cell, Standing
from openspaces.board.words import clean
from openspaces.lib.graphemes import graphemes
from openspaces.look.sharing import BLUESKY_LETTERS, board_ways, card_says, card_ways, fitted, tagged

ADDRESS = "https://board.example/camp/cards/AAAAAA/"
CAMP = board(rooms=2)


def posts(shown: Board) -> dict[str, str]:
    """What each way to pass the only card on would say there."""
    (card,) = shown.cards.values()
    return {way.name: said(way.href) for way in card_ways(shown, card, ADDRESS)}


def said(href: str) -> str:
    parts = urlsplit(href)
    query = parse_qs(parts.query or parts.fragment, strict_parsing=True)
    return " | ".join(f"{name}={value}" for name, (value,) in query.items())


def titled(title: str) -> Board:
    return placed(CAMP, Cell("r1", "0517-0900"), title, serial=1)


def test_a_post_says_what_when_and_where_with_the_events_hashtags() -> None:
    says = "Knitting · Saturday 09:00–10:00, Room 300 · PyCamp 2025"
    post = f"{says} {ADDRESS} #PyCamp #OpenSpaces"
    assert posts(titled("Knitting")) == {
        "X": f"text={says} | url={ADDRESS} | hashtags=PyCamp,OpenSpaces",
        "Mastodon": f"text={post}",
        "Bluesky": f"text={post}",
        "E-mail": f"subject={says} | body={ADDRESS}",
    }


def test_what_a_device_shares_has_the_hashtags_too() -> None:
    shown = titled("Knitting")
    (card,) = shown.cards.values()
    says = "Knitting · Saturday 09:00–10:00, Room 300 · PyCamp 2025 #PyCamp #OpenSpaces"
    assert tagged(card_says(shown, card), shown) == says


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_words_stay_one_value_and_mention_tag_and_link_nothing(name: str) -> None:
    words = clean("title", HOSTILE[name])
    shown = titled(words)
    (card,) = shown.cards.values()
    post = posts(shown)["Mastodon"].removeprefix("text=").partition(" · Saturday")[0]
    assert post.replace("\u2060", "") == words
    assert re.findall(r"[@#]\w|://|\w[.]\w", post) == []
    assert [way.href.isascii() and " " not in way.href for way in card_ways(shown, card, ADDRESS)] == [True] * 4


def test_a_place_that_was_written_in_mentions_nobody() -> None:
    full = placed(CAMP, Cell("elsewhere", "0517-0900"), "Run", serial=1)
    (card,) = full.cards.values()
    assert card.placement
    there = full.with_card(replace(card, placement=replace(card.placement, where="@everyone")))
    assert posts(there)["Mastodon"].partition(", ")[2].startswith("@\u2060everyone · ")


def test_a_hidden_or_withdrawn_card_is_not_passed_on() -> None:
    (card,) = titled("Knitting").cards.values()
    gone = replace(card, withdrawn=True, placement=None)
    assert [card_ways(CAMP, each, ADDRESS) for each in (replace(card, standing=Standing.SHIELDED), gone)] == [[], []]


def test_a_long_post_is_cut_to_300_letters_as_people_see_them_and_keeps_address_and_tags() -> None:
    family = "👩‍👩‍👧‍👦"
    post = fitted(family * 400, ADDRESS, "#PyCamp")
    assert len(graphemes(post)) == BLUESKY_LETTERS
    assert post == f"{family * (BLUESKY_LETTERS - len(ADDRESS) - len('#PyCamp') - 3)}… {ADDRESS} #PyCamp"


def test_hashtags_that_leave_no_room_for_words_go() -> None:
    assert fitted("Knitting", ADDRESS, "#" + "x" * 250) == f"Knitting {ADDRESS}"


def test_the_board_is_passed_on_by_its_name() -> None:
    first = board_ways(replace(CAMP, hashtags=()), "https://board.example/camp/")[1]
    assert unquote(first.href).partition("#text=")[2] == "The Open Spaces of PyCamp 2025 https://board.example/camp/"
