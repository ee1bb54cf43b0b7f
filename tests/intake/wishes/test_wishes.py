"""A table of wishes over the real event files, each with what is understood of it."""

import random
from datetime import date
from time import process_time

import pytest
from django.utils.translation import override
from tests.intake.wishes import cldr
from tests.intake.wishes.boards import board_of, eve_of, said, wish

from openspaces.intake.wishes import Doubt, Part, Span, Understood, read_wish, understood_says

# Slots in a row and the room; `?day` is open between several, `!day` the event has not: see `boards.said`.
WISHES = [
    ("pyconus2022", "April 29, Room 250DE from 7pm - 8pm", "0429-1900 250de"),
    ("pyconus2022", "2022-04-29, Room 250DE, 19:00-20:00", "0429-1900 250de"),
    ("pyconus2022", "29/4 at 19h", "0429-1900"),
    ("pyconus2022", "4/29 7pm", "0429-1900"),
    ("pyconus2022", "29.4. 19 Uhr", "0429-1900"),
    ("pyconus2022", "29.04.2022 19:00", "0429-1900"),
    ("pyconus2022", "29. April ab 14 Uhr", "0429-1400"),
    ("pyconus2022", "Apr 29th 2pm", "0429-1400"),
    ("pyconus2022", "29th of April, noon", "0429-1200"),
    ("pyconus2022", "the 30th at noon", "0430-1200"),
    ("pyconus2022", "30 April 2022, 15:00", "0430-1500"),
    ("pyconus2022", "April 29, 2023, 3pm", "!day"),
    ("pyconus2022", "May 2, 3pm", "!day"),
    ("pyconus2022", "May 1 10:00-12:00", "0501-1000+1100"),
    ("pyconus2022", "Fri 10am", "0429-1000"),
    ("pyconus2022", "Fri, 10am - 12pm", "0429-1000+1100"),
    ("pyconus2022", "Sat 2-4pm in 251b", "0430-1400+1500 251b"),
    ("pyconus2022", "Sunday 14-16", "0501-1400+1500"),
    ("pyconus2022", "Sunday from 2 to 4", "0501-1400+1500"),
    ("pyconus2022", "Friday between 2 and 4", "0429-1400+1500"),
    ("pyconus2022", "Friday 14:00 for 2 hours", "0429-1400+1500"),
    ("pyconus2022", "Friday 1pm for an hour", "0429-1300"),
    ("pyconus2022", "Friday 14:00 for 90 minutes", "0429-1400+1500"),
    ("pyconus2022", "Friday at 7", "0429-1900"),
    ("pyconus2022", "Friday at 19:30", "0429-1900"),
    ("pyconus2022", "Friday 21:00", "0429 !time"),
    ("pyconus2022", "at 7", "?time"),
    ("pyconus2022", "at 3pm", "?time"),
    ("pyconus2022", "day 2, 11 am, 250 C", "0430-1100 250c"),
    ("pyconus2022", "the last day at 10", "0501-1000"),
    ("pyconus2022", "first day at 5pm", "0429-1700"),
    ("pyconus2022", "second day, half past two", "0430-1400"),
    ("pyconus2022", "tomorrow at 5pm", "0429-1700"),
    ("pyconus2022", "today at 5pm", "!day"),
    ("pyconus2022", "tomorrow afternoon", "0429 ?time"),
    ("pyconus2022", "Friday evening", "0429 ?time"),
    ("pyconus2022", "after 3pm on saturday", "0430 ?time"),
    ("pyconus2022", "Sunday before noon", "0501 ?time"),
    ("pyconus2022", "Friday or Saturday at 2pm", "?day ?time"),
    ("pyconus2022", "Friday, April 29 at 5 p.m.", "0429-1700"),
    ("pyconus2022", "Friday, April 30", "?day"),
    ("pyconus2022", "Friday 2pm or 3pm", "0429 ?time"),
    ("pyconus2022", "Room 250", "?room"),
    ("pyconus2022", "Room 250 Friday 1pm", "0429-1300 ?room"),
    ("pyconus2022", "room 250A Friday 1pm", "0429-1300 250a"),
    ("pyconus2022", "Room 250DE", "250de"),
    ("pyconus2022", "250de", "250de"),
    ("pyconus2022", "250 DE", "250de"),
    ("pyconus2022", "250 d", ""),
    ("pyconus2022", "Room 150ABC Friday 1pm", "0429-1300 !room"),
    ("pyconus2022", "251B or 251A", "?room"),
    ("pyconus2022", "in 251a, or 251B, Saturday 1500 hrs", "0430-1500 ?room"),
    ("pyconus2022", "Freitag um 19 Uhr, Raum 250DE", "0429-1900 250de"),
    ("pyconus2022", "Samstag 14-16 Uhr", "0430-1400+1500"),
    ("pyconus2022", "Samstag von 14 bis 16 Uhr", "0430-1400+1500"),
    ("pyconus2022", "halb drei am Sonntag", "0501-1400"),
    ("pyconus2022", "Sonntag um 3 am Nachmittag", "0501-1500"),
    ("pyconus2022", "um 8 am Freitag", "0429 !time"),
    ("pyconus2022", "am Freitag Abend", "0429 ?time"),
    ("pyconus2022", "le 30 avril à 14h30 salle 251A", "0430-1400 251a"),
    ("pyconus2022", "samedi de 14h à 16h", "0430-1400+1500"),
    ("pyconus2022", "demain midi", "0429-1200"),
    ("pyconus2022", "sábado a las 5 de la tarde", "0430-1700"),
    ("pyconus2022", "viernes 29 de abril de 17 a 18 h", "0429-1700"),
    ("pyconus2022", "domingo das 10h às 12h", "0501-1000+1100"),
    ("pyconus2022", "sabato alle 15", "0430-1500"),
    ("pyconus2022", "zaterdag om 15 uur", "0430-1500"),
    ("pyconus2022", "الجمعة ٢٩ أبريل الساعة ٧ مساءً قاعة 250DE", "0429-1900 250de"),
    ("pyconus2022", "٢٩ نيسان الساعة ١١ صباحا", "0429-1100"),
    ("pyconus2022", "यह 29 अप्रैल शाम 7 बजे कमरा 250DE", "0429-1900 250de"),
    ("pyconus2022", "சனி 11 மணிக்கு", "0430-1100"),
    ("pyconus2022", "10:00", "?time"),
    ("pyconus2022", "Friday 7:00", "0429-1900"),
    ("pyconus2022", "Fri 7 - 8pm", "0429-1900"),
    ("pyconus2022", "Fri 11-1pm", "0429-1100+1200"),
    ("pyconus2022", "Friday 19–20 h", "0429-1900"),
    ("pyconus2022", "I sat 2 days in the sun, good morning", ""),
    ("pyconus2022", "We may march on, so 14 people come", ""),
    ("pyconus2022", "Python 3.11 and Django 4.2", ""),
    ("pyconus2022", "bring 250 stickers", ""),
    ("pyconus2022", "", ""),
    ("pyconus2022", "   ", ""),
    ("pyconus2022", "250DE Fri 7pm 250DE", "0429-1900 250de"),
    ("pyconus2022", "Saturday 12 noon, 250a", "0430-1200 250a"),
    ("pyconus2022", "Sat @ 4pm", "0430-1600"),
    ("pyconus2022", "sat4pm", "0430-1600"),
    ("pyconus2022", "Fri 29 7pm", "0429-1900"),
    ("pyconus2022", "29-4-2022 18h", "0429-1800"),
    ("pyconus2022", "7pm, April 29, Room 250DE", "0429-1900 250de"),
    ("pyconus2022", "Room 250DE, 7 PM to 8 PM, Friday the 29th", "0429-1900 250de"),
    ("pyconindia2018", "Friday 14:00 hall 3", "hall3 !day"),
    ("pyconindia2018", "Saturday 14:00 hall 3", "1006-1400 hall3"),
    ("pyconindia2018", "शनिवार 2 बजे", "1006-1400"),
    ("pyconindia2018", "शनिवार 2 से 4 बजे हॉल 3", "1006-1400+1500 hall3"),
    ("pyconindia2018", "रविवार सुबह 11 बजे", "1007-1100"),
    ("pyconindia2018", "7 अक्टूबर दोपहर 3 बजे", "1007-1500"),
    ("pyconindia2018", "२ बजे शनिवार", "1006-1400"),
    ("pyconindia2018", "कल 11 बजे", "1006-1100"),
    ("pyconindia2018", "परसों शाम 4 बजे", "1007-1600"),
    ("pyconindia2018", "शनिवार साढ़े ग्यारह बजे", "1006-1100"),
    ("pyconindia2018", "Sunday 11am hall3", "1007-1100 hall3"),
    ("pyconindia2018", "Room 3, Sunday 11", "1007-1100 hall3"),
    ("pyconindia2018", "6/10 at 10", "1006-1000"),
    ("pyconindia2018", "10/6 at 10", "1006-1000"),
    ("pyconindia2018", "10/7 5pm", "1007 !time"),
    ("pyconindia2018", "hall 3pm sunday", "1007-1500"),
    ("pyconindia2018", "हाल ३ रविवार १२ बजे", "1007-1200 hall3"),
    ("pyconindia2018", "saturday two o'clock", "1006-1400"),
    ("schoolcamp", "Samstag 11:20 Uhr, Raum 12", "0327-1120 r12"),
    ("schoolcamp", "um 9 Uhr in der Aula", "0327-0900 aula"),
    ("schoolcamp", "Sa 13-14 Uhr Schulhof", "0327-1300+1320+1340 hof"),
    ("schoolcamp", "morgen um 2 Uhr", "0327-1400"),
    ("schoolcamp", "27.3. 11 Uhr", "0327-1100"),
    ("schoolcamp", "12-13:20 Uhr am Samstag", "0327-1200"),
    ("schoolcamp", "Samstag 12:30", "0327 !time"),
    ("schoolcamp", "Sonntag 2 Uhr", "0328-0100"),
    ("schoolcamp", "Sonntag früh um 1", "0328-0100"),
    ("schoolcamp", "So 14 Leute wollen kommen", ""),
    ("schoolcamp", "Raum 1 um 10:20", "0327-1020 !room"),
    ("schoolcamp", "am 27. März in der Aula, halb zehn", "0327-0920 aula"),
    ("schoolcamp", "Klassenzimmer 12", ""),
    ("schoolcamp", "Hof", "hof"),
    ("congress", "28 Dec at 00:30 Saal 4", "1228 s04 ?time"),
    ("congress", "27.12. 24:30 s04", "1227-2430 s04"),
    ("congress", "hall 12, Dec 28 14:00", "1228-1400 s12"),
    ("congress", "Saal 1 am 29.12. um 18 Uhr", "1229-1800 s01"),
    ("congress", "Saal 10 am 29.12. um 18 Uhr", "1229-1800 s10"),
    ("congress", "Tuesday midnight Saal 12", "1228-2400 s12"),
    ("congress", "Mo 27.12. 23-25 Uhr", "1227-2300+2330+2400+2430"),
    ("congress", "30. Dezember, 12:30-13:30, Saal 40", "1230-1230+1300 s40"),
    ("congress", "Dec 28, 13:15, S07", "1228-1300 s07"),
    ("congress", "Saal 01 am 28. um 12:30", "1228-1230 s01"),
    ("congress", "Saal 41", "!room"),
    ("congress", "31.12. 14 Uhr Saal 1", "s01 ?time"),
    ("congress", "am 31. Dezember um 14 Uhr", "!day"),
    ("pyconus2025", "Sunday 9am 310", "0518-0900 310-311"),
    ("pyconus2025", "Sunday 8-10 Room 310/311", "0518 310-311 ?time"),
    ("pyconus2025", "Friday 8:00 room 308", "0516-0800 308"),
    ("pyconus2025", "Friday at 8, 309", "0516 309 ?time"),
    ("pyconus2025", "there will be 320 people on friday", "0516"),
    ("pyconus2025", "Elsewhere, Sat 12:00", "0517-1200 elsewhere"),
    ("pyconus2025", "Friday 308 at 9", "0516-0900 308"),
    ("pyconus2025", "in 315 on saturday at noon", "0517-1200 315"),
    ("pyconus2025", "308 3:15pm sat", "0517-1500"),
    ("pyconus2025", "3:08pm Sat", "0517-1500"),
    ("pyconus2025", "Room 310 and 311, 5/18 1pm", "0518-1300 310-311"),
    ("pyconus2025", "May 16, 2025 at 8:30 PM in 316", "0516-2000 316"),
    ("pyconus2025", "16 May 20:30", "0516-2000"),
]


