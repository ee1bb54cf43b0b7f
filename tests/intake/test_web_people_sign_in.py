"""Signing in: a code that is typed, from a real letter; answers that tell nothing; sessions only where one signs in."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.conf import LazySettings
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from tests.drawing import EVENT
from tests.intake.event import Visitor, at, furnish
from tests.intake.pages import Page
from tests.mailbox import Mailbox
from tests.people.signing import sign_in

from openspaces.intake.limits import CODES, TRIES
from openspaces.people.accounts import account_for
from openspaces.people.members import invite
from openspaces.people.models import Account, Membership, Session
from openspaces.people.who import Role

ADA = "ada@example.org"
LOGIN, CODE, HERE = "/accounts/login/", "/accounts/login/code/", "/accounts/"


@pytest.fixture(autouse=True)
def board(database: None, settings: LazySettings, box: Mailbox) -> None:
    furnish()
    settings.LIMITS = False


@pytest.fixture
def limits(settings: LazySettings) -> None:
    settings.LIMITS = True
    for buckets in (CODES.asker, CODES.mailbox, CODES.network, CODES.everybody, TRIES.address):
        buckets._filled.clear()


class Person:
    """Somebody with a browser, who reads pages and sends their forms."""

    def __init__(self) -> None:
        self.client = Client()

    def get(self, path: str) -> Page:
        return Page(self.client.get(path))  # type: ignore[arg-type]

    def send(self, path: str, **fields: str) -> HttpResponse:
        return self.client.post(path, fields)  # type: ignore[return-value]

    def post(self, path: str, **fields: str) -> Page:
        return Page(self.send(path, **fields))

    def leads_to(self, path: str, **fields: str) -> str:
        answer = self.send(path, **fields)
        assert answer.status_code in (302, 303), answer.content.decode()
        return answer["Location"]


def signed_in(email: str = ADA) -> Person:
    """Somebody who has just signed in by a code."""
    person = Person()
    person.client.cookies["session"] = sign_in(email)
    return person


# The code


def test_whoever_types_the_code_is_signed_in_and_back_where_they_came_from(box: Mailbox) -> None:
    person = Person()
    onward = person.leads_to(f"{LOGIN}?next=/{EVENT}/staff/", email="Ada@Example.org ")
    page = person.get(onward)
    assert page.headings == ["Type your code"]
    assert "on its way to ada@example.org" in re.sub("<[^>]+>", "", page.source)
    assert person.leads_to(onward, code=box.code().lower()) == f"/{EVENT}/staff/"
    assert person.get(HERE).headings[0] == "Your account"
    account = Account.objects.get()
    assert (account.email, account.last_login is not None, box.last()["X-Was-For"]) == (ADA, True, ADA)


def test_the_same_address_signs_in_again_as_the_same_account(box: Mailbox) -> None:
    for _ in range(2):
        person = Person()
        person.leads_to(LOGIN, email=ADA)
        assert person.leads_to(CODE, code=box.code()) == HERE
    assert (Account.objects.count(), Session.objects.filter(account__email=ADA).count()) == (1, 2)


def test_the_answer_is_the_same_whether_there_is_an_account_or_not(box: Mailbox) -> None:
    sign_in(ADA)
    pages = []
    for email in (ADA, "eve@example.org"):
        person = Person()
        read = [person.get(person.leads_to(LOGIN, email=email)), person.post(CODE, code="AAAAAA")]
        pages.append([(each.status, each.source.replace(email, "")) for each in read])
    assert pages[0] == pages[1]
    assert len(box.letters) == 2


@pytest.mark.parametrize(
    "email", ["", "ada", "ada@", "a@b c", "x" * 300 + "@example.org", "ada@example.org\r\nBcc: b@x.org"]
)
def test_what_is_no_address_is_asked_for_again(email: str, box: Mailbox) -> None:
    page = Person().post(LOGIN, email=email)
    assert (page.status, page.wrong) == (422, {"email": "Write your e-mail address, like ada@example.org."})
    assert (box.letters, Account.objects.count()) == ([], 0)


def test_a_wrong_code_is_said_so_and_after_five_the_right_one_is_worth_nothing(box: Mailbox) -> None:
    person = Person()
    person.leads_to(LOGIN, email=ADA)
    for _ in range(4):
        page = person.post(CODE, code="AAAAAA")
        assert (page.status, list(page.wrong)) == (422, ["code"])
    again = person.leads_to(CODE, code="AAAAAA")
    assert person.get(again).notices == ["That was wrong too often. Ask for another code."]
    assert person.leads_to(CODE, code=box.code()) == LOGIN
    assert person.leads_to(HERE) == f"{LOGIN}?next=/accounts/"


def test_a_code_is_good_in_the_browser_that_asked_for_it_and_no_other(box: Mailbox) -> None:
    asked, other = Person(), Person()
    asked.leads_to(LOGIN, email=ADA)
    assert other.leads_to(CODE, code=box.code()) == LOGIN
    other.leads_to(LOGIN, email="eve@example.org")
    assert [other.post(CODE, code=letter["Subject"].partition(": ")[2]).status for letter in box.letters[:1]] == [422]
    assert asked.leads_to(CODE, code=box.letters[0]["Subject"].partition(": ")[2]) == HERE


def test_a_code_is_good_for_ten_minutes(box: Mailbox, monkeypatch: pytest.MonkeyPatch) -> None:
    person = Person()
    person.leads_to(LOGIN, email=ADA)
    later = timezone.now().timestamp() + 601
    monkeypatch.setattr("allauth.account.internal.flows.code_verification.time.time", lambda: later)
    assert person.leads_to(CODE, code=box.code()) == LOGIN


def test_only_the_newest_code_is_good(box: Mailbox) -> None:
    person = Person()
    person.leads_to(LOGIN, email=ADA)
    first = box.code()
    assert person.get(LOGIN).headings == ["Sign in"]
    person.leads_to(LOGIN, email=ADA)
    assert person.post(CODE, code=first).status == 422
    assert person.leads_to(CODE, code=box.code()) == HERE


@pytest.mark.parametrize(
    "onward", ["https://evil.example/", "//evil.example/", "/\\evil.example", "javascript:alert(1)"]
)
def test_one_never_goes_on_to_another_site(onward: str, box: Mailbox) -> None:
    person = Person()
    person.leads_to(LOGIN, email=ADA)
    assert person.leads_to(f"{CODE}?next={onward}", code=box.code()) == HERE
    assert person.leads_to("/accounts/logout/", next=onward) == "/"


def test_a_mail_that_cannot_be_sent_is_said_so_and_leaves_nobody_waiting(box: Mailbox) -> None:
    box.refuses = True
    person = Person()
    page = person.post(LOGIN, email=ADA)
    assert (page.status, page.refusals) == (503, ["The mail could not be sent just now. Try again in a minute."])
    assert (page.fields["email"], person.leads_to(CODE)) == (ADA, LOGIN)


def test_where_no_mail_is_sent_the_page_says_where_the_code_is(
    settings: LazySettings, caplog: pytest.LogCaptureFixture
) -> None:
    settings.MAIL_IS_SENT = False
    person = Person()
    page = person.get(person.leads_to(LOGIN, email=ADA))
    assert page.notices == [
        "No mail is sent from here: the code stands where the program was started. Ask the people who run it."
    ]
    assert person.leads_to(CODE, code=caplog.messages[-1].rpartition(": ")[2]) == HERE
    assert ADA not in caplog.text


# Limits


def test_nobodys_mailbox_is_filled_by_one_browser(limits: None, box: Mailbox) -> None:
    statuses = [Person().send(LOGIN, email=ADA).status_code for _ in range(8)]
    assert (statuses, len(box.letters)) == ([302] * 5 + [429] * 3, 5)
    page = Person().post(LOGIN, email=ADA)
    assert (page.headings, page.fields) == (["One moment"], {"email": ADA})
    assert Person().send(LOGIN, email="bob@example.org").status_code == 302


def test_nor_by_many(limits: None, box: Mailbox) -> None:
    statuses = [Client(REMOTE_ADDR=f"192.0.2.{number}").post(LOGIN, {"email": ADA}).status_code for number in range(25)]
    assert statuses == [302] * 20 + [429] * 5


# Sessions


def looks_and_writes() -> list[Callable[[Client], HttpResponse]]:
    asked: list[Callable[[Client], object]] = [
        lambda client: client.get(LOGIN),
        lambda client: client.get(CODE),
        lambda client: client.get(f"/{EVENT}/{at('elm 09:00')}"),
        lambda client: client.get(f"/{EVENT}/me"),
        lambda client: client.get(f"/{EVENT}/staff/"),
        lambda client: client.get(f"/{EVENT}/here/"),
        lambda client: client.post(f"/{EVENT}/{at('elm 09:00')}", {"title": "Chess"}),
        lambda client: client.post(f"/{EVENT}/here/", {"code": "AAAAAA"}),
        lambda client: client.post(f"/api/{EVENT}/cards", {"title": "Chess"}, "application/json"),
    ]
    return asked  # type: ignore[return-value]


@pytest.mark.parametrize("number", range(9))
def test_looking_and_writing_make_no_session_and_ask_for_none(number: int) -> None:
    client = Client()
    for _ in range(2):
        with CaptureQueriesContext(connection) as queries:
            answer = looks_and_writes()[number](client)
        assert "session" not in answer.cookies
        assert [each["sql"] for each in queries if "people_session" in each["sql"]] == []
    assert Session.objects.count() == 0


def test_a_session_lasts_for_weeks_once_signed_in_and_for_minutes_before(box: Mailbox) -> None:
    person, now = Person(), timezone.now()
    person.leads_to(LOGIN, email=ADA)
    waiting = Session.objects.get()
    assert (waiting.account, waiting.expire_date - now < timedelta(minutes=16)) == (None, True)
    person.leads_to(CODE, code=box.code())
    kept = Session.objects.get()
    assert kept.session_key != waiting.session_key
    assert kept.account is not None
    assert timedelta(days=59) < kept.expire_date - now < timedelta(days=61)


@pytest.mark.parametrize("secure", [True, False])
def test_the_sessions_cookie_is_for_this_site_alone_and_for_no_script(secure: bool, box: Mailbox) -> None:
    cookie = Client().post(LOGIN, {"email": ADA}, secure=secure).cookies["session"]
    assert (cookie["httponly"], cookie["samesite"], bool(cookie["secure"])) == (True, "Lax", secure)


@pytest.mark.parametrize("path", [LOGIN, CODE, "/accounts/logout/", HERE, "/accounts/login/passkey/"])
def test_no_other_site_signs_anybody_in_or_out(path: str) -> None:
    person = signed_in()
    for headers in ({"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://evil.example"}):
        assert person.client.post(path, {"email": ADA, "do": "forget", "sure": "1"}, headers=headers).status_code == 403
    assert person.get(HERE).status == 200


# The account


def test_a_stranger_signs_in_before_seeing_an_account() -> None:
    for path in (HERE, "/accounts/passkeys/add/"):
        assert Person().client.get(path)["Location"] == f"{LOGIN}?next={path}"
    assert Person().leads_to("/accounts/passkeys/1/remove/") == f"{LOGIN}?next=/accounts/passkeys/1/remove/"


def test_the_account_lists_the_boards_that_one_helps_run() -> None:
    invite(EVENT, ADA, Role.FACILITATOR, by="program")
    page = signed_in().get(HERE)
    assert page.links[EVENT] == f"/{EVENT}/staff/"
    assert page.headings == ["Your account", "Boards that you help run", "Passkeys", "Leaving"]


def test_signing_out_ends_the_session() -> None:
    person = signed_in()
    assert person.leads_to("/accounts/logout/") == "/"
    assert Session.objects.filter(account__isnull=False).count() == 0
    assert person.client.get(HERE)["Location"] == f"{LOGIN}?next=/accounts/"
    assert person.client.get("/accounts/logout/").status_code == 405


def test_signing_out_everywhere_ends_them_all() -> None:
    here, there, other = signed_in(), signed_in(), signed_in("bob@example.org")
    assert here.get(HERE).buttons["Sign out everywhere"]
    here.leads_to(HERE, do="sign-out-everywhere")
    assert [person.client.get(HERE).status_code for person in (here, there, other)] == [302, 302, 200]


def test_an_account_is_forgotten_with_its_roles_by_whoever_has_just_signed_in(box: Mailbox) -> None:
    invite(EVENT, ADA, Role.ORGANISER, by="program")
    person = Person()
    person.leads_to(LOGIN, email=ADA)
    person.leads_to(CODE, code=box.code())
    person.leads_to(HERE, do="forget")
    assert Account.objects.count() == 1
    assert person.leads_to(HERE, do="forget", sure="1") == "/"
    assert (
        Account.objects.count(),
        Membership.objects.count(),
        Session.objects.filter(account__isnull=False).count(),
    ) == (
        0,
        0,
        0,
    )


def test_whoever_signed_in_long_ago_does_so_again_before_anything_is_changed() -> None:
    invite(EVENT, ADA, Role.ORGANISER, by="program")
    asked: list[Callable[[Person], str]] = [
        lambda person: person.leads_to(HERE, do="forget", sure="1"),
        lambda person: person.leads_to("/accounts/passkeys/1/remove/"),
        lambda person: person.client.get("/accounts/passkeys/add/")["Location"],
    ]
    again = f"{LOGIN}?again=fresh&next=/accounts/"
    assert [each(signed_in()) for each in asked] == [again] * 3
    assert Account.objects.count() == 1
    assert Person().get(again).notices == ["Please sign in once more: only then can you change how you sign in."]


def test_nobody_signs_in_with_a_password() -> None:
    account = account_for(ADA)
    account.set_password("secret")
    account.save()
    person = Person()
    person.send(LOGIN, email=ADA, login=ADA, password="secret")
    assert person.client.get(HERE).status_code == 302


@pytest.mark.parametrize(
    "path",
    ["signup/", "password/reset/", "password/change/", "email/", "2fa/", "confirm-email/", "social/", "3rdparty/"],
)
def test_whatever_else_the_library_could_do_has_no_address(path: str) -> None:
    assert Client().get(f"/accounts/{path}").status_code == 404


# Passkeys, as far as they go without a browser


SHAPES = (
    "",
    "x",
    "[]",
    "1",
    "null",
    '{"response": 1}',
    '{"response": {"userHandle": "x"}}',
    '{"id": "x", "rawId": "eA", "type": "public-key", "response": {"clientDataJSON": "e30", "authenticatorData": "eA", '
    '"signature": "eA", "userHandle": "MQ"}}',
    '{"id": "x", "rawId": "eA", "type": "x", "response": {"clientDataJSON": "e30", "attestationObject": "eA"}}',
)


@pytest.mark.parametrize("credential", SHAPES)
def test_what_is_no_passkey_signs_nobody_in(credential: str) -> None:
    account_for(ADA)
    person = Person()
    asked = person.client.get("/accounts/login/passkey/", headers={"Accept": "application/json"})
    assert list(asked.json()["request_options"]["publicKey"]) == [
        "challenge",
        "rpId",
        "allowCredentials",
        "userVerification",
    ]
    again = person.leads_to("/accounts/login/passkey/", credential=credential, next=f"/{EVENT}/")
    assert again == f"{LOGIN}?again=passkey&next=%2F{EVENT}%2F"
    assert person.get(again).notices[0].startswith("This passkey is not known here.")


@pytest.mark.parametrize("credential", SHAPES)
def test_what_is_no_passkey_is_not_added(credential: str, box: Mailbox) -> None:
    person = Person()
    person.leads_to(LOGIN, email=ADA)
    person.leads_to(CODE, code=box.code())
    person.get("/accounts/passkeys/add/")
    page = person.post("/accounts/passkeys/add/", credential=credential)
    assert (page.status, page.refusals) == (422, ["That did not work. Try again."])


def test_trying_passkeys_is_limited(limits: None) -> None:
    statuses = [Person().client.get("/accounts/login/passkey/").status_code for _ in range(70)]
    assert statuses.count(429) >= 8


def test_a_role_by_address_counts_at_every_door(box: Mailbox) -> None:
    invite(EVENT, ADA, Role.HELPER, by="program")
    person = signed_in()
    assert person.client.get(f"/{EVENT}/me").json()["role"] == "helper"
    answer = person.client.put(
        f"/api/{EVENT}/cells/{at('elm 09:00').split('/')[1]}/closure", {"reason": "Rain"}, "application/json"
    )
    assert answer.status_code == 200
    assert Visitor().answer("me").json()["role"] is None  # type: ignore[attr-defined]
