"""Search against a substring scan, in one run: ``python -m benchmarks.search [SIZE | DATABASE ...]``.

Both give the first 50 ranked hits with snippets and highlights, from files on disk, over the same fixed mix
of queries. The scan is the plainest correct way: SQL ``instr`` over a table of the folded titles and texts,
sorted by the search's own rule. With many measures it leaves out how often the terms stand in a text, as the
search does for very many hits. Both make hits and snippets with the same code. The two take turns; each
figure is the median of its runs, in time of the processor: nothing waits for the disk when the file is warm.

Then pinyin: words of the texts as letters, in full, with the last syllable unfinished, and as initials,
beside the same words in characters. Then names: pieces of names that stand in no text, of categories in
thousands, of papers and units, in characters and as initials.

A database that :mod:`benchmarks.generated` wrote may be given in place of a size, as making one of a million
takes half an hour.
"""

from __future__ import annotations

import random
import sqlite3
import sys
import tempfile
import time
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

from benchmarks import generated
from benchmarks.turns import in_turns
from desktop import pinyin
from desktop.catalogue import matches, ranking, readings, snippets, spans, spelled, terms, understood
from desktop.catalogue.search import Filters, Hit, search

SIZES = ("32", "10000", "100000")
COMMON = ("企业", "中小企业", "小微企业", "服务", "的", "支持", "政策", "区", "资金", "财政局", "创新", "、")
FIRST = 50
TARGET_MS = 5
MANY_TARGET_MS = 20  # from a million measures on; for pinyin and names at any size
INDEX_TARGET = 3


class Taken(NamedTuple):
    """One query: how many measures it hits, and the milliseconds that search and scan took."""

    query: str
    hits: int
    search: float
    scan: float


def main(wanted: tuple[str, ...]) -> int:
    """Print a table for each size or database; return 1 when a target is missed."""
    missed = 0
    with tempfile.TemporaryDirectory() as folder:
        for each in wanted:
            path = Path(folder, f"measures-{each}.db") if each.isdigit() else Path(each)
            if each.isdigit():
                began = time.perf_counter()
                generated.write(path, int(each))
                print(f"\nbuilt in {time.perf_counter() - began:.0f} s", end="")
            missed += _measure(path, Path(folder, f"folded-{path.stem}.db"))
    return 1 if missed else 0


def _measure(path: Path, folded: Path) -> int:
    _write_folded(path, folded)
    with closing(_open(path)) as db:
        (size,) = db.execute("SELECT count(*) FROM measures").fetchone()
    runs = 3 if size > 50_000 else 7 if size > 1_000 else 41
    taken: list[Taken] = []
    wrong = 0
    with closing(_open(path)) as db:
        db.execute("ATTACH ? AS scan", (f"file:{folded}?mode=ro&immutable=1",))
        for query in _queries(db, size):
            words = terms.split(query)
            mine, scan = in_turns(runs, lambda q=query: search(db, q), lambda w=words: _scan(db, w, size))
            matching = _found(db, words)
            taken.append(Taken(query, len(matching), mine * 1000, scan * 1000))
            wrong += matching != _scanned(db, words)
            if size <= ranking.POOL:
                wrong += list(search(db, query).hits) != _scan(db, words, size)
        measured = [_spelled(db, *each, runs) for each in _letters(db, size)]
        named = [_named(db, name, runs) for name in _names(db)]
        print(f"\n{size} measures, {len(taken)} queries, {runs} runs each")
        missed = _report_sizes(db, path.stat().st_size)
    target = TARGET_MS if size < 1_000_000 else MANY_TARGET_MS
    return missed + _report(taken, wrong, target) + _report_pinyin(measured) + _report_names(named)


def _report_sizes(db: sqlite3.Connection, size: int) -> int:
    """Print how large index and file are beside the texts; return 1 when the target is missed."""
    sql = "SELECT sum(length(CAST(text AS BLOB))), count(*) FROM measures"
    texts, count = db.execute(sql).fetchone()
    (sources,) = db.execute("SELECT sum(length(CAST(source AS BLOB))) FROM notices").fetchone()
    sql = "SELECT sum(pgsize) FROM dbstat WHERE name GLOB 'search_*'"
    (index,) = db.execute(sql).fetchone()
    print(f"  texts {texts / 1e6:.2f} MB; the search tables are {index / texts:.2f} times as large,")
    print(f"  the file {size / texts:.2f} times, without the notices' sources {(size - sources) / texts:.2f}")
    return int(count >= 100_000 and index > INDEX_TARGET * texts)


