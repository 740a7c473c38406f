"""待决定: fields for which two machines have different values; both stay until somebody chooses here."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QScrollArea, QWidget

from desktop.ui.kit import plain, widgets
from desktop.ui.kit.dialog import Dialog
from desktop.ui.kit.dialog_foot import DialogFoot
from desktop.workspace import words
from desktop.workspace.journal import identity
from desktop.workspace.merging import conflicts, naming

if TYPE_CHECKING:
    from desktop.ui.desk import Desk
    from desktop.workspace.merging.outcome import Conflict

NONE = "没有待决定的内容。"
MOST = 50
"""So many are shown at a time; what was decided on makes room for the next."""


class ConflictDialog(Dialog):
    """Shows each field with its values, and lets one be chosen or another be typed.

    Signals:
        decided(object, object): the Conflict, and the value that is to stand
    """

    decided = Signal(object, object)

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk = desk
        self.found: tuple[Conflict, ...] = ()
        self._own = {one.machine for one in identity.own(desk.workspace.db)}
        self.setWindowTitle("待决定的内容")
        px = desk.look.tokens.px
        box = widgets.column(spacing=px(10), margins=(px(22), px(18), px(22), px(16)))
        self.setLayout(box)
        self._head = widgets.label("", "muted")
        self._head.setWordWrap(True)
        box.addWidget(self._head)
        self._area = QScrollArea()
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setWidgetResizable(True)
        self._area.setAccessibleName("待决定的内容")
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        box.addWidget(self._area, 1)
        box.addLayout(DialogFoot(self, "关闭", cancel=""))
        widgets.resize_within(self, px(720), px(480))
        self.refresh()

    def refresh(self) -> None:
        """Take what is open from the workspace again."""
        self.found = conflicts.open_conflicts(self._desk.workspace.db, self._desk.catalogue)
        more = f"先列出前 {MOST} 处。" if len(self.found) > MOST else ""
        told = f"两台电脑填得不同的有 {len(self.found)} 处，两个值都留着，选定以前按第一个显示。{more}"
        self._head.setText(told if self.found else NONE)
        inside = QWidget()
        px = self._desk.look.tokens.px
        column = widgets.column(spacing=px(10), margins=(px(8), px(8), px(8), px(8)))
        inside.setLayout(column)
        for one in self.found[:MOST]:
            column.addWidget(self._card(one))
        column.addStretch(1)
        if (before := self._area.takeWidget()) is not None:
            before.deleteLater()
        self._area.setWidget(inside)

    def _card(self, one: Conflict) -> QFrame:
        px = self._desk.look.tokens.px
        made = widgets.frame("card")
        box = widgets.column(spacing=px(6), margins=(px(12), px(9), px(12), px(10)))
        made.setLayout(box)
        title = widgets.ElidedLabel("strong")
        title.setText(f"{naming.noun(one.noun)}：{one.called}　{one.field_called}")
        box.addWidget(title)
        db, catalogue = self._desk.workspace.db, self._desk.catalogue
        seen: list[Any] = []
        for write in one.values:
            if write.value in seen:
                continue
            seen.append(write.value)
            row = QHBoxLayout()
            value = widgets.label(naming.value(db, catalogue, write), selectable=True)
            value.setWordWrap(True)
            own = write.id.machine in self._own
            where = "本机" if own else naming.machine(db, write.id.machine)
            who = f"{write.by} · {words.moment(write.at)} · {where}"
            row.addWidget(value, 1)
            row.addWidget(widgets.label(who, "muted", "small"))
            choose = widgets.button("保留本机" if own else "采用对方", "small")
            choose.setAccessibleName(f"{choose.text()}，{write.by}填的")
            choose.clicked.connect(
                lambda _on=False, conflict=one, chosen=write.value: self._choose(conflict, chosen)
            )
            choose.setEnabled(not self._desk.read_only)
            row.addWidget(choose)
            box.addLayout(row)
        if naming.may_be_typed(one.noun, one.field):
            box.addLayout(self._other(one))
        return made

    def _other(self, one: Conflict) -> QHBoxLayout:
        """Return the line in which a third value is typed."""
        row = QHBoxLayout()
        field = QLineEdit()
        field.setPlaceholderText("另填")
        field.setAccessibleName(plain.caption(f"另填{one.field_called}"))
        keep = widgets.button("采用另填的", "small")

        def choose() -> None:
            if field.text().strip():
                self._choose(one, field.text().strip())

        keep.clicked.connect(choose)
        field.returnPressed.connect(choose)
        for part in (field, keep):
            part.setEnabled(not self._desk.read_only)
        row.addWidget(field, 1)
        row.addWidget(keep)
        return row

    def _choose(self, one: Conflict, value: Any) -> None:
        self.decided.emit(one, value)
