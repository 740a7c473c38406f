"""Which number stands in the key of each measure of a notice that was amended: ``keys.json``.

A notice that was never amended has no such file: its measures' keys count as the measures do.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from desktop.errors import KnownError

KEYS = "keys.json"
_FORMAT = 1
_HIGHEST = 99_999


@dataclass(frozen=True, slots=True)
class KeyNumbers:
    """The numbers in the keys of a notice's measures, for each of its documents in printed order.

    ``highest`` is for each document the highest number that any version of it ever used. Documents that an
    older version had besides stand at the end, without measures.
    """

    documents: tuple[tuple[int, ...], ...]
    highest: tuple[int, ...]


def counted(measures: Sequence[int]) -> KeyNumbers:
    """Return the numbers of a notice that was never amended; ``measures`` is how many each document has."""
    return KeyNumbers(tuple(tuple(range(1, count + 1)) for count in measures), tuple(measures))


def to_json(numbers: KeyNumbers) -> str:
    """Return the text of the file, the same for the same."""
    rows = ",\n".join(
        f'  {{"measures": {json.dumps(list(each))}, "highest": {highest}}}'
        for each, highest in zip(numbers.documents, numbers.highest, strict=True)
    )
    return f'{{"format": {_FORMAT}, "documents": [\n{rows}\n]}}\n'


def from_json(text: str, measures: Sequence[int]) -> KeyNumbers:
    """Return the numbers that a file has for a notice whose documents have so many ``measures``.

    Raises KnownError when it is not ours, or is about another text.
    """
    try:
        told = json.loads(text)
        if told["format"] != _FORMAT:
            raise ValueError("another format")
        found = KeyNumbers(
            tuple(tuple(map(_number, each["measures"])) for each in told["documents"]),
            tuple(_number(each["highest"]) for each in told["documents"]),
        )
    except (KeyError, TypeError, ValueError, AttributeError, RecursionError) as error:
        raise _wrong() from error
    further = len(found.documents) - len(measures)
    whole = [len(each) for each in found.documents] == [*measures, *[0] * further] and all(
        len(set(each)) == len(each) and max(each, default=0) <= highest
        for each, highest in zip(found.documents, found.highest, strict=True)
    )
    if not whole:
        raise _wrong()
    return found


def load(folder: Path, measures: Sequence[int]) -> KeyNumbers:
    """Return the numbers of the notice in ``folder``. Raises KnownError as :func:`from_json` does."""
    path = folder / KEYS
    try:
        text = path.read_text("utf-8")
    except FileNotFoundError:
        return counted(measures)
    except (OSError, UnicodeError) as error:
        raise _wrong() from error
    return from_json(text, measures)


def _number(value: object) -> int:
    if type(value) is not int or not 0 <= value <= _HIGHEST:
        raise TypeError(value)
    return value


def _wrong() -> KnownError:
    return KnownError(
        f"发文的措施代号文件（{KEYS}）与原文对不上，没有采用。",
        "请从发文包重新导入这份发文，或恢复原来的文件。",
    )
