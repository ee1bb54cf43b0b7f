"""One card at the desk: how it stands, everything that may be done with it, what it said; and finding it."""

import pytest
from django.conf import LazySettings
from tests.drawing import EVENT, cell, cells
from tests.intake.desk import KEPT_BY_THE_DESK, Sheet, claim, done, with_role
from tests.intake.event import choose, furnish, now, titled

from openspaces.board.moves import (
    CloseCell,
    EditCard,
    MoveCard,
    RefuseClaim,
    ShieldCard,
    TakeDown,
    WriteCard,
)
from openspaces.board.vocabulary import Cause, Standing
from openspaces.intake.web.desk.versions import Piece, differences
from openspaces.people.keys import card_key
from openspaces.people.who import Role, Who


@pytest.fixture(autouse=True)
def board(database: None, settings: LazySettings) -> None:
    settings.LIMITS = False
    furnish()


def desk(title: str = "Knit", role: Role = Role.FACILITATOR) -> Sheet:
    return Sheet(with_role(role), f"/{EVENT}/desk/cards/{titled(title).code}/")


def states(sheet: Sheet) -> list[str]:
    return sheet.texts("ul[@class='states']/li")


# On the board


def test_a_card_is_moved_to_a_free_cell() -> None:
    sheet = desk().press("Fir, 09:00–10:00")
    assert sheet.told == "“Knit” moved: Saturday 09:00–10:00, Fir."
    assert states(sheet) == ["Saturday 09:00–10:00, Fir"]


def test_a_card_is_moved_and_made_longer() -> None:
    desk().press("Fir, 09:00–10:00", slots="2")
    assert titled("Knit").cells == cells("fir 09:00", "fir 10:00")


def test_a_planned_card_is_placed_elsewhere_with_its_place() -> None:
    done(WriteCard(title="Yoga"), Who("dan"))
    assert desk("Yoga").press("Elsewhere, 09:00–10:00", where="Lawn").told == (
        "“Yoga” is on the board: Saturday 09:00–10:00, Lawn."
    )


@pytest.mark.parametrize(
    ("button", "typed", "says"),
    [
        ("Elsewhere, 09:00–10:00", {}, "Write where it is, so that people find you."),
        ("Fir, 09:00–10:00", {"slots": "9"}, "Choose a number from 1 to 3: there are no more hours in a row here."),
        ("Fir, 09:00–10:00", {"slots": "x"}, "Choose a number from 1 to 3: there are no more hours in a row here."),
        ("Change places", {}, "Choose the other card."),
        ("Make this card part of the other", {"other": "NOCARD"}, "Choose the other card."),
        ("Open a contest between them", {}, "Choose the other card."),
        ("Offer the ticked cells", {}, "Tick the cells that you offer."),
        ("Hide it until it is settled", {}, "Write why: the board shows it to everyone."),
        ("Remove this card", {"reason": "x" * 201}, "Shorten this to 200 letters."),
    ],
)
def test_what_a_button_lacks_is_said(button: str, typed: dict[str, str], says: str) -> None:
    before = now().number
    sheet = desk().press(button, **typed)
    assert (sheet.status, sheet.told, now().number) == (422, says, before)


def test_a_cell_that_is_lost_meanwhile_is_named() -> None:
    sheet = desk()
    done(WriteCard(title="Fast", cells=cells("fir 09:00")), Who("fast"))
    sheet.press("Fir, 09:00–10:00")
    assert (sheet.status, sheet.told) == (409, "“Fast” holds Fir at 09:00.")


def test_taking_down_and_withdrawing_can_be_undone() -> None:
    sheet = desk().press("Take it down")
    assert states(sheet) == ["planned, not on the board yet"]
    sheet.press("Withdraw it")
    assert states(sheet) == ["withdrawn"]
    sheet.press("Undo")
    assert states(sheet) == ["planned, not on the board yet"]


