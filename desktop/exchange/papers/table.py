"""A table of a paper, and its rows as lines that say what the table says.

Where the head of a table names who is responsible, a row becomes one line in the form in which notices
without a table say the same: the number, the title, the text, and the unit's cell as ``（责任单位：…）``.
Other tables become lines of cells parted by a tab.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from desktop.errors import KnownError

_UNITS = re.compile(
    "(?:责任|牵头|配合|对接|主办|协办|承办|落实|实施|协同|参加|参与|联系|负责|主责|主管)"
    "(?:责任)?(?:单位|部门|主体|处室|科室|股室)(?:及?分工)?"
)
_NUMBER_HEAD = re.compile("序号|编号|条目|条款号|No\\.?", re.IGNORECASE)
_CATEGORY_HEAD = re.compile("类别|分类|类型|板块|领域|方面|项目类别|政策类别|一级.*")
_TITLE_HEAD = re.compile("(?:政策|措施|任务|事项|条款|工作|重点)*(?:名称|标题|措施|任务|事项|项目|条款|条目)")
_TEXT_HEAD = re.compile(".*(?:内容|举措|要求|标准|条文|措施|任务)")
_BARE_NUMBER = re.compile(r"[0-9０-９]{1,3}")
_ENDED = re.compile("[。；：！？.;:!?]$")
MOST = 2_000_000
"""The most characters of a table, what merged cells say again included."""
_BETWEEN_UNITS = re.compile(r"[、，,；;]?[ \t]*\n\s*")


@dataclass(frozen=True, slots=True)
class PaperTable:
    """A table's cells by row, all rows as long as the longest.

    ``head`` is the index of the row whose cells name the columns, the last where the head has several, and -1
    where no column names a unit. A cell that is merged downwards is said again in each row; ``covered`` are
    the places (row, column) that only say it again. One that is merged sideways stands in its first column.
    """

    rows: tuple[tuple[str, ...], ...]
    head: int = -1
    covered: frozenset[tuple[int, int]] = frozenset()


def table_of(rows: Sequence[Sequence[str]], covered: frozenset[tuple[int, int]] = frozenset()) -> PaperTable:
    """Return ``rows`` as a table: equally long, its head found."""
    width = max(map(len, rows), default=0)
    even = tuple((*map(str.strip, row), *[""] * (width - len(row))) for row in rows)
    head = next((n for n, row in enumerate(even) if _is_head(row)), -1)
    while 0 <= head < len(even) - 1 and _is_head(even[head + 1]):
        head += 1
    return PaperTable(even, head, covered)


def lines(table: PaperTable) -> list[str]:
    """Return the table's rows as lines of text; a cell that is merged downwards is said once.

    But for one that names units: each row says it. Raises KnownError when that becomes too much.
    """
    if table.head < 0:
        return [line for n in range(len(table.rows)) if (line := _plain(table, n))]
    above = [line for n in range(table.head) if not _is_head(table.rows[n]) and (line := _plain(table, n))]
    columns = _Columns.of(table.rows[table.head])
    said: list[str] = []
    length = 0
    for number, row in enumerate(table.rows[table.head + 1 :], table.head + 1):
        length += sum(map(len, row))
        if length > MOST:
            raise KnownError(
                "文件里的表格大得不正常，没有读入，文件原样保留。",
                "请取消表格里的合并单元格，或者复制文字粘贴进来。",
            )
        filled = [n for n, cell in enumerate(row) if cell]
        if not filled or row == table.rows[table.head]:
            continue
        if len(filled) == 1 and filled[0] not in columns.units:
            said.append(row[filled[0]])  # a row of one cell is a heading within the table
        else:
            said.extend(_row(table, number, columns))
    return [*above, *said]


def note(tables: Sequence[PaperTable]) -> str:
    """Return the sentence that says how the tables were written as lines, "" without a table."""
    if not tables:
        return ""
    if any(table.head >= 0 for table in tables):
        return "表格中责任单位单独成列的，已逐行写成“（责任单位：…）”接在该行文字后面，表头放在一边。"
    return "表格已逐行读入，各格之间用制表符隔开。"


def heads(tables: Sequence[PaperTable]) -> list[str]:
    """Return the head rows that :func:`lines` does not write out, their cells parted by a tab."""
    return ["\t".join(table.rows[table.head]) for table in tables if table.head >= 0]


@dataclass(frozen=True, slots=True)
class _Columns:
    """Which column is what, by its head; -1 for none."""

    names: tuple[str, ...]
    number: int
    category: int
    title: int
    text: int
    units: tuple[int, ...]

    @classmethod
    def of(cls, head: Sequence[str]) -> _Columns:
        names = tuple("".join(cell.split()) for cell in head)
        units = tuple(n for n, name in enumerate(names) if _UNITS.fullmatch(_bare(name)))
        rest = [n for n in range(len(names)) if n not in units]

        def first(pattern: re.Pattern[str]) -> int:
            found = next((n for n in rest if pattern.fullmatch(names[n])), -1)
            if found >= 0:
                rest.remove(found)
            return found

        number, category = first(_NUMBER_HEAD), first(_CATEGORY_HEAD)
        title = first(_TITLE_HEAD)
        text = first(_TEXT_HEAD)
        if title < 0 and text < 0 and rest:
            text = rest.pop(0)
        return cls(names, number, category, title, text, units)


def _row(table: PaperTable, number: int, columns: _Columns) -> list[str]:
    row = table.rows[number]
    said: list[str] = []
    if columns.category >= 0 and row[columns.category] and (number, columns.category) not in table.covered:
        said.append(row[columns.category])
    mark = row[columns.number] if columns.number >= 0 else ""
    line = f"{mark}." if _BARE_NUMBER.fullmatch(mark) else mark
    own = [
        "" if (number, n) in table.covered and n not in columns.units else cell for n, cell in enumerate(row)
    ]
    title = own[columns.title] if columns.title >= 0 else ""
    text = own[columns.text] if columns.text >= 0 else ""
    line += title
    if title and text:
        line += text if _ENDED.search(title) else f"。{text}"
    else:
        line += text
    known = {columns.number, columns.category, columns.title, columns.text, *columns.units}
    for n, cell in enumerate(own):
        if cell and n not in known:
            line += f"（{columns.names[n]}：{cell}）" if columns.names[n] else f"（{cell}）"
    told = [f"{_bare(columns.names[n])}：{_BETWEEN_UNITS.sub('、', row[n])}" for n in columns.units if row[n]]
    if told:
        line += f"（{'；'.join(told)}）"
    return [*said, line] if line else said


def _plain(table: PaperTable, number: int) -> str:
    row = table.rows[number]
    return "\t".join(
        " ".join(cell.split("\n")) if len(row) > 1 else cell
        for n, cell in enumerate(row)
        if cell and (number, n) not in table.covered
    )


def _is_head(row: Sequence[str]) -> bool:
    filled = [_bare("".join(cell.split())) for cell in row if cell]
    return len(filled) > 1 and any(map(_UNITS.fullmatch, filled)) and all(len(cell) <= 20 for cell in filled)


def _bare(name: str) -> str:
    """Return a head without a remark in brackets at its end."""
    return re.sub(r"[（(][^（）()]*[）)]$", "", name)
