"""What a host finds on the card's page and answers with one button: lost cells, offers, deals, and whether it is on."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from django.conf import settings
from tests.drawing import EVENT, FACILITATOR, HELPER, cell, cells
from tests.intake.event import Visitor, at, choose, furnish, now, organiser, titled
from tests.intake.pages import Page

from openspaces.board.moves import (
    AskDeal,
    CloseCell,
    Move,
    OfferCells,
    RefuseClaim,
    RemoveCard,
    ShieldCard,
    TakeDown,
)
from openspaces.board.moves.event import AddDay
from openspaces.board.play import play
from openspaces.board.state import Day, Policy, Slot
from openspaces.board.vocabulary import Cell, Competing, Deal, Placing
from openspaces.intake.web.needs import needs_of
from openspaces.people.who import PROGRAM, Who

DESK = Policy(placing=Placing.FACILITATORS)


@pytest.fixture(autouse=True)
def board(database: None) -> Iterator[None]:
    furnish()
    limited, settings.LIMITS = settings.LIMITS, False
    yield
    settings.LIMITS = limited


def host(title: str, name: str = "", **words: str) -> Visitor:
    """Somebody with a card of that title, on the cell of that name if one is given."""
    visitor = Visitor()
    visitor.send(at(name) if name else "cards/new/", title=title, **words)
    return visitor


def edit(title: str) -> str:
    return f"cards/{titled(title).code}/edit/"


def done(move: Move, by: Who = FACILITATOR) -> None:
    """A move of somebody else."""
    assert play(EVENT, move, by=by).refusal is None


def press(visitor: Visitor, title: str, page: Page, button: str, need: str = "") -> Page:
    """Press a button of a card's page, with what its form sends."""
    given = page.buttons[button]
    sends = {name: value for form in page.forms if need in form for name, value in form.items()} if need else {}
    return visitor.post(edit(title), **{**sends, given["name"]: given["value"]})


# A cell that was lost


def test_a_host_whose_cell_was_closed_reads_why_and_takes_another_with_one_tap() -> None:
    eve = host("Chess", "elm 09:00")
    done(CloseCell(cells=cells("elm 09:00"), reason="lunch"))
    page = eve.get(edit("Chess"))
    assert page.needs["lost"].startswith(
        "You lost Saturday 09:00–10:00, Elm: lunch. Take another one with one tap: Fir 09:00–10:00"
    )
    taken = eve.post(edit("Chess"), do="place", **page.offer("Fir 09:00–10:00"))
    assert taken.successes[0].startswith("It's up: Saturday 09:00–10:00, Fir.")
    assert (titled("Chess").cells, taken.needs) == ((cell("fir 09:00"),), {})


def two_hours_lost() -> Visitor:
    """Eve, whose card of two hours has just lost its room."""
    eve = Visitor()
    eve.send(at("fir 09:00"), title="Chess", slots="2")
    done(CloseCell(cells=cells("fir 10:00"), reason="lunch"))
    return eve


def test_a_card_of_two_hours_is_offered_two_hours() -> None:
    eve = two_hours_lost()
    done(TakeDown(card=titled("Talk").code))
    page = eve.get(edit("Chess"))
    eve.send(edit("Chess"), do="place", **page.offer("Elm 09:00–11:00"))
    assert titled("Chess").cells == cells("elm 09:00", "elm 10:00")


def test_where_nothing_is_free_the_page_says_so() -> None:
    need = two_hours_lost().get(edit("Chess")).needs["lost"]
    assert need == "You lost Saturday 09:00–11:00, Fir: lunch. No hour near by is free any more."


def test_where_the_facilitator_places_a_lost_cell_is_replaced_without_asking() -> None:
    eve = host("Chess", "elm 09:00")
    choose(DESK)
    done(CloseCell(cells=cells("elm 09:00"), reason="lunch"))
    page = eve.get(edit("Chess"))
    eve.send(edit("Chess"), do=page.form("slots")["do"], **page.offer("Fir 09:00–10:00"))
    assert titled("Chess").cells == (cell("fir 09:00"),)


def test_any_free_cell_is_open_to_a_card_that_lost_its_own() -> None:
    eve = host("Chess", "elm 09:00")
    choose(DESK)
    done(CloseCell(cells=cells("elm 09:00"), reason="lunch"))
    moves = eve.get(at("fir 11:00")).buttons["Move here: Chess"]
    eve.send(edit("Chess"), do="place", **{moves["name"]: moves["value"]})
    assert titled("Chess").cells == (cell("fir 11:00"),)


