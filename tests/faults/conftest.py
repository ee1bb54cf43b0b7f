"""What fault tests share: an installation on each of the two databases."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.servers import Installation, installation, postgresql_url


@pytest.fixture(params=["sqlite", "postgresql"])
def home(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Installation]:
    """A fresh installation with the event `race`, on SQLite and on PostgreSQL."""
    with installation(tmp_path, "" if request.param == "sqlite" else postgresql_url()) as made:
        yield made
