"""The search tables of measures.db: made when it is built, only read afterwards.

``search_index``  the FTS5 table, contentless: one row of tokens (:mod:`desktop.catalogue.tokens`) for each
                  measure, and one, with its number below 0, for each name
``search_rows``   which measure a row is, in catalogue order, and its title's initials
``search_names``  the other names under which measures are known: 文号, categories, groups, units with
                  aliases, tags, cited papers; ``token`` is the index token of what a name leads to
``search_sounds`` which neighbouring characters of the texts are read how (:mod:`desktop.pinyin`)

The tables hold nothing that cannot be made again from the others, and are the same bytes each time.
"""

from __future__ import annotations

import json
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from itertools import chain

from desktop import pinyin
from desktop.catalogue import tokens
from desktop.catalogue.belonging import tokens_of
from desktop.catalogue.model import UNASSIGNED, UNASSIGNED_NAME
from desktop.catalogue.terms import bare, fold
from desktop.catalogue.understood import MOST_NAMES, SPELLED

_PAGE = (
    1000  # bytes; in smaller pages than usual (4050) a rare word is sooner found among a common one's rows
)
_TABLES = """
CREATE VIRTUAL TABLE search_index USING fts5(tokens, content='', columnsize=0, detail=none, tokenize='ascii');
CREATE TABLE search_rows (
    id INTEGER PRIMARY KEY, measure_key TEXT NOT NULL REFERENCES measures(key),
    initials TEXT NOT NULL
);
CREATE TABLE search_names (
    id INTEGER PRIMARY KEY, token TEXT NOT NULL, kind TEXT NOT NULL, label TEXT NOT NULL,
    bare TEXT NOT NULL, initials TEXT NOT NULL
);
CREATE INDEX search_names_token ON search_names (token);
CREATE TABLE search_sounds (
    initials TEXT NOT NULL, syllables TEXT NOT NULL, characters TEXT NOT NULL, in_title INTEGER NOT NULL,
    PRIMARY KEY (initials, syllables, characters)
) WITHOUT ROWID;
"""


def fill(db: sqlite3.Connection) -> None:
    """Create and fill the search tables from the catalogue's tables, which must be complete.

    Neither begins nor ends a transaction.
    """
    for statement in _TABLES.split(";\n"):
        db.execute(statement)
    db.execute("INSERT INTO search_index (search_index, rank) VALUES ('pgsz', ?)", (_PAGE,))
    words = tokens_of(db)
    used = set(chain.from_iterable(words.values()))
    names = [name for name in _names(db) if name[0] in used]
    shared = _shared(names)
    rows = db.execute(
        "SELECT m.key, m.title, m.text FROM measures m JOIN documents d ON d.key = m.document_key"
        " ORDER BY d.notice_key, d.ordinal, m.ordinal, m.key"
    )
    sounds = Sounds()
    for at, (key, title, text) in enumerate(rows.fetchall(), 1):
        short, whole = _folded(title, text)
        initials = pinyin.initials(short, sounds.hear(short, whole))
        indexed = [
            *words[key],
            *sorted({pair for word in words[key] for pair in shared.get(word, ())}),
            tokens.grams(initials, tokens.PINYIN),
            tokens.grams(short, tokens.TITLE),
            tokens.grams(whole),
        ]
        db.execute("INSERT INTO search_index (rowid, tokens) VALUES (?, ?)", (at, " ".join(indexed)))
        db.execute("INSERT INTO search_rows VALUES (?, ?, ?)", (at, key, initials))
    for at, (token, kind, label, known) in enumerate(names, 1):
        name = bare(known)
        initials = pinyin.initials(name, sounds.hear(name, name)) if kind in SPELLED else ""
        row = (at, token, kind, label, name, initials)
        db.execute("INSERT INTO search_names VALUES (?, ?, ?, ?, ?, ?)", row)
        indexed = [tokens.grams(name, tokens.NAME), tokens.grams(initials, tokens.NAME_PINYIN)]
        db.execute("INSERT INTO search_index (rowid, tokens) VALUES (?, ?)", (-at, " ".join(indexed)))
    db.executemany("INSERT INTO search_sounds VALUES (?, ?, ?, ?)", sounds.rows())
    db.execute("INSERT INTO search_index (search_index) VALUES ('optimize')")


