"""The program's own measures are those that it came with, whatever became of their file."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from desktop import paths
from desktop.catalogue import store
from desktop.errors import KnownError
from desktop.library.index_opened import open_bundled


@pytest.fixture
def resources(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the program's resources, which the program takes for its own."""
    copy = tmp_path / "resources"
    shutil.copytree(paths.resources(), copy)
    monkeypatch.setattr(paths, "resources", lambda: copy)
    return copy


def cut(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:-4096])


def altered(file: Path) -> None:
    content = file.read_bytes()
    file.write_bytes(content.replace("中小企业".encode(), "大型企业".encode(), 1))


def gone(file: Path) -> None:
    file.unlink()


def test_the_file_itself_is_used_where_it_is_right(resources: Path) -> None:
    db, told = open_bundled()
    with closing(db):
        assert told == ""


@pytest.mark.parametrize("spoil", [cut, altered, gone])
def test_a_damaged_altered_or_lost_file_is_named_and_not_used(
    resources: Path, spoil: Callable[[Path], None]
) -> None:
    with closing(store.open_catalogue()) as right:
        expected = store.content_sha256(right)
    spoil(resources / "measures.db")
    db, told = open_bundled()
    with closing(db):
        assert store.content_sha256(db) == expected
    assert str(resources / "measures.db") in told
    assert "已由随附的发文原文重新生成" in told
    assert "重新复制" in told


def test_sources_that_were_altered_too_are_not_used(resources: Path) -> None:
    cut(resources / "measures.db")
    (notice,) = resources.glob("notices/*/notice.txt")
    altered(notice)
    with pytest.raises(KnownError, match="没有使用其中任何内容"):
        open_bundled()
