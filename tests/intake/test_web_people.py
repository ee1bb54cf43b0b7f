"""The staff's page: the organiser invites, changes, removes, makes links and tokens and revokes them; others let go."""

import re

import pytest
from django.conf import LazySettings
from django.test import Client
from tests.drawing import EVENT
from tests.intake.event import Visitor, furnish, organiser
from tests.intake.pages import Page
from tests.mailbox import Mailbox
from tests.people.signing import sign_in

from openspaces.people import roster, staff
from openspaces.people.members import invite
from openspaces.people.models import Membership, RoleGiven, Token
from openspaces.people.staff import API, LINK, SCREEN, make_token, written
from openspaces.people.who import Role

ADA = "ada@example.org"
SECRET = re.compile(r"(?:link|api|screen)\.\d+\.[A-Z2-7]{32}")


@pytest.fixture(autouse=True)
def board(database: None, settings: LazySettings) -> None:
    furnish()
    settings.LIMITS = False


def with_role(role: Role, note: str = "Somebody's phone") -> Visitor:
    """Somebody whose device opened a link of that role."""
    visitor = Visitor()
    visitor.send("staff/", token=written(make_token(EVENT, LINK, role=role, note=note)))
    return visitor


def signed_in(email: str) -> Visitor:
    """Somebody who is signed in."""
    visitor = Visitor()
    visitor.client = Client()
    visitor.client.cookies["session"] = sign_in(email)
    return visitor


def token_in(page: Page) -> str:
    """The one secret that a page shows."""
    (secret,) = set(SECRET.findall(page.source))
    return str(secret)


# Who sees what


def test_a_stranger_sees_a_door_with_two_ways_in() -> None:
    page = Visitor().get("staff/")
    assert page.headings == ["For the people who run the board"]
    assert (list(page.fields), page.links["Sign in instead"]) == (["token"], f"/accounts/login/?next=/{EVENT}/staff/")


@pytest.mark.parametrize("role", [Role.FACILITATOR, Role.HELPER])
def test_others_of_the_staff_see_their_own_role_and_can_let_it_go(role: Role) -> None:
    visitor = with_role(role)
    page = visitor.get("staff/")
    assert (page.headings, list(page.buttons)) == ([f"You are {role} here"], ["Sign this device out"])
    assert visitor.post("staff/", do="drop").headings == ["For the people who run the board"]


def test_the_organiser_sees_everyone() -> None:
    invite(EVENT, ADA, Role.HELPER, by="program")
    make_token(EVENT, API, role=Role.HELPER, note="lights")
    page = organiser().get("staff/")
    assert page.headings == [
        "You are organiser here",
        "People",
        "Links for devices",
        "Tokens for programs",
        "Big screens",
    ]
    assert [name for name in page.buttons if name.startswith(("Remove", "Revoke", "Replace"))] == [
        "Remove ada@example.org",
        "Replace it by a new one",
        "Remove This device",
        "Revoke lights",
        "Revoke The token that came with the board",
    ]
    assert SECRET.findall(page.source) == []


def test_whoever_signs_in_with_an_invited_address_has_the_role() -> None:
    visitor = signed_in(ADA)
    assert visitor.get("staff/").headings == ["For the people who run the board"]
    invite(EVENT, ADA, Role.ORGANISER, by="program")
    page = visitor.get("staff/")
    assert (page.headings[0], "Sign this device out" in page.buttons) == ("You are organiser here", False)
    assert page.links["Your account"] == "/accounts/"


@pytest.mark.parametrize(
    "fields",
    [
        {"do": "invite", "email": ADA, "role": "organiser"},
        {"do": "make-link", "note": "mine", "role": "organiser"},
        {"do": "make-api", "note": "mine", "role": "organiser"},
        {"do": "make-screen", "note": "mine"},
        {"do": "replace-link"},
        {"do": "revoke", "purpose": "api", "serial": "1"},
        {"do": "remove-device", "device": "1"},
    ],
    ids=lambda fields: fields["do"],
)
def test_nobody_but_the_organiser_does_anything(fields: dict[str, str]) -> None:
    staff.first_tokens(EVENT)
    visitors = [Visitor(), with_role(Role.HELPER), with_role(Role.FACILITATOR), signed_in(ADA)]
    before = list(Token.objects.values_list("pk", "revoked"))
    assert [visitor.send("staff/", **fields).status_code for visitor in visitors] == [403] * 4
    assert (list(Token.objects.values_list("pk", "revoked")), Membership.objects.count()) == (before, 0)
    assert RoleGiven.objects.count() == 2


# Addresses


def test_an_invited_address_gets_a_letter_and_the_role(box: Mailbox) -> None:
    page = organiser().post("staff/", do="invite", email=" Ada@Example.org", role="facilitator")
    assert page.successes == ["Invited, and told by mail. The role is theirs once they sign in with that address."]
    assert [(each.email, each.role, each.by) for each in roster.members(EVENT)] == [
        (ADA, Role.FACILITATOR, roster.Maker(is_link=True))
    ]
    letter = box.last()
    assert (letter["X-Was-For"], letter["Subject"]) == (ADA, "You are asked to help run a board")
    lines = letter.get_content().splitlines()
    assert [line for line in lines if "//" in line] == [
        f"https://board.example/{EVENT}/",
        f"https://board.example/accounts/login/?next=/{EVENT}/staff/",
    ]
    assert "Camp" not in letter.get_content()


