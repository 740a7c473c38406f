"""Small disks of their own: cut off from power, pulled out, full."""

from __future__ import annotations

import contextlib
import os
import shutil
import struct
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

SHUT_DOWN = 0x8004587D  # EXT4_IOC_SHUTDOWN: the file system takes and writes nothing any more
NO_LOG_FLUSH = struct.pack("I", 2)  # nor what its journal holds in memory: as when the power goes
BALLAST = "ballast"


class Disk:
    """An ext4 file system in a file, mounted at ``path``."""

    def __init__(self, image: Path, path: Path) -> None:
        self._image, self.path = image, path

    def mount(self) -> None:
        run("mount", "-o", "loop", str(self._image), str(self.path))

    def cut(self) -> None:
        """Cut the power: what no program had brought to disk is gone."""
        import fcntl

        at = os.open(self.path, os.O_RDONLY)
        try:
            fcntl.ioctl(at, SHUT_DOWN, NO_LOG_FLUSH)
        finally:
            os.close(at)

    def pull_out(self) -> None:
        """Pull the stick out: its folder is empty; who has files open on it goes on in the void."""
        run("umount", "-l", str(self.path))

    def vanish(self) -> None:
        """Pull the stick out, and let what is open on it fail as well."""
        self.cut()
        self.pull_out()

    def fail(self, process: subprocess.Popen[str]) -> None:
        """Cut the power while ``process`` works there, and start again."""
        self.cut()
        process.kill()
        process.wait()
        self.start_again()

    def start_again(self) -> None:
        """Mount it again as a machine does that starts after a power cut."""
        run("umount", str(self.path))
        self.mount()

    def put_in(self) -> None:
        """Put the stick in again."""
        if self.path.is_mount():
            self.start_again()
        else:
            self.mount()

    def fill(self) -> None:
        """Let not one byte be free."""
        with contextlib.suppress(OSError), (self.path / BALLAST).open("wb", buffering=0) as ballast:
            for size in (65536, 4096, 1):
                with contextlib.suppress(OSError):
                    while ballast.write(bytes(size)):
                        pass

    def free(self) -> None:
        """Give the room back."""
        (self.path / BALLAST).unlink()


@contextmanager
def ext4(place: Path, megabytes: int = 24) -> Iterator[Disk]:
    """Yield a disk at ``place/盘``. Where the machine does not allow it the test is skipped, saying why."""
    image, path = place / "disk.img", place / "盘"
    path.mkdir()
    with image.open("wb") as file:
        file.truncate(megabytes << 20)
    disk = Disk(image, path)
    try:
        run("mkfs.ext4", "-q", "-F", str(image))
        disk.mount()
    except Refused as why:
        pytest.skip(f"no disk of its own here: {why}")
    try:
        yield disk
    finally:
        subprocess.run(["umount", "-l", str(path)], check=False, capture_output=True)


class Refused(Exception):  # noqa: N818 - what the system said
    """The machine does not do that for whoever runs the tests."""


def run(*command: str) -> None:
    tool = shutil.which(command[0], path=f"{os.environ.get('PATH', '')}:/usr/sbin:/sbin")
    if tool is None:
        raise Refused(f"{command[0]} is not installed")
    done = subprocess.run([tool, *command[1:]], check=False, capture_output=True, text=True)
    if done.returncode:
        raise Refused(f"{command[0]}: {done.stderr.strip()}")
