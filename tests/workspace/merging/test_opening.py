"""Whatever is wrong with a package is said in a sentence, and the workspace is as it was."""

from __future__ import annotations

import hashlib
import io
import json
import os
import random
import stat
import tracemalloc
import zipfile
from pathlib import Path
from typing import Any

import pytest

from desktop.errors import KnownError
from desktop.library.pack_checks import PackError
from desktop.workspace.journal.model import dumped
from desktop.workspace.merging import lines, opening
from tests.workspace import sample
from tests.workspace.merging.machines import Machine

Parts = dict[str, bytes]


@pytest.fixture
def parts(laptop: Machine) -> Parts:
    """Return the parts of a good package, by name."""
    laptop.write("e1", name="甲")
    laptop.attach(sample.FINANCE_1, "图.png", b"image")
    with zipfile.ZipFile(laptop.pack("好.sjb")) as package:
        return {name: package.read(name) for name in package.namelist()}


def told(parts: Parts, **others: Any) -> Parts:
    """Return parts whose manifest speaks of them, and says ``others``."""
    manifest = json.loads(parts["manifest.json"])
    manifest["parts"] = {
        name: {"size": len(data), "sha256": hashlib.sha256(data).hexdigest()}
        for name, data in parts.items()
        if name != "manifest.json"
    }
    manifest.update(others)
    return {**parts, "manifest.json": json.dumps(manifest).encode()}


def zipped(path: Path, parts: Parts, mode: int = stat.S_IFREG | 0o644) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in parts.items():
            entry = zipfile.ZipInfo(name)
            entry.external_attr, entry.compress_type = mode << 16, zipfile.ZIP_DEFLATED
            package.writestr(entry, data)
    return path


@pytest.fixture
def reason(office: Machine, tmp_path: Path) -> Any:
    """Return a function that has a package refused and gives the reason."""
    office.write("e0", name="原有")
    before = office.whole()

    def refuse(path: Path | Parts) -> str:
        path = zipped(tmp_path / "a.sjb", path) if isinstance(path, dict) else path
        for deed in (office.plan, office.take):
            with pytest.raises(PackError) as caught:
                deed(path)
            assert "没有并入，工作库没有改动" in caught.value.message
            assert caught.value.hint
        assert office.whole() == before
        assert not [one.name for one in office.folder.rglob("*.part")]
        return caught.value.reason

    return refuse


def test_files_that_are_no_package(reason: Any, tmp_path: Path) -> None:
    for data, why in (
        (b"", "是空文件"),
        (b"hello", "不是数据包"),
        (b"PK\x05\x06" + bytes(18), "不是数据包"),
        (b"PK\x03\x04" + b"x" * 100, "不完整或已损坏"),
        (b"age-encryption.org/v1\n", "设有密码"),
    ):
        (tmp_path / "b.sjb").write_bytes(data)
        assert why in reason(tmp_path / "b.sjb")
    assert "不存在" in reason(tmp_path / "没有.sjb")
    assert "不是文件" in reason(tmp_path)
    assert "是发文包" in reason({"manifest.json": b"{}", "notices/a-1/notice.txt": b""})
    assert "是工作库的备份" in reason({"workspace.db": b""})
    assert "是 Word 或 Excel 文件" in reason({"[Content_Types].xml": b""})
    assert "是别的压缩包" in reason({"a.txt": b""})


@pytest.mark.parametrize(
    "name",
    [
        *("/etc/passwd", "../evil", "evidence/../../evil", "evidence\\x", "C:/evil", "records.jsonl/"),
        *("evidence/a.exe", f"evidence/{'A' * 64}", f"evidence/{'a' * 63}", "Records.jsonl", "图.png", "con"),
    ],
)
def test_names_that_lead_elsewhere(reason: Any, parts: Parts, name: str) -> None:
    assert "不该有的文件" in reason(told(parts | {name: b"x"}))


def test_links_and_locked_zips_and_one_name_twice(reason: Any, parts: Parts, tmp_path: Path) -> None:
    path = tmp_path / "b.sjb"
    assert "不该有的文件" in reason(zipped(path, parts, stat.S_IFLNK | 0o777))
    with zipfile.ZipFile(zipped(path, parts), "a") as package, pytest.warns(UserWarning, match="Duplicate"):
        package.writestr("records.jsonl", b"")
    assert "不该有的文件" in reason(path)
    data = bytearray(zipped(path, parts).read_bytes())
    for at in range(len(data) - 4):
        if data[at : at + 4] == b"PK\x01\x02":
            data[at + 8] |= 1
    path.write_bytes(data)
    assert "设有密码" in reason(path)


def test_bombs(reason: Any, parts: Parts) -> None:
    assert "大得不正常" in reason(told(parts | {"records.jsonl": bytes(9_000_000)}))
    many = {f"evidence/{number:064x}": b"" for number in range(100_001)}
    assert "多得不正常" in reason(parts | many)


def test_sizes_and_hashes_that_lie(reason: Any, parts: Parts) -> None:
    lines_there = parts["records.jsonl"]
    assert "被改动过" in reason(parts | {"records.jsonl": lines_there + b" "})
    assert "被改动过" in reason(parts | {"records.jsonl": lines_there.replace("甲".encode(), "乙".encode())})
    digest = next(name for name in parts if name.startswith("evidence/"))
    assert "被改动过" in reason(told(parts | {digest: b"other"}))
    assert "被改动过" in reason({name: data for name, data in parts.items() if name != digest})
    assert "被改动过" in reason(parts | {f"evidence/{'0' * 64}": b""})
    assert "被改动过" in reason(told({name: parts[name] for name in ("manifest.json", "records.jsonl")}))


