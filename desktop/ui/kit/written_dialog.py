"""What was written to files, and where: opened from there."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QWidget

from desktop.ui.kit import widgets
from desktop.ui.kit.dialog import Dialog
from desktop.ui.kit.dialog_foot import DialogFoot

TITLE = "导出责任清单"


class Written(Dialog):
    """Says what was written and where, and opens its folder; one file too, where a program ``shows`` it."""

    def __init__(
        self,
        paths: tuple[Path, ...],
        parent: QWidget,
        title: str = TITLE,
        more: str = "",
        *,
        shows: bool = True,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        box = widgets.column(spacing=10, margins=(22, 20, 22, 16))
        self.setLayout(box)
        one = paths[0] if len(paths) == 1 else None
        words = f"已导出：{one.name}" if one else f"已导出 {len(paths)} 个工作簿"
        told = ((words, ()), (more, ()), (f"存放在 {paths[0].parent}", ("muted", "small")))
        for text, looks in (line for line in told if line[0]):
            line = widgets.label(text, *looks, selectable=True)
            line.setWordWrap(True)
            line.setMinimumWidth(380)
            box.addWidget(line)
        self.folder_button = widgets.button("打开文件夹", does=lambda: self._open(paths[0].parent))
        others = [self.folder_button]
        if one and shows:
            self.file_button = widgets.button("打开文件", does=lambda: self._open(one))
            others.append(self.file_button)
        box.addSpacing(6)
        foot = DialogFoot(self, "关闭", *others, cancel="")
        box.addLayout(foot)
        foot.focus_default()

    def _open(self, path: Path) -> None:
        self.accept()
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))
