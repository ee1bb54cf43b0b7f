"""Claims, contests and lost cells on the desk's list: every answer empties it."""

import pytest
from django.conf import LazySettings
from tests.drawing import EVENT, cell, cells
from tests.intake.desk import EMPTY, KEPT_BY_THE_DESK, claim, contest, desk, done, furnish_the_present, with_role
from tests.intake.event import choose, furnish, now, titled

from openspaces.board.moves import ChangeContest, CloseCell, PlaceCard, WriteCard
from openspaces.board.vocabulary import Cause, Cell, Method
from openspaces.people.who import Role, Who


@pytest.fixture
def board(database: None, settings: LazySettings) -> None:
    settings.LIMITS = False
    furnish()
    choose(KEPT_BY_THE_DESK)


@pytest.fixture
def bare(database: None, settings: LazySettings) -> None:
    settings.LIMITS = False


@pytest.fixture
def contested(board: None) -> None:
    claim("Chess", cell("elm 09:00"))
    claim("Go", cell("elm 09:00"))


# Claims


@pytest.mark.usefixtures("board")
def test_a_claim_is_placed_with_one_button_and_the_list_is_empty() -> None:
    claim("Chess", cell("elm 09:00"))
    sheet = desk()
    assert sheet.items == ["“Chess” by C… asks for Saturday 09:00–10:00, Elm."]
    sheet.press("Put it up: Chess")
    assert titled("Chess").cells == (cell("elm 09:00"),)
    assert (sheet.told, sheet.items) == ("“Chess” is on the board: Saturday 09:00–10:00, Elm.", [])


@pytest.mark.usefixtures("board")
def test_undo_takes_the_answer_back_and_the_claim_is_there_again() -> None:
    claim("Chess", cell("elm 09:00"))
    sheet = desk().press("Put it up: Chess").press("Undo")
    assert (titled("Chess").cells, sheet.items) == ((), ["“Chess” by C… asks for Saturday 09:00–10:00, Elm."])
    assert sheet.told.startswith("Undone.")


@pytest.mark.usefixtures("board")
def test_a_claim_is_refused_with_a_reason_that_its_host_reads() -> None:
    claim("Chess", cell("elm 09:00"))
    sheet = desk().press("Refuse", reason="Elm is for children today")
    notice = titled("Chess").notice
    assert notice is not None
    assert (notice.cause, notice.reason, sheet.items) == (Cause.REFUSED, "Elm is for children today", [])


@pytest.mark.usefixtures("board")
def test_a_refusal_without_a_reason_is_not_done() -> None:
    claim("Chess", cell("elm 09:00"))
    sheet = desk().press("Refuse", reason=" ")
    assert (sheet.status, sheet.told) == (422, "Write why: the board shows it to everyone.")
    assert titled("Chess").claim is not None


@pytest.mark.usefixtures("board")
def test_a_claim_is_placed_somewhere_else() -> None:
    claim("Chess", cell("elm 09:00"))
    desk().press("Fir 09:00–10:00: Chess")
    assert titled("Chess").cells == (cell("fir 09:00"),)


@pytest.mark.usefixtures("board")
def test_its_host_is_let_choose_among_three_places() -> None:
    claim("Chess", cell("elm 09:00"))
    sheet = desk().press("Let the host choose: Chess")
    notice = titled("Chess").notice
    assert notice is not None
    assert (notice.cause, notice.offered) == (Cause.OFFER, cells("fir 09:00", "elm 11:00", "fir 10:00"))
    lost = "“Chess” by C… was offered other places than Saturday 09:00–10:00, Elm, and its host has not chosen yet."
    assert sheet.items == [lost]


@pytest.mark.usefixtures("board")
def test_a_claim_for_a_cell_that_another_got_needs_another_place() -> None:
    claim("Chess", cell("elm 09:00"))
    done(WriteCard(title="Faster", cells=cells("elm 09:00")))
    assert desk().press("Fir 09:00–10:00: Chess").items == []
    assert titled("Chess").cells == (cell("fir 09:00"),)


@pytest.mark.usefixtures("bare")
def test_a_claim_that_nobody_answered_in_time_is_offered_what_is_left() -> None:
    over, present = furnish_the_present(KEPT_BY_THE_DESK, ago=100)
    done(WriteCard(title="Chess", cells=(Cell("oak", over.key),), claim=True), Who("ada", Role.HELPER))
    sheet = desk()
    assert sheet.texts("ul[@id='items']/li/p[@class='facts']/span")[1:] == ["That hour is over."]
    assert sheet.buttons[0].startswith("Oak")
    sheet.press(sheet.buttons[0])
    assert titled("Chess").cells == (Cell("oak", present.key),)


@pytest.mark.usefixtures("board")
def test_a_card_that_has_its_place_meanwhile_is_not_moved_by_an_old_button() -> None:
    code = claim("Chess", cell("elm 09:00"))
    sheet = desk()
    done(PlaceCard(card=code, cells=cells("fir 11:00")))
    sheet.press("Put it up: Chess")
    assert (sheet.status, sheet.told) == (409, "“Chess” is on the board already.")
    assert titled("Chess").cells == (cell("fir 11:00"),)


@pytest.mark.usefixtures("board")
def test_a_claim_of_two_hours_gets_two_hours() -> None:
    done(WriteCard(title="Long", cells=cells("fir 09:00", "fir 10:00"), claim=True), Who("lou"))
    desk().press("Put it up: Long")
    assert titled("Long").cells == cells("fir 09:00", "fir 10:00")


