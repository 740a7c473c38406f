"""Which files are meant by what the user chose or dropped: workbooks, and folders of them."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

# What people send instead of .xlsx is taken along too: it is refused with the reason, not passed over.
WORKBOOKS = frozenset({".xlsx", ".xlsm", ".xlsb", ".xls", ".et", ".ett", ".ods", ".csv", ".zip"})
_OWNER_MARKS = ("~$", ".~", ".")  # what Excel, WPS and LibreOffice put beside an open file; hidden files


def workbooks(chosen: Iterable[Path]) -> tuple[Path, ...]:
    """Return the files in ``chosen``, and for each folder the workbooks in it and below, each only once.

    A file that was named itself is taken whatever it is called. Folders that cannot be read are passed over.
    """
    found: dict[Path, Path] = {}
    for path in chosen:
        for one in _inside(path) if path.is_dir() else (path,):
            found.setdefault(_real(one), one)
    return tuple(found.values())


def _inside(folder: Path) -> list[Path]:
    found: list[Path] = []
    for place, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        found += [Path(place) / name for name in sorted(names) if _is_workbook(name)]
    return found


def _is_workbook(name: str) -> bool:
    return Path(name).suffix.lower() in WORKBOOKS and not name.startswith(_OWNER_MARKS)


def _real(path: Path) -> Path:
    try:
        return path.resolve()
    except OSError:
        return path.absolute()
