"""The numbers in the keys of measures, as a file."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop.catalogue import key_numbers
from desktop.catalogue.key_numbers import KeyNumbers
from desktop.errors import KnownError


def test_what_is_written_is_read(tmp_path: Path) -> None:
    assert key_numbers.load(tmp_path, [2, 1]) == KeyNumbers(((1, 2), (1,)), (2, 1))
    for numbers in (KeyNumbers(((2, 5, 1), (1,)), (7, 1)), KeyNumbers(((2, 5, 1), (1,), ()), (7, 1, 4))):
        (tmp_path / key_numbers.KEYS).write_text(key_numbers.to_json(numbers), "utf-8")
        assert key_numbers.load(tmp_path, [3, 1]) == numbers


@pytest.mark.parametrize(
    "text",
    [
        *("", "[]", "{}", "null", "[" * 90_000),
        '{"format": 2, "documents": [{"measures": [1, 2], "highest": 2}]}',
        '{"format": 1, "documents": [{"measures": [1, 1], "highest": 2}]}',
        '{"format": 1, "documents": [{"measures": [1, 3], "highest": 2}]}',
        '{"format": 1, "documents": [{"measures": [1], "highest": 1}]}',
        '{"format": 1, "documents": [{"measures": [1, 2], "highest": 2}, {"measures": [1], "highest": 1}]}',
        '{"format": 1, "documents": []}',
        '{"format": 1, "documents": [{"measures": [1, true], "highest": 2}]}',
        '{"format": 1, "documents": [{"measures": [1, -2], "highest": 2}]}',
        '{"format": 1, "documents": [{"measures": [1, 2]}]}',
    ],
)
def test_a_file_that_does_not_fit(tmp_path: Path, text: str) -> None:
    (tmp_path / key_numbers.KEYS).write_text(text, "utf-8")
    with pytest.raises(KnownError, match="没有采用"):
        key_numbers.load(tmp_path, [2])


def test_a_file_that_is_no_text(tmp_path: Path) -> None:
    (tmp_path / key_numbers.KEYS).write_bytes(b"\xff")
    with pytest.raises(KnownError, match="没有采用"):
        key_numbers.load(tmp_path, [2])
