"""A file from outside, before anything in it is believed: is it a workbook, and does it fit in memory?

The file is read once, whole, up to a limit, so that its hash speaks of the very bytes that were read. Only
names and sizes are looked at here; a part is unpacked when it is asked for, in pieces, and never beyond its
limit, whatever the archive says of its size. Nothing is ever unpacked to disk.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import zlib
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from desktop.errors import KnownError
from desktop.workspace.returns import other_files

LARGEST_FILE = 20 * 1024 * 1024
LARGEST_PART = 16 * 1024 * 1024
"""The most that one part may unpack to; a checklist of 30 items has about 100 kB."""
LARGEST_TOTAL = 200 * 1024 * 1024
"""The most that all parts together may unpack to, those included that are not read."""
MOST_READ = 64 * 1024 * 1024
MOST_PARTS = 2000
HIGHEST_RATIO = 200
"""How many times its packed size a part may have, beyond the first megabyte. A sheet has about 10."""

_PIECE = 64 * 1024
_FREE = 1024 * 1024
_ARCHIVES = (b"Rar!", b"7z\xbc\xaf\x27\x1c", b"\x1f\x8b", b"BZh", b"\xfd7zXZ")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_LOCKED = ("EncryptedPackage".encode("utf-16-le"), "EncryptionInfo".encode("utf-16-le"))
_ENTRY = b"PK\x01\x02"  # begins each line of the archive's table of contents
_ENCRYPTED_FLAG = 0x1
_UNREADABLE = (BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError, OSError)

UNTOUCHED = "没有导入，文件原样保留。"
SAVE_AGAIN = "请用 Excel 或 WPS 打开它，另存为“Excel 工作簿（.xlsx）”后再导入。"
UNPACK = "请先解压，再导入其中的 .xlsx 工作簿。"
_FILL_IN = "请把答复填入发出的清单（.xlsx）后再导入。"
_TOO_MUCH = "的内容大得不正常"
_LESS = "请删去清单以外的内容和表格下方、右侧的空白行列，或者重新导出后再填。"
_ASK_AGAIN = "请让该单位重新发送一份；发送前先确认自己能打开。"


class RefusedError(KnownError):
    """A returned file that is not read. ``reason`` is the bare reason, without the file's name."""

    def __init__(self, name: str, reason: str, hint: str = "") -> None:
        super().__init__(f"“{name}”{reason}，{UNTOUCHED}", hint)
        self.reason = reason


@dataclass(slots=True)
class Spent:
    """What was read of a workbook so far, what is empty included: the limits are for it as a whole."""

    bytes: int = 0
    elements: int = 0
    rows: int = 0
    cells: int = 0
    characters: int = 0


@dataclass(frozen=True, slots=True)
class Package:
    """A workbook's parts. ``size`` and ``sha256`` are those of the whole file.

    Names of parts are looked up without regard to case, as the format has it. ``spent`` grows as it is read.
    """

    name: str
    size: int
    sha256: str
    spent: Spent
    _entries: Mapping[str, ZipInfo]
    _archive: ZipFile

    def has(self, part: str) -> bool:
        """Say whether there is such a part."""
        return part.casefold() in self._entries

    def unpacked_size(self, part: str) -> int:
        """Return how many bytes ``part`` has by what the archive says, 0 when there is no such part."""
        entry = self._entries.get(part.casefold())
        return entry.file_size if entry else 0

    def count(self, folder: str) -> int:
        """Return how many parts lie in ``folder``."""
        return sum(name.startswith(folder.casefold()) for name in self._entries)

    def names(self) -> Collection[str]:
        """Return the names of the parts, in lower case."""
        return self._entries.keys()

    def pieces(self, part: str) -> Iterator[bytes]:
        """Yield the content of ``part`` in pieces. Raises RefusedError when it is gone, damaged or huge."""
        entry = self._entries.get(part.casefold())
        if entry is None:
            raise self.damaged()
        taken = 0
        try:
            with self._archive.open(entry) as stream:
                while piece := stream.read(_PIECE):
                    taken += len(piece)
                    self.spent.bytes += len(piece)
                    if taken > LARGEST_PART or self.spent.bytes > MOST_READ:
                        raise self.refused(_TOO_MUCH, _LESS)
                    yield piece
        except _UNREADABLE as error:
            raise self.damaged() from error

    def refused(self, reason: str, hint: str) -> RefusedError:
        """Return the refusal of this file for ``reason``, which goes on after the file's name."""
        return RefusedError(self.name, reason, hint)

    def damaged(self) -> RefusedError:
        """Return the refusal of a file whose inside is not as it should be."""
        return self.refused("已损坏，读不出内容", _ASK_AGAIN)


@contextlib.contextmanager
def open_package(path: Path) -> Iterator[Package]:
    """Read the file at ``path``, check it from outside and yield its parts.

    :raises RefusedError: when it is no .xlsx workbook, is locked with a password, carries macros or links to
        other workbooks, or unpacks to more than a checklist ever does.
    """
    data = content(path)
    _check_kind(shown_name(path), data)
    with opened(shown_name(path), data) as package:
        _check_content(package, package.names())
        yield package


