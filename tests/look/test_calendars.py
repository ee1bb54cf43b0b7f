"""The ways into a calendar: addresses that the programs read as they are meant."""

from urllib.parse import parse_qsl, urlsplit

import pytest
from tests.drawing import FACILITATOR, after, card, code, drawn
from tests.hostile import HOSTILE
from tests.outlets.boards import board, placed

from openspaces.board.moves import ShieldCard, TakeDown
from openspaces.board.vocabulary import Cell
from openspaces.board.words import clean
from openspaces.look.calendars import card_calendar_ways, copy_says, feed_ways, late_says, webcal

BASE = "https://board.example"
FEED = f"{BASE}/camp/board.ics?room=oak&tag=go"
CAMP = drawn('          oak     elsewhere\n  09:00   Knit    Chess at Park\n  10:00   "       .')


def query(href: str) -> dict[str, str]:
    return dict(parse_qsl(urlsplit(href).query))


def test_each_program_gets_the_whole_address_of_a_calendar() -> None:
    ways = {way.name: way for way in feed_ways(FEED, "Camp · Oak")}
    assert list(ways) == ["Apple and most programs", "Google", "Outlook", "Outlook at work", "File"]
    assert ways["Apple and most programs"].href == "webcal://board.example/camp/board.ics?room=oak&tag=go"
    assert query(ways["Google"].href) == {"cid": "webcal://board.example/camp/board.ics?room=oak&tag=go"}
    assert query(ways["Outlook"].href) == {"url": FEED, "name": "Camp · Oak"}
    assert (ways["File"].href, ways["File"].file) == (FEED, "openspaces.ics")


def test_one_card_is_a_copy_with_its_time_in_utc_or_a_calendar_of_its_own() -> None:
    ways = {way.name: way for way in card_calendar_ways(CAMP, card(CAMP, "Knit"), BASE)}
    assert query(ways["Google"].href) == {
        "action": "TEMPLATE",
        "text": "Knit",
        "dates": "20310517T033000Z/20310517T053000Z",
        "ctz": "Asia/Kolkata",
        "location": "Oak",
        "details": f"{BASE}/camp/cards/KNIT00/",
    }
    assert query(ways["Outlook"].href) == {
        "path": "/calendar/action/compose",
        "rru": "addevent",
        "subject": "Knit",
        "startdt": "2031-05-17T03:30:00Z",
        "enddt": "2031-05-17T05:30:00Z",
        "location": "Oak",
        "body": f"{BASE}/camp/cards/KNIT00/",
    }
    assert ways["Apple and most programs"].href == "webcal://board.example/camp/cards/KNIT00.ics"
    assert (ways["File"].href, ways["File"].file) == (f"{BASE}/camp/cards/KNIT00.ics", "KNIT00.ics")


def test_elsewhere_is_the_place_that_its_host_wrote() -> None:
    google = card_calendar_ways(CAMP, card(CAMP, "Chess"), BASE)[1]
    assert query(google.href)["location"] == "Park"


def test_a_card_without_an_hour_or_hidden_has_no_way() -> None:
    down = after(CAMP, TakeDown(card=code("Knit")), FACILITATOR)
    hidden = after(CAMP, ShieldCard(card=code("Knit"), reason="Read it first"), FACILITATOR)
    assert [card_calendar_ways(each, card(each, "Knit"), BASE) for each in (down, hidden)] == [[], []]


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_words_stay_inside_their_field(name: str) -> None:
    title = clean("title", HOSTILE[name])
    full = placed(board(), Cell("r1", "0517-0900"), title, serial=1)
    (only,) = full.cards.values()
    hrefs = [way.href for way in card_calendar_ways(full, only, BASE)]
    assert [query(href).get("text", query(href).get("subject", title)) for href in hrefs] == [title] * 4
    assert {urlsplit(href).scheme for href in hrefs} == {"https", "webcal"}


def test_what_is_said_of_lateness_is_what_was_found() -> None:
    said = [way.says for way in feed_ways(FEED, "Camp")]
    assert said == [
        "Looks for news about every hour.",
        "Looks for news every 8 to 24 hours.",
        "Looks for news about every 3 hours.",
        "Looks for news about every 3 hours.",
        "Stays as it is.",
    ]
    assert late_says().startswith(
        "Calendars are late: Apple looks about every hour, Outlook every 3, Google every 8 to 24."
    )
    assert copy_says().startswith("Google and Outlook take a copy")


def test_a_local_address_becomes_one_for_programs_too() -> None:
    assert webcal("http://127.0.0.1:8000/camp/board.ics") == "webcal://127.0.0.1:8000/camp/board.ics"
