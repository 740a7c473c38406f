"""A workbook that goes out: its sheets, its styles, the results of its formulas, and how it is saved.

Beside the checklists there are the ledger, the receipts, the reminders and the history: tables to be read,
printed and handed on. What they have in common stands here.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime, time
from pathlib import Path

from openpyxl.workbook import Workbook

from desktop import disk
from desktop.catalogue.model import Document
from desktop.catalogue.query import Catalogue
from desktop.errors import KnownError
from desktop.exchange.sheets import basis, names, saving
from desktop.exchange.sheets.form import Form
from desktop.exchange.sheets.layout import SheetColumn
from desktop.exchange.sheets.packed_rows import PackedRows
from desktop.exchange.sheets.styles import add_styles


class Book:
    """One workbook in the making, or several, one after the other, with the same styles.

    Attributes: ``catalogue``; ``basis``, the documents that it is about, at first all in use; ``styles``;
    ``workbook``; ``results``, by sheet title what each formula gives now; ``packed``, by sheet title the rows
    of a long table that are no cells.
    """

    def __init__(
        self,
        catalogue: Catalogue,
        today: date,
        at: datetime | None,
        report: Report | None,
        cancelled: Cancel | None,
        *,
        sample: bool = False,
    ) -> None:
        """Begin a workbook; ``at`` is noted in it, by default the beginning of ``today``.

        What stands in a ``sample`` is invented, and each of its sheets says so.
        """
        self.catalogue = catalogue
        self.basis = basis.in_use(catalogue, today)
        self.workbook = Workbook()
        self.workbook.remove(self.workbook.worksheets[0])
        self.styles = add_styles(self.workbook)
        self.results: dict[str, dict[str, float | str]] = {}
        self.packed: dict[str, PackedRows] = {}
        self._at = at or datetime.combine(today, time())
        self._report = report
        self._cancelled = cancelled
        self._sample = sample

    def sheet(self, title: str, columns: Sequence[SheetColumn], index: int | None = None) -> Form:
        """Insert a sheet with room for ``columns``, by default as the last."""
        named = names.sheet_title(f"{names.SAMPLE}-{title}") if self._sample else title
        sheet = self.workbook.create_sheet(named, index)
        self.results[sheet.title] = {}
        return Form(sheet, self.styles, columns, sample=self._sample)

    def about(self, documents: Sequence[Document]) -> bool:
        """Let the workbook be about these documents, and tell whether it was not before.

        Sheets made before stay as they are.
        """
        before, self.basis = self.basis, basis.of(self.catalogue, documents, self.basis.today)
        return self.basis != before

    def remove(self, title: str) -> None:
        """Take a sheet out again."""
        self.workbook.remove(self.workbook[title])
        self.results.pop(title, None)

    def step(self) -> None:
        """Raise CancelledError when the user cancelled."""
        if self._cancelled is not None and self._cancelled():
            raise CancelledError

    def tell(self, done: int, total: int) -> None:
        """Report how many of the steps are done."""
        if self._report is not None:
            self._report(done, total)

    def fill(self, path: Path, sheets: Sequence[Callable[[], object]], title: str) -> Path:
        """Make ``sheets`` one by one, save the workbook at ``path`` under ``title`` and return ``path``.

        Raises KnownError when it cannot be written and CancelledError; the file is then what it was.
        """
        disk.ensure_free(path)
        total = len(sheets) + 1
        for done, make in enumerate(sheets):
            self.tell(done, total)
            self.step()
            make()
        self.tell(total - 1, total)
        self.save(path, title)
        self.tell(total, total)
        return path

    def save(self, path: Path, title: str) -> None:
        """Write the workbook as it is; raises as :meth:`fill` does."""
        self.step()
        said = f"{names.SAMPLE}-{title}" if self._sample else title
        saving.save(self.workbook, path, f"{said}（{self.basis.mark}）", self._at, self.results, self.packed)


Report = Callable[[int, int], None]
Cancel = Callable[[], bool]


class CancelledError(KnownError):
    """The user cancelled. ``written`` are the workbooks that were finished before; they stay."""

    def __init__(self, written: Sequence[Path] = ()) -> None:
        done = f"此前已写好的{len(written)}个文件保留。" if written else "没有写出任何文件。"
        super().__init__(f"已取消导出，{done}")
        self.written = tuple(written)
