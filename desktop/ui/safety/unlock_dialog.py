"""The passphrase of the workspace, asked for on opening; and what is left to one who has forgotten it."""

from __future__ import annotations

from enum import Enum, auto
from pathlib import Path

from PySide6.QtWidgets import QLineEdit, QWidget

from desktop.ui.kit import asking, widgets
from desktop.ui.kit.dialog import Dialog
from desktop.ui.kit.dialog_foot import DialogFoot
from desktop.ui.safety.rescue_dialog import ANY_BACKUP

NO_WAY_BACK = "口令不保存在任何地方，忘记后谁也打不开、找不回，程序的开发者也不能。"


class UnlockDialog(Dialog):
    """Asks for the passphrase of ``what``: 工作库, or a backup of it. Wrong as often as may be.

    Attributes:
        forgotten: the user says that nobody knows it any more
    """

    def __init__(self, what: str, *, wrong: bool, may_forget: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.forgotten = False
        self.setWindowTitle("输入口令")
        box = widgets.column(spacing=10, margins=(24, 20, 24, 16))
        self.setLayout(box)
        box.addWidget(widgets.label(f"{what}设有口令", "heading"))
        words = widgets.label("请输入口令。口令区分大小写。", "muted")
        words.setWordWrap(True)
        box.addWidget(words)
        self.secret = QLineEdit()
        self.secret.setEchoMode(QLineEdit.EchoMode.Password)
        self.secret.setAccessibleName("口令")
        box.addWidget(self.secret)
        self.wrong = widgets.label("口令不对，没有打开。请看一看大写锁定和输入法，再输一次。", "warn")
        self.wrong.setWordWrap(True)
        self.wrong.setVisible(wrong)
        box.addWidget(self.wrong)
        others = []
        if may_forget:
            self.forgotten_button = widgets.button("忘记口令……", "quiet", does=self._forget)
            others.append(self.forgotten_button)
        foot = DialogFoot(self, "打开", *others, cancel="退出" if may_forget else "取消")
        self.ok_button = foot.ok_button
        box.addLayout(foot)
        self.secret.textChanged.connect(lambda text: self.ok_button.setEnabled(bool(text)))
        self.ok_button.setEnabled(False)
        self.setMinimumWidth(440)
        self.secret.setFocus()

    def _forget(self) -> None:
        self.forgotten = True
        self.reject()


class Left(Enum):
    """What one who has forgotten the passphrase chose; ``BACK`` also for a dialog that was closed."""

    BACK = auto()
    FILE = auto()
    EMPTY = auto()


class ForgottenDialog(Dialog):
    """Says what is left when the passphrase is forgotten. The sealed file is kept in any case.

    Attributes:
        way: what was chosen
        file: the backup that was chosen, with ``Left.FILE``
    """

    def __init__(self, folder: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._folder = folder
        self.way, self.file = Left.BACK, Path()
        self.setWindowTitle("忘记口令")
        box = widgets.column(spacing=10, margins=(24, 20, 24, 16))
        self.setLayout(box)
        box.addWidget(widgets.label("忘记口令", "heading"))
        for text, *looks in (
            (NO_WAY_BACK,),
            ("从备份恢复：设口令以前的备份没有口令，可以恢复到那时；更改口令以前的备份要用当时的口令。",),
            ("重新开始：用空白工作库从头录入。佐证材料的文件和发文库都还在。",),
            ("两种办法都把现在的工作库原样移到 damaged 文件夹，不删除；以后想起口令，仍可从它恢复。",),
            (f"位置：{folder}", "muted", "small"),
        ):
            line = widgets.label(text, *looks, selectable=True)
            line.setWordWrap(True)
            box.addWidget(line)
        self.empty_button = widgets.button(
            "用空白工作库重新开始",
            does=lambda: self._choose(Left.EMPTY),
            tip="现在的工作库原样移到一边，不删除",
        )
        foot = DialogFoot(self, "从备份恢复……", self.empty_button, cancel="返回", safe=True)
        self.file_button = foot.ok_button
        box.addLayout(foot)
        foot.focus_default()
        self.setMinimumWidth(560)

    def accept(self) -> None:
        asking.ask_existing(
            self,
            "选择要恢复的备份",
            str(self._folder / "backups"),
            lambda chosen: self.choose_file(chosen[0]),
            ANY_BACKUP,
        )

    def choose_file(self, file: Path) -> None:
        """Choose to restore ``file``."""
        self.file = file
        self._choose(Left.FILE)

    def _choose(self, way: Left) -> None:
        self.way = way
        super().accept()
