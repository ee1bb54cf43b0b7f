"""One contest at the desk: every way to settle it, to change it, to call it off, and to make one card of two."""

from datetime import UTC, datetime, timedelta

import pytest
from django.conf import LazySettings
from tests.drawing import EVENT, cell
from tests.intake.desk import DESK, KEPT_BY_THE_DESK, Sheet, claim, contest, done, with_role
from tests.intake.event import Visitor, choose, furnish, now, titled

from openspaces.board.contest import Contest
from openspaces.board.moves import ChangeContest
from openspaces.board.read import forget_voters
from openspaces.board.vocabulary import Method
from openspaces.board.voices import CastBallot
from openspaces.people.presence import code_now, show
from openspaces.people.who import Role, Who


@pytest.fixture(autouse=True)
def board(database: None, settings: LazySettings) -> None:
    settings.LIMITS = False
    furnish()
    choose(KEPT_BY_THE_DESK)
    claim("Chess", cell("elm 09:00"))
    claim("Go", cell("elm 09:00"))


def sheet_of(role: Role = Role.FACILITATOR, number: int = 0) -> Sheet:
    return Sheet(with_role(role), f"{DESK}contests/{number or contest()}/")


def it() -> Contest:
    """The contest as it is now."""
    return now().contests[contest()]


def code(title: str) -> str:
    return titled(title).code


# What stands there


def test_the_page_says_what_it_is_about_and_how_it_stands() -> None:
    done(CastBallot(contest=contest(), cards=(code("Go"),)), Who("voter", present=True))
    sheet = sheet_of()
    assert sheet.texts("h1") == ["Saturday 09:00–10:00, Elm"]
    assert sheet.texts("ul[@class='rivals']//h3") == ["Chess", "Go"]
    assert "1 ballot so far" in sheet.texts("header/p[@class='facts']/span")


def test_a_contest_that_is_not_there_is_not_found() -> None:
    assert with_role(Role.HELPER).answer("desk/contests/999/").status_code == 404


def test_the_code_for_voters_stands_there_while_it_is_asked_for() -> None:
    done(ChangeContest(contest=contest(), presence=True))
    assert [len(each) for each in sheet_of().texts("section[@class='code']//strong")] == [6]


def test_devices_that_came_only_after_it_began_are_counted_while_ballots_are_linked_to_devices() -> None:
    came("early", it().opened - timedelta(hours=1))
    done(ChangeContest(contest=contest(), presence=True))
    for each in ("late", "later"):
        came(each, it().opened + timedelta(minutes=1))
    for each in ("early", "late", "later"):
        done(CastBallot(contest=contest(), cards=(code("Go"),)), Who(each, present=True))
    late = "2 of them from devices that showed the code only after the contest began"
    sheet = sheet_of()
    assert sheet.texts("header/p[@class='facts']/span")[-2:] == ["3 ballots so far", late]
    assert sheet.press("Count the votes now").texts("header/p[@class='facts']/span") == ["3 ballots were cast.", late]
    forget_voters(datetime.now(UTC) + timedelta(minutes=1))
    assert sheet_of().texts("header/p[@class='facts']/span") == ["3 ballots were cast."]


def came(hand: str, at: datetime) -> None:
    """A device shows the code of that moment."""
    assert show(EVENT, hand, code_now(EVENT, at)[0], at)


# Settling it


@pytest.mark.parametrize("role", list(Role))
def test_the_votes_are_counted_now(role: Role) -> None:
    for number in range(3):
        done(CastBallot(contest=contest(), cards=(code("Go"),)), Who(f"voter{number}", present=True))
    sheet = sheet_of(role).press("Count the votes now")
    assert (it().winner, dict(it().tally), it().method) == (code("Go"), {code("Chess"): 0, code("Go"): 3}, Method.VOTE)
    assert sheet.texts("div[@class='success outcome']/p/strong") == ["“Go” has it."]


def test_hands_are_counted_whatever_the_method_was() -> None:
    counts = {f"count-{code('Chess')}": "23", f"count-{code('Go')}": "17"}
    sheet = sheet_of().press("These hands went up", **counts, reason="All who were there")
    assert (it().winner, it().method, it().reason) == (code("Chess"), Method.HANDS, "All who were there")
    assert sheet.texts("ul[@class='rivals']//strong") == ["23 voices", "17 voices"]


