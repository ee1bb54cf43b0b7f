"""The page of promises names a test for each of the twenty, and every test that it names is there."""

import re
from pathlib import Path

ROOT = Path(__file__).parent.parent
PAGE = (ROOT / "docs" / "promises.md").read_text(encoding="utf-8")


def promised(page: str) -> dict[str, list[str]]:
    """The files that prove each promise, by its number."""
    rows = (line.split("|") for line in page.splitlines() if re.match(r"\| T\d+ \|", line))
    return {row[1].strip(): re.findall(r"`(tests/[\w/]+\.py)`", row[3]) for row in rows}


def missing(page: str) -> list[str]:
    """The files that are named and are not there, or hold no test."""
    named = [Path(name) for files in promised(page).values() for name in files]
    return [str(file) for file in named if not ((ROOT / file).exists() and "def test_" in (ROOT / file).read_text())]


def test_each_of_the_twenty_is_promised_and_proved() -> None:
    assert list(promised(PAGE)) == [f"T{number}" for number in range(1, 21)]
    assert [number for number, files in promised(PAGE).items() if not files] == []


def test_every_test_that_is_named_is_there() -> None:
    assert missing(PAGE) == []


def test_control_a_test_that_is_gone_is_found() -> None:
    assert missing("| T1 | what | `tests/test_gone.py` |") == ["tests/test_gone.py"]
