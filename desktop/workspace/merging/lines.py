"""Writes as lines of a package: one JSON object a line, read strictly, for somebody else wrote them."""

from __future__ import annotations

import json
import math
from datetime import datetime
from functools import lru_cache
from operator import itemgetter
from typing import Any, NoReturn

from desktop.workspace.journal.model import Write, WriteId, dumped

LONGEST = 8 * 1024 * 1024
"""Bytes of a line; what was shown at a visit is the longest value that is written, about 100 kB."""
COLUMNS = "machine, counter, noun, record, field, value, seen, batch, at, person, source, session, blank"
_MOST_KEY, _MOST_WORDS = 300, 500
_NAMES = ("id", "noun", "record", "field", "value", "seen", "batch", "at", "by", "source", "session", "blank")
_values_of = itemgetter(*_NAMES)


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
        text = line.decode()
        values, end = _DECODER.raw_decode(text)
        if text[end:] != "\n":
            raise ValueError(line[:200])
        if len(values) != len(_NAMES):
            raise ValueError(line[:200])
        name, noun, record, field, value, seen, batch, at, by, source, session, blank = _values_of(values)
        _check_noun(noun)
        if not (0 < len(record) <= _MOST_KEY and record.isprintable()):
            raise ValueError(record)
        if not (0 < len(field) <= _MOST_KEY and field.isprintable()):
            raise ValueError(field)
        _check_who(by, source, session)
        if type(blank) is not bool or (blank and value is not None):
            raise ValueError(blank)
        _check_moment(at)
        if b"\\u" in line:  # lone halves of characters
            dumped(values).encode()
        return Write(
            WriteId.parse(name),
            noun,
            record,
            field,
            value,
            tuple(map(WriteId.parse, seen)),
            _batch(batch),
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


def _finite(number: str) -> float:
    if not math.isfinite(value := float(number)):
        raise ValueError(number)
    return value


_DECODER = json.JSONDecoder(parse_constant=_refuse, parse_float=_finite)
_batch = lru_cache(maxsize=16)(WriteId.parse)


@lru_cache(maxsize=64)
def _check_noun(noun: str) -> None:
    if not 0 < len(noun) <= _MOST_KEY or not noun.isprintable():
        raise ValueError(noun)


@lru_cache(maxsize=64)
def _check_who(*texts: str) -> None:
    for text in texts:
        if len(text) > _MOST_WORDS or "\x00" in text:
            raise ValueError(text)


@lru_cache(maxsize=64)
def _check_moment(at: str) -> None:
    datetime.fromisoformat(at)
