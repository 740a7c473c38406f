from __future__ import annotations

import random
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import openpyxl
import pytest

from desktop.errors import KnownError
from desktop.exchange.papers.opening import text_of
from desktop.exchange.returned.package import LARGEST_FILE
from tests.exchange.papers import made

TEXT = "关于支持花卉企业的若干措施\r\n一、减免房租。减免一个月房租。（责任单位：区住建局）\r\n"
READ = TEXT.replace("\r\n", "\n")
PAGE = "<p>关于支持花卉企业的若干措施</p><p>一、减免房租。减免一个月房租。（责任单位：区住建局）</p>"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def file(folder: Path, name: str, data: bytes) -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


def refusal(path: Path) -> KnownError:
    before = path.read_bytes() if path.is_file() else None
    with pytest.raises(KnownError) as caught:
        text_of(path)
    assert caught.value.message.startswith(f"“{path.name}”")
    assert caught.value.message.endswith("没有读入，文件原样保留。")
    assert caught.value.hint.endswith("。")
    if before is not None:
        assert path.read_bytes() == before
    return caught.value


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "gb18030"])
@pytest.mark.parametrize("name", ["发文.txt", "发文.md", "发文.docx", "没有后缀"])
def test_plain_text_in_any_encoding_and_under_any_name(tmp_path: Path, encoding: str, name: str) -> None:
    paper = text_of(file(tmp_path, name, TEXT.encode(encoding)))
    assert (paper.text, paper.kind) == (READ, "文字文件")


def test_control_characters_go_and_line_ends_of_every_kind_become_one(tmp_path: Path) -> None:
    data = "甲\x0b乙\u2028丙\x0c丁\r戊\x01己\x07".encode()
    assert text_of(file(tmp_path, "发文.txt", data)).text == "甲\n乙\n丙\n丁\n戊己"


@pytest.mark.parametrize(
    ("head", "encoding"),
    [
        ('<!DOCTYPE html><html><head><meta charset="gb2312"><title>无</title></head>', "gb18030"),
        ('<html><head><meta http-equiv=Content-Type content="text/html; charset=utf-8"></head>', "utf-8"),
        ("<html>", "gb18030"),
        ("<html>", "utf-16"),
        ('<?xml version="1.0"?>\n<!DOCTYPE html PUBLIC "-//W3C//DTD"><html>', "utf-8-sig"),
        ('<html><meta charset="iso-8859-1">', "utf-8"),
    ],
)
def test_a_page_in_any_encoding(tmp_path: Path, head: str, encoding: str) -> None:
    paper = text_of(file(tmp_path, "发文.txt", f"{head}<body>{PAGE}</body></html>".encode(encoding)))
    assert (paper.text, paper.kind) == (READ.strip(), "网页")


def test_a_page_saved_in_one_file(tmp_path: Path) -> None:
    import quopri

    body = quopri.encodestring(f"<html><body>{PAGE}<img src=a></body></html>".encode("gb18030"))
    data = (
        b"From: <Saved by a browser>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n"
        b'\ttype="text/html"; boundary="--x"\r\n\r\n----x\r\nContent-Type: text/html; charset="gb2312"\r\n'
        b"Content-Transfer-Encoding: quoted-printable\r\n\r\n" + body + b"\r\n----x--\r\n"
    )
    paper = text_of(file(tmp_path, "发文.mht", data))
    assert (paper.text, paper.kind) == (READ.strip(), "单个文件网页")
    assert any("1张图片" in note for note in paper.notes)


def test_a_workbook_with_a_column_of_units(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for cells in (
        ["花卉产业政策清单"],
        [],
        ["序号", "政策内容", "责任部门", "完成时限"],
        [1, "减免一个月房租。", "区住建局", "2026年底"],
        [2, "给予补贴。", "区商务局、\n区财政局", None],
        [3, "专人对接。", None, None],
    ):
        sheet.append(cells)
    sheet.merge_cells("C5:C6")
    book.save(tmp_path / "清单.xlsx")
    paper = text_of(tmp_path / "清单.xlsx")
    assert paper.text.split("\n") == [
        "花卉产业政策清单",
        "1.减免一个月房租。（完成时限：2026年底）（责任部门：区住建局）",
        "2.给予补贴。（责任部门：区商务局、区财政局）",
        "3.专人对接。（责任部门：区商务局、区财政局）",
    ]
    assert paper.kind == "Excel 工作簿"


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "是空文件"),
        (b" \r\n", "是空文件"),
        ("\u3000\n".encode(), "里面没有文字"),
        (b"%PDF-1.7", "是 PDF 文件"),
        (b"{\\rtf1 x}", "是 RTF 文档"),
        (OLE + bytes(900), "是旧格式（.doc 或 .wps）的文档"),
        (OLE + bytes(99) + "EncryptedPackage".encode("utf-16-le"), "加了打开密码"),
        (OLE + bytes(99) + "Workbook".encode("utf-16-le"), "是旧格式（.xls 或 .et）的表格"),
        (b"Rar!\x1a\x07", "是压缩包"),
        (b"\x89PNG\r\n", "是图片"),
        (b"PK\x03\x04", "不完整或已损坏"),
        (b"\x81\xff\x00\x01" * 40, "的文字编码认不出，或者不是文字文件"),
        ("丢了\ufffd字".encode(), "里有丢失的文字（转换编码时变成了“\ufffd”）"),
        (b'<?xml version="1.0"?><w:wordDocument/>', "是旧格式的 XML 文档"),
        (b"<html><script>x</script></html>", "里面没有文字"),
        (b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=x\n\n<x", "里没有网页"),
        ("长" * 600_001, "有600,001个字，比任何发文都长"),
    ],
)
def test_what_is_no_notice_is_told_apart(tmp_path: Path, data: bytes | str, words: str) -> None:
    raw = data.encode() if isinstance(data, str) else data
    assert refusal(file(tmp_path, "发文.docx", raw)).message.startswith(f"“发文.docx”{words}，")


