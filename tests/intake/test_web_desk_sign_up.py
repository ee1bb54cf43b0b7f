"""Sign-up for a day at the desk: the organiser opens it, or closes it; hosts may put cards up, or learn why not."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from django.conf import LazySettings
from tests.drawing import EVENT, cells
from tests.intake.desk import Sheet, with_role
from tests.intake.event import furnish, now

from openspaces.board.moves import ChangeDay, WriteCard
from openspaces.board.play import play
from openspaces.board.state import Day
from openspaces.board.vocabulary import Code
from openspaces.people.who import PROGRAM, Role, Who

ROOMS = f"/{EVENT}/desk/rooms/"
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def board(database: None, settings: LazySettings) -> None:
    settings.LIMITS = False
    furnish()


def day() -> Day:
    return now().days[0]


def let_it_open(opens: datetime | None, closes: datetime | None = None) -> None:
    changed = ChangeDay(day=replace(day(), opens=opens, closes=closes))
    assert play(EVENT, changed, by=PROGRAM).refusal is None


def signed_up() -> Code | None:
    """Somebody puts a card up; why they cannot, if so."""
    outcome = play(EVENT, WriteCard(title="New", cells=cells("fir 09:00")), by=Who("zoe"))
    return outcome.refusal.code if outcome.refusal else None


def test_the_organiser_opens_the_board_of_a_day_before_its_time() -> None:
    let_it_open(datetime.now(UTC) + DAY)
    assert signed_up() is Code.NOT_OPEN_YET
    sheet = Sheet(with_role(Role.ORGANISER), ROOMS).press("Open sign-up now")
    assert sheet.told == "Sign-up for Saturday, 17 May changed."
    assert sheet.texts("section[@id='sign-up']//p") == ["Hosts can put cards up."]
    assert signed_up() is None


def test_the_organiser_closes_it_and_opens_it_again() -> None:
    organiser = with_role(Role.ORGANISER)
    Sheet(organiser, ROOMS).press("Close sign-up")
    assert signed_up() is Code.SIGN_UP_CLOSED
    Sheet(organiser, ROOMS).press("Open sign-up now")
    assert signed_up() is None


def test_a_close_that_is_still_to_come_stays() -> None:
    closes = datetime.now(UTC) + 2 * DAY
    let_it_open(datetime.now(UTC) + DAY, closes)
    Sheet(with_role(Role.ORGANISER), ROOMS).press("Open sign-up now")
    assert day().closes == closes


def test_what_an_organiser_did_is_undone_with_the_button_beside_it() -> None:
    sheet = Sheet(with_role(Role.ORGANISER), ROOMS).press("Close sign-up").press("Undo")
    assert (sheet.told, day().closes) == ("Undone. Sign-up for Saturday, 17 May changed.", None)


def test_others_see_how_it_stands_and_have_no_button() -> None:
    sheet = Sheet(with_role(Role.FACILITATOR), ROOMS)
    assert sheet.texts("section[@id='sign-up']//p") == ["Hosts can put cards up."]
    assert [name for name in sheet.buttons if "sign-up" in name] == []
    sheet.send(do="end", day=day().date.isoformat())
    assert day().closes is None
