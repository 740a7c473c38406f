from __future__ import annotations

import random
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from desktop.catalogue.query import Catalogue
from desktop.errors import KnownError, RuleError
from desktop.workspace import words
from desktop.workspace.evidence import attached
from desktop.workspace.evidence.attached import Evidence
from desktop.workspace.evidence.files import State
from desktop.workspace.file import store
from desktop.workspace.file import store as workspaces
from desktop.workspace.file.transaction import transaction
from desktop.workspace.history import search, steps, undo
from desktop.workspace.history.search import Scope
from desktop.workspace.history.steps import Kind
from desktop.workspace.items import changes, checklist
from desktop.workspace.items.model import ItemKey
from tests.workspace import sample
from tests.workspace.conftest import Enter
from tests.workspace.sample import FINANCE_1, FINANCE_2, NOON, TAX_2, TODAY


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return the folder of the workspace that ``db`` is."""
    return tmp_path / "工作库"


@pytest.fixture
def attach(tmp_path: Path, db: sqlite3.Connection, folder: Path, catalogue: Catalogue):
    """Return a function that writes a paper and attaches it: ``attach(name, content=b"…", key=…)``."""

    def add(name: str, content: bytes = b"", key: ItemKey = FINANCE_1, by: str = "张三") -> Evidence:
        path = tmp_path / name
        path.write_bytes(content or name.encode())
        made = attached.add(db, folder, catalogue, key, path, by=by, at=NOON)
        path.unlink()
        return made

    return add


def _undo(db: sqlite3.Connection, catalogue: Catalogue, key: ItemKey = FINANCE_1) -> None:
    undo.undo(db, catalogue, search.page(db, Scope.item(key))[0].id, by="李四", at=NOON)


def _names(db: sqlite3.Connection, key: ItemKey = FINANCE_1) -> list[str]:
    return [one.name for one in attached.of_item(db, key)]


def test_what_is_attached_is_kept_with_who_when_and_in_the_history(
    db: sqlite3.Connection, folder: Path, catalogue: Catalogue, attach, enter: Enter
) -> None:
    enter(FINANCE_1, owner="王五")
    made = attach("拨付凭证.pdf", b"paper")
    assert attached.of_item(db, FINANCE_1) == attached.of_unit(db, "finance") == (made,)
    assert (made.name, made.by, made.at) == ("拨付凭证.pdf", "张三", "2026-11-23T12:00:00+08:00")
    assert made.path(folder).read_bytes() == b"paper"
    assert made.path(folder).name == "拨付凭证.pdf"
    item = checklist.item(db, catalogue, FINANCE_1, TODAY)
    assert (item.entry.revision, item.entry.owner) == (2, "王五")
    change = search.page(db, Scope.item(FINANCE_1))[0]
    assert (change.field, change.before, change.after) == ("evidence", "", "拨付凭证.pdf")
    assert (change.by, change.source) == ("张三", "录入")


def test_evidence_for_an_item_where_nothing_was_entered_begins_its_entry(
    db: sqlite3.Connection, catalogue: Catalogue, attach
) -> None:
    attach("甲.pdf", key=TAX_2)
    assert checklist.item(db, catalogue, TAX_2, TODAY).entry.revision == 1


def test_the_same_paper_is_attached_once_and_stored_once_for_two_items(
    db: sqlite3.Connection, folder: Path, attach
) -> None:
    first = attach("甲.pdf", b"same")
    assert attach("甲的副本.pdf", b"same") == first
    assert len(search.page(db, Scope.item(FINANCE_1))) == 1
    other = attach("乙.pdf", b"same", FINANCE_2)
    assert other.name == "乙.pdf"
    assert other.path(folder) == first.path(folder)
    assert [one.name for one in attached.every(db)] == ["甲.pdf", "乙.pdf"]


def test_papers_of_one_name_are_told_apart(db: sqlite3.Connection, attach) -> None:
    attach("甲.pdf", b"1")
    attach("甲.pdf", b"2")
    attach("甲.pdf", b"3")
    assert _names(db) == ["甲.pdf", "甲（2）.pdf", "甲（3）.pdf"]


def test_removing_is_recorded_and_the_file_stays(
    db: sqlite3.Connection, folder: Path, catalogue: Catalogue, attach
) -> None:
    first = attach("甲.pdf")
    attach("乙.pdf")
    (change,) = attached.remove(db, catalogue, first.id, by="李四", at=NOON)
    assert (change.before, change.after, change.by) == ("甲.pdf", "", "李四")
    assert _names(db) == ["乙.pdf"]
    assert first.path(folder).exists()
    assert first in attached.every(db, removed=True)
    assert attached.remove(db, catalogue, first.id, by="李四", at=NOON) == ()
    with pytest.raises(RuleError, match="没有这份佐证材料"):
        attached.remove(db, catalogue, 99, by="李四", at=NOON)


def test_attaching_and_removing_can_be_taken_back_and_that_in_turn(
    db: sqlite3.Connection, catalogue: Catalogue, attach
) -> None:
    first = attach("甲.pdf")
    attach("乙.pdf")
    attached.remove(db, catalogue, first.id, by="李四", at=NOON)
    _undo(db, catalogue)
    assert _names(db) == ["甲.pdf", "乙.pdf"]
    _undo(db, catalogue)
    assert _names(db) == ["乙.pdf"]
    attach("甲.pdf")
    assert _names(db) == ["甲.pdf", "乙.pdf"]
    assert checklist.item(db, catalogue, FINANCE_1, TODAY).entry.revision == 6


def test_going_back_step_by_step_leads_to_nothing_attached(
    db: sqlite3.Connection, catalogue: Catalogue, attach, enter: Enter
) -> None:
    attach("甲.pdf")
    enter(FINANCE_1, owner="王五")
    attach("乙.pdf")
    seen = []
    while change := steps.last_undoable(db, Kind.ITEMS):
        undo.undo(db, catalogue, change.id, by="", at=NOON)
        seen.append((_names(db), checklist.item(db, catalogue, FINANCE_1, TODAY).entry.owner))
    assert seen == [(["甲.pdf"], "王五"), (["甲.pdf"], ""), ([], "")]


def test_an_older_attachment_is_taken_back_without_a_newer_one(
    db: sqlite3.Connection, catalogue: Catalogue, attach
) -> None:
    attach("甲.pdf")
    first = search.page(db, Scope.item(FINANCE_1))[0]
    attach("乙.pdf")
    (back,) = undo.undo(db, catalogue, first.id, by="", at=NOON)
    assert (back.before, back.after, back.undoes) == ("甲.pdf", "", first.id)
    assert _names(db) == ["乙.pdf"]
    with pytest.raises(RuleError, match="“佐证材料”在这之后又改过"):
        undo.undo(db, catalogue, first.id, by="", at=NOON)


def test_the_history_has_each_of_many_files_once(db: sqlite3.Connection, attach) -> None:
    names = [f"拨付凭证{number}.pdf" for number in range(40)]
    for name in names:
        attach(name)
    told = [(change.before, change.after) for change in search.page(db, Scope.item(FINANCE_1))]
    assert told == [("", name) for name in reversed(names)]


def test_a_change_with_all_names_on_both_sides_is_read_and_taken_back(
    db: sqlite3.Connection, catalogue: Catalogue, attach
) -> None:
    for name in ("甲.pdf", "乙.pdf", "丙.pdf"):
        attach(name)
    with transaction(db):
        fields = [("evidence", "甲.pdf\n乙.pdf", "甲.pdf\n乙.pdf\n丙.pdf")]
        (added,) = changes.record(db, FINANCE_1, fields, changes.Origin("张三", "录入", NOON), "", 4)
    assert changes.files(added) == ([], ["丙.pdf"])
    assert words.sides(added) == ("（未附）", "丙.pdf")
    undo.undo(db, catalogue, added.id, by="", at=NOON)
    assert _names(db) == ["甲.pdf", "乙.pdf"]
    with transaction(db):
        fields = [("evidence", "甲.pdf\n乙.pdf\n丙.pdf", "甲.pdf\n乙.pdf")]
        (removed,) = changes.record(db, FINANCE_1, fields, changes.Origin("张三", "录入", NOON), "", 6)
    assert words.sides(removed) == ("丙.pdf", "（移除）")
    undo.undo(db, catalogue, removed.id, by="", at=NOON)
    assert _names(db) == ["甲.pdf", "乙.pdf", "丙.pdf"]


def test_whatever_is_attached_removed_and_taken_back_the_history_tells_what_there_is(
    tmp_path: Path, db: sqlite3.Connection, folder: Path, catalogue: Catalogue, enter: Enter
) -> None:
    chance = random.Random(2026)
    for number in range(4):
        (tmp_path / f"{number}").mkdir()
        (tmp_path / f"{number}" / "凭证.pdf").write_bytes(b"%d" % (number % 3))
    refused = 0
    for _ in range(250):
        known = attached.every(db, removed=True)
        all_changes = search.page(db, Scope.item(FINANCE_1))
        match chance.choice(["add", "add", "remove", "undo", "undo", "enter"]):
            case "add":
                paper = tmp_path / chance.choice("0123") / "凭证.pdf"
                attached.add(db, folder, catalogue, FINANCE_1, paper, by="", at=NOON)
            case "remove" if known:
                attached.remove(db, catalogue, chance.choice(known).id, by="", at=NOON)
            case "undo" if all_changes:
                try:
                    undo.undo(db, catalogue, chance.choice(all_changes[:4]).id, by="", at=NOON)
                except RuleError:
                    refused += 1
            case "enter":
                enter(FINANCE_1, owner=chance.choice("甲乙丙"))
        told: set[str] = set()
        for change in reversed(search.page(db, Scope.item(FINANCE_1))):
            if change.field == "evidence":
                removed, added = changes.files(change)
                assert told.issuperset(removed)
                assert told.isdisjoint(added)
                told = (told - {*removed}) | {*added}
        assert told == {*_names(db)}
        revision = checklist.item(db, catalogue, FINANCE_1, TODAY).entry.revision
        assert revision == len(search.page(db, Scope.item(FINANCE_1)))
    assert 10 < refused < 200
    assert set(attached.check(folder, attached.every(db, removed=True), thorough=True).values()) == {State.OK}
    assert len({one.stored.place for one in attached.every(db, removed=True)}) == 3


def test_an_unknown_item_gets_nothing(
    db: sqlite3.Connection, folder: Path, catalogue: Catalogue, tmp_path: Path
) -> None:
    paper = tmp_path / "甲.pdf"
    paper.write_bytes(b"1")
    with pytest.raises(RuleError, match="没有这个事项"):
        attached.add(db, folder, catalogue, ItemKey("finance", "m3"), paper, by="", at=NOON)
    assert not (folder / workspaces.FOLDER).exists()


def test_a_read_only_workspace_takes_nothing(
    db: sqlite3.Connection, folder: Path, catalogue: Catalogue, tmp_path: Path
) -> None:
    paper = tmp_path / "甲.pdf"
    paper.write_bytes(b"1")
    with store.open_for_reading(folder) as reader, pytest.raises(KnownError, match="不能写入"):
        attached.add(reader.db, folder, catalogue, FINANCE_1, paper, by="", at=NOON)
    assert not (folder / workspaces.FOLDER).exists()


def test_a_database_that_refuses_leaves_the_item_as_it_was(
    db: sqlite3.Connection, folder: Path, catalogue: Catalogue, tmp_path: Path, attach
) -> None:
    attach("甲.pdf")
    paper = tmp_path / "乙.pdf"
    paper.write_bytes(b"2")
    db.execute("PRAGMA busy_timeout = 50")
    with closing(sqlite3.connect(folder / store.DATABASE, isolation_level=None)) as tool:
        tool.execute("BEGIN IMMEDIATE")
        with pytest.raises(KnownError, match="占用"):
            attached.add(db, folder, catalogue, FINANCE_1, paper, by="", at=NOON)
    assert _names(db) == ["甲.pdf"]
    attached.add(db, folder, catalogue, FINANCE_1, paper, by="", at=NOON)
    assert _names(db) == ["甲.pdf", "乙.pdf"]


def test_each_file_is_told_whole_missing_or_altered(db: sqlite3.Connection, folder: Path, attach) -> None:
    good, gone, altered = attach("甲.pdf"), attach("乙.pdf"), attach("丙.pdf")
    gone.path(folder).unlink()
    altered.path(folder).chmod(0o644)
    altered.path(folder).write_bytes(b"other words altogether")
    assert attached.check(folder, attached.every(db)) == {
        good.id: State.OK,
        gone.id: State.MISSING,
        altered.id: State.ALTERED,
    }


def test_a_workspace_carried_elsewhere_keeps_its_evidence(
    tmp_path: Path, folder: Path, catalogue, attach
) -> None:
    made = attach("甲.pdf")
    shutil.copytree(folder, tmp_path / "U盘", copy_function=shutil.copyfile)
    with store.open_for_reading(tmp_path / "U盘") as carried:
        assert attached.check(carried.folder, attached.every(carried.db), thorough=True) == {
            made.id: State.OK
        }
    assert made.key == sample.FINANCE_1


def test_nothing_attached_is_ever_deleted_from_the_record(db: sqlite3.Connection, attach) -> None:
    attach("甲.pdf")
    with pytest.raises(sqlite3.IntegrityError, match="never deleted"):
        db.execute("DELETE FROM evidence")
