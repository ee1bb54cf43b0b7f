"""What changed, for feed readers: one entry for each thing that a reader cares about, and nothing that is hidden."""

import json
import random
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from tests import written_docs
from tests.drawing import EVE, FACILITATOR, ORGANISER, Row, cells, code
from tests.hostile import HOSTILE
from tests.outlets.asking import variant_of
from tests.outlets.feeds import atom, json_feed
from tests.outlets.golden import golden
from tests.playing import Playing

from openspaces.board.moves import (
    Announce,
    ApproveCard,
    ChangeDay,
    CloseCell,
    CountStars,
    EditCard,
    FreezeBoard,
    MarkFull,
    Move,
    MoveCard,
    OpenContest,
    PlaceCard,
    RemoveCard,
    RemoveRoom,
    SettleContest,
    ShieldCard,
    TakeDown,
    TakeUp,
    ThawBoard,
    WithdrawCard,
    WriteCard,
)
from openspaces.board.public import masked_change
from openspaces.board.state import Board, Change
from openspaces.board.vocabulary import Cell, Kind, Method
from openspaces.outlets.base import Pull, Variant
from openspaces.outlets.feed import ATOM, JSON
from openspaces.outlets.feed.entries import MOST, SETTLE, entries
from openspaces.outlets.feed.telling import KINDS
from openspaces.people.who import PROGRAM, Who

DRAWN = """
          oak        elm       elsewhere
  09:00   Knit/ada   Chess     Outside at Gate
  10:00   .          .         .
  11:00   .          .         .
"""
ADA = Who("ada")
SECOND, HOUR = timedelta(seconds=1), timedelta(hours=1)
FIRST_HOUR = EVE + HOUR
"""When the tests play on: what was drawn has settled by then."""
Entries = list[dict[str, Any]]


def camp(ideas: Row = (), planned: Row = ()) -> Playing:
    return Playing(DRAWN, ideas=ideas, planned=planned)


def known(camp: Playing, most: int = 10_000) -> tuple[Change, ...]:
    """The last changes of the kinds that the outlet asks for."""
    return tuple(masked_change(each, camp.board) for each in camp.log if each.kind in KINDS)[-most:]


def rendered(camp: Playing, pull: Pull = ATOM, most: int = 10_000, **query: str) -> bytes:
    variant = variant_of(pull, camp.board, **query)
    return pull.render(camp.board, replace(variant, base_url="https://board.example", log=known(camp, most)))


def told(camp: Playing, most: int = 10_000) -> Entries:
    return atom(rendered(camp, most=most))[1]


def news(camp: Playing) -> list[str]:
    """The titles of the entries since the board was drawn, the newest first."""
    return [each["title"] for each in since_drawn(camp)]


def since_drawn(camp: Playing) -> Entries:
    return [each for each in told(camp) if each["published"] > camp.board.local(EVE).isoformat()]


# The formats


def a_day() -> Playing:
    """A little of everything, an hour apart."""
    day = camp(ideas=("Vim",), planned=("Robots/rob",))
    moves: list[tuple[Move, Who]] = [
        (MoveCard(card=code("Knit"), cells=cells("oak 10:00")), ADA),
        (EditCard(card=code("Knit"), seen=99, title="Purl & <knit>", text="Bring wool.\n\nAny colour."), ADA),
        (TakeUp(card=code("Vim"), host="Zoë"), Who("zoe")),
        (CloseCell(cells=cells("elm 09:00"), reason="Needed for lunch"), FACILITATOR),
        (MarkFull(card=code("Outside"), full=True), Who("outside")),
        (Announce(text="The keynote begins ten minutes late", minutes=45), FACILITATOR),
        (RemoveCard(card=code("Outside"), reason="It insults people"), FACILITATOR),
        (FreezeBoard(reason="The network is being repaired"), ORGANISER),
    ]
    for hour, (move, by) in enumerate(moves, start=1):
        day.do(move, by, EVE + hour * HOUR)
    return day


def test_the_atom_feed_reads_well() -> None:
    made = rendered(a_day())
    assert atom(made)[1]
    assert made.decode() == golden("changes.atom", made.decode())


def test_the_json_feed_reads_well() -> None:
    made = rendered(a_day(), JSON)
    assert json_feed(made)[1]
    written = json.dumps(json.loads(made), ensure_ascii=False, indent=1) + "\n"
    assert written == golden("changes.json", written)


