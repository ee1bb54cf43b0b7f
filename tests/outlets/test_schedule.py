"""What conference apps read: the rules of their formats, the habits of those that we know, and what the Board says."""

import json
from dataclasses import replace
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from tests.drawing import after, card, code, host_of
from tests.hostile import HOSTILE
from tests.outlets.asking import variant_of
from tests.outlets.boards import board, placed, with_cards
from tests.outlets.desk import desk
from tests.outlets.golden import golden
from tests.outlets.schedule_rules_xml import broken_xml
from tests.outlets.schedules import DRAWN, HERE, made, sessions

from openspaces import __version__
from openspaces.board.moves import FollowPlan, WithdrawCard
from openspaces.board.state import Board, Placement, Room
from openspaces.board.vocabulary import Cell, Standing
from openspaces.intake.file import read_file
from openspaces.intake.programme import read_programme
from openspaces.outlets.base import Variant
from openspaces.outlets.schedule import JSON, STATUS, XML
from openspaces.people.who import PROGRAM

NIGHT = """
slug = "hx"
name = "Night \\u0007camp"
timezone = "Europe/Berlin"
[[rooms]]
key = "a"
name = "Saal"
[[rooms]]
key = "b"
name = "Saal"
capacity = 40
[[rooms]]
key = "elsewhere"
name = "Elsewhere"
elsewhere = true
[[days]]
date = 2027-03-27
slots = "22:00-29:00/60"
"""


def night(tmp_path: Path) -> Board:
    """An event of one day, in the night in which clocks are put forward, with two rooms of one name."""
    (tmp_path / "night.toml").write_text(NIGHT, encoding="utf-8")
    return after(Board("hx"), FollowPlan(plan=read_file(tmp_path / "night.toml")), PROGRAM)


def test_both_formats_are_as_somebody_found_them_right() -> None:
    full = replace(DRAWN, hashtags=("camp",))
    xml = XML.render(full, HERE).decode().replace(f'version="{__version__}"', 'version="0"')
    assert xml == golden("schedule.xml", xml)
    facts = json.loads(JSON.render(full, HERE))
    facts["generator"]["version"] = "0"
    written = json.dumps(facts, ensure_ascii=False, indent=1) + "\n"
    assert written == golden("schedule.json", written)


@pytest.mark.parametrize("pull", [XML, JSON, STATUS], ids=lambda pull: pull.name)
def test_equal_boards_are_equal_bytes(pull) -> None:  # type: ignore[no-untyped-def]
    once, again = with_cards(board(days=2), 120), with_cards(board(days=2), 120)
    assert pull.render(once, HERE) == pull.render(again, HERE)


def test_a_full_board_keeps_all_the_rules() -> None:
    assert len(sessions(with_cards(board(days=3), 300))) == 300
    assert len(sessions(desk())) == 5


def test_a_board_without_a_card_has_its_days_and_rooms() -> None:
    empty = made(board(days=2))
    assert (len(empty.findall("day/room")), empty.findall("day/room/event"), empty.find("conference/track")) == (
        16,
        [],
        None,
    )


def test_a_board_without_a_slot_has_one_day_all_the_same() -> None:
    assert [day.get("date") for day in made(replace(board(), days=())).iterfind("day")] == ["2025-05-16"]


def test_a_card_of_several_slots_is_one_event_and_what_holds_no_cell_is_none() -> None:
    assert sessions(DRAWN) == [
        ("2031-05-17", "Oak", "09:00", "02:00", "Knit"),
        ("2031-05-17", "Elsewhere: Gate", "09:00", "01:00", "Run"),
        ("2031-05-17", "Elsewhere: Park", "09:00", "01:00", "Chess"),
        ("2031-05-17", "Elsewhere: Park", "10:00", "01:00", "Swim"),
        ("2031-05-17", "Elsewhere: Park 2", "09:00", "01:00", "Jog"),
    ]


def test_a_withdrawn_card_is_gone_and_a_hidden_one_says_nothing() -> None:
    gone = after(DRAWN, WithdrawCard(card=code("Run")), host_of(DRAWN, "Run"))
    assert "Run" not in [title for *_, title in sessions(gone)]
    hidden = replace(card(DRAWN, "Run"), standing=Standing.SHIELDED, words=card(DRAWN, "Run").words.hidden())
    shielded = sessions(DRAWN.with_card(hidden))
    assert [each for each in shielded if "Gate" in str(each) or each[-1].startswith("Hidden")] == [
        ("2031-05-17", "Elsewhere", "09:00", "01:00", "Hidden until somebody has read it")
    ]


