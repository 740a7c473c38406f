"""The rows of an opened database as the catalogue's values, each kind in printed order."""

from __future__ import annotations

import json
import sqlite3
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from typing import Any, TypeAlias, TypeVar

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
Ask: TypeAlias = Callable[[str, Sequence[str]], Iterable[tuple[Any, ...]]]
"""What answers a question in SQL with its values: a connection, or what takes turns at one."""


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


def categories(ask: Ask, under: str = "") -> Iterator[Category]:
    """Yield the categories; before those that a document prints the one of its measures under none.

    Here and below ``under`` is the key of the document, or of the measure, whose things are asked for; ""
    gives all.
    """
    order, only, values = _order(ask, under)
    bare = f"SELECT DISTINCT document_key FROM measures WHERE category_key IS NULL{only}"
    found = [Category(no_category(key), key, 0, "", NO_CATEGORY) for (key,) in ask(bare, values)]
    for row in ask(f"SELECT key, document_key, ordinal, label, title FROM categories WHERE 1{only}", values):
        found.append(Category(*row))
    yield from sorted(found, key=lambda category: (order[category.document_key], category.ordinal))


def groups(ask: Ask, under: str = "") -> Iterator[MeasureGroup]:
    """Yield the groups."""
    order, only, values = _order(ask, under)
    rows = ask(
        "SELECT key, document_key, ifnull(category_key, ''), ordinal, label, title"
        f" FROM measure_groups WHERE 1{only}",
        values,
    )
    for row in sorted(rows, key=lambda row: (order[row[1]], row[3])):
        yield MeasureGroup(*row)


def _order(ask: Ask, under: str) -> tuple[dict[str, int], str, tuple[str, ...]]:
    """Return the places of the documents that are asked for, a condition for them, and its values."""
    if under:
        return {under: 0}, " AND document_key = ?", (under,)
    keys = ask("SELECT key FROM documents ORDER BY notice_key, ordinal", ())
    return {key: at for at, (key,) in enumerate(keys)}, "", ()


def measures(ask: Ask, under: str = "", *, details: MeasureDetails | None = None) -> Iterator[Measure]:
    """Yield the measures; of a large library what is read late is asked of the ``details``.

    What many have in common is one and the same string in all of them.
    """
    late = "" if details else f", {LATE}"
    common: dict[str, str] = {"": ""}
    shared = common.setdefault
    order, only, values = _order(ask, under)
    rows = ask(
        "SELECT key, document_key, category_key, ifnull(group_key, ''), label, number, title, ordinal, cited,"
        f" text_sha256{late} FROM measures WHERE 1{only}",
        values,
    )
    rows = sorted(rows, key=lambda row: (order[row[1]], row[7]))
    for key, document, category, group, label, number, title, ordinal, cited, digest, *rest in rows:
        category = category or no_category(document)
        known = {
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
            yield Measure.stored(details.of_measure, known)
        else:
            told = dict(zip(READ_LATE, rest, strict=True))
            yield Measure(**known | told | {"unit_spans": spans_of(told["unit_spans"])})


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


def citations(ask: Ask, under: str = "") -> Iterator[Citation]:
    """Yield the citations."""
    only = "WHERE measure_key = ?" if under else ""
    for row in ask(
        "SELECT document_key, ifnull(measure_key, ''), title, ifnull(number, ''), source_start, source_end"
        f" FROM citations {only} ORDER BY key",
        (under,) if under else (),
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
