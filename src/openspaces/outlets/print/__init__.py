"""Paper: blank cards with a code each, signs for doors, a poster, and the page that tells what to print."""

from openspaces.outlets.print.cards import CARDS
from openspaces.outlets.print.doors import DOORS
from openspaces.outlets.print.page import PRINT
from openspaces.outlets.print.poster import POSTER

__all__ = ["CARDS", "DOORS", "POSTER", "PRINT"]
