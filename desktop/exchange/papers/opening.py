"""A file of whatever kind, opened as a notice's text: its content says what it is, not its name.

The file is taken for hostile: it is read once up to a limit, archives are unpacked in memory within limits,
no document type and no entity is expanded, nothing in it is run.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Callable
from pathlib import Path

from desktop.errors import KnownError
from desktop.exchange.papers import encoding, sheets, web, word
from desktop.exchange.papers.paper import PaperText, finished, plain_text, unreadable
from desktop.exchange.returned.package import Package, RefusedError, content, opened, shown_name
from desktop.workspace.returns import other_files

ENDINGS = (".docx", ".txt", ".md", ".html", ".htm", ".mht", ".mhtml", ".xlsx")
"""What the names of files end in that are read; any name is tried."""

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_LOCKED = ("EncryptedPackage".encode("utf-16-le"), "EncryptionInfo".encode("utf-16-le"))
_OLD_SHEETS = ("Workbook".encode("utf-16-le"), "Book".encode("utf-16-le") + b"\x00\x00")
_ARCHIVES = (b"Rar!", b"7z\xbc\xaf\x27\x1c", b"\x1f\x8b", b"BZh", b"\xfd7zXZ")
_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"BM", b"II*\x00", b"MM\x00*")
_COPY = "请打开它，选中全部文字复制，再粘贴进来。"
_SAVE_AS = "请用 Word 或 WPS 打开它，另存为“Word 文档（.docx）”再选；或者复制文字，直接粘贴进来。"
_TRY_COPY = "请确认自己能打开它，再另存一份试试；或者打开它，复制文字，直接粘贴进来。"
_PAGE = re.compile(
    r"\s*(<!doctype\s+html|<\?xml[^>]*\?>\s*<(!doctype\s+)?html|<!--|<html|<head|<body|<meta)", re.I
)
_TAGS = re.compile(r"<(p|br|div|span|table|td)\b[^<>]*>", re.I)
_MAIL = re.compile(rb"^(MIME-Version|Content-Type:\s*multipart/)", re.I | re.M)
_OTHER_XML = re.compile(r"\s*(<\?xml[^>]*\?>)?\s*<(\?mso|w:wordDocument|pkg:package|uof:)", re.I)
_TOLD = {
    "超过20MB": "请删去其中的图片和附件，或者复制文字，直接粘贴进来。",
    "设有密码": "请取消密码（另存时去掉“加密”）再选；或者打开它，复制文字，直接粘贴进来。",
}


def text_of(path: Path) -> PaperText:
    """Return the text of the file at ``path``: .txt, .md, .docx, .html, .mht or .xlsx.

    :raises KnownError: when it cannot be read, is of another kind, damaged, locked, far too large, or holds
        no text; the sentences say what it is and what to do. The file is only read.
    """
    name = shown_name(path)
    try:
        return finished(name, _read(path, name))
    except RefusedError as error:
        raise _said_again(name, error) from error
    except KnownError:
        raise
    except Exception as error:
        logging.getLogger(__name__).exception("a paper could not be read")
        raise unreadable(name, "的内容本程序不能识别", _TRY_COPY) from error


def _read(path: Path, name: str) -> PaperText:
    data = content(path)
    if not data.strip():
        raise unreadable(name, "是空文件", "请确认选对了文件。")
    if name.startswith("~$"):
        raise unreadable(name, "是打开文件时留下的临时文件", "请选择名称前面没有“~$”的那个文件。")
    if told := other_files.PACKAGES.get(Path(name).suffix.lower()):
        raise unreadable(name, *told)
    if data.startswith(b"PK"):
        with opened(name, data) as package:
            return _reader(package)(package)
    _check_kind(name, data)
    if _MAIL.search(data[:2048]) and b"<" in data:
        return web.read_archive(name, data)
    return _text(path, name, data)


def _text(path: Path, name: str, data: bytes) -> PaperText:
    """Read what is no archive and no mail: a page, or plain text."""
    text = encoding.decoded(data, encoding.said_by_page(data) if b"<" in data[:2048] else "")
    if text is None:
        raise unreadable(
            name,
            "的文字编码认不出，或者不是文字文件",
            "请用记事本打开它，看到的是正常文字的，另存为“UTF-8”再选；或者复制文字，直接粘贴进来。",
        )
    if _OTHER_XML.match(text[:500].lstrip("\ufeff")):
        raise unreadable(name, "是旧格式的 XML 文档", _SAVE_AS)
    is_named = path.suffix.lower() in (".html", ".htm", ".xhtml")
    if _PAGE.match(text[:2000].lstrip("\ufeff")) or (is_named and _TAGS.search(text)):
        return web.read(name, data)
    if text.count("\ufffd"):
        raise unreadable(name, "里有丢失的文字（转换编码时变成了“\ufffd”）", "请找到原来的文件再选。")
    return PaperText(plain_text(text), "文字文件")


def _reader(package: Package) -> Callable[[Package], PaperText]:
    """Return what reads this kind of archive. Raises KnownError when it is of another kind."""
    names = package.names()
    if any(name.startswith("word/") for name in names):
        return word.read
    if any(name.endswith("workbook.bin") for name in names):
        raise unreadable(
            package.name, "是二进制格式（.xlsb）的工作簿", "请另存为“Excel 工作簿（.xlsx）”再选。"
        )
    if any(name.startswith("xl/") for name in names):
        return sheets.read
    if "ofd.xml" in names:
        raise unreadable(package.name, "是版式文件（OFD）", _COPY)
    if "content.xml" in names:
        raise unreadable(package.name, "是 OpenDocument 文档", _SAVE_AS)
    if any(name.startswith("ppt/") for name in names):
        raise unreadable(package.name, "是演示文件", _COPY)
    raise unreadable(package.name, "是压缩包", "请先解压，再选其中的文件。")


def _check_kind(name: str, data: bytes) -> None:
    """Refuse what is known by its first bytes and is not read."""
    if data.startswith(_OLE):
        if any(mark in data for mark in _LOCKED):
            raise unreadable(name, "加了打开密码", _TOLD["设有密码"])
        if any(mark in data for mark in _OLD_SHEETS):
            raise unreadable(name, "是旧格式（.xls 或 .et）的表格", "请另存为“Excel 工作簿（.xlsx）”再选。")
        raise unreadable(name, "是旧格式（.doc 或 .wps）的文档", _SAVE_AS)
    if data[:1024].lstrip().startswith(b"%PDF"):
        raise unreadable(
            name,
            "是 PDF 文件",
            f"{_COPY}不能选中文字的是扫描件，请先做文字识别，或者向发文机关要 Word 文档。",
        )
    if data.startswith(b"{\\rtf"):
        raise unreadable(name, "是 RTF 文档", _SAVE_AS)
    if data.startswith(_ARCHIVES):
        raise unreadable(name, "是压缩包", "请先解压，再选其中的文件。")
    if data.startswith(_PICTURES):
        raise unreadable(name, "是图片", "请先做文字识别，再把文字复制粘贴进来。")


def _said_again(name: str, error: RefusedError) -> KnownError:
    """Return what was found out about an archive, in the words of somebody who takes a notice in."""
    if error.reason.startswith("打不开"):
        return unreadable(name, error.reason, "如正被其他程序打开，请先关闭；或把它复制到本机再选。")
    if error.reason.startswith("不存在"):
        return unreadable(name, error.reason, error.hint)
    return unreadable(name, error.reason, _TOLD.get(error.reason, _TRY_COPY))
