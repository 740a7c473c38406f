"""到期清理: what is past its period of retention, shown first, and deleted for good when one says so."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QSpinBox, QWidget

from desktop.ui.kit import messages, widgets
from desktop.ui.kit.dialog import Dialog
from desktop.ui.kit.dialog_foot import DialogFoot
from desktop.ui.kit.told_table import ToldRow, ToldTable
from desktop.workspace.merging import naming, retention

if TYPE_CHECKING:
    from desktop.ui.desk import Desk
    from desktop.workspace.merging.retention import Expired

USUAL, MOST = 5, 50  # years
SETTING = "retention_years"
WORDS = (
    "早于这个年数、已经办结、没有别的内容用到的走访、诉求和企业。删除后内容不能恢复，编号仍留着，"
    "旧数据包也带不回来；并入别的电脑时，那里的内容也会删除。以前的备份中还有，随备份更替消失。"
)


class RetentionDialog(Dialog):
    """Shows what is past its period for a number of years, and deletes it for good."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk = desk
        self.found: tuple[Expired, ...] = ()
        self.setWindowTitle("到期清理")
        px = desk.look.tokens.px
        box = widgets.column(spacing=px(10), margins=(px(22), px(18), px(22), px(16)))
        self.setLayout(box)
        row = QHBoxLayout()
        row.addWidget(widgets.label("保留年数", "section"))
        self.years = QSpinBox()
        self.years.setRange(retention.LEAST_YEARS, MOST)
        kept = desk.setting(SETTING)
        self.years.setValue(int(kept) if kept.isascii() and kept.isdecimal() else USUAL)
        self.years.setAccessibleName("保留年数")
        self.years.setSuffix(" 年")
        self.years.setMinimumWidth(px(110))
        row.addWidget(self.years)
        self.count = widgets.label("", "strong")
        row.addWidget(self.count)
        row.addStretch(1)
        box.addLayout(row)
        words = widgets.label(WORDS, "muted", "small")
        words.setWordWrap(True)
        box.addWidget(words)
        self.table = ToldTable(desk.look, (), "到期的内容", ("类别", "内容", "最后一次办理"))
        self._stack = widgets.rows_or_words(self.table, widgets.label("没有到期的内容。", "muted"))
        box.addLayout(self._stack, 1)
        foot = DialogFoot(self, "彻底删除……", safe=True)
        self.ok_button = foot.ok_button
        box.addLayout(foot)
        self.years.valueChanged.connect(lambda _years: self.refresh())
        widgets.resize_within(self, px(760), px(460))
        self.refresh()

    def refresh(self) -> None:
        """Look anew for what is past its period."""
        db, catalogue = self._desk.workspace.db, self._desk.catalogue
        self.found = retention.expired(db, catalogue, self.years.value(), self._desk.today())
        self.table.rows.show([_told(one) for one in self.found])
        self._stack.setCurrentIndex(0 if self.found else 1)
        self.count.setText(f"到期 {len(self.found)} 条")
        self.ok_button.setEnabled(bool(self.found) and not self._desk.read_only)

    def accept(self) -> None:
        messages.ask(
            self,
            f"彻底删除这 {len(self.found)} 条的内容？",
            "删除后不能恢复。需要留底的，请先导出台账。",
            "彻底删除",
            "不删除",
            self.delete,
        )

    def delete(self) -> None:
        """Delete what is shown for good, and remember the number of years."""
        desk, chosen = self._desk, self.found
        desk.set_setting(SETTING, str(self.years.value()))
        place = (desk.workspace.db, desk.workspace.folder)
        stamp = desk.firms.stamp()
        desk.write_and_tell(lambda: retention.delete(*place, chosen, stamp), lambda _files: desk.take_anew())
        super().accept()


def _told(one: Expired) -> ToldRow:
    files = f"，附件 {one.files} 份" if one.files else ""
    return ToldRow(naming.noun(one.noun), one.called, f"{one.day}{files}")
