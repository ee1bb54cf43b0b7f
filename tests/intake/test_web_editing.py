"""A card in its host's hands, by forms alone: edit, move, take down, withdraw, and the key that opens it elsewhere."""

from collections.abc import Iterator
from urllib.parse import unquote

import pytest
from django.conf import settings
from tests.drawing import EVENT, cell
from tests.intake.event import Visitor, at, choose, furnish, now, organiser, titled, titles

from openspaces.board.moves.cards import EditCard, TakeDown
from openspaces.board.play import play
from openspaces.board.state import Policy
from openspaces.board.vocabulary import Placing
from openspaces.people.keys import card_key
from openspaces.people.staff import first_tokens
from openspaces.people.who import PROGRAM


@pytest.fixture(autouse=True)
def board(database: None) -> Iterator[None]:
    furnish()
    limited, settings.LIMITS = settings.LIMITS, False
    yield
    settings.LIMITS = limited


def host_of_chess() -> tuple[Visitor, str]:
    """A host, and the address of the card that they have just put into Elm at nine."""
    visitor = Visitor()
    visitor.send(at("elm 09:00"), title="Chess", text="Fast games", host="Eve")
    return visitor, edit_address("Chess")


def edit_address(title: str) -> str:
    return f"cards/{titled(title).code}/edit/"


# Whose card it is


def test_the_host_finds_their_words_and_link_again() -> None:
    visitor, address = host_of_chess()
    page = visitor.get(address)
    assert page.status == 200
    words = {name: page.fields[name] for name in ("title", "text", "host")}
    assert words == {"title": "Chess", "text": "Fast games", "host": "Eve"}
    assert page.source.count(card_key(EVENT, titled("Chess").code) + "</span>") == 1
    assert visitor.answer(address)["Cache-Control"] == "private, no-store"


def test_the_host_takes_the_card_into_their_calendar_once_it_has_an_hour() -> None:
    visitor, address = host_of_chess()
    webcal = f'href="webcal://board.example/{EVENT}/cards/{titled("Chess").code}.ics"'
    before = visitor.get(address).source.count(webcal)
    visitor.post(address, do="take-down")
    assert (before, visitor.get(address).source.count(webcal)) == (1, 0)


def test_the_host_tells_others_where_and_when_and_nothing_of_a_withdrawn_card() -> None:
    visitor, address = host_of_chess()
    told = visitor.get(address).links
    visitor.post(address, do="withdraw", sure="1")
    ways = ("X", "Mastodon", "Bluesky", "E-mail")
    assert [name in told for name in ways] == [True] * 4
    assert unquote(told["Mastodon"]).partition("#text=")[2].startswith("Chess · ")
    assert [name in visitor.get(address).links for name in ways] == [False] * 4


def test_a_stranger_is_asked_for_the_key_and_told_nothing_secret() -> None:
    _, address = host_of_chess()
    page = Visitor().get(address)
    assert (page.status, page.headings, list(page.fields)) == (200, ["Is this your card?"], ["key"])
    assert page.source.count(card_key(EVENT, titled("Chess").code)) == 0


def test_a_stranger_changes_nothing() -> None:
    _, address = host_of_chess()
    before = now()
    for fields in ({"title": "Mine"}, {"do": "take-down"}, {"do": "withdraw"}, {"do": "move", "cell": "x"}):
        assert Visitor().post(address, **fields).status == 403
    assert now() == before


def test_the_key_opens_the_card_on_another_device() -> None:
    _, address = host_of_chess()
    laptop = Visitor()
    key = card_key(EVENT, titled("Chess").code)
    assert laptop.leads_to(address, key=key) == f"/{EVENT}/{address}"
    assert laptop.get(address).fields["title"] == "Chess"


def test_the_key_may_be_typed_in_small_letters_and_with_spaces() -> None:
    _, address = host_of_chess()
    key = card_key(EVENT, titled("Chess").code).lower().replace("-", " ")
    assert Visitor().leads_to(address, key=key) == f"/{EVENT}/{address}"


