"""The main programme beside the board: how it is followed, and which of its talks a host should know of."""

from dataclasses import dataclass
from datetime import datetime

from openspaces.board.moves.base import NOTHING, Changes, staff_only
from openspaces.board.state import Board, Change, Placement, Programme, Talk
from openspaces.board.vocabulary import Code, Kind, Refusal
from openspaces.people.who import Role, Who

MOST_TALKS = 5000


@dataclass(frozen=True, kw_only=True)
class FollowProgramme:
    """The program or an organiser puts the main programme beside the board, as it was read last. It holds no cell."""

    talks: tuple[Talk, ...]

    def may(self, by: Who, board: Board) -> Refusal | None:
        return staff_only(by, Role.ORGANISER)

    def decide(self, board: Board, by: Who, at: datetime) -> Changes | Refusal:
        talks = tuple(sorted(self.talks, key=lambda talk: (talk.starts, talk.room, talk.key)))[:MOST_TALKS]
        old = board.programme
        if talks == old.talks:
            return NOTHING
        after = {"programme": Programme(talks, old.version + 1)}
        return (Change(Kind.PROGRAMME_FOLLOWED, "", (), {"programme": old}, after),)


def beside(board: Board, wanted: Placement, host: str) -> Refusal | None:
    """That a host's own talk, or a keynote, is on at the time of `wanted`: a warning, for they may know."""
    starts, ends = board.time_of(wanted)
    running = [talk for talk in board.programme.talks if talk.starts < ends and starts < talk.ends]
    for talk in running:
        if any(_same_name(host, speaker) for speaker in talk.speakers):
            return _warning(Code.OWN_TALK, board, talk)
    return next((_warning(Code.KEYNOTE, board, talk) for talk in running if talk.keynote), None)


def _warning(code: Code, board: Board, talk: Talk) -> Refusal:
    times = {"starts": board.local(talk.starts).isoformat(), "ends": board.local(talk.ends).isoformat()}
    return Refusal(code, {"title": talk.title, "room": talk.room, **times}, confirmable=True)


def _same_name(host: str, speaker: str) -> bool:
    return bool(host) and host.casefold().split() == speaker.casefold().split()
