"""A workspace of each released schema opens in this program, with all that was entered in it.

``fixtures/workspace-3.db`` was made by the first release, whose schema has the steps m001 to m003, by
entering what :func:`enter_items` enters; that of 8 steps holds also what :func:`enter_returns` enters, those
of more what :func:`enter_rounds` does. A released fixture is never made anew: a new schema gets a new one,
made by ``python -m tests.workspace.file.test_released FOLDER`` from the repository's root.
"""

from __future__ import annotations

import shutil
import sqlite3
import sys
from contextlib import closing
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from desktop.workspace.file import migrations, store
from desktop.workspace.history import search, undo
from desktop.workspace.history.search import Scope
from desktop.workspace.items import changes, checklist, deadline, notes, settings
from desktop.workspace.items.model import Entry, Status
from desktop.workspace.returns import receipts, round_changes, round_documents, rounds
from tests.workspace import books, sample
from tests.workspace.counter import Counter
from tests.workspace.sample import FINANCE_1, FINANCE_2, NOBODY_4, NOON, TAX_2, TAX_3, TODAY

SPAN = "2026-01-01/2026-12-31"
FIXTURES = Path(__file__).parents[1] / "fixtures"
RELEASED = {f"workspace-{steps}.db": steps for steps in (3, 8, 9, 10, 11, 12, 13, 14)}


def enter_items(folder: Path) -> None:
    """Enter something of everything that a workspace of the first release can hold."""
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
        undo.undo(workspace.db, catalogue, claim, by="李四", at=NOON + timedelta(minutes=5))
        notes.set_favourite(workspace.db, catalogue, "m3", True, NOON)
        notes.set_note(workspace.db, catalogue, "m2", "问税务局", "张三", NOON)
        settings.put(workspace.db, "user_name", "张三")


def enter_returns(folder: Path) -> None:
    """Send a round out, take a workbook with a conflict in, take another in and back out again."""
    catalogue = sample.catalogue()
    with store.open_for_writing(folder) as workspace:
        counter = Counter(workspace.db, catalogue)
        keys = (TAX_2, TAX_3)
        checklist.edit_each(
            workspace.db, catalogue, keys, {"deadline": "长期"}, by="张三", source="录入", at=NOON
        )
        counter.ask()
        book = books.fill(counter.blank("tax"), {TAX_2: {"progress": "回填", "deadline": SPAN}})
        checklist.edit(
            workspace.db, catalogue, TAX_2, {"progress": "本库"}, by="张三", source="录入", at=NOON
        )
        counter.take(book)
        counter.take(books.fill(counter.blank("finance"), {FINANCE_1: {"owner": "回填"}}))
        counter.undo()


def enter_rounds(folder: Path) -> None:
    """Rename, extend and close the round; withdraw another one and let it go on."""
    with store.open_for_writing(folder) as workspace:
        db = workspace.db
        key = rounds.find(db, "第一季度").key
        round_changes.rename(db, key, "一季度", by="王五", at=NOON)
        round_changes.extend(db, key, TODAY + timedelta(days=9), by="王五", at=NOON)
        round_changes.close(db, key, by="赵六", at=NOON)
        other = rounds.new(db, sample.catalogue(), "补报", TODAY, by="张三", at=NOON)
        round_changes.withdraw(db, other.key, by="张三", at=NOON)


def _check_rounds(workspace: store.Workspace) -> None:
    """Check that the workspace holds what :func:`enter_rounds` entered."""
    other, asked = rounds.every(workspace.db)
    assert (asked.name, asked.reply_by, asked.first_day) == ("一季度", TODAY + timedelta(days=9), TODAY)
    assert [one.state.words for one in (asked, other)] == ["已结束", "已撤回"]
    catalogue = sample.catalogue()
    assert set(round_documents.names(catalogue, asked.documents)) == {"〔2023〕3号"}
    told = [
        (event.by, round_changes.sentence(event, catalogue))
        for event in round_changes.record(workspace.db, asked)
    ]
    assert told == [
        ("张三", "新建“第一季度”"),
        ("张三", "发出工作簿：区财政局、区税务局"),
        ("王五", "名称由“第一季度”改为“一季度”"),
        ("王五", "反馈时限由2026年11月23日改为2026年12月2日"),
        ("赵六", "结束本轮"),
    ]


