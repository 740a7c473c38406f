"""发文包 as a file: a zip that says of each of its files how long it is and what its SHA-256 is.

A pack comes on a stick from somebody else. Nothing of it is believed before it is checked, nothing is
unpacked to disk while it is checked, and what is wrong with it is said in a sentence. The hashes find
what was altered or cut short on the way; they do not prove who made it.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import stat
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO, Any

from desktop import disk
from desktop.library import pack_checks
from desktop.library.pack_checks import BROKEN, PackError, refused
from desktop.library.pack_names import MANIFEST

FORMAT = 1
KIND = "measures-desk.notices"
_WHEN = (1980, 1, 1, 0, 0, 0)  # of every file in a pack: the same notices give the same bytes
_EFFORT = 6
_PIECE = 1 << 16


@dataclass(frozen=True, slots=True)
class PackedFile:
    """A file in a pack: its name there, its size in bytes and its SHA-256."""

    name: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class PackedNotice:
    """What a pack says of a notice that it holds; ``measures`` is how many it has."""

    key: str
    number: str
    title: str
    measures: int

    @property
    def called(self) -> str:
        """Return what people call it: its 文号, or its title where it has none."""
        return self.number or f"《{self.title}》"


@dataclass(frozen=True, slots=True)
class PackContents:
    """What a pack is: its manifest. ``digest`` is that of all of it, and so speaks for every file.

    ``program`` is the version that made it, ``made_by`` who did, ``made_at`` when (ISO 8601 with offset).
    """

    program: str
    made_by: str
    made_at: str
    notices: tuple[PackedNotice, ...]
    files: tuple[PackedFile, ...]
    digest: str

    def in_folder(self, folder: str) -> tuple[PackedFile, ...]:
        """Return the files below a folder of the pack."""
        return tuple(file for file in self.files if file.name.startswith(f"{folder}/"))


def write(
    target: Path,
    files: Mapping[str, Path | bytes],
    notices: Sequence[PackedNotice],
    *,
    program: str,
    made_by: str,
    made_at: str,
) -> PackContents:
    """Write a pack with ``files`` (by their names in it) to ``target``, and read all of it back.

    The same files give the same bytes, but for who made it and when. Raises KnownError when it cannot be
    written; what was at ``target`` stays then.
    """
    with disk.write_beside(target) as draft:
        hashed = []
        for name in sorted(files):
            sha256, size = disk.pour(_pieces(files[name]))
            hashed.append(PackedFile(name, size, sha256))
        contents = PackContents(program, made_by, made_at, tuple(notices), tuple(hashed), "")
        parts = {MANIFEST: _told(contents), **{file.name: files[file.name] for file in hashed}}
        with zipfile.ZipFile(draft, "w") as package:
            for name, source in parts.items():
                entry = zipfile.ZipInfo(name, _WHEN)
                entry.compress_type, entry.create_system = zipfile.ZIP_DEFLATED, 3
                entry._compresslevel = _EFFORT  # type: ignore[attr-defined]
                entry.external_attr = (stat.S_IFREG | 0o644) << 16
                with package.open(entry, "w") as part:
                    disk.pour(_pieces(source), part)
        with opened(draft, shown=target.name) as pack:
            return pack.contents


@dataclass(frozen=True, slots=True)
class OpenPack:
    """A pack whose every byte was checked, open for reading. ``shown`` is what to call its file."""

    contents: PackContents
    shown: str
    _package: zipfile.ZipFile

    def bytes_of(self, name: str) -> bytes:
        """Return the content of a file. Raises KeyError, and PackError when it is no longer as it was."""
        return b"".join(self._checked(name))

    def pour(self, name: str, target: IO[bytes]) -> None:
        """Write the content of a file into ``target``. Raises as :meth:`bytes_of`; OSError by the target."""
        for piece in self._checked(name):
            target.write(piece)

    def _checked(self, name: str) -> Iterator[bytes]:
        file = next((each for each in self.contents.files if each.name == name), None)
        if file is None:
            raise KeyError(name)
        yield from _checked(self._package, file, self.shown)


@contextlib.contextmanager
def opened(path: Path, shown: str = "") -> Iterator[OpenPack]:
    """Check a pack whole and yield it. ``shown`` is what to call it, its name when that is empty.

    Raises PackError, which says why it is not taken, and KnownError when the file cannot be read.
    """
    shown = shown or path.name
    with contextlib.ExitStack() as stack:
        file = stack.enter_context(pack_checks.opened_file(path, shown))
        package = stack.enter_context(pack_checks.opened_zip(file, shown))
        contents = _read(package, shown)
        for each in contents.files:
            for _ in _checked(package, each, shown):
                pass
        yield OpenPack(contents, shown, package)


def _checked(package: zipfile.ZipFile, file: PackedFile, shown: str) -> Iterator[bytes]:
    """Yield a file in pieces; at its end, or as soon as it is too long, see whether it was altered."""
    digest, size = hashlib.sha256(), 0
    try:
        with package.open(file.name) as source:
            while piece := source.read(_PIECE):
                digest.update(piece)
                size += len(piece)
                if size > file.size:
                    raise pack_checks.altered(shown)
                yield piece
    except (*BROKEN, OSError) as error:
        raise pack_checks.damaged(shown) from error
    if size != file.size or digest.hexdigest() != file.sha256:
        raise pack_checks.altered(shown)


def _read(package: zipfile.ZipFile, shown: str) -> PackContents:
    """Return the manifest of a pack, which has just the files that it names. Raises PackError."""
    try:
        data = package.read(MANIFEST)
    except (*BROKEN, OSError) as error:
        raise pack_checks.damaged(shown) from error
    try:
        told = json.loads(data)
        _check_format(told, shown)
        contents = PackContents(
            _text(told["program"]),
            _text(told["made_by"]),
            _text(told["made_at"]),
            tuple(_notice(each) for each in told["notices"]),
            tuple(_file(each) for each in told["files"]),
            _text(told["digest"]),
        )
    except PackError:
        raise
    except (KeyError, TypeError, ValueError, AttributeError, RecursionError) as error:
        raise pack_checks.altered(shown) from error
    named = [file.name for file in contents.files]
    told_sizes = [(file.name, file.size) for file in contents.files]
    there = sorted((one.filename, one.file_size) for one in package.infolist() if one.filename != MANIFEST)
    if data != _told(contents) or told_sizes != there:
        raise pack_checks.altered(shown)
    pack_checks.check_names(named, [notice.key for notice in contents.notices], shown)
    return contents


def _check_format(told: Any, shown: str) -> None:
    if told["kind"] != KIND:
        raise refused(shown, "不是发文包", pack_checks.ANOTHER)
    if type(told["format"]) is not int or told["format"] < FORMAT:
        raise refused(shown, "的格式太旧，本版本已经读不了", "请用现在的版本重新导出一份发文包。")
    if told["format"] > FORMAT:
        raise refused(shown, "由更新版本的惠企措施手册制作，本版本读不了", "请先更新程序，再导入。")


def _told(contents: PackContents) -> bytes:
    """Return a manifest as it is written, with the digest of all that it says."""
    told = asdict(contents)
    del told["digest"]
    told = {"kind": KIND, "format": FORMAT, **told}
    plain = json.dumps(told, ensure_ascii=True, sort_keys=True, separators=(",", ":"))
    told["digest"] = hashlib.sha256(plain.encode("ascii")).hexdigest()
    return (json.dumps(told, ensure_ascii=False, indent=1) + "\n").encode("utf-8", "surrogatepass")


def _notice(told: Any) -> PackedNotice:
    if set(told) != {"key", "number", "title", "measures"} or type(told["measures"]) is not int:
        raise TypeError(told)
    return PackedNotice(_text(told["key"]), _text(told["number"]), _text(told["title"]), told["measures"])


def _file(told: Any) -> PackedFile:
    if set(told) != {"name", "size", "sha256"} or type(told["size"]) is not int or told["size"] < 0:
        raise TypeError(told)
    return PackedFile(_text(told["name"]), told["size"], _text(told["sha256"]))


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError(value)
    return value


def _pieces(source: Path | bytes) -> Iterable[bytes]:
    if isinstance(source, bytes):
        return [source]
    return _pieces_of(source)


def _pieces_of(path: Path) -> Iterator[bytes]:
    with disk.reading(path):
        file = path.open("rb")
    with file:
        yield from disk.pieces(file, path)