@pytest.mark.parametrize("key", ["", "AAAAA-AAAAA-AAAAA-AAAAA", "\0", "<script>", "ключ"])
def test_a_wrong_key_opens_nothing_and_says_so(key: str) -> None:
    _, address = host_of_chess()
    visitor = Visitor()
    page = visitor.post(address, key=key)
    said = "That is not the key of this card. It has 20 letters and digits, in four groups of five."
    assert (page.status, page.wrong) == (403, {"key": said})
    assert visitor.get(address).headings == ["Is this your card?"]


def test_the_key_of_one_card_opens_no_other() -> None:
    _, address = host_of_chess()
    assert Visitor().post(address, key=card_key(EVENT, titled("Knit").code)).status == 403


@pytest.mark.parametrize("code", ["ZZZZZZ", "x", "<b>", "knit00"])
def test_a_card_that_is_not_here_is_not_found(code: str) -> None:
    assert Visitor().get(f"cards/{code}/edit/").status == 404


# Words


def test_words_are_edited_and_nothing_else() -> None:
    visitor, address = host_of_chess()
    fields = visitor.get(address).form("seen")
    page = visitor.post(address, **{**fields, "title": "Blitz chess", "link": "a.example"})
    assert page.successes[0].startswith("Saved. The board shows your new words.")
    card = titled("Blitz chess")
    assert (card.words.text, card.words.link, card.cells) == ("Fast games", "https://a.example", (cell("elm 09:00"),))


def test_saving_twice_is_saving_once() -> None:
    visitor, address = host_of_chess()
    fields = {**visitor.get(address).form("seen"), "title": "Blitz chess"}
    assert [visitor.post(address, **fields).status for _ in range(2)] == [200, 200]
    assert titled("Blitz chess").words.version == 2


def test_wrong_words_are_kept_and_not_saved() -> None:
    visitor, address = host_of_chess()
    page = visitor.post(address, seen="99", title=" ", text="New text")
    assert (page.status, page.fields["text"]) == (422, "New text")
    assert page.wrong == {"title": "Write a title: a few words that say what it is about."}
    assert titled("Chess").words.text == "Fast games"


def test_a_stale_edit_shows_both_texts() -> None:
    visitor, address = host_of_chess()
    fields = visitor.get(address).form("seen")
    somebody_edits("Chess", "Chess for all")
    page = visitor.post(address, **{**fields, "title": "Blitz chess"})
    assert page.status == 409
    assert page.headings == ["Two texts for one card"]
    assert [page.source.count(f'<td dir="auto">{title}</td>') for title in ("Blitz chess", "Chess for all")] == [1, 1]
    assert page.links["Keep theirs"] == f"/{EVENT}/{address}"
    assert titles()[-1] == "Chess for all"


def test_keep_mine_puts_the_hosts_text_over_the_other() -> None:
    visitor, address = host_of_chess()
    fields = visitor.get(address).form("seen")
    somebody_edits("Chess", "Chess for all")
    visitor.post(address, **visitor.post(address, **{**fields, "title": "Blitz chess"}).fields)
    assert titled("Blitz chess").words.as_said() == {**titled("Blitz chess").words.as_said(), "text": "Fast games"}


def test_keep_mine_asks_again_if_the_text_has_changed_once_more() -> None:
    visitor, address = host_of_chess()
    fields = visitor.get(address).form("seen")
    somebody_edits("Chess", "Chess for all")
    first = visitor.post(address, **{**fields, "title": "Blitz chess"})
    somebody_edits("Chess for all", "Chess for everyone")
    assert visitor.post(address, **first.fields).status == 409
    assert titles()[-1] == "Chess for everyone"


def test_an_edit_that_says_not_what_it_saw_overwrites_nothing() -> None:
    visitor, address = host_of_chess()
    assert visitor.post(address, title="Blitz chess").status == 409


def somebody_edits(title: str, to: str) -> None:
    move = EditCard(card=titled(title).code, title=to, seen=now().number)
    assert play(EVENT, move, by=PROGRAM).refusal is None


# Place


