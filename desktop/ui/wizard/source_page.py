"""Step 原文: text pasted or read from a file, or a notice that was not finished."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData, QModelIndex, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QScrollArea, QWidget

from desktop.library import drafts as kept_drafts
from desktop.library.drafts import KeptDraft
from desktop.ui.kit import asking, widgets
from desktop.ui.kit.choice_list import ChoiceDelegate, ChoiceList
from desktop.ui.kit.file_drop import FileDrop
from desktop.ui.kit.jobs import JobRun
from desktop.ui.kit.rows_model import VALUE, Index, RowsModel
from desktop.ui.kit.style_sheet import TARGET

if TYPE_CHECKING:
    from collections.abc import Callable

    from desktop.exchange.papers.paper import PaperText
    from desktop.ui.kit.look import Look, Tokens
    from desktop.ui.wizard.sitting import Sitting

KINDS = "发文 (*.docx *.txt *.md *.html *.htm *.mht *.mhtml *.xlsx);;所有文件 (*)"
ASKED = "把发文的文字粘贴在这里（Ctrl+V），也可以把文件拖到这里。"
HOW = (
    "可以用 Word 文档（.docx）、文字文件、保存的网页、Excel 表格，或者直接粘贴。"
    "从网页上多复制一点没有关系，导航、页脚会放在一边。"
)
LISTED = 4
SHOWN = 60  # characters of a text that was set aside


class SourceField(QPlainTextEdit):
    """Takes text as it is, without looks.

    Signals:
        filed(object): files were pasted or dropped
    """

    filed = Signal(tuple)

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("发文原文")
        self.setPlaceholderText(ASKED)
        self.setTabChangesFocus(True)

    def words(self) -> str:
        """Return the text to the character; Qt's own way makes common spaces of those that do not break."""
        return self.document().toRawText().replace("\u2029", "\n")

    def insertFromMimeData(self, source: QMimeData) -> None:
        from desktop.exchange.papers.paper import plain_text

        paths = tuple(Path(url.toLocalFile()) for url in source.urls() if url.isLocalFile())
        if paths and not self.isReadOnly():
            self.filed.emit(paths)
        else:
            self.insertPlainText(plain_text(source.text()))


class KeptModel(RowsModel[KeptDraft]):
    """Notices that were not finished."""

    def key(self, row: KeptDraft) -> object:
        return row.key

    def text(self, row: KeptDraft) -> str:
        return row.title or row.name or "（还没有标题）"

    def sentence(self, row: KeptDraft) -> str:
        return f"{self.text(row)}，{row.changed:%Y-%m-%d %H:%M} 改过"


class _KeptDelegate(ChoiceDelegate):
    def paint_row(self, painter: QPainter, area: QRectF, index: Index, look: Tokens) -> None:
        row: KeptDraft = index.data(VALUE)
        when = f"{row.changed:%Y-%m-%d %H:%M}"
        wide = self.metrics(0.9).horizontalAdvance(when) + look.px(8)
        painter.setFont(self.font())
        painter.setPen(QColor(look.text))
        words = str(index.data()).replace("\n", " ")
        shown = self.metrics().elidedText(words, Qt.TextElideMode.ElideRight, int(area.width() - wide))
        painter.drawText(area, Qt.AlignmentFlag.AlignVCenter, shown)
        painter.setFont(self.font(0.9))
        painter.setPen(QColor(look.muted))
        painter.drawText(area, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, when)


class KeptList(ChoiceList):
    """The notices that were not finished; one that is chosen is gone on with."""

    def __init__(self, look: Look) -> None:
        self.rows = KeptModel()
        super().__init__(look, self.rows, _KeptDelegate(look), "没有录完的发文")
        self.fit()

    def row_height(self) -> int:
        return max(self._look.tokens.px(30), TARGET)


def _short(words: str) -> str:
    line = " ".join(words.split())
    return line if len(line) <= SHOWN else f"{line[:SHOWN]}……"


