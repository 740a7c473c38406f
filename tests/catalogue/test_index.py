"""The search tables: made of what the catalogue holds, the same each time, readable without a tool."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
import unicodedata
from pathlib import Path

from benchmarks import generated
from desktop.catalogue import tokens
from desktop.catalogue.terms import fold

TAGS = {
    tokens.TITLE,
    tokens.NUMBER,
    tokens.PINYIN,
    tokens.NAME,
    tokens.SHARED,
    tokens.NAME_PINYIN,
    tokens.CATEGORY,
    tokens.GROUP,
    tokens.UNIT,
    tokens.TAG,
    tokens.DOCUMENT,
    tokens.NOTICE,
    tokens.MEASURE,
}


def test_no_folded_character_is_taken_for_a_stand_in() -> None:
    """Over all of Unicode: different folded characters stay different, and none looks like a tag."""
    assigned = (chr(code) for code in range(sys.maxunicode + 1))
    folded = {f for c in assigned if unicodedata.category(c) not in ("Cn", "Cs") for f in fold(c)}
    assert not folded & TAGS
    stand_ins = {c: tokens.word("", c) for c in folded if not c.isspace()}
    assert len(set(stand_ins.values())) == len(stand_ins)
    assert {tokens.word("", c) for c in folded if c.isspace()} == {"\u3000"}
    assert "\u3000" not in stand_ins.values()


def test_every_stand_in_is_a_token_character() -> None:
    """The ascii tokenizer takes ASCII letters and digits and all beyond ASCII for token characters."""
    for code in [*range(0x80), 0xD800, 0xDFFF, 0x85, 0x2028]:
        stand_in = tokens.word("", fold(chr(code)))
        assert all(c.isalnum() or c > "\x7f" for c in stand_in)
        stand_in.encode("utf-8")


def test_each_measure_has_a_row_in_catalogue_order(db: sqlite3.Connection) -> None:
    rows = db.execute(
        "SELECT m.number, r.id FROM search_rows r JOIN measures m ON m.key = r.measure_key ORDER BY r.id"
    )
    assert rows.fetchall() == [(number, number) for number in range(1, 33)]


def test_names_lead_to_measures(db: sqlite3.Connection) -> None:
    names = db.execute("SELECT token, kind, label, bare FROM search_names").fetchall()
    for token, _, _, bare in names:
        assert db.execute("SELECT 1 FROM search_index WHERE search_index MATCH ?", (f'"{token}"',)).fetchone()
        assert bare
        assert unicodedata.is_normalized("NFKC", bare)
    kinds = {kind for _, kind, _, _ in names}
    assert kinds == {"category", "unit", "beneficiary", "support", "number", "paper", "citation"}
    units = {label for _, kind, label, _ in names if kind == "unit"}
    assert len(units) == 21
    assert "未明确责任单位" in units


def test_an_outsider_can_ask_the_index(db: sqlite3.Connection) -> None:
    """As docs/search.md shows: pairs of characters, quoted."""
    found = db.execute(
        "SELECT m.number FROM search_index i JOIN search_rows r ON r.id = i.rowid"
        " JOIN measures m ON m.key = r.measure_key WHERE search_index MATCH '专精 精特 特新'"
        " AND instr(m.text, '专精特新')"
    )
    assert [number for (number,) in found] == [1, 20, 22, 23, 24]


def test_the_same_catalogue_gives_the_same_bytes(tmp_path: Path) -> None:
    for name in ("first.db", "second.db"):
        generated.write(tmp_path / name, 200)
    assert (tmp_path / "first.db").read_bytes() == (tmp_path / "second.db").read_bytes()


def test_searching_needs_nothing_but_the_standard_library() -> None:
    code = (
        "import sys; from desktop.catalogue import store, search;"
        "search.search(store.open_catalogue(), 'danbao');"
        "print(sorted({m.split('.')[0] for m in sys.modules} - set(sys.stdlib_module_names)))"
    )
    ran = subprocess.run([sys.executable, "-S", "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "['__main__', 'desktop']"
