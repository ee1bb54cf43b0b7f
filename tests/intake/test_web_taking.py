"""Taking a cell with the plain form: what the page shows, and everything that can come of pressing the button."""

from collections.abc import Iterator

import pytest
from django.conf import settings
from django.test import Client
from tests.drawing import EVENT, cell
from tests.hostile import HOSTILE, NOTHING, TOO_LONG
from tests.intake.event import Visitor, at, choose, furnish, now, organiser, titled, titles
from tests.intake.pages import Page

from openspaces.board.moves.cells import CloseCell
from openspaces.board.play import play
from openspaces.board.state import Policy
from openspaces.board.vocabulary import Placing
from openspaces.people.asking import COOKIE
from openspaces.people.keys import card_key
from openspaces.people.who import PROGRAM

TAKE = "Put my card on the board"
DRAWN_TITLES = ["Knit", "Talk", "Run"]


@pytest.fixture(autouse=True)
def board(database: None) -> Iterator[None]:
    furnish()
    limited, settings.LIMITS = settings.LIMITS, False
    yield
    settings.LIMITS = limited


# The page of a cell


def test_a_free_cell_is_a_form_with_the_fields_of_a_card() -> None:
    page = Visitor().get(at("elm 09:00"))
    assert page.status == 200
    assert page.headings[0] == "Saturday 09:00–10:00, Elm"
    assert set(page.fields) == {"key", "title", "text", "host", "handle", "link"}
    assert page.buttons == {TAKE: {"class": "button"}}


def test_several_slots_are_offered_only_where_they_are_free() -> None:
    assert Visitor().get(at("elm 09:00")).choices == []
    assert Visitor().get(at("fir 09:00")).choices == [
        "09:00–10:00 (1 slot)",
        "09:00–11:00 (2 slots)",
        "09:00–12:00 (3 slots)",
    ]


def test_elsewhere_asks_where_it_is_and_shows_who_is_there() -> None:
    page = Visitor().get(at("elsewhere 11:00"))
    assert "where" in page.fields
    assert page.links["Run"] == f"/{EVENT}/cards/{titled('Run').code}/"
    assert page.buttons == {TAKE: {"class": "button"}}


def test_a_taken_cell_shows_its_card_and_what_is_free_near_by() -> None:
    page = Visitor().get(at("oak 09:00"))
    assert page.links["Knit"] == f"/{EVENT}/cards/{titled('Knit').code}/"
    assert [page.links[name] for name in ("Elm", "Fir", "11:00–12:00")] == [
        f"/{EVENT}/{at(name)}" for name in ("elm 09:00", "fir 09:00", "oak 11:00")
    ]
    assert page.fields == {}


def test_a_closed_cell_says_why() -> None:
    page = Visitor().get(at("oak 10:00"))
    assert page.notices == ["Oak is closed at 10:00: lunch."]
    assert page.links["Fir"] == f"/{EVENT}/{at('fir 10:00')}"
    assert page.fields == {}


@pytest.mark.parametrize("written", ["oak@0517-0930", "attic@0517-0900", "oak", "%3Cscript%3E", "oak@0517-0900x"])
def test_a_cell_that_the_board_has_not_is_not_found(written: str) -> None:
    page = Visitor().get(f"cells/{written}/")
    assert (page.status, page.links["To the board"]) == (404, f"/{EVENT}/")


def test_an_event_that_is_not_here_is_not_found() -> None:
    page = Page(Client().get("/nowhere/cells/oak@0517-0900/"))  # type: ignore[arg-type]
    assert (page.status, page.links["To the events"]) == (404, "/")


def test_looking_sets_no_cookie() -> None:
    answer = Visitor().answer(at("elm 09:00"))
    assert answer.cookies == {}
    assert answer["Cache-Control"] == "private, no-cache"


# Taking it


def test_a_card_is_on_the_board_with_a_title_alone() -> None:
    page = Visitor().post(at("elm 09:00"), title="Chess")
    assert page.successes == ["It's up: Saturday 09:00–10:00, Elm. Chess See it on the board"]
    assert titled("Chess").cells == (cell("elm 09:00"),)


