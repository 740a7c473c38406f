"""Packs read and written from the window: files asked for, work done in a thread, pages that follow."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from desktop.errors import KnownError
from desktop.ui.kit import asking, messages
from desktop.ui.kit.jobs import JobRun
from desktop.workspace.items import entries

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from PySide6.QtWidgets import QWidget

    from desktop.library.differing import PackDifference
    from desktop.library.pack_file import PackContents
    from desktop.ui.desk import Desk
    from desktop.ui.kit.jobs import Cancelled, Report
    from desktop.ui.library.pack_dialogs import PackExportDialog, PackImportDialog

NAME, KINDS = "导入发文包", "发文包 (*.fwb);;所有文件 (*)"
SAME = "这些发文这里都有，内容相同，没有需要改动的。"


class PackRuns(QObject):
    """Reads and writes packs for a window.

    Signals:
        begins(): something is about to change; what was just typed is to be saved first
        changed(str): the library was changed: in words; it is to be read anew
        told(str): what was done, in words
    """

    begins = Signal()
    changed = Signal(str)
    told = Signal(str)

    def __init__(self, desk: Desk, window: QWidget) -> None:
        super().__init__(window)
        self._desk, self._window = desk, window
        self._reading, self._taking, self._writing = JobRun(window), JobRun(window), JobRun(window)
        self._path: Path | None = None
        self._digest = ""
        self._reading.done.connect(self._on_read)
        self._taking.done.connect(self._on_taken)
        self._writing.done.connect(self._on_written)

    @property
    def running(self) -> bool:
        """Return whether a pack is being read or written."""
        return any(job.running for job in (self._reading, self._taking, self._writing))

    # ---- a pack that comes

    def ask_import(self) -> None:
        """Ask for a pack."""
        if self._desk.may_write():
            start = asking.folder(self._desk.setting("ui.import_folder"))
            asking.ask_existing(self._window, NAME, start, lambda paths: self.read(paths[0]), KINDS)

    def read(self, path: Path) -> None:
        """Read a pack, and show what it would change."""
        if self.running or not self._desk.may_write():
            return
        self.begins.emit()
        folder, today, entered = self._desk.workspace.folder, self._desk.today(), self._entered()

        def work(_report: Report, _cancelled: Cancelled) -> PackDifference:
            from desktop.library import packs

            return packs.difference(folder, path, entered, on=today)

        self._path = path
        self._reading.begin(work, "读取发文包", quick=True)

    def _on_read(self, found: PackDifference) -> None:
        path = self._path
        if path is None:
            return
        if found.nothing:
            messages.show_message(self._window, SAME, f"发文包：{path.name}")
            return
        self.shown(found, path).open()

    def shown(self, found: PackDifference, path: Path) -> PackImportDialog:
        """Return the dialog that shows what a pack would change."""
        from desktop.ui.library.pack_dialogs import PackImportDialog

        dialog = PackImportDialog(self._desk, path.name, found, self._window)
        dialog.asked.connect(lambda: self.take_in(path, found.contents.digest))
        return dialog

    def take_in(self, path: Path, digest: str) -> None:
        """Take over all that was shown."""
        if self.running or not self._desk.may_write():
            return
        self.begins.emit()
        folder, now, entered = self._desk.workspace.folder, self._desk.now(), self._entered()

        def work(_report: Report, _cancelled: Cancelled) -> PackDifference:
            from desktop.library import packs

            return packs.take_in(folder, path, entered, at=now, digest=digest)

        self._taking.begin(work, NAME, quick=True)

    def _on_taken(self, done: PackDifference) -> None:
        counted = (("新增", done.new), ("修改", done.changed), ("废止", done.gone))
        words = "，".join(f"{word} {number} 条" for word, number in counted if number)
        self.changed.emit(f"已导入发文包{f'：{words}' if words else ''}。")

    def _entered(self) -> list[tuple[str, str]]:
        return [(key.unit_key, key.measure_key) for key in entries.load(self._desk.workspace.db)]

    # ---- a pack that goes

    def ask_export(self, keys: Sequence[str]) -> PackExportDialog | None:
        """Ask which notices go into a pack, those with ``keys`` at first; None where there are none."""
        from desktop.library import store
        from desktop.ui.library.pack_dialogs import PackExportDialog

        own = [each for each in store.listed(self._desk.catalogue) if not each.own]
        if not own:
            none = KnownError(
                "发文库中没有自己录入的发文，没有可导出的内容。", "程序自带的发文每台电脑上都有。"
            )
            self._desk.tell_problem(none)
            return None
        dialog = PackExportDialog(self._desk, own, keys, self._window)
        dialog.asked.connect(self.write)
        dialog.open()
        return dialog

    def write(self, keys: Sequence[str], path: Path) -> None:
        """Write a pack of the notices with these keys."""
        folder, now, by = self._desk.workspace.folder, self._desk.now(), self._desk.user_name

        def work(_report: Report, _cancelled: Cancelled) -> PackContents:
            from desktop.library import packs

            return packs.export(folder, path, keys, by=by, at=now)

        self._path = path
        if self._writing.begin(work, "导出发文包", quick=True):
            self._desk.set_setting("ui.export_folder", str(path.parent))

    def _on_written(self, made: PackContents) -> None:
        self.told.emit(f"已导出 {len(made.notices)} 份发文：{self._path}")
