"""Asks what to fill in instead of what came back and of what stands here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QRadioButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from desktop.ui.kit import widgets
from desktop.ui.kit.dialog import Dialog
from desktop.ui.kit.dialog_foot import DialogFoot
from desktop.workspace import words
from desktop.workspace.items import typed_dates
from desktop.workspace.items.model import FIELD_NAMES, Status
from desktop.workspace.returns import three_way

if TYPE_CHECKING:
    from desktop.ui.desk import Desk
    from desktop.workspace.returns.three_way import ComparedField

MOST_SHOWN = 150  # pixels, at zoom 1, of the texts to be compared


class ValueDialog(Dialog):
    """One field to be filled in, with both texts above it.

    Signals:
        given(str): the value in the form in which it is kept
    """

    given = Signal(str)

    def __init__(self, desk: Desk, measure: str, line: ComparedField, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk = desk
        self._line = line
        self.setWindowTitle(f"另填{FIELD_NAMES[line.field]}")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._build(measure)
        self._check()

    def value(self) -> str | None:
        """Return what is filled in, in the form in which it is kept; None when it cannot be."""
        if self._line.field == "status":
            chosen = self.statuses.checkedButton()
            return chosen.text() if chosen else None
        if self._line.field == "deadline":
            return typed_dates.stored(self.field.text())
        return self.text.toPlainText() if self._line.field != "owner" else self.field.text()

    def _build(self, measure: str) -> None:
        px = self._desk.look.tokens.px
        box = widgets.column(spacing=px(10), margins=(px(22), px(18), px(22), px(16)))
        self.setLayout(box)
        head = widgets.label(f"{measure} · {FIELD_NAMES[self._line.field]}", "heading")
        head.setWordWrap(True)
        box.addWidget(head)
        box.addWidget(self._compared())
        if self._line.field == "status":
            box.addLayout(self._status_choice())
        elif self._line.field in ("deadline", "owner"):
            self._make_field(box)
        else:
            self._make_text(box)
        foot = DialogFoot(self, "确定")
        self.ok_button = foot.ok_button
        box.addLayout(foot)
        self.setMinimumWidth(px(480))

    def _compared(self) -> QWidget:
        """Return the texts, to be read and copied from."""
        px = self._desk.look.tokens.px
        inside = widgets.column(spacing=px(4), margins=(px(8), px(6), px(8), px(6)))
        line = self._line
        texts = [("本库现有", line.here), (f"{line.unit_name}回填", line.theirs)]
        if line.other:
            texts.insert(1, (f"另一份回填（{line.other}）", line.ours))
        for name, text in texts:
            head = widgets.label(name, "section")
            head.setWordWrap(True)  # a file may have a long name
            inside.addWidget(head)
            shown = widgets.label(words.value(line.field, text), selectable=True)
            shown.setWordWrap(True)
            inside.addWidget(shown)
        inside.addStretch(1)
        canvas = QWidget()
        canvas.setObjectName("canvas")
        canvas.setLayout(inside)
        area = QScrollArea()
        area.setAccessibleName("全文")
        area.setWidgetResizable(True)
        area.setWidget(canvas)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        tall = canvas.heightForWidth(self._desk.look.tokens.px(430)) if canvas.hasHeightForWidth() else 120
        area.setFixedHeight(min(tall + 4, self._desk.look.tokens.px(MOST_SHOWN)))
        return area

    def _status_choice(self) -> QHBoxLayout:
        row = QHBoxLayout()
        self.statuses = QButtonGroup(self)
        for status in Status:
            if status is Status.CLOSED:  # that is for someone here to confirm
                continue
            button = QRadioButton(status.value)
            button.setChecked(status in (self._line.value, self._line.guess))
            self.statuses.addButton(button)
            row.addWidget(button)
        row.addStretch(1)
        self.statuses.buttonToggled.connect(self._check)
        return row

    def _make_field(self, box: QVBoxLayout) -> None:
        kept = self._line.value or self._line.guess or self._line.theirs
        self.field = QLineEdit(words.value(self._line.field, kept, ""))
        self.field.setAccessibleName(FIELD_NAMES[self._line.field])
        self.field.selectAll()
        self.field.textChanged.connect(self._check)
        box.addWidget(self.field)
        if self._line.field == "deadline":
            box.addWidget(widgets.label(typed_dates.FORMS, "muted", "small"))

    def _make_text(self, box: QVBoxLayout) -> None:
        line = self._line
        both = three_way.both(line) if line.ours != line.theirs else line.theirs
        self.text = QPlainTextEdit(line.value or both)
        self.text.setTabChangesFocus(True)
        self.text.setAccessibleName(FIELD_NAMES[line.field])
        self.text.setMinimumHeight(QFontMetrics(self.text.font()).lineSpacing() * 7 + 16)
        box.addWidget(self.text)

    def _check(self) -> None:
        value = self.value()
        self.ok_button.setEnabled(value is not None)
        if self._line.field == "deadline":
            widgets.set_look(self.field, "bad", value is None)

    def accept(self) -> None:
        value = self.value()
        if value is not None:
            super().accept()
            self.given.emit(value)
