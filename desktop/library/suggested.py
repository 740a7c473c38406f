"""What rules suggested of a measure (自动建议), confirmed or dropped by a person, in ``annotations.toml``.

Only the lines concerned are changed: what was written there by hand stays as it is, to the letter.
"""

from __future__ import annotations

import re
from pathlib import Path

from desktop import disk
from desktop.catalogue import notice_files
from desktop.catalogue.model import Measure
from desktop.errors import KnownError
from desktop.library import folders
from desktop.library.turns import turn

_ENTRY = re.compile(r"^\[\[\w+\]\]\n", re.M)
_MARK = re.compile(r"^suggested *= *true *\n", re.M)


def decide(workspace: Path, measure: Measure, *, keep: bool) -> None:
    """Confirm what was suggested of a measure, or drop it; the database is built anew at the next opening.

    Raises :class:`KnownError` when nothing of it waits for a person, or the disk refuses: all stays as it
    was then.
    """
    root = folders.root(workspace)
    notice, _, document = measure.document_key.rpartition(".")
    path = root / notice / notice_files.ANNOTATIONS
    with turn(root):
        with disk.reading(path):
            text = path.read_bytes().decode("utf-8")
        changed = decided(text, int(document), measure.number, keep=keep)
        if changed == text:
            raise KnownError(f"{measure.cited}没有待确认的自动建议，没有改动。")
        with disk.writing(path), disk.written(path) as draft:
            draft.write_text(changed, "utf-8", newline="")


def decided(text: str, document: int, number: int, *, keep: bool) -> str:
    """Return annotations in which the suggestions for a measure are confirmed, or gone."""
    starts = [found.start() for found in _ENTRY.finditer(text)]
    pieces = [text[: starts[0]]] if starts else [text]
    for start, end in zip(starts, [*starts[1:], len(text)], strict=True):
        entry = text[start:end]
        if _is_of(entry, document, number) and _MARK.search(entry):
            entry = _MARK.sub("", entry, count=1) if keep else ""
        pieces.append(entry)
    return "".join(pieces)


def _is_of(entry: str, document: int, number: int) -> bool:
    def says(name: str, value: int) -> bool:
        return re.search(rf"^{name} *= *{value} *$", entry, re.M) is not None

    named = re.search(r"^document *=", entry, re.M) is not None
    in_document = says("document", document) if named else document == 1
    return entry.startswith("[[measure]]") and in_document and says("number", number)
