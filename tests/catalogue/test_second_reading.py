"""Oracles: the source read a second time in other ways, and its body put together again from the database."""

from __future__ import annotations

import re
import sqlite3

from desktop.catalogue.query import Catalogue

from . import samples


def _second_reading() -> dict[int, list[str]]:
    """Return the units of each measure by cutting at the words that open and close a unit list."""
    found: dict[int, list[str]] = {}
    for line in samples.LINES:
        number, dot, rest = line.partition(".")
        if dot and number.isdecimal():
            _, mark, names = rest.rpartition("(责任单位:")
            found[int(number)] = names.rstrip(")").strip().split("、") if mark else []
    return found


def test_units_of_every_measure_in_printed_order(catalogue: Catalogue) -> None:
    expected = _second_reading()
    assert len(expected) == 32
    for number, names in expected.items():
        measure = catalogue.by_number(number)
        assert [unit.name for unit in catalogue.units_of(measure.key)] == names
        for position, unit in enumerate(catalogue.units_of(measure.key), start=1):
            assert catalogue.position(unit.key, measure.key) == position


def test_counts_by_counting_marks(catalogue: Catalogue) -> None:
    lists = re.findall(r"\(责任单位:(.*?)\)", samples.SOURCE)
    assert len(catalogue.responsibilities) == sum(names.count("、") + 1 for names in lists) == 63
    assert len(catalogue.units) == len({name.strip() for names in lists for name in names.split("、")}) == 20
    assert len(catalogue.measures) == len(re.findall(r"(?m)^\d+\.", samples.SOURCE)) == 32
    assert (
        len(catalogue.categories) == len(re.findall(r"(?m)^[一二三四五六七八九十]+、", samples.SOURCE)) == 10
    )


def test_the_body_put_together_from_the_database_is_the_source(db: sqlite3.Connection) -> None:
    pieces = db.execute(
        """
        SELECT letter_start AS place, letter AS text FROM notices
        UNION ALL SELECT title_start, title_printed FROM documents
        UNION ALL SELECT preamble_start, preamble FROM documents
        UNION ALL SELECT source_start, text FROM categories
        UNION ALL SELECT source_start, text FROM measures
        UNION ALL SELECT closing_start, closing FROM documents
        ORDER BY place
        """
    ).fetchall()
    body = "\n\n".join(text for _, text in pieces)
    assert len(pieces) == 1 + 2 + 10 + 32 + 1
    assert body == samples.SOURCE[samples.SOURCE.index("\n城政办发〔2023〕3号\n") + 1 :]


def test_offsets_prove_the_text_in_plain_sql(db: sqlite3.Connection) -> None:
    (proven,) = db.execute(
        """
        SELECT count(*) FROM measures
        JOIN documents ON documents.key = measures.document_key
        JOIN notices ON notices.key = documents.notice_key
        WHERE substr(source, source_start + 1, source_end - source_start) = text
        """
    ).fetchone()
    assert proven == 32


def test_the_view_for_outsiders(db: sqlite3.Connection) -> None:
    cursor = db.execute("SELECT * FROM checklist_rows")
    assert [column[0] for column in cursor.description] == [
        "document_number",
        "category_ordinal",
        "category_title",
        "measure_key",
        "measure_number",
        "measure_title",
        "measure_text",
        "unit_name",
        "unit_position",
    ]
    rows = cursor.fetchall()
    expected = [
        (number, position, name)
        for number, names in _second_reading().items()
        for position, name in enumerate(names or [None], start=1 if names else 0)
    ]
    assert [(row[4], row[8] or 0, row[7]) for row in rows] == expected
    assert len(rows) == 63 + 4
    assert {row[0] for row in rows} == {"城政办发〔2023〕3号"}
    assert {row[6] for row in rows} <= set(samples.LINES)
    assert [row[4] for row in rows if row[8] is None] == [29, 30, 31, 32]
