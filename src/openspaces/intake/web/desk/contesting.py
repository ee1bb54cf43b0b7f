"""Contests on the list: those that wait for a person, and those that run by themselves."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import partial

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from openspaces.board.contest import Contest
from openspaces.board.state import Board
from openspaces.board.vocabulary import Method
from openspaces.intake.web.desk.items import Answer, Draft, Item, Link, in_quotes
from openspaces.intake.web.desk.visiting import desk_url
from openspaces.wording import apart, cell_says, clock, in_a_row


def open_contests(board: Board) -> list[Contest]:
    """The contests without an outcome, the next to begin first."""
    there = [contest for contest in board.contests.values() if contest.open and board.has_cell(contest.cell)]
    return sorted(there, key=lambda contest: (board.slot_of(contest.cell).starts, contest.id))


def waits(contest: Contest, at: datetime) -> bool:
    """Whether a person has to settle it."""
    return not contest.by_itself or contest.closes is None or contest.closes <= at


def due_items(board: Board, ballots: dict[int, int], at: datetime) -> Iterator[Draft]:
    """The contests that wait for a person."""
    return (partial(contest_item, board, each, ballots, at) for each in open_contests(board) if waits(each, at))


def running_items(board: Board, ballots: dict[int, int], at: datetime) -> Iterator[Draft]:
    """The contests that the clock will settle; one may be quicker."""
    return (partial(contest_item, board, each, ballots, at) for each in open_contests(board) if not waits(each, at))


def contest_item(board: Board, contest: Contest, ballots: dict[int, int], at: datetime) -> Item:
    """A contest with its time left and its ballots, and how to settle it now."""
    titles = in_a_row(in_quotes(board, contest.cards))
    by_hands = contest.method is Method.HANDS
    return Item(
        id=f"contest-{contest.id}",
        says=_("%(titles)s contend for %(cell)s.") % {"titles": titles, "cell": cell_says(board, contest.cell)},
        contest=contest.id,
        facts=(method_says(contest.method), *_state(board, contest, ballots.get(contest.id, 0), at)),
        counts=tuple((code, board.cards[code].words.title) for code in contest.cards) if by_hands else (),
        answers=_answers(board, contest, titles),
        link=Link(desk_url(board.event, "contests", contest.id), _("Another way")),
        weighed=not waits(contest, at),
    )


def method_says(method: Method) -> str:
    """How a contest is settled."""
    return {
        Method.VOTE: _("By vote"),
        Method.HANDS: _("By a show of hands"),
        Method.LOT: _("By lot"),
        Method.AGREEMENT: _("By agreement of the hosts"),
        Method.DECISION: _("The facilitator decides"),
        Method.YIELD: _("The others gave way"),
    }[method]


def ballots_say(ballots: int) -> str:
    """How many have voted."""
    return ngettext("%(ballots)d ballot so far", "%(ballots)d ballots so far", ballots) % {"ballots": ballots}


def cast_say(ballots: int) -> str:
    """How many have voted when it is over."""
    return ngettext("%(count)s ballot was cast.", "%(count)s ballots were cast.", ballots) % {"count": ballots}


def newcomers_say(devices: int) -> Iterator[str]:
    """How many who voted were seen here only after the contest began, if any: one person can be many of them."""
    if devices:
        yield ngettext(
            "%(devices)d of them from a device that showed the code only after the contest began",
            "%(devices)d of them from devices that showed the code only after the contest began",
            devices,
        ) % {"devices": devices}


def time_left(board: Board, closes: datetime, at: datetime) -> str:
    """Until when it runs, and how long that is."""
    minutes = max(0, -((at - closes) // timedelta(minutes=1)))
    left = ngettext("%(minutes)d minute left", "%(minutes)d minutes left", minutes) % {"minutes": minutes}
    return _("until %(time)s, %(left)s") % {"time": clock(board.local(closes)), "left": left}


def _state(board: Board, contest: Contest, ballots: int, at: datetime) -> Iterator[str]:
    if contest.method is Method.VOTE:
        yield ballots_say(ballots)
    if contest.closes and contest.closes > at:
        yield time_left(board, contest.closes, at)
    elif contest.closes:
        yield _("its time was over at %(time)s") % {"time": clock(board.local(contest.closes))}
    if contest.presence and contest.method is Method.VOTE:
        yield _("with the code on the screen")


def _answers(board: Board, contest: Contest, titles: str) -> tuple[Answer, ...]:
    """A vote, a lot and hands are settled by what they say; otherwise somebody says who has it."""
    if contest.method is Method.VOTE:
        return (Answer("settle", _("Count the votes now"), titles),)
    if contest.method is Method.LOT:
        return (Answer("settle", _("Draw the lot now"), titles),)
    if contest.method is Method.HANDS:
        return (Answer("settle", _("These hands went up"), titles),)
    cards = (board.cards[code] for code in contest.cards)
    return tuple(
        Answer(f"win {card.code}", _("%(title)s has it") % {"title": apart(card.words.title)}) for card in cards
    )
