"""What changed, for feed readers: one entry for each thing that a reader cares about."""

from dataclasses import replace
from datetime import timedelta

import pytest
from tests import written_docs
from tests.drawing import FACILITATOR, ORGANISER, cells, code
from tests.outlets.camp_news import ADA, FIRST_HOUR, HOUR, SECOND, a_day, camp, news, since_drawn, told

from openspaces.board.moves import (
    ChangeDay,
    EditCard,
    FreezeBoard,
    MarkFull,
    MoveCard,
    OpenContest,
    RemoveRoom,
    SettleContest,
    ThawBoard,
    WithdrawCard,
    WriteCard,
)
from openspaces.board.state import Board, Change
from openspaces.board.vocabulary import Kind, Method
from openspaces.outlets.feed.entries import SETTLE, entries
from openspaces.people.who import Who

# What is news


def test_each_thing_that_a_reader_cares_about_is_told_once() -> None:
    assert news(a_day()) == [
        "The board is paused: The network is being repaired",
        "A card was removed",
        "The keynote begins ten minutes late",
        "“[…]” is full",
        "Closed, Needed for lunch: Saturday 09:00–10:00, Elm",
        "“Chess” lost its place: Needed for lunch",
        "“Vim” has a host: Zoë",
        "“Knit” is now called “Purl & <knit>”",
        "“Purl & <knit>” moved: Saturday 10:00–11:00, Oak",
    ]


def test_five_moves_in_a_minute_are_one_entry_that_says_where_it_ended() -> None:
    day = camp()
    names = []
    for step, place in enumerate(("oak 10:00", "oak 11:00", "elm 10:00", "elm 11:00", "oak 10:00")):
        day.do(MoveCard(card=code("Knit"), cells=cells(place)), ADA, FIRST_HOUR + step * 10 * SECOND)
        names += [each["id"] for each in since_drawn(day)]
    (entry,) = since_drawn(day)
    assert names == [entry["id"]] * 5
    assert entry["title"] == "“Knit” moved: Saturday 10:00–11:00, Oak"
    assert [entry["published"][11:19], entry["updated"][11:19]] == ["13:00:00", "13:00:40"]


def test_after_a_restore_the_same_changes_have_the_same_names() -> None:
    day = a_day()
    before = [each["id"] for each in told(day)]
    day.board = replace(day.board, epoch="restored")
    assert [each["id"] for each in told(day)] == before
    other = replace(day.log[-1], at=day.log[-1].at + SECOND)
    day.log[-1] = other
    assert [each["id"] for each in told(day)][1:] == before[1:]
    assert told(day)[0]["id"] != before[0]


@pytest.mark.parametrize(("wait", "count"), [(SETTLE, 1), (SETTLE + SECOND, 2)])
def test_what_comes_later_is_an_entry_of_its_own(wait: timedelta, count: int) -> None:
    day = camp()
    for place, at in (("oak 10:00", FIRST_HOUR), ("oak 11:00", FIRST_HOUR + wait)):
        day.do(MoveCard(card=code("Knit"), cells=cells(place)), ADA, at)
    assert len(since_drawn(day)) == count


def test_two_cards_that_move_in_the_same_minute_are_two_entries() -> None:
    day = camp()
    day.do(MoveCard(card=code("Knit"), cells=cells("oak 10:00")), ADA, FIRST_HOUR)
    day.do(MoveCard(card=code("Chess"), cells=cells("elm 10:00")), Who("chess"), FIRST_HOUR)
    assert len(since_drawn(day)) == 2


def test_a_card_that_is_written_placed_and_full_in_a_minute_is_one_entry_that_says_where_it_is() -> None:
    day = camp()
    write = WriteCard(title="Go", text="Bring a board.", host="Zoë", code="GO0000", cells=cells("oak 10:00"))
    day.do(write, ADA, FIRST_HOUR)
    day.do(MarkFull(card="GO0000", full=True), ADA, FIRST_HOUR + SECOND)
    (entry,) = since_drawn(day)
    assert entry["title"] == "“Go” is on the board: Saturday 10:00–11:00, Oak"
    assert entry["text"] == [entry["title"], "“Go” is full", "Zoë", "Bring a board."]


def test_a_card_that_was_withdrawn_says_so_and_nothing_else() -> None:
    day = camp()
    day.do(EditCard(card=code("Knit"), seen=99, text="Bring wool."), ADA, FIRST_HOUR)
    day.do(WithdrawCard(card=code("Knit")), ADA, FIRST_HOUR + HOUR)
    (entry,) = since_drawn(day)
    assert (entry["title"], entry["text"]) == ("“Knit” was withdrawn", ["“Knit” was withdrawn"])


