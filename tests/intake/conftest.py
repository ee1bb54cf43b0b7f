"""The board that the API's tests call; the web's tests furnish one of their own."""

from collections.abc import Iterator

import pytest
from django.conf import settings
from tests.drawing import EVENT, moves_of
from tests.intake.calling import DRAWN

from openspaces.board.play import play


@pytest.fixture
def board(database: None) -> Iterator[None]:
    """The drawn board in the database, and limits off."""
    for move, by in moves_of(DRAWN):
        assert play(EVENT, move, by=by).refusal is None
    limited, settings.LIMITS = settings.LIMITS, False
    yield
    settings.LIMITS = limited
