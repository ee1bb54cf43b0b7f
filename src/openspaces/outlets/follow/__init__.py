"""The page on which people take the board with them: into calendars, apps, feeds, sheets, pictures, their own site."""

from openspaces.outlets.follow.page import FOLLOW

__all__ = ["FOLLOW"]
