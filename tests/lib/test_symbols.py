"""Codes that people read and type."""

import pytest

from openspaces.lib.symbols import ALPHABET, grouped, same, spelled

CODE = "K7QZ2M"


@pytest.mark.parametrize(
    "typed",
    [CODE, "k7qz2m", "K7Q Z2M", "K7Q-Z2M", " k7q–z2m\n", "K7O22M", "K70Z2M", "K7DZZM", "Ｋ７ＱＺ２Ｍ", "K.7.Q.Z.2.M"],
)
def test_a_code_is_the_same_however_it_is_typed(typed: str) -> None:
    assert same(typed, CODE)


@pytest.mark.parametrize("typed", ["", "K7QZ2", "K7QZ2MM", "MK7QZ2", "J7QZ2M", "\ud800", "\0", "K" * 100_000])
def test_another_code_is_not(typed: str) -> None:
    assert not same(typed, CODE)


def test_no_symbol_is_one_that_looks_like_another() -> None:
    assert (set(ALPHABET) & set("01ILO"), len(set(ALPHABET))) == (set(), 31)


def test_a_number_is_spelled_in_symbols_of_the_alphabet_and_every_number_otherwise() -> None:
    assert [spelled(number, 2) for number in (0, 1, 30, 31, 31**2)] == ["22", "32", "Z2", "23", "22"]


def test_a_code_is_read_in_groups() -> None:
    assert grouped(CODE) == "K7Q Z2M"
