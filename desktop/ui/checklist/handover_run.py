"""Handing a unit's items over, and the sheet to be signed."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QFileDialog, QHBoxLayout, QWidget

from desktop.catalogue.model import Unit
from desktop.errors import KnownError
from desktop.ui.checklist.handover import HandoverDialog
from desktop.ui.desk import Desk
from desktop.ui.kit import messages, widgets

if TYPE_CHECKING:
    from desktop.ui.printing.paper import Paper
    from desktop.workspace.items.model import Item


def ask(desk: Desk, unit: Unit, items: Sequence[Item], window: QWidget) -> HandoverDialog:
    """Ask who takes which of ``items`` over, do it as one edit, and offer the sheet. Returns the dialog."""
    dialog = HandoverDialog(desk, unit, items, window)
    dialog.given.connect(lambda name, going: hand_over(desk, unit, name, going, window))
    dialog.open()
    return dialog


def hand_over(desk: Desk, unit: Unit, name: str, items: Sequence[Item], window: QWidget) -> None:
    """Let ``name`` answer for ``items`` and offer the sheet to be signed."""
    if desk.edit_each([item.key for item in items], {"owner": name}):
        HandedOver(desk, unit, name, items, window).open()


class HandedOver(QDialog):
    """Says what was handed over; prints the sheet, or takes the hand-over back.

    ``items`` are those that went over, as they were before.
    """

    def __init__(self, desk: Desk, unit: Unit, name: str, items: Sequence[Item], parent: QWidget) -> None:
        super().__init__(parent)
        self._desk, self._unit, self._name, self._before = desk, unit, name, tuple(items)
        self.setWindowTitle("责任人变更")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box = widgets.column(spacing=10, margins=(22, 20, 22, 16))
        self.setLayout(box)
        former = "、".join(dict.fromkeys(item.entry.owner or "（未填写）" for item in items))
        told = widgets.label(f"{unit.name}的 {len(items)} 项已由{former}移交给{name}。", selectable=True)
        told.setWordWrap(True)
        told.setMinimumWidth(420)
        box.addWidget(told)
        note = widgets.label("移交单列明各事项的现状，供移交人、接收人、监交人签字。", "muted", "small")
        box.addWidget(note)
        row = QHBoxLayout()
        self.undo_button = widgets.button("撤销这次移交", does=self.undo)
        row.addWidget(self.undo_button)
        row.addStretch(1)
        self.pdf_button = widgets.button("移交单存为 PDF……", does=self._ask_pdf)
        self.print_button = widgets.button("打印移交单……", "primary", does=self.print_sheet)
        self.print_button.setDefault(True)
        row.addWidget(self.pdf_button)
        row.addWidget(self.print_button)
        row.addWidget(widgets.button("关闭", does=self.accept))
        box.addSpacing(6)
        box.addLayout(row)

    @property
    def title(self) -> str:
        """Return what the sheet is called."""
        return f"{self._unit.name}-责任事项移交单-{self._desk.today():%Y%m%d}"

    def paper(self) -> Paper:
        """Return the sheet, with the items as they are now and who answered for them before."""
        from desktop.ui.printing import handover

        owners = {item.key: item.entry.owner for item in self._before}
        items = [self._desk.item(item.key) for item in self._before]
        return handover.handover(self._desk, self._unit.key, items, self._name, owners)

    def print_sheet(self) -> None:
        """Show the sheet as it will be printed."""
        from desktop.ui.printing import pdf

        pdf.print_document(self, self.paper(), self.title)

    def save_pdf(self, path: Path) -> None:
        """Save the sheet as a PDF, or say what was in the way."""
        from desktop.ui.printing import pdf

        path = path if path.suffix.lower() == ".pdf" else path.with_name(f"{path.name}.pdf")
        try:
            pdf.save_pdf(self.paper(), path)
        except KnownError as problem:
            messages.show_problem(self, problem)
            return
        self._desk.remember_place({"export_folder": str(path.parent)})
        messages.show_message(self, f"移交单已存为 {path.name}。", f"存放在 {path.parent}")

    def undo(self) -> None:
        """Take the hand-over back."""
        self.accept()
        self._desk.undo_last()

    def _ask_pdf(self) -> None:
        dialog = QFileDialog(
            self, "移交单存为 PDF", self._desk.setting("ui.export_folder"), "PDF 文件 (*.pdf)"
        )
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("pdf")
        dialog.selectFile(f"{self.title}.pdf")
        dialog.fileSelected.connect(lambda chosen: self.save_pdf(Path(chosen)))
        dialog.open()
