from __future__ import annotations

import hashlib
import io
import os
import struct
import warnings
from datetime import date
from pathlib import Path
from zipfile import ZIP_BZIP2, ZIP_DEFLATED, ZIP_LZMA, ZipFile

import pytest

from desktop.catalogue.query import Catalogue
from desktop.exchange.returned import book
from desktop.exchange.returned import package as returned_package
from desktop.exchange.returned.package import RefusedError, open_package
from desktop.workspace.items.model import Item
from tests.exchange import units
from tests.rights import ordinary_user


@pytest.fixture
def sent(catalogue: Catalogue, today: date, blank: tuple[Item, ...], tmp_path: Path) -> Path:
    return units.send(tmp_path / "区财政局.xlsx", catalogue, today, blank)


def refusal(path: Path) -> RefusedError:
    """Return why ``path`` is refused, after checking that the sentence is whole."""
    before = path.read_bytes() if path.is_file() else None
    with pytest.raises(RefusedError) as caught:
        book.read(path)
    error = caught.value
    assert error.message.startswith(f"“{path.name}”")
    assert error.message.endswith(returned_package.UNTOUCHED)
    assert error.hint.endswith("。")
    if before is not None:
        assert path.read_bytes() == before
    return error


def written(path: Path, data: bytes) -> Path:
    path.write_bytes(data)
    return path


def test_a_workbook_passes_and_is_known_by_its_bytes(sent: Path) -> None:
    with open_package(sent) as package:
        assert package.size == sent.stat().st_size
        assert package.sha256 == hashlib.sha256(sent.read_bytes()).hexdigest()
        assert package.has("xl/workbook.xml")
        assert package.has("XL/WORKBOOK.xml")
        assert not package.has("xl/nothing.xml")
        assert package.count("xl/worksheets/") == 4
        content = b"".join(package.pieces("xl/workbook.xml"))
    assert content == units.parts(sent)["xl/workbook.xml"]


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "是空文件"),
        (b"PK\x03\x04", "不完整或已损坏"),
        ("单位,状态\n区财政局,已完成\n".encode(), "不是 Excel 工作簿"),
        (b"<html><table></table></html>", "不是 Excel 工作簿"),
        (b"%PDF-1.7", "是 PDF 文件"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000), "是旧格式（.xls 或 .et）的文件"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500) + "EncryptedPackage".encode("utf-16-le"),
            "加了打开密码",
        ),
    ],
)
def test_what_is_no_workbook_is_told_apart(tmp_path: Path, data: bytes, words: str) -> None:
    assert refusal(written(tmp_path / "回填.xlsx", data)).reason == words


def test_a_missing_file_and_a_folder_are_refused(tmp_path: Path) -> None:
    assert "不存在" in refusal(tmp_path / "没有.xlsx").reason
    (tmp_path / "文件夹.xlsx").mkdir()
    assert "不是文件" in refusal(tmp_path / "文件夹.xlsx").reason


@pytest.mark.skipif(os.name == "nt", reason="Windows has no permission bits")
def test_a_file_that_may_not_be_read_is_refused(open_folder: Path) -> None:
    path = written(open_folder / "a.xlsx", b"PK")
    path.chmod(0)
    with ordinary_user(), pytest.raises(RefusedError, match="打不开"):
        book.read(path)


def test_a_file_left_by_a_spreadsheet_program_is_refused(tmp_path: Path) -> None:
    path = written(tmp_path / "~$区财政局.xlsx", b"\x05user" + bytes(160))
    assert "临时文件" in refusal(path).reason


def test_a_file_over_the_limit_is_not_even_read(tmp_path: Path) -> None:
    path = tmp_path / "大.xlsx"
    with path.open("wb") as file:
        file.truncate(returned_package.LARGEST_FILE + 1)
    assert refusal(path).reason == "超过20MB"


@pytest.mark.parametrize("kept", [0.1, 0.5, 0.9, 0.99])
def test_a_truncated_workbook_is_refused(sent: Path, kept: float) -> None:
    data = sent.read_bytes()
    assert "损坏" in refusal(written(sent.with_name("断.xlsx"), data[: int(len(data) * kept)])).reason


def test_damaged_bytes_inside_are_noticed(sent: Path) -> None:
    data = bytearray(sent.read_bytes())
    with ZipFile(sent) as archive:
        begin = archive.getinfo("xl/worksheets/sheet1.xml").header_offset + 200
    data[begin : begin + 40] = bytes(40)
    assert "损坏" in refusal(written(sent.with_name("坏.xlsx"), bytes(data))).reason


@pytest.mark.parametrize(
    ("part", "words"),
    [
        ("xl/vbaProject.bin", "含有宏"),
        ("xl/macrosheets/sheet1.xml", "含有宏"),
        ("xl/externalLinks/externalLink1.xml", "含有指向其他工作簿的链接"),
        ("xl/workbook.bin", "是二进制格式（.xlsb）的工作簿"),
        ("../evil.xml", "已损坏"),
        ("/etc/passwd", "已损坏"),
        ("xl\\..\\..\\evil.xml", "已损坏"),
        ("xl\\workbook.xml", "已损坏"),
        ("C:/evil.xml", "已损坏"),
        ("xl/Workbook.xml", "已损坏"),
    ],
)
def test_parts_that_do_not_belong_in_a_checklist_are_refused(sent: Path, part: str, words: str) -> None:
    assert words in refusal(units.rebuilt(sent, {part: b"x"})).reason


