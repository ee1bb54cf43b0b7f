"""The link that stops mail: a page that asks, one POST that does it, and a way back."""

import pytest
from django.test import Client
from tests.drawing import EVENT, code
from tests.intake.event import Visitor, furnish

from openspaces.people.contacts import keep_contact
from openspaces.people.keys import mail_stop
from openspaces.people.members import invite
from openspaces.people.models import Contact, MailStopped
from openspaces.people.stopping import is_stopped
from openspaces.people.who import Role

ADA, BOSS = "Ada@example.org", "boss@example.org"
LINK = f"mail/stop/{mail_stop(EVENT, ADA)}"


@pytest.fixture(autouse=True)
def _event(database: None) -> None:
    furnish()
    keep_contact(EVENT, code("Knit"), ADA)


def test_looking_at_the_page_stops_nothing() -> None:
    """Programs that look after links open them all."""
    page = Visitor().get(LINK)
    assert (page.status, page.headings[0]) == (200, "Stop the mail?")
    assert not is_stopped(EVENT, ADA)


def test_one_click_in_a_mail_program_stops_it_without_a_cookie() -> None:
    answer = Client().post(f"/{EVENT}/{LINK}", {"List-Unsubscribe": "One-Click"})
    assert (answer.status_code, list(answer.cookies), answer["Cache-Control"]) == (200, [], "private, no-store")
    assert (is_stopped(EVENT, ADA), is_stopped(EVENT, ADA.lower()), is_stopped(EVENT, BOSS)) == (True, True, False)


def test_whoever_stopped_it_may_begin_again() -> None:
    assert Visitor().post(LINK, do="stop").headings[0] == "No more mail"
    assert Visitor().get(LINK).headings[0] == "No more mail"
    assert Visitor().post(LINK, do="begin").headings[0] == "Stop the mail?"
    assert not is_stopped(EVENT, ADA)


def test_typing_a_stopped_address_into_a_form_begins_nothing() -> None:
    Visitor().post(LINK, do="stop")
    keep_contact(EVENT, code("Talk"), ADA)
    assert is_stopped(EVENT, ADA)


def test_the_staff_have_a_link_too() -> None:
    invite(EVENT, BOSS, Role.ORGANISER, by="")
    Visitor().post(f"mail/stop/{mail_stop(EVENT, BOSS)}", do="stop")
    assert is_stopped(EVENT, BOSS)


@pytest.mark.parametrize("key", ["A" * 32, "1", "ß", mail_stop(EVENT, BOSS), mail_stop("other", ADA)])
def test_a_key_that_is_nobodys_is_not_found_and_keeps_nothing(key: str) -> None:
    assert Visitor().post(f"mail/stop/{key}", do="stop").status == 404
    assert MailStopped.objects.count() == 0


def test_once_the_address_is_erased_the_link_is_nobodys() -> None:
    Contact.objects.all().delete()
    assert Visitor().get(LINK).status == 404


def test_another_site_stops_nothing() -> None:
    answer = Client().post(f"/{EVENT}/{LINK}", {"do": "stop"}, headers={"Sec-Fetch-Site": "cross-site"})
    assert (answer.status_code, is_stopped(EVENT, ADA)) == (403, False)
