"""What fault tests share: an installation on each of the two databases."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.servers import Installation, installation, postgresql_url


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A control shows that its test would find the fault; the long run shows it on the second database too."""
    for item in items:
        if item.name.startswith(("test_control_", "test_without_")) and item.name.endswith("[postgresql]"):
            item.add_marker(pytest.mark.faults)


@pytest.fixture(params=["sqlite", "postgresql"])
def home(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Installation]:
    """A fresh installation with the event `race`, on SQLite and on PostgreSQL."""
    with installation(tmp_path, "" if request.param == "sqlite" else postgresql_url()) as made:
        yield made
