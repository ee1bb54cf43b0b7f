"""Wrong event files: each is refused whole, with the line, the key and the fix of everything in it."""

from pathlib import Path

import pytest

from openspaces.intake.file import WrongFile, read_file

GOOD = """slug = "small"
name = "Small"
timezone = "Europe/Berlin"

[policy]
placing = "anyone"

[[rooms]]
key = "oak"
name = "Oak"
[[rooms]]
key = "elm"
name = "Elm"

[[days]]
date = 2027-05-08
slots = "09:00-12:00/60"
[[days]]
date = 2027-05-09
slots = "09:00-12:00/60"
"""


def refusal(folder: Path, text: str | bytes) -> list[str]:
    """What is said of a file, without its name: `line: key: sentence`."""
    file = folder / "event.toml"
    file.write_bytes(text.encode() if isinstance(text, str) else text)
    with pytest.raises(WrongFile) as wrong:
        read_file(file)
    lines = str(wrong.value).split("\n")
    assert all(line.startswith(f"{file}:") for line in lines)
    return [line.removeprefix(f"{file}:") for line in lines]


def test_the_good_file_is_good(tmp_path: Path) -> None:
    file = tmp_path / "event.toml"
    file.write_text(GOOD)
    assert len(read_file(file).days) == 2


def test_a_mistyped_key_is_told_as_missing_and_as_unknown(tmp_path: Path) -> None:
    assert refusal(tmp_path, GOOD.replace('key = "oak"', 'kye = "oak"')) == [
        '8: rooms[1]: “key” is missing. Write it in quotes: key = "…".',
        "9: rooms[1].kye: This key is not known. Did you mean “key”?",
    ]