def test_a_card_moves_to_a_free_hour_by_one_button() -> None:
    visitor, address = host_of_chess()
    page = visitor.get(address)
    button = page.buttons["Fir, 11:00–12:00"]
    moved = visitor.post(address, **page.form("where") | {"do": "move", button["name"]: button["value"]})
    assert moved.successes[0].startswith("It's up: Saturday 11:00–12:00, Fir.")
    assert titled("Chess").cells == (cell("fir 11:00"),)


def test_only_hours_that_are_free_are_offered() -> None:
    visitor, address = host_of_chess()
    offered = [given["value"] for given in visitor.get(address).buttons.values() if given.get("name") == "cell"]
    free = "fir 09:00|elsewhere 09:00|fir 10:00|elsewhere 10:00|oak 11:00|elm 11:00|fir 11:00|elsewhere 11:00"
    assert offered == [str(cell(name)) for name in free.split("|")]


def test_a_card_can_be_moved_from_the_page_of_the_free_cell() -> None:
    visitor, address = host_of_chess()
    button = visitor.get(at("oak 11:00")).buttons["Move here: Chess"]
    visitor.post(address, do="move", **{button["name"]: button["value"]})
    assert titled("Chess").cells == (cell("oak 11:00"),)


def test_a_card_can_be_made_longer_where_it_is() -> None:
    visitor, address = host_of_chess()
    visitor.post(address, do="move", cell=str(cell("fir 09:00")), slots="3")
    assert titled("Chess").cells == tuple(cell(f"fir {hour}:00") for hour in ("09", "10", "11"))
    visitor.post(address, do="move", cell=str(cell("fir 10:00")), slots="1")
    assert titled("Chess").cells == (cell("fir 10:00"),)


def test_a_move_to_a_taken_cell_is_refused_with_offers_and_the_card_stays() -> None:
    visitor, address = host_of_chess()
    page = visitor.post(address, do="move", cell=str(cell("oak 09:00")))
    assert page.status == 409
    assert page.refusals[0].startswith(
        "“Knit” holds Oak at 09:00. Free at 09:00: Fir Elsewhere Free in Oak: 11:00–12:00"
    )
    assert titled("Chess").cells == (cell("elm 09:00"),)
    visitor.post(address, do="move", cell=page.buttons["11:00–12:00"]["value"])
    assert titled("Chess").cells == (cell("oak 11:00"),)


def test_a_move_elsewhere_asks_for_the_place_first() -> None:
    visitor, address = host_of_chess()
    page = visitor.post(address, do="move", cell=str(cell("elsewhere 10:00")))
    assert (page.status, page.wrong) == (422, {"where": "Write where it is, so that people find you."})
    button = page.buttons["Put it there now"]
    moved = visitor.post(address, do="move", where="On the lawn", cell=button["value"])
    assert moved.successes[0].startswith("It's up: Saturday 10:00–11:00, On the lawn.")


@pytest.mark.parametrize("written", ["", "oak", "attic@0517-0900", "\0", "oak@0517-0930"])
def test_a_move_to_no_cell_is_refused(written: str) -> None:
    visitor, address = host_of_chess()
    page = visitor.post(address, do="move", cell=written)
    assert (page.status, page.refusals) == (404, ["The board has no such cell."])


def test_a_move_into_the_hosts_other_card_is_asked_about() -> None:
    visitor, address = host_of_chess()
    visitor.send(at("fir 11:00"), title="More chess")
    page = visitor.post(address, do="move", cell=str(cell("oak 11:00")))
    assert page.status == 409
    anyway = page.buttons["Put it there anyway"]
    visitor.post(address, **page.form("where") | {"do": "move", "confirmed": "1", anyway["name"]: anyway["value"]})
    assert titled("Chess").cells == (cell("oak 11:00"),)


def test_a_card_that_staff_took_down_does_not_come_back_by_an_old_button() -> None:
    visitor, address = host_of_chess()
    assert play(EVENT, TakeDown(card=titled("Chess").code), by=PROGRAM).refusal is None
    page = visitor.post(address, do="move", cell=str(cell("fir 11:00")))
    assert (page.status, page.refusals) == (409, ["“Chess” is not on the board any more."])


