"""What the desk does: cells closed and reopened, what may be read, what everyone hears, what is counted."""

from dataclasses import replace

from openspaces.board.facts import announcement_from, caution_from, moment_from, pitch_from, waiting_from
from openspaces.board.fold.base import Branches
from openspaces.board.fold.cards import withdrawn
from openspaces.board.state import Board, Change, Closure, Freeze
from openspaces.board.vocabulary import Kind, Standing


def _closed(board: Board, change: Change) -> Board:
    until = moment_from(change.after.get("until"))
    closure = Closure(reason=change.after["reason"], by=change.by, at=change.at, until=until)
    return board.but(closures=board.closures.update(dict.fromkeys(change.cells, closure)))


def _reopened(board: Board, change: Change) -> Board:
    closures = board.closures
    for cell in change.cells:
        closures = closures.delete(cell)
    return board.but(closures=closures)


def _shielded(board: Board, change: Change) -> Board:
    return _hide(board, change, Standing(change.after["standing"]))


def _removed(board: Board, change: Change) -> Board:
    return _hide(withdrawn(board, change), change, Standing.REMOVED)


def _hide(board: Board, change: Change, standing: Standing) -> Board:
    """It says nothing, and asks no other host for anything: that would be words too."""
    card = board.cards[change.card]
    return board.with_card(replace(card, standing=standing, words=card.words.hidden(), deal=None, at=change.at))


def _approved(board: Board, change: Change) -> Board:
    """Where that takes a hiding back, `after` also holds what its host asked of another."""
    fresh = {"standing": Standing(change.after["standing"]), "words": change.after["words"], "at": change.at}
    return board.with_card(replace(board.cards[change.card], **fresh, **waiting_from(change.after)))


def _frozen(board: Board, change: Change) -> Board:
    """Another reason does not begin the pause anew."""
    since = board.freeze.at if board.freeze else change.at
    return board.but(freeze=Freeze(change.after["reason"], change.by, since))


def _thawed(board: Board, _change: Change) -> Board:
    return board.but(freeze=None)


def _cautioned(board: Board, change: Change) -> Board:
    return board.but(caution=caution_from(change.after))


def _announced(board: Board, change: Change) -> Board:
    said = announcement_from({"number": change.number, "at": change.at.isoformat(), **change.after})
    return board.but(announcements=(*board.announcements, said))


def _announcement_ended(board: Board, change: Change) -> Board:
    left = tuple(said for said in board.announcements if said.number != change.before["number"])
    return board.but(announcements=left)


def _pitched(board: Board, change: Change) -> Board:
    return board.but(pitch=pitch_from(change.after))


def _counted(board: Board, change: Change) -> Board:
    cards = board.cards.mutate()
    for code, stars in change.after["stars"].items():
        cards[code] = replace(cards[code], stars=stars)
    return board.but(cards=cards.finish())


def _followed(board: Board, change: Change) -> Board:
    return board.but(programme=change.after["programme"])


BRANCHES: Branches = {
    Kind.CELL_CLOSED: _closed,
    Kind.CELL_REOPENED: _reopened,
    Kind.CARD_SHIELDED: _shielded,
    Kind.CARD_APPROVED: _approved,
    Kind.CARD_REMOVED: _removed,
    Kind.BOARD_FROZEN: _frozen,
    Kind.BOARD_THAWED: _thawed,
    Kind.CAUTION_CHANGED: _cautioned,
    Kind.ANNOUNCED: _announced,
    Kind.ANNOUNCEMENT_ENDED: _announcement_ended,
    Kind.PITCH_CHANGED: _pitched,
    Kind.STARS_COUNTED: _counted,
    Kind.PROGRAMME_FOLLOWED: _followed,
}
