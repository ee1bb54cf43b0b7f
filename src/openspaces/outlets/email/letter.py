"""A letter: what it says, once as plain text and once as HTML, with the headers that thread it and stop it."""

from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256

from django.conf import settings
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language, get_language_bidi
from django.utils.translation import gettext as _

from openspaces.board.state import Board
from openspaces.lib.plaintext import one_line

LONGEST_SUBJECT, LONGEST_NAME = 140, 40
_PAGE = """<!doctype html>
<html lang="{lang}" dir="{dir}"><head><meta charset="utf-8"><meta name="color-scheme" content="light dark">
<title>{title}</title></head>
<body><div lang="{lang}" dir="{dir}" style="{style}">
{pieces}
</div></body></html>
"""
_BUTTON = "display:inline-block;padding:12px 20px;border-radius:8px;background:#1d4ed8;color:#ffffff;font-weight:bold"
_BODY = "max-width:36em;margin:0 auto;padding:16px;font-family:sans-serif;font-size:16px;line-height:1.5"
_ROOM, _FOOT = "margin:24px 0", "font-size:14px"


@dataclass(frozen=True, slots=True)
class Link:
    """A way to a page of ours: what it says, and where it leads."""

    says: str
    url: str


@dataclass(frozen=True, slots=True)
class Letter:
    """What somebody is told. `about` is the card's code, "" where it is none's. The first of `says` is the subject too;
    `offers` are places in a list; `link` is what to do now, and `more` is what else there is."""

    about: str
    says: tuple[str, ...]
    link: Link
    offers: tuple[str, ...] = ()
    then: tuple[str, ...] = ()
    more: tuple[Link, ...] = ()
    subject: str = ""


def subject_of(letter: Letter, board: Board) -> str:
    """The event by its name, and what it is about, in one line."""
    what = letter.subject or letter.says[0]
    says = _("%(event)s: %(says)s") % {"event": _short(board.name, LONGEST_NAME), "says": what}
    return _short(one_line(says), LONGEST_SUBJECT).removesuffix(".")


def text_of(letter: Letter, board: Board, stop: str) -> str:
    """The letter as plain text."""
    offers = "\n".join(f"- {offer}" for offer in letter.offers)
    links = [f"{link.says}:\n{link.url}" for link in (letter.link, *letter.more)]
    foot = "\n".join((_why(letter, board), _("Send me no more mail:"), stop))
    return "\n\n".join(filter(None, (*letter.says, offers, links[0], *letter.then, *links[1:], "-- \n" + foot))) + "\n"


def html_of(letter: Letter, board: Board, stop: str) -> str:
    """The same for readers who see HTML: no picture, no colour of its own but the button's, so that it reads in the
    dark too. Many mail programs throw `html` and `body` away, so its direction stands in a `div` as well."""
    facts = {
        "lang": get_language() or "en",
        "dir": "rtl" if get_language_bidi() else "ltr",
        "title": subject_of(letter, board),
        "style": _BODY,
        "pieces": _pieces(letter, board, stop),
    }
    return format_html(_PAGE, **facts)


def headers_of(about: str, key: str, board: Board, stop: str) -> dict[str, str]:
    """Letters about one card are one thread; a try of the same telling has the same Message-ID. The stop is RFC 8058's,
    and `X-Auto-Response-Suppress` keeps out-of-office notes of Exchange away."""
    thread = f"openspaces.{board.event}.{about or '000000'}"
    root = f"<{thread}.0@{_domain()}>"
    return {
        "Message-ID": f"<{thread}.{sha256(key.encode()).hexdigest()[:16]}@{_domain()}>",
        "In-Reply-To": root,
        "References": root,
        "X-Auto-Response-Suppress": "All",
        "List-Unsubscribe": f"<{stop}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }


def _pieces(letter: Letter, board: Board, stop: str) -> SafeString:
    main, stops = letter.link, _("Send me no more mail")
    pieces = [
        _paragraphs(letter.says),
        _list(letter.offers),
        format_html('<p style="{}"><a href="{}" style="{}">{}</a></p>', _ROOM, main.url, _BUTTON, main.says),
        _paragraphs(letter.then),
        format_html_join("\n", '<p><a href="{}">{}</a></p>', ((link.url, link.says) for link in letter.more)),
        format_html('<hr>\n<p style="{}">{} <a href="{}">{}</a></p>', _FOOT, _why(letter, board), stop, stops),
    ]
    return format_html_join("\n", "{}", ((piece,) for piece in pieces if piece))


def _paragraphs(lines: Iterable[str]) -> SafeString:
    return format_html_join("\n", "<p>{}</p>", ((line,) for line in lines))


def _list(offers: Iterable[str]) -> SafeString:
    items = format_html_join("", "<li>{}</li>", ((offer,) for offer in offers))
    return format_html("<ul>{}</ul>", items) if items else items


def _why(letter: Letter, board: Board) -> str:
    name = {"event": board.name}
    if letter.about:
        return _("You get this because a card of %(event)s has your address.") % name
    return _("You get this because you help to run %(event)s.") % name


def _short(text: str, longest: int) -> str:
    return text if len(text) <= longest else f"{text[: longest - 1].rstrip()}…"


def _domain() -> str:
    return settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].strip(" >") or "localhost"
