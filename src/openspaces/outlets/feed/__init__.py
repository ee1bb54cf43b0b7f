"""What changed, for feed readers: Atom and JSON Feed, one entry for each thing that a reader cares about."""

from openspaces.outlets.feed.atom import ATOM
from openspaces.outlets.feed.jsonfeed import JSON

__all__ = ["ATOM", "JSON"]
