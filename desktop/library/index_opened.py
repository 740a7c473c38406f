"""What opening the library gives to whom only searches, and the name of the folder that it is about."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

NOTICES = "notices"


@dataclass(frozen=True, slots=True)
class LibraryIndex:
    """The opened database, which the caller closes, and which notices are not in use.

    ``warning`` says in Chinese what is wrong with the library, "" when nothing is.
    """

    db: sqlite3.Connection
    out_of_use: frozenset[str]
    warning: str
