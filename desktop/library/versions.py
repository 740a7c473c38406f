"""Versions of a notice: an amended text takes the place of the old one, which stays readable as it was.

Older versions lie in ``notices/<key>/versions/<year>-<month>``, each whole, with ``version.json``: when it
was replaced. What was entered against an old wording keeps that wording's SHA-256 and so finds its
words again.
"""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import count
from pathlib import Path

from desktop import disk
from desktop.catalogue import key_numbers, notice_files, notice_folder, source
from desktop.catalogue.key_numbers import KEYS, KeyNumbers
from desktop.catalogue.model import Measure
from desktop.catalogue.parsed import ParsedNotice
from desktop.errors import KnownError
from desktop.library import carrying
from desktop.library.pack_names import VERSION, VERSIONS, is_kept, is_version
from desktop.paths import OWN_FOLDER

_BLANK = re.compile(r"[\s\ufeff\u200b]+")
_NAME = re.compile(r"(\d{4}-\d{2})(?:-(\d+))?")
_FORMAT = 1


@dataclass(frozen=True, slots=True)
class NoticeVersion:
    """An older version of a notice: where it lies, and when it was replaced, None where nobody knows."""

    key: str
    folder: Path
    replaced_on: date | None

    @property
    def name(self) -> str:
        """Return the name of its folder, e.g. 2026-03."""
        return self.folder.name

    @property
    def called(self) -> str:
        """Return what people call it, e.g. 2026-03 版."""
        found = _NAME.fullmatch(self.name)
        month, further = (found[1], found[2]) if found else (self.name, None)
        return f"{month} 版（{further}）" if further else f"{month} 版"

    def read(self) -> ParsedNotice:
        """Return what it says, under the notice's key. Raises KnownError when its files do not fit."""
        return notice_folder.read_text(self.folder, self.key)


@dataclass(frozen=True, slots=True)
class Wording:
    """How a measure was worded in a version; ``called`` is what people call the version."""

    called: str
    measure: Measure


def versions(folder: Path) -> tuple[NoticeVersion, ...]:
    """Return the older versions of the notice in ``folder``, whose name is its key, the newest first."""
    try:
        found = [path for path in (folder / VERSIONS).iterdir() if is_version(path.name) and path.is_dir()]
    except OSError:
        return ()
    read = [NoticeVersion(folder.name, path, _replaced_on(path)) for path in found]
    return tuple(
        sorted(read, key=lambda each: (each.replaced_on or date.min, _order(each.name)), reverse=True)
    )


def wordings(folder: Path, measure_key: str) -> tuple[Wording, ...]:
    """Return how the measure with this key was worded in older versions, the newest first.

    Versions that do not have it, or whose files are damaged, are passed over.
    """
    found = []
    for version in versions(folder):
        try:
            measures = _measures(version.folder, folder.name)
        except KnownError:
            continue
        found += [Wording(version.called, each) for each in measures if each.key == measure_key]
    return tuple(found)


def wording(notices: Path, measure_key: str, text_sha256: str) -> Wording | None:
    """Return the wording with this SHA-256, of a measure of one of the user's notices; None if it is gone."""
    key = measure_key.rsplit(".", 2)[0]
    return next(
        (one for one in wordings(notices / key, measure_key) if one.measure.text_sha256 == text_sha256), None
    )


def told_change(notices: Path, measure: Measure, text_sha256: str) -> str:
    """Return in Chinese how ``measure`` was worded where its text had this SHA-256, "" where nobody knows."""
    found = wording(notices, measure.key, text_sha256)
    if found is None:
        return ""
    old = found.measure
    if unnumbered(old) == unnumbered(measure):
        return f"措施文字没有改动，只是编号由“{old.label}”改为“{measure.label}”。"
    return f"填写时的原文（{found.called}）：{old.text}"


def unnumbered(measure: Measure) -> str:
    """Return a measure's text without the number that is printed in front of it."""
    return measure.text.removeprefix(measure.label).lstrip()


def same_words(one: str, other: str) -> bool:
    """Tell whether two texts say the same, blanks and line ends apart."""
    return _BLANK.sub("", one) == _BLANK.sub("", other)


def amend(old: Path, new: Path, key: str, on: date) -> KeyNumbers:
    """Make ``new`` the amended version of the notice in ``old``: both are folders, ``new`` is staged.

    The versions of ``old``, and ``old`` itself as one more, are copied into ``new``; measures that stayed
    keep their keys (``keys.json``). Returns the numbers of the keys. Raises KnownError; ``old`` is only read.
    """
    before = notice_folder.read_text(old, key)
    after = notice_folder.read_text(new, key)
    numbers = carried_numbers(before, kept_numbers(old, before), after)
    with disk.writing(new):
        (new / KEYS).write_text(key_numbers.to_json(numbers), encoding="utf-8", newline="")
        copy_versions(old, new)
        add_version(old, new, before, on)
    return numbers


