"""A workbook that goes out: its sheets, its styles, the results of its formulas, and how it is saved.

Beside the checklists there are the ledger, the receipts, the reminders and the history: tables to be read,
printed and handed on. What they have in common stands here.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date, datetime, time
from pathlib import Path

from openpyxl.workbook import Workbook

from desktop import disk
from desktop.catalogue.query import Catalogue
from desktop.catalogue.validity import Validity
from desktop.errors import KnownError
from desktop.exchange.sheets import saving
from desktop.exchange.sheets.form import Form
from desktop.exchange.sheets.layout import SheetColumn
from desktop.exchange.sheets.styles import add_styles

_FORBIDDEN = re.compile(r'[<>:"/\\|?*\x00-\x1f]')


def file_name(catalogue: Catalogue, what: str, today: date) -> str:
    """Return a workbook's name, e.g. 台账-城政办发〔2023〕3号-20261123.xlsx; ``what`` says what it is."""
    return _FORBIDDEN.sub("_", f"{what}-{catalogue.notice.number}-{today:%Y%m%d}").strip(" .") + ".xlsx"


class Book:
    """One workbook in the making.

    Attributes: ``catalogue``, ``validity``, ``styles``; ``workbook``; ``results``, by sheet title what each
    formula gives now.
    """

    def __init__(
        self,
        path: Path,
        catalogue: Catalogue,
        validity: Validity,
        today: date,
        at: datetime | None,
        report: Report | None,
        cancelled: Cancel | None,
    ) -> None:
        """Begin a workbook for ``path``; ``at`` is noted in it, by default the beginning of ``today``.

        Raises KnownError when ``path`` cannot be replaced.
        """
        disk.ensure_free(path)
        self.catalogue = catalogue
        self.validity = validity
        self.workbook = Workbook()
        self.workbook.remove(self.workbook.worksheets[0])
        self.styles = add_styles(self.workbook)
        self.results: dict[str, dict[str, float | str]] = {}
        self._path = path
        self._at = at or datetime.combine(today, time())
        self._report = report
        self._cancelled = cancelled

    def sheet(self, title: str, columns: Sequence[SheetColumn], index: int | None = None) -> Form:
        """Insert a sheet with room for ``columns``, by default as the last."""
        sheet = self.workbook.create_sheet(title, index)
        self.results[title] = {}
        return Form(sheet, self.styles, columns)

    def step(self) -> None:
        """Raise CancelledError when the user cancelled."""
        if self._cancelled is not None and self._cancelled():
            raise CancelledError

    def fill(self, sheets: Sequence[Callable[[], object]], title: str) -> Path:
        """Make ``sheets`` one by one, save the workbook under ``title`` and return where it is.

        Raises KnownError when it cannot be written and CancelledError; the file is then what it was.
        """
        total = len(sheets) + 1
        for done, make in enumerate(sheets):
            self._tell(done, total)
            self.step()
            make()
        self._tell(total - 1, total)
        self.step()
        saving.save(
            self.workbook, self._path, f"{title}（{self.catalogue.notice.number}）", self._at, self.results
        )
        self._tell(total, total)
        return self._path

    def _tell(self, done: int, total: int) -> None:
        if self._report is not None:
            self._report(done, total)


Report = Callable[[int, int], None]
Cancel = Callable[[], bool]


class CancelledError(KnownError):
    """The user cancelled. ``written`` are the workbooks that were finished before; they stay."""

    def __init__(self, written: Sequence[Path] = ()) -> None:
        done = f"此前已写好的{len(written)}个文件保留。" if written else "没有写出任何文件。"
        super().__init__(f"已取消导出，{done}")
        self.written = tuple(written)
