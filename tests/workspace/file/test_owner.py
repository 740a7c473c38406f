"""A workspace is for its owner alone; what people export follows their umask."""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop import logs
from desktop.catalogue.query import Catalogue
from desktop.disk import write_beside
from desktop.workspace.evidence import attached
from desktop.workspace.file import backup, store
from desktop.workspace.items import checklist
from desktop.workspace.safety import bundle, restore
from tests.workspace.sample import FINANCE_1, NOON

pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows has no modes")


@pytest.fixture(params=[0o022, 0o000, 0o077])
def umask(request: pytest.FixtureRequest) -> Iterator[int]:
    before = os.umask(request.param)
    yield request.param
    os.umask(before)


def open_to_others(folder: Path) -> list[str]:
    paths = [folder, *folder.rglob("*")]
    return [str(path.relative_to(folder)) for path in paths if path.stat().st_mode & 0o077]


def test_everything_in_a_workspace_is_for_its_owner(umask: int, tmp_path: Path, catalogue: Catalogue) -> None:
    folder = tmp_path / "家" / "工作库"
    paper = tmp_path / "凭证.pdf"
    paper.write_bytes(b"%PDF")
    with store.open_for_writing(folder) as workspace:
        db = workspace.db
        attached.add(db, folder, catalogue, FINANCE_1, paper, by="张三", at=NOON)
        checklist.edit(db, catalogue, FINANCE_1, {"owner": "张"}, by="张三", source="录入", at=NOON)
        backup.save(db, folder, backup.BY_HAND)
        assert (folder / "workspace.lock.txt").exists()
        with store.open_for_reading(folder):
            assert open_to_others(folder) == []
        for name in ("备份.db", "备份.zip"):
            bundle.save(db, folder, tmp_path / name)
            assert (tmp_path / name).stat().st_mode & 0o777 == 0o666 & ~umask
    assert logs.start(folder / "logs") is not None
    logging.getLogger("desktop").warning("记一句")
    logs.stop()
    (folder / store.DATABASE).write_bytes(b"damaged" * 999)
    restore.at_rest(folder, tmp_path / "备份.zip", by="张三", at=NOON)
    (folder / store.DATABASE).write_bytes(b"damaged" * 999)
    restore.start_anew(folder)
    assert open_to_others(folder) == []
    assert {path.name for path in folder.iterdir()} >= {"logs", "damaged", "backups", "evidence"}


def test_a_log_begun_before_the_workspace_makes_its_folder_as_private(umask: int, tmp_path: Path) -> None:
    logs.start(tmp_path / "工作库" / "logs")
    logs.stop()
    assert open_to_others(tmp_path / "工作库") == []


def test_an_export_follows_the_umask(umask: int, tmp_path: Path) -> None:
    with write_beside(tmp_path / "深" / "书.xlsx") as draft:
        draft.write_bytes(b"PK")
    assert (tmp_path / "深" / "书.xlsx").stat().st_mode & 0o777 == 0o666 & ~umask
    assert (tmp_path / "深").stat().st_mode & 0o777 == 0o777 & ~umask
