"""One table of an event file: each key is asked for by its type, and what nobody asked for is unknown."""

import re
from datetime import date, datetime
from enum import StrEnum
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from openspaces.intake.file.clock import moment_of
from openspaces.intake.file.problems import Path, Report, meant
from openspaces.lib.plaintext import one_line, paragraphs

Choice = TypeVar("Choice", bound=StrEnum)


class Table:
    """Reads one table. A value that cannot stand is reported and its default is answered, so that reading goes on."""

    def __init__(self, report: Report, path: Path, values: dict[str, Any]) -> None:
        self.report, self.path = report, path
        self._values = values
        self._asked: list[str] = []

    def wrong(self, says: str, *path: str | int) -> None:
        """Report a problem of this table, or of something at `path` in it."""
        self.report.add((*self.path, *path), says)

    def has(self, key: str) -> bool:
        """Whether the file says anything about `key`."""
        return key in self._values

    def text(self, key: str, limit: int, *, needed: bool = False, long: bool = False) -> str:
        """Clean text of at most `limit` letters; one line unless `long`."""
        typed = self._value(key, str, _('Write it in quotes: %(key)s = "…".') % {"key": key}, needed=needed)
        text = paragraphs(typed or "") if long else one_line(typed or "")
        if typed is not None and needed and not text:
            self.wrong(_("It is empty. Write something."), key)
        if len(text) > limit:
            self.wrong(
                _("Shorten it to %(limit)d letters; it has %(long)d.") % {"limit": limit, "long": len(text)}, key
            )
        return text

    def name(self, key: str, pattern: re.Pattern[str], like: str) -> str:
        """A needed name that stands in addresses."""
        name: str | None = self._value(key, str, _('Write it in quotes: %(key)s = "…".') % {"key": key}, needed=True)
        if name is not None and not pattern.fullmatch(name):
            says = _(
                "“%(name)s” cannot stand in an address. Use small letters, digits and hyphens inside, like %(like)s."
            )
            self.wrong(says % {"name": one_line(name), "like": like}, key)
        return name or ""

    def texts(self, key: str, limit: int = 60) -> tuple[str, ...]:
        """A list of short texts."""
        typed = self._value(key, list, _('Write a list: %(key)s = ["…", "…"].') % {"key": key}) or []
        for place, each in enumerate(typed):
            if not isinstance(each, str) or not 0 < len(one_line(each)) <= limit:
                says = _("Each of the list is a text in quotes, of 1 to %(limit)d letters.") % {"limit": limit}
                self.wrong(says, key, place)
        return tuple(one_line(each) for each in typed if isinstance(each, str))

    def number(self, key: str, default: int, least: int, most: int, *, needed: bool = False) -> int:
        """A whole number between `least` and `most`."""
        says = _("Write a whole number from %(least)d to %(most)d.") % {"least": least, "most": most}
        number: int | None = self._value(key, int, says, needed=needed)
        if number is not None and not least <= number <= most:
            self.wrong(says, key)
        return default if number is None else number

    def flag(self, key: str) -> bool:
        """True or false; false if left out."""
        return bool(self._value(key, bool, _("Write true or false, without quotes.")))

    def choice(self, key: str, default: Choice, but: tuple[Choice, ...] = ()) -> Choice:
        """One of the words of an enumeration, `but` for those that nobody chooses."""
        known = [each.value for each in type(default) if each not in but]
        typed = self._value(key, str, _("Write one of: %(known)s.") % {"known": ", ".join(known)})
        if typed is not None and typed not in known:
            self.wrong(
                _("“%(typed)s” is not known. %(hint)s") % {"typed": one_line(typed), "hint": meant(typed, known)}, key
            )
        return type(default)(typed) if typed in known else default

    def day(self, key: str) -> date | None:
        """A needed date."""
        says = _("Write a date without quotes: %(key)s = 2027-05-08.") % {"key": key}
        day: date | None = self._value(key, date, says, needed=True)
        if day and not 1970 <= day.year <= 2200:
            self.wrong(_("The year %(year)d cannot be meant.") % {"year": day.year}, key)
            return None
        return day

    def moment(self, key: str, zone: ZoneInfo, *, needed: bool = False) -> datetime | None:
        """A time by the event's clocks, as UTC."""
        says = _("Write a date and time without quotes: %(key)s = 2027-05-08T09:00:00.") % {"key": key}
        typed = self._value(key, datetime, says, needed=needed)
        return moment_of(typed, zone) if typed else None

    def table(self, key: str) -> "Table":
        """A table inside this one; empty if left out."""
        values = self._value(key, dict, _("Write it as a table: [%(key)s] on a line of its own.") % {"key": key})
        return Table(self.report, (*self.path, key), values or {})

    def tables(self, key: str, *, needed: bool = False) -> list["Table"]:
        """A list of tables, each written under `[[key]]`."""
        says = _("Write each one under a line [[%(key)s]] of its own.") % {"key": key}
        typed = self._value(key, list, says, needed=needed, missing=says) or []
        if not all(isinstance(each, dict) for each in typed):
            self.wrong(says, key)
            return []
        return [Table(self.report, (*self.path, key, place), each) for place, each in enumerate(typed)]

    def raw(self, key: str) -> Any:
        """Whatever stands there, for those who look themselves; None if nothing does."""
        self._asked.append(key)
        return self._values.get(key)

    def done(self) -> None:
        """Report the keys that nobody asked for. To be called last."""
        for key in self._values:
            if key not in self._asked:
                says = _("This key is not known. %(hint)s") % {"hint": meant(key, self._asked)}
                self.wrong(says, key)

    def _value(self, key: str, kind: type, says: str, *, needed: bool = False, missing: str = "") -> Any:
        value = self.raw(key)
        if value is None and needed:
            self.report.add(self.path, _("“%(key)s” is missing.") % {"key": key} + " " + (missing or says))
        if value is not None and type(value) is not kind:
            self.wrong(says, key)
            return None
        return value
