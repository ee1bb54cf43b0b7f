"""The rules of asking for cells: who may, when the answer comes at once, and when a contest begins."""

from dataclasses import replace
from datetime import datetime, timedelta

from openspaces.board.contest import Contest
from openspaces.board.facts import claim_facts, contest_facts, placement_facts
from openspaces.board.moves.base import NOTHING, Changes
from openspaces.board.moves.seating import placed, seated
from openspaces.board.moves.taking import cell_facts, holder, may_place, offers, taken, why_not_ask
from openspaces.board.state import Board, Card, Change, Placement
from openspaces.board.vocabulary import Cell, Code, Competing, Kind, Method, Placing, Refusal
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
    code: str,
    card: Card | None,
    seal: str,
    *,
    contend: bool = True,
    confirmed: bool,
) -> Changes | Refusal:
    """What follows when a card (None: one just being written) asks for `wanted`.

    Where nobody else wants it, it waits for the facilitator, or has it at once where hosts place cards themselves.
    Where others do, the event's policy says whether it is refused or a contest begins; with `contend` false it is
    refused, whatever the policy.
    """
    if refusal := why_not_ask(board, by, at, wanted, card, confirmed):
        return refusal
    if card and wanted in (card.placement, card.claim and card.claim.placement):
        return NOTHING
    asked = _asked(code, card, wanted)
    rivals = _rivals(board, wanted, code)
    if not rivals:
        return (asked,) if board.policy.placing is Placing.FACILITATORS else (_had(code, card, wanted),)
    if refusal := _refused(board, wanted, rivals, card, at, contend=contend):
        return refusal
    contest = _joined(board, wanted, code, rivals, at, seal)
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
    starts = board.slot_of(cells[0]).starts
    closes = at + timedelta(minutes=minutes or policy.contest_minutes)
    return Contest(
        id=0,
        cells=cells,
        cards=cards,
        method=Method(policy.contest_method),
        tie=policy.contest_tie,
        presence=policy.contest_presence,
        closes=min(closes, starts) if starts > at + SOON else closes,
        opened=at,
        seal=seal,
    )


def _asked(code: str, card: Card | None, wanted: Placement) -> Change:
    before = {"claim": claim_facts(card.claim if card else None)}
    return Change(Kind.CARD_CLAIMED, code, wanted.cells, before, placement_facts(wanted))


def _had(code: str, card: Card | None, wanted: Placement) -> Change:
    return seated(card, wanted) if card else placed(code, wanted)


def _rivals(board: Board, wanted: Placement, code: str) -> list[Card]:
    """Who holds or asks for any of these cells: the holder first, then the first to ask. Elsewhere nobody is in the
    way of anybody."""
    if board.is_elsewhere(wanted.cells[0]):
        return []
    own = board.cards.get(code)
    holders = (holder(board, cell, own) for cell in wanted.cells)
    found = {card.code: card for card in (*holders, *board.rivals(wanted.cells)) if card and card.code != code}
    return list(found.values())


def _refused(
    board: Board, wanted: Placement, rivals: list[Card], card: Card | None, at: datetime, *, contend: bool
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
    asked = (cell for rival in rivals for cell in _wants(rival, wanted))
    cells = tuple(dict.fromkeys((*wanted.cells, *asked)))
    there = {contest.id: contest for cell in cells if (contest := board.contest_at(cell))}
    if not there:
        return opened(fresh_contest(board, cells, (*(rival.code for rival in rivals), code), at, seal))
    old = next(iter(there.values()))
    if len(there) > 1 or (old.closes and at >= old.closes):
        code_ = Code.IN_CONTEST if len(there) > 1 else Code.CONTEST_OVER
        titles = [board.cards[each].words.title for each in old.cards]
        facts = {**cell_facts(board, wanted.cells[0]), "titles": titles}
        return Refusal(code_, facts, free=offers(board, wanted.cells[0], len(wanted.cells), at))
    newcomers = (rival.code for rival in rivals if rival.code not in old.cards)
    return changed(old, replace(old, cells=_union(old.cells, cells), cards=(*old.cards, *newcomers, code)))


def _wants(rival: Card, wanted: Placement) -> tuple[Cell, ...]:
    """The cells in a row that a rival has or asks for, of which the wanted ones are a part."""
    rows = [placement.cells for placement in (rival.placement, rival.claim and rival.claim.placement) if placement]
    return next((row for row in rows if set(row) & set(wanted.cells)), ())


def _union(one: tuple[Cell, ...], other: tuple[Cell, ...]) -> tuple[Cell, ...]:
    return tuple(dict.fromkeys((*one, *other)))
