"""Whatever people read can be read in every language that we speak, in catalogs that are whole and fit the sources."""

import ast
import re
from collections.abc import Iterator
from datetime import date, datetime
from html.parser import HTMLParser
from pathlib import Path

import pytest
from babel.messages.catalog import Message
from django.conf import settings
from django.utils.translation import ngettext, override
from tests import catalogs

from openspaces.board.vocabulary import Code, Refusal
from openspaces.lib.languages import language
from openspaces.wording import clock, day_says, says

PLAIN = (
    *("PDF", "SVG", "JSON", "CSV", "TSV", "XLSX", "SHA-256"),
    *("openspaces new FILE.toml", "#python", "Giggity", "Google"),
    *("·", "–", "#", "→"),
)
"""What templates say alike in every language."""
NO_PAGES = ("docs.html", "_described.html")
"""The page of the API is English; the other is a piece of a tag."""
IN_WORDS = {"ar": 3}
"""How many forms of a language's plural stand for one number each: they may say it in words."""


@pytest.fixture(scope="module")
def said() -> dict[str, Message]:
    return {str(message.id): message for message in catalogs.said() if message.id}


# The catalogs


def test_there_is_a_catalog_for_each_language() -> None:
    assert ("en", *catalogs.LANGUAGES) == tuple(code for code, _ in settings.LANGUAGES)


@pytest.mark.parametrize("code", catalogs.LANGUAGES)
def test_a_catalog_holds_what_the_sources_say_and_nothing_else(code: str, said: dict[str, Message]) -> None:
    known = {str(message.id) for message in catalogs.written(code) if message.id}
    assert (set(said) - known, known - set(said)) == (set(), set()), "run `make messages`"


@pytest.mark.parametrize("code", catalogs.LANGUAGES)
def test_everything_is_translated_and_nothing_is_guessed(code: str) -> None:
    messages = [message for message in catalogs.written(code) if message.id]
    assert [message.id for message in messages if message.fuzzy or not all(catalogs.translations(message))] == []


@pytest.mark.parametrize("code", catalogs.LANGUAGES)
def test_a_translation_fills_in_what_its_source_fills_in(code: str) -> None:
    assert [message.id for message in catalogs.written(code) if message.id and misfits(message, code)] == []


@pytest.mark.parametrize("code", catalogs.LANGUAGES)
def test_what_the_program_reads_is_what_was_written(code: str) -> None:
    assert catalogs.mo(code).read_bytes() == catalogs.compiled(catalogs.written(code)), "run `make messages`"


def misfits(message: Message, code: str) -> bool:
    """Whether a translation fills in more, or less, than its source."""
    originals = catalogs.originals(message)
    source = set().union(*map(catalogs.placeholders, originals))
    number = {each for each in source if each.endswith("d") or each == "%(count)s"}
    for form, text in enumerate(catalogs.translations(message)):
        may_lack = number if len(originals) > 1 and form < IN_WORDS.get(code, 0) else set()
        if not source - may_lack <= catalogs.placeholders(text) <= source:
            return True
    return False


# The sources


