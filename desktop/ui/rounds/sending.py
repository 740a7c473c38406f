"""Beginning a round, and sending its workbooks out: one after the other, each recorded as it is written."""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QWidget

from desktop import TITLE, disk
from desktop.errors import KnownError
from desktop.ui.export.workbook_run import Outcome, WorkbookRun
from desktop.ui.kit import asking, widgets
from desktop.ui.kit.dialog import Dialog
from desktop.ui.kit.dialog_foot import DialogFoot
from desktop.ui.kit.jobs import JobRun
from desktop.ui.rounds.new_dialog import RoundDialog
from desktop.workspace.file import store
from desktop.workspace.history import undo
from desktop.workspace.items import checklist
from desktop.workspace.returns import reminder, rounds

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from desktop.ui.desk import Desk
    from desktop.ui.kit.jobs import Cancelled, Report, Work
    from desktop.workspace.returns.rounds import Round


SENDING, REMINDING = "写出本轮工作簿", "导出催报表"


class RoundRun(QObject):
    """Does one thing with a round at a time.

    Signals:
        begun(object): a :class:`Round` was begun; its workbooks are being written
        sent(object): a :class:`Sent`, when the writing has ended
        reminded(object): the path of a 催报 workbook
        told(str): something small was done, in words
    """

    begun = Signal(object)
    sent = Signal(object)
    reminded = Signal(object)
    told = Signal(str)

    def __init__(self, desk: Desk, window: QWidget) -> None:
        super().__init__(window)
        self._desk = desk
        self._window = window
        self._sending = JobRun(window)
        self._reminding = WorkbookRun(desk, window, REMINDING, quick=True)
        self._sending.done.connect(self._on_sent)
        self._sending.missed.connect(self._tell)
        self._reminding.ended.connect(self._on_reminded)

    # ---- a new round

    def ask_new(self, unit_keys: Sequence[str] = ()) -> RoundDialog | None:
        """Open the dialog for a new round of these units, all of them for ().

        Returns it, None in a window that is read-only.
        """
        if not self._desk.may_write():
            return None
        dialog = RoundDialog(self._desk, self._window, unit_keys)
        dialog.asked.connect(self.begin)
        dialog.open()
        return dialog

    def begin(
        self,
        name: str,
        reply_by: date,
        unit_keys: Sequence[str],
        folder: Path,
        document_keys: Sequence[str] = (),
    ) -> None:
        """Begin a round about these papers, all in use for (), and write its workbooks."""
        if self._sending.running:
            return
        made = begin(self._desk, name, reply_by, unit_keys, document_keys)
        if made is not None:
            self.begun.emit(made)
            self.send(made, made.unit_keys, folder)

    # ---- workbooks out

    def ask_again(self, asked: Round, unit_keys: Sequence[str]) -> None:
        """Ask for a folder, then write the workbooks of these units once more."""
        asking.ask_folder(
            self._window,
            "选择存放各单位工作簿的文件夹",
            asking.folder(self._desk.setting("ui.export_folder")),
            lambda chosen: self.send(asked, unit_keys, chosen),
        )

    def send(self, asked: Round, unit_keys: Sequence[str], folder: Path) -> None:
        """Write the workbooks of these units into ``folder`` and record with which values they go out."""
        if self._desk.may_write() and self._sending.begin(
            sending(self._desk, asked, unit_keys, folder), SENDING
        ):
            is_its_own = folder.name == disk.allowed_name(asked.name).strip(" .")
            self._desk.remember_place({"export_folder": str(folder.parent if is_its_own else folder)})

    def _on_sent(self, sent: Sent) -> None:
        self._tell()
        dialog = SentDialog(self._desk, sent, self._window)
        dialog.go_on.connect(lambda: self.send(sent.asked, sent.left, sent.folder))
        dialog.open()
        self.sent.emit(sent)

    def _tell(self) -> None:
        self._desk.tell_changed()

    # ---- reminders

    def copy_reminder(self, asked: Round) -> None:
        """Put the 催报 text on the clipboard."""
        stands = rounds.standing(self._desk.workspace.db, asked, self._desk.today())
        QGuiApplication.clipboard().setText(reminder.text(stands, asked, self._desk.catalogue))
        self.told.emit(f"已复制催报文字（未回 {len(stands.missing)} 家）")

    def ask_reminder(self, asked: Round) -> None:
        """Ask for a file, then write the 催报 workbook to it."""
        self._reminding.ask_for(f"{asked.name}-催报", lambda path: self.write_reminder(asked, path))

    def write_reminder(self, asked: Round, path: Path) -> None:
        """Write the 催报 workbook of a round."""
        self._reminding.begin(_reminding(self._desk, asked, path), path.parent)

    def _on_reminded(self, paths: tuple[Path, ...]) -> None:
        for path in paths:
            self.reminded.emit(path)


