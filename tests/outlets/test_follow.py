"""The page on which people take the board with them."""

import re
from dataclasses import replace
from urllib.parse import urlsplit

import pytest
from tests.hostile import HOSTILE
from tests.outlets.asking import variant_of
from tests.outlets.boards import board
from tests.outlets.golden import golden
from tests.outlets.pages import Elements

from openspaces.board.state import Board
from openspaces.board.words import clean
from openspaces.outlets.base import Variant
from openspaces.outlets.follow import FOLLOW
from openspaces.outlets.registry import PULLS

CAMP = board(rooms=2)
BASE = "https://board.example"
ELSEWHERE = ("/api/docs", "/camp/giggity/", "/camp/notices/", "/api/camp/live")
"""Ours, and no outlet's."""


def page(shown: Board, language: str = "en") -> str:
    return FOLLOW.render(shown, Variant(language=language, base_url=BASE)).decode()


def addresses(html: str) -> list[str]:
    """Where the links of its main part lead."""
    return Elements(html.partition("<main")[2].partition("</main>")[0]).addresses


def fields(html: str) -> list[str]:
    """What stands in the fields to copy from, in order."""
    return re.findall(r'<input[^>]* value="([^"]*)"[^>]*data-copy', html)


def test_every_way_out_stands_in_a_field_or_behind_a_link() -> None:
    html = page(CAMP)
    found = "\n".join([*fields(html), *addresses(html)]) + "\n"
    assert found == golden("follow.txt", found)


def test_all_addresses_of_ours_are_those_of_outlets() -> None:
    html = page(CAMP)
    named = [*fields(html), *addresses(html)]
    ours = {urlsplit(each.replace("webcal://", "https://")) for each in named}
    paths = {each.path for each in ours if each.netloc in ("", "board.example") and each.path.startswith("/")}
    patterns = [re.compile(re.sub(r"\{event\}", "camp", path)) for pull in PULLS for path in pull.paths]
    assert {path for path in paths if not any(each.fullmatch(path) for each in patterns)} - set(ELSEWHERE) == set()


def test_the_same_for_everyone_and_for_every_number() -> None:
    assert page(CAMP) == page(replace(CAMP, number=8))
    assert variant_of(FOLLOW, CAMP) == Variant()


def test_what_only_scripts_can_fill_is_hidden_until_they_do() -> None:
    assert re.findall(r"<div data-with( hidden)?>", page(CAMP)) == [" hidden"]


@pytest.mark.parametrize("language", ["de", "hi", "ar"])
def test_it_speaks_the_readers_language(language: str) -> None:
    assert re.findall("<html lang=.(..)", page(CAMP, language)) == [language]


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_words_stay_words(name: str) -> None:
    words = clean("title", HOSTILE[name])
    rooms = tuple(replace(room, name=words) for room in CAMP.rooms)
    hostile, plain = Elements(page(replace(CAMP, name=words, rooms=rooms))), Elements(page(CAMP))
    assert (hostile.tags, hostile.ids, hostile.attributes) == (plain.tags, plain.ids, plain.attributes)
    assert len(hostile.addresses) == len(plain.addresses)
