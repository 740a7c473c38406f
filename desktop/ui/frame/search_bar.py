"""The search field with its filters, and when to search."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QWidget

from desktop.catalogue.model import UNASSIGNED, UNASSIGNED_NAME
from desktop.catalogue.typeset import typeset
from desktop.ui.desk import Desk
from desktop.ui.frame.search_field import END_SIZE, SearchField
from desktop.ui.kit import plain, widgets
from desktop.workspace import words

if TYPE_CHECKING:
    from collections.abc import Iterable

    from desktop.catalogue.query import Catalogue
    from desktop.catalogue.search import Filters

PAUSE_MS = 60
CHIP_CHARACTERS = 9
LEAST = 140  # pixels of the field at zoom 1
NOTICE = "notice"
MOST_CATEGORIES = 80  # of several papers together, in one menu
FIELDS = (
    (NOTICE, "发文"),
    ("category", "类别"),
    ("unit", "责任单位"),
    ("beneficiary", "适用对象"),
    ("support", "支持方式"),
)


class FilterChip(widgets.PushButton):
    """One filter: opens its choices when it is off, takes itself off when it is on.

    Signals:
        chosen(str): the key chosen, empty for none
    """

    chosen = Signal(str)

    def __init__(self, title: str) -> None:
        super().__init__()
        self._title = title
        self._names: dict[str, str] = {}
        self._key = ""
        self.setProperty("chip", True)
        self.setAutoDefault(False)
        self.clicked.connect(self._open_or_clear)
        self._show()

    @property
    def choices(self) -> tuple[str, ...]:
        """Return the keys that can be chosen."""
        return tuple(self._names)

    @property
    def key(self) -> str:
        """Return the key chosen, or an empty string."""
        return self._key

    def offer(self, choices: Iterable[tuple[str, str]]) -> None:
        """Offer these; what was chosen stays so if it is among them."""
        self._names = dict(choices)
        self.set_key(self._key)

    def set_key(self, key: str) -> None:
        """Choose without telling."""
        self._key = key if key in self._names else ""
        self._show()

    def menu_of_choices(self, parent: QWidget) -> QMenu:
        """Return a menu of the choices, the present one ticked."""
        menu = QMenu(self._title, parent)
        for key, name in [("", "不限"), *self._names.items()]:
            action = plain.line(menu, name)
            action.setCheckable(True)
            action.setChecked(key == self._key)
            action.triggered.connect(lambda _on=False, key=key: self._choose(key))
        return menu

    def _open_or_clear(self) -> None:
        if self._key:
            self._choose("")
            return
        menu = self.menu_of_choices(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self.mapToGlobal(self.rect().bottomLeft()))

    def _choose(self, key: str) -> None:
        self.set_key(key)
        self.chosen.emit(self._key)

    def _show(self) -> None:
        name = self._names.get(self._key, "")
        short = name if len(name) <= CHIP_CHARACTERS else f"{name[:CHIP_CHARACTERS]}…"
        self.setText(f"{plain.caption(short)} ✕" if name else f"{self._title} ▾")
        told = f"{self._title}：{name}，点击取消" if name else f"按{self._title}筛选"
        self.setToolTip(plain.tip(told))
        widgets.set_look(self, "active", bool(name))


class SearchBar(QWidget):
    """Field and chips together.

    Signals:
        asked(str, Filters): text or filters changed (after a short pause while typing)
        moved(int), entered(), left(): see :class:`SearchField`
    """

    asked = Signal(str, object)
    moved = Signal(int)
    entered = Signal()
    left = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._build()
        self._connect()
        self.take_look()

    def _build(self) -> None:
        self.field = SearchField()
        self.chips = {name: FilterChip(title) for name, title in FIELDS}
        self._offer()
        self._compact = widgets.button("筛选 ▾", "chip")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(10)
        row.addWidget(self.field, 1)
        for chip in (*self.chips.values(), self._compact):
            row.addWidget(chip)
        row.addStretch(0)
        self._with_filters = True
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)

    def _connect(self) -> None:
        self.field.textChanged.connect(lambda: self._pause.start())
        self.field.returnPressed.connect(self._enter)
        self.field.moved.connect(self._move)
        self.field.entered.connect(self._offer_recent)
        self.field.recent_asked.connect(self.open_recent)
        self.field.left.connect(self.left)
        self._pause.timeout.connect(self._ask)
        self._compact.clicked.connect(self._open_compact)
        for name, chip in self.chips.items():
            chip.chosen.connect(self._take_notice if name == NOTICE else self._ask)
        self._desk.look.changed.connect(self.take_look)

    def _offer(self) -> None:
        """Offer what there is in the notices in use."""
        catalogue = self._desk.catalogue
        notices = [(each.key, typeset(each.called)) for each in catalogue.notices]
        self.chips[NOTICE].offer(notices if len(notices) > 1 else ())
        self.chips["category"].offer(self._categories())
        units = [(unit.key, unit.name) for unit in catalogue.units]
        self.chips["unit"].offer([*units, (UNASSIGNED, UNASSIGNED_NAME)])
        for kind in ("beneficiary", "support"):
            self.chips[kind].offer((tag.key, tag.name) for tag in catalogue.tags if tag.kind == kind)

    def _categories(self) -> list[tuple[str, str]]:
        """Return the categories of the notice that is chosen, else of all, unless these are too many."""
        catalogue, notice = self._desk.catalogue, self.chips[NOTICE].key
        among = [each for each in catalogue.documents if notice in ("", each.notice_key)]
        if not notice and len(among) > 1 and _many_categories(catalogue):
            return []
        named = len(among) > 1
        names = {each.key: f"{words.document(catalogue, each.key)}　" if named else "" for each in among}
        own = (each for each in catalogue.categories if each.document_key in names and each.printed)
        return [(each.key, f"{names[each.document_key]}{each.heading}") for each in own]

    def _take_notice(self) -> None:
        """Offer the categories of the notice that is chosen."""
        self.chips["category"].offer(self._categories())
        self._ask()

    def take_catalogue(self) -> None:
        """Offer what is in use now, and search again for what is asked."""
        self._offer()
        self._ask()

    def filters(self) -> Filters:
        """Return what the chips say."""
        from desktop.catalogue.search import Filters

        return Filters(**{name: chip.key for name, chip in self.chips.items()})

    def ask_for(self, text: str = "", **filters: str) -> None:
        """Set text and filters from elsewhere (a tag that was clicked) and search at once."""
        self.field.put(text)
        for name, chip in self.chips.items():
            chip.set_key(filters.get(name, ""))
            if name == NOTICE:
                self.chips["category"].offer(self._categories())
        self._ask()

    def stop(self) -> None:
        """Do not search any more for what was just typed: the window is closing."""
        self._pause.stop()

    def keep_recent(self) -> None:
        """Keep what is searched for among the last searches."""
        from desktop.ui.frame import recent_searches

        recent_searches.keep(self._desk, self.field.text())
        self._offer_recent()

    def open_recent(self) -> bool:
        """Open the last searches under the field; return whether there are any."""
        from desktop.ui.frame import recent_searches

        menu = recent_searches.menu(self._desk, self, self._search_again)
        if menu is None:
            return False
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.setMinimumWidth(self.field.width())
        menu.popup(self.field.mapToGlobal(self.field.rect().bottomLeft()))
        return True

    def _search_again(self, text: str) -> None:
        self.ask_for(text)
        self.field.setFocus()

    def _offer_recent(self) -> None:
        from desktop.ui.frame import recent_searches

        self.field.offer_recent(bool(recent_searches.kept(self._desk)))

    def _move(self, step: int) -> None:
        if not (step == 1 and self.is_empty() and self.open_recent()):
            self.moved.emit(step)

    @property
    def _useful(self) -> list[FilterChip]:
        """The chips that have something to choose."""
        return [chip for chip in self.chips.values() if chip.choices]

    def is_empty(self) -> bool:
        """Return whether there is nothing to search for."""
        return not self.field.text().strip() and not self._filtered

    @property
    def _filtered(self) -> bool:
        """Whether a filter is on."""
        return any(chip.key for chip in self.chips.values())

    def show_filters(self, shown: bool) -> None:
        """Show the filters only where they have a meaning."""
        self._with_filters = shown
        self._arrange()

    def take_look(self) -> None:
        """Take colours and sizes from the desk."""
        look = self._desk.look.tokens
        self.field.tint(look.muted, look.px(16), max(look.px(END_SIZE), END_SIZE))
        self.field.setMinimumWidth(look.px(LEAST))
        self.field.setMaximumWidth(look.px(440))
        self._arrange()

    def set_height(self, height: int) -> None:
        """Give the field as many pixels as the buttons beside it have, and two."""
        self.field.setFixedHeight(height + 2)
        self.updateGeometry()

    def _enter(self) -> None:
        if self._pause.isActive():
            self._pause.stop()
            self._ask()
        self.entered.emit()

    def _ask(self) -> None:
        self._pause.stop()
        active = self._filtered
        self._compact.setText("筛选 ●" if active else "筛选 ▾")
        widgets.set_look(self._compact, "active", active)
        self._arrange()
        self.asked.emit(self.field.text(), self.filters())

    def _open_compact(self) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for chip in self._useful:
            menu.addMenu(chip.menu_of_choices(menu))
        menu.popup(self._compact.mapToGlobal(self._compact.rect().bottomLeft()))

    def _arrange(self) -> None:
        useful = self._useful
        wide = sum(chip.sizeHint().width() + 10 for chip in useful)
        roomy = self.width() >= wide + self._desk.look.tokens.px(260)
        for chip in self.chips.values():
            chip.setVisible(self._with_filters and roomy and chip in useful)
        self._compact.setVisible(self._with_filters and not roomy)

    def minimumSizeHint(self) -> QSize:
        look = self._desk.look.tokens
        return QSize(look.px(LEAST) + 10 + self._compact.sizeHint().width(), self.field.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._arrange()


def _many_categories(catalogue: Catalogue) -> bool:
    """Return whether there are too many to choose from; those of many papers are not read for that."""
    papers = catalogue.documents
    return len(papers) > MOST_CATEGORIES or len(catalogue.categories) > MOST_CATEGORIES
