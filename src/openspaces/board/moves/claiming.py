"""The rules of asking for cells: who may, when the answer comes at once, and when a contest begins."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta
from math import inf

from openspaces.board.contest import Contest
from openspaces.board.facts import contest_facts, placement_facts, waiting_facts
from openspaces.board.moves.base import NOTHING, Changes
from openspaces.board.moves.free import offers
from openspaces.board.moves.hosts import NOBODYS
from openspaces.board.moves.seating import seated
from openspaces.board.moves.taking import holder, may_place, taken, why_not_ask
from openspaces.board.moves.telling import cell_facts, titles
from openspaces.board.state import Board, Card, Change, Placement
from openspaces.board.vocabulary import Cell, Code, Competing, Kind, Placing, Refusal
from openspaces.people.who import Who

SOON = timedelta(minutes=1)


def may_claim(by: Who, board: Board) -> Refusal | None:
    """Whoever may place cards may ask for cells, and so may every host where the facilitators place."""
    return None if board.policy.placing is Placing.FACILITATORS else may_place(by, board)


def claimed(
    board: Board,
    by: Who,
    at: datetime,
    wanted: Placement,
    card: Card,
    seal: str,
    *,
    contend: bool = True,
    confirmed: bool,
) -> Changes | Refusal:
    """What follows when a card asks for `wanted`.

    Where nobody else wants it, it waits for the facilitator, or has it at once where hosts place cards themselves.
    Where others do, the event's policy says whether it is refused or a contest begins; with `contend` false it is
    refused, whatever the policy. Nobody contends with a card of their own.
    """
    if refusal := why_not_ask(board, by, at, wanted, card, confirmed):
        return refusal
    if wanted in (card.placement, card.claim and card.claim.placement):
        return NOTHING
    asked = Change(Kind.CARD_CLAIMED, card.code, wanted.cells, waiting_facts(card, "claim"), placement_facts(wanted))
    rivals = _rivals(board, wanted, card)
    if not rivals:
        due = board.policy.placing is not Placing.FACILITATORS or card.takes(wanted.cells)
        return (seated(card, wanted),) if due else (asked,)
    own = not by.is_staff and any(_same_host(rival, card.hand) for rival in rivals)
    if refusal := _refused(board, wanted, rivals, card, at, contend=contend and not own):
        return refusal
    contest = _joined(board, wanted, card.code, rivals, at, seal)
    return contest if isinstance(contest, Refusal) else (asked, contest)


def opened(contest: Contest) -> Change:
    """A contest begins; it gets its number with the change."""
    return Change(Kind.CONTEST_OPENED, cells=contest.cells, after={"contest": contest_facts(contest)})


def changed(old: Contest, new: Contest) -> Change:
    """A contest is not as it was: others joined or left it, or it is settled in another way or at another time."""
    cells = tuple(dict.fromkeys((*old.cells, *new.cells)))
    return Change(
        Kind.CONTEST_CHANGED,
        cells=cells,
        before={"contest": contest_facts(old)},
        after={"contest": contest_facts(new)},
    )


def fresh_contest(
    board: Board, cells: tuple[Cell, ...], cards: tuple[str, ...], at: datetime, seal: str, minutes: int = 0
) -> Contest:
    """A contest by the event's policy. It closes before its cell begins, unless that is now."""
    policy = board.policy
    return Contest(
        id=0,
        cells=cells,
        cards=cards,
        method=policy.contest_method,
        tie=policy.contest_tie,
        presence=policy.contest_presence,
        closes=_deadline(board, cells, at, minutes or policy.contest_minutes),
        opened=at,
        seal=seal,
    )


def _deadline(board: Board, cells: tuple[Cell, ...], at: datetime, minutes: int) -> datetime | None:
    if not minutes:
        return None
    closes, starts = at + timedelta(minutes=minutes), min(board.slot_of(cell).starts for cell in cells)
    return min(closes, starts) if starts > at + SOON else closes


