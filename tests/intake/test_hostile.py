"""T9: hostile words where their own host, staff, and whoever runs the program read them.

What everybody reads is in the tests of each outlet, forms are in those of each form, browsers in `tests/browser`.
"""

import json
import unicodedata
from argparse import Namespace
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.conf import LazySettings
from django.template import engines
from tests.drawing import EVENT, HELPER, code
from tests.hostile import HOSTILE
from tests.intake.desk import done, with_role
from tests.intake.event import Visitor, furnish, now
from tests.outlets.pages import Elements

from openspaces import commands
from openspaces.board.moves import ApproveCard, ChangeEvent, Profile, ShieldCard
from openspaces.board.state import Card
from openspaces.board.voices import OfferToHost, Report, What
from openspaces.board.words import clean
from openspaces.intake import forgetting
from openspaces.intake.forgetting import erase, of_mailbox
from openspaces.intake.forgetting.due import forget
from openspaces.people.contacts import keep_contact
from openspaces.people.erasures import list_file
from openspaces.people.who import Role, Who

KNIT, TALK = code("Knit"), code("Talk")
SAID = ("title", "text", "host", "handle")
LONG_AFTER = datetime(2032, 1, 1, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _board(database: None, settings: LazySettings, tmp_path: Path) -> None:
    furnish()
    settings.LIMITS, settings.DATA = False, tmp_path


def host_of(words: str) -> tuple[Visitor, Card]:
    """Somebody who says it wherever a device can, at an event of that name; and their card."""
    done(ChangeEvent(profile=Profile(name=words, timezone="Asia/Kolkata")))
    host = Visitor()
    assert host.send("cards/new/", confirm="1", **dict.fromkeys(SAID, words)).status_code == 303
    card = now().in_order()[-1]
    by = Who(card.hand, present=True)
    done(Report(card=TALK, what=What.ABUSE, reason=words), by)
    done(OfferToHost(card=KNIT, name=words, handle=words), by)
    keep_contact(EVENT, card.code, "ada@example.org")
    return host, card


def every() -> Iterator[tuple[str, Visitor, Card]]:
    """A host of each of the hostile words, and what they wrote."""
    for words in HOSTILE.values():
        yield words, *host_of(words)


# What is kept of me


def test_the_page_of_what_is_kept_of_me_has_no_more_markup_than_with_harmless_words() -> None:
    calm = Elements(kept_of(host_of("x")[0]))
    for words, host, _card in every():
        hostile = Elements(kept_of(host))
        assert (hostile.tags, hostile.attributes) == (calm.tags, calm.attributes), words
        assert now().name in hostile.said or " ".join(now().name.split()) in hostile.said


def test_what_i_take_along_is_json_with_the_words_in_their_places_and_no_others() -> None:
    calm = json.loads(taken_along(host_of("x")[0]))
    for words, host, card in every():
        whole = taken_along(host)
        facts = json.loads(whole)
        says = {name: facts["cards"][0]["says"][0][name] for name in SAID}
        assert says == {name: clean(name, words) for name in SAID} == {name: getattr(card.words, name) for name in SAID}
        assert (shape(facts), controls(whole)) == (shape(calm), {"\n"}), words


def kept_of(host: Visitor) -> str:
    return host.answer("mine/").content.decode()


def taken_along(host: Visitor) -> str:
    answer = host.answer("mine.json")
    assert (answer["Content-Type"], answer["Content-Disposition"]) == (
        "application/json",
        f'attachment; filename="{EVENT}-mine.json"',
    )
    return answer.content.decode()


def shape(facts: Any) -> Any:
    """The same with nothing said."""
    if isinstance(facts, dict):
        return {name: shape(value) for name, value in facts.items()}
    return [shape(each) for each in facts] if isinstance(facts, list) else type(facts)


def controls(text: str) -> set[str]:
    return {sign for sign in text if unicodedata.category(sign) == "Cc"}


# The log at the desk


def test_the_log_at_the_desk_has_no_more_markup_than_with_harmless_words() -> None:
    staff = with_role(Role.HELPER)
    calm = log_of(staff, "x")
    for words in HOSTILE.values():
        hostile = log_of(staff, words)
        assert markup(hostile) == markup(calm), words
        assert " ".join(clean("title", words).split()) in hostile.said


def test_control_a_log_that_escapes_nothing_has_more(monkeypatch: pytest.MonkeyPatch) -> None:
    staff = with_role(Role.HELPER)
    calm = log_of(staff, "x")
    monkeypatch.setattr(engines["django"].engine, "autoescape", False)  # type: ignore[attr-defined]
    assert markup(log_of(staff, HOSTILE["attribute"])) != markup(calm)


def log_of(staff: Visitor, words: str) -> Elements:
    """All that has happened to a card, which staff hid with a reason and showed again."""
    _host, card = host_of(words)
    done(ShieldCard(card=card.code, reason=words), HELPER)
    done(ApproveCard(card=card.code), HELPER)
    return Elements(staff.answer(f"desk/log/?card={card.code}").content.decode())


def markup(page: Elements) -> tuple[list[str], set[str]]:
    """But for the choice of people, which are more each time."""
    return [tag for tag in page.tags if tag != "option"], page.attributes


# Erased


def test_the_list_of_erasures_is_a_line_each_and_tells_no_word_of_anybody() -> None:
    asked = 0
    for words, host, _card in every():
        assert host.send("mine/", sure="yes").status_code == 303
        of_address = of_mailbox(EVENT, words, LONG_AFTER)
        erase(of_address)
        asked += 1 + len(of_address)
    text = list_file().read_text(encoding="utf-8")
    lines = [json.loads(line) for line in text.splitlines()]
    assert [sorted(line) for line in lines] == [["at", "event", "name", "what"]] * asked
    assert [words for words in HOSTILE.values() if len(words) > 8 and words in text] == []
    assert controls(text) == {"\n"}


def test_the_command_that_erases_what_may_be_kept_no_longer_says_a_number_and_no_word(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    hosts = list(every())
    monkeypatch.setattr(commands, "start_existing", lambda: None)  # this process has started on a database of its own
    monkeypatch.setattr(forgetting, "forget_now", lambda: forget(LONG_AFTER))
    commands.retain(Namespace())
    said = capsys.readouterr().out
    erased = int("".join(sign for sign in said if sign.isdigit()))
    assert said == f"Erased, for it may be kept no longer: {erased} rows, cards and files.\n"
    assert erased >= 2 * len(hosts)
