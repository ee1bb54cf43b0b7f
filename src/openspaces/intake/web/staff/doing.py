"""What an organiser does about the people who run an event: invite, change, remove, make links and tokens, revoke."""

import asyncio
from collections.abc import Awaitable, Callable

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _

from openspaces.intake.asking import session_of
from openspaces.intake.limits import check_mail
from openspaces.intake.reading import reading
from openspaces.intake.web.roles import role_typed
from openspaces.intake.web.staff.shown import Wrong, given_page, not_for_you, staff_page
from openspaces.intake.web.visiting import Visit, go_to, too_fast
from openspaces.people import members, staff
from openspaces.people.accounts import same_address, signed_in
from openspaces.people.mail import NotSent, send_invitation
from openspaces.people.models import Token
from openspaces.people.who import Role

LONGEST_ADDRESS = 254


async def done(visit: Visit) -> HttpResponse:
    """What the pressed button asks for; only organisers have these buttons."""
    if visit.by.role is not Role.ORGANISER:
        return not_for_you(visit)
    does = _DOES.get(visit.typed("do"))
    if does is None:
        raise Http404
    return await does(visit)


async def let_go(visit: Visit) -> HttpResponse:
    """This device gives its own role back."""
    await reading(staff.drop_role, visit.event, visit.by.hand)
    return _back(visit)


async def _invite(visit: Visit) -> HttpResponse:
    email, role = same_address(visit.typed("email")), role_typed(visit.typed("role"))
    if role is None or not _is_address(email):
        return await staff_page(visit, Wrong("email", _("Write an e-mail address, like ada@example.org.")), 422)
    if wait := check_mail(email, visit.request.META.get("REMOTE_ADDR", "")):
        return too_fast(visit, wait)
    await reading(members.invite, visit.event, email, role, by=await _maker(visit))
    return _back(visit, "invited" if await _told(visit, email, role) else "untold")


async def _told(visit: Visit, email: str, role: Role) -> bool:
    """Whether a letter went out that says so."""
    here = f"{visit.base_url}/{visit.event}/"
    sign_in = f"{visit.base_url}/accounts/login/?next=/{visit.event}/staff/"
    try:
        return await asyncio.to_thread(send_invitation, email, role, board=here, sign_in=sign_in)
    except NotSent:
        return False


async def _change(visit: Visit) -> HttpResponse:
    role = role_typed(visit.typed("role"))
    if role is None:
        raise Http404
    return await _found(visit, await reading(members.change_role, visit.event, _number(visit, "member"), role))


async def _remove(visit: Visit) -> HttpResponse:
    return await _found(visit, await reading(members.remove, visit.event, _number(visit, "member")))


async def _remove_device(visit: Visit) -> HttpResponse:
    return await _found(visit, await reading(members.remove_device, visit.event, _number(visit, "device")))


async def _make_link(visit: Visit) -> HttpResponse:
    return await _made(visit, staff.LINK)


async def _make_api(visit: Visit) -> HttpResponse:
    return await _made(visit, staff.API)


async def _make_screen(visit: Visit) -> HttpResponse:
    return await _made(visit, staff.SCREEN)


async def _made(visit: Visit, purpose: str) -> HttpResponse:
    """A new link or token, shown this once."""
    role, note = role_typed(visit.typed("role")), visit.typed("note").strip()
    if not note or (role is None and purpose != staff.SCREEN):
        return await staff_page(
            visit, Wrong(f"{purpose}_note", _("Write what it is for, so that you know it later.")), 422
        )
    by = await _maker(visit)
    return given_page(visit, await reading(_make, visit.event, purpose, role, note, by))


def _make(event: str, purpose: str, role: Role | None, note: str, by: str) -> Token:
    return staff.make_token(event, purpose, role=role if purpose != staff.SCREEN else None, note=note, by=by)


async def _replace_link(visit: Visit) -> HttpResponse:
    by = await _maker(visit)
    return given_page(visit, await reading(staff.replace_link, visit.event, by=by, keeping=visit.by.hand))


async def _revoke(visit: Visit) -> HttpResponse:
    serial = _number(visit, "serial")
    return await _found(visit, await reading(staff.revoke, visit.event, visit.typed("purpose"), serial))


async def _found(visit: Visit, was_there: bool) -> HttpResponse:
    if not was_there:
        raise Http404(_("That is gone already."))
    return _back(visit)


async def _maker(visit: Visit) -> str:
    return await reading(_maker_of, visit.event, visit.by.hand, session_of(visit.request))


def _maker_of(event: str, hand: str, session: str) -> str:
    account = signed_in(session, event) if session else None
    return members.maker(event, hand, account.account if account and account.role else None)


def _is_address(email: str) -> bool:
    try:
        validate_email(email)
    except ValidationError:
        return False
    return len(email) <= LONGEST_ADDRESS


def _number(visit: Visit, name: str) -> int:
    typed = visit.typed(name)
    if not (typed.isascii() and typed.isdecimal() and len(typed) < 10):
        raise Http404
    return int(typed)


def _back(visit: Visit, told: str = "") -> HttpResponse:
    return go_to(f"/{visit.event}/staff/" + (f"?{told}=1" if told else ""))


_DOES: dict[str, Callable[[Visit], Awaitable[HttpResponse]]] = {
    "invite": _invite,
    "change": _change,
    "remove": _remove,
    "remove-device": _remove_device,
    "make-link": _make_link,
    "make-api": _make_api,
    "make-screen": _make_screen,
    "replace-link": _replace_link,
    "revoke": _revoke,
}
