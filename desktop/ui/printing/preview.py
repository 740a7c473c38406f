"""The pages as they will be printed, and the way to the printer.

The look is that of the program's own pages. Printers are those of this machine: CUPS is asked through its
socket, never over the network, and only when somebody prints.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QPalette, QShortcut
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from desktop.errors import KnownError
from desktop.ui import verbs
from desktop.ui.kit import icons, widgets
from desktop.ui.kit.dialog import Dialog
from desktop.ui.printing import glyphs
from desktop.ui.printing.pages import PageView

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from typing import TypeAlias

    from PySide6.QtGui import QShowEvent

    from desktop.ui.printing.paper import Paper

    Saving: TypeAlias = Callable[[QWidget, Callable[[Path], None]], object]

SIZE = (1040, 740)
GAP = 8
CUPS = "/run/cups/cups.sock"


class PrintPreview(Dialog):
    """Shows a paper page by page; 打印 asks for the printer and prints, 存为 PDF for a file."""

    def __init__(self, parent: QWidget | None, paper: Paper, title: str, save: Saving | None = None) -> None:
        super().__init__(parent)
        self._save = save
        self._paper = paper
        self._title = title
        self._build(title)
        self._connect()

    def turn(self, step: int) -> None:
        """Go to the next (+1) or previous (-1) page, if there is one."""
        self._view.show_page(self._view.page + step)

    def ask_printer(self) -> None:
        """Let the user choose printer, pages and copies; print, and close.

        Only here is the system asked for its printers.
        """
        printer = printer_for(self._paper, self._title)
        asked = QPrintDialog(printer, self)
        asked.setWindowTitle("打印")
        asked.setOption(QPrintDialog.PrintDialogOption.PrintPageRange)
        asked.setMinMax(1, self._paper.pageCount())
        chosen = asked.exec()
        asked.deleteLater()
        if chosen == QDialog.DialogCode.Accepted:
            draw_on(self._paper, printer)
            self.accept()

    def ask_pdf(self) -> None:
        """Ask for a file and save the paper there."""
        if self._save is not None:
            self._save(self, self._tell_saved)

    def _tell_saved(self, path: Path) -> None:
        self.saved.setText(f"已存为 {path}")
        self.saved.show()

    def _build(self, title: str) -> None:
        self.setWindowTitle(f"打印预览 — {title}")
        self.resize(*SIZE)
        self._view = PageView(self._paper)
        self._view.setAccessibleName("打印预览")
        self._previous = widgets.button("上一页", does=lambda: self.turn(-1), tip="上一页 (PageUp)")
        self._next = widgets.button("下一页", does=lambda: self.turn(1), tip="下一页 (PageDown)")
        self._page = widgets.label("", "muted")
        self._whole = widgets.button("整页", does=self._view.show_whole)
        self._wide = widgets.button("页宽", does=self._view.show_wide)
        self._print = widgets.button(
            "打印……", "primary", does=self.ask_printer, tip=f"选择打印机（{verbs.PRINT.keys[0]}）"
        )
        self.pdf_button = widgets.button("存为 PDF……", does=self.ask_pdf)
        self.pdf_button.setVisible(self._save is not None)
        self._close = widgets.button("关闭", does=self.reject, tip="关闭 (Esc)")
        ink, pale = (
            self.palette().color(group, QPalette.ColorRole.ButtonText).name()
            for group in (QPalette.ColorGroup.Active, QPalette.ColorGroup.Disabled)
        )
        for button, drawing in ((self._previous, "back"), (self._next, "forward")):
            button.setIcon(icons.icon(drawing, ink, disabled=pale))
        self._next.setLayoutDirection(Qt.LayoutDirection.RightToLeft)  # the arrow points away from the words
        bar = QHBoxLayout()
        bar.setContentsMargins(2 * GAP, GAP, 2 * GAP, GAP)
        bar.setSpacing(GAP)
        for widget in (self._previous, self._page, self._next, self._whole, self._wide):
            bar.addWidget(widget)
        bar.addStretch(1)
        for widget in (self.pdf_button, self._close, self._print):
            bar.addWidget(widget)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(bar)
        self.saved = widgets.label("", "muted", selectable=True)
        self.saved.setWordWrap(True)
        self.saved.setContentsMargins(2 * GAP, 0, 2 * GAP, GAP)
        self.saved.hide()
        whole.addWidget(self.saved)
        if lacking := glyphs.lacking(self._paper):
            self.lacking = widgets.label(str(lacking), selectable=True)
            self.lacking.setWordWrap(True)
            self.lacking.setContentsMargins(2 * GAP, 0, 2 * GAP, GAP)
            widgets.set_look(self.lacking, "warn", True)
            whole.addWidget(self.lacking)
        whole.addWidget(self._view, 1)

    def _connect(self) -> None:
        self._view.turned.connect(self._tell_page)
        QShortcut(QKeySequence(QKeySequence.StandardKey.Print), self, self.ask_printer)
        QShortcut(QKeySequence(Qt.Key.Key_PageUp), self, lambda: self.turn(-1))
        QShortcut(QKeySequence(Qt.Key.Key_PageDown), self, lambda: self.turn(1))

    def _tell_page(self) -> None:
        page, pages = self._view.page, self._paper.pageCount()
        self._page.setText(f"第{page}页 共{pages}页")
        self._previous.setEnabled(page > 1)
        self._next.setEnabled(page < pages)

    # ---- Qt

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._view.show_whole()
        self._tell_page()
        self._print.setFocus()


def printer_for(paper: Paper, title: str) -> QPrinter:
    """Return the usual printer, set to the paper's size and direction."""
    if os.name == "posix":
        os.environ["CUPS_SERVER"] = CUPS  # whatever server was set there, or in a file of CUPS's own
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setFullPage(True)
    printer.setPageLayout(paper.layout)
    printer.setDocName(title)
    return printer


def draw_on(paper: Paper, printer: QPrinter) -> None:
    """Draw the pages that were asked for. Raises KnownError when the printer does not take them.

    The paper keeps its own margins and its own direction, whatever the dialog was set to.
    """
    printer.setFullPage(True)
    printer.setPageLayout(paper.layout)
    first, last = printer.fromPage() or 1, printer.toPage() or paper.pageCount()
    if not paper.draw(printer, printer.resolution(), range(first - 1, min(last, paper.pageCount()))):
        raise KnownError("打印机没有接受这份文件，没有打印。", "请检查打印机，或先存为 PDF 再打印。")
