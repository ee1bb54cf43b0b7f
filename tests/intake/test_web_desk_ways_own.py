"""The desk's pages of the ways out that need no setting up: how mail and phones are doing, and their tests."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.conf import LazySettings
from tests.delivery.trial import Working, telling
from tests.drawing import EVENT, code
from tests.intake.desk import Sheet, with_role
from tests.intake.event import Visitor, furnish
from tests.mailbox import Mailbox, mailbox, only
from tests.outlets.phones import service

from openspaces.lib.addresses import networks
from openspaces.outlets.email import EMAIL
from openspaces.outlets.phone import PHONE
from openspaces.people.asking import COOKIE, device_from, who
from openspaces.people.contacts import keep_contact
from openspaces.people.keys import mail_stop
from openspaces.people.stopping import stop_mail
from openspaces.people.who import Role

OUT = f"/{EVENT}/desk/out/"
MAIL, PHONES = f"{OUT}email/", f"{OUT}phone/"
ADA = "ada@example.org"
WENT = "It works: a test is on its way."
NOT = "The test did not arrive."


@pytest.fixture(autouse=True)
def board(database: None, settings: LazySettings) -> None:
    settings.LIMITS = False
    settings.PHONES_TO = networks("127.0.0.1")
    furnish()


@pytest.fixture
def working() -> Iterator[Working]:
    with telling(EMAIL, PHONE) as working:
        yield working


def page(path: str, role: Role = Role.ORGANISER) -> Sheet:
    return Sheet(with_role(role), path)


def told(sheet: Sheet) -> str:
    return " ".join(sheet.texts("div[@role='status']/p") + sheet.texts("div[@role='alert']/p"))


def hand(visitor: Visitor) -> str:
    return who(EVENT, device_from(visitor.client.cookies[COOKIE].value)).hand


# Mail


def test_a_test_letter_arrives_where_the_organiser_said(working: Working, box: Mailbox) -> None:
    sheet = page(MAIL).press("Send a test", to=f" {ADA} ")
    assert (sheet.status, told(sheet)) == (200, WENT)
    (letter,) = box.letters
    assert (letter["To"], letter["Subject"]) == (ADA, "Camp: a test")
    assert letter.get_content().startswith("This is a test: letters of Camp arrive here.")


@pytest.mark.parametrize(
    "typed", ["", "ada", "ada@example.org, eve@example.org", "ada@example.org\nBcc: eve@example.org"]
)
def test_what_is_no_address_gets_none(typed: str, working: Working, box: Mailbox) -> None:
    sheet = page(MAIL).press("Send a test", to=typed)
    assert told(sheet) == f"{NOT} Write an e-mail address, like ada@example.org."
    assert box.letters == []


def test_what_the_mail_server_says_is_told(working: Working, box: Mailbox) -> None:
    box.says = "550 Not for us"
    sheet = page(MAIL).press("Send a test", to=ADA)
    assert told(sheet) == f"{NOT} The mail server refuses this letter: 550 Not for us"
    assert sheet.values("input[@id='to']") == [ADA]


def test_a_mail_server_that_is_not_there_is_told(working: Working, box: Mailbox, settings: LazySettings) -> None:
    settings.EMAIL_PORT = 1
    sheet = page(MAIL).press("Send a test", to=ADA)
    assert told(sheet) == f"{NOT} The mail server does not take the letter now: nobody answers at 127.0.0.1:1."


def test_a_mail_server_that_does_not_know_us_is_told(working: Working, box: Mailbox, settings: LazySettings) -> None:
    with mailbox(authenticator=only("board", "right"), auth_require_tls=False) as (_box, settings.EMAIL_PORT):
        settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD = "board", "wrong"
        says = told(page(MAIL).press("Send a test", to=ADA))
    assert says.endswith("does not know the user name and password.")


def test_a_mail_server_that_speaks_another_way_is_told(working: Working, box: Mailbox, settings: LazySettings) -> None:
    settings.EMAIL_USE_SSL = True
    says = told(page(MAIL).press("Send a test", to=ADA))
    assert says == (
        f"{NOT} The mail server does not take the letter now: "
        f"no encrypted connection to 127.0.0.1:{settings.EMAIL_PORT} came about."
    )


def test_nobody_is_written_who_wants_no_mail(working: Working, box: Mailbox) -> None:
    stop_mail(EVENT, mail_stop(EVENT, ADA))
    sheet = page(MAIL).press("Send a test", to=ADA)
    assert told(sheet) == f"{NOT} Whoever reads mail there wants no more letters of this board."
    assert box.letters == []


def test_nobody_s_mailbox_is_filled_by_the_button(working: Working, box: Mailbox, settings: LazySettings) -> None:
    settings.LIMITS = True
    organiser = with_role(Role.ORGANISER)
    statuses = [Sheet(organiser, MAIL).press("Send a test", to=ADA).status for _ in range(6)]
    assert (statuses, len(box.letters)) == ([200] * 5 + [429], 5)


def test_how_mail_is_doing_stands_in_the_list_and_on_its_page(working: Working, box: Mailbox) -> None:
    assert page(OUT).texts("li[@id='way-1']/p[2]") == ["Works; nothing was sent in the last 24 hours."]
    box.says = "550 Not for us"
    keep_contact(EVENT, code("Knit"), ADA)
    working.on(timedelta(minutes=5))
    assert page(OUT).texts("li[@id='way-1']/p[2]") == ["1 did not arrive. 0 arrived in the last 24 hours."]
    sheet = page(MAIL)
    assert sheet.texts("ul[@class='rows']/li/p") == ["The mail server refuses this letter: 550 Not for us", "1 time"]


def test_where_no_mail_is_sent_the_page_says_what_to_set(working: Working) -> None:
    sheet = page(MAIL)
    assert sheet.texts("p[@class='state quiet']") == [
        "Off. Set OPENSPACES_SMTP to your mail server and OPENSPACES_URL to the public address of the board."
    ]
    assert sheet.buttons == page(OUT).buttons
    assert sheet.send(to=ADA).status == 200


def test_who_keeps_the_board_sees_it_and_has_no_button(working: Working, box: Mailbox) -> None:
    sheet = page(MAIL, Role.FACILITATOR)
    assert (sheet.status, "Send a test" in sheet.buttons) == (200, False)
    assert (sheet.send(to=ADA).status, box.letters) == (403, [])
    assert page(MAIL, Role.HELPER).status == 403


def test_an_outlet_that_is_set_up_has_no_such_page(working: Working) -> None:
    assert page(f"{OUT}webhook/").status == 404


# Phones


def test_a_test_comes_to_the_phone_in_the_organiser_s_hand(working: Working) -> None:
    organiser = with_role(Role.ORGANISER)
    with service() as carrier:
        carrier.phone(EVENT, hand(organiser))
        sheet = Sheet(organiser, PHONES).press("Send a test to this device")
        assert (told(sheet), carrier.wrong) == (WENT, [])
        assert carrier.titles(hand(organiser)) == ["Camp"]


def test_a_phone_that_did_not_ask_is_told_what_to_do(working: Working) -> None:
    sheet = page(PHONES).press("Send a test to this device")
    assert told(sheet) == (
        f"{NOT} Nobody asked for messages on this device. Switch them on (“Messages on this device”) first."
    )


def test_a_phone_that_is_gone_is_told_of(working: Working) -> None:
    organiser = with_role(Role.ORGANISER)
    with service() as carrier:
        carrier.phone(EVENT, hand(organiser))
        carrier.answers[f"/{hand(organiser)}"] = [410]
        sheet = Sheet(organiser, PHONES).press("Send a test to this device")
        assert told(sheet) == f"{NOT} This phone takes no messages any more."
