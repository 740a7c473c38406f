"""Photos and files of a visit: attached in a worker, listed, opened, taken off."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QObject, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop.errors import KnownError
from desktop.ui.kit import asking, messages, widgets
from desktop.ui.kit.cells import Piece
from desktop.ui.kit.dialog import Dialog
from desktop.ui.kit.dialog_foot import DialogFoot
from desktop.ui.kit.file_drop import FileDrop
from desktop.ui.kit.jobs import Cancelled, JobRun, Report, Work, one_by_one
from desktop.ui.kit.row_table import ROOT, Index, RowTable, TitledModel
from desktop.workspace import words
from desktop.workspace.file import store
from desktop.workspace.visits import files, visits

if TYPE_CHECKING:
    from collections.abc import Sequence

    from desktop.ui.desk import Desk
    from desktop.workspace.journal.model import Stamp
    from desktop.workspace.visits.model import VisitFile

TITLE = "附上照片和文件"
NAME, SIZE = range(2)
MOST_TOLD = 8
WIDE, TALL = 560, 380
NO_FILES = "还没有附件。可以添加照片和文件，也可以直接拖到这里或走访记录上。"


class VisitFileRun(QObject):
    """Attaches files to a visit.

    Signals:
        ended(int): how many are attached now
    """

    ended = Signal(int)

    def __init__(self, desk: Desk, window: QWidget) -> None:
        super().__init__(window)
        self._desk, self._window, self._key = desk, window, ""
        self._run = JobRun(window)
        self._run.done.connect(self._on_done)
        self._run.missed.connect(lambda: self._end(0))

    def ask(self, key: str, reason: str) -> None:
        """Ask for files and attach them."""
        start = asking.folder(self._desk.setting("ui.visit_folder"))
        asking.ask_existing(
            self._window, TITLE, start, lambda chosen: self.attach(key, chosen, reason), many=True
        )

    def attach(self, key: str, paths: Sequence[Path], reason: str = "") -> None:
        """Attach copies of ``paths``; what cannot be is told, the rest is. A final visit needs a reason."""
        if self._run.running or not paths or not self._desk.may_write():
            return
        work = _work(self._desk, key, tuple(paths), self._desk.visits.stamp(), reason)
        if self._run.begin(work, TITLE, quick=True):
            self._key = key
            self._desk.remember_place({"visit_folder": str(paths[0].parent)})

    def _on_done(self, result: tuple[int, tuple[KnownError, ...]]) -> None:
        count, problems = result
        if count:
            self._desk.tell_saved()
        if problems:
            told = "\n".join(dict.fromkeys(one.message for one in problems[:MOST_TOLD]))
            hint = f"其余 {count} 个文件已附上。" if count else problems[0].hint
            messages.show_problem(self._window, KnownError(told, hint))
        self._end(count)

    def _end(self, count: int) -> None:
        self._desk.visits.changed.emit(self._key)
        self.ended.emit(count)


def _work(desk: Desk, key: str, paths: tuple[Path, ...], stamp: Stamp, reason: str) -> Work:
    workspace = desk.workspace

    def work(report: Report, cancelled: Cancelled) -> tuple[int, tuple[KnownError, ...]]:
        with closing(store.second_connection(workspace)) as db:

            def attach(path: Path) -> None:
                files.attach(db, workspace.folder, key, path, stamp, reason=reason)

            return one_by_one(paths, attach, report, cancelled)

    return work


class VisitFilesModel(TitledModel):
    """Name and size of each file."""

    titles = ("文件名", "大小")

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.files: tuple[VisitFile, ...] = ()

    def show(self, found: tuple[VisitFile, ...]) -> None:
        """Show these."""
        self.beginResetModel()
        self.files = found
        self.endResetModel()

    def rowCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else len(self.files)

    def data(self, index: Index, role: int = 0) -> object:
        if not index.isValid() or role != 0:  # Qt.ItemDataRole.DisplayRole
            return None
        one = self.files[index.row()]
        return one.name if index.column() == NAME else words.size(one.size)


class VisitFilesDialog(Dialog):
    """The files of a visit. ``writable``: some can be added and taken off, of a final one for ``reason``.

    Signals:
        told(str): what was just done
    """

    told = Signal(str)

    def __init__(
        self, desk: Desk, key: str, parent: QWidget, *, writable: bool = True, reason: str = ""
    ) -> None:
        super().__init__(parent)
        self._desk, self._key, self._writable, self._reason = desk, key, writable, reason
        self.run = VisitFileRun(desk, self)
        self.setWindowTitle("照片和附件")
        self._build()
        self._connect()
        self.refresh()

    def _build(self) -> None:
        px = self._desk.look.tokens.px
        box = widgets.column(spacing=px(10), margins=(px(20), px(18), px(20), px(16)))
        self.setLayout(box)
        self.add_button = widgets.button("添加……", does=lambda: self.run.ask(self._key, self._reason))
        self.open_button = widgets.button("打开", does=self.open_file)
        self.remove_button = widgets.button("移除", does=self.remove)
        row = QHBoxLayout()
        for button in (self.add_button, self.open_button, self.remove_button):
            button.setMinimumHeight(px(34))
            row.addWidget(button)
        row.addStretch(1)
        box.addLayout(row)
        self.model = VisitFilesModel(self)
        self.view = RowTable(self._desk.look, self.model, "照片和附件", self._pieces, {SIZE: 90}, (NAME,))
        self._stack = widgets.rows_or_words(self.view, widgets.label(NO_FILES, "muted"))
        box.addLayout(self._stack, 1)
        box.addLayout(DialogFoot(self, "关闭", cancel=""))
        widgets.resize_within(self, px(WIDE), px(TALL))

    def _connect(self) -> None:
        self.view.activated.connect(self.open_file)
        self.view.selectionModel().selectionChanged.connect(self._update)
        self.run.ended.connect(lambda count: self.told.emit(f"已附上 {count} 份") if count else None)
        self._desk.visits.changed.connect(self._follow)
        if self._writable:
            self._drop = FileDrop(self)
            self._drop.dropped.connect(lambda paths: self.run.attach(self._key, paths, self._reason))

    def refresh(self) -> None:
        """Take the files from the workspace again."""
        self.model.show(visits.one(self._desk.workspace.db, self._key).files)
        if self.model.files:
            self.view.selectRow(0)
        self._stack.setCurrentIndex(0 if self.model.files else 1)
        self._update()

    def open_file(self, _index: QModelIndex | None = None) -> None:
        """Open the chosen file with the program that the system has for it."""
        one = self._chosen()
        if one is None:
            return
        path = files.path_of(self._desk.workspace.folder, one)
        if path is None or not path.exists():
            self._desk.tell_problem(
                KnownError(
                    f"工作库中找不到“{one.name}”这份文件，没有改动任何内容。",
                    "它可能被移走或删除了；请从备份包中恢复，或重新添加一份。",
                )
            )
            return
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))

    def remove(self) -> None:
        """Take the chosen file off the visit."""
        one = self._chosen()
        if one is not None and self._desk.visits.remove_file(self._key, one.sha256, self._reason):
            self.told.emit(f"已移除“{one.name}”")

    def _follow(self, key: str) -> None:
        if key in ("", self._key):
            self.refresh()

    def _chosen(self) -> VisitFile | None:
        row = self.view.chosen()
        return self.model.files[row] if 0 <= row < len(self.model.files) else None

    def _pieces(self, index: Index) -> list[Piece]:
        look = self._desk.look.tokens
        return [Piece(str(index.data()), look.text if index.column() == NAME else look.muted)]

    def _update(self) -> None:
        one = self._chosen()
        self.add_button.setEnabled(self._writable)
        self.open_button.setEnabled(one is not None)
        self.remove_button.setEnabled(one is not None and self._writable)
