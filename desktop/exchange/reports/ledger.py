"""台账 as a workbook, to be handed upward: 汇总, 台账, 逾期, 未反馈, 变动 since a day when asked for.

Where an item has many files, a sheet 佐证材料 lists them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path

from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation

from desktop.catalogue.query import Catalogue
from desktop.catalogue.validity import date_words
from desktop.exchange.reports import ledger_chart, ledger_files, ledger_lists, ledger_rows, ledger_summary
from desktop.exchange.reports.ledger_lists import AskedRound
from desktop.exchange.reports.ledger_rows import LedgerFacts
from desktop.exchange.sheets import names, options
from desktop.exchange.sheets import table as table_sheet
from desktop.exchange.sheets.book import Book, Cancel, Report
from desktop.exchange.sheets.layout import SheetColumn
from desktop.exchange.sheets.styles import LIGHT_FILL, STATUS_FILL, colour_by_word
from desktop.exchange.sheets.table import PlacedTable
from desktop.workspace.evidence.attached import Evidence
from desktop.workspace.evidence.files import State
from desktop.workspace.items.model import FINISHED, LEFT_OUT, Change, Item, ItemKey, Status
from desktop.workspace.items.settings import NEAR_DAYS

WHAT = "台账"


def file_name(catalogue: Catalogue, today: date) -> str:
    """Return the ledger's file name, e.g. 台账-城政办发〔2023〕3号-20261123.xlsx."""
    return names.file_name(catalogue, WHAT, today)


def write(
    path: Path,
    catalogue: Catalogue,
    items: Sequence[Item],
    last: Mapping[ItemKey, Change],
    evidence: Iterable[Evidence],
    today: date,
    *,
    states: Mapping[int, State] | None = None,
    asked: AskedRound | None = None,
    since: date | None = None,
    changes: Iterable[Change] = (),
    near_days: int = NEAR_DAYS,
    at: datetime | None = None,
    report: Report | None = None,
    cancelled: Cancel | None = None,
) -> Path:
    """Write the ledger of ``items`` to ``path``, replacing what is there, and return ``path``.

    ``last`` is the newest change of each item (``undo.last_of_each``), ``evidence`` what is attached
    (``attached.every``) and ``states`` how those files stand, by id. ``asked`` is the round whose answers
    are looked for. With ``since``, ``changes`` are those of that day or later (``undo.since``), newest
    first, gone through twice: they get a sheet of their own, and their items a mark. The rest is as in
    :func:`desktop.exchange.checklists.book.write_unit`.

    :raises KnownError: when the file cannot be written; CancelledError when ``cancelled()`` became true.
        Either way ``path`` is what it was.
    """
    book = Book(catalogue, today, at, report, cancelled)
    changed = ledger_lists.changed_items(changes) if since else frozenset()
    facts = LedgerFacts(catalogue, items, last, _names(evidence, states or {}), changed)
    _name_constants(book, today, near_days)
    tables: list[PlacedTable] = []

    def ledger() -> None:
        tables.append(_ledger_sheet(book, facts, since, near_days))

    def summarise() -> None:
        form = book.sheet(ledger_summary.TITLE, ledger_summary.columns(facts), 0)
        options.add_options(book.workbook)
        data = book.sheet(ledger_chart.SHEET, [SheetColumn("", 40, 40)])
        data.sheet.sheet_state = "hidden"
        ledger_summary.Summary(book, form, data, facts, tables[0]).fill(near_days)

    def changes_since() -> None:
        if since is not None:
            ledger_lists.changes_sheet(book, changes, since)

    steps = [
        ledger,
        lambda: ledger_lists.late_sheet(book, facts, today),
        lambda: ledger_lists.silent_sheet(book, facts, asked),
        lambda: ledger_files.add_sheet(book, facts, ledger_lists.FROZEN),
        changes_since,
        summarise,
    ]
    return book.fill(path, steps, WHAT)


def _ledger_sheet(book: Book, facts: LedgerFacts, since: date | None, near_days: int) -> PlacedTable:
    """Append the ledger itself."""
    form = book.sheet(ledger_rows.TITLE, facts.fields[:-1])
    form.head(book.basis, book.basis.titled("落实情况台账"), ledger_rows.counted(facts))
    rows = ledger_rows.rows(facts, form.at + 2)
    table = table_sheet.append(book, form, facts.fields, rows, "没有事项。")
    table_sheet.finish(book, form, table, _notes(since, near_days))
    _add_rules(book, facts, table)
    return table


def _notes(since: date | None, near_days: int) -> tuple[str, ...]:
    lights = (
        f"亮灯（按制表日期计算）：红——已过完成时限；黄——距完成时限{near_days}天以内；"
        f"绿——未到时限或{'、'.join(FINISHED)}；灰——长期、未写明时限或{'、'.join(LEFT_OUT)}。"
    )
    notes = (
        f"{lights}完成时限为时段的，以最后一天计。修改完成时限或状态后，亮灯和汇总随之变化。",
        "“已完成”为责任单位自报，“已销号”为他人核实确认。",
    )
    if since is None:
        return notes
    return (*notes, f"{ledger_rows.CHANGED}：{date_words(since)}（含当日）以来有改动，见“变动”工作表。")


def _add_rules(book: Book, facts: LedgerFacts, table: PlacedTable) -> None:
    """Let status be chosen from the list, and its colour and the light's follow what stands there."""
    sheet = book.workbook[table.sheet]

    def area(title: str) -> str:
        letter = facts.letter(title)
        return f"{letter}{table.first}:{letter}{table.end}"

    choice = DataValidation(
        "list",
        formula1=options.STATUS_LIST,
        showErrorMessage=True,
        allow_blank=True,
        sqref=area(ledger_rows.STATUS),
    )
    choice.errorTitle, choice.error = "状态", "请从下拉列表中选择：" + "、".join(Status)
    sheet.add_data_validation(choice)
    colour_by_word(sheet, area(ledger_rows.STATUS), STATUS_FILL)
    colour_by_word(sheet, area(ledger_rows.LIGHT), LIGHT_FILL)


def _name_constants(book: Book, today: date, near_days: int) -> None:
    """Name the two figures that the lights depend on."""
    for name, value in (
        (ledger_rows.DAY_NAME, ledger_rows.serial(today)),
        (ledger_rows.NEAR_NAME, near_days),
    ):
        book.workbook.defined_names[name] = DefinedName(name, attr_text=str(value))


def _names(evidence: Iterable[Evidence], states: Mapping[int, State]) -> dict[ItemKey, list[str]]:
    """Return the names of the files of each item; one that is missing or altered is told."""
    found: dict[ItemKey, list[str]] = {}
    for one in evidence:
        state = states.get(one.id, State.OK)
        note = "" if state is State.OK else f"（{state}）"
        found.setdefault(one.key, []).append(f"{one.name}{note}")
    return found
