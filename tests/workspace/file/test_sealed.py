"""A workspace with a passphrase: set, changed, taken off, killed in the midst of it, backed up, restored."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from desktop.errors import DamagedError, KnownError, LockedError
from desktop.workspace.file import backup, cipher, holdings, migrations, packed, store
from desktop.workspace.items import checklist, entries
from desktop.workspace.safety import bundle, contents, passphrase, rescue, restore
from tests.workspace import older, sample

SECRET = "区财政局的口令2026"
OTHER = "另一个口令2027"
TOLD = "只有知道口令的人才能读到的进展"


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Let a key take no second, and none be left for the next test."""
    monkeypatch.setattr(cipher, "ROUNDS", 2)
    cipher.forget()
    yield
    cipher.forget()


def enter(folder: Path, words: str = TOLD) -> None:
    with store.open_for_writing(folder) as workspace:
        checklist.edit(
            workspace.db,
            sample.catalogue(),
            sample.FINANCE_1,
            {"progress": words},
            by="张三",
            source="录入",
            at=sample.NOON,
        )


def progress(folder: Path) -> str:
    with store.open_for_reading(folder) as workspace:
        return entries.load(workspace.db)[sample.FINANCE_1].entry.progress


def everything_in(folder: Path) -> bytes:
    """Return the bytes of all files in ``folder``, those within zips as well."""
    found = []
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            found.append(path.read_bytes())
            if path.suffix == ".zip":
                with zipfile.ZipFile(path) as package:
                    found += [package.read(name) for name in package.namelist()]
    return b"".join(found)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A workspace with one entry and a passphrase, which is not known any more."""
    made = tmp_path / "工作库"
    enter(made)
    passphrase.change(made, SECRET, delete_unsealed=True)
    cipher.forget()
    return made


def test_nothing_of_what_was_entered_can_be_read_in_the_folder(folder: Path) -> None:
    cipher.offer(SECRET)
    enter(folder, f"{TOLD}之二")
    with store.open_for_writing(folder) as workspace:
        backup.save(workspace.db, folder, backup.BY_HAND)
        workspace.db.execute("BEGIN IMMEDIATE")
        workspace.db.execute("UPDATE entries SET progress = progress || '三'")
        assert TOLD.encode() not in everything_in(folder)
        workspace.db.execute("ROLLBACK")
    seen = everything_in(folder)
    for word in (TOLD, "张三", SECRET):
        assert word.encode() not in seen
    assert progress(folder) == f"{TOLD}之二"


def test_without_the_passphrase_it_is_refused_and_stays_as_it_is(folder: Path) -> None:
    before = (folder / store.DATABASE).read_bytes()
    for way in (store.open_for_writing, store.open_for_reading, store.open_as_possible):
        with pytest.raises(cipher.PassphraseError) as shut:
            way(folder)
        assert not shut.value.wrong
    cipher.offer(OTHER)
    with pytest.raises(cipher.PassphraseError) as shut:
        store.open_for_writing(folder)
    assert shut.value.wrong
    assert (folder / store.DATABASE).read_bytes() == before
    cipher.offer(SECRET)
    assert progress(folder) == TOLD


def test_one_program_writes_and_another_reads(folder: Path) -> None:
    cipher.offer(SECRET)
    with store.open_for_writing(folder) as workspace:
        with pytest.raises(LockedError):
            store.open_for_writing(folder)
        reader, why = store.open_as_possible(folder)
        with reader:
            assert why
            with closing(store.second_connection(workspace)) as db:
                db.execute("UPDATE entries SET owner = '李四'")
            (owner,) = reader.db.execute("SELECT owner FROM entries").fetchone()
            assert owner == "李四"
            with pytest.raises(sqlite3.OperationalError):
                reader.db.execute("UPDATE entries SET owner = ''")
        with store.read_again(workspace) as db:
            assert db.execute("SELECT count(*) FROM entries").fetchone() == (1,)
    with store.opened_in_memory(folder) as copy:
        copy.db.execute("UPDATE entries SET progress = ''")
    assert progress(folder) == TOLD


def test_changed_and_taken_off_all_rows_are_the_same(folder: Path) -> None:
    cipher.offer(SECRET)
    with store.open_for_reading(folder) as workspace:
        mark = holdings.mark(workspace.db)
    done = passphrase.change(folder, OTHER)
    assert (done.sealed, done.removed, done.unsealed) == (True, (), 0)
    cipher.forget()
    cipher.offer(SECRET)
    with pytest.raises(cipher.PassphraseError):
        store.open_for_reading(folder)
    cipher.offer(OTHER)
    with store.open_for_reading(folder) as workspace:
        assert holdings.mark(workspace.db) == mark
    assert not passphrase.change(folder, None).sealed
    cipher.forget()
    with closing(sqlite3.connect(folder / store.DATABASE)) as plain:
        assert holdings.mark(plain) == mark
    enter(folder, "又可以写")
    with pytest.raises(KnownError, match="没有设口令"):
        passphrase.change(folder, None)
    with pytest.raises(KnownError, match="8到200"):
        passphrase.change(folder, "短")
    assert progress(folder) == "又可以写"


def test_old_backups_are_deleted_only_when_that_is_asked_for(tmp_path: Path) -> None:
    folder = tmp_path / "工作库"
    enter(folder)
    with store.open_for_writing(folder) as workspace:
        backup.save(workspace.db, folder, backup.BY_HAND)
        old = backup.save(workspace.db, folder, backup.IMPORT, bare=True)
    done = passphrase.change(folder, SECRET)
    assert (done.removed, done.unsealed) == ((), 2)
    assert "还有2个旧备份没有口令" in done.words
    assert passphrase.unsealed(folder)[0].path == old.path
    done = passphrase.change(folder, OTHER, delete_unsealed=True)
    assert (len(done.removed), done.unsealed) == (2, 0)
    assert len(backup.every(folder)) == 2


def test_backups_are_sealed_and_restored_with_the_passphrase(folder: Path, tmp_path: Path) -> None:
    cipher.offer(SECRET)
    with store.open_for_writing(folder) as workspace:
        saved = backup.automatic(workspace.db, folder)
        assert saved is None  # the one made with the passphrase holds the same
        saved = backup.save(workspace.db, folder, backup.BY_HAND)
        bundle.save(workspace.db, folder, tmp_path / "带走.zip")
    assert contents.of_file(saved.path).changes == 1
    assert contents.of_file(saved.path, thorough=True).changes == 1
    enter(folder, "后来的")
    restore.at_rest(folder, saved.path, by="张三", at=sample.NOON)
    assert progress(folder) == TOLD
    assert passphrase.unsealed(folder) == ()
    cipher.forget()
    plain = tmp_path / "另一台"
    enter(plain, "没有口令的")
    with pytest.raises(cipher.PassphraseError, match="带走"):
        restore.at_rest(plain, tmp_path / "带走.zip", by="张三", at=sample.NOON)
    assert progress(plain) == "没有口令的"
    cipher.offer(SECRET)
    restore.at_rest(plain, tmp_path / "带走.zip", by="张三", at=sample.NOON)
    cipher.forget()
    assert progress(plain) == TOLD  # what has no passphrase has none afterwards


def test_what_has_no_passphrase_is_sealed_when_it_is_restored(folder: Path, tmp_path: Path) -> None:
    enter(tmp_path / "另一台", "没有口令的")
    cipher.offer(SECRET)
    restore.at_rest(folder, tmp_path / "另一台" / store.DATABASE, by="张三", at=sample.NOON)
    assert progress(folder) == "没有口令的"
    assert "没有口令的".encode() not in everything_in(folder)


@pytest.mark.parametrize("place", [100, 4096 * 3 + 7])
def test_a_damaged_one_is_told_from_a_wrong_passphrase_and_rescued(folder: Path, place: int) -> None:
    cipher.offer(SECRET)
    with (folder / store.DATABASE).open("r+b") as file:
        file.seek(place)
        file.write(b"\0" * 64)
    with pytest.raises(DamagedError):
        store.open_for_writing(folder)
    offered = rescue.offer(folder)
    assert offered is not None
    assert offered.backup is not None
    rescue.accept(offered, by="张三", at=sample.NOON)
    assert progress(folder) == TOLD
    assert cipher.is_sealed_file(folder / store.DATABASE)


def test_any_changed_bit_is_seen(folder: Path) -> None:
    cipher.offer(SECRET)
    whole = (folder / store.DATABASE).read_bytes()
    for place in range(200, len(whole), len(whole) // 40):
        changed = bytearray(whole)
        changed[place] ^= 1
        (folder / store.DATABASE).write_bytes(changed)
        with pytest.raises(DamagedError), store.open_for_writing(folder):
            pass


def test_a_beginning_that_is_damaged_asks_for_the_passphrase_of_the_backup(folder: Path) -> None:
    with (folder / store.DATABASE).open("r+b") as file:
        file.write(b"\0" * 16)
    with pytest.raises(cipher.PassphraseError, match="备份“workspace-"):
        rescue.offer(folder)
    cipher.offer(SECRET)
    offered = rescue.offer(folder)
    assert offered is not None
    rescue.accept(offered, by="张三", at=sample.NOON)
    assert progress(folder) == TOLD


def test_a_forgotten_passphrase_leaves_earlier_backups_and_a_new_beginning(tmp_path: Path) -> None:
    folder = tmp_path / "工作库"
    enter(folder)
    with store.open_for_writing(folder) as workspace:
        kept = backup.save(workspace.db, folder, backup.BY_HAND)
    passphrase.change(folder, SECRET)
    enter(folder, "打不开的")
    cipher.forget()
    with pytest.raises(cipher.PassphraseError):
        restore.at_rest(folder, kept.path, by="张三", at=sample.NOON)
    with pytest.raises(cipher.PassphraseError):
        restore.start_anew(folder)
    done = restore.at_rest(folder, kept.path, by="张三", at=sample.NOON, forgotten=True)
    assert progress(folder) == TOLD
    assert done.set_aside is not None
    aside = tmp_path / "想起来了"
    aside.mkdir()
    (done.set_aside / store.DATABASE).rename(aside / store.DATABASE)
    cipher.offer(SECRET)
    assert progress(aside) == "打不开的"
    cipher.forget()
    home = restore.start_anew(aside, forgotten=True)
    with store.open_for_reading(aside) as workspace:
        assert entries.load(workspace.db) == {}
    assert cipher.is_sealed_file(home / store.DATABASE)


def test_an_older_one_is_brought_up_to_date(tmp_path: Path) -> None:
    folder = tmp_path / "工作库"
    with store.open_for_writing(folder, migrations.STEPS[:4]) as workspace:
        older.enter(workspace.db, sample.FINANCE_1, {"progress": TOLD})
    plain = folder / store.DATABASE
    key = cipher.new_key(SECRET)
    from desktop.workspace.file.connection import reseal

    reseal(plain, None, key)
    with store.open_for_reading(folder) as workspace:
        assert entries.load(workspace.db)[sample.FINANCE_1].entry.progress == TOLD
        with pytest.raises(KnownError, match="现在不能备份"):
            backup.save(workspace.db, folder, backup.BY_HAND)
    with store.open_for_writing(folder) as workspace:
        assert migrations.applied(workspace.db) == migrations.names(migrations.STEPS)
    assert TOLD.encode() not in everything_in(folder)
    (bare,) = backup.every(folder)
    assert passphrase.unsealed(folder) == ()
    with packed.opened(bare.path, thorough=True) as db:
        assert db.execute("SELECT progress FROM entries").fetchone() == (TOLD,)


CHANGES = """
import os, signal, sys
from pathlib import Path
from desktop.workspace.file import cipher
from desktop.workspace.safety import passphrase
cipher.ROUNDS = 2
folder, old, new, step = Path(sys.argv[1]), sys.argv[2], sys.argv[3], int(sys.argv[4])
if old:
    cipher.offer(old)
