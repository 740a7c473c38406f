"""Everything that the program makes in a workspace, under the umask of a usual system, watched on the way.

``python -m … PLACE``: does one thing after the other with the workspace ``PLACE/工作库`` and writes to stdout
what others could have read of it at any moment, were its own folder open to them: each path once.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from desktop.__main__ import main
from desktop.library import packs
from tests.library import pack_casualty
from tests.workspace.sample import NOON

NAME, PHONE = "欧阳某某", "13912345678"
WATCHED = ("open", "os.rename", "os.remove", "os.mkdir", "os.link", "shutil.", "sqlite3.connect")


def above(path: Path, folder: Path) -> list[Path]:
    """Return the folders between ``path`` and ``folder``."""
    return [up for up in path.parents if up != folder and up.is_relative_to(folder)]


def watch(folder: Path, seen: set[str]) -> None:
    """Look at the modes in ``folder`` whenever a file is opened, made, moved or removed."""
    looking = False

    def look(event: str, _: object) -> None:
        nonlocal looking
        if looking or not event.startswith(WATCHED):
            return
        looking = True
        for path in (folder, *folder.rglob("*")):
            try:
                mode = path.lstat().st_mode
            except OSError:
                continue
            if mode & 0o077 and all(up.stat().st_mode & 0o077 for up in above(path, folder)):
                seen.add(f"{path.relative_to(folder)} {mode & 0o777:o}")
        looking = False

    sys.addaudithook(look)


def work(place: Path) -> None:
    """Fill in, attach, back up, restore, pack, take packages of both kinds in, fail to read a workbook."""
    folder, other = place / "工作库", place / "另一台"
    paper, broken = place / f"{NAME}.pdf", place / f"{NAME}{PHONE}.xlsx"
    paper.write_bytes(b"%PDF")
    broken.write_bytes(b"PK no workbook")
    words = f"{NAME} {PHONE}"

    def do(where: Path, *arguments: str) -> None:
        main(["--workspace", str(where), *arguments])

    for where in (other, folder):
        do(where, "mark", "区财政局", "1", "--owner", NAME, "--progress", words, "--by", NAME)
        do(where, "evidence", "add", "区财政局", "1", str(paper), "--by", NAME)
    do(other, "pack", "-o", str(place / "a.sjb"), "--by", NAME)
    do(folder, "unpack", str(place / "a.sjb"), "--by", NAME)
    do(folder, "backup")
    do(folder, "backup", "-o", str(place / "带走.zip"))
    do(folder, "restore", str(place / "带走.zip"), "--by", NAME)
    do(folder, "import", str(broken), "--by", NAME)
    packs.take_in(folder, place / pack_casualty.PACK, at=NOON)
    do(folder, "search", words, "--filled")


if __name__ == "__main__":
    os.umask(0o022)
    leaks: set[str] = set()
    watch(Path(sys.argv[1]) / "工作库", leaks)
    work(Path(sys.argv[1]))
    sys.stdout.write("".join(f"LEAK {path}\n" for path in sorted(leaks)))
