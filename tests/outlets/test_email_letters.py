"""The letters themselves: how they look, how they thread and stop, hostile words in them, and trouble on their way."""

import itertools
import re
from collections.abc import Iterator
from datetime import timedelta
from email.message import EmailMessage

import pytest
from tests.drawing import EVENT, FACILITATOR, HELPER, cell, cells, code
from tests.hostile import HOSTILE
from tests.intake.event import furnish, now
from tests.intake.mail.letters import letter as written
from tests.mailbox import Mailbox
from tests.outlets.golden import golden
from tests.outlets.letters import ADA, HOUR, MINUTE, Post, marked, plain, reach, sending, subject

from openspaces.board.moves import (
    AskDeal,
    ChangeEvent,
    CloseCell,
    EditCard,
    MoveCard,
    OpenContest,
    PlaceCard,
    ReopenCell,
    SettleContest,
)
from openspaces.board.moves.event import profile_of
from openspaces.board.vocabulary import Deal, Method
from openspaces.delivery.carrying import job_of
from openspaces.delivery.contract import Promise
from openspaces.delivery.models import Delivery
from openspaces.delivery.rows import State, take_over
from openspaces.intake.mail.taking import Taken, take
from openspaces.outlets.email import EMAIL
from openspaces.people.contacts import keep_contact
from openspaces.people.keys import mail_stop
from openspaces.people.stopping import begin_mail, stop_mail
from openspaces.people.who import PROGRAM, Who

DRAWN = """
          oak         elm       fir
  09:00   Knit/ada    Talk/bob  .
  10:00   .           .         .
"""
KNIT, TALK = code("Knit"), code("Talk")
STOP = f"https://board.example/camp/mail/stop/{mail_stop(EVENT, ADA)}"
SECRETS = {"KEY": r"(?<=#)[A-Z2-7-]{23}", "STOP": r"(?<=/mail/stop/)[A-Z2-7]{32}"}


@pytest.fixture
def post(database: None, box: Mailbox) -> Iterator[Post]:
    furnish(DRAWN)
    reach("Knit", ADA)
    with sending(box) as post:
        yield post


def lose_oak(post: Post) -> EmailMessage:
    post.done(CloseCell(cells=cells("oak 09:00"), reason="Lunch"), HELPER)
    post.on(MINUTE)
    (letter,) = post.came()
    return letter


def leave_anew(email: str) -> None:
    keep_contact(EVENT, KNIT, "")
    keep_contact(EVENT, KNIT, email)


def without_secrets(text: str) -> str:
    for name, secret in SECRETS.items():
        text = re.sub(secret, name, text)
    return text


# How they look


def test_the_letters_of_a_day_read_as_they_were_found_right(post: Post) -> None:
    leave_anew(ADA)
    post.on(MINUTE)
    post.done(AskDeal(card=TALK, other=KNIT, deal=Deal.SWAP), Who("bob"))
    post.on(HOUR)
    contest = post.done(OpenContest(cell=cell("fir 10:00"), cards=(KNIT, TALK), method=Method.VOTE, minutes=30), HELPER)
    post.on(HOUR)
    number = contest.changes[-1].number
    post.done(SettleContest(contest=number, method=Method.DECISION, winner=TALK, reason="It is larger"), FACILITATOR)
    post.on(HOUR)
    post.done(CloseCell(cells=cells("oak 09:00"), reason="Lunch"), HELPER)
    post.on(HOUR)
    letters = [f"{subject(letter)}\n\n{without_secrets(plain(letter))}" for letter in post.came()]
    told = "\n=====\n".join(letters)
    assert told == golden("letters.txt", told)


