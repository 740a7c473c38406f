"""佐证材料: the files of the selected item, below the checklist: added, opened, saved elsewhere, removed."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QKeyEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QWidget

from desktop.catalogue.typeset import typeset
from desktop.errors import KnownError
from desktop.ui import origin, verbs
from desktop.ui.desk import Desk
from desktop.ui.evidence import file_table
from desktop.ui.evidence.attaching import Attached, EvidenceRun
from desktop.ui.evidence.checking import CheckRun
from desktop.ui.evidence.file_table import EvidenceModel
from desktop.ui.kit import asking, messages, widgets
from desktop.ui.kit.cells import Piece
from desktop.ui.kit.file_drop import FileDrop
from desktop.ui.kit.panel_head import PanelHead
from desktop.ui.kit.row_table import Index, RowTable
from desktop.workspace import words
from desktop.workspace.evidence import attached
from desktop.workspace.evidence.attached import Evidence
from desktop.workspace.evidence.files import State
from desktop.workspace.evidence.standing import NOTHING, by_item
from desktop.workspace.items.model import Item, ItemKey

WIDTHS = {file_table.SIZE: 84, file_table.BY: 110, file_table.AT: 134, file_table.STATE: 112}
NO_FILES = (
    "还没有佐证材料。把文件拖到这里或拖到表中的一行上，或按“添加文件”。\n"
    "文件会复制一份存进工作库，原文件不动。"
)
NO_ITEM = "请先在表中选择一项。"
READ_ONLY = "这一项没有佐证材料。本窗口为只读，不能添加。"


class EvidencePanel(QFrame):
    """Shows the files of one item.

    Attributes:
        run, check_run: what attaches files, and what reads them again

    Signals:
        removed(str): the file of this name was taken off; it can be taken back
        told(str): something to say in a line
        closed(): the user closed the panel
    """

    removed = Signal(str)
    told = Signal(str)
    closed = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._item: Item | None = None
        self.run = EvidenceRun(desk, self)
        self.check_run = CheckRun(desk, self)
        self.setProperty("surface", True)
        self._build()
        self._connect()
        self._take_look()

    def _build(self) -> None:
        box = widgets.column()
        self.setLayout(box)
        self.add_button = widgets.button("添加文件……", does=self.add, tip=verbs.ADD_EVIDENCE.hint)
        self.open_button = widgets.button("打开", does=self.open, tip=verbs.OPEN_EVIDENCE.hint)
        self.save_button = widgets.button("另存为……", does=self.save_as, tip="把文件复制到别处")
        self.remove_button = widgets.button("移除", does=self.remove, tip=verbs.REMOVE_EVIDENCE.hint)
        self.check_button = widgets.button("核对", does=self.check, tip="逐字节核对文件是否完好")
        self.head = PanelHead(
            "佐证材料",
            (self.add_button, self.open_button, self.save_button, self.remove_button, self.check_button),
        )
        box.addWidget(self.head)
        self.model = EvidenceModel(self)
        wrapped = (file_table.NAME, file_table.BY)
        self.view = RowTable(self._desk.look, self.model, "佐证材料", self._pieces, WIDTHS, wrapped)
        self.empty = widgets.label(NO_FILES, "muted")
        self._stack = widgets.rows_or_words(self.view, self.empty)
        box.addLayout(self._stack, 1)

    def _connect(self) -> None:
        self.head.closed.connect(self.closed)
        self.view.activated.connect(self.open)
        self.view.selectionModel().selectionChanged.connect(self._update_buttons)
        self.run.ended.connect(self._on_attached)
        self.check_run.checked.connect(self._on_checked)
        self._desk.look.changed.connect(self._take_look)
        self._drop = FileDrop(self)
        self._drop.dropped.connect(self._take)

    # ---- what is shown

    def show_item(self, item: Item | None) -> None:
        """Show the files of an item."""
        self._item = item
        if self.isVisible():
            self.refresh()

    def refresh(self) -> None:
        """Take the files from the workspace again."""
        key = self._item.key if self._item else None
        files = attached.of_item(self._desk.workspace.db, key) if key else ()
        stands = by_item(self._desk.workspace.folder, files, self._desk.files_read)
        standing = stands.get(key, NOTHING) if key else NOTHING
        chosen = self._chosen()
        self.model.show(standing)
        names = [one.name for one in files]
        if names:
            self.view.selectRow(names.index(chosen.name) if chosen and chosen.name in names else 0)
        self.head.about.setText(self._words())
        self.empty.setText(NO_ITEM if key is None else READ_ONLY if self._desk.read_only else NO_FILES)
        self._stack.setCurrentIndex(0 if files else 1)
        self._update_buttons()

    def focus_files(self) -> None:
        """Give the list of files the keyboard, or the button that adds some."""
        (self.view if self.model.rowCount() else self.add_button).setFocus()

    def _words(self) -> str:
        if self._item is None:
            return ""
        number = origin.item(self._desk.catalogue, self._item)
        files = self.model.standing.files
        size = words.size(sum(one.stored.size for one in files))
        told = f" · {len(files)} 份，共 {size}" if files else ""
        return " · ".join(
            (f"{number} {typeset(self._item.title)}{told}".lstrip(), *self.model.standing.warnings)
        )

    def _chosen(self) -> Evidence | None:
        row = self.view.chosen()
        return self.model.file(row) if row >= 0 else None

    def _pieces(self, index: Index) -> list[Piece]:
        look, words = self._desk.look.tokens, index.data()
        if index.column() == file_table.STATE:
            good = words == State.OK
            return [Piece(words, look.green if good else look.red, bold=not good)]
        return [Piece(words, look.text if index.column() == file_table.NAME else look.muted)]

    # ---- what is done

    def add(self) -> None:
        """Ask for files and attach them to the item shown."""
        if self._item is not None and self.add_button.isEnabled():
            self.run.ask(self._item.key)

    def attach(self, key: ItemKey, paths: tuple[Path, ...]) -> None:
        """Attach files to an item."""
        self.run.attach(key, paths)

    def open(self) -> None:
        """Open the chosen file with the program that the system has for it."""
        one = self._chosen()
        if one is None:
            return
        path = one.path(self._desk.workspace.folder)
        if self.model.standing.state(one) is State.MISSING or not path.exists():
            self._desk.tell_problem(_gone(one))
            self.refresh()
            return
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))

    def save_as(self) -> None:
        """Ask for a place and copy the chosen file there."""
        one = self._chosen()
        if one is None:
            return
        start = asking.folder(self._desk.setting("ui.export_folder"))
        asking.ask_file(self, "另存佐证材料", start, one.name, lambda path: self.save(one, path), ())

    def save(self, one: Evidence, target: Path) -> None:
        """Copy a file to ``target``, or say what was in the way."""
        from shutil import copyfile

        from desktop.disk import write_beside

        source = one.path(self._desk.workspace.folder)
        try:
            if not source.exists():
                raise _gone(one)
            with write_beside(target) as new:
                copyfile(source, new)
        except KnownError as problem:
            messages.show_problem(self, problem)
            return
        self.told.emit(f"已另存为 {target}")

    def remove(self) -> None:
        """Take the chosen file off the item."""
        one = self._chosen()
        if one is not None and self.remove_button.isEnabled() and self.run.remove(one):
            self.removed.emit(one.name)

    def check(self) -> None:
        """Read the item's files again, byte by byte."""
        self.check_run.check(self.model.standing.files)

    def _take(self, paths: tuple[Path, ...]) -> None:
        if self._item is not None and not self._item.orphaned:
            self.run.attach(self._item.key, paths)

    def _on_attached(self, attached: Attached | None) -> None:
        if attached is not None and attached.count:
            self.told.emit(f"已添加 {attached.count} 份佐证材料")

    def _on_checked(self, words: str) -> None:
        self.told.emit(words)
        self.refresh()

    # ---- look

    def _update_buttons(self) -> None:
        one = self._chosen()
        writable = self._item is not None and not self._item.orphaned and not self._desk.read_only
        there = one is not None and self.model.standing.state(one) is not State.MISSING
        self.add_button.setEnabled(writable)
        self.open_button.setEnabled(there)
        self.save_button.setEnabled(there)
        self.remove_button.setEnabled(one is not None and writable)
        self.check_button.setEnabled(self.model.rowCount() > 0)

    def _take_look(self) -> None:
        look = self._desk.look.tokens
        self.head.take_look(look)
        self.empty.setContentsMargins(look.px(16), look.px(12), look.px(16), look.px(20))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        keys = {
            Qt.Key.Key_Insert: self.add,
            Qt.Key.Key_Delete: self.remove,
            Qt.Key.Key_Escape: self.closed.emit,
        }
        key = Qt.Key(event.key())
        if key in keys:
            keys[key]()
            return
        super().keyPressEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.refresh()


def _gone(one: Evidence) -> KnownError:
    return KnownError(
        f"工作库中找不到“{one.name}”这份文件，没有改动任何内容。",
        "它可能被移走或删除了；请从备份包中恢复，或重新添加一份。",
    )
