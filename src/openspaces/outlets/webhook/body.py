"""What a hook says: a change as everybody may read it, whose log it stands in, and a sentence."""

import json
from typing import Any

from django.utils.translation import gettext as _

from openspaces.board.public import masked_change
from openspaces.board.public_changes import change_facts
from openspaces.board.state import Board, Change
from openspaces.wording import tells


def of_change(change: Change, board: Board) -> str:
    """The body for one change. `number` tells the order; hooks may come in another one, and more than once."""
    says = tells(masked_change(change, board), board)
    return _written({"event": board.event, "epoch": board.epoch, **change_facts(change, board), "says": says})


def of_test(board: Board) -> str:
    """The body that only tries whether hooks arrive."""
    says = _("This is a test. Nothing has happened.")
    return _written({"event": board.event, "epoch": board.epoch, "kind": "test", "says": says})


def _written(facts: dict[str, Any]) -> str:
    return json.dumps(facts, ensure_ascii=False, separators=(",", ":"))
