"""Where each column of a checklist appears: one list, held against every place that shows columns.

A column that is added stands here first; each place that it was forgotten in is then named.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

import pytest

from desktop.exchange.checklists import columns as workbook
from desktop.exchange.checklists import guide
from desktop.exchange.reports import ledger_lists, ledger_rows
from desktop.exchange.returned import table
from desktop.ui.checklist import columns as window
from desktop.ui.printing import checklist as paper
from desktop.workspace.items import rules
from desktop.workspace.items.entries import values_of
from desktop.workspace.items.model import CHANGE_NAMES, FIELD_NAMES, Entry


class Place(StrEnum):
    """Where columns are shown, or read."""

    WINDOW = "清单 in the window: ui/checklist/columns.py"
    WORKBOOK = "the workbooks of a unit, of all, of a round: exchange/checklists/columns.py"
    GUIDE = "填写说明: exchange/checklists/guide.py"
    RETURNED = "answers read back: workspace/items/model.py FIELD_NAMES"
    HISTORY = "修改记录: workspace/items/model.py CHANGE_NAMES"
    PAPER = "the printed checklist: ui/printing/checklist.py"
    LEDGER = "台账: exchange/reports/ledger_rows.py"
    LATE = "逾期: exchange/reports/ledger_lists.py"


EVERY = frozenset(Place)
SHOWN = frozenset({Place.WINDOW, Place.WORKBOOK, Place.PAPER, Place.LEDGER, Place.LATE})
WHERE: Mapping[str, frozenset[Place]] = {
    "序号": SHOWN,
    "类别": frozenset({Place.WORKBOOK, Place.LEDGER}),
    "措施": SHOWN,
    "责任单位": SHOWN - {Place.WINDOW, Place.PAPER},
    "完成时限": EVERY,
    "状态": EVERY,
    "责任人": EVERY,
    "工作进展": EVERY,
    "存在问题": EVERY,
    "下一步举措": EVERY,
    "佐证材料": EVERY - {Place.PAPER, Place.LATE, Place.RETURNED},
    "不适用理由": frozenset({Place.WORKBOOK, Place.GUIDE, Place.RETURNED, Place.HISTORY}),
    "亮灯": frozenset({Place.WINDOW, Place.WORKBOOK, Place.LEDGER}),
    "逾期天数": frozenset({Place.LATE}),
    "最近更新": frozenset({Place.LEDGER}),
    "时限日": frozenset({Place.LEDGER}),
    "批注": frozenset({Place.HISTORY}),
}
"""不适用理由 stands with the progress or the problems where it has no column."""


def shown() -> dict[Place, list[str]]:
    """Return the titles of the columns of each place."""
    return {
        Place.WINDOW: [column.title for column in window.COLUMNS],
        Place.WORKBOOK: [column.title for column in workbook.COLUMNS],
        Place.GUIDE: [texts[0] for texts in guide.ROWS],
        Place.RETURNED: list(table.FIELDS),
        Place.HISTORY: list(CHANGE_NAMES.values()),
        Place.PAPER: [*(column.head for column in paper.FACTS), *paper.TOLD],
        Place.LEDGER: [field.title for field in ledger_rows.FIELDS],
        Place.LATE: [field.title for field in ledger_lists.LATE_FIELDS],
    }


@pytest.mark.parametrize("place", Place, ids=lambda place: place.name)
def test_each_place_has_the_columns_that_the_list_says(place: Place) -> None:
    titles = shown()[place]
    assert len(titles) == len(set(titles))
    assert set(titles) == {title for title, places in WHERE.items() if place in places}


def test_whatever_is_entered_stands_in_the_list() -> None:
    assert set(FIELD_NAMES.values()) <= set(WHERE)
    assert {title for title, places in WHERE.items() if Place.RETURNED in places} == set(FIELD_NAMES.values())


def test_each_field_is_kept_and_has_a_limit_or_a_form() -> None:
    assert set(values_of(Entry())) == set(FIELD_NAMES)
    assert set(rules.LIMITS) == set(FIELD_NAMES) - {"status", "deadline"}
