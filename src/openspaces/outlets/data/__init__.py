"""The board as data: JSON for programs, CSV for spreadsheets, and a change as JSON."""

from openspaces.outlets.data.board import JSON, board_facts, card_facts
from openspaces.outlets.data.table import CSV

__all__ = ["CSV", "JSON", "board_facts", "card_facts"]
