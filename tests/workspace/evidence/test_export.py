from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from desktop.catalogue.query import Catalogue
from desktop.errors import KnownError
from desktop.workspace.evidence import attached
from desktop.workspace.evidence.export import export_to
from desktop.workspace.items.model import ItemKey
from tests.workspace.sample import FINANCE_1, FINANCE_2, NOBODY_4, NOON, TAX_2


@pytest.fixture
def folder(tmp_path: Path, db: sqlite3.Connection, catalogue: Catalogue) -> Path:
    """Return the folder of a workspace with five papers, two of them of one name for one item."""
    folder = tmp_path / "工作库"

    def attach(key: ItemKey, name: str, content: bytes) -> None:
        (tmp_path / name).write_bytes(content)
        attached.add(db, folder, catalogue, key, tmp_path / name, by="张三", at=NOON)

    attach(FINANCE_1, "凭证.pdf", b"1")
    attach(FINANCE_1, "凭证.pdf", b"2")
    attach(FINANCE_2, "凭证.pdf", b"3")
    attach(TAX_2, "照片：现场.jpg", b"4")
    attach(NOBODY_4, "说明.docx", b"5")
    return folder


def _files(target: Path) -> dict[str, bytes]:
    return {
        path.relative_to(target).as_posix(): path.read_bytes() for path in target.rglob("*") if path.is_file()
    }


def test_each_unit_gets_a_folder_and_each_file_the_measures_number(
    tmp_path: Path, db: sqlite3.Connection, catalogue: Catalogue, folder: Path
) -> None:
    target = tmp_path / "导出" / "佐证材料"
    told: list[tuple[int, int]] = []
    done = export_to(folder, target, catalogue, attached.every(db), report=lambda *n: told.append(n))
    assert _files(target) == {
        "区财政局/第1条-凭证.pdf": b"1",
        "区财政局/第1条-凭证（2）.pdf": b"2",
        "区财政局/第2条-凭证.pdf": b"3",
        "区税务局/第2条-照片：现场.jpg": b"4",
        "未明确责任单位/第4条-说明.docx": b"5",
    }
    assert [path.read_bytes() for _, path in done.files] == [b"1", b"2", b"3", b"4", b"5"]
    assert done.missing == done.altered == ()
    assert done.words == "已导出佐证材料5份。"
    assert told == [(n, 5) for n in range(1, 6)]


def test_exporting_again_adds_nothing_and_replaces_nothing(
    tmp_path: Path, db: sqlite3.Connection, catalogue: Catalogue, folder: Path
) -> None:
    target = tmp_path / "佐证材料"
    files = attached.of_unit(db, "tax")
    export_to(folder, target, catalogue, files)
    mine = target / "区税务局" / "第2条-照片：现场.jpg"
    export_to(folder, target, catalogue, files)
    assert _files(target) == {"区税务局/第2条-照片：现场.jpg": b"4"}
    mine.write_bytes(b"somebody drew on it")
    ((_, path),) = export_to(folder, target, catalogue, files).files
    assert path.name == "第2条-照片：现场（2）.jpg"
    assert (mine.read_bytes(), path.read_bytes()) == (b"somebody drew on it", b"4")


def test_missing_and_altered_files_are_told_and_not_copied(
    tmp_path: Path, db: sqlite3.Connection, catalogue: Catalogue, folder: Path
) -> None:
    first, second, *_ = attached.every(db)
    first.path(folder).unlink()
    second.path(folder).chmod(0o644)
    second.path(folder).write_bytes(b"9")
    done = export_to(folder, tmp_path / "t", catalogue, attached.of_item(db, FINANCE_1))
    assert (done.files, done.missing, done.altered) == ((), (first,), (second,))
    assert done.words == (
        "已导出佐证材料0份。1份文件缺失，没有导出：凭证.pdf。1份内容已改动，没有导出：凭证（2）.pdf。"
    )
    assert not (tmp_path / "t").exists()


def test_it_stops_when_told_to(
    tmp_path: Path, db: sqlite3.Connection, catalogue: Catalogue, folder: Path
) -> None:
    asked = iter([False, False, True])
    done = export_to(folder, tmp_path / "t", catalogue, attached.every(db), cancelled=lambda: next(asked))
    assert len(done.files) == len(_files(tmp_path / "t")) == 2


def test_a_place_that_cannot_be_written_is_said_plainly(
    tmp_path: Path, db: sqlite3.Connection, catalogue: Catalogue, folder: Path
) -> None:
    (tmp_path / "t").write_text("a file")
    with pytest.raises(KnownError, match="不是文件夹"):
        export_to(folder, tmp_path / "t", catalogue, attached.every(db))
    assert (tmp_path / "t").read_text() == "a file"
