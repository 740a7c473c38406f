"""A file from a stick, before it is believed to be a 发文包: a zip of believable names, sizes and kinds."""

from __future__ import annotations

import contextlib
import os
import stat
import struct
import unicodedata
import zipfile
import zlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from desktop.errors import KnownError
from desktop.library import pack_names
from desktop.library.pack_names import LINKS, MANIFEST, RECORDS

UNTOUCHED = "没有导入，发文库没有改动。"
ANOTHER = "请选择由“导出发文包”得到的文件（.fwb）。"
COPY_AGAIN = "请重新拷贝一次，或请对方重新导出。"
LARGEST_FILE = 512 * 1024 * 1024
"""Bytes of a pack."""
LARGEST_TOTAL = 1024 * 1024 * 1024
"""Bytes that its files may unpack to together."""
LARGEST_TEXT = 2 * 1024 * 1024
"""Bytes of a text, of a structure, of whatever is no original file: the longest known notice has 60 kB."""
MOST_FILES = 20_000
HIGHEST_RATIO = 200
"""How many times its packed size a file may have, beyond the first megabyte. Texts have about 5."""
BROKEN = (
    *(zipfile.BadZipFile, zlib.error, struct.error, EOFError),
    *(KeyError, ValueError, OverflowError, RuntimeError, NotImplementedError, UnicodeError),
)
"""What zipfile raises for a zip that is broken, encrypted or lacks a file."""

_FREE = 1024 * 1024
_ENTRIES, _LENGTH = 4, 5  # where zipfile has how many lines and bytes a zip's table of contents has
_LONGEST_ENTRY = 512  # bytes of a line of it, on average
_ENCRYPTED = 0x1


class PackError(KnownError):
    """A file that is not taken as a pack. ``reason`` is the sentence without the file's name."""

    def __init__(self, name: str, reason: str, hint: str = "", untouched: str = UNTOUCHED) -> None:
        super().__init__(f"“{name}”{reason}，{untouched}", hint)
        self.reason = f"{reason}，{untouched}"


@dataclass(frozen=True, slots=True)
class PackKind:
    """One kind of zip that travels by stick: what it is called, what is said of others, what it may hold.

    ``most_bytes`` tells how many bytes a file of a name may have, -1 where there may be none of that name.
    """

    called: str
    untouched: str
    another: str
    largest_file: int
    largest_total: int
    most_files: int
    most_bytes: Callable[[str], int]


def _most_bytes(name: str) -> int:
    if name.rpartition("/")[2].startswith(f"{pack_names.ORIGINAL}.") and pack_names.notice_of(name):
        return LARGEST_TOTAL
    return LARGEST_TEXT if name in (MANIFEST, LINKS) or pack_names.notice_of(name) else -1


NOTICES = PackKind("发文包", UNTOUCHED, ANOTHER, LARGEST_FILE, LARGEST_TOTAL, MOST_FILES, _most_bytes)


def refused(shown: str, reason: str, hint: str = "", kind: PackKind = NOTICES) -> PackError:
    """Return the refusal of a file called ``shown``; ``reason`` goes on after its name."""
    return PackError(shown, reason, hint, kind.untouched)


def damaged(shown: str, kind: PackKind = NOTICES) -> PackError:
    """Return the refusal of a pack that is cut short or broken."""
    return refused(shown, "不完整或已损坏，可能没有拷完", COPY_AGAIN, kind)


def altered(shown: str, kind: PackKind = NOTICES) -> PackError:
    """Return the refusal of a pack that is not as it was made."""
    return refused(shown, "的内容与制作时不一致，被改动过", "请对方重新导出一份，不要解压后再压缩。", kind)


@contextlib.contextmanager
def opened_file(path: Path, shown: str, kind: PackKind = NOTICES) -> Iterator[IO[bytes]]:
    """Yield the file at ``path``, open for reading. Raises PackError when there is none, or it is no file."""
    try:
        found = path.stat()
        if not stat.S_ISREG(found.st_mode):
            raise refused(shown, "不是文件", kind.another, kind)
        file = path.open("rb")
    except FileNotFoundError as error:
        raise refused(shown, "不存在", "请检查文件名，以及 U 盘是否仍然连接。", kind) from error
    except (OSError, ValueError) as error:
        reason = (error.strerror if isinstance(error, OSError) else None) or type(error).__name__
        raise refused(shown, f"打不开（{reason}）", "请把它复制到本机后再试。", kind) from error
    with file:
        if found.st_size > kind.largest_file:
            raise refused(shown, "大得不正常", kind.another, kind)
        if not found.st_size:
            raise refused(shown, "是空文件", COPY_AGAIN, kind)
        yield file


