"""The pages that everyone sees alike: what they show, and that nothing people write gets out of its place."""

import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from tests.drawing import cell, drawn
from tests.hostile import HOSTILE
from tests.outlets.asking import LONG_BEFORE, variant_of
from tests.outlets.boards import board, closed, placed, with_cards
from tests.outlets.golden import golden
from tests.outlets.pages import Elements

from openspaces.board.state import Board, Card, Policy
from openspaces.board.vocabulary import Cell, Placing
from openspaces.board.words import Words, clean
from openspaces.outlets.base import Asked, BadVariant, NotHere, Pull, Variant
from openspaces.outlets.page import CARD, NOW, PAGE, draw_cells, draw_items, render_home

DRAWN = drawn(
    """
              oak           elm         elsewhere
      09:00   Knit/ada      .           Chess at Park + Run at Gate
      10:00   "             #lunch      .
      11:00   .             .           .
      ---
      09:00   .             Talk        .
    """,
    planned=("Later/bob",),
    ideas=("Somebody should",),
)
FIRST = Variant(base_url="https://board.example", day=DRAWN.days[0].date)


def page(shown: Board, variant: Variant = FIRST) -> str:
    return PAGE.render(shown, variant).decode()


def cells(shown: Board, *names: str, language: str = "en") -> dict[str, str]:
    return dict(draw_cells(shown, [cell(name) for name in names], language))


def titled(shown: Board, title: str) -> Card:
    (found,) = [card for card in shown.cards.values() if card.words.title == title]
    return found


def one_card(words: Words) -> Board:
    return DRAWN.with_card(replace(titled(DRAWN, "Knit"), words=words))


# The board


def test_the_board_reads_well() -> None:
    made = re.sub(r"\.[0-9a-f]{8}\.", ".", page(DRAWN))
    assert made == golden("board.html", made)


def test_a_page_has_the_cells_of_its_day_once_each() -> None:
    ids = [name for name in Elements(page(DRAWN)).ids if name.startswith("cell-")]
    assert ids == [f"cell-{cell}" for cell in DRAWN.cells_of(DRAWN.days[0])]


def test_equal_boards_are_equal_bytes() -> None:
    assert page(DRAWN) == page(DRAWN.with_card(titled(DRAWN, "Knit")))


def test_a_card_of_two_hours_goes_on_in_its_second_cell() -> None:
    drawn_cells = cells(DRAWN, "oak 09:00", "oak 10:00")
    first, second = (drawn_cells[f"cell-{cell(name)}"] for name in ("oak 09:00", "oak 10:00"))
    assert ("09:00–11:00" in first, "goes on until 11:00" in second) == (True, True)


def test_elsewhere_shows_every_card_with_its_place_and_room_for_another() -> None:
    (html, *_) = cells(DRAWN, "elsewhere 09:00").values()
    words = [word for word in Elements(html).words if word.strip()]
    assert words == ["Elsewhere", "Chess", "Park", "Elsewhere", "Run", "Gate", "Another place"]


def test_a_closed_cell_says_why_and_leads_to_what_is_free_instead() -> None:
    (html, *_) = cells(DRAWN, "elm 10:00").values()
    assert (Elements(html).words, Elements(html).addresses) == (["Elm", "lunch"], [f"/camp/cells/{cell('elm 10:00')}/"])


def test_a_free_cell_leads_to_its_form() -> None:
    (html, *_) = cells(DRAWN, "oak 11:00").values()
    assert Elements(html).addresses == [f"/camp/cells/{cell('oak 11:00')}/"]


def test_where_the_facilitator_places_a_free_cell_is_asked_for() -> None:
    led = replace(DRAWN, policy=Policy(placing=Placing.FACILITATORS))
    (html, *_) = cells(led, "oak 11:00").values()
    assert Elements(html).words == ["Oak", " ", "Ask for this hour"]


@pytest.mark.parametrize(
    ("name", "says"), [("oak 09:00", "1 room free: take it"), ("oak 11:00", "2 rooms free: take one")]
)
def test_a_slot_counts_its_free_rooms(name: str, says: str) -> None:
    assert Elements(cells(DRAWN, name)[f"open-{cell(name).slot}"]).words == [says]


def test_the_stream_draws_a_cell_as_the_page_does() -> None:
    whole = page(DRAWN)
    every = draw_cells(DRAWN, DRAWN.cells_of(DRAWN.days[0]), "en")
    assert [name for name, html in every if html not in whole] == []


def test_cells_that_the_board_has_not_are_not_drawn() -> None:
    assert draw_cells(DRAWN, [Cell("gone", "0517-0900"), Cell("oak", "0101-0900")], "en") == []


