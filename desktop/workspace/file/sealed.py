"""A connection to a sealed file, of the same shape as ``sqlite3``'s.

Python's own SQLite knows no ciphers; that of ``apsw`` (built with SQLite3 Multiple Ciphers) does. What
the workspace asks of a connection is passed on to it, and its errors become ``sqlite3``'s, with their codes,
so no other room knows the difference. A file must never be open through both at once: the locks of the one
would be dropped by the other.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from typing import Any, NoReturn

from desktop.errors import KnownError
from desktop.workspace.file.cipher import FileKey
from desktop.workspace.file.transaction import Connection, busy

try:
    import apsw
except ImportError as missing:
    raise KnownError(
        f"程序缺少读写加密工作库的组件（{missing.name or 'apsw'}），没有改动任何内容。",
        "请重新解压整个程序文件夹，或重新安装。",
    ) from missing

_CHANGING = ("INSERT", "UPDATE", "DELETE", "REPLACE")
_CLASSES: dict[int, type[sqlite3.Error]] = {
    **dict.fromkeys((sqlite3.SQLITE_INTERNAL, sqlite3.SQLITE_NOTFOUND), sqlite3.InternalError),
    **dict.fromkeys(
        (
            sqlite3.SQLITE_ERROR,
            sqlite3.SQLITE_PERM,
            sqlite3.SQLITE_ABORT,
            sqlite3.SQLITE_BUSY,
            sqlite3.SQLITE_LOCKED,
            sqlite3.SQLITE_READONLY,
            sqlite3.SQLITE_INTERRUPT,
            sqlite3.SQLITE_IOERR,
            sqlite3.SQLITE_FULL,
            sqlite3.SQLITE_CANTOPEN,
            sqlite3.SQLITE_PROTOCOL,
            sqlite3.SQLITE_EMPTY,
            sqlite3.SQLITE_SCHEMA,
        ),
        sqlite3.OperationalError,
    ),
    **dict.fromkeys((sqlite3.SQLITE_CONSTRAINT, sqlite3.SQLITE_MISMATCH), sqlite3.IntegrityError),
    **dict.fromkeys((sqlite3.SQLITE_MISUSE, sqlite3.SQLITE_RANGE), sqlite3.InterfaceError),
    sqlite3.SQLITE_TOOBIG: sqlite3.DataError,
}


def _raise(error: apsw.Error) -> NoReturn:
    """Raise what ``sqlite3`` would have raised."""
    code = getattr(error, "extendedresult", None)
    if code is None:  # apsw's own: a closed connection, wrong bindings
        raise sqlite3.ProgrammingError(str(error)) from error
    told = _CLASSES.get(code & 0xFF, sqlite3.DatabaseError)(str(error))
    told.sqlite_errorcode = code
    told.sqlite_errorname = type(error).__name__
    raise told from error


class SealedConnection(Connection):
    """A connection in autocommit mode to a sealed file; nothing of ``sqlite3`` itself is used in it."""

    def __init__(self, address: str, key: FileKey, *, patience: float, longest: int) -> None:
        """Open the file at the URI ``address``; ``patience`` in seconds, ``longest`` value in bytes."""
        super().__init__(":memory:", isolation_level=None, check_same_thread=False)
        self.key, self.sealed = key, True
        try:
            self.raw = apsw.Connection(address, apsw.SQLITE_OPEN_READWRITE | apsw.SQLITE_OPEN_URI)
            self.raw.set_busy_timeout(int(patience * 1000))
            for pragma in (*_CIPHER, f"key = {_quoted(key)}", "temp_store = MEMORY"):
                self.raw.execute(f"PRAGMA {pragma}")
            self.raw.limit(apsw.SQLITE_LIMIT_LENGTH, longest)
        except apsw.Error as error:
            self.close()
            _raise(error)

    @property
    def in_transaction(self) -> bool:
        """Tell whether a transaction is open."""
        try:
            return bool(self.raw.in_transaction)
        except apsw.Error as error:
            _raise(error)

    @property
    def total_changes(self) -> int:
        """Return how many rows were changed through this connection."""
        try:
            return self.raw.total_changes()
        except apsw.Error as error:
            _raise(error)

    def cursor(self, *_: Any, **__: Any) -> SealedCursor:  # type: ignore[override]
        """Return a new cursor."""
        return SealedCursor(self)

    def execute(self, sql: str, parameters: Any = (), /) -> SealedCursor:
        """Run one statement."""
        return SealedCursor(self).execute(sql, parameters)

    def executemany(self, sql: str, parameters: Iterable[Any], /) -> SealedCursor:
        """Run one statement for each of ``parameters``."""
        return SealedCursor(self).executemany(sql, parameters)

    def commit(self) -> None:
        """End the transaction, if one is open."""
        if self.in_transaction:
            self.execute("COMMIT")

    def rollback(self) -> None:
        """Take the transaction back, if one is open."""
        if self.in_transaction:
            self.execute("ROLLBACK")

    def __enter__(self) -> SealedConnection:
        return self

    def __exit__(self, kind: object, *_: object) -> None:  # type: ignore[override]
        if kind is None:
            self.commit()
        else:
            self.rollback()

    def close(self) -> None:
        """Close it; twice does no harm."""
        if (raw := getattr(self, "raw", None)) is not None:
            raw.close(True)
        super().close()

    def backup(self, target: sqlite3.Connection, **_: Any) -> None:
        """Let the sealed ``target`` hold what this one holds, in one transaction.

        Raises KnownError where either is held by another program for longer than its patience.
        """
        if not isinstance(target, SealedConnection):
            raise TypeError("what is sealed is copied into what is sealed only")
        try:
            with target.raw.backup("main", self.raw, "main") as copying:
                while not copying.done:
                    copying.step(-1)
        except (apsw.BusyError, apsw.LockedError) as error:
            raise busy() from error
        except apsw.Error as error:
            _raise(error)

    def content(self) -> bytes:
        """Return the file as it would be without a passphrase."""
        try:
            return self.raw.serialize("main")
        except apsw.Error as error:
            _raise(error)


class SealedCursor(sqlite3.Cursor):
    """A cursor of a :class:`SealedConnection`."""

    def __init__(self, connection: SealedConnection) -> None:
        """Make a cursor that has run nothing yet."""
        super().__init__(connection)
        self._owner = connection
        try:
            self._raw = connection.raw.cursor()
        except apsw.Error as error:
            _raise(error)
        self._changed = -1
        self._last: int | None = None

    @property
    def rowcount(self) -> int:
        """Return how many rows the statement changed; -1 for one that changes none by its nature."""
        return self._changed

    @property
    def lastrowid(self) -> int | None:
        """Return the number of the row that was inserted last, None before anything was run."""
        return self._last

    @property
    def description(self) -> Any:
        """Return the columns as ``sqlite3`` has them: name and six times None."""
        try:
            return tuple((name, *(None,) * 6) for name, _ in self._raw.get_description())
        except apsw.Error:
            return None

    def execute(self, sql: str, parameters: Any = (), /) -> SealedCursor:
        """Run one statement up to its first row."""
        return self._run(sql, lambda: self._raw.execute(sql, parameters or None))

    def executemany(self, sql: str, parameters: Iterable[Any], /) -> SealedCursor:
        """Run one statement for each of ``parameters``."""
        return self._run(sql, lambda: self._raw.executemany(sql, parameters))

    def _run(self, sql: str, act: Any) -> SealedCursor:
        raw = self._owner.raw
        try:
            before = raw.total_changes()
            act()
            changes = sql.lstrip()[:7].upper().startswith(_CHANGING)
            self._changed = raw.total_changes() - before if changes else -1
            self._last = raw.last_insert_rowid()
        except apsw.Error as error:
            _raise(error)
        return self

    def fetchone(self) -> Any:
        """Return the next row, None at the end."""
        try:
            row = self._raw.fetchone()
        except apsw.Error as error:
            _raise(error)
        return None if row is None else self._told(row)

    def fetchall(self) -> list[Any]:
        """Return the rows that are left."""
        try:
            return [self._told(row) for row in self._raw.fetchall()]
        except apsw.Error as error:
            _raise(error)

    def fetchmany(self, size: int | None = 1) -> list[Any]:
        """Return the next ``size`` rows."""
        rows = (self.fetchone() for _ in range(size or 1))
        return [row for row in rows if row is not None]

    def __iter__(self) -> Iterator[Any]:  # type: ignore[override]
        return self

    def __next__(self) -> Any:
        row = self.fetchone()
        if row is None:
            raise StopIteration
        return row

    def close(self) -> None:
        """Let go of the statement."""
        self._raw.close(True)
        super().close()

    def _told(self, row: tuple[Any, ...]) -> tuple[Any, ...]:
        if self._owner.text_factory is bytes:
            return tuple(value.encode() if isinstance(value, str) else value for value in row)
        return row


_CIPHER = ("cipher = 'sqlcipher'", "legacy = 4")


def _quoted(key: FileKey) -> str:
    return f"\"x'{(key.raw + key.salt).hex()}'\""


def rewrite(address: str, old: FileKey | None, new: FileKey | None) -> None:
    """Let the file at ``address``, which nobody has open and nobody needs yet, be sealed with ``new``.

    None stands for no passphrase. Killed in the midst of it the file is of no worth. Raises sqlite3.Error.
    """
    try:
        raw = apsw.Connection(address, apsw.SQLITE_OPEN_READWRITE | apsw.SQLITE_OPEN_URI)
        try:
            if old is not None:
                for pragma in (*_CIPHER, f"key = {_quoted(old)}"):
                    raw.execute(f"PRAGMA {pragma}")
            for pragma in ("temp_store = MEMORY", "journal_mode = OFF", "synchronous = OFF"):
                raw.execute(f"PRAGMA {pragma}").fetchall()
            if old is None:
                for pragma in _CIPHER:
                    raw.execute(f"PRAGMA {pragma}")
            raw.execute("PRAGMA user_version = 0").fetchall()  # of other bytes: see the room ``seal``
            raw.execute(f"PRAGMA rekey = {_quoted(new) if new else chr(39) * 2}").fetchall()
        finally:
            raw.close(True)
    except apsw.Error as error:
        _raise(error)