def test_an_offer_that_somebody_else_took_meanwhile_names_others() -> None:
    eve = host("Chess", "elm 09:00")
    done(CloseCell(cells=cells("elm 09:00"), reason="lunch"))
    page = eve.get(edit("Chess"))
    host("Faster", "fir 09:00")
    lost = eve.post(edit("Chess"), do="place", **page.offer("Fir 09:00–10:00"))
    assert (lost.status, lost.refusals[0][:34]) == (409, "“Faster” holds Fir at 09:00. Free ")
    assert lost.needs["lost"].startswith("You lost Saturday 09:00–10:00, Elm: lunch.")


def test_what_the_desk_offers_comes_first_and_is_had_at_once() -> None:
    choose(DESK)
    eve = host("Chess", "elm 09:00")
    done(OfferCells(card=titled("Chess").code, cells=cells("fir 11:00"), reason="Elm is needed"))
    page = eve.get(edit("Chess"))
    assert page.needs["lost"] == (
        "The facilitator offers you another place than Saturday 09:00–10:00, Elm. Elm is needed "
        "Take it with one tap: Fir 11:00–12:00"
    )
    taken = eve.post(edit("Chess"), do=page.form("slots")["do"], **page.offer("Fir 11:00–12:00"))
    assert taken.successes[0].startswith("It's up: Saturday 11:00–12:00, Fir.")


def test_a_card_that_asked_for_nothing_is_offered_a_place() -> None:
    choose(DESK)
    eve = host("Chess")
    done(OfferCells(card=titled("Chess").code, cells=cells("fir 11:00")))
    assert eve.get(edit("Chess")).needs["lost"] == (
        "The facilitator offers you a place. Take it with one tap: Fir 11:00–12:00"
    )


def test_a_card_that_keeps_its_place_is_offered_what_the_desk_named_alone() -> None:
    eve = host("Chess", "elm 09:00")
    done(OfferCells(card=titled("Chess").code, cells=cells("fir 11:00")))
    need = eve.get(edit("Chess")).needs["lost"]
    assert need == (
        "The facilitator offers you another place than Saturday 09:00–10:00, Elm. Your card keeps its place: Saturday "
        "09:00–10:00, Elm. Take it with one tap: Fir 11:00–12:00"
    )


def test_asking_for_another_hour_answers_a_refusal() -> None:
    choose(DESK)
    eve = host("Chess", "fir 09:00")
    done(RefuseClaim(card=titled("Chess").code, reason="Too loud"))
    assert list(eve.get(edit("Chess")).needs) == ["lost"]
    eve.send(edit("Chess"), do="claim", cell=str(cell("fir 11:00")))
    assert list(eve.get(edit("Chess")).needs) == ["claim"]


# Deals


def swap_asked() -> tuple[Visitor, Visitor]:
    """Eve, whose Chess is in Elm at nine, asks Bob, whose Poker is in Fir at eleven, to change places."""
    eve, bob = host("Chess", "elm 09:00", host="Eve"), host("Poker", "fir 11:00", host="Bob")
    eve.send(f"cards/{titled('Chess').code}/deals/", deal="swap", **{"with": titled("Poker").code})
    return eve, bob


def test_a_host_chooses_with_which_card_to_change_places() -> None:
    eve, _ = host("Chess", "elm 09:00"), host("Poker", "fir 11:00", host="Bob")
    page = eve.get(f"cards/{titled('Chess').code}/deals/?deal=swap")
    names = ["Knit", "Talk", "Run", "Poker"]
    cards = [name for name in page.links if name.split()[0] in names and "Saturday" in name]
    assert [name.split()[0] for name in cards] == ["Knit", "Talk", "Run", "Poker"]
    found = eve.get(f"cards/{titled('Chess').code}/deals/?deal=swap&q=bob")
    assert [name for name in found.links if "Saturday" in name] == ["Poker Bob Saturday 11:00–12:00, Fir"]
    none = eve.get(f"cards/{titled('Chess').code}/deals/?deal=swap&q=nothing")
    assert none.notices == ["No card has these words. Try fewer of them."]


