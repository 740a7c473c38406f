"""Step 责任单位: what each printed name of a unit means, decided once for all its places."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QStringListModel, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QComboBox, QCompleter, QLineEdit, QScrollArea, QWidget

from desktop.catalogue.vocabulary import UNIT_KINDS
from desktop.library.unit_kinds import kind_of
from desktop.reading.drafts import open_questions
from desktop.reading.model import NoticeQuestion
from desktop.ui.kit import widgets
from desktop.ui.kit.row_table import RowTable
from desktop.ui.kit.widgets import rows_or_words
from desktop.ui.wizard import unit_rows
from desktop.ui.wizard.unit_rows import GROUP, PrintedUnit, UnitRowsModel

if TYPE_CHECKING:
    from desktop.catalogue.model import Unit
    from desktop.ui.wizard.sitting import Sitting

ASIDE, NARROW = 330, 820
_SINGLE = "其他单位"  # what is no group after all, whatever its name says
AUTOMATIC = "按名称判断"
ABOUT = "每个名称只定一次，各处都按它算。和发文库里的单位同名的就是同一个单位。"


class UnitsPage(QScrollArea):
    """Decides on the names of units."""

    def __init__(self, sitting: Sitting) -> None:
        super().__init__()
        self._sitting = sitting
        self.model = UnitRowsModel()
        self._build()
        self._connect()
        self._take_look()

    def show_draft(self) -> None:
        """Show the draft as it is now."""
        rows = unit_rows.rows_of(self._sitting.draft, self._units())
        names = {row.name for row in rows if row.name}
        self.head.setText(f"{len(names)} 个单位，{len(rows)} 种写法")
        kept = self._row.printed if self._row is not None else ""
        self.model.show(rows)
        self._names.setStringList(sorted({*(unit.name for unit in self._units()), *names}))
        self._rows_or_words.setCurrentIndex(0 if rows else 1)
        self._aside.setEnabled(bool(rows))
        if rows:
            found = next((n for n, row in enumerate(rows) if row.printed == kept), 0)
            self.table.selectRow(found)
        self._show_chosen()

    def look_at(self, question: NoticeQuestion) -> None:
        """Choose the name that a question is about."""
        rows = self.model.rows
        words = self._sitting.source[question.start : question.end]
        found = next((n for n, row in enumerate(rows) if row.asked and row.printed in words), 0)
        self.table.selectRow(found)
        self.name.setFocus()

    def focus_first(self) -> None:
        """Put the focus into the table."""
        self.table.setFocus()

    @property
    def _row(self) -> PrintedUnit | None:
        at = self.table.chosen()
        return self.model.rows[at] if 0 <= at < len(self.model.rows) else None

    def _units(self) -> tuple[Unit, ...]:
        return self._sitting.desk.catalogue.units

    def _show_chosen(self) -> None:
        row = self._row
        if row is None:
            return
        self.printed.setText(f"“{row.printed}”")
        apart = "如是两个单位连在一起，请在名称中间加“、”。" if row.asked else ""
        self.told.setText(f"{row.means()}。{apart}")
        if not (self.name.hasFocus() and self.name.isModified()):
            self.name.setText(row.name)
        self.near_button.setVisible(bool(row.near))
        self.near_button.setText(f"就是“{row.near}”")
        self.as_printed_button.setEnabled(row.name != row.printed)
        self.group_button.setChecked(row.kind == GROUP)
        self.no_unit_button.setChecked(not row.name)
        self.kind.setEnabled(bool(row.name) and row.known is None)
        chosen = self._sitting.draft.facts.kinds.get(row.name, "")
        guessed = row.known.kind if row.known else kind_of(row.name) if row.name else ""
        self.kind.setItemText(0, f"{AUTOMATIC}：{guessed}" if guessed else AUTOMATIC)
        self.kind.setCurrentIndex(UNIT_KINDS.index(chosen) + 1 if chosen in UNIT_KINDS else 0)
        source = self._sitting.source
        before, after = max(0, row.start - 30), row.start + len(row.printed) + 24
        self.context.setText("原文：……" + " ".join(source[before:after].split()) + "……")

    def _decide(self, name: str) -> None:
        row = self._row
        if row is None:
            return
        asked = [
            question.key
            for question in open_questions(self._sitting.draft)
            if row.asked and question.key.startswith(("name-", "run-on-")) and question.start == row.start
        ]
        if self._sitting.do("unit", printed=row.printed, name=name):
            left = {question.key for question in open_questions(self._sitting.draft)}
            for key in asked:
                if key in left:
                    self._sitting.do("answer", question=key, choice=0)

    def _take_name(self) -> None:
        row, name = self._row, "".join(self.name.text().split())
        if row is not None and self.name.isModified() and name != row.name:
            self.name.setModified(False)
            self._decide(name)

    def _take_group(self) -> None:
        """Let the name be a group of units, or again what it says of itself."""
        row = self._row
        if row is None:
            return
        if not row.name:
            self._decide(row.printed)
        kind = GROUP if self.group_button.isChecked() else _SINGLE
        self._sitting.do("unit_kind", name=row.name or row.printed, kind=kind)

    def _take_kind(self, at: int) -> None:
        row = self._row
        if row is not None and row.name:
            self._sitting.do("unit_kind", name=row.name, kind=UNIT_KINDS[at - 1] if at else "")

    def _build(self) -> None:
        look = self._sitting.desk.look
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        canvas = QWidget()
        canvas.setObjectName("canvas")
        self._line = QBoxLayout(QBoxLayout.Direction.LeftToRight, canvas)
        self._left = widgets.column()
        self.head = widgets.label("", "heading")
        about = widgets.label(ABOUT, "muted")
        about.setWordWrap(True)
        self.table = RowTable(
            look,
            self.model,
            "责任单位的名称",
            lambda index: self.model.pieces(index, look.tokens),
            {unit_rows.TIMES: 150},
            (unit_rows.PRINTED, unit_rows.TIMES, unit_rows.NAME, unit_rows.MEANS),
        )
        none = widgets.label(
            "没有读出责任单位。请回到“条文结构”，把写责任单位的文字标为“责任单位”。", "muted"
        )
        self._rows_or_words = rows_or_words(self.table, none)
        for part in (self.head, about):
            self._left.addWidget(part)
        self._left.addLayout(self._rows_or_words, 1)
        self._aside, self._aside_box = widgets.frame("card"), widgets.column()
        self._aside.setLayout(self._aside_box)
        self._build_aside()
        self._line.addLayout(self._left, 1)
        self._line.addWidget(self._aside)
        self.setWidget(canvas)

    def _build_aside(self) -> None:
        self.printed = widgets.label("", "heading")
        self.told, self.context = widgets.label("", "muted"), widgets.label("", "muted", "small")
        for words in (self.printed, self.told, self.context):
            words.setWordWrap(True)
        self.near_button = widgets.button("", does=self._take_near)
        self.name = QLineEdit()
        self.name.setAccessibleName("单位名称")
        self.name.setPlaceholderText("全称，或已有单位的名称")
        self._names = QStringListModel(self)
        completer = QCompleter(self._names, self)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.name.setCompleter(completer)
        self.as_printed_button = widgets.button("就用原文的名称", "tag", does=self._take_printed)
        self.group_button = widgets.button("这是一批单位（如各县区人民政府）", "tag", does=self._take_group)
        self.group_button.setCheckable(True)
        self.no_unit_button = widgets.button("这不是单位", "tag", does=lambda: self._decide(""))
        self.no_unit_button.setCheckable(True)
        self.kind = QComboBox()
        self.kind.setAccessibleName("单位种类")
        self.kind.addItems([AUTOMATIC, *UNIT_KINDS])
        for part in (
            self.printed,
            self.told,
            self.context,
            self.near_button,
            widgets.label("单位名称（和已有单位相同的，填它的名称）", "section"),
            self.name,
            self.as_printed_button,
            self.group_button,
            self.no_unit_button,
            widgets.label("单位种类", "section"),
            self.kind,
        ):
            self._aside_box.addWidget(part)
        for button in (self.near_button, self.as_printed_button, self.group_button, self.no_unit_button):
            self._aside_box.setAlignment(button, Qt.AlignmentFlag.AlignLeft)
        self._aside_box.addStretch(1)

    def _take_near(self) -> None:
        if self._row is not None:
            self._decide(self._row.near)

    def _take_printed(self) -> None:
        if self._row is not None:
            self._decide(self._row.printed)

    def _connect(self) -> None:
        self.table.selectionModel().currentRowChanged.connect(lambda *_: self._show_chosen())
        self.name.editingFinished.connect(self._take_name)
        self.kind.activated.connect(self._take_kind)
        self._sitting.desk.look.changed.connect(self._take_look)

    def _take_look(self) -> None:
        px = self._sitting.desk.look.tokens.px
        self._line.setContentsMargins(px(20), px(14), px(20), px(14))
        self._line.setSpacing(px(16))
        self._left.setSpacing(px(6))
        self._aside_box.setContentsMargins(px(14), px(12), px(14), px(12))
        self._aside_box.setSpacing(px(8))
        self.table.setMinimumHeight(px(150))
        self._fit()

    def _fit(self) -> None:
        px = self._sitting.desk.look.tokens.px
        narrow = self.width() < px(NARROW)
        widgets.stack(self._line, narrow)
        self.table.setColumnHidden(unit_rows.TIMES, narrow)
        self.table.fit()
        self._aside.setMinimumWidth(0 if narrow else px(ASIDE))
        self._aside.setMaximumWidth(16777215 if narrow else px(ASIDE))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()
