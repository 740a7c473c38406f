"""Asking once for an import whether the workbooks that no open round sent are answers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.ui.kit import messages
from desktop.workspace import words as said
from desktop.workspace.returns import plans, strays
from desktop.workspace.returns.counting import Counting
from desktop.workspace.returns.receipts import FileState

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtWidgets import QDialog, QWidget

    from desktop.ui.desk import Desk
    from desktop.workspace.returns.plans import Plan
    from desktop.workspace.returns.strays import Question


def ask(
    desk: Desk, made: Sequence[Plan], parent: QWidget, then: Callable[[tuple[Plan, ...]], object]
) -> QDialog | None:
    """Go on with ``then``: at once, or with what was answered where there is something to ask; Esc ends it.

    Returns the dialog that asks, None when nothing is asked.
    """
    asked = strays.question(desk.workspace.db, made)
    if asked is None:
        then(tuple(made))
        return None
    return messages.choose(
        parent,
        asked.words,
        words(desk, asked),
        ("算作回填", lambda: then(counted(desk, made))),
        ("不算", lambda: then(tuple(made))),
    )


NAMED = 6  # units that are named in a question


def words(desk: Desk, asked: Question) -> str:
    """Return which workbooks are asked about, and what follows from either answer."""
    names = "、".join(said.unit(desk.catalogue, key) for key in asked.unit_keys[:NAMED])
    more = f"等 {len(asked.unit_keys)} 家" if len(asked.unit_keys) > NAMED else ""
    plain = asked.count - asked.withdrawn
    told = f"{names}{more}：{_kinds(plain, asked.withdrawn)}。"
    taken = "平时导出的照常并入" if plain else ""
    left = "已撤回的轮次发出的不并入、原样保留" if asked.withdrawn else ""
    not_so = "，".join(filter(None, (taken, left)))
    return f"{told}\n算作回填的，计入实回，不再催报；不算的，{not_so}。"


def _kinds(plain: int, withdrawn: int) -> str:
    told = [f"{plain} 份是平时导出的"] if plain else []
    return "，".join([*told, *([f"{withdrawn} 份是已撤回的轮次发出的"] if withdrawn else [])])


def counted(desk: Desk, made: Sequence[Plan]) -> tuple[Plan, ...]:
    """Return the plans with the workbooks that are asked about as answers, by what stands here now."""
    asked = [place for place, plan in enumerate(made) if plan.state is not FileState.REFUSED or plan.offered]
    files = [made[place].file for place in asked]
    db, today = desk.workspace.db, desk.today()
    said = Counting(answers=True)
    fresh = iter(plans.plan_all(db, desk.catalogue, files, today, by=desk.user_name, said=said))
    return tuple(next(fresh) if place in asked else plan for place, plan in enumerate(made))
