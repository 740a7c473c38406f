"""导出数据包: the writes, and the files of 佐证材料 they name, as one file that is whole or is not there.

What is on its way grows no more, so that nothing can leave twice with two contents; it counts as gone once
the file is in its place.
"""

from __future__ import annotations

import sqlite3
import stat
import zipfile
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import IO, TypeAlias

from desktop import __version__, disk, paths
from desktop.errors import KnownError
from desktop.library.pack_names import MANIFEST, RECORDS
from desktop.workspace.evidence import files as evidence_files
from desktop.workspace.file.store import FOLDER
from desktop.workspace.file.transaction import transaction, translated
from desktop.workspace.items import journalled
from desktop.workspace.journal import identity, state
from desktop.workspace.journal.model import dumped
from desktop.workspace.merging import choosing, lines, locking, manifest, spans
from desktop.workspace.merging.choosing import Chosen
from desktop.workspace.merging.manifest import PackageManifest, PackagePart

Report: TypeAlias = Callable[[int, int], None]
"""Told how many of how many parts are done; what it raises ends the work, as if it had not begun."""

_WHEN = (1980, 1, 1, 0, 0, 0)
_EFFORT = 6
_EVIDENCE = f"{manifest.EVIDENCE}/*"


def quiet(done: int, of: int) -> None:
    """Tell nobody."""


@dataclass(frozen=True, slots=True)
class Packed:
    """A package that was written: what it says of itself, and its size in bytes."""

    manifest: PackageManifest
    size: int


@dataclass(frozen=True, slots=True)
class _Leaving:
    """What is on its way: the manifest without its parts, files by SHA-256, measures, and which writes.

    ``last`` is the last write that there was.
    """

    manifest: PackageManifest
    files: dict[str, str]
    measures: dict[str, list[str]]
    chosen: Chosen
    last: int


def pack(
    db: sqlite3.Connection,
    folder: Path,
    target: Path,
    *,
    by: str,
    at: datetime,
    since: datetime | None = None,
    unit: Collection[str] = (),
    passphrase: str = "",
    report: Report = quiet,
) -> Packed:
    """Write what was entered in the workspace in ``folder`` to ``target``; all of it, or what was asked for.

    ``unit`` are the key of a unit and what it is called, () for all. Raises KnownError when there is
    nothing to export or the disk refuses; nothing is at ``target`` then but what was there.
    """
    disk.ensure_free(target)
    with disk.draft_in(folder) as spooled:
        leaving = _snapshot(db, spooled, by, at, since, unit)
        with disk.write_beside(target) as draft:
            if passphrase:
                with disk.draft_in(folder) as plain:
                    plain.touch(paths.OWN_FILE)
                    made = _zipped(plain, folder, spooled, leaving, report)
                    locking.lock(plain, draft, passphrase, target.name)
            else:
                made = _zipped(draft, folder, spooled, leaving, report)
        size = target.stat().st_size
    where, values = leaving.chosen
    with transaction(db):
        db.execute(
            f"UPDATE journal SET sealed = 1 WHERE sealed = 2 AND seq <= ? AND {where}",
            (leaving.last, *values),
        )
    return Packed(made, size)


def _snapshot(
    db: sqlite3.Connection,
    spooled: Path,
    by: str,
    at: datetime,
    since: datetime | None,
    unit: Collection[str],
) -> _Leaving:
    """Write the lines of what leaves to ``spooled``, and let it grow no more."""
    with transaction(db):
        scope = choosing.of_unit(db, unit) if unit else choosing.EVERYTHING
        chosen = choosing.both(choosing.since(db, since), scope)
        machine = identity.current(db)
        where, values = chosen
        (last,) = db.execute("SELECT coalesce(max(seq), 0) FROM journal").fetchone()
        with translated(), disk.new_own(spooled) as file:
            rows = db.execute(f"SELECT {state.COLUMNS} FROM journal WHERE {where} ORDER BY seq", values)
            count = 0
            for row in rows:
                file.write(lines.line(row))
                count += 1
        if not count:
            raise KnownError(
                "没有可导出的内容：这段时间没有新的录入，以前的都已导出过。"
                if since is not None
                else "没有可导出的内容，没有生成数据包。",
                "如要重新导出以前的内容，请选更早的时间，或者全部导出。" if since is not None else "",
            )
        attached = db.execute(
            f"SELECT field, value FROM journal WHERE field GLOB ? AND value <> 'null' AND {where}",
            (_EVIDENCE, *values),
        ).fetchall()
        db.execute(f"UPDATE journal SET sealed = 2 WHERE sealed = 0 AND {where}", values)
        made = PackageManifest(
            machine=machine,
            made_at=at.isoformat(timespec="seconds"),
            by=by,
            program=__version__,
            unit=next(iter(unit), ""),
            since=since.isoformat(timespec="seconds") if since else "",
            writes=count,
            holds=spans.held(db),
            left_out=spans.held(db, f"NOT {scope[0]}", *scope[1]) if unit else {},
            called=_called(db),
        )
        wanted = {
            digest: name for digest, name in choosing.evidence(attached).items() if manifest.is_digest(digest)
        }
        return _Leaving(made, wanted, _measures(db, chosen), chosen, last)