@pytest.mark.parametrize(("name", "words"), [("带回.sjb", "是数据包"), ("新发文.fwb", "是发文包")])
def test_our_own_packages_are_told_apart(tmp_path: Path, name: str, words: str) -> None:
    assert words in refusal(file(tmp_path, name, b"PK")).message


@pytest.mark.parametrize(
    ("names", "words"),
    [
        (("a.txt",), "是压缩包"),
        (("OFD.xml", "Doc_0/Document.xml"), "是版式文件（OFD）"),
        (("mimetype", "content.xml"), "是 OpenDocument 文档"),
        (("ppt/presentation.xml",), "是演示文件"),
        (("xl/workbook.bin",), "是二进制格式（.xlsb）的工作簿"),
        (("word/other.xml",), "已损坏，读不出内容"),
        (("word/../../x",), "已损坏，读不出内容"),
    ],
)
def test_other_archives_are_told_apart(tmp_path: Path, names: tuple[str, ...], words: str) -> None:
    with ZipFile(tmp_path / "发文.docx", "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    assert words in refusal(tmp_path / "发文.docx").message


def test_missing_folders_and_owner_files(tmp_path: Path) -> None:
    assert "不存在" in refusal(tmp_path / "没有.docx").message
    (tmp_path / "夹.docx").mkdir()
    assert "不存在" in refusal(tmp_path / "夹.docx").message
    assert "临时文件" in refusal(file(tmp_path, "~$发文.docx", b"\x04user")).message


def test_a_huge_file_is_not_read_whole(tmp_path: Path) -> None:
    path = tmp_path / "发文.txt"
    with path.open("wb") as sparse:
        sparse.truncate(200 * 1024 * 1024)
    assert LARGEST_FILE < 200 * 1024 * 1024
    assert "超过20MB" in (error := caught(path)).message
    assert "复制文字" in error.hint


def caught(path: Path) -> KnownError:
    with pytest.raises(KnownError) as raised:
        text_of(path)
    return raised.value


def test_bombs_are_refused(tmp_path: Path) -> None:
    with ZipFile(tmp_path / "发文.docx", "w", ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b" " * 30_000_000)
    assert "大得不正常" in refusal(tmp_path / "发文.docx").message
    laughs = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10 if n else "哈"}">' for n in range(9))
    with ZipFile(tmp_path / "实体.docx", "w", ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", f"<!DOCTYPE x [{laughs}]><x>&a8;</x>")
    assert "已损坏" in refusal(tmp_path / "实体.docx").message


def test_no_spoilt_file_is_a_bug(tmp_path: Path) -> None:
    """Whatever byte is wrong: a text, or a sentence that says why not."""
    whole = made.docx(
        tmp_path / "整.docx", made.numbered("减租。", 1) + made.table(made.row("措施", "责任单位")),
        made.abstract(1, made.level(0, "decimal", "%1.")) + made.numbering(1, 1),
    ).read_bytes()  # fmt: skip
    page = f"<html><body><table><tr><td rowspan=2>甲<td>乙<tr><td>丙</table><ol><li>{PAGE}</ol>".encode()
    chance = random.Random(20260301)
    for turn in range(200):
        data = bytearray(whole if turn % 2 else page)
        for _ in range(chance.randrange(1, 6)):
            place = chance.randrange(len(data))
            if chance.random() < 0.3:
                del data[place : place + chance.randrange(1, 40)]
            else:
                data[place] = chance.randrange(256)
        said = told(file(tmp_path, "坏.docx", bytes(data)))
        assert said.strip()
        assert "本程序不能识别" not in said


def told(path: Path) -> str:
    """Return the text of a file, or the sentence that says why there is none."""
    try:
        return text_of(path).text
    except KnownError as error:
        return f"{error.message}{error.hint}"
