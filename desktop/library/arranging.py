"""A 发文包 laid out beside the library: which notice of it is which here, under which keys, new or amended.

Two desks may have taken in the same notice each by itself. What was entered here hangs on the keys here, so
a pack's keys are taken over only where they mean the same measures; else its measures get the keys that they
have here, and fresh ones.
"""

from __future__ import annotations

import shutil
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import count
from pathlib import Path

from desktop.catalogue import key_numbers, merged_units, notice_folder, papers
from desktop.catalogue.key_numbers import KEYS, KeyNumbers
from desktop.catalogue.model import Unit
from desktop.catalogue.parsed import ParsedNotice
from desktop.errors import KnownError
from desktop.library import agreeing_units, carrying, pack_checks, versions
from desktop.library.pack_checks import PackError
from desktop.library.pack_file import OpenPack, PackedNotice
from desktop.library.pack_names import NOTICES, VERSIONS
from desktop.paths import OWN_FOLDER


@dataclass(frozen=True, slots=True)
class ArrangedNotice:
    """A notice of a pack as it will stand here: under ``key``, its files in ``folder``.

    ``before`` is what stands here now under that key, None where nothing does. ``renamed`` has for each
    measure's key in the pack the key that it gets here. ``same`` says that nothing about it will change.
    """

    key: str
    folder: Path
    before: Path | None
    renamed: Mapping[str, str]
    same: bool


def arrange(
    pack: OpenPack,
    held: Collection[Path],
    removed: Collection[Path],
    own: Mapping[str, str],
    units: Sequence[Unit],
    into: Path,
    on: date,
) -> tuple[ArrangedNotice, ...]:
    """Lay out the notices of ``pack`` in ``into``, each in a folder named for its key here.

    ``held`` and ``removed`` are the folders of the user's notices, ``own`` the program's notices (文号 by
    key), ``units`` those of the library; ``on`` is the day on which what is here will have been replaced.
    Raises PackError when a notice of the pack is not as it should be, is the program's own or older than what
    is here, KnownError by the disk.
    """
    here = {folder.name: notice_folder.read_text(folder, folder.name) for folder in _readable(held)}
    taken = {*own, *here, *(folder.name for folder in removed)}  # one that is damaged here is replaced
    folders = {folder.name: folder for folder in held if folder.name in here}
    once = {folder.name: folder for folder in removed}
    arranged: list[ArrangedNotice] = []
    for at, packed in enumerate(pack.contents.notices):
        unpacked = into / f"unpacked {at}"
        parsed = _unpack(pack, packed, unpacked)
        if packed.key in own or papers.numbered(parsed.notice.number) in map(papers.numbered, own.values()):
            raise pack_checks.refused(
                pack.shown, f"里的{packed.called}是程序自带的发文", "请对方导出时不要选这一份。"
            )
        key = _here(packed.key, parsed, here)
        before = folders.get(key) if key else None
        past = before or (once.get(packed.key) if key is None and _is(packed.key, parsed, once) else None)
        if key is None:
            key = packed.key if past or packed.key not in taken else _free(packed.key, taken)
            taken.add(key)
        folder = unpacked.replace(into / key)
        renamed = _reconcile(pack.shown, packed, folder, past, key, on) if past else {}
        renamed = renamed or {one.key: _under(one.key, key) for one in parsed.measures}
        units = _agree_units(pack.shown, packed, folder, units)
        same = before is not None and _same_files(before, folder)
        arranged.append(ArrangedNotice(key, folder, before, renamed, same))
    if len({one.key for one in arranged}) < len(arranged):
        raise pack_checks.refused(pack.shown, "里有同一份发文的两个副本", "请对方重新导出一份。")
    return tuple(arranged)


def _agree_units(shown: str, packed: PackedNotice, folder: Path, units: Sequence[Unit]) -> Sequence[Unit]:
    """Give the units of a notice the keys that they have here; return the library's with them."""
    try:
        _, notes = notice_folder.read(folder, own=False)
        if agreeing_units.agree(folder, notes.units, units):
            _, notes = notice_folder.read(folder, own=False)
    except KnownError as error:
        raise _wrong(shown, packed) from error
    return merged_units.joined(units, [notes.units])


def _wrong(shown: str, packed: PackedNotice) -> PackError:
    return pack_checks.refused(
        shown, f"里的{packed.called}，结构与原文对不上", "请对方重新录入这份发文后再导出。"
    )


def _unpack(pack: OpenPack, packed: PackedNotice, target: Path) -> ParsedNotice:
    """Write the files of a notice into ``target`` and read them all, strictly."""
    prefix = f"{NOTICES}/{packed.key}"
    for file in pack.contents.in_folder(prefix):
        path = target / file.name.removeprefix(f"{prefix}/")
        path.parent.mkdir(OWN_FOLDER, parents=True, exist_ok=True)
        with path.open("xb") as written:
            pack.pour(file.name, written)
    try:
        parsed = notice_folder.read_text(target, packed.key)
        for version in versions.versions(target):
            notice_folder.read_text(version.folder, packed.key)
    except PackError:
        raise
    except KnownError as error:
        raise _wrong(pack.shown, packed) from error
    told = (parsed.notice.number, parsed.notice.title, len(parsed.measures))
    if told != (packed.number, packed.title, packed.measures):
        raise pack_checks.altered(pack.shown)
    return parsed


