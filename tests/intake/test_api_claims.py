"""The API's claims: a host asks for a cell, and the desk or a contest decides."""

import pytest
from tests.drawing import cell
from tests.intake.calling import (
    ELM9,
    ELM11,
    KNIT,
    OAK9,
    OAK11,
    TALK,
    anybody,
    cells_of,
    choose,
    contest_of,
    host_of,
    now,
    presence,
    staff,
    told,
    written,
)

from openspaces.board.state import Policy
from openspaces.board.vocabulary import Competing, Placing

FACILITATORS = Policy(placing=Placing.FACILITATORS)
DECIDED = Policy(placing=Placing.FACILITATORS, competing=Competing.CONTEST)
OUTRIGHT = Policy(placing=Placing.ANYONE, competing=Competing.CONTEST)


def test_where_facilitators_place_a_claim_waits_for_them(board: None) -> None:
    choose(FACILITATORS)
    chess = written("Chess")
    answer = host_of(chess).call("POST", f"cards/{chess}/claims", {"cell": ELM9})
    assert answer.status_code == 201
    assert told(answer) == {
        "code": chess,
        "number": now().number,
        "claim": {"cells": [ELM9]},
        "contest": None,
        "placement": None,
    }
    assert [card.code for card in now().claiming] == [chess]
    granted = staff().call("PUT", f"cards/{chess}/placement", {"cell": ELM9})
    assert told(granted)["placement"] == {"cells": [ELM9]}
    assert now().claiming == []


def test_a_second_claim_begins_a_contest_and_a_third_joins_it(board: None) -> None:
    choose(DECIDED)
    codes = [written(title) for title in ("Chess", "Go", "Whist")]
    said = [told(host_of(code).call("POST", f"cards/{code}/claims", {"cell": ELM9})) for code in codes]
    contest = said[1]["contest"]
    assert [each["contest"] for each in said] == [None, contest, contest]
    assert now().contests[contest].cards == tuple(codes)


def test_who_wants_a_cell_that_a_host_holds_contends_with_that_host(board: None) -> None:
    choose(OUTRIGHT)
    chess = written("Chess")
    said = told(host_of(chess).call("POST", f"cards/{chess}/claims", {"cell": OAK9}))
    assert (said["claim"], said["placement"]) == ({"cells": [OAK9]}, None)
    assert now().contests[said["contest"]].cards == (KNIT, chess)


def test_where_hosts_place_a_cell_that_nobody_else_wants_is_theirs_at_once(board: None) -> None:
    chess = written("Chess")
    said = told(host_of(chess).call("POST", f"cards/{chess}/claims", {"cell": str(cell("elm 11:00")), "slots": 1}))
    assert (said["placement"], said["claim"], said["contest"]) == ({"cells": [ELM11]}, None, None)


def test_a_claim_on_a_taken_cell_is_refused_where_nobody_contends(board: None) -> None:
    choose(FACILITATORS)
    answer = host_of(TALK).call("POST", f"cards/{TALK}/claims", {"cell": OAK9})
    said = told(answer)
    assert (answer.status_code, said["refusal"], said["held_by"]) == (409, "cell-taken", KNIT)
    assert OAK11 in said["free"]


def test_the_second_to_ask_is_refused_where_nobody_contends(board: None) -> None:
    choose(FACILITATORS)
    chess, go = written("Chess"), written("Go")
    host_of(chess).call("POST", f"cards/{chess}/claims", {"cell": ELM9})
    answer = host_of(go).call("POST", f"cards/{go}/claims", {"cell": ELM9})
    assert (answer.status_code, told(answer)["refusal"], told(answer)["held_by"]) == (409, "claimed", chess)


def test_asking_again_for_the_same_changes_nothing_and_is_told_the_same(board: None) -> None:
    choose(DECIDED)
    chess, go = written("Chess"), written("Go")
    for code in (chess, go):
        first = told(host_of(code).call("POST", f"cards/{code}/claims", {"cell": ELM9}))
    again = told(host_of(go).call("POST", f"cards/{go}/claims", {"cell": ELM9}))
    assert again == first


def test_asking_for_another_cell_leaves_the_first_contest_and_tells_of_the_second(board: None) -> None:
    choose(DECIDED)
    chess, go, whist = written("Chess"), written("Go"), written("Whist")
    for code, where in ((chess, ELM9), (go, ELM9), (whist, OAK11)):
        host_of(code).call("POST", f"cards/{code}/claims", {"cell": where})
    said = told(host_of(go).call("POST", f"cards/{go}/claims", {"cell": OAK11}))
    assert now().contests[said["contest"]].cards == (whist, go)
    assert said["placement"] is None
    assert cells_of(chess) == [ELM9]


