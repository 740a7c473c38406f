"""One demand: what is asked for, its limits, what can be done now, and its steps in the order of time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget

from desktop.errors import KnownError
from desktop.ui.demands import told
from desktop.ui.demands.act_dialog import ActDialog
from desktop.ui.kit import messages, plain, widgets
from desktop.ui.kit.choice_row import TOUCH
from desktop.ui.kit.dialog import Dialog
from desktop.ui.kit.dialog_foot import DialogFoot
from desktop.ui.kit.flow_layout import FlowLayout
from desktop.workspace import words
from desktop.workspace.demands import acting, chosen, demands

if TYPE_CHECKING:
    from collections.abc import Callable

    from desktop.ui.desk import Desk
    from desktop.ui.printing.paper import Paper
    from desktop.workspace.demands.chain import DemandStep
    from desktop.workspace.demands.demands import DemandStanding
    from desktop.workspace.demands.process import DemandAct

WIDE, TALL = 620, 600
FORWARD = ("受理", "交办", "首次联系", "开始办理", "办结", "回访", "销号")
"""Acts that bring a demand nearer to its end; the first of them that is possible stands out."""


class DemandPanel(QWidget):
    """Shows a demand and lets it go on.

    Signals:
        told(str): what was just done, for the status line
    """

    told = Signal(str)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.key = ""
        self._next: QWidget | None = None
        self._build()
        desk.demands.changed.connect(self._follow)
        desk.look.changed.connect(self.refresh)

    def show_demand(self, key: str) -> None:
        """Show a demand; "" for none."""
        self.key = key
        self.refresh()

    def refresh(self) -> None:
        """Take the demand from the workspace again."""
        for layout in (self.acts, self._facts, self._steps):
            widgets.clear(layout)
        self.buttons.clear()
        self._next = None
        try:
            demand = demands.one(self._desk.workspace.db, self.key) if self.key else None
        except KnownError:
            demand = None
        self._canvas.setVisible(demand is not None)
        if demand is None:
            return
        (standing,) = demands.standings(self._desk.workspace.db, [demand], self._desk.today())
        self._show_head(standing)
        self._show_acts(standing)
        for step in reversed(demand.chain.steps if demand.chain else ()):
            self._steps.addWidget(self._step(step))

    # ---- inside

    def _build(self) -> None:
        px = self._desk.look.tokens.px
        outer = widgets.column()
        self.setLayout(outer)
        self._canvas = QWidget()
        outer.addWidget(widgets.scrolled(self._canvas, "诉求"))
        box = widgets.column(spacing=px(8), margins=(px(4), px(4), px(8), px(4)))
        self._canvas.setLayout(box)
        self.head = widgets.label("", "strong", selectable=True)
        self.print_button = widgets.button("打印 ▾", "small", does=self._open_print, tip="打印交办单、回复单")
        self.text = widgets.label("", selectable=True)
        top = QHBoxLayout()
        top.addWidget(self.head, 1)
        top.addWidget(self.print_button)
        box.addLayout(top)
        box.addWidget(self.text)
        for line in (self.head, self.text):
            line.setWordWrap(True)
        self._facts = widgets.column(spacing=px(2))
        box.addLayout(self._facts)
        box.addWidget(widgets.label("现在可以办理", "section"))
        acts = QWidget()
        self.acts = FlowLayout(acts, px(6))
        box.addWidget(acts)
        box.addWidget(widgets.label("办理经过", "section"))
        self._steps = widgets.column(spacing=px(6))
        box.addLayout(self._steps)
        box.addStretch(1)
        self.buttons: dict[str, QWidget] = {}

    def _show_head(self, standing: DemandStanding) -> None:
        demand, catalogue, today = standing.demand, self._desk.catalogue, self._desk.today()
        self.head.setText(f"{demand.number} · {told.state(standing, today)}")
        self.text.setText(demand.text)
        received = demand.received.isoformat() if demand.received else ""
        facts = [
            " · ".join(filter(None, (demand.source, received, demand.category, demand.nature))),
            told.handled(catalogue, demand),
            f"联系方式：{demand.contact}" if demand.contact else "",
            *(told.span_line(catalogue, span, today) for span in standing.spans),
        ]
        if "last" in demand.conflicts:
            facts.append("两台电脑在同一步之后各办了一步，以这里显示的为准；再办一步即按它继续。")
        for fact in filter(None, facts):
            line = widgets.label(fact, "muted", "small", selectable=True)
            line.setWordWrap(True)
            self._facts.addWidget(line)

    def _show_acts(self, standing: DemandStanding) -> None:
        chain = standing.demand.chain
        if chain is None or self._desk.read_only:
            return
        process = chosen.process_of(self._desk.workspace.db, standing.demand.process)
        offered = acting.offered(process, chain)
        first = next((act for name in reversed(FORWARD) for act in offered if act.name == name), None)
        for act in offered:
            looks = ("primary",) if act is first else ()
            made = self._button(act.name, lambda act=act: self.begin(act), *looks)
            self._next = made if act is first else self._next
        own = self._desk.user_name in (chain.last.by, chain.last.entered_by)
        if chain.last.follows and own:
            self._button(f"撤销“{chain.last.act}”", self._ask_undo)

    def _button(self, name: str, does: object, *looks: str) -> QWidget:
        assert callable(does)
        made = widgets.button(name, *looks, does=does)
        made.setMinimumHeight(self._desk.look.tokens.px(TOUCH))
        self.buttons[name] = made
        self.acts.addWidget(made)
        return made

    def _open_print(self) -> None:
        """Offer the papers that there are of the demand."""
        from desktop.ui.printing import assignment

        menu = QMenu(self)
        demand = demands.one(self._desk.workspace.db, self.key)
        for unit in demand.units:
            plain.line(menu, f"交办单：{words.unit(self._desk.catalogue, unit)}").triggered.connect(
                lambda _on=False, unit=unit: self.print_paper(
                    lambda: assignment.assignment(self._desk, unit, [self.key]), assignment.TITLE
                )
            )
        if demand.chain is not None and demand.chain.answer is not None:
            plain.line(menu, "回复单").triggered.connect(
                lambda: self.print_paper(lambda: assignment.reply(self._desk, self.key), assignment.REPLY)
            )
        if menu.isEmpty():
            plain.line(menu, "还没有主办单位，没有可打印的").setEnabled(False)
        menu.popup(self.print_button.mapToGlobal(self.print_button.rect().bottomLeft()))

    def print_paper(self, make: Callable[[], Paper], title: str) -> None:
        """Show a paper as it will be printed; names and phones are masked."""
        from desktop.ui.printing import saving

        try:
            paper = make()
        except KnownError as problem:
            self._desk.tell_problem(problem)
            return
        saving.print_document(self._desk, self, paper, title)

    def begin(self, act: DemandAct) -> ActDialog | None:
        """Ask what an act has to state."""
        demand = demands.one(self._desk.workspace.db, self.key)
        if demand.chain is None:
            return None
        dialog = ActDialog(self._desk, demand, demand.chain, act, self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.accepted.connect(lambda: QTimer.singleShot(0, self._focus_next))  # once it stands
        dialog.accepted.connect(lambda: self.told.emit(f"{demand.number} 已登记“{act.name}”"))
        dialog.open()
        return dialog

    def _ask_undo(self) -> None:
        demand = demands.one(self._desk.workspace.db, self.key)
        act = demand.chain.last.act if demand.chain else ""
        messages.ask(
            self,
            f"撤销“{act}”这一步？",
            "诉求回到上一步；撤销了什么，留在修改记录中。",
            "撤销",
            "不撤销",
            lambda: self._undo(demand.key, act),
        )

    def _undo(self, key: str, act: str) -> None:
        if self._desk.demands.undo(key):
            self.told.emit(f"已撤销“{act}”")
            QTimer.singleShot(0, self._focus_next)

    def _focus_next(self) -> None:
        """Put the focus where the button was that is gone: on the next step."""
        if (button := self._next or next(iter(self.buttons.values()), None)) is not None:
            button.setFocus()

    def _step(self, step: DemandStep) -> QWidget:
        px = self._desk.look.tokens.px
        made = widgets.frame("card")
        row = QHBoxLayout(made)
        row.setContentsMargins(px(10), px(6), px(10), px(6))
        row.setSpacing(px(12))
        day = widgets.label(step.day.isoformat(), "muted", "small")
        day.setAlignment(Qt.AlignmentFlag.AlignTop)
        row.addWidget(day)
        lines = QVBoxLayout()
        lines.setSpacing(px(2))
        catalogue = self._desk.catalogue
        lines.addWidget(_wrapped(told.step_head(catalogue, step)))
        for words_of in told.step_lines(catalogue, step):
            lines.addWidget(_wrapped(words_of, "muted"))
        row.addLayout(lines, 1)
        return made

    def _follow(self, key: str) -> None:
        if key in ("", self.key):
            self.refresh()


def _wrapped(text: str, *looks: str) -> QWidget:
    made = widgets.label(text, *looks, selectable=True)
    made.setWordWrap(True)
    return made


class DemandDialog(Dialog):
    """The panel as a dialog, for where there is no room beside."""

    def __init__(self, desk: Desk, key: str, parent: QWidget) -> None:
        super().__init__(parent)
        demand = demands.one(desk.workspace.db, key)
        self.setWindowTitle(f"诉求 {demand.number}".rstrip())
        px = desk.look.tokens.px
        box = widgets.column(spacing=px(10), margins=(px(18), px(16), px(18), px(14)))
        self.setLayout(box)
        self.panel = DemandPanel(desk)
        self.panel.show_demand(key)
        box.addWidget(self.panel, 1)
        box.addLayout(DialogFoot(self, "关闭", cancel=""))
        widgets.resize_within(self, px(WIDE), px(TALL))
        first = next(iter(self.panel.buttons.values()), None)
        if first is not None:
            first.setFocus()