def test_another_text_is_no_news_and_another_title_is() -> None:
    day = camp()
    day.do(EditCard(card=code("Knit"), seen=99, text="Bring wool.", host="Ada"), ADA, FIRST_HOUR)
    assert news(day) == []
    day.do(EditCard(card=code("Knit"), seen=99, title="Purl"), ADA, FIRST_HOUR + HOUR)
    assert news(day) == ["“Knit” is now called “Purl”"]


def test_an_idea_and_a_card_that_is_announced_are_told_as_what_they_are() -> None:
    day = camp()
    day.do(WriteCard(title="Vim", code="VIM000", idea=True), Who("somebody"), FIRST_HOUR)
    day.do(WriteCard(title="Robots", code="ROBOTS", wish="Friday, in the evening"), ADA, FIRST_HOUR + HOUR)
    announced, idea = since_drawn(day)
    assert (idea["title"], idea["text"]) == ("New idea: “Vim”", ["New idea: “Vim”"])
    assert (announced["title"], announced["text"][1:]) == ("New card: “Robots”", ["Friday, in the evening"])


def test_a_pause_and_its_end_within_a_minute_are_one_entry() -> None:
    day = camp()
    day.do(FreezeBoard(reason="A test"), ORGANISER, FIRST_HOUR)
    day.do(ThawBoard(), ORGANISER, FIRST_HOUR + SECOND)
    assert news(day) == ["The board is open again"]


def test_a_contest_tells_who_won_once() -> None:
    day = camp(planned=("Robots/rob",))
    rivals = (code("Knit"), code("Robots"))
    day.do(OpenContest(cell=cells("oak 09:00")[0], cards=rivals, seal="a seal"), FACILITATOR, FIRST_HOUR)
    ends = SettleContest(contest=max(day.board.contests), method=Method.DECISION, winner=rivals[1], reason="It is new")
    day.do(ends, FACILITATOR, FIRST_HOUR + HOUR)
    where = "Saturday 09:00–10:00, Oak"
    assert news(day) == [
        "“Knit” may choose another place",
        f"“Robots” won the contest for {where}: the facilitator decided. It is new",
        f"“Knit”, “Robots” contend for {where}",
    ]


def test_rooms_and_days_that_come_with_the_event_are_one_entry_and_a_later_room_is_another() -> None:
    drawn = [each["title"] for each in told(camp())]
    assert [title for title in drawn if "room" in title or "board:" not in title] == ["“Camp” has a board"]


def test_where_a_card_was_is_told_by_its_room_alone_once_the_room_is_gone() -> None:
    day = camp()
    for place, at in (("elm 10:00", FIRST_HOUR), ("oak 10:00", FIRST_HOUR + HOUR)):
        day.do(MoveCard(card=code("Chess"), cells=cells(place)), Who("chess"), at)
    without = replace(day.board.days[0], rooms=("oak", "elsewhere"))
    day.do(ChangeDay(day=without), ORGANISER, FIRST_HOUR + 2 * HOUR)
    assert news(day)[1:] == ["“Chess” moved: Saturday 10:00–11:00, Oak", "“Chess” moved: Elm"]
    day.do(RemoveRoom(key="elm"), ORGANISER, FIRST_HOUR + 3 * HOUR)
    assert (news(day)[0], news(day)[-1]) == ("Elm is no longer on the board", "“Chess” moved: elm")


# Every kind of change


NO_NEWS = {
    Kind.CARD_APPROVED,
    Kind.CARD_CLAIMED,
    Kind.CARD_COHOSTED,
    Kind.CARD_CONFIRMED,
    Kind.CARD_OFFERED,
    Kind.CARD_SHIELDED,
    Kind.CAUTION_CHANGED,
    Kind.CLAIM_DROPPED,
    Kind.CONTEST_CHANGED,
    Kind.DEAL_ASKED,
    Kind.DEAL_DROPPED,
    Kind.ANNOUNCEMENT_ENDED,
    Kind.EVENT_CHANGED,
    Kind.HOSTS_ERASED,
    Kind.PITCH_CHANGED,
    Kind.PROGRAMME_FOLLOWED,
    Kind.ROOM_CHANGED,
    Kind.STARS_COUNTED,
}


def test_every_kind_of_change_is_news_or_is_known_to_be_none() -> None:
    """The changes that all moves lead to, each alone: some of a kind may be no news, such as another text."""
    counts: dict[Kind, set[int]] = {}
    for change, board in written_docs._all_changes():
        before = () if change.kind is Kind.EVENT_MADE else (first_of(board),)
        leads = [each.lead for each in entries(board, (*before, change))]
        counts.setdefault(change.kind, set()).add(leads.count(change.kind))
    assert set(counts) == set(Kind)
    assert {kind for kind, found in counts.items() if found == {0}} == NO_NEWS
    assert set.union(*counts.values()) == {0, 1}


def first_of(board: Board) -> Change:
    """The change with which a whole log begins, long before any other."""
    return Change(Kind.EVENT_MADE, after={"name": board.name}, number=1)
