"""Checklists as workbooks: one unit, all units in one book with a summary, or a folder of books."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime, time
from pathlib import Path

from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from desktop import disk
from desktop.catalogue.model import Unit
from desktop.catalogue.query import Catalogue
from desktop.catalogue.validity import Validity
from desktop.errors import KnownError
from desktop.exchange.checklists import guide, identity, sheet, summary
from desktop.exchange.checklists.sheet import PlacedChecklist
from desktop.exchange.sheets import options, saving
from desktop.exchange.sheets.book import Cancel, CancelledError, Report
from desktop.exchange.sheets.styles import add_styles
from desktop.workspace.items.model import Item
from desktop.workspace.items.progress import tally
from desktop.workspace.items.settings import NEAR_DAYS
from desktop.workspace.returns.rounds import Round

ALL_UNITS = "全部责任单位"
FORMER = "原有事项"
"""The sheet of items whose unit this catalogue does not have: entered earlier, never dropped silently."""

_FORBIDDEN_IN_FILES = re.compile(r'[<>:"/\\|?*\x00-\x1f]')
_FORBIDDEN_IN_SHEETS = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
_LONGEST_SHEET_TITLE = 31


def file_name(catalogue: Catalogue, unit_name: str, today: date) -> str:
    """Return a workbook's name, e.g. 区财政局-责任清单-城政办发〔2023〕3号-20261123.xlsx.

    Characters that Windows does not take become ``_``.
    """
    name = f"{unit_name}-责任清单-{catalogue.notice.number}-{today:%Y%m%d}"
    return _FORBIDDEN_IN_FILES.sub("_", name).strip(" .") + ".xlsx"


def write_unit(
    path: Path,
    catalogue: Catalogue,
    items: Sequence[Item],
    unit: Unit,
    validity: Validity,
    today: date,
    *,
    near_days: int = NEAR_DAYS,
    in_round: Round | None = None,
    at: datetime | None = None,
    report: Report | None = None,
    cancelled: Cancel | None = None,
) -> Path:
    """Write the checklist of ``unit`` to ``path``, replacing what is there, and return ``path``.

    ``near_days`` is within how many days a deadline counts as near; ``in_round`` the round that it goes out
    in, for which a sheet of instructions is added; ``at`` the moment noted in the file (by default the
    beginning of ``today``). ``report(done, total)`` counts sheets and saving.

    :raises KnownError: when the file cannot be written; :class:`CancelledError` when ``cancelled()`` became
        true. Either way ``path`` is what it was.
    """
    work = _Work(catalogue, validity, near_days, in_round, at or datetime.combine(today, time()), cancelled)
    disk.ensure_free(path)
    _tell(report, 0, 2)
    work.unit_book(path, unit, items, lambda: _tell(report, 1, 2))
    _tell(report, 2, 2)
    return path


def write_all(
    path: Path,
    catalogue: Catalogue,
    items: Iterable[Item],
    validity: Validity,
    today: date,
    *,
    near_days: int = NEAR_DAYS,
    in_round: Round | None = None,
    at: datetime | None = None,
    report: Report | None = None,
    cancelled: Cancel | None = None,
) -> Path:
    """Write all units' checklists to one workbook: 汇总, then a sheet per unit; see :func:`write_unit`."""
    work = _Work(catalogue, validity, near_days, in_round, at or datetime.combine(today, time()), cancelled)
    disk.ensure_free(path)
    groups = by_unit(catalogue, items)
    total = len(groups) + 1
    lines = []
    for done, (unit, rows) in enumerate(groups):
        _tell(report, done, total)
        lines.append(summary.SummaryLine(unit.name, work.checklist(unit, rows), tally(rows)))
    _tell(report, total - 1, total)
    work.summary_book(path, lines, [item for _, rows in groups for item in rows])
    _tell(report, total, total)
    return path


def write_each(
    folder: Path,
    catalogue: Catalogue,
    items: Iterable[Item],
    validity: Validity,
    today: date,
    *,
    near_days: int = NEAR_DAYS,
    in_round: Round | None = None,
    at: datetime | None = None,
    report: Report | None = None,
    cancelled: Cancel | None = None,
) -> tuple[Path, ...]:
    """Write one workbook per unit into ``folder`` (made when missing) and return their paths.

    A workbook of the same name is replaced only if nobody has saved it since it was exported; else it
    stays, and the new one gets a number: ``…（2）.xlsx``. Nothing is written while one of those to be
    replaced is open elsewhere.

    :raises KnownError: when a file cannot be written, saying how many were; :class:`CancelledError` likewise.
        Each file is either finished or what it was.
    """
    work = _Work(catalogue, validity, near_days, in_round, at or datetime.combine(today, time()), cancelled)
    groups = by_unit(catalogue, items)
    targets = [free_path(folder / file_name(catalogue, unit.name, today)) for unit, _ in groups]
    for path in targets:
        disk.ensure_free(path)
    written: list[Path] = []
    for path, (unit, rows) in zip(targets, groups, strict=True):
        _tell(report, len(written), len(groups))
        try:
            work.unit_book(path, unit, rows)
        except CancelledError:
            raise CancelledError(written) from None
        except KnownError as error:
            raise KnownError(f"{error.message}此前已写好{len(written)}个文件。", error.hint) from error
        written.append(path)
    _tell(report, len(groups), len(groups))
    return tuple(written)


