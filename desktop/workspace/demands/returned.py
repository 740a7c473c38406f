"""What a unit wrote in the workbook of its demands and sent back: as it was read, not yet judged."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class DemandAnswer:
    """The answers of one row; ``finished`` is None where nothing was chosen, texts are "" where empty.

    ``how`` and ``told_on`` say how and when the enterprise was told, ``due`` and ``reason`` until when and
    why more time is asked for.
    """

    finished: bool | None = None
    text: str = ""
    day: date | None = None
    by: str = ""
    how: str = ""
    told_on: date | None = None
    due: date | None = None
    reason: str = ""

    @property
    def is_empty(self) -> bool:
        """Tell whether nothing was filled in; that it is not finished, without more, is nothing."""
        filled = (self.text, self.day, self.by, self.how, self.told_on, self.due, self.reason)
        return not self.finished and not any(filled)


@dataclass(frozen=True, slots=True)
class ReturnedDemand:
    """One row: of which demand (key, "" unknown), as of which step and text, what it says.

    ``refused`` says why it cannot be taken whatever stands here, "" where it can.
    """

    row: int
    key: str
    number: str
    base: str
    text_sha256: str
    answer: DemandAnswer
    refused: str = ""


@dataclass(frozen=True, slots=True)
class ReturnedDemands:
    """A workbook of a unit's demands that came back; ``unit`` by key or name as it went out."""

    path_name: str
    sha256: str
    unit: str
    rows: tuple[ReturnedDemand, ...]
    notes: tuple[str, ...] = ()


def text_hash(text: str) -> str:
    """Return what tells a demand's words from others, white space aside: spreadsheets change that."""
    return hashlib.sha256("".join(text.split()).encode(errors="replace")).hexdigest()
