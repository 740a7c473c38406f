"""A workspace of each released schema opens in this program, with all that was entered in it.

``fixtures/workspace-3.db`` was made by the first release, whose schema has the steps m001 to m003, by
entering what :func:`enter` enters. A fixture is never made anew: a new schema gets a new one, made by
``python -m tests.workspace.test_released FOLDER`` from the repository's root.
"""

from __future__ import annotations

import shutil
import sqlite3
import sys
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path

import pytest

from desktop.workspace import checklist, deadline, history, migrations, notes, settings, store
from desktop.workspace.model import Entry, Status

from . import sample
from .sample import FINANCE_1, FINANCE_2, NOBODY_4, NOON, TODAY

FIXTURES = Path(__file__).parent / "fixtures"
RELEASED = {"workspace-3.db": 3}


def enter(folder: Path) -> None:
    """Enter something of everything that a workspace can hold."""
    catalogue = sample.catalogue()

    def edit(key, minutes: int, session: str = "", **values: str) -> int:
        at = NOON + timedelta(minutes=minutes)
        made = checklist.edit(
            workspace.db, catalogue, key, values, by="张三", source="录入", at=at, session=session
        )
        return made[0].id

    with store.open_for_writing(folder) as workspace:
        edit(FINANCE_1, 0, status="推进中", deadline="2026-12-31", owner="王五")
        edit(FINANCE_1, 1, "s", progress="已受理")
        edit(FINANCE_1, 2, "s", progress="已受理12户\n已发放3户")
        edit(FINANCE_2, 3, status="不适用", reason="无此业务")
        claim = edit(NOBODY_4, 4, status="已完成", problems="无", next_step="总结")
        history.undo(workspace.db, catalogue, claim, by="李四", at=NOON + timedelta(minutes=5))
        notes.set_favourite(workspace.db, catalogue, "m3", True, NOON)
        notes.set_note(workspace.db, catalogue, "m2", "问税务局", "张三", NOON)
        settings.put(workspace.db, "user_name", "张三")


def _check(workspace: store.Workspace) -> None:
    """Check that the workspace holds what :func:`enter` entered."""
    db, catalogue = workspace.db, sample.catalogue()
    entries = {row.key: row.entry for row in checklist.every_item(db, catalogue, TODAY)}
    assert entries == {
        **dict.fromkeys(sample.EVERY_KEY, Entry()),
        FINANCE_1: Entry(
            status=Status.UNDER_WAY,
            deadline=deadline.on(date(2026, 12, 31)),
            owner="王五",
            progress="已受理12户\n已发放3户",
            revision=3,
            updated_at="2026-11-23T12:02:00+08:00",
        ),
        FINANCE_2: Entry(
            status=Status.NOT_APPLICABLE,
            reason="无此业务",
            revision=1,
            updated_at="2026-11-23T12:03:00+08:00",
        ),
        NOBODY_4: Entry(revision=2, updated_at="2026-11-23T12:05:00+08:00"),
    }
    assert [(change.field, change.before, change.after) for change in history.of_item(db, FINANCE_1)] == [
        ("progress", "", "已受理12户\n已发放3户"),
        ("owner", "", "王五"),
        ("deadline", "", "2026-12-31"),
        ("status", "未启动", "推进中"),
    ]
    assert [(change.by, change.source) for change in history.of_item(db, NOBODY_4)] == [
        *[("李四", "撤销")] * 3,
        *[("张三", "录入")] * 3,
    ]
    assert notes.favourites(db) == ("m3",)
    assert notes.note(db, "m2") == "问税务局"
    assert settings.get(db, "user_name") == "张三"


@pytest.mark.parametrize("name", RELEASED)
def test_a_released_workspace_opens_with_all_that_was_entered(tmp_path: Path, name: str) -> None:
    shutil.copy(FIXTURES / name, tmp_path / store.DATABASE)
    with store.open_for_reading(tmp_path) as workspace:
        _check(workspace)
    with store.open_for_writing(tmp_path) as workspace:
        _check(workspace)
        checklist.edit(
            workspace.db, sample.catalogue(), FINANCE_1, {"owner": "赵六"}, by="", source="录入", at=NOON
        )
        history.undo(workspace.db, sample.catalogue(), history.newest(workspace.db), by="", at=NOON)


def test_this_program_enters_the_same(tmp_path: Path) -> None:
    enter(tmp_path)
    with store.open_for_reading(tmp_path) as workspace:
        _check(workspace)


@pytest.mark.parametrize(("name", "steps"), RELEASED.items())
def test_a_released_step_is_never_changed(tmp_path: Path, name: str, steps: int) -> None:
    schema = "SELECT type, name, sql FROM sqlite_master ORDER BY type, name"
    shutil.copy(FIXTURES / name, tmp_path / name)
    with (
        closing(sqlite3.connect(tmp_path / name)) as released,
        closing(sqlite3.connect(":memory:", isolation_level=None)) as now,
    ):
        migrations.found(now, migrations.STEPS[:steps])
        assert now.execute(schema).fetchall() == released.execute(schema).fetchall()
        assert migrations.applied(now) == migrations.applied(released)


def test_the_newest_schema_has_a_fixture() -> None:
    assert max(RELEASED.values()) == len(migrations.STEPS)


if __name__ == "__main__":
    enter(Path(sys.argv[1]))
