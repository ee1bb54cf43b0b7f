"""What is kept of a device: its owner reads it, takes it along and erases it, and nobody else's goes."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from django.conf import LazySettings
from tests.drawing import EVENT, code
from tests.intake.event import Visitor, at, furnish, now, titled

from openspaces.board.play import play
from openspaces.board.read import stars_on
from openspaces.board.vocabulary import Standing
from openspaces.board.voices import Star
from openspaces.people.contacts import keep_contact
from openspaces.people.models import Contact
from openspaces.people.who import Who


@pytest.fixture(autouse=True)
def board(database: None, settings: LazySettings, tmp_path: Path) -> None:
    furnish()
    settings.LIMITS, settings.DATA = False, tmp_path


def host() -> Visitor:
    """Eve, who hosts Chess and left an address."""
    eve = Visitor()
    eve.send(at("elm 09:00"), title="Chess", host="Eve", handle="@eve")
    keep_contact(EVENT, titled("Chess").code, "eve@example.org")
    return eve


def exported(visitor: Visitor) -> dict[str, Any]:
    facts: dict[str, Any] = json.loads(visitor.answer("mine.json").content)
    return facts


def test_a_host_takes_along_all_that_is_kept_of_them() -> None:
    facts = exported(host())
    (card,), (contact,) = facts["cards"], facts["contacts"]
    assert (card["says"][0]["title"], card["says"][0]["host"], card["says"][0]["handle"]) == ("Chess", "Eve", "@eve")
    assert (contact["email"], [change["kind"] for change in facts["changes"]]) == (
        "eve@example.org",
        ["card.written", "card.placed"],
    )


def test_the_page_names_whatever_the_file_has() -> None:
    """Nothing is kept that the page passes over."""
    eve = host()
    kept = [name for name, facts in exported(eve).items() if isinstance(facts, list) and facts]
    assert kept == ["cards", "changes", "contacts"]
    assert re.findall(r"<li>(.*?): (\d+)</li>", eve.answer("mine/").content.decode()) == [
        ("Cards and ideas", "1"),
        ("Entries in the log", "2"),
        ("Addresses", "1"),
    ]


def test_nobody_reads_what_is_kept_of_others() -> None:
    host()
    assert [exported(Visitor())[name] for name in ("cards", "contacts", "stars", "changes")] == [[], [], [], []]


def test_a_host_erases_everything_of_theirs_and_of_nobody_else() -> None:
    eve, card = host(), titled("Chess")
    play(EVENT, Star(card=card.code), by=Who("else"))
    assert eve.send("mine/", sure="yes").status_code == 303
    assert now().cards[card.code].standing is Standing.REMOVED
    assert (exported(eve)["contacts"], list(Contact.objects.all())) == ([], [])
    assert (stars_on(EVENT, [card.code]), now().cards[code("Knit")].words.title) == (1, "Knit")


def test_nothing_is_erased_until_somebody_is_sure() -> None:
    eve = host()
    assert eve.send("mine/").status_code == 422
    assert titled("Chess").standing is Standing.LIVE
