"""Killing the program at any moment loses nothing that it had acknowledged, and leaves nothing half done."""

from __future__ import annotations

import os
import random
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest

from desktop.workspace.file import backup, migrations, packed, store
from desktop.workspace.items import entries
from tests.workspace import older, sample, typist

TESTS = Path(__file__).parents[1]


def _killed(folder: Path, first: int, delay: float, after: int = 0, *modules: str) -> list[int]:
    """Let the typist work in ``folder``, kill it and return the numbers that it acknowledged.

    It is killed ``delay`` seconds after its ``after``-th acknowledgement; after 0, after it began to open.
    """
    command = [sys.executable, "-m", "tests.workspace.typist", str(folder), str(first), *modules]
    paths = [str(TESTS.parents[1]), *(path for path in sys.path if path)]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(paths)}
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        said = [process.stdout.readline() for _ in range(after)]
        time.sleep(delay)
        process.kill()
        said += process.stdout.read().splitlines(keepends=True)
    return [int(line) for line in said if line.endswith("\n")]


def _verify(folder: Path, acknowledged: int) -> int:
    """Check the workspace after ``acknowledged`` edits in all; return how many there are."""
    with store.open_for_reading(folder) as reader:
        (seen,) = reader.db.execute("SELECT count(DISTINCT batch) FROM changes").fetchone()
    with store.open_for_writing(folder) as workspace:
        db = workspace.db
        assert db.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        history = db.execute(
            "SELECT batch, unit_key, measure_key, field, before, after FROM changes ORDER BY id"
        ).fetchall()
        kept = {key: entries.values_of(row.entry) for key, row in entries.load(db).items()}
        revisions = sum(row.entry.revision for row in entries.load(db).values())
    done = len({row[0] for row in history})
    assert acknowledged <= done <= acknowledged + 1
    assert seen == done
    replayed: dict[sample.ItemKey, dict[str, str]] = {}
    expected = []
    for number in range(done):
        key, values = typist.edit(number)
        entry = replayed.setdefault(key, entries.values_of(entries.Entry()))
        for field in ("owner", "progress"):
            expected.append(
                (2 * number + 1, key.unit_key, key.measure_key, field, entry[field], values[field])
            )
            entry[field] = values[field]
    assert history == expected
    assert kept == replayed
    assert revisions == done
    return done


def test_killed_while_typing(tmp_path: Path) -> None:
    """Twelve kills in a row on the same file, each within a few edits' time."""
    chance = random.Random(2023)
    done = 0
    for _ in range(12):
        numbers = _killed(tmp_path, done, chance.uniform(0, 0.012), after=chance.randrange(1, 20))
        assert numbers == list(range(done, done + len(numbers)))
        done = _verify(tmp_path, done + len(numbers))
    assert done >= 12


def test_killed_while_the_workspace_is_created(tmp_path: Path) -> None:
    chance = random.Random(2024)
    for number in range(12):
        folder = tmp_path / str(number) / "工作库"
        numbers = _killed(folder, 0, chance.uniform(0, 0.008))
        _verify(folder, len(numbers))
        assert (folder / store.DATABASE).exists()


@pytest.mark.parametrize("had", range(1, len(migrations.STEPS)))
def test_killed_while_an_older_file_is_brought_up_to_date(tmp_path: Path, had: int) -> None:
    chance = random.Random(2025 + had)
    for number in range(8):
        folder = tmp_path / str(number)
        with store.open_for_writing(folder, migrations.STEPS[:had]) as workspace:
            for first in range(20):
                key, values = typist.edit(first)
                older.enter(workspace.db, key, values)
        numbers = _killed(folder, 20, chance.uniform(0, 0.02), 0, "sqlite_utils")
        for saved in (folder / backup.FOLDER).glob("*.db"):
            with packed.opened(saved) as copy:
                assert copy.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
                assert migrations.applied(copy) == migrations.names(migrations.STEPS[:had])
                assert copy.execute("SELECT count(*) FROM changes").fetchone() == (40,)
        with closing(sqlite3.connect(folder / store.DATABASE)) as db:
            assert len(migrations.applied(db)) in (had, len(migrations.STEPS))
        _verify(folder, 20 + len(numbers))
        assert list((folder / backup.FOLDER).glob("*.db"))
