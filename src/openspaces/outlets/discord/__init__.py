"""Discord: one message in a channel, "the board now", which is kept up to date all day."""

from openspaces.outlets.discord.outlet import DISCORD

__all__ = ["DISCORD"]
