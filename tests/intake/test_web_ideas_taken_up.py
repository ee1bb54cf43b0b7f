"""Ideas that are taken up without a script, and offers to host them together."""

import pytest
from django.conf import LazySettings
from tests.drawing import EVENT, at, cell
from tests.intake.event import Visitor, choose, now, organiser, titled
from tests.intake.ideas import BEES, COHOST, EDIT, ELM9, UP, WISH, furnish

from openspaces.board.moves import FollowProgramme, ShieldCard
from openspaces.board.play import play
from openspaces.board.read import offers_to_host
from openspaces.board.state import Policy, Talk, Wished
from openspaces.board.vocabulary import Placing, Stage
from openspaces.board.voices import OfferToHost
from openspaces.people.who import PROGRAM, Who


@pytest.fixture(autouse=True)
def board(database: None, settings: LazySettings) -> None:
    settings.LIMITS = False
    furnish()


# Taking up


def test_an_idea_is_taken_up_and_its_host_gets_the_edit_link() -> None:
    visitor = Visitor()
    page = visitor.get(UP)
    assert page.headings == ["Take up “Bees”"]
    sent = page.form("host") | {"host": "Eva", "handle": "@eva", "text": "Bring veils", "wish": WISH}
    assert visitor.leads_to(UP, **sent) == f"{EDIT}?planned=1"
    bees = titled("Bees")
    assert (bees.stage, bees.words.host, bees.words.text, bees.words.wish) == (
        Stage.PLANNED,
        "Eva",
        "Bring veils",
        WISH,
    )
    assert bees.wished == Wished(now().days[0].date, ("0517-0900",), "elm")
    given = visitor.get(f"cards/{BEES}/edit/?planned=1")
    assert ("Your edit link" in given.headings, len(given.successes)) == (True, 1)


def test_an_idea_is_taken_up_straight_onto_a_free_hour() -> None:
    visitor = Visitor()
    assert ELM9 in visitor.get(UP).source
    assert visitor.leads_to(UP, host="Eva", cell=ELM9) == f"{EDIT}?placed=1"
    assert [str(each) for each in titled("Bees").cells] == [ELM9]


def test_an_hour_that_is_gone_leaves_the_idea_free_and_everything_typed() -> None:
    page = Visitor().post(UP, host="Eva", text="Bring veils", cell=str(cell("oak 09:00")))
    assert (page.status, page.fields["host"], page.fields["text"]) == (409, "Eva", "Bring veils")
    assert len(page.refusals) == 1
    assert titled("Bees").stage is Stage.IDEA


@pytest.mark.parametrize(
    ("sent", "wrong"),
    [
        ({"host": " "}, "host"),
        ({"host": "Eva", "cell": "attic@0517-0900"}, "cell"),
        ({"host": "Eva", "cell": str(cell("elsewhere 09:00"))}, "where"),
        ({"host": "Eva", "wish": "x" * 201}, "wish"),
    ],
)
def test_what_is_wrong_with_taking_up_is_said_beside_its_field(sent: dict[str, str], wrong: str) -> None:
    page = Visitor().post(UP, **sent)
    assert (page.status, list(page.wrong)) == (422, [wrong])


def test_the_second_who_takes_an_idea_up_reads_who_was_faster_and_may_offer_to_co_host() -> None:
    Visitor().post(UP, host="Eva")
    page = Visitor().post(UP, host="Ida")
    assert (page.status, page.links["I’d co-host"]) == (409, f"/{EVENT}/{COHOST}?host=Ida")
    assert Visitor().get(f"{COHOST}?host=Ida").fields["host"] == "Ida"
    assert titled("Bees").words.host == "Eva"


def test_two_taps_take_an_idea_up_once() -> None:
    visitor = Visitor()
    sent = visitor.get(UP).form("host") | {"host": "Eva"}
    for _ in range(2):
        assert visitor.leads_to(UP, **sent) == f"{EDIT}?planned=1"


def test_where_the_facilitator_places_an_hour_is_asked_for() -> None:
    choose(Policy(placing=Placing.FACILITATORS))
    assert Visitor().leads_to(UP, host="Eva", cell=ELM9) == f"{EDIT}?claimed=1"
    assert [str(each) for each in titled("Bees").asks] == [ELM9]


