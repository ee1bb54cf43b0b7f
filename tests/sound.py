"""What is so of every board, whatever was played on it."""

from collections.abc import Iterable, Iterator

from openspaces.board.moves.claiming import in_vain
from openspaces.board.moves.settling import wanted_in
from openspaces.board.state import Board, Card, Change
from openspaces.board.vocabulary import HIDDEN, Cell, Kind


def unsound(board: Board) -> list[str]:
    """Whatever is not as it must be."""
    return [*_cells(board), *_claims(board), *_contests(board), *_cards(board)]


def unsettled(board: Board, step: Iterable[Change]) -> list[str]:
    """The cards that won in a step at whose end they have nothing of what they won. Who wins two contests has one."""
    won: dict[str, set[Cell]] = {}
    for change in step:
        if change.kind is Kind.CONTEST_SETTLED and change.card:
            won.setdefault(change.card, set()).update(change.cells)
    return [code for code, cells in won.items() if cells.isdisjoint(board.cards[code].cells)]


def _cells(board: Board) -> Iterator[str]:
    for cell, codes in board.holders.items():
        if not board.has_cell(cell):
            yield f"{codes} on {cell}, which is no more"
        elif len(codes) > 1 and not board.is_elsewhere(cell):
            yield f"{codes} on {cell}"
        if cell in board.closures:
            yield f"{codes} on {cell}, which is closed"


def _claims(board: Board) -> Iterator[str]:
    for card in board.claiming:
        if not all(board.has_cell(cell) and cell not in board.closures for cell in card.asks):
            yield f"{card.code} asks for {card.asks}, which are closed or no more"
        elif in_vain(board, card):
            yield f"{card.code} asks for {card.asks}, which another has"
        if card.withdrawn or card.merged_into:
            yield f"{card.code} asks for a cell and is gone"


def _contests(board: Board) -> Iterator[str]:
    for contest in board.contests.values():
        if not contest.open:
            continue
        standing = [code for code in contest.cards if board.cards[code].wants(contest.cells)]
        if len(standing) < 2 or len(standing) < len(contest.cards):
            yield f"in {contest} stand only {standing}"
        wishes = [wanted_in(board.cards[code], contest).cells for code in standing]
        if len({cell for wish in wishes for cell in wish}) == sum(map(len, wishes)):
            yield f"in {contest} nobody is in anybody's way"
        if any(board.contest_at(cell) != contest for cell in contest.cells):
            yield f"{contest} is not alone on its cells"
        if strangers := [
            code for cell in contest.cells for code in board.holders.get(cell, ()) if code not in standing
        ]:
            yield f"{strangers} have what {contest} is about"
        if not all(board.has_cell(cell) and cell not in board.closures for cell in contest.cells):
            yield f"{contest} is about cells that are closed or no more"
        elif any(map(board.is_elsewhere, contest.cells)):
            yield f"{contest} is about a place that holds any number"


def _cards(board: Board) -> Iterator[str]:
    for card in board.cards.values():
        if card.hidden and (card.words.title, card.words.text, card.words.host) != (HIDDEN, "", ""):
            yield f"{card.code} is hidden and says {card.words}"
        if (card.withdrawn or card.merged_into) and card.placement:
            yield f"{card.code} is gone and has {card.cells}"
        if not _knows_its_parts(board, card):
            yield f"{card.code} does not know what it is made of"


def _knows_its_parts(board: Board, card: Card) -> bool:
    whole = not card.merged_into or card.code in board.cards[card.merged_into].merged
    return whole and all(board.cards[code].merged_into == card.code for code in card.merged)
