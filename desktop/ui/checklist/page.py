"""The page 清单: the units on the left, the chosen unit's checklist on the right, panels below."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QHideEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from desktop.catalogue.model import UNASSIGNED, Unit
from desktop.ui import verbs
from desktop.ui.checklist.actions import ChecklistActions
from desktop.ui.checklist.columns import EVERYTHING, RowFilter
from desktop.ui.checklist.head import ChecklistHead
from desktop.ui.checklist.legend import LightLegend
from desktop.ui.checklist.model import ChecklistModel
from desktop.ui.checklist.panels import PanelStack, TableAndPanel, UnitsAndList
from desktop.ui.checklist.table import ChecklistTable
from desktop.ui.checklist.unit_list import UnitList, is_former
from desktop.ui.demands.unit_strip import UnitDemands
from desktop.ui.desk import Desk
from desktop.ui.evidence.panel import EvidencePanel
from desktop.ui.export.checklists import ExportRun
from desktop.ui.history import steps
from desktop.ui.history.panel import HistoryPanel
from desktop.ui.kit import widgets
from desktop.ui.kit.empty_card import EmptyCard
from desktop.ui.kit.message_line import MessageLine
from desktop.workspace.history.steps import Kind
from desktop.workspace.items import progress, settings
from desktop.workspace.items.model import ItemKey

NO_UNITS = "措施库中没有责任单位，也没有可以填报的事项。"


class ChecklistPage(QWidget):
    """Shows and edits one unit's checklist at a time.

    Attributes:
        desk: what all pages share
        unit_key: the unit shown
        verbs: what can be done with the rows

    Signals:
        measure_chosen(str): this measure is to be opened in the reader
        unit_changed(str): another unit is shown
        print_asked(), pdf_asked(): the unit's list on paper or as PDF
        decide_asked(str): what imports left open of the unit of that key is to be decided on
        settings_asked(): the settings are to be opened, as another person is at the machine
        told(str): a short message for the status line
    """

    measure_chosen = Signal(str)
    unit_changed = Signal(str)
    print_asked = Signal()
    pdf_asked = Signal()
    decide_asked = Signal(str)
    settings_asked = Signal()
    told = Signal(str)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = self._desk = desk
        self._filter = EVERYTHING
        self._build()
        self._connect()
        self._take_look()
        if units := desk.catalogue.checklist_units():
            self.show_unit(units[0].key)

    def _build(self) -> None:
        self.units = UnitList(self._desk)
        self.export_run = ExportRun(self._desk, self)
        self.head = ChecklistHead(self._desk, self.export_run)
        self.message = MessageLine(self._desk.look)
        self.model = ChecklistModel(self._desk, self)
        self.table = ChecklistTable(self._desk, self.model)
        self.demands = UnitDemands(self._desk)
        self.empty = EmptyCard(self._desk.look)
        self.empty.say("没有可以填报的事项", NO_UNITS, drawing="checklist")
        self._stack = QStackedWidget()
        self._stack.addWidget(self.table)
        self._stack.addWidget(self.empty)
        self.panels = PanelStack(self._desk)
        self.verbs = ChecklistActions(self._desk, self.model, self.table, self.message, self)
        self.legend = LightLegend(self._desk.read_only)
        self._table_and_panel = TableAndPanel(self._desk, self._stack, self.panels)
        right = widgets.frame("surface")
        column = widgets.column()
        right.setLayout(column)
        for part in (self.head, self.message, self.demands):
            column.addWidget(part)
        column.addWidget(self._table_and_panel, 1)
        column.addWidget(self.legend)
        self.sides = UnitsAndList(self._desk, self.units, right)
        box = widgets.column()
        box.addWidget(self.sides)
        self.setLayout(box)

    def _connect(self) -> None:
        self.units.chosen.connect(self.show_unit)
        self.unit_changed.connect(self.demands.show_unit)
        self.units.view.activated.connect(self.table.setFocus)
        self.table.opened.connect(self.measure_chosen)
        self.table.status_chosen.connect(self.verbs.set_status)
        self.table.history_wanted.connect(lambda: self.head.history_button.setChecked(True))
        self.table.evidence_wanted.connect(self._show_evidence)
        self.table.deadlines_wanted.connect(self.verbs.ask_deadline)
        self.table.files_dropped.connect(self.attach)
        self.table.undo_wanted.connect(self.undo)
        for table in (self.table, self.history.view, self.evidence.view):
            table.copied.connect(self.told)
        self.table.user_wanted.connect(self.settings_asked)
        self.table.wording_wanted.connect(self.verbs.show_wording)
        self.table.row_changed.connect(self._show_in_panel)
        self.table.selection_changed.connect(self._count_chosen)
        self.table.delegate.not_a_date.connect(self.verbs.tell_bad_date)
        self.model.refused.connect(self.verbs.tell_refused)
        self.model.modelReset.connect(self._show_counts)
        self.empty.asked.connect(self._show_everything)
        self._connect_head()
        self.history.undo_wanted.connect(self.verbs.undo_change)
        self.history.export_wanted.connect(self.verbs.history_export.ask)
        self.evidence.removed.connect(self.verbs.tell_removed)
        self.evidence.told.connect(self.message.tell)
        self.panels.closed.connect(self._close_panel)
        self._desk.progress_changed.connect(self._take_changes)
        self._desk.look.changed.connect(self._take_look)
        self._desk.settings_changed.connect(self._take_setting)
        self._desk.replaced.connect(self._take_day)
        self._desk.catalogue_changed.connect(self._take_catalogue)
        self.verbs.items_wanted.connect(self.show_items)
        verbs.action(verbs.HISTORY, self, self.head.history_button.toggle)
        verbs.action(verbs.EVIDENCE, self, self.head.evidence_button.toggle)
        verbs.action(verbs.DEADLINES, self, self.verbs.ask_deadline, may_write=not self._desk.read_only)

    def _connect_head(self) -> None:
        head = self.head
        head.filter_chosen.connect(self.show_rows)
        head.export_menu.begins.connect(self.flush)
        head.print_asked.connect(self.print_asked)
        head.pdf_asked.connect(self.pdf_asked)
        head.undo_asked.connect(self.undo)
        head.panel_asked.connect(self._open_panel)
        head.deadlines_asked.connect(self.verbs.ask_deadline)
        head.hand_over_asked.connect(lambda: self.verbs.ask_hand_over(self.unit))
        head.check_asked.connect(self.verbs.check_files)
        head.more_menu.aboutToShow.connect(self._offer_deciding)
        head.decide_asked.connect(lambda: self.decide_asked.emit(self.unit_key))

    # ---- what is shown

    @property
    def history(self) -> HistoryPanel:
        """Return the panel of the history."""
        return self.panels.history

    @property
    def evidence(self) -> EvidencePanel:
        """Return the panel of the files."""
        return self.panels.evidence

    @property
    def unit_key(self) -> str:
        """Return the key of the unit shown."""
        return self.model.unit_key

    @property
    def unit(self) -> Unit | None:
        """Return the unit shown, None when there is none at all."""
        return self.units.model.unit(self.unit_key)

    def _offer_deciding(self) -> None:
        from desktop.workspace.returns.open_questions import OpenScope, count

        self.head.offer_deciding(count(self._desk.workspace.db, OpenScope(unit_key=self.unit_key)))

    def show_unit(self, unit_key: str, measure_key: str = "") -> None:
        """Show a unit's checklist, at a measure's row if one is named; an unknown unit changes nothing."""
        if self.units.model.unit(unit_key) is None:
            return
        self.table.leave()
        changed = unit_key != self.unit_key
        if changed or (measure_key and self.model.row_of(measure_key) < 0):
            self._show(unit_key, EVERYTHING)
        self.units.select(unit_key)
        if measure_key:
            self.table.select_measure(measure_key)
        if changed:
            self.unit_changed.emit(unit_key)

    def show_items(self, keys: tuple[ItemKey, ...]) -> None:
        """Show the unit of the first of these items, with the rows of those of that unit selected.

        Rows that are selected already stay so, with the others that are.
        """
        if not keys:
            return
        first, shown = keys[0], [key.measure_key for key in keys if key.unit_key == keys[0].unit_key]
        if first.unit_key == self.unit_key and self.table.selects(shown):
            return
        self.show_unit(first.unit_key, first.measure_key)
        self.table.select_also(shown)

    def show_rows(self, row_filter: RowFilter) -> None:
        """Show only the rows that a filter lets through."""
        self.table.leave()
        self._show(self.unit_key, row_filter)

    def _show_everything(self) -> None:
        self.show_rows(EVERYTHING)
        self.table.setFocus()

    def focus_list(self) -> None:
        """Give the list of units the keyboard."""
        self.sides.fold.unfold()
        self.units.focus_list()

    def flush(self) -> None:
        """Write what was typed and is not on disk yet."""
        self.table.flush()

    def _show(self, unit_key: str, row_filter: RowFilter) -> None:
        item = self.table.current_item()
        self._filter = row_filter
        self.model.show(unit_key, row_filter)
        self.head.show_filter(row_filter)
        if (
            item is None
            or item.key.unit_key != unit_key
            or not self.table.select_measure(item.key.measure_key)
        ):
            self.table.select_first()
        self._show_in_panel()

    def _show_counts(self) -> None:
        unit = self.head.export_menu.unit = self.unit
        former = unit is not None and is_former(unit)
        counted = [item for item in self.model.every if former or not item.orphaned]
        self.head.show_unit(unit.name if unit else "", progress.tally(counted), printable=not former)
        nobody = unit is None or former or unit.key == UNASSIGNED
        self.head.sending.show_for(unit=None if nobody else unit)
        if self.model.rowCount() == 0 and unit:
            told = f"本单位没有“{self._filter.name}”的事项"
            self.empty.say(told, "", drawing="checklist", action="显示全部事项", quiet=True)
        self._stack.setCurrentIndex(0 if self.model.rowCount() else 1)
        self._count_chosen()  # a list that begins anew tells of no selection

    def _take_changes(self, keys: tuple[ItemKey, ...]) -> None:
        """Read each unit that changed once, for its row, its bar and its counts."""
        self._show_undo()
        for unit_key in dict.fromkeys(key.unit_key for key in keys):
            items = self._desk.items(unit_key)
            self.units.model.take(unit_key, items)
            if unit_key == self.unit_key:
                self.model.take(items)
                self._show_counts()
                self._show_in_panel()

    def _show_undo(self) -> None:
        may = not self._desk.read_only
        self.head.show_undo(may and steps.can_undo(self._desk, Kind.ITEMS))

    def _take_catalogue(self) -> None:
        """Show the unit's rows of what is in use now, all of them; of the first unit if it has none."""
        self.table.leave()
        self.head.take_catalogue()
        self.units.model.count()
        units = self.units.model.rows
        unit_key = self.unit_key if self.unit else units[0].key if units else ""
        self._show(unit_key, EVERYTHING)
        self.units.select(unit_key)
        self._take_day()
        if unit_key:
            self.unit_changed.emit(unit_key)

    def _take_setting(self, name: str) -> None:
        if name == "near_days":
            self._take_day()

    def _take_day(self) -> None:
        """Count everything again: the day, how near is near, or the whole workspace has changed."""
        self.model.refresh()
        self.units.model.count()
        self._show_counts()
        self._show_undo()
        self._show_rules()

    # ---- what is done

    def undo(self) -> None:
        """Take back the last edit of this window and show where that was."""
        self.verbs.undo()

    def redo(self) -> None:
        """Put again what was taken back last and show where that was."""
        self.verbs.redo()

    def export(self) -> None:
        """Ask for a file and export the unit shown."""
        self.head.export_menu.export_unit()

    def attach(self, key: ItemKey, paths: tuple[Path, ...]) -> None:
        """Attach files to a row and show them."""
        self.table.leave()
        self.table.select_measure(key.measure_key)
        self.head.evidence_button.setChecked(True)
        self.evidence.attach(key, paths)

    def _open_panel(self, name: str) -> None:
        self._table_and_panel.open({"history": self.history, "evidence": self.evidence}.get(name))
        self._show_in_panel()

    def _show_evidence(self) -> None:
        self.head.evidence_button.setChecked(True)
        self.evidence.focus_files()

    def _close_panel(self) -> None:
        self.head.show_panel("")
        self.table.setFocus()

    def _show_in_panel(self) -> None:
        self.panels.show_item(self.unit_key, self.table.current_item())

    def _count_chosen(self) -> None:
        self.legend.show_chosen(len(self.table.selected_items()))

    # ---- look

    def _take_look(self) -> None:
        self.legend.setHidden(self._desk.look.tokens.low(self))
        self.head.take_look()
        self.table.fit()
        self._show_rules()

    def _show_rules(self) -> None:
        self.legend.show_rules(self._desk.look.tokens, settings.near_days(self._desk.workspace.db))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._take_day()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.legend.setHidden(self._desk.look.tokens.low(self))

    def hideEvent(self, event: QHideEvent) -> None:
        self.table.leave()
        super().hideEvent(event)