def test_a_card_is_written_and_asks_in_one_move(board: None) -> None:
    choose(DECIDED)
    body = {"title": "Chess", "cell": ELM9, "claim": True}
    first, second = told(anybody().call("POST", "cards", body)), told(anybody().call("POST", "cards", body))
    assert (first["claim"], first["contest"], first["placement"]) == ({"cells": [ELM9]}, None, None)
    assert now().contests[second["contest"]].cards == (first["code"], second["code"])
    assert sorted(first) == ["claim", "code", "contest", "key", "number", "placement"]


def test_who_gives_way_asks_for_nothing_and_the_last_one_left_has_the_cell(board: None) -> None:
    choose(DECIDED)
    chess, go = written("Chess"), written("Go")
    for code in (chess, go):
        host_of(code).call("POST", f"cards/{code}/claims", {"cell": ELM9})
    answer = host_of(go).call("DELETE", f"cards/{go}/claims")
    assert told(answer) == {"code": go, "number": now().number}
    assert (cells_of(chess), now().claiming) == ([ELM9], [])


def test_staff_refuse_a_claim_with_a_reason_that_its_host_reads(board: None) -> None:
    choose(FACILITATORS)
    chess = written("Chess")
    host_of(chess).call("POST", f"cards/{chess}/claims", {"cell": ELM9})
    answer = staff().call("POST", f"cards/{chess}/claims/refusal", {"reason": "Too loud for Elm"})
    assert told(answer) == {"code": chess, "reason": "Too loud for Elm", "number": now().number}
    notice = told(anybody().call("GET", f"cards/{chess}"))["notice"]
    assert (notice["cause"], notice["reason"], notice["lost"]) == ("refused", "Too loud for Elm", [ELM9])
    again = staff().call("POST", f"cards/{chess}/claims/refusal", {"reason": "Too loud for Elm"})
    assert (again.status_code, told(again)["refusal"]) == (409, "no-claim")


def test_the_host_takes_what_staff_offered_whoever_places_cards(board: None) -> None:
    choose(FACILITATORS)
    chess = written("Chess")
    host_of(chess).call("POST", f"cards/{chess}/claims", {"cell": ELM9})
    offer = staff().call("POST", f"cards/{chess}/offers", {"cells": [OAK11, ELM11], "reason": "Elm is loud"})
    assert (offer.status_code, told(offer)) == (
        201,
        {"code": chess, "cells": [OAK11, ELM11], "number": now().number},
    )
    assert told(anybody().call("GET", f"cards/{chess}"))["notice"]["offered"] == [OAK11, ELM11]
    taken = host_of(chess).call("PUT", f"cards/{chess}/placement", {"cell": OAK11})
    assert (taken.status_code, cells_of(chess)) == (200, [OAK11])


def test_a_claim_may_show_the_presence_code(board: None) -> None:
    choose(Policy(placing=Placing.PRESENCE))
    chess = written("Chess")
    asked = {"cell": ELM9}
    without = host_of(chess).call("POST", f"cards/{chess}/claims", asked)
    wrong = host_of(chess).call("POST", f"cards/{chess}/claims", {**asked, "presence": "AAAAAA"})
    shown = host_of(chess).call("POST", f"cards/{chess}/claims", {**asked, "presence": presence()})
    assert [answer.status_code for answer in (without, wrong, shown)] == [403, 403, 201]
    assert (told(without)["refusal"], cells_of(chess)) == ("presence-needed", [ELM9])


def test_a_card_tells_what_it_asks_for_and_in_which_contest_it_stands(board: None) -> None:
    contest = contest_of(KNIT, TALK)
    knit, talk = (told(anybody().call("GET", f"cards/{code}")) for code in (KNIT, TALK))
    assert (knit["contest"], talk["contest"], talk["claim"]) == (contest, contest, {"cells": [OAK9]})
    assert sorted(set(talk) - set(knit)) == ["claim"]


@pytest.mark.parametrize("where", ["oak@1231-0900", "attic@0517-0900"])
def test_a_cell_that_is_not_there_cannot_be_asked_for(board: None, where: str) -> None:
    answer = host_of(TALK).call("POST", f"cards/{TALK}/claims", {"cell": where})
    assert (answer.status_code, told(answer)["refusal"]) == (404, "unknown-cell")
