"""Catalogues of any size to measure with: the notice's own clauses, recombined, with a wide vocabulary.

The same count and seed give the same catalogue. Words are drawn so that a few are very common and most are
rare (Zipf), as in real text; each document has 32 measures, four to a category.
"""

from __future__ import annotations

import random
import re
import sqlite3
from collections.abc import Iterator
from itertools import accumulate
from pathlib import Path

from desktop import paths
from desktop.catalogue import index, schema

NOTICE = paths.resources() / "notices" / "czbf-2023-3" / "notice.txt"
PER_DOCUMENT = 32
PER_CATEGORY = 4
_WORDS = 30_000
_UNITS = ["区财政局", "区工信局", "区发改局", "区人社局", "区商务局", "区科技局", "区审计局", "辖区金融机构"]
_ORDINALS = "一二三四五六七八九十"


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
    """Write a catalogue of ``count`` measures with its search index to ``path``, which must not exist."""
    db = sqlite3.connect(path, isolation_level=None)
    try:
        db.execute("PRAGMA journal_mode = OFF")
        db.execute("BEGIN")
        create_tables(db)
        db.executemany("INSERT INTO units VALUES (?, ?, ?, '区级部门', '[]')", _units())
        for table_name, row in _rows(count, random.Random(seed)):
            names = ", ".join(row)
            marks = ", ".join("?" * len(row))
            db.execute(f"INSERT INTO {table_name} ({names}) VALUES ({marks})", tuple(row.values()))
        index.fill(db)
        db.execute("COMMIT")
    finally:
        db.close()


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


def _units() -> Iterator[tuple[str, int, str]]:
    for ordinal, name in enumerate(_UNITS, 1):
        yield f"u{ordinal}", ordinal, name


def _rows(count: int, chance: random.Random) -> Iterator[tuple[str, dict[str, str | int | None]]]:
    vocabulary = Vocabulary(chance)
    document = category = ""
    for at in range(count):
        paper, within = divmod(at, PER_DOCUMENT)
        place, number = within // PER_CATEGORY, within + 1
        if within == 0:
            document = f"d{paper:06}"
            label = f"城政办发〔{2000 + paper % 26}〕{paper}号"
            yield "notices", {"key": f"n{paper:06}", "number": label, "title": f"{vocabulary.title()}的通知"}
            yield "documents", {"key": document, "notice_key": f"n{paper:06}", "ordinal": 1, "title": label}
        if within % PER_CATEGORY == 0:
            category = f"{document}.c{place:02}"
            heading = {"ordinal": place + 1, "label": _ORDINALS[place], "title": vocabulary.title()}
            yield "categories", {"key": category, "document_key": document, **heading}
        key = f"{document}.m{number:02}"
        units = chance.sample(range(len(_UNITS)), chance.randint(0, 3))
        yield (
            "measures",
            {"key": key, "document_key": document, "category_key": category}
            | _measure(number, vocabulary, [_UNITS[unit] for unit in units]),
        )
        for position, unit in enumerate(units, 1):
            yield "responsibilities", {"measure_key": key, "unit_key": f"u{unit + 1}", "position": position}


def _measure(number: int, vocabulary: Vocabulary, units: list[str]) -> dict[str, str | int | None]:
    title = vocabulary.title()
    head = f"{number}.{title}。"
    body = vocabulary.body()
    bracket = f"(责任单位:{'、'.join(units)})" if units else ""
    return {
        "number": number,
        "title": title,
        "text": head + body + bracket,
        "body_start": len(head),
        "body_end": len(head) + len(body),
        "units_start": len(head) + len(body) if units else None,
    }
