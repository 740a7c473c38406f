"""The ledger's figures: what is stored beside the formulas, and what they give when someone edits a row."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from zipfile import ZipFile

import pytest
from defusedxml.ElementTree import fromstring
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.catalogue.query import Catalogue
from desktop.catalogue.typeset import typeset
from desktop.exchange.reports import ledger
from desktop.workspace.items import deadline
from desktop.workspace.items.model import FINISHED, MOST_DONE_FIRST, Item, Light, Status, Tally
from desktop.workspace.items.progress import light, tally
from tests.exchange.calculator import Calculator
from tests.exchange.conftest import TODAY
from tests.exchange.second_reader import Book, column, column_of, read, row

FIGURES = "图表数据"
PAGE = 442 / 0.82  # points of a page, at the scale at which Excel prints the sheet
DAY_ZERO = date(1899, 12, 30)


@pytest.fixture(scope="module")
def path(
    catalogue: Catalogue,
    today: date,
    filled: tuple[Item, ...],
    tmp_path_factory: pytest.TempPathFactory,
) -> Path:
    made = tmp_path_factory.mktemp("ledger") / "ledger.xlsx"
    return ledger.write(made, catalogue, filled, {}, (), today)


@pytest.fixture(scope="module")
def book(path: Path) -> Book:
    return read(path)


def expected(counted: Tally) -> list[float]:
    to_do = counted.total - counted.by_status[Status.NOT_APPLICABLE]
    share = (counted.by_status[Status.DONE] + counted.by_status[Status.CLOSED]) / to_do if to_do else 0
    return [
        counted.total,
        *(counted.by_status[status] for status in Status),
        share,
        counted.late,
        counted.near,
    ]


def sections(book: Book, catalogue: Catalogue, items: Sequence[Item]) -> dict[int, list[Item]]:
    """Return which items each row of the summary counts."""
    sheet = book["汇总"]
    at = row(sheet.find("责任单位")) + 1
    rows: dict[int, list[Item]] = {}
    for unit in catalogue.checklist_units():
        rows[at] = [item for item in items if item.key.unit_key == unit.key]
        assert sheet.text(f"B{at}") == unit.name
        at += 1
    rows[at] = list(items)
    at = row(sheet.find("类别")) + 1
    for category in catalogue.categories:
        rows[at] = [item for item in items if item.category == category.heading]
        assert sheet.text(f"B{at}") == typeset(category.heading)
        at += 1
    rows[at] = list(items)
    assert [sheet.text(f"B{number}") for number in rows].count("合计") == 2
    return rows


def check(book: Book, catalogue: Catalogue, items: Sequence[Item], calculator: Calculator) -> None:
    """Compare all that is computed with the tallies of ``items``."""
    for number, counted in sections(book, catalogue, items).items():
        found = [calculator.value("汇总", f"{letter}{number}") for letter in counted_letters(book)]
        assert found == pytest.approx(expected(tally(counted)))
    whole = tally(items)
    headline = calculator.value("汇总", headline_at(book))
    share = int(expected(whole)[6] * 100 + 0.5)
    told = "，".join(f"{status}{whole.by_status[status]}项" for status in MOST_DONE_FIRST)
    assert headline == (
        f"共{whole.total}项：{told}；其中逾期{whole.late}项，临期{whole.near}项。完成占比{share}%。"
    )
    parts = [
        [calculator.value(FIGURES, f"{letter}{number}") for letter in "BCDEF"]
        for number in range(1, len(catalogue.checklist_units()) + len(catalogue.categories) + 1)
    ]
    rows = [
        counted
        for number, counted in sections(book, catalogue, items).items()
        if book["汇总"].text(f"B{number}") != "合计"
    ]
    assert parts == [expected_parts(counted) for counted in rows]


def where(book: Book, heading: str, number: int) -> str:
    """Return where a column of the ledger stands in a row."""
    return f"{column_of(book['台账'], heading)}{number}"


def counted_letters(book: Book) -> list[str]:
    """Return the columns of the summary that count."""
    heads = ("事项数", *Status, "完成占比", "逾期", "临期")
    (at,) = [row(place) for place, cell in book["汇总"].cells.items() if cell.value == "责任单位"]
    letters = {cell.value: column(place) for place, cell in book["汇总"].cells.items() if row(place) == at}
    return [letters[head] for head in heads]


def headline_at(book: Book) -> str:
    (found,) = [at for at, cell in book["汇总"].cells.items() if str(cell.value).startswith("共67项：")]
    return found


def expected_parts(items: Sequence[Item]) -> list[int]:
    """Return 完成, 推进中, 逾期, 未启动, 不适用: nothing twice, nothing left out."""
    late = [item for item in items if item.light is Light.RED]
    rest = [item.entry.status for item in items if item.light is not Light.RED]
    parts = [
        sum(status in FINISHED for status in rest),
        rest.count(Status.UNDER_WAY),
        len(late),
        rest.count(Status.NOT_STARTED),
        rest.count(Status.NOT_APPLICABLE),
    ]
    assert sum(parts) == len(items)
    return parts


def test_the_stored_results_are_those_of_the_formulas(book: Book) -> None:
    calculator, seen = Calculator(book), 0
    for sheet in book.sheets:
        for at, cell in sheet.cells.items():
            if cell.formula:
                assert calculator.compute(sheet.title, cell.formula) == pytest.approx(cell.value), at
                seen += 1
    assert seen > 500


def test_the_counts_are_those_of_the_items(
    book: Book, catalogue: Catalogue, filled: tuple[Item, ...]
) -> None:
    check(book, catalogue, filled, Calculator(book))


DEADLINES = st.one_of(
    st.integers(-40, 40).map(lambda days: deadline.on(TODAY + timedelta(days))),
    st.integers(-40, 40).map(lambda days: deadline.span(date(2026, 1, 1), TODAY + timedelta(days))),
    st.sampled_from([deadline.LONG_TERM, deadline.UNSTATED]),
)
EDITS = st.dictionaries(st.integers(0, 66), st.tuples(st.sampled_from(list(Status)), DEADLINES), max_size=67)


@settings(max_examples=60)
@given(edits=EDITS)
def test_lights_and_totals_follow_when_rows_are_edited(
    book: Book, catalogue: Catalogue, filled: tuple[Item, ...], edits: dict
) -> None:
    first, items, typed = row(book["台账"].find("序号")) + 1, list(filled), {}
    for index, (status, until) in edits.items():
        entry = replace(items[index].entry, status=status, deadline=until)
        items[index] = replace(items[index], entry=entry, light=light(entry, TODAY))
        typed["台账", where(book, "状态", first + index)] = status.value
        day = until.kind is deadline.DeadlineKind.DAY and (until.due - DAY_ZERO).days
        typed["台账", where(book, "完成时限", first + index)] = (
            float(day) if day else until.stored and until.words
        )
    calculator = Calculator(book, typed)
    assert [calculator.value("台账", where(book, "亮灯", first + index)) for index in range(67)] == [
        item.light.value for item in items
    ]
    check(book, catalogue, items, calculator)


def test_a_date_typed_as_text_is_understood(book: Book) -> None:
    first = row(book["台账"].find("序号")) + 1
    typed = {
        ("台账", where(book, "完成时限", first)): "2026-11-01",
        ("台账", where(book, "状态", first)): "推进中",
    }
    assert Calculator(book, typed).value("台账", where(book, "亮灯", first)) == "红"


def test_a_row_inserted_under_the_last_is_counted(book: Book, filled: tuple[Item, ...]) -> None:
    under = row(book["台账"].find("序号")) + len(filled) + 1
    assert f"A{under}" not in book["台账"].cells
    unit = book["汇总"].text(f"B{row(book['汇总'].find('责任单位')) + 1}")
    typed = {
        ("台账", where(book, "责任单位", under)): unit,
        ("台账", where(book, "状态", under)): "推进中",
        ("台账", where(book, "亮灯", under)): "红",
    }
    more, before = Calculator(book, typed), Calculator(book)
    at = row(book["汇总"].find("责任单位")) + 1
    total, *by_status, _, late, near = counted_letters(book)
    grown = (total, by_status[list(Status).index(Status.UNDER_WAY)], late)
    for letter in (total, *by_status, late, near):
        grows = letter in grown
        assert more.value("汇总", f"{letter}{at}") == before.value("汇总", f"{letter}{at}") + grows


def test_the_pictures_show_the_figures_and_carry_them(path: Path, book: Book, catalogue: Catalogue) -> None:
    calculator = Calculator(book)
    names = [unit.name for unit in catalogue.checklist_units()]
    headings = [typeset(category.heading) for category in catalogue.categories]
    with ZipFile(path) as archive:
        charts = sorted(name for name in archive.namelist() if name.startswith("xl/charts/chart"))
        trees = [fromstring(archive.read(name)) for name in charts]
    assert len(trees) == 2
    for tree, bars in zip(trees, (names, headings), strict=True):
        space = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
        assert tree.find(f".//{space}plotVisOnly").get("val") == "0"  # the figures are hidden
        series = tree.findall(f".//{space}ser")
        titles = [one.find(f"{space}tx/{space}v").text for one in series]
        assert titles == ["完成", "推进中", "逾期", "未启动", "不适用"]
        for one in series:
            categories = one.find(f"{space}cat/{space}strRef")
            values = one.find(f"{space}val/{space}numRef")
            for reference, wanted in ((categories, bars), (values, None)):
                area = calculator.area(FIGURES, reference.find(f"{space}f").text)
                shown = [point.find(f"{space}v").text for point in reference.iter(f"{space}pt")]
                assert len(shown) == len(bars)
                assert [str(value) if wanted else float(value) for value in shown] == area
                assert wanted is None or area == wanted


def test_the_first_page_has_the_picture_of_the_units(path: Path, book: Book) -> None:
    sheet = book["汇总"]
    breaks = [int(one.get("id")) for one in sheet.parts["rowBreaks"]]
    ends = [*breaks, max(sheet.heights)]
    pages = [range(first + 1, last + 1) for first, last in pairwise([0, *ends])]
    assert [sum(sheet.heights[at] for at in page) < PAGE for page in pages] == [True] * 3
    with ZipFile(path) as archive:
        drawing = fromstring(archive.read("xl/drawings/drawing1.xml"))
        charts = [archive.read(f"xl/charts/chart{number}.xml").decode() for number in (1, 2)]
    rows = [int(one.text) for one in drawing.iter() if one.tag.endswith("}row")]
    assert [[at + 1 in page for page in pages] for at in rows[::2]] == [
        [True, False, False],
        [False, False, True],
    ]
    assert rows[1] == breaks[0]
    for chart in charts:
        assert min(int(size) for size in re.findall(r'sz="(\d+)"', chart)) >= 1_100


def test_the_figures_are_hidden_and_the_summary_comes_first(book: Book) -> None:
    assert [(sheet.title, sheet.state) for sheet in book.sheets] == [
        ("汇总", "visible"),
        ("台账", "visible"),
        ("逾期", "visible"),
        ("未反馈", "visible"),
        ("选项", "hidden"),
        (FIGURES, "hidden"),
    ]


def test_nothing_to_do_divides_by_nothing(book: Book, catalogue: Catalogue) -> None:
    first = row(book["台账"].find("序号")) + 1
    typed = {("台账", where(book, "状态", first + index)): "不适用" for index in range(67)}
    calculator = Calculator(book, typed)
    at = row(book["汇总"].find("责任单位")) + 1
    share = counted_letters(book)[-3]
    for number in range(at, at + len(catalogue.checklist_units()) + 1):
        assert calculator.value("汇总", f"{share}{number}") == 0
