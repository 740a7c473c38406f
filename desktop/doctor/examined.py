"""The notices that are examined: the program's own, and a copy of those that the user has taken in.

A copy, because nothing of the user's is written: the database over all of them is built beside it.
"""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from desktop.catalogue import query
from desktop.catalogue.model import Unit
from desktop.catalogue.query import Catalogue
from desktop.doctor import CheckError
from desktop.library import drafts, folders, opening
from desktop.library.turns import TURN


def copy(workspace: Path | None, to: Path) -> None:
    """Copy the notices of a workspace, without the files that they came as, into the folder ``to``.

    Raises CheckError when they cannot be read.
    """
    if workspace is None or not folders.root(workspace).is_dir():
        return
    try:
        beside = shutil.ignore_patterns("original.*", drafts.DRAFTS, drafts.DISCARDED, TURN)
        shutil.copytree(folders.root(workspace), folders.root(to), ignore=beside)
    except OSError as error:
        raise CheckError(f"收录的发文读不出来：{error}") from error


@contextmanager
def opened(library: Path, *, strict: bool = False) -> Iterator[tuple[sqlite3.Connection, Catalogue]]:
    """Open the database over all notices in ``library``, and their catalogue as if all were in use.

    Raises KnownError when the program's own notice cannot be opened; with ``strict`` CheckError when one of
    the user's cannot.
    """
    found = opening.opened(library)
    with closing(found.db):
        if strict and found.warning:
            raise CheckError(found.warning)
        yield found.db, query.load(found.db)


def units_of_all(catalogue: Catalogue) -> list[Unit]:
    """Return units that together have measures in each of the documents, those with most documents first."""
    units = catalogue.checklist_units()
    has = {unit.key: {document.key for document in catalogue.documents_of(unit.key)} for unit in units}
    left = {measure.document_key for measure in catalogue.measures}
    found: list[Unit] = []
    while left:
        found.append(max(units, key=lambda unit: len(left & has[unit.key])))
        left -= has[found[-1].key]
    return found
