"""Into Giggity with one's stars: by the link on the page, which asks for nothing, and as the pages' scripts hear it."""

import json
from collections.abc import Iterator

import pytest
from django.conf import settings
from tests.drawing import EVENT
from tests.giggity import opened
from tests.intake.event import Visitor, furnish, titled


@pytest.fixture(autouse=True)
def board(database: None) -> Iterator[None]:
    furnish()
    limited, settings.LIMITS = settings.LIMITS, False
    yield
    settings.LIMITS = limited


def starring(*titles: str) -> Visitor:
    """Somebody who would come to these cards."""
    visitor = Visitor()
    for title in titles:
        visitor.send(f"cards/{titled(title).code}/star/", on="1")
    return visitor


def test_the_link_on_the_page_leads_into_giggity_with_the_stars_of_this_moment() -> None:
    visitor = starring("Run", "Knit")
    answer = visitor.answer("giggity/")
    assert (answer.status_code, answer["Cache-Control"]) == (302, "private, no-store")
    assert opened(answer["Location"])["see"] == [titled("Knit").serial, titled("Run").serial]
    visitor.send(f"cards/{titled('Knit').code}/star/", on="0")
    assert opened(visitor.answer("giggity/")["Location"])["see"] == [titled("Run").serial]


def test_a_stranger_takes_the_board_along_and_no_stars() -> None:
    answer = Visitor().answer("giggity/")
    taken = opened(answer["Location"])
    assert (taken["url"], taken["see"]) == (f"{settings.BASE_URL}/{EVENT}/schedule.xml", None)
    assert answer.cookies == {}


def test_the_scripts_of_the_pages_hear_the_same_link() -> None:
    visitor = starring("Run")
    assert json.loads(visitor.answer("me").content)["giggity"] == visitor.answer("giggity/")["Location"]


def test_an_event_that_is_not_there_leads_nowhere() -> None:
    assert Visitor().client.get("/nowhere/giggity/").status_code == 404
