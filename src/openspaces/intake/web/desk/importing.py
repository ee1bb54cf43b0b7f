"""Bringing in cards from a sheet, or the main programme: looked at first, then played. For organisers."""

import asyncio
from dataclasses import dataclass, replace

from django.http import HttpResponse
from django.utils.translation import gettext as _

from openspaces.board.moves import ChangeEvent, Move
from openspaces.board.moves.event import profile_of
from openspaces.board.vocabulary import Code, Refusal
from openspaces.intake.bringing import Cards, cards_in, is_kept, kept, opened, play_each, prospect, unpacked
from openspaces.intake.bringing.opening import LARGEST_FILE
from openspaces.intake.programme import Damaged, NotFetched, Programme, Source, is_address
from openspaces.intake.programme.following import follow
from openspaces.intake.reading import working
from openspaces.intake.sheets import FIELDS, Guess, UnknownColumn, WrongSheet, picked
from openspaces.intake.web.desk.doing import not_done, played, why
from openspaces.intake.web.desk.import_page import cards_page, programme_page, start_page, wrong_page
from openspaces.intake.web.desk.import_playing import played_page
from openspaces.intake.web.desk.visiting import desk_url, staffed
from openspaces.intake.web.visiting import Visit, go_to
from openspaces.people.who import Role

LONGEST_ADDRESS = 500


@dataclass(frozen=True)
class Brought:
    """What was chosen: a file with its bytes, or an address without. A file's name is never read from."""

    name: str
    raw: bytes | None = None

    @property
    def source(self) -> Source:
        """The same to read from."""
        return Source(self.name, self.raw)


class Wrong(Exception):
    """What was chosen cannot be brought in; the text says why, in one sentence."""


@staffed
async def bring(visit: Visit) -> HttpResponse:
    """Choose, look, play; each step sends all that was chosen before."""
    if visit.by.role is not Role.ORGANISER:
        return await not_done(visit, why(Refusal(Code.NOT_ALLOWED)), 403)
    if visit.request.method != "POST":
        return await start_page(visit)
    if visit.typed("do") == "unfollow":
        return await _unfollowed(visit)
    try:
        brought = _brought(visit)
        found = await _opened(visit, brought)
        if isinstance(found, Programme):
            return await _programme(visit, brought, found)
        return await _cards(visit, brought.name, found)
    except (Wrong, WrongSheet, Damaged, NotFetched) as trouble:
        return await wrong_page(visit, str(trouble))


def _brought(visit: Visit) -> Brought:
    """The file that was chosen now, else the address, else the file that the form carries on."""
    file, address = visit.request.FILES.get("file"), visit.typed("address").strip()
    if file:
        if (file.size or 0) > LARGEST_FILE:
            raise Wrong(_too_large())
        return Brought(str(file.name), file.read())
    if packed := visit.typed("kept"):
        return Brought(visit.typed("name"), unpacked(packed))
    if not address:
        raise Wrong(_("Choose a file, or write an address."))
    if not is_address(address) or len(address) > LONGEST_ADDRESS:
        raise Wrong(_("Write a whole web address that begins with https://, or leave it empty."))
    return Brought(address)


def _too_large() -> str:
    return _("This file is too large. Cut it up, and bring in one part after the other.")


async def _opened(visit: Visit, brought: Brought) -> Programme | bytes:
    """Read it; what is on the web is fetched beside the other work, for that may take a minute."""
    if brought.raw is not None:
        return await working(opened, brought.source, visit.newest())
    return await asyncio.to_thread(opened, brought.source, visit.newest())


# Cards


async def _cards(visit: Visit, name: str, raw: bytes) -> HttpResponse:
    cards, wrong = await working(_read, visit, raw)
    chosen = _chosen(cards, place=bool(visit.typed("place")))
    if visit.typed("do") == "play" and visit.typed("seen") == chosen and cards.ready and not wrong:
        return await played_page(visit, cards)
    changed = visit.typed("do") == "play" and not wrong
    fields = {"name": name, "kept": _kept(raw), "seen": chosen}
    return await cards_page(visit, cards, fields, wrong, changed=changed)


def _kept(raw: bytes) -> str:
    packed = kept(raw)
    if not is_kept(packed):
        raise Wrong(_too_large())
    return packed


def _read(visit: Visit, raw: bytes) -> tuple[Cards, str]:
    """The cards by the columns that were chosen; by those that are guessed if that is no choice, and then why."""
    board, place = visit.newest(), bool(visit.typed("place"))
    try:
        return cards_in(raw, board, lambda guess: _picked(visit, guess), place=place), ""
    except UnknownColumn as trouble:
        return cards_in(raw, board, lambda guess: guess, place=place), str(trouble)


def _picked(visit: Visit, guess: Guess) -> Guess:
    if "column-title" not in visit.request.POST:
        return guess
    typed = {field: visit.typed(f"column-{field}") for field in FIELDS}
    columns = {field: int(each) for field, each in typed.items() if each.isdecimal() and len(each) < 4}
    return picked(guess, {field: column for field, column in columns.items() if column < guess.width})


def _chosen(cards: Cards, *, place: bool) -> str:
    """What was looked at, to know whether that is what is to be played."""
    columns = ",".join(f"{field}={column}" for field, column in cards.guess.columns.items())
    return f"{columns} {'place' if place else ''}".strip()


# The programme


async def _programme(visit: Visit, brought: Brought, programme: Programme) -> HttpResponse:
    given = brought.raw is not None
    fields = {"name": brought.name, "kept": _kept(brought.raw or b"")} if given else {"address": brought.name}
    if visit.typed("do") != "play":
        return await programme_page(visit, programme, fields)
    outcome = await working(follow, visit.event, programme.talks)
    refusal = outcome.refusal or await working(_add_and_close, visit, brought, programme)
    return await programme_page(visit, programme, fields, done=True, said=why(refusal) if refusal else "")


def _add_and_close(visit: Visit, brought: Brought, programme: Programme) -> Refusal | None:
    """What was ticked beside the talks: rooms and days first, for cells are closed in them too."""
    refusal = None
    if visit.typed("follow") and brought.raw is None:
        refusal = play_each(visit.event, [_following(visit, brought.name)], visit.by)
    if visit.typed("add") and not refusal:
        refusal = play_each(visit.event, prospect(visit.newest(), programme).proposal.moves(), visit.by)
    if visit.typed("close") and not refusal:
        refusal = play_each(visit.event, prospect(visit.newest(), programme).closures, visit.by)
    return refusal


async def _unfollowed(visit: Visit) -> HttpResponse:
    outcome = await played(visit, _following(visit, ""))
    if outcome.refusal:
        return await not_done(visit, why(outcome.refusal))
    return go_to(desk_url(visit.event, "import"))


def _following(visit: Visit, address: str) -> Move:
    return ChangeEvent(profile=replace(profile_of(visit.newest()), follows=address))
