"""The program started as a person starts it, answered from within and closed: the last line is what was seen.

``python -m … WORKSPACE ANSWER UNTIL`` opens the window on ``WORKSPACE`` (``-``: the user's own). ``ANSWER``
is the button that is pressed where the workspace is damaged; with ``fail`` something goes wrong in the
window, and the report of that is copied. What the window and its dialogs say is written to stdout, and the
window is closed when it is there and so is a file of the pattern ``UNTIL`` in the workspace (``-``: at once).
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QPushButton, QWidget

ROOT = Path(__file__).parents[2]
LOOK_MS = 20
FAIL, NONE = "fail", "-"
READ, LEAVE, OFFERED = WAYS = ("read_button", "leave_button", "offered_button")


def run(
    folder: Path | None, answer: str = NONE, until: str = NONE, root: Path = ROOT, **environment: str
) -> subprocess.CompletedProcess[str]:
    """Start the program in ``root`` in a process of its own and return how that ended and what it said.

    ``PATIENCE`` in the environment is how many seconds a second start waits for the first one's answer.
    """
    paths = os.pathsep.join([str(root), *(path for path in sys.path if path)])
    return subprocess.run(
        [sys.executable, "-m", __name__, NONE if folder is None else str(folder), answer, until],
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=120,
        check=False,
        cwd=root,
        env={**os.environ, "PYTHONPATH": paths, "PYTHONUTF8": "1", **environment},
    )


class Person:
    """Looks at the screen every moment and does the next thing."""

    def __init__(self, answer: str, until: str) -> None:
        self._answer, self._until = answer, until
        self._arrived = False
        self._failed = self._told = answer != FAIL
        self._timer = QTimer(interval=LOOK_MS)
        self._timer.timeout.connect(self._look)
        self._timer.start()

    def _look(self) -> None:
        from desktop.ui.frame.window import Window
        from desktop.ui.safety.rescue_dialog import RescueDialog

        shown = [widget for widget in QApplication.topLevelWidgets() if widget.isVisible()]
        for dialog in (widget for widget in shown if isinstance(widget, QDialog)):
            if not isinstance(dialog, RescueDialog):
                self._leave_message(dialog)
            else:
                getattr(dialog, self._answer if self._answer in WAYS else LEAVE).click()
            return
        for window in (widget for widget in shown if isinstance(widget, Window)):
            if not self._failed:
                self._failed = True
                QTimer.singleShot(0, _go_wrong)
            elif self._arrived and self._told and self._is_done(window.desk.workspace.folder):
                _tell(window)
                _write("read-only" if window.desk.read_only else "writable")
                window.close()
            self._arrived = True  # what waits for the window to be shown has its turn until the next look

    def _is_done(self, folder: Path) -> bool:
        return self._until == NONE or any(folder.glob(self._until))

    def _leave_message(self, dialog: QDialog) -> None:
        self._told = True
        _tell(dialog)
        for button in dialog.findChildren(QPushButton):
            if button.text() == "复制报告":
                button.click()
                _write(QGuiApplication.clipboard().text())
        dialog.reject()


def _tell(widget: QWidget) -> None:
    for label in widget.findChildren(QLabel):
        if label.isVisible() and label.text():
            _write(label.text())


def _write(words: str) -> None:
    sys.stdout.write(f"{words}\n")


def _go_wrong() -> None:
    raise ZeroDivisionError("a mistake of the program")


def main(folder: str, answer: str, until: str) -> int:
    """Start the program and let a person watch it."""
    from desktop.__main__ import main as program
    from desktop.ui.frame import app

    if patience := os.environ.get("PATIENCE"):
        from desktop.workspace.file import bell

        bell.PATIENCE = float(patience)
    app.application()
    person = Person(answer, until)
    code = program([] if folder == NONE else ["--workspace", folder])
    del person
    return code


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
