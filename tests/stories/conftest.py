"""What the stories share: a browser, started once for a file."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser
from tests.browser.chromium import chromium


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A Chromium, started once for a file."""
    with chromium() as running:
        yield running
