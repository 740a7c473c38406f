"""台账: one row for each unit's item, with formulas for what follows from its deadline and status.

The day of the ledger and how many days count as near are two names of the workbook. The last column is
hidden and holds the day that can be missed: the day itself, or the last day of a span, which is text.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from openpyxl.utils import get_column_letter

from desktop.catalogue.model import UNASSIGNED
from desktop.catalogue.query import Catalogue
from desktop.catalogue.typeset import typeset
from desktop.exchange.sheets import table
from desktop.exchange.sheets.basis import FORMER
from desktop.exchange.sheets.cells import FIRST_YEAR
from desktop.exchange.sheets.styles import CellLook, light_look
from desktop.exchange.sheets.table import Alert, Field, Formula, Value
from desktop.workspace import words
from desktop.workspace.evidence import names
from desktop.workspace.items.entries import values_of
from desktop.workspace.items.model import (
    CHANGE_NAMES,
    EVIDENCE,
    FIELD_NAMES,
    FINISHED,
    LEFT_OUT,
    Change,
    Item,
    ItemKey,
    Light,
)

TITLE = "台账"
DAY_NAME, NEAR_NAME = "制表日期", "临期天数"
CHANGED = "▲"
EVIDENCE_TITLE = CHANGE_NAMES[EVIDENCE]
"""The column of what is attached, and the sheet that lists what its cells do not name."""

FIELDS = (
    Field("序号", 6, 6, True),
    Field("责任单位", 13, 12, True),
    Field("类别", 10, 10, True),
    Field("措施", 25, 17),
    Field("完成时限", 13, 12.5, True),
    Field("亮灯", 6, 6, True),
    Field("状态", 8.5, 8.5, True),
    Field("责任人", 8, 8, True),
    Field("工作进展", 27, 16),
    Field("存在问题", 16, 12),
    Field("下一步举措", 16, 12),
    Field(EVIDENCE_TITLE, 12, 11),
    Field("最近更新", 13.5, 13, True),
    Field("时限日", 8, 8),  # hidden
)
VISIBLE = len(FIELDS) - 1
PAPER = Field("发文", 16, 11, True)
"""The column beside 责任单位 that says to which document a row belongs, where several are in use."""
_CLOSER = {"责任单位": 11, "措施": 16, "工作进展": 14, "存在问题": 11, "下一步举措": 11, EVIDENCE_TITLE: 10}
"""How narrow the others may be then, so that the table is read on paper."""
UNIT, CATEGORY, DEADLINE, LIGHT, STATUS, _DUE_DAY = "责任单位", "类别", "完成时限", "亮灯", "状态", "时限日"
_DAY_ZERO = date(1899, 12, 30)


@dataclass(frozen=True, slots=True)
class LedgerFacts:
    """What the rows tell: the items, the newest change and the files of each, and which changed lately."""

    catalogue: Catalogue
    items: Sequence[Item]
    last: Mapping[ItemKey, Change]
    files: Mapping[ItemKey, Sequence[str]]
    changed: frozenset[ItemKey]

    @property
    def several(self) -> bool:
        """Tell whether several documents are in use, so that each row must say its own."""
        return len(self.catalogue.documents) > 1

    @property
    def fields(self) -> tuple[Field, ...]:
        """Return the columns, hidden one included."""
        if not self.several:
            return FIELDS
        closer = [replace(one, narrowest=_CLOSER.get(one.title, one.narrowest)) for one in FIELDS]
        return (*closer[:2], PAPER, *closer[2:])

    def column(self, title: str) -> int:
        """Return where the column of that title stands, from 1."""
        return [field.title for field in self.fields].index(title) + 1

    def letter(self, title: str) -> str:
        """Return the letter of the column of that title."""
        return get_column_letter(self.column(title))


def rows(facts: LedgerFacts, first: int) -> list[list[Value]]:
    """Return the rows, hidden column included; the first of them will stand in row ``first``."""
    return [_row(facts, item, index, first + index) for index, item in enumerate(facts.items)]


def counted(facts: LedgerFacts) -> str:
    """Return how many units and items there are; 未明确责任单位 is no unit."""
    units = {item.key.unit_key for item in facts.items} - {UNASSIGNED}
    return f"共{len(units)}个责任单位，{len(facts.items)}项"


def unit_name(catalogue: Catalogue, item: Item) -> str:
    """Return the unit of an item as the ledger names it."""
    try:
        return catalogue.unit(item.key.unit_key).name
    except KeyError:
        return FORMER


def category_name(item: Item) -> str:
    """Return the category of an item as the ledger names it."""
    return typeset(item.category) or FORMER


def paper_name(catalogue: Catalogue, item: Item) -> str:
    """Return what the document of an item is called."""
    called = words.document(catalogue, item.document_key)
    return called if called != item.document_key else FORMER


def measure_name(catalogue: Catalogue, item: Item) -> str:
    """Return number and title of an item's measure, and what is no longer as it was."""
    if item.orphaned:
        return f"{typeset(item.title)}{words.GONE}"
    note = "（填报之后措施原文有改动）" if item.text_changed else ""
    return f"{words.numbered(catalogue.measure(item.key.measure_key))}{note}"