@pytest.mark.parametrize(("event", "typed", "understood"), WISHES, ids=[typed or "nothing" for _, typed, _ in WISHES])
def test_a_wish_is_understood(event: str, typed: str, understood: str) -> None:
    assert said(wish(event, typed)) == understood


def test_the_line_of_the_page_is_understood_with_its_places_in_the_text() -> None:
    line = "April 29, Room 250DE from 7pm - 8pm"
    spans = (Span(Part.DAY, 0, 8), Span(Part.ROOM, 10, 20), Span(Part.TIME, 21, 35))
    assert wish("pyconus2022", line) == Understood(line, date(2022, 4, 29), ("0429-1900",), "250de", spans)


def test_every_wish_of_an_event_file_is_understood_as_it_is_meant() -> None:
    assert said(wish("pyconus2022", "2022-04-29, Room 250DE, 19:00-20:00")) == "0429-1900 250de"


def test_a_room_whose_number_goes_on_in_letters_is_asked_back() -> None:
    (doubt,) = wish("pyconus2022", "Friday 1pm in Room 250, please").ambiguous
    assert doubt == Doubt(Part.ROOM, "Room 250", ("250a", "250b", "250c", "250de"))


def test_a_weekday_and_a_date_are_read_each_to_its_end() -> None:
    spans = wish("pyconus2022", "Friday 29 April 2022 at 7pm").spans
    assert [(span.start, span.end) for span in spans] == [(0, 6), (7, 20), (21, 27)]


