"""Tabs that hold exactly some rows: made where they lack, large enough, and empty beyond."""

from collections.abc import Iterator, Mapping
from typing import Any

from openspaces.outlets.sheet.api import Spreadsheet, Tabs

Rows = list[tuple[str, ...]]


def fill(sheet: Spreadsheet, wanted: Mapping[str, Rows]) -> None:
    """Write each tab's rows; what stood beyond them goes after they are there, so that nobody sees an empty board."""
    tabs = sheet.tabs()
    if changes := [each for title, rows in wanted.items() if (each := _made_fit(tabs, title, rows))]:
        sheet.change(changes)
    sheet.write({_named(title, 1, 1, len(rows), _width(rows)): rows for title, rows in wanted.items()})
    if beyond := [part for title, rows in wanted.items() for part in _beyond(tabs, title, rows)]:
        sheet.clear(beyond)


def _made_fit(tabs: Tabs, title: str, rows: Rows) -> dict[str, Any] | None:
    height, width = _size(tabs, title)
    grown = {"rowCount": max(height, len(rows)), "columnCount": max(width, _width(rows))}
    if title not in tabs:
        return {"addSheet": {"properties": {"title": title, "gridProperties": grown}}}
    if height >= len(rows) and width >= _width(rows):
        return None
    properties = {"sheetId": tabs[title]["sheetId"], "gridProperties": grown}
    fields = "gridProperties.rowCount,gridProperties.columnCount"
    return {"updateSheetProperties": {"properties": properties, "fields": fields}}


def _beyond(tabs: Tabs, title: str, rows: Rows) -> Iterator[str]:
    """Below, and to the right."""
    height, width = _size(tabs, title)
    if height > len(rows):
        yield _named(title, len(rows) + 1, 1, height, width)
    if width > _width(rows):
        yield _named(title, 1, _width(rows) + 1, len(rows), width)


def _size(tabs: Tabs, title: str) -> tuple[int, int]:
    size = tabs.get(title, {}).get("gridProperties", {})
    return size.get("rowCount", 0), size.get("columnCount", 0)


def _width(rows: Rows) -> int:
    return max(map(len, rows))


def _named(title: str, top: int, left: int, bottom: int, right: int) -> str:
    """A range as A1 notation has it: `'Board'!A1:C7`."""
    quoted = title.replace("'", "''")
    return f"'{quoted}'!{_letters(left)}{top}:{_letters(right)}{bottom}"


def _letters(column: int) -> str:
    """1 is A, 27 is AA."""
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
