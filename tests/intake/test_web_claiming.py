"""Asking for a cell with the plain form: where the facilitator places cards, and where others have or want the cell."""

from collections.abc import Iterator

import pytest
from django.conf import settings
from tests.drawing import EVENT, cell
from tests.intake.event import Visitor, at, choose, furnish, now, organiser, titled, titles
from tests.intake.pages import Page

from openspaces.board.moves import FreezeBoard, RefuseClaim, SetCaution
from openspaces.board.play import play
from openspaces.board.state import Policy
from openspaces.board.vocabulary import Competing, Placing
from openspaces.people.who import PROGRAM

ASK = "Ask for this hour"
VOTE = "Ask for it all the same: a vote of 30 minutes decides"
DESK = Policy(placing=Placing.FACILITATORS, competing=Competing.CONTEST)
DESK_REFUSES = Policy(placing=Placing.FACILITATORS)
HOSTS = Policy(competing=Competing.CONTEST)
TIE = "If two cards have as many votes, a lot decides, and anybody can check it afterwards."


@pytest.fixture(autouse=True)
def board(database: None) -> Iterator[None]:
    furnish()
    limited, settings.LIMITS = settings.LIMITS, False
    yield
    settings.LIMITS = limited


def claimed_by_ada(name: str = "elm 09:00") -> Visitor:
    """Ada, whose card Chess asks for a cell."""
    ada = Visitor()
    ada.send(at(name), title="Chess", host="Ada")
    assert titled("Chess").claim is not None
    return ada


def edit_of(title: str) -> str:
    return f"cards/{titled(title).code}/edit/"


# Where the facilitator places cards


def test_the_form_asks_for_the_hour() -> None:
    choose(DESK)
    page = Visitor().get(at("elm 09:00"))
    assert page.notices == [
        "Here the facilitator puts cards on the board. Ask for this hour: your card's page says what they answer."
    ]
    assert list(page.buttons) == [ASK]


def test_card_and_claim_are_one_step_and_the_page_says_what_happens_next() -> None:
    choose(DESK)
    page = Visitor().post(at("elm 09:00"), title="Chess", text="Fast games", host="Ada")
    card = titled("Chess")
    assert card.claim is not None
    assert (card.claim.placement.cells, card.cells) == ((cell("elm 09:00"),), ())
    assert page.headings[0] == "You asked for it. What happens next:"
    assert page.needs == {
        "claim": "You asked for Saturday 09:00–10:00, Elm. The facilitator decides, and this page says what they "
        "answer. Until then you can ask for another hour. Ask for it no longer"
    }


def test_two_hours_are_asked_for_in_one_step() -> None:
    choose(DESK)
    Visitor().send(at("fir 09:00"), title="Chess", slots="2")
    claim = titled("Chess").claim
    assert claim is not None
    assert claim.placement.cells == (cell("fir 09:00"), cell("fir 10:00"))


def test_elsewhere_is_asked_for_with_its_place() -> None:
    choose(DESK)
    assert Visitor().post(at("elsewhere 09:00"), title="Chess").wrong == {
        "where": "Write where it is, so that people find you."
    }
    Visitor().send(at("elsewhere 09:00"), title="Chess", where="Lawn")
    claim = titled("Chess").claim
    assert claim is not None
    assert claim.placement.where == "Lawn"


def test_a_card_that_is_there_already_asks_for_it() -> None:
    choose(DESK)
    ada = Visitor()
    ada.send("cards/new/", title="Chess")
    page = ada.get(at("elm 09:00"))
    asks = page.buttons["Ask for it: Chess"]
    done = ada.post(edit_of("Chess"), **page.form("do"), **{asks["name"]: asks["value"]})
    assert done.needs["claim"].startswith("You asked for Saturday 09:00–10:00, Elm.")


def test_a_host_asks_for_another_hour_instead() -> None:
    choose(DESK)
    ada = claimed_by_ada()
    ada.send(edit_of("Chess"), do="claim", cell=str(cell("fir 11:00")))
    claim = titled("Chess").claim
    assert claim is not None
    assert claim.placement.cells == (cell("fir 11:00"),)


