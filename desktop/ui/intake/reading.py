"""Which files are meant by what the user chose or dropped: workbooks, and folders of them."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from desktop.errors import KnownError
from desktop.exchange.sheets import names
from desktop.ui.intake import stray_question, writing
from desktop.ui.intake.dialog import TITLE, IntakeDialog
from desktop.ui.kit import asking, messages
from desktop.ui.kit.jobs import JobRun
from desktop.workspace.file import store
from desktop.workspace.returns import other_files, plans

if TYPE_CHECKING:
    from desktop.ui.desk import Desk
    from desktop.ui.kit.jobs import Cancelled, Report, Work
    from desktop.workspace.returns.open_questions import OpenScope
    from desktop.workspace.returns.plans import Plan
    from desktop.workspace.returns.returned import Returned


READING = "读取回填的工作簿"
KINDS = "回填的工作簿 (*.xlsx);;全部文件 (*)"


class IntakeRun(QObject):
    """Reads workbooks and opens the preview, also of what earlier imports left open; one at a time.

    Signals:
        shown(object): the :class:`IntakeDialog` that was opened
        wanted(object): the :class:`ItemKey` of an item to be shown in its checklist
    """

    shown = Signal(object)
    wanted = Signal(object)

    def __init__(self, desk: Desk, window: QWidget) -> None:
        super().__init__(window)
        self._desk = desk
        self._window = window
        self._run = JobRun(window)
        self._run.done.connect(self._preview)

    def ask_files(self) -> None:
        """Ask for workbooks, then read them."""
        asking.ask_existing(
            self._window, TITLE, self._desk.setting("ui.import_folder"), self.read, KINDS, many=True
        )

    def ask_folder(self) -> None:
        """Ask for a folder, then read the workbooks in it."""
        asking.ask_folder(
            self._window,
            "选择存放回填工作簿的文件夹",
            self._desk.setting("ui.import_folder"),
            lambda chosen: self.read((chosen,)),
        )

    def read(self, chosen: Iterable[Path]) -> None:
        """Read workbooks, and those in folders, and show what taking them in would do."""
        if self._run.running:
            return
        named = tuple(chosen)
        if not named:
            return
        place = named[0] if named[0].is_dir() else named[0].parent
        if self._run.begin(reading(self._desk, named), READING, quick=True):
            self._desk.remember_place({"import_folder": str(place)})

    def decide(self, scope: OpenScope) -> None:
        """Show what earlier imports left open in ``scope``, to be decided on."""
        made = writing.plan_again(self._desk, scope)
        if made:
            self._show(made)
        else:
            messages.show_message(self._window, "没有待决定的内容。", "导入时须由您选择的，都已经决定。")

    def _preview(self, made: tuple[Plan, ...]) -> None:
        """Show the preview; before it, ask once whether workbooks that no open round sent are answers."""
        stray_question.ask(self._desk, made, self._window, self._show)

    def _show(self, plans: tuple[Plan, ...]) -> None:
        dialog = IntakeDialog(self._desk, plans, self._window)
        dialog.wanted.connect(self.wanted)
        dialog.open()
        self.shown.emit(dialog)


# What people send instead of .xlsx is taken along too: it is refused with the reason, not passed over.
TAKEN = names.WORKBOOKS | {".csv", ".zip"}


def workbooks(chosen: Iterable[Path]) -> tuple[Path, ...]:
    """Return the files in ``chosen``, and for each folder the workbooks in it and below, each only once.

    A file that was named itself is taken whatever it is called. Folders that cannot be read are passed over.
    """
    return _sorted_out(chosen)[0]


def _sorted_out(chosen: Iterable[Path]) -> tuple[tuple[Path, ...], tuple[Path, ...]]:
    """Return the workbooks as :func:`workbooks` does, and what else lies in the folders."""
    found: dict[Path, Path] = {}
    others: dict[Path, Path] = {}
    for path in chosen:
        if not path.is_dir():
            found.setdefault(_real(path), path)
            continue
        for one in _inside(path):
            (found if _may_be_read(one) else others).setdefault(_real(one), one)
    return tuple(found.values()), tuple(one for real, one in others.items() if real not in found)


def _inside(folder: Path) -> list[Path]:
    found: list[Path] = []
    for place, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        found += [Path(place) / name for name in sorted(files) if not other_files.is_nobodys(name)]
    return found


def _may_be_read(path: Path) -> bool:
    return path.suffix.lower() in TAKEN


def _real(path: Path) -> Path:
    try:
        return path.resolve()
    except OSError:
        return path.absolute()


OTHERS = "文件夹中的其他文件"
NOTHING = "没有找到工作簿，没有导入任何内容。"
CANCELLED = "已取消读取，没有并入任何内容。"


def reading(desk: Desk, chosen: Sequence[Path]) -> Work:
    """Return the work of reading workbooks, and those in folders, and planning what to do with them.

    Its result are plans; where there is no workbook at all it fails with a KnownError.
    """
    workspace, catalogue, today, by = desk.workspace, desk.catalogue, desk.today(), desk.user_name

    def work(report: Report, cancelled: Cancelled) -> tuple[Plan, ...]:
        from desktop.exchange.returned import book
        from desktop.exchange.returned.package import shown_name

        paths, others = _sorted_out(chosen)
        told = other_files.sentence(others) if others else ""
        if not paths:
            raise KnownError(NOTHING, told or "请选择各单位交回的 .xlsx 文件，或存放这些文件的文件夹。")
        read: list[Returned] = []
        refused = [plans.refused(OTHERS, told)] if told else []
        for done, path in enumerate(paths):
            if cancelled():
                raise KnownError(CANCELLED)
            report(done, len(paths))
            try:
                read += book.read(path)
            except KnownError as problem:
                refused.append(plans.refused(shown_name(path), str(problem)))
        if cancelled():
            raise KnownError(CANCELLED)
        with store.read_again(workspace) as db:
            planned = plans.plan_all(db, catalogue, read, today, by=by)
        report(len(paths), len(paths))
        return (*planned, *refused)

    return work
