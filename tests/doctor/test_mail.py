"""The doctor and mail: real servers and a real mailbox on loopback, well and not."""

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import quote

import pytest
from django.conf import LazySettings
from tests.doctor.finding import levels, only_one
from tests.intake.mail.dovecot import PASSWORD, USER, Dovecot, dovecot
from tests.mailbox import Mailbox, mailbox, only
from tests.servers import free_port

from openspaces.doctor import mail

# Mail out


def test_a_mail_server_that_takes_us_is_found_well_and_gets_no_letter(box: Mailbox) -> None:
    level, says = only_one(mail.look_at_mail_out())
    assert (level, says.partition(", ")[0]) == ("fine", "127.0.0.1")
    assert box.letters == []


def test_a_letter_is_sent_where_somebody_asks_for_it(box: Mailbox) -> None:
    assert only_one(mail.send_one("ada@example.org"))[0] == "fine"
    assert [letter["X-Was-For"] for letter in box.letters] == ["ada@example.org"]


def test_a_letter_that_is_not_taken_is_told(box: Mailbox) -> None:
    box.refuses = True
    level, says = only_one(mail.send_one("ada@example.org"))
    assert (level, says.partition("(")[0]) == ("wrong", "The letter to ada@example.org was not taken ")


def test_where_no_mail_server_listens_it_is_named(settings: LazySettings) -> None:
    to_smtp(settings, free_port())
    level, says = only_one(mail.look_at_mail_out())
    assert (level, says.partition(": ")[0]) == (
        "wrong",
        f"127.0.0.1, port {settings.EMAIL_PORT} cannot be used (Connection refused)",
    )


def test_a_wrong_password_is_told_from_a_server_that_is_away(settings: LazySettings) -> None:
    with mailbox(authenticator=only("ada", "right"), auth_require_tls=False, auth_required=True) as (_, port):
        to_smtp(settings, port)
        settings.EMAIL_HOST_USER = "ada"
        settings.EMAIL_HOST_PASSWORD = "wrong"
        level, says = only_one(mail.look_at_mail_out())
        settings.EMAIL_HOST_PASSWORD = "right"
        well = only_one(mail.look_at_mail_out())
    assert (level, "does not take the user and password" in says, well[0]) == ("wrong", True, "fine")


def test_a_password_that_goes_unencrypted_and_a_sender_that_nobody_takes_are_found(
    settings: LazySettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    with mailbox() as (_, port):
        to_smtp(settings, port)
        settings.DEFAULT_FROM_EMAIL = "openspaces@localhost"
        monkeypatch.setattr(mail, "LOCAL", ())
        settings.EMAIL_HOST_PASSWORD = "right"
        found = levels(mail._sender())
    assert [level for level, _ in found] == ["wrong", "look"]


def to_smtp(settings: LazySettings, port: int) -> None:
    """Mail goes there."""
    settings.MAIL_IS_SENT = True
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
    settings.DEFAULT_FROM_EMAIL = "board@example.org"


# Mail in


@pytest.fixture(scope="module")
def post_office() -> Iterator[Dovecot]:
    with TemporaryDirectory(prefix="openspaces-dovecot-", ignore_cleanup_errors=True) as home:
        Path(home).chmod(0o755)
        with dovecot(Path(home)) as server:
            yield server


def test_where_no_mailbox_is_read_nothing_is_wrong() -> None:
    assert only_one(mail.look_at_mail_in())[0] == "fine"


@pytest.mark.parametrize(
    ("password", "path", "level", "says"),
    [
        (PASSWORD, "INBOX", "fine", "INBOX at 127.0.0.1, port {port} can be read; 1 letters wait."),
        (PASSWORD, "INBOX?done=Read", "fine", "INBOX at 127.0.0.1, port {port} can be read; 1 letters wait."),
        (PASSWORD, "INBOX?done=Gone", "wrong", "There is no folder Gone, into which read letters are to go: make it."),
        (
            "wrong",
            "INBOX",
            "wrong",
            "127.0.0.1, port {port} does not take the user and password of OPENSPACES_IMAP: type them anew.",
        ),
    ],
)
def test_a_mailbox_is_signed_in_to_and_left_as_it_is(
    database: None,
    settings: LazySettings,
    post_office: Dovecot,
    password: str,
    path: str,
    level: str,
    says: str,
) -> None:
    if post_office.unread() == 0:
        post_office.put(b"Subject: A card\r\n\r\n")
    settings.IMAP = f"imap://{quote(USER, safe='')}:{quote(password, safe='')}@127.0.0.1:{post_office.port}/{path}"
    assert only_one(mail.look_at_mail_in()) == (level, says.format(port=post_office.port))
    assert post_office.unread() == 1


def test_a_mailbox_for_an_event_that_is_not_there_and_a_server_that_is_away(
    database: None, settings: LazySettings
) -> None:
    settings.IMAP = f"imap://a:b@127.0.0.1:{free_port()}/INBOX?event=fair"
    assert [level for level, _ in levels(mail.look_at_mail_in())] == ["wrong", "wrong"]