class Sounds:
    """What is read how in the texts heard so far."""

    def __init__(self) -> None:
        self._heard: dict[bool, set[pinyin.Heard]] = {False: set(), True: set()}
        self._pairs: dict[tuple[str, str], bool] = {}
        self._singles: dict[str, dict[str, dict[str, bool]]] = {}

    def hear(self, title: str, whole: str) -> list[str]:
        """Take in a folded text with its folded title, which stands in it; return the title's syllables."""
        sounds = pinyin.syllables(whole)
        self._take(whole, sounds, in_title=False)
        at = whole.index(title)
        of_title = sounds[at : at + len(title)]
        self._take(title, of_title, in_title=True)
        return of_title

    def _take(self, text: str, sounds: list[str], *, in_title: bool) -> None:
        heard = pinyin.neighbours(text, sounds) - self._heard[in_title]
        self._heard[in_title] |= heard
        for pair in pinyin.pairs(heard):
            self._pairs[pair] = in_title or self._pairs.get(pair, False)
        for sound, char, where in chain(pinyin.singles(heard), pinyin.last(text, sounds)):
            places = self._singles.setdefault(char, {}).setdefault(sound, {})
            places[where] = in_title or places.get(where, False)

    def rows(self) -> Iterator[tuple[str, str, str, bool]]:
        """Yield the rows of ``search_sounds``.

        A character that is read in one way only stands for its sound; one that is read in several ways does
        so together with its neighbour.
        """
        for (sounds, characters), in_title in sorted(self._pairs.items()):
            first, second = sounds.split(" ")
            yield first[0] + second[0], sounds, characters, in_title
        for char, read in sorted(self._singles.items()):
            for sound, places in sorted(read.items()):
                meant = places if len(read) > 1 else {char: any(places.values())}
                for way in pinyin.ways(sound):
                    for characters, in_title in sorted(meant.items()):
                        yield way[0], way, characters, in_title


def _folded(title: str, text: str) -> tuple[str, str]:
    """Return the folded title, and the folded text in which the title is found as well."""
    title, text = fold(title), fold(text)
    return title, text if title in text else f"{text}\n{title}"


def _shared(names: Sequence[tuple[str, str, str, str]]) -> dict[str, set[str]]:
    """Return, by the token that names lead to, those of their pairs that stand in more than MOST_NAMES."""
    counts: Counter[str] = Counter()
    for *_, known in names:
        counts.update(tokens.pairs(bare(known), tokens.SHARED))
    found: defaultdict[str, set[str]] = defaultdict(set)
    for token, *_, known in names:
        pairs = tokens.pairs(bare(known), tokens.SHARED)
        found[token].update(pair for pair in pairs if counts[pair] > MOST_NAMES)
    return found


def _names(db: sqlite3.Connection) -> Iterator[tuple[str, str, str, str]]:
    """Yield ``(token, kind, label, name)``."""
    for key, heading in db.execute(
        "SELECT key, heading FROM categories ORDER BY document_key, ordinal"
    ).fetchall():
        yield tokens.word(tokens.CATEGORY, key), "category", heading, heading
    for key, heading in db.execute(
        "SELECT key, heading FROM measure_groups ORDER BY document_key, ordinal"
    ).fetchall():
        yield tokens.word(tokens.GROUP, key), "group", heading, heading
    for key, name, aliases in db.execute(
        "SELECT key, name, aliases FROM units ORDER BY ordinal, key"
    ).fetchall():
        for known in dict.fromkeys([name, *json.loads(aliases)]):
            yield tokens.word(tokens.UNIT, key), "unit", name, known
    yield tokens.word(tokens.UNIT, UNASSIGNED), "unit", UNASSIGNED_NAME, UNASSIGNED_NAME
    for key, kind, name in db.execute(
        "SELECT key, kind, name FROM tags ORDER BY kind, ordinal, key"
    ).fetchall():
        yield tokens.word(tokens.TAG, key), kind, name, name
    papers = db.execute(
        "SELECT d.key, ifnull(n.number, ''), n.title, d.title FROM documents d"
        " JOIN notices n ON n.key = d.notice_key ORDER BY d.notice_key, d.ordinal"
    ).fetchall()
    for key, number, notice, title in papers:
        token = tokens.word(tokens.DOCUMENT, key)
        if number:
            yield token, "number", number, number
        for name in dict.fromkeys([notice, title]):
            yield token, "paper", name, name
    cited = db.execute(
        "SELECT DISTINCT document_key, measure_key, title, number FROM citations ORDER BY 1, 2, 3, 4"
    ).fetchall()
    for document, measure, title, number in cited:
        token = tokens.word(tokens.MEASURE, measure) if measure else tokens.word(tokens.DOCUMENT, document)
        for name in filter(None, (number, title)):
            yield token, "citation", name, name
