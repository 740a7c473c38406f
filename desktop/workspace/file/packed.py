"""A backup as it lies on the disk: a zip that any unzip program takes apart, or, formerly, the bare database.

The zip holds ``workspace.db``, byte for byte the checked copy, what that holds in figures, and how to put it
back by hand. Everything that is read from it is read against the zip's own checksums.
"""

from __future__ import annotations

import io
import json
import sqlite3
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO, Any

from desktop import disk, paths
from desktop.workspace.file import cipher, seal
from desktop.workspace.file.connection import connect
from desktop.workspace.file.holdings import Holdings
from desktop.workspace.file.transaction import damaged, rotten, translated

DATABASE = "workspace.db"
SUFFIX = ".zip"
BROKEN = (
    *(zipfile.BadZipFile, zlib.error, struct.error, EOFError),
    *(KeyError, ValueError, OverflowError, RuntimeError, NotImplementedError),
)
"""What zipfile raises for a zip that is broken, encrypted or lacks a member."""

_ABOUT, _HOW = "about.json", "恢复方法.txt"
_LARGEST = 4 * 1024**3  # bytes of a database within a zip: more is no workspace
_MOST_TOLD = 65_536  # bytes of what a zip says of itself
_EFFORT = 5  # of 9: as small as 6 within two in a hundred, in nine tenths of the time
_PIECE = 1 << 20
_TOLD = (
    "这是惠企措施手册工作库的自动备份。平时请在程序的“备份与恢复”中恢复。\r\n\r\n"
    "手工恢复：\r\n"
    "1. 关闭程序。\r\n"
    "2. 把工作库文件夹中的 workspace.db（以及旁边的 workspace.db-journal，如果有）改名留存。\r\n"
    "3. 双击打开这个压缩包，把其中的 workspace.db 复制到工作库文件夹。\r\n"
    "4. 打开程序。佐证材料在工作库的 evidence 文件夹中，不在这个压缩包里。\r\n"
)


@dataclass(frozen=True, slots=True)
class About:
    """What a packed backup says of itself: ``mark`` is that of its rows."""

    holdings: Holdings
    mark: str


def pack(copy: Path, draft: Path, told: About) -> None:
    """Pack the database ``copy`` into the new file ``draft``, and read it back.

    Raises OSError as it comes, also when what is read back is not what was written.
    """
    draft.touch(paths.OWN_FILE, exist_ok=False)
    with zipfile.ZipFile(draft, "w", zipfile.ZIP_DEFLATED, compresslevel=_EFFORT) as package:
        part = zipfile.ZipInfo.from_file(copy, DATABASE, strict_timestamps=False)
        if cipher.is_sealed_file(copy):  # looks like chance, and gets no smaller
            part.compress_type = zipfile.ZIP_STORED
        else:
            part.compress_type, part._compresslevel = zipfile.ZIP_DEFLATED, _EFFORT  # type: ignore[attr-defined]
        with copy.open("rb") as source, package.open(part, "w") as target:
            written, _ = disk.pour(iter(lambda: source.read(_PIECE), b""), target)
        package.writestr(_ABOUT, json.dumps({**asdict(told.holdings), "mark": told.mark}, ensure_ascii=False))
        package.writestr(_HOW, "\ufeff" + _TOLD)
    with zipfile.ZipFile(draft) as package, package.open(DATABASE) as source:
        read, _ = disk.pour(iter(lambda: source.read(_PIECE), b""))
    if read != written:
        raise OSError("the backup reads back otherwise than it was written")


def is_packed(path: Path) -> bool:
    """Tell whether a backup is a zip, by its name."""
    return path.suffix.lower() == SUFFIX


