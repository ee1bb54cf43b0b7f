"""The API where rooms are lost and found: closures that displace, holds, and new places for everyone."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from tests.drawing import ZONE, cell
from tests.intake.calling import (
    ELM9,
    ELM10,
    ELM11,
    KNIT,
    OAK9,
    OAK10,
    OAK11,
    TALK,
    anybody,
    cells_of,
    choose,
    contest_of,
    fields_of,
    host_of,
    now,
    staff,
    told,
)

from openspaces.board.state import Policy
from openspaces.board.vocabulary import Placing


def test_a_closed_cell_displaces_its_card_and_tells_where_it_may_go(board: None) -> None:
    answer = staff().call("PUT", f"cells/{OAK9}/closure", {"reason": "Water"})
    displaced = [{"code": KNIT, "title": "Knit", "alternatives": [ELM9, OAK11, ELM11]}]
    assert told(answer) == {"cell": OAK9, "reason": "Water", "number": now().number, "displaced": displaced}
    assert (cells_of(KNIT), now().cards[KNIT].owed) == ([], True)


def test_the_host_of_a_displaced_card_takes_another_cell_whoever_places_cards(board: None) -> None:
    choose(Policy(placing=Placing.FACILITATORS))
    free = told(staff().call("PUT", f"cells/{OAK9}/closure", {"reason": "Water"}))["displaced"][0]["alternatives"]
    notice = told(anybody().call("GET", f"cards/{KNIT}"))["notice"]
    assert (notice["cause"], notice["reason"], notice["lost"], notice["free"]) == ("closed", "Water", [OAK9], free)
    assert host_of(KNIT).call("PUT", f"cards/{KNIT}/placement", {"cell": free[0]}).status_code == 200
    assert "notice" not in told(anybody().call("GET", f"cards/{KNIT}"))


def test_closing_what_is_closed_in_the_same_words_changes_nothing(board: None) -> None:
    first = told(staff().call("PUT", f"cells/{ELM9}/closure", {"reason": "Paint"}))
    assert told(staff().call("PUT", f"cells/{ELM9}/closure", {"reason": "Paint"})) == first


@pytest.mark.parametrize("until", ["2031-05-17T09:30", "2031-05-17T09:30:00+05:30", "2031-05-17T04:00:00Z"])
def test_a_hold_ends_at_a_time_by_the_events_clocks_unless_it_says_otherwise(board: None, until: str) -> None:
    answer = staff().call("PUT", f"cells/{ELM9}/closure", {"reason": "Held", "until": until})
    assert told(answer)["until"] == "2031-05-17T09:30:00+05:30"
    assert now().closures[cell("elm 09:00")].until == datetime(2031, 5, 17, 9, 30, tzinfo=ZONE)


def test_a_hold_that_is_over_before_it_begins_is_refused(board: None) -> None:
    past = (datetime.now(UTC) - timedelta(minutes=1)).isoformat()
    answer = staff().call("PUT", f"cells/{ELM9}/closure", {"reason": "Held", "until": past})
    assert (answer.status_code, told(answer)["refusal"]) == (409, "over")


@pytest.mark.parametrize("until", ["", "soon", "2031-13-01T00:00", "1000", "0001-01-01T00:00", "9999-12-31T23:59", 5])
def test_a_time_that_is_none_is_a_422(board: None, until: Any) -> None:
    answer = staff().call("PUT", f"cells/{ELM9}/closure", {"reason": "Held", "until": until})
    assert fields_of(answer) == ["until"]


def test_several_cells_are_closed_in_one_step_and_reopened_together(board: None) -> None:
    cells = [OAK9, OAK10, OAK11, ELM10]
    until = "2031-05-17T18:00"
    answer = staff().call("PUT", "closures", {"cells": cells, "reason": "Water", "until": until})
    said = told(answer)
    assert (said["cells"], said["reason"], said["until"]) == (cells, "Water", "2031-05-17T18:00:00+05:30")
    assert [each["code"] for each in said["displaced"]] == [KNIT, TALK]
    assert said["displaced"][1]["alternatives"] == [ELM9, ELM11]
    again = staff().call("DELETE", "closures?" + "&".join(f"cell={each}" for each in cells))
    assert told(again) == {"cells": cells, "number": now().number}
    assert not now().closures


@pytest.mark.parametrize("named", [0, 1, 2])
def test_one_undo_brings_back_a_room_and_all_who_stood_there(board: None, named: int) -> None:
    """Whichever of the three changes of that step is named."""
    before = now().holders
    first = now().number + 1
    staff().call("PUT", "closures", {"cells": [OAK9, OAK11, ELM10], "reason": "Water"})
    answer = staff().call("POST", f"changes/{first + named}/undo")
    assert told(answer) == {"undone": list(range(first, first + 3)), "number": now().number}
    assert now().holders == before


def test_a_contest_about_a_closed_cell_is_called_off(board: None) -> None:
    contest = contest_of(KNIT, TALK)
    said = told(staff().call("PUT", f"cells/{OAK9}/closure", {"reason": "Water"}))
    assert [each["code"] for each in said["displaced"]] == [KNIT, TALK]
    facts = told(anybody().call("GET", f"contests/{contest}"))
    assert (facts["outcome"], facts["reason"]) == (None, "Water")


def test_a_proposal_for_all_is_placed_in_one_step(board: None) -> None:
    staff().call("PUT", "closures", {"cells": [OAK9, ELM10], "reason": "Water"})
    owed: Any = told(anybody().call("GET", "displaced"))
    assert [(each["code"], each["lost"], each["reason"], each["proposed"]) for each in owed] == [
        (KNIT, [OAK9], "Water", [ELM9]),
        (TALK, [ELM10], "Water", [ELM11]),
    ]
    before = now().number
    places = [{"card": each["code"], "cell": each["proposed"][0]} for each in owed]
    answer = staff().call("PUT", "placements", {"placements": places})
    seats = [{"card": KNIT, "cells": [ELM9]}, {"card": TALK, "cells": [ELM11]}]
    assert told(answer) == {"placements": seats, "number": before + 2}
    nobody: Any = told(anybody().call("GET", "displaced"))
    assert nobody == []


def test_of_several_places_all_are_taken_or_none(board: None) -> None:
    before = now()
    places = [{"card": KNIT, "cell": ELM9}, {"card": TALK, "cell": OAK10}]
    answer = staff().call("PUT", "placements", {"placements": places})
    assert (answer.status_code, told(answer)["refusal"]) == (409, "cell-closed")
    assert now() == before


@pytest.mark.parametrize(
    ("path", "body", "fields"),
    [
        ("closures", {"cells": [], "reason": "Water"}, ["cells"]),
        ("closures", {"cells": ["oak"], "reason": "Water"}, ["cells.0"]),
        ("closures", {"cells": OAK9, "reason": "Water"}, ["cells"]),
        ("closures", {"cells": [OAK9] * 501, "reason": "Water"}, ["cells"]),
        ("closures", {"cells": [OAK9], "reason": "\u200b"}, ["reason"]),
        ("placements", {"placements": []}, ["placements"]),
        ("placements", {"placements": [{"card": KNIT}]}, ["placements.0.cell"]),
        ("placements", {"placements": [{"card": KNIT, "cell": "oak"}]}, ["placements.0.cell"]),
        ("placements", {"placements": [7]}, ["placements.0"]),
    ],
)
def test_what_is_misshapen_is_a_422_that_names_the_fields(board: None, path: str, body: Any, fields: list[str]) -> None:
    assert fields_of(staff().call("PUT", path, body)) == fields


def test_cells_that_are_not_there_are_a_404(board: None) -> None:
    for method, path, body in (
        ("PUT", "closures", {"cells": [OAK9, "attic@0517-0900"], "reason": "Water"}),
        ("DELETE", "closures?cell=attic@0517-0900", None),
    ):
        answer = staff().call(method, path, body)
        assert (answer.status_code, told(answer)["refusal"]) == (404, "unknown-cell")
    assert fields_of(staff().call("DELETE", "closures")) == ["cell"]
