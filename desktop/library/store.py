"""Taking notices into the library and out of it, whole or not at all; 在用 and 已停用."""

from __future__ import annotations

import shutil
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from desktop import disk, paths
from desktop.catalogue import build as building
from desktop.catalogue import notice_files, notice_folder, nouns, papers
from desktop.catalogue.notice_folder import Read
from desktop.catalogue.parsed import ParsedNotice
from desktop.catalogue.query import Catalogue
from desktop.errors import KnownError
from desktop.library import annotating, folders, moves, opening, versions
from desktop.library.folders import own_keys
from desktop.library.new_key import new_key
from desktop.library.turns import turn
from desktop.paths import OWN_FILE, OWN_FOLDER
from desktop.reading import kept
from desktop.reading.model import NoticeReading

_NOTHING: Mapping[str, str] = {}
_LONGEST_ENDING = 12


@dataclass(frozen=True, slots=True)
class ListedNotice:
    """A notice as the list of notices shows it; ``own`` are those that the program came with."""

    key: str
    number: str
    title: str
    measures: int
    units: int
    valid_until: date | None
    in_use: bool
    own: bool


def listed(catalogue: Catalogue) -> list[ListedNotice]:
    """Return all notices of the library, in the order of their keys."""
    used = {notice.key for notice in catalogue.notices}
    own = set(own_keys())
    found = []
    for notice in catalogue.whole.notices:
        keys = [document.key for document in catalogue.documents_in(notice.key)]
        found.append(
            ListedNotice(
                notice.key,
                notice.number,
                notice.title,
                sum(map(catalogue.count_in, keys)),
                catalogue.unit_count(keys),
                notice.valid_until,
                notice.key in used,
                notice.key in own,
            )
        )
    return found


def accept(
    workspace: Path,
    reading: NoticeReading,
    *,
    kinds: Mapping[str, str] = _NOTHING,
    original: Path | None = None,
    now: datetime | None = None,
) -> str:
    """Take a notice into the library and return its key; nothing about it is open any more.

    Whoever calls has asked :func:`desktop.reading.acceptance.acceptable`, since a reading does not know which
    of its questions were answered.

    One whose 文号 is here with other words is an amendment (修订): it takes the place of the old one, which
    stays readable as a version (:mod:`desktop.library.versions`), and measures that stayed keep their keys.
    ``kinds`` gives units their kinds, by name, where a person said so; ``original`` is the file that the
    notice came as. Raises :class:`KnownError` when characters lie in no piece, it has no measures, it is in
    the library already, or the disk refuses: then the library is as it was.
    """
    _check(reading)
    own = building.own(paths.resources() / "notices")
    root = folders.root(workspace)
    if not root.exists():
        _check_new(reading, own, ())  # what is refused leaves no folder
    with disk.writing(root):
        root.mkdir(OWN_FOLDER, parents=True, exist_ok=True)
    with moves.staged(root) as staged:
        held = folders.held(workspace)
        read = _readable(held)
        _check_new(reading, own, read)
        now = now or datetime.now()
        amended = _amended(reading, [parsed for parsed, _ in read])
        taken = {*own_keys(), *(path.name for path in (*held, *folders.removed(workspace)))}
        key = amended or new_key(reading, taken, now.year)
        parsed = nouns.nouns(reading, key)
        folder = staged / key
        with disk.writing(folder):
            folder.mkdir(OWN_FOLDER)
            _write(folder / notice_files.SOURCE, reading.source)
            _write(folder / notice_files.STRUCTURE, kept.to_json(reading))
            units = building.units_of(own, read)
            _write(folder / notice_files.ANNOTATIONS, annotating.written(parsed, units, kinds))
            if original is not None:
                ending = disk.allowed_name(original.suffix.lower())[:_LONGEST_ENDING] or ".txt"
                (folder / f"original{ending}").touch(OWN_FILE)
                shutil.copyfile(original, folder / f"original{ending}")
        if amended:
            versions.amend(root / key, folder, key, now.date())
        notice_folder.read(folder, own=False)
        moves.replace(root, [key])
    return key


def would_amend(workspace: Path, reading: NoticeReading) -> str:
    """Return the key of the notice that this one would take the place of, "" where it is a new one.

    Raises :class:`KnownError` where it is in the library already, word for word, or is the program's own.
    """
    read = _readable(folders.held(workspace))
    _check_new(reading, building.own(paths.resources() / "notices"), read)
    return _amended(reading, [parsed for parsed, _ in read])


