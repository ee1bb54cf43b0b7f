"""A word to everyone from the desk, the freeze, caution, and the pitch."""

from datetime import UTC, datetime

import pytest
from django.conf import LazySettings
from tests.drawing import EVENT, cells
from tests.intake.desk import Sheet, done, with_role
from tests.intake.event import furnish, now, titled

from openspaces.board.moves import SetPitch, ShieldCard, WithdrawCard, WriteCard
from openspaces.board.state import Caution
from openspaces.people.presence import code_now
from openspaces.people.who import Role, Who

SAY, PITCH = f"/{EVENT}/desk/say/", f"/{EVENT}/desk/pitch/"


@pytest.fixture(autouse=True)
def board(database: None, settings: LazySettings) -> None:
    settings.LIMITS = False
    furnish()
    for title in ("Yoga", "Chess", "Song"):
        done(WriteCard(title=title, host=f"{title}'s host"), Who(title.lower()))


def desk(path: str = SAY, role: Role = Role.FACILITATOR) -> Sheet:
    return Sheet(with_role(role), path)


# Announcements


def test_an_announcement_is_on_every_screen_until_it_is_ended() -> None:
    sheet = desk(role=Role.HELPER).press("Announce it", text="Lunch is  ready", minutes="20")
    (said,) = now().announcements
    assert (said.text, said.until - said.at) == ("Lunch is ready", (said.until - said.at))
    assert (said.until - said.at).total_seconds() == 1200
    assert sheet.texts("*[@id='announcements']/li/div/p[1]") == ["Lunch is ready"]
    sheet.press("End: Lunch is ready")
    assert (now().announcements, sheet.texts("*[@id='announcements']/li")) == ((), [])


@pytest.mark.parametrize(
    ("typed", "field", "says"),
    [
        ({"text": ""}, "text", "Write a title: a few words that say what it is about."),
        ({"text": "x" * 281}, "text", "Shorten this to 280 letters."),
        ({"minutes": "0"}, "minutes", "Write a number up to 1440."),
        ({"minutes": "soon"}, "minutes", "Write a number up to 1440."),
        ({"minutes": "99999999999"}, "minutes", "Write a number up to 1440."),
    ],
)
def test_an_announcement_that_does_not_fit_is_kept_and_mended(typed: dict[str, str], field: str, says: str) -> None:
    sent = {"text": "Lunch", "minutes": "20", **typed}
    sheet = desk().press("Announce it", **sent)
    assert (sheet.status, sheet.texts(f"*[@id='{field}-wrong']")) == (422, [says])
    assert sheet.texts("textarea")[0] == sent["text"]
    assert now().announcements == ()


def test_an_announcement_that_is_over_already_says_so() -> None:
    sheet = desk().press("Announce it", text="Lunch")
    button = sheet.values("*[@id='announcements']//input")[0]
    with_role(Role.HELPER).send("desk/say/", do="end", announcement=button)
    sheet.press("End: Lunch")
    assert (sheet.status, sheet.told) == (404, "That announcement is over already.")


# The freeze


def test_the_board_is_frozen_with_a_reason_and_opened_again() -> None:
    sheet = desk().press("Freeze the board", reason="Storm of spam")
    assert now().freeze is not None
    assert sheet.texts("*[@id='freeze']//strong") == ["The board is paused: Storm of spam"]
    sheet.press("Open the board again")
    assert (now().freeze, "Freeze the board" in sheet.buttons) == (None, True)


def test_freezing_needs_a_reason() -> None:
    sheet = desk().press("Freeze the board", reason=" ")
    assert (sheet.status, sheet.texts("*[@id='freeze-reason-wrong']")) == (
        422,
        ["Write why: the board shows it to everyone."],
    )
    assert now().freeze is None


