"""What waits for somebody, on the pages: claims, contests, holds, cards that lost their cells, and what is hidden."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest
from tests.drawing import EVE, FACILITATOR, after, card, cell, code
from tests.hostile import HOSTILE
from tests.outlets.desk import LED, OPEN, desk, settled
from tests.outlets.golden import golden
from tests.outlets.pages import Elements

from openspaces.board.moves import (
    Announce,
    CallOffContest,
    FreezeBoard,
    OpenContest,
    RemoveCard,
    ShieldCard,
    ThawBoard,
)
from openspaces.board.state import Board, Policy
from openspaces.board.vocabulary import Cell, Method
from openspaces.board.words import Words
from openspaces.outlets.base import Variant
from openspaces.outlets.page import CARD, CONTESTS, NOW, PAGE, draw_cells, draw_contests, draw_items, draw_notices

DESK, SETTLED = desk(), settled()
FIRST = Variant(base_url="https://board.example", day=DESK.days[0].date)
(CONTEST,) = DESK.contests


def drawn_cell(board: Board, name: str) -> str:
    return dict(draw_cells(board, [cell(name)], "en"))[f"cell-{cell(name)}"]


def listed(board: Board, title: str) -> str:
    ((_, html),) = draw_items(board, [code(title)], "en")
    return html


def notices(board: Board) -> str:
    ((_, html),) = draw_notices(board, "en")
    return html


def card_page(board: Board, title: str) -> Elements:
    return Elements(CARD.render(board, Variant(name=code(title), base_url="https://board.example")).decode())


def contests_page(board: Board) -> str:
    return CONTESTS.render(board, Variant()).decode()


# Cells


def test_what_waits_reads_well() -> None:
    every = [each for day in DESK.days[:1] for each in day_cells(DESK)]
    drawn = [*draw_notices(DESK, "en"), *draw_cells(DESK, every, "en"), *draw_items(DESK, sorted(DESK.cards), "en")]
    made = "".join(f"{html}\n" for _, html in drawn if html)
    assert made == golden("waiting.html", made)


def test_a_cell_that_is_asked_for_says_by_which_card_and_leads_to_its_form() -> None:
    shown = Elements(drawn_cell(DESK, "elm 10:00"))
    assert (shown.said, shown.addresses) == ("Elm Asked for: “Robots”", [f"/camp/cells/{cell('elm 10:00')}/"])


def test_a_contested_cell_says_how_it_is_decided_and_has_all_titles() -> None:
    shown = Elements(drawn_cell(DESK, "oak 11:00"))
    assert shown.said == "Oak Vote until Friday 12:30 “Vim” “Emacs”"
    assert shown.addresses == [f"/camp/contests/{CONTEST}/"]


def test_a_page_knows_no_clock_and_gives_the_deadline_to_the_script() -> None:
    closes = DESK.local(EVE + timedelta(minutes=30)).isoformat()
    assert re.findall("<time (.*?)>", drawn_cell(DESK, "oak 11:00")) == [f'datetime="{closes}" data-left']


@pytest.mark.parametrize(
    ("method", "says"),
    [
        (Method.VOTE, "Vote until 10:30"),
        (Method.HANDS, "Show of hands by 10:30"),
        (Method.LOT, "Lot at 10:30"),
        (Method.AGREEMENT, "The hosts agree by 10:30"),
        (Method.DECISION, "The facilitator decides by 10:30"),
    ],
)
def test_each_way_to_decide_has_its_words(method: Method, says: str) -> None:
    ends = DESK.days[0].slots[1].starts + timedelta(minutes=30)
    contest = replace(DESK.contests[CONTEST], method=method, closes=ends)
    board, without = DESK.with_contest(contest), DESK.with_contest(replace(contest, closes=None))
    expected = f"Oak {says} “Vim” “Emacs”"
    assert Elements(drawn_cell(board, "oak 11:00")).said == expected
    assert Elements(drawn_cell(without, "oak 11:00")).said == re.sub(r" (until|by|at) \S+", "", expected, count=1)


def test_a_contest_about_a_taken_cell_shows_the_card_that_holds_it_too() -> None:
    opened = after(DESK, OpenContest(cell=cell("elm 09:00"), cards=(code("Chess"), code("Yoga"))), FACILITATOR)
    assert Elements(drawn_cell(opened, "elm 09:00")).said == "Elm Vote until Friday 12:30 “Chess” “Yoga”"


def test_a_held_cell_says_until_when_and_a_closed_one_does_not() -> None:
    held, closed = (drawn_cell(DESK, name) for name in ("ash 10:00", "elm 11:00"))
    assert (Elements(held).said, Elements(closed).said) == (
        "Ash Held until 09:30: Kept for speakers",
        "Elm Needed for lunch",
    )
    assert [re.findall('class="cell (.*?)"', html) for html in (held, closed)] == [["closed held"], ["closed"]]


def test_a_hidden_card_keeps_its_cell_and_says_nothing_of_what_it_said() -> None:
    shown = Elements(drawn_cell(DESK, "ash 09:00"))
    assert (shown.said, shown.addresses) == ("Ash Hidden until somebody has read it", ["/camp/cards/ABUSE0/"])


def test_the_place_that_the_host_of_a_hidden_card_wrote_in_is_hidden_too() -> None:
    hidden = after(DESK, ShieldCard(card=code("Outside"), reason="Rude"), FACILITATOR)
    assert Elements(drawn_cell(hidden, "elsewhere 09:00")).said == (
        "Elsewhere Hidden until somebody has read it […] Another place"
    )


def test_a_full_room_is_marked_wherever_its_card_stands() -> None:
    knit = replace(card(DESK, "Knit"), full=True)
    said = [Elements(drawn_cell(DESK.with_card(knit), name)).said for name in ("oak 09:00", "oak 10:00")]
    assert said == ["Oak Knit 09:00–11:00 Room full", "Oak Knit goes on until 11:00 Room full"]


def test_what_is_asked_for_is_not_counted_as_free() -> None:
    lines = dict(draw_cells(DESK, day_cells(DESK), "en"))
    counted = [Elements(lines[f"open-{slot.key}"]).said for slot in DESK.days[0].slots]
    assert counted == ["No room is free: meet elsewhere"] * 2 + ["1 room free: ask for it"]


def day_cells(board: Board) -> list[Cell]:
    return list(board.cells_of(board.days[0]))


# Lists


@pytest.mark.parametrize(
    ("title", "says"),
    [
        ("Robots", "Robots asks for Saturday 10:00–11:00, Elm"),
        ("Vim", "Vim asks for Saturday 11:00–12:00, Oak"),
        ("Lost", "Lost looks for a new room"),
        ("Yoga", "Yoga Announced, no room yet"),
    ],
)
def test_a_card_without_a_cell_says_what_it_waits_for(title: str, says: str) -> None:
    assert Elements(listed(DESK, title)).said == f"{says} I’d come I’d co-host"


def test_a_hidden_card_without_a_cell_stands_in_no_list_until_it_is_approved() -> None:
    hidden = after(DESK, ShieldCard(card=code("Yoga"), reason="Rude"), FACILITATOR)
    assert (listed(hidden, "Yoga"), "Yoga" in PAGE.render(hidden, FIRST).decode()) == ("", False)


# Notices


def test_notices_stand_on_the_board_on_now_and_on_the_contests_as_the_stream_draws_them() -> None:
    pages = [pull.render(DESK, FIRST).decode() for pull in (PAGE, NOW, CONTESTS)]
    assert [notices(DESK) in each for each in pages] == [True] * 3


def test_where_there_is_nothing_to_hear_nothing_is_shown() -> None:
    off = after(DESK, CallOffContest(contest=CONTEST, reason="A mistake"), FACILITATOR)
    quiet = replace(off, freeze=None, announcements=(), pitch=None)
    assert re.findall('<section class="notices" .*?>(.*)</section>', notices(quiet)) == [""]
    assert [notices(board).count(" hidden>") for board in (quiet, DESK)] == [1, 0]


def test_three_contests_are_named_and_the_others_counted() -> None:
    many = DESK
    for number, name in enumerate(("elm 09:00", "elm 10:00", "ash 11:00"), start=50):
        many = many.with_contest(replace(DESK.contests[CONTEST], id=number, cells=(cell(name),)))
    shown = Elements(notices(many))
    assert [href for href in shown.addresses if "contests" in href] == [
        *(f"/camp/contests/{number}/" for number in (CONTEST, 50, 51)),
        "/camp/contests/",
    ]
    assert shown.said.count("1 more contest") == 1


# One card


def test_the_page_of_a_card_says_how_its_contest_ended_and_why() -> None:
    said = card_page(SETTLED, "Chess").said
    assert said.count("Saturday 09:00–10:00, Elm “Chess” has it: by vote, 23 : 17. Both were glad") == 1


def test_the_page_of_a_card_that_lost_says_who_has_won_and_what_it_waits_for() -> None:
    said = card_page(SETTLED, "Robots").said
    assert said.count("“Chess” has it: by vote, 23 : 17. Both were glad") == 1
    assert said.count("Looks for a new room: Both were glad") == 1


def test_the_page_of_a_card_in_a_contest_says_until_when_it_is_open() -> None:
    shown = card_page(DESK, "Vim")
    assert shown.said.count("Asks for Saturday 11:00–12:00, Oak") == 1
    assert shown.said.count("Vote until Friday 12:30") == 1
    assert f"/camp/contests/{CONTEST}/" in shown.addresses


def test_two_cards_in_one_know_each_other() -> None:
    whole, part = card_page(DESK, "Outside"), card_page(DESK, "Guests")
    assert whole.said.count("Part of it: “Guests”") == 1
    assert part.said.count("This card became part of another one: Outside") == 1
    assert "/camp/cards/OUTSID/" in part.addresses


def test_the_page_of_a_card_has_its_marks() -> None:
    assert card_page(DESK, "Chess").said.count("Room full") == 1
    assert card_page(DESK, "Knit").said.count("Still on, says its host") == 1


def test_a_card_can_be_reported_unless_it_is_hidden_or_gone() -> None:
    reports = {title: f"/camp/cards/{code(title)}/report/" for title in ("Chess", "Abuse", "Rude", "Guests")}
    shown = {title: href in card_page(DESK, title).addresses for title, href in reports.items()}
    assert shown == {"Chess": True, "Abuse": False, "Rude": False, "Guests": False}


def test_a_hidden_card_is_passed_on_by_nobody() -> None:
    shown = card_page(DESK, "Abuse")
    assert shown.said.count("Hidden until somebody has read it") == 2
    assert [href for href in shown.addresses if "share" in href or "mailto" in href] == []
    assert 'content="noindex"' in CARD.render(DESK, Variant(name="ABUSE0")).decode()


def test_a_removed_card_says_so() -> None:
    assert card_page(DESK, "Rude").said.count("This card was removed by the people who run the board.") == 1


@pytest.mark.parametrize(("policy", "leads"), [(OPEN, True), (LED, False), (Policy(), False)])
def test_a_card_leads_to_asking_for_its_cell_too_where_a_contest_would_decide(policy: Policy, leads: bool) -> None:
    shown = card_page(replace(DESK, policy=policy), "Chess")
    assert (f"/camp/cells/{cell('elm 09:00')}/" in shown.addresses) is leads


# The contests


def test_the_page_of_the_contests_has_the_open_ones_first_then_the_others_the_latest_first() -> None:
    reopened = after(SETTLED, OpenContest(cell=cell("ash 09:00"), cards=(code("Abuse"), code("Vim"))), FACILITATOR)
    opened = max(reopened.contests)
    ids = re.findall(r'id="(open-contests|settled-contests|contest-\d+)"', contests_page(reopened))
    over = [f"contest-{each}" for each in sorted(set(reopened.contests) - {opened}, reverse=True)]
    assert ids == ["open-contests", f"contest-{opened}", "settled-contests", *over]


def test_a_settled_contest_reads_well() -> None:
    drawn = draw_contests(SETTLED, sorted(SETTLED.contests), "en")
    made = "".join(f"{Elements(html).said}\n" for _, html in drawn)
    assert made == golden("contests.txt", made)


def test_nothing_is_told_of_an_open_contest_that_only_its_close_tells() -> None:
    contest = DESK.contests[CONTEST]
    counted = replace(contest, tally={"VIM000": 3, "EMACS0": 4}, ballots=7)
    told = [contests_page(DESK.with_contest(each)) for each in (contest, counted)]
    assert (told[0], told[1].count(contest.seal)) == (told[1], 0)
    assert Elements(told[0]).said.count("Between equals the lot decides.") == 1


def test_a_contest_that_was_called_off_says_why() -> None:
    off = after(DESK, CallOffContest(contest=CONTEST, reason="A mistake"), FACILITATOR)
    ((_, html),) = draw_contests(off, [CONTEST], "en")
    assert Elements(html).said.count("It was called off. A mistake") == 1


# What people write


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_what_people_write_stays_text_wherever_it_waits(text: str) -> None:
    calm, hostile = (Elements(everything(each)) for each in ("x", text))
    assert (hostile.tags, hostile.attributes) == (calm.tags, calm.attributes)


def everything(text: str) -> str:
    """Every page of a board on which everybody wrote the same."""
    board = after(DESK, ThawBoard(), FACILITATOR)
    board = after(board, RemoveCard(card=code("Guests"), reason=text), FACILITATOR)
    board = after(board, Announce(text=text), FACILITATOR)
    board = after(board, FreezeBoard(reason=text), FACILITATOR)
    for each in board.in_order():
        if not each.hidden:
            board = board.with_card(replace(each, words=Words(text, text, text, text)))
    pages = [pull.render(board, FIRST).decode() for pull in (PAGE, NOW, CONTESTS)]
    return "".join([*pages, *(CARD.render(board, Variant(name=each)).decode() for each in sorted(board.cards))])
