"""工作库口令: set, changed, taken off. The window closes for it and opens again."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFormLayout, QLineEdit, QWidget

from desktop.ui.desk import Desk
from desktop.ui.kit import widgets
from desktop.ui.kit.check_boxes import TickBox
from desktop.ui.kit.dialog import Dialog
from desktop.ui.kit.dialog_foot import CANCEL, DialogFoot
from desktop.ui.safety.sealing import Sealing
from desktop.ui.safety.unlock_dialog import NO_WAY_BACK
from desktop.workspace.file import cipher
from desktop.workspace.safety import passphrase

SEALED_IS = (
    "设口令后，工作库（填报、走访、诉求、企业、批注、历史）和以后的备份加密保存，每次打开都要输入口令。"
)
NOT_SEALED = (
    "佐证材料、发文库、导出的文件、日志不加密（数据包另设密码），以前的备份也还是原样；"
    "电脑丢失时，这些仍能被读出。"
)


class SealDialog(Dialog):
    """Asks for a passphrase, the present one first where there is one.

    Signals:
        asked(object): the Sealing that is wanted
    """

    asked = Signal(object)

    def __init__(self, desk: Desk, parent: QWidget | None = None, *, takes_off: bool = False) -> None:
        super().__init__(parent)
        self._takes_off = takes_off
        sealed = is_sealed(desk)
        px = desk.look.tokens.px
        title = "取消口令" if takes_off else "更改口令" if sealed else "设置口令"
        self.setWindowTitle(f"工作库口令 — {title}")
        box = widgets.column(spacing=px(10), margins=(px(24), px(20), px(24), px(16)))
        self.setLayout(box)
        self._box = box
        self.present, self.secret, self.again = (QLineEdit() for _ in range(3))
        asked = ([("现在的口令", self.present)] if sealed else []) + (
            [] if takes_off else [("新口令", self.secret), ("再输一次", self.again)]
        )
        self._sealed = sealed
        said = (
            ("取消后，工作库不再加密，打开时不用输口令。以前加密的备份仍要用现在的口令恢复，请记住它。",)
            if takes_off
            else (SEALED_IS, NOT_SEALED)
        )
        for text in said:
            self._say(text)
        form = QFormLayout()
        form.setHorizontalSpacing(px(14))
        form.setVerticalSpacing(px(10))
        for name, field in asked:
            field.setEchoMode(QLineEdit.EchoMode.Password)
            field.setAccessibleName(name)
            field.setMaxLength(cipher.LONGEST)
            field.textChanged.connect(self._check)
            form.addRow(name, field)
        box.addLayout(form)
        self.problem = widgets.label("", "warn")
        self.problem.setWordWrap(True)
        box.addWidget(self.problem)
        old = 0 if takes_off else len(passphrase.unsealed(desk.workspace.folder))
        self.delete = TickBox(f"口令生效后，删除没有口令的旧备份（{old} 个，删除后找不回）", desk.look)
        if old:
            box.addWidget(self.delete)
        else:
            self.delete.hide()
        if not takes_off:
            self._say(f"{NO_WAY_BACK}请把口令写下来，放在稳妥的地方。", "warn")
        self._say(
            "窗口会关闭一次，转换并逐页核对后重新打开；转换时断电，原来的工作库也完好。", "muted", "small"
        )
        foot = DialogFoot(self, f"{title}并重新打开", cancel="返回" if takes_off else CANCEL)
        self.ok_button = foot.ok_button
        box.addLayout(foot)
        self._check()
        self.setMinimumWidth(px(560))
        asked[0][1].setFocus()

    def _say(self, text: str, *looks: str) -> None:
        line = widgets.label(text, *looks)
        line.setWordWrap(True)
        self._box.addWidget(line)

    def _check(self) -> None:
        """Say what is still wrong; only then is there something to do."""
        secret, again = self.secret.text(), self.again.text()
        wrong = ""
        if not self._takes_off and secret:
            if len(secret) < cipher.SHORTEST:
                wrong = f"新口令至少 {cipher.SHORTEST} 个字符。"
            elif again and secret != again:
                wrong = "两次输入的口令不一样，请再输一次。"
        self.problem.setText(wrong)
        self.problem.setVisible(bool(wrong))
        whole = self._takes_off or (len(secret) >= cipher.SHORTEST and secret == again)
        self.ok_button.setEnabled(whole and (not self._sealed or bool(self.present.text())))

    def accept(self) -> None:
        if self._sealed and not cipher.is_offered(self.present.text()):
            self.problem.setText("现在的口令不对。")
            self.problem.show()
            self.present.setFocus()
            self.present.selectAll()
            return
        super().accept()
        self.asked.emit(Sealing(None if self._takes_off else self.secret.text(), self.delete.isChecked()))
        for field in (self.present, self.secret, self.again):
            field.clear()


def is_sealed(desk: Desk) -> bool:
    """Tell whether the workspace has a passphrase."""
    return getattr(desk.workspace.db, "key", None) is not None
