"""Step 文头: number, title, issuer, addressees and date, each with its place in the text or 原文没有."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QColor, QResizeEvent, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import (
    QBoxLayout,
    QCheckBox,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QScrollArea,
    QWidget,
)

from desktop.ui.kit import fields, widgets
from desktop.ui.kit import look as looks
from desktop.ui.kit.widgets import ElidedLabel

if TYPE_CHECKING:
    from desktop.ui.wizard.sitting import Sitting

NAMES: Mapping[str, str] = {
    "number": "文号",
    "title": "标题",
    "issuer": "发文机关",
    "addressees": "主送机关",
    "issued_on": "成文日期",
}
_HINTS = {
    "number": "如 某政办发〔2026〕3号",
    "addressees": "几个单位之间用“；”隔开",
    "issued_on": "如 2026-03-01 或 2026年3月1日",
}
_MISSING = {"title": "没有读出，请填上", "addressees": "没有读出，可以不填"}
NOT_THERE = "原文没有"
_DAY = re.compile(r"\s*(\d{4})\s*[-年./]\s*(\d{1,2})\s*[-月./]\s*(\d{1,2})\s*日?\s*")
NARROW = 800


class HeadField(QWidget):
    """One fact: what it is, where it stands, and whether the text has it at all.

    Signals:
        decided(object): the value, None for 原文没有
        looked_at(): its place in the text is to be shown
    """

    decided = Signal(object)
    looked_at = Signal()

    def __init__(self, name: str) -> None:
        super().__init__()
        self.name = name
        words = NAMES[name]
        self.line = QLineEdit()
        self.line.setAccessibleName(words)
        self.line.setPlaceholderText(_HINTS.get(name, ""))
        self.absent = QCheckBox(NOT_THERE)
        self.absent.setAccessibleName(f"{words}：{NOT_THERE}")
        self.absent.setVisible(name != "title")
        self.place = widgets.button("", "quiet", "flush", does=self.looked_at.emit)
        self.quoted = ElidedLabel("muted", "small")
        self.missing = widgets.label("", "warn", "small")
        self.missing.setWordWrap(True)
        self._value = ""
        self._head, self._box = QHBoxLayout(), widgets.column(spacing=2)
        self._head.addWidget(widgets.label(words, "section"), 1)
        self._head.addWidget(self.absent)
        self.setLayout(self._box)
        self._box.addLayout(self._head)
        self._box.addWidget(self.line)
        where = QHBoxLayout()
        where.addWidget(self.place)
        where.addWidget(self.quoted, 1)
        self._box.addLayout(where)
        self._box.addWidget(self.missing)
        self.line.editingFinished.connect(self._take)
        self.absent.clicked.connect(lambda on: self.decided.emit(None if on else self._value))

    def show_value(self, value: str, *, absent: bool, line: int, words: str) -> None:
        """Show a value and in which line it stands with its words there; 0 where it was not found."""
        self._value = value
        if self.line.text() != value and not (self.line.hasFocus() and self.line.isModified()):
            self.line.setText(value)
            self.line.setCursorPosition(0)  # a long title is read from its beginning
        self.absent.setChecked(absent and not value)
        self.line.setEnabled(not self.absent.isChecked())
        self.place.setText(f"在第 {line} 行")
        self.place.setAccessibleName(f"{NAMES[self.name]}：看原文第{line}行")
        self.quoted.setText(words)
        for part in (self.place, self.quoted):
            part.setVisible(line > 0)
        self.missing.setText(self._told(value, found=line > 0))
        self.missing.setVisible(bool(self.missing.text()))
        widgets.set_look(self.line, "bad", False)

    def _told(self, value: str, *, found: bool) -> str:
        """Return what is to be said where a value is missing, or stands nowhere in the text."""
        if found or self.absent.isChecked():
            return ""
        if value:
            return "原文里没有找到这几个字，是另外填的"
        return _MISSING.get(self.name, "没有读出，请填上；原文确实没有的，请选“原文没有”")

    def refuse(self) -> None:
        """Mark what was typed as nothing that can be taken."""
        widgets.set_look(self.line, "bad", True)

    def _take(self) -> None:
        if self.line.isModified() and self.line.text().strip() != self._value:
            self.decided.emit(self.line.text().strip())
        self.line.setModified(False)


class HeadPage(QScrollArea):
    """Decides on the head of a notice."""

    def __init__(self, sitting: Sitting) -> None:
        super().__init__()
        self._sitting = sitting
        self._places: dict[str, tuple[int, int] | None] = {}
        self._build()
        self._connect()
        self._take_look()

    def show_draft(self) -> None:
        """Show the draft as it is now."""
        draft = self._sitting.draft
        head = draft.reading.head
        values = {
            "number": head.number,
            "title": head.title or next((one.title for one in draft.reading.documents if one.title), ""),
            "issuer": head.issuer,
            "addressees": "；".join(head.addressees),
            "issued_on": head.issued_on.isoformat() if head.issued_on else "",
        }
        if self.text.toPlainText() == "":
            self.text.setPlainText(draft.source)
        for name, field in self.fields.items():
            shown = values[name]
            if name == "issued_on":
                printed = head.issued_printed
                found = self._find(printed) if printed else self._find_day(head.issued_on)
            else:
                found = self._find(shown.split("；")[0])
            self._places[name] = found
            line = draft.source.count("\n", 0, found[0]) + 1 if found else 0
            words = " ".join(draft.source[found[0] : found[1]].split()) if found else ""
            absent = draft.facts.head.get(name) == ""
            field.show_value(shown, absent=absent, line=line, words=words)
        self._mark("number")

    def focus_first(self) -> None:
        """Put the focus on what is missing, else on the first field."""
        missing = [one for one in self.fields.values() if not one.line.text() and not one.absent.isChecked()]
        (missing or list(self.fields.values()))[0].line.setFocus()

    def _decide(self, name: str, value: str | None) -> None:
        if name == "issued_on" and value:
            found = _DAY.fullmatch(value)
            value = "-".join((found[1], found[2].zfill(2), found[3].zfill(2))) if found else value
        if name == "addressees" and value:
            value = "\n".join(filter(None, map(str.strip, re.split("[；;\n]", value))))
        if not self._sitting.do("head", field=name, value=value):
            self.fields[name].refuse()

    def _find(self, words: str) -> tuple[int, int] | None:
        """Return where words stand in the source, blanks and line ends between them apart."""
        plain = "".join(words.split())
        if not plain:
            return None
        found = re.search(r"\s*".join(map(re.escape, plain)), self._sitting.source)
        return found.span() if found else None

    def _find_day(self, day: date | None) -> tuple[int, int] | None:
        return self._find(f"{day.year}年{day.month}月{day.day}日") if day else None

    def _mark(self, name: str) -> None:
        place = self._places.get(name)
        if place is None:
            self.text.setExtraSelections([])
            return
        before, within = (self._sitting.source[a:b] for a, b in ((0, place[0]), place))
        cursor = QTextCursor(self.text.document())
        start = len(before.encode("utf-16-le", "surrogatepass")) // 2
        cursor.setPosition(start)
        end = start + len(within.encode("utf-16-le", "surrogatepass")) // 2
        cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
        look = self._sitting.desk.look.tokens
        style = QTextCharFormat()
        style.setBackground(QColor(look.mark))
        style.setForeground(QColor(look.mark_text))
        self.text.setExtraSelections([fields.selection(cursor, style)])
        seen = self.text.textCursor()
        seen.setPosition(start)
        self.text.setTextCursor(seen)
        QTimer.singleShot(0, self.text.centerCursor)

    def _build(self) -> None:
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        canvas = QWidget()
        canvas.setObjectName("canvas")
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, canvas)
        card, self._form = widgets.frame("card"), widgets.column()
        card.setLayout(self._form)
        self.fields = {name: HeadField(name) for name in NAMES}
        for field in self.fields.values():
            self._form.addWidget(field)
        self._form.addStretch(1)
        self.text = QPlainTextEdit()
        self.text.setReadOnly(True)
        self.text.setTabChangesFocus(True)
        self.text.setAccessibleName("发文原文")
        self.text.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self._row.addWidget(card, 1)
        self._row.addWidget(self.text, 1)
        self.setWidget(canvas)

    def _connect(self) -> None:
        self._sitting.begun.connect(self.text.clear)
        for name, field in self.fields.items():
            field.decided.connect(lambda value, name=name: self._decide(name, value))
            field.looked_at.connect(lambda name=name: self._mark(name))
        self._sitting.desk.look.changed.connect(self._take_look)

    def _take_look(self) -> None:
        tokens = self._sitting.desk.look.tokens
        px = tokens.px
        self._row.setContentsMargins(px(20), px(14), px(20), px(14))
        self._row.setSpacing(px(16))
        self._form.setContentsMargins(px(16), px(12), px(16), px(12))
        self._form.setSpacing(px(12))
        self.text.setFont(looks.font(looks.BODY_FAMILIES, tokens.points(1.1)))
        self.text.setMinimumHeight(px(160))
        self._fit()

    def _fit(self) -> None:
        narrow = self.width() < self._sitting.desk.look.tokens.px(NARROW)
        widgets.stack(self._row, narrow)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()