def _report(taken: list[Taken], wrong: int, target: int) -> int:
    """Print what was measured; return 1 when a target is missed."""
    ours, scans = [each.search for each in taken], [each.scan for each in taken]
    worst = max((each for each in taken if each.hits), key=lambda each: each.search / each.scan)
    nothing = max((each.search for each in taken if not each.hits), default=0.0)
    print("            p50 ms   p95 ms")
    print(f"  search  {_at(ours, 50):8.2f} {_at(ours, 95):8.2f}")
    print(f"  scan    {_at(scans, 50):8.2f} {_at(scans, 95):8.2f}")
    print(f"  ratio   {_at(ours, 50) / _at(scans, 50):8.2f} {_at(ours, 95) / _at(scans, 95):8.2f}")
    print(f"  worst ratio of one query: {worst.search / worst.scan:.2f} ({worst.query}, {worst.hits} hits)")
    print(f"  slowest without a hit, which also makes suggestions: {nothing:.2f} ms")
    print(f"  queries whose hits differ from the scan's: {wrong} (recall and precision 1.000 when 0)")
    return int(wrong > 0 or _at(ours, 95) > min(target, _at(scans, 95)))


def _report_pinyin(taken: list[Taken]) -> int:
    """Print what pinyin takes; return 1 when a target is missed."""
    ours, words = [each.search for each in taken], [each.scan for each in taken]
    missed = sum(each.hits for each in taken)
    worst = max(taken, key=lambda each: each.search)
    print(f"  pinyin      p50 {_at(ours, 50):.2f} ms, p95 {_at(ours, 95):.2f} ms ({len(taken)} queries)")
    print(f"  characters  p50 {_at(words, 50):.2f} ms, p95 {_at(words, 95):.2f} ms")
    print(f"  slowest: {worst.search:.2f} ms ({worst.query})")
    print(f"  measures with the word that its pinyin does not find: {missed} (recall 1.000 when 0)")
    return int(missed > 0 or _at(ours, 95) > MANY_TARGET_MS)


def _report_names(taken: list[Taken]) -> int:
    """Print what names take; return 1 when a target is missed."""
    ours = [each.search for each in taken]
    worst = max(taken, key=lambda each: each.search)
    print(f"  names       p50 {_at(ours, 50):.2f} ms, p95 {_at(ours, 95):.2f} ms ({len(taken)} queries)")
    print(f"  slowest: {worst.search:.2f} ms ({worst.query}, {worst.hits} names)")
    return int(_at(ours, 95) > MANY_TARGET_MS)


def _names(db: sqlite3.Connection) -> list[str]:
    """Return pieces of names that stand in no text, half of them from the name's beginning."""
    chance = random.Random(5)
    names = [name for (name,) in db.execute("SELECT bare FROM search_names ORDER BY id")]
    made: list[str] = []
    while len(made) < 40:
        name, length = chance.choice(names), chance.choice((2, 3, 3, 4, 5, 6))
        at = chance.choice((0, chance.randrange(max(1, len(name) - length))))
        piece = name[at : at + length]
        if not matches.exists(db, readings.literal(piece)):
            made.append(piece)
    return [*made, "城政办发", "城政办发〔2003〕3号", "未明确", "czj", "gxj", "jr"]


def _named(db: sqlite3.Connection, name: str, runs: int) -> Taken:
    (mine,) = in_turns(runs, lambda: search(db, name))
    (count,) = db.execute(
        "SELECT count(*) FROM search_names WHERE instr(bare, ?)", (terms.bare(name),)
    ).fetchone()
    return Taken(name, count, mine * 1000, 0.0)


def _letters(db: sqlite3.Connection, size: int) -> list[tuple[str, str, bool]]:
    """Return pinyin, the word that it stands for ("" for more than that one), and whether it must be found.

    Initials need not be: those of very many words are by rule looked for in titles only.
    """
    chance = random.Random(11)
    made: list[tuple[str, str, bool]] = []
    for length in (2, 2, 2, 2, 3, 3, 4, 4, 5, 6) * 4:
        (text,) = db.execute(
            "SELECT text FROM scan.folded WHERE id = ?", (chance.randint(1, size),)
        ).fetchone()
        sounds = pinyin.syllables(text)
        ends = [at for at in range(len(text) - length) if all(map(str.isalpha, text[at : at + length]))]
        at = chance.choice(ends)
        word, piece = text[at : at + length], sounds[at : at + length]
        full = "".join(piece)
        made += [(full, word, True), (full[: max(len(piece[0]) + 1, len(full) - 2)], word, True)]
        if length >= spelled.FEWEST_INITIALS:
            made.append(("".join(sound[0] for sound in piece), word, False))
    short = [
        "qy",
        "zxqy",
        "zhongxiaoqiye",
        "qiye",
        "fuwu",
        "zhichi",
        "zhengce",
        "zijin",
        "shui",
        "db",
        "d",
        "shiyi",
    ]
    return [
        *(each for each in made if each[0].isascii()),
        *((each, "", False) for each in short),
    ]


