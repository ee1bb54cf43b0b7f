"""One card as the desk shows it: how it stands, everything that happened to it, what it said, what may be done."""

from datetime import datetime
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _

from openspaces.board.moves.moderation import all_of
from openspaces.board.moves.running import running
from openspaces.board.read import changes_of, ideas_left
from openspaces.board.state import Board, Card, Change
from openspaces.board.vocabulary import NAME_LENGTH, REASON_LENGTH, Cause, Deal, Stage, Standing
from openspaces.intake.reading import reading
from openspaces.intake.web.desk.hands import Staff, staff_of, who_says
from openspaces.intake.web.desk.moderating import wish_facts
from openspaces.intake.web.desk.moments import when_says
from openspaces.intake.web.desk.picking import free_days, length_of
from openspaces.intake.web.desk.unmasked import unmasked
from openspaces.intake.web.desk.versions import Version, versions
from openspaces.intake.web.desk.visiting import desk_page, desk_url
from openspaces.intake.web.links import card_url, edit_link, edit_url, stage_says
from openspaces.intake.web.visiting import Visit
from openspaces.look.cards import would_come
from openspaces.look.wished import wished_length
from openspaces.wording import cell_says, in_a_row, placement_says, tells

LONGEST = 4
"""How many cells in a row the form offers; a card that has more keeps its length."""


async def card_page(visit: Visit, code: str, said: str = "", status: int = 200) -> HttpResponse:
    """The page of a card. What was typed stands there still."""
    shown = await reading(_shown, visit, code)
    typed = {name: visit.typed(name) for name in ("do", "reason", "other")}
    return await desk_page(visit, "card", "search", {**shown, "typed": typed}, said=said, status=status)


def _shown(visit: Visit, code: str) -> dict[str, Any]:
    board = unmasked(visit.newest())
    card, staff = board.cards[code], staff_of(board)
    changes = changes_of(board.event, code)
    return {
        "card": card,
        "idea": card.stage is Stage.IDEA and not card.hidden,
        "title": card.words.title,
        "url": card_url(board.event, code),
        "action": desk_url(board.event, "cards", code),
        "log": f"{desk_url(board.event, 'log')}?card={code}",
        "edit": edit_url(board.event, code),
        "by": who_says(card.hand, board, staff) if card.hand else "",
        "states": _states(board, card, visit.at),
        "days": [] if card.withdrawn or card.merged_into else free_days(board, card, visit.by, visit.at),
        "lengths": _lengths(card),
        "where": visit.typed("where") or (card.placement.where if card.placement else ""),
        "elsewhere": next((room.name for room in board.rooms if room.elsewhere), ""),
        "limits": {"where": NAME_LENGTH, "reason": REASON_LENGTH},
        "may": _may(board, card, visit.at),
        "placed": _others(board, card, placed=True),
        "living": _others(board, card),
        "history": [_happened(board, staff, visit, change) for change in reversed(changes)],
        "versions": [_version(board, staff, visit, version) for version in versions(code, changes)],
        "link": edit_link(visit, code),
        "theirs": len(all_of(board, card, ideas_left(board.event))),
    }


def _may(board: Board, card: Card, at: datetime) -> dict[str, bool]:
    """What can be done with it as it stands."""
    alive = not (card.withdrawn or card.merged_into)
    return {
        "live": alive,
        "down": bool(card.placement),
        "run": bool(card.placement) and running(board, card, at),
        "confirm": bool(card.placement) and not card.confirmed,
        "hide": not card.hidden and alive,
        "approve": card.standing in (Standing.HELD, Standing.SHIELDED),
        "remove": card.standing is not Standing.REMOVED,
        "claim": card.claim is not None,
    }


def _states(board: Board, card: Card, at: datetime) -> list[str]:
    """Everything that is so about the card, in sentences."""
    said = [_hidden_says(card), "" if card.claim and not card.placement else stage_says(board, card)]
    if card.merged:
        titles = in_a_row(board.cards[code].words.title for code in card.merged)
        said.append(_("made of this and %(titles)s") % {"titles": titles})
    if card.claim:
        where, when = placement_says(board, card.claim.placement), when_says(board, card.claim.at, at)
        said.append(_("asks for %(where)s, since %(when)s") % {"where": where, "when": when})
    if contest := board.contest_of(card.code):
        said.append(_("stands in a contest for %(cell)s") % {"cell": cell_says(board, contest.cell)})
    said += [_notice_says(board, card), _deal_says(board, card), *wish_facts(board, card), would_come(card)]
    said.append(_("full") if card.full else "")
    said.append(_("still on, says its host") if card.confirmed else "")
    return [each for each in said if each]


def _hidden_says(card: Card) -> str:
    return {
        Standing.LIVE: "",
        Standing.APPROVED: _("read by staff: reports do not hide it"),
        Standing.HELD: _("hidden until somebody has read it: its host is new"),
        Standing.SHIELDED: _("hidden from the public"),
        Standing.REMOVED: _("removed"),
    }[card.standing]


def _notice_says(board: Board, card: Card) -> str:
    notice = card.notice
    if notice is None or card.placement or not all(map(board.has_cell, notice.lost.cells)):
        return ""
    sentence = {
        Cause.CLOSED: _("lost %(where)s: %(reason)s"),
        Cause.RESTORED: _("lost %(where)s when the board was put back"),
        Cause.TAKEN: _("did not get %(where)s: another card has it"),
        Cause.CONTEST: _("did not win %(where)s"),
        Cause.OFFER: _("is offered another cell than %(where)s"),
        Cause.REFUSED: _("was refused %(where)s: %(reason)s"),
    }[notice.cause]
    return sentence % {"where": placement_says(board, notice.lost), "reason": notice.reason}


def _deal_says(board: Board, card: Card) -> str:
    if card.deal is None or card.deal.other not in board.cards:
        return ""
    other = {"title": board.cards[card.deal.other].words.title}
    if card.deal.kind is Deal.SWAP:
        return _("its host asks the host of “%(title)s” to change places") % other
    return _("its host asks the host of “%(title)s” to make one card of two") % other


def _lengths(card: Card) -> list[tuple[int, bool]]:
    """How many cells in a row it may have, and which number it has now."""
    now = length_of(card) if card.claim or card.notice else wished_length(card)
    return [(number, number == now) for number in range(1, max(LONGEST, now) + 1)]


def _others(board: Board, card: Card, *, placed: bool = False) -> list[tuple[str, str]]:
    """The other cards that live, those on the board by time: code, and title with where it is."""
    others = [
        other
        for other in board.in_order()
        if other.code != card.code and not (other.withdrawn or other.merged_into) and (other.placement or not placed)
    ]
    others.sort(key=lambda other: board.time_of(other.placement)[0].timestamp() if other.placement else float("inf"))
    return [(other.code, f"{other.words.title} · {stage_says(board, other)}") for other in others]


def _happened(board: Board, staff: Staff, visit: Visit, change: Change) -> dict[str, Any]:
    return {
        "number": change.number,
        "says": tells(change, board),
        "reason": change.after.get("reason", "") if change.card else "",
        "when": when_says(board, change.at, visit.at),
        "who": who_says(change.by, board, staff, visit.by.hand),
        "undoes": change.after.get("undoes", 0),
    }


def _version(board: Board, staff: Staff, visit: Visit, version: Version) -> dict[str, Any]:
    card = board.cards[version.change.card]
    return {
        "number": version.change.number,
        "when": when_says(board, version.change.at, visit.at),
        "who": who_says(version.change.by, board, staff, visit.by.hand),
        "fields": version.fields,
        "now": version.words.as_said() == card.words.as_said(),
    }
