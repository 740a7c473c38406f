"""Over 400 spoilt workbooks: each is read or refused with a sentence, and no item is lost without a word."""

from __future__ import annotations

import time
import tracemalloc
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from zipfile import ZipFile

import pytest

from desktop.exchange.returned import book
from desktop.exchange.returned.package import UNTOUCHED, RefusedError
from desktop.workspace.items import deadline
from desktop.workspace.items.model import FIELD_NAMES, Status
from desktop.workspace.returns.returned import Cell, Returned
from tests.exchange import corpus, units

SENT = Path(__file__).parents[1] / "fixtures" / "sent.xlsx"
SAVED = Path(__file__).parents[1] / "fixtures" / "edited.xlsx"
"""One as the program wrote it, with its texts in place; one with shared texts, as other programs save."""
EACH = 75
MOST_MEMORY = 120 * 1024 * 1024

Spoil = Callable[[Path, int], bytes]


@pytest.mark.parametrize("seed", range(EACH))
@pytest.mark.parametrize("source", [SENT, SAVED], ids=["sent", "saved"])
@pytest.mark.parametrize("spoil", [corpus.bytes_of, corpus.parts_of, corpus.cells_of])
def test_a_spoilt_workbook_is_read_or_refused(spoil: Spoil, source: Path, seed: int, tmp_path: Path) -> None:
    path = tmp_path / "回填.xlsx"
    data = spoil(source, seed)
    path.write_bytes(data)
    found = outcome(path)
    if isinstance(found, RefusedError):
        assert found.message.startswith("“回填.xlsx”")
        assert found.message.endswith(UNTOUCHED)
        assert found.hint
    else:
        for one in found:
            check(one)
    assert path.read_bytes() == data
    assert list(tmp_path.iterdir()) == [path]


def outcome(path: Path) -> tuple[Returned, ...] | RefusedError:
    """Read a workbook; return what it says, or why it is refused."""
    try:
        return book.read(path)
    except RefusedError as error:
        return error


def check(found: Returned) -> None:
    """Check that what was read holds together."""
    keys = Counter(row.key for row in found.rows if row.key and not row.refused)
    assert all(count == 1 for count in keys.values())
    assert not set(found.missing) & {row.key for row in found.rows}
    numbers = [row.row for row in found.rows] + [row.row for row in found.added]
    assert len(numbers) == len(set(numbers))
    assert all(row.text for row in found.added)
    assert all(note.endswith("。") for note in found.notes)
    for row in found.rows:
        assert set(row.values) <= set(FIELD_NAMES)
        for name, cell in row.values.items():
            check_cell(name, cell)


def check_cell(name: str, cell: Cell) -> None:
    assert (cell.value is None) == bool(cell.question)
    for value in (cell.value, cell.guess or None):
        if value is not None and name == "status":
            assert value in set(Status)
        if value is not None and name == "deadline":
            assert deadline.parse(value).stored == value


def test_the_corpus_has_every_outcome(tmp_path: Path) -> None:
    """A corpus of which all is refused, or nothing, would prove little."""
    path = tmp_path / "回填.xlsx"
    outcomes: Counter[str] = Counter()
    for spoil in (corpus.bytes_of, corpus.parts_of, corpus.cells_of):
        for seed in range(20):
            path.write_bytes(spoil(SENT, seed))
            found = outcome(path)
            outcomes[found.reason[:4] if isinstance(found, RefusedError) else "read"] += 1
    assert outcomes["read"] >= 10
    assert len(outcomes) >= 5


@pytest.mark.parametrize("spoil", [corpus.bytes_of, corpus.parts_of, corpus.cells_of])
def test_the_same_seed_spoils_alike(spoil: Spoil, monkeypatch: pytest.MonkeyPatch) -> None:
    first = spoil(SENT, 7)
    monkeypatch.setattr(time, "time", lambda: 2_000_000_000.0)
    assert spoil(SENT, 7) == first
    assert spoil(SENT, 8) != first


HEAD = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'


@pytest.mark.parametrize(
    "sheet",
    [
        HEAD + "<sheetData>" + '<row r="1" spans="1:16" s="3" customFormat="1"/>' * 300_000,
        HEAD + "<a>" * 5_000_000,
        HEAD + "<a " + " ".join(f'b{number}=""' for number in range(1_000_000)) + "/>",
        HEAD + f"<sheetData><row><c t='str'><v>{'x' * 16_000_000}",
        HEAD + "<sheetData><row>" + "<c/>" * 3_000_000,
        HEAD + "<mergeCells>" + '<mergeCell ref="A1:XFD1048576"/>' * 500_000,
        "".join(f"<{'y' * 60_000}>" for _ in range(200)),
        HEAD + "".join(f'<x a{at:x}="" b{at:x}="" c{at:x}="" d{at:x}=""/>' for at in range(300_000)),
        HEAD + "".join(f'<x xmlns:p{at:x}="u" xmlns:q{at:x}="u"/>' for at in range(300_000)),
    ],
    ids=["rows", "depth", "attributes", "text", "cells", "merged", "names", "of attributes", "prefixes"],
)
def test_a_hostile_sheet_is_refused_in_little_memory(sheet: str, tmp_path: Path) -> None:
    """The part is not packed, so that no suspicion falls on how well it packs."""
    hostile = tmp_path / "回填.xlsx"
    with ZipFile(hostile, "w") as archive:
        for name, content in {**units.parts(SENT), "xl/worksheets/sheet1.xml": sheet.encode()}.items():
            archive.writestr(name, content)
    tracemalloc.start()
    try:
        found = outcome(hostile)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert isinstance(found, RefusedError)
    assert peak < MOST_MEMORY
