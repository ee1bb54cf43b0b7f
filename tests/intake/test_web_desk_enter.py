"""Quick entry: a walk-up's card with one button, a card that contends, two walk-ups who want one hour."""

import pytest
from django.conf import LazySettings
from tests.drawing import EVENT, cell, cells
from tests.hostile import HOSTILE
from tests.intake.desk import DESK, KEPT_BY_THE_DESK, Sheet, claim, contest, done, with_role
from tests.intake.event import Visitor, choose, furnish, now, titled, titles

from openspaces.board.moves import CloseCell, WriteCard
from openspaces.board.state import Policy, Wished
from openspaces.board.vocabulary import Competing, Method, Placing, Stage
from openspaces.people.keys import card_key
from openspaces.people.who import Role, Who

ENTER = f"{DESK}enter/"
NOTE = "Only note it, without an hour"
PLACED = "Saturday 09:00–10:00, Elm"


@pytest.fixture(autouse=True)
def board(database: None, settings: LazySettings) -> None:
    settings.LIMITS = False
    furnish()


def entry(query: str = "", role: Role = Role.HELPER) -> Sheet:
    return Sheet(with_role(role), ENTER + query)


# One card


@pytest.mark.parametrize("placing", list(Placing))
@pytest.mark.parametrize("role", list(Role))
def test_a_walk_ups_card_is_up_with_one_button_whoever_places_here(role: Role, placing: Placing) -> None:
    choose(Policy(placing=placing))
    sheet = entry(role=role).press(PLACED, title="Chess", host="Eve")
    card = titled("Chess")
    assert (card.cells, card.words.host) == ((cell("elm 09:00"),), "Eve")
    assert sheet.told == f"New card: “Chess”. “Chess” is on the board: {PLACED}."


def test_its_host_takes_the_edit_link_along_and_the_form_is_empty_for_the_next() -> None:
    sheet = entry().press(PLACED, title="Chess", host="Eve")
    code = titled("Chess").code
    assert sheet.texts("section[@class='given along']//span[@class='key']") == [card_key(EVENT, code)]
    assert len(sheet.all("section[@class='given along']//img")) == 1
    assert [field.get("value") for field in sheet.all("input[@id='title']")] == [""]


def test_a_page_with_a_key_is_kept_by_nobody() -> None:
    sheet = entry().press(PLACED, title="Chess")
    answer = with_role(Role.HELPER).answer(f"desk/enter/?given={titled('Chess').code}")
    assert (sheet.status, answer["Cache-Control"]) == (200, "private, no-store")


def test_undo_withdraws_what_was_entered_by_mistake() -> None:
    entry().press(PLACED, title="Chess").press("Undo")
    assert (titled("Chess").withdrawn, now().is_free(cell("elm 09:00"))) == (True, True)


def test_a_card_is_only_noted() -> None:
    sheet = entry().press(NOTE, title="Chess", host="Eve")
    assert (titled("Chess").stage, sheet.told) == (Stage.PLANNED, "New card: “Chess”.")


def test_a_card_is_as_long_as_is_chosen() -> None:
    entry().press("Saturday 09:00–10:00, Fir", title="Chess", slots="2")
    assert titled("Chess").cells == cells("fir 09:00", "fir 10:00")


def test_everything_else_may_be_said_too() -> None:
    typed = {"title": "Chess", "text": "Fast", "host": "Eve", "handle": "@eve", "link": "https://a.example/x"}
    entry().press(NOTE, **typed, wish="Elm")
    assert titled("Chess").words.as_said() == {**typed, "wish": "Elm"}
    assert titled("Chess").wished == Wished(room="elm")


def test_elsewhere_wants_to_know_where_and_keeps_what_was_typed() -> None:
    sheet = entry().press("Saturday 09:00–10:00, Elsewhere", title="Chess", host="Eve")
    assert (sheet.status, sheet.texts("p[@id='where-wrong']")) == (422, ["Write where it is, so that people find you."])
    assert [field.get("value") for field in sheet.all("input[@id='title']")] == ["Chess"]
    sheet.press("Saturday 09:00–10:00, Elsewhere", where="On the lawn")
    placement = titled("Chess").placement
    assert placement is not None
    assert placement.where == "On the lawn"


