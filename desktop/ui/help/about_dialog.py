"""关于和诊断信息: what this copy is, to be read, copied or saved for whoever looks after the program."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QPlainTextEdit, QWidget

from desktop import TITLE, __version__, disk
from desktop.errors import KnownError
from desktop.ui.desk import Desk
from desktop.ui.help import about
from desktop.ui.kit import asking, clipboard, messages, widgets
from desktop.ui.kit.dialog import Dialog
from desktop.ui.kit.dialog_foot import DialogFoot

TEXT = "文本文件 (*.txt)"
NOBODY = "复制和存为文件的内容中没有姓名、电话、填报的内容和文件夹的位置，可以发给维护人员。"
ABOUT = "离线查阅惠企措施，收发责任清单，记录走访。本程序不联网。许可证：木兰宽松许可证第2版。"


class AboutDialog(Dialog):
    """Shows the facts of :mod:`desktop.ui.help.about`, and where the workspace lies."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.setWindowTitle("关于和诊断信息")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._build()

    def _build(self) -> None:
        px = self._desk.look.tokens.px
        box = widgets.column(spacing=px(12), margins=(px(22), px(18), px(22), px(16)))
        self.setLayout(box)
        box.addWidget(widgets.label(f"{TITLE} {__version__}", "heading"))
        box.addWidget(_wrapped(ABOUT, "muted"))
        grid = QGridLayout()
        grid.setHorizontalSpacing(px(14))
        grid.setVerticalSpacing(px(6))
        grid.setColumnStretch(1, 1)
        told = (*about.facts(self._desk), ("工作库位置", str(self._desk.workspace.folder)))
        for row, (name, value) in enumerate(told):
            grid.addWidget(widgets.label(name, "section"), row, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(_wrapped(value), row, 1)
        place = QHBoxLayout()
        place.setSpacing(px(8))
        self.folder_button = widgets.button("打开文件夹", "small", does=self._open_folder)
        self.place_button = widgets.button("复制位置", "small", does=self._copy_place)
        for button in (self.folder_button, self.place_button):
            place.addWidget(button)
        place.addStretch(1)
        grid.addLayout(place, len(told), 1)
        box.addLayout(grid)
        box.addWidget(_wrapped(NOBODY, "muted", "small"))
        self.licences_button = widgets.button("第三方组件……", does=self.show_components)
        self.licences_button.setVisible(about.components() is not None)
        self.save_button = widgets.button("存为文件……", does=self._ask_file)
        self.copy_button = widgets.button("复制", does=self._copy)
        others = (self.licences_button, self.save_button, self.copy_button)
        foot = DialogFoot(self, "关闭", *others, cancel="")
        box.addLayout(foot)
        self.setMinimumWidth(px(600))
        foot.focus_default()

    def save_to(self, path: Path) -> None:
        """Write the facts to a text file."""
        try:
            with disk.write_beside(path) as new:
                new.write_text(about.text(self._desk), encoding="utf-8")
        except KnownError as problem:
            messages.show_problem(self, problem)

    def show_components(self) -> None:
        """Show the components of the package with their licences."""
        if (file := about.components()) is not None:
            try:
                told = file.read_text(encoding="utf-8")
            except OSError as error:
                messages.show_problem(self, disk.explain(error, file))
                return
            ComponentsDialog(told, self).open()

    def _ask_file(self) -> None:
        name = f"{TITLE}-诊断信息-{self._desk.today():%Y%m%d}.txt"
        asking.ask_file(self, "存为文件", asking.folder(""), name, self.save_to, (TEXT,))

    def _copy(self) -> None:
        QGuiApplication.clipboard().setMimeData(clipboard.words(about.text(self._desk)))
        self.copy_button.setText("已复制")

    def _copy_place(self) -> None:
        QGuiApplication.clipboard().setMimeData(clipboard.words(str(self._desk.workspace.folder)))
        self.place_button.setText("已复制")

    def _open_folder(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._desk.workspace.folder)))


class ComponentsDialog(Dialog):
    """The list of components, as it lies in the package."""

    def __init__(self, told: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle("第三方组件")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        shown = QPlainTextEdit(told)
        shown.setReadOnly(True)
        shown.setAccessibleName("第三方组件")
        box = widgets.column(spacing=10, margins=(16, 16, 16, 12))
        self.setLayout(box)
        box.addWidget(shown, 1)
        box.addLayout(DialogFoot(self, "关闭", cancel=""))
        widgets.resize_within(self, 760, 560)


def _wrapped(words: str, *looks: str) -> QWidget:
    made = widgets.label(words, *looks, selectable=True)
    made.setWordWrap(True)
    return made
