"""The pages of a paper on the screen, one at a time.

Qt's own preview asks the system for its printers as soon as it is made, and so the network where the system
does; this one draws the paper itself.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPalette, QPen
from PySide6.QtWidgets import QFrame, QGraphicsItem, QGraphicsScene, QGraphicsView

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent
    from PySide6.QtWidgets import QStyleOptionGraphicsItem, QWidget

    from desktop.ui.printing.paper import Paper

EDGE = 12  # points around a page


class PageView(QGraphicsView):
    """Shows one page, whole or as wide as the view.

    Attributes: ``page``, the number of the page shown, from 1.

    Signals:
        turned(): another page is shown
    """

    turned = Signal()

    def __init__(self, paper: Paper) -> None:
        super().__init__()
        self._paper = paper
        self._wide = False
        self.page = 1
        self._sheet = _Sheet(paper)
        self._build()

    def _build(self) -> None:
        scene = QGraphicsScene(self)
        scene.addItem(self._sheet)
        scene.setSceneRect(self._sheet.boundingRect().adjusted(-EDGE, -EDGE, EDGE, EDGE))
        scene.setBackgroundBrush(self.palette().color(QPalette.ColorRole.Mid))
        self.setScene(scene)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing)
        self.setDragMode(QGraphicsView.DragMode.ScrollHandDrag)

    def show_page(self, page: int) -> None:
        """Show this page, if there is one of that number."""
        if 1 <= page <= self._paper.pageCount() and page != self.page:
            self.page = page
            self._sheet.turn_to(page - 1)
            self.verticalScrollBar().setValue(0)
            self.turned.emit()

    def show_whole(self) -> None:
        """Show the page as large as the view has room for."""
        self._wide = False
        self._fit()

    def show_wide(self) -> None:
        """Show the page as wide as the view."""
        self._wide = True
        self._fit()

    def _fit(self) -> None:
        room = self.sceneRect()
        if self._wide:
            across = (self.viewport().width() - 2) / room.width()
            self.resetTransform()
            self.scale(across, across)
        else:
            self.fitInView(room, Qt.AspectRatioMode.KeepAspectRatio)

    # ---- Qt

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()


class _Sheet(QGraphicsItem):
    """A sheet of paper, in points."""

    def __init__(self, paper: Paper) -> None:
        super().__init__()
        self._paper, self._page = paper, 0
        self._size = QRectF(paper.layout.fullRectPoints())
        self.setCacheMode(QGraphicsItem.CacheMode.DeviceCoordinateCache)

    def turn_to(self, page: int) -> None:
        """Draw another page, counted from 0."""
        self._page = page
        self.update()

    def boundingRect(self) -> QRectF:
        return self._size

    def paint(
        self,
        painter: QPainter,
        _option: QStyleOptionGraphicsItem,
        _widget: QWidget | None = None,
    ) -> None:
        painter.fillRect(self._size, QColor("white"))
        self._paper.draw_page(painter, self._page)
        painter.setPen(QPen(QColor("#a0a0a0"), 0))
        painter.drawRect(self._size.adjusted(0, 0, -0.5, -0.5))
