"""Where letters go that could not be read: a directory of their own under the data, with the reason beside each."""

import hashlib
import os
import time
from pathlib import Path

from django.conf import settings

KEPT_SECONDS = 14 * 86_400
MOST = 2000
"""Letters that are kept; then the oldest go."""


def directory() -> Path:
    """The directory; it is made when the first letter comes."""
    return Path(settings.DATA) / "quarantine"


def keep(raw: bytes, reason: str) -> Path:
    """Put a letter aside, once however often it comes; the answer is its file, `<name>.eml` beside `<name>.txt`."""
    place = directory()
    place.mkdir(mode=0o700, parents=True, exist_ok=True)
    name = hashlib.sha256(raw).hexdigest()[:32]
    file = place / f"{name}.eml"
    if not file.exists():
        _write(place / f"{name}.txt", f"{reason}\n".encode("utf-8", "replace"))
        _write(file, raw)
        if name[0] == "0":  # a flood fills no disk; and whoever looks at one in sixteen is done soon
            sweep()
    return file


def sweep(now: float | None = None) -> int:
    """Erase what is older than it may be kept, and the oldest beyond what there is room for; how many letters. The
    keeper asks for it too."""
    at = time.time() if now is None else now
    files = sorted(directory().glob("*.eml"), key=lambda file: file.stat().st_mtime, reverse=True)
    gone = [file for place, file in enumerate(files) if place >= MOST or at - file.stat().st_mtime > KEPT_SECONDS]
    for file in gone:
        file.with_suffix(".txt").unlink(missing_ok=True)
        file.unlink(missing_ok=True)
    return len(gone)


def forget_from(address: str) -> int:
    """Erase the letters in which an address stands; how many."""
    wanted = address.strip().lower().encode()
    gone = [file for file in directory().glob("*.eml") if wanted and wanted in file.read_bytes().lower()]
    for file in gone:
        file.with_suffix(".txt").unlink(missing_ok=True)
        file.unlink(missing_ok=True)
    return len(gone)


def _write(file: Path, what: bytes) -> None:
    """Written aside and then named, so that a letter there is whole."""
    aside = file.with_suffix(f"{file.suffix}.{os.getpid()}")
    with os.fdopen(os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as new:
        new.write(what)
    aside.rename(file)
