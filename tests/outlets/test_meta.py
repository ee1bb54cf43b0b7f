"""What pages tell search engines and those who show links: Open Graph, JSON-LD."""

import json
import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest
from tests.drawing import drawn
from tests.hostile import HOSTILE
from tests.outlets.asking import LONG_BEFORE, variant_of
from tests.outlets.golden import golden

from openspaces.board.state import Board, Card
from openspaces.board.vocabulary import Standing
from openspaces.board.words import Words, clean
from openspaces.outlets.base import Asked, Variant
from openspaces.outlets.page import CARD, PAGE

DRAWN = replace(
    drawn(
        """
                  oak           elm         elsewhere
          09:00   Knit/ada      .           Chess at Park + Run at Gate
          10:00   "             #lunch      .
          11:00   .             .           .
          ---
          09:00   .             Talk        .
        """,
        planned=("Later/bob",),
        ideas=("Somebody should",),
    ),
    venue="Old Mill",
)
BASE = "https://board.example"
HEAD = {"og:title", "og:description", "og:site_name", "description"}


class Head(HTMLParser):
    """The meta, the canonical address and the linked data of a page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.meta: dict[str, str] = {}
        self.links: dict[str, str] = {}
        self.linked: list[str] = []
        self._inside = False
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        if tag == "meta" and "content" in said:
            self.meta[said.get("property") or said["name"]] = said["content"]
        if tag == "link" and (said["rel"] == "canonical" or "oembed" in said.get("type", "")):
            self.links[said.get("type") or said["rel"]] = said["href"]
        self._inside = said.get("type") == "application/ld+json"

    def handle_data(self, data: str) -> None:
        if self._inside:
            self.linked.append(data)

    @property
    def facts(self) -> dict[str, object]:
        """What the linked data says; nothing where there is none."""
        found: dict[str, object] = json.loads("".join(self.linked) or "{}")
        return found


def titled(shown: Board, title: str) -> Card:
    (found,) = [card for card in shown.cards.values() if card.words.title == title]
    return found


def board_head(shown: Board, **more: object) -> Head:
    variant = replace(Variant(base_url=BASE, day=shown.days[0].date), **more)  # type: ignore[arg-type]
    return Head(PAGE.render(shown, variant).decode())


def card_head(shown: Board, card: Card) -> Head:
    return Head(CARD.render(shown.with_card(card), Variant(base_url=BASE, name=card.code)).decode())


def status(head: Head) -> tuple[object, object]:
    said = str(head.facts.get("eventStatus", "")).rpartition("/")[2]
    return said, head.facts.get("startDate")


def test_pages_tell_what_they_are() -> None:
    heads = {
        "board": board_head(DRAWN),
        "day": board_head(DRAWN, form="day", day=DRAWN.days[1].date),
        "Knit": card_head(DRAWN, titled(DRAWN, "Knit")),
        "Chess": card_head(DRAWN, titled(DRAWN, "Chess")),
        "Later": card_head(DRAWN, titled(DRAWN, "Later")),
    }
    told = {name: {**head.meta, **head.links, "linked": head.facts} for name, head in heads.items()}
    written = json.dumps(told, ensure_ascii=False, indent=1) + "\n"
    assert written == golden("meta.json", written)


def test_a_link_to_a_day_is_one_to_the_day_and_a_link_to_the_board_one_to_the_board() -> None:
    named = PAGE.variant(Asked({"event": "camp", "day": "2031-05-17"}, {}, "en", LONG_BEFORE), DRAWN)
    forms = [board_head(DRAWN, form=variant.form).links["canonical"] for variant in (variant_of(PAGE, DRAWN), named)]
    assert forms == [f"{BASE}/camp/", f"{BASE}/camp/days/2031-05-17/"]


def test_the_picture_has_another_address_at_each_number() -> None:
    addresses = [board_head(replace(DRAWN, number=number)).meta["og:image"] for number in (7, 8)]
    assert [re.sub(r"(\.\d+)&.*", r"\1", address.partition("?")[2]) for address in addresses] == [
        f"v={DRAWN.epoch}.7",
        f"v={DRAWN.epoch}.8",
    ]


def test_without_a_public_address_pages_tell_none() -> None:
    head = board_head(DRAWN, base_url="")
    assert (head.meta.keys() >= HEAD, "og:image" in head.meta, head.links, head.facts) == (True, False, {}, {})


def test_a_card_without_a_cell_keeps_its_time_postponed_or_cancelled() -> None:
    knit = titled(DRAWN, "Knit")
    starts = "2031-05-17T09:00:00+05:30"
    lost = replace(knit, placement=None, was=knit.placement)
    placed, postponed, cancelled = (
        status(card_head(DRAWN, card)) for card in (knit, lost, replace(lost, withdrawn=True))
    )
    assert placed == ("EventScheduled", starts)
    assert postponed == ("EventPostponed", starts)
    assert cancelled == ("EventCancelled", starts)


def test_what_never_had_a_time_and_what_is_part_of_another_is_no_event() -> None:
    knit, later = titled(DRAWN, "Knit"), titled(DRAWN, "Later")
    merged = replace(knit, placement=None, was=knit.placement, merged_into=later.code)
    assert [card_head(DRAWN, card).facts for card in (later, merged)] == [{}, {}]


def test_a_hidden_card_tells_nothing_but_that() -> None:
    knit = titled(DRAWN, "Knit")
    veiled = replace(knit, standing=Standing.SHIELDED, words=knit.words.hidden())
    head = card_head(DRAWN, veiled)
    assert (head.facts, head.meta["robots"], head.meta["description"]) == (
        {},
        "noindex",
        "Hidden until somebody has read it",
    )
    listed = board_head(DRAWN.with_card(veiled)).facts["@graph"]
    assert isinstance(listed, list)
    assert [address for address in listed[1]["itemListElement"] if knit.code in address] == []


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_words_stay_words(name: str) -> None:
    words = clean("title", HOSTILE[name])
    knit = replace(titled(DRAWN, "Knit"), words=Words(words, text=words, host=words))
    full = replace(DRAWN.with_card(knit), name=words, venue=words)
    head, plain = card_head(full, knit), card_head(DRAWN, titled(DRAWN, "Knit"))
    assert (head.facts["name"], head.facts["description"]) == (words, words)
    assert head.facts["organizer"] == {"@type": "Person", "name": words}
    assert head.meta["og:title"] == f"{words} · {words}"
    assert head.meta.keys() == plain.meta.keys()
    assert not set("<>&\u2028\u2029") & set("".join(head.linked))
    assert board_head(full).meta["og:title"] == f"{words}: Open Spaces"
