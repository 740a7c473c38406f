"""办理流程: by which limits new demands are handled: those of a province or city, or one's own by a form."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QComboBox, QGridLayout, QLineEdit, QSpinBox, QWidget

from desktop.errors import RuleError
from desktop.ui.kit import widgets
from desktop.ui.kit.check_boxes import TickBox
from desktop.ui.kit.choice_row import TOUCH
from desktop.ui.kit.dialog import Dialog
from desktop.ui.kit.dialog_foot import DialogFoot
from desktop.workspace.demands import chosen
from desktop.workspace.demands import process as processes
from desktop.workspace.demands.process import FINISH, SUPPORT

if TYPE_CHECKING:
    from desktop.ui.desk import Desk
    from desktop.workspace.demands.process import DemandLimit, Process

_ASSIGNED = ["交办", "改派", "维持交办", "退回重办", "提级"]
FORM: Mapping[str, dict[str, list[str]]] = {
    "受理": {"from": ["登记"], "until": ["受理", "不予受理", "现场解决"]},
    "首次联系": {"from": _ASSIGNED, "until": ["首次联系", "阶段答复", "办结", "现场解决"]},
    SUPPORT: {"from": _ASSIGNED[:3], "until": ["协办意见"]},
    FINISH: {"from": _ASSIGNED, "until": ["办结", "现场解决"]},
}
SAYS = {
    "受理": "自登记起，决定是否受理",
    "首次联系": "自交办起，主办单位联系企业",
    SUPPORT: "自交办起，协办单位反馈主办单位",
    FINISH: "自交办起，答复企业并办结",
}
OWN = "自定"
USUAL, MOST_DAYS, WIDE = 5, 365, 520


class ProcessDialog(Dialog):
    """Shows what each process limits, and lets one's own be filled in."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk = desk
        self._content = chosen.custom_content(desk.workspace.db)
        self._keys = [*processes.bundled(), chosen.CUSTOM]
        self.setWindowTitle("诉求办理流程")
        self._build()
        self.choice.currentIndexChanged.connect(lambda _at: self._show())
        self._show()

    def _build(self) -> None:
        px = self._desk.look.tokens.px
        box = widgets.column(spacing=px(10), margins=(px(22), px(18), px(22), px(16)))
        self.setLayout(box)
        box.addWidget(widgets.label("新登记的诉求按哪个流程办理；已登记的不变。", "muted"))
        self.choice = QComboBox()
        self.choice.setAccessibleName("办理流程")
        self.choice.setMinimumHeight(px(TOUCH))
        for key in self._keys:
            made = processes.bundled().get(key)
            self.choice.addItem(made.title if made else OWN)
        self.choice.setCurrentIndex(self._keys.index(chosen.choice(self._desk.workspace.db).key))
        box.addWidget(self.choice)
        self.about = widgets.label("", selectable=True)
        self.about.setWordWrap(True)
        self.about.setMinimumWidth(px(WIDE))
        box.addWidget(self.about)
        self.own = QWidget()
        self._build_own(QGridLayout(self.own))
        box.addWidget(self.own)
        self.problem = widgets.label("", "warn")
        self.problem.setWordWrap(True)
        self.problem.setVisible(False)
        box.addWidget(self.problem)
        box.addStretch(1)
        foot = DialogFoot(self, "采用")
        self.ok_button = foot.ok_button
        self.ok_button.setEnabled(not self._desk.read_only)
        box.addLayout(foot)

    def _build_own(self, grid: QGridLayout) -> None:
        px = self._desk.look.tokens.px
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setVerticalSpacing(px(6))
        content = self._content or {}
        self.title = QLineEdit(str(content.get("title", "本地流程")))
        self.title.setAccessibleName("流程名称")
        self.title.setMaxLength(60)
        grid.addWidget(widgets.label("流程名称", "muted"), 0, 0)
        grid.addWidget(self.title, 0, 1, 1, 3)
        kept = {one.get("name"): one for one in content.get("limit", ()) if isinstance(one, dict)}
        self.days: dict[str, tuple[TickBox, QSpinBox, TickBox]] = {}
        for row, name in enumerate(FORM, start=1):
            limit = kept.get(name, {})
            limits = limit.get("days") is not None if self._content else name in ("受理", FINISH)
            used = TickBox(name, self._desk.look)
            used.setChecked(limits)
            count = QSpinBox()
            count.setRange(0, MOST_DAYS)
            count.setValue(limit.get("days") or USUAL)
            count.setAccessibleName(f"{name}天数")
            count.setMinimumSize(px(104), px(TOUCH))
            count.setSuffix(" 天")
            working = TickBox("按工作日", self._desk.look)
            working.setChecked(limit.get("working", True) is not False)
            for depends in (count, working):
                depends.setEnabled(limits)
                used.toggled.connect(depends.setEnabled)
            self.days[name] = (used, count, working)
            for column, part in enumerate((used, count, working)):
                grid.addWidget(part, row, column)
            grid.addWidget(widgets.label(SAYS[name], "muted", "small"), row, 3)
        grid.setColumnStretch(3, 1)

    @property
    def key(self) -> str:
        """Return the key of the process that is chosen."""
        return self._keys[self.choice.currentIndex()]

    @property
    def content(self) -> dict[str, Any]:
        """Return one's own as it is filled in, in the form of a process's file; further limits stay."""
        limits: list[dict[str, Any]] = []
        for name, (used, count, working) in self.days.items():
            if used.isChecked():
                limits.append(
                    {"name": name, **FORM[name], "days": count.value(), "working": working.isChecked()}
                )
            elif name == FINISH:  # the stated day counts
                limits.append({"name": name, **FORM[name]})
        kept = self._content or {}
        limits += [one for one in kept.get("limit", ()) if one.get("name") not in FORM]
        return {**kept, "title": self.title.text().strip(), "limit": limits}

    def accept(self) -> None:
        if self.key != chosen.CUSTOM:
            if self._desk.demands.choose_process(self.key):
                super().accept()
            return
        try:
            processes.parse(chosen.CUSTOM, self.content)
        except RuleError as refused:
            self.problem.setText(f"{refused.message}\n{refused.hint}")
            self.problem.setVisible(True)
            return
        if self._desk.demands.keep_custom(self.content):
            super().accept()

    def _show(self) -> None:
        own = self.key == chosen.CUSTOM
        self.own.setVisible(own)
        made = processes.bundled().get(self.key)
        self.about.setVisible(made is not None)
        self.about.setText(_about(made) if made else "")
        self.problem.setVisible(False)


def _about(made: Process) -> str:
    limits = "\n".join(f"{one.name}：{_days(one)}" for one in made.limits)
    return "\n\n".join(filter(None, (limits, made.note, f"来源：{made.source}" if made.source else "")))


def _days(limit: DemandLimit) -> str:
    if limit.days is None:
        return "以交办时写明的办理时限为准"
    unit = "个工作日" if limit.working else "天"
    ahead = f"{limit.before}时限前" if limit.before else ""
    longest = f"，延期后最长{limit.longest}{unit}" if limit.longest else ""
    return f"{ahead}{limit.days}{unit}{longest}" if limit.days else "当日"
