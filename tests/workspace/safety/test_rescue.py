from __future__ import annotations

import os
import random
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from desktop.catalogue.query import Catalogue
from desktop.errors import DamagedError, KnownError, LockedError
from desktop.workspace.file import backup, lock, migrations, packed, store
from desktop.workspace.items import checklist
from desktop.workspace.safety import rescue, restore
from tests.workspace.sample import FINANCE_1, FINANCE_2, NOON, TAX_2, TODAY


@pytest.fixture
def folder(tmp_path: Path, catalogue: Catalogue) -> Path:
    """Return a closed workspace with a backup after two edits, and 18 edits more."""
    folder = tmp_path / "工作库"
    with store.open_for_writing(folder) as workspace:

        def edit(key, **values: str) -> None:
            checklist.edit(
                workspace.db, catalogue, key, values, by="张三", source="录入", at=NOON, session="s"
            )

        edit(FINANCE_1, owner="甲")
        edit(FINANCE_1, progress="已受理")
        backup.save(workspace.db, folder, backup.START)
        edit(FINANCE_1, progress="已受理3户")  # grows
        for number in range(17):
            edit((FINANCE_2, TAX_2)[number % 2], owner=f"乙{number}", problems="难" * 2000)
    return folder


def _content(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and not path.name.startswith("workspace.lock")
    }


def _owner(folder: Path, catalogue: Catalogue) -> str:
    with store.open_for_reading(folder) as workspace:
        return checklist.item(workspace.db, catalogue, FINANCE_1, TODAY).entry.owner


def _page_of(file: Path, table: str) -> int:
    with closing(sqlite3.connect(file)) as db:
        (page,) = db.execute("SELECT rootpage FROM sqlite_master WHERE name = ?", (table,)).fetchone()
        assert db.execute("PRAGMA page_size").fetchone() == (4096,)
    return int(page)


def _harm_entries(file: Path) -> None:
    """Garble the entries and leave the history."""
    page = _page_of(file, "entries")
    data = bytearray(file.read_bytes())
    data[(page - 1) * 4096 : page * 4096] = os.urandom(4096)
    file.write_bytes(data)


def _cut(file: Path) -> None:
    file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])


def _only_the_header(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:80])


def _rubbish(file: Path) -> None:
    file.write_bytes(b"rubbish" * 10_000)


def test_a_good_or_new_workspace_needs_no_rescue(tmp_path: Path, folder: Path) -> None:
    assert rescue.offer(folder) is None
    assert rescue.offer(tmp_path / "nowhere") is None
    for path in (folder, tmp_path / "nowhere"):
        with pytest.raises(KnownError, match="完好"):
            restore.start_anew(path) if path.exists() else restore.must_be_damaged(path)


def test_what_would_be_missing_is_said_change_by_change(folder: Path, catalogue: Catalogue) -> None:
    _harm_entries(folder / store.DATABASE)
    before = _content(folder)
    offered = rescue.offer(folder)
    assert offered is not None
    assert _content(folder) == before
    assert offered.backup == backup.every(folder)[0]
    assert offered.readable
    first, *others = offered.missing
    assert (first.key, first.field, first.after) == (FINANCE_1, "progress", "已受理3户")
    assert {change.key for change in others} == {FINANCE_2, TAX_2}
    assert {change.after for change in others if change.field == "owner"} == {"乙15", "乙16"}
    assert f"恢复后会缺少此后的{len(offered.missing)}处改动。" in offered.words
    assert "启动时" in offered.words
    assert "已损坏" in offered.problem.message
    done = rescue.accept(offered, by="李四", at=NOON)
    assert done.set_aside is not None
    assert (done.set_aside / store.DATABASE).read_bytes() == before[store.DATABASE]
    assert _owner(folder, catalogue) == "甲"
    assert rescue.offer(folder) is None


@pytest.mark.parametrize("harm", [_cut, _only_the_header, _rubbish, os.unlink])
def test_what_cannot_be_read_is_said_to_be_so(
    folder: Path, catalogue: Catalogue, harm: Callable[[Path], None]
) -> None:
    harm(folder / store.DATABASE)
    offered = rescue.offer(folder)
    assert offered is not None
    assert not offered.readable
    assert "可能还有别的" in offered.words or "读不出来，恢复后会缺少" in offered.words
    assert (offered.last_written is None) is (harm is os.unlink)
    rescue.accept(offered, by="李四", at=NOON)
    assert _owner(folder, catalogue) == "甲"


def test_the_newest_good_backup_is_offered(folder: Path, catalogue: Catalogue) -> None:
    good = backup.every(folder)[0]
    for number, harm in enumerate((_cut, _rubbish, _harm_entries), start=2):
        bad = good.path.with_name(f"workspace-0000{number}-20261123-235959-start.db")
        with packed.opened(good.path) as copy:
            backup.write_copy(copy, bad)
        harm(bad)
    for number, harm in enumerate((_cut, _rubbish), start=5):
        harm(shutil.copyfile(good.path, bad.with_name(f"workspace-0000{number}-20261123-235959-start.zip")))
    _rubbish(folder / store.DATABASE)
    offered = rescue.offer(folder)
    assert offered is not None
    assert offered.backup == good