@contextlib.contextmanager
def opened(name: str, data: bytes) -> Iterator[Package]:
    """Yield the parts of the archive ``data``, of whatever kind it is, once its names and sizes are checked.

    Raises RefusedError when it is damaged, locked with a password, or unpacks to more than is believable.
    """
    if data.count(_ENTRY) > MOST_PARTS:
        raise RefusedError(name, _TOO_MUCH, _LESS)
    try:
        archive = ZipFile(BytesIO(data))
    except _UNREADABLE as error:
        raise RefusedError(name, "不完整或已损坏", _ASK_AGAIN) from error
    with archive:
        entries = archive.infolist()
        by_name = {_part_name(entry).casefold(): entry for entry in entries}
        package = Package(name, len(data), hashlib.sha256(data).hexdigest(), Spent(), by_name, archive)
        _check_entries(package, entries, len(by_name))
        yield package


def content(path: Path) -> bytes:
    """Return the bytes of a file that is not too large. Raises RefusedError when it cannot be read."""
    try:
        if not path.is_file():
            raise RefusedError(
                shown_name(path), "不存在，或者不是文件", "请检查路径，以及 U 盘或网络盘是否仍然连接。"
            )
        with path.open("rb") as file:
            data = file.read(LARGEST_FILE + 1)
    except (OSError, ValueError) as error:
        reason = (error.strerror if isinstance(error, OSError) else None) or type(error).__name__
        raise RefusedError(
            shown_name(path), f"打不开（{reason}）", "如正被其他程序打开，请先关闭；或把它复制到本机再导入。"
        ) from error
    if len(data) > LARGEST_FILE:
        limit = LARGEST_FILE // 1024 // 1024
        raise RefusedError(
            shown_name(path), f"超过{limit}MB", "请删去其中的图片和附件（佐证材料请另行添加）后再导入。"
        )
    return data


def _check_kind(name: str, data: bytes) -> None:
    """Tell apart what people take for a workbook."""
    if not data:
        raise RefusedError(name, "是空文件", _ASK_AGAIN)
    if told := other_files.PACKAGES.get(Path(name).suffix.lower()):
        raise RefusedError(name, *told)
    if name.startswith("~$"):
        raise RefusedError(name, "是表格程序打开文件时留下的临时文件", "请选择名称前面没有“~$”的那个文件。")
    if data.startswith(_OLE):
        if any(mark in data for mark in _LOCKED):
            raise RefusedError(name, "加了打开密码", "请让该单位取消密码（另存时去掉“加密”）后再发来。")
        raise RefusedError(name, "是旧格式（.xls 或 .et）的文件", SAVE_AGAIN)
    if data.startswith(_ARCHIVES):
        raise RefusedError(name, "是压缩包", UNPACK)
    if data.startswith(b"%PDF"):
        raise RefusedError(name, "是 PDF 文件", _FILL_IN)
    if not data.startswith(b"PK") and Path(name).suffix.lower() in other_files.ARCHIVES:
        raise RefusedError(name, "是压缩包", UNPACK)  # of a kind of its own, or damaged: not to be saved as
    if not data.startswith(b"PK"):
        raise RefusedError(name, "不是 Excel 工作簿", SAVE_AGAIN)


def _check_entries(package: Package, entries: list[ZipInfo], different: int) -> None:
    """Check names and sizes as the archive tells them; ``different`` is how many names there are."""
    if sum(entry.file_size for entry in entries) > LARGEST_TOTAL:
        raise package.refused(_TOO_MUCH, _LESS)
    if different < len(entries) or any(_is_odd(_part_name(entry)) for entry in entries):
        raise package.damaged()
    for entry in entries:
        if entry.flag_bits & _ENCRYPTED_FLAG:
            raise package.refused("设有密码", "请让该单位取消密码后再发来。")
        if entry.compress_type not in (ZIP_STORED, ZIP_DEFLATED):
            raise package.damaged()
        if entry.file_size > _FREE + HIGHEST_RATIO * entry.compress_size:
            raise package.refused(_TOO_MUCH, _LESS)


def _part_name(entry: ZipInfo) -> str:
    """Return the name of a part; some programs write the separators of Windows, and Excel reads them."""
    return entry.filename.replace("\\", "/")


def _is_odd(name: str) -> bool:
    """Say whether the name of a part leads out of the archive or cannot be a part's name."""
    return (
        not name
        or name.startswith("/")
        or "\x00" in name
        or ":" in name
        or any(step in {".", ".."} for step in name.split("/"))
    )


def _check_content(package: Package, names: Collection[str]) -> None:
    """Check what kinds of parts there are, by their names in lower case."""
    if "[content_types].xml" not in names:
        if "content.xml" in names:
            raise package.refused("是 OpenDocument 表格（.ods）", SAVE_AGAIN)
        raise package.refused("是压缩包", UNPACK)
    if any(name.startswith(("word/", "ppt/")) for name in names):
        raise package.refused("是 Word 或演示文件", _FILL_IN)
    if not any(name.startswith("xl/") for name in names):
        raise package.refused("不是 Excel 工作簿", SAVE_AGAIN)
    if any(name.endswith("workbook.bin") for name in names):
        raise package.refused("是二进制格式（.xlsb）的工作簿", SAVE_AGAIN)
    if any(name.rpartition("/")[2].startswith("vbaproject") or "/macrosheets/" in name for name in names):
        raise package.refused(
            "含有宏", "请另存为“Excel 工作簿（.xlsx）”去掉宏后再导入；宏可能来自病毒，请留意。"
        )
    if any("/externallinks/" in name for name in names):
        raise package.refused(
            "含有指向其他工作簿的链接", "请在“数据—编辑链接”中断开链接，或只粘贴数值，保存后再导入。"
        )


def shown_name(path: Path) -> str:
    """Return the file's name as text that can be kept and printed, whatever bytes it is made of."""
    return os.fsencode(path.name).decode("utf-8", "replace")
