from __future__ import annotations

import os
import random
import resource
import shutil
import sqlite3
import zipfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from desktop.catalogue.query import Catalogue
from desktop.errors import KnownError, LockedError
from desktop.workspace.evidence import attached
from desktop.workspace.evidence.files import State
from desktop.workspace.file import backup, migrations, store
from desktop.workspace.items import checklist
from desktop.workspace.safety import bundle, restore
from tests.workspace import older
from tests.workspace.conftest import Enter
from tests.workspace.sample import FINANCE_1, NOON, TODAY


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return the folder of the workspace that ``db`` is."""
    return tmp_path / "工作库"


@pytest.fixture
def owner(db: sqlite3.Connection, catalogue: Catalogue) -> Callable[[], str]:
    """Return a function that tells the 责任人 of FINANCE_1 as the open workspace has it."""
    return lambda: checklist.item(db, catalogue, FINANCE_1, TODAY).entry.owner


def _owner_in(folder: Path, catalogue: Catalogue) -> str:
    with store.open_for_reading(folder) as workspace:
        return checklist.item(workspace.db, catalogue, FINANCE_1, TODAY).entry.owner


def _attach(db: sqlite3.Connection, folder: Path, catalogue: Catalogue, name: str) -> attached.Evidence:
    paper = folder.parent / name
    paper.write_bytes(name.encode())
    return attached.add(db, folder, catalogue, FINANCE_1, paper, by="张三", at=NOON)


def _restores(db: sqlite3.Connection) -> list[tuple[str, ...]]:
    return db.execute("SELECT at, person, file_name, kept_as FROM restores ORDER BY id").fetchall()


def _content(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and not path.name.startswith("workspace.lock")
    }


def test_the_workspace_becomes_what_the_backup_holds_and_what_was_there_is_kept(
    db: sqlite3.Connection, folder: Path, owner: Callable[[], str], enter: Enter
) -> None:
    enter(FINANCE_1, owner="甲")
    saved = backup.save(db, folder, backup.BY_HAND)
    enter(FINANCE_1, owner="乙")
    done = restore.into(db, folder, saved.path, by="李四", at=NOON)
    assert owner() == "甲"
    assert done.backup is not None
    assert (done.set_aside, done.evidence_added, done.evidence_absent) == (None, 0, ())
    assert _restores(db) == [("2026-11-23T12:00:00+08:00", "李四", saved.path.name, done.backup.path.name)]
    assert [file.reason for file in backup.every(folder)] == ["after-restore", "before-restore", "by-hand"]
    assert backup.automatic(db, folder) is None
    restore.into(db, folder, done.backup.path, by="李四", at=NOON)
    assert owner() == "乙"
    assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    assert not [name for name in _content(folder) if ".part" in name]


def test_other_connections_see_it_at_once(
    db: sqlite3.Connection, folder: Path, catalogue: Catalogue, enter: Enter
) -> None:
    enter(FINANCE_1, owner="甲")
    saved = backup.save(db, folder, backup.BY_HAND)
    with store.open_for_reading(folder) as reader:
        enter(FINANCE_1, owner="乙")
        assert checklist.item(reader.db, catalogue, FINANCE_1, TODAY).entry.owner == "乙"
        restore.into(db, folder, saved.path, by="", at=NOON)
        assert checklist.item(reader.db, catalogue, FINANCE_1, TODAY).entry.owner == "甲"
    enter(FINANCE_1, owner="丙")


def test_a_worker_restores_through_a_connection_of_its_own(tmp_path: Path, catalogue: Catalogue) -> None:
    with store.open_for_writing(tmp_path / "w") as workspace:
        saved = backup.save(workspace.db, workspace.folder, backup.BY_HAND)
        checklist.edit(workspace.db, catalogue, FINANCE_1, {"owner": "甲"}, by="", source="录入", at=NOON)
        with closing(store.second_connection(workspace)) as other:
            restore.into(other, workspace.folder, saved.path, by="", at=NOON)
        assert checklist.item(workspace.db, catalogue, FINANCE_1, TODAY).entry.owner == ""


def test_a_reader_that_stays_makes_it_fail_whole(
    db: sqlite3.Connection, folder: Path, owner: Callable[[], str], enter: Enter
) -> None:
    saved = backup.save(db, folder, backup.BY_HAND)
    enter(FINANCE_1, owner="乙")
    db.execute("PRAGMA busy_timeout = 50")
    with closing(sqlite3.connect(folder / store.DATABASE, isolation_level=None)) as tool:
        tool.execute("BEGIN")
        tool.execute("SELECT * FROM entries").fetchall()
        with pytest.raises(KnownError, match="占用"):
            restore.into(db, folder, saved.path, by="", at=NOON)
    assert owner() == "乙"
    assert _restores(db) == []
    enter(FINANCE_1, owner="丙")


@pytest.mark.parametrize("size", [0, 30_000, 170_000])
def test_a_full_disk_leaves_the_workspace_as_it_was(
    db: sqlite3.Connection, folder: Path, owner: Callable[[], str], enter: Enter, size: int
) -> None:
    enter(FINANCE_1, owner="甲")
    saved = backup.save(db, folder, backup.BY_HAND)
    enter(FINANCE_1, owner="乙")
    before = _content(folder)
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, limits[1]))
    with pytest.raises(KnownError):
        restore.into(db, folder, saved.path, by="", at=NOON)
    resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert owner() == "乙"
    assert {name: data for name, data in _content(folder).items() if name in before} == before
    assert not [name for name in _content(folder) if ".part" in name]
    enter(FINANCE_1, owner="丙")


@pytest.mark.parametrize("had", range(1, len(migrations.STEPS)))
def test_an_older_backup_is_brought_up_to_date_in_a_copy(
    tmp_path: Path, db: sqlite3.Connection, folder: Path, owner: Callable[[], str], had: int
) -> None:
    with store.open_for_writing(tmp_path / "旧", migrations.STEPS[:had]) as workspace:
        older.enter(workspace.db, FINANCE_1, {"owner": "甲"})
    file = tmp_path / "旧" / store.DATABASE
    before = file.read_bytes()
    restore.into(db, folder, file, by="", at=NOON)
    assert owner() == "甲"
    assert migrations.applied(db) == migrations.names(migrations.STEPS)
    assert file.read_bytes() == before


def _m999_later(db: migrations.Executes) -> None:
    db.execute("CREATE TABLE later (a)")


def _newer(file: Path) -> None:
    with closing(sqlite3.connect(file, isolation_level=None)) as db:
        migrations.apply(db, (*migrations.STEPS, _m999_later))


def _text(file: Path) -> None:
    file.write_text("这不是备份" * 100, encoding="utf-8")


def _cut(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:-5000])


def _zeros(file: Path) -> None:
    data = bytearray(file.read_bytes())
    data[8192:20480] = bytes(12288)
    file.write_bytes(data)


def _music(file: Path) -> None:
    file.unlink()
    with closing(sqlite3.connect(file)) as db:
        db.execute("CREATE TABLE music (title)")


def _without_a_table(file: Path) -> None:
    with closing(sqlite3.connect(file)) as db:
        db.execute("DROP TABLE favourites")


def _evidence_elsewhere(place: str) -> Callable[[Path], None]:
    def harm(file: Path) -> None:
        with closing(sqlite3.connect(file)) as db, db:
            db.execute(
                "INSERT INTO evidence (unit_key, measure_key, name, sha256, size, place, written, added_at,"
                " added_by) VALUES ('finance', 'm1', 'a', ?, 1, ?, 0, '', '')",
                ("a" * 64, place),
            )

    return harm


def _empty(file: Path) -> None:
    file.write_bytes(b"")


def _no_zip(file: Path) -> None:
    file.write_bytes(b"PK\x03\x04" + bytes(3000))


def _zip_without(file: Path) -> None:
    with zipfile.ZipFile(file, "w") as package:
        package.writestr("说明.txt", "没有工作库")


def _zip_of_rubbish(file: Path) -> None:
    with zipfile.ZipFile(file, "w") as package:
        package.writestr("workspace.db", b"rubbish" * 1000)


def _zip_encrypted(file: Path) -> None:
    _zip_of_rubbish(file)
    data = bytearray(file.read_bytes())
    data[6] |= 1
    data[data.rindex(b"PK\x01\x02") + 8] |= 1
    file.write_bytes(data)


@pytest.mark.parametrize(
    ("harm", "words"),
    [
        (_newer, "更新版本"),
        *(
            (harm, "不是完整的工作库备份")
            for harm in (
                *(_text, _cut, _zeros, _music, _without_a_table, _empty),
                *(_no_zip, _zip_without, _zip_of_rubbish, _zip_encrypted),
                _evidence_elsewhere("../../../etc/passwd"),
                _evidence_elsewhere(f"aa/{'a' * 64}/.."),
                _evidence_elsewhere(f"bb/{'b' * 64}/x"),
                _evidence_elsewhere(f"aa/{'a' * 64}/x/y"),
                _evidence_elsewhere(f"aa/{'a' * 64}/x\\y"),
            )
        ),
        (lambda file: file.unlink(), "找不到文件"),
        (lambda file: (file.unlink(), file.mkdir()), "不是文件"),
    ],
)
def test_what_is_no_good_backup_is_refused_and_nothing_changes(
    tmp_path: Path, db: sqlite3.Connection, folder: Path, enter: Enter, harm, words: str
) -> None:
    enter(FINANCE_1, owner="甲")
    file = tmp_path / "备份.db"
    backup.write_copy(db, file)
    harm(file)
    before = _content(folder)
    with pytest.raises(KnownError, match=words) as refused:
        restore.into(db, folder, file, by="", at=NOON)
    assert "“备份.db”" in refused.value.message
    assert "没有" in refused.value.message
    assert _content(folder) == before


def test_the_workspace_cannot_be_restored_from_itself(
    tmp_path: Path, db: sqlite3.Connection, folder: Path, catalogue: Catalogue
) -> None:
    with pytest.raises(KnownError, match="就是现在的工作库"):
        restore.into(db, folder, folder / store.DATABASE, by="", at=NOON)
    with pytest.raises(LockedError):
        store.open_for_writing(folder)


def test_garbled_backups_and_packages_are_refused_or_whole(
    tmp_path: Path, db: sqlite3.Connection, folder: Path, catalogue: Catalogue, enter: Enter
) -> None:
    enter(FINANCE_1, owner="甲")
    _attach(db, folder, catalogue, "甲.pdf")
    chance = random.Random(20261123)
    refused = 0
    for name in ("b.db", "b.zip"):
        whole = bundle.save(db, folder, tmp_path / name).path.read_bytes()
        for _ in range(60):
            data = bytearray(whole[: chance.choice([len(whole), chance.randrange(len(whole))])])
            for _ in range(chance.randrange(1, 30)):
                if data:
                    data[chance.randrange(len(data))] = chance.randrange(256)
            (tmp_path / name).write_bytes(data)
            try:
                restore.into(db, folder, tmp_path / name, by="", at=NOON)
            except KnownError:
                refused += 1
            assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)
            assert checklist.item(db, catalogue, FINANCE_1, TODAY).entry.revision == 2
    assert refused > 60


def test_a_package_brings_its_evidence(
    tmp_path: Path, db: sqlite3.Connection, folder: Path, catalogue: Catalogue, enter: Enter
) -> None:
    enter(FINANCE_1, owner="甲")
    papers = [_attach(db, folder, catalogue, name) for name in ("甲.pdf", "乙.pdf")]
    package = bundle.save(db, folder, tmp_path / "b.zip").path
    done = restore.at_rest(tmp_path / "另一台", package, by="", at=NOON)
    assert (done.evidence_added, done.evidence_absent) == (2, ())
    assert _owner_in(tmp_path / "另一台", catalogue) == "甲"
    with store.open_for_reading(tmp_path / "另一台") as other:
        assert attached.every(other.db) == tuple(papers)
        states = attached.check(other.folder, papers, thorough=True)
    assert set(states.values()) == {State.OK}
    assert papers[0].path(tmp_path / "另一台").stat().st_mtime == papers[0].stored.written
    again = restore.at_rest(tmp_path / "另一台", package, by="", at=NOON)
    assert again.evidence_added == 0


def test_another_machines_workspace_brings_the_evidence_beside_it(
    tmp_path: Path, folder: Path, catalogue: Catalogue
) -> None:
    with store.open_for_writing(folder) as workspace:
        paper = _attach(workspace.db, folder, catalogue, "甲.pdf")
    shutil.copytree(folder, tmp_path / "U盘")
    done = restore.at_rest(tmp_path / "新", tmp_path / "U盘" / store.DATABASE, by="", at=NOON)
    assert (done.evidence_added, done.evidence_absent) == (1, ())
    assert paper.path(tmp_path / "新").read_bytes() == "甲.pdf".encode()


def test_evidence_that_is_nowhere_is_named(
    tmp_path: Path, db: sqlite3.Connection, folder: Path, catalogue: Catalogue
) -> None:
    paper = _attach(db, folder, catalogue, "甲.pdf")
    database = bundle.save(db, folder, tmp_path / "b.db").path
    package = bundle.save(db, folder, tmp_path / "b.zip").path
    with zipfile.ZipFile(package) as whole, zipfile.ZipFile(tmp_path / "c.zip", "w") as other:
        other.writestr("workspace.db", whole.read("workspace.db"))
        other.writestr(f"evidence/{paper.stored.place}", b"something else")
    for number, file in enumerate((database, tmp_path / "c.zip")):
        done = restore.at_rest(tmp_path / str(number), file, by="", at=NOON)
        assert (done.evidence_added, done.evidence_absent) == (0, ("甲.pdf",))


def test_evidence_of_the_present_stays_when_an_older_state_comes_back(
    db: sqlite3.Connection, folder: Path, catalogue: Catalogue
) -> None:
    saved = backup.save(db, folder, backup.BY_HAND)
    paper = _attach(db, folder, catalogue, "甲.pdf")
    done = restore.into(db, folder, saved.path, by="", at=NOON)
    assert attached.every(db) == ()
    assert paper.path(folder).exists()
    assert done.backup is not None
    restore.into(db, folder, done.backup.path, by="", at=NOON)
    assert attached.check(folder, attached.every(db)) == {paper.id: State.OK}


def test_a_copy_in_wal_mode_or_with_a_hot_journal_is_read_whole_and_left_alone(
    tmp_path: Path, db: sqlite3.Connection, folder: Path, owner: Callable[[], str], enter: Enter
) -> None:
    enter(FINANCE_1, owner="甲")
    stick = tmp_path / "U盘"
    stick.mkdir()
    file = stick / "b.db"
    backup.write_copy(db, file)
    enter(FINANCE_1, owner="乙")
    with closing(sqlite3.connect(file, isolation_level=None)) as tool:
        tool.execute("PRAGMA journal_mode = WAL")
        tool.execute("UPDATE entries SET owner = '丙'")
        shutil.copytree(stick, tmp_path / "killed")
    before = _content(tmp_path / "killed")
    assert "b.db-wal" in before
    restore.into(db, folder, tmp_path / "killed" / "b.db", by="", at=NOON)
    assert owner() == "丙"
    assert _content(tmp_path / "killed") == before


def test_a_workspace_in_use_is_not_restored_at_rest(db: sqlite3.Connection, folder: Path) -> None:
    saved = backup.save(db, folder, backup.BY_HAND)
    with pytest.raises(LockedError):
        restore.at_rest(folder, saved.path, by="", at=NOON)


@pytest.mark.parametrize("harm", [_text, _cut, _zeros, _empty, os.unlink])
def test_a_damaged_workspace_is_set_aside_as_it_is(
    tmp_path: Path, catalogue: Catalogue, harm: Callable[[Path], None]
) -> None:
    folder = tmp_path / "工作库"
    with store.open_for_writing(folder) as workspace:
        checklist.edit(workspace.db, catalogue, FINANCE_1, {"owner": "甲"}, by="", source="录入", at=NOON)
        saved = backup.save(workspace.db, folder, backup.BY_HAND)
    harm(folder / store.DATABASE)
    (folder / "workspace.db-journal").write_bytes(b"a journal that is none")
    damaged = _content(folder)
    done = restore.at_rest(folder, saved.path, by="李四", at=NOON)
    assert done.backup is None
    assert done.set_aside is not None
    assert _owner_in(folder, catalogue) == "甲"
    aside = _content(done.set_aside)
    assert aside == {name: damaged[name] for name in damaged if name.startswith("workspace.db")}
    assert not (folder / "workspace.db-journal").exists()
    with store.open_for_writing(folder) as workspace:
        assert _restores(workspace.db)[0][3] == done.set_aside.name


def test_a_damaged_workspace_and_a_bad_backup_leave_all_as_it_was(tmp_path: Path) -> None:
    store.open_for_writing(tmp_path / "w").close()
    _cut(tmp_path / "w" / store.DATABASE)
    before = _content(tmp_path / "w")
    (tmp_path / "b.db").write_bytes(b"nothing")
    with pytest.raises(KnownError, match="不是完整的工作库备份"):
        restore.at_rest(tmp_path / "w", tmp_path / "b.db", by="", at=NOON)
    assert _content(tmp_path / "w") == before
