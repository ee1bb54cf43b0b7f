"""T16: files that want to do harm are read in 10 s and 600 MiB, or refused in a sentence; nothing of them is kept.

Nobody can upload a picture: what takes files are the desk's import and the mail, and neither shows a file to anyone.
"""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import httpx
import pytest
from tests.inside import ROOMS, slots_of
from tests.promises import Promise
from tests.servers import EVENT, ROOT, Installation, installation, start
from tests.uploads import CANARY, HOSTILE

SECONDS, MEMORY = 10.0, 600
LARGEST = 5_000_000
SLOW = ("250 MB of cells", "five million columns", "700,000 times", "400 MB")
"""What costs seconds to make or to read."""


def cost(tmp_path: Path, *names: str) -> dict[str, dict[str, Any]]:
    """What came of each file, the most memory in MiB, and seconds of processor."""
    files = []
    for place, name in enumerate(names):
        files.append(tmp_path / str(place))
        files[-1].write_bytes(HOSTILE[name]())
        assert files[-1].stat().st_size <= LARGEST
    command = [sys.executable, "-m", "tests.uploads", *map(str, files)]
    home = Installation(tmp_path / "data")
    done = subprocess.run(command, cwd=ROOT, env=home.environment(), stdout=subprocess.PIPE, check=True)
    return dict(zip(names, json.loads(done.stdout), strict=True))


QUICK = [name for name in HOSTILE if not any(slow in name for slow in SLOW)]


@pytest.mark.parametrize("names", [QUICK, pytest.param(list(HOSTILE), marks=pytest.mark.faults)], ids=["quick", "all"])
def test_files_that_want_to_do_harm_cost_little(tmp_path: Path, names: list[str], promise: Promise) -> None:
    kept = promise("T16", "hostile uploads (bombs, polyglots, endless ones) cost 10 s and 600 MiB at most")
    found = cost(tmp_path, *names)
    assert [name for name, cost in found.items() if cost["says"].startswith(("BROKE", "died"))] == []
    assert [name for name, cost in found.items() if cost["seconds"] > SECONDS or cost["memory"] > MEMORY] == []
    seconds, memory = (max(cost[which] for cost in found.values()) for which in ("seconds", "memory"))
    kept.found(f"{len(found)} files, {seconds:.1f} s and {memory} MiB at most")


READ_HERE = """
import resource, sys
from openspaces.lib.workbooks import _answer
resource.setrlimit(resource.RLIMIT_AS, (2_000_000_000, 2_000_000_000))
resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
try: _answer(sys.stdin.buffer.read())
except BaseException: pass
"""


def test_control_without_a_child_a_workbook_ends_whoever_reads_it(tmp_path: Path, promise: Promise) -> None:
    kept = promise.control("T16", "without a child a workbook of a thousand bytes ends whoever reads it")
    raw, environment = (
        HOSTILE["a workbook of a thousand bytes that asks for 30 GB"](),
        Installation(tmp_path).environment(),
    )
    done = subprocess.run([sys.executable, "-c", READ_HERE], input=raw, env=environment, capture_output=True)
    assert done.returncode < 0
    kept.found(f"ended by signal {-done.returncode}")


def test_of_a_photograph_nothing_is_kept_and_nothing_served(tmp_path: Path, promise: Promise) -> None:
    kept = promise("T16", "no picture is taken, and no byte of its metadata is kept or served", database="SQLite")
    photograph, cell = HOSTILE["a photograph with its place"](), f"{ROOMS[0]}@{slots_of()[0][0]}"
    assert CANARY.encode() in photograph
    with installation(tmp_path, "", days=1) as home:
        server = start(home)
        with httpx.Client(base_url=server.address, timeout=30) as client:
            client.post(f"/{EVENT}/staff/", data={"token": home.ask("link", EVENT)})
            files = {"file": ("photo.jpg", photograph, "image/jpeg")}
            brought = client.post(f"/{EVENT}/desk/import/", files=files)
            client.post(f"/{EVENT}/cells/{cell}/", data={"title": "Knitting", "host": "Ada"}, files=files)
            read = [client.get(f"/{EVENT}{path}") for path in ("/", "/board.png", "/board.json", "/desk/import/")]
        server.stop()
    assert "This is no text and no workbook." in brought.text
    assert [answer.status_code for answer in read] == [200] * 4
    assert [answer.url for answer in (brought, *read) if CANARY.encode() in answer.content] == []
    assert [file.name for file in tmp_path.rglob("*") if file.is_file() and CANARY.encode() in file.read_bytes()] == []
    kept.found("refused in words; in none of its files, in no answer")
