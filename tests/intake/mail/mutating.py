"""Damages letters as networks, mail programs and malice do; with the same seed always the same way."""

import base64
import random
from collections.abc import Callable, Iterator

from tests.intake.mail.letters import ADA, LINE, html_letter, letter, raw

SEED = 20220429


def originals() -> list[bytes]:
    """Whole letters of many kinds."""
    return [
        letter(LINE, "Planned Open Space"),
        letter(f"Hi all,\n\n{LINE}\n\n-- \nAda\n", "Re: Größe ✓", Reply_To="x@example.org"),
        letter("Title: Knitting\nHost: Ada\nWhen: Friday 2pm\nText: Bring wool", "x"),
        letter("शनिवार 2 बजे कमरा 250A", "पायथन"),
        letter("---------- Forwarded message ---------\nFrom: G <g@x.org>\nSubject: COBOL\n\nSat 3pm\n", "Fwd: COBOL"),
        letter("x\n\nOn Mon, 4 Apr 2022, Board <b@x.org> wrote:\n> y", "Re: y", In_Reply_To="<a@b>"),
        html_letter("<p>Friday <b>2pm</b><blockquote>old</blockquote><table><tr><td>250A</td></tr></table>", "Knit"),
        raw(f"From: {ADA}", "Subject: =?iso-2022-jp?B?GyRCJUYlOSVIGyhC?=", "Content-Type: text/plain", "", "x"),
        raw(
            f"From: {ADA}",
            "Content-Type: multipart/mixed; boundary=b",
            "",
            "--b",
            "Content-Type: text/plain; charset=utf-16",
            "Content-Transfer-Encoding: base64",
            "",
            base64.b64encode("Friday 2pm".encode("utf-16")).decode(),
            "--b",
            "Content-Type: message/rfc822",
            "",
            "From: a@b.org",
            "",
            "inner",
            "--b--",
        ),
        raw(f"From: {ADA}", "Auto-Submitted: auto-replied", "", "I am away"),
        raw("From: MAILER-DAEMON@x.org", "Content-Type: multipart/report; boundary=b", "", "--b", "", "x", "--b--"),
    ]


def mutated(count: int, seed: int = SEED) -> Iterator[bytes]:
    """That many damaged letters, each with a Message-ID of its own where that survived."""
    draw = random.Random(seed)
    whole = originals()
    for number in range(count):
        mail = draw.choice(whole).replace(b"<1@example.org>", f"<{number}@example.org>".encode())
        for _ in range(draw.randrange(1, 6)):
            mail = draw.choice(_DAMAGES)(mail, draw)
        yield mail


def _flip(mail: bytes, draw: random.Random) -> bytes:
    damaged = bytearray(mail)
    for _ in range(draw.randrange(1, 8)):
        if damaged:
            damaged[draw.randrange(len(damaged))] = draw.randrange(256)
    return bytes(damaged)


def _cut(mail: bytes, draw: random.Random) -> bytes:
    return mail[: draw.randrange(len(mail) + 1)]


def _drop(mail: bytes, draw: random.Random) -> bytes:
    start = draw.randrange(len(mail) + 1)
    return mail[:start] + mail[start + draw.randrange(40) :]


def _repeat(mail: bytes, draw: random.Random) -> bytes:
    start = draw.randrange(len(mail) + 1)
    return mail[:start] + mail[start : start + draw.randrange(60)] * draw.randrange(1, 50) + mail[start:]


def _insert(mail: bytes, draw: random.Random) -> bytes:
    start = draw.randrange(len(mail) + 1)
    return mail[:start] + draw.choice(_NASTY) + mail[start:]


def _lines(mail: bytes, draw: random.Random) -> bytes:
    lines = mail.split(b"\n")
    draw.shuffle(lines)
    return b"\n".join(lines)


def _header(mail: bytes, draw: random.Random) -> bytes:
    return draw.choice(_HEADERS) + b"\r\n" + mail


_DAMAGES: list[Callable[[bytes, random.Random], bytes]] = [_flip, _cut, _drop, _repeat, _insert, _lines, _header]
_NASTY = [
    b"\0",
    b"\r",
    b"\n\n",
    b"\xff\xfe",
    b"\xed\xa0\x80",
    "\u202e\u2066\ufeff".encode(),
    b"=?utf-8?B?####?=",
    b"=?x-none?Q?=ZZ?=",
    b"=?utf-8?b?" + b"A" * 300 + b"?=",
    b"<" * 200,
    b"(" * 200,
    b'"' * 50,
    b"<div>" * 300,
    b"--b\r\n" * 20,
    b"> " * 100,
    b"9" * 400,
    "९".encode() * 100,
    b"Friday " * 100,
]
_HEADERS = [
    b"Content-Type: text/plain; charset=" + b"x" * 200,
    b"Content-Type: multipart/mixed",
    b'Content-Type: multipart/mixed; boundary=""',
    b"Content-Type: text/html; charset*=utf-7''x",
    b"Content-Type: text/plain; charset=unicode_escape",
    b"Content-Transfer-Encoding: x-uuencode",
    b"Content-Transfer-Encoding: base64",
    b"Content-Disposition: inline; filename*0*=utf-8''%ZZ",
    b"From: =?utf-8?q?=00?= <ada@example.org>",
    b'From: a@b.org, c@d.org, "e" <f@g.org>',
    b"From: @@@ <<>> ;;;",
    b"Message-ID: " + b"<" * 50,
    b"References: " + b"<a@b> " * 500,
    b"Date: never",
    b"Subject: " + b"Re: " * 500,
    b"Precedence: bulk",
    b"Return-Path: <>",
]
