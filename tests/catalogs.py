"""The catalogs of translations: `python -m tests.catalogs` brings them up to what the sources say now.

A text that is new stands in each locale/*/LC_MESSAGES/django.po without a translation; write it there, and run this
again: it makes the .mo files, which the program reads. The terminal speaks English, so its texts are in no catalog.
"""

import re
from collections.abc import Iterable, Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import django
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

PROGRAM = Path(__file__).parent.parent / "src" / "openspaces"
LANGUAGES = ("de", "hi", "ar")
TERMINAL = (
    "cli.py",
    "commands.py",
    "telling.py",
    "starting.py",
    "archive/",
    "demo.py",
    "board/audit.py",
    "intake/file/",
    "importing/",
)
KEYWORDS: dict[str, Any] = {"_": None, "gettext": None, "gettext_lazy": None, "gettext_noop": None, "ngettext": (1, 2)}
PLACEHOLDER = re.compile(r"%\(\w+\)[sdr]|%[sd]|\{\w+\}")


def said() -> Catalog:
    """Every text of the sources, each with the files that say it."""
    catalog = Catalog(charset="utf-8")
    for file in sorted(PROGRAM.rglob("*")):
        name = file.relative_to(PROGRAM).as_posix()
        if file.suffix in (".py", ".html") and not name.startswith(TERMINAL):
            for _line, message, comments, _context in _texts(file):
                catalog.add(message, locations=[(name, 0)], auto_comments=comments)
    return catalog


def written(language: str) -> Catalog:
    """A language's catalog as it is in the project."""
    with po(language).open("rb") as file:
        return read_po(file, locale=language, abort_invalid=True)


def compiled(catalog: Catalog) -> bytes:
    """The catalog as the program reads it."""
    made = BytesIO()
    write_mo(made, catalog)
    return made.getvalue()


def po(language: str) -> Path:
    """Where a language's catalog is; the one that the program reads lies beside it."""
    return PROGRAM / "locale" / language / "LC_MESSAGES" / "django.po"


def mo(language: str) -> Path:
    """The catalog that the program reads."""
    return po(language).with_suffix(".mo")


def translations(message: Message) -> tuple[str, ...]:
    """What a message is in its language: one text, or one for each form of the plural."""
    return tuple(str(text or "") for text in _forms(message.string))


def originals(message: Message) -> tuple[str, ...]:
    """What it is in the sources: one text, or one and its plural."""
    return tuple(str(text) for text in _forms(message.id))


def placeholders(text: str) -> set[str]:
    """What is filled in when a text is said."""
    return set(PLACEHOLDER.findall(text))


def refresh(language: str) -> list[str]:
    """Bring a language's catalog up to date and compile it; the answer is what has no translation yet."""
    catalog = written(language)
    catalog.update(said(), no_fuzzy_matching=True, update_creation_date=False)
    with po(language).open("wb") as file:
        write_po(file, catalog, width=120, include_lineno=False, ignore_obsolete=True)
    mo(language).write_bytes(compiled(catalog))
    return [str(message.id) for message in catalog if message.id and not all(translations(message))]


def _forms(text: Any) -> Iterable[Any]:
    return text if isinstance(text, (list, tuple)) else [text]


def _texts(file: Path) -> Iterator[Any]:
    source = file.read_text(encoding="utf-8")
    if file.suffix == ".html":
        from django.utils.translation.template import templatize

        source = "\n".join(line.strip() for line in templatize(source).splitlines())
    return extract("python", BytesIO(source.encode()), KEYWORDS, ("Translators:",), strip_comment_tags=True)


if __name__ == "__main__":
    import os

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "openspaces.settings")
    django.setup()
    for each in LANGUAGES:
        for missing in refresh(each):
            print(f"{each}: {missing}")
