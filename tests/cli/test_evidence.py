"""evidence add, list, check, remove and export."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from .conftest import Call

FILE = ["id", "unit", "number", "name", "sha256", "size", "at", "by", "state"]


@pytest.fixture
def paper(tmp_path: Path) -> Path:
    path = tmp_path / "会议纪要.pdf"
    path.write_bytes(b"%PDF whatever")
    return path


def test_a_file_is_attached_and_told(call: Call, paper: Path) -> None:
    done = call("evidence", "add", "财政局", "2", str(paper), "--by", "甲", "--json")
    assert done.code == 0
    assert list(done.json) == FILE
    assert {name: done.json[name] for name in FILE if name not in ("id", "at")} == {
        "unit": "区财政局",
        "number": 2,
        "name": "会议纪要.pdf",
        "sha256": hashlib.sha256(paper.read_bytes()).hexdigest(),
        "size": 13,
        "by": "甲",
        "state": "ok",
    }
    assert paper.exists()
    (change,) = call("history", "财政局", "2", "--json").json
    assert (change["field"], change["after"], change["source"]) == ("evidence", "会议纪要.pdf", "命令行")


def test_the_same_content_is_attached_once(call: Call, paper: Path) -> None:
    for _ in range(2):
        assert call("evidence", "add", "财政局", "2", str(paper)).code == 0
    assert len(call("evidence", "list", "--json").json) == 1


def test_lists_of_an_item_of_a_unit_and_of_all(call: Call, paper: Path) -> None:
    assert call("evidence", "list").out == "没有佐证材料。\n"
    for unit, number in (("财政局", "2"), ("财政局", "3"), ("工信局", "16")):
        call("evidence", "add", unit, number, str(paper))
    assert [
        len(call("evidence", "list", *words, "--json").json) for words in ([], ["财政局"], ["财政局", "3"])
    ] == [3, 2, 1]
    assert "会议纪要.pdf" in call("evidence", "list", "工信局").out


def test_what_is_missing_or_altered_is_found(call: Call, paper: Path, folder: Path) -> None:
    call("evidence", "add", "财政局", "2", str(paper))
    assert call("evidence", "check").code == 0
    (stored,) = (path for path in (folder / "evidence").rglob("*") if path.is_file())
    stored.chmod(0o644)
    stored.write_bytes(b"%PDF Whatever")
    checked = call("evidence", "check", "--json")
    assert (checked.code, checked.json[0]["state"]) == (1, "altered")
    stored.unlink()
    assert call("evidence", "list", "--json").json[0]["state"] == "missing"
    told = call("evidence", "export", "-o", str(folder.parent / "带走"))
    assert told.code == 1
    assert "会议纪要.pdf" in told.out


def test_a_file_is_taken_off_and_stays_in_the_history(call: Call, paper: Path) -> None:
    number = str(call("evidence", "add", "财政局", "2", str(paper), "--json").json["id"])
    assert call("evidence", "remove", number, "--json").json == {"removed": 1}
    assert call("evidence", "remove", number, "--json").json == {"removed": 0}
    assert call("evidence", "remove", "99").code == 1
    assert call("evidence", "list", "--json").json == []
    assert len(call("history", "财政局", "2", "--json").json) == 2


def test_files_are_taken_along_in_a_folder_per_unit(call: Call, paper: Path, tmp_path: Path) -> None:
    call("evidence", "add", "财政局", "2", str(paper))
    call("evidence", "add", "工信局", "16", str(paper))
    target = tmp_path / "带走"
    done = call("evidence", "export", "财政局", "-o", str(target), "--json")
    assert (done.code, done.json) == (0, [str(target / "区财政局" / "第2条-会议纪要.pdf")])
    assert (target / "区财政局" / "第2条-会议纪要.pdf").read_bytes() == paper.read_bytes()


def test_what_cannot_be_attached_is_told_and_changes_nothing(
    call: Call, tmp_path: Path, folder: Path
) -> None:
    (tmp_path / "空.txt").write_bytes(b"")
    for unit, number, name in (
        ("财政局", "2", "无.txt"),
        ("财政局", "2", "空.txt"),
        ("税务局", "2", "空.txt"),
    ):
        told = call("evidence", "add", unit, number, str(tmp_path / name))
        assert (told.code, told.out) == (1, "")
    assert call("evidence", "list", "--json").json == []
    assert call("history", "--json").json == []