class SourcePage(QScrollArea):
    """Asks for the text.

    Signals:
        gone_on(object): the ``KeptDraft`` to go on with
        changed(): there is a text now, or none
    """

    gone_on = Signal(object)
    changed = Signal()

    def __init__(self, sitting: Sitting) -> None:
        super().__init__()
        self._sitting = sitting
        self.original: Path | None = None
        self._run = JobRun(self)
        self._build()
        self._connect()
        self._take_look()
        self.show_drafts()

    @property
    def words(self) -> str:
        """Return the text that is there."""
        return self.field.words()

    def show_drafts(self) -> None:
        """List the notices that were not finished."""
        found = kept_drafts.listed(self._sitting.desk.workspace.folder)
        current = self._sitting.kept
        self.drafts.rows.show([one for one in found if current is None or one.key != current.key])
        some = bool(self.drafts.rows.rows)
        for part in (self._unfinished, self.drafts, self.discard_button):
            part.setVisible(some)
        self._take_look()

    def show_source(self) -> None:
        """Show the source that is worked on: it is not changed any more."""
        self.field.setPlainText(self._sitting.source)
        self._set_fixed(True, "原文已经读入，下面各步都以它为准，不再改动。要换一份，请点“换一份原文”。")

    def ask_file(self) -> None:
        """Ask for a file."""
        start = asking.folder(self._sitting.desk.setting("ui.notice_folder", ""))
        asking.ask_existing(self, "选择发文", start, lambda paths: self.read(paths[0]), KINDS)

    def read(self, path: Path) -> None:
        """Read a file in a thread of its own and show its text."""
        from desktop.exchange.papers.opening import text_of

        if self._run.running:
            return
        self._reading = path
        self._sitting.desk.remember_place({"notice_folder": str(path.parent)})
        self._run.begin(lambda _report, _cancelled: text_of(path), "读取文件", quick=True)

    def anew(self) -> None:
        """Forget the text, to paste another or choose another file."""
        self.original = None
        self.field.clear()
        self._set_fixed(False, "")
        self.field.setFocus()

    def take(self, paper: PaperText) -> None:
        """Show what a file gave."""
        self.original = self._reading
        self.field.setPlainText(paper.text)
        told = [f"已从“{self._reading.name}”（{paper.kind}）读出 {len(''.join(paper.text.split())):,} 字。"]
        aside = [f"{one.what}：{_short(one.text)}" for one in paper.aside]
        self._set_fixed(True, "\n".join([*told, *paper.notes, *aside]))

    def _set_fixed(self, fixed: bool, words: str) -> None:
        self.field.setReadOnly(fixed)
        self.notes.setText(words)
        self.notes.setVisible(bool(words))
        self.anew_button.setVisible(fixed)
        self.file_button.setVisible(not fixed)
        self.changed.emit()

    def _discard(self) -> None:
        row = self.drafts.currentIndex().row()
        if not 0 <= row < len(self.drafts.rows.rows):
            row = 0
        from desktop.ui.kit import messages

        kept = self.drafts.rows.rows[row]

        def move() -> None:
            self._sitting.desk.write(lambda: kept_drafts.discard(kept))
            self.show_drafts()

        messages.ask(
            self,
            f"不再录“{self.drafts.rows.text(kept)}”？",
            "录了一半的内容会移到发文库的“discarded”文件夹，不会删除。",
            "不再录",
            "留着",
            move,
        )

    def _build(self) -> None:
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        canvas = QWidget()
        canvas.setObjectName("canvas")
        self._box = widgets.column()
        canvas.setLayout(self._box)
        self._unfinished = widgets.label("接着录没有录完的", "section")
        self.drafts = KeptList(self._sitting.desk.look)
        self.discard_button = widgets.button("不再录这一份……", "quiet", "flush", does=self._discard)
        head, self._head = widgets.label("录入一份新的发文", "heading"), QHBoxLayout()
        self.file_button = widgets.button("选择文件……", does=self.ask_file)
        self.anew_button = widgets.button("换一份原文", does=self.anew)
        self._head.addWidget(head, 1)
        self._head.addWidget(self.anew_button)
        self._head.addWidget(self.file_button)
        self._how = widgets.label(HOW, "muted")
        self._how.setWordWrap(True)
        self.field = SourceField()
        self.notes = widgets.label("", "muted", selectable=True)
        self.notes.setWordWrap(True)
        self.notes.hide()
        self.anew_button.hide()
        for part in (self._unfinished, self.drafts, self.discard_button):
            self._box.addWidget(part)
        self._box.addLayout(self._head)
        for part in (self._how, self.notes):
            self._box.addWidget(part)
        self._box.addWidget(self.field, 1)
        self.setWidget(canvas)

    def _connect(self) -> None:
        self._run.done.connect(self.take)
        self.drafts.chosen.connect(self._go_on)
        self.field.textChanged.connect(self.changed)
        self.field.filed.connect(self._take_files)
        drop = FileDrop(self.field.viewport())
        drop.dropped.connect(self._take_files)
        FileDrop(self).dropped.connect(self._take_files)
        self._sitting.desk.look.changed.connect(self._take_look)

    def _take_files(self, paths: tuple[Path, ...]) -> None:
        if not self.field.isReadOnly():
            self.read(paths[0])

    def _go_on(self, index: QModelIndex) -> None:
        self.gone_on.emit(index.data(VALUE))

    def _take_look(self) -> None:
        px: Callable[[float], int] = self._sitting.desk.look.tokens.px
        self._box.setContentsMargins(px(24), px(16), px(24), px(16))
        self._box.setSpacing(px(8))
        self._head.setSpacing(px(8))
        self.field.setMinimumHeight(px(140))
        rows = min(len(self.drafts.rows.rows), LISTED)
        self.drafts.setFixedHeight(rows * self.drafts.row_height() + 4)
