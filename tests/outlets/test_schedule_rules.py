"""The rules by which schedule.xml and schedule.json are judged notice what breaks them, each what it is about."""

import pytest
from tests.outlets.schedule_rules_json import broken_json
from tests.outlets.schedule_rules_xml import broken_xml
from tests.outlets.schedules import DRAWN, HERE

from openspaces.outlets.schedule import JSON, XML

SWIMS = "<date>2031-05-17T10:00:00+05:30</date>\n        <start>10:00"
XML_BROKEN = [
    ("<schedule>", "<!DOCTYPE x><schedule>", ["a document type"]),
    ('name="openspaces"', f'name="{"x" * 1000}"', ["Giggity does not know it by its beginning"]),
    ("<days>", "<day_change>04:00</day_change><days>", ["<day_change> in <conference>"]),
    ("<acronym>camp", "<acronym>Camp", ["<acronym>Camp"]),
    ("<days>2", "<days>3", ["the number of days is wrong"]),
    ('index="2"', 'index="1"', ["the index 1"]),
    ('start="2031-05-17T09:00:00+05:30"', 'start="2031-05-17T09:00:00"', ["a day's start is 2031-05-17T09:00:00"]),
    ("<date>2031-05-17T09:00:00+05:30", "<date>2031-05-17T09:00:00", ["<date>2031-05-17T09:00:00"]),
    ("<start>10:00", "<start>09:30", ["2031-05-17 09:30 is not 2031-05-17 10:00:00+05:30"]),
    ("<duration>01:00", "<duration>24:00", ["the length 24:00"]),
    (
        SWIMS,
        SWIMS.replace("10:00", "09:30"),
        ["2031-05-17 09:30:00+05:30 begins before 2031-05-17 10:00:00+05:30 in one room"],
    ),
    ('id="2"', 'id="1"', ["2 of the id 1"]),
    ('id="1"', 'id="0"', ["the id 0"]),
    ('code="KNIT00"', 'code="knit00"', ["the code knit00"]),
    ("<title>Knit</title>", "", ["no <title> in <event>"]),
    ("<title>Knit</title>", "<title></title>", ["<title>"]),
    ("<optout>true", "<optout>false", ["it does not say that nothing is recorded"]),
    (
        "<track>Open Spaces</track>",
        "<track>Other</track>",
        ["the tracks ['Open Spaces'] are not those of the events"],
    ),
    ("<url>https://board.example/camp/cards/KNIT00/</url>", "<url/>", ["<url>"]),
    ('<room name="Elm"', '<room name="Oak"', ["the rooms are not the same every day", "two rooms of one name"]),
]
JSON_BROKEN = [
    ('"slug":"track-open-spaces",', "", ["the slug of a track is None"]),
    ('"title":"Knit"', '"title":"Knit","speaker":"Ada"', ["an event has speaker"]),
    ('"subtitle":"",', "", ["an event has no subtitle"]),
    ('"daysCount":2', '"daysCount":1', ["daysCount is wrong"]),
    ('"id":2,', '"id":1,', ["2 of the id 1"]),
    ('"id":1,', '"id":"1",', ["the id '1'"]),
    ('"start":"09:00"', '"start":"09:30"', ["2031-05-17 09:30 is not 2031-05-17 09:00:00+05:30"]),
    ('"duration":"01:00"', '"duration":"25:00"', ["the length 25:00"]),
    ('"do_not_record":true', '"do_not_record":false', ["it does not say that nothing is recorded"]),
    ('"rooms":{"Oak"', '"rooms":{"Oak 2":[],"Oak"', ["the rooms are not the same every day"]),
    ('"links":[]', '"links":[{"url":"https://a.example/","type":"video"}]', ["type is 'video'"]),
    ('"persons":[]', '"persons":[{"name":"Ada"}]', ["a person has no guid"]),
]


@pytest.mark.parametrize(("right", "wrong", "complaints"), XML_BROKEN)
def test_the_rules_of_the_xml_notice(right: str, wrong: str, complaints: list[str]) -> None:
    written = XML.render(DRAWN, HERE).decode()
    assert right in written
    assert broken_xml(written.replace(right, wrong, 1).encode()) == complaints


@pytest.mark.parametrize(("right", "wrong", "complaints"), JSON_BROKEN)
def test_the_rules_of_the_json_notice(right: str, wrong: str, complaints: list[str]) -> None:
    written = JSON.render(DRAWN, HERE).decode()
    assert right in written
    assert broken_json(written.replace(right, wrong, 1).encode()) == complaints
