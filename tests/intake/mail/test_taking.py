"""One letter becomes at most one card, held for a facilitator, and is answered with a link that works."""

import re
from datetime import date
from email.message import EmailMessage
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.db import DatabaseError
from django.test import Client
from tests.intake.mail.letters import ADA, EVENT, EXAMPLES, LINE, cards, follow, furnish, letter, now, raw
from tests.mailbox import Mailbox

from openspaces.board.moves import ApproveCard, FreezeBoard, ThawBoard
from openspaces.board.play import play
from openspaces.board.read import words_of
from openspaces.board.state import Wished
from openspaces.board.vocabulary import Stage, Standing
from openspaces.intake.file import WrongFile, read_file
from openspaces.intake.mail import quarantine, taking
from openspaces.intake.mail.letter import From
from openspaces.intake.mail.taking import Later, Taken, take
from openspaces.people.contacts import contact_of
from openspaces.people.who import PROGRAM

REST = LINE.partition("Open Teams Incubator ")[2]


def planned(message_id: str = "<1@example.org>", **headers: str) -> bytes:
    """The planned session of the page of PyCon US 2022."""
    return letter(LINE, "Open Space", "Open Teams <teams@example.org>", message_id=message_id, **headers)


def plain(mail: EmailMessage) -> str:
    """The plain text of an answer."""
    part = mail.get_body(("plain",))
    assert isinstance(part, EmailMessage)
    return str(part.get_content()).replace("\r\n", "\n")


# The card


def test_a_letter_becomes_a_planned_card_that_nobody_sees_yet(event: None) -> None:
    assert take(planned(), EVENT) is Taken.WRITTEN
    (card,) = cards()
    assert (card.stage, card.standing, card.words.title) == (Stage.PLANNED, Standing.HELD, "[…]")
    words = words_of(EVENT, card.code)
    assert words is not None
    assert (words.title, words.text, words.host) == ("Open Teams Incubator", REST, "Open Teams")
    assert words.wish == "April 29, Room 250DE from 7pm - 8pm"


def test_a_facilitators_tap_lists_it(event: None) -> None:
    take(planned(), EVENT)
    assert play(EVENT, ApproveCard(card=cards()[0].code), by=PROGRAM).refusal is None
    (card,) = cards()
    assert (card.stage, card.words.title, card.cells) == (Stage.PLANNED, "Open Teams Incubator", ())
    assert card.wished == Wished(date(2022, 4, 29), ("0429-1900",), "250de")


def test_where_the_organiser_trusts_mail_it_is_listed_at_once(event: None, box: Mailbox, tmp_path: Path) -> None:
    file = tmp_path / "event.toml"
    file.write_text((EXAMPLES / f"{EVENT}.toml").read_text() + '\n[mail]\naccept = "at once"\n')
    follow(read_file(file))
    take(planned(), EVENT)
    (card,) = cards()
    assert (card.standing, card.words.title) == (Standing.LIVE, "Open Teams Incubator")
    assert plain(box.last()).startswith("Thank you. Your planned session is listed at PyCon US 2022.\n")


@pytest.mark.parametrize("accept", ['"yes"', "true", '"held"\ntrust = 1'])
def test_a_file_says_held_or_at_once(tmp_path: Path, accept: str) -> None:
    file = tmp_path / "event.toml"
    file.write_text((EXAMPLES / f"{EVENT}.toml").read_text() + f"\n[mail]\naccept = {accept}\n")
    with pytest.raises(WrongFile):
        read_file(file)


def test_an_idea_becomes_an_idea(event: None) -> None:
    take(letter("Somebody should.", "Idea: How to avoid burnout"), EVENT)
    (card,) = cards()
    assert (card.stage, card.hand) == (Stage.IDEA, "")


def test_what_is_sent_to_the_address_for_ideas_is_one(event: None) -> None:
    take(letter("Friday 2pm", "Burnout"), EVENT, idea=True)
    assert cards()[0].stage is Stage.IDEA


def test_the_senders_address_is_kept_by_people_alone(event: None) -> None:
    take(planned(), EVENT)
    (card,) = cards()
    assert contact_of(EVENT, card.code) == "teams@example.org"
    assert "teams@example" not in repr(now())


# Once


def test_the_same_message_id_counts_once(event: None, box: Mailbox) -> None:
    assert [take(planned(), EVENT), take(planned(), EVENT)] == [Taken.WRITTEN, Taken.KNOWN]
    assert (len(cards()), len(box.letters)) == (1, 1)


def test_the_same_message_id_with_other_words_counts_once_too(event: None, box: Mailbox) -> None:
    assert [take(planned(), EVENT), take(letter("Other", "Other"), EVENT)] == [Taken.WRITTEN, Taken.KNOWN]
    assert (len(cards()), len(box.letters)) == (1, 1)


