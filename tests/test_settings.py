"""Settings: what an installation finds at its first start."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
TELL_SECRET = "from openspaces import settings; print(settings.SECRET_KEY)"


def start(data: Path, code: str = TELL_SECRET) -> "subprocess.Popen[str]":
    """A process on a data directory."""
    ours = {name: value for name, value in os.environ.items() if not name.startswith("OPENSPACES_")}
    environment = {**ours, "OPENSPACES_DATA": str(data), "PYTHONPATH": str(ROOT / "src")}
    return subprocess.Popen([sys.executable, "-c", code], env=environment, stdout=subprocess.PIPE, text=True)


def test_processes_that_start_together_share_one_secret(tmp_path: Path) -> None:
    told = [process.communicate(timeout=60)[0].strip() for process in [start(tmp_path / "new") for _ in range(6)]]
    assert len(set(told)) == 1
    assert len(told[0]) == 64
    assert [file.name for file in (tmp_path / "new").iterdir()] == ["secret"]


def test_the_secret_is_for_its_owner_alone_and_stays(tmp_path: Path) -> None:
    first, again = (start(tmp_path).communicate(timeout=60)[0] for _ in range(2))
    assert first == again
    assert (tmp_path / "secret").stat().st_mode & 0o777 == 0o600
