"""What the first release wrote when something was entered, for workspaces that have only its first steps."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping

from desktop.workspace.items.model import ItemKey

from . import sample

_BLANK = {"owner": "", "progress": ""}


def enter(db: sqlite3.Connection, key: ItemKey, values: Mapping[str, str]) -> None:
    """Enter 责任人 or 工作进展 or both, in one transaction."""
    db.execute("BEGIN IMMEDIATE")
    where = (key.unit_key, key.measure_key)
    row = db.execute(
        "SELECT owner, progress, revision FROM entries WHERE unit_key = ? AND measure_key = ?", where
    ).fetchone()
    now = dict(zip(("owner", "progress"), row, strict=False)) if row else _BLANK
    revision = (row[2] if row else 0) + 1
    digest = sample.catalogue().measure(key.measure_key).text_sha256
    (batch,) = db.execute("SELECT coalesce(max(id), 0) + 1 FROM changes").fetchone()
    for field in now:
        if values.get(field, now[field]) != now[field]:
            db.execute(
                "INSERT INTO changes (batch, at, person, source, session, unit_key, measure_key, field,"
                " before, after, revision, text_sha256)"
                " VALUES (?, ?, '张三', '录入', '', ?, ?, ?, ?, ?, ?, ?)",
                (
                    batch,
                    sample.NOON.isoformat(timespec="seconds"),
                    *where,
                    field,
                    now[field],
                    values[field],
                    revision,
                    digest,
                ),
            )
    then = {**now, **values}
    db.execute(
        "INSERT OR REPLACE INTO entries (unit_key, measure_key, status, deadline, owner, progress, problems,"
        " next_step, reason, revision, updated_at, measure_title, text_sha256)"
        " VALUES (?, ?, '未启动', '', ?, ?, '', '', '', ?, '', '', ?)",
        (*where, then["owner"], then["progress"], revision, digest),
    )
    db.execute("COMMIT")
