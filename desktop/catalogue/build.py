"""Build ``measures.db`` from the notices: all is read and checked first, then written beside the target.

The same sources give the same bytes, whatever the clock, the folder or the SQLite: no times are stored, the
file is vacuumed with a fixed page size, and :mod:`desktop.catalogue.pages` settles the rest.
"""

from __future__ import annotations

import os
import re
import sqlite3
import tempfile
from collections.abc import Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path

from desktop.catalogue import annotations as editorial
from desktop.catalogue import index, notice, pages, rows, schema, source, store
from desktop.catalogue.annotations import Annotations
from desktop.catalogue.model import Unit
from desktop.catalogue.notice import ParsedNotice
from desktop.errors import KnownError, NoticeError

Read = tuple[ParsedNotice, Annotations]


def build(notices: Path, out: Path) -> None:
    """Build ``out`` from the folders in ``notices``, each with ``notice.txt`` and ``annotations.toml``.

    Raises :class:`NoticeError` or :class:`KnownError` and leaves what was at ``out`` when a notice, its
    annotations or the folder to write in are not as they should be.
    """
    folders = sorted(path.parent for path in notices.glob("*/notice.txt"))
    if not folders:
        raise NoticeError(0, f"文件夹中没有发文原文：{notices}", "每份发文应为“代号/notice.txt”。")
    read = [_read(folder) for folder in folders]
    units = _merged_units(read)
    try:
        handle, name = tempfile.mkstemp(prefix=f".{out.name}.", dir=out.parent)
        os.close(handle)
        beside = Path(name)
        try:
            _write(beside, read, units)
            beside.chmod(0o644)
            beside.replace(out)
        finally:
            beside.unlink(missing_ok=True)
    except OSError as error:
        raise KnownError(
            f"无法写入{out}：{error.strerror}。原有文件没有改动。", "请检查文件夹能否写入、文件是否被占用。"
        ) from error


def _read(folder: Path) -> Read:
    parsed = notice.parse(source.read(folder / "notice.txt"), folder.name)
    return parsed, editorial.load(folder / "annotations.toml", parsed)


def _merged_units(read: Sequence[Read]) -> list[Unit]:
    """Return the units of all notices, numbered as they first appear; a key means one and the same unit."""
    merged: dict[str, Unit] = {}
    for _, notes in read:
        for unit in notes.units:
            known = merged.setdefault(unit.key, replace(unit, ordinal=len(merged) + 1))
            if replace(unit, ordinal=known.ordinal) != known:
                raise KnownError(f"责任单位“{unit.key}”在各发文的批注中不一致，未生成数据库。")
    return list(merged.values())


def _write(path: Path, read: Sequence[Read], units: Sequence[Unit]) -> None:
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
        db.table("tags").insert_all(rows.of_tags())
        db.table("units").insert_all(rows.of_units(units))
        for parsed, notes in read:
            for table_name, found in rows.of_notice(parsed, notes):
                db.table(table_name).insert_all(found)
        db.table("meta").insert_all(rows.of_meta(_meta(connection, read)))
        index.fill(connection)
        connection.commit()
        connection.execute("VACUUM")
    pages.settle(path)


def _meta(connection: sqlite3.Connection, read: Sequence[Read]) -> dict[str, str]:
    """Return what the database says about itself; the newest notice gives ``data_version``."""
    number = max(tuple(map(int, re.findall(r"\d+", parsed.notice.number))) for parsed, _ in read)
    counts = {
        f"rows_{table}": str(connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0])
        for table in store.TABLES
    }
    return {
        "data_version": "-".join(map(str, number)),
        "schema_version": str(store.SCHEMA_VERSION),
        "source_sha256": " ".join(parsed.sha256 for parsed, _ in read),
        "annotations_sha256": " ".join(notes.sha256 for _, notes in read),
        "content_sha256": store.content_sha256(connection),
        "built_by": "python -m desktop build",
        **counts,
    }
