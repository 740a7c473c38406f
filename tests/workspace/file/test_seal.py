"""What a disk changes by itself in a closed workspace, a backup or a package is seen, and nothing else is."""

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
from desktop.errors import DamagedError, KnownError
from desktop.workspace.evidence import attached
from desktop.workspace.file import backup, seal, store
from desktop.workspace.file.transaction import transaction
from desktop.workspace.items import checklist
from desktop.workspace.safety import bundle, contents, rescue, restore
from tests.workspace.sample import FINANCE_1, NOON, TODAY


def fill(folder: Path, catalogue: Catalogue) -> Path:
    """Close a workspace in which something stands; return its file."""
    with store.open_for_writing(folder) as workspace:
        for number in range(30):
            values = {"owner": f"第{number}人", "progress": f"已拨付{number}笔。" * 20}
            checklist.edit(workspace.db, catalogue, FINANCE_1, values, by="张三", source="录入", at=NOON)
    return folder / store.DATABASE


def all_of(path: Path) -> list[str]:
    with closing(sqlite3.connect(f"{path.as_uri()}?immutable=1", uri=True)) as db:
        return list(db.iterdump())


def content(path: Path) -> list[str]:
    """Return all rows but those in which a restore itself is told."""
    told = ("restores", "identities")
    return [
        line for line in all_of(path) if line.startswith("INSERT") and not any(name in line for name in told)
    ]


def flipped(data: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(len(data) * 8)
    return data[: at // 8] + bytes([data[at // 8] ^ 1 << at % 8]) + data[at // 8 + 1 :]


def test_no_single_bit_is_changed_unseen(tmp_path: Path, catalogue: Catalogue) -> None:
    """Four hundred times, one bit anywhere: the file is refused, or nothing that it says has changed."""
    path = fill(tmp_path / "工作库", catalogue)
    whole, said = path.read_bytes(), all_of(path)
    chance = random.Random(20261128)
    refused = 0
    for _ in range(400):
        path.write_bytes(data := flipped(whole, chance))
        try:
            store.open_for_reading(path.parent).close()
        except KnownError:
            refused += 1
            with pytest.raises(KnownError):
                store.open_for_writing(path.parent)
            assert path.read_bytes() == data
        else:
            assert all_of(path) == said
    assert refused > 390


def test_no_backup_with_one_bit_changed_is_restored(
    db: sqlite3.Connection, tmp_path: Path, catalogue: Catalogue
) -> None:
    folder = tmp_path / "工作库"
    copy = fill(tmp_path / "别处", catalogue)
    package = tmp_path / "包.zip"
    with store.open_for_writing(copy.parent) as other:
        saved = backup.save(other.db, copy.parent, backup.BY_HAND).path
        bundle.save(other.db, copy.parent, package)
    chance = random.Random(20261128)
    said = content(copy)
    refused = 0
    for file in (copy, saved, package):
        whole = file.read_bytes()
        for _ in range(40):
            file.write_bytes(flipped(whole, chance))
            try:
                restore.into(db, folder, file, by="李四", at=NOON)
            except KnownError:
                refused += 1
            else:
                assert content(folder / store.DATABASE) == said
        file.write_bytes(whole)
        restore.into(db, folder, file, by="李四", at=NOON)
        assert content(folder / store.DATABASE) == said
    assert refused > 90


def test_damage_is_offered_the_newest_good_backup(tmp_path: Path, catalogue: Catalogue) -> None:
    folder = tmp_path / "工作库"
    path = fill(folder, catalogue)
    with store.open_for_writing(folder) as workspace:
        good = backup.save(workspace.db, folder, backup.BY_HAND).path
        bad = good.with_name("workspace-00009-20261123-235959-start.db")
        backup.write_copy(workspace.db, bad)
    for each in (path, bad):
        each.chmod(0o600)
        each.write_bytes(each.read_bytes().replace("第29人".encode(), "第28人".encode()))
    with pytest.raises(DamagedError, match="与上次关闭时不一致"):
        store.open_as_possible(folder)
    offered = rescue.offer(folder)
    assert offered is not None
    assert offered.backup is not None
    assert offered.backup.path == good
    with pytest.raises(DamagedError):
        contents.of_file(bad, thorough=True)
    rescue.accept(offered, by="李四", at=NOON)
    with store.open_for_reading(folder) as workspace:
        assert checklist.item(workspace.db, catalogue, FINANCE_1, TODAY).entry.owner == "第29人"


def by_sqlite(path: Path) -> None:
    with closing(sqlite3.connect(path)) as db:
        db.execute("UPDATE entries SET owner = '别的程序写的'")
        db.commit()


def by_a_kill(path: Path) -> None:
    """Leave the file as a program does that was killed after an edit: written, and not sealed."""
    with closing(store.connect(path)) as db, transaction(db):
        db.execute("UPDATE entries SET owner = '没有封好'")


@pytest.mark.parametrize("write", [by_sqlite, by_a_kill])
def test_whoever_writes_through_sqlite_is_no_damage(
    tmp_path: Path, catalogue: Catalogue, write: Callable[[Path], None]
) -> None:
    path = fill(tmp_path, catalogue)
    write(path)
    assert not seal.is_broken(path)
    store.open_for_reading(tmp_path).close()
    store.open_for_writing(tmp_path).close()


def test_a_copy_is_sealed_as_its_file_was_and_two_that_went_apart_are_both_good(
    tmp_path: Path, catalogue: Catalogue
) -> None:
    path = fill(tmp_path / "一", catalogue)
    (tmp_path / "二").mkdir()
    shutil.copyfile(path, tmp_path / "二" / path.name)
    fill(tmp_path / "二", catalogue)
    shutil.copyfile(tmp_path / "二" / path.name, path)
    with store.open_for_writing(path.parent) as workspace:
        assert checklist.item(workspace.db, catalogue, FINANCE_1, TODAY).entry.owner == "第29人"


def test_the_seal_is_broken_by_the_first_edit_and_put_at_the_end(
    tmp_path: Path, catalogue: Catalogue
) -> None:
    path = fill(tmp_path, catalogue)
    with store.open_for_writing(tmp_path) as workspace:
        (sealed,) = workspace.db.execute("PRAGMA user_version").fetchone()
        assert sealed > 0
        with store.open_for_reading(tmp_path) as reader:
            assert reader.read_only
        checklist.edit(workspace.db, catalogue, FINANCE_1, {"owner": "新"}, by="张三", source="录入", at=NOON)
        assert workspace.db.execute("PRAGMA user_version").fetchone() == (0,)
    before = path.read_bytes()
    assert before[60:64] != bytes(4)
    store.open_for_writing(tmp_path).close()
    assert path.read_bytes() == before


def test_evidence_that_rotted_is_not_packed_as_good(tmp_path: Path, catalogue: Catalogue) -> None:
    """A paper whose bytes changed while size and time stayed is read before it is packed."""
    paper = tmp_path / "凭证.pdf"
    paper.write_bytes(b"%PDF good")
    folder = tmp_path / "工作库"
    with store.open_for_writing(folder) as workspace:
        one = attached.add(workspace.db, folder, catalogue, FINANCE_1, paper, by="张三", at=NOON)
        kept = folder / store.FOLDER / one.stored.place
        kept.chmod(0o600)
        kept.write_bytes(b"%PDF gone")
        os.utime(kept, (one.stored.written, one.stored.written))
        made = bundle.save(workspace.db, folder, tmp_path / "包.zip")
        assert (made.packed, made.absent) == (0, ("凭证.pdf",))