def test_a_card_taken_down_frees_its_hour_and_can_go_up_again() -> None:
    visitor, address = host_of_chess()
    page = visitor.post(address, do="take-down")
    assert page.successes[0].startswith("Taken down. The hour is free again, and your card is kept here.")
    assert now().is_free(cell("elm 09:00"))
    again = visitor.post(address, do="place", cell=str(cell("elm 09:00")))
    assert again.successes[0].startswith("It's up: Saturday 09:00–10:00, Elm.")


def test_withdrawing_asks_first() -> None:
    visitor, address = host_of_chess()
    page = visitor.get(f"{address}?withdraw=1")
    assert page.headings == ["Withdraw this card?"]
    assert page.links["No, keep it"] == f"/{EVENT}/{address}"
    assert titled("Chess").withdrawn is False
    done = visitor.post(address, **page.fields)
    assert done.notices == ["This card was withdrawn: it will not take place."]
    assert titled("Chess").withdrawn is True


def test_a_withdrawn_card_is_not_changed_any_more() -> None:
    visitor, address = host_of_chess()
    visitor.post(address, do="withdraw")
    assert visitor.post(address, title="Back", seen=str(now().number)).status == 409
    assert visitor.get(address).fields == {}


def test_staff_move_any_card() -> None:
    address = edit_address("Knit")
    page = organiser().post(address, do="move", cell=str(cell("fir 11:00")))
    assert page.successes[0].startswith("It's up: Saturday 11:00–12:00, Fir.")


def test_where_the_facilitator_places_the_host_asks_for_another_hour() -> None:
    visitor, address = host_of_chess()
    choose(Policy(placing=Placing.FACILITATORS))
    assert visitor.get(address).headings == [
        "Chess",
        "What it says",
        "Ask for a free hour",
        "With other hosts",
        "How we reach you",
        "Take it off the board",
        "Your edit link",
        "Tell others",
    ]
    assert visitor.post(address, do="move", cell=str(cell("fir 11:00"))).status == 403


# A card without an hour


def test_a_blank_card_is_planned() -> None:
    page = Visitor().post("cards/new/", title="Chess", host="Eve")
    assert page.successes[0].startswith("Your card is planned. It holds no room until you put it on a free hour.")
    assert titled("Chess").stage == "planned"


def test_an_idea_has_no_host() -> None:
    visitor = Visitor()
    assert visitor.leads_to("cards/new/", title="Chess", idea="1") == f"/{EVENT}/cards/{titled('Chess').code}/"
    assert (titled("Chess").stage, titled("Chess").hand) == ("idea", "")


def test_an_idea_with_a_host_is_asked_about() -> None:
    page = Visitor().post("cards/new/", title="Chess", host="Eve", idea="1")
    assert (page.status, page.wrong) == (422, {"idea": "Either write who hosts it, or tick that nobody does yet."})
    assert (page.fields["host"], page.fields["idea"]) == ("Eve", "1")


def test_a_blank_card_sent_twice_is_one_card() -> None:
    visitor = Visitor()
    key = visitor.get("cards/new/").fields["key"]
    for _ in range(2):
        assert visitor.send("cards/new/", title="Chess", key=key).status_code == 303
    assert visitor.post("cards/new/", title="More chess", key=key).status == 409
    assert titles() == ["Knit", "Talk", "Run", "Chess"]


# Staff


def test_the_organisers_token_gives_this_device_its_role() -> None:
    visitor = Visitor()
    page = visitor.post("staff/", token=first_tokens(EVENT)[0])
    assert page.headings[0] == "You are organiser here"
    assert page.links["To the board"] == f"/{EVENT}/"


@pytest.mark.parametrize("token", ["", "link.1.AAAA", "\0", "link.²"])
def test_a_wrong_token_gives_nothing(token: str) -> None:
    visitor = Visitor()
    page = visitor.post("staff/", token=token)
    assert (page.status, list(page.wrong)) == (403, ["token"])
    assert visitor.get("staff/").headings == ["For the people who run the board"]
