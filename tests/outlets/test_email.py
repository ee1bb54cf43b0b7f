"""Mail to hosts: what others did with their cards, a minute later, each thing once; never what they did themselves."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from tests.drawing import EVENT, FACILITATOR, HELPER, STRANGER, cell, cells, code
from tests.intake.event import choose, furnish
from tests.mailbox import Mailbox
from tests.outlets.letters import ADA, BOB, HOUR, MINUTE, Post, reach, sending, subject

from openspaces.board.moves import (
    AcceptDeal,
    ApproveCard,
    AskDeal,
    ClaimCell,
    CloseCell,
    DropDeal,
    MoveCard,
    OfferCells,
    OpenContest,
    PlaceCard,
    RefuseClaim,
    RemoveCard,
    SettleContest,
    ShieldCard,
    SwapCards,
    TakeDown,
    Undo,
)
from openspaces.board.state import Policy
from openspaces.board.vocabulary import Deal, Method, Placing
from openspaces.people.asking import Device, hold
from openspaces.people.contacts import keep_contact
from openspaces.people.keys import card_key, hand
from openspaces.people.who import Who

DRAWN = """
          oak         elm       fir
  09:00   Knit/ada    Talk/bob  .
  10:00   .           .         .
  11:00   .           .         .
"""
KNIT, TALK = code("Knit"), code("Talk")
ADAS, BOBS = Who("ada"), Who("bob")
EDIT = f"Open your card:\nhttps://board.example/camp/cards/{KNIT}/edit/#KEY"
CALENDAR = f"Add it to your calendar:\nhttps://board.example/camp/cards/{KNIT}.ics"
CHOOSE = f"Choose a place:\nhttps://board.example/camp/cards/{KNIT}/edit/#KEY"


@pytest.fixture
def post(database: None, box: Mailbox) -> Iterator[Post]:
    furnish(DRAWN)
    reach("Knit", ADA)
    reach("Talk", BOB)
    with sending(box) as post:
        yield post


def test_a_card_that_somebody_else_moves_is_told_a_minute_later(post: Post) -> None:
    post.done(MoveCard(card=KNIT, cells=cells("fir 10:00")), HELPER)
    post.on(MINUTE - timedelta(seconds=1))
    assert post.subjects() == []
    post.on(timedelta(seconds=1))
    assert post.text() == ["“Knit” moved: Saturday 10:00–11:00, Fir", EDIT, CALENDAR]


def test_five_moves_in_a_minute_are_one_letter_about_the_last(post: Post) -> None:
    for name in ("fir 10:00", "fir 11:00", "oak 10:00", "elm 10:00", "elm 11:00"):
        post.done(MoveCard(card=KNIT, cells=cells(name)), HELPER)
        post.on(timedelta(seconds=10))
    post.on(HOUR)
    assert post.subjects() == [(ADA, "Camp: “Knit” moved: Saturday 11:00–12:00, Elm")]


def test_what_is_taken_back_within_the_minute_is_not_told(post: Post) -> None:
    moved = post.done(MoveCard(card=KNIT, cells=cells("fir 10:00")), HELPER)
    post.done(Undo(number=moved.changes[0].number), HELPER)
    post.on(HOUR)
    assert post.subjects() == []


def test_nobody_hears_of_what_they_did_themselves(post: Post) -> None:
    post.done(MoveCard(card=KNIT, cells=cells("fir 10:00")), ADAS)
    post.on(HOUR)
    assert post.subjects() == []


def test_a_laptop_where_the_edit_link_was_opened_is_the_hosts_too(post: Post) -> None:
    laptop = Device("laptop")
    assert hold(EVENT, laptop, KNIT, card_key(EVENT, KNIT))
    post.done(MoveCard(card=KNIT, cells=cells("fir 10:00")), Who(hand("laptop", EVENT), cards=frozenset((KNIT,))))
    post.on(HOUR)
    assert post.subjects() == []


def test_a_host_without_an_address_is_not_written_to(post: Post) -> None:
    keep_contact(EVENT, KNIT, "")
    post.done(MoveCard(card=KNIT, cells=cells("fir 10:00")), HELPER)
    post.on(HOUR)
    assert post.subjects() == []


def test_an_address_that_is_taken_away_meanwhile_hears_nothing_more(post: Post) -> None:
    post.done(MoveCard(card=KNIT, cells=cells("fir 10:00")), HELPER)
    post.on(MINUTE / 2)
    keep_contact(EVENT, KNIT, "")
    post.on(HOUR)
    assert post.subjects() == []


def test_each_host_of_a_room_that_is_lost_hears_once_what_is_free_instead(post: Post) -> None:
    post.done(CloseCell(cells=cells("oak 09:00", "oak 10:00", "elm 09:00"), reason="Lunch"), HELPER)
    post.on(HOUR)
    assert post.subjects() == [
        (ADA, "Camp: You lost Saturday 09:00–10:00, Oak: Lunch"),
        (BOB, "Camp: You lost Saturday 09:00–10:00, Elm: Lunch"),
    ]


def test_a_lost_room_names_the_nearest_free_ones_and_one_link_to_choose(post: Post) -> None:
    post.done(CloseCell(cells=cells("oak 09:00"), reason="Lunch"), HELPER)
    post.on(MINUTE)
    says, which, free, offers, *links = post.text()
    assert (says, which) == ("You lost Saturday 09:00–10:00, Oak: Lunch.", "Your card: “Knit”.")
    assert (free, offers.split("\n")[:2]) == ("Free near by:", ["- Fir 09:00–10:00", "- Oak 10:00–11:00"])
    assert links == [CHOOSE]


def test_a_host_who_has_taken_another_place_meanwhile_is_not_told_of_the_loss(post: Post) -> None:
    post.done(CloseCell(cells=cells("oak 09:00"), reason="Lunch"), HELPER)
    post.done(PlaceCard(card=KNIT, cells=cells("fir 10:00")), ADAS)
    post.on(HOUR)
    assert post.subjects() == []


def test_a_host_whom_the_desk_places_anew_at_once_hears_where(post: Post) -> None:
    post.done(CloseCell(cells=cells("oak 09:00"), reason="Lunch"), HELPER)
    post.done(PlaceCard(card=KNIT, cells=cells("fir 10:00")), HELPER)
    post.on(HOUR)
    assert post.subjects() == [(ADA, "Camp: “Knit” is on the board: Saturday 10:00–11:00, Fir")]


def test_a_claim_is_refused_with_the_reason_and_offered_another_place(post: Post) -> None:
    choose(Policy(placing=Placing.FACILITATORS))
    post.done(ClaimCell(card=KNIT, cells=cells("fir 10:00")), ADAS)
    post.done(RefuseClaim(card=KNIT, reason="A workshop is there"), FACILITATOR)
    post.on(MINUTE)
    assert post.subjects() == [(ADA, "Camp: You do not get Saturday 10:00–11:00, Fir: A workshop is there")]
    post.done(OfferCells(card=KNIT, cells=cells("fir 11:00")), FACILITATOR)
    post.on(MINUTE)
    assert post.text()[:5] == [
        "The facilitator offers you another place than Saturday 10:00–11:00, Fir.",
        "Your card: “Knit”.",
        "Your card keeps its place: Saturday 09:00–10:00, Oak.",
        "You are offered:",
        "- Fir 11:00–12:00",
    ]


def test_both_hosts_of_a_contest_hear_how_it_is_decided_and_of_its_outcome(post: Post) -> None:
    contend = OpenContest(cell=cell("fir 10:00"), cards=(KNIT, TALK), method=Method.VOTE, minutes=30)
    opened = post.done(contend, HELPER)
    post.on(MINUTE)
    vote = "Camp: “Knit”, “Talk” contend for Saturday 10:00–11:00, Fir"
    assert post.subjects() == [(ADA, vote), (BOB, vote)]
    number = opened.changes[-1].number
    post.done(SettleContest(contest=number, method=Method.DECISION, winner=TALK, reason="It is larger"), FACILITATOR)
    post.on(MINUTE)
    how = "the facilitator decided. It is larger"
    assert post.subjects() == [
        (ADA, f"Camp: “Talk” has Saturday 10:00–11:00, Fir: {how}"),
        (BOB, f"Camp: “Talk” won the contest for Saturday 10:00–11:00, Fir: {how}"),
    ]


def test_a_host_is_asked_to_change_places_and_the_other_hears_the_answer(post: Post) -> None:
    post.done(AskDeal(card=KNIT, other=TALK, deal=Deal.SWAP), ADAS)
    post.on(MINUTE)
    assert post.subjects() == [(BOB, "Camp: “Knit” would change places with “Talk”")]
    post.done(AcceptDeal(card=TALK, asking=KNIT), BOBS)
    post.on(MINUTE)
    assert post.subjects() == [(ADA, "Camp: “Knit” and “Talk” changed places")]


def test_a_no_is_told_to_whoever_asked(post: Post) -> None:
    post.done(AskDeal(card=KNIT, other=TALK, deal=Deal.MERGE), ADAS)
    post.done(DropDeal(card=KNIT), BOBS)
    post.on(MINUTE)
    assert post.subjects() == [(ADA, "Camp: The host of “Talk” would rather not do what you asked")]


def test_whoever_takes_the_question_back_writes_no_letter(post: Post) -> None:
    post.done(AskDeal(card=KNIT, other=TALK, deal=Deal.MERGE), ADAS)
    post.done(DropDeal(card=KNIT), ADAS)
    post.on(HOUR)
    assert post.subjects() == []


def test_two_cards_become_one_and_both_hosts_hear_of_it_from_then_on(post: Post) -> None:
    post.done(AskDeal(card=KNIT, other=TALK, deal=Deal.MERGE), ADAS)
    post.done(AcceptDeal(card=TALK, asking=KNIT), BOBS)
    post.on(MINUTE)
    assert post.subjects() == [(ADA, "Camp: “Knit” is now part of “Talk”")]
    post.done(MoveCard(card=TALK, cells=cells("fir 10:00")), HELPER)
    post.on(MINUTE)
    assert post.subjects() == [(each, "Camp: “Talk” moved: Saturday 10:00–11:00, Fir") for each in (ADA, BOB)]


def test_two_hosts_whom_the_desk_lets_change_places_hear_of_it(post: Post) -> None:
    post.done(SwapCards(card=KNIT, other=TALK), HELPER)
    post.on(MINUTE)
    assert post.subjects() == [(each, "Camp: “Knit” and “Talk” changed places") for each in (ADA, BOB)]


def test_a_card_that_is_taken_down_and_one_that_was_read_are_told(post: Post) -> None:
    post.done(TakeDown(card=KNIT), HELPER)
    post.on(MINUTE)
    assert post.text() == ["“Knit” was taken down", EDIT]
    post.done(ShieldCard(card=KNIT, reason="Rude words"), HELPER)
    post.on(MINUTE)
    assert post.text() == ["Your card was reported: its text is hidden until somebody of the staff has read it.", EDIT]
    post.done(ApproveCard(card=KNIT), HELPER)
    post.on(MINUTE)
    assert post.text() == ["“Knit” was read and may stand", EDIT]


def test_a_card_that_is_removed_says_why_and_none_of_its_words(post: Post) -> None:
    post.done(MoveCard(card=KNIT, cells=cells("fir 10:00")), HELPER)
    post.done(RemoveCard(card=KNIT, reason="An advertisement"), FACILITATOR)
    post.on(MINUTE)
    (letter,) = post.came()
    assert subject(letter) == "Camp: Your card was removed: An advertisement"
    assert b"Knit" not in letter.as_bytes()


def test_a_card_that_is_hidden_before_the_letter_goes_takes_its_words_with_it(post: Post) -> None:
    post.done(
        AskDeal(
            card=KNIT,
            other=TALK,
            deal=Deal.SWAP,
        ),
        ADAS,
    )
    post.done(ShieldCard(card=KNIT, reason="Rude words"), HELPER)
    post.on(MINUTE)
    assert [letter for letter in post.came() if b"Knit" in letter.as_bytes() or b"Rude" in letter.as_bytes()] == []


def test_a_stranger_who_frees_a_room_is_told_of_to_its_host(post: Post) -> None:
    """Whoever it was: it was not the host."""
    post.done(TakeDown(card=KNIT), Who("friend", cards=frozenset((KNIT,))))
    post.on(MINUTE)
    assert post.subjects() == [(ADA, "Camp: “Knit” was taken down")]
    assert STRANGER.hand != "friend"
