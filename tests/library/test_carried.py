"""Notices within a backup of the workspace: they come back where they are not, and nothing else does."""

from __future__ import annotations

import io
from datetime import datetime
from pathlib import Path
from typing import IO

import pytest

from desktop.library import carried, folders, opening, store
from tests.catalogue import invented

NOW = datetime(2031, 4, 1)
AHEAD = "ayzb-2031-7"


@pytest.fixture
def packed(tmp_path: Path) -> dict[str, bytes]:
    folder = tmp_path / "there"
    store.accept(folder, invented.ahead(), now=NOW)
    store.accept(folder, invented.plain(), now=NOW)
    store.use(folder, AHEAD, False)
    (folders.root(folder) / "drafts" / "x").mkdir(parents=True)
    (folders.root(folder) / "drafts" / "x" / "source.txt").touch()
    return {name: path.read_bytes() for name, path in carried.held(folder)}


def bring(folder: Path, files: dict[str, bytes]) -> tuple[str, ...]:
    def opened(name: str) -> IO[bytes]:
        return io.BytesIO(files[name])

    return carried.bring(folder, list(files), opened, (KeyError,))


def test_they_come_back_with_what_was_decided_of_them(tmp_path: Path, packed: dict[str, bytes]) -> None:
    assert not any("drafts" in name for name in packed)
    folder = tmp_path / "here"
    assert sorted(bring(folder, packed)) == [AHEAD, "n-2031-mmscjxfr"]
    assert {name: path.read_bytes() for name, path in carried.held(folder)} == packed
    found = opening.opened(folder)
    found.db.close()
    assert found.warning == ""
    assert [notice.key for notice in found.catalogue.notices] == ["czbf-2023-3", "n-2031-mmscjxfr"]


def test_what_is_there_stays(tmp_path: Path, packed: dict[str, bytes]) -> None:
    folder = tmp_path / "here"
    store.accept(folder, invented.ahead(), now=NOW)
    notes = folders.root(folder) / AHEAD / "annotations.toml"
    notes.write_text(notes.read_text("utf-8") + "\n# 改过\n", "utf-8")
    assert bring(folder, packed) == ("n-2031-mmscjxfr",)
    assert notes.read_text("utf-8").endswith("# 改过\n")
    assert bring(folder, packed) == ()


@pytest.mark.parametrize("name", [f"notices/{AHEAD}/structure.json", f"notices/{AHEAD}/notice.txt"])
def test_a_spoilt_notice_stays_out(tmp_path: Path, packed: dict[str, bytes], name: str) -> None:
    spoilt = packed | {name: packed[name][:-40]}
    assert bring(tmp_path / "here", spoilt) == ("n-2031-mmscjxfr",)


def test_names_that_lead_elsewhere_are_not_followed(tmp_path: Path, packed: dict[str, bytes]) -> None:
    hostile = {
        "notices/../../x/notice.txt": b"x",
        "/etc/notice.txt": b"x",
        "notices/czbf-2023-3/notice.txt": b"x",
    }
    assert bring(tmp_path / "here", hostile) == ()
    assert not (tmp_path / "here").exists()
