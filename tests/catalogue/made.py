"""Catalogues made of given measures, or of many notices, with the real index over them."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

from benchmarks import generated
from desktop.catalogue import index


def catalogue(measures: Sequence[tuple[str, str]]) -> sqlite3.Connection:
    """Return a database in memory that holds ``(title, text)`` as measures 1, 2, … of one category."""
    db = sqlite3.connect(":memory:", isolation_level=None)
    generated.create_tables(db)
    db.execute("INSERT INTO notices (key, number, title) VALUES ('n', '城政办发〔2024〕9号', '通知')")
    db.execute("INSERT INTO documents (key, notice_key, ordinal, title) VALUES ('n.d', 'n', 1, '若干措施')")
    db.execute(
        "INSERT INTO categories (key, document_key, ordinal, label, title, heading)"
        " VALUES ('n.c', 'n.d', 1, '一', '类', '一、类')"
    )
    db.executemany(
        "INSERT INTO measures (key, document_key, category_key, ordinal, number, title, text, body_start)"
        " VALUES (?, 'n.d', 'n.c', ?, ?, ?, ?, 0)",
        ((f"n.m{at:03}", at, at, title, text) for at, (title, text) in enumerate(measures, 1)),
    )
    index.fill(db)
    return db


def notices(named: Sequence[tuple[str, str, str]]) -> sqlite3.Connection:
    """Return a database in memory with a notice for each 文号, heading of its one category, and text.

    The measures are numbered throughout; the first notice is n0001, its document d0001.
    """
    db = sqlite3.connect(":memory:", isolation_level=None)
    generated.create_tables(db)
    for at, (number, heading, text) in enumerate(named, 1):
        notice, document, category = (f"{letter}{at:04}" for letter in "ndc")
        db.execute("INSERT INTO notices (key, number, title) VALUES (?, ?, '通知')", (notice, number))
        db.execute(
            "INSERT INTO documents (key, notice_key, ordinal, title) VALUES (?, ?, 1, '办法')",
            (document, notice),
        )
        db.execute(
            "INSERT INTO categories (key, document_key, ordinal, label, heading) VALUES (?, ?, 1, '', ?)",
            (category, document, heading),
        )
        db.execute(
            "INSERT INTO measures (key, document_key, category_key, ordinal, number, title, text, body_start)"
            " VALUES (?, ?, ?, 1, ?, '甲', ?, 0)",
            (f"m{at:04}", document, category, at, text),
        )
    index.fill(db)
    return db