def test_where_no_mail_goes_out_the_organiser_is_told(box: Mailbox, settings: LazySettings) -> None:
    untold = ["Invited, but no mail went out: tell them to sign in with that address."]
    box.refuses = True
    assert organiser().post("staff/", do="invite", email=ADA, role="helper").successes == untold
    settings.MAIL_IS_SENT = False
    assert organiser().post("staff/", do="invite", email="bob@example.org", role="helper").successes == untold
    assert [member.email for member in roster.members(EVENT)] == [ADA, "bob@example.org"]


@pytest.mark.parametrize("email", ["", "ada", "ada@", "a@b c.example", "ada@example.org\nBcc: x@y.org", "a" * 300])
def test_what_is_no_address_is_asked_for_again_and_kept(email: str) -> None:
    page = organiser().post("staff/", do="invite", email=email, role="helper")
    assert (page.status, page.wrong) == (422, {"email": "Write an e-mail address, like ada@example.org."})
    assert page.form("email")["email"] == email
    assert Membership.objects.count() == 0


def test_members_are_changed_and_removed() -> None:
    boss, ada = organiser(), str(invite(EVENT, ADA, Role.HELPER, by="program").pk)
    boss.post("staff/", do="change", member=ada, role="organiser")
    assert [member.role for member in roster.members(EVENT)] == [Role.ORGANISER]
    boss.post("staff/", do="remove", member=ada)
    assert roster.members(EVENT) == []
    assert boss.post("staff/", do="remove", member=ada).status == 404


@pytest.mark.parametrize(
    "fields",
    [
        {"do": "change", "member": "9", "role": "helper"},
        {"do": "change", "member": "9", "role": "king"},
        {"do": "remove", "member": "x"},
        {"do": "remove", "member": "٣"},
        {"do": "remove"},
        {"do": "remove-device", "device": "99"},
        {"do": "revoke", "purpose": "api", "serial": "99"},
        {"do": "revoke", "purpose": "x", "serial": "1"},
        {"do": "dance"},
        {"do": ""},
    ],
    ids=str,
)
def test_what_is_not_there_is_not_found(fields: dict[str, str]) -> None:
    assert organiser().send("staff/", **fields).status_code == 404


# Links and tokens


@pytest.mark.parametrize(
    ("do", "purpose"), [("make-link", LINK), ("make-api", API), ("make-screen", SCREEN)], ids=[LINK, API, SCREEN]
)
def test_a_link_or_token_is_shown_once_and_works(do: str, purpose: str) -> None:
    boss = organiser()
    page = boss.post("staff/", do=do, note="Ada's phone", role="helper")
    secret = token_in(page)
    assert page.headings[0].startswith("Ada's phone")
    assert staff.good_token(EVENT, secret, purpose)
    assert secret not in boss.get("staff/").source


def test_a_helpers_link_makes_a_helper_of_the_device_that_opens_it() -> None:
    secret = token_in(organiser().post("staff/", do="make-link", note="Ada's phone", role="helper"))
    assert Visitor().post("staff/", token=secret).headings == ["You are helper here"]


def test_what_a_token_is_for_must_be_said() -> None:
    boss = organiser()
    page = boss.post("staff/", do="make-api", note="  ", role="helper")
    assert (page.status, page.wrong) == (422, {"api": "Write what it is for, so that you know it later."})
    assert boss.post("staff/", do="make-link", note="x", role="").status == 422
    assert Token.objects.filter(note="x").count() == 0


def test_a_revoked_link_turns_its_devices_out() -> None:
    boss, helper = organiser(), with_role(Role.HELPER)
    assert helper.get("staff/").headings == ["You are helper here"]
    boss.post("staff/", do="revoke", purpose="link", serial="2")
    assert helper.get("staff/").headings == ["For the people who run the board"]


def test_the_organisers_link_is_replaced_and_who_replaced_it_stays() -> None:
    boss, other = organiser(), organiser()
    assert boss.post("staff/", do="revoke", purpose="link", serial="1").status == 404
    fresh = token_in(boss.post("staff/", do="replace-link"))
    assert boss.get("staff/").headings[0] == "You are organiser here"
    assert other.get("staff/").headings == ["For the people who run the board"]
    assert Visitor().post("staff/", token=fresh).headings[0] == "You are organiser here"


def test_the_organiser_may_let_go_too_and_come_back_by_the_link() -> None:
    boss = organiser()
    assert boss.post("staff/", do="drop").headings == ["For the people who run the board"]
    assert organiser().get("staff/").headings[0] == "You are organiser here"


def test_what_people_write_into_a_note_stays_text() -> None:
    boss = organiser()
    boss.post("staff/", do="make-link", note="<b>Ada</b>", role="helper")
    page = boss.get("staff/")
    assert "Revoke <b>Ada</b>" in page.buttons
    assert "<b>Ada" not in page.source
