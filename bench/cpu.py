"""How much of a processor a program has used, with the processes that it started."""

import os
from pathlib import Path


def seconds(process: int) -> float:
    """Since it was started."""
    own = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    children = Path(f"/proc/{process}/task/{process}/children").read_text().split()
    return (int(own[11]) + int(own[12])) / os.sysconf("SC_CLK_TCK") + sum(seconds(int(child)) for child in children)
