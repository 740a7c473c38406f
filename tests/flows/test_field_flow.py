"""From a new enterprise to a demand that is closed, over two machines, in the real window."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path

from pytestqt.qtbot import QtBot

from desktop.ui.desk import Desk
from desktop.ui.frame import app, visit_actions
from desktop.ui.frame.rail import VISITS
from desktop.ui.frame.window import Window
from desktop.ui.kit.dialog import Dialog
from desktop.ui.merging.package_dialogs import PackagePlanDialog
from desktop.ui.printing import leaflet, pdf
from desktop.verdicts.judging import Finding
from desktop.workspace.demands import demands
from desktop.workspace.demands.chain import DemandStep, FirmTold
from desktop.workspace.demands.process import Satisfaction
from desktop.workspace.enterprises import enterprises
from desktop.workspace.visits import visits
from desktop.workspace.visits.model import VisitState

NAME = "泉城精密铸造有限公司"


@contextmanager
def opened(qtbot: QtBot, folder: Path, person: str) -> Iterator[Window]:
    desk, _why = app.open_desk(folder)
    desk.set_setting("user_name", person)
    window = Window(desk)
    window.resize(1366, 768)
    with qtbot.waitExposed(window):
        window.show()
    yield window
    window.close()
    desk.close()


def answer(window: Window, fact: str, *, yes: bool) -> None:
    assert window.visits.card_view.ask(fact)
    cards = window.visits.card_view.groups[Finding.MAYBE].cards
    question = next(one for card in cards for one in card.questions if one.fact == fact)
    question.buttons[0 if yes else 1].click()


def finding(window: Window, number: int) -> Finding:
    assert window.visits.card is not None
    found = window.visits.card.found.verdicts
    return next(one.finding for one in found if one.measure_key.endswith(f"m{number:02}"))


def act(desk: Desk, key: str, step: DemandStep, person: str) -> None:
    desk.set_setting("user_name", person)
    assert desk.demands.act(key, replace(step, by=person))


def test_a_visit_comes_home_and_its_demand_is_closed(qtbot: QtBot, qapp: object, tmp_path: Path) -> None:
    del qapp
    photo, package = tmp_path / "车间.jpg", tmp_path / "包.sjb"
    photo.write_bytes(b"\xff\xd8 photo")
    with opened(qtbot, tmp_path / "笔记本", "张某") as window:
        desk = window.desk
        window.show_page(VISITS)
        form = visit_actions.fill_in(window.visits, desk, "", window)
        form.lines["name"].setText(NAME)
        form.accept()
        key = window.visits.firm_key
        assert enterprises.one(desk.workspace.db, key).name == NAME
        desk.firms.edit(key, {"industry": "C33", "figure/employees/": 86, "figure/revenue/": 3200})
        assert finding(window, 16) is Finding.MAYBE
        for fact, yes in (("arrears_owed", True), ("procurement", False), ("financing_need", True)):
            answer(window, fact, yes=yes)
        assert (finding(window, 16), finding(window, 8)) == (Finding.APPLIES, Finding.APPLIES)
        window.visits.begin_visit()
        record = window.visits.record
        assert record is not None
        (visit,) = visits.every(desk.workspace.db)
        record.files.attach(visit.key, [photo])
        qtbot.waitUntil(lambda: bool(visits.one(desk.workspace.db, visit.key).files))
        for text in ("年底贷款到期，希望续贷", "账款拖欠两年"):
            assert desk.demands.add(text, desk.today(), enterprise=key, visit=visit.key, source="走访")
        record.finish()
        assert visits.one(desk.workspace.db, visit.key).state is VisitState.FINAL
        assert pdf.pdf(leaflet.pages(desk, key, ["张某"])).count(b"/Type /Page\n") == 1
        runs = window.dialogs.packages
        with qtbot.waitSignal(runs.told):
            runs.write(None, "", "", package)
        for dialog in window.findChildren(Dialog):
            dialog.close()

    with opened(qtbot, tmp_path / "办公室", "李某") as window:
        desk = window.desk
        runs = window.dialogs.packages
        runs.look(package)
        qtbot.waitUntil(lambda: any(one.isVisible() for one in window.findChildren(PackagePlanDialog)))
        with qtbot.waitSignal(runs.told):
            next(one for one in window.findChildren(PackagePlanDialog) if one.isVisible()).accept()
        window.show_page(VISITS)
        assert window.visits.firms.model.rows[0].demands == 2
        (home,) = visits.every(desk.workspace.db)
        assert (home.number, home.card is not None, len(home.files)) == (visit.number, True, 1)
        first = next(one for one in demands.every(desk.workspace.db) if "续贷" in one.text)
        day: date = desk.today()
        told = FirmTold("电话", day)
        for step, person in (
            (DemandStep("受理", day, ""), "李某"),
            (DemandStep("交办", day, "", lead="government-office"), "李某"),
            (DemandStep("首次联系", day, "", told=told), "赵某"),
            (DemandStep("办结", day, "", text="银行已续贷", told=told), "赵某"),
            (DemandStep("回访", day, "", told=told, satisfaction=Satisfaction.SATISFIED), "孙某"),
            (DemandStep("销号", day, ""), "孙某"),
        ):
            act(desk, first.key, step, person)
        closed = demands.one(desk.workspace.db, first.key)
        assert (closed.state, closed.is_open) == ("销号", False)
        assert window.visits.firms.model.rows[0].demands == 1
