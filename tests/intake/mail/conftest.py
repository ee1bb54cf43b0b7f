"""An event that mail can be sent to, in the database."""

import shutil
from collections.abc import Iterator

import pytest
from tests.intake.mail.letters import furnish

from openspaces.intake import limits
from openspaces.intake.mail import quarantine


@pytest.fixture
def event(database: None) -> Iterator[None]:
    """The event pyconus2022 without cards, full buckets, and an empty quarantine."""
    furnish()
    for buckets in (limits.LETTERS.sender, limits.LETTERS.event):
        buckets.__init__(buckets.rate, buckets.burst)  # type: ignore[misc]
    shutil.rmtree(quarantine.directory(), ignore_errors=True)
    yield
    shutil.rmtree(quarantine.directory(), ignore_errors=True)