def test_full_and_room_again_and_still_on() -> None:
    sheet = desk().press("The room is full").press("It is still on")
    assert states(sheet) == ["Saturday 09:00–10:00, Oak", "full", "still on, says its host"]
    assert states(sheet.press("There is room again")) == ["Saturday 09:00–10:00, Oak", "still on, says its host"]


def test_nobody_there_can_be_said_only_while_it_runs() -> None:
    assert "Nobody is there: free the room" not in desk().buttons


# With others


def test_two_cards_change_places() -> None:
    sheet = desk().press("Change places", other=titled("Talk").code)
    assert sheet.told == "“Knit” and “Talk” changed places."
    assert (titled("Knit").cells, titled("Talk").cells) == (cells("elm 10:00"), cells("oak 09:00"))


def test_two_cards_become_one_and_two_again() -> None:
    sheet = desk().press("Make this card part of the other", other=titled("Talk").code)
    assert states(sheet) == ["now part of “Talk”"]
    assert states(desk("Talk")) == ["Saturday 10:00–11:00, Elm", "made of this and Knit"]
    sheet.press("Make it a card of its own again")
    assert states(sheet) == ["planned, not on the board yet"]


def test_a_contest_is_about_the_cell_that_the_card_holds() -> None:
    sheet = desk().press("Open a contest between them", other=titled("Talk").code)
    (contest,) = now().contests.values()
    assert (contest.cell, contest.cards) == (cell("oak 09:00"), (titled("Knit").code, titled("Talk").code))
    assert states(sheet) == ["Saturday 09:00–10:00, Oak", "stands in a contest for Saturday 09:00–10:00, Oak"]


def test_a_contest_is_about_the_cell_of_the_other_where_the_card_has_none() -> None:
    done(WriteCard(title="Yoga"), Who("dan"))
    desk("Yoga").press("Open a contest between them", other=titled("Talk").code)
    assert [contest.cell for contest in now().contests.values()] == [cell("elm 10:00")]


def test_two_cards_that_want_nothing_do_not_contend() -> None:
    done(WriteCard(title="Yoga"), Who("dan"))
    done(WriteCard(title="Chess"), Who("eve"))
    sheet = desk("Yoga").press("Open a contest between them", other=titled("Chess").code)
    assert sheet.told == "Neither of the two cards holds or asks for a cell, so there is nothing to contend for."


def test_cells_are_offered_with_a_word() -> None:
    offered = " ".join(map(str, cells("fir 09:00", "elm 09:00")))
    done(TakeDown(card=titled("Knit").code))
    sheet = desk().press("Offer the ticked cells", cell=offered, reason="Oak is loud")
    notice = titled("Knit").notice
    assert notice is not None
    assert (notice.cause, notice.offered, notice.reason) == (
        Cause.OFFER,
        cells("fir 09:00", "elm 09:00"),
        "Oak is loud",
    )
    assert states(sheet)[-1] == "is offered another cell than Saturday 09:00–10:00, Fir"


# How it stands


def test_a_claim_and_its_refusal_are_said() -> None:
    choose(KEPT_BY_THE_DESK)
    claim("Yoga", cell("elm 09:00"))
    assert [said.partition(", since")[0] for said in states(desk("Yoga"))] == ["asks for Saturday 09:00–10:00, Elm"]
    done(RefuseClaim(card=titled("Yoga").code, reason="Too loud"))
    assert states(desk("Yoga"))[-1] == "was refused Saturday 09:00–10:00, Elm: Too loud"


def test_a_lost_place_is_said() -> None:
    done(CloseCell(cells=cells("oak 09:00"), reason="Fire"))
    assert states(desk()) == ["looks for a new room", "lost Saturday 09:00–10:00, Oak: Fire"]


# Hiding and removing


