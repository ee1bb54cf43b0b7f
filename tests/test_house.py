"""The house rules that a machine can check: everything has its branch, its sentence, its page and its size."""

import ast
import re
import subprocess
from collections import Counter
from collections.abc import Iterator
from inspect import getdoc
from pathlib import Path

import pytest
from django.utils.translation import override
from tests import written_docs

from openspaces import wording
from openspaces.board import fold
from openspaces.board.moves import MOVES
from openspaces.board.vocabulary import Code, Kind
from openspaces.wording import changes, refusals

ROOT = Path(__file__).parent.parent
LINES_OF_A_FILE = 400
LINES_OF_A_FUNCTION = 60
BINARY = (".png", ".jpg", ".ico", ".woff2", ".pdf", ".xlsx", ".mo")
NOT_OURS = re.compile(r"/(?:work|root)/|/home/\w|/tmp/[a-z]|index-url\W+http|pythonhosted")


def tracked(*suffixes: str) -> list[Path]:
    """The files under version control, all or those with one of the suffixes."""
    done = subprocess.run(["git", "ls-files"], cwd=ROOT, check=True, capture_output=True, text=True)
    files = [ROOT / name for name in done.stdout.splitlines()]
    return [file for file in files if file.is_file() and (file.suffix in suffixes or not suffixes)]


def named(files: list[Path]) -> list[str]:
    """Their names, as somebody at the root would write them."""
    return [file.relative_to(ROOT).as_posix() for file in files]


PROGRAM_FILES = [file for file in tracked(".py") if "migrations" not in file.parts]


# Everything has its branch and its sentence


def test_every_kind_of_change_has_a_branch_in_fold() -> None:
    assert set(fold.BRANCHES) == set(Kind)


def test_every_kind_of_change_has_a_sentence_that_can_be_read() -> None:
    assert set(changes._CHANGES) == set(Kind)
    with override("en"):
        said = {kind: wording.tells(change, board) for kind, (change, board) in written_docs._examples().items()}
    assert set(said) == set(Kind)
    assert [kind for kind, sentence in said.items() if "%" in sentence or len(sentence) < 8] == []


def test_every_code_of_a_refusal_has_a_sentence() -> None:
    assert set(refusals._REFUSALS) == set(Code)


def test_every_move_has_a_rule_to_read() -> None:
    assert [move.__name__ for move in MOVES if len(getdoc(move) or "") < 30] == []


@pytest.mark.parametrize("page", written_docs.pages(), ids=lambda page: page.name)
def test_a_made_page_says_what_the_code_says(page: Path) -> None:
    fresh = written_docs.pages()[page]
    assert page.read_text(encoding="utf-8") == fresh, "stale: run `python -m tests.written_docs`"


# Size and manners


def test_every_file_opens_with_a_sentence_that_says_what_room_it_is() -> None:
    empty = [file for file in PROGRAM_FILES if file.name == "__init__.py" and not file.read_text().strip()]
    rooms = [file for file in PROGRAM_FILES if file not in empty]
    assert named([file for file in rooms if not ast.get_docstring(ast.parse(file.read_text()))]) == []


def test_no_file_of_the_program_is_too_long() -> None:
    assert [name for name, length in file_lengths() if name.startswith("src/") and length > LINES_OF_A_FILE] == []


def test_no_function_is_too_long() -> None:
    assert [name for name, length in function_lengths() if length > LINES_OF_A_FUNCTION] == []


def test_no_tracked_file_names_a_machine_or_a_registry() -> None:
    files = [file for file in tracked() if file.suffix not in BINARY and file != Path(__file__)]
    assert named([file for file in files if NOT_OURS.search(file.read_text(encoding="utf-8", errors="replace"))]) == []


@pytest.mark.parametrize(
    "text", [f"/{'work'}/main", f"/{'root'}/x", "/home/ada", "/tmp/somebody", "--extra-index-url https://x"]
)
def test_control_a_path_of_a_machine_is_found(text: str) -> None:
    assert NOT_OURS.search(f"see {text}/x")


def file_lengths() -> Iterator[tuple[str, int]]:
    """Every Python file and its lines."""
    return ((file.relative_to(ROOT).as_posix(), file.read_text().count("\n")) for file in PROGRAM_FILES)


def function_lengths() -> Iterator[tuple[str, int]]:
    """Every function and its lines."""
    for file in PROGRAM_FILES:
        for node in ast.walk(ast.parse(file.read_text())):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                lines = (node.end_lineno or node.lineno) - node.lineno + 1
                yield f"{file.relative_to(ROOT).as_posix()}:{node.lineno} {node.name}", lines


if __name__ == "__main__":
    for name, lines in sorted([*file_lengths(), *function_lengths()], key=lambda each: -each[1])[:30]:
        print(f"{lines:5} {name}")


def test_every_test_has_a_name_of_its_own(request: pytest.FixtureRequest) -> None:
    """Of several with one name pytest-xdist runs one."""
    names = Counter(item.nodeid for item in request.session.items)
    assert [name for name, count in names.items() if count > 1] == []
