"""Wishes: what people type about day, time and room, read over the event's own days, slots and rooms."""

from openspaces.intake.wishes.grammar import read_wish
from openspaces.intake.wishes.saying import understood_says
from openspaces.intake.wishes.understood import Doubt, Part, Span, Understood

__all__ = ["Doubt", "Part", "Span", "Understood", "read_wish", "understood_says"]