def test_a_card_that_became_part_of_another_is_told_of_by_that_one_alone() -> None:
    assert [title for *_, title in sessions(desk())] == [
        "Knit",
        "Chess",
        "Hidden until somebody has read it",
        "Outside",
        "Talk",
    ]


def test_a_room_that_is_called_like_a_place_elsewhere_keeps_its_name() -> None:
    rooms = (replace(DRAWN.rooms[0], name="Elsewhere: Park"), *DRAWN.rooms[1:])
    named = {title: room for _, room, *_, title in sessions(replace(DRAWN, rooms=rooms))}
    assert [named[title] for title in ("Knit", "Chess", "Jog")] == [
        "Elsewhere: Park",
        "Elsewhere: Park 2",
        "Elsewhere: Park 3",
    ]


def test_a_room_that_is_called_as_another_becomes_with_its_key_keeps_its_name() -> None:
    oak, elm, elsewhere = DRAWN.rooms
    rooms = (replace(oak, name="Hall"), replace(elm, name="Hall"), replace(elsewhere, name="Hall (oak)"))
    named = {title: room for _, room, *_, title in sessions(replace(DRAWN, rooms=rooms))}
    assert (named["Knit"], named["Chess"]) == ("Hall (oak) 2", "Hall (oak): Park")


def test_where_one_day_runs_into_the_next_no_room_holds_two_cards_at_a_time() -> None:
    full = board(days=2, hours=range(20, 24))
    late, early = (day.slots[-1].key for day in full.days)
    first = full.days[0].slots[-1]
    second = replace(full.days[1], slots=(replace(full.days[1].slots[-1], starts=first.starts, ends=first.ends),))
    full = replace(full, days=(full.days[0], second))
    full = placed(placed(full, Cell("r1", late), "Late", serial=1), Cell("r1", early), "Early", serial=2)
    assert [(room, start, title) for _, room, start, _, title in sessions(full)] == [
        ("Room 300", "23:00", "Late"),
        ("Room 300 2", "23:00", "Early"),
    ]


def test_after_midnight_the_day_and_the_clock_say_the_same_as_the_date(tmp_path: Path) -> None:
    full = night(tmp_path)
    keys = list(full.slots)
    for serial, (slot, title) in enumerate(((keys[0], "Early"), (keys[2], "Late"), (keys[-1], "Dawn")), start=1):
        full = placed(full, Cell("a", slot), title, serial=serial)
    full = placed(full, Cell("b", keys[1]), "Across", serial=4, length=3)
    assert sessions(full) == [
        ("2027-03-27", "Saal (a)", "22:00", "01:00", "Early"),
        ("2027-03-27", "Saal (b)", "23:00", "03:00", "Across"),
        ("2027-03-28", "Saal (a)", "00:00", "01:00", "Late"),
        ("2027-03-28", "Saal (a)", "04:00", "01:00", "Dawn"),
    ]
    days = [(day.get("date"), day.get("start"), day.get("end")) for day in made(full).iterfind("day")]
    assert days == [
        ("2027-03-27", "2027-03-27T22:00:00+01:00", "2027-03-28T00:00:00+01:00"),
        ("2027-03-28", "2027-03-28T00:00:00+01:00", "2027-03-28T05:00:00+02:00"),
    ]


def test_an_hour_that_is_skipped_makes_a_card_no_longer(tmp_path: Path) -> None:
    full = night(tmp_path)
    one, three = (
        next(key for key, slot in full.slots.items() if full.local(slot.starts).hour == hour) for hour in (1, 3)
    )
    assert full.slots[one].ends == full.slots[three].starts
    full = placed(full, Cell("a", one), "Spring forward", serial=1, length=2)
    assert sessions(full) == [("2027-03-28", "Saal (a)", "01:00", "02:00", "Spring forward")]


def test_control_characters_are_taken_out_wherever_they_are() -> None:
    dirty = "\x00\x08\x1b\ud800\ufffe\uffff\u202e"
    full = replace(DRAWN, name=f"Ca{dirty}mp", rooms=(Room("oak", f"Oa{dirty}k"), *DRAWN.rooms[1:]))
    knit = card(full, "Knit")
    words = replace(
        knit.words, title=f"Kn{dirty}it", text=f"a{dirty}b", host=f"A{dirty}da", link=f"https://a.example/{dirty}"
    )
    full = full.with_card(replace(knit, words=words))
    park = card(full, "Chess")
    full = full.with_card(replace(park, placement=Placement(park.cells, f"Pa{dirty}rk")))
    event = made(full).find("day/room/event")
    assert event is not None
    said = [event.findtext(tag) for tag in ("room", "title", "abstract", "persons/person", "links/link")]
    assert said == ["Oak", "Knit", "ab", "Ada", "https://a.example/"]
    assert [each[1] for each in sessions(full) if each[-1] == "Chess"] == ["Elsewhere: Park"]


