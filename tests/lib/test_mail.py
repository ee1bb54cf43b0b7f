"""The address of a mail server."""

import pytest

from openspaces.lib.mail import Imap, Server, mailbox, server


@pytest.mark.parametrize(
    ("url", "found"),
    [
        ("smtp://mail.example", Server("mail.example", 25)),
        ("smtp://mail.example:2525", Server("mail.example", 2525)),
        ("smtp://mail.example?starttls=1", Server("mail.example", 587, starttls=True)),
        (
            "smtps://ada%40example.org:p%2Fw@mail.example",
            Server("mail.example", 465, "ada@example.org", "p/w", tls=True),
        ),
        ("smtp://[::1]:25", Server("::1", 25)),
    ],
)
def test_an_address_is_read(url: str, found: Server) -> None:
    assert server(url) == found


@pytest.mark.parametrize("url", ["mail.example", "http://mail.example", "smtp://", "smtp://mail.example:port"])
def test_what_is_no_address_is_refused(url: str) -> None:
    with pytest.raises(ValueError, match=r"OPENSPACES_SMTP|[Pp]ort"):
        server(url)


@pytest.mark.parametrize(
    ("url", "found"),
    [
        ("imaps://ada:secret@mail.example", Imap("mail.example", 993, "ada", "secret", tls=True)),
        ("imap://ada@mail.example:1143?starttls=1", Imap("mail.example", 1143, "ada", "", starttls=True)),
        (
            "imaps://ada%40example.org:p%2Fw@mail.example/Board%2FIn?done=Read&event=camp",
            Imap("mail.example", 993, "ada@example.org", "p/w", "Board/In", tls=True, done="Read", event="camp"),
        ),
    ],
)
def test_a_mailbox_is_read_from_its_address(url: str, found: Imap) -> None:
    assert mailbox(url) == found


@pytest.mark.parametrize("url", ["mail.example", "imaps://mail.example", "http://a:b@mail.example", "imap://a@x:port"])
def test_what_is_no_mailbox_is_refused(url: str) -> None:
    with pytest.raises(ValueError, match=r"OPENSPACES_IMAP|[Pp]ort"):
        mailbox(url)
