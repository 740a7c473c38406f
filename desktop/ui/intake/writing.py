"""Taking an import in and taking it back: each one write of the desk, after a backup in the worker."""

from __future__ import annotations

from contextlib import closing, suppress
from typing import TYPE_CHECKING

from desktop.errors import KnownError
from desktop.ui.kit import messages
from desktop.workspace.file import backup, store
from desktop.workspace.items.notes import NO_UNIT
from desktop.workspace.returns import intake

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QWidget

    from desktop.ui.desk import Desk
    from desktop.ui.kit.jobs import Cancelled, Report, Work
    from desktop.workspace.items.model import Change
    from desktop.workspace.returns.intake import Undone
    from desktop.workspace.returns.plans import Plan
    from desktop.workspace.returns.receipts import Receipt

BACKUP = "备份工作库"


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


def take_in(desk: Desk, plans: Sequence[Plan]) -> Receipt | None:
    """Take workbooks in, all of them in one transaction; return the receipt, or None."""
    return desk.write(
        lambda: intake.apply(desk.workspace.db, desk.catalogue, plans, by=desk.user_name, at=desk.now()),
        keys_of=lambda receipt: (change.key for file in receipt.files for change in file.changes),
    )


def take_back(desk: Desk, intake_id: int) -> Undone | None:
    """Take a whole import back; return what went back and what stays, None when nothing was written."""
    return desk.write(
        lambda: intake.undo(desk.workspace.db, desk.catalogue, intake_id, by=desk.user_name, at=desk.now()),
        keys_of=lambda undone: (change.key for change in undone.changes),
    )


def say_undone(desk: Desk, undone: Undone, parent: QWidget) -> None:
    """Say what went back, and name what stays because someone changed it since."""
    words = f"已撤销这次导入，退回 {len(undone.changes)} 处改动。"
    if not undone.kept:
        messages.show_message(parent, words, "撤销也记入修改记录；同一份工作簿可以再次导入。")
        return
    named = "、".join(dict.fromkeys(_named(desk, change) for change in undone.kept))
    messages.show_message(
        parent, words, f"另有 {len(undone.kept)} 处在导入之后又改过，保留现有内容：{named}。"
    )


def _named(desk: Desk, change: Change) -> str:
    number = desk.catalogue.measure(change.key.measure_key).number
    if change.key.unit_key == NO_UNIT:
        return f"第{number}条批注"
    return f"{desk.catalogue.unit(change.key.unit_key).name}第{number}条"