def test_after_a_restore_the_backup_offered_is_of_what_was_restored(
    folder: Path, catalogue: Catalogue
) -> None:
    with store.open_for_writing(folder) as workspace:
        first = backup.every(folder)[-1]
        checklist.edit(workspace.db, catalogue, FINANCE_1, {"owner": "丙"}, by="", source="录入", at=NOON)
        restore.into(workspace.db, folder, first.path, by="李四", at=NOON)
        checklist.edit(workspace.db, catalogue, FINANCE_2, {"owner": "丁"}, by="", source="录入", at=NOON)
    _harm_entries(folder / store.DATABASE)
    offered = rescue.offer(folder)
    assert offered is not None
    assert [(change.key, change.after) for change in offered.missing] == [(FINANCE_2, "丁")]
    rescue.accept(offered, by="李四", at=NOON)
    assert _owner(folder, catalogue) == "甲"


def test_without_a_good_backup_one_may_begin_anew(folder: Path, catalogue: Catalogue) -> None:
    for file in backup.every(folder):
        _rubbish(file.path)
    _cut(folder / store.DATABASE)
    before = _content(folder)
    offered = rescue.offer(folder)
    assert offered is not None
    assert offered.backup is None
    assert offered.words == "没有找到完好的备份。"
    with pytest.raises(KnownError, match="没有完好的备份"):
        rescue.accept(offered, by="", at=NOON)
    assert _content(folder) == before
    home = restore.start_anew(folder)
    assert (home / store.DATABASE).read_bytes() == before[store.DATABASE]
    assert _owner(folder, catalogue) == ""
    store.open_for_writing(folder).close()


def test_a_file_that_is_gone_while_its_backups_are_there_is_not_begun_anew(folder: Path) -> None:
    (folder / store.DATABASE).unlink()
    before = _content(folder)
    for open_workspace in (store.open_for_writing, store.open_for_reading):
        with pytest.raises(DamagedError, match="不见了"):
            open_workspace(folder)
    assert _content(folder) == before


@pytest.fixture
def journaled(folder: Path) -> Path:
    """Return a workspace that was killed in the midst of an edit, and whose file was damaged then."""
    with closing(sqlite3.connect(folder / store.DATABASE, isolation_level=None)) as db:
        db.execute("PRAGMA cache_size = 1")
        db.execute("BEGIN")
        db.execute("UPDATE entries SET problems = problems || 'x', owner = 'torn'")
        db.execute("UPDATE settings SET value = 'torn'")
        killed = folder.with_name("killed")
        shutil.copytree(folder, killed)
        db.execute("ROLLBACK")
    assert (killed / "workspace.db-journal").stat().st_size > 4096
    with store.open_for_reading(killed) as whole:
        assert "torn" not in str(whole.db.execute("SELECT owner FROM entries").fetchall())
    return killed


def test_a_damaged_file_with_a_journal_is_kept_aside_with_it(journaled: Path, catalogue: Catalogue) -> None:
    file = journaled / store.DATABASE
    data = file.read_bytes()
    file.write_bytes(data[:20_000])
    before = _content(journaled)
    for open_workspace in (store.open_for_writing, store.open_for_reading):
        with pytest.raises(DamagedError):
            open_workspace(journaled)
    offered = rescue.offer(journaled)
    assert offered is not None
    assert _content(journaled) == before
    done = rescue.accept(offered, by="", at=NOON)
    assert done.set_aside is not None
    assert _content(done.set_aside) == {name: before[name] for name in before if "/" not in name}
    assert _owner(journaled, catalogue) == "甲"


def test_a_killed_workspace_that_is_whole_needs_no_rescue(journaled: Path, catalogue: Catalogue) -> None:
    assert rescue.offer(journaled) is None
    with store.open_for_writing(journaled) as workspace:
        assert "torn" not in str(workspace.db.execute("SELECT owner FROM entries").fetchall())
    assert not (journaled / "workspace.db-journal").exists()


def test_nothing_is_exchanged_while_another_program_holds_the_workspace(folder: Path) -> None:
    _cut(folder / store.DATABASE)
    offered = rescue.offer(folder)
    assert offered is not None
    before = _content(folder)
    with lock.acquire(folder):
        with pytest.raises(LockedError):
            rescue.accept(offered, by="", at=NOON)
        with pytest.raises(LockedError):
            restore.start_anew(folder)
    assert _content(folder) == before


def test_a_newer_workspace_is_not_taken_for_a_damaged_one(folder: Path) -> None:
    def m999_later(db: migrations.Executes) -> None:
        db.execute("CREATE TABLE later (a)")

    store.open_for_writing(folder, (*migrations.STEPS, m999_later)).close()
    with pytest.raises(KnownError, match="更新版本") as refused:
        rescue.offer(folder)
    assert not isinstance(refused.value, DamagedError)
    saved = backup.every(folder)[0]
    with pytest.raises(KnownError, match="更新版本"):
        restore.at_rest(folder, saved.path, by="", at=NOON)


def test_whatever_became_of_the_file_looking_changes_nothing_and_never_crashes(folder: Path) -> None:
    file = folder / store.DATABASE
    whole = file.read_bytes()
    chance = random.Random(20261123)
    offers = 0
    for _ in range(80):
        data = bytearray(whole[: chance.choice([len(whole), chance.randrange(len(whole))])])
        for _ in range(chance.choice([1, 5, 30, 300])):
            if data:
                data[chance.randrange(len(data))] = chance.randrange(256)
        file.write_bytes(data)
        try:
            offered = rescue.offer(folder)
        except KnownError:  # a garbled name of a step looks like one of a newer program
            continue
        assert file.read_bytes() == data
        if offered is not None:
            offers += 1
            assert offered.backup is not None
            assert offered.words
    assert offers > 40
