"""导出 Excel: one unit, or all in one workbook or one each; of which papers, and with what."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMenu, QWidget

from desktop.ui import origin
from desktop.ui.kit import plain
from desktop.workspace import words

if TYPE_CHECKING:
    from collections.abc import Callable

    from desktop.catalogue.model import Unit
    from desktop.ui.desk import Desk
    from desktop.ui.export.checklists import ExportRun


class ExportMenu(QMenu):
    """The menu; it does what is chosen.

    Attributes:
        unit: the unit shown, None for none
        with_evidence: the line that takes 佐证材料 along
        papers: the menu of the papers that go out, seen where there are several

    Signals:
        begins(): something is about to be exported; what was just typed is to be saved first
    """

    begins = Signal()

    def __init__(self, desk: Desk, run: ExportRun, parent: QWidget) -> None:
        super().__init__("导出 Excel", parent)
        self._desk, self._run = desk, run
        self.unit: Unit | None = None
        self.addAction("本单位……", self.export_unit)
        self.addAction("全部单位，合为一册……", lambda: self._begin(run.ask_all))
        self.addAction("全部单位，每单位一册，存入文件夹……", lambda: self._begin(run.ask_each))
        self.addSeparator()
        self.papers = QMenu("包括哪些发文", self)
        self.addMenu(self.papers)
        self.with_evidence = self.addAction("附带佐证材料")
        self.with_evidence.setCheckable(True)
        self.with_evidence.setChecked(run.with_evidence)
        self.with_evidence.setToolTip("导出时把佐证材料一并复制到“佐证材料”文件夹，每单位一个文件夹")
        self.with_evidence.triggered.connect(self._take_evidence_along)
        self.setToolTipsVisible(True)
        self.offer_papers()

    def export_unit(self) -> None:
        """Ask for a file and export the unit shown."""
        self.begins.emit()
        if self.unit is not None:
            self._run.ask_unit(self.unit)

    def offer_papers(self) -> None:
        """Offer the papers in use now, all of them chosen; one at least stays so."""
        catalogue = self._desk.catalogue
        self._run.papers = ()
        self.papers.clear()
        self.papers.menuAction().setVisible(origin.several(catalogue))
        for document in catalogue.documents:
            line = plain.line(self.papers, words.document(catalogue, document.key))
            line.setCheckable(True)
            line.setChecked(True)
            line.setData(document.key)
            line.triggered.connect(self._take_papers)

    def _take_papers(self) -> None:
        lines = self.papers.actions()
        chosen = tuple(line.data() for line in lines if line.isChecked())
        self._run.papers = () if len(chosen) == len(lines) else chosen
        for line in lines:
            line.setEnabled(len(chosen) > 1 or not line.isChecked())

    def _take_evidence_along(self, on: bool) -> None:
        self._run.with_evidence = on

    def _begin(self, ask: Callable[[], object]) -> None:
        self.begins.emit()
        ask()
