"""What stories 1, 3 and 9 say of those who follow a board from outside, sentence by sentence."""

import re
from collections.abc import Iterator

import pytest
from django.conf import LazySettings
from tests.drawing import EVENT, FACILITATOR, HELPER, cells, code
from tests.intake.event import titled
from tests.mailbox import Mailbox
from tests.outlets.letters import plain
from tests.stories.outside import Outside, reached_at, told_outside

from openspaces.board.moves import CloseCell, MoveCard, PlaceCard, RemoveAllOf, Undo, WithdrawCard, WriteCard
from openspaces.board.voices import Report, What
from openspaces.people.asking import Device, hold
from openspaces.people.keys import hand
from openspaces.people.who import Who

DRAWN = """
          oak         250a        elm       fir
  10:00   .           .           .         .
  12:00   .           Chess/ada   .         .
  13:00   .           Go/bo       .         .
  14:00   .           .           Talk/tim  .
  15:00   .           .           Jam/jo    .
"""
GRACE, ADA = Who("grace"), Who("ada")
ACRO = "AcroYoga in the park"
FANS = ("fay", "flo", "fin")
LOST = "It cannot be there: Saturday {hour}, 250a (Needed for lunch). You hear when it has another."


@pytest.fixture
def outside(database: None, box: Mailbox, settings: LazySettings, monkeypatch: pytest.MonkeyPatch) -> Iterator[Outside]:
    monkeypatch.setattr("openspaces.outlets.social.mastodon.PAUSE", 0.0)
    with told_outside(DRAWN, box, settings) as outside:
        yield outside


# 1. A first card


def test_a_first_card_is_told_where_it_is_and_that_it_is_not(outside: Outside) -> None:
    everybody = (*FANS, "grace", "keen", "else")
    outside.at("10:40")
    outside.follows("keen", words=("acroyoga",))
    outside.follows("else")
    outside.follows("grace")

    # Somebody taps Oak at 14:00, writes, saves; she leaves her address, and three people star it.
    outside.done(WriteCard(title=ACRO, host="Grace", cells=cells("oak 14:00"), code=code(ACRO)), GRACE)
    reached_at(ACRO, "grace@example.org")
    outside.at("10:45")
    for fan in FANS:
        outside.follows(fan, ACRO)
    new = f"New: “{ACRO}” / Saturday 14:00–15:00, Oak You follow “acroyoga”."
    assert outside.shown(*everybody) == {hand: [new] if hand == "keen" else [] for hand in everybody}

    # At 12:00 she opens the edit link on her laptop, and moves it to 15:00. Her phone cannot know that it was she.
    ((_, about, says),) = outside.letters()
    link = re.search(rf"https://board\.example/{EVENT}/cards/{code(ACRO)}/edit/#(?=KEY)", "\n".join(says))
    assert (about, link is not None) == ("Camp: your edit link", True)
    outside.at("12:00")
    laptop = opened_on_a_laptop(outside)
    outside.done(MoveCard(card=code(ACRO), cells=cells("oak 15:00")), laptop)
    outside.after(31)
    moved = f"“{ACRO}” moved / Now: Saturday 15:00–16:00, Oak. Before: Saturday 14:00–15:00, Oak."
    assert outside.shown(*everybody) == {hand: [moved] if hand in (*FANS, "grace") else [] for hand in everybody}

    # At 13:00 she withdraws it; the three who starred it know at once.
    outside.at("13:00")
    outside.done(WithdrawCard(card=code(ACRO)), laptop)
    outside.after(31)
    off = f"“{ACRO}” will not take place / It was to be: Saturday 15:00–16:00, Oak."
    assert outside.shown(*everybody) == {hand: [off] if hand in (*FANS, "grace") else [] for hand in everybody}

    # Nobody posts what is no more, or not yet: neither at 14:00 nor at 15:00. No letter says what she did herself.
    outside.at("15:10")
    assert outside.posts() == [
        "Next, 12:00:\n250a: Chess",
        "Next, 13:00:\n250a: Go",
        "Next, 14:00:\nElm: Talk",
        "Next, 15:00:\nElm: Jam",
    ]
    assert (outside.letters(), set(map(len, outside.shown(*everybody).values()))) == ([], {0})


def opened_on_a_laptop(outside: Outside) -> Who:
    """Her laptop, on which the link of the letter was opened."""
    (letter,) = outside.box.letters
    key = re.search(r"/edit/#(\S+)", plain(letter))
    assert key
    assert hold(EVENT, Device("laptop"), code(ACRO), key[1])
    return Who(hand("laptop", EVENT), cards=frozenset((code(ACRO),)))


# 3. Lunch needs 250A


