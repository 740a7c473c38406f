"""恢复: a backup is checked, what it would bring and take away is said, and only then taken over."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from desktop.errors import KnownError
from desktop.library import opening
from desktop.ui.desk import Desk
from desktop.ui.kit import widgets
from desktop.ui.kit.dialog import Dialog
from desktop.ui.kit.dialog_foot import DialogFoot
from desktop.ui.kit.jobs import JobRun
from desktop.ui.safety import backup_work, unlocking
from desktop.ui.safety.backup_work import Outlook
from desktop.ui.safety.restored_words import words
from desktop.workspace.safety.restore import Restored

KEPT = "现有内容会先完整备份，恢复后仍可再恢复回来；佐证材料的文件一份也不会删除。"


class RestoreRun(QObject):
    """Goes back to one backup at a time.

    Signals:
        considered(object): the :class:`RestoreDialog` that asks whether to
        restored(str): it is done and all pages read again; what was done, in sentences
    """

    considered = Signal(object)
    restored = Signal(str)

    def __init__(self, desk: Desk, window: QWidget) -> None:
        super().__init__(window)
        self._desk = desk
        self._window = window
        self._name = ""
        self._considering, self._restoring = JobRun(window), JobRun(window)
        self._considering.done.connect(self._ask)
        self._restoring.done.connect(self._on_restored)
        self._restoring.missed.connect(self._desk.take_anew)  # whatever stands there now is shown

    def ask(self, file: Path, name: str = "") -> None:
        """Check ``file``, called ``name``, say what restoring it would change, do it if the user says so."""
        if not unlocking.may_open(file, self._desk.workspace.folder, self._window):
            return
        self._name = name or f"备份文件：{file}"
        self._considering.begin(backup_work.consider(self._desk, file), "检查备份", quick=True)

    def restore(self, file: Path) -> None:
        """Restore ``file``; a window that may not write leaves everything as it is."""
        if self._desk.read_only:
            return
        if self._restoring.begin(backup_work.restore(self._desk, file), "恢复工作库"):
            self._desk.remember_place({"backup_folder": str(file.parent)})

    def _ask(self, outlook: Outlook) -> None:
        dialog = RestoreDialog(self._desk, outlook, self._name, self._window)
        dialog.accepted.connect(lambda: self.restore(outlook.file))
        dialog.open()
        self.considered.emit(dialog)

    def _on_restored(self, done: Restored) -> None:
        if done.notices:
            try:
                opened = opening.opened(self._desk.workspace.folder)
                self._desk.take_catalogue(opened.catalogue, opened.db, opened.warning)
            except KnownError as problem:
                self._desk.tell_problem(problem)
        self._desk.take_anew()
        self.restored.emit(words(done))


class RestoreDialog(Dialog):
    """Says what comes, what goes, and asks."""

    def __init__(self, desk: Desk, outlook: Outlook, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle("恢复工作库")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        look = desk.look.tokens
        box = widgets.column(spacing=look.px(12), margins=(22, 20, 22, 16))
        self.setLayout(box)
        head = widgets.label("恢复到这份备份，替换现有内容？", "heading")
        box.addWidget(head)
        which = widgets.label(name, "muted", selectable=True)
        which.setWordWrap(True)
        box.addWidget(which)
        facts = QGridLayout()
        facts.setHorizontalSpacing(look.px(14))
        facts.setVerticalSpacing(look.px(8))
        for row, (title, held) in enumerate(
            (("备份中的内容", outlook.brings), ("将被替换的现有内容", outlook.replaces))
        ):
            told = f"{held.words}\n最近改动：{held.last}" if held.last else held.words
            line = widgets.label(told)
            line.setWordWrap(True)
            facts.addWidget(widgets.label(title, "section"), row, 0, Qt.AlignmentFlag.AlignTop)
            facts.addWidget(line, row, 1)
        facts.setColumnStretch(1, 1)
        box.addLayout(facts)
        loses = bool(outlook.lost or outlook.rounds_lost)
        self.loses = widgets.label(_lost_words(outlook), "warn" if loses else "muted")
        self.loses.setWordWrap(True)
        box.addWidget(self.loses)
        kept = widgets.label(KEPT, "muted")
        kept.setWordWrap(True)
        box.addWidget(kept)
        foot = DialogFoot(self, "备份现有内容并恢复", safe=True)
        self.ok_button = foot.ok_button
        box.addSpacing(look.px(4))
        box.addLayout(foot)
        self.setMinimumWidth(look.px(480))
        foot.focus_default()


def _lost_words(outlook: Outlook) -> str:
    if not outlook.lost and not outlook.rounds_lost:
        return "现有的改动在备份中都有，不会缺少内容。"
    lost, told = outlook.lost, ""
    if lost:
        told = f"现有内容中有 {lost} 次改动是备份中没有的，恢复后不在工作库中。"
    if outlook.rounds_lost:
        told += (
            f"备份以后，填报轮次又有 {outlook.rounds_lost} 次新建、发出或改动：恢复后不在工作库中，"
            "那时发出的工作簿交回来就认不出了。"
        )
    return told