@pytest.mark.usefixtures("board")
def test_a_clash_of_the_host_is_asked_about_and_done_all_the_same() -> None:
    done(WriteCard(title="Mine", cells=cells("fir 09:00")), Who("ann", Role.HELPER))
    done(WriteCard(title="Also mine", cells=cells("elm 09:00"), claim=True, confirmed=True), Who("ann"))
    sheet = desk().press("Put it up: Also mine")
    assert (sheet.status, titled("Also mine").cells) == (409, ())
    sheet.press("Do it all the same")
    assert titled("Also mine").cells == (cell("elm 09:00"),)


@pytest.mark.usefixtures("board")
@pytest.mark.parametrize(
    ("sent", "status"),
    [
        ({"do": "dance", "card": "CHESS0"}, 404),
        ({"do": "place nowhere", "card": "CHESS0"}, 404),
        ({"do": "place elm@0517-0900", "card": "NOCARD"}, 404),
        ({"do": "place elm@0517-0900", "card": "<script>"}, 404),
        ({"do": "settle", "contest": "x"}, 404),
        ({"do": "call-off", "contest": "999", "reason": "no"}, 404),
        ({}, 404),
    ],
)
def test_what_no_button_sends_changes_nothing(sent: dict[str, str], status: int) -> None:
    before = now().number
    assert (with_role(Role.ORGANISER).send("desk/", **sent).status_code, now().number) == (status, before)


# Contests


@pytest.mark.usefixtures("contested")
def test_a_vote_runs_by_itself_and_is_not_on_the_list() -> None:
    sheet = desk()
    assert (sheet.items, sheet.texts("p[@id='nothing']")) == ([], [EMPTY])
    assert sheet.texts("ul[@id='running']/li/h3") == ["“Chess”, “Go” contend for Saturday 09:00–10:00, Elm."]
    facts = sheet.texts("ul[@id='running']//p[@class='facts']/span")
    assert facts[:2] == ["By vote", "0 ballots so far"]


@pytest.mark.usefixtures("contested")
def test_a_running_vote_can_be_counted_now() -> None:
    sheet = desk()
    assert [button.get("class") for button in sheet.all("ul[@id='running']//button")] == ["button-quiet"]
    sheet.press("Count the votes now: “Chess”, “Go”")
    assert now().contests[contest()].winner in (titled("Chess").code, titled("Go").code)
    assert len(sheet.items) == 1


@pytest.mark.usefixtures("contested")
def test_hands_are_typed_in_and_settle_the_contest() -> None:
    done(ChangeContest(contest=contest(), method=Method.HANDS))
    chess, go = titled("Chess").code, titled("Go").code
    sheet = desk()
    assert sheet.items == ["“Chess”, “Go” contend for Saturday 09:00–10:00, Elm."]
    sheet.press("These hands went up: “Chess”, “Go”", **{f"count-{chess}": "17", f"count-{go}": "23"})
    assert now().contests[contest()].tally == {chess: 17, go: 23}
    assert titled("Go").cells == (cell("elm 09:00"),)
    assert sheet.items == ["“Chess” by C… did not get Saturday 09:00–10:00, Elm and has no place yet."]


@pytest.mark.usefixtures("contested")
@pytest.mark.parametrize("typed", ["", "many", "-3", "1.5"])
def test_hands_that_are_no_number_settle_nothing(typed: str) -> None:
    done(ChangeContest(contest=contest(), method=Method.HANDS))
    counts = {f"count-{titled('Chess').code}": "17", f"count-{titled('Go').code}": typed}
    sheet = desk().press("These hands went up: “Chess”, “Go”", **counts)
    assert (sheet.status, now().contests[contest()].open) == (422, True)


@pytest.mark.usefixtures("contested")
@pytest.mark.parametrize("method", [Method.AGREEMENT, Method.DECISION])
def test_where_a_person_says_who_has_it_each_card_is_a_button(method: Method) -> None:
    done(ChangeContest(contest=contest(), method=method))
    desk().press("Go has it")
    assert titled("Go").cells == (cell("elm 09:00"),)
    assert now().contests[contest()].method is method


@pytest.mark.usefixtures("contested")
def test_the_code_is_there_while_voters_are_asked_for_it() -> None:
    assert desk().texts("section[@class='code']/p/strong") == []
    done(ChangeContest(contest=contest(), presence=True))
    (code,) = desk().texts("section[@class='code']/p/strong")
    assert len(code) == 6


# Cards that lost their cell


@pytest.mark.usefixtures("board")
def test_a_card_whose_room_was_lost_goes_to_the_best_place_with_one_button() -> None:
    done(CloseCell(cells=cells("oak 09:00"), reason="Needed for lunch"))
    sheet = desk()
    assert sheet.items == ["“Knit” lost Saturday 09:00–10:00, Oak: Needed for lunch. It has no place yet."]
    sheet.press("Elm 09:00–10:00: Knit")
    assert (titled("Knit").cells, sheet.items) == ((cell("elm 09:00"),), [])


@pytest.mark.usefixtures("board")
def test_a_displaced_card_that_does_not_take_place_is_withdrawn() -> None:
    done(CloseCell(cells=cells("oak 09:00"), reason="Needed for lunch"))
    assert desk().press("It does not take place: Knit").items == []
    assert titled("Knit").withdrawn


@pytest.mark.usefixtures("board")
def test_several_displaced_cards_have_a_page_for_all_of_them() -> None:
    done(CloseCell(cells=cells("oak 09:00", "elm 10:00"), reason="Needed for lunch"))
    sheet = desk()
    assert len(sheet.items) == 2
    assert [link.get("href") for link in sheet.all("header[@class='todo-head']/a")] == [f"/{EVENT}/desk/relocate/"]
