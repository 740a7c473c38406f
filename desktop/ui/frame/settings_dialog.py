"""设置: who is at this machine, when a light turns yellow, looks and size of text, where the workspace is."""

from __future__ import annotations

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from desktop import TITLE, __version__
from desktop.ui import verbs
from desktop.ui.desk import Desk
from desktop.ui.kit import plain, widgets
from desktop.ui.kit.dialog import Dialog
from desktop.ui.kit.dialog_foot import DialogFoot
from desktop.ui.kit.look import ZOOM_STEPS
from desktop.workspace.items import settings

SIZE_NAMES = {1.0: "标准", 1.25: "大", 1.5: "特大"}  # what people ask for; the steps between have none


class SettingsDialog(Dialog):
    """Changes are written when 确定 is pressed.

    Signals:
        backups_asked(): the list of backups is to be opened; the dialog is closed and written by then
        passphrase_asked(bool): the passphrase is to be set or changed, or, with true, taken off; likewise
    """

    backups_asked = Signal()
    passphrase_asked = Signal(bool)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.setWindowTitle("设置")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._build()

    def _build(self) -> None:
        desk = self._desk
        self.user = QLineEdit(desk.setting("user_name"))
        self.user.setPlaceholderText(f"未填写时记为“{desk.user_name}”")
        self.user.setMaxLength(40)
        self.near = QSpinBox()
        self.near.setRange(0, 365)
        self.near.setSuffix(" 天")
        self.near.setValue(settings.near_days(desk.workspace.db))
        self.theme = QComboBox()
        self.theme.addItems(["浅色", "深色"])
        self.theme.setCurrentIndex(1 if desk.look.tokens.dark else 0)
        self.size_choice = QComboBox()
        self.size_choice.addItems([_size(step) for step in ZOOM_STEPS])
        self.size_choice.setCurrentIndex(desk.look.zoom_step)
        self.size_choice.setToolTip(
            plain.tip(f"也可以按 {verbs.ZOOM_IN.keys[0]} 和 {verbs.ZOOM_OUT.keys[0]}")
        )
        path = widgets.label(str(desk.workspace.folder), "muted", selectable=True)
        path.setWordWrap(True)
        folder = QHBoxLayout()
        folder.setSpacing(8)
        folder.addWidget(widgets.button("打开文件夹", does=self._open_folder))
        self.backups_button = widgets.button("备份与恢复……", does=self.show_backups, tip=verbs.BACKUPS.hint)
        folder.addWidget(self.backups_button)
        folder.addStretch(1)
        form = QFormLayout()
        form.setLabelAlignment(Qt.AlignmentFlag.AlignRight)
        form.setHorizontalSpacing(14)
        form.setVerticalSpacing(12)
        form.addRow("本机使用人", self.user)
        form.addRow("到期前多少天亮黄灯", self.near)
        form.addRow("外观", self.theme)
        form.addRow("文字大小", self.size_choice)
        form.addRow("工作库位置", path)
        form.addRow("", folder)
        form.addRow("工作库口令", self._build_passphrase())
        kept = widgets.label("填报、批注和收藏都保存在工作库中，原文数据不会被改动。", "muted", "small")
        kept.setWordWrap(True)
        form.addRow("", kept)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 22, 24, 16)
        layout.setSpacing(18)
        layout.addLayout(form)
        layout.addWidget(widgets.label(f"{TITLE} {__version__}", "muted", "small", selectable=True))
        layout.addLayout(DialogFoot(self, "确定"))
        self.setMinimumWidth(520)

    def _build_passphrase(self) -> QHBoxLayout:
        """Return what says whether the workspace has a passphrase, and what changes that."""
        sealed = getattr(self._desk.workspace.db, "key", None) is not None
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(widgets.label("已设，加密保存" if sealed else "未设，不加密", "muted"))
        self.passphrase_button = widgets.button(
            "更改……" if sealed else "设置……", does=lambda: self._ask_passphrase(takes_off=False)
        )
        self.take_off_button = widgets.button("取消口令……", does=lambda: self._ask_passphrase(takes_off=True))
        self.take_off_button.setVisible(sealed)
        for button in (self.passphrase_button, self.take_off_button):
            button.setEnabled(not self._desk.read_only)
            row.addWidget(button)
        row.addStretch(1)
        return row

    def _ask_passphrase(self, *, takes_off: bool) -> None:
        """Write what was changed here, close, and ask for the passphrase."""
        self.accept()
        if self.result() == QDialog.DialogCode.Accepted:
            self.passphrase_asked.emit(takes_off)

    def show_backups(self) -> None:
        """Write what was changed here, close, and ask for the list of backups."""
        self.accept()
        if self.result() == QDialog.DialogCode.Accepted:
            self.backups_asked.emit()

    def ask_person(self) -> None:
        """Put the caret on the name of who is at this machine."""
        self.user.setFocus()
        self.user.selectAll()

    def _open_folder(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._desk.workspace.folder)))

    def accept(self) -> None:
        wanted = {"user_name": self.user.text().strip(), "near_days": str(self.near.value())}
        for name, value in wanted.items():
            default = str(settings.NEAR_DAYS) if name == "near_days" else ""
            if value != self._desk.setting(name, default) and not self._desk.set_setting(name, value):
                return
        if (self.theme.currentIndex() == 1) != self._desk.look.tokens.dark:
            self._desk.look.set_dark(self.theme.currentIndex() == 1)
        if self.size_choice.currentIndex() != self._desk.look.zoom_step:
            self._desk.look.set_zoom(ZOOM_STEPS[self.size_choice.currentIndex()])
        super().accept()


def _size(step: float) -> str:
    """Return what a size of the text is called: 标准（100%）, 110%."""
    share = f"{step:.0%}"
    return f"{SIZE_NAMES[step]}（{share}）" if step in SIZE_NAMES else share
