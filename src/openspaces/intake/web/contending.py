"""How a contest will be decided, in words, told to everyone before it is."""

from datetime import datetime, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from openspaces.board.contest import Contest
from openspaces.board.state import Board
from openspaces.board.vocabulary import Method, Tie
from openspaces.look.cells import time_says

VOICED = (Method.VOTE, Method.HANDS)
"""The methods that count voices, so that there may be a tie."""


def deadline_says(board: Board, contest: Contest, at: datetime) -> str:
    """When its time is over, beside today: "10:45"; "" where a person says when."""
    return time_says(board, contest.closes, board.local(at).date()) if contest.closes else ""


def decides_says(board: Board, contest: Contest, at: datetime) -> str:
    """How it is decided, and by when, in a sentence."""
    time = deadline_says(board, contest, at)
    match contest.method:
        case Method.VOTE if time:
            return _("A vote until %(time)s decides: everybody ticks the cards that they would come to.") % {
                "time": time
            }
        case Method.VOTE:
            return _("A vote decides: everybody ticks the cards that they would come to.")
        case Method.HANDS:
            return _("A show of hands decides; the facilitator counts.")
        case Method.LOT if time:
            return _("A lot at %(time)s decides, and anybody can check it afterwards.") % {"time": time}
        case Method.LOT:
            return _("A lot decides, and anybody can check it afterwards.")
        case Method.AGREEMENT:
            return _("The hosts agree who has it, and tell the facilitator.")
    return _("The facilitator decides.")


def tie_says(contest: Contest) -> str:
    """What decides between equals; "" where nothing is counted."""
    if contest.method not in VOICED:
        return ""
    if contest.tie is Tie.LOT:
        return _("If two cards have as many votes, a lot decides, and anybody can check it afterwards.")
    return _("If two cards have as many votes, the one that asked first has it.")


def ballots_say(ballots: int) -> str:
    """How many have voted."""
    return ngettext("%(ballots)d ballot so far", "%(ballots)d ballots so far", ballots) % {"ballots": ballots}


def all_the_same_says(board: Board, contest: Contest, at: datetime) -> str:
    """The button that begins this contest, or joins it."""
    if contest.method is Method.VOTE and contest.id and contest.closes:
        says = _("Ask for it all the same: the vote until %(time)s decides")
        return says % {"time": deadline_says(board, contest, at)}
    if contest.method is Method.VOTE and contest.closes:
        return _vote_says(minutes_left(contest, at))
    return {
        Method.VOTE: _("Ask for it all the same: a vote decides"),
        Method.HANDS: _("Ask for it all the same: a show of hands decides"),
        Method.LOT: _("Ask for it all the same: a lot decides"),
        Method.AGREEMENT: _("Ask for it all the same, and agree with the other host"),
    }.get(contest.method, _("Ask for it all the same: the facilitator decides"))


def minutes_left(contest: Contest, at: datetime) -> int:
    """Minutes until its time is over, a begun one counted whole; 0 where it is over or a person says when."""
    return max(0, -((at - contest.closes) // timedelta(minutes=1))) if contest.closes else 0


def _vote_says(minutes: int) -> str:
    says = ngettext(
        "Ask for it all the same: a vote of %(minutes)d minute decides",
        "Ask for it all the same: a vote of %(minutes)d minutes decides",
        minutes,
    )
    return says % {"minutes": minutes}
