"""What a screen tells beside the rooms: announcements, contests, the pitch, and what went up lately."""

from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from openspaces.board.contest import Contest
from openspaces.board.state import Board, Card
from openspaces.board.vocabulary import Method
from openspaces.look.cards import title_says
from openspaces.look.cells import closes_says, decided_says, quoted
from openspaces.outlets.screen.cells import ink_of, scannable, titled
from openspaces.wording import apart, cell_says, outcome_says, placement_says

LONG = 90
"""From how many letters on an announcement is written smaller."""
OUTCOME = timedelta(minutes=5)
"""How long a screen tells how a contest was settled."""
LATEST = 5
NEXT = 3


def announced(board: Board) -> list[dict[str, Any]]:
    """The announcements, the latest first; the script takes each off when its time is over."""
    said = sorted(board.announcements, key=lambda each: -each.number)
    return [{"text": each.text, "until": _moment(board, each.until), "long": len(each.text) > LONG} for each in said]


def contests(board: Board, base_url: str) -> list[dict[str, Any]]:
    """The open contests, the first to close first, and how those went that have just been settled."""
    known = [contest for contest in board.contests.values() if board.has_cell(contest.cell)]
    running = sorted((contest for contest in known if contest.open), key=_closes)
    settled = [contest for contest in known if contest.settled and contest.settled > board.at - OUTCOME]
    return [_running(board, contest, base_url) for contest in running] + [_over(board, contest) for contest in settled]


def pitched(board: Board) -> dict[str, Any] | None:
    """The card that is pitched, and the next three; those that were withdrawn meanwhile are passed over."""
    cards = [board.cards[code] for code in board.pitch.queue if code in board.cards] if board.pitch else []
    waiting = [card for card in cards if not (card.withdrawn or card.merged_into)]
    if not board.pitch or not waiting:
        return None
    ends = board.pitch.ends
    return {
        "card": _pitched(waiting[0]),
        "next": [_pitched(card) for card in waiting[1 : 1 + NEXT]],
        "seconds": board.pitch.seconds,
        "ends": _moment(board, ends) if ends else "",
    }


def latest(board: Board) -> list[dict[str, Any]]:
    """The cards that went up or changed last, the latest first; the script leaves out those that are over."""
    placed = [card for card in board.cards.values() if card.placement and not card.hidden]
    placed.sort(key=lambda card: (card.at, card.serial), reverse=True)
    return [_placed(board, card) for card in placed[:LATEST]]


def _closes(contest: Contest) -> tuple[bool, datetime]:
    """Those with a deadline come before those that a person settles."""
    return contest.closes is None, contest.closes or contest.opened


def _pitched(card: Card) -> dict[str, Any]:
    return {"title": title_says(card), "words": card.words, "ink": ink_of(card)}


def _running(board: Board, contest: Contest, base_url: str) -> dict[str, Any]:
    count, where = len(contest.cards), cell_says(board, contest.cell)
    says = ngettext("%(count)d card wants %(where)s", "%(count)d cards want %(where)s", count)
    votes = contest.method is Method.VOTE and contest.closes is not None
    address = f"{base_url}/{board.event}/contests/{contest.id}/"
    return {
        "says": says % {"count": count, "where": where},
        "titles": titled([board.cards[code] for code in contest.cards]),
        "how": _how(contest),
        "qr": scannable(address) if votes and base_url else "",
        "closes": _moment(board, contest.closes) if contest.closes else "",
        "clock": closes_says(board, contest),
    }


def _over(board: Board, contest: Contest) -> dict[str, Any]:
    won, where = board.cards.get(contest.winner), cell_says(board, contest.cell)
    assert contest.settled
    return {
        "says": _("Settled: %(where)s") % {"where": where},
        "titles": _("%(title)s has it") % {"title": quoted(won)} if won else _("It was called off."),
        "how": outcome_says(contest, board) if won else apart(contest.reason),
        "until": _moment(board, contest.settled + OUTCOME),
    }


def _how(contest: Contest) -> str:
    if contest.method is not Method.VOTE or contest.closes is None:
        return decided_says(contest, "")
    says = _("Vote: scan this.")
    return " ".join((says, _("The vote asks for the code on this screen."))) if contest.presence else says


def _placed(board: Board, card: Card) -> dict[str, Any]:
    assert card.placement
    return {
        "code": card.code,
        "title": card.words.title,
        "where": placement_says(board, card.placement),
        "at": _moment(board, card.at),
        "ends": _moment(board, board.time_of(card.placement)[1]),
    }


def _moment(board: Board, moment: datetime) -> str:
    return board.local(moment).isoformat()
