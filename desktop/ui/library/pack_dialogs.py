"""导出发文包 and 导入发文包: which notices go into a pack, and what one that was chosen would change."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QListView, QListWidget, QListWidgetItem, QWidget

from desktop import disk
from desktop.ui.kit import asking, plain, widgets
from desktop.ui.kit.check_boxes import TickDelegate
from desktop.ui.kit.dialog import Dialog
from desktop.ui.kit.dialog_foot import DialogFoot
from desktop.ui.library.pack_text import PackText

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from desktop.library.differing import PackDifference
    from desktop.library.store import ListedNotice
    from desktop.ui.desk import Desk

KEY = Qt.ItemDataRole.UserRole
KINDS = ("发文包 (*.fwb)",)
WIDTH, ROW, MOST_ROWS = 560, 30, 10
ABOUT = (
    "装进原文、结构、标注、原始文件、以前的版本和已确认的对应关系；填报内容不在其中。"
    "用 U 盘带到别的电脑导入即可。"
)
NOT_PROVEN = "发文包能查出改动和缺失，不能证明由谁制作；请只导入来源可靠的。"


class PackExportDialog(Dialog):
    """Asks which of the user's notices go into a pack, and where it goes.

    Signals:
        asked(object, object): the tuple of the notices' keys, the ``Path`` of the pack
    """

    asked = Signal(object, object)

    def __init__(
        self, desk: Desk, notices: Sequence[ListedNotice], ticked: Collection[str], parent: QWidget
    ) -> None:
        """``ticked`` are the keys of the notices that are ticked at first, all of them where none is."""
        super().__init__(parent)
        self._desk = desk
        self._chosen: Path | None = None
        self.setWindowTitle("导出发文包")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._build(notices, ticked)
        self._connect()
        self._check()

    @property
    def keys(self) -> tuple[str, ...]:
        """Return the keys of the notices that are ticked."""
        items = (self.notices.item(row) for row in range(self.notices.count()))
        return tuple(item.data(KEY) for item in items if item.checkState() is Qt.CheckState.Checked)

    @property
    def path(self) -> Path:
        """Return where the pack goes: what was chosen, else a file named for what is in it."""
        return self._chosen or Path(asking.folder(self._desk.setting("ui.export_folder"))) / self._name()

    def _build(self, notices: Sequence[ListedNotice], ticked: Collection[str]) -> None:
        px = self._desk.look.tokens.px
        box = widgets.column(spacing=px(12), margins=(px(24), px(20), px(24), px(16)))
        self.setLayout(box)
        about = widgets.label(ABOUT, "muted")
        about.setWordWrap(True)
        self.notices = QListWidget()
        self.notices.setAccessibleName("哪些发文")
        self.notices.setItemDelegate(TickDelegate(self._desk.look, self.notices))
        self.notices.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.notices.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        some = {each.key for each in notices} & set(ticked)
        for each in notices:
            item = QListWidgetItem(f"{each.number or each.title}　{each.measures} 条", self.notices)
            item.setData(KEY, each.key)
            item.setToolTip(plain.tip(each.title))
            item.setSizeHint(QSize(px(ROW), px(ROW)))
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            on = not some or each.key in some
            item.setCheckState(Qt.CheckState.Checked if on else Qt.CheckState.Unchecked)
        self.notices.setFixedHeight(min(max(self.notices.count(), 2), MOST_ROWS) * px(ROW) + 4)
        self._place = widgets.ElidedLabel("muted")
        place = QHBoxLayout()
        place.setSpacing(px(8))
        place.addWidget(widgets.label("存为", "section"))
        place.addWidget(self._place, 1)
        place.addWidget(widgets.button("选择……", does=self._ask_place))
        foot = DialogFoot(self, "导出")
        self.ok_button = foot.ok_button
        box.addWidget(about)
        box.addWidget(self.notices)
        box.addLayout(place)
        box.addStretch(1)
        box.addLayout(foot)
        self.setMinimumWidth(px(WIDTH))

    def _connect(self) -> None:
        self.notices.itemChanged.connect(lambda _item: self._check())
        self.accepted.connect(lambda: self.asked.emit(self.keys, self.path))

    def _check(self) -> None:
        self.ok_button.setEnabled(bool(self.keys))
        self.ok_button.setToolTip(plain.tip("" if self.keys else "请至少勾选一份发文"))
        self._place.setText(str(self.path))

    def _name(self) -> str:
        told = [self.notices.item(row).text().partition("　")[0] for row in range(self.notices.count())]
        only = told[0] if len(self.keys) == 1 and len(told) == 1 else ""
        day = self._desk.today().strftime("%Y%m%d")
        return f"{disk.allowed_name(only) or '发文包'}-{day}.fwb"

    def _ask_place(self) -> None:
        path = self.path
        asking.ask_file(self, "导出发文包", str(path.parent), path.name, self.go_to, KINDS)

    def go_to(self, path: Path) -> None:
        """Let the pack go to ``path``."""
        self._chosen = path
        self._check()


class PackImportDialog(Dialog):
    """Shows what a pack would change, and asks whether to take all of it in.

    Signals:
        asked(): everything is to be taken over
    """

    asked = Signal()

    def __init__(self, desk: Desk, name: str, found: PackDifference, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk, self._found = desk, found
        self.setWindowTitle("导入发文包")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._build(name)
        self._take_look()
        self.accepted.connect(self.asked)
        desk.look.changed.connect(self._take_look)

    def _build(self, name: str) -> None:
        px, found = self._desk.look.tokens.px, self._found
        box = widgets.column(spacing=px(10), margins=(px(22), px(18), px(22), px(14)))
        self.setLayout(box)
        made = found.contents
        counted = (("新增", found.new), ("修改", found.changed), ("废止", found.gone))
        words = "，".join(f"{word} {number} 条" for word, number in counted if number)
        self.told = widgets.label(words or "措施文字没有变化")
        widgets.set_look(self.told, "heading", True)
        when = made.made_at[:16].replace("T", " ")
        self._by = widgets.label(
            f"“{name}”，{made.made_by}制作于 {when}，{len(made.notices)} 份发文", "muted"
        )
        self._by.setWordWrap(True)
        card = widgets.frame("card")
        inside = widgets.column(margins=(1, 1, 1, 1))
        card.setLayout(inside)
        self.text = PackText(self._desk.look)
        inside.addWidget(self.text)
        foot = DialogFoot(self, "全部采用", safe=bool(found.orphans))
        self.ok_button = foot.ok_button
        note = widgets.label(NOT_PROVEN, "muted", "small")
        note.setWordWrap(True)
        box.addWidget(self.told)
        box.addWidget(self._by)
        box.addWidget(card, 1)
        box.addWidget(note)
        box.addLayout(foot)
        foot.focus_default()
        widgets.resize_within(self, px(820), px(600))

    def _take_look(self) -> None:
        self.text.tell(self._found, self._desk.catalogue)
