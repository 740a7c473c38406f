"""Returned workbooks as the exchange would hand them over, without any workbook."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Mapping
from dataclasses import replace

from desktop.catalogue.query import Catalogue
from desktop.workspace.items import checklist, entries
from desktop.workspace.items.model import FIELD_NAMES, Entry, ItemKey
from desktop.workspace.returns import rounds
from desktop.workspace.returns.returned import Cell, Returned, ReturnedRow
from desktop.workspace.returns.rounds import Round

from . import sample

BLANK = entries.values_of(Entry())


def ask(db: sqlite3.Connection, catalogue: Catalogue, name: str = "第一季度") -> Round:
    """Begin a round of all units and send each its workbook."""
    asked = rounds.new(db, catalogue, name, sample.TODAY, by="张三", at=sample.NOON)
    for unit_key in asked.unit_keys:
        items = checklist.items(db, catalogue, unit_key, sample.TODAY)
        rounds.record_export(
            db, catalogue, asked.key, unit_key, items, file_name=f"{unit_key}.xlsx", by="张三", at=sample.NOON
        )
    return asked


def blank(
    db: sqlite3.Connection, catalogue: Catalogue, unit_key: str, asked: Round | None = None
) -> Returned:
    """Return the workbook of a unit as it goes out now, nothing filled in."""
    rows = []
    for index, item in enumerate(checklist.items(db, catalogue, unit_key, sample.TODAY)):
        measure = catalogue.measure(item.key.measure_key)
        values = entries.values_of(item.entry)
        rows.append(
            ReturnedRow(
                row=8 + index,
                key=item.key,
                number=measure.number,
                base_revision=item.entry.revision,
                base_text_sha256=measure.text_sha256,
                text=measure.text,
                base=values,
                values={name: Cell(value, value) for name, value in values.items()},
            )
        )
    return Returned(
        path_name=f"{unit_key}.xlsx",
        file_sha256=hashlib.sha256(repr((unit_key, asked)).encode()).hexdigest(),
        size=4096,
        schema=1,
        program="1.0",
        document_key=catalogue.documents[0].key,
        notice_number=catalogue.notices[0].number,
        unit_key=unit_key,
        round_key=asked.key if asked else "",
        rows=tuple(rows),
    )


def fill(book: Returned, answers: Mapping[ItemKey, Mapping[str, str | Cell]]) -> Returned:
    """Return the workbook with these answers in it: another file, with another hash."""
    rows = []
    for row in book.rows:
        told = answers.get(row.key, {}) if row.key else {}
        cells = {name: cell if isinstance(cell, Cell) else Cell(cell, cell) for name, cell in told.items()}
        assert set(cells) <= set(FIELD_NAMES)
        rows.append(replace(row, values={**row.values, **cells}))
    digest = hashlib.sha256(repr((book.file_sha256, sorted(answers.items(), key=repr))).encode()).hexdigest()
    return replace(book, rows=tuple(rows), file_sha256=digest if answers else book.file_sha256)