SENTENCES = {
    "an address of our own": (
        ('slug = "small"', 'slug = "api"'),
        "1: slug: The address /api is the program's own. Choose another.",
    ),
    "a slug that no address can have": (
        ('slug = "small"', 'slug = "Small Camp"'),
        "1: slug: “Small Camp” cannot stand in an address. "
        "Use small letters, digits and hyphens inside, like pyconus2025.",
    ),
    "an empty slug": (
        ('slug = "small"', 'slug = ""'),
        "1: slug: “” cannot stand in an address. Use small letters, digits and hyphens inside, like pyconus2025.",
    ),
    "an empty name": (('name = "Small"', 'name = " "'), "2: name: It is empty. Write something."),
    "a name that is no text": (('name = "Small"', "name = 5"), '2: name: Write it in quotes: name = "…".'),
    "a name that is too long": (
        ('name = "Small"', f'name = "{"x" * 201}"'),
        "2: name: Shorten it to 200 letters; it has 201.",
    ),
    "a time zone with a slip": (
        ("Europe/Berlin", "Europe/Berln"),
        "3: timezone: There is no time zone “Europe/Berln”. Did you mean “Europe/Berlin”?",
    ),
    "no time zone at all": (
        ("Europe/Berlin", "noon"),
        "3: timezone: There is no time zone “noon”. Write a name like Europe/Berlin or Asia/Kolkata.",
    ),
    "a policy that is not known": (
        ('placing = "anyone"', 'placing = "anybody"'),
        "6: policy.placing: “anybody” is not known. Did you mean “anyone”?",
    ),
    "another policy that is not known": (
        ('placing = "anyone"', 'competing = "fight"'),
        "6: policy.competing: “fight” is not known. Known here: refuse, contest.",
    ),
    "a contest method that is not known": (
        ('placing = "anyone"', 'contest = { method = "votes" }'),
        "6: policy.contest.method: “votes” is not known. Did you mean “vote”?",
    ),
    "a limit below nothing": (
        ('placing = "anyone"', "cards_per_host = -1"),
        "6: policy.cards_per_host: Write a whole number from 0 to 100000.",
    ),
    "a limit that is true": (
        ('placing = "anyone"', "stop_taking = true"),
        "6: policy.stop_taking: Write a whole number from 0 to 10080.",
    ),
    "a policy key that is not known": (
        ('placing = "anyone"', "cards_per_hosts = 1"),
        "6: policy.cards_per_hosts: This key is not known. Did you mean “cards_per_host”?",
    ),
    "a room key that no address can have": (
        ('key = "elm"', 'key = "Elm 1"'),
        "12: rooms[2].key: “Elm 1” cannot stand in an address. "
        "Use small letters, digits and hyphens inside, like 250a.",
    ),
    "two rooms of one key": (
        ('key = "elm"', 'key = "oak"'),
        "12: rooms[2].key: An earlier room has the key “oak”. Give each room its own.",
    ),
    "rooms in single brackets": (
        ('[[rooms]]\nkey = "oak"\nname = "Oak"\n[[rooms]]\nkey = "elm"\nname = "Elm"\n', '[rooms]\nkey = "oak"\n'),
        "8: rooms: Write each one under a line [[rooms]] of its own.",
    ),
    "a date in quotes": (
        ("date = 2027-05-09", 'date = "2027-05-09"'),
        "19: days[2].date: Write a date without quotes: date = 2027-05-08.",
    ),
    "a day twice": (
        ("date = 2027-05-09", "date = 2027-05-08"),
        "19: days[2].date: The board has 2027-05-08 already.",
    ),
    "a day of another year that would have the same cells": (
        ("date = 2027-05-09", "date = 2028-05-08"),
        "19: days[2].date: The board has 2027-05-08 already.",
    ),
    "a year that cannot be meant": (
        ("date = 2027-05-09", "date = 0207-05-09"),
        "19: days[2].date: The year 207 cannot be meant.",
    ),
    "an end before the start": (
        ('2027-05-09\nslots = "09:00-12:00/60"', '2027-05-09\nslots = "20:00-02:00/60"'),
        "20: days[2].slots: “20:00-02:00/60” ends before it starts. Hours past midnight count on: 20:00-26:00/60.",
    ),
    "slots that leave minutes over": (
        ('2027-05-09\nslots = "09:00-12:00/60"', '2027-05-09\nslots = "09:00-12:00/50"'),
        "20: days[2].slots: “09:00-12:00/50” leaves 30 minutes over. An end that fits: 11:30, 12:20.",
    ),
    "a slot longer than its stretch": (
        ('2027-05-09\nslots = "09:00-12:00/60"', '2027-05-09\nslots = "09:00-09:30/60"'),
        "20: days[2].slots: “09:00-09:30/60” leaves 30 minutes over. An end that fits: 10:00.",
    ),
    "slots of a minute": (
        ('2027-05-09\nslots = "09:00-12:00/60"', '2027-05-09\nslots = "09:00-12:00/0"'),
        "20: days[2].slots: “09:00-12:00/0”: a slot has at least 5 minutes.",
    ),
    "slots that are no slots": (
        ('2027-05-09\nslots = "09:00-12:00/60"', '2027-05-09\nslots = "nine to five"'),
        "20: days[2].slots: “nine to five” is no stretch of slots. "
        "Write from, to and the minutes of each slot, like 08:00-20:00/60.",
    ),
    "a day without slots": (
        ('2027-05-09\nslots = "09:00-12:00/60"', "2027-05-09\nslots = []"),
        '20: days[2].slots: A day needs slots, like slots = "08:00-20:00/60".',
    ),
    "stretches that overlap": (
        ('2027-05-09\nslots = "09:00-12:00/60"', '2027-05-09\nslots = ["09:00-12:00/60", "11:30-13:00/30"]'),
        "20: days[2].slots: “09:00-12:00/60” and “11:30-13:00/30” overlap. Let one end before the other begins.",
    ),
    "a night that runs into the next day": (
        ('2027-05-08\nslots = "09:00-12:00/60"', '2027-05-08\nslots = "22:00-34:00/60"'),
        "20: days[2].slots: 2027-05-08 still runs when 2027-05-09 begins. Shorten one of them.",
    ),
    "a room that no day uses": (
        ('slots = "09:00-12:00/60"', 'slots = "09:00-12:00/60"\nrooms = ["oak"]'),
        "11: rooms[2]: No day uses the room “elm”. Name it in the rooms of a day, or take it out of the file.",
    ),
    "a day with an unknown room": (
        ("date = 2027-05-09", 'date = 2027-05-09\nrooms = ["oak", "elms"]'),
        "20: days[2].rooms[2]: There is no room with the key “elms”. Did you mean “elm”?",
    ),
    "a day with a room twice": (
        ("date = 2027-05-09", 'date = 2027-05-09\nrooms = ["oak", "oak"]'),
        "20: days[2].rooms[2]: “oak” stands here twice.",
    ),
    "a day with no room": (
        ("date = 2027-05-09", "date = 2027-05-09\nrooms = []"),
        "20: days[2].rooms: Name at least one room, or leave the key out: then the day has all rooms.",
    ),
    "a share that is no number": (
        ("date = 2027-05-09", 'date = 2027-05-09\nheld_back = { share = "30", until = "09:00" }'),
        "20: days[2].held_back.share: Write a whole number from 1 to 99.",
    ),
    "a share of everything": (
        ("date = 2027-05-09", 'date = 2027-05-09\nheld_back = { share = 100, until = "09:00" }'),
        "20: days[2].held_back.share: Write a whole number from 1 to 99.",
    ),
    "no share": (
        ("date = 2027-05-09", 'date = 2027-05-09\nheld_back = { until = "09:00" }'),
        "20: days[2].held_back: “share” is missing. Write a whole number from 1 to 99.",
    ),
    "a share that is held for no time": (
        ("date = 2027-05-09", "date = 2027-05-09\nheld_back = { share = 30 }"),
        '20: days[2].held_back.until: Write until when, by the clocks of that day: until = "09:00".',
    ),
    "a share that is held until nobody knows when": (
        ("date = 2027-05-09", 'date = 2027-05-09\nheld_back = { share = 30, until = "noon" }'),
        '20: days[2].held_back.until: Write until when, by the clocks of that day: until = "09:00".',
    ),
    "a share that is held until the day is over": (
        ("date = 2027-05-09", 'date = 2027-05-09\nheld_back = { share = 30, until = "12:00" }'),
        "20: days[2].held_back.until: The day is over by then, so nobody could ever take these cells. "
        "Name an earlier time.",
    ),
    "a share with a word too many": (
        ("date = 2027-05-09", 'date = 2027-05-09\nheld_back = { share = 30, until = "09:00", why = "x" }'),
        "20: days[2].held_back.why: This key is not known. Known here: share, until.",
    ),
    "a contest that is settled by giving way": (
        ('placing = "anyone"', 'placing = "anyone"\ncontest = { method = "yield" }'),
        "7: policy.contest.method: “yield” is not known. Known here: vote, hands, lot, agreement, decision.",
    ),
    "sign-up that closes before it opens": (
        ("date = 2027-05-09", "date = 2027-05-09\nopens = 2027-05-08T09:00:00\ncloses = 2027-05-08T08:00:00"),
        "21: days[2].closes: Sign-up closes before it opens.",
    ),
    "sign-up that opens too late": (
        ("date = 2027-05-09", "date = 2027-05-09\nopens = 2027-05-09T12:00:00"),
        "20: days[2].opens: Sign-up opens when the day is over.",
    ),
    "sign-up that opens at no time": (
        ("date = 2027-05-09", "date = 2027-05-09\nopens = 2027-05-08"),
        "20: days[2].opens: Write a date and time without quotes: opens = 2027-05-08T09:00:00.",
    ),
}


