"""notice read: its JSON, its summary, encodings, and files that are no notice."""

from __future__ import annotations

from pathlib import Path

import pytest

from ..reading.notices import CONTINUING
from .conftest import Call


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_a_text_in_any_encoding(call: Call, tmp_path: Path, encoding: str) -> None:
    file = tmp_path / "发文.txt"
    file.write_bytes(CONTINUING.encode(encoding))
    done = call("notice", "read", str(file), "--json")
    assert done.code == 0
    (document,) = done.json["documents"]
    assert [each["title"] for each in document["categories"]] == ["降低成本", "扩大融资"]
    first = document["measures"][0]
    assert (first["label"], first["title"], first["category"], first["group"]) == (
        "1.",
        "减免租金",
        "降低成本",
        None,
    )
    assert first["units"] == [{"name": "市国资委", "role": None}, {"name": "市财政局", "role": None}]
    assert done.json["questions"] == []
    assert done.json["left_over"] == 0


def test_the_summary_for_people(call: Call, tmp_path: Path) -> None:
    file = tmp_path / "发文.txt"
    file.write_text(CONTINUING.replace("3.发放", "5.发放"), "utf-8")
    done = call("notice", "read", str(file))
    assert done.code == 0
    assert "二、扩大融资" in done.out
    assert "第13行" in done.out


@pytest.mark.parametrize("data", [b"", b"\x00\x01\x02\xff" * 50, "买菜：白菜两斤".encode()])
def test_what_is_no_notice_ends_with_1(call: Call, tmp_path: Path, data: bytes) -> None:
    file = tmp_path / "别的.txt"
    file.write_bytes(data)
    done = call("notice", "read", str(file), "--json")
    assert done.code == 1
    assert done.out == ""
    assert done.err
