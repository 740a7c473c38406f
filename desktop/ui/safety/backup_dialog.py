"""备份与恢复: the backups of the workspace, making one, taking one along, going back to one."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QGridLayout, QHBoxLayout, QStackedLayout, QWidget

from desktop.ui.desk import Desk
from desktop.ui.kit import asking, widgets
from desktop.ui.kit.cells import Piece
from desktop.ui.kit.dialog import Dialog
from desktop.ui.kit.empty_card import EmptyCard
from desktop.ui.kit.jobs import JobRun
from desktop.ui.kit.row_table import Index, RowTable
from desktop.ui.safety import backup_table, backup_work
from desktop.ui.safety.backup_table import FAULTY, BackupList
from desktop.ui.safety.backup_work import Looked
from desktop.ui.safety.restoring import RestoreRun
from desktop.workspace import words
from desktop.workspace.file import backup
from desktop.workspace.file.backup import BackupFile
from desktop.workspace.safety import contents
from desktop.workspace.safety.bundle import Bundle

WIDTHS = {
    backup_table.AT: 132,
    backup_table.REASON: 84,
    backup_table.SIZE: 78,
    backup_table.LAST: 190,
    backup_table.STATE: 60,
}
PACKAGE = "备份包，连同佐证材料和发文 (*.zip)"
DATABASE = "只备份填报内容 (*.db)"
ANY_BACKUP = "备份 (*.zip *.db);;所有文件 (*)"
TOLD = (
    "每次打开程序时，内容有变化就自动备份一份；导入和恢复之前也会备份。"
    "较早的按天、按周保留，工作库很大时少留几份。"
)
NONE = "还没有备份"
WHEN = "下次打开程序时，内容有变化就自动备份一份。"


class BackupDialog(Dialog):
    """Lists the backups and does what can be done with them.

    Attributes:
        restore_run: what goes back to a backup

    Signals:
        listed(): what the backups hold stands in the list now
    """

    listed = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._saving, self._looking = JobRun(self), JobRun(self)
        self.restore_run = RestoreRun(desk, self)
        self.setWindowTitle("备份与恢复")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._build()
        self._connect()
        self.refresh()

    def _build(self) -> None:
        look = self._desk.look.tokens
        box = widgets.column(spacing=look.px(10), margins=(22, 20, 22, 16))
        self.setLayout(box)
        facts = QGridLayout()
        facts.setHorizontalSpacing(look.px(14))
        facts.setVerticalSpacing(look.px(4))
        self._now, self._last = widgets.label(), widgets.label("", "muted")
        place = widgets.label(str(self._desk.workspace.folder), "muted", selectable=True)
        place.setWordWrap(True)
        for row, (name, line) in enumerate(
            (("现有内容", self._now), ("最近改动", self._last), ("工作库位置", place))
        ):
            facts.addWidget(widgets.label(name, "section"), row, 0, Qt.AlignmentFlag.AlignTop)
            facts.addWidget(line, row, 1)
        facts.setColumnStretch(1, 1)
        box.addLayout(facts)
        self.model = BackupList(self)
        wrapped = (backup_table.HOLDS, backup_table.LAST)
        self.view = RowTable(self._desk.look, self.model, "备份", self._pieces, WIDTHS, wrapped)
        self.view.setMinimumHeight(look.px(90))
        self.empty = EmptyCard(self._desk.look)
        frame = widgets.frame("card")
        self._stack = QStackedLayout(frame)
        self._stack.setContentsMargins(1, 1, 1, 1)
        self._stack.addWidget(self.view)
        self._stack.addWidget(self.empty)
        box.addWidget(frame, 1)
        self.told = widgets.label(TOLD, "muted", "small", selectable=True)
        self.told.setWordWrap(True)
        for buttons in self._build_buttons():
            box.addLayout(buttons)
        widgets.resize_within(self, look.px(860), look.px(540))

    def _build_buttons(self) -> tuple[QHBoxLayout, QHBoxLayout]:
        """Return what is done with the list, and what is done with the whole."""
        self.restore_button = widgets.button("恢复所选备份……", does=self._restore_chosen)
        self.check_button = widgets.button("核对", does=self.check, tip="逐页核对每一份备份是否完好")
        self.save_button = widgets.button("立即备份", does=self.save, tip="在工作库所在的文件夹中备份一份")
        self.save_to_button = widgets.button(
            "备份到文件……", does=self.ask_save_to, tip="备份成一个文件，可以带走"
        )
        self.restore_from_button = widgets.button("从文件恢复……", does=self.ask_restore)
        self.folder_button = widgets.button("打开文件夹", does=self._open_folder)
        close = widgets.button("关闭", "primary", does=self.accept)
        close.setDefault(True)
        above, below = QHBoxLayout(), QHBoxLayout()
        above.addWidget(self.told, 1)
        above.addWidget(self.check_button)
        above.addWidget(self.restore_button)
        for button in (self.save_button, self.save_to_button, self.restore_from_button, self.folder_button):
            below.addWidget(button)
        below.addStretch(1)
        below.addWidget(close)
        return above, below

    def _connect(self) -> None:
        self.view.selectionModel().selectionChanged.connect(self._update_buttons)
        self.view.activated.connect(self._restore_chosen)
        self.view.copied.connect(self.told.setText)
        self._saving.done.connect(self._on_saved)
        self._looking.done.connect(self._on_looked)
        self.restore_run.restored.connect(self._on_restored)
        self.empty.asked.connect(self.save)

    # ---- what is shown

    def refresh(self) -> None:
        """Take the list from the disk again."""
        held = contents.of(self._desk.workspace.db)
        self._now.setText(held.words)
        self._last.setText(held.last or "—")
        self.model.show(backup.every(self._desk.workspace.folder))
        if self.model.files:
            self.view.selectRow(0)
            self._looking.begin(backup_work.look(self.model.files, thorough=False), "读取备份", quick=True)
        else:
            action = "" if self._desk.read_only else self.save_button.text()
            self.empty.say(NONE, WHEN, drawing="folder", action=action)
        self._stack.setCurrentIndex(0 if self.model.files else 1)
        self._update_buttons()

    def _on_looked(self, looked: Looked) -> None:
        self.model.tell(looked.holds, looked.states)
        if looked.thorough:
            faulty = sum(state == FAULTY for state in looked.states.values())
            good = len(looked.states) - faulty
            self.told.setText(f"已核对：{good} 份完好" + (f"，{faulty} 份损坏。" if faulty else "。"))
        self._update_buttons()
        self.listed.emit()

    def _chosen(self) -> BackupFile | None:
        row = self.view.chosen()
        return self.model.files[row] if row >= 0 else None

    def _pieces(self, index: Index) -> list[Piece]:
        look, words = self._desk.look.tokens, index.data()
        if index.column() == backup_table.STATE:
            return [Piece(words, look.red if words == FAULTY else look.green, bold=words == FAULTY)]
        return [
            Piece(words, look.text if index.column() in (backup_table.AT, backup_table.HOLDS) else look.muted)
        ]

    # ---- what is done

    def save(self) -> None:
        """Make a backup now."""
        self._saving.begin(backup_work.save(self._desk), "备份", quick=True)

    def ask_save_to(self) -> None:
        """Ask for a file and make a backup to take along."""
        dialog = asking.ask_file(
            self,
            "备份到文件",
            asking.folder(self._desk.setting("ui.backup_folder")),
            f"惠企措施手册-工作库备份-{self._desk.now():%Y%m%d-%H%M}.zip",
            lambda path: self.save_to(_with_suffix(path, dialog)),
            (PACKAGE, DATABASE),
        )
        dialog.filterSelected.connect(lambda chosen: dialog.setDefaultSuffix(_suffix(chosen)))

    def save_to(self, target: Path) -> None:
        """Make a backup to take along, at ``target``."""
        if self._saving.begin(backup_work.save_to(self._desk, target), "备份"):
            self._desk.remember_place({"backup_folder": str(target.parent)})

    def check(self) -> None:
        """Check each page of each backup."""
        self._looking.begin(backup_work.look(self.model.files, thorough=True), "核对备份", quick=True)

    def ask_restore(self) -> None:
        """Ask for a backup file and go back to it."""
        start = asking.folder(self._desk.setting("ui.backup_folder"))
        asking.ask_existing(
            self, "选择要恢复的备份", start, lambda chosen: self.restore_run.ask(chosen[0]), ANY_BACKUP
        )

    def _restore_chosen(self) -> None:
        chosen = self._chosen()
        if chosen is not None and self.restore_button.isEnabled():
            name = f"{words.moment(chosen.at)} 的备份（{chosen.words}）"
            self.restore_run.ask(chosen.path, name)

    def _on_saved(self, made: BackupFile | Bundle) -> None:
        self.refresh()
        self.told.setText(_saved_words(made))

    def _on_restored(self, words: str) -> None:
        self.refresh()
        self.told.setText(words)

    def _open_folder(self) -> None:
        folder = self._desk.workspace.folder
        backups = folder / backup.FOLDER
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(backups if backups.is_dir() else folder)))

    # ---- look

    def _update_buttons(self) -> None:
        chosen, writable = self._chosen(), not self._desk.read_only
        whole = chosen is not None and self.model.state(chosen) != FAULTY
        self.save_button.setEnabled(writable)
        self.check_button.setEnabled(bool(self.model.files))
        self.restore_button.setEnabled(whole and writable)
        self.restore_from_button.setEnabled(writable)


def _saved_words(made: BackupFile | Bundle) -> str:
    told = f"已备份并核对：{made.path}（{words.size(made.size)}）。"
    if isinstance(made, BackupFile):
        return told
    if made.packed:
        told += f"其中佐证材料 {made.packed} 份。"
    if made.left_out:
        told += f"不含 {made.left_out} 份佐证材料；要一并带走，请选“{PACKAGE.partition(' (')[0]}”。"
    if made.absent:
        told += f"以下佐证材料缺失或改动过，没有备份：{'、'.join(made.absent)}。"
    return told


def _suffix(chosen: str) -> str:
    return "db" if chosen == DATABASE else "zip"


def _with_suffix(path: Path, dialog: QFileDialog) -> Path:
    """Return ``path`` with the ending of the kind that was chosen, whatever was offered first."""
    wanted = f".{_suffix(dialog.selectedNameFilter())}"
    other = {".zip": ".db", ".db": ".zip"}[wanted]
    return path.with_suffix(wanted) if path.suffix.lower() == other else path
