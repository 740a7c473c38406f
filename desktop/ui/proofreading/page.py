"""The page 核查: a report compared with the notices in use."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QStackedLayout, QVBoxLayout, QWidget

from desktop.proofreading.model import Claim, ClaimVerdict
from desktop.ui import verbs
from desktop.ui.kit import asking, plain, widgets
from desktop.ui.kit.empty_card import EmptyCard
from desktop.ui.kit.file_drop import FileDrop
from desktop.ui.kit.jobs import JobRun
from desktop.ui.kit.row_table import RowTable
from desktop.ui.proofreading import claim_rows
from desktop.ui.proofreading.claim_card import ClaimCard
from desktop.ui.proofreading.claim_rows import WIDTHS, WORDS, ClaimRows
from desktop.ui.proofreading.report_text import ReportText

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

    from desktop.exchange.papers.paper import PaperText
    from desktop.ui.desk import Desk
    from desktop.ui.kit.cells import Piece
    from desktop.ui.kit.jobs import Cancelled, Report
    from desktop.ui.kit.row_table import Index

NAME = "引文核查"
KINDS = "文档、工作簿和文字文件 (*.docx *.xlsx *.txt *.md *.html *.htm)"
STACKED = 900  # pixels at zoom 1 below which the findings stand under the report


class ProofreadingPage(QWidget):
    """Takes a report, checks it and shows what was found.

    Attributes:
        report: the text
        model, view: the list of claims
        card: the claim that is chosen

    Signals:
        source_asked(object): a place of the library is to be shown
        export_asked(object, str, object): a workbook of these claims of a text is to be written, by its name
    """

    source_asked = Signal(object)
    export_asked = Signal(object, str, object)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._found: tuple[Claim, ...] = ()
        self._checked = ""
        self._named = ""
        self._build()
        self._connect()
        self._take_look()
        self._show_found()

    def _build(self) -> None:
        self._title = widgets.label(NAME, "heading")
        self._told = widgets.ElidedLabel("muted", "small")
        self.open_button = widgets.button("打开文件……", does=self.ask_file)
        self.check_action = verbs.action(verbs.CHECK_REPORT, self, self.check)
        self.check_button = verbs.button(self.check_action, "核查", "primary")
        self.export_button = widgets.button("导出 Excel……", does=self._export)
        self._head = QHBoxLayout()
        self._head.addWidget(self._title)
        self._head.addWidget(self._told, 1)
        for button in (self.open_button, self.export_button, self.check_button):
            self._head.addWidget(button)
        self.report = ReportText()
        self._parts = QSplitter()
        self._parts.setObjectName("gutter")
        self._parts.setChildrenCollapsible(False)
        self._parts.addWidget(self.report)
        self._parts.addWidget(self._built_findings())
        self._box = QVBoxLayout(self)
        self._box.addLayout(self._head)
        self._box.addWidget(self._parts, 1)

    def _built_findings(self) -> QWidget:
        look = self._desk.look
        self.model = ClaimRows(self)
        self.view = RowTable(look, self.model, "核查结果", self._pieces, WIDTHS, (WORDS,))
        self.same_button = widgets.button("")
        self.same_button.setCheckable(True)
        self.card = ClaimCard(self._desk)
        self.empty = EmptyCard(look)
        lists = QWidget()
        rows = widgets.column()
        rows.addWidget(self.view, 1)
        self._foot = widgets.column()
        self._foot.addWidget(self.same_button)
        rows.addLayout(self._foot)
        lists.setLayout(rows)
        card = widgets.frame(edge="top")
        within = widgets.column()
        within.addWidget(self.card)
        card.setLayout(within)
        self._list_and_card = QSplitter(Qt.Orientation.Vertical)
        self._list_and_card.setChildrenCollapsible(False)
        self._list_and_card.addWidget(lists)
        self._list_and_card.addWidget(card)
        right = widgets.frame("card")
        self._stack = QStackedLayout(right)
        self._stack.setContentsMargins(1, 1, 1, 1)
        self._stack.addWidget(self.empty)
        self._stack.addWidget(self._list_and_card)
        return right

    def _connect(self) -> None:
        self._run = JobRun(self)
        self._run.done.connect(self._take)
        self._files = FileDrop(self.report)
        self._files.dropped.connect(lambda paths: self.read(paths[0]))
        self._page_files = FileDrop(self)
        self._page_files.dropped.connect(lambda paths: self.read(paths[0]))
        self.report.viewport().setAcceptDrops(False)  # a file dropped there is the report's, not its words
        self.report.textChanged.connect(self._changed)
        self.report.chosen.connect(self._choose_at)
        self.view.selectionModel().selectionChanged.connect(lambda: self._show_chosen())
        self.view.activated.connect(lambda _index: self.card.open_button.click())
        self.same_button.toggled.connect(lambda _on: self._show_found())
        self.card.source_asked.connect(self.source_asked)
        self.empty.asked.connect(self.ask_file)
        self._desk.look.changed.connect(self._take_look)
        self._desk.catalogue_changed.connect(self._forget)

    @property
    def found(self) -> tuple[Claim, ...]:
        """Return what was found in the report as it stands, none before it was checked."""
        return self._found

    # ---- the report

    def ask_file(self) -> None:
        """Ask for a file with a report."""
        start = asking.folder(self._desk.setting("ui.export_folder"))
        asking.ask_existing(self, "打开要核查的材料", start, lambda paths: self.read(paths[0]), KINDS)

    def read(self, path: Path) -> None:
        """Read a file and check it."""
        from desktop.exchange.papers.opening import text_of

        self._run.begin(lambda _report, _cancelled: (path.name, text_of(path)), "读取文件", quick=True)

    def check(self) -> None:
        """Check the report as it stands."""
        text, folder = self.report.toPlainText(), self._desk.workspace.folder
        if not text.strip():
            return

        def work(_report: Report, cancelled: Cancelled) -> object:
            from contextlib import closing

            from desktop.library import opening
            from desktop.proofreading.checking import check
            from desktop.proofreading.corpus import Corpus

            library = opening.opened(folder)
            with closing(library.db):
                return text, check(text, Corpus(library.db, library.catalogue), cancelled), cancelled()

        self._run.begin(work, "核查", quick=True)

    def _take(self, result: tuple[str, PaperText] | tuple[str, tuple[Claim, ...], bool]) -> None:
        if len(result) == 2:
            name, paper = result
            self.report.setPlainText(paper.text)
            self._named = name
            self.check()
            return
        text, found, cancelled = result
        if not cancelled and text == self.report.toPlainText():
            self.show_checked(text, found)

    def show_checked(self, text: str, found: tuple[Claim, ...]) -> None:
        """Show a report and what was found in it."""
        if text != self.report.toPlainText():
            self.report.setPlainText(text)
        self._checked, self._found = text, found
        self.same_button.setChecked(False)
        self._show_found()
        if self.model.rowCount():
            self.view.selectRow(0)
            self.view.setFocus()

    def _changed(self) -> None:
        """Let go of what was found where the text is another; marks alone change nothing."""
        text = self.report.toPlainText()
        if not text or text != self._checked:
            self._forget()

    def _forget(self) -> None:
        self._checked, self._found = "", ()
        self._show_found()

    # ---- what is shown

    def _show_found(self) -> None:
        found, text = self._found, bool(self.report.toPlainText().strip())
        same = sum(one.verdict is ClaimVerdict.SAME for one in found)
        self.model.show(found, same=self.same_button.isChecked())
        self.same_button.setText(f"{'收起' if self.same_button.isChecked() else '列出'}一致的 {same} 处")
        self.same_button.setVisible(same > 0)
        self.check_action.setEnabled(text)
        self.export_button.setEnabled(bool(found))
        self.export_button.setToolTip(plain.tip("" if found else "核查过后才有可以导出的结果。"))
        if not text:
            self._named = ""
        self._told.setText("　".join(filter(None, (self._named, claim_rows.counted(found) if found else ""))))
        self._stack.setCurrentIndex(1 if self.model.rowCount() or same else 0)
        if not found:
            self._say_nothing(text)
        self._show_chosen()

    def _say_nothing(self, text: bool) -> None:
        if self._checked:
            self.empty.say(
                "没有引用在用的发文",
                "材料里没有引文、文号、条号或数字说到在用的发文。",
                drawing="proofreading",
            )
        elif text:
            self.empty.say(
                "还没有核查", "按“核查”（Ctrl+回车），逐处与在用的发文比对。", drawing="proofreading"
            )
        else:
            self.empty.say(
                "核查一份材料",
                "粘贴文字，或者打开、拖入文件。引文、数字、文号、条号、单位、日期和有效期逐处与在用的发文比对。",
                drawing="proofreading",
                action="打开文件……",
                quiet=True,
            )

    def _show_chosen(self) -> None:
        row = self.view.chosen()
        claim = self.model.claims[row] if 0 <= row < len(self.model.claims) else None
        self.card.show_claim(claim)
        self.report.mark(self._found, claim, self._desk.look.tokens)
        if claim and self.report.textCursor().position() != claim.start and not self.report.hasFocus():
            self.report.go_to(claim.start)

    def _choose_at(self, place: int) -> None:
        row = self.model.row_at(place)
        if row >= 0:
            self.view.selectRow(row)

    def _pieces(self, index: Index) -> list[Piece]:
        return claim_rows.pieces(self.model, index, self._desk.look.tokens)

    def _export(self) -> None:
        self.export_asked.emit(self._found, self._checked, self._named)

    def focus_list(self) -> None:
        """Put the caret into the list, into the report while there is none."""
        (self.view if self.model.rowCount() else self.report).setFocus()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        stacked = self.width() < self._desk.look.tokens.px(STACKED)
        self._parts.setOrientation(Qt.Orientation.Vertical if stacked else Qt.Orientation.Horizontal)

    def _take_look(self) -> None:
        look = self._desk.look.tokens
        self._box.setContentsMargins(look.px(16), look.px(12), look.px(16), look.px(12))
        self._box.setSpacing(look.px(10))
        self._head.setSpacing(look.px(8))
        self._foot.setContentsMargins(look.px(8), look.px(6), look.px(8), look.px(8))
        self._parts.setHandleWidth(look.px(10))
        self._parts.setSizes([look.px(640), look.px(520)])
        self._list_and_card.setSizes([look.px(300), look.px(260)])
        self.report.setFont(look.font())
        self.report.document().setDocumentMargin(look.px(14))
        self.report.mark(self._found, self.card.claim, look)
        self._fit()
