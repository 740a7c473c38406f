"""What was changed in a text, word by word, as people mark it up: kept, struck out, put in."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

_TOKEN = re.compile(r"\d+(?:[.,]\d+)*%?|[A-Za-z]+|\s+|.", re.DOTALL)
_STRAY = 2  # so few characters that stayed by chance, between two changes, are no words


class Marked(StrEnum):
    """How a stretch of text is marked."""

    KEPT = "kept"
    GONE = "gone"
    NEW = "new"


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of text and how it is marked."""

    marked: Marked
    text: str


def word_changes(old: str, new: str) -> tuple[Stretch, ...]:
    """Return the stretches of both texts in order: kept and gone make ``old``, kept and new make ``new``.

    A figure with its sign, and a run of Latin letters, change as a whole; of Chinese each character stands
    alone, but for one or two that stayed only by chance between two changes.
    """
    before, after = _TOKEN.findall(old), _TOKEN.findall(new)
    found: list[Stretch] = []
    gone = put = ""
    opcodes = SequenceMatcher(None, before, after, autojunk=False).get_opcodes()
    for at, (tag, i, j, k, n) in enumerate(opcodes):
        out, into = "".join(before[i:j]), "".join(after[k:n])
        between = 0 < at < len(opcodes) - 1
        if tag == "equal" and not (between and len(out) <= _STRAY):
            found += _changed(gone, put)
            gone = put = ""
            found.append(Stretch(Marked.KEPT, out))
        else:
            gone, put = gone + out, put + into
    return (*found, *_changed(gone, put))


def _changed(gone: str, put: str) -> list[Stretch]:
    marked = ((Marked.GONE, gone), (Marked.NEW, put))
    return [Stretch(mark, text) for mark, text in marked if text]