@pytest.mark.parametrize(("change", "says"), SENTENCES.values(), ids=SENTENCES.keys())
def test_a_wrong_file_is_refused_with_line_key_and_fix(tmp_path: Path, change: tuple[str, str], says: str) -> None:
    assert GOOD.count(change[0]) >= 1
    assert refusal(tmp_path, GOOD.replace(*change)) == [says]


TAILS = {
    "a closure outside any slot": (
        '[[closures]]\nroom = "oak"\nfrom = 2027-05-08T12:00:00\nto = 2027-05-08T14:00:00\nreason = "Lunch"\n',
        "21: closures[1]: No slot of the board lies in this time, so nothing would be closed. "
        "Check room, day and hours.",
    ),
    "a closure of no room": (
        '[[closures]]\nroom = "ok"\nfrom = 2027-05-08T09:00:00\nto = 2027-05-08T14:00:00\nreason = "Lunch"\n',
        "22: closures[1].room: There is no room with the key “ok”. Did you mean “oak”?",
    ),
    "a closure that ends before it starts": (
        '[[closures]]\nfrom = 2027-05-08T11:00:00\nto = 2027-05-08T10:00:00\nreason = "Lunch"\n',
        "23: closures[1].to: It ends before it starts.",
    ),
    "a closure without a reason": (
        "[[closures]]\nfrom = 2027-05-08T11:00:00\nto = 2027-05-08T12:00:00\n",
        '21: closures[1]: “reason” is missing. Write it in quotes: reason = "…".',
    ),
    "a cell closed twice": (
        '[[closures]]\nfrom = 2027-05-08T11:00:00\nto = 2027-05-08T12:00:00\nreason = "Lunch"\n'
        '[[closures]]\nroom = "elm"\nfrom = 2027-05-08T10:00:00\nto = 2027-05-08T12:00:00\nreason = "Tea"\n',
        "25: closures[2]: An earlier closure of this file closes elm@0508-1100 already. "
        "Let one begin where the other ends.",
    ),
    "a planned session without a host": (
        '[[planned]]\ntitle = "Sing"\n',
        '21: planned[1]: “host” is missing. Write it in quotes: host = "…".',
    ),
    "an idea with a title too long": (
        f'[[ideas]]\ntitle = "{"x" * 81}"\n',
        "22: ideas[1].title: Shorten this to 80 letters.",
    ),
    "an idea twice": (
        '[[ideas]]\ntitle = "Sing"\n[[ideas]]\ntitle = "Sing"\n',
        "24: ideas[2].title: The file has this title already.",
    ),
    "a link that is not https": (
        '[[planned]]\ntitle = "Sing"\nhost = "Ada"\nlink = "javascript:alert(1)"\n',
        "24: planned[1].link: Write a whole web address that begins with https://, or leave it empty.",
    ),
    "an idea with a host": (
        '[[ideas]]\ntitle = "Sing"\nhost = "Ada"\n',
        "23: ideas[1].host: This key is not known. Known here: title, text.",
    ),
}