class SentDialog(Dialog):
    """Says which workbooks were written, and honestly which were not.

    Signals:
        go_on(): write those that are left
    """

    go_on = Signal()

    def __init__(self, desk: Desk, sent: Sent, parent: QWidget) -> None:
        super().__init__(parent)
        self._folder = sent.folder
        self.setWindowTitle(TITLE)
        box = widgets.column(spacing=10, margins=(22, 20, 22, 16))
        self.setLayout(box)
        asked = sent.asked
        until = f"{asked.reply_by.year}年{asked.reply_by.month}月{asked.reply_by.day}日"
        told: list[tuple[str, tuple[str, ...]]] = [(f"“{asked.name}”已写好 {len(sent.paths)} 份工作簿。", ())]
        if sent.left:
            names = "、".join(desk.catalogue.unit(key).name for key in sent.left)
            why = f"{sent.problem}\n" if sent.problem else "已取消。"
            told.append((f"{why}还有 {len(sent.left)} 家没有写：{names}。", ("warn",)))
            told.append(
                ("轮次已建立，写好的都有效；没有写的可以现在继续，也可以以后在总览中再发。", ("muted",))
            )
        else:
            told.append((_then(desk, sent, until), ("muted",)))
        told.append((f"存放在 {sent.folder}", ("muted", "small")))
        for words, looks in told:
            line = widgets.label(words, *looks, selectable=True)
            line.setWordWrap(True)
            line.setMinimumWidth(420)
            box.addWidget(line)
        folder_button = widgets.button("打开文件夹", does=self._open_folder)
        self.go_on_button = widgets.button("继续写", does=self._go_on)
        foot = DialogFoot(self, "关闭", folder_button, self.go_on_button, cancel="")
        self.go_on_button.setVisible(bool(sent.left))
        box.addSpacing(6)
        box.addLayout(foot)
        foot.focus_default()

    def _go_on(self) -> None:
        self.accept()
        self.go_on.emit()

    def _open_folder(self) -> None:
        self.accept()
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._folder)))


def _then(desk: Desk, sent: Sent, until: str) -> str:
    """Return what is to be done with the workbooks that were written."""
    to = desk.catalogue.unit(sent.unit_keys[0]).name if len(sent.unit_keys) == 1 else "各单位"
    again = "先前发出的各份交回来也认得；" if sent.again else ""
    them = "它" if len(sent.paths) == 1 else "它们"
    return f"请把{them}发给{to}，于{until}前收回；{again}收回后拖到窗口上即可并入。"


def _reminding(desk: Desk, asked: Round, path: Path) -> Work:
    db, catalogue, today = desk.workspace.db, desk.catalogue, desk.today()
    stands = rounds.standing(db, asked, today)
    items = checklist.every_item(db, catalogue, today)
    last, text = undo.last_of_each(db), reminder.text(stands, asked, catalogue)
    now = desk.now()

    def work(report: Report, cancelled: Cancelled) -> Outcome:
        from desktop.exchange.reports import reminder as report_of

        report_of.write(
            path,
            catalogue,
            asked,
            stands,
            items,
            last,
            text,
            today,
            at=now,
            report=report,
            cancelled=cancelled,
        )
        return Outcome((path,))

    return work


@dataclass(frozen=True, slots=True)
class Sent:
    """What came of sending to ``unit_keys``: ``left`` are those that have no workbook, ``problem`` says why.

    ``again``: one of them was sent a workbook of the round before.
    """

    asked: Round
    folder: Path
    paths: tuple[Path, ...]
    left: tuple[str, ...]
    problem: KnownError | None
    unit_keys: tuple[str, ...] = ()
    again: bool = False


def begin(
    desk: Desk, name: str, reply_by: date, unit_keys: Sequence[str], document_keys: Sequence[str] = ()
) -> Round | None:
    """Begin a round about these papers, all in use for (); return it, None when it was not written."""
    return desk.write(
        lambda: rounds.new(
            desk.workspace.db,
            desk.catalogue,
            name,
            reply_by,
            unit_keys,
            document_keys=document_keys,
            by=desk.user_name,
            at=desk.now(),
        )
    )


def sending(desk: Desk, asked: Round, unit_keys: Sequence[str], folder: Path) -> Work:
    """Return the work of writing the workbooks of ``unit_keys`` into ``folder``; its result is a Sent.

    What was written stays when it is cancelled or when something is in the way, and is told.
    """
    workspace, catalogue, today = desk.workspace, desk.catalogue, desk.today()
    by = desk.user_name

    def work(report: Report, cancelled: Cancelled) -> Sent:
        from desktop.exchange.checklists import book, sending

        wanted = book.Sending(catalogue, today)
        paths: list[Path] = []
        problem: KnownError | None = None
        with closing(store.second_connection(workspace)) as db:
            again = any(key in rounds.times_sent(db, asked.key) for key in unit_keys)
            for key in unit_keys:
                report(len(paths), len(unit_keys))
                if cancelled():
                    break
                unit = catalogue.unit(key)
                path = folder / sending.name_of(wanted, asked, unit)
                try:
                    path = book.free_path(path)
                    sending.send_unit(path, db, asked, wanted, unit, by=by, at=desk.now())
                except KnownError as met:
                    problem = met
                    break
                paths.append(path)
        left = tuple(unit_keys[len(paths) :])
        return Sent(asked, folder, tuple(paths), left, problem, tuple(unit_keys), again)

    return work
