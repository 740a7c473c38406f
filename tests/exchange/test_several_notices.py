"""Two notices in one library: each output of one is what the program gives for it alone, byte for byte."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest

from desktop.catalogue.query import Catalogue
from desktop.exchange.checklists import book
from desktop.exchange.checklists.book import Sending
from desktop.exchange.reports import history, ledger, ledger_lists, measures, receipt, reminder
from desktop.workspace.file import store
from desktop.workspace.history import search, undo
from desktop.workspace.history.search import Found, Scope
from desktop.workspace.items import checklist
from desktop.workspace.items.model import Item, ItemKey
from desktop.workspace.returns import receipts, rounds
from desktop.workspace.returns import reminder as words
from tests import two_notices
from tests.exchange import several
from tests.exchange.paper import assert_readable
from tests.exchange.second_reader import read
from tests.exchange.several import BUNDLED, FINANCE_FIRST, FINANCE_OURS, FIRST, NOW, SECOND, TODAY, Desk

Write = Callable[[Catalogue, Path], object]


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> Catalogue:
    return several.catalogue(tmp_path_factory.mktemp("发文"))


@pytest.fixture
def desk(tmp_path: Path, catalogue: Catalogue) -> Iterator[Desk]:
    """The bundled notice alone, with entries, a round about it, and a workbook taken in."""
    with store.open_for_writing(tmp_path / "工作库") as workspace:
        made = Desk(workspace, catalogue, tmp_path)
        made.enter(FINANCE_OURS, status="推进中", deadline="2026-03-31", owner="张三")
        made.enter(ItemKey("finance", f"{BUNDLED}.m02"), status="已完成", progress="很多\n字")
        made.ask()
        back = several.fill(made.send(), {FINANCE_OURS: {"progress": "新的", "status": "不清楚"}})
        made.take(back)
        yield made


@pytest.fixture
def writers(desk: Desk) -> dict[str, Write]:
    """What is written about the bundled notice, by name; each is given a catalogue and where to write."""
    db, asked = desk.workspace.db, desk.asked

    def items(catalogue: Catalogue) -> list[Item]:
        return checklist.every_item(db, catalogue, TODAY)

    def sending(catalogue: Catalogue) -> Sending:
        return Sending(catalogue, TODAY, at=NOW)

    def unit(catalogue: Catalogue, path: Path) -> object:
        own = checklist.items(db, catalogue, "finance", TODAY)
        return book.write_unit(path, sending(catalogue), own, catalogue.unit("finance"))

    def each(catalogue: Catalogue, path: Path) -> object:
        return book.write_each(path, sending(catalogue), items(catalogue))

    def ledger_since(catalogue: Catalogue, path: Path) -> object:
        facts = {"asked": ledger_lists.asked_round(db, TODAY), "changes": undo.since(db, TODAY)}
        last, every = undo.last_of_each(db), items(catalogue)
        return ledger.write(path, catalogue, every, last, (), TODAY, since=TODAY, at=NOW, **facts)

    def reminding(catalogue: Catalogue, path: Path) -> object:
        stands = rounds.standing(db, asked, TODAY)
        last, text = undo.last_of_each(db), words.text(stands, asked, catalogue)
        return reminder.write(path, catalogue, asked, stands, items(catalogue), last, text, TODAY, at=NOW)

    def all_changes(catalogue: Catalogue, path: Path) -> object:
        about = search.documents(db, Scope())
        return history.write(path, catalogue, Found(db, Scope()), TODAY, documents=about, at=NOW)

    def received(catalogue: Catalogue, path: Path) -> object:
        return receipt.write(path, catalogue, receipts.receipt(db, 1), TODAY, at=NOW)

    def extract(catalogue: Catalogue, path: Path) -> object:
        chosen = [one for one in catalogue.measures if one.document_key == BUNDLED][3:9]
        return measures.write(path, catalogue, chosen, TODAY, about="收藏", at=NOW)

    return {
        "unit": unit,
        "all": lambda catalogue, path: book.write_all(path, sending(catalogue), items(catalogue)),
        "each": each,
        "ledger": ledger_since,
        "reminder": reminding,
        "history": all_changes,
        "receipt": received,
        "measures": extract,
    }


def content(path: Path) -> dict[str, bytes]:
    """Return what was written, by name."""
    files = path.iterdir() if path.is_dir() else [path]
    return {file.name: file.read_bytes() for file in files}


NAMES = ["unit", "all", "each", "ledger", "reminder", "history", "receipt", "measures"]


@pytest.mark.parametrize("name", NAMES)
def test_each_output_of_one_notice_is_what_it_is_alone(
    name: str, writers: dict[str, Write], catalogue: Catalogue, both: Catalogue, tmp_path: Path
) -> None:
    assert both.documents[0].key == FIRST
    written = []
    for place, used in (("alone", catalogue), ("beside", both.narrowed([BUNDLED]))):
        path = tmp_path / place / ("写" if name == "each" else "写.xlsx")
        path.parent.mkdir()
        writers[name](used, path)
        written.append(content(path))
    assert written[0] == written[1]
    assert written[0]


@pytest.mark.parametrize("name", ["reminder", "history", "receipt", "measures"])
def test_what_concerns_one_notice_says_so_though_another_is_in_use(
    name: str, writers: dict[str, Write], catalogue: Catalogue, both: Catalogue, tmp_path: Path
) -> None:
    writers[name](catalogue, tmp_path / "alone.xlsx")
    if name == "reminder":  # the round knows what it asks about
        both = both.narrowed([BUNDLED, SECOND])
    writers[name](both, tmp_path / "beside.xlsx")
    if name != "reminder":
        assert (tmp_path / "alone.xlsx").read_bytes() == (tmp_path / "beside.xlsx").read_bytes()
    texts = [text for sheet in read(tmp_path / "beside.xlsx").sheets for text in sheet.texts()]
    assert not any(two_notices.NUMBER in text for text in texts)


def test_a_units_workbook_has_a_sheet_for_each_document_with_its_own_head(
    both: Catalogue, tmp_path: Path
) -> None:
    with store.open_for_reading(tmp_path / "无") as empty:
        items = checklist.items(empty.db, both, "finance", TODAY)
    path = tmp_path / "财政.xlsx"
    book.write_unit(path, Sending(both, TODAY), items, both.unit("finance"))
    made = read(path)
    names = [f"{two_notices.NUMBER} {title}" for title in (two_notices.FIRST, two_notices.SECOND)]
    assert several.checklists(path) == [*names, two_notices.BUNDLED_NUMBER]
    heads = [
        (f"{two_notices.FIRST}责任清单", two_notices.NUMBER, "有效期至2099年12月31日"),
        (f"{two_notices.SECOND}责任清单", two_notices.NUMBER, "有效期至2099年12月31日"),
        (f"{both.documents[2].title}责任清单", two_notices.BUNDLED_NUMBER, "已过有效期327天"),
    ]
    for sheet, document, (title, number, valid) in zip(made.sheets, both.documents, heads, strict=False):
        texts = sheet.texts()
        assert texts[0] == title
        assert texts[1].endswith(f"（{number}）")
        assert texts[3].endswith(valid)
        others = {two_notices.NUMBER, two_notices.BUNDLED_NUMBER} - {number}
        assert not any(other in text for text in texts[:5] for other in others)
        shown = several.rows(openpyxl.load_workbook(path)[sheet.title])
        assert {key.document_key for key in shown} == {document.key}
    assert_readable(made)


def test_a_unit_of_one_document_has_the_workbook_of_before(
    both: Catalogue, catalogue: Catalogue, tmp_path: Path
) -> None:
    unit = both.find_unit("区审计局")
    with store.open_for_reading(tmp_path / "无") as empty:
        for name, used in (("一", catalogue), ("二", both)):
            items = checklist.items(empty.db, used, unit.key, TODAY)
            sending = Sending(used, TODAY, at=NOW)
            assert sending.name_of(unit.name, items) == "区审计局-责任清单-城政办发〔2023〕3号-20261123.xlsx"
            book.write_unit(tmp_path / name, sending, items, unit)
    assert (tmp_path / "一").read_bytes() == (tmp_path / "二").read_bytes()


def test_all_units_have_a_sheet_for_each_unit_and_document(both: Catalogue, tmp_path: Path) -> None:
    with store.open_for_reading(tmp_path / "无") as empty:
        items = checklist.every_item(empty.db, both, TODAY)
    path = tmp_path / "全部.xlsx"
    book.write_all(path, Sending(both, TODAY), items)
    made = openpyxl.load_workbook(path)
    titles = several.checklists(path)
    assert len(titles) == len(set(titles)) == len({(item.key.unit_key, item.document_key) for item in items})
    assert all(len(title) <= 31 for title in titles)
    summary = made["汇总"]
    told = [str(row[1].value) for row in summary.iter_rows(min_row=5) if row[0].value]
    assert f"区财政局（{two_notices.BUNDLED_NUMBER}）" in told
    assert all({key.document_key for key in several.rows(made[title])} for title in titles)


def test_the_ledger_counts_the_categories_of_each_document_apart(both: Catalogue, tmp_path: Path) -> None:
    with store.open_for_reading(tmp_path / "无") as empty:
        items = checklist.every_item(empty.db, both, TODAY)
    path = tmp_path / "台账.xlsx"
    ledger.write(path, both, items, {}, (), TODAY)
    made = read(path)
    assert_readable(made)
    table = openpyxl.load_workbook(path)["台账"]
    heads = [cell.value for cell in next(row for row in table.iter_rows() if row[0].value == "序号")]
    assert heads[:4] == ["序号", "责任单位", "发文", "类别"]
    papers = {row[2].value for row in table.iter_rows(min_row=6) if isinstance(row[0].value, int)}
    assert two_notices.BUNDLED_NUMBER in papers
    assert len(papers) == 3
    summary = [cell.value for cell in made["汇总"].cells.values()]
    categories = [text for text in summary if isinstance(text, str) and text.startswith("一、")]
    assert len(categories) == 3  # of three documents, though two have no other


def test_entries_are_neither_mixed_nor_lost_when_a_notice_is_switched_off_or_removed(
    both: Catalogue, catalogue: Catalogue, tmp_path: Path
) -> None:
    with store.open_for_writing(tmp_path / "工作库") as workspace:
        desk = Desk(workspace, both, tmp_path)
        for key in (FINANCE_FIRST, FINANCE_OURS):
            desk.enter(key, owner=key.measure_key)
        off = both.of([two_notices.BUNDLED])
        shown = checklist.every_item(workspace.db, off, TODAY)
        assert {item.document_key for item in shown} == {BUNDLED}
        assert not any(item.orphaned for item in shown)
        gone = checklist.items(workspace.db, catalogue, "finance", TODAY)
        assert [(item.key, item.document_key) for item in gone if item.orphaned] == [(FINANCE_FIRST, FIRST)]
        path = tmp_path / "财政.xlsx"
        book.write_unit(path, Sending(catalogue, TODAY), gone, catalogue.unit("finance"))
        assert several.checklists(path) == [two_notices.BUNDLED_NUMBER, "原有事项"]
        again = checklist.item(workspace.db, both, FINANCE_FIRST, TODAY)
        assert (again.entry.owner, again.cited, again.orphaned) == (FINANCE_FIRST.measure_key, "第1条", False)


def test_a_measure_that_has_no_title_and_says_its_units_with_their_roles(
    both: Catalogue, tmp_path: Path
) -> None:
    text = "减免2个月租金。(牵头单位:区财政局;配合单位:区商务示范办(含下属))"
    bare = {"title": "", "label": "", "text": text, "body_start": 0, "body_end": 8, "units_start": 8}
    untitled = replace(both.measure(FINANCE_FIRST.measure_key), **bare, unit_spans=((8, len(text)),))
    measures = tuple(untitled if one.key == untitled.key else one for one in both.measures)
    used = replace(both, measures=measures)
    with store.open_for_reading(tmp_path / "无") as empty:
        items = checklist.items(empty.db, used, "finance", TODAY)
    path = tmp_path / "财政.xlsx"
    book.write_unit(path, Sending(used, TODAY), items, used.unit("finance"))
    sheet = openpyxl.load_workbook(path, rich_text=True).worksheets[0]
    _, heads = several.head(sheet)
    row = several.rows(sheet)[FINANCE_FIRST]
    assert (
        sheet.cell(row, heads["措施"]).value
        == "减免2个月租金。（牵头单位：区财政局；配合单位：区商务示范办（含下属））"
    )
    assert sheet.cell(row, heads["责任单位"]).value == "牵头单位：区财政局；配合单位：区商务示范办（含下属）"
    assert items[0].title == "减免2个月租金"
