"""The big screen as it is printed: what it hands to its script, for everyone alike, and never by the clock."""

import json
import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from html import unescape

import pytest
from tests.drawing import EVE, FACILITATOR, after, card, cell, cells, code, drawn
from tests.hostile import HOSTILE
from tests.outlets.asking import LONG_BEFORE, variant_of
from tests.outlets.boards import board as plain_board
from tests.outlets.boards import with_cards
from tests.outlets.desk import desk, settled
from tests.outlets.golden import golden

from openspaces.board.moves import MarkFull, RemoveCard, SetPitch, WithdrawCard
from openspaces.board.state import Board, Policy
from openspaces.board.vocabulary import Placing
from openspaces.outlets.base import Asked, BadVariant, NotHere, Variant
from openspaces.outlets.screen import SCREEN
from openspaces.outlets.screen.cells import scannable

DRAWN = drawn(
    """
              oak           elm         elsewhere
      09:00   Knit/ada      .           Chess at Park + Run at Gate
      10:00   "             #lunch      .
      11:00   .             .           .
      ---
      09:00   .             Talk        .
      ---
      09:00   Late          .           .
    """
)
BASE = "https://board.example"


def screen(shown: Board, language: str = "en", **query: str) -> str:
    variant = replace(variant_of(SCREEN, shown, language, **query), base_url=BASE)
    return SCREEN.render(shown, variant).decode()


def slots(html: str) -> dict[str, list[str]]:
    """What each slot shows, cell by cell, as words; by its day and times."""
    found = re.findall(r'<section class="slot" data-day="(\S+)".*?><h2>(.*?)</h2><ul>(.*?)</ul></section>', html)
    return {
        f"{day[-2:]} {span}": [words(item) for item in re.findall("<li.*?</li>", cells)] for day, span, cells in found
    }


def items(html: str) -> list[str]:
    return re.findall("<li.*?</li>", html)


def part(html: str, id_: str) -> str:
    """An element of the page by its id, up to the next one that has an id."""
    found = re.search(rf'<\w+ id="{id_}".*?(?=<\w+ id=|</main>|</body>)', html, re.DOTALL)
    assert found
    return found[0]


def words(html: str) -> str:
    """What somebody reads there."""
    return " ".join(unescape(re.sub("<.*?>", " ", html)).split())


def test_the_screen_reads_well() -> None:
    made = re.sub(r"\.[0-9a-f]{8}\.", ".", re.sub("<svg.*?</svg>", "<svg/>", screen(desk())))
    assert made == golden("screen.html", made)


# What it holds


def test_it_holds_two_days_so_that_it_knows_tomorrow_without_a_network() -> None:
    assert list(slots(screen(DRAWN))) == ["17 09:00–10:00", "17 10:00–11:00", "17 11:00–12:00", "18 09:00–10:00"]


def test_each_cell_says_what_is_there() -> None:
    assert slots(screen(DRAWN))["17 10:00–11:00"] == [
        "Oak Knit goes on until 11:00",
        "Elm lunch",
    ]


def test_cards_elsewhere_have_an_item_each_with_their_place() -> None:
    assert slots(screen(DRAWN))["17 09:00–10:00"] == [
        "Oak Knit until 11:00",
        "Elm Free",
        "Elsewhere Chess Park",
        "Elsewhere Run Gate",
    ]


def test_claims_contests_and_holds_are_told() -> None:
    shown = slots(screen(desk()))
    assert (shown["17 10:00–11:00"][1:], shown["17 11:00–12:00"][:2]) == (
        ["Elm Asked for “Robots”", "Ash Held until 09:30 Kept for speakers"],
        ["Oak In a contest “Vim”, “Emacs”", "Elm Needed for lunch"],
    )


def test_a_full_room_says_so_and_a_hidden_card_says_nothing() -> None:
    assert slots(screen(desk()))["17 09:00–10:00"] == [
        "Oak Knit until 11:00",
        "Elm Chess Room full",
        "Ash Hidden until somebody has read it",
        "Elsewhere Outside Gate",
    ]


