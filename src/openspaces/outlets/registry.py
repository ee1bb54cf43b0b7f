"""Every outlet, one line each. Delete an outlet's folder and its line, and only that outlet is gone."""

from collections.abc import Iterator
from importlib import import_module
from typing import TypeVar

from openspaces.board.public import contest_facts
from openspaces.board.public_changes import change_facts
from openspaces.delivery.contract import Push
from openspaces.outlets.base import Pull
from openspaces.outlets.data import board_facts
from openspaces.outlets.ics import render_stars
from openspaces.outlets.page import draw_cells, draw_contests, draw_items, draw_notices, render_home

__all__ = [
    "PULLS",
    "PUSHES",
    "board_facts",
    "change_facts",
    "contest_facts",
    "draw_cells",
    "draw_contests",
    "draw_items",
    "draw_notices",
    "render_home",
    "render_stars",
]

OUTLETS = (
    "app",
    "data",
    "discord",
    "email",
    "embed",
    "feed",
    "follow",
    "ics",
    "image",
    "page",
    "phone",
    "preview",
    "print",
    "schedule",
    "screen",
    "sheet",
    "social",
    "text",
    "webhook",
)
"""Their folders. What a folder's `__init__.py` has of the two kinds is what there is."""

Kind = TypeVar("Kind", Pull, Push)


def _every(kind: type[Kind]) -> Iterator[Kind]:
    for folder in OUTLETS:
        known = vars(import_module(f"openspaces.outlets.{folder}")).values()
        yield from sorted((each for each in known if isinstance(each, kind)), key=lambda each: each.name)


PULLS = tuple(_every(Pull))
PUSHES = tuple(_every(Push))
