"""The navigator: the tree, and the choice of what it is ordered by."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSignalBlocker,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QContextMenuEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QStackedLayout,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeView,
    QVBoxLayout,
    QWidget,
)

from desktop.catalogue.model import Measure
from desktop.ui import verbs
from desktop.ui.browse import navigator_model
from desktop.ui.desk import Desk
from desktop.ui.kit import fields, icons, widgets
from desktop.workspace.items import notes

if TYPE_CHECKING:
    from desktop.ui.browse.listed import ListedBar

Index = QModelIndex | QPersistentModelIndex

FAVOURITES, MEASURE = "favourite", "measure"
ORDERS = (("category", "类别"), ("unit", "责任单位"), ("beneficiary", "适用对象"), (FAVOURITES, "收藏"))


class NavigatorDelegate(QStyledItemDelegate):
    """Paints a branch (bold, count at the right) or a measure (number, title, star and note marks)."""

    def __init__(self, desk: Desk, view: QTreeView) -> None:
        super().__init__(view)
        self._desk, self._view = desk, view

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        option = fields.of_option(option)
        branch = index.data(navigator_model.NUMBER_ROLE) is None
        return QSize(option.rect.width(), self._desk.look.tokens.px(34 if branch else 30))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        option = fields.of_option(option)
        look = self._desk.look.tokens
        painter.save()
        current = self._view.currentIndex()
        selected = index == current
        whole = QRect(0, option.rect.y(), self._view.viewport().width(), option.rect.height())
        if selected or self._hovered(option):
            painter.fillRect(whole, QColor(look.accent_soft if selected else look.hover))
            if selected:
                painter.fillRect(QRect(0, whole.y(), look.px(3), whole.height()), QColor(look.accent))
        first = not current.isValid() and index.row() == 0 and not index.parent().isValid()
        if (selected or first) and self._view.hasFocus():
            painter.setPen(QColor(look.accent))
            painter.drawRect(whole.adjusted(0, 0, -1, -1))
        area = option.rect.adjusted(look.px(2), 0, -look.px(12), 0)
        number = index.data(navigator_model.NUMBER_ROLE)
        if number is None:
            self._paint_branch(painter, option, area, index)
        else:
            self._paint_measure(painter, option, area, index)
        painter.restore()

    def _hovered(self, option: QStyleOptionViewItem) -> bool:
        """Tell whether the mouse is over the row; only there Qt's class of styles is asked for."""
        if not self._view.underMouse():
            return False
        from PySide6.QtWidgets import QStyle

        return bool(fields.of_option(option).state & QStyle.StateFlag.State_MouseOver)

    def _paint_branch(
        self, painter: QPainter, option: QStyleOptionViewItem, area: QRect, index: Index
    ) -> None:
        option = fields.of_option(option)
        look = self._desk.look.tokens
        count = str(index.data(navigator_model.COUNT_ROLE))
        right = option.fontMetrics.horizontalAdvance(count) + look.px(10)
        painter.setPen(QColor(look.faint))
        painter.drawText(area, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, count)
        bold = option.font
        bold.setBold(True)
        painter.setFont(bold)
        painter.setPen(QColor(look.text))
        self._draw_elided(painter, area.adjusted(0, 0, -right, 0), index.data())

    def _paint_measure(
        self, painter: QPainter, option: QStyleOptionViewItem, area: QRect, index: Index
    ) -> None:
        option = fields.of_option(option)
        look = self._desk.look.tokens
        numbers = option.fontMetrics.horizontalAdvance("00")
        painter.setPen(QColor(look.faint))
        place = QRect(area.x(), area.y(), numbers, area.height())
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
        painter.drawText(place, flags, str(index.data(navigator_model.NUMBER_ROLE)))
        right = 0
        size = look.px(13)
        for role, name in ((navigator_model.STARRED_ROLE, "star-on"), (navigator_model.NOTED_ROLE, "note")):
            if index.data(role):
                right += size + look.px(4)
                mark = icons.pixmap(name, look.accent, size, self._view.devicePixelRatioF())
                painter.drawPixmap(area.right() - right + look.px(4), area.center().y() - size // 2, mark)
        painter.setPen(QColor(look.text))
        self._draw_elided(painter, area.adjusted(numbers + look.px(10), 0, -right, 0), index.data())

    @staticmethod
    def _draw_elided(painter: QPainter, area: QRect, text: str) -> None:
        shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, area.width())
        painter.drawText(area, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)


