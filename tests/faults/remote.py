"""The program started as a person starts it, in a process of its own, and told what to do there from outside.

``python -m … WORKSPACE`` opens the window. Each line of stdin is done in it: ``type WORDS`` enters them as
the progress of the first item of a checklist, ``look`` does nothing, ``close`` closes the window. Answered is
what is seen then: a line for each dialog (which is closed) and what can be copied from it, each line above
the pages, and the first item's progress.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtWidgets import QDialog

    from desktop.ui.frame.window import Window

ROOT = Path(__file__).parents[2]
END = "."


class Remote:
    """A window elsewhere."""

    def __init__(
        self,
        folder: Path,
        before: Callable[[], object] | None = None,
        wrapped: tuple[str, ...] = (),
        **env: str,
    ) -> None:
        paths = os.pathsep.join([str(ROOT), *filter(None, sys.path)])
        usual = {"PYTHONPATH": paths, "QT_QPA_PLATFORM": "offscreen", "PYTHONUTF8": "1"}
        self.process = subprocess.Popen(
            [sys.executable, "-m", __name__, str(folder)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            encoding="utf-8",
            cwd=ROOT,
            env={**os.environ, **usual, **env},
            preexec_fn=before,
        )
        self.seen = self._answer()

    def do(self, what: str) -> str:
        """Have something done in the window; return what is seen then."""
        assert self.process.stdin is not None
        self.process.stdin.write(f"{what}\n")
        self.process.stdin.flush()
        self.seen = self._answer()
        return self.seen

    def close(self) -> str:
        """Close the window; return what the program said on stderr. It ends well."""
        _, said = self.process.communicate("close\n", timeout=60)
        assert self.process.returncode == 0, said
        return said

    def _answer(self) -> str:
        assert self.process.stdout is not None
        lines: list[str] = []
        for line in self.process.stdout:
            if line == f"{END}\n":
                break
            lines.append(line)
        return "".join(lines)

    def __enter__(self) -> Remote:
        return self

    def __exit__(self, *_: object) -> None:
        self.process.kill()
        self.process.communicate()


def main(folder: str) -> int:
    """Open the window and do as told."""
    from PySide6.QtCore import QSocketNotifier, QTimer

    from desktop.__main__ import main as program
    from desktop.ui.frame import app

    running = app.application()
    heard = QSocketNotifier(sys.stdin.fileno(), QSocketNotifier.Type.Read)
    heard.setEnabled(False)
    heard.activated.connect(lambda: heard.setEnabled(_obey(sys.stdin.readline())))
    waiting = QTimer(interval=20)

    def begin() -> None:
        """Answer for the first time when the window stands, or a dialog in its place."""
        if _windows() or _dialogs():
            waiting.stop()
            QTimer.singleShot(0, _tell)
            heard.setEnabled(True)

    waiting.timeout.connect(begin)
    waiting.start()
    code = program(["--workspace", folder])
    del running
    return code


def _windows() -> list[Window]:
    from PySide6.QtWidgets import QApplication

    from desktop.ui.frame.window import Window

    return [each for each in QApplication.topLevelWidgets() if isinstance(each, Window) and each.isVisible()]


def _dialogs() -> list[QDialog]:
    from PySide6.QtWidgets import QApplication, QDialog

    return [each for each in QApplication.topLevelWidgets() if isinstance(each, QDialog) and each.isVisible()]


def _obey(order: str) -> bool:
    """Do as told; tell whether more may come."""
    what, _, words = order.rstrip("\n").partition(" ")
    if what == "type":
        _type(words)
    if what == "close":
        for window in _windows():
            window.close()
    if _windows():
        _tell()
    return bool(order and _windows())


def _type(words: str) -> None:
    from PySide6.QtCore import Qt
    from PySide6.QtTest import QTest

    from desktop.ui.checklist import columns
    from desktop.ui.frame.rail import CHECKLIST

    (window,) = _windows()
    window.show_page(CHECKLIST)
    page = window.checklist
    page.show_unit(window.desk.catalogue.find_unit("区财政局").key)
    page.table.setCurrentIndex(page.model.index(0, columns.PROGRESS))
    QTest.keyClick(page.table, Qt.Key.Key_F2)
    editor = page.table.delegate.editor
    if editor is not None:
        editor.selectAll()
        editor.insertPlainText(words)
        QTest.keyClick(editor, Qt.Key.Key_Return)


def _tell() -> None:
    from PySide6.QtWidgets import QApplication, QLabel, QPlainTextEdit

    from desktop.ui.checklist import columns
    from desktop.ui.frame.rail import CHECKLIST

    for _ in range(20):
        QApplication.processEvents()
    for dialog in _dialogs():
        words = [label.text() for label in dialog.findChildren(QLabel) if label.text() and label.isVisible()]
        _say("dialog", " ".join(words))
        for box in dialog.findChildren(QPlainTextEdit):
            _say("copyable", box.toPlainText())
        dialog.reject()
    for window in _windows():
        for label in window.lines.findChildren(QLabel):
            if label.isVisible() and label.text():
                _say("line", label.text())
        if window.page == CHECKLIST:
            _say("progress", window.checklist.model.index(0, columns.PROGRESS).data() or "")
    sys.stdout.write(f"{END}\n")
    sys.stdout.flush()


def _say(what: str, words: str) -> None:
    sys.stdout.write(f"{what}: {' '.join(words.split())}\n")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
