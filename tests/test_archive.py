"""Copies of PostgreSQL that are none, or damaged: each is refused in a sentence, before anything is replaced."""

import json
from collections.abc import Iterator
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from openspaces.archive.broken import Broken
from openspaces.archive.postgresql import CONTENTS, migrations_in


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy with one table."""
    file = tmp_path / "copy.zip"
    with ZipFile(file, "w", ZIP_DEFLATED) as archive:
        archive.writestr(CONTENTS, json.dumps({"migrations": [["board", "0001_first"]], "tables": {}}))
        archive.writestr("board_words", "\n".join(f"{number}\t{number**5}" for number in range(300)))
    return file


def test_a_copy_says_which_steps_its_tables_have_been_through(copy: Path) -> None:
    assert migrations_in(copy) == {("board", "0001_first")}


def test_a_copy_with_one_wrong_byte_is_refused_wherever_it_is(copy: Path) -> None:
    with ZipFile(copy) as archive:
        begins = archive.getinfo("board_words").header_offset + 30 + len("board_words")
        ends = begins + archive.getinfo("board_words").compress_size
    assert {*refusals(copy, range(begins, ends, 7))} == {f"{copy} is damaged: restore an older backup."}


def refusals(copy: Path, places: range) -> Iterator[str]:
    """What is said of the copy with each of these bytes turned round."""
    whole = copy.read_bytes()
    for place in places:
        copy.write_bytes(whole[:place] + bytes([whole[place] ^ 0xFF]) + whole[place + 1 :])
        with pytest.raises(Broken) as refused:
            migrations_in(copy)
        yield str(refused.value)


@pytest.mark.parametrize("contents", ["[]", "{}", "no JSON", '{"migrations": [1]}', '{"migrations": 1}'])
def test_what_is_no_copy_is_refused(tmp_path: Path, contents: str) -> None:
    file = tmp_path / "other.zip"
    with ZipFile(file, "w") as archive:
        archive.writestr(CONTENTS, contents)
    with pytest.raises(Broken, match=r"other\.zip is no backup of a board"):
        migrations_in(file)
