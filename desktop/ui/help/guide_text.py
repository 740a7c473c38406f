"""The manual to read on the screen: one text that is searched, with its headings and its pictures."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, QSizeF, Qt, QTimer, Signal
from PySide6.QtGui import (
    QColor,
    QImage,
    QImageReader,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPen,
    QResizeEvent,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
)
from PySide6.QtWidgets import QTextBrowser

from desktop.ui.help import guide
from desktop.ui.help.guide_setting import INDENT, LINK, GuideType, set_lines
from desktop.ui.kit import fields
from desktop.ui.kit import look as looks

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtCore import QUrl

    from desktop.ui.help.guide import GuideLine
    from desktop.ui.kit.look import Look

WIDEST, AROUND, MARGIN = 780, 32, 8  # pixels at zoom 1: a column of text, and what is left beside it at least
AGAIN_MS = 60
SET_IN = 1.05  # times the size of the interface


class GuideText(QTextBrowser):
    """Shows the manual in a column of a width that reads well.

    Attributes: ``headings``, the words of each heading by the number of its block, in their order.

    Signals:
        moved(): another heading may be the one that is read
        picture_asked(str): a picture is to be seen whole, by its name
        searched(): other hits are marked, or another of them is the one
    """

    moved = Signal()
    picture_asked = Signal(str)
    searched = Signal()

    def __init__(self, look: Look, told: Sequence[GuideLine]) -> None:
        super().__init__()
        self._look, self._told = look, told
        self.headings: dict[int, GuideLine] = {}
        self.hits: list[QTextCursor] = []
        self.hit = -1
        self._sought = ""
        self.setAccessibleName("使用手册")
        self.setProperty("leaf", "true")
        self.setOpenLinks(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setUndoRedoEnabled(False)
        self._later = QTimer(self, singleShot=True, interval=AGAIN_MS)
        self._later.timeout.connect(self._set)
        self.anchorClicked.connect(self._on_link)
        self.verticalScrollBar().valueChanged.connect(lambda _at: self.moved.emit())
        look.changed.connect(self._set)
        self._set()

    # ---- where one is

    @property
    def read_heading(self) -> int:
        """Return the block of the heading under which the first line in view stands; -1 above the first."""
        at = self.cursorForPosition(self.viewport().rect().topLeft()).blockNumber() + 1
        blocks = list(self.headings)
        found = bisect_right(blocks, at)
        return blocks[found - 1] if found else -1

    def go_to(self, block: int) -> None:
        """Bring a block to the top."""
        layout = self.document().documentLayout()
        top = layout.blockBoundingRect(self.document().findBlockByNumber(block)).top()
        self.verticalScrollBar().setValue(round(top) - self._look.tokens.px(6))

    def go_to_task(self, words: str) -> None:
        """Bring the heading of these words to the top, if there is one."""
        for block, heading in self.headings.items():
            if heading.words == words:
                self.go_to(block)

    # ---- searching

    def search(self, words: str) -> None:
        """Mark all hits of ``words`` and go to the first at or below what is in view."""
        self._sought = words.strip()
        self._find()
        top = self.cursorForPosition(self.viewport().rect().topLeft()).position()
        below = (number for number, hit in enumerate(self.hits) if hit.selectionStart() >= top)
        self.hit = next(below, 0 if self.hits else -1)
        self._mark()

    def step(self, by: int) -> None:
        """Go to the next hit, or with -1 to the one before; round at the ends."""
        if self.hits:
            self.hit = (self.hit + by) % len(self.hits)
            self._mark()

    def _find(self) -> None:
        self.hits = []
        found = self.document().find(self._sought) if self._sought else QTextCursor()
        while not found.isNull():
            self.hits.append(found)
            found = self.document().find(self._sought, found)

    def _mark(self, *, go: bool = True) -> None:
        look = self._look.tokens
        marks = []
        for number, hit in enumerate(self.hits):
            mark = QTextCharFormat()
            mark.setBackground(QColor(look.mark_now if number == self.hit else look.mark))
            mark.setForeground(QColor(look.mark_text))
            marks.append(fields.selection(hit, mark))
        self.setExtraSelections(marks)
        if go and self.hit >= 0:
            self._show(self.hits[self.hit])
        self.searched.emit()

    def _show(self, hit: QTextCursor) -> None:
        start = QTextCursor(hit)
        start.setPosition(hit.selectionStart())
        place = self.cursorRect(start)
        if not self.viewport().rect().adjusted(0, 0, 0, -place.height()).contains(place.topLeft()):
            bar = self.verticalScrollBar()
            bar.setValue(bar.value() + place.top() - self.viewport().height() // 3)

    # ---- setting it

    def _set(self) -> None:
        """Set the text anew, for this width and look; what was at the top stays there."""
        look = self._look.tokens
        aside = max(look.px(AROUND), (self.width() - look.px(WIDEST + 2 * MARGIN)) // 2)
        self.setViewportMargins(aside, 0, aside, 0)
        top, hit = self.cursorForPosition(self.viewport().rect().topLeft()).blockNumber(), self.hit
        dots = self.logicalDpiY() / 72
        kind = GuideType(
            look.points(SET_IN),
            look.text,
            look.muted,
            look.accent,
            lambda points, bold: looks.font(looks.UI_FAMILIES, points, bold=bold),
            lambda points: points * dots,
            lambda points: points * dots,
            lambda name: QSizeF(self._size(name).width() / dots, self._size(name).height() / dots),
        )
        document = QTextDocument(self)
        document.setDocumentMargin(look.px(MARGIN))
        document.setDefaultFont(looks.font(looks.UI_FAMILIES, kind.size))
        option = document.defaultTextOption()
        option.setTabStopDistance(kind.length(kind.size) * INDENT)
        document.setDefaultTextOption(option)
        self.setDocument(document)
        self.headings = set_lines(document, self._told, kind)
        self.moveCursor(QTextCursor.MoveOperation.Start)  # it was written at its end, which would be shown
        self.go_to(top)
        self._find()
        self.hit = min(hit, len(self.hits) - 1)
        self._mark(go=False)
        self.moved.emit()

    def _size(self, name: str) -> QSize:
        """Return the size in which a picture is shown: its own, or what the column has room for."""
        own = QImageReader(str(guide.picture(name))).size()
        look = self._look.tokens
        room = max(min(self.viewport().width() - 2 * look.px(MARGIN) - 2, look.px(WIDEST)), 100)
        return own if own.width() <= room else QSize(room, round(own.height() * room / max(own.width(), 1)))

    def loadResource(self, kind: int, name: QUrl | str) -> object:
        file = name if isinstance(name, str) else name.toString()
        if kind != QTextDocument.ResourceType.ImageResource.value:
            return super().loadResource(kind, name)
        return self._picture(file)

    def _picture(self, name: str) -> QImage:
        """Read a picture in the size in which it is shown, with a line around it."""
        scale = self.devicePixelRatioF()
        reader = QImageReader(str(guide.picture(name)))
        reader.setScaledSize(self._size(name) * scale)
        image = reader.read().convertToFormat(QImage.Format.Format_RGB32)
        if not image.isNull():
            painter = QPainter(image)
            painter.setPen(QPen(QColor(self._look.tokens.border), 1))
            painter.drawRect(image.rect().adjusted(0, 0, -1, -1))
            painter.end()
            image.setDevicePixelRatio(scale)
        return image

    def _on_link(self, link: QUrl) -> None:
        if (target := link.toString()).startswith(LINK):
            self.picture_asked.emit(target.removeprefix(LINK))

    # ---- Qt

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._later.start()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.MoveToStartOfDocument):
            self.verticalScrollBar().setValue(0)
        super().keyPressEvent(event)
