"""对照: two measures side by side, each to be chosen."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from desktop.catalogue.model import Measure
from desktop.catalogue.typeset import typeset
from desktop.ui import origin, verbs
from desktop.ui.browse.copying import Copying
from desktop.ui.browse.measure_text import MeasureText
from desktop.ui.desk import Desk
from desktop.ui.kit import widgets
from desktop.ui.kit.dialog import Dialog
from desktop.ui.kit.fields import there
from desktop.workspace import words

FACTS = (("beneficiary", "适用对象"), ("support", "支持方式"))


class MeasurePane(QWidget):
    """One of the two: the choice of the measure, its text on a sheet, what is known of it.

    Attributes:
        choice: the measures of the catalogue in their order
        text: the words of the measure
    """

    def __init__(self, desk: Desk, name: str) -> None:
        super().__init__()
        self._desk = desk
        self._measures = desk.catalogue.measures
        self._build(name)
        self._connect()

    def _build(self, name: str) -> None:
        self.choice = QComboBox()
        self.choice.setAccessibleName(name)
        self.choice.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.choice.setMaxVisibleItems(20)
        self.choice.addItems([self._choice(each) for each in self._measures])
        self.text = MeasureText()
        self.text.setAccessibleName(f"{name}的正文")
        self._facts = widgets.label("", "muted", selectable=True)
        self._facts.setWordWrap(True)
        self._paper = widgets.frame(name="paper")
        self._inside = QVBoxLayout(self._paper)
        self._inside.addWidget(self.text)
        self._inside.addWidget(self._facts)
        self._inside.addStretch(1)
        self._area = QScrollArea()
        self._area.setAccessibleName(name)
        self._area.setWidgetResizable(True)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setWidget(self._paper)
        self._copying = Copying(self._desk, self.text, lambda: self.measure)
        self.copy_button = widgets.button("复制并注明出处", does=self._copying.copy_with_source)
        self.copy_button.setAccessibleName(f"{verbs.COPY_WITH_SOURCE.words}：{name}")
        self.told = widgets.ElidedLabel("muted", "small")
        foot = QHBoxLayout()
        foot.addWidget(self.copy_button)
        foot.addWidget(self.told, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.choice)
        layout.addWidget(self._area, 1)
        layout.addLayout(foot)

    def _connect(self) -> None:
        self.choice.currentIndexChanged.connect(self._show)
        self._copying.told.connect(self.told.setText)

    @property
    def measure(self) -> Measure:
        """Return the measure shown."""
        return self._measures[self.choice.currentIndex()]

    def show_measure(self, key: str) -> None:
        """Show a measure."""
        self.choice.setCurrentIndex([each.key for each in self._measures].index(key))

    def take_look(self) -> None:
        """Take colours and sizes from the look."""
        px = self._desk.look.tokens.px
        self._inside.setContentsMargins(px(24), px(18), px(24), px(18))
        self._inside.setSpacing(px(12))
        there(self.layout()).setSpacing(px(8))
        self._show()

    def _show(self) -> None:
        catalogue, measure = self._desk.catalogue, self.measure
        heading = origin.heading(catalogue, measure)
        self.text.show_measure(measure, heading, (), self._desk.look.tokens)
        told = [self._standing(measure)] if origin.several(catalogue) else []
        for kind, title in FACTS:
            if tags := catalogue.tags_of(measure.key, kind):
                told.append(f"{title}：{'、'.join(tag.name for tag in tags)}")
        for figure in catalogue.figures_of(measure.key):
            told.append(f"{figure.label}：{typeset(figure.quote)}")
        self._facts.setText("\n".join(told))
        self.told.setText("")
        self._area.verticalScrollBar().setValue(0)

    def _choice(self, measure: Measure) -> str:
        paper = words.paper(self._desk.catalogue, measure.key)
        return " ".join(filter(None, (paper, f"{measure.number}. {typeset(measure.called)}")))

    def _standing(self, measure: Measure) -> str:
        catalogue = self._desk.catalogue
        named = origin.named(catalogue, catalogue.document_of(measure))
        return f"{named}\n{self._desk.validity_of(catalogue.notice_of(measure)).sentence}"


class ComparisonDialog(Dialog):
    """Fills the window of the reader with two measures."""

    def __init__(self, desk: Desk, measure_key: str, other_key: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk = desk
        self.setWindowTitle("对照两条措施")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        widgets.fill(self, parent)
        self._build()
        self.left.show_measure(measure_key)
        self.right.show_measure(other_key)
        self._take_look()
        desk.look.changed.connect(self._take_look)
        self.right.choice.setFocus()

    def _build(self) -> None:
        self.left, self.right = MeasurePane(self._desk, "左侧措施"), MeasurePane(self._desk, "右侧措施")
        sides = QHBoxLayout()
        for pane in (self.left, self.right):
            sides.addWidget(pane, 1)
        self.close_button = widgets.button("关闭", "primary", does=self.reject)
        foot = QHBoxLayout()
        foot.addWidget(widgets.label(self._words(), "muted", "small"))
        foot.addStretch(1)
        foot.addWidget(self.close_button)
        self._box = widgets.column()
        self.setLayout(self._box)
        self._sides = sides
        self._box.addLayout(sides, 1)
        self._box.addLayout(foot)

    def _words(self) -> str:
        """Return which notice both stand in; of several each side tells its own."""
        catalogue = self._desk.catalogue
        if origin.several(catalogue):
            return origin.in_use(catalogue)
        notice = catalogue.notices[0]
        validity = self._desk.validity_of(notice)
        return f"{notice.called} · {validity.sentence}" if validity.expired else notice.called

    def _take_look(self) -> None:
        px = self._desk.look.tokens.px
        self._box.setContentsMargins(px(18), px(16), px(18), px(14))
        self._box.setSpacing(px(10))
        self._sides.setSpacing(px(16))
        for pane in (self.left, self.right):
            pane.take_look()
