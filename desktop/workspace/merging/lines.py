"""Writes as lines of a package: one JSON object a line, read strictly, for somebody else wrote them."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any, NoReturn

from desktop.workspace.journal.model import Write, WriteId, dumped

LONGEST = 8 * 1024 * 1024
"""Bytes of a line; what was shown at a visit is the longest value that is written, about 100 kB."""
COLUMNS = "machine, counter, noun, record, field, value, seen, batch, at, person, source, session, blank"
_MOST_KEY, _MOST_WORDS = 300, 500
_NAMES = ("id", "noun", "record", "field", "value", "seen", "batch", "at", "by", "source", "session", "blank")


def line(row: tuple[Any, ...]) -> bytes:
    """Return the line of a row of COLUMNS; value and seen are JSON already."""
    machine, counter, noun, record, field, value, seen, batch, at, by, source, session, blank = row
    head = dumped({"id": f"{machine}:{counter}", "noun": noun, "record": record, "field": field})
    tail = dumped(
        {"at": at, "batch": batch, "blank": bool(blank), "by": by, "session": session, "source": source}
    )
    return f'{head[:-1]},"value":{value},"seen":{seen},{tail[1:]}\n'.encode()


def write(line: bytes) -> Write:
    """Read a line. Raises ValueError for what is no write, or none that could be kept."""
    try:
        values = json.loads(line, parse_constant=_refuse)
        if len(values) != len(_NAMES):
            raise ValueError(line[:200])
        name, noun, record, field, value, seen, batch, at, by, source, session, blank = (
            values[each] for each in _NAMES
        )
        for text in (noun, record, field):
            if not 0 < len(text) <= _MOST_KEY or not text.isprintable():
                raise ValueError(text)
        for text in (by, source, session):
            if len(text) > _MOST_WORDS or "\x00" in text:
                raise ValueError(text)
        if type(blank) is not bool or (blank and value is not None):
            raise ValueError(blank)
        datetime.fromisoformat(at)
        if b"\\u" in line or b"e" in line:  # lone halves of characters, numbers beyond all bounds
            dumped(values).encode()
        return Write(
            WriteId.parse(name),
            noun,
            record,
            field,
            value,
            tuple(WriteId.parse(one) for one in seen),
            WriteId.parse(batch),
            at,
            by,
            source,
            session,
            blank,
        )
    except (KeyError, TypeError, AttributeError, RecursionError, OverflowError, UnicodeError) as error:
        raise ValueError(line[:200]) from error


def _refuse(constant: str) -> NoReturn:
    raise ValueError(constant)
