"""Build ``measures.db`` from the notices: all is read and checked first, then written beside the target.

The same sources give the same bytes, whatever the clock, the folder or the SQLite: no times are stored, the
file is vacuumed with a fixed page size, and :mod:`desktop.catalogue.pages` settles the rest.
"""

from __future__ import annotations

import hashlib
import re
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path

from desktop import disk, paths
from desktop.catalogue import bundled, clauses, index, merged_units, notice_folder, pages, rows, schema, store
from desktop.catalogue.model import Unit
from desktop.catalogue.notice_folder import Read
from desktop.errors import KnownError, NoticeError

_DISK_ERRORS = (
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_READONLY,
    sqlite3.SQLITE_CANTOPEN,
)

_DIGEST = re.compile(r'SHA256 = "[0-9a-f]*"')


def build(notices: Path, out: Path) -> None:
    """Build ``out`` from the folders in ``notices``, each as :mod:`desktop.catalogue.notice_folder` reads it.

    Raises :class:`NoticeError` or :class:`KnownError` and leaves what was at ``out`` when a notice, its
    annotations or the folder to write in are not as they should be.
    """
    read = own(notices)
    units = merged_units.agreeing(notes.units for _, notes in read)
    with _beside(out) as path:
        _write(path, read, units)
        pages.settle(path)


def build_library(notices: Path, further: Sequence[Read], out: Path, sources: str) -> None:
    """Build ``out`` from the program's own ``notices`` and ``further`` ones of the user's.

    ``meta`` has ``sources_sha256``: the digest of what they were read from, ``sources``. Raises
    :class:`KnownError` and leaves what was at ``out`` when it cannot be written.
    """
    read = own(notices)
    with _beside(out) as path:
        path.touch(paths.OWN_FILE)  # it tells which notices somebody has
        _write(path, read, units_of(read, further), further, sources)


def units_of(own: Sequence[Read], further: Sequence[Read]) -> list[Unit]:
    """Return the units of the program's own notices and of the user's, each once."""
    return merged_units.joined(
        merged_units.agreeing(notes.units for _, notes in own), (notes.units for _, notes in further)
    )


def build_bundled(notices: Path) -> Path:
    """Build the program's own database, and write down in :mod:`desktop.catalogue.bundled` which it is.

    Returns its path. Raises as :func:`build` does.
    """
    out, stamp = paths.bundled_database(), Path(bundled.__file__)
    build(notices, out)
    digest = hashlib.sha256(out.read_bytes()).hexdigest()
    try:
        with disk.written(stamp) as draft:
            draft.write_text(_DIGEST.sub(f'SHA256 = "{digest}"', stamp.read_text("utf-8")), "utf-8")
    except OSError as error:
        raise _cannot_write(stamp, error.strerror or str(error)) from error
    return out


@contextmanager
def _beside(out: Path) -> Iterator[Path]:
    """Give a new file beside ``out`` that takes its place at the end, or is gone if anything goes wrong."""
    try:
        disk.sweep(out.parent, disk.DEAD_AFTER)
        with disk.written(out) as path:
            yield path
    except OSError as error:
        raise _cannot_write(out, error.strerror or str(error)) from error
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode & 0xFF not in _DISK_ERRORS:
            raise
        raise _cannot_write(out, str(error)) from error


def _cannot_write(out: Path, reason: str) -> KnownError:
    return KnownError(
        f"无法写入{out}：{reason}。原有文件没有改动。", "请检查文件夹能否写入、磁盘是否已满、文件是否被占用。"
    )


def _folders(notices: Path) -> list[Path]:
    """Return the folders of the notices, in the order of their names."""
    folders = sorted(path for path in notices.glob("[!.]*") if path.is_dir())
    if not folders:
        raise NoticeError(0, f"文件夹中没有发文原文：{notices}", "每份发文应为“代号/notice.txt”。")
    return folders


def own(notices: Path) -> list[Read]:
    """Return what the folders in ``notices``, which are the program's own, hold; raises as :func:`build`."""
    return [notice_folder.read(folder, own=True) for folder in _folders(notices)]


def _write(
    path: Path,
    own: Sequence[Read],
    units: Sequence[Unit],
    further: Sequence[Read] = (),
    sources: str = "",
) -> None:
    import sqlite_utils

    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        for setting in (
            "page_size = 4096",
            "journal_mode = OFF",
            "secure_delete = ON",
            "foreign_keys = ON",
            f"application_id = {store.APPLICATION_ID}",
            f"user_version = {store.SCHEMA_VERSION}",
        ):
            connection.execute(f"PRAGMA {setting}")
        connection.execute("BEGIN")
        db = sqlite_utils.Database(connection)
        for table in schema.TABLES:
            db.table(table.name).create(
                table.columns,
                pk=table.pk,
                not_null=set(table.columns) - table.nullable,
                foreign_keys=[(column, other, "key") for column, other in table.references],
            )
        db.create_view("checklist_rows", schema.CHECKLIST_ROWS)
        db.table("tags").insert_all(rows.of_tags(notes for _, notes in (*own, *further)))
        db.table("units").insert_all(rows.of_units(units))
        for parsed, notes in (*own, *further):
            for table_name, found in rows.of_notice(parsed, notes, units):
                db.table(table_name).insert_all(found)
        meta = _meta(connection, own, further) | ({"sources_sha256": sources} if sources else {})
        db.table("meta").insert_all(rows.of_meta(meta))
        if further:
            for statement in schema.LOOKUPS:
                connection.execute(statement)
        index.fill(connection)
        connection.commit()
        connection.execute("VACUUM")


def _meta(connection: sqlite3.Connection, own: Sequence[Read], further: Sequence[Read]) -> dict[str, str]:
    """Return what the database says about itself.

    ``data_version`` is year and number of the program's newest notice, with how many the user has besides.
    """
    number = max(tuple(map(int, re.findall(r"\d+", parsed.notice.number))) for parsed, _ in own)
    version = "-".join(map(str, number))
    read = (*own, *further)
    counts = {
        f"rows_{table}": str(connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0])
        for table in store.TABLES
    }
    return {
        "data_version": f"{version}+{len(further)}" if further else version,
        "schema_version": str(store.SCHEMA_VERSION),
        "source_sha256": " ".join(parsed.sha256 for parsed, _ in read),
        "annotations_sha256": " ".join(notes.sha256 for _, notes in read),
        "rules_version": clauses.version(clause for _, notes in read for clause in notes.clauses),
        "content_sha256": store.content_sha256(connection),
        "built_by": "python -m desktop build",
        **counts,
    }