def test_lunch_that_needs_a_room_is_told_once_each_and_so_is_that_it_does_not(outside: Outside) -> None:
    reached_at("Chess", "ada@example.org")
    reached_at("Go", "bo@example.org")
    outside.follows("fay", "Chess")
    outside.follows("flo", "Go")
    outside.at("10:14")
    outside.letters()

    # 10:15: she closes the cells with the reason; each host gets three offers. Followers hear it once each.
    outside.at("10:15")
    closed = outside.done(CloseCell(cells=cells("250a 12:00", "250a 13:00"), reason="Needed for lunch"), HELPER)
    outside.after(31)
    assert outside.shown("fay", "flo") == {
        "fay": [f"“Chess” has lost its room / {LOST.format(hour='12:00–13:00')}"],
        "flo": [f"“Go” has lost its room / {LOST.format(hour='13:00–14:00')}"],
    }
    outside.after(30)
    offers = {reader: (about, offered(says)) for reader, about, says in outside.letters()}
    assert offers == {
        "ada@example.org": ("Camp: You lost Saturday 12:00–13:00, 250a: Needed for lunch", offers_at("12:00–13:00")),
        "bo@example.org": ("Camp: You lost Saturday 13:00–14:00, 250a: Needed for lunch", offers_at("13:00–14:00")),
    }
    outside.at("10:19")
    lost = "Closed, Needed for lunch: Saturday 12:00–13:00, 250a; Saturday 13:00–14:00, 250a"
    assert outside.posts() == [f"{lost}\n2 cards look for a new room."]

    # One takes Elm with a tap; at 11:30 she places the other in Fir herself.
    outside.at("10:25")
    elm = outside.done(PlaceCard(card=code("Chess"), cells=cells("elm 12:00")), ADA)
    outside.after(90)
    assert outside.shown("fay", "flo") == {"fay": ["“Chess” has a room / Saturday 12:00–13:00, Elm"], "flo": []}
    assert outside.letters() == []
    outside.at("11:30")
    fir = outside.done(PlaceCard(card=code("Go"), cells=cells("fir 13:00")), HELPER)
    outside.after(61)
    assert outside.shown("fay", "flo") == {"fay": [], "flo": ["“Go” has a room / Saturday 13:00–14:00, Fir"]}
    assert told(outside) == [("bo@example.org", "Camp: “Go” is on the board: Saturday 13:00–14:00, Fir")]

    # At 11:45, a quarter of an hour before, lunch moves elsewhere: she undoes.
    outside.at("11:45")
    assert outside.shown("fay", "flo") == {"fay": ["12:00: “Chess” / Saturday 12:00–13:00, Elm"], "flo": []}
    for done in (fir, elm, closed):
        outside.done(Undo(number=done.changes[0].number), HELPER)
    outside.after(31)
    assert outside.shown("fay", "flo") == {
        "fay": ["“Chess” moved / Now: Saturday 12:00–13:00, 250a. Before: Saturday 12:00–13:00, Elm."],
        "flo": ["“Go” moved / Now: Saturday 13:00–14:00, 250a. Before: Saturday 13:00–14:00, Fir."],
    }
    outside.at("12:55")
    assert told(outside) == [
        ("ada@example.org", "Camp: “Chess” is on the board: Saturday 12:00–13:00, 250a"),
        ("bo@example.org", "Camp: “Go” is on the board: Saturday 13:00–14:00, 250a"),
    ]
    assert outside.posts()[1:] == [
        "Open again: Saturday 12:00–13:00, 250a; Saturday 13:00–14:00, 250a",
        "Next, 12:00:\n250a: Chess",
        "Next, 13:00:\n250a: Go",
    ]


def told(outside: Outside) -> list[tuple[str, str]]:
    """The letters about what others did; hosts are asked whether it is still on, too."""
    return [(reader, about) for reader, about, _ in outside.letters() if "still on?" not in about]


def offered(says: list[str]) -> list[str]:
    """The first three of what a letter says is free instead."""
    return says[3].split("\n")[:3]


def offers_at(hour: str) -> list[str]:
    return [f"- {room} {hour}" for room in ("Oak", "Elm", "Fir")]


# 9. A bad card


@pytest.mark.parametrize("reported", [True, False], ids=["reported", "control: nobody reports it"])
def test_a_bad_card_that_is_reported_is_posted_nowhere(outside: Outside, reported: bool) -> None:
    outside.follows("keen", words=("zinnober",))
    mallory = Who("mallory")

    # Someone posts abuse, shortly before the hour of its cell is posted.
    outside.at("11:46")
    outside.done(WriteCard(title="Zinnober for all", cells=cells("oak 12:00"), code="ZZZZZZ"), mallory)
    outside.done(WriteCard(title="Karmesin as well", cells=cells("fir 15:00"), code="YYYYYY"), mallory)

    # Three people report it; its cell is kept.
    outside.after(20)
    for reporter in ("r1", "r2", "r3") if reported else ():
        outside.done(Report(card="ZZZZZZ", what=What.ABUSE, reason="Abuse"), Who(reporter, present=True))
    assert titled("[…]" if reported else "Zinnober for all").cells == cells("oak 12:00")

    # Nothing was posted, to Mastodon or anywhere else.
    outside.at("11:52")
    assert ("Zinnober" in outside.sent()) is not reported
    digest = "Next, 12:00:\n250a: Chess" if reported else "Next, 12:00:\nOak: Zinnober for all\n250a: Chess"
    assert outside.posts() == [digest]

    # A facilitator removes it and everything else from that device, and what was posted of it goes, too.
    outside.done(RemoveAllOf(card="ZZZZZZ", reason="Abuse"), FACILITATOR)
    outside.at("15:05")
    assert outside.posts()[0] == "Next, 12:00:\n250a: Chess"
    read_by_now = [*outside.mastodon.texts(), *outside.bluesky.texts(), str(outside.discord.messages)]
    assert [each for each in read_by_now if "Zinnober" in each or "Karmesin" in each] == []
    followed = [each for each in outside.shown("keen")["keen"] if each.startswith("New: “Zinnober")]
    assert (followed == []) is reported