def _spelled(db: sqlite3.Connection, letters: str, word: str, must: bool, runs: int) -> Taken:
    """Return the time for letters beside that for the word, and how many of its measures are not found."""
    mine, other = in_turns(runs, lambda: search(db, letters), lambda: search(db, word or "的"))
    missed = 0
    if must:
        reading = understood.read(db, letters)
        found = matches.matching(db, [reading], Filters()) if reading else []
        missed = len(_found(db, (word,)).difference(found))
    return Taken(letters, missed, mine * 1000, other * 1000)


def _open(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"file:{path}?mode=ro&immutable=1", uri=True)


def _write_folded(path: Path, folded: Path) -> None:
    with closing(_open(path)) as db, closing(sqlite3.connect(folded)) as out, out:
        out.execute(
            "CREATE TABLE folded (id INTEGER PRIMARY KEY, key TEXT, number INTEGER, title TEXT, text TEXT)"
        )
        rows = db.execute("SELECT key, number, title, text FROM measures ORDER BY key")
        folds = ((key, number, terms.fold(title), terms.fold(text)) for key, number, title, text in rows)
        out.executemany("INSERT INTO folded (key, number, title, text) VALUES (?, ?, ?, ?)", folds)


def _queries(db: sqlite3.Connection, size: int) -> list[str]:
    """Return the mix: common words, words cut out of the texts, both together, numbers, a long phrase."""
    chance = random.Random(7)
    rare, mixed = [], []
    for length in (2, 2, 3, 3, 4, 4, 5, 6, 8, 24):
        chosen = (chance.randint(1, size),)
        (text,) = db.execute("SELECT text FROM scan.folded WHERE id = ?", chosen).fetchone()
        at = chance.randrange(8, len(text) - length)
        rare.append(text[at : at + length])
        mixed.append(
            f"{next(word for word in chance.sample(COMMON, len(COMMON)) if word in text)} {rare[-1]}"
        )
    common = [f"{a} {b}" for a, b in zip(COMMON, COMMON[3:], strict=False)]
    return [*COMMON, *rare, *mixed, *common, "企业 服务 支持 资金 区 的", "16", "3", "1%以下"]


def _scan(db: sqlite3.Connection, words: tuple[str, ...], size: int) -> list[Hit]:
    """Return the reference's first hits."""
    marks = [f"?{n}" for n in range(1, len(words) + 1)]
    standing = " AND ".join(f"instr(text, {mark}) > 0" for mark in marks)
    missing = " + ".join(f"(instr(title, {mark}) = 0)" for mark in marks)
    place = " + ".join(f"instr(title, {mark})" for mark in marks)
    numbered = " OR ".join(f"CAST(number AS TEXT) = {mark}" for mark in marks)
    counted = "0"
    if size <= ranking.POOL:
        counts = (f"(length(text) - length(replace(text, {mark}, ''))) / length({mark})" for mark in marks)
        counted = f"-({' + '.join(counts)})"
    found = db.execute(
        "SELECT m.key, m.number, m.title, m.text, m.body_start, c.heading, m.document_key FROM ("
        f" SELECT key, {numbered} AS a, {missing} AS b, {place} AS c,"
        f" length(title) * ({missing} < {len(words)}) AS d, {counted} AS e, id"
        f" FROM scan.folded WHERE {standing} ORDER BY a DESC, b, c, d, e, id LIMIT {FIRST}"
        ") f JOIN measures m ON m.key = f.key JOIN categories c ON c.key = m.category_key"
        " ORDER BY a DESC, b, f.c, d, e, id",
        words,
    )
    return [
        Hit(
            key,
            number,
            title,
            heading,
            *snippets.snippet(text, words, start),
            spans.find(title, words),
            "",
            paper,
        )
        for key, number, title, text, start, heading, paper in found
    ]


def _found(db: sqlite3.Connection, words: tuple[str, ...]) -> set[int]:
    return set(matches.matching(db, [readings.literal(word) for word in words], Filters()))


def _scanned(db: sqlite3.Connection, words: tuple[str, ...]) -> set[int]:
    standing = " AND ".join("(instr(title, ?) OR instr(text, ?))" for _ in words)
    twice = [word for word in words for _ in range(2)]
    return {row[0] for row in db.execute(f"SELECT id FROM scan.folded WHERE {standing}", twice)}


def _at(times: list[float], percent: int) -> float:
    """Return the percentile, as the nearest measured value."""
    return sorted(times)[min(len(times) - 1, round(percent / 100 * len(times)))]


if __name__ == "__main__":
    sys.exit(main(tuple(sys.argv[1:]) or SIZES))