@pytest.mark.parametrize("title", ["", "x" * 81])
def test_a_title_that_cannot_be_is_asked_for_again(title: str) -> None:
    sheet = entry().press(PLACED, title=title, host="Eve")
    assert (sheet.status, titles()) == (422, ["Knit", "Talk", "Run"])
    assert [field.get("value") for field in sheet.all("input[@id='host']")] == ["Eve"]


def test_a_cell_that_somebody_took_meanwhile_loses_nothing() -> None:
    sheet = entry()
    done(WriteCard(title="Faster", cells=cells("elm 09:00")), Who("fast"))
    sheet.press(PLACED, title="Chess", host="Eve")
    assert (sheet.status, sheet.told) == (409, "“Faster” holds Elm at 09:00.")
    sheet.press("Saturday 09:00–10:00, Fir")
    assert titled("Chess").cells == (cell("fir 09:00"),)


def test_the_same_form_twice_is_one_card() -> None:
    visitor = with_role(Role.HELPER)
    (key,) = [field.get("value", "") for field in Sheet(visitor, ENTER).all("input[@name='key']")]
    sent = {"do": f"place {cell('elm 09:00')}", "title": "Chess", "key": key}
    assert [visitor.send("desk/enter/", **sent).status_code for _ in range(2)] == [303, 303]
    assert titles() == ["Knit", "Talk", "Run", "Chess"]


@pytest.mark.parametrize("do", ["", "place", "place nowhere", "place oak@0101-0900", "contend", "dance elm@0517-0900"])
def test_what_no_button_sends_writes_nothing(do: str) -> None:
    answer = with_role(Role.HELPER).send("desk/enter/", do=do, title="Chess")
    assert (answer.status_code, titles()) == (422, ["Knit", "Talk", "Run"])


def test_hostile_words_stay_text() -> None:
    for title in HOSTILE:
        sheet = entry().press(NOTE, title=title[:80], host=title[:80])
        assert sheet.status in (200, 422)
        assert [script.get("src") for script in sheet.all("script") if script.get("src") is None] == []


def test_a_cell_on_the_board_of_the_day_is_what_enter_takes() -> None:
    sheet = entry(f"?cell={cell('fir 10:00')}")
    says = "Put it up: Saturday 10:00–11:00, Fir"
    assert [name for name in sheet.buttons if name.startswith("Put it up")] == [says]
    assert sheet.values("form[@class='enter']//button")[0] == f"place {cell('fir 10:00')}"
    sheet.press(says, title="Chess")
    assert titled("Chess").cells == (cell("fir 10:00"),)


def test_the_part_of_the_page_that_changes_has_the_hours_alone() -> None:
    sheet = entry("?part=picker")
    assert (sheet.texts("section[@id='picker']/div/h3"), sheet.all("form")) == (
        ["09:00–10:00", "10:00–11:00", "11:00–12:00"],
        [],
    )


def test_what_nobody_can_have_is_counted_alone() -> None:
    done(CloseCell(cells=cells("oak 11:00"), reason="Paint"), Who("h", Role.HELPER))
    folded = entry().texts("details[@id='taken-0517-1100']/summary")
    assert folded == ["1 not to be had"]


# A card that contends


def test_a_card_for_a_taken_cell_contends_with_the_one_that_has_it() -> None:
    sheet = entry().press("Let them contend for Saturday 09:00–10:00, Oak with “Knit”", title="Chess", host="Eve")
    opened = now().contests[contest()]
    assert (opened.cell, opened.cards) == (cell("oak 09:00"), (titled("Knit").code, titled("Chess").code))
    assert sheet.path == f"/{EVENT}/desk/contests/{opened.id}/"
    assert sheet.texts("section[@class='given along']//span[@class='key']") == [card_key(EVENT, titled("Chess").code)]


def test_a_card_contends_with_those_who_ask_for_the_cell() -> None:
    choose(KEPT_BY_THE_DESK)
    claim("Go", cell("elm 09:00"))
    entry().press(f"Let them contend for {PLACED} with “Go”", title="Chess")
    assert now().contests[contest()].cards == (titled("Go").code, titled("Chess").code)