def test_a_swap_says_before_who_goes_where() -> None:
    eve, _ = host("Chess", "elm 09:00"), host("Poker", "fir 11:00")
    page = eve.get(f"cards/{titled('Chess').code}/deals/?deal=swap&with={titled('Poker').code}")
    assert page.headings == ["Change places with “Poker”?"]
    assert [page.source.count(where) for where in ("You would be at", "They would be at")] == [1, 1]


def test_nothing_happens_until_the_other_host_agrees_and_then_both_move_in_one_step() -> None:
    eve, bob = swap_asked()
    asked = eve.get(edit("Chess"))
    assert asked.needs["asking"].startswith("You asked the host of “Poker” to change places. Nothing happens until")
    page = bob.get(edit("Poker"))
    assert page.needs["deal"] == (
        "Eve asks to change places: their card is “Chess”. You would be at Saturday 09:00–10:00, Elm. They would be at "
        "Saturday 11:00–12:00, Fir. Yes, do it No, thanks"
    )
    before = now().number
    agreed = press(bob, "Poker", page, "Yes, do it", "asking")
    assert agreed.headings[0] == "Done: you changed places. Your card is now at Saturday 09:00–10:00, Elm."
    assert (titled("Chess").cells, titled("Poker").cells) == ((cell("fir 11:00"),), (cell("elm 09:00"),))
    assert now().number == before + 2


def test_the_other_host_says_no() -> None:
    eve, bob = swap_asked()
    page = press(bob, "Poker", bob.get(edit("Poker")), "No, thanks", "asking")
    assert (page.headings[0], page.needs) == ("You said no. The other host reads it.", {})
    assert eve.get(edit("Chess")).needs == {}


def test_whoever_asked_takes_it_back() -> None:
    eve, bob = swap_asked()
    page = press(eve, "Chess", eve.get(edit("Chess")), "Take it back")
    assert page.headings[0] == "Taken back: you ask for nothing any more."
    assert bob.get(edit("Poker")).needs == {}


def test_nobody_agrees_to_what_they_have_not_read() -> None:
    eve, bob = swap_asked()
    page = bob.get(edit("Poker"))
    eve.send(f"cards/{titled('Chess').code}/deals/", deal="merge", title="Both", **{"with": titled("Poker").code})
    refused = press(bob, "Poker", page, "Yes, do it", "asking")
    assert (refused.status, refused.refusals[0]) == (
        409,
        "They ask for something else by now. Look again, then answer.",
    )
    assert titled("Chess").cells == (cell("elm 09:00"),)


def test_a_swap_with_a_card_that_was_taken_down_meanwhile_is_refused_and_says_why() -> None:
    eve, bob = swap_asked()
    page = bob.get(edit("Poker"))
    done(TakeDown(card=titled("Chess").code))
    assert bob.get(edit("Poker")).needs["deal"].count("so this cannot be done now.") == 1
    refused = press(bob, "Poker", page, "Yes, do it", "asking")
    assert (refused.status, refused.refusals[0]) == (409, "“Chess” is not on the board any more.")
    assert eve.get(edit("Chess")).needs["asking"] != ""


def test_two_cards_that_cannot_change_places_are_told_so_before_anybody_asks() -> None:
    eve = host("Chess")
    page = eve.get(f"cards/{titled('Chess').code}/deals/?deal=swap&with={titled('Knit').code}")
    assert (page.refusals, "Ask to change places" in page.buttons) == (["“Chess” is not on the board any more."], False)


def merge_asked() -> tuple[Visitor, Visitor]:
    """Eve asks Bob to make one card of Chess and Poker."""
    eve = host("Chess", "elm 09:00", host="Eve", text="Fast games")
    bob = host("Poker", "fir 11:00", host="Bob", text="Cards")
    typed = {"title": "Games for all", "text": "Chess, then poker", "with": titled("Poker").code}
    eve.send(f"cards/{titled('Chess').code}/deals/", deal="merge", **typed)
    return eve, bob


def test_the_form_of_one_card_begins_with_the_words_of_the_card_that_goes_on() -> None:
    eve, _ = host("Chess", host="Eve", text="Fast games"), host("Poker", "fir 11:00", host="Bob", text="Cards")
    page = eve.get(f"cards/{titled('Chess').code}/deals/?deal=merge&with={titled('Poker').code}")
    assert page.headings == ["One card with “Poker”?", "Chess", "Poker"]
    assert (page.fields["title"], page.fields["text"]) == ("Poker", "Cards")
    assert page.source.count("The one card stands at") == 1
    assert page.source.count("<bdi>Bob, Eve</bdi>") == 1


