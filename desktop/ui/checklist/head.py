"""The head of a checklist: whose it is, how it stands, and what can be done with the whole of it."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QAction, QActionGroup, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QMenu, QWidget

from desktop.ui import verbs
from desktop.ui.checklist import bands
from desktop.ui.checklist.columns import EVERYTHING, ROW_FILTERS, RowFilter
from desktop.ui.checklist.export_menu import ExportMenu
from desktop.ui.desk import Desk
from desktop.ui.export.checklists import ExportRun
from desktop.ui.kit import plain, widgets
from desktop.ui.kit.widgets import ElidedLabel
from desktop.ui.rounds.send_menu import ABOUT, SEND, SendMenu
from desktop.workspace.items.model import MOST_DONE_FIRST, Tally

LONGEST = 14  # characters of a filter's name on its button


class ChecklistHead(QFrame):
    """Name, counts, filter and buttons.

    Signals:
        filter_chosen(object): the ``RowFilter``
        print_asked(), pdf_asked(): the unit's list on paper or as PDF
        undo_asked()
        panel_asked(str): ``history`` or ``evidence`` is to open below, or "" for neither
        deadlines_asked(), hand_over_asked(), decide_asked(), check_asked(): what stands under 更多

    Attributes: ``sending`` is the menu of what can be sent, with the signals of what is asked for there;
    ``export_menu`` that of what can be exported.
    """

    filter_chosen = Signal(object)
    print_asked = Signal()
    pdf_asked = Signal()
    undo_asked = Signal()
    panel_asked = Signal(str)
    deadlines_asked = Signal()
    hand_over_asked = Signal()
    decide_asked = Signal()
    check_asked = Signal()

    def __init__(self, desk: Desk, run: ExportRun, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._run = desk, run
        self.setProperty("surface", True)
        self.setProperty("edge", "bottom")
        self._build()
        self._connect()
        self.take_look()

    def _build(self) -> None:
        self._outer = widgets.column()
        self.setLayout(self._outer)
        self._box = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._name = ElidedLabel("heading")
        self._counts = ElidedLabel("muted", "small")
        self._box.addWidget(self._name, 1)
        self._outer.addLayout(self._box)
        self._outer.addWidget(self._counts)
        self._buttons = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._rows = (QHBoxLayout(), QHBoxLayout())
        self.filter_button = widgets.button("", tip="只显示一部分事项")
        self.filter_menu = QMenu(self.filter_button)
        self.filter_button.setMenu(self.filter_menu)
        self.offer_filters()
        self.undo_button = widgets.button("撤销", tip=verbs.UNDO.hint)
        self.history_button = widgets.button("修改记录", tip=verbs.HISTORY.hint)
        self.evidence_button = widgets.button("佐证材料", tip=verbs.EVIDENCE.hint)
        self._panels = {"history": self.history_button, "evidence": self.evidence_button}
        for button in self._panels.values():
            button.setCheckable(True)
        self.more_button = widgets.button("更多 ▾")
        self.more_menu = QMenu(self.more_button)
        self._changing = (
            self.more_menu.addAction(
                f"{verbs.DEADLINES.words}……\t{verbs.DEADLINES.keys[0]}", self.deadlines_asked.emit
            ),
            self.more_menu.addAction("责任人变更（移交）……", self.hand_over_asked.emit),
        )
        self.decide_line = self.more_menu.addAction("", self.decide_asked.emit)
        self.more_menu.addSeparator()
        self.print_button = widgets.button("打印 ▾")
        self.print_menu = QMenu("打印", self.print_button)
        self._spared = {
            self.more_menu.addAction(button.text()): button
            for button in (self.undo_button, *self._panels.values())
        }
        self._print_line = self.more_menu.addMenu(self.print_menu)
        self.more_menu.addAction("核对全部佐证材料", self.check_asked.emit)
        self.more_button.setMenu(self.more_menu)
        self.print_menu.addAction("打印本单位清单……", self.print_asked.emit)
        self.print_menu.addAction("存为 PDF……", self.pdf_asked.emit)
        self.print_button.setMenu(self.print_menu)
        self.export_button = widgets.button("导出 Excel ▾", tip="存为工作簿，自己看或打印")
        self.export_menu = ExportMenu(self._desk, self._run, self)
        self._export_line = self.more_menu.addMenu(self.export_menu)
        self.export_button.setMenu(self.export_menu)
        self.sending = SendMenu(self._desk, self)
        self.send_button = widgets.button(f"{SEND} ▾", "primary", tip=ABOUT)
        self.send_button.setEnabled(not self._desk.read_only)
        looks = (self.filter_button, self.undo_button, self.history_button, self.evidence_button)
        outputs = (self.more_button, self.print_button, self.export_button, self.send_button)
        for row, buttons in zip(self._rows, (looks, outputs), strict=True):
            row.addStretch(1)
            for button in buttons:
                row.addWidget(button)
            self._buttons.addLayout(row)
        self._box.addLayout(self._buttons)
        self.show_filter(EVERYTHING)

    def _connect(self) -> None:
        self.filter_menu.triggered.connect(self._on_filter)
        self.undo_button.clicked.connect(self.undo_asked)
        self.more_menu.aboutToShow.connect(self._show_spared)
        for line, button in self._spared.items():
            line.triggered.connect(button.click)
        self.send_button.clicked.connect(lambda: self.sending.open_at(self.send_button))
        for name, button in self._panels.items():
            button.toggled.connect(lambda on, name=name: self.show_panel(name if on else ""))

    def show_unit(self, name: str, tally: Tally, *, printable: bool) -> None:
        """Show whose checklist it is and how it stands."""
        self.print_button.setEnabled(printable)
        for action in self._changing:
            action.setEnabled(printable and not self._desk.read_only)
        self._name.setText(name)
        self._counts.setText(sentence(tally))

    @property
    def counts(self) -> str:
        """Return the sentence that says how the unit stands."""
        return self._counts.text()

    def take_catalogue(self) -> None:
        """Offer the papers in use now."""
        self.offer_filters()
        self.export_menu.offer_papers()

    def offer_filters(self) -> None:
        """Offer to show a part of the rows: by status and light, of one paper where several are in use."""
        self.filter_menu.clear()
        group = QActionGroup(self.filter_menu)
        for row_filter in (*ROW_FILTERS, *bands.filters(self._desk.catalogue)):
            action = plain.line(self.filter_menu, row_filter.name)
            action.setCheckable(True)
            action.setData(row_filter)
            group.addAction(action)

    def show_filter(self, row_filter: RowFilter) -> None:
        """Show which filter is on."""
        on = row_filter is not EVERYTHING
        name = row_filter.name if len(row_filter.name) <= LONGEST else f"{row_filter.name[:LONGEST]}…"
        self.filter_button.setText(f"{plain.caption(name) if on else '全部事项'} ▾")
        widgets.set_look(self.filter_button, "chosen", on)
        for action in self.filter_menu.actions():
            action.setChecked(action.data() is row_filter)

    def show_undo(self, possible: bool) -> None:
        """Show whether there is something to take back."""
        self.undo_button.setEnabled(possible)

    def show_panel(self, name: str) -> None:
        """Show which panel is open below: its button is down, the other's is not."""
        for other, button in self._panels.items():
            with QSignalBlocker(button):
                button.setChecked(other == name)
        self.panel_asked.emit(name)

    def _on_filter(self, action: QAction) -> None:
        self.filter_chosen.emit(action.data())

    def offer_deciding(self, count: int) -> None:
        """Offer to decide on what imports left open of this unit, in ``count`` places."""
        self.decide_line.setText(f"{verbs.DECIDE.words}（{count} 处待决定）……")
        self.decide_line.setVisible(bool(count))
        self.decide_line.setEnabled(not self._desk.read_only)

    def _show_spared(self) -> None:
        """Say in the menu how the buttons stand that are only there now."""
        for line, button in self._spared.items():
            line.setEnabled(button.isEnabled())
            line.setCheckable(button.isCheckable())
            line.setChecked(button.isChecked())
        self._print_line.setEnabled(self.print_button.isEnabled())

    def take_look(self) -> None:
        """Take colours and sizes from the look."""
        look = self._desk.look.tokens
        self._box.setSpacing(look.px(8))
        for layout in (self._buttons, *self._rows):
            layout.setSpacing(look.px(8))
        self._name.setFont(look.font(1.2, bold=True))
        self._turn()

    def _turn(self) -> None:
        """Put the buttons below the name where both do not fit side by side, in two rows if need be.

        The counts have a line of their own. Where the window is low, all is one row, and what is left out
        stands under 更多.
        """
        look, px = self._desk.look.tokens, self._desk.look.tokens.px
        across, down = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        low = look.low(self)
        spared = (*self._spared.values(), self.print_button, self.export_button)
        for line in (*self._spared, self._print_line, self._export_line):
            line.setVisible(low)
        for button in spared:
            button.setHidden(low)
        if low:
            self._box.insertWidget(1, self._counts, 1)
        else:
            self._outer.addWidget(self._counts)
        above = px(3 if low else 7)
        self._outer.setContentsMargins(px(16), above, px(16), above)
        self._outer.setSpacing(px(3))
        need = sum(row.sizeHint().width() for row in self._rows) + px(8)
        self._box.setDirection(across if low or self.width() >= need + px(220) else down)
        self._buttons.setDirection(across if low or self.width() >= need + px(60) else down)
        self._buttons.setStretch(0, 1 if self._buttons.direction() is across else 0)
        self._box.setAlignment(self._buttons, Qt.AlignmentFlag.AlignVCenter)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._turn()


def sentence(tally: Tally) -> str:
    """Return how a checklist stands, e.g. 9 项 · 已完成 3 · 推进中 3 · 逾期 1."""
    counted = (
        *((str(status), tally.by_status[status]) for status in MOST_DONE_FIRST),
        ("逾期", tally.late),
        ("临期", tally.near),
    )
    return " · ".join((f"{tally.total} 项", *(f"{name} {count}" for name, count in counted if count)))
