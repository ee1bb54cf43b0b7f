"""Who sends a request to an event, and the cookie that a new device gets with the answer to its first write."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import salted_hmac

from openspaces.board.memory import MEMORY
from openspaces.board.read import board_now
from openspaces.board.state import Board
from openspaces.board.vocabulary import EVENT_SLUG
from openspaces.intake.reading import reading
from openspaces.people.asking import COOKIE, COOKIE_DAYS, Device, device_from, who
from openspaces.people.who import Who


async def who_asks(request: HttpRequest, event: str, device: Device, card: str = "") -> Who:
    """Who sends `request` to `event` from `device`: the same at every door. The request may show a session's cookie,
    and in `Authorization` either `Card <key>`, the key of `card`, or `Bearer <token>`."""
    token, key, session = secret_of(request, "bearer"), secret_of(request, "card"), session_of(request)
    if device.fresh and not token and not key and not session:
        return who(event, device)
    return await reading(who, event, device, token=token, card=card, key=key, session=session)


def secret_of(request: HttpRequest, scheme: str) -> str:
    """What the request shows in `Authorization` under that scheme; "" if nothing."""
    named, _, secret = request.headers.get("Authorization", "").partition(" ")
    return secret.strip() if named.lower() == scheme else ""


def session_of(request: HttpRequest) -> str:
    """The session that the browser shows; "" without one, as all have who never signed in."""
    return request.COOKIES.get(settings.SESSION_COOKIE_NAME, "")


def device_of(request: HttpRequest) -> Device:
    """The device of the request's cookie, or a new one.

    A caller whose first answer was lost comes again without a cookie. With an idempotency key it is the same new device
    each time it sends the same thing, so the card that it wrote stays its own.
    """
    cookie, key = request.COOKIES.get(COOKIE), request.headers.get("Idempotency-Key", "")
    device = device_from(cookie) if cookie or not key else None
    if device and not (device.fresh and key):
        return device
    sent = "\0".join((key, request.method or "", request.path)).encode() + b"\0" + request.body
    return Device(salted_hmac("openspaces.first-write", sent, algorithm="sha256").hexdigest()[:32], fresh=True)


def remember(response: HttpResponse, device: Device, request: HttpRequest) -> None:
    """Give a new device its cookie, on the answer to its first write."""
    if device.fresh:
        response.set_cookie(
            COOKIE,
            device.cookie,
            max_age=COOKIE_DAYS * 86_400,
            httponly=True,
            samesite="Lax",
            secure=request.is_secure(),
        )


async def board_of(event: str) -> Board | None:
    """The Board that this process knows of `event`, else the database's; None if there is no such event."""
    if not EVENT_SLUG.fullmatch(event):
        return None
    return MEMORY.board(event) or await reading(board_now, event)
