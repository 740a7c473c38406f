"""Draws a checklist's cells and carries what is typed in them to the model, as it is typed."""

from __future__ import annotations

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QAbstractScrollArea,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)
from shiboken6 import isValid

from desktop.ui.checklist import bands, columns
from desktop.ui.checklist import cells as checklist_cells
from desktop.ui.checklist.editors import DateEditor, TextEditor
from desktop.ui.checklist.model import BAND_ROLE, EVIDENCE_ROLE, ITEM_ROLE, ChecklistModel
from desktop.ui.desk import Desk
from desktop.ui.kit import cells, fields
from desktop.ui.kit.fields import there
from desktop.workspace.items import typed_dates
from desktop.workspace.items.typed_dates import Around, Asked

Index = QModelIndex | QPersistentModelIndex

LOW_LINES, LOW_PAD_Y = 2, 3
NO_HINT = QAbstractItemDelegate.EndEditHint.NoHint
ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
HINTS = {
    **dict.fromkeys(ENTER, NO_HINT),
    Qt.Key.Key_Tab: QAbstractItemDelegate.EndEditHint.EditNextItem,
    Qt.Key.Key_Backtab: QAbstractItemDelegate.EndEditHint.EditPreviousItem,
}


class ChecklistDelegate(QStyledItemDelegate):
    """Paints from the look's tokens; makes, fills and reads the editors.

    Attributes:
        editor: the open editor, or None
        drop_row: the row over which files are held, or -1

    Signals:
        not_a_date(object, str): an editor, of this ``ItemKey``, was left with this text, which names no
            deadline for certain; nothing was written
    """

    not_a_date = Signal(object, str)

    def __init__(self, desk: Desk, table: QAbstractScrollArea) -> None:
        super().__init__(table)
        self._desk, self._table = desk, table
        self._writing = False
        self._edited = QPersistentModelIndex()
        self.editor: TextEditor | DateEditor | None = None
        self.drop_row = -1

    def save(self) -> None:
        """Write what stands in the open editor, if there is one."""
        if self.editor is not None and isValid(self.editor):
            self.commitData.emit(self.editor)

    def leave(self, hint: QAbstractItemDelegate.EndEditHint = NO_HINT) -> None:
        """Write what stands in the open editor and close it; ``hint`` says which cell to go to."""
        self.save()
        if self.editor is not None and isValid(self.editor):
            self.closeEditor.emit(self.editor, hint)

    # ---- drawing

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        option = fields.of_option(option)
        look, rect = self._desk.look.tokens, option.rect
        if above := self.above(index):
            band = QRect(rect.x(), rect.y(), rect.width(), above)
            bands.paint(painter, band, self._table.viewport().width(), index.data(BAND_ROLE), look)
            rect = rect.adjusted(0, above, 0, 0)
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.fillRect(rect, QColor(look.accent_soft if selected else look.surface))
        if index != self._edited:
            made = self._pieces(index, selected)
            cells.paint(painter, rect, made, look, self._pad, self._most(made))
        painter.save()
        painter.setPen(QPen(QColor(look.border), 1))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(QColor(look.accent), 1))
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.drawRoundedRect(rect.adjusted(1, 1, -2, -2).toRectF().translated(0.5, 0.5), 4, 4)
        if index.row() == self.drop_row:
            painter.setPen(QPen(QColor(look.accent), 2))
            for line in ((rect.topLeft(), rect.topRight()), (rect.bottomLeft(), rect.bottomRight())):
                painter.drawLine(*line)
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        option = fields.of_option(option)
        width = option.rect.width()
        return QSize(width, self.height(index, width))

    def height(self, index: Index, width: int) -> int:
        """Return how high a cell of ``width`` pixels must be to show all of its text."""
        made = self._pieces(index, False)
        own = cells.height(made, width, self._desk.look.tokens, self._pad, self._most(made)) + 1
        return own + self.above(index)

    def above(self, index: Index) -> int:
        """Return how high the band is that stands in a row above its cells."""
        return bands.height(index.data(BAND_ROLE), self._desk.look.tokens, low=self.low)

    @property
    def low(self) -> bool:
        """Return whether the window is so low that a row shows no more than two lines."""
        return self._desk.look.tokens.low(self._table)

    @property
    def _pad(self) -> int:
        return LOW_PAD_Y if self.low else cells.PAD_Y

    def _most(self, made: list[cells.Piece]) -> int:
        """Return how many lines each piece of a cell may have."""
        return max(LOW_LINES // max(len(made), 1), 1) if self.low else cells.MOST_LINES

    def _pieces(self, index: Index, selected: bool) -> list[cells.Piece]:
        item = index.data(ITEM_ROLE)
        writable = selected and not self._desk.read_only and not item.orphaned
        made = checklist_cells.pieces(
            item,
            index.column(),
            self._desk.look.tokens,
            self._desk.today(),
            writable,
            index.data(EVIDENCE_ROLE),
        )
        return checklist_cells.shortened(made, index.column()) if self.low else made

    # ---- editing

    def createEditor(  # type: ignore[override]  # None where nothing is edited
        self, parent: QWidget, _option: QStyleOptionViewItem, index: Index
    ) -> QWidget | None:
        if index.column() == columns.DEADLINE:
            self._edited = QPersistentModelIndex(index)
            self.editor = date = DateEditor(parent, self._desk.look.tokens)
            date.chosen.connect(lambda: self.leave())
            return date
        if index.column() not in columns.TEXT_COLUMNS:
            return None
        self.editor = text = TextEditor(parent)
        text.paused.connect(self.save)
        text.left.connect(lambda: self.leave())
        text.textChanged.connect(self._grow)
        return text

    def destroyEditor(self, editor: QWidget, index: Index) -> None:
        if editor is self.editor:
            self.editor = None
            self._edited = QPersistentModelIndex()
        super().destroyEditor(editor, index)

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        assert isinstance(editor, TextEditor | DateEditor)
        kept = index.data(Qt.ItemDataRole.EditRole)
        if not self._writing and kept != editor.known:
            editor.set_value(kept)

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        assert isinstance(editor, TextEditor | DateEditor)
        assert isinstance(model, ChecklistModel)
        value = editor.value()
        if isinstance(editor, DateEditor) and value is None:
            text = editor.text()
            editor.restore()
            self.not_a_date.emit(index.data(ITEM_ROLE).key, text)
            return
        if self._writing or value is None or value == index.data(Qt.ItemDataRole.EditRole):
            return
        self._writing = True
        try:
            field = columns.COLUMNS[index.column()].field
            written = model.write(index.data(ITEM_ROLE).key, {field: value}, editor.session)
        finally:
            self._writing = False
        if not isValid(editor) or not index.isValid():
            return
        kept = index.data(Qt.ItemDataRole.EditRole)
        if written:
            editor.known = kept
        else:
            editor.set_value(kept)

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: Index) -> None:
        option = fields.of_option(option)
        look, room = self._desk.look.tokens, there(editor.parentWidget()).rect()
        cell = option.rect.adjusted(0, self.above(index), 0, 0)
        if isinstance(editor, DateEditor):
            wide, tall = max(cell.width(), look.px(142)), look.px(30)
            top = cell.top() + look.px(5)
        else:
            wide, tall = max(cell.width(), look.px(200)), max(cell.height(), look.px(60))
            top = cell.top()
        left = min(cell.left(), max(room.right() - wide, 0))
        editor.setGeometry(QRect(left, top, wide, tall))
        self._grow()

    def _grow(self) -> None:
        editor = self.editor
        if not isinstance(editor, TextEditor) or not isValid(editor):
            return
        room = there(editor.parentWidget()).height()
        need = max(editor.height(), editor.height_for_text())
        bar = Qt.ScrollBarPolicy.ScrollBarAsNeeded if need > room else Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        editor.setVerticalScrollBarPolicy(bar)
        tall = min(need, room)
        top = max(0, min(editor.y(), room - tall))
        editor.setGeometry(editor.x(), top, editor.width(), tall)

    def eventFilter(self, editor: QObject, event: QEvent) -> bool:
        if (
            not isinstance(event, QKeyEvent)
            or event.type() != QEvent.Type.KeyPress
            or editor is not self.editor
        ):
            return super().eventFilter(editor, event)
        key, is_date = Qt.Key(event.key()), isinstance(editor, DateEditor)
        if key == Qt.Key.Key_Escape and not is_date:
            self.leave()
            return True
        if key not in HINTS or (key in ENTER and not is_date):
            return super().eventFilter(editor, event)
        if isinstance(editor, DateEditor) and editor.value() is None and not self._is_probable(editor.text()):
            editor.refuse()
        else:
            self.leave(HINTS[key])
        return True

    def _is_probable(self, text: str) -> bool:
        """Say whether a deadline may be meant, which is asked back once the editor is left."""
        item = self._edited.data(ITEM_ROLE)
        reading = typed_dates.read(text, Around(self._desk.today(), item.entry.deadline))
        return isinstance(reading, Asked)