def test_a_hidden_card_shows_its_true_words_to_staff_alone() -> None:
    sheet = desk().press("Hide it until it is settled", reason="Rude")
    assert (now().cards[code_of("knit")].words.title, sheet.texts("h1")) == ("[…]", ["Knit"])
    assert states(sheet)[0] == "hidden from the public"
    sheet.press("Approve it: everyone may read it")
    assert (titled("Knit").standing, sheet.texts("h1")) == (Standing.APPROVED, ["Knit"])


def code_of(hand: str) -> str:
    (found,) = [card.code for card in now().cards.values() if card.hand == "ada"]
    return found


def test_a_facilitator_removes_a_card_with_a_reason() -> None:
    sheet = desk().press("Remove this card", reason="Spam")
    assert states(sheet) == ["removed", "withdrawn"]
    assert "Edit its words" not in sheet.texts("a")


def test_everything_of_one_device_is_removed_in_one_step() -> None:
    done(WriteCard(title="Spam"), Who("ada"))
    desk().press("Remove all 2 cards of this device", reason="Spam")
    assert [card.standing for card in now().cards_of("ada")] == [Standing.REMOVED] * 2
    assert titled("Talk").standing is Standing.LIVE


def test_a_helper_is_told_whom_to_call() -> None:
    sheet = desk(role=Role.HELPER)
    assert not {"Remove this card", "Back to this"} & set(sheet.buttons)
    assert sheet.texts("section[@id='rules']/p[@class='notice']") == [
        "Removing a card takes a facilitator or an organiser. Hide it, and call one."
    ]


# What it was


def test_everything_that_happened_stands_there_newest_first() -> None:
    done(MoveCard(card=titled("Knit").code, cells=cells("fir 09:00")))
    done(ShieldCard(card=titled("Knit").code, reason="Rude"))
    sheet = Sheet(with_role(Role.HELPER), f"/{EVENT}/desk/cards/{code_of('knit')}/")
    said = sheet.all("section[@id='history']//li/div/p")
    assert ["".join(p.itertext()) for p in said if p.get("class") != "facts"] == [
        "A card is hidden until somebody has read it",
        "Rude",
        "“Knit” moved: Saturday 09:00–10:00, Fir",
        "“Knit” is on the board: Saturday 09:00–10:00, Oak",
        "New card: “Knit”",
    ]


def test_a_card_is_put_back_to_a_moment() -> None:
    card = titled("Knit")
    done(EditCard(card=card.code, seen=card.edited, text="Bring wool"))
    good = now().number
    done(EditCard(card=card.code, seen=good, title="Defaced"))
    done(MoveCard(card=card.code, cells=cells("fir 11:00")))
    sheet = desk("Defaced").press(f"Back to how it was at no. {good}")
    assert sheet.texts("h1") == ["Knit"]
    assert (titled("Knit").words.text, titled("Knit").cells) == ("Bring wool", cells("oak 09:00"))


def test_each_version_shows_what_is_new_in_it() -> None:
    card = titled("Knit")
    done(EditCard(card=card.code, seen=card.edited, title="Knit together", text="Bring wool"))
    sheet = desk("Knit together")
    pieces = [(tag, said) for tag in ("ins", "del") for said in sheet.texts(f"section[@id='words']//{tag}")]
    assert pieces == [("ins", "together"), ("ins", "Bring wool")]
    assert len(sheet.all("section[@id='words']/ol/li")) == 2


def test_old_words_come_back_and_the_card_stays_where_it_is() -> None:
    card = titled("Knit")
    done(EditCard(card=card.code, seen=card.edited, title="Defaced"))
    done(MoveCard(card=card.code, cells=cells("fir 11:00")))
    sheet = desk("Defaced", Role.HELPER)
    (button,) = [name for name in sheet.buttons if name.startswith("Back to the words of")]
    sheet.press(button)
    assert titled("Knit").cells == cells("fir 11:00")


def test_hiding_and_showing_make_no_version() -> None:
    desk().press("Hide it until it is settled", reason="Rude").press("Approve it: everyone may read it")
    assert len(desk().all("section[@id='words']/ol/li")) == 1


