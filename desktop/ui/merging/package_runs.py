"""Packages written and taken in from the window: files asked for, work in a thread, pages that follow."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from desktop.errors import KnownError
from desktop.ui.kit import asking, messages
from desktop.ui.kit.jobs import JobRun
from desktop.workspace.file import store

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from PySide6.QtWidgets import QWidget

    from desktop.ui.desk import Desk
    from desktop.ui.kit.jobs import Cancelled, Report
    from desktop.ui.merging.conflict_dialog import ConflictDialog
    from desktop.ui.merging.package_dialogs import ArrivalsDialog, PackageExportDialog, PackagePlanDialog
    from desktop.workspace.merging.outcome import Conflict, MergeOutcome
    from desktop.workspace.merging.packing import Packed

FOLDER = "ui.package_folder"
SAME = "这个数据包的内容本机都有，没有需要改动的。"


class PackageRuns(QObject):
    """Writes packages and takes them in, for a window.

    Signals:
        begins(): something is about to change; what was just typed is to be saved first
        told(str): what was done, in words
    """

    begins = Signal()
    told = Signal(str)

    def __init__(self, desk: Desk, window: QWidget) -> None:
        super().__init__(window)
        self._desk, self._window = desk, window
        self._looking, self._taking, self._writing = JobRun(window), JobRun(window), JobRun(window)
        self._path: Path | None = None
        self._secret = ""
        self._looking.done.connect(self._on_looked)
        self._taking.done.connect(self._on_taken)
        self._taking.missed.connect(desk.take_anew)
        self._writing.done.connect(self._on_written)

    @property
    def running(self) -> bool:
        """Return whether a package is being written or taken in."""
        return any(job.running for job in (self._looking, self._taking, self._writing))

    # ---- a package that goes

    def ask_export(self) -> PackageExportDialog | None:
        """Ask what goes into a package; None in a window that only reads."""
        from desktop.ui.merging.package_dialogs import PackageExportDialog
        from desktop.workspace.merging import choosing

        if not self._desk.may_write():
            return None
        self.begins.emit()
        dialog = PackageExportDialog(self._desk, choosing.unsent(self._desk.workspace.db), self._window)
        dialog.asked.connect(self.write)
        dialog.open()
        return dialog

    def write(self, since: datetime | None, unit_key: str, passphrase: str, path: Path) -> None:
        """Write a package: all, or what came since a moment, of all or of one unit."""
        desk, workspace = self._desk, self._desk.workspace
        by, now = desk.user_name, desk.now()
        unit = desk.catalogue.unit(unit_key) if unit_key else None
        names = (unit.key, unit.name, *unit.aliases) if unit else ()

        def work(report: Report, cancelled: Cancelled) -> Packed:
            from desktop.workspace.merging import packing

            with closing(store.second_connection(workspace)) as db:
                return packing.pack(
                    db,
                    workspace.folder,
                    path,
                    by=by,
                    at=now,
                    since=since,
                    unit=names,
                    passphrase=passphrase,
                    report=_ending(report, cancelled),
                )

        self._path = path
        if self._writing.begin(work, "导出数据包", quick=True):
            desk.set_setting(FOLDER, str(path.parent))

    def _on_written(self, made: Packed) -> None:
        from desktop.ui.kit.written_dialog import Written
        from desktop.workspace import words

        parts = (
            f"{made.manifest.writes} 笔录入、{len(made.manifest.files)} 份附件，共 {words.size(made.size)}"
        )
        missing = len(made.manifest.missing)
        more = f"有 {missing} 份附件在本机已缺失或被改动，没有装入。" if missing else ""
        self.told.emit(f"已导出数据包：{parts}")
        told = f"装有 {parts}。{more}"
        assert self._path is not None
        Written((self._path,), self._window, "导出数据包", told, shows=False).open()

    # ---- a package that comes

    def ask_take(self) -> None:
        """Ask for a package."""
        from desktop.ui.merging.package_dialogs import KINDS

        if self._desk.may_write() and not self.running:
            start = asking.folder(self._desk.setting(FOLDER))
            kinds = f"{KINDS};;所有文件 (*)"
            asking.ask_existing(self._window, "并入数据包", start, lambda paths: self.look(paths[0]), kinds)

    def look(self, path: Path) -> None:
        """Look at a package, and show what it would bring; one with a passphrase asks for it first."""
        from desktop.ui.merging.package_dialogs import PassphraseDialog
        from desktop.workspace.merging import locking

        if self.running or not self._desk.may_write():
            return
        self.begins.emit()
        try:
            with path.open("rb") as file:
                locked = locking.is_locked(file)
        except OSError:
            locked = False  # whoever reads it says why it cannot be read
        self._path, self._secret = path, ""
        if not locked:
            self._look()
            return
        dialog = PassphraseDialog(path.name, self._window)
        dialog.given.connect(self._look)
        dialog.open()

    def _look(self, passphrase: str = "") -> None:
        self._secret = passphrase
        self._looking.begin(self._work("plan", ""), "查看数据包", quick=True)

    def _on_looked(self, found: MergeOutcome) -> None:
        if found.nothing:
            messages.show_message(self._window, SAME, f"数据包：{self._path}")
        else:
            self.shown(found).open()

    def shown(self, found: MergeOutcome) -> PackagePlanDialog:
        """Return the dialog that shows what a package would bring."""
        from desktop.ui.merging.package_dialogs import PackagePlanDialog

        name = self._path.name if self._path else ""
        dialog = PackagePlanDialog(self._desk, name, found, self._window)
        dialog.accepted.connect(lambda: self.take(found.digest))
        return dialog

    def take(self, digest: str) -> None:
        """Take in the package that was looked at: all of it, or nothing."""
        if not self.running and self._desk.may_write():
            self.begins.emit()
            self._taking.begin(self._work("apply", digest), "并入数据包", quick=True)

    def _work(self, how: str, digest: str) -> Any:
        desk, workspace, path, secret = self._desk, self._desk.workspace, self._path, self._secret
        by, now, catalogue = desk.user_name, desk.now(), desk.catalogue
        assert path is not None

        def work(report: Report, cancelled: Cancelled) -> MergeOutcome:
            from desktop.workspace.merging import taking

            with closing(store.second_connection(workspace)) as db:
                told = _ending(report, cancelled)
                place = (db, workspace.folder, catalogue, path)
                if how == "plan":
                    return taking.plan(*place, by=by, at=now, passphrase=secret, report=told)
                return taking.apply(*place, by=by, at=now, passphrase=secret, digest=digest, report=told)

        return work

    def _on_taken(self, done: MergeOutcome) -> None:
        from desktop.ui.merging import told

        self._desk.take_anew()
        self.told.emit(f"已并入数据包：{told.counts(done)}")
        if done.conflicts:
            self.decide()

    # ---- afterwards

    def decide(self) -> ConflictDialog:
        """Show what machines disagree about, to be decided on."""
        from desktop.ui.merging.conflict_dialog import ConflictDialog

        self.begins.emit()
        dialog = ConflictDialog(self._desk, self._window)
        dialog.decided.connect(lambda one, value: self._decide(dialog, one, value))
        dialog.open()
        return dialog

    def _decide(self, dialog: ConflictDialog, one: Conflict, value: object) -> None:
        from desktop.workspace.merging import conflicts

        desk = self._desk
        place = (desk.workspace.db, desk.workspace.folder, desk.catalogue)
        stamp = desk.firms.stamp()
        desk.write_and_tell(
            lambda: conflicts.decide(*place, one.noun, one.key, one.field, value, stamp),
            lambda _done: desk.take_anew(),
        )
        dialog.refresh()

    def show_arrivals(self) -> ArrivalsDialog:
        """Show which packages came, and what is still missing."""
        from desktop.ui.merging import told
        from desktop.ui.merging.package_dialogs import ArrivalsDialog
        from desktop.workspace.merging import arrivals, gaps

        db = self._desk.workspace.db
        missing = [one.words for one in gaps.gaps(db)]
        dialog = ArrivalsDialog(self._desk, told.of_arrivals(arrivals.every(db)), missing, self._window)
        dialog.undo_asked.connect(self.ask_undo)
        dialog.open()
        return dialog

    def ask_undo(self) -> None:
        """Ask whether the package that came last is to be taken back."""
        messages.ask(
            self._window,
            "撤销最近一次并入的数据包？",
            "之后在上面录入的内容保留；同一个数据包以后可以再并入。",
            "撤销并入",
            "取消",
            self.undo,
        )

    def undo(self) -> None:
        """Take the package that came last back."""
        from desktop.workspace.merging import arrivals

        desk = self._desk
        try:
            taken = arrivals.undo(
                desk.workspace.db, desk.workspace.folder, desk.catalogue, by=desk.user_name, at=desk.now()
            )
        except KnownError as problem:
            desk.tell_problem(problem)
            return
        desk.take_anew()
        self.told.emit(f"已撤销“{taken.file_name}”的并入")


def _ending(report: Report, cancelled: Cancelled) -> Report:
    """Return a report that ends the work once it is cancelled: nothing is left behind then."""

    def told(done: int, of: int) -> None:
        if cancelled():
            raise KnownError("已取消，没有改动任何内容。")
        report(done, of)

    return told
