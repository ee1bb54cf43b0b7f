"""One visit of a person to an event's forms: who, which board, when; and how the answer goes back."""

from collections.abc import Callable, Coroutine, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import wraps
from typing import Any

from django.conf import settings
from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.utils.crypto import get_random_string, salted_hmac
from django.utils.translation import gettext as _

from openspaces.board.memory import MEMORY
from openspaces.board.read import board_now
from openspaces.board.state import Board, Card
from openspaces.board.vocabulary import CARD_CODE
from openspaces.intake.asking import board_of, device_of, remember, who_asks
from openspaces.intake.limits import check
from openspaces.intake.presence import shown
from openspaces.intake.reading import reading
from openspaces.intake.web.kept import presence_page, too_fast_page, wrong_code
from openspaces.people.asking import Device
from openspaces.people.who import Who

_SIGNER = signing.Signer(salt="openspaces.form")


@dataclass(frozen=True)
class Visit:
    """What every view of a form needs. `by` has the role and the cards that the database knows of this device."""

    request: HttpRequest
    board: Board
    device: Device
    by: Who
    at: datetime

    @property
    def event(self) -> str:
        """The slug of the event."""
        return self.board.event

    @property
    def base_url(self) -> str:
        """The public address of this site, without a final slash."""
        return settings.BASE_URL or f"{self.request.scheme}://{self.request.get_host()}"

    def typed(self, name: str) -> str:
        """What was sent in one field of the form."""
        return str(self.request.POST.get(name, ""))

    async def card(self, code: str) -> Card:
        """The card of that code as the database has it, for another process may have written it a moment ago and sent
        its host here; Http404 if there is none."""
        newest = await reading(board_now, self.event) if CARD_CODE.fullmatch(code) else None
        card = newest.cards.get(code) if newest else None
        if card is None:
            raise Http404(_("There is no such card on this board."))
        return card

    def newest(self) -> Board:
        """The newest Board that this process knows: after a move, the one with it."""
        return MEMORY.board(self.event) or self.board


View = Callable[..., Coroutine[Any, Any, HttpResponse]]


def visited(view: View) -> View:
    """A view of a form: it gets a Visit, too many writes are turned away, and a new device gets its cookie."""

    @wraps(view)
    async def answer(request: HttpRequest, event: str, **path: str) -> HttpResponse:
        visit = await visit_of(request, event)
        if request.method != "POST":
            return _kept_private(await view(visit, **path))
        if wait := check(visit.device, event, request.META.get("REMOTE_ADDR", "")):
            return _kept_private(too_fast(visit, wait))
        visit, stopped = await _with_presence(visit)
        response = stopped or await view(visit, **path)
        remember(response, visit.device, request)
        return _kept_private(response)

    return answer


async def _with_presence(visit: Visit) -> tuple[Visit, HttpResponse | None]:
    """Any form may send the presence code along. A wrong one is asked for again, with all else that was typed."""
    if not (typed := visit.typed("presence")):
        return visit, None
    came = await shown(visit.request, visit.event, visit.device, typed)
    if came.wait:
        return visit, too_fast(visit, came.wait)
    if not came.right:
        return visit, presence_page(visit.request, visit.board, wrong_code())
    return replace(visit, by=replace(visit.by, present=True)), None


async def visit_of(request: HttpRequest, event: str) -> Visit:
    """Who comes to which board. Http404 if there is no such event."""
    board = await board_of(event)
    if board is None:
        raise Http404(_("There is no such event here."))
    device = _device(request)
    by = await who_asks(request, event, device)
    return Visit(request, board, device, by, datetime.now(UTC))


def page(visit: Visit, template: str, context: Mapping[str, Any], status: int = 200) -> HttpResponse:
    """A page of the forms."""
    shared = {"board": visit.board, "staff": visit.by.is_staff}
    return render(visit.request, f"intake/{template}.html", {**shared, **context}, status=status)


def go_to(address: str) -> HttpResponse:
    """On to another page with a GET, after something was done."""
    return HttpResponseRedirect(address, status=303)


def mint_key() -> str:
    """A fresh idempotency key for a form; it is signed, so that one can tell it from a key that somebody made up."""
    return _SIGNER.sign(get_random_string(22))


def minted_key(typed: str) -> str:
    """The key that came with a form; "" for one that is none of ours."""
    return typed if _is_minted(typed) else ""


def too_fast(visit: Visit, wait: float) -> HttpResponse:
    """Not so fast: how long to wait, and a button that sends the same again."""
    return too_fast_page(visit.request, wait, visit.board)


def _device(request: HttpRequest) -> Device:
    """The device of the cookie. A new one that sends a form's key is the same each time it sends it: of two taps the
    second has no cookie yet, and the card must be its own all the same."""
    device = device_of(request)
    key = str(request.POST.get("key", "")) if request.method == "POST" else ""
    if not device.fresh or not _is_minted(key):
        return device
    return Device(salted_hmac("openspaces.form-device", key, algorithm="sha256").hexdigest()[:32], fresh=True)


def _is_minted(key: str) -> bool:
    try:
        _SIGNER.unsign(key)
    except signing.BadSignature:
        return False
    return True


def _kept_private(response: HttpResponse) -> HttpResponse:
    """No cache shows one person's page to another; the reader's own browser may go back to it."""
    if not response.has_header("Cache-Control"):
        response["Cache-Control"] = "private, no-cache"
    patch_vary_headers(response, ["Cookie"])
    return response
