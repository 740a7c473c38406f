"""The newest glibc that a folder of programs and libraries asks for, and which file asks for it (Linux)."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

Version = tuple[int, ...]

_SYMBOL = re.compile(r"\bGLIBC_([\d.]+)")


def needed(folder: Path) -> dict[str, Version]:
    """Return the glibc that each ELF file in ``folder`` needs, by its path there; asks ``objdump``."""
    found = {}
    for file in sorted(folder.rglob("*")):
        if file.is_file() and not file.is_symlink() and is_elf(file):
            headers = subprocess.run(["objdump", "-p", file], capture_output=True, check=True).stdout
            asked = [version(text) for text in _SYMBOL.findall(headers.decode("utf-8", "replace"))]
            if asked:
                found[file.relative_to(folder).as_posix()] = max(asked)
    return found


def highest(folder: Path) -> tuple[str, list[str]]:
    """Return the newest glibc that anything in ``folder`` needs, as ``2.28``, and the files that need it."""
    by_file = needed(folder)
    newest = max(by_file.values())
    return ".".join(map(str, newest)), [name for name, asked in by_file.items() if asked == newest]


def is_elf(file: Path) -> bool:
    """Tell whether a file is a program or library of Linux."""
    with file.open("rb") as opened:
        return opened.read(4) == b"\x7fELF"


def version(text: str) -> Version:
    """Return ``2.28`` as numbers that can be compared."""
    return tuple(int(part) for part in text.split("."))