def test_everything_that_was_typed_is_on_the_card() -> None:
    typed = {"title": "Chess", "text": "Fast\n\ngames", "host": "Eve", "handle": "@eve", "link": "https://a.example/x"}
    Visitor().post(at("elm 09:00"), **typed)
    assert titled("Chess").words.as_said() == {**typed, "wish": ""}


def test_the_page_after_it_gives_the_edit_link_its_qr_and_its_key() -> None:
    page = Visitor().post(at("elm 09:00"), title="Chess")
    code = titled("Chess").code
    link = f"https://board.example/{EVENT}/cards/{code}/edit/#{card_key(EVENT, code)}"
    assert page.source.count(f'value="{link}"') == 1
    assert page.source.count(f'dir="ltr">{card_key(EVENT, code)}<') == 1
    assert page.source.count('src="data:image/svg+xml') == 1
    assert page.source.count(f'value="https://board.example/{EVENT}/cards/{code}/"') == 1


def test_the_first_write_gives_the_device_its_cookie() -> None:
    answer = Visitor().send(at("elm 09:00"), title="Chess")
    cookie = answer.cookies[COOKIE]
    assert (cookie["httponly"], cookie["samesite"], cookie["path"]) == (True, "Lax", "/")
    code = titled("Chess").code
    assert answer["Location"] == f"/{EVENT}/cards/{code}/edit/?placed=1"


def test_the_cookie_is_secure_where_the_page_was() -> None:
    answer = Client().post(f"/{EVENT}/{at('elm 09:00')}", {"title": "Chess"}, secure=True)
    assert answer.cookies[COOKIE]["secure"] is True


def test_a_known_device_keeps_its_cookie() -> None:
    visitor = Visitor()
    visitor.send(at("elm 09:00"), title="Chess")
    assert visitor.send(at("fir 11:00"), title="More chess").cookies == {}
    assert titled("Chess").hand == titled("More chess").hand


def test_a_card_takes_two_slots_in_a_row() -> None:
    page = Visitor().post(at("fir 09:00"), title="Chess", slots="2")
    assert page.successes[0].startswith("It's up: Saturday 09:00–11:00, Fir.")
    assert titled("Chess").cells == (cell("fir 09:00"), cell("fir 10:00"))


def test_elsewhere_holds_one_more_with_its_place_written_in() -> None:
    page = Visitor().post(at("elsewhere 11:00"), title="Chess", where="On the lawn")
    assert page.successes[0].startswith("It's up: Saturday 11:00–12:00, On the lawn.")


# One card only


def test_whoever_holds_the_card_in_a_cell_is_led_to_edit_it() -> None:
    visitor = Visitor()
    visitor.send(at("elm 09:00"), title="Chess")
    edit = f"/{EVENT}/cards/{titled('Chess').code}/edit/"
    assert visitor.get(at("elm 09:00")).links["Edit or move it"] == edit
    assert "Edit or move it" not in Visitor().get(at("elm 09:00")).links


def test_two_taps_make_one_card_and_both_open_it() -> None:
    key = Visitor().get(at("elm 09:00")).fields["key"]
    pages = [Visitor().post(at("elm 09:00"), title="Chess", key=key) for _ in range(2)]
    assert [page.successes[0] for page in pages] == [
        "It's up: Saturday 09:00–10:00, Elm. Chess See it on the board"
    ] * 2
    assert titles() == [*DRAWN_TITLES, "Chess"]


def test_a_key_that_somebody_made_up_gives_no_strangers_card() -> None:
    mine, yours = (Visitor().post(at("elsewhere 09:00"), title="Chess", where="Lawn", key="abc") for _ in range(2))
    assert (mine.successes == [], yours.headings) == (False, ["Is this your card?"])


def test_the_same_form_with_other_words_asks_before_it_makes_one_more() -> None:
    visitor = Visitor()
    key = visitor.get(at("elm 09:00")).fields["key"]
    visitor.send(at("elm 09:00"), title="Chess", key=key)
    again = visitor.post(at("fir 11:00"), title="More chess", key=key)
    assert again.status == 409
    assert again.refusals == ["This form has already put up “Chess”. Press the button again to put up one more card."]
    assert again.fields["title"] == "More chess"
    visitor.post(at("fir 11:00"), title="More chess", key=again.fields["key"])
    assert titles() == [*DRAWN_TITLES, "Chess", "More chess"]


