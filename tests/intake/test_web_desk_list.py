"""The desk's list: who may see it, what stands on it, in which order, and that every answer empties it."""

import pytest
from django.conf import LazySettings
from tests.drawing import EVENT, cell, cells
from tests.intake.desk import DESK, KEPT_BY_THE_DESK, Sheet, claim, contest, done, furnish_the_present, with_role
from tests.intake.event import Visitor, choose, furnish, now, titled
from tests.intake.pages import Page

from openspaces.board.moves import (
    ApproveCard,
    ChangeContest,
    CloseCell,
    EditCard,
    PlaceCard,
    SetCaution,
    ShieldCard,
    WriteCard,
)
from openspaces.board.read import reports
from openspaces.board.state import Card, Policy
from openspaces.board.vocabulary import Cause, Cell, Method, Standing
from openspaces.board.voices import Report, What
from openspaces.intake.web.desk.needed import SHOWN
from openspaces.people.who import Role, Who

EMPTY = "Nothing needs you. Enjoy the hall."
ROLES = list(Role)


@pytest.fixture
def board(database: None, settings: LazySettings) -> None:
    settings.LIMITS = False
    furnish()
    choose(KEPT_BY_THE_DESK)


@pytest.fixture
def bare(database: None, settings: LazySettings) -> None:
    settings.LIMITS = False


def desk(role: Role = Role.FACILITATOR) -> Sheet:
    return Sheet(with_role(role), DESK)


def told_of(title: str, people: int, what: What = What.ABUSE, reason: str = "Rude", present: bool = True) -> None:
    """Some people tell something of a card."""
    for number in range(people):
        done(Report(card=titled(title).code, what=what, reason=reason), Who(f"reader{number}", present=present))


# Who may


@pytest.mark.usefixtures("board")
@pytest.mark.parametrize("path", ["desk/", "desk/?part=todo", "desk/enter/", "desk/contests/1/", "desk/undo/"])
def test_a_stranger_finds_the_ways_in(path: str) -> None:
    page = Visitor().get(path)
    assert (page.status, page.headings) == (403, ["This is the desk of the people who run the board"])
    assert page.links["Sign in"] == f"/accounts/login/?next=/{EVENT}/{path.partition('?')[0]}"
    assert page.links["I have a staff link"] == f"/{EVENT}/staff/"


@pytest.mark.usefixtures("board")
@pytest.mark.parametrize("path", ["desk/", "desk/enter/", "desk/contests/1/", "desk/undo/"])
def test_what_a_stranger_sends_changes_nothing(path: str) -> None:
    code, before = claim("Chess", cell("elm 09:00")), now().number
    sent = {"do": "place elm@0517-0900", "card": code, "number": str(before), "title": "Sent"}
    assert (Page(Visitor().send(path, **sent)).status, now().number) == (403, before)


@pytest.mark.usefixtures("board")
@pytest.mark.parametrize("role", ROLES)
def test_everybody_with_a_role_sees_the_list(role: Role) -> None:
    sheet = desk(role)
    assert (sheet.status, sheet.items, sheet.texts("p[@id='nothing']")) == (200, [], [EMPTY])


@pytest.mark.usefixtures("board")
def test_the_part_of_the_page_is_the_same_as_on_the_page() -> None:
    claim("Chess", cell("elm 09:00"))
    visitor = with_role(Role.HELPER)
    page, part = Sheet(visitor, DESK), Sheet(visitor, f"{DESK}?part=todo")
    assert (part.items, part.buttons) == (page.items, page.buttons)
    assert part.all("div[@id='told']") == []


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


@pytest.fixture
def contested(board: None) -> None:
    claim("Chess", cell("elm 09:00"))
    claim("Go", cell("elm 09:00"))


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


# Texts that somebody has to read


@pytest.mark.usefixtures("board")
@pytest.mark.parametrize("people", [1, 3])
def test_staff_read_the_true_words_of_a_reported_card(people: int) -> None:
    told_of("Talk", people)
    says = {1: "1 person reports “Talk”.", 3: "3 people report “Talk”."}
    assert (drawn_card("Talk").hidden, desk().items) == (people == 3, [says[people]])


@pytest.mark.usefixtures("board")
@pytest.mark.parametrize("people", [1, 3])
def test_what_may_stand_is_approved_and_can_be_read(people: int) -> None:
    told_of("Talk", people)
    sheet = desk(Role.HELPER).press("It may stand: Talk")
    assert (titled("Talk").standing, sheet.items) == (Standing.APPROVED, [])