def test_a_letter_reads_in_the_dark_and_from_right_to_left(post: Post) -> None:
    html = without_secrets(marked(lose_oak(post)))
    assert html == golden("letter.html", html)
    profile = profile_of(now()).facts() | {"language": "ar", "hashtags": (), "policy": now().policy}
    post.done(ChangeEvent(profile=type(profile_of(now()))(**profile)), PROGRAM)
    post.done(ReopenCell(cells=cells("oak 09:00")), HELPER)
    post.done(PlaceCard(card=KNIT, cells=cells("oak 09:00")), HELPER)
    post.on(MINUTE)
    (letter,) = post.came()
    assert re.findall(r'<(\w+) lang="ar" dir="rtl"', marked(letter)) == ["html", "div"]


def test_equal_boards_make_equal_letters(post: Post) -> None:
    lose_oak(post)
    row = Delivery.objects.get(recipient=KNIT)
    job, board = job_of(EMAIL, row, None, now()), now()
    made = [EMAIL.compose(job, board) for _ in range(2)]
    assert made[0] == made[1] is not None


# Threads, and an end of them


def test_letters_about_one_card_are_a_thread_and_no_machine_answers_them(post: Post) -> None:
    first = lose_oak(post)
    post.on(HOUR)
    leave_anew(ADA)
    post.on(MINUTE)
    (second,) = post.came()
    thread = f"<openspaces.camp.{KNIT}.0@example.org>"
    for letter in (first, second):
        assert (letter["References"], letter["In-Reply-To"]) == (thread, thread)
        assert letter["Auto-Submitted"] == "auto-generated"
    ids = {re.sub(r"\.[0-9a-f]{16}@", ".*@", letter["Message-ID"]) for letter in (first, second)}
    assert (ids, first["Message-ID"] != second["Message-ID"]) == ({f"<openspaces.camp.{KNIT}.*@example.org>"}, True)


def test_a_mail_program_can_stop_them_with_one_click(post: Post) -> None:
    letter = lose_oak(post)
    assert (letter["List-Unsubscribe"].strip(), letter["List-Unsubscribe-Post"]) == (
        f"<{STOP}>",
        "List-Unsubscribe=One-Click",
    )
    assert plain(letter).splitlines()[-1] == STOP


def test_whoever_answers_a_letter_gets_the_link_again_and_no_second_card(post: Post) -> None:
    ours = lose_oak(post)
    named = {"In_Reply_To": str(ours["Message-ID"]), "References": f"{ours['References']} {ours['Message-ID']}"}
    answer = written("Fir is fine", f"Re: {subject(ours)}", ADA, "camp@board.example", "<2@example.org>", **named)
    assert take(answer, EVENT) is Taken.REPLY
    (link,) = post.came()
    assert (link["X-Was-For"], len(now().cards)) == (ADA, 2)


def test_whoever_stopped_them_gets_none_about_any_card_until_they_want_them_again(post: Post) -> None:
    reach("Talk", ADA.upper())
    stop_mail(EVENT, mail_stop(EVENT, ADA))
    post.done(MoveCard(card=KNIT, cells=cells("fir 10:00")), HELPER)
    post.done(MoveCard(card=TALK, cells=cells("fir 09:00")), HELPER)
    post.on(HOUR)
    assert post.subjects() == []
    begin_mail(EVENT, mail_stop(EVENT, ADA))
    post.done(MoveCard(card=KNIT, cells=cells("oak 10:00")), HELPER)
    post.on(MINUTE)
    assert post.subjects() == [(ADA, "Camp: “Knit” moved: Saturday 10:00–11:00, Oak")]


# Hostile words


