"""Golden files: what an outlet made when somebody looked at it and found it right.

`OPENSPACES_GOLDEN=write pytest …` writes them anew; look at the difference before you commit it.
"""

import os
from pathlib import Path

FOLDER = Path(__file__).parent.parent / "golden"


def golden(name: str, made: str) -> str:
    """The golden file of that name; with OPENSPACES_GOLDEN=write it is `made` from now on."""
    file = FOLDER / name
    if os.environ.get("OPENSPACES_GOLDEN") == "write":
        file.parent.mkdir(exist_ok=True)
        file.write_bytes(made.encode())
    return file.read_bytes().decode()
