"""The tour as a process of its own would make it: pictures of the real window, workbooks of the real data."""

from __future__ import annotations

import hashlib
from datetime import datetime
from pathlib import Path

import pytest
from openpyxl import load_workbook
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from desktop.catalogue import query
from desktop.catalogue.store import open_catalogue
from desktop.errors import KnownError
from desktop.ui.demo import sample_entries, tour
from desktop.workspace.file import store
from desktop.workspace.items import checklist
from desktop.workspace.items.model import ItemKey

PAGES = (
    "browse",
    "search",
    "checklist",
    "overview",
    "round",
    "import",
    "visits",
    "visit",
    "demands",
    "round-new",
    "backup",
    "package",
    "library",
    "proofreading",
    "wizard",
)
TASKS = (
    "copy",
    "favourites",
    "print",
    "notices-out",
    "evidence",
    "history",
    "handover",
    "round-end",
    "seal",
    "restore",
    "firm",
    "leaflet",
    "plan",
    "demands-out",
    "field-lists",
    "twice",
)


def state(folder: Path) -> dict[str, str]:
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)  # menus, offscreen
def test_tour_draws_every_page_and_exports_every_list(qapp: QApplication, tmp_path: Path) -> None:
    made = tour.run(tmp_path / "out", tmp_path / "none")
    assert all(path.is_file() for path in made)
    assert {path.name for path in made} == {path.name for path in (tmp_path / "out").iterdir()}
    assert all(path.name.startswith("示例-") for path in made)
    pictures = {path.stem.removeprefix("示例-"): QImage(str(path)) for path in made if path.suffix == ".png"}
    assert set(pictures) == {*PAGES, *(f"{name}-dark" for name in PAGES), *TASKS}
    for name, picture in pictures.items():
        if name in TASKS:
            assert picture.width() <= 1366
            continue
        assert (picture.width(), picture.height()) == (1366, 768)
        assert (picture.pixelColor(300, 5).lightness() < 100) is name.endswith("-dark")
    assert len({state(tmp_path / "out")[f"示例-{name}.png"] for name in pictures}) == len(pictures)
    books = [path for path in made if path.suffix == ".xlsx"]
    assert len(books) == 1 + 21
    everything = load_workbook(books[0], read_only=True)
    assert everything.sheetnames[0] == "示例-汇总"
    shown = [sheet for sheet in everything.worksheets if sheet.sheet_state == "visible"]
    assert all(sheet.title.startswith("示例-") for sheet in shown)
    assert all("（示例，内容为虚构）" in str(sheet.cell(1, 1).value) for sheet in shown)
    everything.close()
    assert books[0].name.startswith("示例-全部责任单位-责任清单-城政办发〔2023〕3号-")


def test_tour_shows_a_named_workspace_and_writes_nothing_to_it(qapp: QApplication, tmp_path: Path) -> None:
    folder = tmp_path / "工作库"
    measures = open_catalogue()
    catalogue = query.load(measures)
    measures.close()
    unit = catalogue.find_unit("区商务局")
    key = ItemKey(unit.key, catalogue.measures_of(unit.key)[0].key)
    with store.open_for_writing(folder) as opened:
        now = datetime.now().astimezone()
        checklist.edit(opened.db, catalogue, key, {"owner": "本库责任人"}, by="甲", source="录入", at=now)
    before = state(folder)
    made = tour.run(tmp_path / "out", folder)
    assert state(folder) == before
    (book,) = (path for path in made if path.name.startswith("区商务局"))
    workbook = load_workbook(book)
    cells = {cell.value for sheet in workbook.worksheets for row in sheet.iter_rows() for cell in row}
    assert "本库责任人" in cells
    assert not any(
        isinstance(value, str) and owner in value for value in cells for owner in sample_entries.OWNERS
    )


def test_nothing_invented_stands_under_a_workspace_that_cannot_be_read(
    qapp: QApplication, tmp_path: Path
) -> None:
    folder = tmp_path / "工作库"
    folder.mkdir()
    (folder / store.DATABASE).write_bytes(b"damaged")
    with pytest.raises(KnownError):
        tour.run(tmp_path / "out", folder)
    assert not (tmp_path / "out").exists()


def test_tour_says_when_it_cannot_write(qapp: QApplication, tmp_path: Path) -> None:
    (tmp_path / "out").write_text("不是文件夹", encoding="utf-8")
    with pytest.raises(KnownError, match="不是文件夹"):
        tour.run(tmp_path / "out", tmp_path / "none")
    assert (tmp_path / "out").read_text(encoding="utf-8") == "不是文件夹"


def test_sample_is_told_in_words_that_nobody_takes_for_real(tmp_path: Path) -> None:
    measures = open_catalogue()
    catalogue = query.load(measures)
    with store.open_for_writing(tmp_path) as opened:
        now = datetime.now().astimezone()
        sample_entries.fill(opened.db, catalogue, now)
        rows = checklist.every_item(opened.db, catalogue, now.date())
        newest = opened.db.execute("SELECT max(at) FROM changes").fetchone()[0]
    measures.close()
    assert {row.entry.owner for row in rows} <= {"", *sample_entries.OWNERS}
    assert all(owner.endswith("××") for owner in sample_entries.OWNERS)
    assert datetime.fromisoformat(newest) < now