@contextlib.contextmanager
def opened_zip(file: IO[bytes], shown: str, kind: PackKind = NOTICES) -> Iterator[zipfile.ZipFile]:
    """Yield a file as a zip whose table of contents is believable and that says it is a pack.

    Raises PackError. Nothing is unpacked.
    """
    try:
        head = file.read(4)
        if head != b"PK\x03\x04":
            raise refused(shown, f"不是{kind.called}", kind.another, kind)
        _check_count(file, shown, kind)
        package = zipfile.ZipFile(file)
    except (*BROKEN, OSError) as error:
        raise damaged(shown, kind) from error
    with package:
        entries = package.infolist()
        _check_kind([entry.filename for entry in entries], shown, kind)
        _check_entries(entries, shown, kind)
        yield package


def check_names(names: Sequence[str], keys: Sequence[str], shown: str) -> None:
    """Check that the files of a pack are just those of the notices with these keys. Raises PackError."""
    found = {name: pack_names.notice_of(name) for name in names if name != LINKS}
    if any(key is None for key in found.values()) or set(found.values()) != set(keys):
        raise refused(shown, "里有不该有的文件", "请对方重新导出一份。")
    if not keys or len(set(keys)) < len(keys) or pack_names.lacking(found) is not None:
        raise refused(shown, "缺少发文的文件", "请对方重新导出一份。")


def _check_count(file: IO[bytes], shown: str, kind: PackKind) -> None:
    """See that the table of contents is not too long to be taken into memory, and that there is one."""
    end = zipfile._EndRecData(file)  # type: ignore[attr-defined]
    if not end:
        raise damaged(shown, kind)
    if end[_ENTRIES] > kind.most_files or end[_LENGTH] > kind.most_files * _LONGEST_ENTRY:
        raise refused(shown, "里的文件多得不正常", kind.another, kind)
    file.seek(0)


def _check_kind(names: Sequence[str], shown: str, kind: PackKind) -> None:
    """Tell what people take for a pack."""
    if "workspace.db" in names:
        raise refused(shown, f"是工作库的备份，不是{kind.called}", "要恢复工作库，请用“备份与恢复”。", kind)
    if "[Content_Types].xml" in names:
        raise refused(
            shown, f"是 Word 或 Excel 文件，不是{kind.called}", "要录入一份发文，请用“录入发文”。", kind
        )
    if MANIFEST not in names:
        raise refused(shown, f"是别的压缩包，不是{kind.called}", kind.another, kind)
    if kind is not NOTICES and any(name.startswith(f"{pack_names.NOTICES}/") for name in names):
        raise refused(shown, f"是发文包，不是{kind.called}", "要导入发文，请用发文库的“导入发文包”。", kind)
    if kind is NOTICES and RECORDS in names:
        raise refused(shown, "是数据包，不是发文包", "要并入别的电脑上录入的内容，请用“并入数据包”。", kind)


def _check_entries(entries: Sequence[zipfile.ZipInfo], shown: str, kind: PackKind) -> None:
    odd = "里有不该有的文件"
    plain = {unicodedata.normalize("NFKC", entry.filename).casefold() for entry in entries}
    if len(plain) < len(entries):
        raise refused(shown, odd, "请对方重新导出一份。", kind)
    if len(entries) > kind.most_files:
        raise refused(shown, "里的文件多得不正常", kind.another, kind)
    total = 0
    for entry in entries:
        name, mode, most = entry.filename, entry.external_attr >> 16, kind.most_bytes(entry.filename)
        if most < 0 or entry.orig_filename != name or stat.S_IFMT(mode) not in (0, stat.S_IFREG):
            raise refused(shown, odd, "请对方重新导出一份。", kind)
        if entry.flag_bits & _ENCRYPTED:
            raise refused(shown, "设有密码", "请对方重新导出一份，不要另行加密。", kind)
        if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise damaged(shown, kind)
        total += entry.file_size
        if entry.file_size > most or entry.file_size > _FREE + HIGHEST_RATIO * entry.compress_size:
            raise refused(shown, "解开后大得不正常", "请对方重新导出一份。", kind)
    if total > kind.largest_total:
        raise refused(shown, "解开后大得不正常", "请对方重新导出一份。", kind)


def shown_name(path: Path) -> str:
    """Return a file's name as text, whatever bytes it is made of."""
    return os.fsencode(path.name).decode("utf-8", "replace")
