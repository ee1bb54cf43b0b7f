"""A mailbox is read over IMAP, on a real Dovecot: each letter once, whatever happens between."""

import imaplib
import os
import socket
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from django.db import DatabaseError
from imap_tools.mailbox import BaseMailBox
from tests.intake.mail.dovecot import PASSWORD, USER, Dovecot, dovecot
from tests.intake.mail.letters import EVENT, LINE, cards, furnish, letter
from tests.mailbox import Mailbox as Sent

from openspaces.intake.mail import mailbox, quarantine, taking
from openspaces.intake.mail.mailbox import Mailbox, poll
from openspaces.intake.mail.taking import Taken
from openspaces.lib.mail import Imap

PLANNED = letter(LINE, "Open Space", "Open Teams <teams@example.org>", to="open-spaces@example.org")


@pytest.fixture
def server(event: None) -> Iterator[Dovecot]:
    """A mail server, whose directory its users may enter."""
    with TemporaryDirectory(prefix="openspaces-dovecot-", ignore_cleanup_errors=True) as home:
        os.chmod(home, 0o755)
        with dovecot(Path(home)) as server:
            yield server


def place(server: Dovecot) -> Imap:
    """The mailbox as the program is told of it."""
    return Imap("127.0.0.1", server.port, USER, PASSWORD)


def test_an_unread_letter_becomes_a_card_and_is_marked(server: Dovecot, box: Sent) -> None:
    server.put(PLANNED)
    assert poll(place(server)) == [Taken.WRITTEN]
    assert (len(cards()), len(box.letters), server.unread(), server.count("INBOX")) == (1, 1, 0, 1)
    assert poll(place(server)) == []


def test_letters_go_to_another_folder_where_that_is_wanted(server: Dovecot) -> None:
    server.put(PLANNED, letter("Friday 2pm", "Knitting", message_id="<2@x>"))
    assert poll(replace(place(server), done="Read")) == [Taken.WRITTEN, Taken.WRITTEN]
    assert (server.count("INBOX"), server.count("Read")) == (0, 2)


def test_a_letter_that_came_by_another_door_too_counts_once(server: Dovecot, box: Sent) -> None:
    taking.take(PLANNED, EVENT)
    server.put(PLANNED, PLANNED)
    assert poll(place(server)) == [Taken.KNOWN, Taken.KNOWN]
    assert (len(cards()), len(box.letters)) == (1, 1)


def test_poison_is_put_aside_and_the_next_letter_is_taken(server: Dovecot) -> None:
    server.put(b"From: nobody\r\n\r\nx", PLANNED)
    assert poll(place(server)) == [Taken.QUARANTINED, Taken.WRITTEN]
    assert (server.unread(), len(list(quarantine.directory().glob("*.eml")))) == (0, 1)


def test_of_several_events_the_recipients_tell_or_the_setting(server: Dovecot) -> None:
    furnish("pyconindia2018")
    to_india = letter("Saturday 2pm", "Chai", to="Board <board+pyconindia2018@example.org>", message_id="<2@x>")
    server.put(PLANNED, to_india)
    assert poll(place(server)) == [Taken.QUARANTINED, Taken.WRITTEN]
    assert (len(cards(EVENT)), len(cards("pyconindia2018"))) == (0, 1)
    server.put(PLANNED)
    assert poll(replace(place(server), event=EVENT)) == [Taken.WRITTEN]
    assert len(cards(EVENT)) == 1


def test_what_has_to_wait_stays_unread_until_it_can_be_taken(server: Dovecot, monkeypatch: pytest.MonkeyPatch) -> None:
    def away(_event: str) -> None:
        raise DatabaseError

    server.put(PLANNED)
    monkeypatch.setattr(taking, "board_now", away)
    assert (poll(place(server)), server.unread()) == ([], 1)
    monkeypatch.undo()
    assert (poll(place(server)), server.unread()) == ([Taken.WRITTEN], 0)


def test_a_line_that_is_cut_in_the_middle_loses_no_letter(server: Dovecot, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is cut after the first letter was taken, before it was marked: it comes again, and counts once."""
    open_boxes: list[BaseMailBox] = []
    opened = mailbox.opened

    def opened_and_kept(where: Imap) -> BaseMailBox:
        open_boxes.append(opened(where))
        return open_boxes[-1]

    def take_and_cut(raw: bytes, event: str, *, idea: bool = False) -> Taken:
        became = taking.take(raw, event, idea=idea)
        open_boxes[-1].client.socket().shutdown(socket.SHUT_RDWR)
        return became

    server.put(PLANNED, letter("Friday 2pm", "Knitting", message_id="<2@x>"))
    monkeypatch.setattr(mailbox, "opened", opened_and_kept)
    monkeypatch.setattr(mailbox, "take", take_and_cut)
    with pytest.raises((OSError, imaplib.IMAP4.error)):
        poll(place(server))
    monkeypatch.undo()
    assert (server.unread(), len(cards())) == (2, 1)
    assert (poll(place(server)), server.unread()) == ([Taken.KNOWN, Taken.WRITTEN], 0)
    assert len(cards()) == 2


def test_a_mailbox_that_goes_away_and_comes_back_is_read_again(
    server: Dovecot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mailbox, "EVERY_SECONDS", 0.2)
    came = threading.Semaphore(0)

    def take_and_tell(raw: bytes, event: str, *, idea: bool = False) -> Taken:
        became = taking.take(raw, event, idea=idea)
        came.release()
        return became

    monkeypatch.setattr(mailbox, "take", take_and_tell)
    reader = Mailbox(place(server))
    reader.start()
    try:
        server.put(PLANNED)
        assert came.acquire(timeout=30)
        server.stop()
        threading.Event().wait(1)  # long enough that it finds nobody there
        server.start()
        server.put(letter("Friday 2pm", "Knitting", message_id="<2@x>"))
        assert came.acquire(timeout=30)
    finally:
        reader.stop()
    assert len(cards()) == 2


def test_a_wrong_password_is_an_error_of_its_own(server: Dovecot) -> None:
    with pytest.raises(Exception, match="AUTHENTICATIONFAILED"):
        poll(replace(place(server), password="wrong"))
