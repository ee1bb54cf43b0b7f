"""The codes of blank cards on paper."""

import re

import pytest
from django.conf import LazySettings

from openspaces.board.paper import SERIALS, paper_code, paper_serial
from openspaces.board.vocabulary import ALPHABET, CARD_CODE, PAPER, new_code


@pytest.fixture(autouse=True)
def secret(settings: LazySettings) -> None:
    settings.SECRET_KEY = "a secret of these tests"


def test_a_serial_has_one_code_and_the_code_tells_the_serial() -> None:
    assert [paper_code("camp", serial) for serial in (1, 2, 9999)] == [
        paper_code("camp", serial) for serial in (1, 2, 9999)
    ]
    assert [paper_serial("camp", paper_code("camp", serial)) for serial in (1, 2, 9999)] == [1, 2, 9999]


def test_no_two_sheets_have_the_same_code() -> None:
    codes = {paper_code("camp", serial) for serial in range(1, SERIALS + 1)}
    assert len(codes) == SERIALS
    assert [code for code in codes if not CARD_CODE.fullmatch(code) or not set(code) <= set(ALPHABET)] == []


def test_a_card_that_is_written_on_the_web_never_gets_the_code_of_a_sheet() -> None:
    assert {paper_code("camp", serial)[0] for serial in range(1, 500)} == {PAPER}
    assert PAPER not in {new_code()[0] for _ in range(5000)}
    assert {symbol for _ in range(5000) for symbol in new_code()} == set(ALPHABET)


def test_events_and_installations_have_codes_of_their_own(settings: LazySettings) -> None:
    camp = paper_code("camp", 1)
    assert paper_code("fair", 1) != camp
    assert paper_serial("fair", camp) is None
    settings.SECRET_KEY = "another secret"
    assert paper_code("camp", 1) != camp
    assert paper_serial("camp", camp) is None


@pytest.mark.parametrize("code", ["", "P", "PAAAA", "PAAAAAA", "PAAAA0", "KNIT00", "p", "PAAAAÄ", "P\u0660AAAA"])
def test_what_is_no_code_is_nobodys(code: str) -> None:
    assert paper_serial("camp", code) is None


def test_codes_that_somebody_makes_up_are_hardly_ever_ours() -> None:
    made_up = [PAPER + one + two + "7QK" for one in ALPHABET for two in ALPHABET]
    assert len([code for code in made_up if paper_serial("camp", code)]) <= 2


def test_codes_of_neighbours_have_nothing_in_common() -> None:
    """Each place takes on every symbol within a few hundred serials."""
    codes = [paper_code("camp", serial) for serial in range(1, 400)]
    assert [len({code[place] for code in codes}) for place in range(1, 6)] == [len(ALPHABET)] * 5
    assert [code for code in codes if re.fullmatch(r"(.)\1+", code)] == []
