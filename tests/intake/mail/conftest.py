"""An event that mail can be sent to, in the database."""

from pathlib import Path

import pytest
from django.conf import LazySettings
from tests.intake.mail.letters import furnish

from openspaces.intake import limits


@pytest.fixture
def event(database: None, settings: LazySettings, tmp_path: Path) -> None:
    """The event pyconus2022 without cards, full buckets, and a quarantine of its own, for tests run beside others."""
    settings.DATA = tmp_path
    furnish()
    for buckets in (limits.LETTERS.sender, limits.LETTERS.event):
        buckets.__init__(buckets.rate, buckets.burst)  # type: ignore[misc]