def _check_returns(workspace: store.Workspace) -> None:
    """Check that the workspace holds what :func:`enter_returns` entered."""
    db, catalogue = workspace.db, sample.catalogue()
    entries = {row.key: row.entry for row in checklist.every_item(db, catalogue, TODAY)}
    assert (entries[TAX_2].deadline.words, entries[TAX_2].progress) == ("2026-01-01至2026-12-31", "本库")
    assert entries[TAX_3].deadline == deadline.LONG_TERM
    asked = next(one for one in rounds.every(db) if one.name.endswith("一季度"))
    standing = rounds.standing(db, asked, TODAY)
    assert (standing.returned, standing.missing, standing.conflicting) == (("tax",), ("finance",), ("tax",))
    undone, held = receipts.receipts(db)
    assert (undone.undone_by, held.undone_by) == ("李四", "")
    (line,) = held.files[0].conflicts
    assert (line.key, line.field, line.base, line.ours, line.theirs) == (
        TAX_2,
        "progress",
        "",
        "本库",
        "回填",
    )
    assert [(change.after, change.adopted) for change in search.page(db, Scope.item(TAX_2), limit=2)] == [
        ("回填", False),
        (SPAN, True),
    ]


def _check(workspace: store.Workspace) -> None:
    """Check that the workspace holds what :func:`enter_items` entered."""
    db, catalogue = workspace.db, sample.catalogue()
    entries = {row.key: row.entry for row in checklist.every_item(db, catalogue, TODAY)}
    finance = entries.pop(FINANCE_1)
    assert replace(finance, revision=3, updated_at="2026-11-23T12:02:00+08:00") == Entry(
        status=Status.UNDER_WAY,
        deadline=deadline.on(date(2026, 12, 31)),
        owner="王五",
        progress="已受理12户\n已发放3户",
        revision=3,
        updated_at="2026-11-23T12:02:00+08:00",
    )
    assert {key: entry for key, entry in entries.items() if key.unit_key != "tax"} == {
        FINANCE_2: Entry(
            status=Status.NOT_APPLICABLE,
            reason="无此业务",
            revision=1,
            updated_at="2026-11-23T12:03:00+08:00",
        ),
        NOBODY_4: Entry(revision=2, updated_at="2026-11-23T12:05:00+08:00"),
    }
    told = search.page(db, Scope.item(FINANCE_1))[-4:]
    assert [(change.field, change.before, change.after) for change in told] == [
        ("progress", "", "已受理12户\n已发放3户"),
        ("owner", "", "王五"),
        ("deadline", "", "2026-12-31"),
        ("status", "未启动", "推进中"),
    ]
    assert [(change.by, change.source) for change in search.page(db, Scope.item(NOBODY_4))] == [
        *[("李四", "撤销")] * 3,
        *[("张三", "录入")] * 3,
    ]
    assert notes.favourites(db) == ("m3",)
    assert notes.note(db, "m2") == "问税务局"
    assert settings.get(db, "user_name") == "张三"


@pytest.mark.parametrize("name", RELEASED)
def test_a_released_workspace_opens_with_all_that_was_entered(tmp_path: Path, name: str) -> None:
    shutil.copy(FIXTURES / name, tmp_path / store.DATABASE)
    for open_workspace in (store.open_for_reading, store.open_for_writing):
        with open_workspace(tmp_path) as workspace:
            _check(workspace)
            if RELEASED[name] > 3:
                _check_returns(workspace)
            if RELEASED[name] > 8:
                _check_rounds(workspace)
    with store.open_for_writing(tmp_path) as workspace:
        checklist.edit(
            workspace.db, sample.catalogue(), FINANCE_1, {"owner": "赵六"}, by="", source="录入", at=NOON
        )
        undo.undo(workspace.db, sample.catalogue(), changes.newest(workspace.db), by="", at=NOON)


def test_this_program_enters_the_same(tmp_path: Path) -> None:
    enter_items(tmp_path)
    enter_returns(tmp_path)
    enter_rounds(tmp_path)
    with store.open_for_reading(tmp_path) as workspace:
        _check(workspace)
        _check_returns(workspace)
        _check_rounds(workspace)


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
    enter_items(Path(sys.argv[1]))
    enter_returns(Path(sys.argv[1]))
    enter_rounds(Path(sys.argv[1]))
