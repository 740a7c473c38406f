"""The folder as an archive that runs where it is unpacked, from a stick too: ``.tar.gz`` and ``.zip``.

It holds no links, which the file systems of sticks do not know, and an empty ``workspace/``, in which the
program then keeps all that is entered (``desktop/paths.py``).
"""

from __future__ import annotations

import gzip
import stat
import tarfile
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path

from shapes import tree

WORKSPACE = "workspace"


def build(program: Path, folder: Path, base: str) -> list[Path]:
    """Write ``base.tar.gz`` and ``base.zip`` of the finished folder into ``folder``; return their paths."""
    when = tree.moment()
    return [
        tarred(program, folder / f"{base}.tar.gz", when),
        zipped(program, folder / f"{base}.zip", when),
    ]


def tarred(program: Path, target: Path, when: int) -> Path:
    """Write the folder as a tar archive."""
    with (
        target.open("wb") as file,
        gzip.GzipFile("", "wb", 9, file, mtime=when) as squeezed,
        tarfile.open(fileobj=squeezed, mode="w", format=tarfile.GNU_FORMAT) as tar,
    ):
        for name, path, mode in members(program):
            entry = tarfile.TarInfo(name)
            entry.mode, entry.mtime = mode, when
            if path is None:
                entry.type = tarfile.DIRTYPE
                tar.addfile(entry)
                continue
            entry.size = path.stat().st_size
            with path.open("rb") as opened:
                tar.addfile(entry, opened)
    return target


def zipped(program: Path, target: Path, when: int) -> Path:
    """Write the folder as a zip archive; unzip gives programs their rights from what stands in it."""
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, path, mode in members(program):
            entry = zipfile.ZipInfo(name if path else f"{name}/", time.gmtime(when)[:6])
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 3  # Unix: only then the rights are read
            entry.external_attr = (mode | (stat.S_IFREG if path else stat.S_IFDIR)) << 16
            archive.writestr(entry, path.read_bytes() if path else b"")
    return target


def members(program: Path) -> Iterator[tuple[str, Path | None, int]]:
    """Yield the name, the file (None for a folder) and the rights of all that goes into an archive.

    Raises ValueError where the folder holds a link.
    """
    yield program.name, None, 0o755
    yield f"{program.name}/{WORKSPACE}", None, 0o700
    for path in sorted(program.rglob("*")):
        name = path.relative_to(program.parent).as_posix()
        if path.is_symlink():
            raise ValueError(f"{name} is a link")
        if path.is_dir():
            yield name, None, 0o755
        else:
            yield name, path, 0o755 if tree.runs(path) else 0o644