def _same_host(rival: Card, hand: str) -> bool:
    return rival.hand == hand and hand not in NOBODYS


def _rivals(board: Board, wanted: Placement, own: Card) -> list[Card]:
    """Who holds or asks for any of these cells: the holder first, then the first to ask. Elsewhere nobody is in the
    way of anybody."""
    if board.is_elsewhere(wanted.cells[0]):
        return []
    holders = (holder(board, cell, own) for cell in wanted.cells)
    found = {card.code: card for card in (*holders, *board.rivals(wanted.cells)) if card and card.code != own.code}
    return list(found.values())


def _refused(
    board: Board, wanted: Placement, rivals: list[Card], card: Card, at: datetime, *, contend: bool
) -> Refusal | None:
    """Where the policy or its host says so; and nobody contends for a cell that the desk gave, or that has begun."""
    decided = board.policy.placing is Placing.FACILITATORS or board.slot_of(wanted.cells[0]).starts <= at
    contests = contend and board.policy.competing is Competing.CONTEST
    if (refusal := taken(board, wanted.cells, card, at)) and (decided or not contests):
        return refusal
    if contests:
        return None
    first = rivals[0]
    facts = {**cell_facts(board, wanted.cells[0]), "title": first.words.title, "host": first.words.host}
    return Refusal(Code.CLAIMED, facts, first.code, offers(board, wanted.cells[0], len(wanted.cells), at))


def _joined(
    board: Board, wanted: Placement, code: str, rivals: list[Card], at: datetime, seal: str
) -> Change | Refusal:
    """The contest about these cells with one card more, or a new one."""
    cells = rows_of(rivals, wanted.cells)
    there = {contest.id: contest for cell in cells if (contest := board.contest_at(cell))}
    if not there:
        return opened(fresh_contest(board, cells, (*(rival.code for rival in rivals), code), at, seal))
    old = next(iter(there.values()))
    if len(there) > 1 or (old.closes and at >= old.closes):
        over = Code.IN_CONTEST if len(there) > 1 else Code.CONTEST_OVER
        facts = {**cell_facts(board, wanted.cells[0]), "titles": titles(board, old.cards)}
        return Refusal(over, facts, free=offers(board, wanted.cells[0], len(wanted.cells), at))
    codes = dict.fromkeys((*old.cards, *(rival.code for rival in rivals), code))
    return changed(old, replace(old, cells=_union(old.cells, cells), cards=tuple(codes)))


def in_vain(board: Board, card: Card) -> bool:
    """Whether a card asks for a cell that another card has, and stands in no contest about it."""
    return any(holder(board, cell, card) and not _contends(board, card, cell) for cell in card.asks)


def _contends(board: Board, card: Card, cell: Cell) -> bool:
    contest = board.contest_at(cell)
    return contest is not None and card.code in contest.cards


def row_of(card: Card, cells: Iterable[Cell]) -> tuple[Cell, ...]:
    """The cells in a row that a card asks for, or else holds, of which some are among `cells`; none if it wants none of
    them."""
    among = set(cells)
    return next((row for row in (card.asks, card.cells) if not among.isdisjoint(row)), ())


def rows_of(cards: Iterable[Card], cells: tuple[Cell, ...]) -> tuple[Cell, ...]:
    """`cells` and all that the cards want together with some of them."""
    return _union(cells, *(row_of(card, cells) for card in cards))


def in_turn(cards: Iterable[Card], cells: tuple[Cell, ...]) -> list[Card]:
    """The cards as they came: who holds any of `cells`, who asked for them first, and at last who has not asked."""

    def turn(card: Card) -> float:
        if not set(cells).isdisjoint(card.cells):
            return 0
        return inf if card.claim is None or set(cells).isdisjoint(card.asks) else card.claim.number

    return sorted(cards, key=turn)


def _union(*rows: tuple[Cell, ...]) -> tuple[Cell, ...]:
    return tuple(dict.fromkeys(cell for row in rows for cell in row))