def test_control_another_message_id_is_another_card(event: None, box: Mailbox) -> None:
    assert [take(planned("<1@x>"), EVENT), take(planned("<2@x>"), EVENT)] == [Taken.WRITTEN, Taken.WRITTEN]
    assert (len(cards()), len(box.letters)) == (2, 2)


def test_a_letter_to_two_events_is_a_card_at_each(event: None) -> None:
    furnish("pyconindia2018")
    assert [take(planned(), EVENT), take(planned(), "pyconindia2018")] == [Taken.WRITTEN, Taken.WRITTEN]


def test_an_answer_that_was_not_sent_before_we_died_is_sent_when_the_letter_comes_again(
    event: None, box: Mailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    def die(*_args: object, **_named: object) -> bool:
        raise DatabaseError

    monkeypatch.setattr(taking, "send_answer", die)
    with pytest.raises(Later):
        take(planned(), EVENT)
    monkeypatch.undo()
    assert take(planned(), EVENT) is Taken.KNOWN
    assert (len(cards()), len(box.letters)) == (1, 1)


# The answer


def test_the_answer_says_what_was_understood_and_threads(event: None, box: Mailbox) -> None:
    take(planned(References="<0@example.org>"), EVENT)
    answer = box.last()
    assert (answer["To"], answer["Subject"]) == ("teams@example.org", "Re: Open Space")
    assert answer["In-Reply-To"] == "<1@example.org>"
    assert answer["References"].split() == ["<0@example.org>", "<1@example.org>"]
    assert (answer["Auto-Submitted"], answer["X-Auto-Response-Suppress"]) == ("auto-replied", "All")
    lines = plain(answer).split("\n")
    assert "Title: Open Teams Incubator" in lines
    assert "Understood: Friday, 29 April, 19:00–20:00, Room 250DE." in lines
    assert "Nothing is booked: on the day, put your card on the board with the link below." in lines
    assert lines[-6] == "With this link you see it, correct it and withdraw it. Whoever has it can do so:"


def test_the_link_in_the_answer_opens_the_card(event: None, box: Mailbox) -> None:
    take(planned(), EVENT)
    (card,) = cards()
    links = re.findall(r"^https://board\.example(\S+)#(\S+)$", plain(box.last()), re.MULTILINE)
    ((path, key),) = links
    assert path == f"/{EVENT}/cards/{card.code}/edit/"
    visitor = Client()
    assert visitor.get(path).status_code == 200
    assert visitor.post(path, {"key": key}).status_code == 303
    assert list(visitor.get(f"/{EVENT}/me").json()["cards"]) == [card.code]


def test_control_another_key_opens_nothing(event: None, box: Mailbox) -> None:
    take(planned(), EVENT)
    visitor = Client()
    answer = visitor.post(f"/{EVENT}/cards/{cards()[0].code}/edit/", {"key": "AAAAA-AAAAA-AAAAA-AAAAA"})
    assert answer.status_code == 403


def test_the_answer_has_a_part_for_readers_of_html(event: None, box: Mailbox) -> None:
    take(letter("Friday 2pm", "Knit & <b>purl</b>"), EVENT)
    part = box.last().get_body(("html",))
    assert part is not None
    html = str(part.get_content())
    assert "<p>Title: Knit &amp; &lt;b&gt;purl&lt;/b&gt;</p>" in html
    assert re.search(rf'<a href="https://board\.example/{EVENT}/cards/\w+/edit/#[\w-]+">', html)


def test_the_answer_speaks_the_language_of_the_letter_else_the_events(event: None, box: Mailbox) -> None:
    furnish("schoolcamp")
    take(letter("Samstag 11 Uhr in der Aula", "Jonglieren", message_id="<de@x>"), "schoolcamp")
    assert "Samstag, 27. März" in plain(box.last())
    take(letter("Saturday 11:00 in the Aula", "Juggling", message_id="<en@x>", Accept_Language="en"), "schoolcamp")
    assert "Understood: Saturday, 27 March, 11:00–11:20, Aula." in plain(box.last()).split("\n")


@pytest.mark.parametrize(
    "title", ["Buy at https://spam.example", "www.spam.example", "Write to me@spam.example", "spam.biz"]
)
def test_a_forged_sender_gets_no_link_of_somebody_elses(event: None, box: Mailbox, title: str) -> None:
    take(letter(f"Title: {title}\nWhen: {title}\nHost: {title}", title), EVENT)
    assert "spam" not in str(box.last()["Subject"]) + plain(box.last())
    assert len(cards()) == 1


@pytest.mark.parametrize(
    "headers",
    [
        {"Auto_Submitted": "auto-replied"},
        {"Auto_Submitted": "auto-generated"},
        {"Precedence": "bulk"},
        {"Return_Path": "<>"},
        {"X_Openspaces_Loop": EVENT},
        {"List_Id": "<news.example.org>"},
    ],
)
def test_automatic_mail_is_never_answered_and_makes_no_card(event: None, box: Mailbox, headers: dict[str, str]) -> None:
    assert take(planned(**headers), EVENT) is Taken.IGNORED
    assert (cards(), box.letters) == ([], [])


def test_control_without_looking_at_who_sent_it_a_machine_would_be_answered(
    event: None, box: Mailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("openspaces.intake.mail.letter._source", lambda *_args: From.PERSON)
    assert take(planned(Auto_Submitted="auto-replied"), EVENT) is Taken.WRITTEN
    assert len(box.letters) == 1


def test_a_letter_through_a_list_makes_a_card_and_is_not_answered(event: None, box: Mailbox) -> None:
    take(planned(List_Id="<chat.example.org>", List_Post="<mailto:chat@example.org>"), EVENT)
    assert (len(cards()), box.letters) == (1, [])


def test_our_own_answer_that_comes_back_is_a_machines(event: None, box: Mailbox) -> None:
    take(planned(), EVENT)
    assert take(box.last().as_bytes(), EVENT) is Taken.IGNORED


def test_who_answers_our_answer_gets_the_link_again_and_no_card(event: None, box: Mailbox) -> None:
    take(planned(), EVENT)
    sent = str(box.last()["Message-ID"])
    thanks = letter("Thanks!", "Re: Re: Open Space", "teams@example.org", message_id="<2@x>", In_Reply_To=sent)
    assert take(thanks, EVENT) is Taken.REPLY
    assert (len(cards()), len(box.letters)) == (1, 2)
    assert f"/cards/{cards()[0].code}/edit/#" in plain(box.last())


def test_somebody_else_who_answers_our_answer_gets_no_link(event: None, box: Mailbox) -> None:
    take(planned(), EVENT)
    sent = str(box.last()["Message-ID"])
    assert take(letter("Hi", "Re: x", "eve@example.org", message_id="<2@x>", In_Reply_To=sent), EVENT) is Taken.REPLY
    assert len(box.letters) == 1


def test_a_mail_server_that_takes_nothing_costs_no_card(event: None, box: Mailbox) -> None:
    box.refuses = True
    assert take(planned(), EVENT) is Taken.WRITTEN
    assert len(cards()) == 1


# No card


def test_a_letter_without_words_is_answered_with_why(event: None, box: Mailbox) -> None:
    assert take(letter("", ""), EVENT) is Taken.REFUSED
    assert "There was nothing in it that could be a title." in plain(box.last())
    assert cards() == []


def test_on_a_frozen_board_a_letter_has_to_wait(event: None, box: Mailbox) -> None:
    play(EVENT, FreezeBoard(reason="pause"), by=PROGRAM)
    with pytest.raises(Later):
        take(planned(), EVENT)
    play(EVENT, ThawBoard(), by=PROGRAM)
    assert take(planned(), EVENT) is Taken.WRITTEN
    assert len(box.letters) == 1


def test_one_sender_fills_no_board(event: None, box: Mailbox, settings: LazySettings) -> None:
    settings.LIMITS = True
    for number in range(10):
        assert take(planned(f"<{number}@x>"), EVENT) is Taken.WRITTEN
    with pytest.raises(Later):
        take(planned("<10@x>"), EVENT)
    assert take(letter("Friday 2pm", "Knitting", ADA, message_id="<11@x>"), EVENT) is Taken.WRITTEN


# Poison


def test_what_cannot_be_read_is_put_aside_once_with_the_reason(event: None) -> None:
    poison = raw("From: nobody", "", "x")
    assert [take(poison, EVENT), take(poison, EVENT)] == [Taken.QUARANTINED] * 2
    (file,) = quarantine.directory().glob("*.eml")
    assert file.read_bytes() == poison
    assert file.with_suffix(".txt").read_text() == "it has no sender that could be answered\n"
    assert file.stat().st_mode & 0o777 == 0o600


def test_a_fault_of_ours_puts_the_letter_aside_and_the_next_one_is_taken(
    event: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stumble(*_args: object, **_named: object) -> None:
        raise RecursionError("too deep")

    monkeypatch.setattr(taking, "read_card", stumble)
    assert take(planned("<1@x>"), EVENT) is Taken.QUARANTINED
    monkeypatch.undo()
    assert take(planned("<2@x>"), EVENT) is Taken.WRITTEN


def test_letters_put_aside_go_after_a_fortnight(event: None) -> None:
    take(raw("From: nobody", "", "x"), EVENT)
    (file,) = quarantine.directory().glob("*.eml")
    assert quarantine.sweep(file.stat().st_mtime + 13 * 86_400) == 0
    assert quarantine.sweep(file.stat().st_mtime + 15 * 86_400) == 1
    assert list(quarantine.directory().iterdir()) == []


def test_no_database_means_later(event: None, monkeypatch: pytest.MonkeyPatch) -> None:
    def away(_event: str) -> None:
        raise DatabaseError

    monkeypatch.setattr(taking, "board_now", away)
    with pytest.raises(Later):
        take(planned(), EVENT)
