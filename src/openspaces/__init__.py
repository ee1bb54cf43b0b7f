"""A live board for the Open Spaces of a conference."""

__version__ = "0.1.0"
