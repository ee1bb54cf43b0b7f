"""Google Sheets: the grid and the list of the board, kept in a spreadsheet of somebody's. See docs/organiser.md."""

from openspaces.outlets.sheet.outlet import SHEET

__all__ = ["SHEET"]
