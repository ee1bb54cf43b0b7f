"""Mail over real SMTP and LMTP on loopback: what a mail server is told, and what becomes of the letter."""

import smtplib
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

import pytest
from django.db import DatabaseError
from tests.intake.mail.letters import ADDRESS, EVENT, LINE, cards, furnish, letter
from tests.mailbox import Mailbox
from tests.servers import free_port

from openspaces.board.read import words_of
from openspaces.board.state import Wished
from openspaces.board.vocabulary import Stage, Standing
from openspaces.intake.mail import listener, quarantine
from openspaces.intake.mail.listener import Listener

TEAMS = "teams@example.org"
PLANNED = letter(LINE, "Planned Open Space", f"Open Teams <{TEAMS}>")
NOW = 30


@contextmanager
def listening(*, lmtp: bool = False) -> Iterator[int]:
    """The program listens for mail; the port of 127.0.0.1 where it does."""
    door = Listener("127.0.0.1", port := free_port(), lmtp=lmtp)
    door.start()
    try:
        yield port
    finally:
        door.stop()


def send(port: int, raw: bytes, to: str = ADDRESS, sender: str = TEAMS) -> tuple[int, str]:
    """Hand a letter over, as a mail server does; what it is told in the end."""
    with smtplib.SMTP("127.0.0.1", port, timeout=NOW) as server:
        server.ehlo()
        server.mail(sender)
        code, says = server.rcpt(to)
        if code != 250:
            return code, says.decode()
        code, says = server.data(raw)
        return code, says.decode()


def test_the_planned_session_of_the_page_becomes_that_very_card_held_for_a_facilitator(
    event: None, box: Mailbox
) -> None:
    with listening() as port:
        assert send(port, PLANNED) == (250, "2.0.0 written")
    (card,) = cards()
    assert (card.stage, card.standing, card.cells) == (Stage.PLANNED, Standing.HELD, ())
    words = words_of(EVENT, card.code)
    assert words is not None
    assert (words.title, words.host) == ("Open Teams Incubator", "Open Teams")
    assert words.wish == "April 29, Room 250DE from 7pm - 8pm"
    assert words.text == LINE.partition("Incubator ")[2]
    assert card.wished == Wished(date(2022, 4, 29), ("0429-1900",), "250de")
    assert box.last()["To"] == TEAMS


def test_the_same_letter_twice_is_one_card_and_one_answer(event: None, box: Mailbox) -> None:
    with listening() as port:
        assert [send(port, PLANNED), send(port, PLANNED)] == [(250, "2.0.0 written"), (250, "2.0.0 known")]
    assert (len(cards()), len(box.letters)) == (1, 1)


def test_a_bounce_is_taken_and_never_answered(event: None, box: Mailbox) -> None:
    with listening() as port:
        assert send(port, PLANNED, sender="") == (250, "2.0.0 ignored")
    assert (cards(), box.letters) == ([], [])


def test_poison_is_put_aside_and_the_next_letter_is_taken(event: None) -> None:
    with listening() as port:
        assert send(port, b"\xff\xfe no letter at all") == (250, "2.0.0 quarantined")
        assert send(port, PLANNED) == (250, "2.0.0 written")
    assert len(list(quarantine.directory().glob("*.eml"))) == 1


def test_lmtp_is_spoken_too(event: None) -> None:
    with listening(lmtp=True) as port, smtplib.LMTP("127.0.0.1", port) as server:
        assert server.sendmail(TEAMS, [ADDRESS], PLANNED) == {}
    assert len(cards()) == 1


def test_over_lmtp_each_recipient_has_an_answer_and_the_second_comes_again(event: None) -> None:
    furnish("pyconindia2018")
    to = [ADDRESS, "pyconindia2018@board.example", "nobody@board.example"]
    with listening(lmtp=True) as port, smtplib.LMTP("127.0.0.1", port) as server:
        left = server.sendmail(TEAMS, to, PLANNED)
        assert {address: code for address, (code, _says) in left.items()} == {to[1]: 452, to[2]: 452}
        assert server.sendmail(TEAMS, to[1:2], PLANNED) == {}
        with pytest.raises(smtplib.SMTPRecipientsRefused):
            server.sendmail(TEAMS, to[2:], PLANNED)
    assert (len(cards(EVENT)), len(cards("pyconindia2018"))) == (1, 1)


# Recipients


def test_where_there_is_one_event_every_address_is_its_own(event: None) -> None:
    with listening() as port:
        assert send(port, PLANNED, "open-spaces@example.org") == (250, "2.0.0 written")


def test_of_several_events_the_address_names_one(event: None) -> None:
    furnish("pyconindia2018")
    with listening() as port:
        assert send(port, PLANNED, "PyConIndia2018@board.example") == (250, "2.0.0 written")
        assert send(port, PLANNED, "board+pyconus2022@board.example") == (250, "2.0.0 written")
        assert send(port, PLANNED, "somebody@board.example") == (550, "5.1.1 No event has this address")
    assert (len(cards("pyconindia2018")), len(cards(EVENT))) == (1, 1)


def test_the_address_for_ideas_makes_ideas(event: None) -> None:
    with listening() as port:
        send(port, PLANNED, f"{EVENT}+idea@board.example")
    assert cards()[0].stage is Stage.IDEA


def test_two_recipients_come_one_after_the_other(event: None) -> None:
    with listening() as port, smtplib.SMTP("127.0.0.1", port, timeout=NOW) as server:
        server.ehlo()
        server.mail(TEAMS)
        assert [server.rcpt(ADDRESS)[0], server.rcpt("other@board.example")[0]] == [250, 452]


# What keeps a letter waiting


def test_without_a_database_a_letter_stays_where_it_is(event: None, monkeypatch: pytest.MonkeyPatch) -> None:
    def away(*_args: object, **_named: object) -> None:
        raise DatabaseError

    with listening() as port:
        monkeypatch.setattr(listener, "events", away)
        assert send(port, PLANNED)[0] == 451
        monkeypatch.undo()
        monkeypatch.setattr("openspaces.intake.mail.taking.board_now", away)
        assert send(port, PLANNED)[0] == 451
        monkeypatch.undo()
        assert send(port, PLANNED) == (250, "2.0.0 written")
    assert len(cards()) == 1


def test_a_letter_that_is_too_large_is_refused(event: None) -> None:
    with listening() as port, smtplib.SMTP("127.0.0.1", port, timeout=NOW) as server:
        server.ehlo()
        assert server.docmd("MAIL", f"FROM:<{TEAMS}> SIZE={listener.LARGEST + 1}")[0] == 552


def test_who_hangs_up_in_the_middle_leaves_nothing(event: None) -> None:
    with listening() as port:
        with socket.create_connection(("127.0.0.1", port), timeout=NOW) as line:
            reader = line.makefile("rb")
            for said in (b"EHLO x", f"MAIL FROM:<{TEAMS}>".encode(), f"RCPT TO:<{ADDRESS}>".encode(), b"DATA"):
                reader.readline()
                line.sendall(said + b"\r\n")
            line.sendall(b"From: x@example.org\r\n\r\nhalf a let")
        assert send(port, PLANNED) == (250, "2.0.0 written")
    assert len(cards()) == 1
