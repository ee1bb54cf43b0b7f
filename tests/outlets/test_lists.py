"""Ideas and announced sessions as pages that are the same for everyone; how many would come; the programme beside."""

import re
from dataclasses import replace

import pytest
from tests.drawing import FACILITATOR, ORGANISER, after, at, code, drawn
from tests.hostile import HOSTILE
from tests.outlets.asking import variant_of
from tests.outlets.pages import Elements

from openspaces.board.change import Change
from openspaces.board.moves import FollowProgramme, ShieldCard, TakeUp, WriteCard
from openspaces.board.state import Board, Talk, Wished
from openspaces.board.vocabulary import Kind
from openspaces.live.frames import News, draw
from openspaces.outlets.base import BadVariant, Variant
from openspaces.outlets.page import CARD, IDEAS, NOW, PAGE, PLANNED, draw_items
from openspaces.people.who import Who

DRAWN = """
          oak      elm
  09:00   Knit     .
  10:00   .        Talk
  ---
  09:00   .        .
"""
IDEAS_LEFT = ("Bees", "Git", "Honey", "Mud")


def starred(**stars: int) -> Board:
    """The drawn board with ideas, of which some have been starred."""
    board = drawn(DRAWN, ideas=IDEAS_LEFT)
    for title, count in stars.items():
        board = board.with_card(replace(board.cards[code(title)], stars=count))
    return board


def titles(page: bytes) -> list[str]:
    """The titles in a list, in its order."""
    return re.findall(r"<h3[^>]*><a [^>]*>([^<]*)</a>", page.decode())


def ideas(board: Board, sort: str = "") -> list[str]:
    query = {"sort": sort} if sort else {}
    return titles(IDEAS.render(board, variant_of(IDEAS, board, **query)))


def announced(title: str, wished: Wished | None = None, wish: str = "") -> WriteCard:
    return WriteCard(title=title, code=code(title), host="Ida", wish=wish, wished=wished)


# Ideas


def test_the_ideas_that_most_would_come_to_are_first_unless_one_asks_otherwise() -> None:
    board = starred(Honey=3, Git=5)
    assert ideas(board) == ["Git", "Honey", "Bees", "Mud"]
    assert ideas(board, "stars") == ideas(board)
    assert ideas(board, "new") == ["Mud", "Honey", "Git", "Bees"]


def test_shuffled_ideas_are_in_the_same_order_for_everyone_and_in_another_one_with_the_next_number() -> None:
    board = starred(Git=5)
    orders = {tuple(ideas(replace(board, number=number), "fair")) for number in range(100, 130)}
    assert (ideas(board, "fair"), len(orders) > 5) == (ideas(board, "fair"), True)
    assert {order[0] for order in orders} == set(IDEAS_LEFT)


def test_an_order_that_is_none_is_refused() -> None:
    with pytest.raises(BadVariant):
        variant_of(IDEAS, starred(), sort="luck")


def test_an_idea_says_how_many_would_come_and_what_one_can_do() -> None:
    ((_, html),) = draw_items(starred(Git=1), [code("Git")], "en")
    assert Elements(html).said == "Git 1 would come I’d come Take it up I’d co-host"


def test_hidden_ideas_and_those_that_were_taken_up_are_in_no_list_of_ideas() -> None:
    board = after(starred(), ShieldCard(card=code("Bees"), reason="Rude"), FACILITATOR)
    board = after(board, TakeUp(card=code("Git"), host="Eva"), Who("eva"))
    assert ideas(board) == ["Honey", "Mud"]
    assert titles(PLANNED.render(board, Variant())) == ["Git"]


