from __future__ import annotations

import random
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from desktop.catalogue.query import Catalogue
from desktop.errors import KnownError
from desktop.workspace.file import backup, migrations, packed, store
from desktop.workspace.items import checklist, notes, settings
from desktop.workspace.items.model import Entry
from tests.rights import ordinary_user
from tests.workspace import older
from tests.workspace.sample import FINANCE_1, NOON, TODAY


def _enter(folder: Path, catalogue: Catalogue, owner: str, steps=migrations.STEPS) -> None:
    with store.open_for_writing(folder, steps) as workspace:
        if len(steps) < len(migrations.STEPS):
            older.enter(workspace.db, FINANCE_1, {"owner": owner})
            return
        checklist.edit(
            workspace.db, catalogue, FINANCE_1, {"owner": owner}, by="张三", source="录入", at=NOON
        )


def _owner(folder: Path, catalogue: Catalogue) -> str:
    with store.open_for_reading(folder) as workspace:
        return checklist.item(workspace.db, catalogue, FINANCE_1, TODAY).entry.owner


def _files(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


def test_what_was_entered_is_there_after_closing(tmp_path: Path, catalogue: Catalogue) -> None:
    folder = tmp_path / "甲 100%?#" / "工作库"
    _enter(folder, catalogue, "王五")
    assert _owner(folder, catalogue) == "王五"
    assert sorted(_files(folder)) == ["workspace.db", "workspace.lock"]


def test_the_file_is_kept_in_one_piece_and_synced(tmp_path: Path) -> None:
    with store.open_for_writing(tmp_path) as workspace:
        assert workspace.folder == tmp_path
        assert not workspace.read_only
        asked = {name: workspace.db.execute(f"PRAGMA {name}").fetchone()[0] for name in (
            "journal_mode", "synchronous", "foreign_keys", "busy_timeout", "application_id"
        )}  # fmt: skip
        assert asked == {
            "journal_mode": "delete",
            "synchronous": 3,
            "foreign_keys": 1,
            "busy_timeout": 5000,
            "application_id": migrations.APPLICATION_ID,
        }


def test_a_file_that_a_tool_left_in_wal_mode_comes_back_to_one_piece(
    tmp_path: Path, catalogue: Catalogue
) -> None:
    _enter(tmp_path, catalogue, "甲")
    with closing(sqlite3.connect(tmp_path / store.DATABASE)) as tool:
        tool.execute("PRAGMA journal_mode = WAL")
    _enter(tmp_path, catalogue, "乙")
    assert _owner(tmp_path, catalogue) == "乙"
    assert sorted(_files(tmp_path)) == ["workspace.db", "workspace.lock"]


def test_reading_where_there_is_nothing_creates_nothing(tmp_path: Path, catalogue: Catalogue) -> None:
    with store.open_for_reading(tmp_path / "none") as workspace:
        assert workspace.read_only
        assert checklist.item(workspace.db, catalogue, FINANCE_1, TODAY).entry == Entry()
        assert settings.get(workspace.db, "user_name") == ""
        with pytest.raises(KnownError, match="不能写入"):
            settings.put(workspace.db, "user_name", "张三")
    assert list(tmp_path.iterdir()) == []


def test_reading_changes_no_byte_and_adds_no_file(tmp_path: Path, catalogue: Catalogue) -> None:
    _enter(tmp_path, catalogue, "甲")
    (tmp_path / "workspace.lock").unlink()
    before = _files(tmp_path)
    with store.open_for_reading(tmp_path) as workspace:
        assert checklist.item(workspace.db, catalogue, FINANCE_1, TODAY).entry.owner == "甲"
        with pytest.raises(KnownError, match="不能写入"):
            notes.set_favourite(workspace.db, catalogue, "m1", True, NOON)
        assert _files(tmp_path) == before
    assert _files(tmp_path) == before


def test_a_reader_sees_what_the_writer_just_acknowledged(tmp_path: Path, catalogue: Catalogue) -> None:
    with store.open_for_writing(tmp_path) as writer, store.open_for_reading(tmp_path) as reader:
        for owner in ("甲", "乙"):
            checklist.edit(writer.db, catalogue, FINANCE_1, {"owner": owner}, by="", source="录入", at=NOON)
            assert checklist.item(reader.db, catalogue, FINANCE_1, TODAY).entry.owner == owner


@pytest.mark.parametrize("had", range(1, len(migrations.STEPS)))
def test_an_older_file_is_backed_up_and_brought_up_to_date(
    tmp_path: Path, catalogue: Catalogue, had: int
) -> None:
    _enter(tmp_path, catalogue, "甲", migrations.STEPS[:had])
    old = (tmp_path / store.DATABASE).read_bytes()
    with store.open_for_reading(tmp_path) as reader:
        assert settings.get(reader.db, "user_name") == ""
        assert notes.favourites(reader.db) == ()
    assert _owner(tmp_path, catalogue) == "甲"
    assert (tmp_path / store.DATABASE).read_bytes() == old
    assert not (tmp_path / backup.FOLDER).exists()
    with store.open_for_writing(tmp_path) as workspace:
        settings.put(workspace.db, "user_name", "张三")
    (saved,) = (tmp_path / backup.FOLDER).iterdir()
    assert migrations.STEPS[had].__name__ in saved.name
    with packed.opened(saved) as copy:
        assert migrations.applied(copy) == migrations.names(migrations.STEPS[:had])
        assert copy.execute("SELECT owner FROM entries").fetchall() == [("甲",)]
    assert _owner(tmp_path, catalogue) == "甲"
    store.open_for_writing(tmp_path).close()
    assert list((tmp_path / backup.FOLDER).iterdir()) == [saved]


def _m004_breaks(db: migrations.Executes) -> None:
    db.execute("UPDATE entries SET owner = 'lost'")
    db.execute("CREATE TABLE entries (a)")


def test_a_migration_that_fails_leaves_the_file_as_it_was(tmp_path: Path, catalogue: Catalogue) -> None:
    _enter(tmp_path, catalogue, "甲", migrations.STEPS[:2])
    with pytest.raises(sqlite3.OperationalError, match="already exists"):
        store.open_for_writing(tmp_path, (*migrations.STEPS, _m004_breaks))
    with closing(sqlite3.connect(tmp_path / store.DATABASE)) as db:
        assert migrations.applied(db) == migrations.names(migrations.STEPS[:2])
        assert db.execute("SELECT owner FROM entries").fetchall() == [("甲",)]
    _enter(tmp_path, catalogue, "乙")
    assert _owner(tmp_path, catalogue) == "乙"


def test_no_migration_without_a_backup(tmp_path: Path, catalogue: Catalogue) -> None:
    _enter(tmp_path, catalogue, "甲", migrations.STEPS[:2])
    before = (tmp_path / store.DATABASE).read_bytes()
    (tmp_path / backup.FOLDER).write_text("in the way")
    with pytest.raises(KnownError, match="backups”不是文件夹"):
        store.open_for_writing(tmp_path)
    assert (tmp_path / store.DATABASE).read_bytes() == before


def _m004_later(db: migrations.Executes) -> None:
    db.execute("CREATE TABLE visits (a)")


@pytest.mark.parametrize("open_workspace", [store.open_for_writing, store.open_for_reading])
def test_a_newer_file_is_refused_and_not_touched(
    tmp_path: Path, catalogue: Catalogue, open_workspace
) -> None:
    newer = (*migrations.STEPS, _m004_later)
    _enter(tmp_path, catalogue, "甲", newer)
    before = _files(tmp_path)
    with pytest.raises(KnownError, match="更新版本") as refused:
        open_workspace(tmp_path)
    assert refused.value.hint
    assert _files(tmp_path) == before
    assert not (tmp_path / backup.FOLDER).exists()


def _not_sqlite(path: Path) -> None:
    path.write_text("这不是数据库" * 500, encoding="utf-8")


def _empty(path: Path) -> None:
    path.write_bytes(b"")


def _cut_short(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-5000])