taken = 0
def die(event, _):
    global taken
    if event.startswith(("open", "os.", "shutil.", "sqlite3.")):
        taken += 1
        if taken == step:
            os.kill(os.getpid(), signal.SIGKILL)
sys.addaudithook(die)
passphrase.change(folder, new or None, delete_unsealed=True)
"""


@pytest.mark.skipif(os.name == "nt", reason="kill -9")
@pytest.mark.parametrize(("old", "new"), [("", SECRET), (SECRET, OTHER), (SECRET, "")])
def test_killed_at_any_moment_it_is_as_before_or_as_after(tmp_path: Path, old: str, new: str) -> None:
    base = tmp_path / "基"
    enter(base)
    if old:
        passphrase.change(base, old, delete_unsealed=True)
    import shutil

    step, stride, seen = 1, 6, set()
    while True:
        folder = tmp_path / str(step)
        shutil.copytree(base, folder)
        done = subprocess.run(
            [sys.executable, "-c", CHANGES, str(folder), old, new, str(step)],
            check=False,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)},
        )
        cipher.forget()
        for each in (old, new):
            if each:
                cipher.offer(each)
        enter(folder, f"接着写{step}")
        assert progress(folder) == f"接着写{step}"
        assert backup.newest_whole(backup.every(folder)) is not None or not old
        seen.add(cipher.is_sealed_file(folder / store.DATABASE))
        if done.returncode == 0:
            break
        step += stride
    assert seen == {bool(old), bool(new)}


def test_a_full_disk_leaves_it_as_it_was(folder: Path) -> None:
    import resource

    cipher.offer(SECRET)
    size = (folder / store.DATABASE).stat().st_size
    before = (folder / store.DATABASE).read_bytes()
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size // 2, hard))
    try:
        with pytest.raises(KnownError):
            passphrase.change(folder, OTHER)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert (folder / store.DATABASE).read_bytes() == before
    assert progress(folder) == TOLD


def test_it_is_sqlcipher_and_the_key_without_openssl_is_the_same(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Any tool that knows SQLCipher opens it with the passphrase alone."""
    import hashlib

    import apsw

    monkeypatch.setattr(cipher, "ROUNDS", 256_000)
    cipher.offer(SECRET)
    passphrase_before = cipher.derived("口令", b"s" * 16).raw
    assert passphrase_before == cipher.stretched_without_openssl("口令".encode(), b"s" * 16, 256_000)
    for secret, salt in ((b"", b""), (b"x" * 300, b"y" * 40)):
        expected = hashlib.pbkdf2_hmac("sha512", secret, salt, 3, 32)
        assert cipher.stretched_without_openssl(secret, salt, 3) == expected
    monkeypatch.setattr(cipher, "ROUNDS", 2)
    cipher.new_key(SECRET)
    store.open_for_reading(folder).close()
    monkeypatch.setattr(cipher, "ROUNDS", 256_000)
    cipher.forget()
    plain = folder.parent / "别的工具.db"
    with closing(sqlite3.connect(plain)) as db:
        db.execute("CREATE TABLE t (a)")
    from desktop.workspace.file.connection import reseal

    reseal(plain, None, cipher.new_key(SECRET))
    raw = apsw.Connection(str(plain))
    for pragma in ("cipher = 'sqlcipher'", "legacy = 4", f"key = '{SECRET}'"):
        raw.execute(f"PRAGMA {pragma}")
    assert raw.execute("SELECT count(*) FROM t").fetchone() == (0,)
    raw.close()


