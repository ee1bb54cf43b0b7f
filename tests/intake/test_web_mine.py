"""What is mine, as the pages' scripts hear it: my cards and what they need of me, my role, my ballots."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from django.conf import settings
from tests.drawing import EVENT, FACILITATOR, cells
from tests.intake.event import Visitor, at, choose, furnish, now, organiser, titled

from openspaces.board.moves import CloseCell
from openspaces.board.play import play
from openspaces.board.state import Policy
from openspaces.board.vocabulary import Competing
from openspaces.look.giggity import giggity_link
from openspaces.people.keys import card_key, stars_key
from openspaces.people.presence import code_now


@pytest.fixture(autouse=True)
def board(database: None) -> Iterator[None]:
    furnish()
    limited, settings.LIMITS = settings.LIMITS, False
    yield
    settings.LIMITS = limited


def mine(visitor: Visitor, lang: str = "en") -> dict[str, Any]:
    facts: dict[str, Any] = json.loads(visitor.answer(f"me?lang={lang}").content)
    return facts


def lost() -> Visitor:
    """Eve, whose Chess has just lost Elm at nine."""
    eve = Visitor()
    eve.send(at("elm 09:00"), title="Chess")
    assert play(EVENT, CloseCell(cells=cells("elm 09:00"), reason="lunch"), by=FACILITATOR).refusal is None
    return eve


def test_a_stranger_has_nothing() -> None:
    answer = Visitor().answer("me")
    assert json.loads(answer.content) == {
        "event": EVENT,
        "name": "Camp",
        "number": now().number,
        "role": None,
        "role_says": "",
        "present": False,
        "signed_in": False,
        "cards": [],
        "todo": [],
        "bar": None,
        "ballots": {},
        "starred": [],
        "heard": [],
        "giggity": giggity_link(now(), settings.BASE_URL),
        "calendar": "",
        "placing": "anyone",
        "why_not": "",
    }
    assert (answer["Cache-Control"], answer.cookies) == ("private, no-store", {})
    assert "Cookie" in [name.strip() for name in answer["Vary"].split(",")]


def test_mine_are_the_cards_that_i_wrote_and_those_whose_key_i_showed() -> None:
    visitor = Visitor()
    visitor.send(at("elm 09:00"), title="Chess")
    visitor.send(f"cards/{titled('Knit').code}/edit/", key=card_key(EVENT, titled("Knit").code))
    assert mine(visitor)["cards"] == [titled("Knit").code, titled("Chess").code]


def test_a_device_that_wrote_something_has_a_calendar_of_its_own() -> None:
    visitor, other = Visitor(), Visitor()
    visitor.send(at("elm 09:00"), title="Chess")
    other.send(at("elm 10:00"), title="Go")
    written = titled("Chess").hand
    assert mine(visitor)["calendar"] == f"https://board.example/{EVENT}/stars/{stars_key(EVENT, written)}.ics"
    assert mine(other)["calendar"] != mine(visitor)["calendar"]


def test_staff_are_told_their_role() -> None:
    told = mine(organiser())
    assert (told["role"], told["role_says"]) == ("organiser", "You are organiser here")


def test_a_device_that_is_there_is_told_so() -> None:
    visitor = Visitor()
    visitor.send("here/", code=code_now(EVENT, datetime.now(UTC))[0])
    assert mine(visitor)["present"] is True


def test_a_card_that_lost_its_cell_says_what_it_needs_and_what_is_free() -> None:
    eve = lost()
    address = f"/{EVENT}/cards/{titled('Chess').code}/edit/"
    told = mine(eve)
    (line,) = told["todo"]
    (need,) = line["needs"]
    assert (line["card"], line["url"], line["urgent"]) == (titled("Chess").code, address, True)
    assert (need["kind"], need["says"]) == ("lost", "You lost Saturday 09:00–10:00, Elm: lunch.")
    assert need["cells"][0] == {"cell": str(cells("fir 09:00")[0]), "says": "Fir 09:00–10:00"}
    done = eve.post(f"cards/{line['card']}/edit/", do=need["do"], slots="1", cell=need["cells"][0]["cell"])
    assert (done.status, mine(eve)["todo"]) == (200, [])


def test_the_bar_names_the_card_and_why_in_the_language_of_the_page() -> None:
    eve = lost()
    assert mine(eve)["bar"] == {
        "card": titled("Chess").code,
        "says": "Your card “Chess” needs you.",
        "why": "You lost Saturday 09:00–10:00, Elm: lunch.",
        "more": "",
        "url": f"/{EVENT}/cards/{titled('Chess').code}/edit/",
        "open": "Open it",
        "later": "Later",
        "take": None,
    }
    assert mine(eve, "de")["bar"]["url"] == f"/{EVENT}/cards/{titled('Chess').code}/edit/"


def test_the_bar_counts_the_other_cards() -> None:
    eve = lost()
    eve.send(at("fir 09:00"), title="Poker")
    assert play(EVENT, CloseCell(cells=cells("fir 09:00"), reason="lunch"), by=FACILITATOR).refusal is None
    assert mine(eve)["bar"]["more"] == "1 more of your cards needs you."


def test_what_does_not_press_has_no_bar() -> None:
    choose(Policy(competing=Competing.CONTEST))
    eve = Visitor()
    eve.send(at("oak 09:00"), title="Chess", contend="1")
    told = mine(eve)
    assert ([need["kind"] for line in told["todo"] for need in line["needs"]], told["bar"]) == (["contest"], None)


def test_who_holds_a_cell_that_others_ask_for_is_told() -> None:
    choose(Policy(competing=Competing.CONTEST))
    eve = Visitor()
    eve.send(at("elm 09:00"), title="Chess")
    Visitor().send(at("elm 09:00"), title="Poker", contend="1")
    assert mine(eve)["bar"]["why"] == "Others ask for your place too, Saturday 09:00–10:00, Elm: “Poker”."


def test_staff_have_the_desk_instead_of_a_bar() -> None:
    staff = organiser()
    staff.send(at("elm 09:00"), title="Walk-up")
    assert play(EVENT, CloseCell(cells=cells("elm 09:00"), reason="lunch"), by=FACILITATOR).refusal is None
    told = mine(staff)
    assert (len(told["todo"]), told["bar"]) == (1, None)


def test_my_ballots_are_mine_while_the_contest_is_open() -> None:
    choose(Policy(competing=Competing.CONTEST))
    Visitor().send(at("oak 09:00"), title="Chess", contend="1")
    (contest,) = now().contests
    voter = Visitor()
    voter.send(f"contests/{contest}/", cards=titled("Chess").code)
    assert mine(voter)["ballots"] == {str(contest): [titled("Chess").code]}
    assert mine(Visitor())["ballots"] == {}
