"""The rows of an opened database as the catalogue's values, each kind in printed order."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from datetime import date

from desktop.catalogue.model import (
    NO_CATEGORY,
    Category,
    Citation,
    Document,
    Figure,
    Measure,
    MeasureGroup,
    MeasureTag,
    Notice,
    Responsibility,
    Tag,
    Unit,
    no_category,
)

_IN_DOCUMENTS = "JOIN documents d ON d.key = {}.document_key ORDER BY d.notice_key, d.ordinal"


def notices(db: sqlite3.Connection) -> Iterator[Notice]:
    """Yield the notices in the order of their keys."""
    for key, number, title, issuer, addressees, *days, printed, reason, kind, words in db.execute(
        "SELECT key, ifnull(number, ''), title, issuer, addressees, published_on, issued_on, valid_until,"
        " valid_from, issued_printed, issued_reason, validity_kind, validity_text FROM notices ORDER BY key"
    ):
        published, issued, until, since = map(_day, days)
        yield Notice(
            key,
            number,
            title,
            issuer,
            tuple(json.loads(addressees)),
            published,
            issued,
            printed,
            reason,
            until,
            words,
            kind,
            since,
        )


def documents(db: sqlite3.Connection) -> Iterator[Document]:
    """Yield the documents, those of a notice in the order in which it issues them."""
    for row in db.execute(
        "SELECT key, notice_key, ordinal, title, ifnull(preamble, '') FROM documents"
        " ORDER BY notice_key, ordinal"
    ):
        yield Document(*row)


def categories(db: sqlite3.Connection) -> Iterator[Category]:
    """Yield the categories; before those that a document prints the one of its measures under none."""
    found = [
        Category(no_category(key), key, 0, "", NO_CATEGORY)
        for (key,) in db.execute("SELECT DISTINCT document_key FROM measures WHERE category_key IS NULL")
    ]
    order = {key: at for at, (key,) in enumerate(db.execute(_DOCUMENT_KEYS))}
    for row in db.execute("SELECT key, document_key, ordinal, label, title FROM categories"):
        found.append(Category(*row))
    yield from sorted(found, key=lambda category: (order[category.document_key], category.ordinal))


_DOCUMENT_KEYS = "SELECT key FROM documents ORDER BY notice_key, ordinal"


def groups(db: sqlite3.Connection) -> Iterator[MeasureGroup]:
    """Yield the groups."""
    for row in db.execute(
        "SELECT g.key, g.document_key, ifnull(g.category_key, ''), g.ordinal, g.label, g.title"
        f" FROM measure_groups g {_IN_DOCUMENTS.format('g')}, g.ordinal"
    ):
        yield MeasureGroup(*row)


def measures(db: sqlite3.Connection) -> Iterator[Measure]:
    """Yield the measures."""
    for row in db.execute(
        "SELECT m.key, m.document_key, ifnull(m.category_key, m.document_key || '.c00'), m.number, m.title,"
        " m.text, m.source_start, m.source_end, m.line, m.body_start, m.body_end, ifnull(m.units_start, -1),"
        " m.text_sha256, m.ordinal, m.label, m.cited, ifnull(m.group_key, ''), m.unit_spans"
        f" FROM measures m {_IN_DOCUMENTS.format('m')}, m.ordinal"
    ):
        yield Measure(*(*row[:-1], tuple(map(tuple, json.loads(row[-1])))))


def units(db: sqlite3.Connection) -> Iterator[Unit]:
    """Yield the units."""
    for key, ordinal, name, kind, aliases in db.execute(
        "SELECT key, ordinal, name, kind, aliases FROM units ORDER BY ordinal"
    ):
        yield Unit(key, ordinal, name, kind, tuple(json.loads(aliases)))


def responsibilities(db: sqlite3.Connection) -> Iterator[Responsibility]:
    """Yield the responsibilities."""
    for row in db.execute(
        "SELECT measure_key, unit_key, position, ifnull(role, ''), ifnull(rule, ''), name_start, name_end"
        " FROM responsibilities ORDER BY measure_key, position"
    ):
        yield Responsibility(*row)


def citations(db: sqlite3.Connection) -> Iterator[Citation]:
    """Yield the citations."""
    for row in db.execute(
        "SELECT document_key, ifnull(measure_key, ''), title, ifnull(number, ''), source_start, source_end"
        " FROM citations ORDER BY key"
    ):
        yield Citation(*row)


def tags(db: sqlite3.Connection) -> Iterator[Tag]:
    """Yield both vocabularies."""
    for row in db.execute("SELECT key, kind, ordinal, name FROM tags ORDER BY kind, ordinal"):
        yield Tag(*row)


def measure_tags(db: sqlite3.Connection) -> Iterator[MeasureTag]:
    """Yield the tags of measures."""
    for row in db.execute(
        "SELECT measure_key, tag_key, quote, quote_start, suggested FROM measure_tags"
        " ORDER BY measure_key, tag_key"
    ):
        yield MeasureTag(*(*row[:-1], bool(row[-1])))


def figures(db: sqlite3.Connection) -> Iterator[Figure]:
    """Yield the figures and conditions."""
    for row in db.execute(
        "SELECT measure_key, kind, label, quote, quote_start, suggested FROM figures ORDER BY key"
    ):
        yield Figure(*(*row[:-1], bool(row[-1])))


def _day(words: str | None) -> date | None:
    return date.fromisoformat(words) if words else None