def carried_numbers(before: ParsedNotice, numbers: KeyNumbers, after: ParsedNotice) -> KeyNumbers:
    """Return the numbers of the keys of ``after``, which carries on ``before``, whose ``numbers`` are given.

    Measures are looked for in the document of the same place. A document that went keeps its place, without
    measures: its numbers stay used.
    """
    old = [_of_document(before, each.key) for each in before.documents]
    new = [_of_document(after, each.key) for each in after.documents]
    documents, highest = [], []
    for at in range(max(len(new), len(numbers.highest))):
        was, now = (each[at] if at < len(each) else () for each in (old, new))
        most = numbers.highest[at] if at < len(numbers.highest) else 0
        found = carrying.key_numbers(was, now, [most])
        documents.append(found)
        highest.append(max([most, *found]))
    return KeyNumbers(tuple(documents), tuple(highest))


def kept_numbers(folder: Path, parsed: ParsedNotice) -> KeyNumbers:
    """Return the numbers of the keys of the notice in ``folder``, which says ``parsed``."""
    return key_numbers.load(folder, [len(_of_document(parsed, each.key)) for each in parsed.documents])


def copy_versions(old: Path, new: Path) -> None:
    """Copy the older versions in ``old`` into ``new``, those that are there already apart. Raises OSError."""
    there = {_mark(each.folder) for each in versions(new)}
    for version in reversed(versions(old)):
        if _mark(version.folder) not in there:
            _copy(version.folder, _free(new, version.name), with_version=True)


def add_version(old: Path, new: Path, parsed: ParsedNotice, on: date) -> None:
    """Copy the current version in ``old`` into ``new`` as an older one, replaced ``on``. Raises OSError.

    It is named for the month in which it was issued, or replaced where it does not say when.
    """
    if _mark(old) in {_mark(each.folder) for each in versions(new)}:
        return
    issued = parsed.notice.issued_on or on
    target = _free(new, f"{issued:%Y-%m}")
    _copy(old, target, with_version=False)
    told = json.dumps({"format": _FORMAT, "replaced_on": on.isoformat()})
    (target / VERSION).write_text(f"{told}\n", encoding="utf-8", newline="")


def is_version_of(old: Path, new: Path) -> bool:
    """Tell whether what stands in ``old`` is an older version of the notice in ``new``."""
    return _mark(old) in {_mark(each.folder) for each in versions(new)}


def has_words(folder: Path, text: str) -> bool:
    """Tell whether an older version of the notice in ``folder`` says what ``text`` says."""
    sources = (each.folder / notice_files.SOURCE for each in versions(folder))
    return any(same_words(source.read(path), text) for path in sources if path.exists())


def same(one: Path, other: Path) -> bool:
    """Tell whether two folders hold the same version, word for word and key for key, annotations apart."""
    return _mark(one) == _mark(other)


def _of_document(parsed: ParsedNotice, document_key: str) -> tuple[Measure, ...]:
    return tuple(measure for measure in parsed.measures if measure.document_key == document_key)


def _mark(folder: Path) -> tuple[bytes, ...]:
    """Return what makes a version the one that it is: its words, its structure, its keys."""
    names = (notice_files.SOURCE, notice_files.STRUCTURE, KEYS)
    return tuple((folder / name).read_bytes() if (folder / name).exists() else b"" for name in names)


def _free(folder: Path, name: str) -> Path:
    found = _NAME.fullmatch(name)
    month = found[1] if found else name
    names = (month if number == 1 else f"{month}-{number}" for number in count(1))
    return next(path for path in (folder / VERSIONS / each for each in names) if not path.exists())


def _copy(source: Path, target: Path, *, with_version: bool) -> None:
    target.mkdir(OWN_FOLDER, parents=True)
    for path in sorted(source.iterdir()):
        if path.is_file() and (is_kept(path.name) or (with_version and path.name == VERSION)):
            shutil.copyfile(path, target / path.name)


def _replaced_on(folder: Path) -> date | None:
    try:
        told = json.loads((folder / VERSION).read_text("utf-8"))
        return date.fromisoformat(told["replaced_on"])
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return None


def _order(name: str) -> tuple[str, int]:
    found = _NAME.fullmatch(name)
    return (found[1], int(found[2] or 1)) if found else (name, 1)


def _measures(folder: Path, key: str) -> Sequence[Measure]:
    return notice_folder.read_text(folder, key).measures