@pytest.mark.usefixtures("board")
def test_what_was_approved_is_read_again_only_if_it_changes() -> None:
    talk = drawn_card("Talk")
    done(ApproveCard(card=talk.code))
    told_of("Talk", 3)
    assert (desk().items, drawn_card("Talk").hidden) == ([], False)
    done(EditCard(card=talk.code, seen=now().number, title="Rude talk"), Who(talk.hand))
    assert desk().items == ["3 people report “Rude talk”."]


@pytest.mark.usefixtures("board")
def test_a_facilitator_removes_a_card_and_its_cell_is_free() -> None:
    told_of("Talk", 1)
    sheet = desk().press("Remove it", reason="Insults people")
    assert (drawn_card("Talk").standing, now().is_free(cell("elm 10:00"))) == (Standing.REMOVED, True)
    assert sheet.items == []


@pytest.mark.usefixtures("board")
def test_everything_of_one_device_goes_in_one_step_and_comes_back_in_one() -> None:
    done(WriteCard(title="More talk"), Who("bob"))
    told_of("Talk", 1)
    sheet = desk().press("Remove all 2 cards of this device", reason="Insults people")
    assert [card.standing for card in now().cards_of("bob")] == [Standing.REMOVED] * 2
    sheet.press("Undo")
    assert [card.standing for card in now().cards_of("bob")] == [Standing.LIVE] * 2


@pytest.mark.usefixtures("board")
def test_cards_that_the_desk_typed_in_are_not_of_one_host() -> None:
    helper = with_role(Role.HELPER)
    for title in ("One", "Other"):
        Sheet(helper, f"{DESK}enter/").press("Only note it, without an hour", title=title)
    told_of("One", 1)
    assert [name for name in desk().buttons if name.startswith("Remove")] == ["Remove it"]


@pytest.mark.usefixtures("board")
def test_a_helper_hides_a_card_until_a_facilitator_has_read_it() -> None:
    told_of("Talk", 1)
    sheet = desk(Role.HELPER)
    assert [name for name in sheet.buttons if name.startswith("Remove")] == []
    sheet.press("Hide it for now", reason="Insults people")
    assert (drawn_card("Talk").standing, len(sheet.items)) == (Standing.SHIELDED, 1)


@pytest.mark.usefixtures("board")
@pytest.mark.parametrize("do", ["remove", "remove-all"])
def test_a_helper_who_removes_all_the_same_reads_why_not(do: str) -> None:
    page = with_role(Role.HELPER).post("desk/", do=do, card=titled("Talk").code, reason="Rude")
    assert (page.status, titled("Talk").standing) == (403, Standing.LIVE)
    assert page.refusals == ["Your role does not allow that. Ask a facilitator or an organiser; nothing was changed."]


@pytest.mark.usefixtures("board")
def test_a_card_that_staff_hid_waits_to_be_read() -> None:
    done(ShieldCard(card=titled("Talk").code, reason="I am not sure"))
    assert desk().items == ["A card is hidden until somebody has read it."]


@pytest.mark.usefixtures("board")
def test_a_new_hosts_card_is_read_and_may_stand() -> None:
    done(SetCaution(hold=True))
    done(WriteCard(title="My first"), Who("newcomer"))
    sheet = desk()
    assert sheet.items[0] == "A new host's card waits until somebody has read it."
    sheet.press("It may stand: My first")
    assert titled("My first").standing is Standing.APPROVED


# What is on


@pytest.mark.usefixtures("bare")
def test_a_card_that_begins_is_asked_about_and_answered() -> None:
    present, _next = furnish_the_present(ago=5)
    done(WriteCard(title="Knit", cells=(Cell("oak", present.key),)), Who("ada"))
    sheet = desk()
    assert sheet.texts("div[@class='row-of']/p")[0].startswith("“Knit”")
    sheet.press("Yes: Knit")
    assert (titled("Knit").confirmed > 0, sheet.items) == (True, [])


@pytest.mark.usefixtures("bare")
def test_where_nobody_is_the_room_is_free_again() -> None:
    present, _next = furnish_the_present(ago=5)
    done(WriteCard(title="Knit", cells=(Cell("oak", present.key),)), Who("ada"))
    sheet = desk(Role.HELPER).press("Nobody here: Knit")
    assert (now().is_free(Cell("oak", present.key)), titled("Knit").withdrawn) == (True, False)
    assert sheet.items == []