def listed_name(facts: LedgerFacts, item: Item) -> str:
    """Return :func:`measure_name` for a list that has no column of documents: under its own, if need be."""
    name = measure_name(facts.catalogue, item)
    return f"{paper_name(facts.catalogue, item)}\n{name}" if facts.several else name


def progress_words(item: Item) -> str:
    """Return the progress and, for 不适用, the reason."""
    reason = f"不适用理由：{item.entry.reason}" if item.entry.reason else ""
    return "\n".join(text for text in (item.entry.progress, reason) if text)


def serial(day: date) -> int:
    """Return a day as spreadsheets count it."""
    return (day - _DAY_ZERO).days


def _row(facts: LedgerFacts, item: Item, index: int, row: int) -> list[Value]:
    told = words.last(facts.last.get(item.key))
    return table.ordered(
        facts.fields,
        {
            "序号": index + 1,
            "责任单位": unit_name(facts.catalogue, item),
            PAPER.title: paper_name(facts.catalogue, item),
            "类别": category_name(item),
            "措施": measure_name(facts.catalogue, item),
            **entered(item),
            "亮灯": Formula(_light(facts, row), item.light.value, light_look(item.light)),
            "工作进展": progress_words(item),
            EVIDENCE_TITLE: names.in_cell(facts.files.get(item.key, ()), f"见“{EVIDENCE_TITLE}”工作表"),
            "最近更新": Alert(f"{told} {CHANGED}") if item.key in facts.changed else told,
            _DUE_DAY: _due(facts, item, row),
        },
    )


def entered(item: Item) -> dict[str, Value]:
    """Return what was entered for an item, by the names of the fields."""
    texts: dict[str, Value] = {FIELD_NAMES[name]: value for name, value in values_of(item.entry).items()}
    return {**texts, FIELD_NAMES["status"]: item.entry.status, FIELD_NAMES["deadline"]: item.entry.deadline}


def _due(facts: LedgerFacts, item: Item, row: int) -> Formula | int:
    """Return the formula of the day that can be missed, which gives nothing when there is none.

    A day before Excel's years stands there as text; what counts is that it is past.
    """
    due = item.entry.deadline.due
    if due is not None and due.year < FIRST_YEAR:
        return 1
    cell = f"{facts.letter(DEADLINE)}{row}"
    formula = f'=IF(ISNUMBER({cell}),{cell},IFERROR(DATEVALUE(RIGHT({cell},10)),""))'
    return Formula(formula, serial(due) if due is not None else "", CellLook.DATE)


def _light(facts: LedgerFacts, row: int) -> str:
    """Return the formula of the light, by the rules of :func:`desktop.workspace.items.progress.light`."""
    status, due = f"{facts.letter(STATUS)}{row}", f"{facts.letter(_DUE_DAY)}{row}"
    coloured = (
        f'IF({due}<{DAY_NAME},"{Light.RED}",'
        f'IF({due}<={DAY_NAME}+{NEAR_NAME},"{Light.YELLOW}","{Light.GREEN}"))'
    )
    finished = ",".join(f'{status}="{one}"' for one in FINISHED)
    no_day = ",".join([*(f'{status}="{one}"' for one in LEFT_OUT), f'{due}=""'])
    return f'=IF(OR({finished}),"{Light.GREEN}",IF(OR({no_day}),"{Light.GREY}",{coloured}))'