@pytest.mark.parametrize(("typed", "room"), [("250A", "250a"), ("250DE", "250de"), ("250 C", "250c"), ("251a", "251a")])
def test_no_room_is_taken_for_another(typed: str, room: str) -> None:
    assert wish("pyconus2022", f"{typed}, Friday 7pm").room == room


@pytest.mark.parametrize("typed", ["1250A", "250ADE", "250AB", "x250A", "250A4"])
def test_a_name_counts_only_whole(typed: str) -> None:
    assert wish("pyconus2022", typed).room == ""


def test_what_is_open_is_said_with_its_choices() -> None:
    board = board_of("pyconus2022")
    with override("en"):
        says = understood_says(board, wish("pyconus2022", "April 29, Room 250 at 9pm"))
    assert says == (
        "Understood: Friday, 29 April. The board has no hour “at 9pm”. "
        "“Room 250” may be any of these: Room 250A, Room 250B, Room 250C, Room 250DE."
    )


def test_all_that_was_understood_is_said_in_the_readers_language() -> None:
    board, understood = board_of("pyconus2022"), wish("pyconus2022", "April 29, Room 250DE from 7pm - 8pm")
    with override("en"):
        assert understood_says(board, understood) == "Understood: Friday, 29 April, 19:00–20:00, Room 250DE."
    with override("de"):
        assert "Freitag, 29. April" in understood_says(board, understood)