@pytest.mark.usefixtures("bare")
def test_a_card_that_is_still_to_begin_is_taken_down_instead() -> None:
    _present, coming = furnish_the_present(ago=50)
    done(WriteCard(title="Knit", cells=(Cell("oak", coming.key),)), Who("ada"))
    sheet = desk().press("No, take it down: Knit")
    assert (titled("Knit").cells, sheet.items) == ((), [])


@pytest.mark.usefixtures("bare")
def test_cards_that_begin_together_are_one_item() -> None:
    present, _next = furnish_the_present(ago=5)
    for room in ("oak", "elm"):
        done(WriteCard(title=f"In {room}", cells=(Cell(room, present.key),)), Who(room))
    sheet = desk()
    assert len(sheet.items) == 1
    assert sheet.items[0].endswith("are these 2 cards still on?")
    assert desk().press("Yes: In oak").buttons[-2:] == ["Yes: In elm", "Nobody here: In elm"]


@pytest.mark.usefixtures("bare")
@pytest.mark.parametrize(
    ("answer", "free"), [("Nobody is there: free the room: Knit", True), ("It is on: Knit", False)]
)
def test_people_who_find_nobody_are_answered(answer: str, free: bool) -> None:
    present, _next = furnish_the_present(ago=30)
    done(WriteCard(title="Knit", cells=(Cell("oak", present.key),)), Who("ada"))
    told_of("Knit", 2, What.NOBODY_HERE, "")
    sheet = desk()
    assert sheet.items == ["2 people say that nobody is at “Knit”."]
    assert (sheet.press(answer).items, now().is_free(Cell("oak", present.key))) == ([], free)
    assert reports(EVENT) == []


# Planned cards, and the order of it all


@pytest.mark.usefixtures("board")
def test_where_the_desk_places_a_planned_card_is_on_the_list() -> None:
    done(WriteCard(title="Later", host="Lou"), Who("lou"))
    sheet = desk()
    assert sheet.items == ["“Later” by Lou is planned and has no place yet."]
    assert sheet.press("Elm 09:00–10:00: Later").items == []
    assert titled("Later").cells == (cell("elm 09:00"),)


@pytest.mark.usefixtures("board")
def test_where_hosts_place_planned_cards_wait_below() -> None:
    choose(Policy())
    done(WriteCard(title="Later", host="Lou"), Who("lou"))
    sheet = desk()
    assert (sheet.items, sheet.texts("details[@id='planned']//h3")) == (
        [],
        ["“Later” by Lou is planned and has no place yet."],
    )


@pytest.mark.usefixtures("contested")
def test_the_most_urgent_comes_first() -> None:
    done(ChangeContest(contest=contest(), method=Method.DECISION))
    done(WriteCard(title="Later", host="Lou"), Who("lou"))
    claim("Asks", cell("fir 10:00"))
    told_of("Talk", 1)
    done(CloseCell(cells=cells("oak 09:00"), reason="Lunch"))
    ids = [item.attrib["id"].partition("-")[0] for item in desk().all("ul[@id='items']/li")]
    assert ids == ["contest", "read", "claim", "displaced", "planned"]


@pytest.mark.usefixtures("board")
def test_of_many_the_first_are_shown_and_the_others_counted() -> None:
    for number in range(SHOWN + 3):
        done(WriteCard(title=f"Later {number}", host="Lou"), Who("lou"))
    sheet = desk()
    assert (len(sheet.items), sheet.texts("h1")) == (SHOWN, [f"To do {SHOWN + 3}"])
    assert sheet.texts("div[@class='work']/p[@class='facts']") == ["3 more come up when these are answered."]


@pytest.mark.usefixtures("board")
def test_the_board_of_the_day_leads_to_quick_entry_and_to_its_cards() -> None:
    links = {link.get("aria-label"): link.get("href") for link in desk().all("table//a")}
    assert links["Saturday 09:00–10:00, Elm: free"] == f"/{EVENT}/desk/enter/?cell={cell('elm 09:00')}"
    assert links["Saturday 09:00–10:00, Oak: Knit"] == f"/{EVENT}/cards/{titled('Knit').code}/edit/"
    assert links["Saturday 10:00–11:00, Oak: lunch"] == f"/{EVENT}/cells/{cell('oak 10:00')}/"


@pytest.mark.usefixtures("board")
def test_the_desk_speaks_the_readers_language() -> None:
    visitor = with_role(Role.HELPER)
    assert [page.get("dir") for page in Sheet(visitor, f"{DESK}?lang=ar").all("html")] == ["rtl"]


def drawn_card(title: str) -> Card:
    """The drawn card of that title, whether its title can be read or not."""
    return now().cards[title.upper().ljust(6, "0")]
