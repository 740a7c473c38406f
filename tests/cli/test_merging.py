"""pack and unpack on the command line, and the form that docs/commands.md promises."""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Sequence
from datetime import UTC, timedelta
from pathlib import Path
from typing import Any

import pytest

from desktop import paths
from desktop.cli import entry
from desktop.workspace.file import store
from desktop.workspace.journal import writing
from desktop.workspace.journal.model import Edit, Stamp

from .conftest import NOW, Call, Outcome

PAGE = (paths.home() / "docs" / "commands.md").read_text(encoding="utf-8")


def shape(value: Any) -> Any:
    """Return names and types of a JSON value."""
    if isinstance(value, dict):
        return {name: shape(one) for name, one in value.items()}
    if isinstance(value, list):
        return [shape(value[0])] if value else []
    return type(value).__name__


@pytest.fixture
def other(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Call:
    """Another machine."""

    def run(*arguments: str) -> Outcome:
        code = entry.run(["--workspace", str(tmp_path / "另一台"), *arguments], now=NOW)
        told = capsys.readouterr()
        return Outcome(code, told.out, told.err)

    return run


def write(folder: Path, noun: str, key: str, by: str, **fields: object) -> None:
    with store.open_for_writing(folder) as workspace:
        edits = [Edit(noun, key, name, value) for name, value in fields.items()]
        writing.write(workspace.db, edits, Stamp(by, "录入", NOW), grow=False)


def test_the_form_that_is_promised(call: Call, other: Call, folder: Path, tmp_path: Path) -> None:
    (words,) = re.findall(r"```JSON\n(.*?)```", PAGE, flags=re.DOTALL)
    example = json.loads(words)
    there = tmp_path / "另一台"
    pack = str(tmp_path / "甲.sjb")
    write(folder, "enterprise", "e1", "张三", name="山西泉新")
    write(folder, "visit", "v1", "张三", enterprise="e1", date="2026-11-26")
    assert list(call("pack", "-o", pack, "--json").json) == [
        "path",
        "size",
        "machine",
        "writes",
        "files",
        "missing",
    ]
    assert other("unpack", pack, "--dry-run", "--json").json["new"] == 2
    assert not there.exists()
    assert other("unpack", pack, "--json").json["new"] == 2
    write(folder, "enterprise", "e1", "张三", town="义井镇")
    write(there, "enterprise", "e1", "李四", town="荫营镇")
    write(there, "visit", "v2", "李四", enterprise="e1", date="2026-11-26")
    write(there, "visit", "v2", "李四", summary="正常")
    with sqlite3.connect(there / "workspace.db") as db:  # one package was lost, and one write is another's
        db.execute("UPDATE journal SET sealed = 1 WHERE counter < 2")
        machine, last = db.execute(
            "SELECT machine, max(counter) FROM journal GROUP BY machine ORDER BY seq DESC"
        ).fetchone()
    db.close()
    assert last == 4
    later = str(tmp_path / "乙.sjb")
    assert other("pack", "-o", later, "--since", "2031-01-01", "--json").json["writes"] == 3
    made = call("unpack", later, "--json").json
    empty = {"clashes": [], "files_back": []}
    assert {**shape(made), **empty} == {**shape(example), "conflicts": [], **empty}
    assert made["duplicates"][0]["why"] == example["duplicates"][0]["why"]
    assert made["gaps"][0] | {"called": "", "words": ""} == {
        "machine": machine,
        "called": "",
        "first": 1,
        "last": 1,
        "words": "",
    }
    assert other("pack", "-o", pack).code == 0
    dry = call("unpack", pack, "--dry-run", "--json").json
    assert dry == call("unpack", pack, "--json").json
    assert shape(dry["conflicts"]) == shape(example["conflicts"])
    assert (dry["new"], dry["changed"], dry["same"], dry["gaps"]) == (0, 1, 2, [])


def test_a_missing_file_that_came_back_is_named(call: Call, other: Call, tmp_path: Path) -> None:
    (words,) = re.findall(r"```JSON\n(.*?)```", PAGE, flags=re.DOTALL)
    (example,) = json.loads(words)["files_back"]
    paper, pack = tmp_path / example["name"], str(tmp_path / "甲.sjb")
    paper.write_bytes(b"%PDF-1.7")
    assert call("mark", "区财政局", "16", "--status", "推进中").code == 0
    assert call("evidence", "add", "区财政局", "16", str(paper)).code == 0
    assert call("pack", "-o", pack).code == 0
    assert other("unpack", pack, "--json").json["files_back"] == []
    (kept,) = (tmp_path / "另一台" / "evidence").rglob(paper.name)
    kept.unlink()
    assert other("unpack", pack, "--dry-run", "--json").json["files_back"] == [example]
    assert f"补回缺失的佐证材料：{example['record']}　{paper.name}" in other("unpack", pack).out
    assert kept.is_file()
    assert other("unpack", pack, "--json").json["files_back"] == []


def test_people_are_told_and_can_take_it_back(call: Call, other: Call, folder: Path, tmp_path: Path) -> None:
    pack = str(tmp_path / "甲.sjb")
    assert call("mark", "区财政局", "16", "--status", "推进中").code == 0
    assert "装入1笔录入" in call("pack", "-o", pack).out
    assert "预览，没有改动" in other("unpack", pack, "--dry-run").out
    told = other("unpack", pack).out
    assert "新增1条，修改0条，相同0条" in told
    assert told.endswith("已并入。\n")
    assert "推进中" in other("checklist", "区财政局").out
    assert "没有需要改动的内容" in other("unpack", pack).out
    assert "已撤销“甲.sjb”的并入" in other("unpack", "undo").out
    assert other("unpack", "undo").code == 1
    assert call("pack", "-o", pack, "--since", "2031-01-01").code == 1
    assert call("pack").code == 2
    assert call("unpack").code == 2


def test_since_is_a_day_or_a_time_of_any_offset(call: Call, tmp_path: Path) -> None:
    pack = str(tmp_path / "甲.sjb")
    for minutes in (0, 10):
        task = f"第{minutes}"
        assert (
            call("mark", "区财政局", "16", "--progress", task, now=NOW + timedelta(minutes=minutes)).code == 0
        )
    assert call("pack", "-o", pack, "--json").json["writes"] == 2

    def since(written: str) -> int:
        made = call("pack", "-o", pack, "--since", written, "--json")
        return int(made.json["writes"]) if made.code == 0 else -made.code

    later = NOW + timedelta(minutes=5)
    assert since(f"{NOW:%Y-%m-%d}") == since(NOW.isoformat()) == since(f"{NOW:%Y-%m-%dT%H:%M:%S}") == 2
    assert since(later.isoformat()) == since(later.astimezone(UTC).isoformat()) == 1
    assert since(f"{later.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}") == since(f"{later:%Y-%m-%d %H:%M}") == 1
    assert since((NOW + timedelta(hours=1)).isoformat()) == -1
    for extreme in ("0001-01-01T00:00:00+14:00", "0001-01-01"):
        assert since(extreme) == 2
    assert since("9999-12-31T23:59:59-14:00") == -1
    assert since("现在") == -2


def test_what_is_refused_makes_no_workspace(other: Call, tmp_path: Path) -> None:
    (tmp_path / "a.sjb").write_bytes(b"")
    refused = other("unpack", str(tmp_path / "a.sjb"), "--json")
    assert (refused.code, refused.json["refused"]) == (1, "“a.sjb”是空文件，没有并入，工作库没有改动。")
    assert other("unpack", str(tmp_path / "a.sjb")).code == 1
    assert not (tmp_path / "另一台").exists()


def test_a_passphrase_comes_from_a_file(call: Call, other: Call, tmp_path: Path) -> None:
    secret, pack = tmp_path / "密码.txt", str(tmp_path / "甲.sjb")
    arguments: Sequence[str] = ("--passphrase-file", str(secret))
    call("mark", "区财政局", "16", "--status", "推进中")
    secret.write_bytes(b"\xff\xfe")
    assert "不是 UTF-8" in call("pack", "-o", pack, *arguments).err
    secret.write_text("\n", "utf-8")
    assert "第一行是空的" in call("pack", "-o", pack, *arguments).err
    secret.write_text("红杉树\r\n第二行", "utf-8")
    assert call("pack", "-o", pack, *arguments).code == 0
    assert "设有密码" in other("unpack", pack, "--json").json["refused"]
    assert other("unpack", pack, *arguments, "--json").json["new"] == 1
    assert not [path for path in tmp_path.iterdir() if path.name.endswith(".part")]
