"""A parsed notice and its annotations as the rows of :mod:`desktop.catalogue.schema`."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, astuple
from datetime import date

from desktop.catalogue import clauses, vocabulary
from desktop.catalogue.annotations import Annotations
from desktop.catalogue.model import Category, Figure, MeasureGroup, MeasureTag, Unit
from desktop.catalogue.parsed import ParsedNotice

Row = dict[str, str | int | None]


def of_notice(
    parsed: ParsedNotice, annotations: Annotations, units: Iterable[Unit]
) -> Iterator[tuple[str, list[Row]]]:
    """Yield each table's name with the rows that the notice brings, in an order that references allow.

    ``units`` are those of the whole database.
    """
    yield "notices", [_notice(parsed)]
    yield "documents", list(_documents(parsed))
    yield "categories", [_heading(parsed, category) for category in parsed.categories]
    yield (
        "measure_groups",
        [{**_heading(parsed, group), "category_key": group.category_key or None} for group in parsed.groups],
    )
    yield "measures", list(_measures(parsed))
    by_name = {unit.name: unit.key for unit in units}
    yield (
        "responsibilities",
        [
            {
                "measure_key": named.measure_key,
                "unit_key": by_name[named.name],
                "position": named.position,
                "role": named.role or None,
                "rule": named.rule or None,
                "name_start": named.start,
                "name_end": named.end,
            }
            for named in parsed.named
        ],
    )
    yield "citations", list(_citations(parsed))
    yield (
        "measure_tags",
        [
            {"measure_key": tag.measure_key, "tag_key": tag.tag_key, **_quoted(tag)}
            for tag in annotations.measure_tags
        ],
    )
    yield "figures", list(_figures(annotations))
    yield "clauses", list(clauses.rows(annotations.clauses))


def of_tags(annotations: Iterable[Annotations]) -> list[Row]:
    """Return what of both vocabularies is used."""
    used = {tag.tag_key for notes in annotations for tag in notes.measure_tags}
    return [asdict(tag) for tag in vocabulary.tags() if tag.key in used]


def of_units(units: Iterable[Unit]) -> list[Row]:
    """Return the units; ``aliases`` is a JSON list."""
    return [{**asdict(unit), "aliases": _list(unit.aliases)} for unit in units]


def of_meta(values: Mapping[str, str]) -> list[Row]:
    """Return ``meta`` in the order of its keys."""
    return [{"key": key, "value": values[key]} for key in sorted(values)]


def _list(names: Sequence[str]) -> str:
    return json.dumps(names, ensure_ascii=False)


def _day(value: date | None) -> str | None:
    return value.isoformat() if value else None


def _notice(parsed: ParsedNotice) -> Row:
    notice, letter = parsed.notice, parsed.places.get(parsed.notice.key)
    return {
        "key": notice.key,
        "number": notice.number or None,
        "title": notice.title,
        "issuer": notice.issuer,
        "addressees": _list(notice.addressees),
        "published_on": _day(notice.published_on),
        "issued_on": _day(notice.issued_on),
        "issued_printed": notice.issued_printed,
        "issued_reason": notice.issued_reason,
        "validity_kind": notice.validity_kind,
        "valid_from": _day(notice.valid_from),
        "valid_until": _day(notice.valid_until),
        "validity_text": notice.validity_text,
        "letter": parsed.words(notice.key) if letter else None,
        "letter_start": letter.start if letter else None,
        "letter_end": letter.end if letter else None,
        "source": parsed.source,
        "source_sha256": parsed.sha256,
    }


def _documents(parsed: ParsedNotice) -> Iterator[Row]:
    for document in parsed.documents:
        row: Row = {
            "key": document.key,
            "notice_key": document.notice_key,
            "ordinal": document.ordinal,
            "title": document.title,
            "title_printed": parsed.words(f"{document.key}.title") or None,
            "preamble": document.preamble or None,
            "closing": parsed.words(f"{document.key}.closing") or None,
        }
        for piece in ("title", "preamble", "closing"):
            place = parsed.places.get(f"{document.key}.{piece}")
            row[f"{piece}_start"] = place.start if place else None
            row[f"{piece}_end"] = place.end if place else None
        yield row


def _heading(parsed: ParsedNotice, heading: Category | MeasureGroup) -> Row:
    place = parsed.places[heading.key]
    return {
        **asdict(heading),
        "heading": heading.heading,
        "text": parsed.words(heading.key),
        "line": place.line,
        "source_start": place.start,
        "source_end": place.end,
    }


def _measures(parsed: ParsedNotice) -> Iterator[Row]:
    for measure in parsed.measures:
        row: Row = asdict(measure)
        del row["_read"]
        row["source_start"], row["source_end"] = row.pop("start"), row.pop("end")
        row["category_key"] = measure.category_key if measure.category_key in parsed.places else None
        row["group_key"] = measure.group_key or None
        row["units_start"] = measure.units_start if measure.units_start >= 0 else None
        row["unit_spans"] = json.dumps(measure.unit_spans)
        segments = parsed.segments.get(measure.key)
        row["segments"] = json.dumps([astuple(each) for each in segments]) if segments else None
        yield row


def _citations(parsed: ParsedNotice) -> Iterator[Row]:
    for ordinal, citation in enumerate(parsed.citations, start=1):
        yield {
            "key": f"{parsed.notice.key}.r{ordinal:02}",
            "document_key": citation.document_key,
            "measure_key": citation.measure_key or None,
            "title": citation.title,
            "number": citation.number or None,
            "source_start": citation.start,
            "source_end": citation.end,
        }


def _figures(annotations: Annotations) -> Iterator[Row]:
    counted: dict[str, int] = {}
    for figure in annotations.figures:
        counted[figure.measure_key] = counted.get(figure.measure_key, 0) + 1
        yield {
            "key": f"{figure.measure_key}.f{counted[figure.measure_key]:02}",
            "measure_key": figure.measure_key,
            "kind": figure.kind,
            "label": figure.label,
            **_quoted(figure),
        }


def _quoted(note: MeasureTag | Figure) -> Row:
    return {"quote": note.quote, "quote_start": note.start, "suggested": int(note.suggested)}
