"""The tables of ``measures.db`` and the view for outsiders. docs/data.md explains them to readers.

Column names need no quoting in SQL and say what they hold in Datasette or DB Browser. Ordinary (not STRICT)
tables, so that the SQLite of older systems (3.27 on UOS 20) opens the file as well.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Table:
    """One table: columns and their types, primary key, which columns may be NULL, what they refer to."""

    name: str
    columns: dict[str, type]
    pk: str | tuple[str, ...] = "key"
    nullable: frozenset[str] = frozenset()
    references: tuple[tuple[str, str], ...] = ()


_HEADING = {
    "ordinal": int,
    "label": str,
    "title": str,
    "heading": str,
    "text": str,
    "line": int,
    "source_start": int,
    "source_end": int,
}
_QUOTED = {"quote": str, "quote_start": int, "suggested": int}

TABLES = (
    Table(
        "notices",
        {
            "key": str,
            "number": str,
            "title": str,
            "issuer": str,
            "addressees": str,
            "published_on": str,
            "issued_on": str,
            "issued_printed": str,
            "issued_reason": str,
            "validity_kind": str,
            "valid_from": str,
            "valid_until": str,
            "validity_text": str,
            "letter": str,
            "letter_start": int,
            "letter_end": int,
            "source": str,
            "source_sha256": str,
        },
        nullable=frozenset(
            {
                "number",
                "published_on",
                "issued_on",
                "valid_from",
                "valid_until",
                "letter",
                "letter_start",
                "letter_end",
            }
        ),
    ),
    Table(
        "documents",
        {
            "key": str,
            "notice_key": str,
            "ordinal": int,
            "title": str,
            "title_printed": str,
            "title_start": int,
            "title_end": int,
            "preamble": str,
            "preamble_start": int,
            "preamble_end": int,
            "closing": str,
            "closing_start": int,
            "closing_end": int,
        },
        nullable=frozenset(
            {
                "title_printed",
                "title_start",
                "title_end",
                "preamble",
                "preamble_start",
                "preamble_end",
                "closing",
                "closing_start",
                "closing_end",
            }
        ),
        references=(("notice_key", "notices"),),
    ),
    Table(
        "categories",
        {"key": str, "document_key": str, **_HEADING},
        references=(("document_key", "documents"),),
    ),
    Table(
        "measure_groups",
        {"key": str, "document_key": str, "category_key": str, **_HEADING},
        nullable=frozenset({"category_key"}),
        references=(("document_key", "documents"), ("category_key", "categories")),
    ),
    Table(
        "measures",
        {
            "key": str,
            "document_key": str,
            "category_key": str,
            "group_key": str,
            "ordinal": int,
            "label": str,
            "number": int,
            "cited": str,
            "title": str,
            "text": str,
            "body_start": int,
            "body_end": int,
            "units_start": int,
            "unit_spans": str,
            "line": int,
            "source_start": int,
            "source_end": int,
            "segments": str,
            "text_sha256": str,
        },
        nullable=frozenset({"category_key", "group_key", "units_start", "segments"}),
        references=(
            ("document_key", "documents"),
            ("category_key", "categories"),
            ("group_key", "measure_groups"),
        ),
    ),
    Table("units", {"key": str, "ordinal": int, "name": str, "kind": str, "aliases": str}),
    Table(
        "responsibilities",
        {
            "measure_key": str,
            "unit_key": str,
            "position": int,
            "role": str,
            "rule": str,
            "name_start": int,
            "name_end": int,
        },
        pk=("measure_key", "position"),
        nullable=frozenset({"role", "rule"}),
        references=(("measure_key", "measures"), ("unit_key", "units")),
    ),
    Table(
        "citations",
        {
            "key": str,
            "document_key": str,
            "measure_key": str,
            "title": str,
            "number": str,
            "source_start": int,
            "source_end": int,
        },
        nullable=frozenset({"measure_key", "number"}),
        references=(("document_key", "documents"), ("measure_key", "measures")),
    ),
    Table("tags", {"key": str, "kind": str, "ordinal": int, "name": str}),
    Table(
        "measure_tags",
        {"measure_key": str, "tag_key": str, **_QUOTED},
        pk=("measure_key", "tag_key"),
        references=(("measure_key", "measures"), ("tag_key", "tags")),
    ),
    Table(
        "figures",
        {"key": str, "measure_key": str, "kind": str, "label": str, **_QUOTED},
        references=(("measure_key", "measures"),),
    ),
    Table(
        "clauses",
        {
            "key": str,
            "measure_key": str,
            "ordinal": int,
            "offer": str,
            "quotes": str,
            "rule": str,
            "unit_decides": str,
        },
        nullable=frozenset({"rule"}),
        references=(("measure_key", "measures"),),
    ),
    Table("meta", {"key": str, "value": str}),
)

LOOKUPS = tuple(
    f"CREATE INDEX {table}_{column} ON {table} ({column})"
    for table, column in (
        ("measures", "document_key"),
        ("categories", "document_key"),
        ("measure_groups", "document_key"),
        ("citations", "measure_key"),
        ("figures", "measure_key"),
        ("clauses", "measure_key"),
    )
)
"""What a library of the user's has besides: one paper is found without going through all of them."""

CHECKLIST_ROWS = """
SELECT notices.number AS document_number,
       categories.ordinal AS category_ordinal,
       categories.title AS category_title,
       measures.key AS measure_key,
       measures.number AS measure_number,
       measures.title AS measure_title,
       measures.text AS measure_text,
       units.name AS unit_name,
       responsibilities.position AS unit_position
FROM measures
LEFT JOIN categories ON categories.key = measures.category_key
JOIN documents ON documents.key = measures.document_key
JOIN notices ON notices.key = documents.notice_key
LEFT JOIN responsibilities ON responsibilities.measure_key = measures.key
LEFT JOIN units ON units.key = responsibilities.unit_key
ORDER BY notices.key, documents.ordinal, measures.ordinal, responsibilities.position
""".strip()
