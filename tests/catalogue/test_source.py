from __future__ import annotations

from pathlib import Path

import pytest

from desktop.catalogue import source
from desktop.errors import NoticeError

from . import samples


def test_a_file_is_read_to_the_last_byte() -> None:
    data = (samples.FOLDER / "notice.txt").read_bytes()
    assert source.read(samples.FOLDER / "notice.txt").encode() == data


@pytest.mark.parametrize("encoding", ["gbk", "utf-16", "utf-16-le", "big5", "utf-32"])
def test_another_encoding_is_refused(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "notice.txt"
    path.write_bytes(samples.SOURCE.encode(encoding, errors="replace"))
    with pytest.raises(NoticeError, match="编码"):
        source.read(path)


def test_the_line_of_a_wrong_byte_is_named(tmp_path: Path) -> None:
    path = tmp_path / "notice.txt"
    path.write_bytes("一\n二\n".encode() + "三".encode("gbk") + "\n四".encode())
    with pytest.raises(NoticeError, match="第3行"):
        source.read(path)


@pytest.mark.parametrize("mark", ["\ufffd", "\x00"])
def test_lost_characters_are_refused(tmp_path: Path, mark: str) -> None:
    path = tmp_path / "notice.txt"
    path.write_text(f"一\n二{mark}", encoding="utf-8")
    with pytest.raises(NoticeError, match="第2行：含有无法识别的字符"):
        source.read(path)


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(NoticeError, match="读不到发文原文"):
        source.read(tmp_path / "notice.txt")
