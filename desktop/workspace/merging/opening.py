"""A 数据包 from somebody else's stick, believed as far as it was checked; nothing of it is held whole."""

from __future__ import annotations

import contextlib
import hashlib
import json
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from desktop.library import pack_checks
from desktop.library.pack_checks import BROKEN, altered, damaged
from desktop.library.pack_names import MANIFEST, RECORDS
from desktop.workspace.journal.state import WriteRow
from desktop.workspace.merging import lines, locking, manifest
from desktop.workspace.merging.manifest import DATA, MEASURES, PackageManifest
from desktop.workspace.merging.packing import Report, quiet

_PIECE = 1 << 16


@dataclass(frozen=True, slots=True)
class OpenPackage:
    """A package whose every part was checked, open for reading.

    ``shown`` is what to call its file, ``digest`` the SHA-256 of its manifest, which speaks for all of it.
    """

    manifest: PackageManifest
    shown: str
    digest: str
    _package: zipfile.ZipFile

    def writes(self) -> Iterator[list[WriteRow]]:
        """Yield the writes, some at a time. Raises PackError for a line that is none."""
        count = 0
        try:
            with self._package.open(RECORDS) as part:
                for some in lines.rows(part):
                    count += len(some)
                    yield some
        except ValueError as error:
            raise altered(self.shown, DATA) from error
        except (*BROKEN, OSError) as error:
            raise damaged(self.shown, DATA) from error
        if count != self.manifest.writes:
            raise altered(self.shown, DATA)

    def measures(self) -> Mapping[str, tuple[str, str]]:
        """Return title and SHA-256 of the text of measures by their keys, as they were at its maker's."""
        data = b"".join(self._checked(MEASURES))
        try:
            return {
                str(key): (str(title), digest if manifest.is_digest(digest) else "")
                for key, (title, digest) in json.loads(data).items()
            }
        except (ValueError, TypeError, AttributeError, RecursionError) as error:
            raise altered(self.shown, DATA) from error

    def pour(self, digest: str, target: IO[bytes]) -> None:
        """Write a file of 佐证材料 into ``target``. Raises PackError when it is no longer as it was."""
        for piece in self._checked(f"{manifest.EVIDENCE}/{digest}"):
            target.write(piece)

    def check(self, report: Report = quiet) -> None:
        """Read every part to its end. Raises PackError for one that is not as it was packed."""
        for done, name in enumerate(self.manifest.parts):
            report(done, len(self.manifest.parts))
            for _ in self._checked(name):
                pass

    def _checked(self, name: str) -> Iterator[bytes]:
        part, digest, size = self.manifest.parts[name], hashlib.sha256(), 0
        try:
            with self._package.open(name) as source:
                while piece := source.read(_PIECE):
                    digest.update(piece)
                    size += len(piece)
                    if size > part.size:
                        raise altered(self.shown, DATA)
                    yield piece
        except (*BROKEN, OSError) as error:
            raise damaged(self.shown, DATA) from error
        if size != part.size or digest.hexdigest() != part.sha256:
            raise altered(self.shown, DATA)


@contextlib.contextmanager
def opened(path: Path, folder: Path, passphrase: str = "", report: Report = quiet) -> Iterator[OpenPackage]:
    """Check a package whole and yield it; ``folder`` is where a locked one is unlocked meanwhile.

    Raises PackError, which says why it is not taken, KnownError when the disk refuses.
    """
    shown = pack_checks.shown_name(path)
    with contextlib.ExitStack() as stack:
        file = stack.enter_context(pack_checks.opened_file(path, shown, DATA))
        if _is_locked(file, shown):
            file = stack.enter_context(locking.unlocked(file, passphrase, folder, shown))
        package = stack.enter_context(pack_checks.opened_zip(file, shown, DATA))
        found = _read(package, shown)
        found.check(report)
        yield found


def _is_locked(file: IO[bytes], shown: str) -> bool:
    try:
        return locking.is_locked(file)
    except OSError as error:
        raise damaged(shown, DATA) from error


def _read(package: zipfile.ZipFile, shown: str) -> OpenPackage:
    """Return the package of a zip, which has just the parts that its manifest names."""
    try:
        data = package.read(MANIFEST)
    except (*BROKEN, OSError) as error:
        raise damaged(shown, DATA) from error
    told = manifest.parsed(data, shown)
    there = {one.filename: one.file_size for one in package.infolist() if one.filename != MANIFEST}
    if there != {name: part.size for name, part in told.parts.items()} or not {RECORDS, MEASURES} <= {*there}:
        raise altered(shown, DATA)
    for name, part in told.parts.items():
        if (digest := manifest.evidence_of(name)) and digest != part.sha256:
            raise altered(shown, DATA)
    return OpenPackage(told, shown, hashlib.sha256(data).hexdigest(), package)
