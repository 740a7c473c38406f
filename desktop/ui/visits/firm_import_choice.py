"""What is to become of the rows chosen: new, a supplement to one that is here, passed over; a lost code."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from desktop.classification import credit_code
from desktop.ui.kit import widgets
from desktop.ui.kit.choice_row import ChoiceRow
from desktop.ui.kit.widgets import ElidedLabel
from desktop.workspace.enterprises.intake import FirmChoice

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from desktop.ui.desk import Desk
    from desktop.workspace.enterprises.intake import LineAnswer, PlannedLine


class FirmImportChoice(QWidget):
    """Signals:

    chosen(FirmChoice): what is to become of the rows
    code_given(str): the code as it stands on the licence
    """

    chosen = Signal(object)
    code_given = Signal(str)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        px = desk.look.tokens.px
        box = widgets.column(spacing=px(6), margins=(px(10), 0, px(10), 0))
        self.setLayout(box)
        self.words = ElidedLabel("muted")
        self.row = ChoiceRow(desk.look, "办法", list(FirmChoice))
        self.code = QLineEdit()
        self.code.setAccessibleName("营业执照上的信用代码")
        self.code.setPlaceholderText("营业执照上的信用代码")
        self.code.setMaxLength(100)
        self.code_words = widgets.label("", "warn", "small")
        self.code_button = widgets.button("用这个代码", does=self._give)
        line = QHBoxLayout()
        line.addWidget(self.words, 1)
        line.addWidget(self.row, 1)
        box.addLayout(line)
        self._asks = QWidget()
        line = QHBoxLayout(self._asks)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(self.code, 2)
        line.addWidget(self.code_button)
        line.addWidget(self.code_words, 3)
        box.addWidget(self._asks)
        self.row.chosen.connect(lambda word: self.chosen.emit(FirmChoice(word)))
        self.code.textChanged.connect(self._check)
        self.code.returnPressed.connect(self._give)

    def show_lines(
        self, lines: Sequence[PlannedLine], answer: LineAnswer | None, lost: Collection[int]
    ) -> None:
        """Show what becomes of rows; the code is asked for where one alone has ``lost`` it."""
        named = [line for line in lines if line.name]
        alone = lines[0] if len(lines) == 1 else None
        self.words.setText(
            f"第{alone.number}行：{alone.name}" if alone else f"选中 {len(lines)} 行" if lines else ""
        )
        self.row.setEnabled(bool(named))
        fills = any(line.alike or line.same_as for line in named)
        self.row.buttons[FirmChoice.FILL].setEnabled(fills)
        choices = {line.choice for line in lines}
        if len(choices) == 1:
            self.row.choose(next(iter(choices)))
        asked = alone is not None and (alone.number in lost or bool(answer and answer.uscc))
        self._asks.setVisible(asked)
        if asked and not self.code.hasFocus():
            self.code.setText(answer.uscc if answer else "")
        self._check()

    def _check(self) -> None:
        checked = credit_code.check(self.code.text())
        self.code_words.setText(checked.words)
        self.code_button.setEnabled(bool(checked.code))

    def _give(self) -> None:
        if self.code.text().strip():
            self.code_given.emit(self.code.text().strip())