def test_a_host_asks_for_it_no_longer() -> None:
    choose(DESK)
    page = claimed_by_ada().post(edit_of("Chess"), do="drop-claim")
    assert page.headings[0] == "You ask for it no longer. Everything you wrote is kept here."
    assert (titled("Chess").claim, page.needs) == (None, {})


def test_a_claim_that_is_refused_says_why_and_offers_others() -> None:
    choose(DESK)
    ada = claimed_by_ada()
    assert play(EVENT, RefuseClaim(card=titled("Chess").code, reason="Too loud"), by=PROGRAM).refusal is None
    page = ada.get(edit_of("Chess"))
    assert page.needs["lost"].startswith("You do not get Saturday 09:00–10:00, Elm: Too loud.")
    ada.send(edit_of("Chess"), do="claim", **page.offer("Fir 09:00–10:00"))
    claim = titled("Chess").claim
    assert claim is not None
    assert claim.placement.cells == (cell("fir 09:00"),)


def test_staff_place_and_do_not_ask() -> None:
    choose(DESK)
    page = organiser().post(at("elm 09:00"), title="Chess")
    assert page.successes[0].startswith("It's up: Saturday 09:00–10:00, Elm.")


def test_staff_see_who_asks_and_give_it_with_one_button() -> None:
    choose(DESK)
    claimed_by_ada()
    staff = organiser()
    page = staff.get(at("elm 09:00"))
    gives = page.buttons["Give it to “Chess”"]
    staff.send(edit_of("Chess"), **page.forms[0], **{gives["name"]: gives["value"]})
    assert titled("Chess").cells == (cell("elm 09:00"),)


# Where somebody else asked first


def test_a_claimed_cell_says_who_asks_and_what_is_free_beside_it() -> None:
    choose(DESK)
    claimed_by_ada()
    page = Visitor().get(at("elm 09:00"))
    assert page.headings == ["Saturday 09:00–10:00, Elm", "Asked for by", "Only this one will do?"]
    assert page.links["Chess"] == f"/{EVENT}/cards/{titled('Chess').code}/"
    assert page.links["Fir"] == f"/{EVENT}/{at('fir 09:00')}"
    assert (page.links[VOTE], page.fields) == ("?ask=1", {})


def test_where_the_second_is_refused_nobody_asks_all_the_same() -> None:
    choose(DESK_REFUSES)
    claimed_by_ada()
    page = Visitor().get(at("elm 09:00"))
    assert [link for link in page.links if link.startswith("Ask for it")] == []
    lost = Visitor().post(at("elm 09:00"), title="Run fast", contend="1")
    assert (lost.status, lost.fields["title"]) == (409, "Run fast")
    assert lost.refusals[0].startswith("“Chess” asked for Elm at 09:00 first. Your words are kept.")


def test_nobody_contends_unawares() -> None:
    choose(DESK)
    claimed_by_ada()
    page = Visitor().post(at("elm 09:00"), title="Run fast", text="Far")
    assert (page.status, page.fields["title"], page.fields["text"]) == (409, "Run fast", "Far")
    assert page.refusals[0].startswith("“Chess” asked for Elm at 09:00 first. Your words are kept.")
    assert {"Fir", "11:00–12:00", VOTE} <= set(page.buttons)
    assert (len(now().contests), titles()) == (0, ["Knit", "Talk", "Run", "Chess"])


def test_whoever_was_told_contends_with_the_words_already_typed() -> None:
    choose(DESK)
    claimed_by_ada()
    bob = Visitor()
    lost = bob.post(at("elm 09:00"), title="Run fast", text="Far")
    button = lost.buttons[VOTE]
    page = bob.post(at("elm 09:00"), **lost.fields, **{button["name"]: button["value"]})
    (contest,) = now().contests.values()
    assert contest.cards == (titled("Chess").code, titled("Run fast").code)
    assert page.needs["contest"].startswith("You asked for Saturday 09:00–10:00, Elm, and so did others: “Chess”.")
    assert page.links["See the contest"] == f"/{EVENT}/contests/{contest.id}/"


