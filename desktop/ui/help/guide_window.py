"""使用手册 in the program: contents at the left, the text beside it, and a field that searches it."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QPixmap, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QSplitter, QWidget

from desktop import TITLE
from desktop.errors import KnownError
from desktop.ui.desk import Desk
from desktop.ui.help import guide
from desktop.ui.help.guide_contents import GuideContents
from desktop.ui.help.guide_text import GuideText
from desktop.ui.kit import asking, messages, widgets
from desktop.ui.kit.dialog import Dialog
from desktop.ui.kit.dialog_foot import DialogFoot

WIDE, TALL, CONTENTS = 1120, 700, 252  # pixels at zoom 1
NAME = f"{TITLE}使用手册"


class GuideWindow(Dialog):
    """Stands beside the work; one can go on in the program while it is open. Raises KnownError if missing."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.setWindowTitle("使用手册")
        self.setWindowFlag(Qt.WindowType.WindowMaximizeButtonHint, True)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.text = GuideText(desk.look, guide.lines())
        self._build()
        self._connect()
        self._list()

    def _build(self) -> None:
        px = self._desk.look.tokens.px
        self.field = QLineEdit()
        self.field.setPlaceholderText("在手册中查找")
        self.field.setAccessibleName("在手册中查找")
        self.field.setClearButtonEnabled(True)
        self.field.setMaximumWidth(px(360))
        self.field.installEventFilter(self)
        self.count = widgets.label("", "muted")
        self.up_button = widgets.button("上一处", does=partial(self.text.step, -1), tip="上一处（Shift+F3）")
        self.down_button = widgets.button("下一处", does=partial(self.text.step, 1), tip="下一处（F3、回车）")
        self.pdf_button = widgets.button("存为 PDF……", does=self.ask_pdf)
        head = QHBoxLayout()
        head.setSpacing(px(8))
        head.addWidget(self.field, 1)
        for part in (self.up_button, self.down_button, self.count):
            head.addWidget(part)
        head.addStretch(1)
        head.addWidget(self.pdf_button)
        self.contents = GuideContents(self._desk.look)
        parts = QSplitter()
        parts.addWidget(self.contents)
        parts.addWidget(self.text)
        parts.setStretchFactor(1, 1)
        parts.setChildrenCollapsible(False)
        parts.setSizes([px(CONTENTS), px(WIDE - CONTENTS)])
        box = widgets.column(spacing=px(10), margins=(px(16), px(12), px(16), px(12)))
        self.setLayout(box)
        box.addLayout(head)
        box.addWidget(parts, 1)
        box.addLayout(DialogFoot(self, "关闭", cancel=""))
        widgets.resize_within(self, px(WIDE), px(TALL))
        self.field.setFocus()

    def _connect(self) -> None:
        self.field.textChanged.connect(self.text.search)
        self.text.searched.connect(self._tell_hits)
        self.text.moved.connect(self._follow)
        self.text.picture_asked.connect(self.show_picture)
        self.contents.chosen.connect(self.text.go_to)
        self._desk.look.changed.connect(self._list)
        for keys, step in (("F3", 1), ("Shift+F3", -1)):
            QShortcut(QKeySequence(keys), self, partial(self.text.step, step))
        for keys in ("Ctrl+F", "Ctrl+K"):
            QShortcut(QKeySequence(keys), self, self._ask_words)
        self._tell_hits()

    def open_at(self, task: str = "") -> None:
        """Show the window, at the task of these words if there is one."""
        if self.isVisible():
            self.raise_()
        self.show()
        self.activateWindow()
        self.text.go_to_task(task)

    def show_picture(self, name: str) -> None:
        """Show a picture in its own size."""
        PictureDialog(guide.picture(name), self).open()

    def ask_pdf(self) -> None:
        """Ask where the manual is to be written as a PDF."""
        start = asking.folder(self._desk.setting("ui.pdf_folder"))
        asking.ask_file(self, "存为 PDF", start, f"{NAME}.pdf", self.save_pdf, (asking.PDF,))

    def save_pdf(self, path: Path) -> None:
        """Write the manual as a PDF."""
        from desktop.ui.help import guide_paper
        from desktop.ui.printing import pdf

        try:
            pdf.save_pdf(guide_paper.paper(), path)
        except KnownError as problem:
            messages.show_problem(self, problem)
            return
        messages.show_message(self, "使用手册已存为 PDF。", str(path))

    def _ask_words(self) -> None:
        self.field.setFocus()
        self.field.selectAll()

    def _list(self) -> None:
        self.contents.show_headings(self.text.headings)
        self._follow()

    def _follow(self) -> None:
        self.contents.follow(self.text.read_heading)

    def _tell_hits(self) -> None:
        found = len(self.text.hits)
        words = f"{self.text.hit + 1}/{found}" if found else "没有找到" if self.field.text().strip() else ""
        self.count.setText(words)
        for button in (self.up_button, self.down_button):
            button.setEnabled(found > 0)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.field and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                back = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
                self.text.step(-1 if back else 1)
                return True
            if event.key() == Qt.Key.Key_Escape and self.field.text():
                self.field.clear()
                return True
            if event.key() in (Qt.Key.Key_PageDown, Qt.Key.Key_PageUp, Qt.Key.Key_Down, Qt.Key.Key_Up):
                self.text.keyPressEvent(event)
                return True
        return super().eventFilter(watched, event)


class PictureDialog(Dialog):
    """A picture of the manual in its own size."""

    def __init__(self, path: Path, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle("插图")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        shown = widgets.label()
        shown.setPixmap(QPixmap(str(path)))
        shown.setAccessibleName("插图")
        box = widgets.column(spacing=8, margins=(8, 8, 8, 8))
        self.setLayout(box)
        box.addWidget(widgets.scrolled(shown, "插图"), 1)
        box.addLayout(DialogFoot(self, "关闭", cancel=""))
        size = shown.sizeHint()
        widgets.resize_within(self, size.width() + 32, size.height() + 72)
