"""Which language the forms speak, and how it stays: the address first, then the reader, then the event."""

import re
from dataclasses import replace

import pytest
from tests.drawing import EVENT
from tests.intake.event import Visitor, at, furnish, now
from tests.intake.pages import Page

from openspaces.board.moves.event import ChangeEvent, profile_of
from openspaces.board.play import play
from openspaces.people.who import PROGRAM

NEW = "cards/new/"


@pytest.fixture
def visitor(database: None) -> Visitor:
    furnish()
    return Visitor()


def let_the_event_speak(language: str) -> None:
    """The organiser changes the event's language."""
    assert play(EVENT, ChangeEvent(profile=replace(profile_of(now()), language=language)), by=PROGRAM).refusal is None


def spoken(visitor: Visitor, path: str, reads: str = "") -> tuple[str, str]:
    """The language and the direction of the page at that path."""
    answer = visitor.client.get(f"/{EVENT}/{path}", headers={"Accept-Language": reads} if reads else {})
    (found,) = re.findall(r'<html lang="(.*?)" dir="(.*?)">', answer.content.decode())
    return str(found[0]), str(found[1])


@pytest.mark.parametrize(
    ("query", "reads", "event", "speaks"),
    [
        ("", "", "en", ("en", "ltr")),
        ("", "", "de", ("de", "ltr")),
        ("", "", "en-us", ("en-us", "ltr")),
        ("", "fr, ar;q=0.8", "de", ("ar", "rtl")),
        ("?lang=hi", "ar", "de", ("hi", "ltr")),
        ("?lang=xx", "", "de", ("de", "ltr")),
    ],
)
def test_a_form_speaks_as_asked_or_as_its_reader_or_as_its_event(
    visitor: Visitor, query: str, reads: str, event: str, speaks: tuple[str, str]
) -> None:
    let_the_event_speak(event)
    assert spoken(visitor, NEW + query, reads) == speaks


def test_the_page_of_a_mistake_speaks_the_events_language(visitor: Visitor) -> None:
    let_the_event_speak("ar")
    assert spoken(visitor, "cards/NOSUCH/edit/") == ("ar", "rtl")


def test_what_follows_a_form_speaks_the_language_of_its_address(visitor: Visitor) -> None:
    answer = visitor.send(f"{at('elm 09:00')}?lang=de", title="Schach")
    assert (answer.status_code, answer["Location"].partition("?")[2]) == (303, "placed=1&lang=de")


def test_a_page_leads_to_itself_in_the_other_languages(visitor: Visitor) -> None:
    links = visitor.get(NEW + "?lang=de").links
    assert {name: links[name] for name in ("English", "Deutsch", "हिन्दी", "العربية")} == {
        "English": "?lang=en",
        "Deutsch": "?lang=de",
        "हिन्दी": "?lang=hi",
        "العربية": "?lang=ar",
    }


def test_what_else_an_address_asks_for_stays_in_the_other_languages(visitor: Visitor) -> None:
    door = Page(visitor.client.get("/accounts/login/?next=/camp/cards/new/&lang=de"))  # type: ignore[arg-type]
    assert door.links["English"] == "?next=%2Fcamp%2Fcards%2Fnew%2F&lang=en"


def test_what_was_typed_is_not_one_tap_from_being_lost(visitor: Visitor) -> None:
    assert "Deutsch" not in visitor.post(NEW, title="", text="a long text").links
