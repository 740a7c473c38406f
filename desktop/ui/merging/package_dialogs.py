"""The dialogs of a package: what goes into one, its passphrase, what it would bring, which came before."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QDate, Signal
from PySide6.QtWidgets import QComboBox, QDateEdit, QGridLayout, QLineEdit, QWidget

from desktop.ui.kit import asking, calendar, plain, widgets
from desktop.ui.kit.check_boxes import TickBox
from desktop.ui.kit.dialog import Dialog
from desktop.ui.kit.dialog_foot import DialogFoot
from desktop.ui.kit.told_table import ToldTable
from desktop.ui.merging import told
from desktop.workspace.merging.manifest import SUFFIX

if TYPE_CHECKING:
    from collections.abc import Sequence

    from desktop.ui.desk import Desk
    from desktop.ui.kit.told_table import ToldRow
    from desktop.workspace.merging.outcome import MergeOutcome

KINDS = f"数据包 (*{SUFFIX})"
HELD = (
    "装入企业、走访、诉求、清单填报、批注和附件，供本单位另一台电脑并入。"
    "里面有联系人的电话，请妥善保管 U 盘，或设密码。"
)
NO_WAY_BACK = "忘记密码就打不开这个数据包，程序也没有办法；本机的内容不受影响。"
ALL = "全部单位"


class PackageExportDialog(Dialog):
    """Asks what goes into a package, and where to.

    Signals:
        asked(object, str, str, object): since when (a datetime, or None), the key of a unit, the passphrase,
            each "" for none, and the path
    """

    asked = Signal(object, str, str, object)

    def __init__(self, desk: Desk, unsent: int, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk = desk
        self.setWindowTitle("导出数据包")
        px = desk.look.tokens.px
        box = widgets.column(spacing=px(10), margins=(px(22), px(18), px(22), px(16)))
        self.setLayout(box)
        words = widgets.label(HELD, "muted")
        words.setWordWrap(True)
        box.addWidget(words)
        box.addWidget(
            widgets.label(f"其中 {unsent} 笔录入从未导出过。" if unsent else "本机录入的都导出过。", "strong")
        )
        grid = QGridLayout()
        grid.setHorizontalSpacing(px(12))
        grid.setVerticalSpacing(px(8))
        self.some = TickBox("只装入这一天以来的：", desk.look)
        self.some.setToolTip(plain.tip("按内容到本机的先后算，不受电脑时钟影响；从未导出过的总在其中"))
        today = desk.today()
        self.day = QDateEdit(QDate(today.year, today.month, 1))
        calendar.pop_up(self.day, desk.look.tokens)
        self.day.setAccessibleName("自哪一天起")
        self.day.setEnabled(False)
        self.some.toggled.connect(self.day.setEnabled)
        self.unit = QComboBox()
        self.unit.setAccessibleName("哪个单位的")
        self.unit.addItem(ALL, "")
        for unit in desk.catalogue.units:
            self.unit.addItem(unit.name, unit.key)
        self.secret, self.again = QLineEdit(), QLineEdit()
        for field, name in ((self.secret, "密码（可不设）"), (self.again, "再输一次密码")):
            field.setEchoMode(QLineEdit.EchoMode.Password)
            field.setAccessibleName(name)
        for row, (name, part) in enumerate(
            (
                ("范围", self.unit),
                ("", self.some),
                ("", self.day),
                ("密码（可不设）", self.secret),
                ("再输一次", self.again),
            )
        ):
            grid.addWidget(widgets.label(name, "section"), row, 0)
            grid.addWidget(part, row, 1)
        grid.setColumnStretch(1, 1)
        box.addLayout(grid)
        self.warning = widgets.label(NO_WAY_BACK, "warn")
        self.warning.setWordWrap(True)
        self.warning.hide()
        box.addWidget(self.warning)
        foot = DialogFoot(self, "导出……")
        self.ok_button = foot.ok_button
        box.addLayout(foot)
        for field in (self.secret, self.again):
            field.textChanged.connect(lambda _text: self._check())
        self.setMinimumWidth(px(480))

    def _check(self) -> None:
        self.warning.setVisible(bool(self.secret.text()))
        self.ok_button.setEnabled(self.secret.text() == self.again.text())

    def accept(self) -> None:
        start = asking.folder(self._desk.setting("ui.package_folder"))
        name = f"数据包{self._desk.today():%Y%m%d}{SUFFIX}"
        asking.ask_file(self, "导出数据包", start, name, self.write_to, (KINDS,))

    def write_to(self, path: Path) -> None:
        """Ask for what was chosen to be written to a file, and close."""
        day = self.day.date()
        since = datetime(day.year(), day.month(), day.day()).astimezone() if self.some.isChecked() else None
        super().accept()
        self.asked.emit(since, str(self.unit.currentData()), self.secret.text(), path)


class PassphraseDialog(Dialog):
    """Asks for the passphrase of a package.

    Signals:
        given(str): what was typed
    """

    given = Signal(str)

    def __init__(self, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle("数据包的密码")
        box = widgets.column(spacing=10, margins=(22, 18, 22, 16))
        self.setLayout(box)
        words = widgets.label(f"“{name}”设有密码，请输入导出时设的密码。")
        words.setWordWrap(True)
        box.addWidget(words)
        self.secret = QLineEdit()
        self.secret.setEchoMode(QLineEdit.EchoMode.Password)
        self.secret.setAccessibleName("密码")
        box.addWidget(self.secret)
        box.addLayout(DialogFoot(self, "打开"))
        self.setMinimumWidth(380)
        self.secret.setFocus()

    def accept(self) -> None:
        super().accept()
        self.given.emit(self.secret.text())


class PackagePlanDialog(Dialog):
    """Shows what a package would bring; nothing is written before it is accepted."""

    def __init__(self, desk: Desk, name: str, found: MergeOutcome, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle("并入数据包")
        px = desk.look.tokens.px
        box = widgets.column(spacing=px(10), margins=(px(22), px(18), px(22), px(16)))
        self.setLayout(box)
        head = widgets.label(name, "strong", selectable=True)
        head.setWordWrap(True)
        box.addWidget(head)
        made = found.manifest
        box.addWidget(
            widgets.label(f"{made.by or '未署名'} {made.made_at[:16].replace('T', ' ')}导出", "muted")
        )
        self.counts = widgets.label(told.counts(found), "heading")
        box.addWidget(self.counts)
        self.table = ToldTable(desk.look, told.of_outcome(desk, found), "会有的变化")
        nothing = widgets.label("本机的内容没有变化。", "muted")
        stack = widgets.rows_or_words(self.table, nothing)
        stack.setCurrentIndex(0 if self.table.rows.rows else 1)
        box.addLayout(stack, 1)
        kept = widgets.label("两台电脑对同一项填得不同的，两个值都留下，由人决定。并入后可以撤销。", "muted")
        kept.setWordWrap(True)
        box.addWidget(kept)
        foot = DialogFoot(self, "并入")
        self.ok_button = foot.ok_button
        self.ok_button.setEnabled(not found.nothing)
        box.addLayout(foot)
        widgets.resize_within(self, px(760), px(460))


class ArrivalsDialog(Dialog):
    """Shows which packages came, what is still missing, and lets the last be taken back.

    Signals:
        undo_asked(): the package that came last is to be taken back
    """

    undo_asked = Signal()

    def __init__(self, desk: Desk, rows: Sequence[ToldRow], missing: Sequence[str], parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle("数据包记录")
        px = desk.look.tokens.px
        box = widgets.column(spacing=px(10), margins=(px(22), px(18), px(22), px(16)))
        self.setLayout(box)
        for words in missing:
            line = widgets.label(words, "warn")
            line.setWordWrap(True)
            box.addWidget(line)
        self.table = ToldTable(
            desk.look, rows, "并入过的数据包", ("并入时间", "数据包", "来自和结果"), kind_width=136
        )
        stack = widgets.rows_or_words(self.table, widgets.label("还没有并入过数据包。", "muted"))
        stack.setCurrentIndex(0 if rows else 1)
        box.addLayout(stack, 1)
        foot = DialogFoot(self, "关闭", cancel="")
        self.undo_button = widgets.button("撤销最近一次并入……", does=self._undo)
        self.undo_button.setEnabled(bool(rows) and not desk.read_only)
        foot.insertWidget(0, self.undo_button)
        box.addLayout(foot)
        widgets.resize_within(self, px(760), px(420))

    def _undo(self) -> None:
        self.accept()
        self.undo_asked.emit()
