"""Names of static files that change with their content, so that browsers may keep them for ever."""

from functools import cache, lru_cache
from hashlib import blake2b
from pathlib import Path

from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import StaticFilesStorage
from django.core.exceptions import SuspiciousFileOperation

PREFIX = "/static/"
LONGEST = 200
"""No file's name has more letters."""


class HashedNames(StaticFilesStorage):
    """Writes `look/board.css` as `/static/look/board.3f2a9c1d.css`. Nothing has to be collected before a start."""

    def url(self, name: str | None) -> str:
        """The address of a file; the plain one if there is no such file."""
        assert name is not None
        found = find(name)
        return PREFIX + (_hashed(name, digest(found)) if found else name)


def find(name: str) -> Path | None:
    """Where a static file lies; None if there is none."""
    return _find(name) if len(name) <= LONGEST else None


@lru_cache(1024)
def _find(name: str) -> Path | None:
    """Remembers names that are asked for, of which there are as many as strangers like."""
    try:
        found = finders.find(name) if ".." not in name else None
    except SuspiciousFileOperation:
        return None  # a path from the root of the disk
    return Path(found) if isinstance(found, str) and Path(found).is_file() else None


@cache
def digest(path: Path) -> str:
    """Eight hexadecimal digits that change with a file's content."""
    return blake2b(path.read_bytes(), digest_size=4).hexdigest()


def plain_name(name: str) -> tuple[str, str]:
    """A file's own name, and the digest that was put into it ("" if none was)."""
    *stem, middle, ending = name.split(".") if name.count(".") >= 2 else ("", "", "")
    is_digest = len(middle) == 8 and all(letter in "0123456789abcdef" for letter in middle)
    return (".".join([*stem, ending]), middle) if is_digest else (name, "")


def _hashed(name: str, digest: str) -> str:
    stem, dot, ending = name.rpartition(".")
    return f"{stem}.{digest}.{ending}" if dot else name
