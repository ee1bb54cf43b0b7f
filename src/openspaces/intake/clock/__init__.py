"""The clock: what is due by time alone becomes a move of the program's."""

from openspaces.intake.clock.ticking import Clock

__all__ = ["Clock"]