@pytest.mark.parametrize(("tail", "says"), TAILS.values(), ids=TAILS.keys())
def test_a_wrong_end_of_a_file_is_refused_with_line_key_and_fix(tmp_path: Path, tail: str, says: str) -> None:
    assert refusal(tmp_path, GOOD + tail) == [says]


def test_everything_wrong_is_told_at_once_in_the_order_of_the_file(tmp_path: Path) -> None:
    bad = (
        GOOD.replace("Europe/Berlin", "Mars/Base").replace('key = "elm"', 'key = "oak"').replace("12:00/60", "08:00/60")
    )
    assert [line.partition(": ")[0] for line in refusal(tmp_path, bad)] == ["3", "12", "17", "20"]


def test_an_empty_file_is_told_what_it_needs(tmp_path: Path) -> None:
    assert [line.split("”")[0] for line in refusal_of_whole(tmp_path, "")] == [
        "“slug",
        "“name",
        "“timezone",
        "“rooms",
        "“days",
    ]


def test_what_is_no_toml_is_told_with_its_line(tmp_path: Path) -> None:
    assert refusal(tmp_path, 'slug = "small"\nname Small\n') == [
        "2: This is not TOML: Expected '=' after a key in a key/value pair."
    ]
    assert refusal(tmp_path, 'slug = "small"\nslug = "large"\n') == ["2: This is not TOML: Cannot overwrite a value."]


def test_what_is_no_utf8_is_told_with_its_line(tmp_path: Path) -> None:
    assert refusal(tmp_path, b'slug = "small"\nname = "\xe9cole"\n') == [
        "2: This is not UTF-8. Save the file again as UTF-8 text."
    ]


def test_a_value_over_several_lines_does_not_confuse_the_lines(tmp_path: Path) -> None:
    text = GOOD.replace('name = "Small"', 'name = "Small"\nabout = """\n[[rooms]]\nkey = "x"\n"""\nkit = [\n  "a",\n]')
    assert refusal(tmp_path, text) == ["7: kit: This key is not known. Known here: " + KNOWN]


KNOWN = (
    "slug, name, timezone, venue, language, hashtags, contact, about, programme, policy, mail, rooms, days, closures,"
    " planned, ideas."
)


def refusal_of_whole(folder: Path, text: str) -> list[str]:
    """What is said of a file as a whole, where there is no line to name."""
    file = folder / "event.toml"
    file.write_text(text)
    with pytest.raises(WrongFile) as wrong:
        read_file(file)
    return [line.removeprefix(f"{file}: ") for line in str(wrong.value).split("\n")]