@pytest.mark.parametrize("pull", [ATOM, JSON])
def test_the_same_log_is_the_same_bytes(pull: Pull) -> None:
    assert rendered(a_day(), pull) == rendered(a_day(), pull)


def test_both_feeds_tell_the_same_under_the_same_names() -> None:
    of_atom, of_json = told(a_day()), json_feed(rendered(a_day(), JSON))[1]
    one = [(each["id"], each["title"], each["links"]["alternate"], each["updated"]) for each in of_atom]
    assert one == [(each["id"], each["title"], each["url"], each["date_modified"]) for each in of_json]


@pytest.mark.parametrize("pull", [ATOM, JSON])
def test_an_event_of_which_nothing_is_known_has_an_empty_feed(pull: Pull) -> None:
    made = pull.render(camp().board, Variant(base_url="https://board.example"))
    assert (atom if pull is ATOM else json_feed)(made)[1] == []


def test_a_feed_is_dated_by_its_newest_entry_and_not_by_what_is_no_news() -> None:
    day = a_day()
    before = rendered(day)
    day.do(CountStars(), PROGRAM, EVE + 20 * HOUR)
    assert rendered(day) == before


def test_a_feed_speaks_the_language_of_its_event_unless_its_address_names_another() -> None:
    german = replace(camp().board, language="de")
    variants = [variant_of(ATOM, german, **query) for query in ({}, {"language": "hi"}, {"lang": "ar"})]
    assert [each.language for each in variants] == ["de", "de", "ar"]
    feed, _ = atom(rendered(camp(), lang="de"))
    assert (feed["lang"], feed["links"]["self"]) == ("de", "https://board.example/camp/changes.atom?lang=de")
    assert atom(rendered(camp()))[0]["links"]["self"] == "https://board.example/camp/changes.atom"


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


# What is hidden


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


# Long logs


def a_busy_day(seed: int, moves: int = 120) -> Playing:
    """Cards that are moved, taken down and put back at random, seconds or minutes apart."""
    rng, day, at = random.Random(seed), camp(planned=("Robots/rob", "Go/gil")), FIRST_HOUR
    for _ in range(moves):
        at += rng.choice((5, 20, 50, 61, 90, 300)) * SECOND
        card = rng.choice([each for each in day.board.cards.values() if each.code != code("Outside")])
        free = [Cell(room, slot) for slot in day.board.slots for room in ("oak", "elm")]
        free = [cell for cell in free if day.board.is_free(cell)]
        if card.placement and rng.random() < 0.3:
            day.do(TakeDown(card=card.code), FACILITATOR, at)
        elif free:
            move = MoveCard if card.placement else PlaceCard
            day.do(move(card=card.code, cells=(rng.choice(free),)), FACILITATOR, at)
    return day


def rests(log: Sequence[Change]) -> int:
    """How often a card of a log began to change after a minute or more of rest."""
    last: dict[str, Any] = {}
    count = 0
    for change in log:
        if change.card:
            count += change.card not in last or change.at - last[change.card] > SETTLE
            last[change.card] = change.at
    return count


@pytest.mark.parametrize("seed", range(5))
def test_a_busy_day_has_an_entry_for_each_time_that_a_card_was_busy(seed: int) -> None:
    day = a_busy_day(seed)
    of_cards = [each for each in told(day) if each["kind"] != "event.made"]
    assert len(of_cards) == min(rests(day.log), MOST)


@pytest.mark.parametrize("seed", range(5))
def test_what_is_known_of_a_cut_off_log_has_the_names_that_it_has_in_the_whole(seed: int) -> None:
    day = a_busy_day(seed)
    whole = told(day)
    for most in (40, 60, 90):
        part = told(day, most)
        assert len(part) > most / 5
        assert part == whole[: len(part)]


def test_a_feed_has_a_hundred_entries_at_most_and_the_newest_ones() -> None:
    day = a_busy_day(1, moves=400)
    entries = told(day)
    assert (len(entries), entries[0]["updated"]) == (MOST, day.board.local(day.log[-1].at).isoformat())


def test_what_many_wrote_in_one_minute_is_not_left_out_because_the_log_was_cut() -> None:
    day = camp()
    for number in range(60):
        day.do(WriteCard(title=f"Card {number}", code=f"CARD{number:02}"), ADA, FIRST_HOUR)
    assert len(told(day, most=50)) == 50


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
