"""核对: reading stored files again, byte by byte, in a worker, and a sentence about how they are."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from desktop.ui.kit.jobs import Cancelled, JobRun, Report, Work
from desktop.workspace.evidence import attached
from desktop.workspace.evidence.attached import Evidence
from desktop.workspace.evidence.files import State
from desktop.workspace.evidence.standing import FAULTS

if TYPE_CHECKING:
    from pathlib import Path

    from desktop.ui.desk import Desk

TITLE = "核对佐证材料"
MOST_NAMED = 5


class CheckRun(QObject):
    """Checks files.

    Signals:
        checked(str): how they are, in a sentence; the desk knows by then
    """

    checked = Signal(str)

    def __init__(self, desk: Desk, window: QWidget) -> None:
        super().__init__(window)
        self._desk = desk
        self._run = JobRun(window)
        self._run.done.connect(self._take)

    def check(self, files: Sequence[Evidence]) -> None:
        """Read ``files`` again."""
        self._run.begin(_work(self._desk.workspace.folder, tuple(files)), TITLE, quick=True)

    def _take(self, states: list[tuple[Evidence, State]]) -> None:
        self._desk.files_read.update({one.id: state for one, state in states})
        self._desk.tell_changed(one.key for one, _ in states)
        self.checked.emit(sentence(states))


def sentence(states: Sequence[tuple[Evidence, State]]) -> str:
    """Return how files are: all good, or which of them are missing or altered."""
    if not states:
        return "没有佐证材料。"
    told = []
    for state in FAULTS:
        names = [one.name for one, stands in states if stands is state]
        if names:
            more = "等" if len(names) > MOST_NAMED else ""
            told.append(f"{len(names)} 份{state}：{'、'.join(names[:MOST_NAMED])}{more}")
    return f"已逐字节核对 {len(states)} 份佐证材料：{'；'.join(told) or '全部完好'}。"


def _work(folder: Path, files: tuple[Evidence, ...]) -> Work:
    def work(report: Report, cancelled: Cancelled) -> list[tuple[Evidence, State]]:
        found = []
        for done, one in enumerate(files):
            if cancelled():
                break
            report(done, len(files))
            found.append((one, attached.check(folder, [one], thorough=True)[one.id]))
        return found

    return work