@pytest.mark.parametrize(
    ("others", "why"),
    [
        ({"format": 2}, "由更新版本的惠企措施手册制作"),
        ({"format": 0}, "的格式太旧"),
        ({"format": "1"}, "的格式太旧"),
        ({"kind": "x"}, "不是数据包"),
        ({"machine": "x"}, "被改动过"),
        ({"made_at": "gestern"}, "被改动过"),
        ({"person": 5}, "被改动过"),
        ({"person": "a\nb"}, "被改动过"),
        ({"scope": None}, "被改动过"),
        ({"writes": 99}, "被改动过"),
        ({"holds": {"0123456789": [[3, 1]]}}, "被改动过"),
        ({"holds": {"0123456789": [[1, 10**20]]}}, "被改动过"),
        ({"holds": {"x": []}}, "被改动过"),
        ({"called": {"0123456789": None}}, "被改动过"),
        ({"missing": ["x"]}, "被改动过"),
    ],
)
def test_a_manifest_that_says_otherwise(
    reason: Any, parts: Parts, others: dict[str, object], why: str
) -> None:
    assert why in reason(told(parts, **others))


@pytest.mark.parametrize("data", [b"", b"[]", b"{", b"null", b"[" * 90_000, b"\xff\xfe"])
def test_a_manifest_that_is_none(reason: Any, parts: Parts, data: bytes) -> None:
    assert "被改动过" in reason(parts | {"manifest.json": data})


@pytest.mark.parametrize(
    ("was", "now"),
    [
        ('"甲"', "NaN"),
        ('"甲"', "1e999"),
        ('"甲"', '"\\ud800"'),
        ('"甲"', "[" * 5000 + "]" * 5000),
        ('"甲"', "1" * 5000),
        ('"noun":"enterprise"', '"noun":""'),
        ('"record":"e1"', '"record":"e\\u0000"'),
        ('"field":"name"', f'"field":"{"x" * 301}"'),
        ('"by":"李四"', '"by":7'),
        ('"by":"李四"', '"more":1,"by":"李四"'),
        ('"blank":false', '"blank":true'),
        ('"seen":[]', '"seen":["x"]'),
        ('"seen":[]', '"seen":5'),
        ('"at":"2026-11-23T12:00:00+08:00"', '"at":"neulich"'),
        (':1",', ':0",'),
    ],
)
def test_lines_that_are_no_writes(reason: Any, parts: Parts, was: str, now: str) -> None:
    text = parts["records.jsonl"].decode()
    assert was in text
    assert "被改动过" in reason(told(parts | {"records.jsonl": text.replace(was, now).encode()}))


def test_lines_that_do_not_end(reason: Any, parts: Parts) -> None:
    assert "被改动过" in reason(told(parts | {"records.jsonl": parts["records.jsonl"] + b"{}"}))
    long = random.Random(1).randbytes(lines.LONGEST).hex().encode()
    assert "被改动过" in reason(told(parts | {"records.jsonl": long}))


def test_any_byte_changed_is_found_or_changes_nothing(office: Machine, parts: Parts, tmp_path: Path) -> None:
    whole = zipped(tmp_path / "b.sjb", parts).read_bytes()
    dice, refusals = random.Random(8), 0
    with opening.opened(tmp_path / "b.sjb", tmp_path) as package:
        expected = list(package.writes())
    for at in range(0, len(whole), 7):
        spoilt = bytearray(whole)
        spoilt[at] ^= dice.randrange(1, 256)
        (tmp_path / "a.sjb").write_bytes(spoilt)
        try:
            with opening.opened(tmp_path / "a.sjb", tmp_path) as package:
                assert list(package.writes()) == expected
        except KnownError:
            refusals += 1
    assert refusals > len(whole) // 7 * 0.8


def test_a_large_package_is_read_in_little_memory(laptop: Machine, office: Machine, tmp_path: Path) -> None:
    for number in range(6):
        laptop.attach(sample.FINANCE_1, f"{number}.bin", os.urandom(4_000_000))
    path = laptop.pack("大.sjb")
    tracemalloc.start()
    try:
        office.take(path)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert path.stat().st_size > 24_000_000
    assert peak < 6_000_000


def test_a_line_gives_back_what_went_in() -> None:
    row = (
        *("0123456789", 7, "enterprise", "e1", "figure/revenue/"),
        dumped({"b": [1, 2.5, None, True, "\x00\u2028𠮷"], "a": "甲"}),
        dumped(["0123456789:3", "abcdefabcd:1"]),
        *("0123456789:6", "1980-01-01T00:00:00+08:00", "李四", "录入", "s", 0),
    )
    for many in (1, 1000):  # more than are read at once
        part = io.BytesIO(lines.line(row) * many)
        assert [one for some in lines.rows(part) for one in some] == [row] * many


def test_a_write_is_one_line_and_a_line_one_write(reason: Any, parts: Parts) -> None:
    first = parts["records.jsonl"].partition(b"\n")[0]
    for data in (first + first + b"\n\n", first.replace(b",", b",\n", 1) + b"\n", b"[" + first + b"]\n"):
        assert "被改动过" in reason(told(parts | {"records.jsonl": data}, writes=data.count(b"\n")))
