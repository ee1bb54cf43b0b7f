"""The board as a calendar to subscribe to: all of it, a room, a tag, a host, a card, or what somebody starred."""

from openspaces.outlets.ics.asked import CALENDAR, CARD, render_stars

__all__ = ["CALENDAR", "CARD", "render_stars"]