@pytest.mark.parametrize("key", ["", "x" * 500, "nul\0", "ключ"])
def test_a_strange_key_is_no_key(key: str) -> None:
    assert Visitor().send(at("elm 09:00"), title="Chess", key=key).status_code == 303


# Lost


def lost_to_knitting(visitor: Visitor, **more: str) -> Page:
    typed = {"title": "Chess", "text": "Fast\ngames", "host": "Eve", "handle": "@eve", "link": "a.example"}
    return visitor.post(at("oak 09:00"), **typed, **more)


def test_a_cell_lost_while_writing_says_to_whom_and_keeps_every_word() -> None:
    page = lost_to_knitting(Visitor())
    assert page.status == 409
    assert page.refusals[0].startswith("“Knit” took Oak at 09:00 while you were writing.")
    kept = {name: page.fields[name] for name in ("title", "text", "host", "handle", "link")}
    assert kept == {"title": "Chess", "text": "Fast\ngames", "host": "Eve", "handle": "@eve", "link": "a.example"}
    assert titles() == DRAWN_TITLES


def test_one_tap_on_an_offer_puts_the_card_there() -> None:
    visitor = Visitor()
    page = lost_to_knitting(visitor)
    offers = {name: given["formaction"] for name, given in page.buttons.items() if "formaction" in given}
    assert offers == {
        "Elm": f"/{EVENT}/{at('elm 09:00')}",
        "Fir": f"/{EVENT}/{at('fir 09:00')}",
        "Elsewhere": f"/{EVENT}/{at('elsewhere 09:00')}",
        "11:00–12:00": f"/{EVENT}/{at('oak 11:00')}",
    }
    visitor.post(offers["Fir"], **page.fields)
    assert titled("Chess").cells == (cell("fir 09:00"),)
    assert titled("Chess").words.text == "Fast\ngames"


def test_two_taps_on_two_offers_make_one_card() -> None:
    visitor = Visitor()
    page = lost_to_knitting(visitor)
    visitor.send(at("fir 09:00"), **page.fields)
    assert visitor.post(at("elm 09:00"), **page.fields).status == 409
    assert titles() == [*DRAWN_TITLES, "Chess"]


def test_a_cell_closed_while_writing_says_why() -> None:
    page = Visitor().post(at("oak 10:00"), title="Chess")
    assert page.status == 409
    assert page.refusals[0].startswith("Oak is closed at 10:00: lunch.")


def test_a_host_who_is_somewhere_else_then_is_asked_and_may_confirm() -> None:
    visitor = Visitor()
    visitor.send(at("elm 09:00"), title="Chess")
    page = visitor.post(at("fir 09:00"), title="More chess")
    assert page.status == 409
    assert page.refusals[0].startswith("Your card “Chess” is in Elm from 09:00 to 10:00. Can you be at both?")
    anyway = page.buttons["Put it there anyway"]
    visitor.post(at("fir 09:00"), **page.fields, **{anyway["name"]: anyway["value"]})
    assert titled("More chess").cells == (cell("fir 09:00"),)


def test_too_many_cards_names_those_there_are() -> None:
    choose(Policy(cards_per_host=1))
    visitor = Visitor()
    visitor.send(at("elm 09:00"), title="Chess")
    page = visitor.post(at("fir 11:00"), title="More chess")
    said = "Here each host may have 1 card on the board. Yours: “Chess”. Take one down first."
    assert (page.status, page.refusals[0]) == (409, said)
    opened = visitor.get(at("fir 11:00"))
    assert (opened.notices, "title" in opened.fields) == ([said], False)
    assert opened.buttons["Move here: Chess"]["value"] == str(cell("fir 11:00"))


# Wrong


@pytest.mark.parametrize("title", NOTHING.values(), ids=NOTHING.keys())
def test_a_card_without_a_title_is_not_taken(title: str) -> None:
    page = Visitor().post(at("elm 09:00"), title=title, text="kept")
    said = "Write a title: a few words that say what it is about."
    assert (page.status, page.wrong) == (422, {"title": said})
    assert page.refusals == [f"Please look at this again {said}"]
    assert page.links[said] == "#title"
    assert page.fields["text"] == "kept"


