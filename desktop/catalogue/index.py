"""The search tables of measures.db: made when it is built, only read afterwards.

``search_index``  the FTS5 table, contentless: one row of tokens (:mod:`desktop.catalogue.tokens`) per measure
``search_rows``   which measure a row is, in catalogue order, its category's heading, its title's syllables
``search_names``  the other names under which measures are known: 文号, categories, units and their aliases,
                  tags, cited papers; ``token`` is the index token of the measures that a name leads to

The tables hold nothing that cannot be made again from the others, and are the same bytes each time.
"""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterator
from itertools import chain

from desktop.catalogue import pinyin, tokens
from desktop.catalogue.model import UNASSIGNED, UNASSIGNED_NAME
from desktop.catalogue.terms import bare, fold

_TABLES = """
CREATE VIRTUAL TABLE search_index USING fts5(tokens, content='', columnsize=0, tokenize='ascii');
CREATE TABLE search_rows (
    id INTEGER PRIMARY KEY, measure_key TEXT NOT NULL REFERENCES measures(key),
    heading TEXT NOT NULL, syllables TEXT NOT NULL
);
CREATE TABLE search_names (
    id INTEGER PRIMARY KEY, token TEXT NOT NULL, kind TEXT NOT NULL, label TEXT NOT NULL,
    bare TEXT NOT NULL, spellings TEXT NOT NULL
);
CREATE INDEX search_names_token ON search_names (token);
"""


def fill(db: sqlite3.Connection) -> None:
    """Create and fill the search tables from the catalogue's tables, which must be complete.

    Neither begins nor ends a transaction. Needs pypinyin.
    """
    for statement in _TABLES.split(";\n"):
        db.execute(statement)
    words = _words(db)
    rows = db.execute(
        "SELECT m.key, m.title, m.text, c.label || '、' || c.title FROM measures m"
        " JOIN categories c ON c.key = m.category_key JOIN documents d ON d.key = m.document_key"
        " ORDER BY d.notice_key, d.ordinal, m.number, m.key"
    )
    for at, (key, title, text, heading) in enumerate(rows.fetchall(), 1):
        sounds = pinyin.syllables(title)
        spelled = (tokens.word(tokens.PINYIN, spelling) for spelling in pinyin.spellings(sounds))
        indexed = " ".join([_text_tokens(title, text), *words[key], *spelled])
        db.execute("INSERT INTO search_index (rowid, tokens) VALUES (?, ?)", (at, indexed))
        db.execute("INSERT INTO search_rows VALUES (?, ?, ?, ?)", (at, key, heading, " ".join(sounds)))
    used = set(chain.from_iterable(words.values()))
    db.executemany(
        "INSERT INTO search_names (token, kind, label, bare, spellings) VALUES (?, ?, ?, ?, ?)",
        (name for name in _names(db) if name[0] in used),
    )
    db.execute("INSERT INTO search_index (search_index) VALUES ('optimize')")


def _text_tokens(title: str, text: str) -> str:
    """Return the tokens of a title, tagged, and of the whole text, in which the title is found as well."""
    title, text = fold(title), fold(text)
    whole = text if title in text else f"{text}\n{title}"
    return f"{tokens.grams(title, tokens.TITLE)} {tokens.grams(whole)}"


def _words(db: sqlite3.Connection) -> dict[str, list[str]]:
    """Return, for each measure, the tokens of its number, its document, its category, its units and tags."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for key, number, document, category in db.execute(
        "SELECT key, number, document_key, category_key FROM measures"
    ):
        found[key] += [
            tokens.word(tokens.MEASURE, key),
            tokens.word(tokens.NUMBER, str(number)),
            tokens.word(tokens.DOCUMENT, document),
            tokens.word(tokens.CATEGORY, category),
        ]
    for measure, unit in db.execute(
        "SELECT m.key, coalesce(r.unit_key, ?) FROM measures m"
        " LEFT JOIN responsibilities r ON r.measure_key = m.key ORDER BY m.key, r.position",
        (UNASSIGNED,),
    ):
        found[measure].append(tokens.word(tokens.UNIT, unit))
    for measure, tag in db.execute("SELECT DISTINCT measure_key, tag_key FROM measure_tags ORDER BY 1, 2"):
        found[measure].append(tokens.word(tokens.TAG, tag))
    return found


def _names(db: sqlite3.Connection) -> Iterator[tuple[str, str, str, str, str]]:
    """Yield ``(token, kind, label, bare, spellings)``; only categories and units are found by pinyin."""
    for key, heading in db.execute(
        "SELECT key, label || '、' || title FROM categories ORDER BY document_key, ordinal"
    ):
        yield (tokens.word(tokens.CATEGORY, key), "category", heading, bare(heading), _spelled(heading))
    for key, name, aliases in db.execute("SELECT key, name, aliases FROM units ORDER BY ordinal, key"):
        for known in dict.fromkeys([name, *json.loads(aliases)]):
            yield (tokens.word(tokens.UNIT, key), "unit", name, bare(known), _spelled(known))
    name = UNASSIGNED_NAME
    yield (tokens.word(tokens.UNIT, UNASSIGNED), "unit", name, bare(name), _spelled(name))
    for key, kind, name in db.execute("SELECT key, kind, name FROM tags ORDER BY kind, ordinal, key"):
        yield (tokens.word(tokens.TAG, key), kind, name, bare(name), "")
    papers = db.execute(
        "SELECT d.key, n.number, n.title, d.title FROM documents d JOIN notices n ON n.key = d.notice_key"
        " ORDER BY d.notice_key, d.ordinal"
    )
    for key, number, notice, title in papers:
        token = tokens.word(tokens.DOCUMENT, key)
        yield (token, "number", number, bare(number), "")
        for name in dict.fromkeys([notice, title]):
            yield (token, "paper", name, bare(name), "")
    cited = db.execute(
        "SELECT DISTINCT document_key, measure_key, title, number FROM citations ORDER BY 1, 2, 3, 4"
    )
    for document, measure, title, number in cited:
        token = tokens.word(tokens.MEASURE, measure) if measure else tokens.word(tokens.DOCUMENT, document)
        for name in filter(None, (number, title)):
            yield (token, "citation", name, bare(name), "")


def _spelled(name: str) -> str:
    """Return the pinyin spellings of a name, each one between spaces."""
    return f" {' '.join(pinyin.spellings(pinyin.syllables(name)))} "
