"""What many tests share and nobody needs afterwards, directories and servers: gone when the tests end."""

import atexit
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory

AFTERWARDS = ExitStack()
"""What is to be done then, the last first."""
atexit.register(AFTERWARDS.close)


def directory(of: str) -> Path:
    """A new directory that goes with the process that asked for it."""
    made = TemporaryDirectory(prefix=f"openspaces-{of}-", ignore_cleanup_errors=True)
    return Path(AFTERWARDS.enter_context(made))


def leave() -> None:
    """Leave nothing behind. Processes of pytest-xdist may be killed as they end, so they do it before."""
    AFTERWARDS.close()
