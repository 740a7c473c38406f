"""What to change when nothing was found, tried out before it is said, and ready to be searched for."""

from __future__ import annotations

import sqlite3
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, fields, replace

from desktop.catalogue import terms
from desktop.catalogue.matches import Filters, counted, exists, first, ids, match
from desktop.catalogue.readings import Reading, literal

_COUNTED = 1000
_TRIED = 8  # a query with more terms than this is no search but a text pasted in
_SHOWN = 24
_ANYTHING = Filters()


@dataclass(frozen=True, slots=True)
class Advice:
    """A Chinese sentence on what to change.

    ``query`` and ``filters`` are the search that gives what the sentence promises, ``offer`` says in a few
    words what it is, as on a button; all are empty where the sentence promises nothing.
    """

    sentence: str
    query: str = ""
    filters: Filters = _ANYTHING
    offer: str = ""


def suggest(
    db: sqlite3.Connection,
    readings: Sequence[Reading | None],
    words: Sequence[str],
    filters: Filters,
    scope: str = "",
) -> tuple[Advice, ...]:
    """Return advice, the most promising first; each count is what the change really gives.

    ``readings`` are those of ``words``, None for a term that means nothing here. ``scope`` is the FTS5
    expression for the notices that are searched; empty for all of them.
    """
    if len(words) > _TRIED:
        return (Advice("没有同时含有这些词的措施。搜索的词太多，请只保留两三个关键词。"),)
    meant = [reading for reading in readings if reading]
    found = []
    if len(meant) == len(words):
        found += _without_filter(db, meant, words, filters, scope)
    if len(words) > 1:
        found += _without_term(db, words, readings, filters, scope)
    given = [advice for _, advice in sorted(found, key=lambda pair: -pair[0])]
    for word, reading in zip(words, readings, strict=True):
        if reading is None:
            given.append(
                _unknown(db, word, words, meant if len(meant) == len(words) - 1 else None, filters, scope)
            )
    if not found:
        total = counted(db, scope)
        given.append(Advice(f"现有{total}条措施，也可以按类别或责任单位逐条查阅。"))
    return tuple(given)


def _without_filter(
    db: sqlite3.Connection,
    readings: Sequence[Reading],
    words: Sequence[str],
    filters: Filters,
    scope: str,
) -> list[tuple[int, Advice]]:
    found = []
    used = [field.name for field in fields(filters) if getattr(filters, field.name)]
    for name in used:
        others = replace(filters, **{name: ""})
        count, said = _count(db, readings, others, scope)
        if count:
            label = _label(db, filters, name)
            sentence = f"去掉筛选条件“{label}”可得{said}。"
            found.append((count, Advice(sentence, " ".join(words), others, f"不限“{label}”（{said}）")))
    if not found and len(used) > 1:
        count, said = _count(db, readings, _ANYTHING, scope)
        if count:
            sentence = f"去掉全部筛选条件可得{said}。"
            found.append((count, Advice(sentence, " ".join(words), _ANYTHING, f"去掉全部筛选（{said}）")))
    return found


def _without_term(
    db: sqlite3.Connection,
    words: Sequence[str],
    readings: Sequence[Reading | None],
    filters: Filters,
    scope: str,
) -> list[tuple[int, Advice]]:
    found = []
    for at, word in enumerate(words):
        others = [reading for n, reading in enumerate(readings) if n != at and reading]
        if len(others) == len(words) - 1:
            count, said = _count(db, others, filters, scope)
            if count:
                query = " ".join(other for n, other in enumerate(words) if n != at)
                sentence = f"去掉“{_short(word)}”一词可得{said}。"
                found.append((count, Advice(sentence, query, filters, f"搜索“{_short(query)}”（{said}）")))
    return found


def _unknown(
    db: sqlite3.Connection,
    word: str,
    words: Sequence[str],
    others: Sequence[Reading] | None,
    filters: Filters,
    scope: str,
) -> Advice:
    """Return what to do about a term that means nothing; ``others`` is None when it is not the only one."""
    number = terms.measure_number(word)
    if number is not None:
        first, last = _numbers(db, scope)
        return Advice(f"没有第{number}条措施，条号为{first}至{last}。")
    shorter = _longest_known_end(db, word, scope)
    if len(shorter) >= 2 and others is not None:
        count, said = _count(db, [literal(shorter), *others], filters, scope)
        if count:
            query = " ".join(shorter if each == word else each for each in words)
            sentence = f"没有“{_short(word)}”。换用更短的词：“{_short(shorter)}”可得{said}。"
            return Advice(sentence, query, filters, f"搜索“{_short(query)}”（{said}）")
    return Advice(f"没有“{_short(word)}”。请检查有无错别字，或换用更短的词。")


def _longest_known_end(db: sqlite3.Connection, word: str, scope: str) -> str:
    """Return the longest beginning or the longest ending of ``word`` that stands in the catalogue."""
    sizes = range(1, min(len(word), 100))
    first = bisect_left(sizes, True, key=lambda size: not exists(db, literal(word[:size]), scope))
    last = bisect_left(sizes, True, key=lambda size: not exists(db, literal(word[-size:]), scope))
    return word[:first] if first >= last else word[len(word) - last :]


def _numbers(db: sqlite3.Connection, scope: str) -> tuple[int, int]:
    """Return the lowest and the highest number of a measure in the scope."""
    sql = "SELECT min(m.number), max(m.number) FROM search_rows r JOIN measures m ON m.key = r.measure_key"
    inside = " JOIN search_index ON search_index.rowid = r.id WHERE search_index MATCH ?"
    first, last = db.execute(sql + inside, (scope,)).fetchone() if scope else db.execute(sql).fetchone()
    return first, last


def _count(
    db: sqlite3.Connection, readings: Sequence[Reading], filters: Filters, scope: str
) -> tuple[int, str]:
    expression = match(readings, filters, scope)
    if all(reading.exact for reading in readings):
        count = len(ids(db, expression, _COUNTED + 1))
    else:
        count = len(first(db, expression, readings, _COUNTED + 1))
    return count, f"{count}条" if count <= _COUNTED else f"{_COUNTED}条以上"


def _label(db: sqlite3.Connection, filters: Filters, name: str) -> str:
    if name == "notice":
        called = "SELECT coalesce(number, title) FROM notices WHERE key = ?"
        (label,) = db.execute(called, (filters.notice,)).fetchone() or (filters.notice,)
        return str(label)
    token = Filters(**{name: getattr(filters, name)}).tokens()[0]
    found = db.execute(
        "SELECT label FROM search_names WHERE token = ? ORDER BY id LIMIT 1", (token,)
    ).fetchone()
    return str(found[0] if found else getattr(filters, name))


def _short(word: str) -> str:
    """Return ``word`` short enough to be quoted, and such that it can be written anywhere."""
    word = word.encode("utf-8", "replace").decode("utf-8")
    return word if len(word) <= _SHOWN else f"{word[:_SHOWN]}…"