@pytest.mark.parametrize("title", HOSTILE.values(), ids=HOSTILE)
def test_hostile_text_stays_text(title: str) -> None:
    first = replace(card(DRAWN, "Knit"), words=replace(card(DRAWN, "Knit").words, title=title, text=title, host=title))
    moved = replace(card(DRAWN, "Chess"), placement=Placement(card(DRAWN, "Chess").cells, title))
    full = DRAWN.with_card(first).with_card(moved)
    assert len(sessions(full)) == len(sessions(DRAWN))
    facts = json.loads(JSON.render(full, HERE))["schedule"]["conference"]["days"][0]["rooms"]["Oak"][0]
    event = made(full).find("day/room/event")
    assert event is not None
    assert [event.findtext("title"), event.findtext("abstract")] == [facts["title"], facts["abstract"]]


@pytest.mark.parametrize(
    ("slug", "called"),
    [
        ("pyconindia2018", "pyconindia2018"),
        ("py-camp", "py_camp"),
        ("hx", "hx2031"),
        ("a-b", "a_b2031"),
        ("camp", "camp"),
    ],
)
def test_an_acronym_has_four_letters_and_no_hyphen(slug: str, called: str) -> None:
    named = made(replace(DRAWN, event=slug))
    assert named.findtext("conference/acronym") == called
    assert named.findtext("day/room/event/slug") == f"{called}-knit00"


def test_a_track_is_the_first_tag_as_the_oldest_card_spells_it() -> None:
    tagged = replace(DRAWN, hashtags=("PyCamp",))
    for title, text in (("Knit", "#pycamp #PyLadies and #wool"), ("Chess", "for #pyladies"), ("Run", "#1 of all")):
        told = card(tagged, title)
        tagged = tagged.with_card(replace(told, words=replace(told.words, text=text)))
    found = {event.findtext("title"): event.findtext("track") for event in made(tagged).iterfind("day/room/event")}
    others = dict.fromkeys(("Run", "Jog", "Swim"), "Open Spaces")
    assert found == {"Knit": "PyLadies", "Chess": "PyLadies", **others}


@pytest.mark.parametrize(
    ("tag", "slug"),
    [("PyLadies", "track-pyladies"), ("C", "track-c"), ("a_b", "track-a-b"), ("सीखना", "track-6990e9eb")],
)
def test_a_track_has_a_slug_in_any_script(tag: str, slug: str) -> None:
    told = card(DRAWN, "Knit")
    tracks = made(DRAWN.with_card(replace(told, words=replace(told.words, text=f"#{tag}")))).iterfind(
        "conference/track"
    )
    assert [track.get("slug") for track in tracks if track.get("name") == tag] == [slug]


def test_tracks_that_are_spelled_alike_but_for_an_accent_have_slugs_of_their_own() -> None:
    full = DRAWN
    for title, tag in (("Knit", "Café"), ("Chess", "cafe"), ("Run", "cafe日本")):
        told = card(full, title)
        full = full.with_card(replace(told, words=replace(told.words, text=f"#{tag}")))
    slugs = [track.get("slug", "") for track in made(full).iterfind("conference/track")]
    assert ("track-cafe" in slugs, len(set(slugs))) == (True, 4)


def test_a_schedule_speaks_the_language_of_the_event_whoever_asks() -> None:
    german = replace(DRAWN, language="de")
    assert variant_of(XML, german, language="ar") == variant_of(JSON, german) == Variant(language="de")


def test_without_an_address_of_its_own_the_xml_names_none() -> None:
    xml = XML.render(DRAWN, Variant())
    assert (broken_xml(xml), b"<url>" in xml, b"base_url" in JSON.render(DRAWN, Variant())) == ([], False, False)


def test_a_longer_address_than_any_is_still_known_by_its_beginning() -> None:
    far = Variant(base_url=f"https://{'a' * 240}.example/{'b' * 300}")
    assert broken_xml(XML.render(replace(DRAWN, event="e" * 48), far)) == []


def test_our_own_import_reads_both_back() -> None:
    full = with_cards(board(days=2), 60)
    for pull in (XML, JSON):
        programme = read_programme(pull.render(full, HERE), ZoneInfo("UTC"))
        assert (programme.title, programme.timezone, programme.left) == (full.name, full.timezone, ())
        read = sorted((talk.title, talk.starts, talk.ends) for talk in programme.talks)
        assert read == sorted(
            (each.words.title, *full.time_of(each.placement)) for each in full.in_order() if each.placement
        )
        assert [day.date for day in programme.days] == [day.date for day in full.days]
