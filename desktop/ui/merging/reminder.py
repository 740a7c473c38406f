"""The line above the pages: machines disagree, something has not come yet, an older file was put back."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from desktop.workspace.journal import identity, state
from desktop.workspace.merging import arrivals, gaps

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from desktop.ui.desk import Desk
    from desktop.ui.kit.message_line import MessageLine
    from desktop.ui.merging.package_runs import PackageRuns

SOON_MS = 400
DECIDE, RECORD = "查看并选定", "数据包记录"


def sentence(open_fields: int, missing: int, put_back: int = 0) -> str:
    """Return what is said of so many fields to decide on and so many writes that have not come.

    ``put_back`` is how many writes the workspace's file lacks since an older one was copied over it.
    """
    parts = []
    if put_back:
        parts.append(
            f"工作库文件被换成了以前的一份，少 {put_back} 笔录入，可从备份恢复或并入数据包补回，"
            "新的录入不会与它们混淆"
        )
    if open_fields:
        parts.append(f"两台电脑填得不同、待决定的有 {open_fields} 处")
    if missing:
        parts.append(f"另一台电脑的录入还有 {missing} 笔没有收到")
    return "；".join(parts) + "。" if parts else ""


def begin(
    desk: Desk, window: QWidget, announce: Callable[..., MessageLine], packages: Callable[[], PackageRuns]
) -> MergingReminder:
    """Let ``announce`` put the line above the pages whenever there is something to say.

    ``packages`` returns what shows the dialogs that the line leads to.
    """
    made = MergingReminder(desk, window, announce)
    made.decide_asked.connect(lambda: packages().decide())
    made.record_asked.connect(lambda: packages().show_arrivals())
    made.look_anew()
    return made


class MergingReminder(QObject):
    """Keeps the line as things stand: after a package came, was taken back, or somebody decided.

    Closed, it stays away until there is something else to say.

    Signals:
        decide_asked(), record_asked(): the buttons of the line
    """

    decide_asked = Signal()
    record_asked = Signal()

    def __init__(self, desk: Desk, window: QWidget, announce: Callable[..., MessageLine]) -> None:
        super().__init__(window)
        self._desk, self._announce = desk, announce
        self.line: MessageLine | None = None
        self._said = ""
        self._missing = self._put_back = 0
        self._soon = QTimer(self, singleShot=True, interval=SOON_MS)
        self._soon.timeout.connect(self.look)
        desk.replaced.connect(self.look_anew)
        for changed in (desk.firms.changed, desk.visits.changed, desk.demands.changed, desk.progress_changed):
            changed.connect(lambda _what: self._soon.start() if self.line else None)

    def look_anew(self) -> None:
        """Say what is to decide and what has not come, by the workspace as it is."""
        db = self._desk.workspace.db
        self._put_back = identity.put_back(db)
        came = bool(arrivals.every(db))  # else nothing can be missing, and the journal need not be read
        self._missing = sum(one.last - one.first + 1 for one in gaps.gaps(db)) if came else 0
        self.look()

    def look(self) -> None:
        """Say what is to decide now."""
        self._soon.stop()
        fields = sum(len(record.conflicts) for record in state.in_conflict(self._desk.workspace.db))
        words = sentence(fields, self._missing, self._put_back)
        if words == self._said:
            return
        self._said = words
        if not words:
            if self.line is not None:
                self.line.close_button.click()
            return
        actions = {DECIDE: self.decide_asked.emit} if fields else {}
        actions[RECORD] = self.record_asked.emit
        if self.line is None:
            self.line = self._announce(words, **actions)
            self.line.close_button.clicked.connect(self._forget)
        else:
            self.line.tell(words, **actions)
        self.line.warn()

    def _forget(self) -> None:
        self.line = None
