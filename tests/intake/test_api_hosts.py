"""The API between hosts and while it is on: swaps and mergers that both agree to; still on, room full."""

from typing import Any

import pytest
from tests.intake.calling import (
    ELM10,
    HOST_CALLS,
    KNIT,
    OAK9,
    TALK,
    Caller,
    aimed,
    anybody,
    busy,
    cells_of,
    fields_of,
    host_of,
    now,
    staff,
    told,
    written,
)


def ask(code: str, other: str, deal: str, **more: Any) -> Any:
    return host_of(code).call("POST", f"cards/{code}/deals", {"with": other, "deal": deal, **more})


# Deals


def test_two_hosts_change_places_when_both_agree(board: None) -> None:
    asked = ask(KNIT, TALK.lower(), "swap")
    deal = {"code": KNIT, "with": TALK, "deal": "swap"}
    assert (asked.status_code, told(asked)) == (201, {**deal, "number": now().number})
    assert cells_of(KNIT) == [OAK9]
    assert told(anybody().call("GET", f"cards/{KNIT}"))["deal"] == {"deal": "swap", "with": TALK}
    agreed = host_of(TALK).call("PUT", f"cards/{TALK}/deals/{KNIT}")
    assert told(agreed) == {"code": TALK, "with": KNIT, "deal": "swap", "number": now().number}
    assert (cells_of(KNIT), cells_of(TALK)) == ([ELM10], [OAK9])


def test_two_cards_become_one_when_both_agree_and_part_again(board: None) -> None:
    chess = written("Chess")
    ask(chess, KNIT, "merge", title="Knit and chess")
    agreed = host_of(KNIT).call("PUT", f"cards/{KNIT}/deals/{chess}")
    assert told(agreed)["deal"] == "merge"
    both = told(anybody().call("GET", f"cards/{KNIT}"))
    assert (both["title"], both["merged"]) == ("Knit and chess", [chess])
    assert told(anybody().call("GET", f"cards/{chess}"))["merged_into"] == KNIT
    parted = host_of(chess).call("DELETE", f"cards/{chess}/merger")
    assert told(parted) == {"code": chess, "number": now().number}
    assert (now().cards[chess].merged_into, now().cards[KNIT].merged) == ("", ())


def test_only_the_host_who_was_asked_agrees(board: None) -> None:
    ask(KNIT, TALK, "swap")
    for caller in (anybody(), host_of(KNIT)):
        assert caller.call("PUT", f"cards/{TALK}/deals/{KNIT}").status_code == 403
    assert cells_of(KNIT) == [OAK9]


@pytest.mark.parametrize("no", [(KNIT, f"cards/{KNIT}/deals"), (TALK, f"cards/{TALK}/deals/{KNIT}")])
def test_either_host_says_no(board: None, no: tuple[str, str]) -> None:
    ask(KNIT, TALK, "swap")
    assert anybody().call("DELETE", no[1]).status_code == 403
    answer = host_of(no[0]).call("DELETE", no[1])
    assert told(answer) == {"code": KNIT, "number": now().number}
    late = host_of(TALK).call("PUT", f"cards/{TALK}/deals/{KNIT}")
    assert (late.status_code, told(late)["refusal"]) == (409, "no-deal")


def test_a_deal_that_cannot_be_is_refused(board: None) -> None:
    chess = written("Chess")
    for other, deal, refusal in ((KNIT, "merge", "same-card"), (chess, "swap", "not-placed")):
        answer = ask(KNIT, other, deal)
        assert (answer.status_code, told(answer)["refusal"]) == (409, refusal)
    assert ask(KNIT, "ABCDEF", "merge").status_code == 404
    assert fields_of(ask(KNIT, TALK, "steal")) == ["deal"]
    assert fields_of(host_of(KNIT).call("POST", f"cards/{KNIT}/deals", {"deal": "swap"})) == ["with"]


def test_staff_merge_two_cards(board: None) -> None:
    answer = staff().call("PUT", f"cards/{TALK}/merger", {"into": KNIT})
    assert told(answer) == {"code": TALK, "into": KNIT, "number": now().number}
    assert (now().cards[TALK].merged_into, cells_of(KNIT), cells_of(TALK)) == (KNIT, [OAK9], [])
    again = host_of(KNIT).call("DELETE", f"cards/{KNIT}/merger")
    assert (again.status_code, told(again)["refusal"]) == (409, "not-merged")


# Is it on?


def test_a_host_says_that_it_is_on(board: None) -> None:
    answer = host_of(KNIT).call("PUT", f"cards/{KNIT}/confirmation")
    assert told(answer) == {"code": KNIT, "number": now().number}
    assert told(anybody().call("GET", f"cards/{KNIT}"))["confirmed"] is True
    chess = written("Chess")
    off = host_of(chess).call("PUT", f"cards/{chess}/confirmation")
    assert (off.status_code, told(off)["refusal"]) == (409, "not-placed")


def test_a_host_says_that_the_room_is_full_and_that_it_is_not(board: None) -> None:
    full = host_of(KNIT).call("PUT", f"cards/{KNIT}/full")
    assert told(full) == {"code": KNIT, "full": True, "number": now().number}
    assert told(anybody().call("GET", f"cards/{KNIT}"))["full"] is True
    room = host_of(KNIT).call("DELETE", f"cards/{KNIT}/full")
    assert told(room) == {"code": KNIT, "full": False, "number": now().number}
    assert "full" not in told(anybody().call("GET", f"cards/{KNIT}"))


def test_what_is_the_hosts_is_forbidden_to_others(board: None) -> None:
    event = busy()
    before = now()
    for call in HOST_CALLS:
        for caller in (anybody(), Caller(Authorization="Card WRONG")):
            answer = caller.call(*aimed(call, event))
            assert (call, answer.status_code, told(answer)["refusal"]) == (call, 403, "not-allowed")
    assert now() == before