@pytest.mark.parametrize(("title", "field"), [("", "title"), ("x" * 81, "title")])
def test_wrong_words_of_one_card_are_kept_and_not_asked(title: str, field: str) -> None:
    eve, _ = host("Chess"), host("Poker", "fir 11:00")
    address = f"cards/{titled('Chess').code}/deals/"
    page = eve.post(address, deal="merge", title=title, text="Kept", **{"with": titled("Poker").code})
    assert (page.status, list(page.wrong), page.fields["text"]) == (422, [field], "Kept")
    assert titled("Chess").deal is None


def test_two_hosts_make_one_card_which_both_hold() -> None:
    eve, bob = merge_asked()
    page = bob.get(edit("Poker"))
    assert page.needs["deal"] == (
        "Eve asks to make one card of yours and theirs, “Chess”. It would say: Games for all Bob, Eve Chess, then "
        "poker The one card stands at Saturday 11:00–12:00, Fir. Yes, do it No, thanks"
    )
    part, whole = titled("Chess").code, titled("Poker").code
    press(bob, "Poker", page, "Yes, do it", "asking")
    one = titled("Games for all")
    assert (one.code, one.merged, one.cells) == (whole, (part,), (cell("fir 11:00"),))
    merged = eve.get(f"cards/{part}/edit/")
    assert merged.notices[0].startswith("This card is now part of “Games for all”, with both of you as hosts.")
    assert merged.links["Open the one card"] == f"/{EVENT}/cards/{whole}/edit/"
    assert eve.get(f"cards/{whole}/edit/").fields["title"] == "Games for all"


@pytest.mark.parametrize("who", ["the one who asked", "the one who agreed"])
def test_either_host_parts_them_again(who: str) -> None:
    eve, bob = merge_asked()
    part, whole = titled("Chess").code, titled("Poker").code
    press(bob, "Poker", bob.get(edit("Poker")), "Yes, do it", "asking")
    if who == "the one who asked":
        page = eve.post(f"cards/{part}/edit/", do="part")
    else:
        page = bob.post(f"cards/{whole}/edit/", do="part", part=part)
    assert page.headings[0] == "Done: these are two cards again."
    assert (now().cards[part].merged_into, titled("Chess").words.text) == ("", "Fast games")


def test_cards_of_one_contest_come_first_when_two_are_made_one() -> None:
    choose(Policy(placing=Placing.FACILITATORS, competing=Competing.CONTEST))
    host("Chess", "elm 09:00")
    bob = Visitor()
    bob.send(at("elm 09:00"), title="Poker", contend="1")
    page = bob.get(f"cards/{titled('Poker').code}/deals/?deal=merge")
    assert page.headings[:2] == ["Make one card with which other?", "In the same contest"]
    contest_page = bob.get(f"contests/{next(iter(now().contests))}/")
    assert contest_page.links["Propose one card together"] == (
        f"/{EVENT}/cards/{titled('Poker').code}/deals/?deal=merge&with={titled('Chess').code}"
    )


def test_a_stranger_asks_and_answers_nothing() -> None:
    _, bob = swap_asked()
    sends = bob.get(edit("Poker")).form("asking")
    address = f"cards/{titled('Chess').code}/deals/"
    stranger, before = Visitor(), now()
    assert stranger.get(address).headings == ["Is this your card?"]
    assert stranger.post(address, deal="swap", **{"with": titled("Knit").code}).status == 403
    for do in ("accept", "decline", "drop-deal", "part", "still-on", "full", "room-again", "give-way", "claim"):
        assert stranger.post(edit("Poker"), **{**sends, "do": do}).status == 403
    assert now() == before


@pytest.mark.parametrize("query", ["deal=theft", "deal=swap&with=NOCARD", "deal=swap&with=x"])
def test_a_deal_that_cannot_be_is_not_found(query: str) -> None:
    eve = host("Chess", "elm 09:00")
    assert eve.get(f"cards/{titled('Chess').code}/deals/?{query}").status == 404


def test_a_host_asks_for_one_thing_at_a_time() -> None:
    eve, bob = swap_asked()
    done(AskDeal(card=titled("Chess").code, other=titled("Knit").code, deal=Deal.SWAP))
    assert bob.get(edit("Poker")).needs == {}
    assert eve.get(edit("Chess")).needs["asking"].startswith("You asked the host of “Knit”")


