"""The notice's text with a label beside each piece: read with the caret, marked in colours, never changed.

One block of the document is one piece; a line end within a piece, which a hard wrap put in, takes no room.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
)
from PySide6.QtWidgets import QTextEdit

from desktop.reading.drafts import NoticeDraft
from desktop.reading.model import LABEL_NAMES, NO_PLACE, Label, NoticePiece, NoticeQuestion
from desktop.ui.kit import look as looks
from desktop.ui.kit.fields import there
from desktop.ui.kit.look import Look
from desktop.ui.wizard import colours, label_painting

UNSEEN = "\u200b"  # stands for a line end within a piece
_KEYS = {Qt.Key.Key_1 + n: label for n, label in enumerate(colours.SHOWN_FIRST)}
_QUIET = frozenset({Label.NOISE, Label.ATTACHMENT})


class PiecesText(QTextEdit):
    """Shows the pieces of a draft.

    Signals:
        moved(): the caret is in another piece
        label_wanted(object): the ``Label`` that the piece with the caret shall have
        merge_wanted(), split_wanted(), title_wanted(): by key, at the caret
        menu_wanted(QPoint): a menu was asked for at that place on the screen
    """

    moved = Signal()
    label_wanted = Signal(object)
    merge_wanted = Signal()
    split_wanted = Signal()
    title_wanted = Signal()
    menu_wanted = Signal(object)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._draft: NoticeDraft | None = None
        self._open: tuple[NoticeQuestion, ...] = ()
        self._asked: frozenset[int] = frozenset()
        self._ordinals: dict[int, int] = {}
        self._current = -1
        self.setProperty("pane", True)
        self.setReadOnly(True)
        self.setUndoRedoEnabled(False)
        self.setTabChangesFocus(True)
        self.selectionChanged.connect(self.moved)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.setAccessibleName("发文各段")
        self.cursorPositionChanged.connect(self._see_caret)
        look.changed.connect(self._build)

    def show_draft(self, draft: NoticeDraft, questions: Sequence[NoticeQuestion]) -> None:
        """Show a draft as it is now; the caret stays at its place in the source."""
        same = self._draft is not None and self._draft.source == draft.source
        place = self.place if same else 0
        top = self.verticalScrollBar().value()
        self._draft, self._open = draft, tuple(questions)
        self._build()
        self._put(place)
        self.verticalScrollBar().setValue(top if same else 0)

    @property
    def place(self) -> int:
        """Return where the caret stands in the source."""
        return self._place_of(self.textCursor().position())

    @property
    def piece(self) -> NoticePiece:
        """Return the piece with the caret."""
        return self._piece(self.textCursor().blockNumber())

    @property
    def selected(self) -> tuple[int, int]:
        """Return the stretch of the source that is selected; both the same where nothing is."""
        cursor = self.textCursor()
        return self._place_of(cursor.selectionStart()), self._place_of(cursor.selectionEnd())

    def go_to(self, place: int) -> None:
        """Put the caret at a place of the source and show it, with some lines above."""
        self._put(place)
        block = self.textCursor().block()
        top = there(self.document().documentLayout()).blockBoundingRect(block).top()
        bar, view = self.verticalScrollBar(), self.viewport().height()
        if not bar.value() <= top <= bar.value() + view - self._look.tokens.px(90):
            bar.setValue(int(top - view / 4))
        self.ensureCursorVisible()

    def step(self, by: int) -> None:
        """Go to the piece so many further down."""
        number = self.textCursor().blockNumber() + by
        if self._draft is not None and 0 <= number < len(self._draft.pieces):
            self.go_to(self._draft.pieces[number].start)

    # ---- places

    def _piece(self, number: int) -> NoticePiece:
        assert self._draft is not None
        return self._draft.pieces[max(0, min(number, len(self._draft.pieces) - 1))]

    def _place_of(self, position: int) -> int:
        """Return the place in the source of a position in the document."""
        block = self.document().findBlock(position)
        piece = self._piece(block.blockNumber())
        return piece.start + self._points(piece, position - block.position())

    def _units(self, start: int, end: int) -> int:
        """Return how many places of Qt's document, which counts in UTF-16, a stretch of the source takes."""
        assert self._draft is not None
        words = self._draft.source[start:end]
        return len(words) + sum(char > "\uffff" for char in words)

    def _points(self, piece: NoticePiece, units: int) -> int:
        assert self._draft is not None
        words, at = self._draft.source[piece.start : piece.end], 0
        for point, char in enumerate(words):
            if at >= units:
                return point
            at += 2 if char > "\uffff" else 1
        return len(words)

    def _put(self, place: int) -> None:
        assert self._draft is not None
        pieces = self._draft.pieces
        number = max((n for n, one in enumerate(pieces) if one.start <= place), default=0)
        block = self.document().findBlockByNumber(number)
        inside = self._units(pieces[number].start, min(max(place, pieces[number].start), pieces[number].end))
        cursor = self.textCursor()
        cursor.setPosition(block.position() + inside)
        self.setTextCursor(cursor)

    # ---- building

    def _build(self) -> None:
        if self._draft is None:
            return
        draft, look = self._draft, self._look.tokens
        self._asked = frozenset(self._holder(question.start) for question in self._open)
        measures = [measure for document in draft.reading.documents for measure in document.measures]
        self._ordinals = {measure.start: measure.ordinal for measure in measures}
        body = QTextCharFormat()
        body.setFont(looks.font(looks.BODY_FAMILIES, look.points(1.12)))
        shape = QTextBlockFormat()
        shape.setLeftMargin(look.px(label_painting.GUTTER))
        shape.setRightMargin(look.px(10))
        shape.setTopMargin(look.px(5))
        shape.setBottomMargin(look.px(5))
        shape.setLineHeight(125, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        self.blockSignals(True)
        self.setUpdatesEnabled(False)
        self.clear()
        cursor = QTextCursor(self.document())
        cursor.beginEditBlock()
        for number, piece in enumerate(draft.pieces):
            style = QTextCharFormat(body)
            style.setForeground(QColor(look.faint if piece.label in _QUIET else look.text))
            if number:
                cursor.insertBlock(shape, style)
            else:
                cursor.setBlockFormat(shape)
            words = draft.source[piece.start : piece.end]
            cursor.insertText(
                "".join(UNSEEN if char in "\n\r\u2028\u2029" else char for char in words), style
            )
            self._mark_title(cursor, piece)
        for measure in measures:
            for statement in measure.statements:
                self._mark(cursor, statement.start, statement.end, look.green_soft, look.green)
        for question in self._open:
            self._mark(cursor, question.start, question.end, look.warn_soft, look.amber)
        cursor.endEditBlock()
        self.setUpdatesEnabled(True)
        self.blockSignals(False)
        self._see_caret()

    def _holder(self, place: int) -> int:
        assert self._draft is not None
        return max((one.start for one in self._draft.pieces if one.start <= place), default=0)

    def _mark_title(self, cursor: QTextCursor, piece: NoticePiece) -> None:
        if piece.title_start == NO_PLACE:
            return
        look = self._look.tokens
        bold = QTextCharFormat()
        bold.setFont(looks.font(looks.UI_FAMILIES, look.points(1.08), bold=True))
        block = cursor.block().position()
        whole = QTextCursor(self.document())
        whole.setPosition(block)
        whole.setPosition(block + self._units(piece.start, piece.title_end), QTextCursor.MoveMode.KeepAnchor)
        whole.mergeCharFormat(bold)

    def _mark(self, cursor: QTextCursor, start: int, end: int, ground: str, line: str) -> None:
        """Lay a ground under a stretch of the source, in as many pieces as it goes through."""
        assert self._draft is not None
        style = QTextCharFormat()
        style.setBackground(QColor(ground))
        style.setFontUnderline(True)
        style.setUnderlineColor(QColor(line))
        for number, piece in enumerate(self._draft.pieces):
            first, last = max(start, piece.start), min(end, piece.end)
            whole = piece.start >= start and piece.end <= end and piece.start in self._asked
            if first >= last or (whole and ground == self._look.tokens.warn_soft):
                continue
            block = self.document().findBlockByNumber(number).position()
            cursor.setPosition(block + self._units(piece.start, first))
            cursor.setPosition(block + self._units(piece.start, last), QTextCursor.MoveMode.KeepAnchor)
            cursor.mergeCharFormat(style)

    # ---- painting

    def _see_caret(self) -> None:
        if self._draft is None:
            return
        number = self.textCursor().blockNumber()
        piece = self._piece(number)
        self.setAccessibleDescription(f"第{number + 1}段：{self.label_words(piece)}")
        if piece.start != self._current:
            self._current = piece.start
            self.moved.emit()
        self.viewport().update()

    def label_words(self, piece: NoticePiece) -> str:
        """Return what stands beside a piece: its label, a measure's place, a mark where it is open."""
        ordinal = self._ordinals.get(piece.start) if piece.label is Label.MEASURE else None
        words = LABEL_NAMES[piece.label] + (f" {ordinal}" if ordinal else "")
        return f"{words}？" if piece.start in self._asked else words

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._draft is None:
            super().paintEvent(event)
            return
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        shown = list(self._visible(event))
        look, wide = self._look.tokens, self.viewport().width()
        for piece, area in shown:
            asked, current = piece.start in self._asked, piece.start == self._current
            label_painting.ground(painter, look, area, wide, asked=asked, current=current)
        painter.end()
        super().paintEvent(event)
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for piece, area in shown:
            words, asked = self.label_words(piece), piece.start in self._asked
            label_painting.pill(painter, look, area, piece.label, words, asked=asked)
        painter.end()

    def _visible(self, event: QPaintEvent) -> list[tuple[NoticePiece, QRectF]]:
        """Return the pieces in sight with the places of their blocks in the view."""
        layout = there(self.document().documentLayout())
        offset = QPointF(-self.horizontalScrollBar().value(), -self.verticalScrollBar().value())
        found: list[tuple[NoticePiece, QRectF]] = []
        block = self.cursorForPosition(event.rect().topLeft()).block()
        while block.isValid():
            area = layout.blockBoundingRect(block).translated(offset)
            if area.top() > event.rect().bottom():
                break
            found.append((self._piece(block.blockNumber()), area))
            block = block.next()
        return found

    # ---- keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        key = event.key()
        if plain and key in _KEYS:
            self.label_wanted.emit(_KEYS[Qt.Key(key)])
        elif plain and key == Qt.Key.Key_Backspace:
            self.merge_wanted.emit()
        elif plain and key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.split_wanted.emit()
        elif plain and key == Qt.Key.Key_T:
            self.title_wanted.emit()
        elif event.modifiers() == Qt.KeyboardModifier.AltModifier and key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.step(-1 if key == Qt.Key.Key_Up else 1)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A right click puts the caret where it is, so that the menu is about that place.

        On a label a click opens that menu too.
        """
        place = event.position().toPoint()
        on_label = place.x() < self._look.tokens.px(label_painting.GUTTER - 8)
        if event.button() == Qt.MouseButton.RightButton or on_label:
            cursor = self.textCursor()
            if on_label or not cursor.hasSelection():
                self.setTextCursor(self.cursorForPosition(place))
        if on_label and event.button() == Qt.MouseButton.LeftButton and self._draft is not None:
            self.go_to(self.piece.start)
            self.menu_wanted.emit(event.globalPosition().toPoint())
            return
        if event.button() != Qt.MouseButton.RightButton:
            super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        on_label = event.position().x() < self._look.tokens.px(label_painting.GUTTER - 8)
        self.viewport().setCursor(
            Qt.CursorShape.PointingHandCursor if on_label else Qt.CursorShape.IBeamCursor
        )
        super().mouseMoveEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if event.reason() == QContextMenuEvent.Reason.Keyboard:
            self.menu_wanted.emit(self.viewport().mapToGlobal(self.cursorRect().bottomLeft()))
        else:
            self.menu_wanted.emit(event.globalPos())
