"""Disks of a test's own: an ext4 in a file whose power can be cut, and which can be full.

    with disk(tmp_path / "disk") as place:
        …               # write to place.path
        place.cut()     # whatever has not reached the disk is gone, and everybody who writes gets an error
        …               # end who has files open there
        place.mend()    # mounted again, as after a reboot

Only root can mount; elsewhere these tests are skipped, and say so.
"""

import fcntl
import os
import shutil
import struct
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import pytest

EXT4_IOC_SHUTDOWN = 0x8004587D
"""linux/fs/ext4: `_IOR('X', 125, __u32)`."""
NOTHING_FLUSHED = 2
PIECE = 1 << 16


@dataclass
class Disk:
    """One disk, mounted at `path`."""

    path: Path
    image: Path

    def cut(self) -> None:
        """Cut the power: what is still in memory never reaches the disk."""
        handle = os.open(self.path, os.O_RDONLY)
        try:
            fcntl.ioctl(handle, EXT4_IOC_SHUTDOWN, struct.pack("I", NOTHING_FLUSHED))
        finally:
            os.close(handle)

    def sync(self) -> None:
        """Everything reaches the disk."""
        _told("sync", "-f", str(self.path))

    def mend(self) -> None:
        """Mount it again; the journal is played."""
        _told("umount", str(self.path))
        _told("mount", "-o", "loop", str(self.image), str(self.path))

    @contextmanager
    def full(self) -> Iterator[None]:
        """No byte is left."""
        filler = self.path / "filler"
        with filler.open("wb", buffering=0) as growing, suppress(OSError):
            while True:
                growing.write(bytes(PIECE))
        with filler.open("ab", buffering=0) as growing, suppress(OSError):
            while True:
                growing.write(b"x")
        try:
            yield
        finally:
            filler.unlink()


@contextmanager
def disk(place: Path, megabytes: int = 64) -> Iterator[Disk]:
    """A fresh disk. Skips the test where none can be mounted."""
    place.mkdir()
    made = Disk(place / "mounted", place / "image")
    made.path.mkdir()
    with made.image.open("wb") as image:
        image.truncate(megabytes << 20)
    if os.geteuid() != 0 or not _can("mkfs.ext4", "-q", "-m", "0", str(made.image)):
        pytest.skip("only root can cut the power of a disk")
    if not _can("mount", "-o", "loop", str(made.image), str(made.path)):
        pytest.skip("no disk can be mounted here")
    try:
        yield made
    finally:
        _told("umount", str(made.path))


def _can(program: str, *arguments: str) -> bool:
    found = shutil.which(program, path=f"{os.environ['PATH']}:/usr/sbin:/sbin")
    return found is not None and subprocess.run([found, *arguments], capture_output=True).returncode == 0


def _told(*command: str) -> None:
    subprocess.run(command, check=True, capture_output=True)