# Whether it is on


def running_now(begins_in: timedelta) -> tuple[Visitor, Cell]:
    """A host whose card is in Oak in an hour that begins then."""
    starts = (datetime.now(UTC) + begins_in).replace(second=0, microsecond=0)
    day = now().local(starts).date()
    slot = Slot(f"{day:%m%d}-0000", day, starts, starts + timedelta(hours=1))
    done(AddDay(day=Day(day, (slot,), ("oak", "elm"))), by=PROGRAM)
    here = Cell("oak", slot.key)
    eve = Visitor()
    eve.send(f"cells/{here}/", title="Chess")
    return eve, here


@pytest.mark.parametrize("minutes", [10, -10])
def test_a_host_is_asked_shortly_before_and_while_it_runs_whether_it_is_on(minutes: int) -> None:
    eve, _ = running_now(timedelta(minutes=minutes))
    page = eve.get(edit("Chess"))
    assert page.needs["still-on"].startswith("Is it still on? ")
    assert page.needs["still-on"].endswith("Yes, it is on No, take it down")
    answered = press(eve, "Chess", page, "Yes, it is on")
    assert (answered.headings[0], answered.needs) == ("Thank you: everybody can count on it.", {})
    assert titled("Chess").confirmed == now().number


@pytest.mark.parametrize("minutes", [25, -65])
def test_a_host_is_not_asked_long_before_nor_afterwards(minutes: int) -> None:
    if minutes > 0:
        eve, _ = running_now(timedelta(minutes=minutes))
        assert eve.get(edit("Chess")).needs == {}
        return
    running_now(timedelta(minutes=10))
    board = now()
    after = board.time_of(titled("Chess").placement)[1]  # type: ignore[arg-type]
    assert needs_of(board, titled("Chess"), Who("x"), after) == []


def test_no_takes_it_down() -> None:
    eve, here = running_now(timedelta(minutes=10))
    page = press(eve, "Chess", eve.get(edit("Chess")), "No, take it down")
    assert page.headings[0] == "Taken down. The hour is free again, and your card is kept here."
    assert now().is_free(here)


def test_the_room_is_full_and_has_room_again() -> None:
    eve, _ = running_now(timedelta(minutes=-10))
    full = press(eve, "Chess", eve.get(edit("Chess")), "The room is full")
    assert (full.headings[0], titled("Chess").full) == ("The board says that the room is full.", True)
    again = press(eve, "Chess", full, "There is room again")
    assert (again.headings[0], titled("Chess").full) == ("The board says that there is room again.", False)


def test_a_card_that_is_not_on_has_no_such_button() -> None:
    eve, _ = running_now(timedelta(minutes=10))
    assert "The room is full" not in eve.get(edit("Chess")).buttons


# Hidden and removed


def test_a_host_whose_card_was_reported_reads_so_and_their_own_words_still() -> None:
    eve = host("Chess", "elm 09:00", text="Fast games")
    code = titled("Chess").code
    done(ShieldCard(card=code, reason="Rude"), by=HELPER)
    page = eve.get(f"cards/{code}/edit/")
    assert page.headings[0] == "Chess"
    assert page.needs == {
        "hidden": "Your card was reported: its text is hidden until somebody of the staff has read it. "
        "It keeps its place."
    }
    assert (page.source.count("Fast games"), "Save the words" in page.buttons) == (1, False)
    assert Visitor().get(f"cards/{code}/edit/").source.count("Chess") == 0
    refused = eve.post(f"cards/{code}/edit/", title="Nicer", seen="99")
    assert (refused.status, refused.refusals[0]) == (
        409,
        "This card is hidden until somebody of the staff has read it.",
    )


def test_a_host_whose_card_was_removed_reads_so() -> None:
    eve = host("Chess", "elm 09:00")
    code = titled("Chess").code
    done(RemoveCard(card=code, reason="Rude"))
    page = eve.get(f"cards/{code}/edit/")
    assert page.notices == ["This card was removed by the people who run the board."]
    assert page.buttons == {}


def test_staff_answer_for_a_host() -> None:
    _, _ = swap_asked()
    staff = organiser()
    press(staff, "Poker", staff.get(edit("Poker")), "Yes, do it", "asking")
    assert titled("Poker").cells == (cell("elm 09:00"),)
