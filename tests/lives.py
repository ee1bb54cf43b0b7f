"""Servers that live briefly: forked from one process that has loaded everything, and killed at a named point.

    with lives(home) as born:
        server = born("committed", 3)   # dies when it passes that point for the third time
        …
        assert server.died() == -9

Before it serves, each of them folds the log and compares it with the tables; where they differ it does not begin.
"""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass

import httpx
from tests.servers import EVENT, ROOT, START_SECONDS, Installation, free_port

DIFFERS = 3


@dataclass
class Life:
    """One server."""

    address: str
    pid: int
    _template: "subprocess.Popen[str]"

    def kill(self) -> None:
        """Kill -9."""
        with suppress(ProcessLookupError):
            os.kill(self.pid, signal.SIGKILL)

    def died(self) -> int:
        """Wait for its end; its exit status, or minus the signal that ended it."""
        return int(_told(self._template, f"wait {self.pid}"))


def _told(template: "subprocess.Popen[str]", what: str) -> str:
    assert template.stdin is not None
    assert template.stdout is not None
    template.stdin.write(f"{what}\n")
    template.stdin.flush()
    return template.stdout.readline()


@contextmanager
def lives(home: Installation, *without: str) -> Iterator[Callable[..., Life]]:
    """Servers of an installation, one after the other; `without` names guards of `tests.inside` to take away."""
    command = [sys.executable, "-m", "tests.lives", *without]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, cwd=ROOT, env=home.environment(), stdin=pipe, stdout=pipe, text=True) as template:
        born: list[Life] = []

        def bear(point: str = "-", nth: int = 1) -> Life:
            port = free_port()
            pid = int(_told(template, f"bear {port} {point} {nth}"))
            born.append(Life(f"http://127.0.0.1:{port}", pid, template))
            _wait_for(born[-1])
            return born[-1]

        try:
            yield bear
        finally:
            for life in born:
                life.kill()
            template.communicate()


def _wait_for(life: Life) -> None:
    """Until it answers. Whoever dies on the way there does not."""
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        with suppress(httpx.TransportError):
            httpx.get(f"{life.address}/api/{EVENT}/board", timeout=2)
            return
        if _is_dead(life.pid):
            raise RuntimeError(f"it did not begin: {life.died()}")
        time.sleep(0.01)
    raise TimeoutError(life.address)


def _is_dead(pid: int) -> bool:
    with open(f"/proc/{pid}/stat") as stat:
        return stat.read().rpartition(")")[2].split()[0] == "Z"


# In the process that they are forked from


def main(*without: str) -> None:
    """Do what stands in each line of the standard input: `bear PORT POINT NTH` or `wait PID`."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "openspaces.settings")
    import django

    django.setup()
    from tests.inside import GUARDS

    from openspaces import server

    for guard in without:
        GUARDS[guard]()
    for line in sys.stdin:
        what, *words = line.split()
        if what == "bear":
            pid = os.fork()
            if not pid:
                _live(server.serve, *words)
            print(pid, flush=True)
        else:
            print(os.waitstatus_to_exitcode(os.waitpid(int(words[0]), 0)[1]), flush=True)


def _live(serve: Callable[[str, int], None], port: str, point: str, nth: str) -> None:
    os.dup2(2, 1)  # what is printed is no answer of the template's
    from django.db import connection

    from openspaces.board.audit import differences

    if found := differences(EVENT):
        print("\n".join(found))
        os._exit(DIFFERS)
    connection.close()
    die_at(point, int(nth))
    serve("127.0.0.1", int(port))
    os._exit(0)


def die_at(point: str, nth: int) -> None:
    """Kill this process when it passes a point for so many times."""
    from openspaces.lib import points

    passed, walk_past = 0, points.passing

    def passing(here: str) -> None:
        nonlocal passed
        passed += here == point
        if passed == nth:
            os.kill(os.getpid(), signal.SIGKILL)

    for module in list(sys.modules.values()):
        if getattr(module, "passing", None) is walk_past:
            vars(module)["passing"] = passing


if __name__ == "__main__":
    main(*sys.argv[1:])