def test_cards_without_a_cell_stand_in_their_lists() -> None:
    later, idea, knit = (titled(DRAWN, title) for title in ("Later", "Somebody should", "Knit"))
    drawn_items = dict(draw_items(DRAWN, [later.code, idea.code, knit.code, "GONE22"], "en"))
    lists = {code: re.findall(r'data-list="(\w+)"', html) for code, html in drawn_items.items()}
    assert lists == {f"card-{later.code}": ["planned"], f"card-{idea.code}": ["ideas"], f"card-{knit.code}": []}


def test_the_page_speaks_the_language_asked_for() -> None:
    assert re.findall("<html lang=.*?>", page(DRAWN, replace(FIRST, language="de"))) == ['<html lang="de" dir="ltr">']


def test_a_board_without_days_is_a_page() -> None:
    bare = Board("camp", number=1, name="Camp")
    assert "This board has no hours yet." in Elements(page(bare, variant_of(PAGE, bare))).words


def test_a_day_that_the_event_has_not_is_not_here() -> None:
    with pytest.raises(NotHere):
        PAGE.variant(Asked({"event": "camp", "day": "1999-01-01"}, {}, "en", LONG_BEFORE), DRAWN)


def test_a_day_that_is_no_day_is_a_bad_one() -> None:
    with pytest.raises(BadVariant):
        PAGE.variant(Asked({"event": "camp", "day": "friday"}, {}, "en", LONG_BEFORE), DRAWN)


# What people write


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_what_people_write_stays_text(text: str) -> None:
    plain = one_card(Words("x", "x", "x", "x"))
    hostile = one_card(Words(text, text, text, text))
    closed_cell = closed(hostile, text, cell("oak 11:00"))
    named = replace(closed_cell, name=text, venue=text, about=text)
    other = replace(closed(plain, "x", cell("oak 11:00")), name="x", venue="x", about="x")
    shown, same = Elements(page(named)), Elements(page(other))
    assert (shown.tags, shown.attributes) == (same.tags, same.attributes)


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_a_title_is_on_its_card_as_it_was_written(text: str) -> None:
    title = clean("title", text)
    (html, *_) = cells(one_card(Words(title, host="Ada")), "oak 09:00").values()
    assert Elements(html).words == ["Oak", title, "Ada", "09:00–11:00"]


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_what_people_write_stays_text_on_the_page_of_the_card(text: str) -> None:
    code = titled(DRAWN, "Knit").code
    pages = [
        Elements(CARD.render(one_card(Words(each, each, each, each)), Variant(name=code)).decode())
        for each in ("x", text)
    ]
    assert (pages[0].tags, pages[0].attributes) == (pages[1].tags, pages[1].attributes)


def test_pages_carry_no_style_and_no_script_of_their_own() -> None:
    shown = Elements(page(DRAWN))
    assert (
        "style" in shown.tags,
        "style" in shown.attributes,
        [name for name in shown.attributes if name[:2] == "on"],
    ) == (
        False,
        False,
        [],
    )


# One card


def card_page(shown: Board, card: Card) -> Elements:
    return Elements(CARD.render(shown, Variant(name=card.code, base_url="https://board.example")).decode())


def test_the_link_of_a_card_shows_its_host_and_vouches_for_nothing() -> None:
    knit = titled(DRAWN, "Knit")
    linked = one_card(Words("Knit", link="https://example.org/a/very/long?way=1"))
    html = CARD.render(linked, Variant(name=knit.code)).decode()
    assert re.findall(r'<a class="out".*?</a>', html) == [
        '<a class="out" href="https://example.org/a/very/long?way=1" rel="nofollow ugc noopener">example.org</a>'
    ]


def test_a_card_says_where_and_when() -> None:
    html = CARD.render(DRAWN, Variant(name=titled(DRAWN, "Knit").code)).decode()
    said = re.findall('<p class="when"><strong><bdi>(.*?)</bdi>', html)
    assert said == ['Saturday <span class="whole">09:00–11:00</span>, Oak']


def test_a_card_without_a_cell_leads_back_to_its_list_and_an_idea_is_nobodys_to_edit() -> None:
    for title, ways in (("Later", {"planned"}), ("Somebody should", {"ideas"}), ("Knit", set())):
        card = titled(DRAWN, title)
        addresses = card_page(DRAWN, card).addresses
        lists = {way for way in ("planned", "ideas") if f"/camp/{way}/#card-{card.code}" in addresses}
        edits = f"/camp/cards/{card.code}/edit/" in addresses
        assert (title, lists, edits) == (title, ways, title != "Somebody should")


