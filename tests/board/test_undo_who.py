"""Who undoes what: whoever may do it, and nobody by a detour."""

import pytest
from tests.drawing import FACILITATOR, HELPER, ORGANISER, cells
from tests.undoing import KNIT, drawn

from openspaces.board.moves import (
    AddRoom,
    ChangeEvent,
    CloseCell,
    FreezeBoard,
    Move,
    Profile,
    RemoveCard,
    SetCaution,
    ShieldCard,
    TakeDown,
    Undo,
)
from openspaces.board.state import Room
from openspaces.board.vocabulary import Code, Standing
from openspaces.people.who import Role, Who

# Who


def test_hosts_undo_nothing() -> None:
    play = drawn()
    step = play.do(TakeDown(card=KNIT), Who("knit"))
    assert play.refused(Undo(number=step[0].number), Who("knit")).code == Code.NOT_ALLOWED


@pytest.mark.parametrize(
    ("move", "by", "needed"),
    [
        (TakeDown(card=KNIT), HELPER, Role.HELPER),
        (CloseCell(cells=cells("oak 09:00"), reason="x"), HELPER, Role.HELPER),
        (RemoveCard(card=KNIT, reason="x"), FACILITATOR, Role.FACILITATOR),
        (FreezeBoard(reason="x"), FACILITATOR, Role.FACILITATOR),
        (SetCaution(slow=5), FACILITATOR, Role.FACILITATOR),
        (AddRoom(room=Room("yew", "Yew")), ORGANISER, Role.ORGANISER),
        (ChangeEvent(profile=Profile(name="Camp 2", timezone="Asia/Kolkata")), ORGANISER, Role.ORGANISER),
    ],
    ids=lambda each: type(each).__name__ if not isinstance(each, Who | Role) else None,
)
def test_what_only_some_may_do_only_they_undo(move: Move, by: Who, needed: Role) -> None:
    for role in Role:
        play = drawn()
        undo = Undo(number=play.do(move, by)[0].number)
        if list(Role).index(role) <= list(Role).index(needed):
            play.do(undo, Who("somebody", role))
        else:
            assert play.refused(undo, Who("somebody", role)).code == Code.NOT_ALLOWED


# Who takes a removal back, and who removes again


def test_whoever_may_not_remove_a_card_does_not_remove_it_by_undoing() -> None:
    play = drawn()
    step = play.do(RemoveCard(card=KNIT, reason="Abuse"), FACILITATOR)
    shown = play.undo(step, FACILITATOR)
    assert play.refused(Undo(number=shown[0].number), HELPER).code == Code.NOT_ALLOWED
    play.undo(shown, FACILITATOR)
    assert play.board.cards[KNIT].standing is Standing.REMOVED


def test_nor_does_who_undoes_the_undoing_of_a_removal_of_what_was_hidden() -> None:
    play = drawn()
    play.do(ShieldCard(card=KNIT, reason="Rude"), HELPER)
    step = play.do(RemoveCard(card=KNIT, reason="Abuse"), FACILITATOR)
    hidden = play.undo(step, FACILITATOR)
    assert play.refused(Undo(number=hidden[0].number), HELPER).code == Code.NOT_ALLOWED
