"""The move that takes names off cards: a board needs them no longer, or somebody asked for it."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Self

from openspaces.board.moves.base import NOTHING, Changes, Knowing
from openspaces.board.state import Board, Change
from openspaces.board.vocabulary import Code, Kind, Refusal
from openspaces.board.words import Words, names_in
from openspaces.people.who import PROGRAM, Who


@dataclass(frozen=True, kw_only=True)
class EraseHosts:
    """The program takes the names of hosts off cards, and how to reach them: a fortnight after the event all of them,
    or those of somebody who asked for it. What the cards said before is erased with them; the cards stay."""

    cards: tuple[str, ...]
    names: tuple[str, ...] = ()
    """Those to take off; all if none is given."""
    words: Mapping[str, Words] = field(default_factory=dict, compare=False, repr=False)

    def informed(self, known: Knowing) -> Self:
        return replace(self, words=known.words_naming(self.cards, self.names))

    def may(self, by: Who, board: Board) -> Refusal | None:
        return None if by == PROGRAM else Refusal(Code.NOT_ALLOWED)

    def decide(self, board: Board, by: Who, at: datetime) -> Changes | Refusal:
        erased = {
            code: self._without(words) for code, words in sorted(self.words.items()) if _newest(board, code, words)
        }
        return (Change(Kind.HOSTS_ERASED, "", (), {}, {"hosts": erased}),) if erased else NOTHING

    def _without(self, words: Words) -> Words:
        """The handle is the first host's."""
        names = names_in(words.host)
        left = [name for name in names if self.names and name not in self.names]
        handle = words.handle if left[:1] and left[0] == names[0] else ""
        return replace(words, host=", ".join(left), handle=handle)


def _newest(board: Board, code: str, words: Words) -> bool:
    """Whether nobody has edited the card in the very batch of moves in which it is erased."""
    return code in board.cards and board.cards[code].words.version == words.version
