"""The big screen by the board, and the small ones at the doors: what is on now and next, with nobody's hands."""

from openspaces.outlets.screen.screen import SCREEN

__all__ = ["SCREEN"]
