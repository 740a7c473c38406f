"""An import that is being decided on: the plans of its workbooks, before anything is written."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from desktop.workspace.returns import plans
from desktop.workspace.returns.plans import Plan
from desktop.workspace.returns.receipts import FileState
from desktop.workspace.returns.returned import AddedRow
from desktop.workspace.returns.three_way import Choice, ComparedField

if TYPE_CHECKING:
    from desktop.ui.desk import Desk


class Draft(QObject):
    """The plans, in the order in which they are shown: what needs a decision first, then by unit.

    Signals:
        changed(): something was decided
    """

    changed = Signal()

    def __init__(self, desk: Desk, plans: Sequence[Plan], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        places = {unit.key: place for place, unit in enumerate(desk.catalogue.checklist_units())}
        self._plans = sorted(
            plans, key=lambda plan: (_rank(plan), places.get(plan.unit_key, len(places)), plan.file.path_name)
        )

    @property
    def plans(self) -> tuple[Plan, ...]:
        """Return the plans as they are now."""
        return tuple(self._plans)

    @property
    def open(self) -> int:
        """Return on how many fields someone must still choose."""
        return sum(len(plan.conflicts) for plan in self._plans)

    @property
    def changed_fields(self) -> int:
        """Return how many fields will change."""
        return sum(plan.changed for plan in self._plans)

    @property
    def worth_taking(self) -> bool:
        """Return whether taking it in would leave anything behind, be it only that a unit has answered."""
        return any(plan.tells for plan in self._plans)

    @property
    def decided(self) -> bool:
        """Return whether the user has chosen anything yet."""
        return any(
            plan.decided or plan.left_out or any(row.keep for row in plan.added) for plan in self._plans
        )

    @property
    def again(self) -> bool:
        """Return whether it is what earlier imports left open, and no workbook was read for it."""
        return any(plan.again for plan in self._plans)

    def decide(self, file: int, line: ComparedField, choice: Choice, value: str = "") -> None:
        """Choose on a line. Raises RuleError for a value that cannot be kept; nothing is chosen then."""
        self._put(file, plans.decide(self._plans[file], line, choice, value))

    def decide_rest(self, choice: Choice, files: Iterable[int] | None = None) -> None:
        """Choose the same on all lines of ``files`` (all of them) on which someone must still choose."""
        for file in range(len(self._plans)) if files is None else files:
            if self._plans[file].conflicts:
                self._plans[file] = plans.decide_all(self._plans[file], choice)
        self._agree()

    def keep_added(self, file: int, added: AddedRow, keep: bool) -> None:
        """Take a row that the unit added by hand as a note, or leave it in the receipt."""
        self._put(file, plans.keep_added(self._plans[file], added, keep))

    def leave_out(self, file: int, out: bool) -> None:
        """Leave a workbook out of the import, or let it in again with what was chosen on it."""
        plan = self._plans[file]
        if out and self.may_leave_out(file):
            self._put(file, plans.leave_out(plan))
        elif not out and plan.left_out:
            self._put(file, plans.take_up(plan))

    def may_leave_out(self, file: int) -> bool:
        """Return whether a workbook is one that would be taken in, and not what an import left open."""
        plan = self._plans[file]
        return plan.state is not FileState.REFUSED and not plan.again

    def _put(self, file: int, plan: Plan) -> None:
        self._plans[file] = plan
        self._agree()

    def _agree(self) -> None:
        """Let the plans follow on one another again: what one brings is what the next is compared with."""
        self._plans = list(plans.together(self._desk.workspace.db, self._plans, self._desk.user_name))
        self.changed.emit()


def _rank(plan: Plan) -> int:
    if plan.conflicts:
        return 0
    if plan.state is FileState.REFUSED:
        return 1
    return 2 if plan.changed or plan.rows_refused or plan.added else 3
