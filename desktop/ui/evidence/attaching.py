"""Attaching files to an item: one worker thread, for a file may be large and a stick slow."""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from desktop.errors import KnownError
from desktop.ui.desk import TYPED, Desk
from desktop.ui.kit import asking, messages
from desktop.ui.kit.jobs import Cancelled, JobRun, Report, Work, one_by_one
from desktop.workspace.evidence import attached
from desktop.workspace.file import store

if TYPE_CHECKING:
    from collections.abc import Sequence

    from desktop.workspace.items.model import ItemKey

TITLE = "添加佐证材料"
MOST_TOLD = 8  # problems that one message names


@dataclass(frozen=True, slots=True)
class Attached:
    """What came of it: how many files are attached now, and what was in the way of the others."""

    key: ItemKey
    count: int
    problems: tuple[KnownError, ...]


class EvidenceRun(QObject):
    """Attaches files to one item at a time, and takes them off.

    Signals:
        ended(object): an :class:`Attached`, or None when it failed altogether
    """

    ended = Signal(object)

    def __init__(self, desk: Desk, window: QWidget) -> None:
        super().__init__(window)
        self._desk = desk
        self._window = window
        self._key: ItemKey | None = None
        self._run = JobRun(window)
        self._run.done.connect(self._on_done)
        self._run.missed.connect(self._on_missed)

    def ask(self, key: ItemKey) -> None:
        """Ask for files and attach them."""
        start = asking.folder(self._desk.setting("ui.evidence_folder"))
        asking.ask_existing(self._window, TITLE, start, lambda chosen: self.attach(key, chosen), many=True)

    def attach(self, key: ItemKey, paths: Sequence[Path]) -> None:
        """Attach copies of ``paths`` to an item; what cannot be attached is told, the rest is."""
        if self._run.running or not paths:
            return
        if not self._desk.may_write():
            self.ended.emit(None)
            return
        if self._run.begin(_work(self._desk, key, tuple(paths)), TITLE, quick=True):
            self._key = key
            self._desk.remember_place({"evidence_folder": str(paths[0].parent)})

    def remove(self, one: attached.Evidence) -> bool:
        """Take a file off its item; return whether that happened. It can be taken back."""
        desk = self._desk
        removed = desk.write(
            lambda: attached.remove(
                desk.workspace.db, desk.catalogue, one.id, by=desk.user_name, at=desk.now(), source=TYPED
            ),
            (one.key,),
        )
        return removed is not None

    def _on_done(self, attached: Attached) -> None:
        if attached.count:
            self._desk.tell_saved()
        self._desk.tell_changed((attached.key,))
        if attached.problems:
            messages.show_problem(self._window, _together(attached))
        self.ended.emit(attached)

    def _on_missed(self) -> None:
        if self._key is not None:
            self._desk.tell_changed((self._key,))
        self.ended.emit(None)


def _work(desk: Desk, key: ItemKey, paths: tuple[Path, ...]) -> Work:
    workspace, catalogue, by, at = desk.workspace, desk.catalogue, desk.user_name, desk.now()

    def work(report: Report, cancelled: Cancelled) -> Attached:
        with closing(store.second_connection(workspace)) as db:

            def attach(path: Path) -> None:
                attached.add(db, workspace.folder, catalogue, key, path, by=by, at=at, source=TYPED)

            return Attached(key, *one_by_one(paths, attach, report, cancelled))

    return work


def _together(attached: Attached) -> KnownError:
    """Return one message for all that was in the way."""
    problems = attached.problems
    if len(problems) == 1:
        return KnownError(problems[0].message, problems[0].hint)
    told = [problem.message for problem in problems[:MOST_TOLD]]
    if len(problems) > MOST_TOLD:
        told.append(f"……共 {len(problems)} 个文件没有附上。")
    return KnownError("\n".join(told), f"其余 {attached.count} 个文件已附上。" if attached.count else "")
