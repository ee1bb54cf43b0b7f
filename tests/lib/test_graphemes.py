"""What people see as one letter is counted and cut as one."""

import pytest

from openspaces.lib.graphemes import cut, graphemes

ONE_EACH = {
    "a letter with marks": "e\u0323\u0302",
    "a family": "👩‍👩‍👧‍👦",
    "a flag": "🇮🇳",
    "a flag of tags": "\U0001f3f4\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f",
    "a thumb with its skin": "👍🏽",
    "a heart in colour": "❤️",
    "a syllable with its vowel": "कि",
}


@pytest.mark.parametrize("letter", ONE_EACH.values(), ids=list(ONE_EACH))
def test_what_looks_like_one_letter_is_one(letter: str) -> None:
    assert graphemes(letter * 3) == [letter] * 3


def test_letters_beside_each_other_stay_their_own() -> None:
    assert graphemes("a🇮🇳🇩🇪b") == ["a", "🇮🇳", "🇩🇪", "b"]


def test_a_cut_takes_whole_letters_and_says_that_it_cut() -> None:
    family = ONE_EACH["a family"]
    assert [cut(family * 4, most) for most in (4, 3, 1, 0)] == [family * 4, family * 2 + "…", "…", ""]