def by_unit(catalogue: Catalogue, items: Iterable[Item]) -> list[tuple[Unit, list[Item]]]:
    """Return the units that have items, with them, in the order of ``catalogue.checklist_units()``.

    Items of units that the catalogue does not know come last, together.
    """
    units = catalogue.checklist_units()
    groups: dict[str, list[Item]] = {unit.key: [] for unit in units}
    former: list[Item] = []
    for item in items:
        groups.get(item.key.unit_key, former).append(item)
    found = [(unit, groups[unit.key]) for unit in units if groups[unit.key]]
    return [*found, (Unit("", 0, FORMER, "", ()), former)] if former else found


def free_path(path: Path) -> Path:
    """Return ``path``, or the same with a number when a workbook stands there that someone has worked on.

    :raises KnownError: when one may not look into the folder.
    """
    number, chosen = 2, path
    try:
        while chosen.exists() and not saving.is_untouched(chosen):
            chosen = path.with_stem(f"{path.stem}（{number}）")
            number += 1
    except OSError as error:
        raise disk.explain(error, path) from error
    return chosen


class _Work:
    """One export: what its sheets have in common, and the workbook that is filled, saved and emptied again.

    A workbook's styles and choices take longer to make than a checklist; one serves all files of an export.
    """

    def __init__(
        self,
        catalogue: Catalogue,
        validity: Validity,
        near_days: int,
        in_round: Round | None,
        at: datetime,
        cancelled: Cancel | None,
    ) -> None:
        self._catalogue = catalogue
        self._validity = validity
        self._near_days = near_days
        self._round = in_round
        self._at = at
        self._cancelled = cancelled
        self._workbook = Workbook()
        self._workbook.remove(self._workbook.worksheets[0])
        self._styles = add_styles(self._workbook)
        if in_round is not None:
            sheet = self._workbook.create_sheet(guide.TITLE)
            guide.fill_sheet(sheet, self._styles, catalogue, validity, in_round)
        options.add_options(self._workbook)
        self._last = len(self._workbook.worksheets)

    def unit_book(
        self, path: Path, unit: Unit, items: Sequence[Item], before_saving: Callable[[], None] | None = None
    ) -> None:
        """Write a workbook with one checklist."""
        place = self.checklist(unit, items)
        if before_saving:
            before_saving()
        self._save(path, unit.name, unit.key, items, {})
        self._workbook.remove(self._workbook[place.sheet])

    def checklist(self, unit: Unit, items: Sequence[Item]) -> PlacedChecklist:
        """Append one checklist."""
        return sheet.fill_sheet(
            self._sheet(unit.name),
            self._styles,
            self._catalogue,
            unit.name,
            items,
            self._validity,
            self._near_days,
            self._step,
        )

    def summary_book(self, path: Path, lines: Sequence[summary.SummaryLine], items: Sequence[Item]) -> None:
        """Put the summary of ``lines`` before the checklists, and write the workbook."""
        sheet = self._sheet(summary.TITLE, 0)
        results = summary.fill_sheet(
            sheet, self._styles, self._catalogue, lines, self._validity, self._near_days
        )
        self._save(path, ALL_UNITS, "", items, {sheet.title: results})

    def _sheet(self, name: str, index: int | None = None) -> Worksheet:
        """Insert a sheet, by default after the checklists, called ``name`` as far as Excel allows that."""
        index = len(self._workbook.worksheets) - self._last if index is None else index
        title = _FORBIDDEN_IN_SHEETS.sub("_", name)[:_LONGEST_SHEET_TITLE].strip("'") or "清单"
        sheet: Worksheet = self._workbook.create_sheet(title, index)
        return sheet

    def _save(
        self, path: Path, who: str, unit_key: str, items: Sequence[Item], results: saving.Results
    ) -> None:
        self._step()
        title = f"{who}责任清单（{self._catalogue.notice.number}）"
        hidden = identity.add_sheet(
            self._workbook,
            self._styles,
            self._catalogue,
            items,
            unit_key=unit_key,
            round_key=self._round.key if self._round else "",
            sent_on=self._validity.today,
        )
        saving.save(self._workbook, path, title, self._at, results)
        self._workbook.remove(hidden)

    def _step(self) -> None:
        if self._cancelled is not None and self._cancelled():
            raise CancelledError


def _tell(report: Report | None, done: int, total: int) -> None:
    if report is not None:
        report(done, total)
