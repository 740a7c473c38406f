"""What opening the library gives to whom only searches; the program's own measures are always there."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

from desktop.catalogue import store
from desktop.errors import KnownError

NOTICES = "notices"


@dataclass(frozen=True, slots=True)
class LibraryIndex:
    """The opened database, which the caller closes, and which notices are not in use.

    ``warning`` says in Chinese what is wrong with the library, "" when nothing is.
    """

    db: sqlite3.Connection
    out_of_use: frozenset[str]
    warning: str


def open_bundled() -> tuple[sqlite3.Connection, str]:
    """Open the program's own measures; returns in Chinese what is wrong with their file, "" when nothing is.

    A file that is not the one we came with is built again from its sources. Raises :class:`KnownError` when
    these give another one.
    """
    try:
        return store.open_catalogue(), ""
    except KnownError as error:
        from desktop.catalogue import shipped

        return shipped.built_again(error)