def test_nobody_contends_for_a_closed_cell_and_nothing_is_written() -> None:
    sheet = entry()
    done(CloseCell(cells=cells("oak 09:00"), reason="Lunch"))
    sheet.press("Let them contend for Saturday 09:00–10:00, Oak with “Knit”", title="Chess")
    assert (sheet.status, sheet.told) == (409, "Oak is closed at 09:00: Lunch.")
    assert titles() == ["Knit", "Talk", "Run"]


def test_who_has_left_the_cell_meanwhile_leaves_it_to_the_card() -> None:
    sheet = entry()
    done(CloseCell(cells=cells("oak 09:00"), reason="Lunch"))
    sheet.press("Saturday 09:00–10:00, Fir", title="Chess")
    assert titled("Chess").cells == (cell("fir 09:00"),)


# Two for one hour


def two(**typed: str) -> Sheet:
    both = {"title": "Chess", "host": "Eve", "title2": "Go", "host2": "Lin"}
    return entry("?two=1").press(PLACED, **{**both, **typed})


def test_two_walk_ups_and_their_vote_are_one_form() -> None:
    sheet = two(minutes="15", coded="1")
    opened = now().contests[contest()]
    assert opened.cards == (titled("Chess").code, titled("Go").code)
    assert (opened.method, opened.presence) == (Method.VOTE, True)
    assert opened.closes is not None
    assert (opened.closes - opened.opened).seconds == 15 * 60
    assert (sheet.status, sheet.path) == (200, f"/{EVENT}/desk/contests/{opened.id}/")
    keys = [card_key(EVENT, titled(title).code) for title in ("Chess", "Go")]
    assert sheet.texts("section[@class='given along']//span[@class='key']") == keys


@pytest.mark.parametrize("method", ["hands", "lot", "agreement", "decision"])
def test_two_are_settled_in_the_way_that_is_chosen(method: str) -> None:
    two(method=method)
    assert now().contests[contest()].method == method


def test_the_events_own_terms_stand_in_the_form() -> None:
    choose(Policy(competing=Competing.CONTEST, contest_method=Method.HANDS, contest_minutes=7))
    two()
    opened = now().contests[contest()]
    assert (opened.method, opened.presence) == (Method.HANDS, False)


@pytest.mark.parametrize("minutes", ["", "0", "soon", "99999", "-5"])
def test_minutes_that_are_none_write_nothing(minutes: str) -> None:
    sheet = two(minutes=minutes)
    assert (sheet.status, titles()) == (422, ["Knit", "Talk", "Run"])


def test_both_titles_are_needed_and_what_was_typed_is_kept() -> None:
    sheet = two(title2="")
    assert (sheet.status, titles()) == (422, ["Knit", "Talk", "Run"])
    typed = [field.get("value") for name in ("title", "host", "host2") for field in sheet.all(f"input[@id='{name}']")]
    assert typed == ["Chess", "Eve", "Lin"]


def test_the_two_contend_with_whoever_has_the_cell() -> None:
    sheet = entry("?two=1").press(
        "Let them contend for Saturday 09:00–10:00, Oak with “Knit”", title="Chess", title2="Go"
    )
    cards = (titled("Knit").code, titled("Chess").code, titled("Go").code)
    assert (sheet.status, now().contests[contest()].cards) == (200, cards)


def test_two_taps_on_one_button_are_two_cards_and_one_contest() -> None:
    visitor = with_role(Role.HELPER)
    (key,) = [field.get("value", "") for field in Sheet(visitor, f"{ENTER}?two=1").all("input[@name='key']")]
    sent = {"do": f"contend {cell('elm 09:00')}", "title": "Chess", "title2": "Go", "minutes": "15", "method": "vote"}
    for _ in range(2):
        visitor.send("desk/enter/", two="1", key=key, **sent)
    assert (titles(), len(now().contests)) == (["Knit", "Talk", "Run", "Chess", "Go"], 1)


def test_a_stranger_enters_nothing() -> None:
    answer = Visitor().send("desk/enter/", do="note", title="Chess")
    assert (answer.status_code, titles()) == (403, ["Knit", "Talk", "Run"])
