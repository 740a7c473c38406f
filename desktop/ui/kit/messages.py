"""Messages: what the user can act on, and the report of a bug that can be copied."""

from __future__ import annotations

import platform
import sys
from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from desktop import TITLE, __version__
from desktop.errors import KnownError
from desktop.ui.kit import icons, widgets
from desktop.ui.kit.dialog import Dialog
from desktop.ui.kit.dialog_foot import DialogFoot
from desktop.ui.kit.look import look_of

UNDERSTOOD = "知道了"
_OTHER_WAY = 2  # neither accepted nor rejected
IN_TURN = "told_in_turn"


def show_problem(parent: QWidget | None, problem: KnownError) -> QDialog:
    """Show what happened and what to do; does not block. Returns the dialog.

    What was typed and not kept can be copied from it. While one says so already, that is returned. Without a
    parent it is gone when nobody keeps it.
    """
    for standing in _in_turn(parent):
        boxes = standing.findChildren(QPlainTextEdit)
        if standing.property(IN_TURN) == str(problem) and (boxes or not problem.typed):
            for box in boxes if problem.typed else ():
                box.setPlainText(problem.typed)
            return standing
    dialog, layout = _message(parent, problem.message, problem.hint, icon="warning", colour="amber")
    others = []
    if problem.typed:
        layout.addWidget(widgets.label("没有保存的内容，可以复制后再填：", "muted"))
        typed = copyable(problem.typed, "没有保存的内容")
        layout.addWidget(typed, 1)
        others.append(copy_button("复制内容", typed))
    layout.addLayout(DialogFoot(dialog, UNDERSTOOD, *others, cancel=""))
    open_in_turn(dialog, str(problem))
    return dialog


def show_message(parent: QWidget | None, words: str, more: str = "") -> QDialog:
    """Show a message; does not block. Returns the dialog."""
    dialog, box = _message(parent, words, more)
    box.addLayout(DialogFoot(dialog, UNDERSTOOD, cancel=""))
    open_in_turn(dialog, words)
    return dialog


def ask(
    parent: QWidget | None, words: str, more: str, yes: str, no: str, does: Callable[[], object]
) -> QDialog:
    """Ask whether ``does`` is to be called; ``no`` is what Enter and Esc mean. Returns the dialog."""
    dialog, box = _message(parent, words, more)
    box.addLayout(DialogFoot(dialog, yes, cancel=no, safe=True))
    dialog.accepted.connect(does)
    dialog.open()
    return dialog


def choose(parent: QWidget | None, words: str, more: str, *ways: tuple[str, Callable[[], object]]) -> QDialog:
    """Ask which of ``ways`` to go, each a label and what it does; does not block. Returns the dialog.

    Enter means the last one. Esc and 取消 mean none of them.
    """
    dialog, box = _message(parent, words, more)
    *others, (label, does) = ways
    buttons = [widgets.button(other, does=partial(_go, dialog, way)) for other, way in others]
    box.addLayout(DialogFoot(dialog, label, *buttons))
    dialog.accepted.connect(does)
    dialog.open()
    return dialog


def _go(dialog: QDialog, does: Callable[[], object]) -> None:
    dialog.done(_OTHER_WAY)
    does()


def copyable(text: str, name: str) -> QPlainTextEdit:
    """Return a box with a text that can be read and copied, called ``name``."""
    made = QPlainTextEdit(text)
    made.setReadOnly(True)
    made.setAccessibleName(name)
    made.setMinimumSize(520, 120)
    return made


def copy_button(label: str, box: QPlainTextEdit) -> QPushButton:
    """Return a button that copies all that stands in ``box``."""
    return widgets.button(label, does=lambda: QGuiApplication.clipboard().setText(box.toPlainText()))


def open_in_turn(dialog: QDialog, told: str) -> None:
    """Open ``dialog``, which only tells something, once those before it in the same window are closed."""
    before = _in_turn(dialog.parentWidget())
    dialog.setProperty(IN_TURN, told)
    dialog.finished.connect(lambda: dialog.setProperty(IN_TURN, ""))
    if before:
        before[-1].finished.connect(dialog.open)
    else:
        dialog.open()


def _in_turn(parent: QWidget | None) -> list[QDialog]:
    """Return what tells something in ``parent`` and is not closed, in the order in which it came."""
    found = parent.findChildren(QDialog) if parent is not None else []
    return [dialog for dialog in found if dialog.property(IN_TURN)]


def versions() -> str:
    """Return what a maintainer wants to know first."""
    from PySide6.QtCore import qVersion

    machine = f"{platform.system()} {platform.machine()}"
    return f"{TITLE} {__version__} · Python {sys.version.split()[0]} · Qt {qVersion()} · {machine}"


def _message(
    parent: QWidget | None, words: str, more: str, *, icon: str = "help", colour: str = "accent"
) -> tuple[QDialog, QVBoxLayout]:
    """Return a dialog without a foot, and its layout; ``colour`` is the name of a token."""
    dialog = Dialog(parent)
    dialog.setWindowTitle(TITLE)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    mark = widgets.label()
    mark.setPixmap(icons.pixmap(icon, getattr(look_of(dialog), colour), 28, dialog.devicePixelRatioF()))
    mark.setAlignment(Qt.AlignmentFlag.AlignTop)
    text = QVBoxLayout()
    text.setSpacing(8)
    for part, look in ((words, ""), (more, "muted")):
        if part:
            line = widgets.label(part, *([look] if look else []), selectable=True)
            line.setWordWrap(True)
            line.setMinimumWidth(380)
            text.addWidget(line)
    row = QHBoxLayout()
    row.setSpacing(14)
    row.addWidget(mark)
    row.addLayout(text, 1)
    layout = QVBoxLayout(dialog)
    layout.setContentsMargins(22, 20, 22, 16)
    layout.setSpacing(16)
    layout.addLayout(row)
    return dialog, layout
