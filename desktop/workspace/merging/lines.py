"""Writes as lines of a package: one JSON object a line, read strictly, for somebody else wrote them."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator
from datetime import datetime
from functools import lru_cache
from operator import itemgetter
from typing import IO, Any, NoReturn

from desktop.workspace.journal.model import dumped, is_name, quoted
from desktop.workspace.journal.state import WriteRow

LONGEST = 8 * 1024 * 1024
"""Bytes of a line; what was shown at a visit is the longest value that is written, about 100 kB."""
_PIECE = 1 << 16
_MOST_KEY, _MOST_WORDS = 300, 500
_NAMES = ("id", "noun", "record", "field", "value", "seen", "batch", "at", "by", "source", "session", "blank")
_values_of = itemgetter(*_NAMES)


def line(row: WriteRow) -> bytes:
    """Return the line of a write."""
    machine, counter, noun, record, field, value, seen, batch, at, by, source, session, blank = row
    return (
        f'{{"id":"{machine}:{counter}","noun":{quoted(noun)},"record":{quoted(record)},"field":{quoted(field)},'
        f'"value":{value},"seen":{seen},"batch":"{batch}","at":{quoted(at)},"by":{quoted(by)},'
        f'"source":{quoted(source)},"session":{quoted(session)},"blank":{"true" if blank else "false"}}}\n'
    ).encode()


def rows(part: IO[bytes]) -> Iterator[list[WriteRow]]:
    """Yield the writes of a part, some at a time. Raises ValueError for a line that is none."""
    begun = bytearray()
    while piece := part.read(_PIECE):
        end = piece.rfind(b"\n") + 1
        begun += piece[:end] if end else piece
        if end:
            yield _rows(begun.decode())
            begun = bytearray(piece[end:])
        elif len(begun) > LONGEST:
            raise ValueError(len(begun))
    if begun:
        raise ValueError(bytes(begun[:200]))


def _rows(text: str) -> list[WriteRow]:
    """Return the writes of whole lines."""
    found: list[WriteRow] = []
    at, whole = 0, len(text)
    try:
        while at < whole:
            values, end = _DECODER.raw_decode(text, at)
            if text[end] != "\n":
                raise ValueError(text[end : end + 200])
            found.append(_row(values))
            at = end + 1
        if "\\u" in text:  # lone halves of characters
            dumped(found).encode()
    except (KeyError, TypeError, AttributeError, RecursionError, OverflowError, UnicodeError) as error:
        raise ValueError(text[at : at + 200]) from error
    if len(found) != text.count("\n"):  # one that goes on over several lines
        raise ValueError(text[:200])
    return found


def _row(values: dict[str, Any]) -> WriteRow:
    """Return the write that an object says, as it is kept."""
    if len(values) != len(_NAMES):
        raise ValueError(values)
    name, noun, record, field, value, seen, batch, at, by, source, session, blank = _values_of(values)
    if not (is_name(name) and is_name(batch) and type(seen) is list and all(map(is_name, seen))):
        raise ValueError(values)
    _check_key(noun)
    _check_key(record)
    _check_key(field)
    _check_who(by, source, session)
    _check_moment(at)
    if type(blank) is not bool or (blank and value is not None):
        raise ValueError(blank)
    machine, _, counter = name.partition(":")
    known = dumped(seen) if seen else "[]"
    shown = dumped(value)
    return machine, int(counter), noun, record, field, shown, known, batch, at, by, source, session, blank


def _refuse(constant: str) -> NoReturn:
    raise ValueError(constant)


def _finite(number: str) -> float:
    if not math.isfinite(value := float(number)):
        raise ValueError(number)
    return value


_DECODER = json.JSONDecoder(parse_constant=_refuse, parse_float=_finite)


@lru_cache(maxsize=256)
def _check_key(key: str) -> None:
    if not 0 < len(key) <= _MOST_KEY or not key.isprintable():
        raise ValueError(key)


@lru_cache(maxsize=64)
def _check_who(*texts: str) -> None:
    for text in texts:
        if len(text) > _MOST_WORDS or "\x00" in text:
            raise ValueError(text)


@lru_cache(maxsize=64)
def _check_moment(at: str) -> None:
    datetime.fromisoformat(at)
