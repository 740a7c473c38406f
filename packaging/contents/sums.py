"""SHA-256 and SM3 (GB/T 32905) of files, in the form that ``sha256sum -c`` and ``cksum -a sm3 -c`` read.

By hand, for the archives that are handed out: ``.venv/bin/python packaging/contents/sums.py dist/*.deb …``
writes the two lists beside them.
"""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Iterable
from pathlib import Path

LISTS = {"sha256": "校验和-SHA256.txt", "sm3": "校验和-SM3.txt"}


def write(folder: Path, files: Iterable[Path], where: Path | None = None) -> list[Path]:
    """Write both lists of ``files``, named as seen from ``folder``, into ``where`` (else ``folder``)."""
    names = sorted(file.relative_to(folder).as_posix() for file in files)
    written = []
    for kind, title in LISTS.items():
        path = (where or folder) / title
        lines = [f"{digest(folder / name, kind)}  {name}\n" for name in names]
        path.write_text("".join(lines), encoding="utf-8", newline="\n")
        written.append(path)
    return written


def digest(file: Path, kind: str) -> str:
    """Return the hash of a file. Raises ValueError where Python's OpenSSL is without ``kind``."""
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, lambda: hashlib.new(kind)).hexdigest()


def wrong(folder: Path, where: Path) -> list[str]:
    """Return how ``folder`` differs from its lists in ``where``: files changed, missing or not listed."""
    there = {file.relative_to(folder).as_posix() for file in files_of(folder)}
    found = []
    for kind, title in LISTS.items():
        lines = (where / title).read_text(encoding="utf-8").splitlines()
        listed = {name: said for said, name in (line.split("  ", 1) for line in lines)}
        own = {(where / each).relative_to(folder).as_posix() for each in LISTS.values()}
        found += [f"{title}：{name} 多出或缺少" for name in sorted((there - own) ^ set(listed))]
        found += [
            f"{title}：{name} 与记录不符"
            for name, said in listed.items()
            if name in there and digest(folder / name, kind) != said
        ]
    return found


def files_of(folder: Path) -> list[Path]:
    """Return all files in a folder; what a link leads to is there under a name of its own."""
    return [file for file in sorted(folder.rglob("*")) if file.is_file() and not file.is_symlink()]


if __name__ == "__main__":
    archives = [Path(name).resolve() for name in sys.argv[1:]]
    if not archives or len({archive.parent for archive in archives}) != 1:
        sys.exit("用法：sums.py 同一文件夹中的安装包…")
    print(*write(archives[0].parent, archives), sep="\n")
