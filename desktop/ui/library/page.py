"""The page 发文库: the notices of the library, which are in use, and what can be done with them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Signal
from PySide6.QtWidgets import QHBoxLayout, QMenu, QPushButton, QVBoxLayout, QWidget

from desktop.library import drafts
from desktop.ui import verbs
from desktop.ui.kit import context_menu, plain, widgets
from desktop.ui.kit.cells import Piece
from desktop.ui.kit.message_line import MessageLine
from desktop.ui.kit.row_table import RowTable
from desktop.ui.library import notice_rows
from desktop.ui.library.library_changes import LibraryChanges
from desktop.ui.library.notice_card import NoticeCard
from desktop.ui.library.notice_rows import (
    IN_USE,
    ISSUED,
    NOTICE,
    ORIGIN,
    ROW_ROLE,
    UNITS,
    USED,
    VALID,
    WIDTHS,
    LibraryRow,
    LibraryRows,
)

if TYPE_CHECKING:
    from PySide6.QtCore import QModelIndex
    from PySide6.QtGui import QContextMenuEvent, QResizeEvent, QShowEvent

    from desktop.ui.desk import Desk
    from desktop.ui.kit.row_table import Index

NAME = "发文库"
FIRST = "录入第一份发文"
INVITES = "把新的发文粘贴进来，或选择文件，按步骤核对后，它就和程序自带的发文并列使用，互不混淆。"
LEFT_OUT = (UNITS, ISSUED, ORIGIN)
CARD, ROOMY = 348, 900  # pixels at zoom 1: the card's width, and from which width on it stands beside


class NoticeTable(RowTable):
    """The list of notices; a click on the state of one asks for the other state.

    Signals:
        menu_asked(QPoint): what can be done with the selected notice is asked for, at a place on the screen
    """

    menu_asked = Signal(QPoint)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        index, place = context_menu.row_meant(self, event)
        if index.isValid():
            self.selectRow(index.row())
            self.menu_asked.emit(place)


class LibraryPage(QWidget):
    """Lists the notices.

    Attributes:
        changes: what changes the library
        card: what is known of the selected notice

    Signals:
        entry_asked(): a notice is to be taken in
        notice_chosen(str): the first measure of this key is to be read
        comparison_asked(str): the notice of this key is to be compared with another
        import_asked(), export_asked(object): a 发文包 is to be read, or written of the notices of these keys
    """

    entry_asked = Signal()
    notice_chosen = Signal(str)
    comparison_asked = Signal(str)
    import_asked = Signal()
    export_asked = Signal(object)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.changes = LibraryChanges(desk, self)
        self._build()
        self._connect()
        self._take_look()

    def _build(self) -> None:
        self._title = widgets.label(NAME, "heading")
        self._told = widgets.ElidedLabel("muted", "small")
        self.entry_button = widgets.button(
            "录入发文……", "primary", does=self.entry_asked.emit, tip="粘贴或选择一份发文，按步骤收入发文库"
        )
        self.import_button = widgets.button("导入发文包……", does=self.import_asked.emit)
        self.export_button = widgets.button("导出发文包……", does=self._export)
        self.more_button = widgets.button("已移除的 ▾", does=self._open_removed, tip="把移除的发文放回")
        self._head = QHBoxLayout()
        self._head.addWidget(self._title)
        self._head.addWidget(self._told, 1)
        for button in (self.more_button, self.import_button, self.export_button, self.entry_button):
            self._head.addWidget(button)
        self.message = MessageLine(self._desk.look)
        self.model = LibraryRows(self._desk, self)
        self.view = NoticeTable(self._desk.look, self.model, NAME, self._pieces, WIDTHS, (NOTICE, VALID))
        self._invite = self._built_invite()
        left = widgets.frame("card")
        self._list = widgets.column(margins=(1, 1, 1, 1))
        self._list.addWidget(self.view, 1)
        self._list.addWidget(self._built_verbs())
        self._list.addWidget(self._invite)
        left.setLayout(self._list)
        self.card = NoticeCard(self._desk)
        self._side = widgets.frame("card")
        side = widgets.column(margins=(1, 1, 1, 1))
        side.addWidget(self.card, 1)
        self._side.setLayout(side)
        self._across = QHBoxLayout()
        self._across.addWidget(left, 1)
        self._across.addWidget(self._side)
        self._box = QVBoxLayout(self)
        self._box.addLayout(self._head)
        self._box.addWidget(self.message)
        self._box.addLayout(self._across, 1)

    def _built_invite(self) -> QWidget:
        """Return what is said below the list as long as nobody has taken in a notice."""
        made = widgets.frame("surface", edge="top")
        words = widgets.label(INVITES, "muted")
        words.setWordWrap(True)
        self.first_button = widgets.button(FIRST, "primary", does=self.entry_asked.emit)
        self._invite_row = QHBoxLayout(made)
        self._invite_row.addWidget(words, 1)
        self._invite_row.addWidget(self.first_button)
        return made

    def _built_verbs(self) -> QWidget:
        made = widgets.frame("surface", edge="top")
        self.use_button = widgets.button("停用", does=self._switch)
        self.read_button = widgets.button("查阅", does=self._read, tip="在“查阅”页看这份发文的措施")
        self.compare_button = widgets.button("对照……", does=self._compare, tip="与另一份发文的措施并排对照")
        self.remove_button = widgets.button("移除……", does=self._remove)
        self._verbs_row = QHBoxLayout(made)
        for button in (self.use_button, self.read_button, self.compare_button):
            self._verbs_row.addWidget(button)
        self._verbs_row.addStretch(1)
        self._verbs_row.addWidget(self.remove_button)
        return made

    def _connect(self) -> None:
        self.view.selectionModel().selectionChanged.connect(lambda: self._show_chosen())
        self.view.activated.connect(lambda _index: self._read())
        self.view.clicked.connect(self._on_click)
        self.view.menu_asked.connect(self._open_menu)
        self.changes.changed.connect(self._tell)
        self.changes.arrived.connect(self.choose)
        self._desk.catalogue_changed.connect(self.refresh)
        self._desk.look.changed.connect(self._take_look)

    # ---- what is shown

    @property
    def chosen(self) -> LibraryRow | None:
        """Return the selected notice."""
        row = self.view.chosen()
        return self.model.rows[row] if row >= 0 else None

    def choose(self, key: str) -> None:
        """Select a notice."""
        if (row := self.model.row_of(key)) >= 0:
            self.view.selectRow(row)

    def refresh(self) -> None:
        """Take the list anew; the selected notice stays so."""
        if not self.isVisible():
            return
        before = self.chosen
        found = notice_rows.rows(self._desk)
        self.model.show(found)
        self.view.selectRow(max(self.model.row_of(before.key) if before else 0, 0))
        used = sum(row.listed.in_use for row in found)
        out = f"，{len(found) - used} 份已停用" if used < len(found) else ""
        unfinished = len(drafts.listed(self._desk.workspace.folder))
        more = f" · {unfinished} 份没有录完，点“录入发文”接着录" if unfinished else ""
        self._told.setText(f"{used} 份在用{out}{more}")
        none = all(row.listed.own for row in found)
        self._invite.setVisible(none)
        widgets.set_look(self.entry_button, "primary", not none)
        self.more_button.setVisible(bool(self.changes.removed()))
        self._show_chosen()

    def focus_list(self) -> None:
        """Give the list the keyboard."""
        self.view.setFocus()

    def _show_chosen(self) -> None:
        row, catalogue = self.chosen, self._desk.catalogue
        self.card.show_notice(row)
        locked = verbs.READ_ONLY if self._desk.read_only else ""
        for button in (self.entry_button, self.first_button, self.import_button, self.more_button):
            _allow(button, locked)
        if row is None:
            return
        used, own = row.listed.in_use, row.listed.own
        self.use_button.setText("停用……" if used else "启用")
        _allow(
            self.use_button, locked or ("至少要有一份发文在用" if used and len(catalogue.notices) < 2 else "")
        )
        _allow(self.read_button, "" if used else "已停用的发文不在“查阅”中")
        _allow(self.compare_button, "" if self.model.rowCount() > 1 else "发文库中只有这一份")
        _allow(self.remove_button, locked or ("程序自带的发文不能移除，不用时可以停用" if own else ""))

    def _pieces(self, index: Index) -> list[Piece]:
        look, row, column = self._desk.look.tokens, index.data(ROW_ROLE), index.column()
        first, _, second = str(index.data()).partition("\n")
        quiet = look.text if row.listed.in_use else look.muted
        if column == NOTICE:
            return [Piece(first, quiet, bold=True), *([Piece(second, look.muted, 0.92)] if second else [])]
        if column == VALID:
            past = self._desk.validity_of(row.notice).expired
            mark = look.near if past else look.muted
            return [Piece(first, quiet if second else mark), *([Piece(second, mark, 0.92)] if second else [])]
        if column == USED:
            return [Piece(first, look.green if first == IN_USE else look.grey, 0.92, boxed=True)]
        return [Piece(first, quiet)]

    def _tell(self, words: str, back: object) -> None:
        if callable(back):
            self.message.tell(words, 撤销=back)
        else:
            self.message.tell(words)

    # ---- what is asked for

    def _on_click(self, index: QModelIndex) -> None:
        if index.column() == USED and self.use_button.isEnabled():
            self._switch()

    def _switch(self) -> None:
        if (row := self.chosen) is not None:
            if row.listed.in_use:
                self.changes.ask_stop(row)
            else:
                self.changes.use(row, on=True)

    def _read(self) -> None:
        row = self.chosen
        if row is not None and row.listed.in_use:
            documents = self._desk.catalogue.documents_in(row.key)
            measures = self._desk.catalogue.measures_in_document(documents[0].key) if documents else ()
            if measures:
                self.notice_chosen.emit(measures[0].key)

    def _compare(self) -> None:
        if (row := self.chosen) is not None:
            self.comparison_asked.emit(row.key)

    def _remove(self) -> None:
        if (row := self.chosen) is not None and not row.listed.own:
            self.changes.ask_remove(row)

    def _export(self) -> None:
        if (row := self.chosen) is not None:
            self.export_asked.emit((row.key,))

    def _open_menu(self, place: QPoint) -> None:
        menu = QMenu(self)
        for button in (self.read_button, self.use_button, self.compare_button, self.export_button):
            menu.addAction(button.text(), button.click).setEnabled(button.isEnabled())
        menu.addSeparator()
        menu.addAction(self.remove_button.text(), self._remove).setEnabled(self.remove_button.isEnabled())
        context_menu.open_at(menu, place)

    def _open_removed(self) -> None:
        context_menu.open_at(
            self.removed_menu(), self.more_button.mapToGlobal(self.more_button.rect().bottomLeft())
        )

    def removed_menu(self) -> QMenu:
        """Return the menu of what was removed; a line puts its notice back."""
        menu = QMenu(self)
        for name, called in self.changes.removed():
            plain.line(menu, f"放回 {called}").triggered.connect(
                lambda _on=False, name=name: self.changes.take_back(name)
            )
        return menu

    # ---- look

    def _take_look(self) -> None:
        px = self._desk.look.tokens.px
        self._box.setContentsMargins(px(16), px(12), px(16), px(12))
        self._box.setSpacing(px(10))
        self._across.setSpacing(px(12))
        self._head.setSpacing(px(8))
        for row in (self._invite_row, self._verbs_row):
            row.setContentsMargins(px(14), px(10), px(14), px(10))
            row.setSpacing(px(8))
        self._side.setFixedWidth(px(CARD))
        self._fit()

    def _fit(self) -> None:
        """Leave out what has no room: the card, then the columns that matter least."""
        px = self._desk.look.tokens.px
        self._side.setVisible(self.width() >= px(ROOMY))
        narrow = self.width() < px(ROOMY)
        for column in LEFT_OUT:
            if self.view.isColumnHidden(column) != narrow:
                self.view.setColumnHidden(column, narrow)
        self.view.fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.refresh()
        self.changes.look_again()
        self.focus_list()


def _allow(button: QPushButton, why_not: str) -> None:
    """Allow what a button does unless there is a reason against it, which its tip says then."""
    if button.isEnabled():
        button.setProperty("usual", button.toolTip())
    button.setEnabled(not why_not)
    button.setToolTip(plain.tip(why_not) if why_not else button.property("usual"))
