"""From a request to an outcome: who asks, how fast, which event; then the move is played."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import datetime

from django.http import HttpRequest, HttpResponse

from openspaces.board.memory import MEMORY
from openspaces.board.moves.base import Move
from openspaces.board.play import Outcome, play_soon
from openspaces.board.public import masked
from openspaces.board.read import board_at
from openspaces.board.state import Board
from openspaces.board.vocabulary import CARD_CODE, Cell, Code, Refusal
from openspaces.board.voices import Voice
from openspaces.intake.api.answers import refused
from openspaces.intake.api.shapes.base import BIGGEST_NUMBER
from openspaces.intake.api.troubles import NotHere, TooFast
from openspaces.intake.asking import board_of, device_of, remember, who_asks
from openspaces.intake.file.clock import moment_of
from openspaces.intake.limits import check
from openspaces.intake.presence import shown
from openspaces.intake.reading import reading
from openspaces.people.asking import Device
from openspaces.people.who import Who

KEYS = "api "
"""Before a caller's idempotency key, so that it never meets a key of our own forms."""

Told = Callable[[Outcome], HttpResponse | Awaitable[HttpResponse]]


async def board_here(event: str) -> Board:
    """The event's Board; raises NotHere."""
    board = await board_of(event)
    if board is None:
        raise NotHere(Refusal(Code.UNKNOWN_EVENT, {"event": event}))
    return board


async def answered(
    request: HttpRequest,
    event: str,
    move: Move | Voice,
    key: str,
    told: Told,
    *,
    card: str = "",
    presence: str | None = None,
) -> HttpResponse:
    """Play `move` for whoever sends `request` and answer with the refusal, or with what `told` makes of the outcome.
    `card` is the card whose key the request may show, `presence` the presence code that its body may hold. Raises
    TooFast and KeyReused."""
    device = device_of(request)
    by = await _with_presence(request, event, device, await _not_too_fast(request, event, device, card), presence)
    outcome = await play_soon(event, move, by=by, key=key and KEYS + key)
    answer = refused(outcome.refusal) if outcome.refusal else told(outcome)
    response = answer if isinstance(answer, HttpResponse) else await answer
    remember(response, device, request)
    return response


async def board_after(event: str, outcome: Outcome) -> Board:
    """The Board as the move left it, whatever came since: a retry is told what the first try was told."""
    newest = MEMORY.board(event)
    if newest and newest.number == outcome.number:
        return newest
    then = await reading(board_at, event, outcome.number)
    assert then is not None
    return masked(then, MEMORY.board(event) or then)


async def _not_too_fast(request: HttpRequest, event: str, device: Device, card: str) -> Who:
    """Who asks; raises TooFast. A program with a good staff token is not held up: it may close forty cells at once."""
    bearer = request.headers.get("Authorization", "").lower().startswith("bearer ")
    staff = await who_asks(request, event, device, card) if bearer else None
    if staff and staff.is_staff:
        return staff
    if wait := check(device, event, request.META.get("REMOTE_ADDR", "")):
        raise TooFast(wait)
    return staff or await who_asks(request, event, device, card)


async def _with_presence(request: HttpRequest, event: str, device: Device, by: Who, typed: str | None) -> Who:
    """The same, present if the code that was sent along is right; a wrong one adds nothing."""
    if not typed or by.present:
        return by
    came = await shown(request, event, device, typed)
    if came.wait:
        raise TooFast(came.wait)
    return replace(by, present=came.right)


def card_here(code: str) -> str:
    """A card's code as the address writes it, in any case; raises NotHere for what cannot be one."""
    if not CARD_CODE.fullmatch(code.upper()):
        raise NotHere(Refusal(Code.UNKNOWN_CARD, {"card": code}))
    return code.upper()


def cell_here(text: str) -> Cell:
    """A cell as the address writes it; raises NotHere for what cannot be one."""
    try:
        return Cell.parse(text)
    except ValueError:
        raise NotHere(Refusal(Code.UNKNOWN_CELL, {"cell": text})) from None


def number_here(written: str, code: Code, name: str) -> int:
    """The number of a contest, a change or an announcement as the address writes it; raises NotHere, with that code and
    the number under that name, for what cannot be one."""
    if written.isascii() and written.isdecimal() and len(written) < 17 and int(written) <= BIGGEST_NUMBER:
        return int(written)
    raise NotHere(Refusal(code, {name: written}))


def when(board: Board, written: str) -> datetime:
    """A time as a body writes it: by the event's clocks, unless it says its offset."""
    return moment_of(datetime.fromisoformat(written), board.zone)


def cells_of(written: list[str]) -> tuple[Cell, ...]:
    """The cells that a body names."""
    return tuple(Cell.parse(cell) for cell in written)


def codes_of(written: list[str]) -> tuple[str, ...]:
    """The codes of the cards that a body names, in any case."""
    return tuple(code.upper() for code in written)


def row(board: Board, cell: str, slots: int | None) -> tuple[Cell, ...]:
    """The cells that a caller means by the first one and how many. Where the board has not so many in a row, the same
    cell again and again: the rules refuse that in their own words."""
    first, length = Cell.parse(cell), slots or 1
    cells = board.run(first, length) if board.has_cell(first) else ()
    return cells if len(cells) == length else (first,) * length
