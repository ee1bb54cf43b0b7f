"""Cards from a sheet: a table with a card in each row, seen before anything of it is played."""

from openspaces.intake.sheets.columns import FIELDS, Guess, UnknownColumn, chosen, guessed, picked
from openspaces.intake.sheets.playing import Played, Tally, play_all
from openspaces.intake.sheets.rows import BadRow, Ready, read_rows
from openspaces.intake.sheets.table import Sheet, WrongSheet, is_sheet, read_sheet

__all__ = [
    "FIELDS",
    "BadRow",
    "Guess",
    "Played",
    "Ready",
    "Sheet",
    "Tally",
    "UnknownColumn",
    "WrongSheet",
    "chosen",
    "guessed",
    "is_sheet",
    "picked",
    "play_all",
    "read_rows",
    "read_sheet",
]