def test_the_pause_and_announcements_stand_above_everything() -> None:
    html = screen(desk())
    assert (words(part(html, "freeze")), words(part(html, "said"))) == (
        "The board is paused: The hall's network is being repaired",
        "The keynote begins ten minutes late",
    )


def test_nothing_is_told_where_there_is_nothing() -> None:
    html = screen(DRAWN)
    assert [words(part(html, id_)) for id_ in ("freeze", "said", "contests", "pitch")] == ["", "", "", ""]


def test_a_vote_can_be_scanned_and_says_when_it_closes() -> None:
    board = desk()
    (contest,) = board.open_contests
    html = part(screen(board), "contests")
    assert contest.closes
    assert (words(html), str(scannable(f"{BASE}/camp/contests/{contest.id}/")) in html) == (
        "2 cards want Saturday 11:00–12:00, Oak “Vim”, “Emacs” Vote: scan this.",
        True,
    )
    assert re.findall('data-closes="(.*?)"', html) == [board.local(contest.closes).isoformat()]


def test_outcomes_are_told_for_a_while() -> None:
    board = settled()
    last, *_ = (words(each) for each in re.findall("<section.*?</section>", screen(board)) if "data-until" in each)
    assert last == "Settled: Saturday 11:00–12:00, Elm It was called off. It was a mistake"


def test_what_went_up_last_comes_first() -> None:
    later = after(DRAWN, MarkFull(card=code("Run"), full=True), FACILITATOR, EVE + timedelta(minutes=1))
    shown = [words(each) for each in re.findall("<p data-card.*?</p>", screen(later))]
    assert (len(shown), shown[0]) == (5, "New Run Saturday 09:00–10:00 , Gate")


# The pitch


QUEUE = tuple(code(title) for title in ("Knit", "Chess", "Run", "Talk", "Late"))


def pitch(board: Board) -> str:
    return words(part(screen(board), "pitch"))


def test_the_pitch_shows_the_first_and_the_next_three() -> None:
    lined_up = after(DRAWN, SetPitch(queue=QUEUE), FACILITATOR)
    assert pitch(lined_up) == "On stage Knit Next Chess Run Talk"


def test_a_card_that_is_withdrawn_meanwhile_is_passed_over() -> None:
    lined_up = after(DRAWN, SetPitch(queue=QUEUE), FACILITATOR)
    gone = after(lined_up, WithdrawCard(card=code("Knit")), FACILITATOR)
    removed = after(gone, RemoveCard(card=code("Run"), reason="Rude"), FACILITATOR)
    assert pitch(removed) == "On stage Chess Next Talk Late"


def test_a_pitch_ends_so_many_seconds_after_it_was_started() -> None:
    started = after(DRAWN, SetPitch(queue=QUEUE, seconds=90, started=True), FACILITATOR)
    ends = DRAWN.local(EVE + timedelta(seconds=90)).isoformat()
    assert re.findall('id="pitch" data-ends="(.*?)" data-seconds="(.*?)"', screen(started)) == [(ends, "90")]


# At a door


def test_a_door_shows_its_room_alone() -> None:
    assert slots(screen(DRAWN, room="elm")) == {
        "17 09:00–10:00": ["Elm Free until 10:00 Scan this to take it"],
        "17 10:00–11:00": ["Elm lunch"],
        "17 11:00–12:00": ["Elm Free until 12:00 Scan this to take it"],
        "18 09:00–10:00": ["Elm Talk until 10:00"],
    }


def test_a_free_room_is_taken_by_scanning_its_door() -> None:
    here = cell("elm 09:00")
    assert str(scannable(f"{BASE}/camp/cells/{here}/")) in screen(DRAWN, room="elm")


def test_where_the_facilitator_places_a_door_says_ask() -> None:
    led = replace(DRAWN, policy=Policy(placing=Placing.FACILITATORS))
    assert slots(screen(led, room="elm"))["17 09:00–10:00"] == ["Elm Free until 10:00 Scan this to ask for it"]


def test_a_room_is_free_until_somebody_has_or_wants_it() -> None:
    board = drawn(
        """
              oak     elm
      09:00   .       .
      10:00   .       .
      11:00   Knit    .
        """
    )
    shown = [slots(screen(board, room=key))["17 09:00–10:00"] for key in ("oak", "elm")]
    assert shown == [["Oak Free until 11:00 Scan this to take it"], ["Elm Free until 12:00 Scan this to take it"]]


