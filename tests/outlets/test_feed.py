"""Both feeds: well-formed, the same bytes for the same log, and entries with names that stay."""

import json
from dataclasses import replace

import pytest
from tests.drawing import EVE
from tests.outlets.asking import variant_of
from tests.outlets.camp_news import HOUR, a_day, camp, rendered, told
from tests.outlets.feeds import atom, json_feed
from tests.outlets.golden import golden

from openspaces.board.moves import CountStars
from openspaces.outlets.base import Pull, Variant
from openspaces.outlets.feed import ATOM, JSON
from openspaces.people.who import PROGRAM


def test_the_atom_feed_reads_well() -> None:
    made = rendered(a_day())
    assert atom(made)[1]
    assert made.decode() == golden("changes.atom", made.decode())


def test_the_json_feed_reads_well() -> None:
    made = rendered(a_day(), JSON)
    assert json_feed(made)[1]
    written = json.dumps(json.loads(made), ensure_ascii=False, indent=1) + "\n"
    assert written == golden("changes.json", written)


@pytest.mark.parametrize("pull", [ATOM, JSON])
def test_the_same_log_is_the_same_bytes(pull: Pull) -> None:
    assert rendered(a_day(), pull) == rendered(a_day(), pull)


def test_both_feeds_tell_the_same_under_the_same_names() -> None:
    of_atom, of_json = told(a_day()), json_feed(rendered(a_day(), JSON))[1]
    one = [(each["id"], each["title"], each["links"]["alternate"], each["updated"]) for each in of_atom]
    assert one == [(each["id"], each["title"], each["url"], each["date_modified"]) for each in of_json]


@pytest.mark.parametrize("pull", [ATOM, JSON])
def test_an_event_of_which_nothing_is_known_has_an_empty_feed(pull: Pull) -> None:
    made = pull.render(camp().board, Variant(base_url="https://board.example"))
    assert (atom if pull is ATOM else json_feed)(made)[1] == []


def test_a_feed_is_dated_by_its_newest_entry_and_not_by_what_is_no_news() -> None:
    day = a_day()
    before = rendered(day)
    day.do(CountStars(), PROGRAM, EVE + 20 * HOUR)
    assert rendered(day) == before


def test_a_feed_speaks_the_language_of_its_event_unless_its_address_names_another() -> None:
    german = replace(camp().board, language="de")
    variants = [variant_of(ATOM, german, **query) for query in ({}, {"language": "hi"}, {"lang": "ar"})]
    assert [each.language for each in variants] == ["de", "de", "ar"]
    feed, _ = atom(rendered(camp(), lang="de"))
    assert (feed["lang"], feed["links"]["self"]) == ("de", "https://board.example/camp/changes.atom?lang=de")
    assert atom(rendered(camp()))[0]["links"]["self"] == "https://board.example/camp/changes.atom"
