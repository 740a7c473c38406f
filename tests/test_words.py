"""One word for one thing: no string of the code says a word that docs/words.md rejects."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
HAN = re.compile("[\u4e00-\u9fff]")
Spoken = tuple[str, int, str]  # file, line, text


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the tables: words that are said, those that are not, and others of which these are parts."""

    said: tuple[str, ...]
    rejected: tuple[str, ...]
    but_for: tuple[str, ...]


def table() -> list[Row]:
    """Return the rows of all tables of docs/words.md."""
    lines = (ROOT / "docs" / "words.md").read_text(encoding="utf-8").splitlines()
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines if line.startswith("|")]
    rows = [row for row in cells if row[0] != "word" and set(row[0]) != {"-"}]
    return [Row(_words(row[0]), _words(row[2]), _words(row[3])) for row in rows]


def _words(cell: str) -> tuple[str, ...]:
    return tuple(word.strip() for word in cell.split(",") if word.strip())


def texts_of(source: str) -> Iterator[tuple[int, str]]:
    """Return line and text of each string that holds Chinese, {} for what is filled in.

    A docstring counts when it is Chinese itself, the help of a verb. One in English may quote any word.
    """
    tree = ast.parse(source)
    docstrings = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    filled = [node for node in ast.walk(tree) if isinstance(node, ast.JoinedStr)]
    pieces = {id(value) for node in filled for value in node.values}
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            text = "".join(
                str(value.value) if isinstance(value, ast.Constant) else "{}" for value in node.values
            )
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in pieces:
            text = node.value
        else:
            continue
        if HAN.search(text) and (id(node) not in docstrings or _is_chinese(text)):
            yield node.lineno, text


def _piece(node: ast.expr) -> str:
    return str(node.value) if isinstance(node, ast.Constant) else "{}"


def _is_chinese(text: str) -> bool:
    return len(HAN.findall(text)) > len(re.findall("[a-z]", text))


@cache
def spoken() -> tuple[Spoken, ...]:
    """Return every Chinese string of the program and its packaging."""
    paths = [path for room in ("desktop", "packaging") for path in sorted((ROOT / room).rglob("*.py"))]
    return tuple(
        (str(path.relative_to(ROOT)), line, text)
        for path in paths
        for line, text in texts_of(path.read_text(encoding="utf-8"))
    )


def says(text: str, word: str, but_for: tuple[str, ...] = ()) -> bool:
    """Return whether ``text`` holds a word of the tables, elsewhere than in those of ``but_for``."""
    for other in but_for:
        text = re.sub(_pattern(other), "", text)
    return re.search(_pattern(word), text) is not None


def _pattern(word: str) -> str:
    return rf"\A{re.escape(word[1:-1])}\Z" if word.startswith("^") else re.escape(word)


def test_a_rejected_word_is_found_and_its_exceptions_are_not() -> None:
    assert says("共2处变动", "变动")
    assert not says("变动", "变动", ("^变动$",))
    assert says("见“变动”工作表的变动", "变动", ("“变动”工作表",))
    assert says("灯", "^灯$")
    assert not says("亮灯", "^灯$")


def test_strings_are_read_whole_and_docstrings_only_when_they_are_help() -> None:
    source = (
        '''"""Return 变动."""\nX = f"共{1}份，{'甲'}"\ndef verb():\n    """列出变动。"""\n    return "no"\n'''
    )
    assert sorted(texts_of(source)) == [(2, "共{}份，{}"), (2, "甲"), (4, "列出变动。")]


@pytest.mark.parametrize("row", table(), ids=lambda row: row.said[0])
def test_one_word_is_said_and_the_others_are_not(row: Row) -> None:
    wrong = [
        f"{file}:{line} says {word}, not {'/'.join(row.said)}: {text}"
        for file, line, text in spoken()
        for word in row.rejected
        if says(text, word, row.but_for)
    ]
    assert not wrong, "\n".join(wrong)
    unused = [word for word in row.said if not any(says(text, word) for _, _, text in spoken())]
    assert not unused


TOUCHING = re.compile(r"[\u4e00-\u9fff](?:--)?[A-Za-z]{2,}|[A-Za-z]{2,}[\u4e00-\u9fff]")


def test_latin_words_stand_apart_from_the_characters_beside_them() -> None:
    wrong = [
        f"{file}:{line}: {text}"
        for file, line, text in spoken()
        if TOUCHING.search(text) and not re.search(r"[\\|]|yyyy", text)
    ]
    assert not wrong, "\n".join(wrong)


def test_every_row_rejects_something() -> None:
    rows = table()
    assert rows
    assert all(row.said and row.rejected for row in rows)