def test_other_office_files_are_told_apart(sent: Path) -> None:
    assert refusal(units.rebuilt(sent, {"[Content_Types].xml": None})).reason == "是压缩包"
    word = units.rebuilt(sent, {"word/document.xml": b"<x/>"})
    assert refusal(word).reason == "是 Word 或演示文件"
    ods = units.rebuilt(sent, {"[Content_Types].xml": None, "content.xml": b"<x/>"})
    assert refusal(ods).reason == "是 OpenDocument 表格（.ods）"


def test_two_parts_of_one_name_are_refused(sent: Path) -> None:
    new = sent.with_name("重名.xlsx")
    with ZipFile(new, "w") as archive, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for name, data in units.parts(sent).items():
            archive.writestr(name, data)
        archive.writestr("xl/worksheets/sheet1.xml", b"<worksheet/>")
    assert refusal(new).reason.startswith("已损坏")


@pytest.mark.parametrize("method", [ZIP_BZIP2, ZIP_LZMA])
def test_packing_that_no_spreadsheet_program_uses_is_refused(sent: Path, method: int) -> None:
    new = sent.with_name("压缩.xlsx")
    with ZipFile(new, "w", method) as archive:
        for name, data in units.parts(sent).items():
            archive.writestr(name, data)
    assert refusal(new).reason.startswith("已损坏")


def test_a_part_with_a_password_is_refused(sent: Path) -> None:
    data = bytearray(sent.read_bytes())
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = data.find(mark)
        while place >= 0:
            data[place + at] |= 1
            place = data.find(mark, place + 4)
    assert refusal(written(sent.with_name("密.xlsx"), bytes(data))).reason == "设有密码"


def test_a_bomb_is_refused_by_its_table_of_contents(sent: Path) -> None:
    bomb = units.rebuilt(sent, {"xl/worksheets/sheet1.xml": bytes(returned_package.LARGEST_PART * 2)})
    assert bomb.stat().st_size < 1_000_000
    assert "大得不正常" in refusal(bomb).reason


def test_a_bomb_that_lies_about_its_size_is_stopped_while_unpacking(sent: Path) -> None:
    """The sizes in the archive say a kilobyte; reading stops at the size told, and the sum does not agree."""
    bomb = units.rebuilt(sent, {"xl/worksheets/sheet1.xml": bytes(returned_package.LARGEST_PART * 2)})
    data = bytearray(bomb.read_bytes())
    for mark, at in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        place = data.find(mark)
        while place >= 0:
            if struct.unpack_from("<I", data, place + at)[0] == returned_package.LARGEST_PART * 2:
                struct.pack_into("<I", data, place + at, 1024)
            place = data.find(mark, place + 4)
    assert "损坏" in refusal(written(sent.with_name("谎.xlsx"), bytes(data))).reason


def test_a_part_over_the_limit_is_stopped_though_it_packs_badly(sent: Path) -> None:
    noise = os.urandom(returned_package.LARGEST_PART // 100) * 101
    big = units.rebuilt(sent, {"xl/sharedStrings.xml": noise})
    with open_package(big) as package, pytest.raises(RefusedError, match="大得不正常"):
        for _ in package.pieces("xl/sharedStrings.xml"):
            pass


def test_all_that_is_read_of_a_workbook_counts_together(sent: Path) -> None:
    """Six parts of 13 MB, each of which might be read by itself, are more than a checklist ever has."""
    noise = os.urandom(10_000) * 1_300
    big = units.rebuilt(sent, {f"xl/media/{number}.bin": noise for number in range(6)})
    with open_package(big) as package:
        for number in range(5):
            for _ in package.pieces(f"xl/media/{number}.bin"):
                pass
        with pytest.raises(RefusedError, match="大得不正常"):
            for _ in package.pieces("xl/media/5.bin"):
                pass


def test_very_many_parts_are_refused_before_they_are_listed(sent: Path) -> None:
    new = sent.with_name("多.xlsx")
    with ZipFile(new, "w") as archive:
        for number in range(returned_package.MOST_PARTS + 1):
            archive.writestr(f"xl/{number}", b"")
    assert "大得不正常" in refusal(new).reason


def test_a_workbook_in_a_workbook_is_no_bomb(sent: Path) -> None:
    """A unit that embeds a paper has its answers read; the paper itself is only counted."""
    inner = io.BytesIO()
    with ZipFile(inner, "w", ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", "x" * 1000)
    found = units.read(units.rebuilt(sent, {"xl/embeddings/oleObject1.docx": inner.getvalue()}))
    assert found.notes == ("工作簿中有1个图片或嵌入的文件，没有读取；如是佐证材料，请另行添加。",)


def test_a_name_of_bytes_that_are_no_text_is_told_as_text(tmp_path):
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xff\xfe.xlsx"))
    path.write_bytes(b"no workbook")
    with pytest.raises(RefusedError) as refused, open_package(path):
        pass
    refused.value.message.encode("utf-8")
