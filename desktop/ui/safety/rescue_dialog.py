"""A damaged workspace on start: what happened, what can be done, and what would be missing after each."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from enum import Enum, auto
from pathlib import Path

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QWidget

from desktop.catalogue.query import Catalogue
from desktop.errors import KnownError
from desktop.ui.kit import asking, icons, look, widgets
from desktop.ui.kit.dialog import Dialog
from desktop.workspace import words
from desktop.workspace.items.model import Change, ItemKey
from desktop.workspace.safety.rescue import Offer

ANY_BACKUP = "备份 (*.zip *.db);;所有文件 (*)"
MOST_LISTED = 500


class Way(Enum):
    """What the user chose. ``LEAVE`` also stands for a dialog that was closed."""

    OFFERED = auto()
    FILE = auto()
    EMPTY = auto()
    READ = auto()
    LEAVE = auto()


class RescueDialog(Dialog):
    """Asks what is to be done about a damaged workspace; nothing is touched before that.

    Attributes:
        way: what was chosen
        file: the backup file that was chosen, with ``Way.FILE``
    """

    def __init__(
        self,
        offer: Offer,
        catalogue: Catalogue,
        failed: KnownError | None = None,
        parent: QWidget | None = None,
    ) -> None:
        """Ask about ``offer``; ``failed`` says what was in the way of what was chosen before."""
        super().__init__(parent)
        self._offer, self._catalogue, self._failed = offer, catalogue, failed
        self.way, self.file = Way.LEAVE, Path()
        self.setWindowTitle("工作库无法打开")
        self._build()

    def _build(self) -> None:
        offer = self._offer
        box = widgets.column(spacing=10, margins=(24, 22, 24, 18))
        self.setLayout(box)
        head = QHBoxLayout()
        head.setSpacing(14)
        mark = widgets.label()
        mark.setPixmap(icons.pixmap("warning", look.LIGHT.amber, 28, self.devicePixelRatioF()))
        mark.setAlignment(Qt.AlignmentFlag.AlignTop)
        head.addWidget(mark)
        words = widgets.column(spacing=6)
        for text, looks in (
            ("工作库无法打开", ("heading",)),
            (offer.problem.message, ()),
            (f"位置：{offer.folder}", ("muted", "small")),
            (offer.words, ()),
        ):
            line = widgets.label(text, *looks, selectable=True)
            line.setWordWrap(True)
            words.addWidget(line)
        head.addLayout(words, 1)
        box.addLayout(head)
        if self._failed is not None:
            self.failed = widgets.label(f"{self._failed.message}{self._failed.hint}", "warn", selectable=True)
            self.failed.setWordWrap(True)
            box.addWidget(self.failed)
        if offer.backup is not None and offer.missing:
            box.addWidget(widgets.label("恢复后会缺少的改动（可复制下来，恢复后再补填）", "section"))
            self.missing = QPlainTextEdit(missing_words(offer.missing, self._catalogue))
            self.missing.setReadOnly(True)
            self.missing.setMinimumHeight(150)
            box.addWidget(self.missing, 1)
            copy = widgets.button("复制这份清单", "quiet", does=self._copy)
            box.addWidget(copy, 0, Qt.AlignmentFlag.AlignLeft)
        box.addSpacing(4)
        box.addLayout(self._build_ways())
        self.setMinimumWidth(660)
        if self._offer.backup is not None:
            self.offered_button.setFocus()

    def _build_ways(self) -> QHBoxLayout:
        row = QHBoxLayout()
        self.leave_button = widgets.button("退出", does=self.reject)
        self.read_button = widgets.button(
            "只查阅措施", does=lambda: self._choose(Way.READ), tip="不打开工作库，只能查阅措施，不能填报"
        )
        self.folder_button = widgets.button("打开文件夹", does=self._open_folder)
        self.file_button = widgets.button("从其他备份恢复……", does=self._ask_file)
        for button in (self.leave_button, self.read_button, self.folder_button):
            row.addWidget(button)
        row.addStretch(1)
        row.addWidget(self.file_button)
        if self._offer.backup is not None:
            self.offered_button = widgets.button(
                "恢复最近的备份", "primary", does=lambda: self._choose(Way.OFFERED)
            )
            self.offered_button.setDefault(True)
            row.addWidget(self.offered_button)
        else:
            self.empty_button = widgets.button(
                "用空白工作库重新开始",
                does=lambda: self._choose(Way.EMPTY),
                tip="损坏的文件原样移到一边，不删除，以后仍可交给技术人员修复",
            )
            row.addWidget(self.empty_button)
        return row

    def choose_file(self, file: Path) -> None:
        """Choose to restore ``file``."""
        self.file = file
        self._choose(Way.FILE)

    def _choose(self, way: Way) -> None:
        self.way = way
        self.accept()

    def _ask_file(self) -> None:
        start = str(self._offer.folder)
        asking.ask_existing(
            self, "选择要恢复的备份", start, lambda chosen: self.choose_file(chosen[0]), ANY_BACKUP
        )

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.missing.toPlainText())

    def _open_folder(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._offer.folder)))


def _where(catalogue: Catalogue, key: ItemKey) -> str:
    """Return unit and measure of an item, by their keys where the library does not have them."""
    unit, measure = key.unit_key, key.measure_key
    with suppress(KeyError):
        unit = catalogue.unit(unit).name
    with suppress(KeyError):
        measure = f"{words.paper(catalogue, measure)}{catalogue.measure(measure).cited}"
    return f"{unit}{measure}"


def missing_words(missing: Sequence[Change], catalogue: Catalogue) -> str:
    """Return changes as lines, newest first."""
    lines = []
    for change in list(reversed(missing))[:MOST_LISTED]:
        where = _where(catalogue, change.key)
        field = words.field(change.field)
        before, after = words.sides(change)
        told = f"{words.moment(change.at)}  {change.by}  {where}  {field}：{before} → {after}"
        lines.append(told.replace("\n", " "))
    if len(missing) > MOST_LISTED:
        lines.append(f"……共 {len(missing)} 处")
    return "\n".join(lines)
