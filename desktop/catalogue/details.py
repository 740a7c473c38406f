"""What of a large database is read when it is shown: texts of measures, their tags and figures.

A catalogue lives longer than the connection that it was loaded over, and workers ask it too: so there is a
connection of its own, for one at a time.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
import threading
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, Generic, TypeVar, overload

from desktop.catalogue import store
from desktop.catalogue.model import READ_LATE
from desktop.errors import KnownError

_Note = TypeVar("_Note")
LATE = "text, unit_spans, source_start, source_end, line, body_start, body_end, ifnull(units_start, -1)"
"""The columns of :data:`READ_LATE`."""
_CACHE = -512  # KB: what was read is shown and forgotten


class MeasureDetails:
    """The database at ``path``, which is opened for reading at once and for as long as this lives."""

    def __init__(self, path: Path) -> None:
        self._lock = threading.Lock()
        self._db = sqlite3.connect(store.uri(path), uri=True, check_same_thread=False)
        self._db.execute(f"PRAGMA cache_size = {_CACHE}")
        self._last: tuple[str, tuple[Any, ...]] = ("", ())

    def of_measure(self, measure_key: str, name: str) -> Any:
        """Return one of :data:`READ_LATE`; :class:`KnownError` when the text is not what was stored."""
        key, row = self._last  # whoever asks for a text asks for its places too
        if key != measure_key:
            found = self.rows(f"SELECT {LATE}, text_sha256 FROM measures WHERE key = ?", (measure_key,))
            if not found:
                raise damaged()
            (row,) = found
            if hashlib.sha256(row[0].encode()).hexdigest() != row[-1]:
                raise damaged()
            self._last = (measure_key, row)
        value = row[READ_LATE.index(name)]
        return spans_of(value) if name == "unit_spans" else value

    def rows(self, sql: str, values: Sequence[str] = ()) -> list[tuple[Any, ...]]:
        """Return what a question gives; :class:`KnownError` when the database is damaged."""
        try:
            with self._lock:
                return self._db.execute(sql, values).fetchall()
        except sqlite3.Error as error:
            raise damaged() from error

    def close(self) -> None:
        """Let go of the file; nothing can be asked afterwards."""
        with self._lock:
            self._db.close()


class StoredNotes(Sequence[_Note], Generic[_Note]):
    """What measures have, as a tuple of it would be, read when it is asked for.

    ``sql`` selects it with ``{}`` where a condition may stand, its first column the measure's key; ``made``
    makes a value of a row. Where ``keep``, all that was read once for all measures is kept.
    """

    def __init__(
        self,
        details: MeasureDetails,
        sql: str,
        made: Callable[[tuple[Any, ...]], _Note],
        documents: frozenset[str] | None = None,
        *,
        keep: bool = False,
    ) -> None:
        self._details, self._sql, self._made, self._documents = details, sql, made, documents
        self._keep = keep
        self._kept: tuple[_Note, ...] | None = None

    def of(self, measure_key: str) -> tuple[_Note, ...]:
        """Return those of one measure, in their order, whichever documents these are of."""
        rows = self._details.rows(self._sql.format("WHERE measure_key = ?"), (measure_key,))
        return tuple(map(self._made, rows))

    def narrowed(self, documents: frozenset[str]) -> StoredNotes[_Note]:
        """Return those of measures in these documents."""
        return StoredNotes(self._details, self._sql, self._made, documents, keep=self._keep)

    def pairs(self) -> Iterator[tuple[str, str]]:
        """Yield each measure's key with what comes next: the key of its unit, or of its tag."""
        columns, tail = self._sql.removeprefix("SELECT ").split(" FROM ", 1)
        first, second, *_ = columns.split(", ")
        for measure_key, key in self._details.rows(f"SELECT {first}, {second} FROM {tail}".format("")):
            if self._documents is None or measure_key.rpartition(".")[0] in self._documents:
                yield measure_key, key

    def __iter__(self) -> Iterator[_Note]:
        if self._keep and self._kept is None:
            self._kept = tuple(self._read())
        return self._read() if self._kept is None else iter(self._kept)

    def _read(self) -> Iterator[_Note]:
        for row in self._details.rows(self._sql.format("")):
            if self._documents is None or row[0].rpartition(".")[0] in self._documents:
                yield self._made(row)

    def __eq__(self, other: object) -> bool:
        return tuple(self) == tuple(other) if isinstance(other, StoredNotes | tuple) else NotImplemented

    __hash__ = None  # type: ignore[assignment]

    def __len__(self) -> int:
        return sum(1 for _ in self)

    @overload
    def __getitem__(self, at: int) -> _Note: ...
    @overload
    def __getitem__(self, at: slice) -> tuple[_Note, ...]: ...
    def __getitem__(self, at: int | slice) -> _Note | tuple[_Note, ...]:
        return tuple(self)[at]


def of(db: sqlite3.Connection) -> MeasureDetails | None:
    """Return the details of an opened database that is a file; None of one that is all in memory."""
    place = Path(db.execute("PRAGMA database_list").fetchone()[2] or "-")
    return MeasureDetails(place) if place.is_absolute() and place.is_file() else None


def spans_of(told: str) -> tuple[tuple[int, int], ...]:
    """Return ranges of a text as they are stored."""
    return tuple((start, end) for start, end in json.loads(told)) if told != "[]" else ()


def damaged() -> KnownError:
    """Return what is said of a database that turns out to be damaged after it was opened."""
    return KnownError(
        "发文库的数据库读不出来，可能已损坏。您录入的发文和填报的内容没有受影响。",
        "请关闭程序再打开，会自动重新生成。",
    )
