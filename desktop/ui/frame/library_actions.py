"""The page 发文库, and what it asks the window for: taking a notice in, and comparing two."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication

from desktop.library.pack_names import SUFFIX
from desktop.ui.frame.rail import LIBRARY
from desktop.ui.kit.fields import there
from desktop.ui.library.pack_runs import PackRuns
from desktop.ui.library.page import LibraryPage
from desktop.workspace.merging import manifest

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from PySide6.QtWidgets import QWidget

    from desktop.ui.desk import Desk
    from desktop.ui.frame.actions import Frame
    from desktop.ui.library.paper_comparison import PaperComparison
    from desktop.ui.wizard.dialog import WizardDialog


def page(desk: Desk, window: QWidget, open_measure: Callable[[str], object]) -> LibraryPage:
    """Return the page, with what it asks for done."""
    made = LibraryPage(desk)
    made.entry_asked.connect(lambda: enter(made, desk, window))
    made.comparison_asked.connect(lambda key: compare(key, desk, window))
    made.notice_chosen.connect(open_measure)
    packs = PackRuns(desk, window)
    made.import_asked.connect(packs.ask_import)
    made.export_asked.connect(packs.ask_export)
    packs.begins.connect(made.changes.begins)
    packs.told.connect(lambda words: made.message.tell(words))

    def follow(words: str) -> None:
        made.changes.reopen()
        made.changes.changed.emit(words, None)

    packs.changed.connect(follow)
    return made


def take_dropped(paths: Sequence[Path], at: Frame, window: QWidget) -> None:
    """Read what was dropped on the window, ``at`` too: a 发文包, a 数据包, else returned workbooks."""
    if len(paths) == 1 and paths[0].suffix.lower() == SUFFIX:
        at.show_page(LIBRARY)
        there(window.findChild(PackRuns)).read(paths[0])
    elif len(paths) == 1 and paths[0].suffix.lower() == manifest.SUFFIX:
        at.dialogs.packages.look(paths[0])
    else:
        at.rounds.read(paths)


def take_named(file: Path, at: Frame, window: QWidget) -> None:
    """Read a file that was named when the program was started, unless a dialog stands before the window."""
    if QApplication.activeModalWidget() is None:
        take_dropped((file,), at, window)
    else:
        at.announce(f"没有打开“{file.name}”：请先关闭眼前的对话框，再打开一次这个文件。")


def compare(notice_key: str, desk: Desk, window: QWidget) -> PaperComparison:
    """Open the comparison of a notice with another one; return it."""
    from desktop.ui.library.paper_comparison import PaperComparison

    dialog = PaperComparison(desk, notice_key, window)
    dialog.open()
    return dialog


def enter(page: LibraryPage, desk: Desk, window: QWidget) -> WizardDialog:
    """Open the wizard that takes a notice in; return it."""
    from desktop.ui.wizard.dialog import WizardDialog

    dialog = WizardDialog(desk, page.changes.accept, window)
    dialog.taken.connect(lambda key: page.changes.taken(str(key)))
    dialog.open()
    return dialog
