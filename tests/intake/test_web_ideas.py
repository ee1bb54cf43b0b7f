"""Before the board, without a script: stars, ideas that are taken up, offers to co-host, planned sessions."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from tests.drawing import EVE, EVENT, at, cell, code, moves_of
from tests.intake.event import DRAWN, Visitor, choose, now, organiser, titled, titles

from openspaces.board.moves import (
    AcceptDeal,
    AcceptOffer,
    AskDeal,
    ChangeRoom,
    CountStars,
    FollowProgramme,
    MergeCards,
    PlaceCard,
    RemoveCard,
    ShieldCard,
    TakeUp,
    WriteCard,
)
from openspaces.board.play import play
from openspaces.board.read import changes_of, offers_to_host, stars_on
from openspaces.board.state import Policy, Room, Talk, Wished
from openspaces.board.vocabulary import Deal, Placing, Stage
from openspaces.board.voices import OfferToHost, Star
from openspaces.intake.web.desk.claims import today_items
from openspaces.intake.web.needs import needs_of
from openspaces.people.contacts import contact_of
from openspaces.people.who import PROGRAM, Who

BEES, HONEY, KNIT, TALK = (code(title) for title in ("Bees", "Honey", "Knit", "Talk"))
UP, COHOST, STAR = f"cards/{BEES}/take-up/", f"cards/{BEES}/co-host/", f"cards/{BEES}/star/"
EDIT = f"/{EVENT}/cards/{BEES}/edit/"
ELM9 = str(cell("elm 09:00"))
WISH = "May 17, Elm from 9am"


@pytest.fixture(autouse=True)
def board(database: None) -> Iterator[None]:
    for move, by in moves_of(DRAWN, ideas=("Bees", "Honey")):
        assert play(EVENT, move, by=by).refusal is None
    limited, settings.LIMITS = settings.LIMITS, False
    yield
    settings.LIMITS = limited


def me(visitor: Visitor) -> dict[str, Any]:
    facts: dict[str, Any] = visitor.client.get(f"/{EVENT}/me").json()
    return facts


def starred(hands: int, *cards: str) -> None:
    """Some devices star some cards, and the program counts."""
    for number in range(hands):
        for each in cards:
            assert play(EVENT, Star(card=each), by=Who(f"fan{number}")).refusal is None
    assert play(EVENT, CountStars(), by=PROGRAM).refusal is None


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


# Planned


def test_a_session_is_announced_and_what_was_understood_is_said() -> None:
    visitor = Visitor()
    page = visitor.get("planned/new/")
    sent = page.form("title") | {"title": "Wine", "host": "Wilma", "wish": WISH, "email": "wilma@example.org"}
    code_ = visitor.leads_to("planned/new/", **sent).split("/")[3]
    wine = titled("Wine")
    assert (wine.code, wine.stage, wine.words.wish, wine.cells) == (code_, Stage.PLANNED, WISH, ())
    assert contact_of(EVENT, wine.code) == "wilma@example.org"
    given = visitor.get(f"cards/{wine.code}/edit/?planned=1")
    assert "Understood: Saturday, 17 May, 09:00–10:00, Elm." in given.needs["planned"]
    assert "wilma@example.org" not in given.source


def test_what_is_understood_can_be_looked_at_before_it_is_announced() -> None:
    page = Visitor().post("planned/new/", title="Wine", host="Wilma", wish=WISH, do="look")
    assert "Understood: Saturday, 17 May, 09:00–10:00, and Elm." in page.source.replace(", Elm.", ", and Elm.")
    assert (page.fields["wish"], titles()) == (WISH, ["Knit", "Talk", "Run", "Bees", "Honey"])


def test_the_forms_script_is_told_what_is_understood() -> None:
    answer = Client().get(f"/{EVENT}/understood/", {"wish": WISH})
    assert answer.json() == {"says": "Understood: Saturday, 17 May, 09:00–10:00, Elm."}
    assert Client().get(f"/{EVENT}/understood/").json() == {"says": ""}


@pytest.mark.parametrize(
    ("sent", "wrong"),
    [({"title": "", "host": "W"}, "title"), ({"host": ""}, "host"), ({"host": "W", "email": "wilma"}, "email")],
)
def test_what_is_wrong_with_a_planned_session_is_said(sent: dict[str, str], wrong: str) -> None:
    page = Visitor().post("planned/new/", **{"title": "Wine", **sent})
    assert (page.status, list(page.wrong)) == (422, [wrong])


def test_the_wish_is_edited_and_understood_anew() -> None:
    visitor = Visitor()
    visitor.send("planned/new/", title="Wine", host="Wilma", wish="Oak")
    wine = titled("Wine")
    form = visitor.get(f"cards/{wine.code}/edit/").form("seen")
    assert form["wish"] == "Oak"
    visitor.send(f"cards/{wine.code}/edit/", **form | {"wish": WISH})
    assert titled("Wine").wished == Wished(now().days[0].date, ("0517-0900",), "elm")


# On the day


def planned(wish: str = WISH) -> tuple[Visitor, str]:
    visitor = Visitor()
    visitor.send("planned/new/", title="Wine", host="Wilma", wish=wish)
    return visitor, titled("Wine").code


def need_at(code_: str, moment: datetime) -> Any:
    card = now().cards[code_]
    return next(each for each in needs_of(now(), card, Who(card.hand), moment) if each.kind == "planned")


def test_on_the_day_the_wished_cell_is_offered_first_and_it_presses() -> None:
    _visitor, wine = planned()
    need = need_at(wine, at("08:00"))
    assert (need.urgent, str(need.offers[0].cell), need.do, need.slots) == (True, ELM9, "place", 1)
    assert need.says == "Today is the day: put your card on the board."
    assert need_at(wine, EVE).urgent is False


def test_where_the_wished_cell_is_taken_the_nearest_are_offered() -> None:
    _visitor, wine = planned()
    play(EVENT, PlaceCard(card=KNIT, cells=(cell("elm 09:00"),)), by=PROGRAM)
    need = need_at(wine, at("08:00"))
    assert [str(offer.cell) for offer in need.offers][:2] == [str(cell("oak 09:00")), str(cell("fir 09:00"))]
    assert need.instead == "Your place is not free any more. Take another with one tap:"


def test_one_tap_puts_the_card_where_it_was_wished() -> None:
    visitor, wine = planned()
    page = visitor.get(f"cards/{wine}/edit/")
    offer = page.buttons["Elm 09:00–10:00"]
    sent = page.form("slots") | {"do": "place", "cell": offer["value"]}
    assert visitor.leads_to(f"cards/{wine}/edit/", **sent).endswith("?placed=1")
    assert [str(each) for each in titled("Wine").cells] == [ELM9]


def test_the_form_of_a_card_begins_with_as_many_slots_as_were_wished() -> None:
    visitor, wine = planned("May 17, Fir from 9am to 11am")
    assert '<option value="2" selected>' in visitor.get(f"cards/{wine}/edit/").source


# How to reach its host


def address_form(visitor: Visitor, card: str) -> str:
    return visitor.get(f"cards/{card}/edit/").source.partition('id="reminder"')[2].partition("</section>")[0]


def test_a_host_leaves_another_address_and_takes_it_away() -> None:
    visitor, wine = planned()
    edit = f"cards/{wine}/edit/"
    assert visitor.leads_to(edit, do="reach", email=" wilma@example.org ") == f"/{EVENT}/{edit}?reach=1"
    assert contact_of(EVENT, wine) == "wilma@example.org"
    told = address_form(visitor, wine)
    assert ("w…@example.org" in told, "wilma@" in told) == (True, False)
    assert visitor.post(edit, do="reach", email="win@example.org").successes != []
    assert contact_of(EVENT, wine) == "win@example.org"
    visitor.post(edit, do="unreach")
    assert (contact_of(EVENT, wine), "…@" in address_form(visitor, wine)) == ("", False)


def test_what_is_no_address_is_said_and_the_one_before_is_kept() -> None:
    visitor, wine = planned()
    visitor.send(f"cards/{wine}/edit/", do="reach", email="wilma@example.org")
    page = visitor.post(f"cards/{wine}/edit/", do="reach", email="wilma")
    assert (page.status, list(page.wrong), page.fields["email"]) == (422, ["email"], "wilma")
    assert contact_of(EVENT, wine) == "wilma@example.org"


def test_only_who_may_edit_a_card_changes_its_address() -> None:
    _visitor, wine = planned()
    assert Visitor().post(f"cards/{wine}/edit/", do="reach", email="eve@example.org").status == 403
    assert contact_of(EVENT, wine) == ""


# Interest that helps


def test_a_host_reads_how_many_would_come_and_what_they_also_want() -> None:
    visitor, wine = planned()
    play(EVENT, ChangeRoom(room=Room("elm", "Elm", 3)), by=PROGRAM)
    starred(5, wine)
    starred(2, TALK)
    page = visitor.get(f"cards/{wine}/edit/")
    assert "5 would come." in page.source
    assert "2 also want “Talk” (Saturday " in page.source
    assert "2 of 5 also want “Talk” then" in page.source
    assert "5 would come, and Elm seats 3. Perhaps a larger room is free." in page.source
    assert "Elm · only 3 seats" in page.source


def test_a_room_that_is_too_small_is_said_with_how_many_were_asked() -> None:
    visitor, wine = planned()
    play(EVENT, ChangeRoom(room=Room("elm", "Elm", 3)), by=PROGRAM)
    play(EVENT, PlaceCard(card=wine, cells=(cell("elm 09:00"),)), by=PROGRAM)
    starred(5, wine)
    page = visitor.get(f"cards/{wine}/edit/")
    assert "5 would come, and Elm seats 3. Perhaps a larger room is free." in page.source


# The desk


def test_what_came_by_mail_is_shown_with_its_wish_and_accepted_with_one_tap() -> None:
    move = WriteCard(
        title="Wine", code="BYMAIL", host="Wilma", wish=WISH, wished=Wished(room="elm"), held=True, walk_up=True
    )
    assert play(EVENT, move, by=PROGRAM).refusal is None
    desk = organiser()
    page = desk.get("desk/")
    assert "A session that came by mail waits until somebody has read it." in page.source
    assert f"Wish: “{WISH}”" in page.source
    assert "Understood: Elm." in page.source
    assert desk.send("desk/", do="approve", card="BYMAIL").status_code == 303
    assert (titled("Wine").stage, titled("Wine").words.wish) == (Stage.PLANNED, WISH)


def test_what_is_announced_for_today_waits_at_the_desk_with_the_wished_hour_first() -> None:
    planned()
    (draft,) = today_items(now(), at("08:00"))
    item = draft()
    assert item.says == "“Wine” by Wilma is planned for today and has no place yet."
    assert (item.answers[0].do, item.facts[0]) == (f"place {ELM9}", f"Wish: “{WISH}”")
    assert ELM9 not in [answer.do.removeprefix("place ") for answer in item.others]
    assert list(today_items(now(), EVE)) == []


@pytest.mark.parametrize(
    ("wish", "offered"),
    [
        ("May 17, Fir from 9am to 11am", "Saturday 09:00–11:00, Fir"),
        ("May 17, Elm from 9am to 11am", "Fir 09:00–11:00"),
        ("May 17 at 11am", "Oak 11:00–12:00"),
    ],
)
def test_the_desk_offers_the_whole_time_that_was_wished_or_near_to_it(wish: str, offered: str) -> None:
    planned(wish)
    (draft,) = today_items(now(), at("08:00"))
    assert draft().answers[0].says == offered


def test_the_log_leaves_out_what_was_counted() -> None:
    starred(2, BEES)
    assert "Stars were counted" not in organiser().get("desk/log/").source


def test_facilitators_make_one_idea_of_two_and_part_them_again() -> None:
    desk = organiser()
    assert desk.send(f"desk/cards/{BEES}/", do="merge", other=HONEY).status_code == 303
    assert titled("Bees").merged_into == HONEY
    assert desk.send(f"desk/cards/{BEES}/", do="unmerge").status_code == 303
    assert titled("Bees").merged_into == ""


def test_a_day_that_is_over_presses_no_more() -> None:
    _visitor, wine = planned()
    assert need_at(wine, at("11:59") + timedelta(hours=2)).urgent is False
    assert datetime.now(UTC) < at("09:00")