def test_a_helper_is_told_whom_to_call() -> None:
    sheet = desk(role=Role.HELPER)
    assert sheet.texts("*[@class='notice']") == [
        "Freezing takes a facilitator or an organiser. Call one.",
        "Slow mode and holding new hosts take a facilitator or an organiser.",
    ]
    assert sheet.buttons == ["Announce it"]


# Caution


def test_slow_mode_and_holding_new_hosts_are_set_and_lifted() -> None:
    sheet = desk().press("Set it", slow="5", hold="1")
    assert now().caution == Caution(5, True)
    assert (sheet.values("input[@id='slow']"), sheet.values("input[@name='hold']", "checked")) == (["5"], [""])
    sheet.press("Set it", slow="0", hold="")
    assert now().caution == Caution()


def test_slow_mode_is_a_number_of_minutes() -> None:
    sheet = desk().press("Set it", slow="a bit")
    assert (sheet.status, sheet.texts("*[@id='slow-wrong']")) == (422, ["Write a number up to 1440."])


# What stands beside it


def test_the_presence_code_of_now_stands_there() -> None:
    before = code_now(EVENT, datetime.now(UTC))[0]
    shown = desk().texts("*[@class='presence']")
    assert shown in ([before], [code_now(EVENT, datetime.now(UTC))[0]])


def test_the_boards_address_stands_there_to_be_scanned() -> None:
    sheet = desk()
    assert sheet.texts("*[@id='screens']/p[@dir]") == [f"https://board.example/{EVENT}/"]
    assert sheet.values("img[@class='qr']", "src")[0].startswith("data:image/svg+xml")


# The pitch: who is in the row


def row() -> list[str]:
    pitch = now().pitch
    return [now().cards[code].words.title for code in pitch.queue] if pitch else []


def line_up(*titles: str, started: bool = False) -> None:
    done(SetPitch(queue=tuple(titled(title).code for title in titles), started=started))


def test_planned_cards_stand_first_then_ideas_then_those_on_the_board() -> None:
    done(WriteCard(title="Somebody should", idea=True), Who("shy"))
    assert desk(PITCH).texts("*[@id='candidates']//bdi[@class='about']") == [
        "Yoga",
        "Chess",
        "Song",
        "Somebody should",
        "Knit",
        "Talk",
        "Run",
    ]


def test_ticked_cards_join_the_row() -> None:
    visitor = with_role(Role.HELPER)
    codes = [titled(title).code for title in ("Song", "Yoga")]
    visitor.client.post(PITCH, {"do": "add", "card": codes})
    sheet = Sheet(visitor, PITCH)
    assert (row(), sheet.texts("ol[@class='rows queue']//bdi[@class='about']")) == (["Song", "Yoga"],) * 2
    assert sheet.texts("*[@class='big-title']") == ["Song"]
    sheet.press("Add the ticked cards", card=titled("Chess").code)
    assert row() == ["Song", "Yoga", "Chess"]


def test_a_search_finds_cards_for_the_row() -> None:
    assert desk(f"{PITCH}?q=kni").texts("*[@id='candidates']//bdi[@class='about']") == ["Knit"]


def test_the_order_is_changed_with_buttons_and_by_dragging() -> None:
    line_up("Yoga", "Chess", "Song")
    sheet = desk(PITCH).press("Later: Yoga")
    assert row() == ["Chess", "Yoga", "Song"]
    sheet.press("Earlier: Song")
    assert row() == ["Chess", "Song", "Yoga"]
    sheet.press("Out of the row: Song")
    assert row() == ["Chess", "Yoga"]
    with_role(Role.HELPER).send("desk/pitch/", order=f"{titled('Yoga').code} NOCARD")
    assert row() == ["Yoga", "Chess"]


def test_a_hidden_card_is_not_offered_and_leaves_the_row() -> None:
    line_up("Yoga", "Chess")
    code = titled("Yoga").code
    done(ShieldCard(card=code, reason="Rude"))
    sheet = desk(PITCH).press("Start")
    assert row() == ["Chess"]
    assert code not in sheet.values("*[@id='candidates']//input")