@pytest.mark.parametrize("title", TOO_LONG.values(), ids=TOO_LONG.keys())
def test_a_title_that_is_too_long_is_not_taken(title: str) -> None:
    page = Visitor().post(at("elm 09:00"), title=title)
    assert (page.status, page.wrong) == (422, {"title": "Shorten this to 80 letters."})


def test_every_wrong_field_is_named_at_once_and_keeps_what_was_typed() -> None:
    page = Visitor().post(at("elm 09:00"), title="", text="x" * 401, link="javascript:alert(1)")
    assert page.wrong == {
        "title": "Write a title: a few words that say what it is about.",
        "text": "Shorten this to 400 letters.",
        "link": "Write a whole web address that begins with https://, or leave it empty.",
    }
    assert (page.fields["text"], page.fields["link"]) == ("x" * 401, "javascript:alert(1)")


def test_elsewhere_without_a_place_is_not_taken() -> None:
    page = Visitor().post(at("elsewhere 09:00"), title="Chess")
    assert (page.status, page.wrong) == (422, {"where": "Write where it is, so that people find you."})


@pytest.mark.parametrize("slots", ["0", "2", "-1", "two", "99999", "²"])
def test_more_slots_than_there_are_is_not_taken(slots: str) -> None:
    page = Visitor().post(at("fir 11:00"), title="Chess", slots=slots)
    assert (page.status, titles()) == (422, DRAWN_TITLES)


@pytest.mark.parametrize("title", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_words_stay_words(title: str) -> None:
    visitor = Visitor()
    clean = [script for script in visitor.get(at("elm 09:00")).scripts if script]
    lost = visitor.post(at("oak 09:00"), title=title, text=title, host=title, handle=title)
    assert (lost.status, lost.scripts.count(title)) == (409, 0)
    visitor.send(at("elm 09:00"), title=title, text=title, host=title, handle=title)
    card = now().in_order()[-1]
    page = visitor.get(f"cards/{card.code}/edit/")
    assert page.fields["title"] == card.words.title
    assert page.fields["text"] == card.words.text
    assert [script for script in page.scripts if script] == clean == []
    assert visitor.get(at("elm 09:00")).links[" ".join(card.words.title.split())] == f"/{EVENT}/cards/{card.code}/"


# Closing


def test_staff_close_and_reopen_a_cell() -> None:
    staff = organiser()
    assert staff.get(at("elm 09:00")).buttons["Close it"] == {"class": "button-danger"}
    closed = staff.post(at("elm 09:00"), do="close", reason="Rehearsal")
    assert closed.notices == ["Elm is closed at 09:00: Rehearsal."]
    assert list(closed.buttons) == ["Reopen this cell"]
    reopened = staff.post(at("elm 09:00"), do="reopen")
    assert TAKE in reopened.buttons


def test_a_closure_needs_a_reason() -> None:
    page = organiser().post(at("elm 09:00"), do="close", reason=" ")
    assert (page.status, page.wrong) == (422, {"reason": "Write why: the board shows it to everyone."})


def test_a_cell_under_a_card_is_closed_and_the_page_says_before_who_loses_it() -> None:
    staff = organiser()
    page = staff.get(at("oak 09:00"))
    assert page.source.count("These cards lose it, and their hosts are offered others: <bdi>“Knit”</bdi>") == 1
    closed = staff.post(at("oak 09:00"), do="close", reason="Rehearsal")
    assert closed.notices == ["Oak is closed at 09:00: Rehearsal."]
    assert (titled("Knit").cells, titled("Knit").owed) == ((), True)


def test_an_attendee_closes_and_reopens_nothing() -> None:
    assert Visitor().post(at("elm 09:00"), do="close", reason="Mine").status == 403
    assert Visitor().post(at("oak 10:00"), do="reopen").status == 403
    assert "Close it" not in Visitor().get(at("elm 09:00")).buttons


def test_staff_may_take_what_hosts_may_not() -> None:
    choose(Policy(placing=Placing.FACILITATORS))
    page = organiser().post(at("elm 09:00"), title="Chess")
    assert page.successes[0].startswith("It's up")


def test_a_closed_cell_offers_what_is_free_at_that_moment() -> None:
    assert play(EVENT, CloseCell(cells=(cell("fir 10:00"),), reason="x"), by=PROGRAM).refusal is None
    assert "Fir" not in Visitor().get(at("oak 10:00")).links