def remove(workspace: Path, key: str) -> str:
    """Take a notice out of the library and return the name under which it can be taken back.

    What was entered for it stays. Raises :class:`KnownError` when it is none of the user's.
    """
    folders.known(workspace, own_keys(), key)
    if key in own_keys():
        raise KnownError("程序自带的发文不能移除，没有改动。", "不用时可以停用。")
    root = folders.root(workspace)
    with disk.writing(root):
        (root / folders.REMOVED).mkdir(OWN_FOLDER, exist_ok=True)
    with moves.staged(root):
        name = disk.free_path(root / folders.REMOVED, key).name
        moves.replace(root, [], [(key, f"{folders.REMOVED}/{name}")])
    return name


def take_back(workspace: Path, name: str) -> str:
    """Put a removed notice back into the library and return its key. Raises :class:`KnownError`."""
    root = folders.root(workspace)
    key = name.partition("（")[0]
    if name not in [path.name for path in folders.removed(workspace)]:
        raise KnownError(f"没有移除过代号为“{name}”的发文，没有改动。", "请在已移除的发文中另选一份。")
    with moves.staged(root):
        if key in own_keys() or (root / key).exists():
            raise KnownError(f"发文库中已有代号为“{key}”的发文，没有放回。", "请先移除现有的那一份。")
        moves.replace(root, [], [(f"{folders.REMOVED}/{name}", key)])
    return key


def use(workspace: Path, key: str, on: bool) -> None:
    """Make a notice 在用 or 已停用. Raises :class:`KnownError` when there is none with this key."""
    with turn(folders.root(workspace)):
        folders.known(workspace, own_keys(), key)
        out = folders.used(workspace, own_keys()).out_of_use
        changed = out - {key} if on else out | {key}
        keys = {*own_keys(), *(path.name for path in folders.held(workspace))}
        if keys <= changed:
            raise KnownError("至少要有一份发文在用，没有停用。", "请先启用另一份。")
        if changed != folders.written_out_of_use(workspace):
            folders.put_used(workspace, changed)


def rebuilt(workspace: Path) -> str:
    """Build the database anew if the notices have changed; return what is wrong with the library."""
    index = opening.opened_index(workspace)
    index.db.close()
    return index.warning


def _check(reading: NoticeReading) -> None:
    if reading.left_over:
        raise KnownError(
            f"原文有{reading.left_over}个字没有归到任何一段，没有收入发文库。",
            "请回到“条文结构”，给这些文字选定标签。",
        )
    if not any(document.measures for document in reading.documents):
        raise KnownError("没有读出措施，没有收入发文库。", "请先标出哪些段落是措施。")
    try:
        reading.source.encode()
    except UnicodeEncodeError as error:
        raise KnownError("原文中有不能保存的字符，没有收入发文库。", "请删去乱码后重新录入。") from error
    if "\0" in reading.source:
        raise KnownError("原文中有不能保存的字符，没有收入发文库。", "请删去乱码后重新录入。")


def _check_new(reading: NoticeReading, own: Sequence[Read], read: Sequence[Read]) -> None:
    number = papers.numbered(reading.head.number)
    if number and number in [papers.numbered(parsed.notice.number) for parsed, _ in own]:
        raise KnownError(
            f"{reading.head.number}已在发文库中，是程序自带的，没有再收一份。", "停用着的，请在发文库中启用。"
        )
    for parsed, _ in (*own, *read):
        if versions.same_words(parsed.source, reading.source):
            raise KnownError(
                f"{parsed.notice.called}已在发文库中，文字相同（空格、换行不计），没有再收一份。",
                "要重新标定它，请先移除现有的那一份。",
            )


def _amended(reading: NoticeReading, here: Sequence[ParsedNotice]) -> str:
    number = papers.numbered(reading.head.number)
    same = (one.notice.key for one in here if number and papers.numbered(one.notice.number) == number)
    return next(same, "")


def _readable(held: list[Path]) -> list[Read]:
    """Return the notices that can be read; opening the library tells what is wrong with the others."""
    found = []
    for folder in held:
        with suppress(KnownError):
            found.append(notice_folder.read(folder, own=False))
    return found


def _write(path: Path, text: str) -> None:
    path.touch(OWN_FILE)
    path.write_text(text, "utf-8", newline="")
