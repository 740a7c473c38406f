"""What is copied out of a table arrives elsewhere as the same cells, and every one of them as words."""

from __future__ import annotations

import csv
import io
import os
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.ui.kit import table_copy

WORDS = st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\u2028\u2029\x85"))
ROOT = Path(__file__).parents[3]
TITLES = ["序号", "工作进展"]


class Cells(HTMLParser):
    """Reads the cells of a page, rows as lists, and the format that each cell asks for."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.rows: list[list[str]] = []
        self.formats: list[str] = []
        self._inside = False
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "tr":
            self.rows.append([])
        elif tag in ("td", "th"):
            self.rows[-1].append("")
            self.formats.append(f"{dict(attrs)['style']} {dict(attrs)['sdnum']}")
            self._inside = True
        elif tag == "br":
            self.rows[-1][-1] += "\n"

    def handle_endtag(self, tag: str) -> None:
        self._inside = self._inside and tag not in ("td", "th")

    def handle_data(self, data: str) -> None:
        if self._inside:
            self.rows[-1][-1] += data


def read(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text), delimiter="\t"))


@given(st.lists(st.lists(WORDS, min_size=2, max_size=2), max_size=4))
def test_the_html_holds_the_same_cells_and_each_is_text(rows: list[list[str]]):
    cells = Cells(table_copy.html(TITLES, rows))
    assert cells.rows == [TITLES, *rows]
    assert all('mso-number-format:"\\@"' in each and "2052;0;@" in each for each in cells.formats)


@given(st.lists(st.lists(WORDS, min_size=2, max_size=2), max_size=4))
def test_the_text_holds_the_same_cells_and_none_begins_a_formula(rows: list[list[str]]):
    found = read(table_copy.text(TITLES, rows))
    for before, after in zip([TITLES, *rows], found, strict=True):
        assert all(two in (one, f"'{one}") for one, two in zip(before, after, strict=True))
        assert not any(len(each.strip()) > 1 and each.strip()[0] in "=+-@＝＋－＠" for each in after)


@pytest.mark.parametrize("words", ["=1+1", "+86 138", "-5", "@SUM(1)", " =1", "\t=1", "＝1+1", "=\n1"])
def test_what_a_spreadsheet_would_calculate_is_marked_as_words(words: str):
    (_, (_, after)) = read(table_copy.text(TITLES, [["1", words]]))
    assert after == f"'{words}"


@pytest.mark.parametrize("code", ["001", "140302199001011234"])
def test_codes_keep_their_digits(code: str):
    (_, (after, _)) = read(table_copy.text(TITLES, [[code, ""]]))
    assert after == f"'{code}"


@pytest.mark.parametrize("words", ["12", "0", "13800138000", "2026-12-31", "—", "-", "红", "", "1%以下"])
def test_other_words_are_left_as_they_are(words: str):
    assert read(table_copy.text(TITLES, [[words, "x"]]))[1][0] == words


def test_lines_stay_within_their_cell():
    rows = [["1", '第一行\r\n第二“行”\t"三"']]
    assert read(table_copy.text(TITLES, rows)) == [TITLES, ["1", '第一行\n第二“行”\t"三"']]
    assert Cells(table_copy.html(TITLES, rows)).rows[1][1] == '第一行\n第二“行”\t"三"'
    assert "mso-data-placement:same-cell" in table_copy.html(TITLES, rows)


PROGRAM = """
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication
from desktop.ui.browse.measure_text import MeasureText
from desktop.ui.kit import table_copy
application = QApplication([])
if {table}:
    QGuiApplication.clipboard().setMimeData(table_copy.mime(["甲"], [["乙"]]))
else:
    shown = MeasureText()
    shown.setPlainText("乙")
    shown.selectAll()
    shown.copy()
assert "乙" in QGuiApplication.clipboard().text()
"""


@pytest.mark.parametrize("table", [True, False])
def test_a_program_ends_well_with_what_was_copied_on_the_clipboard(table: bool):
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM.format(table=table)],
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(ROOT)},
        check=False,
    )
    assert done.returncode == 0
