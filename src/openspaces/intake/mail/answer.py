"""The letter that goes back: what was understood, and the link to see, correct and withdraw the card."""

import logging
import re
import secrets
from dataclasses import dataclass

from django.conf import settings
from django.utils.html import format_html, format_html_join
from django.utils.translation import get_language_bidi, override
from django.utils.translation import gettext as _

from openspaces.board.state import Board
from openspaces.intake.mail.card import Asked
from openspaces.intake.mail.letter import LOOP_HEADER, Letter
from openspaces.intake.wishes import Understood, understood_says
from openspaces.lib.languages import language
from openspaces.lib.links import leads_away
from openspaces.lib.plaintext import one_line
from openspaces.people.keys import card_key
from openspaces.people.mail import NotSent, post
from openspaces.wording import apart

logger = logging.getLogger(__name__)

_OURS = re.compile(r"<openspaces\.([a-z0-9-]{1,48})\.([0-9A-Z]{6})\.[0-9a-f]+@")
_PLAIN_ID = re.compile(r"<[!-;=?-~]+>")
MOST_REFERENCES = 10


@dataclass(frozen=True, slots=True)
class Link:
    """What leads to a card's edit page, and opens it."""

    page: str
    key: str

    @property
    def url(self) -> str:
        """The address with the key in it; the key is never sent to the server with the address."""
        return f"{self.page}#{self.key}"


def edit_link(event: str, code: str) -> Link:
    """The edit link of a card."""
    return Link(f"{settings.BASE_URL}/{event}/cards/{code}/edit/", card_key(event, code))


def answered_card(letter: Letter, event: str) -> str:
    """The code of the event's card about which we wrote the letter that this one answers; "" if it answers none."""
    found = (_OURS.match(reference) for reference in letter.references)
    return next((each[2] for each in found if each and each[1] == event), "")


def send_answer(letter: Letter, board: Board, asked: Asked, code: str, *, held: bool) -> bool:
    """Tell a sender what became of the letter; whether the mail server took it."""
    with override(language(None, letter.languages, board.language)):
        link = edit_link(board.event, code)
        lines = [_thanks(board, asked, held), *_card_says(board, asked)]
        if not asked.idea:
            lines.append(_("Nothing is booked: on the day, put your card on the board with the link below."))
        lines.append(_("With this link you see it, correct it and withdraw it. Whoever has it can do so:"))
        lines.append(link.url)
        lines.append(_("If you did not write to us, somebody used your address: withdraw the card, or do nothing."))
        return _send(letter, board, code, lines, link)


def send_link(letter: Letter, board: Board, code: str) -> bool:
    """Answer somebody who answers our letter: what they wrote changes nothing, their link does."""
    with override(language(None, letter.languages, board.language)):
        link = edit_link(board.event, code)
        says = _("Your card is not changed by mail. With this link you see it, correct it and withdraw it:")
        return _send(letter, board, code, [says, link.url], link)


def send_refusal(letter: Letter, board: Board, says: str) -> bool:
    """Tell a sender why there is no card."""
    with override(language(None, letter.languages, board.language)):
        page = Link(f"{settings.BASE_URL}/{board.event}/cards/new/", "")
        lines = [_("Your letter did not become a card of %(event)s.") % {"event": board.name}, says]
        lines += [_("You can write one here:"), page.page]
        return _send(letter, board, "", lines, page)


def no_title_says() -> str:
    """Why a letter without words is no card."""
    return _("There was nothing in it that could be a title.")


# What it says. Words of the sender's own stand in it only where they cannot lead anywhere: the address may be forged,
# and our name must not carry somebody else's advertising.


def _thanks(board: Board, asked: Asked, held: bool) -> str:
    event = {"event": board.name}
    if held and asked.idea:
        return _("Thank you. A facilitator reads your idea for %(event)s, and then it is on the list.") % event
    if held:
        return _("Thank you. A facilitator reads your planned session for %(event)s, and then it is listed.") % event
    if asked.idea:
        return _("Thank you. Your idea is on the list of %(event)s.") % event
    return _("Thank you. Your planned session is listed at %(event)s.") % event


def _card_says(board: Board, asked: Asked) -> list[str]:
    lines = [
        _("Title: %(title)s") % {"title": apart(_harmless(asked.title))},
        _("Host: %(host)s") % {"host": apart(_harmless(asked.host))} if asked.host else "",
        _("Wish: %(wish)s") % {"wish": apart(_harmless(asked.wish))} if asked.wish else "",
        understood_says(board, _harmless_wish(asked.understood)) if asked.wish else "",
        _("Your text was longer than a card; its beginning stands there.") if asked.cut else "",
    ]
    return [line for line in lines if line]


def _harmless(text: str) -> str:
    return _("(kept out of this letter, for it looks like a link)") if leads_away(text) else text


def _harmless_wish(understood: Understood) -> Understood:
    """A wish's doubts repeat what was typed, so of one with a link in it only what is ours is told."""
    if not leads_away(understood.text):
        return understood
    return Understood("", understood.day, understood.slots, understood.room)


# Sending


def _send(letter: Letter, board: Board, code: str, lines: list[str], link: Link) -> bool:
    if not settings.MAIL_IS_SENT:
        logger.warning("A letter became a card and is not answered: OPENSPACES_SMTP is not set")
        return False
    text, html = "\n\n".join(lines) + "\n", _html(lines, link)
    try:
        post(letter.sender, _subject(letter, board), text, html=html, headers=_headers(letter, board, code))
    except NotSent:
        return False
    except ValueError as trouble:
        logger.error("An answer could not be sent: %s", type(trouble).__name__)
        return False
    return True


def _subject(letter: Letter, board: Board) -> str:
    subject = one_line(letter.subject)
    if subject and len(subject) <= 100 and not leads_away(subject):
        return f"Re: {subject}"
    return _("Your letter to %(event)s") % {"event": board.name}


def _headers(letter: Letter, board: Board, code: str) -> dict[str, str]:
    """It threads under the letter, and no machine answers it (RFC 3834)."""
    known = [each for each in (*letter.references, letter.message_id) if _PLAIN_ID.fullmatch(each)]
    domain = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].strip(" >") or "localhost"
    headers = {
        "Message-ID": f"<openspaces.{board.event}.{code or '000000'}.{secrets.token_hex(8)}@{domain}>",
        "Auto-Submitted": "auto-replied",
        "X-Auto-Response-Suppress": "All",
        LOOP_HEADER: board.event,
    }
    if known:
        headers |= {"In-Reply-To": known[-1], "References": " ".join(known[-MOST_REFERENCES:])}
    return headers


def _html(lines: list[str], link: Link) -> str:
    pieces = [(_paragraph(line, link),) for line in lines]
    return format_html(
        '<!doctype html>\n<html dir="{}"><body>\n{}\n</body></html>\n',
        "rtl" if get_language_bidi() else "ltr",
        format_html_join("\n", "<p>{}</p>", pieces),
    )


def _paragraph(line: str, link: Link) -> str:
    shown = line.removesuffix(f"#{link.key}") if link.key else line
    return format_html('<a href="{}">{}</a>', line, shown) if line in (link.url, link.page) else line