class Bare(HTMLParser):
    """The words of a template that go through no gettext: texts, and attributes that are read out."""

    READ_OUT = ("aria-label", "placeholder", "title", "alt", "data-empty", "data-left", "data-over")
    TYPED = ("code", "kbd")
    """What is typed is typed alike in every language."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self.words: list[str] = []
        self._tag = ""
        for tags in (
            r"{% comment %}.*?{% endcomment %}",
            r"{% blocktranslate.*?{% endblocktranslate %}",
            r"{#.*?#}|{%.*?%}|{{.*?}}",
        ):
            source = re.sub(tags, "", source, flags=re.DOTALL)
        self.feed(source)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._tag = tag
        self._keep(*(value or "" for name, value in attrs if name in self.READ_OUT))

    def handle_endtag(self, tag: str) -> None:
        self._tag = ""

    def handle_data(self, data: str) -> None:
        if self._tag not in self.TYPED:
            self._keep(data)

    def _keep(self, *texts: str) -> None:
        said = (text.strip() for text in texts)
        self.words += [text for text in said if re.search(r"[^\W\d_]", text) and text not in PLAIN]


def test_templates_say_nothing_past_gettext() -> None:
    templates = [file for file in catalogs.PROGRAM.rglob("*.html") if file.name not in NO_PAGES]
    assert {file.name: words for file in templates if (words := Bare(file.read_text()).words)} == {}


def test_no_text_hides_from_extraction_in_an_f_string() -> None:
    hidden = [f"{file.name}:{line}" for file in catalogs.PROGRAM.rglob("*.py") for line in calls_in_f_strings(file)]
    assert hidden == []


def calls_in_f_strings(file: Path) -> Iterator[int]:
    strings = [node for node in ast.walk(ast.parse(file.read_text())) if isinstance(node, ast.JoinedStr)]
    for node in (inner for string in strings for inner in ast.walk(string) if isinstance(inner, ast.Call)):
        if isinstance(node.func, ast.Name) and node.func.id in catalogs.KEYWORDS:
            yield node.lineno


# Numbers, days and hours


@pytest.mark.parametrize(
    ("code", "monday", "afternoon"),
    [
        ("en", "Monday, 23 November", "14:05"),
        ("en-us", "Monday, November 23", "2:05\N{NO-BREAK SPACE}PM"),
        ("de", "Montag, 23. November", "14:05"),
        ("de-at", "Montag, 23. November", "14:05"),
        ("hi", "सोमवार, 23 नवंबर", "2:05\N{NO-BREAK SPACE}PM"),
        ("ar", "الاثنين، 23 نوفمبر", "14:05"),
    ],
)
def test_days_and_hours_are_said_as_people_say_them(code: str, monday: str, afternoon: str) -> None:
    with override(code):
        assert (day_says(date(2026, 11, 23)), clock(datetime(2026, 11, 23, 14, 5))) == (monday, afternoon)  # noqa: DTZ001


@pytest.mark.parametrize(
    ("code", "forms"),
    [
        ("de", ["0 Räume", "1 Raum", "2 Räume", "5 Räume", "11 Räume", "100 Räume"]),
        ("hi", ["0 कमरा", "1 कमरा", "2 कमरे", "5 कमरे", "11 कमरे", "100 कमरे"]),
        ("ar", ["لا قاعات", "قاعة واحدة", "قاعتان", "5 قاعات", "11 قاعة", "100 قاعة"]),
    ],
)
def test_rooms_are_counted_as_people_count_them(code: str, forms: list[str]) -> None:
    with override(code):
        counted = [ngettext("%(count)d room", "%(count)d rooms", count) % {"count": count} for count in NUMBERS]
    assert counted == forms


NUMBERS = (0, 1, 2, 5, 11, 100)


def test_names_that_run_the_other_way_do_not_turn_a_sentence_round() -> None:
    facts = {"title": "Knitting", "host": "", "room": "Oak", "starts": "2031-05-17T09:00:00+05:30"}
    with override("ar"):
        said = says(Refusal(Code.CELL_TAKEN, facts))
    assert said == "«\u2068Knitting\u2069» تشغل \u2068Oak\u2069 عند الساعة 09:00."


# Who reads which


@pytest.mark.parametrize(
    ("asked", "header", "event", "speaks"),
    [
        ("ar", "de", "en", "ar"),
        ("", "fr, hi;q=0.5, de;q=0.4", "en", "hi"),
        ("", "", "de", "de"),
        ("xx", "", "fr", "en"),
        ("", "en-GB", "en-us", "en-us"),
        ("", "en-US", "de", "en"),
        ("", "de", "de-at", "de-at"),
    ],
)
def test_a_reader_gets_the_language_asked_for_or_read_or_the_events(
    asked: str, header: str, event: str, speaks: str
) -> None:
    assert language(asked, header, event) == speaks
