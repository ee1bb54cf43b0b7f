"""The board as data: JSON for programs, CSV for spreadsheets, rooms for door displays, and a change as JSON."""

from openspaces.outlets.data.board import JSON, board_facts, card_facts
from openspaces.outlets.data.rooms import ROOMS
from openspaces.outlets.data.table import CSV, TSV
from openspaces.outlets.data.workbook import XLSX

__all__ = ["CSV", "JSON", "ROOMS", "TSV", "XLSX", "board_facts", "card_facts"]