def test_the_form_of_a_contest_says_before_how_it_is_decided() -> None:
    choose(Policy(placing=Placing.FACILITATORS, competing=Competing.CONTEST, contest_presence=True))
    claimed_by_ada()
    page = Visitor().get(at("elm 09:00") + "?ask=1")
    (notice,) = page.notices
    assert notice.startswith("A vote until ")
    assert notice.endswith(
        f"decides: everybody ticks the cards that they would come to. {TIE} Whoever votes types the six symbols on the "
        "big screen, to show that they are here. Whoever does not win keeps everything they wrote and chooses another "
        "hour."
    )
    assert page.buttons == {VOTE: {"class": "button", "name": "contend", "value": "1"}}


def test_a_third_joins_the_contest_that_is_there() -> None:
    choose(DESK)
    claimed_by_ada()
    Visitor().send(at("elm 09:00"), title="Run fast", contend="1")
    (contest,) = now().contests.values()
    page = Visitor().get(at("elm 09:00"))
    assert page.links["See the contest"] == f"/{EVENT}/contests/{contest.id}/"
    (join,) = [name for name in page.links if name.startswith("Ask for it all the same: the vote until")]
    assert page.links[join] == "?ask=1"
    Visitor().send(at("elm 09:00") + "?ask=1", title="Third", contend="1")
    assert len(now().contests[contest.id].cards) == 3


def test_a_card_that_is_there_already_contends() -> None:
    choose(DESK)
    claimed_by_ada()
    bob = Visitor()
    bob.send("cards/new/", title="Run fast")
    page = bob.get(at("elm 09:00") + "?ask=1")
    asks = page.buttons["Ask for it: Run fast"]
    bob.send(edit_of("Run fast"), **page.form("do"), **{asks["name"]: asks["value"]})
    assert len(now().contests) == 1


# Where hosts place cards themselves and a taken cell is contested


def test_a_taken_cell_shows_its_card_what_is_free_and_the_contest_that_one_may_begin() -> None:
    choose(HOSTS)
    page = Visitor().get(at("oak 09:00"))
    assert page.headings == ["Saturday 09:00–10:00, Oak", "Taken by", "Only this one will do?"]
    assert (page.links["Elm"], page.links[VOTE]) == (f"/{EVENT}/{at('elm 09:00')}", "?ask=1")


def test_a_cell_lost_while_typing_offers_the_same_with_everything_kept() -> None:
    choose(HOSTS)
    page = Visitor().post(at("oak 09:00"), title="Chess", host="Eve")
    assert (page.status, page.fields["title"], page.fields["host"]) == (409, "Chess", "Eve")
    assert page.refusals[0].startswith("“Knit” took Oak at 09:00 while you were writing.")
    assert {"Elm", "Fir", VOTE} <= set(page.buttons)


def test_the_holder_keeps_the_cell_while_the_contest_runs() -> None:
    choose(HOSTS)
    Visitor().send(at("oak 09:00"), title="Chess", contend="1")
    (contest,) = now().contests.values()
    assert contest.cards == (titled("Knit").code, titled("Chess").code)
    assert titled("Knit").cells == (cell("oak 09:00"),)


def test_where_taken_is_taken_nobody_asks_all_the_same() -> None:
    page = Visitor().post(at("oak 09:00"), title="Chess", contend="1")
    assert page.status == 409
    assert [name for name in page.buttons if name.startswith("Ask for it")] == []
    assert Visitor().get(at("oak 09:00") + "?ask=1").fields == {}


def test_a_cell_that_the_desk_gave_is_not_contested() -> None:
    choose(DESK)
    page = Visitor().get(at("oak 09:00") + "?ask=1")
    assert (page.fields, [name for name in page.links if name.startswith("Ask for it")]) == ({}, [])