def test_errors_are_those_of_sqlite3(folder: Path) -> None:
    cipher.offer(SECRET)
    with store.open_for_writing(folder) as workspace:
        db = workspace.db
        with pytest.raises(sqlite3.OperationalError) as wrong:
            db.execute("SELECT * FROM nothing")
        assert wrong.value.sqlite_errorcode == sqlite3.SQLITE_ERROR
        with pytest.raises(sqlite3.IntegrityError) as twice:
            db.execute("INSERT INTO entries SELECT * FROM entries")
        assert twice.value.sqlite_errorcode & 0xFF == sqlite3.SQLITE_CONSTRAINT
        cursor = db.execute("UPDATE entries SET owner = ?", ("王五",))
        assert (cursor.rowcount, cursor.fetchall(), cursor.fetchone()) == (1, [], None)
        cursor = db.cursor()
        cursor.execute("SELECT owner AS who FROM entries WHERE owner = :who", {"who": "王五"})
        assert cursor.description[0][0] == "who"
        assert list(cursor) == [("王五",)]
        assert cursor.fetchmany(3) == []
        assert not db.in_transaction
        with db:
            db.execute("BEGIN")
            db.execute("DELETE FROM settings")
        assert not db.in_transaction
    with pytest.raises(sqlite3.ProgrammingError):
        db.execute("SELECT 1")
    with pytest.raises(sqlite3.ProgrammingError):
        _ = db.in_transaction
