"""Ideas, without a script: left, starred, and what those who starred one or host it are told."""

from typing import Any

import pytest
from django.conf import LazySettings
from tests.drawing import EVENT, cell
from tests.intake.event import Visitor, titled
from tests.intake.ideas import BEES, COHOST, EDIT, HONEY, STAR, UP, furnish

from openspaces.board.moves import AcceptDeal, AcceptOffer, AskDeal, MergeCards, PlaceCard, RemoveCard, TakeUp
from openspaces.board.play import play
from openspaces.board.read import changes_of, offers_to_host, stars_on
from openspaces.board.vocabulary import Deal, Stage
from openspaces.people.who import PROGRAM, Who


@pytest.fixture(autouse=True)
def board(database: None, settings: LazySettings) -> None:
    settings.LIMITS = False
    furnish()


def me(visitor: Visitor) -> dict[str, Any]:
    facts: dict[str, Any] = visitor.client.get(f"/{EVENT}/me").json()
    return facts


# Leaving one


def test_an_idea_left_on_the_list_leads_back_to_it() -> None:
    where = Visitor().send("cards/new/", title="Somebody should teach Git", idea="1", back="ideas")
    idea = titled("Somebody should teach Git")
    assert (where.status_code, where["Location"]) == (303, f"/{EVENT}/ideas/?sort=new#card-{idea.code}")
    assert (idea.stage, idea.hand) == (Stage.IDEA, "")


def test_an_idea_without_a_title_is_asked_for_one_and_nothing_is_lost() -> None:
    page = Visitor().post("cards/new/", title="x" * 81, idea="1", back="ideas")
    assert (page.status, page.ticked, page.fields["title"]) == (422, ["1"], "x" * 81)


# Stars


def test_without_a_script_a_star_leads_to_a_page_that_says_so_and_takes_it_back() -> None:
    visitor = Visitor()
    page = visitor.post(STAR, on="1")
    assert (page.headings, "1 would come" in page.source) == (["You would come"], True)
    assert stars_on(EVENT, [BEES]) == 1
    assert visitor.post(STAR, on="1").headings == ["You would come"]
    assert stars_on(EVENT, [BEES]) == 1
    assert visitor.post(STAR, on="0").headings == ["Would you come?"]
    assert stars_on(EVENT, [BEES]) == 0


def test_whoever_starred_something_finds_it_as_a_calendar_beside_the_star() -> None:
    visitor = Visitor()
    assert "webcal:" not in visitor.get(STAR).source
    page = visitor.post(STAR, on="1")
    address = me(visitor)["calendar"].removeprefix("https://")
    assert (f'href="webcal://{address}"' in page.source, f'href="https://{address}"' in page.source) == (True, True)


def test_a_card_that_was_removed_is_not_starred_and_the_page_says_why() -> None:
    play(EVENT, RemoveCard(card=BEES, reason="Rude"), by=PROGRAM)
    page = Visitor().post(STAR, on="1")
    assert (page.status, len(page.refusals), "on" in page.buttons) == (409, 1, False)


def test_me_tells_what_this_device_starred_and_what_has_come_of_it() -> None:
    visitor, other = Visitor(), Visitor()
    assert (me(visitor)["starred"], me(visitor)["heard"]) == ([], [])
    visitor.post(STAR, on="1")
    assert (me(visitor)["starred"], me(visitor)["heard"]) == ([BEES], [])
    play(EVENT, TakeUp(card=BEES, host="Eva"), by=Who("eva"))
    assert [line["says"] for line in me(visitor)["heard"]] == ["Eva hosts “Bees”. It has no room yet."]
    play(EVENT, PlaceCard(card=BEES, cells=(cell("elm 09:00"),)), by=Who("eva"))
    (line,) = me(visitor)["heard"]
    assert line.pop("at") == changes_of(EVENT, BEES)[-1].at.isoformat()
    assert line == {
        "card": BEES,
        "says": "“Bees” is on the board: Saturday 09:00–10:00, Elm.",
        "url": f"/{EVENT}/cards/{BEES}/",
    }
    assert me(other)["heard"] == []


def test_who_starred_an_idea_hears_of_the_one_that_it_became_part_of() -> None:
    visitor = Visitor()
    visitor.post(STAR, on="1")
    play(EVENT, MergeCards(card=BEES, into=HONEY), by=PROGRAM)
    play(EVENT, TakeUp(card=HONEY, host="Eva"), by=Who("eva"))
    assert [line["card"] for line in me(visitor)["heard"]] == [HONEY]


def test_a_host_hears_once_who_would_host_with_them_and_only_the_host() -> None:
    eva, ida = Visitor(), Visitor()
    eva.send(UP, host="Eva")
    ida.send(COHOST, host="Ida")
    (line,) = me(eva)["heard"]
    assert (line["card"], line["says"], line["url"]) == (BEES, "Ida would host “Bees” with you.", f"{EDIT}#offered")
    assert me(ida)["heard"] == []
    offer = next(each.hand for each in offers_to_host(EVENT))
    play(EVENT, AcceptOffer(card=BEES, hand=offer), by=Who(titled("Bees").hand))
    assert me(eva)["heard"] == []


def test_who_is_taken_in_hears_of_it_and_the_card_is_theirs_too() -> None:
    eva, ida = Visitor(), Visitor()
    eva.send(UP, host="Eva")
    ida.send(COHOST, host="Ida")
    eva.send(f"cards/{BEES}/edit/", **{**eva.get(f"cards/{BEES}/edit/").form("hand"), "do": "take-in"})
    assert ([line["says"] for line in me(ida)["heard"]], me(ida)["cards"]) == (["You host “Bees” too now."], [BEES])
    assert me(eva)["heard"] == []


def test_a_host_whose_proposal_was_accepted_hears_that_two_cards_are_one() -> None:
    eva, joe = Visitor(), Visitor()
    eva.send(UP, host="Eva")
    joe.send(f"cards/{HONEY}/take-up/", host="Joe")
    asked = play(EVENT, AskDeal(card=HONEY, other=BEES, deal=Deal.MERGE), by=Who(titled("Honey").hand))
    assert asked.refusal is None
    assert play(EVENT, AcceptDeal(card=BEES, asking=HONEY), by=Who(titled("Bees").hand)).refusal is None
    (line,) = me(joe)["heard"]
    assert line["says"] == "“Honey” is now part of “Bees”, with both of you as hosts."
    assert (line["url"], me(joe)["cards"], me(eva)["heard"]) == (EDIT, [BEES], [])
