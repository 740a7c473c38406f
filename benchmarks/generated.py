"""Catalogues of any size to measure with: the notice's own clauses, recombined, with a wide vocabulary.

``python -m benchmarks.generated FOLDER [MEASURES] [NOTICES]`` makes a workspace whose library the program
opens (``--workspace FOLDER``): 10 000 measures of 300 notices, unless other numbers are given.

The same count and seed give the same catalogue. Words are drawn so that a few are very common and most are
rare (Zipf), as in real text; each document has 32 measures, four to a category.
"""

from __future__ import annotations

import hashlib
import random
import re
import shutil
import sqlite3
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from itertools import accumulate
from pathlib import Path

from benchmarks import papers
from desktop import paths
from desktop.catalogue import index, notice_files, nouns, rows, schema, store
from desktop.catalogue.annotations import Annotations
from desktop.catalogue.model import Category, Document, Measure, Notice, Unit
from desktop.catalogue.parsed import NamedUnit, ParsedNotice, Place
from desktop.library import annotating, folders, new_key, opening
from desktop.reading import kept
from desktop.reading.propose import propose

NOTICE = paths.resources() / "notices" / "czbf-2023-3" / "notice.txt"
PER_DOCUMENT = 32
PER_CATEGORY = 4
_WORDS = 30_000
_UNITS = ["区财政局", "区工信局", "区发改局", "区人社局", "区商务局", "区科技局", "区审计局", "辖区金融机构"]
_ORDINALS = "一二三四五六七八九十"
UNITS = tuple(Unit(f"u{at}", at, name, "区级部门", ()) for at, name in enumerate(_UNITS, 1))
NO_NOTES = Annotations(UNITS, (), (), "")


