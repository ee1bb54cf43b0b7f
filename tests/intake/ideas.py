"""Two ideas beside the board, for the tests of their forms."""

from datetime import datetime
from typing import Any

from tests.drawing import EVENT, cell, code, moves_of
from tests.intake.event import DRAWN, Visitor, now, titled

from openspaces.board.play import play
from openspaces.intake.web.needs import needs_of
from openspaces.people.who import Who

BEES, HONEY, KNIT, TALK = (code(title) for title in ("Bees", "Honey", "Knit", "Talk"))
UP, COHOST, STAR = f"cards/{BEES}/take-up/", f"cards/{BEES}/co-host/", f"cards/{BEES}/star/"
EDIT = f"/{EVENT}/cards/{BEES}/edit/"
ELM9 = str(cell("elm 09:00"))
WISH = "May 17, Elm from 9am"


def furnish() -> None:
    """Put the drawn board and the two ideas into the database."""
    for move, by in moves_of(DRAWN, ideas=("Bees", "Honey")):
        assert play(EVENT, move, by=by).refusal is None


def planned(wish: str = WISH) -> tuple[Visitor, str]:
    visitor = Visitor()
    visitor.send("planned/new/", title="Wine", host="Wilma", wish=wish)
    return visitor, titled("Wine").code


def need_at(code_: str, moment: datetime) -> Any:
    card = now().cards[code_]
    return next(each for each in needs_of(now(), card, Who(card.hand), moment) if each.kind == "planned")
