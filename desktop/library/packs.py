"""发文包: notices by stick. One clerk takes a notice in, every desk in the district has it.

A pack holds the chosen notices whole: text, structure, annotations, original file, older versions, and what
was confirmed about which of their measures correspond. Taking one in changes all that it brings, or nothing.
"""

from __future__ import annotations

import contextlib
import tempfile
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from desktop import __version__, disk
from desktop.catalogue import notice_folder, query, store
from desktop.catalogue.query import Catalogue
from desktop.errors import KnownError
from desktop.library import (
    arranging,
    database,
    folders,
    links,
    moves,
    opening,
    pack_checks,
    pack_file,
    pack_names,
)
from desktop.library.arranging import ArrangedNotice
from desktop.library.differing import NoticeDifference, PackDifference, notice_difference
from desktop.library.pack_file import OpenPack, PackContents, PackedNotice
from desktop.library.pack_names import LINKS
from desktop.paths import OWN_FOLDER

REPLACED = "replaced"
"""The folder beside the notices in which what an import replaced stays as it was."""

Entered = Collection[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class _Prepared:
    """A pack laid out and compared; ``built`` is the database that the library will have."""

    difference: PackDifference
    arranged: tuple[ArrangedNotice, ...]
    has_links: bool
    built: Path
    sources: str
    unread: tuple[str, ...]


def export(workspace: Path, target: Path, keys: Sequence[str] = (), *, by: str, at: datetime) -> PackContents:
    """Write a pack with the notices of these keys, all of the user's where there are none, to ``target``.

    ``by`` is who makes it. Raises KnownError when there is nothing to export, a notice is none of the user's
    or cannot be read, or the disk refuses; nothing is written then.
    """
    moves.settle(folders.root(workspace))
    chosen = [folder for folder in folders.held(workspace) if not keys or folder.name in keys]
    _check_chosen(workspace, keys, chosen)
    files: dict[str, Path | bytes] = {}
    notices = []
    for folder in chosen:
        parsed, _ = notice_folder.read(folder, own=False)
        notices.append(
            PackedNotice(folder.name, parsed.notice.number, parsed.notice.title, len(parsed.measures))
        )
        for path in sorted(folder.rglob("*")):
            name = f"{pack_names.NOTICES}/{path.relative_to(folders.root(workspace)).as_posix()}"
            if path.is_file() and pack_names.notice_of(name):
                files[name] = path
    decided = links.within(links.links(folders.root(workspace)), [folder.name for folder in chosen])
    if decided:
        files[LINKS] = links.written(decided).encode()
    return pack_file.write(
        target,
        files,
        notices,
        program=__version__,
        made_by=by,
        made_at=at.isoformat(timespec="seconds"),
    )


def read_pack(path: Path) -> PackContents:
    """Check a pack whole and return what it says it holds. Raises PackError, KnownError."""
    with pack_file.opened(path, pack_checks.shown_name(path)) as pack:
        return pack.contents


def difference(workspace: Path, path: Path, entered: Entered = (), *, on: date) -> PackDifference:
    """Return what taking in the pack at ``path`` would change; changes nothing.

    ``entered`` are the items, as keys of unit and measure, for which something was entered. Raises PackError
    when the pack is not to be taken in, KnownError when the disk refuses.
    """
    with _opened(path) as pack, tempfile.TemporaryDirectory() as temporary:
        into = Path(temporary) / "new"
        into.mkdir(OWN_FOLDER)
        return _prepared(workspace, pack, into, Path(temporary) / database.DATABASE, entered, on).difference


def take_in(
    workspace: Path, path: Path, entered: Entered = (), *, at: datetime, digest: str = ""
) -> PackDifference:
    """Take in the pack at ``path`` and return what that changed: all that it brings, or nothing.

    What it replaces stays readable as older versions, and as it was in ``notices/replaced``. ``digest`` is
    that of the pack whose difference was looked at, if one was. Killed at any moment, the library is as
    before or as after. Raises as :func:`difference` does.
    """
    root = folders.root(workspace)
    with _opened(path) as pack:
        if digest and pack.contents.digest != digest:
            raise pack_checks.refused(pack.shown, "已不是刚才查看的那一份", "请重新查看后再采用。")
        with disk.writing(root):
            root.mkdir(OWN_FOLDER, parents=True, exist_ok=True)
        with moves.staged(root) as staged, disk.draft_in(workspace) as draft:
            prepared = _prepared(workspace, pack, staged, draft, entered, at.date())
            _put(workspace, prepared, at)
            return prepared.difference


@contextlib.contextmanager
def _opened(path: Path) -> Iterator[OpenPack]:
    with pack_file.opened(path, pack_checks.shown_name(path)) as pack:
        yield pack


def _check_chosen(workspace: Path, keys: Sequence[str], chosen: Sequence[Path]) -> None:
    for key in keys:
        folders.known(workspace, folders.own_keys(), key)
        if key in folders.own_keys():
            raise KnownError(
                f"“{key}”是程序自带的发文，每份程序里都有，不放进发文包，没有导出。",
                "请只选择自己录入的发文。",
            )
    if not chosen:
        raise KnownError("发文库中没有自己录入的发文，没有可导出的内容。", "请先录入一份发文。")


def _prepared(
    workspace: Path, pack: OpenPack, into: Path, built: Path, entered: Entered, on: date
) -> _Prepared:
    """Lay out a pack in ``into``, build the database that there will be as ``built``, and compare.

    Nothing of the library is changed but for what was still to be finished.
    """
    before = opening.opened(workspace)
    with closing(before.db):
        own = {key: before.catalogue.whole.notice_with(key).number for key in folders.own_keys()}
        held, removed = folders.held(workspace), folders.removed(workspace)
        units = before.catalogue.whole.units
        with disk.writing(into):
            arranged = arranging.arrange(pack, held, removed, own, units, into, on)
            has_links = _write_links(pack, folders.root(workspace), arranged, into)
        coming = [one for one in arranged if not one.same]
        replaced = {one.key for one in coming}
        after = [folder for folder in held if folder.name not in replaced] + [one.folder for one in coming]
        sources, unread = database.build(sorted(after, key=lambda folder: folder.name), built)
        if any(f"“{key}”" in told for told in unread for key in replaced):
            raise pack_checks.refused(pack.shown, "里有读不出来的发文", "请对方检查后重新导出。")
        with closing(store.open_library(built)) as db:
            lost = _lost(before.catalogue, query.load(db), entered)
        told = tuple(_compared(one) for one in arranged)
    found = PackDifference(pack.contents, told, lost, has_links)
    return _Prepared(found, arranged, has_links, built, sources, tuple(unread))


def _compared(one: ArrangedNotice) -> NoticeDifference:
    before = notice_folder.read_text(one.before, one.key) if one.before else None
    return notice_difference(before, notice_folder.read_text(one.folder, one.key), same=one.same)


def _lost(before: Catalogue, after: Catalogue, entered: Entered) -> tuple[tuple[str, str], ...]:
    """Return those of the ``entered`` items that the library has before and not after."""
    return tuple(
        (unit, measure)
        for unit, measure in sorted(entered)
        if measure in _keys(before, unit) and measure not in _keys(after, unit)
    )


def _keys(catalogue: Catalogue, unit_key: str) -> Iterable[str]:
    return {measure.key for measure in catalogue.whole.measures_of(unit_key)}


def _write_links(pack: OpenPack, root: Path, arranged: Sequence[ArrangedNotice], into: Path) -> bool:
    """Write the links as they will be, if the pack brings any that are not here. What is here stands."""
    if not any(file.name == LINKS for file in pack.contents.files):
        return False
    try:
        brought = links.parsed(pack.bytes_of(LINKS))
    except ValueError as error:
        raise pack_checks.altered(pack.shown) from error
    renamed = {was: now for one in arranged for was, now in one.renamed.items()}
    here = links.links(root)
    joined = {
        frozenset(renamed[key] for key in pair): state
        for pair, state in brought.items()
        if all(key in renamed for key in pair)
    } | here
    if joined == here:
        return False
    (into / LINKS).write_text(links.written(joined), encoding="utf-8", newline="")
    return True


def _put(workspace: Path, prepared: _Prepared, at: datetime) -> None:
    """Put what was prepared in its place."""
    root = folders.root(workspace)
    coming = [one for one in prepared.arranged if not one.same]
    names = [*(one.key for one in coming), *([LINKS] if prepared.has_links else [])]
    if not names:
        return
    replaced = f"{REPLACED}/{at:%Y%m%d-%H%M%S}"
    keep = [(one.key, f"{replaced}/{one.key}") for one in coming if (root / one.key).exists()]
    if prepared.has_links and (root / LINKS).exists():
        keep.append((LINKS, f"{replaced}/{LINKS}"))
    moves.replace(root, names, keep)
    with contextlib.suppress(OSError):  # else it is built again when it is opened
        disk.place(prepared.built, workspace / database.DATABASE)
        database.stamp(workspace, folders.held(workspace), prepared.sources, prepared.unread)
