"""对照两份文件: which measures of one correspond to which of the other, suggested, and decided by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QMenu, QScrollArea, QSplitter, QVBoxLayout, QWidget

from desktop.catalogue.typeset import typeset
from desktop.errors import KnownError
from desktop.library import folders, links
from desktop.library.corresponding import PairState
from desktop.ui import origin, verbs
from desktop.ui.browse.measure_text import MeasureText
from desktop.ui.kit import context_menu, messages, plain, widgets
from desktop.ui.kit.cells import Piece
from desktop.ui.kit.dialog import Dialog
from desktop.ui.kit.row_table import RowTable
from desktop.ui.library import pair_rows
from desktop.ui.library.pair_rows import ALONE, OURS, STATE, THEIRS, WHY, WIDTHS, PairLine, PairRows

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from PySide6.QtWidgets import QPushButton

    from desktop.catalogue.model import Measure
    from desktop.ui.desk import Desk
    from desktop.ui.kit.row_table import Index

TITLE = "对照两份文件"


class ReadingPane(QScrollArea):
    """The words of one measure on a sheet; none while nothing stands on its side."""

    def __init__(self, desk: Desk, name: str) -> None:
        super().__init__()
        self._desk = desk
        self._measure: Measure | None = None
        self.text = MeasureText()
        self.text.setAccessibleName(f"{name}的正文")
        self.setAccessibleName(name)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        paper = widgets.frame(name="paper")
        self._inside = QVBoxLayout(paper)
        self._inside.addWidget(self.text)
        self._inside.addStretch(1)
        self.setWidget(paper)

    def show_measure(self, measure: Measure | None) -> None:
        """Show a measure, or an empty sheet."""
        self._measure = measure
        px = self._desk.look.tokens.px
        self._inside.setContentsMargins(px(20), px(14), px(20), px(14))
        if measure is None:
            self.text.clear()
            return
        heading = typeset(origin.heading(self._desk.catalogue, measure))
        self.text.show_measure(measure, heading, (), self._desk.look.tokens)
        self.verticalScrollBar().setValue(0)

    def take_look(self) -> None:
        """Take colours and sizes from the look."""
        self.show_measure(self._measure)


class PaperComparison(Dialog):
    """Fills the window with two papers of the library, in use or not; ``notice_key`` is on the left."""

    def __init__(self, desk: Desk, notice_key: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk = desk
        self._documents = desk.catalogue.whole.documents
        self.setWindowTitle(TITLE)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        widgets.fill(self, parent)
        self._build()
        self._connect()
        self._choose(notice_key)
        self._take_look()
        self.view.setFocus()

    def _build(self) -> None:
        self.left, self.right = self._choice("左侧文件"), self._choice("右侧文件")
        self._choices = QHBoxLayout()
        for choice in (self.left, self.right):
            self._choices.addWidget(choice, 1)
        self.told = widgets.ElidedLabel("muted", "small")
        self.model = PairRows()
        self.view = RowTable(self._desk.look, self.model, TITLE, self._pieces, WIDTHS, (OURS, THEIRS, WHY))
        self.panes = (ReadingPane(self._desk, "左侧措施"), ReadingPane(self._desk, "右侧措施"))
        texts = QWidget()
        self._texts = QHBoxLayout(texts)
        self._texts.setContentsMargins(0, 0, 0, 0)
        for pane in self.panes:
            self._texts.addWidget(pane, 1)
        self._parts = QSplitter(Qt.Orientation.Vertical)
        self._parts.addWidget(self.view)
        self._parts.addWidget(texts)
        self._parts.setChildrenCollapsible(False)
        self.confirm_button = widgets.button("确认对应", "primary", does=self.confirm)
        self.reject_button = widgets.button("不对应", does=self.refuse)
        self.forget_button = widgets.button("取消决定", does=self.forget)
        self.assign_button = widgets.button("指定对应 ▾", does=self._open_assign)
        self.close_button = widgets.button("关闭", does=self.reject)
        foot = QHBoxLayout()
        for button in (self.confirm_button, self.reject_button, self.forget_button, self.assign_button):
            foot.addWidget(button)
        foot.addStretch(1)
        foot.addWidget(self.close_button)
        self._box = widgets.column()
        self.setLayout(self._box)
        self._box.addLayout(self._choices)
        self._box.addWidget(self.told)
        self._box.addWidget(self._parts, 1)
        self._box.addLayout(foot)

    def _choice(self, name: str) -> QComboBox:
        made = QComboBox()
        made.setAccessibleName(name)
        made.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        made.addItems([origin.named(self._desk.catalogue, each) for each in self._documents])
        return made

    def _connect(self) -> None:
        for choice in (self.left, self.right):
            choice.currentIndexChanged.connect(lambda _at: self.show_pairs())
        self.view.selectionModel().selectionChanged.connect(lambda: self._show_chosen())
        self.view.activated.connect(lambda _index: self.confirm())
        self._desk.look.changed.connect(self._take_look)

    def _choose(self, notice_key: str) -> None:
        """Put a notice's first paper on the left, and the first one of another notice on the right."""
        keys = [each.notice_key for each in self._documents]
        left = keys.index(notice_key) if notice_key in keys else 0
        right = next((at for at, key in enumerate(keys) if key != keys[left]), 0)
        self.left.setCurrentIndex(left)
        self.right.setCurrentIndex(right)
        self.show_pairs()

    # ---- what is shown

    def show_pairs(self) -> None:
        """Find again what corresponds; the selected row stays so as far as it can."""
        before = self._line()
        catalogue = self._desk.catalogue
        ours, theirs = (
            catalogue.measures_in_document(self._documents[choice.currentIndex()].key)
            for choice in (self.left, self.right)
        )
        try:
            decided = links.links(self._folder)
        except KnownError as problem:
            messages.show_problem(self, problem)
            decided = {}
        shown = pair_rows.lines(ours, theirs, decided)
        self.model.show(shown)
        self.told.setText(pair_rows.counted(shown))
        self.view.selectRow(self.model.row_of(before.keys) if before else 0)
        self._show_chosen()

    @property
    def _folder(self) -> Path:
        return folders.root(self._desk.workspace.folder)

    def _line(self) -> PairLine | None:
        row = self.view.chosen()
        return self.model.line(row) if row >= 0 else None

    def _show_chosen(self) -> None:
        line, locked = self._line(), self._desk.read_only
        for pane, measure in zip(self.panes, (line.ours, line.theirs) if line else (None, None), strict=True):
            pane.show_measure(measure)
        state = line.pair.state if line and line.pair else None
        for button, may in (
            (self.confirm_button, state in (PairState.SUGGESTED, PairState.REJECTED)),
            (self.reject_button, state in (PairState.SUGGESTED, PairState.CONFIRMED)),
            (self.forget_button, state in (PairState.CONFIRMED, PairState.REJECTED)),
            (self.assign_button, line is not None),
        ):
            button.setEnabled(may and not locked)
            button.setToolTip(plain.tip(verbs.READ_ONLY if locked else ""))

    def _pieces(self, index: Index) -> list[Piece]:
        look, words, column = self._desk.look.tokens, str(index.data()), index.column()
        if column == STATE and words:
            colours = {PairState.CONFIRMED: look.green, PairState.SUGGESTED: look.blue}
            return [Piece(words, colours.get(PairState(words), look.grey), 0.92, boxed=True)]
        return [Piece(words, look.muted if column == WHY else look.faint if words == ALONE else look.text)]

    # ---- what is decided

    def confirm(self) -> None:
        """Keep that the two of the row correspond."""
        if self.confirm_button.isEnabled():
            self._decide(links.confirm)

    def refuse(self) -> None:
        """Keep that the two of the row do not correspond."""
        if self.reject_button.isEnabled():
            self._decide(links.reject)

    def forget(self) -> None:
        """Let nothing be decided about the two of the row."""
        if self.forget_button.isEnabled():
            self._decide(links.forget)

    def assign(self, one: str, other: str) -> None:
        """Keep that a measure of the left corresponds to one of the right, by their keys."""
        self._keep(lambda: links.confirm(self._folder, one, other))

    def assign_menu(self) -> QMenu:
        """Return the menu of the measures that can be put beside the one that the row is about."""
        menu, line = QMenu(self), self._line()
        if line is None:
            return menu
        fixed, choice = (line.ours, self.right) if line.ours else (line.theirs, self.left)
        assert fixed is not None
        document = self._documents[choice.currentIndex()]
        for each in self._desk.catalogue.measures_in_document(document.key):
            one, other = (fixed, each) if line.ours else (each, fixed)
            words = f"{each.number}. {typeset(each.called)}"
            plain.line(menu, words).triggered.connect(
                lambda _on=False, one=one.key, other=other.key: self.assign(one, other)
            )
        return menu

    def _open_assign(self) -> None:
        button: QPushButton = self.assign_button
        context_menu.open_at(self.assign_menu(), button.mapToGlobal(button.rect().topLeft()))

    def _decide(self, keep: Callable[..., None]) -> None:
        line = self._line()
        if line is not None and line.pair is not None:
            self._keep(lambda: keep(self._folder, *line.keys))

    def _keep(self, act: Callable[[], None]) -> None:
        if self._desk.read_only:
            return
        try:
            act()
        except KnownError as problem:
            messages.show_problem(self, problem)
        self.show_pairs()

    # ---- look

    def _take_look(self) -> None:
        px = self._desk.look.tokens.px
        self._box.setContentsMargins(px(18), px(16), px(18), px(14))
        self._box.setSpacing(px(10))
        for row in (self._choices, self._texts):
            row.setSpacing(px(14))
        self._parts.setSizes([self.height() // 2, self.height() // 2])
        for pane in self.panes:
            pane.take_look()
