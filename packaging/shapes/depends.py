"""What the finished folder takes from the system, as Debian packages."""

from __future__ import annotations

import re
import subprocess
import sys
from functools import cache
from pathlib import Path

from contents import glibc

sys.path.insert(0, str(Path(__file__).resolve().parent.parent.parent))
from desktop.libraries import CHINESE_FONT, PACKAGES

#: Where one of these is missing the program runs all the same, or says what to do. Chinese systems bring
#: typefaces of their own: to depend on one would keep ``dpkg -i`` from working there without a network.
RECOMMENDED = (f"{CHINESE_FONT} | fonts-wqy-microhei | fonts-wqy-zenhei", "libcups2")
_PRINTERS = "libcups.so.2"
_OF_GLIBC = re.compile(r"ld-linux[\w-]*\.so\.\d+|lib(?:c|dl|m|pthread|resolv|rt|util)\.so\.\d+")
_NEEDED = re.compile(r"NEEDED\s+(\S+)")


class DependsError(Exception):
    """The folder links to a library of which nobody knows the package."""


@cache
def packages(program: Path) -> list[str]:
    """Return the field ``Depends`` of a package that holds the folder ``program``, sorted.

    Asks ``objdump`` what each file links to. Raises DependsError.
    """
    files = [file for file in program.rglob("*") if file.is_file() and glibc.is_elf(file)]
    headers = subprocess.run(["objdump", "-p", *files], capture_output=True, check=True).stdout
    wanted = set(_NEEDED.findall(headers.decode("utf-8", "replace"))) - {file.name for file in files}
    return [f"libc6 (>= {glibc.highest(program)[0]})", *of_libraries(wanted)]


def of_libraries(names: set[str]) -> list[str]:
    """Return the packages of system libraries, glibc's own left out, sorted. Raises DependsError."""
    asked = {name for name in names - {_PRINTERS} if not _OF_GLIBC.fullmatch(name)}
    if unknown := asked - PACKAGES.keys():
        raise DependsError(f"{', '.join(sorted(unknown))}: name the packages in desktop/libraries.py")
    return sorted({PACKAGES[name] for name in asked})
