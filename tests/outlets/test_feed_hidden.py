"""What is hidden shows no word in a feed, and what people write breaks none."""

from dataclasses import replace

import pytest
from tests.drawing import FACILITATOR, cells
from tests.hostile import HOSTILE
from tests.outlets.camp_news import ADA, FIRST_HOUR, HOUR, camp, news, rendered, since_drawn
from tests.outlets.feeds import atom, json_feed
from tests.playing import Playing

from openspaces.board.moves import (
    ApproveCard,
    CloseCell,
    EditCard,
    MoveCard,
    RemoveCard,
    ShieldCard,
    WithdrawCard,
    WriteCard,
)
from openspaces.outlets.base import Pull
from openspaces.outlets.feed import ATOM, JSON
from openspaces.people.who import Who


def hidden_later() -> Playing:
    """A card with a long story, whose every word is a canary."""
    day = camp()
    place, link = cells("elsewhere 10:00"), "https://canary.example"
    write = WriteCard(
        title="Canary", text="canary", host="canary", link=link, code="CANARY", cells=place, where="canary"
    )
    day.do(write, ADA, FIRST_HOUR)
    day.do(EditCard(card="CANARY", seen=99, title="Canary 2"), ADA, FIRST_HOUR + HOUR)
    day.do(MoveCard(card="CANARY", cells=cells("elsewhere 11:00"), where="canary 3"), ADA, FIRST_HOUR + 2 * HOUR)
    return day


@pytest.mark.parametrize("pull", [ATOM, JSON])
def test_a_card_that_is_hidden_since_shows_no_word_in_any_entry(pull: Pull) -> None:
    day = hidden_later()
    before = rendered(day, pull).lower().count(b"canary")
    day.do(ShieldCard(card="CANARY", reason="Canary"), FACILITATOR, FIRST_HOUR + 3 * HOUR)
    assert (before > 10, rendered(day, pull).replace(b"/CANARY/", b"").lower().count(b"canary")) == (True, 0)


def test_entries_of_a_hidden_card_keep_their_names_and_are_new_so_that_readers_fetch_them_again() -> None:
    day = hidden_later()
    before = {each["id"]: each for each in since_drawn(day)}
    day.do(ShieldCard(card="CANARY", reason="Rude"), FACILITATOR, FIRST_HOUR + 3 * HOUR)
    after = since_drawn(day)
    assert [each["title"] for each in after] == [
        "“[…]” moved: Saturday 11:00–12:00, […]",
        "“[…]” is on the board: Saturday 10:00–11:00, […]",
    ]
    assert {each["id"] for each in after} < before.keys()
    assert {each["updated"][11:16] for each in after} == {"16:00"}
    day.do(ApproveCard(card="CANARY"), FACILITATOR, FIRST_HOUR + 4 * HOUR)
    again = since_drawn(day)
    assert [each["title"] for each in again] == [each["title"] for each in before.values()]
    assert {each["updated"][11:16] for each in again} == {"17:00"}


def test_a_card_that_nobody_has_read_yet_is_no_news() -> None:
    day = camp()
    day.do(WriteCard(title="Go", code="GO0000", held=True), ADA, FIRST_HOUR)
    assert (day.board.cards["GO0000"].hidden, news(day)) == (True, [])
    day.do(RemoveCard(card="GO0000", reason="Rude"), FACILITATOR, FIRST_HOUR + HOUR)
    assert news(day) == []


def test_a_card_that_was_held_is_news_once_it_is_approved() -> None:
    day = camp()
    day.do(WriteCard(title="Go", code="GO0000", held=True), ADA, FIRST_HOUR)
    day.do(ApproveCard(card="GO0000"), FACILITATOR, FIRST_HOUR + HOUR)
    (entry,) = since_drawn(day)
    assert (entry["title"], entry["updated"][11:16]) == ("New card: “Go”", "14:00")


@pytest.mark.parametrize("pull", [ATOM, JSON])
def test_no_device_is_named(pull: Pull) -> None:
    hand = "8f14e45fceea167a"
    day = camp()
    day.do(WriteCard(title="Go", code="GO0000", cells=cells("oak 10:00")), Who(hand), FIRST_HOUR)
    day.do(WithdrawCard(card="GO0000"), Who(hand), FIRST_HOUR + HOUR)
    assert rendered(day, pull).count(hand.encode()) == 0


@pytest.mark.parametrize("title", HOSTILE.values(), ids=HOSTILE.keys())
def test_whatever_people_write_both_feeds_can_be_read(title: str) -> None:
    day = camp()
    write = WriteCard(title=title, text=title, host=title, code="ODD000", cells=cells("elsewhere 10:00"), where=title)
    day.do(write, ADA, FIRST_HOUR)
    day.do(CloseCell(cells=cells("elm 11:00"), reason=title), FACILITATOR, FIRST_HOUR + HOUR)
    said = day.board.cards["ODD000"].words
    entries, items = since_drawn(day), json_feed(rendered(day, JSON))[1]
    assert len(entries) == 2
    lines = [said.host, *filter(None, said.text.split("\n"))]
    assert entries[1]["text"][1:] == lines
    assert list(filter(None, items[1]["content_text"].split("\n")))[1:] == lines


def test_control_characters_that_got_by_do_not_break_the_feed() -> None:
    day = camp()
    day.board = replace(day.board, name="A\x00B\x0b\ufffeC")
    assert atom(rendered(day))[0]["title"] == "ABC: what changed"
