"""One notice as the files that it is built from: ``notice.txt``, ``structure.json``, ``annotations.toml``.

Whom its measures ask for may be written down in ``rules.toml`` (:mod:`desktop.catalogue.clauses`). One that
was amended also has ``keys.json`` (:mod:`desktop.catalogue.key_numbers`).
"""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

from desktop.catalogue import annotations as editorial
from desktop.catalogue import clauses, key_numbers, nouns, source
from desktop.catalogue.annotations import Annotations
from desktop.catalogue.notice_files import ANNOTATIONS, RULES, SOURCE, STRUCTURE
from desktop.catalogue.parsed import ParsedNotice
from desktop.errors import KnownError, NoticeError
from desktop.reading import kept
from desktop.reading.model import NoticeReading

Read = tuple[ParsedNotice, Annotations]


def read(folder: Path, *, own: bool) -> Read:
    """Return the notice in ``folder``, whose name is its key, with its annotations, all checked.

    One of the program's ``own`` is named for its 文号 and has tags for each measure; one of the user's needs
    neither, but a structure: what was decided is not guessed anew. Raises :class:`NoticeError` or
    :class:`KnownError`.
    """
    if not own:
        ensure_structure(folder)
    parsed = read_text(folder, folder.name)
    if own:
        _check_name(folder.name, parsed.notice.number, folder / SOURCE)
    notes = editorial.load(folder / ANNOTATIONS, parsed, complete=own)
    return parsed, replace(notes, clauses=clauses.load(folder / RULES, parsed))


def ensure_structure(folder: Path) -> None:
    """Raise :class:`KnownError` unless the notice in ``folder`` says how it was decided."""
    if not (folder / STRUCTURE).exists():
        raise KnownError(
            f"缺少发文的结构文件：{folder / STRUCTURE}", "请从发文包重新导入，或恢复原来的文件。"
        )


def read_text(folder: Path, key: str) -> ParsedNotice:
    """Return the notice in ``folder``, under ``key``, without its annotations. Raises as :func:`read`."""
    path = folder / SOURCE
    try:
        found = reading(folder, source.read(path))
    except NoticeError as error:
        raise NoticeError(error.line, error.reason, f"{error.hint}原文文件：{path}") from error
    numbers = key_numbers.load(folder, [len(document.measures) for document in found.documents])
    return nouns.nouns(found, key, numbers)


def reading(folder: Path, text: str) -> NoticeReading:
    """Return how ``text``, the source of the notice in ``folder``, was read and decided.

    Raises :class:`KnownError` or :class:`NoticeError` where the structure is missing, damaged, or of another
    text.
    """
    path = folder / STRUCTURE
    try:
        found = kept.from_json(path.read_text("utf-8"), text)
    except FileNotFoundError:
        from desktop.reading.propose import propose

        found = propose(text)
    except (OSError, UnicodeError) as error:
        raise KnownError(f"读不到发文的结构文件：{path}", "请检查文件是否存在、能否打开。") from error
    except KnownError as error:
        raise KnownError(f"{error.message}结构文件：{path}", error.hint) from error
    for question in found.questions:
        raise NoticeError(question.line, question.text, "请先录入这份发文，逐项决定。")
    if found.left_over:
        raise NoticeError(0, f"有{found.left_over}个字没有归到任何一段。", "请重新录入这份发文。")
    return found


def _check_name(name: str, number: str, path: Path) -> None:
    """Raise unless the folder's name carries the notice's year and number, e.g. …-2023-3."""
    year_and_number = "-".join(re.findall(r"\d+", number))
    if not re.fullmatch(rf"[a-z]+-{year_and_number}", name):
        raise NoticeError(
            0,
            f"文件夹名“{name}”应为发文代字的拼音首字母加“-{year_and_number}”，与{number}对应。",
            f"原文文件：{path}",
        )