@pytest.mark.parametrize(
    ("before", "after", "pieces"),
    [
        ("", "Knit", [Piece("in", "Knit")]),
        ("Knit", "", [Piece("out", "Knit")]),
        ("Knit a scarf", "Knit a hat", [Piece("same", "Knit a "), Piece("out", "scarf"), Piece("in", "hat")]),
        ("a b", "a  b", [Piece("same", "a"), Piece("out", " "), Piece("in", "  "), Piece("same", "b")]),
        ("बुनाई करें", "बुनाई सीखें", [Piece("same", "बुनाई "), Piece("out", "करें"), Piece("in", "सीखें")]),
    ],
)
def test_texts_differ_word_by_word(before: str, after: str, pieces: list[Piece]) -> None:
    assert differences(before, after) == pieces


def test_the_edit_link_stands_there_for_its_host() -> None:
    code = titled("Knit").code
    link = f"https://board.example/{EVENT}/cards/{code}/edit/#{card_key(EVENT, code)}"
    assert desk().values("input[@id='edit-link']") == [link]


@pytest.mark.parametrize("code", ["NOCARD", "x", "%3Cb%3E"])
def test_a_card_that_is_not_there_is_not_found(code: str) -> None:
    assert with_role(Role.HELPER).answer(f"desk/cards/{code}/").status_code == 404


@pytest.mark.parametrize("do", ["", "nonsense", "restore", "words"])
def test_a_button_that_the_desk_does_not_know_does_nothing(do: str) -> None:
    before = now().number
    page = with_role(Role.FACILITATOR).send(f"desk/cards/{titled('Knit').code}/", do=do, number="x")
    assert (page.status_code, now().number) == (422, before)


# Search


def found(typed: str) -> list[str]:
    sheet = Sheet(with_role(Role.HELPER), f"/{EVENT}/desk/search/?q={typed}")
    return sheet.texts("main//li//a")


@pytest.fixture
def written(board: None) -> None:
    done(WriteCard(title="Straße der Wolle", text="Stricken", host="Åsa Ek", handle="@asa"), Who("asa"))
    done(WriteCard(title="Hidden", text="verily rude"), Who("eve"))
    done(ShieldCard(card=titled("Hidden").code, reason="Rude"))


@pytest.mark.usefixtures("written")
@pytest.mark.parametrize(
    ("typed", "titles"),
    [
        ("knit", ["Knit"]),
        ("STRASSE", ["Straße der Wolle"]),
        ("wolle+stricken", ["Straße der Wolle"]),
        ("wolle+knit", []),
        ("åsa", ["Straße der Wolle"]),
        ("A\u030asa", ["Straße der Wolle"]),
        ("@asa", ["Straße der Wolle"]),
        ("verily", ["Hidden"]),
        ("", ["Hidden", "Straße der Wolle", "Run", "Talk", "Knit"]),
    ],
)
def test_cards_are_found_by_any_of_their_words(typed: str, titles: list[str]) -> None:
    assert found(typed) == titles


def test_a_code_finds_its_card_first() -> None:
    code = titled("Knit").code
    done(WriteCard(title=f"About {code}"), Who("eve"))
    assert found(code.lower()) == ["Knit", f"About {code}"]


@pytest.mark.usefixtures("written")
def test_a_hidden_card_is_marked_among_the_found() -> None:
    sheet = Sheet(with_role(Role.HELPER), f"/{EVENT}/desk/search/?q=verily")
    assert sheet.texts("main//li//strong") == ["hidden"]


def test_many_cards_are_not_all_shown() -> None:
    for number in range(61):
        done(WriteCard(title=f"Many {number}"), Who("eve"))
    sheet = Sheet(with_role(Role.HELPER), f"/{EVENT}/desk/search/?q=many")
    assert (len(sheet.all("main//li")), sheet.texts("p[@class='soft']")) == (60, ["and 1 more"])
