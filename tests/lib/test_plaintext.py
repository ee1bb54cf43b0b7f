"""What people type becomes plain text: nothing invisible, nothing that turns lines round, nothing lost that shows."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openspaces.lib.plaintext import hash_words, one_line, paragraphs

ENGLAND = "\U0001f3f4\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f"
TEXAS = "\U0001f3f4\U000e0075\U000e0073\U000e0074\U000e0078\U000e007f"
FAMILY = "\U0001f468\u200d\U0001f469\u200d\U0001f467"
RAINBOW_FLAG = "\U0001f3f3\ufe0f\u200d\U0001f308"
NEWER_EMOJI = "\U0001fae9"
HOSTILE = (
    "\u0000\u0007\u001b\u007f\u009f\u00ad\u200b\u200e\u200f\u202a\u202e\u2060\u2066\u2069\ufeff\ufff9\ue000\U000e0041"
)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  Knit  and\tpurl \n here ", "Knit and purl here"),
        ("no\u00a0break\u3000wide\u2003em", "no break wide em"),
        ("cafe\u0301", "café"),
        ("a\r\nb\rc\u2028d\x0be\x85f", "a b c d e f"),
        ("\u202eevil\u202c", "evil"),
        ("zero\u200bwidth\ufeff", "zerowidth"),
        ("\ud800lone", "lone"),
        (HOSTILE, ""),
        ("", ""),
    ],
)
def test_a_line_is_clean(typed: str, kept: str) -> None:
    assert one_line(typed) == kept


@pytest.mark.parametrize("char", HOSTILE)
def test_what_cannot_be_seen_goes(char: str) -> None:
    assert one_line(f"a{char}b") == "ab"


@pytest.mark.parametrize(
    "text",
    [
        FAMILY,
        RAINBOW_FLAG,
        ENGLAND,
        NEWER_EMOJI,
        "\U0001f469\U0001f3fd\u200d\U0001f680",
        "1\ufe0f\u20e3",
        "क्\u200dष",
        "ශ්\u200dරී",
        "می\u200cخواهم",
        "العربية עברית 日本語 한국어 தமிழ்",
        "葛\U000e0100城市",
        "🇮🇳🇺🇸",
        "Ångström naïve Żółć",
    ],
)
def test_what_a_script_or_an_emoji_needs_stays(text: str) -> None:
    assert one_line(text) == text


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("a\u200db", "ab"),
        ("a\u200cb", "ab"),
        ("\u200d\U0001f680", "\U0001f680"),
        ("\U0001f680\u200d", "\U0001f680"),
        ("\U0001f680\u200d\u200d\U0001f680", "\U0001f680\U0001f680"),
        (TEXAS, "\U0001f3f4"),
        ("a\U000e0067\U000e0062b", "ab"),
        (ENGLAND + ENGLAND[1:], ENGLAND),
    ],
)
def test_joiners_and_tags_that_do_nothing_go(typed: str, kept: str) -> None:
    assert one_line(typed) == kept


@pytest.mark.parametrize(
    "nothing", ["\u3164", "\u115f\u1160", "\uffa0", "\u2800", "\ufe0f", "\u0301", "\u034f", "\u200d"]
)
def test_a_line_that_shows_nothing_is_empty(nothing: str) -> None:
    assert (one_line(nothing), paragraphs(nothing)) == ("", "")


def test_marks_do_not_climb() -> None:
    assert one_line("x" + "\u0336" * 30) == "x" + "\u0336" * 4


def test_marks_do_not_climb_over_joiners_either() -> None:
    climbing = one_line("\u0628" + "\u064e\u200d" * 30 + "\u0628")
    assert climbing.count("\u064e") == 4


def test_lines_stay_lines_and_blank_lines_do_not_pile_up() -> None:
    assert paragraphs("\n\n one \r\n two\t\r\n \n \n\n three\u2029four \n\n") == "one\ntwo\n\nthree\nfour"


TYPED = st.text(
    st.characters()
    | st.sampled_from(
        "\u200c\u200d\ufe0f\u0301\u0344\u064e\u0628\u0915\u094d\U0001f3f4\U000e0067\U000e007f\U0001f469\n\r\t \u034f"
    )
)


@given(TYPED)
def test_cleaning_twice_is_cleaning_once(typed: str) -> None:
    assert (one_line(one_line(typed)), paragraphs(paragraphs(typed))) == (one_line(typed), paragraphs(typed))


@given(TYPED)
def test_what_is_clean_is_composed_and_can_be_sent(typed: str) -> None:
    for clean in (one_line(typed), paragraphs(typed)):
        assert unicodedata.is_normalized("NFC", clean)
        assert not any(unicodedata.category(char) in ("Cs", "Co") for char in clean)
        assert not any(unicodedata.category(char) == "Cc" for char in clean if char != "\n")


@given(st.text(st.characters(min_codepoint=33, max_codepoint=126)))
def test_ordinary_letters_stay_as_they_are(text: str) -> None:
    assert one_line(text) == text


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("#Python for beginners, #async", ("Python", "async")),
        ("(#knitting) #knitting! #Knitting", ("knitting",)),
        ("#पायथन और #தமிழ் #بايثون #日本語", ("पायथन", "தமிழ்", "بايثون", "日本語")),
        ("#co_op #3d-printing", ("co_op", "3d")),
        ("C# and C#7 are no tags, nor are #1, # x, ##x, &#x2764; and https://example.org/#part", ()),
        ("", ()),
    ],
)
def test_words_with_a_hash_are_tags(text: str, words: tuple[str, ...]) -> None:
    assert hash_words(text) == words


def test_a_word_of_title_and_text_is_one_tag_as_the_title_spells_it() -> None:
    assert hash_words("#PyLadies meet", "all #pyladies and #friends") == ("PyLadies", "friends")
