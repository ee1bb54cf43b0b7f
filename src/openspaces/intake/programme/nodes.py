"""Reading JSON without trust: each value knows its path, so that what is wrong is refused with its place."""

import json
from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from openspaces.intake.programme.programme import Damaged
from openspaces.lib.plaintext import one_line

SHOWN = 60


def parsed(raw: bytes) -> Any:
    """The JSON value in `raw`. A key that a table has twice is kept as two: `Hall` and `Hall (2)`. Raises Damaged."""
    try:
        return json.loads(raw.decode(json.detect_encoding(raw), "strict").lstrip("\ufeff"), object_pairs_hook=_table)
    except UnicodeDecodeError as trouble:
        line = raw[: trouble.start].count(b"\n") + 1
        raise Damaged(_("line %(line)d") % {"line": line}, _("this is not UTF-8 text.")) from None
    except json.JSONDecodeError as trouble:
        where = _("line %(line)d, column %(column)d") % {"line": trouble.lineno, "column": trouble.colno}
        raise Damaged(where, _("this is not JSON (%(what)s).") % {"what": trouble.msg}) from None
    except (RecursionError, ValueError):
        raise Damaged(
            "", _("this is not JSON that can be read: it is too deep, or a number in it is too long.")
        ) from None


def _table(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    table: dict[str, Any] = {}
    times: dict[str, int] = {}
    for key, value in pairs:
        own = key
        while own in table:
            times[key] = times.get(key, 1) + 1
            own = f"{key} ({times[key]})"
        table[own] = value
    return table


class Node:
    """A value and where it stands."""

    def __init__(self, value: Any, path: str = "", language: str = "en") -> None:
        self.value, self.path, self.language = value, path, language

    def wrong(self, says: str) -> Damaged:
        """What is to be raised about this value."""
        return Damaged(self.path, says)

    def at(self, key: str) -> "Node":
        """What stands under a key; None stands where nothing does."""
        value = self.value.get(key) if isinstance(self.value, dict) else None
        return Node(value, self._path_to(key), self.language)

    def table(self) -> "Node":
        """This value, which has to be a table."""
        if not isinstance(self.value, dict):
            raise self.wrong(_("here should be a table, { … }."))
        return self

    def rows(self) -> Iterator["Node"]:
        """The values of this list; one that is left out is empty."""
        if self.value is not None and not isinstance(self.value, list):
            raise self.wrong(_("here should be a list, [ … ]."))
        return (Node(each, f"{self.path}[{place}]", self.language) for place, each in enumerate(self.value or ()))

    def items(self) -> Iterator[tuple[str, "Node"]]:
        """The keys of this table, each with what stands under it."""
        return ((key, self.at(key)) for key in self.table().value)

    def text(self, *, needed: bool = False) -> str:
        """A text, a number, or one in several languages: then in the board's, else in English, else in any."""
        said = self._said(self.value)
        if said is None or (needed and not one_line(said)):
            raise self.wrong(_("here should be a text.") if self.value is not None else _("this is missing."))
        return said

    def number(self) -> int | None:
        """A whole number, or None."""
        fine = isinstance(self.value, int | float) and not isinstance(self.value, bool) and abs(self.value) < 1e9
        return int(self.value) if fine else None

    def shown(self) -> str:
        """The value as a sentence can name it."""
        return one_line(str(self.value))[:SHOWN]

    def _said(self, value: Any) -> str | None:
        if value is None:
            return ""
        if isinstance(value, dict):
            texts = {key: text for key, text in value.items() if isinstance(text, str) and text.strip()}
            near = (self.language, self.language.partition("-")[0], "en")
            return next((texts[key] for key in near if key in texts), next(iter(texts.values()), ""))
        if isinstance(value, bool) or not isinstance(value, str | int | float):
            return None
        return str(value)

    def _path_to(self, key: str) -> str:
        if not self.path or self.path.endswith(" "):
            return f"{self.path}{key}"
        return f"{self.path}.{key}" if key.isidentifier() else f'{self.path}["{one_line(key)[:SHOWN]}"]'