# Variants


def test_a_screen_is_as_light_as_its_machine_unless_the_address_says_otherwise() -> None:
    shown = [re.findall("<html .*?>", screen(DRAWN, **asked))[0] for asked in ({}, {"theme": "dark"})]
    assert shown == ['<html lang="en" dir="ltr">', '<html lang="en" dir="ltr" data-theme="dark">']


@pytest.mark.parametrize(("query", "wrong"), [({"theme": "pink"}, BadVariant), ({"room": "gone"}, NotHere)])
def test_what_a_screen_cannot_show_is_said(query: dict[str, str], wrong: type[Exception]) -> None:
    with pytest.raises(wrong):
        variant_of(SCREEN, DRAWN, **query)


def test_the_day_to_show_is_today() -> None:
    at = datetime(2031, 5, 18, 3, tzinfo=UTC)
    days = [SCREEN.variant(Asked({"event": "camp"}, {}, "en", moment), DRAWN).day for moment in (LONG_BEFORE, at)]
    assert days == [DRAWN.days[0].date, DRAWN.days[1].date]


def test_equal_boards_are_equal_bytes() -> None:
    assert screen(DRAWN) == screen(DRAWN.with_card(card(DRAWN, "Knit")))


def test_the_screen_speaks_the_language_asked_for() -> None:
    html = screen(DRAWN, "ar")
    said = json.loads(re.findall('<script id="says".*?>(.*?)</script>', html)[0])
    assert (re.findall("<html .*?>", html), said["now"]) == (['<html lang="ar" dir="rtl">'], "الآن")


@pytest.mark.parametrize(
    ("policy", "used"),
    [
        (Policy(), False),
        (Policy(placing=Placing.PRESENCE), True),
        (Policy(contest_presence=True), True),
    ],
)
def test_the_presence_code_is_asked_for_where_it_is_used(policy: Policy, used: bool) -> None:
    body = re.findall("<body .*?>", screen(replace(DRAWN, policy=policy)))[0]
    assert ("data-presence" in body) == used


def test_without_an_address_there_is_no_code_to_scan() -> None:
    html = SCREEN.render(DRAWN, Variant(day=DRAWN.days[0].date, theme="", name="elm")).decode()
    assert "<svg" not in html


def test_a_board_without_days_is_a_screen() -> None:
    bare = Board("camp", number=1, name="Camp")
    assert "This board has no hours yet." in screen(bare)


# What people write


def tags(html: str) -> list[str]:
    return re.findall("<[^<>]*>", re.sub('<script id="says".*?</script>', "", html))


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_what_people_write_stays_text(text: str) -> None:
    def with_words(each: str) -> Board:
        written = desk()
        for one in written.in_order():
            said = replace(one.words, title=each, host=each, text=each, handle=each)
            written = written.with_card(replace(one, words=said))
        freeze, (said_,) = written.freeze, written.announcements
        assert freeze
        return replace(
            written,
            name=each,
            freeze=replace(freeze, reason=each),
            announcements=(replace(said_, text=each),),
            closures=written.closures.set(
                cells("elm 11:00")[0], replace(written.closures[cells("elm 11:00")[0]], reason=each)
            ),
        )

    # A long title is written smaller: what it says decides nothing else.
    def plain(html: str) -> list[str]:
        return [tag.replace(" long", "").replace(' class="long"', "") for tag in tags(html)]

    assert plain(screen(with_words(text))) == plain(screen(with_words("x")))


def test_the_screen_carries_no_style_and_no_script_of_its_own() -> None:
    shown = tags(screen(desk()))
    assert [
        tag for tag in shown if re.search(r'<style|\sstyle=|\son\w+=|<script(?! (src|type="module" src)=)', tag)
    ] == []


# Size


def test_forty_rooms_are_printed_small() -> None:
    full = with_cards(plain_board(rooms=40, days=2), 800)
    assert len(screen(full).encode()) < 500_000
