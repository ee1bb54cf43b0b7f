"""The documents keep their word: every link leads somewhere, every setting and every command is described."""

import re
from pathlib import Path

import pytest

from openspaces.cli import _parser

ROOT = Path(__file__).parent.parent
DOCUMENTS = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])
LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")


def names_in(folder: Path, pattern: str, *suffixes: str) -> set[str]:
    """Everything in a folder's files that matches."""
    files = [file for suffix in suffixes for file in folder.rglob(f"*{suffix}")]
    return {name for file in files for name in re.findall(pattern, file.read_text(encoding="utf-8"))}


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda document: document.relative_to(ROOT).as_posix())
def test_every_link_leads_somewhere(document: Path) -> None:
    links = LINK.findall(document.read_text(encoding="utf-8"))
    local = [link.partition("#")[0] for link in links if "://" not in link and not link.startswith("#")]
    assert [link for link in local if not (document.parent / link).exists()] == []


def test_every_setting_is_described() -> None:
    read = names_in(ROOT / "src", r"[\"'](OPENSPACES_[A-Z_]+)[\"']", ".py")
    described = names_in(ROOT / "docs", r"`(OPENSPACES_[A-Z_]+)", ".md")
    assert read - described == set()


def test_every_command_is_described() -> None:
    commands = set(re.findall(r"^    (\w+) ", _parser().format_help(), re.MULTILINE)) - {"COMMAND"}
    assert commands >= {"run", "new", "check"}
    described = names_in(ROOT / "docs", r"openspaces ([a-z]+)", ".md")
    assert commands - described == set()


def test_every_decision_is_short_and_says_context_choice_and_price() -> None:
    for note in sorted((ROOT / "docs" / "decisions").glob("*.md")):
        text = note.read_text(encoding="utf-8")
        assert re.findall(r"^\*\*(\w+)\.\*\*", text, re.MULTILINE) == ["Context", "Choice", "Price"], note.name
        assert text.count("\n") <= 30, note.name
