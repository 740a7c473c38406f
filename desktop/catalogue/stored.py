"""The rows of an opened database as the catalogue's values, each kind in printed order."""

from __future__ import annotations

import json
import sqlite3
import sys
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any, TypeVar

from desktop.catalogue.details import LATE, MeasureDetails, StoredNotes, spans_of
from desktop.catalogue.model import (
    NO_CATEGORY,
    READ_LATE,
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

_Note = TypeVar("_Note")
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


def measures(db: sqlite3.Connection, details: MeasureDetails | None) -> Iterator[Measure]:
    """Yield the measures; of a large library what is read late is asked of the ``details``.

    What many have in common is one and the same string in all of them.
    """
    late = "" if details else f", {LATE}"
    common: dict[str, str] = {"": ""}
    shared = common.setdefault
    order = {key: at for at, (key,) in enumerate(db.execute(_DOCUMENT_KEYS))}
    rows = db.execute(
        "SELECT key, document_key, category_key, ifnull(group_key, ''), label, number, title, ordinal, cited,"
        f" text_sha256{late} FROM measures"
    ).fetchall()
    rows.sort(key=lambda row: (order[row[1]], row[7]))
    for key, document, category, group, label, number, title, ordinal, cited, digest, *rest in rows:
        category = category or no_category(document)
        values = {
            "key": key,
            "document_key": shared(document, document),
            "category_key": shared(category, category),
            "number": number,
            "title": title,
            "text_sha256": digest,
            "ordinal": ordinal,
            "label": shared(label, label),
            "cited": shared(cited, cited),
            "group_key": shared(group, group),
        }
        if details:
            yield Measure.stored(details.of_measure, values)
        else:
            told = dict(zip(READ_LATE, rest, strict=True))
            yield Measure(**values | told | {"unit_spans": spans_of(told["unit_spans"])})


def units(db: sqlite3.Connection) -> Iterator[Unit]:
    """Yield the units."""
    for key, ordinal, name, kind, aliases in db.execute(
        "SELECT key, ordinal, name, kind, aliases FROM units ORDER BY ordinal"
    ):
        yield Unit(key, ordinal, name, kind, tuple(json.loads(aliases)))


def responsibilities(db: sqlite3.Connection, details: MeasureDetails | None) -> Sequence[Responsibility]:
    """Return the responsibilities."""
    sql = (
        "SELECT measure_key, unit_key, position, ifnull(role, ''), ifnull(rule, ''), name_start, name_end"
        " FROM responsibilities {} ORDER BY measure_key, position"
    )
    if details:
        return _late(db, StoredNotes(details, sql, _responsibility, keep=True), sql)
    return tuple(map(_responsibility, db.execute(sql.format(""))))


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


def measure_tags(db: sqlite3.Connection, details: MeasureDetails | None) -> Sequence[MeasureTag]:
    """Return the tags of measures."""
    sql = (
        "SELECT measure_key, tag_key, quote, quote_start, suggested FROM measure_tags {}"
        " ORDER BY measure_key, tag_key"
    )
    if details:
        return _late(db, StoredNotes(details, sql, _measure_tag), sql)
    return tuple(map(_measure_tag, db.execute(sql.format(""))))


def figures(db: sqlite3.Connection, details: MeasureDetails | None) -> Sequence[Figure]:
    """Return the figures and conditions."""
    sql = "SELECT measure_key, kind, label, quote, quote_start, suggested FROM figures {} ORDER BY key"
    if details:
        return _late(db, StoredNotes(details, sql, _figure), sql)
    return tuple(map(_figure, db.execute(sql.format(""))))


def _late(db: sqlite3.Connection, notes: Sequence[_Note], sql: str) -> Sequence[_Note]:
    """Return the notes when they can be asked for at all; raises :class:`sqlite3.Error` now, not later."""
    db.execute(sql.format("WHERE 0"))
    return notes


def _responsibility(row: tuple[Any, ...]) -> Responsibility:
    return Responsibility(sys.intern(row[0]), sys.intern(row[1]), *row[2:])


def _measure_tag(row: tuple[Any, ...]) -> MeasureTag:
    return MeasureTag(*(*row[:-1], bool(row[-1])))


def _figure(row: tuple[Any, ...]) -> Figure:
    return Figure(*(*row[:-1], bool(row[-1])))


def _day(words: str | None) -> date | None:
    return date.fromisoformat(words) if words else None
