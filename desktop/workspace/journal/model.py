"""What the journal speaks of: writes to fields of records, by name of machine and counter."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any, NamedTuple, Self

PURGED = "purged"
"""The field of a record that says that its contents were deleted for good."""
_NAME = re.compile(r"([0-9a-f]{10}):([1-9][0-9]{0,14})")


class WriteId(NamedTuple):
    """The name of a write in the world: the machine that made it, and that machine's counter, from 1."""

    machine: str
    counter: int

    def __str__(self) -> str:
        return f"{self.machine}:{self.counter}"

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read ``machine:counter``. Raises ValueError for anything else."""
        if not is_name(text):
            raise ValueError(text)
        machine, _, counter = text.partition(":")
        return cls(machine, int(counter))


def is_name(text: str) -> bool:
    """Tell whether ``text`` is the name of a write, ``machine:counter``."""
    return _NAME.fullmatch(text) is not None


@dataclass(frozen=True, slots=True)
class Edit:
    """One field of one record is to be ``value``, which is anything that JSON can say."""

    noun: str
    record: str
    field: str
    value: Any


@dataclass(frozen=True, slots=True)
class Stamp:
    """Who edits, through what (录入, 命令行 …) and when; edits of one session to one field grow together."""

    by: str
    source: str
    at: datetime
    session: str = ""

    @property
    def moment(self) -> str:
        """Return ``at`` as it is kept: local time with offset, to the second."""
        at = self.at if self.at.tzinfo is not None else self.at.astimezone()
        return at.isoformat(timespec="seconds")


@dataclass(frozen=True, slots=True)
class Write:
    """One write. ``seen`` says what it replaces, ``batch`` is the first write of its edit.

    ``seen`` names a write of each machine: that one and all earlier ones of the machine to this field were
    known when this one was made, here or to somebody whose write was. A machine knows its own.

    A ``blank`` one had its contents deleted for good; its value is None.
    """

    id: WriteId
    noun: str
    record: str
    field: str
    value: Any
    seen: tuple[WriteId, ...]
    batch: WriteId
    at: str
    by: str
    source: str
    session: str = ""
    blank: bool = False


@dataclass(frozen=True, slots=True)
class Record:
    """What stands of one record: its values by field, and the fields about which machines disagree.

    A field that was taken back to nothing is not among the values.
    """

    noun: str
    key: str
    values: Mapping[str, Any]
    conflicts: tuple[str, ...] = ()

    def text(self, name: str) -> str:
        """Return a field that is a text, "" where it is none, whoever put there what it is."""
        return text_in(self.values, name)

    def day(self, name: str) -> date | None:
        """Return a field that is a day, None where it is none."""
        try:
            return date.fromisoformat(self.text(name))
        except ValueError:
            return None

    def parts_under(self, prefix: str) -> list[tuple[str, dict[str, Any]]]:
        """Return those fields ``prefix/…`` that have parts, by what follows the slash."""
        return [(key, one) for key, one in self.under(prefix).items() if isinstance(one, dict)]

    def under(self, prefix: str) -> dict[str, Any]:
        """Return the fields ``prefix/…`` by what follows the slash, in order of their names."""
        start = f"{prefix}/"
        return {
            name[len(start) :]: value for name, value in sorted(self.values.items()) if name.startswith(start)
        }


def text_in(values: Mapping[str, Any], name: str) -> str:
    """Return a part of a value that is a text, "" where it is none."""
    value = values.get(name)
    return value if isinstance(value, str) else ""


def dumped(value: Any) -> str:
    """Return the one JSON text of ``value``: equal values, equal texts."""
    return _ENCODER.encode(value)


@lru_cache(maxsize=256)
def quoted(text: str) -> str:
    """Return the one JSON text of a text that comes again and again, as the names of fields do."""
    return dumped(text)


_ENCODER = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
