from __future__ import annotations

import sqlite3
import subprocess
import sys
from collections.abc import Iterator

import pytest

from desktop.workspace.file import migrations


@pytest.fixture
def empty() -> Iterator[sqlite3.Connection]:
    db = sqlite3.connect(":memory:", isolation_level=None)
    yield db
    db.close()


def _schema(db: sqlite3.Connection) -> list[tuple[str, ...]]:
    """Return what ``db`` is made of, without the layout of the statements that made it."""
    rows = db.execute("SELECT type, name, tbl_name, sql FROM sqlite_master ORDER BY type, name")
    return [
        (*names, " ".join((sql or "").replace("(", "( ").replace(")", " )").split())) for *names, sql in rows
    ]


@pytest.mark.parametrize("had", range(len(migrations.STEPS) + 1))
def test_a_founded_file_and_one_brought_up_to_date_are_the_same(empty: sqlite3.Connection, had: int) -> None:
    migrations.apply(empty, migrations.STEPS[:had])
    migrations.apply(empty)
    founded = sqlite3.connect(":memory:", isolation_level=None)
    migrations.found(founded)
    assert _schema(empty) == _schema(founded)
    for db in (empty, founded):
        assert migrations.applied(db) == migrations.names(migrations.STEPS)
        assert db.execute("PRAGMA application_id").fetchone() == (migrations.APPLICATION_ID,)
        assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    founded.close()


def test_released_steps_keep_their_names_and_order() -> None:
    assert migrations.names(migrations.STEPS) == (
        "m001_checklist",
        "m002_notes",
        "m003_settings",
        "m004_deadlines",
        "m005_rounds",
        "m006_intake",
        "m007_evidence",
        "m008_restores",
        "m009_round_changes",
        "m010_sought",
        "m011_other_answers",
        "m012_round_documents",
        "m013_journal",
        "m014_arrivals",
    )


def test_steps_are_applied_once(empty: sqlite3.Connection) -> None:
    migrations.found(empty)
    empty.execute("INSERT INTO settings VALUES ('a', '1')")
    migrations.apply(empty)
    assert empty.execute("SELECT value FROM settings").fetchall() == [("1",)]


def test_another_programs_steps_are_not_ours(empty: sqlite3.Connection) -> None:
    migrations.found(empty)
    empty.execute("INSERT INTO _sqlite_migrations (migration_set, name) VALUES ('other', 'm999')")
    assert migrations.applied(empty) == migrations.names(migrations.STEPS)


def _breaks(db: migrations.Executes) -> None:
    db.execute("CREATE TABLE half_done (a)")
    db.execute("UPDATE entries SET owner = 'lost'")
    db.execute("CREATE TABLE entries (a)")


@pytest.mark.parametrize("had", range(len(migrations.STEPS) + 1))
def test_a_failing_step_leaves_nothing_of_any_step(empty: sqlite3.Connection, had: int) -> None:
    migrations.apply(empty, migrations.STEPS[:had])
    before = _schema(empty)
    with pytest.raises(sqlite3.OperationalError, match="already exists"):
        migrations.apply(empty, (*migrations.STEPS, _breaks))
    assert _schema(empty) == before
    assert not empty.in_transaction
    migrations.apply(empty)
    assert migrations.applied(empty) == migrations.names(migrations.STEPS)


def test_opening_a_workspace_that_is_up_to_date_does_not_import_sqlite_utils(tmp_path) -> None:
    script = (
        "import sys; from pathlib import Path; from desktop.workspace.file import store\n"
        "from desktop.workspace.history import undo; from desktop.workspace.items import progress\n"
        "for _ in range(2): store.open_for_writing(Path(sys.argv[1])).close()\n"
        "store.open_for_reading(Path(sys.argv[1])).close()\n"
        "print([name for name in ('sqlite_utils', 'click', 'logging') if name in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, str(tmp_path / "w")], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("status", "完成"),
        ("deadline", "2026-02-30"),
        ("deadline", "明天"),
        ("deadline", "2026-12-31/2026-01-01"),
        ("deadline", "2026-01-01/"),
        ("deadline", "2026-01-01/2026-01-01"),
        ("deadline", "2026-02-30/2026-12-31"),
        ("deadline", "2026-01-01 2026-12-31"),
        ("owner", None),
    ],
)
def test_the_file_itself_refuses_values_that_are_none(
    empty: sqlite3.Connection, column: str, value: str | None
) -> None:
    migrations.found(empty)
    row = {
        "unit_key": "u",
        "measure_key": "m",
        "status": "推进中",
        "deadline": "",
        "owner": "",
        "progress": "",
        "problems": "",
        "next_step": "",
        "reason": "",
        "revision": 1,
        "updated_at": "",
        "measure_title": "",
        "text_sha256": "",
    }
    insert = f"INSERT INTO entries ({', '.join(row)}) VALUES ({', '.join(f':{name}' for name in row)})"
    with pytest.raises(sqlite3.IntegrityError):
        empty.execute(insert, {**row, column: value})
    for number, deadline in enumerate(("", "2026-12-31", "2026-01-01/2026-12-31", "长期")):
        empty.execute(insert, {**row, "unit_key": str(number), "deadline": deadline})


def test_a_round_of_before_asked_about_the_documents_of_the_rows_that_it_sent(
    empty: sqlite3.Connection,
) -> None:
    migrations.found(empty, migrations.STEPS[:11])
    for key in ("a", "b", "c"):
        empty.execute(
            "INSERT INTO rounds VALUES (NULL, ?, ?, '2026-11-23', '2026-12-01', '', '', 'open')", (key, key)
        )
        empty.execute("INSERT INTO round_units VALUES (?, 0, 'finance')", (key,))
        empty.execute("INSERT INTO round_exports VALUES (NULL, ?, 'finance', '', '', '')", (key,))
    rows = [(1, "czbf-2023-3.1.m01"), (1, "czbf-2023-3.1.m02"), (2, "x.2.m1"), (2, "x.1.m1"), (3, "m1")]
    empty.executemany("INSERT INTO round_rows VALUES (?, ?, 0, '', '{}')", rows)
    migrations.apply(empty)
    assert empty.execute("SELECT * FROM round_documents ORDER BY 1, 2").fetchall() == [
        ("a", 0, "czbf-2023-3.1", ""),
        ("b", 0, "x.1", ""),
        ("b", 1, "x.2", ""),
    ]