def _only_the_header(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:50])


def _zeros_inside(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[4096:16384] = bytes(12288)
    path.write_bytes(data)


def _another_program(path: Path) -> None:
    path.unlink()
    with closing(sqlite3.connect(path)) as db:
        db.execute("CREATE TABLE music (title)")


def _journal_without_its_file(path: Path) -> None:
    path.rename(path.with_name("workspace.db-journal"))


@pytest.mark.parametrize("open_workspace", [store.open_for_writing, store.open_for_reading])
@pytest.mark.parametrize(
    "harm",
    [
        _not_sqlite,
        _empty,
        _cut_short,
        _only_the_header,
        _zeros_inside,
        _another_program,
        _journal_without_its_file,
    ],
)
def test_a_file_that_is_no_whole_workspace_is_refused_and_kept(
    tmp_path: Path, catalogue: Catalogue, open_workspace, harm
) -> None:
    _enter(tmp_path, catalogue, "甲" * 100)
    harm(tmp_path / store.DATABASE)
    before = _files(tmp_path)
    with pytest.raises(KnownError, match="已损坏或没有复制完整"):
        open_workspace(tmp_path)
    assert _files(tmp_path) == before


def test_any_garbled_file_is_refused_or_read_never_a_crash(tmp_path: Path, catalogue: Catalogue) -> None:
    _enter(tmp_path, catalogue, "甲")
    whole = (tmp_path / store.DATABASE).read_bytes()
    chance = random.Random(20261123)
    refused = 0
    for _ in range(150):
        data = bytearray(whole[: chance.choice([len(whole), chance.randrange(len(whole))])])
        for _ in range(chance.randrange(1, 40)):
            if data:
                data[chance.randrange(len(data))] = chance.randrange(256)
        (tmp_path / store.DATABASE).write_bytes(data)
        try:
            with store.open_for_reading(tmp_path) as workspace:
                checklist.every_item(workspace.db, catalogue, TODAY)
        except KnownError:
            refused += 1
        assert (tmp_path / store.DATABASE).read_bytes() == data
    assert refused > 75


def test_a_folder_that_may_not_be_written_is_said_plainly(open_folder: Path) -> None:
    (open_folder / "inside").mkdir(mode=0o555)
    with ordinary_user():
        with pytest.raises(KnownError, match="没有权限"):
            store.open_for_writing(open_folder / "inside" / "deeper")
        with pytest.raises(KnownError, match="没有权限"):
            store.open_for_writing(open_folder / "inside")
        assert list((open_folder / "inside").iterdir()) == []


def test_a_write_protected_file_is_said_so_before_the_first_edit(
    catalogue: Catalogue, open_folder: Path
) -> None:
    _enter(open_folder, catalogue, "甲")
    (open_folder / store.DATABASE).chmod(0o444)
    (open_folder / "workspace.lock").chmod(0o666)
    open_folder.chmod(0o777)
    with ordinary_user():
        with pytest.raises(KnownError, match="不能写入"):
            store.open_for_writing(open_folder)
        assert _owner(open_folder, catalogue) == "甲"


def test_a_file_in_place_of_the_folder_is_refused(tmp_path: Path) -> None:
    place = tmp_path / "book.xlsx"
    place.write_bytes(b"PK")
    for open_workspace in (store.open_for_writing, store.open_for_reading):
        with pytest.raises(KnownError, match="不是文件夹"):
            open_workspace(place)
    with pytest.raises(KnownError, match="不是文件夹"):
        store.open_for_writing(place / "deeper")
    assert place.read_bytes() == b"PK"
