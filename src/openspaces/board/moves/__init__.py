"""Every move: what somebody may ask of a board. `MOVES` lists them for the docs and the tests."""

from openspaces.board.moves.base import Changes, Move
from openspaces.board.moves.cards import EditCard, MoveCard, PlaceCard, SwapCards, TakeDown, WithdrawCard, WriteCard
from openspaces.board.moves.cells import CloseCell, ReopenCell
from openspaces.board.moves.event import (
    AddDay,
    AddRoom,
    ChangeDay,
    ChangeEvent,
    ChangeRoom,
    MakeEvent,
    Profile,
    RemoveDay,
    RemoveRoom,
)
from openspaces.board.moves.plan import FollowPlan, Plan

MOVES: tuple[type[Move], ...] = (
    MakeEvent,
    ChangeEvent,
    AddRoom,
    ChangeRoom,
    RemoveRoom,
    AddDay,
    ChangeDay,
    RemoveDay,
    FollowPlan,
    WriteCard,
    EditCard,
    PlaceCard,
    MoveCard,
    SwapCards,
    TakeDown,
    WithdrawCard,
    CloseCell,
    ReopenCell,
)

__all__ = [
    "MOVES",
    "AddDay",
    "AddRoom",
    "ChangeDay",
    "ChangeEvent",
    "ChangeRoom",
    "Changes",
    "CloseCell",
    "EditCard",
    "FollowPlan",
    "MakeEvent",
    "Move",
    "MoveCard",
    "PlaceCard",
    "Plan",
    "Profile",
    "RemoveDay",
    "RemoveRoom",
    "ReopenCell",
    "SwapCards",
    "TakeDown",
    "WithdrawCard",
    "WriteCard",
]
