"""联系人 of an enterprise: a row for each, with name, post and phone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QWidget

from desktop.ui.kit import icons, widgets
from desktop.ui.kit.choice_row import TOUCH
from desktop.workspace.enterprises.model import CONTACT, FirmContact
from desktop.workspace.journal import writing

if TYPE_CHECKING:
    from collections.abc import Sequence

    from desktop.ui.desk import Desk

PARTS = {"name": "姓名", "post": "职务", "phone": "电话"}
LONGEST = 200


class FirmContactRow(QWidget):
    """One person.

    Attributes:
        lines: the fields, by the part of a contact
        remove_button: takes the row away
    """

    def __init__(self, desk: Desk, contact: FirmContact) -> None:
        super().__init__()
        look = desk.look.tokens
        self.key = contact.key
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(look.px(5))
        self.lines = {part: QLineEdit(getattr(contact, part)) for part in PARTS}
        for part, line in self.lines.items():
            line.setAccessibleName(f"联系人{PARTS[part]}")
            line.setPlaceholderText(PARTS[part])
            line.setMaxLength(LONGEST)
            line.setMinimumHeight(look.px(TOUCH))
            row.addWidget(line, 2 if part == "phone" else 1)
        self.remove_button: QPushButton = widgets.button("", "quiet", tip="去掉这位联系人")
        self.remove_button.setAccessibleName("去掉这位联系人")
        self.remove_button.setIcon(icons.icon("close", look.muted))
        self.remove_button.setIconSize(QSize(look.px(14), look.px(14)))
        row.addWidget(self.remove_button)

    def contact(self) -> FirmContact | None:
        """Return who stands there, None for nobody."""
        said = {part: " ".join(line.text().split()) for part, line in self.lines.items()}
        return FirmContact(self.key, **said) if any(said.values()) else None


class FirmContacts(QWidget):
    """All of them, one below the other.

    Signals:
        typed(): somebody is another one
    """

    typed = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._kept: set[str] = set()
        self.rows: list[FirmContactRow] = []
        box = widgets.column(spacing=desk.look.tokens.px(5))
        self.setLayout(box)
        self._box = widgets.column(spacing=desk.look.tokens.px(5))
        box.addLayout(self._box)
        self.add_button = widgets.button("＋ 添加联系人", "quiet", "flush", does=self.add)
        foot = QHBoxLayout()
        foot.addWidget(self.add_button)
        foot.addStretch(1)
        box.addLayout(foot)

    def show_contacts(self, contacts: Sequence[FirmContact]) -> None:
        """Show these; with nobody one empty row."""
        self._kept = {one.key for one in contacts}
        for one in contacts or (FirmContact(writing.new_key(), ""),):
            self._append(one)

    def add(self) -> None:
        """Add an empty row and put the caret there."""
        self._append(FirmContact(writing.new_key(), "")).lines["name"].setFocus()

    def fields(self) -> dict[str, FirmContact | None]:
        """Return the fields of who stands there, and that those who were taken away are not any more."""
        here = {row.key: row.contact() for row in self.rows}
        gone = dict.fromkeys(self._kept - here.keys())
        return {
            f"{CONTACT}/{key}": one
            for key, one in {**gone, **here}.items()
            if one is not None or key in self._kept
        }

    def _append(self, contact: FirmContact) -> FirmContactRow:
        row = FirmContactRow(self._desk, contact)
        for line in row.lines.values():
            line.textChanged.connect(lambda _text: self.typed.emit())
        row.remove_button.clicked.connect(lambda: self._remove(row))
        self.rows.append(row)
        self._box.addWidget(row)
        return row

    def _remove(self, row: FirmContactRow) -> None:
        self.rows.remove(row)
        row.hide()
        row.deleteLater()
        self.add_button.setFocus()
        self.typed.emit()