class MeasureTree(QTreeView):
    """A tree view whose branch marks are icons of the look.

    A right click selects nothing: what is selected stands in the reader, and another row may be compared
    with that.

    Signals:
        menu_asked(QModelIndex, QPoint): the menu of a row is asked for, at a place on the screen
    """

    menu_asked = Signal(QModelIndex, QPoint)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.setHeaderHidden(True)
        self.setUniformRowHeights(False)
        self.setMouseTracking(True)
        self.setExpandsOnDoubleClick(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName("措施目录")

    def drawBranches(self, painter: QPainter, rect: QRect, index: Index) -> None:
        if index.parent().isValid():
            return
        look = self._desk.look.tokens
        size = look.px(12)
        name = "down" if self.isExpanded(index) else "forward"
        mark = icons.pixmap(name, look.faint, size, self.devicePixelRatioF())
        painter.drawPixmap(rect.right() - size - look.px(3), rect.center().y() - size // 2, mark)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.RightButton:
            super().mousePressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        from desktop.ui.kit import context_menu

        index, place = context_menu.row_meant(self, event)
        if index.isValid():
            self.menu_asked.emit(index, place)


class Navigator(QFrame):
    """The left column of 查阅 while nothing is searched for.

    Signals:
        measure_chosen(str): a measure was selected
        branch_chosen(str, str): order and key of the branch that was selected
        output_asked(object): the favourites are to be printed or exported; the button that asks for it
        menu_asked(str, str, QPoint): the menu of a measure or of a branch is asked for: ``MEASURE`` or the
            order, the key, a place on the screen
    """

    measure_chosen = Signal(str)
    branch_chosen = Signal(str, str)
    output_asked = Signal(object)
    menu_asked = Signal(str, str, QPoint)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._order = ""
        self._build()
        self._connect()
        self.take_look()
        self.set_order("category")

    def _build(self) -> None:
        self._orders = QButtonGroup(self)
        segments = widgets.frame(name="segments")
        row = QHBoxLayout(segments)
        row.setContentsMargins(3, 3, 3, 3)
        row.setSpacing(2)
        for at, (_, title) in enumerate(ORDERS):
            choice = widgets.button(title, "segment", tip=f"按{title}" if title != "收藏" else "只看收藏")
            choice.setCheckable(True)
            self._orders.addButton(choice, at)
            row.addWidget(choice, 1)
        self._model = navigator_model.NavigatorModel(self._marks, self)
        self.tree = MeasureTree(self._desk)
        self.tree.setModel(self._model)
        self.tree.setItemDelegate(NavigatorDelegate(self._desk, self.tree))
        self._empty = widgets.label(
            f"还没有收藏。\n打开一条措施，点“收藏”或按 {verbs.FAVOURITE.keys[0]}，\n它就会出现在这里。",
            "muted",
        )
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        below = QWidget()
        self._stack = QStackedLayout(below)
        self._stack.addWidget(self.tree)
        self._stack.addWidget(self._empty)
        top = QHBoxLayout()
        top.setContentsMargins(12, 10, 12, 8)
        top.addWidget(segments)
        layout = self._column = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(top)
        layout.addWidget(below, 1)

    def _connect(self) -> None:
        self._orders.idClicked.connect(lambda at: self.set_order(ORDERS[at][0]))
        self.tree.selectionModel().currentChanged.connect(self._tell)
        self.tree.clicked.connect(self._toggle)
        self.tree.menu_asked.connect(self._ask_menu)
        self._desk.favourites_changed.connect(self._follow_favourites)
        self._desk.note_changed.connect(lambda _key: self._model.refresh_marks())
        self._desk.look.changed.connect(self.take_look)

    @cached_property
    def bar(self) -> ListedBar:
        """Return the line above the favourites, made when there are some to be shown."""
        from desktop.ui.browse.listed import ListedBar

        made = ListedBar(self._desk.look)
        made.asked.connect(self.output_asked)
        self._column.insertWidget(1, made)
        return made

    @property
    def order(self) -> str:
        """Return what the tree is ordered by: ``category``, ``unit``, ``beneficiary`` or ``favourite``."""
        return self._order

    def set_order(self, order: str) -> None:
        """Order the tree anew, keeping the selected measure selected."""
        known = [name for name, _ in ORDERS]
        order = order if order in known else "category"
        chosen = self.tree.currentIndex().data(navigator_model.KEY_ROLE)
        self._order = order
        self._orders.button(known.index(order)).setChecked(True)
        branches = {
            "category": navigator_model.by_category,
            "unit": navigator_model.by_unit,
            "beneficiary": navigator_model.by_beneficiary,
            FAVOURITES: self._favourites,
        }[order](self._desk.catalogue)
        self._model.set_branches(branches)
        self._stack.setCurrentIndex(0 if branches else 1)
        count = len(self.favourites)
        if count or "bar" in vars(self):
            self.bar.tell(f"共 {count} 条" if count else "")
        if order in ("category", FAVOURITES):
            self.tree.expandAll()
        if chosen:
            self.select(chosen)

    def unfold(self, key: str) -> None:
        """Open a branch that is closed, close one that is open."""
        self._toggle(self._model.find(key))

    def measures_of(self, key: str) -> tuple[Measure, ...]:
        """Return the measures of a branch."""
        return self._model.measures_of(key)

    def is_unfolded(self, key: str) -> bool:
        """Return whether a branch is open."""
        return self.tree.isExpanded(self._model.find(key))

    def select(self, key: str) -> None:
        """Select a measure or branch without telling; one that the tree does not hold leaves no selection."""
        index = self._model.find(key, self.tree.currentIndex())
        with QSignalBlocker(self):
            self.tree.setCurrentIndex(index)
        if index.isValid():
            self.tree.scrollTo(index)

    def take_look(self) -> None:
        """Take colours and sizes from the desk."""
        self.tree.setIndentation(self._desk.look.tokens.px(22))
        self.tree.doItemsLayout()

    @property
    def favourites(self) -> tuple[Measure, ...]:
        """Return the favourites, while they are what is listed."""
        if self._order != FAVOURITES:
            return ()
        known = {measure.key: measure for measure in self._desk.catalogue.measures}
        measures = [known[key] for key in notes.favourites(self._desk.workspace.db) if key in known]
        return tuple(sorted(measures, key=lambda measure: (measure.document_key, measure.number)))

    def _favourites(self, catalogue: object) -> list[navigator_model.Branch]:  # noqa: ARG002
        measures = self.favourites
        return [navigator_model.Branch(FAVOURITES, "收藏", measures)] if measures else []

    def _marks(self) -> tuple[set[str], set[str]]:
        return set(notes.favourites(self._desk.workspace.db)), notes.noted(self._desk.workspace.db)

    def _follow_favourites(self) -> None:
        if self._order == FAVOURITES:
            self.set_order(FAVOURITES)
        else:
            self._model.refresh_marks()

    def _toggle(self, index: QModelIndex) -> None:
        if self._model.measure(index) is None:
            self.tree.setExpanded(index, not self.tree.isExpanded(index))

    def _ask_menu(self, index: QModelIndex, place: QPoint) -> None:
        measure = self._model.measure(index)
        key = measure.key if measure else index.data(navigator_model.KEY_ROLE)
        self.menu_asked.emit(MEASURE if measure else self._order, key, place)

    def _tell(self, index: QModelIndex) -> None:
        measure = self._model.measure(index)
        if measure is not None:
            self.measure_chosen.emit(measure.key)
        elif index.isValid():
            self.branch_chosen.emit(self._order, index.data(navigator_model.KEY_ROLE))
