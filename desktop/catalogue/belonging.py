"""What measures belong to, as tokens of the index: their notice, category, units, tags and so on."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Mapping, Sequence
from itertools import chain

from desktop.catalogue import tokens
from desktop.catalogue.model import UNASSIGNED, no_category
from desktop.catalogue.readings import Name

_FEW = 500  # SQLite before 3.32 takes no more than 999 values


def tokens_of(db: sqlite3.Connection, keys: Sequence[str] | None = None) -> dict[str, list[str]]:
    """Return, for each of these measures, the tokens of what it belongs to; for all when it is None."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    keys = None if keys and len(keys) > _FEW else keys
    chosen = "" if keys is None else f" WHERE m.key IN ({','.join('?' * len(keys))})"
    values = tuple(keys or ())
    for key, number, notice, document, category, group in db.execute(
        "SELECT m.key, m.number, d.notice_key, m.document_key, m.category_key, m.group_key FROM measures m"
        f" JOIN documents d ON d.key = m.document_key{chosen}",
        values,
    ):
        found[key] += [
            tokens.word(tokens.MEASURE, key),
            tokens.word(tokens.NUMBER, str(number)),
            tokens.word(tokens.NOTICE, notice),
            tokens.word(tokens.DOCUMENT, document),
            tokens.word(tokens.CATEGORY, category or no_category(document)),
            *([tokens.word(tokens.GROUP, group)] if group else []),
        ]
    for measure, unit in db.execute(
        f"SELECT m.key, coalesce(r.unit_key, '{UNASSIGNED}') FROM measures m"
        f" LEFT JOIN responsibilities r ON r.measure_key = m.key{chosen} ORDER BY m.key, r.position",
        values,
    ):
        found[measure].append(tokens.word(tokens.UNIT, unit))
    for measure, tag in db.execute(
        "SELECT DISTINCT m.key, t.tag_key FROM measures m"
        f" JOIN measure_tags t ON t.measure_key = m.key{chosen} ORDER BY 1, 2",
        values,
    ):
        found[measure].append(tokens.word(tokens.TAG, tag))
    return found


def names_with(db: sqlite3.Connection, piece: str, having: Mapping[str, Sequence[str]]) -> list[Name]:
    """Return the names with this piece, letters and digits only, that lead to one of the tokens."""
    wanted = sorted(set(chain.from_iterable(having.values())))
    found: list[tuple[int, Name]] = []
    for at in range(0, len(wanted), _FEW):
        some = wanted[at : at + _FEW]
        sql = (
            "SELECT id, token, kind, label FROM search_names"
            f" WHERE token IN ({','.join('?' * len(some))}) AND instr(bare, ?)"
        )
        found += [(place, Name(*name)) for place, *name in db.execute(sql, (*some, piece))]
    return [name for _, name in sorted(found)]
