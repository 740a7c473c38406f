from __future__ import annotations

import os
import resource
import shutil
import sqlite3
import zipfile
from contextlib import closing
from pathlib import Path

import pytest

from desktop.catalogue.query import Catalogue
from desktop.errors import KnownError
from desktop.workspace.evidence import attached
from desktop.workspace.evidence.attached import Evidence
from desktop.workspace.safety import bundle, restore
from tests.workspace.conftest import Enter
from tests.workspace.sample import FINANCE_1, FINANCE_2, NOON


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return the folder of the workspace that ``db`` is."""
    return tmp_path / "工作库"


@pytest.fixture
def papers(
    tmp_path: Path, db: sqlite3.Connection, folder: Path, catalogue: Catalogue, enter: Enter
) -> tuple[Evidence, ...]:
    """Attach three papers: two contents, one of them for two items, the other one taken off again."""
    enter(FINANCE_1, owner="甲")
    made = []
    for key, name, content in (
        (FINANCE_1, "甲.pdf", b"same"),
        (FINANCE_2, "乙.pdf", b"same"),
        (FINANCE_2, "丙.pdf", b"other"),
    ):
        (tmp_path / name).write_bytes(content)
        made.append(attached.add(db, folder, catalogue, key, tmp_path / name, by="张三", at=NOON))
    attached.remove(db, catalogue, made[2].id, by="张三", at=NOON)
    return tuple(made)


def _owner(path: Path) -> str:
    with closing(sqlite3.connect(path)) as copy:
        assert copy.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        return str(copy.execute("SELECT owner FROM entries WHERE owner <> ''").fetchone()[0])


def test_a_package_holds_the_database_and_each_content_once(
    tmp_path: Path, db: sqlite3.Connection, folder: Path, papers: tuple[Evidence, ...]
) -> None:
    target = tmp_path / "备份 2026.zip"
    saved = bundle.save(db, folder, target)
    assert (saved.path, saved.packed, saved.left_out, saved.absent) == (target, 2, 0, ())
    assert saved.size == target.stat().st_size
    with zipfile.ZipFile(target) as package:
        assert package.testzip() is None
        assert sorted(package.namelist()) == sorted(
            ["workspace.db", *{f"evidence/{one.stored.place}" for one in papers}]
        )
        assert package.read(f"evidence/{papers[0].stored.place}") == b"same"
        package.extract("workspace.db", tmp_path / "out")
    assert _owner(tmp_path / "out" / "workspace.db") == "甲"
    assert not [path for path in tmp_path.iterdir() if path.suffix == ".part"]


def test_any_other_name_makes_a_copy_of_the_database(
    tmp_path: Path, db: sqlite3.Connection, folder: Path, papers: tuple[Evidence, ...]
) -> None:
    saved = bundle.save(db, folder, tmp_path / "备份.db")
    assert (saved.packed, saved.left_out) == (0, 2)
    assert _owner(saved.path) == "甲"


def test_what_is_missing_or_altered_is_named_and_left_out(
    tmp_path: Path, db: sqlite3.Connection, folder: Path, papers: tuple[Evidence, ...]
) -> None:
    papers[0].path(folder).unlink()
    saved = bundle.save(db, folder, tmp_path / "b.zip")
    assert saved.packed == 1
    assert len(saved.absent) == 1
    assert saved.absent[0] in ("甲.pdf", "乙.pdf")


def test_what_was_there_is_replaced_only_by_a_whole_backup(
    tmp_path: Path, db: sqlite3.Connection, folder: Path, papers: tuple[Evidence, ...]
) -> None:
    target = tmp_path / "b.zip"
    target.write_bytes(b"the backup of yesterday")
    shutil.rmtree(papers[0].path(folder).parent)
    papers[0].path(folder).parent.mkdir()
    db.execute("PRAGMA busy_timeout = 50")
    with closing(sqlite3.connect(folder / "workspace.db", isolation_level=None)) as tool:
        tool.execute("BEGIN EXCLUSIVE")
        with pytest.raises(KnownError, match="占用"):
            bundle.save(db, folder, target)
    assert target.read_bytes() == b"the backup of yesterday"
    bundle.save(db, folder, target)
    assert zipfile.is_zipfile(target)


@pytest.mark.parametrize("name", ["workspace.db", "workspace.db-journal"])
def test_the_workspace_is_never_written_over(folder: Path, db: sqlite3.Connection, name: str) -> None:
    before = (folder / "workspace.db").read_bytes()
    with pytest.raises(KnownError, match="自己的文件"):
        bundle.save(db, folder, folder / "backups" / ".." / name)
    assert (folder / "workspace.db").read_bytes() == before


@pytest.mark.parametrize("moment", [-1, 0, 4_500_000_000])
def test_papers_of_any_time_are_packed(
    tmp_path: Path, db: sqlite3.Connection, folder: Path, catalogue: Catalogue, moment: int
) -> None:
    (tmp_path / "甲.jpg").write_bytes(b"a camera without a clock")
    os.utime(tmp_path / "甲.jpg", (moment, moment))
    made = attached.add(db, folder, catalogue, FINANCE_1, tmp_path / "甲.jpg", by="", at=NOON)
    assert made.stored.written == moment
    assert bundle.save(db, folder, tmp_path / "b.zip").packed == 1
    done = restore.at_rest(tmp_path / "other", tmp_path / "b.zip", by="", at=NOON)
    assert done.evidence_added == 1


def test_missing_folders_are_made(tmp_path: Path, folder: Path, db: sqlite3.Connection) -> None:
    assert bundle.save(db, folder, tmp_path / "新" / "文件夹" / "b.db").path.exists()


@pytest.mark.parametrize("name", ["b.db", "b.zip"])
def test_a_place_that_cannot_be_written_is_said_plainly(
    tmp_path: Path, folder: Path, db: sqlite3.Connection, name: str
) -> None:
    (tmp_path / "file").write_text("in the way")
    (tmp_path / name).mkdir()
    for target, words in ((tmp_path / name, "占着"), (tmp_path / "file" / name, "不是文件夹")):
        with pytest.raises(KnownError, match=words):
            bundle.save(db, folder, target)
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (2000, before[1]))
    with pytest.raises(KnownError, match="没有写成"):
        bundle.save(db, folder, tmp_path / f"2{name}")
    resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(["file", name, folder.name])