def test_nothing_that_somebody_writes_becomes_part_of_the_page() -> None:
    for number, hostile in enumerate(HOSTILE):
        move = WriteCard(
            title=hostile[:80] or "-", text=hostile, host="Eve", wish=hostile[:200], code=f"HOST{number:02}"
        )
        board = after(drawn(DRAWN), move, Who("eve"))
        for pull in (PLANNED, CARD):
            page = Elements(pull.render(board, Variant(name=move.code)).decode())
            plain = drawn(DRAWN, planned=("Plain",))
            usual = Elements(pull.render(plain, Variant(name=code("Plain"))).decode())
            assert set(page.tags) <= {*usual.tags, "p"}
            assert page.attributes <= {*usual.attributes, "dir", "class"}


# Announced


def test_announced_sessions_are_in_the_order_of_the_times_they_wish_for() -> None:
    board = drawn(DRAWN)
    days = [day.date for day in board.days]
    for title, wished in (
        ("Whenever", None),
        ("Second day", Wished(day=days[1])),
        ("At ten", Wished(slots=("0517-1000",), room="elm")),
        ("First day", Wished(day=days[0])),
        ("Some room", Wished(room="oak")),
    ):
        board = after(board, announced(title, wished), Who("ida"))
    order = ["First day", "At ten", "Second day", "Whenever", "Some room"]
    assert titles(PLANNED.render(board, Variant())) == order


@pytest.mark.parametrize(
    ("room", "said"),
    [("elm", ", Elm. It has no room yet."), ("", ". It has no room yet. Wish: “Elm at ten, with a piano”")],
    ids=["all of it was understood", "the room was not"],
)
def test_an_announced_session_says_what_was_understood_or_its_wish_too_and_that_it_has_no_room(
    room: str, said: str
) -> None:
    wished = Wished(day=at("10:00").date(), slots=("0517-1000",), room=room)
    board = after(drawn(DRAWN), announced("Wine", wished, "Elm at ten, with a piano"), Who("ida"))
    ((_, html),) = draw_items(board, ["WINE00"], "en")
    assert Elements(html).said == f"Wine Ida Announced for Saturday, 17 May, 10:00–11:00{said} I’d come I’d co-host"


def test_what_the_event_has_no_more_is_left_out_of_a_wish() -> None:
    wished = Wished(slots=("0517-2300",), room="attic")
    board = after(drawn(DRAWN), announced("Wine", wished, "Late"), Who("ida"))
    ((_, html),) = draw_items(board, ["WINE00"], "en")
    assert "Announced, no room yet" in Elements(html).said


# Counted


def test_counted_stars_are_drawn_wherever_the_card_is_and_told_to_nobody() -> None:
    board = starred(Git=1)
    board = board.with_card(replace(board.cards[code("Knit")], stars=12))
    stars = {code("Git"): 1, code("Knit"): 12}
    change = Change(Kind.STARS_COUNTED, "", (), {"stars": {}}, {"stars": stars}, board.number, board.at, "program")
    frame = draw(News(board.number - 1, board.number, (change,)), board, "en").decode()
    assert ("1 would come" in frame, "12 would come" in frame) == (True, True)
    assert ('"says":[]' in frame, '"quiet":true' in frame) == (True, True)


# The main programme


def test_the_main_programme_stands_beside_its_hour_keynotes_first() -> None:
    talks = [Talk(f"t{n}", f"Talk {n}", at("09:00"), at("09:30"), "Hall B") for n in range(5)]
    talks.append(Talk("k", "Opening", at("08:30"), at("09:15"), "Hall A", keynote=True))
    board = after(drawn(DRAWN), FollowProgramme(talks=tuple(talks)), ORGANISER)
    page = PAGE.render(board, Variant(day=board.days[0].date)).decode()
    (line,) = re.findall(r'<p class="shadow">.*?</p>', page)
    assert Elements(line).said == (
        "Main programme: 08:30 Opening (Hall A), 09:00 Talk 0 (Hall B), 09:00 Talk 1 (Hall B), "
        "09:00 Talk 2 (Hall B), 2 more talks"
    )
    assert line in NOW.render(board, Variant(day=board.days[0].date, form="now", name="0517-0900")).decode()
