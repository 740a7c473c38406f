"""The facts beside the measure: who answers for it, for whom it is, what it rests on, where it stands."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QLabel,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from desktop.catalogue.model import UNASSIGNED, Citation, Measure, Responsibility
from desktop.catalogue.typeset import typeset
from desktop.ui import origin, verbs
from desktop.ui.desk import Desk
from desktop.ui.kit import plain, widgets
from desktop.ui.kit.flow_layout import FlowLayout
from desktop.workspace.items.model import Item, ItemKey

SUGGESTED = "自动建议，还没有人确认。"


class UnitButton(widgets.PushButton):
    """A unit of the measure: light, name, role where the text gives it, status; a click goes to its row."""

    def __init__(self, desk: Desk, name: str, item: Item, duty: Responsibility | None) -> None:
        super().__init__()
        self._desk, self._name, self._item = desk, name, item
        self._role = _role(duty.role) if duty and duty.role else ""
        self.setProperty("row", True)
        self.setAutoDefault(False)
        role = f"，{self._role}" if self._role else ""
        self.setAccessibleName(f"{name}{role}，{item.entry.status}，{item.light}灯")
        place = "，原文首列" if duty and duty.position == 1 and not role else role
        place += f"（{duty.rule}）" if duty and role and duty.rule else ""
        told = f"{name}{place}\n状态：{item.entry.status}　亮灯：{item.light}\n点击转到该单位的清单"
        self.setToolTip(plain.tip(told))

    def sizeHint(self) -> QSize:
        return QSize(self._desk.look.tokens.px(120), self._desk.look.tokens.px(34))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        look = self._desk.look.tokens
        super().paintEvent(event)  # the button itself, which has no text
        painter = QPainter(self)
        area = self.rect().adjusted(look.px(10), 0, -look.px(10), 0)
        dot = look.px(9)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(look.light(self._item.light)))
        painter.drawEllipse(area.x(), area.center().y() - dot // 2, dot, dot)
        status = str(self._item.entry.status)
        wide = painter.fontMetrics().horizontalAdvance(status)
        painter.setPen(QColor(look.muted))
        painter.drawText(area, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, status)
        painter.setPen(QColor(look.text))
        words = area.adjusted(dot + look.px(8), 0, -wide - look.px(8), 0)
        metrics = painter.fontMetrics()
        role = f"　{self._role}" if self._role else ""
        room = words.width() - metrics.horizontalAdvance(role)
        shown = metrics.elidedText(self._name, Qt.TextElideMode.ElideRight, room)
        place = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(words, place, shown)
        if role:
            painter.setPen(QColor(look.accent))
            painter.drawText(words.adjusted(metrics.horizontalAdvance(shown), 0, 0, 0), place, role)


def _role(role: str) -> str:
    from desktop.reading.model import ROLE_NAMES, Role

    return ROLE_NAMES[Role(role)]


class Facts(QScrollArea):
    """The right column of 查阅.

    Signals:
        unit_chosen(str, str): unit key and measure key
        tag_chosen(str, str): ``beneficiary`` or ``support``, and the tag's key
        source_asked(): where the measure stands in the notice is to be shown
        measure_wanted(str): a measure of a paper that is cited is to be shown
        wording_wanted(object): how the measure was worded before, a :class:`desktop.library.versions.Wording`
        suggestions_decided(object, bool): what rules suggested of a measure is confirmed, or dropped
        comparison_wanted(str): the measure is to be put beside the one with this key
    """

    unit_chosen = Signal(str, str)
    tag_chosen = Signal(str, str)
    source_asked = Signal()
    measure_wanted = Signal(str)
    comparison_wanted = Signal(str)
    suggestions_decided = Signal(object, bool)
    wording_wanted = Signal(object)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._measure: Measure | None = None
        self._build()
        self._connect()

    def _build(self) -> None:
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._inside = widgets.frame("surface", edge="left")
        self._column = QVBoxLayout(self._inside)
        self.setWidget(self._inside)

    def _connect(self) -> None:
        self._desk.progress_changed.connect(self._follow_progress)
        self._desk.settings_changed.connect(lambda _name: self._refresh())
        self._desk.look.changed.connect(self._refresh)

    def show_measure(self, measure: Measure) -> None:
        """Show the facts of a measure."""
        self._measure = measure
        self._refresh()
        self.verticalScrollBar().setValue(0)

    def _follow_progress(self, keys: tuple[ItemKey, ...]) -> None:
        if self._measure is not None and any(key.measure_key == self._measure.key for key in keys):
            self._refresh()

    def _refresh(self) -> None:
        measure, look = self._measure, self._desk.look.tokens
        widgets.clear(self._column)
        self._column.setContentsMargins(look.px(16), look.px(14), look.px(16), look.px(16))
        self._column.setSpacing(look.px(6))
        if measure is None:
            return
        self._add_units(measure)
        for kind, title in (("beneficiary", "适用对象"), ("support", "支持方式")):
            self._add_tags(measure, kind, title)
        self._add_figures(measure)
        self._add_suggested(measure)
        self._add_citations(measure)
        if origin.several(self._desk.catalogue):
            self._add_counterparts(measure)
        self._add_standing(measure)
        self._column.addStretch(1)

    def _section(self, title: str) -> None:
        if self._column.count():
            self._column.addSpacing(self._desk.look.tokens.px(8))
        self._column.addWidget(widgets.label(title, "section"))

    def _line(self, text: str, *looks: str, tip: str = "") -> None:
        line = widgets.label(text, *looks, selectable=True)
        line.setWordWrap(True)
        line.setToolTip(plain.tip(tip))
        self._column.addWidget(line)

    def _pair(self, name: str, words: str) -> None:
        line = widgets.label(selectable=True)
        line.setTextFormat(Qt.TextFormat.RichText)
        line.setText(
            f"<span style='color:{self._desk.look.tokens.muted}'>{escape(name)}　</span>{escape(words)}"
        )
        line.setWordWrap(True)
        self._column.addWidget(line)

    def _add_units(self, measure: Measure) -> None:
        units = self._desk.catalogue.units_of(measure.key)
        self._section("责任单位（按原文顺序）" if units else "责任单位")
        if not units:
            self._line("原文未明确责任单位", "muted")
        rows = [(unit.key, unit.name) for unit in units] or [(UNASSIGNED, "未明确责任单位")]
        for unit_key, name in rows:
            item = self._desk.item(ItemKey(unit_key, measure.key))
            row = UnitButton(self._desk, name, item, self._desk.catalogue.duty(unit_key, measure.key))
            row.clicked.connect(lambda _on=False, key=unit_key: self.unit_chosen.emit(key, measure.key))
            self._column.addWidget(row)

    def _add_tags(self, measure: Measure, kind: str, title: str) -> None:
        tags = self._desk.catalogue.tags_of(measure.key, kind)
        if not tags:
            return
        self._section(title)
        holder = QWidget()
        flow = FlowLayout(holder, spacing=self._desk.look.tokens.px(6))
        for tag in tags:
            given = [
                each for each in self._desk.catalogue.measure_tags_of(measure.key) if each.tag_key == tag.key
            ]
            reason = "；".join(f"“{typeset(each.quote)}”" for each in given)
            unsure = SUGGESTED if any(each.suggested for each in given) else ""
            tip = f"{unsure}依据原文：{reason}\n点击查看所有同类措施"
            chip = widgets.button(plain.caption(f"{tag.name}{'（建议）' if unsure else ''}"), "tag", tip=tip)
            chip.clicked.connect(lambda _on=False, key=tag.key: self.tag_chosen.emit(kind, key))
            flow.addWidget(chip)
        self._column.addWidget(holder)

    def _add_figures(self, measure: Measure) -> None:
        for kind, title in (("figure", "关键数字"), ("condition", "适用条件")):
            figures = [each for each in self._desk.catalogue.figures_of(measure.key) if each.kind == kind]
            if figures:
                self._section(title)
            for figure in figures:
                unsure = "（建议）" if figure.suggested else ""
                self._pair(f"{figure.label}{unsure}", typeset(figure.quote))

    def _add_suggested(self, measure: Measure) -> None:
        """Let what rules suggested be confirmed or dropped."""
        catalogue = self._desk.catalogue
        tags, figures = catalogue.measure_tags_of(measure.key), catalogue.figures_of(measure.key)
        if not any(tag.suggested for tag in tags) and not any(figure.suggested for figure in figures):
            return
        self._line(f"标“建议”的为{SUGGESTED}", "muted")
        holder = QWidget()
        flow = FlowLayout(holder, spacing=self._desk.look.tokens.px(6))
        for words, keep, tip in (
            ("确认", True, "核对过了：去掉“建议”二字"),
            ("不采用", False, "去掉这一条的全部自动建议；发文原文没有改动"),
        ):
            button = widgets.button(words, "tag", tip=tip)
            button.setEnabled(not self._desk.read_only)
            button.clicked.connect(lambda _on=False, keep=keep: self.suggestions_decided.emit(measure, keep))
            flow.addWidget(button)
        self._column.addWidget(holder)

    def _add_citations(self, measure: Measure) -> None:
        catalogue = self._desk.catalogue
        own = catalogue.citations_of(measure.key)
        if own:
            self._section("文中引用")
        for citation in own:
            self._add_citation(citation, f"《{typeset(citation.title)}》{citation.number}")
        above = [each for each in catalogue.citations_of("") if each.document_key == measure.document_key]
        if above:
            self._section("上位文件")
        for citation in above:
            title = f"《{typeset(citation.title)}》"
            self._add_citation(citation, citation.number or title, title)

    def _add_citation(self, citation: Citation, words: str, tip: str = "") -> None:
        """Name a paper that is cited; one that is in the library is opened by a click."""
        catalogue = self._desk.catalogue
        cited = origin.cited(catalogue, citation)
        measures = catalogue.measures_in_document(cited.key) if cited else ()
        if not measures:
            self._line(words, tip=tip)
            return
        tip = "\n".join(filter(None, (tip, "在发文库中，点击查阅")))
        self._link(words, tip).linkActivated.connect(lambda _to: self.measure_wanted.emit(measures[0].key))

    def _add_counterparts(self, measure: Measure) -> None:
        """Lead to what was confirmed to say the same in other papers."""
        from desktop.ui.browse import counterparts
        from desktop.workspace import words

        found = counterparts.of(self._desk, measure.key)
        if found:
            self._section("对应措施")
        for other in found:
            told = f"{words.paper(self._desk.catalogue, other.key)}{other.cited} {typeset(other.called)}"
            link = self._link(told, "点击并排对照")
            link.linkActivated.connect(lambda _to, key=other.key: self.comparison_wanted.emit(key))

    def _add_wordings(self, measure: Measure) -> None:
        """Lead to how the measure was worded before its notice was amended."""
        if not origin.several(self._desk.catalogue):  # what came with the program is not amended
            return
        from desktop.library import folders, pack_names

        notice = measure.document_key.rpartition(".")[0]
        if not (folders.root(self._desk.workspace.folder) / notice / pack_names.VERSIONS).is_dir():
            return
        from desktop.ui.history import wording_dialog

        for old in wording_dialog.before(self._desk, measure.key):
            link = self._link(f"{old.called}的文字", "看修订前后改了哪些字")
            link.linkActivated.connect(lambda _to, old=old: self.wording_wanted.emit(old))

    def _link(self, words: str, tip: str) -> QLabel:
        """Add words that lead somewhere."""
        made = widgets.label()
        made.setTextFormat(Qt.TextFormat.RichText)
        made.setTextInteractionFlags(Qt.TextInteractionFlag.TextBrowserInteraction)
        made.setText(f"<a href='#' style='color:{self._desk.look.tokens.accent}'>{escape(words)}</a>")
        made.setWordWrap(True)
        made.setToolTip(plain.tip(tip))
        self._column.addWidget(made)
        return made

    def _add_standing(self, measure: Measure) -> None:
        notice = self._desk.catalogue.notice_of(measure)
        validity = self._desk.validity_of(notice)
        self._section("有效期")
        self._line(f"至{validity.until} · {validity.mark}" if validity.until else validity.sentence)
        self._section("出处")
        self._line(
            f"{typeset(notice.called)} · 原文第{measure.line}行",
            "muted",
            tip=f"原文第{measure.start}—{measure.end}字",
        )
        self._add_wordings(measure)
        self._column.addWidget(
            widgets.button(
                "在发文中的位置", "quiet", "flush", does=self.source_asked.emit, tip=verbs.OPEN_SOURCE.hint
            ),
            0,
            Qt.AlignmentFlag.AlignLeft,
        )