def test_a_card_that_was_withdrawn_stops_nobody() -> None:
    line_up("Yoga", "Chess", "Song")
    done(WithdrawCard(card=titled("Chess").code))
    desk(PITCH).press("Next")
    assert row() == ["Song"]


# The pitch: the clock


def clock() -> bool:
    pitch = now().pitch
    return bool(pitch and pitch.ends)


def test_the_clock_starts_stops_and_goes_on_with_the_next() -> None:
    line_up("Yoga", "Chess")
    sheet = desk(PITCH).press("Start")
    assert (row(), clock()) == (["Yoga", "Chess"], True)
    sheet.press("Stop the clock")
    assert (row(), clock()) == (["Yoga", "Chess"], False)
    sheet.press("Next")
    assert (row(), clock()) == (["Chess"], True)
    sheet.press("That was the last one")
    assert (now().pitch, sheet.texts("*[@id='stage']/h2")) == (None, ["Nobody is being pitched"])


def test_whoever_joins_the_row_does_not_stop_the_clock() -> None:
    line_up("Yoga", started=True)
    before = now().pitch
    desk(PITCH).press("Add the ticked cards", card=titled("Chess").code)
    after = now().pitch
    assert before is not None
    assert after is not None
    assert (row(), after.ends) == (["Yoga", "Chess"], before.ends)


def test_the_seconds_are_set_for_each() -> None:
    line_up("Yoga")
    sheet = desk(PITCH).press("Set it", seconds="90")
    pitch = now().pitch
    assert pitch is not None
    assert pitch.seconds == 90
    assert sheet.texts("*[@class='countdown']") == ["90 seconds"]


@pytest.mark.parametrize("seconds", ["4", "601", "x", "-5"])
def test_seconds_that_do_not_fit_are_refused(seconds: str) -> None:
    line_up("Yoga")
    sheet = desk(PITCH).press("Set it", seconds=seconds)
    assert (sheet.status, sheet.told) == (422, "Write a number up to 600.")


def test_the_pitches_end_and_can_be_brought_back() -> None:
    line_up("Yoga", "Chess")
    sheet = desk(PITCH).press("End the pitches")
    assert now().pitch is None
    sheet.press("Undo")
    assert row() == ["Yoga", "Chess"]


# The pitch: a place on the spot


def test_the_card_on_the_screen_is_placed_on_the_spot_and_stays_there() -> None:
    line_up("Yoga", "Chess")
    sheet = desk(PITCH).press("Fir, 09:00–10:00")
    assert sheet.told == "“Yoga” is on the board: Saturday 09:00–10:00, Fir."
    assert (titled("Yoga").cells, row()) == (cells("fir 09:00"), ["Yoga", "Chess"])


def test_elsewhere_wants_to_know_where() -> None:
    line_up("Yoga")
    sheet = desk(PITCH).press("Elsewhere, 09:00–10:00")
    assert (sheet.status, sheet.told) == (422, "Write where it is, so that people find you.")
    sheet.press("Elsewhere, 09:00–10:00", where="Lawn")
    assert titled("Yoga").cells == cells("elsewhere 09:00")


def test_a_cell_that_is_lost_meanwhile_is_named() -> None:
    line_up("Yoga")
    sheet = desk(PITCH)
    done(WriteCard(title="Fast", cells=cells("fir 09:00")), Who("fast"))
    sheet.press("Fir, 09:00–10:00")
    assert (sheet.status, sheet.told) == (409, "“Fast” holds Fir at 09:00.")


@pytest.mark.parametrize("sent", [{"do": "place"}, {"do": "place", "cell": "fir@0517-0900", "card": "NOCARD"}, {}])
def test_a_button_that_names_nothing_does_nothing(sent: dict[str, str]) -> None:
    line_up("Yoga")
    before = now().number
    assert (with_role(Role.HELPER).send("desk/pitch/", **sent).status_code, now().number) == (422, before)
