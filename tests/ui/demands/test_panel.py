"""A demand in its panel: what is possible now, what each act asks, and its way to 销号."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel

from desktop.ui.demands.act_dialog import ActDialog
from desktop.ui.demands.panel import DemandPanel
from desktop.ui.printing import assignment
from desktop.ui.printing.preview import PrintPreview
from desktop.workspace.demands import acting, demands
from desktop.workspace.demands.process import Required, Satisfaction, shared_acts


@pytest.fixture
def panel(qtbot, desk, demand) -> DemandPanel:
    made = DemandPanel(desk)
    qtbot.addWidget(made)
    made.resize(620, 600)
    with qtbot.waitExposed(made):
        made.show()
    made.show_demand(demand)
    return made


def begin(panel: DemandPanel, name: str) -> ActDialog:
    panel.buttons[name].click()
    return [one for one in panel.findChildren(ActDialog) if one.isVisible()][-1]


def take(panel: DemandPanel, name: str, **fields: str) -> None:
    """Take a step, filling in what is given and nothing else."""
    dialog = begin(panel, name)
    for field, words in fields.items():
        if field == "text":
            dialog.text.setPlainText(words)
        elif field == "lead":
            dialog.lead.setEditText(words)
        elif field == "satisfaction":
            dialog.satisfaction.choose(words)
        else:
            getattr(dialog, field).setText(words)
    dialog.ok_button.click()
    assert not dialog.isVisible(), dialog.problem.text()


def state(desk, demand: str) -> str:
    return demands.one(desk.workspace.db, demand).state


def test_a_demand_walks_to_its_end(desk, panel, demand):
    assert list(panel.buttons)[:2] == ["受理", "不予受理"]
    take(panel, "受理")
    QApplication.processEvents()
    assert panel.focusWidget() is panel.buttons["交办"]  # a keyboard goes on from there
    take(panel, "交办", lead="区财政局")
    take(panel, "首次联系", by="李某")
    take(panel, "办结", by="李某", text="已协调银行续贷")
    dialog = begin(panel, "回访")
    dialog.satisfaction.choose(Satisfaction.SATISFIED)
    dialog.by.setText("李某")
    dialog.ok_button.click()
    assert dialog.isVisible()
    assert "李某" in dialog.problem.text()
    dialog.by.setText("赵某")
    dialog.ok_button.click()
    assert state(desk, demand) == "回访"
    take(panel, "销号", by="赵某")
    assert state(desk, demand) == "销号"
    said = " ".join(label.text() for label in panel.findChildren(QLabel))
    assert "主办 区财政局" in said
    assert "满意度：满意" in said
    assert "检查" not in said


def test_what_is_missing_is_said_and_what_was_typed_stays(desk, panel, demand):
    take(panel, "受理")
    take(panel, "交办", lead="区财政局")
    dialog = begin(panel, "首次联系")
    assert dialog.how.currentText() == "电话"
    dialog.how.setEditText("")
    dialog.whom.setText("王某")
    dialog.ok_button.click()
    assert dialog.isVisible()
    assert "告知企业" in dialog.problem.text()
    assert dialog.whom.text() == "王某"
    assert state(desk, demand) == "交办"


def test_ones_own_last_step_is_taken_back(desk, panel, demand):
    take(panel, "受理")
    assert "撤销“受理”" in panel.buttons
    assert desk.demands.undo(demand)
    assert state(desk, demand) == "待受理"
    desk.set_setting("user_name", "钱某")
    take(panel, "受理", by="钱某")
    desk.set_setting("user_name", "孙某")
    panel.refresh()
    assert "撤销“受理”" not in panel.buttons


@pytest.mark.parametrize("name", shared_acts())
def test_a_dialog_asks_what_its_act_must_state(qtbot, desk, panel, demand, name):
    act = shared_acts()[name]
    one = demands.one(desk.workspace.db, demand)
    dialog = ActDialog(desk, one, one.chain, act, panel)
    qtbot.addWidget(dialog)
    with qtbot.waitExposed(dialog):
        dialog.show()
    asked = {
        Required.TOLD: dialog.how,
        Required.LEAD: dialog.lead,
        Required.DUE: dialog.due,
        Required.ASKED_BY: dialog.asked_by,
        Required.SATISFACTION: dialog.satisfaction,
    }
    needs = acting.required(act)
    shown = {need for need, field in asked.items() if field.isVisible()}
    assert shown - {Required.DUE} == set(needs) & set(asked) - {Required.DUE}
    assert dialog.due.isVisible() is bool({Required.DUE, Required.LEAD} & set(needs))
    assert dialog.text.isVisible()


def test_papers_of_a_demand_are_shown_before_they_are_printed(
    desk, panel, demand, qtbot, monkeypatch, tmp_path
):
    shown: list[str] = []
    saved: list[Path] = []

    def look(preview: PrintPreview) -> None:
        shown.append(preview.windowTitle())
        assert preview.pdf_button.isVisibleTo(preview)
        preview.pdf_button.click()
        (asked,) = preview.findChildren(QFileDialog)
        asked.fileSelected.emit(str(tmp_path / "交办单.pdf"))
        saved.extend(tmp_path.glob("*.pdf"))
        assert preview.saved.text() == f"已存为 {saved[0]}"

    monkeypatch.setattr(PrintPreview, "exec", look)
    panel.print_paper(lambda: assignment.assignment(desk, "finance", [demand]), assignment.TITLE)
    assert len(shown) == 1
    assert assignment.TITLE in shown[0]
    assert saved[0].read_bytes().startswith(b"%PDF")
    with qtbot.waitSignal(desk.write_failed):
        panel.print_paper(lambda: assignment.reply(desk, demand), assignment.REPLY)
    assert len(shown) == 1
