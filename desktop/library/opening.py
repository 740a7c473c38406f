"""The one door to the measures: the program's own notice and those of the user, where there are any.

Without notices of the user's own the bundled database is opened and nothing else of the library is loaded.
"""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.errors import KnownError
from desktop.library.index_opened import NOTICES, LibraryIndex, open_bundled

if TYPE_CHECKING:
    from desktop.catalogue.query import Catalogue


@dataclass(frozen=True, slots=True)
class OpenedLibrary:
    """The opened database, which the caller closes, and the catalogue of the notices in use.

    ``warning`` says in Chinese what is wrong with the library, "" when nothing is.
    """

    db: sqlite3.Connection
    catalogue: Catalogue
    warning: str


def opened(workspace: Path) -> OpenedLibrary:
    """Open the library of the workspace in this folder and load its catalogue; nothing need be there.

    Raises :class:`KnownError` when the program's own notice cannot be opened.
    """
    try:
        return _loaded(opened_index(workspace))
    except KnownError:
        if not (workspace / NOTICES).is_dir():
            raise
    from desktop.library import database

    database.forget(workspace)  # what was built is damaged within: built again
    return _loaded(opened_index(workspace))


def opened_index(workspace: Path) -> LibraryIndex:
    """Open the library of a workspace without loading its catalogue, for searches that need none.

    Raises :class:`KnownError` when the program's own notice cannot be opened.
    """
    if not (workspace / NOTICES).is_dir():
        db, told = open_bundled()
        return LibraryIndex(db, frozenset(), told)
    from desktop.library import database

    return database.opened_index(workspace)


def _loaded(index: LibraryIndex) -> OpenedLibrary:
    from desktop.catalogue import query

    try:
        return OpenedLibrary(index.db, query.load(index.db, index.out_of_use), index.warning)
    except BaseException:
        index.db.close()
        raise