def _measures(db: sqlite3.Connection, chosen: Chosen) -> dict[str, list[str]]:
    """Return title and SHA-256 of the text of each measure that is spoken of, by its key."""
    where, values = chosen
    named = db.execute(
        f"SELECT DISTINCT noun, record FROM journal WHERE noun IN (?, ?) AND {where}",
        (journalled.ITEM, journalled.NOTE, *values),
    ).fetchall()
    keys = {journalled.key_of(noun, record).measure_key for noun, record in named}
    known = db.execute(
        "SELECT measure_key, measure_title, text_sha256 FROM entries"
        " UNION SELECT measure_key, measure_title, text_sha256 FROM notes ORDER BY 1, 2, 3"
    )
    return {key: [title, digest] for key, title, digest in known if key in keys}


def _called(db: sqlite3.Connection) -> dict[str, str]:
    known = db.execute("SELECT machine, called FROM machines UNION SELECT machine, called FROM identities")
    return {machine: called for machine, called in known if called}


def _zipped(
    draft: Path,
    folder: Path,
    spooled: Path,
    leaving: _Leaving,
    report: Report,
) -> PackageManifest:
    """Write the zip; the manifest is its last part, for it tells of all others."""
    parts: dict[str, PackagePart] = {}
    missing = []
    wanted = leaving.files
    of = len(wanted) + 2
    with zipfile.ZipFile(draft, "w") as package:
        report(0, of)
        with disk.reading(spooled):
            file = spooled.open("rb")
        with file:
            parts[RECORDS] = _put(package, RECORDS, disk.pieces(file, spooled), zipfile.ZIP_DEFLATED)
        parts[manifest.MEASURES] = _put(
            package, manifest.MEASURES, [dumped(leaving.measures).encode()], zipfile.ZIP_DEFLATED
        )
        for done, digest in enumerate(sorted(wanted), start=1):
            report(done, of)
            place = evidence_files.stored_place(folder, digest)
            if not place:
                missing.append(digest)
                continue
            path = folder / FOLDER / place
            with disk.reading(path):
                file = path.open("rb")
            name = f"{manifest.EVIDENCE}/{digest}"
            with file:
                parts[name] = _put(package, name, disk.pieces(file, path), zipfile.ZIP_STORED)
            if parts[name].sha256 != digest:
                raise KnownError(f"“{wanted[digest]}”在导出时被改动，没有生成数据包。", "请再试一次。")
        made = replace(leaving.manifest, parts=parts, missing=tuple(missing))
        _put(package, MANIFEST, [manifest.told(made)], zipfile.ZIP_DEFLATED)
        report(of, of)
    return made


def _put(package: zipfile.ZipFile, name: str, source: Iterable[bytes], how: int) -> PackagePart:
    entry = zipfile.ZipInfo(name, _WHEN)
    entry.compress_type, entry.create_system = how, 3
    entry._compresslevel = _EFFORT  # type: ignore[attr-defined]
    entry.external_attr = (stat.S_IFREG | 0o644) << 16
    part: IO[bytes]
    with package.open(entry, "w", force_zip64=True) as part:
        digest, size = disk.pour(source, part)
    return PackagePart(size, digest)
