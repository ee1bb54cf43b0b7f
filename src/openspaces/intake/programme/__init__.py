"""The conference's main programme: whatever format it comes in, one value is read of it."""

from openspaces.intake.programme.programme import Damaged, Place, Programme, Stretch
from openspaces.intake.programme.sniffing import is_programme, read_programme
from openspaces.intake.programme.source import NotFetched, Source, is_address

__all__ = [
    "Damaged",
    "NotFetched",
    "Place",
    "Programme",
    "Source",
    "Stretch",
    "is_address",
    "is_programme",
    "read_programme",
]