def about(path: Path) -> About | None:
    """Return what a packed backup says of itself; None for one that says nothing, or is none.

    Raises DamagedError when it is broken, KnownError when it cannot be read.
    """
    if not is_packed(path):
        return None
    with _zip(path) as package:
        if _ABOUT not in package.namelist() or package.getinfo(_ABOUT).file_size > _MOST_TOLD:
            return None
        try:
            told: dict[str, Any] = json.loads(package.read(_ABOUT))
            mark = str(told.pop("mark"))
            return About(Holdings(**told), mark)
        except (ValueError, KeyError, TypeError):
            return None


def is_sealed(path: Path) -> bool:
    """Tell whether a backup, packed or bare, has a passphrase. Raises KnownError, DamagedError."""
    if not is_packed(path):
        return cipher.is_sealed_file(path)
    with _zip(path) as package, member(package) as source:
        return cipher.is_sealed(source.read(len(cipher.MARK)))


def key_of(path: Path) -> cipher.FileKey | None:
    """Return the key of a backup, packed or bare, None when it has none.

    Raises PassphraseError when no passphrase was offered that opens it, KnownError, DamagedError.
    """
    try:
        if not is_packed(path):
            return cipher.key_of(path)
        with _zip(path) as package, member(package) as source:
            head = source.read(cipher.LOOKED_AT)
        return cipher.key_in(io.BytesIO(head), path)
    except cipher.PassphraseError as shut:
        raise shut.of(path) from shut


def is_whole(path: Path) -> bool:
    """Tell whether a packed backup holds, byte for byte, what was packed. Raises KnownError, DamagedError."""
    with _zip(path) as package, member(package) as source:
        disk.pour(disk.pieces(source, path), limit=_LARGEST)
    return True


@contextmanager
def opened(path: Path, *, thorough: bool = False) -> Iterator[sqlite3.Connection]:
    """Yield the database of a backup, packed or bare, to be read; ``thorough`` checks each of its pages.

    A packed one is unpacked beside itself for as long, where nothing can be written there in the system's
    temporary folder. Raises PassphraseError, DamagedError when it is not whole, KnownError when it
    cannot be read.
    """
    with ExitStack() as stack:
        file = path
        if is_packed(path):
            path = _unpacked(stack, path)
        if thorough and seal.is_broken(path):
            raise rotten()
        try:
            db = stack.enter_context(closing(connect(path, "immutable=1")))
        except cipher.PassphraseError as shut:
            raise shut.of(file) from shut
        if thorough:
            with translated():
                (verdict,) = db.execute("PRAGMA integrity_check(1)").fetchone()
            if verdict != "ok":
                raise damaged()
        yield db


def unpack(package: zipfile.ZipFile, file: Path, target: Path) -> None:
    """Unpack the database of ``package``, which lies at ``file``, into the new file ``target``.

    Raises DamagedError when it is broken or too large, KnownError when either disk refuses.
    """
    try:
        with member(package) as source, translated(), disk.new_own(target) as out:
            disk.pour(disk.pieces(source, file), out, _LARGEST)
    except (disk.TooLargeError, *BROKEN) as error:
        raise damaged() from error


def member(package: zipfile.ZipFile) -> IO[bytes]:
    """Open the database of a package. Raises what zipfile raises for a broken one."""
    try:
        return package.open(DATABASE)
    except OSError as error:  # an offset that points before the file
        raise zipfile.BadZipFile from error


@contextmanager
def _zip(path: Path) -> Iterator[zipfile.ZipFile]:
    """Open a zip; what is broken within the block is a DamagedError."""
    try:
        with translated(), zipfile.ZipFile(path) as package:
            yield package
    except (disk.TooLargeError, *BROKEN) as error:
        raise damaged() from error


def _unpacked(stack: ExitStack, path: Path) -> Path:
    """Unpack the database of a backup to a folder that lasts as long as ``stack``; return where it lies."""
    try:
        place = stack.enter_context(disk.folder_in(path.parent))
    except OSError:
        place = Path(stack.enter_context(TemporaryDirectory()))
    with _zip(path) as package:
        unpack(package, path, place / DATABASE)
    return place / DATABASE
