"""What can be sent to the units now: in the round that is open, or in a new one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMenu, QPushButton, QWidget

from desktop.ui.kit import plain
from desktop.workspace.returns import rounds

if TYPE_CHECKING:
    from collections.abc import Sequence

    from desktop.catalogue.model import Unit
    from desktop.ui.desk import Desk
    from desktop.workspace.returns.rounds import Round

SEND = "发给各单位填报"
ABOUT = "为各单位各写一个带填写说明的工作簿，发给他们填写，收回后并入"
LONGEST = 24  # characters of a round's name


class SendMenu(QMenu):
    """A menu that is filled anew each time before it opens.

    Signals:
        new_asked(tuple): a new round, in which these units are asked, all of them for ()
        again_asked(object, tuple): the :class:`Round` in which these units are sent their workbooks
    """

    new_asked = Signal(tuple)
    again_asked = Signal(object, tuple)

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk = desk
        self._unit: Unit | None = None
        self._asked: Round | None = None
        self.aboutToShow.connect(self.fill)
        self.setToolTipsVisible(True)

    def show_for(self, asked: Round | None = None, unit: Unit | None = None) -> None:
        """Offer what can be sent in the round ``asked``; for a ``unit`` what can be sent to that one alone.

        Without ``asked``, or when that is not open, the newest open round is meant, for a unit the newest of
        those that ask it.
        """
        self._asked, self._unit = asked, unit

    def fill(self) -> None:
        """Put in what can be done now."""
        self.clear()
        asked, unit = self._round(), self._unit
        if asked is not None:
            name = asked.name if len(asked.name) <= LONGEST else f"{asked.name[:LONGEST]}……"
            plain.line(self, f"“{name}”进行中").setEnabled(False)
            if unit is not None:
                self._add_unit(self, asked, unit)
            else:
                self._add_groups(asked)
            self.addSeparator()
        self.addAction("新建一轮，发给全部单位……" if unit else "新建一轮……", lambda: self.new_asked.emit(()))
        if unit is not None:
            self.addAction("新建一轮，只发给本单位……", lambda: self.new_asked.emit((unit.key,)))

    def open_at(self, button: QPushButton) -> None:
        """Open below a button; where there is only one thing to do, do that."""
        self.fill()
        if len(self.actions()) == 1:
            self.actions()[0].trigger()
        else:
            self.popup(button.mapToGlobal(button.rect().bottomLeft()))

    @property
    def is_choice(self) -> bool:
        """Tell whether there is more than one thing to do."""
        return self._unit is not None or self._round() is not None

    def _round(self) -> Round | None:
        if self._asked is not None and self._asked.open:
            return self._asked
        known = [one for one in rounds.every(self._desk.workspace.db) if one.open]
        asking = [one for one in known if self._unit is not None and self._unit.key in one.unit_keys]
        return next(iter(asking or known), None)

    def _add_unit(self, menu: QMenu, asked: Round, unit: Unit) -> None:
        sent = rounds.times_sent(self._desk.workspace.db, asked.key).get(unit.key, 0)
        if unit.key in asked.unit_keys:
            words = f"再发给{unit.name}……" if sent else f"发给{unit.name}……"
            made = plain.line(menu, words)
            made.triggered.connect(lambda: self.again_asked.emit(asked, (unit.key,)))
        else:
            plain.line(menu, f"本轮没有请{unit.name}填报").setEnabled(False)

    def _add_groups(self, asked: Round) -> None:
        db = self._desk.workspace.db
        sent = rounds.times_sent(db, asked.key)
        stands = rounds.standing(db, asked, self._desk.today())
        unsent = tuple(key for key in asked.unit_keys if key not in sent)
        groups: Sequence[tuple[str, tuple[str, ...]]] = (
            ("还没有发出的", unsent),
            ("还没有反馈的", stands.missing),
            ("全部", stands.due),
        )
        for name, keys in groups:
            if keys:
                self.addAction(
                    f"{name} {len(keys)} 家……", lambda keys=keys: self.again_asked.emit(asked, keys)
                )
        single = self.addMenu("某一个单位")
        for key in asked.unit_keys:
            self._add_unit(single, asked, self._desk.catalogue.unit(key))