def test_moving_a_card_onto_a_taken_cell_offers_the_contest_too() -> None:
    choose(HOSTS)
    eve = Visitor()
    eve.send(at("elm 09:00"), title="Chess")
    page = eve.post(edit_of("Chess"), do="move", cell=str(cell("elm 10:00")))
    assert page.refusals[0].startswith("“Talk” holds Elm at 10:00.")
    ask = page.buttons[VOTE]
    (form,) = [form for form in page.forms if form.get("contend")]
    done = eve.post(edit_of("Chess"), **form, **{ask["name"]: ask["value"]})
    assert done.needs["contest"].startswith("You asked for Saturday 10:00–11:00, Elm, and so did others: “Talk”.")
    assert titled("Chess").cells == (cell("elm 09:00"),)


def test_a_clash_is_confirmed_and_the_contest_is_still_meant() -> None:
    choose(HOSTS)
    eve = Visitor()
    eve.send(at("fir 10:00"), title="Chess")
    page = eve.post(at("elm 10:00"), title="More chess", contend="1")
    anyway = page.buttons["Put it there anyway"]
    assert (anyway["name"], anyway["value"]) == ("confirmed", "contend")
    eve.send(at("elm 10:00"), **page.fields, **{anyway["name"]: anyway["value"]})
    assert len(now().contests) == 1


# Paused, slow, held back


def refused_while_paused(page: Page) -> None:
    assert page.refusals[0].startswith("The board is paused: Fire alarm. Nothing you typed is lost; try again soon.")


def test_while_the_board_is_paused_forms_say_why_and_keep_what_was_typed() -> None:
    assert play(EVENT, FreezeBoard(reason="Fire alarm"), by=PROGRAM).refusal is None
    visitor = Visitor()
    said = "The board is paused. Fire alarm You can write already; send it when the board goes on. Nothing that you "
    assert visitor.get(at("elm 09:00")).notices == [f"{said}type is lost."]
    assert visitor.get("cards/new/").notices == [f"{said}type is lost."]
    for path in (at("elm 09:00"), "cards/new/"):
        page = visitor.post(path, title="Chess", text="Fast games")
        assert (page.status, page.fields["title"], page.fields["text"]) == (409, "Chess", "Fast games")
        refused_while_paused(page)
    assert titles() == ["Knit", "Talk", "Run"]


def test_while_the_board_is_paused_a_host_keeps_what_they_typed_and_staff_go_on() -> None:
    visitor = Visitor()
    visitor.send(at("elm 09:00"), title="Chess")
    assert play(EVENT, FreezeBoard(reason="Fire alarm"), by=PROGRAM).refusal is None
    page = visitor.post(edit_of("Chess"), title="Chess for all", seen="99")
    assert page.fields["title"] == "Chess for all"
    refused_while_paused(page)
    assert organiser().get(at("fir 09:00")).notices == []
    assert organiser().post(at("fir 09:00"), title="Walk-up").status == 200


def test_slow_mode_is_told_before_and_keeps_what_was_typed() -> None:
    visitor = Visitor()
    visitor.send(at("elm 09:00"), title="Chess")
    assert play(EVENT, SetCaution(slow=5), by=PROGRAM).refusal is None
    page = visitor.get(at("fir 11:00"))
    assert page.notices == ["The board is in slow mode: between two of your changes you wait 5 minutes."]
    refused = visitor.post(at("fir 11:00"), title="More chess")
    assert (refused.status, refused.fields["title"]) == (409, "More chess")
    assert refused.refusals == ["The board is in slow mode. Wait 5 minutes, then try again."]


def test_a_new_host_whose_card_is_held_is_told_and_reads_it_still() -> None:
    assert play(EVENT, SetCaution(hold=True), by=PROGRAM).refusal is None
    visitor = Visitor()
    page = visitor.post(at("elm 09:00"), title="Chess", text="Fast games")
    assert page.successes[0].startswith("It's up: Saturday 09:00–10:00, Elm. Chess")
    assert page.needs == {"hidden": "Your card is up; its text appears once somebody has read it."}
    (card,) = [card for card in now().cards.values() if card.hidden]
    own = visitor.get(f"cards/{card.code}/edit/")
    assert (own.headings[0], own.source.count("Fast games")) == ("Chess", 1)
    assert Visitor().get(at("elm 09:00")).source.count("Chess") == 0
