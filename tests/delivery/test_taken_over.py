"""What a worker that died had under way says what became of it, in the language of its event."""

from dataclasses import replace

import pytest
from django.utils.translation import get_language
from tests.delivery.test_worker import DRAWN, move_to
from tests.delivery.trial import Ear, destination, telling, trial
from tests.drawing import EVENT
from tests.intake.event import furnish, now

from openspaces.board.moves import ChangeEvent
from openspaces.board.moves.event import profile_of
from openspaces.board.play import play
from openspaces.delivery import rows
from openspaces.delivery.contract import Promise
from openspaces.delivery.models import Delivery
from openspaces.delivery.rows import State
from openspaces.people.who import PROGRAM


def test_what_a_dead_worker_gave_up_is_told_in_the_language_of_its_event(
    database: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rows, "_", lambda says: f"{get_language()}: {says}")
    furnish(DRAWN)
    play(EVENT, ChangeEvent(profile=replace(profile_of(now()), language="de")), by=PROGRAM)
    push = replace(trial(Ear()), promise=Promise.AT_MOST_ONCE)
    with telling(push) as working:
        destination(EVENT, push)
        working.on()
        move_to("elm 09:00")
        working.worker.turn(working.at)
        Delivery.objects.update(state=State.SENDING)
        rows.take_over({push.name: push.promise})
    (row,) = Delivery.objects.all()
    assert (row.state, row.trouble) == (State.FAILED, "de: The program ended while this was being sent.")
