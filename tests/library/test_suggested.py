"""Confirming and dropping what rules suggested, in the file that people read and in what is built from it."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest

from desktop.catalogue.model import Measure
from desktop.errors import KnownError
from desktop.library import opening, store, suggested
from tests import two_notices

TEXT = """# 说明
[[unit]]
key = "a"

[[measure]]
document = 1
number = 2
suggested = true
support = [["funds", "补助"]]

[[measure]]
number = 3
suggested = true
support = [["funds", "奖励"]]

[[measure]]
document = 2
number = 2
suggested = true
support = [["funds", "贴息"]]
"""


def test_only_the_lines_of_the_measure_are_changed() -> None:
    confirmed = TEXT.replace("number = 2\nsuggested = true\n", "number = 2\n", 1)
    assert suggested.decided(TEXT, 1, 2, keep=True) == confirmed
    assert "补助" not in suggested.decided(TEXT, 1, 2, keep=False)
    assert "贴息" in suggested.decided(TEXT, 1, 2, keep=False)
    assert "number = 3\nsupport" in suggested.decided(TEXT, 1, 3, keep=True)
    assert suggested.decided(TEXT, 1, 4, keep=True) == TEXT


def waiting(folder: Path, key: str) -> dict[str, list[bool]]:
    opened = opening.opened(folder)
    with closing(opened.db):
        return {
            measure.key: [note.suggested for note in opened.catalogue.measure_tags_of(measure.key)]
            for measure in opened.catalogue.measures
            if measure.key.startswith(f"{key}.")
        }


def first(folder: Path, key: str) -> Measure:
    opened = opening.opened(folder)
    with closing(opened.db):
        keys = [key for key, marks in waiting(folder, key).items() if any(marks)]
        return opened.catalogue.measure(keys[0])


@pytest.mark.parametrize("keep", [True, False])
def test_what_is_decided_is_what_the_library_says(tmp_path: Path, keep: bool) -> None:
    key = store.accept(tmp_path, two_notices.reading())
    before, measure = waiting(tmp_path, key), first(tmp_path, key)
    suggested.decide(tmp_path, measure, keep=keep)
    after = waiting(tmp_path, key)
    marks = before.pop(measure.key)
    assert after.pop(measure.key) == ([False] * len(marks) if keep else [])
    assert after == before
    with pytest.raises(KnownError, match="没有待确认的自动建议"):
        suggested.decide(tmp_path, measure, keep=keep)