def test_a_hidden_idea_cannot_be_taken_up_and_says_nothing_of_itself() -> None:
    play(EVENT, ShieldCard(card=BEES, reason="Rude"), by=PROGRAM)
    page = Visitor().get(UP)
    assert ("Bees" in page.source, "host" in page.fields, len(page.notices)) == (False, False, 1)


def test_a_keynote_at_that_hour_is_told_and_may_be_meant() -> None:
    keynote = Talk("k", "Opening", at("09:00"), at("09:45"), "Hall A", keynote=True)
    assert play(EVENT, FollowProgramme(talks=(keynote,)), by=PROGRAM).refusal is None
    visitor = Visitor()
    page = visitor.post(UP, host="Eva", cell=ELM9)
    assert (page.status, "Opening" in page.refusals[0], titled("Bees").stage) == (409, True, Stage.IDEA)
    sent = page.form("host") | {"cell": ELM9, "confirmed": page.buttons["Put it there anyway"]["value"]}
    assert visitor.leads_to(UP, **sent) == f"{EDIT}?placed=1"


def test_staff_take_an_idea_up_for_somebody_who_gets_its_edit_link() -> None:
    desk = organiser()
    assert desk.leads_to(UP, host="Eva", cell=ELM9) == f"{EDIT}?placed=1"
    bees = titled("Bees")
    assert (bees.hand, bees.words.host, [str(each) for each in bees.cells]) == ("", "Eva", [ELM9])
    assert "Your edit link" in desk.get(f"cards/{BEES}/edit/?placed=1").headings


# Hosting together


def test_who_offered_to_co_host_is_ticked_and_hosts_it_too() -> None:
    ida, visitor = Visitor(), Visitor()
    assert ida.post(COHOST, host="Ida", handle="@ida").headings[0] == "Thank you"
    play(EVENT, OfferToHost(card=BEES, name="Joe"), by=Who("joe"))
    hand = next(each.hand for each in offers_to_host(EVENT) if each.name == "Ida")
    assert [name in visitor.get(UP).source for name in ("Ida", "Joe", "@ida")] == [True, True, True]
    visitor.send(UP, **{"host": "Eva", "with": hand})
    assert (titled("Bees").words.host, titled("Bees").cohosts) == ("Eva, Ida", (hand,))
    assert "What it says" in ida.get(f"cards/{BEES}/edit/").headings


def test_the_host_takes_in_who_offers_later() -> None:
    eva, ida = Visitor(), Visitor()
    eva.send(UP, host="Eva")
    ida.send(COHOST, host="Ida")
    page = eva.get(f"cards/{BEES}/edit/")
    assert "They would host it with you" in page.headings
    sent = page.form("hand") | {"do": "take-in"}
    assert eva.post(f"cards/{BEES}/edit/", **sent).successes != []
    assert titled("Bees").words.host == "Eva, Ida"
    assert "They would host it with you" not in eva.get(f"cards/{BEES}/edit/").headings


def test_the_host_says_no_to_an_offer_and_reads_it_no_more() -> None:
    eva, ida = Visitor(), Visitor()
    eva.send(UP, host="Eva")
    ida.send(COHOST, host="Rude name")
    sent = eva.get(f"cards/{BEES}/edit/").form("hand") | {"do": "take-not-in"}
    page = eva.post(f"cards/{BEES}/edit/", **sent)
    assert ("They would host it with you" in page.headings, "Rude name" in page.source) == (False, False)
    assert (offers_to_host(EVENT), titled("Bees").words.host) == ([], "Eva")


def test_an_offer_is_changed_and_taken_back() -> None:
    ida = Visitor()
    ida.send(COHOST, host="Ida")
    assert ida.get(COHOST).fields["host"] == "Ida"
    ida.send(COHOST, host="Ida B")
    assert [each.name for each in offers_to_host(EVENT)] == ["Ida B"]
    assert ida.post(COHOST, do="take-back").headings[0] == "Taken back"
    assert offers_to_host(EVENT) == []


def test_an_offer_without_a_name_is_asked_for_one() -> None:
    page = Visitor().post(COHOST, host=" ")
    assert (page.status, list(page.wrong)) == (422, ["host"])
