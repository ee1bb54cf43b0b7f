"""What the stories share: a browser, started once for a file, and patience, for many browsers run on few processors."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect
from tests.browser.chromium import chromium

PATIENCE, USUAL = 20_000, 5_000
"""Milliseconds in which a page shows what it is expected to."""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A Chromium, started once for a file."""
    expect.set_options(timeout=PATIENCE)
    with chromium() as running:
        yield running
    expect.set_options(timeout=USUAL)