def _here(key: str, parsed: ParsedNotice, here: Mapping[str, ParsedNotice]) -> str | None:
    """Return the key under which a pack's notice stands here, None where it does not."""
    number = papers.numbered(parsed.notice.number)
    for other, there in here.items():
        if number and papers.numbered(there.notice.number) == number:
            return other
    if key in here and _is_same(parsed, here[key]):
        return key
    return next((other for other, there in here.items() if _is_same_text(parsed, there)), None)


def _is(key: str, parsed: ParsedNotice, folders: Mapping[str, Path]) -> bool:
    """Tell whether one of ``folders`` has a notice of this key that is the same one."""
    if key not in folders:
        return False
    try:
        there = notice_folder.read_text(folders[key], key)
    except KnownError:
        return True  # nobody knows: its keys are not to be used for another notice
    return _is_same(parsed, there)


def _is_same(one: ParsedNotice, other: ParsedNotice) -> bool:
    """Tell whether two notices of one key are the same one: by their 文号, else by their titles."""
    numbers = [papers.numbered(each.notice.number) for each in (one, other)]
    if any(numbers):
        return numbers[0] == numbers[1]
    return one.notice.title == other.notice.title or _is_same_text(one, other)


def _is_same_text(one: ParsedNotice, other: ParsedNotice) -> bool:
    return versions.same_words(one.source, other.source)


def _free(key: str, taken: Collection[str]) -> str:
    return next(name for name in (f"{key}-{number}" for number in count(2)) if name not in taken)


def _reconcile(
    shown: str, packed: PackedNotice, folder: Path, past: Path, key: str, on: date
) -> dict[str, str]:
    """Give a pack's notice the keys that its measures have here, and the versions that are here.

    Returns the key here for each key in the pack. Raises PackError when what is here is newer.
    """
    before, after = notice_folder.read_text(past, key), notice_folder.read_text(folder, key)
    newer_here = versions.has_words(past, after.source) and not versions.has_words(folder, before.source)
    if newer_here and not _is_same_text(before, after):
        raise pack_checks.refused(
            shown, f"里的{packed.called}是旧版本，这里已有修订后的版本", "请对方导出最新的版本。"
        )
    numbers, here = versions.kept_numbers(folder, after), versions.kept_numbers(past, before)
    if not (versions.same(past, folder) or versions.is_version_of(past, folder)):
        if _mean_the_same(before, after):
            numbers = _joined(numbers, here)
        else:
            numbers = versions.carried_numbers(before, here, after)
            shutil.rmtree(folder / VERSIONS, ignore_errors=True)  # their keys are another desk's
        if numbers != versions.kept_numbers(folder, after):
            (folder / KEYS).write_text(key_numbers.to_json(numbers), encoding="utf-8", newline="")
    versions.copy_versions(past, folder)
    if not versions.same(past, folder) and not _is_same_text(before, after):
        versions.add_version(past, folder, before, on)
    now = notice_folder.read_text(folder, key)
    return {
        _under(was.key, packed.key): one.key for was, one in zip(after.measures, now.measures, strict=True)
    }


def _mean_the_same(before: ParsedNotice, after: ParsedNotice) -> bool:
    """Tell whether keys that both have mean the same measures, and measures that both have, one key."""
    for document in after.documents:
        old, new = (
            [one for one in each.measures if one.document_key == document.key] for each in (before, after)
        )
        carried, keys = carrying.carried_keys(old, new), {one.key for one in old}
        for at, one in enumerate(new):
            if carried.get(at, one.key if one.key not in keys else None) != one.key:
                return False
    return True


def _joined(one: KeyNumbers, other: KeyNumbers) -> KeyNumbers:
    """Return the numbers of ``one``; what either version ever used stays used."""
    places = max(len(one.highest), len(other.highest))
    documents = (*one.documents, *[()] * (places - len(one.documents)))
    highest = [
        max(each[at] if at < len(each) else 0 for each in (one.highest, other.highest))
        for at in range(places)
    ]
    return KeyNumbers(documents, tuple(highest))


def _same_files(one: Path, other: Path) -> bool:
    """Tell whether two folders of a notice hold the same files, byte for byte."""
    found = []
    for folder in (one, other):
        files = sorted(path for path in folder.rglob("*") if path.is_file())
        found.append({path.relative_to(folder).as_posix(): path.read_bytes() for path in files})
    return found[0] == found[1]


def _under(measure_key: str, notice_key: str) -> str:
    return ".".join([notice_key, *measure_key.rsplit(".", 2)[1:]])


def _readable(folders: Collection[Path]) -> list[Path]:
    found = []
    for folder in folders:
        try:
            notice_folder.read_text(folder, folder.name)
        except KnownError:
            continue
        found.append(folder)
    return found
