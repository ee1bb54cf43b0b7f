"""The pages of the staff's door: the door itself, one's own role, everyone for the organiser, a secret shown once."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from openspaces.board.state import Board
from openspaces.intake.asking import session_of
from openspaces.intake.reading import reading
from openspaces.intake.web.links import qr
from openspaces.intake.web.roles import role_choices, role_name, role_says
from openspaces.intake.web.visiting import Visit, page
from openspaces.people import roster, staff
from openspaces.people.accounts import signed_in
from openspaces.people.models import Token
from openspaces.people.roster import Maker, ShownToken
from openspaces.people.who import Role
from openspaces.wording import clock, date_says


@dataclass(frozen=True)
class Wrong:
    """What is wrong with which field of the page."""

    field: str
    says: str


def door_page(visit: Visit, error: str = "", token: str = "", status: int = 200) -> HttpResponse:
    """For a device without a role: type the token, or sign in."""
    return page(visit, "staff_door", {"error": error, "token": token}, status)


def not_for_you(visit: Visit) -> HttpResponse:
    """Somebody without the organiser's role asks for what only an organiser may."""
    says = _("Only an organiser may do that. Open the organiser's link on this device, or sign in.")
    return page(visit, "error", {"title": _("Not for you"), "says": says}, 403)


async def staff_page(visit: Visit, wrong: Wrong | None = None, status: int = 200) -> HttpResponse:
    """What this device may do; for an organiser everyone who runs the event, with what was typed wrong."""
    assert visit.by.role
    shown = await reading(_shown, visit, session_of(visit.request))
    context = {
        **shown,
        "role": role_says(visit.by.role),
        "choices": role_choices(),
        "wrong": {wrong.field: wrong.says} if wrong else {},
        "typed": {name: visit.typed(name) for name in ("email", "role", "note")},
        "told": _told(visit),
    }
    return page(visit, "staff", context, status)


def given_page(visit: Visit, token: Token) -> HttpResponse:
    """A link or token, this once."""
    secret = staff.written(token)
    paths = {staff.LINK: "staff/", staff.SCREEN: "screen/"}
    at = f"{visit.base_url}/{visit.event}/{paths[token.purpose]}" if token.purpose in paths else ""
    role = role_name(Role(token.role)) if token.role else ""
    link = f"{at}#{secret}" if at else ""
    context = {
        "given": {"note": token.note, "role": role, "secret": secret, "at": at, "link": link, "purpose": token.purpose},
        "qr": qr(link) if link else "",
    }
    return page(visit, "staff_given", context)


def _told(visit: Visit) -> str:
    if "invited" in visit.request.GET:
        return _("Invited, and told by mail. The role is theirs once they sign in with that address.")
    if "untold" in visit.request.GET:
        return _("Invited, but no mail went out: tell them to sign in with that address.")
    return ""


def _shown(visit: Visit, session: str) -> dict[str, Any]:
    """What the database knows, in words."""
    account = signed_in(session, visit.event) if session else None
    mine = {
        "device": staff.has_role(visit.event, visit.by.hand),
        "email": account.email if account and account.role else "",
    }
    if visit.by.role is not Role.ORGANISER:
        return {"mine": mine, "organiser": False}
    tokens = roster.tokens(visit.event)
    by_purpose = {
        purpose: [_token(visit.board, each) for each in tokens if each.purpose == purpose]
        for purpose in (staff.LINK, staff.API, staff.SCREEN)
    }
    return {
        "mine": mine,
        "organiser": True,
        "members": [_member(visit.board, each) for each in roster.members(visit.event)],
        "devices": [_device(visit.board, each) for each in roster.devices(visit.event, visit.by.hand)],
        "mail_is_sent": settings.MAIL_IS_SENT,
        **by_purpose,
    }


def _member(board: Board, member: roster.Member) -> dict[str, Any]:
    joined = _("signed in") if member.joined else _("invited, has not signed in yet")
    return {
        "id": member.id,
        "name": member.email,
        "role": member.role.value,
        "facts": f"{joined} · {_made_says(board, member.at, member.by)}",
    }


def _device(board: Board, device: roster.ShownDevice) -> dict[str, Any]:
    name = _("This device") if device.is_mine else device.note or _("A device with the organiser's link")
    since = _("%(role)s since %(when)s") % {"role": role_name(device.role), "when": _when_says(board, device.at)}
    return {"id": device.id, "name": name, "facts": since}


def _token(board: Board, token: ShownToken) -> dict[str, Any]:
    facts = [role_name(token.role)] if token.role else []
    facts.append(_made_says(board, token.at, token.by))
    if token.devices:
        facts.append(ngettext("%(devices)d device", "%(devices)d devices", token.devices) % {"devices": token.devices})
    name = _("The organiser's link") if token.is_first else token.note or _("The token that came with the board")
    return {
        "purpose": token.purpose,
        "serial": token.serial,
        "name": name,
        "facts": " · ".join(facts),
        "is_first": token.is_first,
    }


def _made_says(board: Board, at: datetime, by: Maker) -> str:
    when = _when_says(board, at)
    if by.is_program:
        return _("%(when)s, came with the board") % {"when": when}
    if by.is_link:
        return _("%(when)s, by the organiser's link") % {"when": when}
    return _("%(when)s, by %(who)s") % {"when": when, "who": by.name} if by.name else when


def _when_says(board: Board, at: datetime) -> str:
    local = board.local(at)
    return f"{date_says(local.date())} {clock(local)}"
