"""Taking an import in and taking it back: each one write of the desk, after a backup in the worker."""

from __future__ import annotations

from contextlib import closing, suppress
from functools import partial
from typing import TYPE_CHECKING

from desktop.errors import KnownError
from desktop.ui.kit import messages
from desktop.workspace import words
from desktop.workspace.file import backup, store
from desktop.workspace.items.notes import NO_UNIT
from desktop.workspace.returns import intake, open_questions, reversal

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtWidgets import QDialog, QWidget

    from desktop.ui.desk import Desk
    from desktop.ui.kit.jobs import Cancelled, Report, Work
    from desktop.workspace.items.model import Change
    from desktop.workspace.returns.open_questions import OpenScope
    from desktop.workspace.returns.plans import Plan
    from desktop.workspace.returns.receipts import Receipt
    from desktop.workspace.returns.reversal import Undone

BACKUP = "备份工作库"
MOST_UNITS = 5  # that are named in a question


def backing_up(desk: Desk) -> Work:
    """Return the work of saving a backup before an import."""
    workspace = desk.workspace

    def work(_report: Report, cancelled: Cancelled) -> None:
        with closing(store.second_connection(workspace)) as db:
            backup.save(db, workspace.folder, backup.IMPORT)
        with suppress(KnownError):  # an old backup that cannot be removed is in nobody's way
            backup.prune(workspace.folder)
        if cancelled():
            raise KnownError("已取消，没有并入任何内容。", "预览中的选择都还在。")

    return work


def plan_again(desk: Desk, scope: OpenScope) -> tuple[Plan, ...]:
    """Return plans for what earlier imports left open in ``scope``, by what stands in the workspace now."""
    return open_questions.plan_again(desk.workspace.db, desk.catalogue, scope, by=desk.user_name)


def take_in(desk: Desk, plans: Sequence[Plan]) -> Receipt | None:
    """Take workbooks in, all of them in one transaction; return the receipt, or None."""
    return desk.write(
        lambda: intake.apply(desk.workspace.db, desk.catalogue, plans, by=desk.user_name, at=desk.now()),
        keys_of=lambda receipt: (change.key for file in receipt.files for change in file.changes),
    )


def ask_back(desk: Desk, one: Receipt, parent: QWidget, then: Callable[[], object]) -> QDialog | None:
    """Ask before an import is taken back, or taken in again after that; ``then`` when that was done.

    What would go, and what would stay, is said first, and afterwards what went. None when the workspace
    refuses, which the desk has said.
    """
    again = bool(one.undone_at)
    act = partial(
        reversal.redo if again else reversal.undo,
        desk.workspace.db,
        desk.catalogue,
        one.id,
        by=desk.user_name,
        at=desk.now(),
    )
    try:
        seen = reversal.foreseen(desk.workspace.db, act)
    except KnownError as problem:
        desk.tell_problem(problem)
        return None

    def do() -> None:
        done = desk.write(act, keys_of=lambda undone: (change.key for change in undone.changes))
        if done is not None:
            then()
            _say_done(desk, done, parent, again)

    verb = "恢复" if again else "撤销"
    words = f"{verb}第{one.id}号导入？将{'重新并入' if again else '退回'} {len(seen.changes)} 处改动。"
    return messages.ask(parent, words, _foreseen(desk, seen, again), f"{verb}这次导入", "取消", do)


def _foreseen(desk: Desk, seen: Undone, again: bool) -> str:
    units = dict.fromkeys(change.key.unit_key for change in seen.changes if change.key.unit_key != NO_UNIT)
    names = [words.unit(desk.catalogue, key) for key in units]
    listed = "、".join(names[:MOST_UNITS]) + (f"等 {len(names)} 个单位" if len(names) > MOST_UNITS else "")
    told = [f"涉及{listed}。"] if listed else []
    if seen.kept:
        told.append(f"另有 {len(seen.kept)} 处在导入之后又改过，保留现有内容。")
    told += _older(desk, seen)
    told.append("恢复后可以再撤销。" if again else "撤销后可以在这里恢复，各项改动都记入修改记录。")
    return "".join(told)


def _say_done(desk: Desk, done: Undone, parent: QWidget, again: bool) -> None:
    """Say what went back or in again, and name what stays because someone changed it since."""
    if again:
        said, more = f"已恢复这次导入，重新并入 {len(done.changes)} 处改动。", "恢复也记入修改记录。"
    else:
        said = f"已撤销这次导入，退回 {len(done.changes)} 处改动。"
        more = "撤销也记入修改记录；可以点“恢复本次导入”重新并入，同一份工作簿也可以再次导入。"
    if done.kept:
        named = "、".join(dict.fromkeys(_named(desk, change) for change in done.kept))
        more = f"另有 {len(done.kept)} 处在导入之后又改过，保留现有内容：{named}。"
    messages.show_message(parent, said, "".join((more, *_older(desk, done))))


def _older(desk: Desk, undone: Undone) -> list[str]:
    """Return what is said of values that go back to those of an import that stands taken back."""
    if not undone.older:
        return []
    named = "、".join(dict.fromkeys(_named(desk, change) for change in undone.older))
    return [f"其中 {len(undone.older)} 处退回到以前的回填内容，那次导入已撤销，请核对：{named}。"]


def _named(desk: Desk, change: Change) -> str:
    number = words.number(desk.catalogue, change.key.measure_key)
    if change.key.unit_key == NO_UNIT:
        return f"{number}批注"
    return f"{words.unit(desk.catalogue, change.key.unit_key)}{number}"