def test_nothing_understood_is_said_too() -> None:
    with override("en"):
        says = understood_says(board_of("pyconus2022"), wish("pyconus2022", "whenever"))
    assert says == "No day, time or room of this event was found in it."


def test_whatever_is_typed_is_answered_and_soon() -> None:
    seed = 20220429
    draw = random.Random(seed)
    pieces = [piece for _event, typed, _said in WISHES for piece in typed.split()]
    odd = [
        "\x00",
        "\u202e",
        "²",
        "½",
        "٣",
        "१४",
        "12345678901234567890",
        "::",
        "--",
        "ﷺ",
        "\ud800",
        "e\u0301",
        "👩‍👩‍👧",
        ".",
        "-",
    ]
    slowest = 0.0
    for _ in range(2000):
        event = draw.choice(["pyconus2022", "pyconindia2018", "schoolcamp", "congress", "pyconus2025"])
        typed = draw.choice(["", " "]).join(draw.choice(pieces + odd) for _ in range(draw.randrange(12)))
        board = board_of(event)
        began = process_time()
        understood = read_wish(typed, board, eve_of(board))
        slowest = max(slowest, process_time() - began)
        assert all(0 <= span.start < span.end <= len(typed) for span in understood.spans), (seed, typed)
        assert set(understood.slots) <= set(board.slots), (seed, typed)
    assert slowest < 2


def test_a_very_long_text_takes_no_longer() -> None:
    began = process_time()
    wish("congress", "Saal 1 am 28. um 12 Uhr " * 50_000)
    assert process_time() - began < 2


def test_the_names_of_days_and_months_are_those_of_cldr() -> None:
    assert cldr.FILE.read_text(encoding="utf-8") == cldr.names(), "stale: run `python -m tests.intake.wishes.cldr`"