def test_hands_that_nobody_counted_are_asked_for() -> None:
    sheet = sheet_of().press("These hands went up", **{f"count-{code('Chess')}": "23"})
    assert (sheet.status, sheet.told, it().open) == (422, "Write a number up to 999999.", True)


def test_a_lot_is_drawn() -> None:
    sheet_of().press("Draw a lot")
    assert (it().method, it().winner, it().drawn[0]) == (Method.LOT, it().drawn[0], it().winner)


def test_the_hosts_agreed() -> None:
    sheet_of().press("On “Go”")
    assert (it().winner, it().method) == (code("Go"), Method.AGREEMENT)


def test_a_decision_has_a_reason() -> None:
    sheet = sheet_of().press("For “Go”")
    assert (sheet.status, sheet.told) == (422, "Write why: everyone can read who decided what.")
    sheet = sheet_of().press("For “Go”", reason="It had no hour yesterday")
    assert (it().winner, it().method, it().reason) == (code("Go"), Method.DECISION, "It had no hour yesterday")
    assert sheet.texts("div[@class='success outcome']/p")[1] == "the facilitator decided. It had no hour yesterday"


def test_who_settled_it_stands_there() -> None:
    sheet_of(Role.HELPER).press("On “Go”")
    facts = sheet_of().texts("div[@class='success outcome']/p[@class='facts']/bdi")
    assert facts == ["helper's phone, Helper"]


def test_the_loser_finds_another_place_on_the_same_page() -> None:
    sheet = sheet_of().press("On “Go”").press("Fir 09:00–10:00: Chess")
    assert titled("Chess").cells == (cell("fir 09:00"),)
    assert sheet.path == f"/{EVENT}/desk/contests/{contest()}/"


def test_a_mistake_is_opened_again() -> None:
    sheet = sheet_of().press("On “Go”").press("Open it again")
    assert (it().open, titled("Go").cells, "Draw a lot" in sheet.buttons) == (True, (), True)


def test_what_is_over_is_settled_no_more() -> None:
    sheet = sheet_of()
    sheet_of().press("On “Go”")
    sheet.press("Draw a lot")
    assert (sheet.status, sheet.told, it().winner) == (409, "The contest is over: “Go” has it.", code("Go"))


# Changing it


def test_method_minutes_and_presence_change() -> None:
    sheet_of().press("Change it", method="hands", minutes="5", coded="1")
    assert (it().method, it().presence) == (Method.HANDS, True)
    assert it().closes is not None


def test_nothing_typed_changes_nothing() -> None:
    before = it()
    sheet_of().press("Change it")
    assert it() == before


def test_too_many_minutes_are_refused() -> None:
    sheet = sheet_of().press("Change it", minutes="99999")
    assert (sheet.status, sheet.told) == (422, "Write a number up to 10080.")


def test_it_is_called_off_and_the_claims_wait() -> None:
    sheet = sheet_of().press("Call it off", reason="They share the room")
    assert (it().winner, it().reason, [card.words.title for card in now().claiming]) == (
        "",
        "They share the room",
        ["Chess", "Go"],
    )
    assert sheet.texts("div[@class='success outcome']/p")[0] == "It was called off. They share the room"


def test_two_cards_become_one_with_a_new_title() -> None:
    sheet_of().press("“Go” joins “Chess”", title="Board games", text="Both of them")
    assert (titled("Board games").words.host, titled("Board games").cells) == ("C…, G…", (cell("elm 09:00"),))
    assert (it().method, it().open) == (Method.AGREEMENT, False)


@pytest.mark.parametrize("do", ["", "dance", "agree", "agree NOCARD", "merge X Y", "merge"])
def test_what_no_button_sends_settles_nothing(do: str) -> None:
    answer = with_role(Role.ORGANISER).send(f"desk/contests/{contest()}/", do=do)
    assert (answer.status_code in (404, 409, 422), it().open) == (True, True)


@pytest.mark.parametrize("do", ["votes", "lot", "call-off", "change"])
def test_a_stranger_settles_nothing(do: str) -> None:
    answer = Visitor().send(f"desk/contests/{contest()}/", do=do, reason="Mine")
    assert (answer.status_code, it().open) == (403, True)
