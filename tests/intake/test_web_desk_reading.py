"""What somebody has to read or to look after on the desk's list: reports, hidden texts, new hosts, what is on."""

import pytest
from django.conf import LazySettings
from tests.drawing import EVENT, cell
from tests.intake.desk import DESK, KEPT_BY_THE_DESK, Sheet, desk, done, furnish_the_present, told_of, with_role
from tests.intake.event import choose, furnish, now, titled

from openspaces.board.moves import ApproveCard, EditCard, SetCaution, ShieldCard, WriteCard
from openspaces.board.read import reports
from openspaces.board.state import Card
from openspaces.board.vocabulary import Cell, Standing
from openspaces.board.voices import What
from openspaces.people.who import Role, Who

WHOSE = "ul[@id='items']/li/p[@class='whose']"
"""Where an item says which card is to be read, and whose it is."""


@pytest.fixture
def board(database: None, settings: LazySettings) -> None:
    settings.LIMITS = False
    furnish()
    choose(KEPT_BY_THE_DESK)


@pytest.fixture
def bare(database: None, settings: LazySettings) -> None:
    settings.LIMITS = False


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
def test_ideas_go_with_everything_of_the_device_that_left_them() -> None:
    for title in ("Buy", "Buy more"):
        done(WriteCard(title=title, idea=True), Who("eve"))
    told_of("Buy", 1)
    desk().press("Remove all 2 cards of this device", reason="Spam")
    assert [card.standing for card in now().in_order()[-2:]] == [Standing.REMOVED] * 2


@pytest.mark.usefixtures("board")
def test_ideas_that_staff_noted_for_others_go_alone() -> None:
    helper = with_role(Role.HELPER)
    for title in ("One", "Other"):
        helper.send("cards/new/", title=title, idea="1")
    told_of("One", 1)
    assert [name for name in desk().buttons if name.startswith("Remove")] == ["Remove it"]


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
    sheet = desk()
    assert sheet.items == ["A card is hidden until somebody has read it."]
    assert sheet.texts(WHOSE) == ["“Talk”"]


@pytest.mark.usefixtures("board")
def test_a_new_hosts_card_is_read_and_may_stand() -> None:
    done(SetCaution(hold=True))
    done(WriteCard(title="My first", host="Nan", handle="@nan"), Who("newcomer"))
    sheet = desk()
    assert sheet.items[0] == "A new host's card waits until somebody has read it."
    assert sheet.texts(WHOSE) == ["“My first” by Nan @nan"]
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


def drawn_card(title: str) -> Card:
    """The drawn card of that title, whether its title can be read or not."""
    return now().cards[title.upper().ljust(6, "0")]