class Vocabulary:
    """The notice's titles and clauses, and words of two to four characters drawn by their rank."""

    def __init__(self, chance: random.Random) -> None:
        lines = NOTICE.read_text("utf-8").splitlines()
        measures = [line.split("。", 1) for line in lines if re.match(r"\d+\.", line)]
        self._chance = chance
        self._titles = [title.split(".", 1)[1] for title, _ in measures]
        bodies = [body.split("(责任单位")[0] for _, body in measures]
        self._clauses = [clause for body in bodies for clause in re.split(r"[,。;]", body) if len(clause) > 3]
        common = sorted({c for _, body in measures for c in body if "\u4e00" <= c <= "\u9fff"})
        level_one = [bytes((a, b)).decode("gb2312") for a in range(0xB0, 0xD7) for b in range(0xA1, 0xFA)]
        made = (
            "".join(chance.choices(common + level_one, k=chance.choice((2, 2, 2, 3, 4))))
            for _ in range(_WORDS)
        )
        self._words = list(dict.fromkeys(made))
        self._weights = list(accumulate(1 / (rank + 2) for rank in range(len(self._words))))

    def words(self, count: int) -> list[str]:
        """Return ``count`` words, common ones often."""
        return self._chance.choices(self._words, cum_weights=self._weights, k=count)

    def title(self) -> str:
        """Return the beginning of one title, a word and the end of another."""
        first, last = self._chance.choices(self._titles, k=2)
        return first[: len(first) // 2] + self.words(1)[0] + last[len(last) // 2 :]

    def body(self) -> str:
        """Return some clauses with words set between them, as one paragraph."""
        clauses = self._chance.choices(self._clauses, k=self._chance.randint(5, 11))
        return (
            ",".join(clause + word for clause, word in zip(clauses, self.words(len(clauses)), strict=True))
            + "。"
        )


def write(path: Path, count: int, seed: int = 20230210) -> None:
    """Write a catalogue of ``count`` measures with its search index to ``path``, which must not exist.

    It is whole: the program opens it, and finds each text in its notice's source.
    """
    db = sqlite3.connect(path, isolation_level=None)
    try:
        db.execute("PRAGMA journal_mode = OFF")
        db.execute(f"PRAGMA application_id = {store.APPLICATION_ID}")
        db.execute(f"PRAGMA user_version = {store.SCHEMA_VERSION}")
        db.execute("BEGIN")
        create_tables(db)
        _insert(db, "units", rows.of_units(UNITS))
        for notice in notices(count, seed):
            for table, found in rows.of_notice(notice, NO_NOTES, UNITS):
                _insert(db, table, found)
        _insert(db, "meta", [{"key": "data_version", "value": f"generated-{count}"}])
        index.fill(db)
        db.execute("COMMIT")
    finally:
        db.close()


def library(workspace: Path, count: int, seed: int = 20230210, *, notices: int = 0) -> None:
    """Make a user's library of ``count`` measures in ``workspace``: folders of notices, and the database.

    The notices are those of :mod:`benchmarks.papers`, one for some 33 measures unless ``notices`` says how
    many, read and built by the program. What is there already, of the same kind, is left alone.
    """
    notices = notices or max(1, round(count / 33))
    made = hashlib.sha256(f"{count} {notices} {seed}".encode())
    for code in (Path(__file__), Path(papers.__file__)):
        made.update(code.read_bytes())
    stamp = workspace / "generated.txt"
    if not (stamp.is_file() and stamp.read_text("utf-8") == made.hexdigest()):
        if folders.root(workspace).exists():
            shutil.rmtree(folders.root(workspace))
        chance = random.Random(seed)
        wording, left, taken = Vocabulary(chance), count, set[str]()
        for at in range(notices):
            share = left / (notices - at)
            wanted = round(share if at == notices - 1 else share * chance.uniform(0.4, 1.6))
            left -= _put(workspace, papers.text(at, max(1, wanted), chance, wording), taken)
        stamp.write_text(made.hexdigest(), "utf-8")
    opening.opened_index(workspace).db.close()


def _put(workspace: Path, source: str, taken: set[str]) -> int:
    """Put a notice into the library's folders as if all of it were decided; return its count of measures."""
    reading = replace(propose(source), questions=())
    key = new_key.new_key(reading, taken, 2026)
    taken.add(key)
    folder = folders.root(workspace) / key
    folder.mkdir(parents=True)
    parsed = nouns.nouns(reading, key)
    (folder / notice_files.SOURCE).write_text(source, "utf-8", newline="")
    (folder / notice_files.STRUCTURE).write_text(kept.to_json(reading), "utf-8")
    (folder / notice_files.ANNOTATIONS).write_text(annotating.written(parsed, []), "utf-8")
    return len(parsed.measures)


def _insert(db: sqlite3.Connection, table: str, found: list[rows.Row]) -> None:
    if found:
        marks = ", ".join("?" * len(found[0]))
        values = [tuple(row.values()) for row in found]
        db.executemany(f"INSERT INTO {table} ({', '.join(found[0])}) VALUES ({marks})", values)


def create_tables(db: sqlite3.Connection) -> None:
    """Create the catalogue's tables, empty; columns that are left out of a row hold NULL."""
    for table in schema.TABLES:
        db.execute(f"CREATE TABLE {table.name} ({', '.join(_columns(table))})")


def _columns(table: schema.Table) -> list[str]:
    keys = [table.pk] if isinstance(table.pk, str) else list(table.pk)
    types = {str: "TEXT", int: "INTEGER"}
    return [
        *(f"{name} {types[kind]}" for name, kind in table.columns.items()),
        f"PRIMARY KEY ({', '.join(keys)})",
    ]


def notices(count: int, seed: int = 20230210) -> Iterator[ParsedNotice]:
    """Yield notices with ``count`` measures together, each with one document."""
    chance = random.Random(seed)
    vocabulary = Vocabulary(chance)
    for paper, first in enumerate(range(0, count, PER_DOCUMENT)):
        yield _notice(paper, min(PER_DOCUMENT, count - first), vocabulary, chance)


class _Lines:
    """A source as it grows, one line after the other."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self._end = 0

    def add(self, text: str) -> Place:
        """Add a line; return its place."""
        start, self._end = self._end, self._end + len(text) + 1
        self.lines.append(text)
        return Place(start, start + len(text), len(self.lines))


def _notice(paper: int, measures: int, vocabulary: Vocabulary, chance: random.Random) -> ParsedNotice:
    key, number = f"n{paper:06}", f"城政办发〔{2000 + paper % 26}〕{paper}号"
    title, lines = f"{vocabulary.title()}的通知", _Lines()
    places = {key: lines.add(number), f"d{paper:06}.title": lines.add(title)}
    document = Document(f"d{paper:06}", key, 1, title, "")
    categories: list[Category] = []
    found: list[Measure] = []
    named: list[NamedUnit] = []
    for within in range(measures):
        place, number_in = within // PER_CATEGORY, within + 1
        if within % PER_CATEGORY == 0:
            category = f"{document.key}.c{place:02}"
            categories.append(
                Category(category, document.key, place + 1, _ORDINALS[place], vocabulary.title())
            )
            places[category] = lines.add(categories[-1].heading)
        units = chance.sample(range(len(_UNITS)), chance.randint(0, 3))
        names = [_UNITS[unit] for unit in units]
        made = _measure(f"{document.key}.m{number_in:02}", category, number_in, vocabulary, names)
        at = lines.add(made.text)
        found.append(replace(made, document_key=document.key, start=at.start, end=at.end, line=at.line))
        named += [NamedUnit(made.key, name, position, at.line) for position, name in enumerate(names, 1)]
    source, day = "\n".join(lines.lines), date(2023, 2, 10)
    head = Notice(key, number, title, "城区人民政府办公室", (), day, day, "", "", date(2025, 12, 31), "")
    digest = hashlib.sha256(source.encode()).hexdigest()
    return ParsedNotice(
        source, digest, head, (document,), tuple(categories), tuple(found), tuple(named), (), places
    )


def _measure(key: str, category: str, number: int, vocabulary: Vocabulary, units: list[str]) -> Measure:
    title = vocabulary.title()
    head = f"{number}.{title}。"
    body = vocabulary.body()
    bracket = f"(责任单位:{'、'.join(units)})" if units else ""
    text, end = head + body + bracket, len(head) + len(body)
    digest = hashlib.sha256(text.encode()).hexdigest()
    start = end if units else -1
    return Measure(
        key, "", category, number, title, text, 0, 0, 0, len(head), end, start, digest, label=f"{number}."
    )


if __name__ == "__main__":
    library(Path(sys.argv[1]), int((*sys.argv[2:], "10000")[0]), notices=int((*sys.argv[3:], "300")[0]))