def test_hostile_words_add_no_header_no_markup_and_no_link(post: Post) -> None:
    """They are another host's, who asks something of this one, again and again."""
    for words, deal in zip(HOSTILE.values(), itertools.cycle(Deal), strict=False):
        edited = now().cards[TALK].edited
        post.done(EditCard(card=TALK, title=words, host=words[:80], seen=edited), Who("bob"))
        post.done(AskDeal(card=TALK, other=KNIT, deal=deal), Who("bob"))
        post.on(2 * HOUR)
    letters = post.came()
    assert len(letters) == len(HOSTILE)
    hrefs = [re.findall(r'href="([^"]*)"', marked(letter)) for letter in letters]
    assert {tuple(letter.keys()) for letter in letters} == {tuple(letters[0].keys())}
    assert {len(each) for each in hrefs} == {3}
    assert {href.partition("/camp/")[0] for each in hrefs for href in each} == {"https://board.example"}
    assert [re.findall(r"(?:https?://|www\.)\S+", plain(letter)) for letter in letters] == hrefs
    assert {tuple(re.findall(r"<(\w+)", marked(letter))) for letter in letters} == {
        ("html", "head", "meta", "meta", "title", "body", "div", "p", "p", "a", "p", "a", "hr", "p", "a")
    }


def test_a_title_that_looks_like_an_address_is_kept_out(post: Post) -> None:
    """The address may be forged: nobody advertises in our name."""
    edited = now().cards[KNIT].edited
    post.done(EditCard(card=KNIT, title="Cheap pills at evil.example", seen=edited), Who("ada"))
    post.done(MoveCard(card=KNIT, cells=cells("fir 10:00")), HELPER)
    post.on(MINUTE)
    (letter,) = post.came()
    assert b"evil" not in letter.as_bytes()
    assert subject(letter) == (
        "Camp: “(kept out of this letter, for it looks like a link)” moved: Saturday 10:00–11:00, Fir"
    )


# Trouble


def test_a_mail_server_without_room_gets_it_later_and_once(post: Post) -> None:
    post.box.refuses = True
    post.done(MoveCard(card=KNIT, cells=cells("fir 10:00")), HELPER)
    post.on(MINUTE)
    row = Delivery.objects.get(recipient=KNIT)
    assert (row.state, row.trouble) == (
        State.WAITING,
        "The mail server does not take the letter now: 452 No room just now",
    )
    post.box.refuses = False
    post.on(HOUR)
    assert len(post.came()) == 1


def test_a_letter_that_is_refused_for_good_is_not_tried_again(post: Post) -> None:
    post.box.says = f"550 <{ADA}> is not here"
    post.done(MoveCard(card=KNIT, cells=cells("fir 10:00")), HELPER)
    post.on(MINUTE)
    row = Delivery.objects.get(recipient=KNIT)
    assert (row.state, row.trouble) == (State.FAILED, "The mail server refuses this letter: 550 … is not here")
    post.box.says = ""
    post.on(HOUR)
    assert post.came() == []


def test_a_server_that_is_down_is_tried_again(post: Post, settings: object) -> None:
    port, settings.EMAIL_PORT = settings.EMAIL_PORT, 1  # type: ignore[attr-defined]
    post.done(MoveCard(card=KNIT, cells=cells("fir 10:00")), FACILITATOR)
    post.on(MINUTE)
    trouble = Delivery.objects.get(recipient=KNIT).trouble
    assert trouble == "The mail server does not take the letter now: nobody answers at 127.0.0.1:1."
    settings.EMAIL_PORT = port  # type: ignore[attr-defined]
    post.on(timedelta(minutes=1))
    assert len(post.came()) == 1


def test_a_letter_that_was_under_way_when_the_worker_died_comes_again_with_the_same_message_id(post: Post) -> None:
    first = lose_oak(post)
    Delivery.objects.filter(recipient=KNIT).update(state=State.SENDING, told=None)
    take_over({"email": Promise.AT_LEAST_ONCE})
    post.on(MINUTE)
    (again,) = post.came()
    assert again["Message-ID"] == first["Message-ID"]


def test_control_without_that_promise_it_does_not_come_again(post: Post) -> None:
    lose_oak(post)
    Delivery.objects.filter(recipient=KNIT).update(state=State.SENDING, told=None)
    take_over({"email": Promise.AT_MOST_ONCE})
    post.on(MINUTE)
    assert post.came() == []
