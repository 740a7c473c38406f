"""Taking back what was entered in this window, step by step, and putting it again; both say what they did."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from desktop.workspace.history import steps, undo
from desktop.workspace.history.told import told

if TYPE_CHECKING:
    from desktop.ui.desk import Desk
    from desktop.workspace.history.steps import Kind
    from desktop.workspace.items.model import ItemKey


@dataclass(frozen=True, slots=True)
class Step:
    """What was done: ``words`` say it, ``keys`` are the items or notes in which something changed."""

    words: str
    keys: tuple[ItemKey, ...]


def can_undo(desk: Desk, kind: Kind) -> bool:
    """Return whether something of this kind was entered in this window that can be taken back."""
    return steps.last_undoable(desk.workspace.db, kind, after=desk.began_after) is not None


def can_redo(desk: Desk, kind: Kind) -> bool:
    """Return whether something of this kind was taken back in this window that can be put again."""
    return steps.next_redoable(desk.workspace.db, kind, after=desk.began_after) is not None


def undo_last(desk: Desk, kind: Kind) -> Step | None:
    """Take back what was entered last of this kind; None when there is nothing, or the desk says why not."""
    last = steps.last_undoable(desk.workspace.db, kind, after=desk.began_after)
    return undo_change(desk, last.id) if last else None


def redo(desk: Desk, kind: Kind) -> Step | None:
    """Put again what was taken back last; None when there is nothing, or the desk says why not."""
    last = steps.next_redoable(desk.workspace.db, kind, after=desk.began_after)
    return undo_change(desk, last.id, "已重做：") if last else None


def undo_change(desk: Desk, change_id: int, head: str = "已撤销：") -> Step | None:
    """Take back the edit of which one change of the history is part; None where the desk says why not."""
    made = desk.write(
        lambda: undo.undo(desk.workspace.db, desk.catalogue, change_id, by=desk.user_name, at=desk.now()),
        keys_of=lambda done: (change.key for change in done),
    )
    if made is None:
        return None
    return Step(head + told(desk.catalogue, made), tuple(dict.fromkeys(change.key for change in made)))