def test_the_board_has_the_ideas_first_to_which_most_would_come() -> None:
    first, second = (replace(titled(DRAWN, "Somebody should"), code=name, serial=90) for name in ("FEW000", "MANY00"))
    board = DRAWN.with_card(replace(first, stars=1)).with_card(replace(second, stars=9))
    shown = PAGE.render(board, FIRST).decode().partition('id="ideas"')[2]
    assert re.findall(r'<li id="card-(\w+)"', shown) == ["MANY00", "FEW000", titled(DRAWN, "Somebody should").code]


def test_a_withdrawn_card_says_so_and_is_not_passed_on() -> None:
    gone = DRAWN.with_card(replace(titled(DRAWN, "Knit"), placement=None, withdrawn=True))
    shown = card_page(gone, gone.cards[titled(DRAWN, "Knit").code])
    says = "This card was withdrawn: it will not take place."
    assert (says in shown.words, [href for href in shown.addresses if "share" in href]) == (True, [])


def test_nobody_is_mentioned_or_tagged_by_a_title() -> None:
    shared = one_card(Words("@everyone #spam"))
    hrefs = card_page(shared, titled(shared, "@everyone #spam")).addresses
    posts = [href for href in hrefs if "calendar" not in href]  # in one's own calendar it calls nobody
    assert [href for href in posts if "%40everyone" in href or "%23spam" in href] == []


def test_a_card_on_the_board_can_be_taken_into_a_calendar() -> None:
    page = card_page(DRAWN, titled(DRAWN, "Knit"))
    taken = [href for href in page.addresses if "KNIT00.ics" in href or "calendar" in href]
    assert [href.partition("?")[0] for href in taken] == [
        "webcal://board.example/camp/cards/KNIT00.ics",
        "https://calendar.google.com/calendar/render",
        "https://outlook.live.com/calendar/0/deeplink/compose",
        "https://board.example/camp/cards/KNIT00.ics",
    ]


def test_a_card_that_is_not_on_this_board_is_not_here() -> None:
    with pytest.raises(NotHere):
        CARD.variant(Asked({"event": "camp", "code": "NOCARD"}, {}, "en", LONG_BEFORE), DRAWN)


# Now and next


def asked_at(pull: Pull, at: datetime) -> Variant:
    return pull.variant(Asked({"event": "camp"}, {}, "en", at), DRAWN)


def now_and_next(at: datetime) -> list[str]:
    html = NOW.render(DRAWN, asked_at(NOW, at)).decode()
    slots = re.findall(r'id="slot-(\S+)"><h2>.*?<span class="now-mark">(.*?)</span>', html)
    return [f"{mark} {key}" for key, mark in slots]


NINE = DRAWN.days[0].slots[0].starts


@pytest.mark.parametrize(
    ("after", "says"),
    [
        (timedelta(hours=-9), ["Next 0517-0900", "After that 0517-1000"]),
        (timedelta(minutes=59), ["Now 0517-0900", "Next 0517-1000"]),
        (timedelta(hours=2, minutes=1), ["Now 0517-1100"]),
        (timedelta(hours=3), ["Next 0518-0900"]),
        (timedelta(days=9), []),
    ],
)
def test_now_and_next_are_the_slots_of_the_moment(after: timedelta, says: list[str]) -> None:
    assert now_and_next(NINE + after) == says


# The list of events


def test_the_list_has_every_event_that_was_made_the_latest_first() -> None:
    earlier = replace(board(), event="earlier")
    shown = Elements(render_home([earlier, Board("unmade"), DRAWN], "en").decode())
    assert [href for href in shown.addresses if re.fullmatch(r"/\w+/", href)] == ["/camp/", "/earlier/"]


# Size


def test_a_board_of_ten_rooms_and_thirteen_hours_is_small() -> None:
    full = with_cards(board(rooms=9, hours=range(8, 21)), 130)
    assert len(page(full, replace(FIRST, day=full.days[0].date)).encode()) < 60_000


def test_the_day_to_show_is_today() -> None:
    at = datetime(2031, 5, 18, 3, tzinfo=UTC)
    assert asked_at(PAGE, at).day == date(2031, 5, 18)


def test_placed_twice_is_drawn_twice_in_elsewhere() -> None:
    plain = board(rooms=1)
    outside = Cell("elsewhere", plain.days[0].slots[0].key)
    full = placed(placed(plain, outside, "One", serial=1), outside, "Two", serial=2)
    (_, html), *_ = draw_cells(full, [outside], "en")
    assert re.findall("<h3.*?>([A-Z][a-z]+)</a>", html) == ["One", "Two"]
