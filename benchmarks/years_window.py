"""The real window on a workspace, in a process of its own: see ``benchmarks.years``.

``python -m benchmarks.years_window start FOLDER`` starts it; ``blocked FOLDER`` opens all that has to do with
what was recorded. Both print JSON. What blocks is told as the longest time in which the window answered
nothing, and the time of its own thread within that: a tick every few milliseconds tells, and work in other
threads does not count unless it keeps the window from answering.
"""

from __future__ import annotations

import gc
import json
import os
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QElapsedTimer, QEventLoop, QTimer
from PySide6.QtWidgets import QApplication

from desktop.ui.frame import app
from desktop.ui.frame.rail import BROWSE, CHECKLIST, OVERVIEW
from desktop.ui.frame.window import Window
from desktop.ui.kit.fields import there
from desktop.ui.kit.jobs import Job

sys.path.append(str(Path(__file__).resolve().parent.parent / "packaging"))

from watch import pss

TICK_MS = 4
QUIET_MS = 400
RUNS = 3


class Watched:
    """Does things in a window and tells how long it answered nothing."""

    def __init__(self) -> None:
        self.worst: dict[str, list[tuple[float, float]]] = {}
        self._tick = QTimer(interval=TICK_MS)
        self._tick.timeout.connect(self._beat)
        self._last = (0.0, 0.0)
        self._gap = (0.0, 0.0)

    def of(self, name: str, act: Callable[[], object]) -> None:
        """Do ``act`` and let everything that it began end."""
        self._last, self._gap = (time.perf_counter(), time.thread_time()), (0.0, 0.0)
        self._tick.start()
        act()
        self._until_quiet()
        self._tick.stop()
        self.worst.setdefault(name, []).append(self._gap)

    def _beat(self) -> None:
        now = (time.perf_counter(), time.thread_time())
        self._gap = max(self._gap, (now[0] - self._last[0], now[1] - self._last[1]))
        self._last = now

    def _until_quiet(self) -> None:
        quiet = QElapsedTimer()
        quiet.start()
        loop = QEventLoop()
        look = QTimer(interval=20)

        def look_around() -> None:
            if running():
                quiet.restart()
            elif quiet.elapsed() > QUIET_MS:
                loop.quit()

        look.timeout.connect(look_around)
        look.start()
        loop.exec()


def running() -> bool:
    """Tell whether any thread of work is under way."""
    return any(isinstance(one, Job) and one.isRunning() for one in gc.get_objects() if type(one) is Job)


def close_dialogs() -> None:
    """Close what stands above the window."""
    for dialog in QApplication.topLevelWidgets():
        if not isinstance(dialog, Window) and dialog.isVisible():
            dialog.close()


def start(folder: Path, rest: int = 8_000) -> None:
    """Start as a user does; print the time of this process until the window stands, and its memory after."""
    settle = app._settle
    told: dict[str, float] = {}

    def painted(*arguments: object) -> None:
        told["cpu"] = time.process_time()
        settle(*arguments)  # type: ignore[arg-type]
        QTimer.singleShot(rest, end)

    def end() -> None:
        told["pss"] = pss(os.getpid()) / 1e6
        told["own"] = pss(os.getpid(), "Pss_Anon") / 1e6
        told["peak"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3
        print(json.dumps(told))
        QApplication.closeAllWindows()

    app._settle = painted
    app.run(folder, print)


def blocked(folder: Path) -> None:
    """Do everything that is measured and print the outcome."""
    application = app.application()
    desk, _why = app.open_desk(folder)
    window = Window(desk)
    watched = Watched()
    watched.of("first paint", window.show)
    units = [unit.key for unit in desk.catalogue.checklist_units()]
    most = max(units, key=lambda key: len(desk.catalogue.measures_of(key)))
    watched.of("the automatic backup", app.start_backup(window).begin)
    page = window.checklist
    history = page.history

    def act(name: str, does: Callable[[], object]) -> None:
        watched.of(name, does)
        close_dialogs()
        application.processEvents()

    def seek() -> None:
        history.filter.person.choose(min(1, len(history.filter.person._menu.actions()) - 1))
        history.filter.changed.emit()

    for _ in range(RUNS):
        act("查阅", lambda: window.show_page(BROWSE))
        act("清单", lambda: window.show_page(CHECKLIST))
        act("another unit", lambda: page.show_unit(most))
        act("总览", lambda: window.show_page(OVERVIEW))
        window.show_page(CHECKLIST)
        act("修改记录, of an item", lambda: page.head.history_button.setChecked(True))
        act("修改记录, of a unit", lambda: history.whole_unit.setChecked(True))
        act("修改记录, of a person", seek)
        act("修改记录, further down", history.view.scrollToBottom)
        history.filter.clear()
        history.whole_unit.setChecked(False)
        act("佐证材料", lambda: page.head.evidence_button.setChecked(True))
        page.head.show_panel("")
        act("责任人变更", lambda: page.verbs.ask_hand_over(page.unit))
        act("导入记录", window.rounds.show_receipts)
        act("备份与恢复", window.dialogs.show_backups)
        key = there(page.table.current_item()).key
        act("an edit", lambda key=key: desk.edit(key, {"owner": f"甲{time.perf_counter()}"}))
        page.show_unit(units[0])
    window.close()
    desk.close()
    print(json.dumps(watched.worst))


if __name__ == "__main__":
    {"start": start, "blocked": blocked}[sys.argv[1]](Path(sys.argv[2]))
    sys.stdout.flush()
    os._exit(0)
