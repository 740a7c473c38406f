"""走访记录, 交办单 and 回复单: what was written, masked, and never the word 检查 of ours."""

from __future__ import annotations

from datetime import date

import pytest

from desktop.catalogue.typeset import typeset
from desktop.errors import RuleError
from desktop.ui.desk import Desk
from desktop.ui.printing import assignment, form, pdf, visit_record
from desktop.ui.printing.paper import Paper
from desktop.workspace.demands.chain import DemandStep, FirmTold, SupportUnit
from desktop.workspace.visits.leaflet import FORBIDDEN, GAP
from desktop.workspace.visits.model import Met
from tests.ui.printing import pdf_reading


def words(paper: Paper) -> str:
    return "".join(pdf_reading.pages(pdf.pdf(paper)))


@pytest.fixture
def firm(desk: Desk) -> str:
    key = desk.firms.add(
        "阳泉某某铸造有限公司", {"contact/a1": {"name": "赵小梅", "post": "财务", "phone": "13812340000"}}
    )
    assert key
    return key


@pytest.fixture
def visit(desk: Desk, firm: str) -> str:
    """Return a visit at which every measure was explained."""
    explained = {f"explained/{one.key}": "想申请" for one in desk.catalogue.measures}
    key = desk.visits.begin(
        firm,
        desk.today(),
        visitors=["李建国", "区工信局"],
        met=[Met("赵小梅", "财务")],
        summary="赵小梅说订单稳定，电话13812340000。",
        place="厂区",
        **explained,
    )
    assert key
    assert desk.demands.add("流动资金不足", desk.today(), enterprise=firm, visit=key, source="走访")
    return key


def test_the_record_tells_all_without_names_and_without_the_word(desk: Desk, visit: str) -> None:
    valid = desk.validity_of(desk.catalogue.notices[0]).sentence
    assert all(one in words(visit_record.record(desk, visit)) for one in ("城政办发〔2023〕3号", valid))
    told = words(visit_record.record(desk, visit))
    for one in (
        "企业走访记录",
        "阳泉某某铸造有限公司",
        "李××、区工信局",
        "赵××（财务）",
        "流动资金不足",
        "138****0000",
    ):
        assert one in told
    assert FORBIDDEN not in told
    assert all(f"{one.cited}" in told for one in desk.catalogue.measures)
    assert "赵小梅" not in told
    assert "签字（盖章）" in told
    assert "讲解的措施（续）" in told
    whole = words(visit_record.record(desk, visit, with_contacts=True))
    assert "李建国" in whole
    assert "13812340000" in whole


def test_the_record_tells_industry_and_size_on_the_day(desk: Desk, firm: str, visit: str) -> None:
    assert "规模待定" in words(visit_record.record(desk, visit))
    desk.firms.edit(firm, {"industry": "C33", "figure/employees/": 86, "figure/revenue/": 3200})
    assert "行业和规模C33金属制品业小型" in words(visit_record.record(desk, visit))


def handled(desk: Desk, firm: str, measure: str = "") -> str:
    lead, support = (desk.catalogue.find_unit(name).key for name in ("区工信局", "区发改局"))
    key = desk.demands.add("赵小梅反映水压不足", desk.today(), enterprise=firm, measure=measure)
    assert key
    assert desk.demands.act(key, DemandStep("受理", desk.today(), "孙七"))
    assigned = DemandStep(
        "交办", desk.today(), "孙七", lead=lead, supports=(SupportUnit(support),), mode="会同办理"
    )
    assert desk.demands.act(key, assigned)
    return key


def test_each_unit_gets_a_paper_of_all_that_it_is_given(desk: Desk, firm: str) -> None:
    several = [handled(desk, firm, one.key) for one in desk.catalogue.measures]
    made = assignment.assignments(desk, several)
    assert [desk.catalogue.unit(key).name for key in made] == ["区工信局", "区发改局"]
    told = words(made[desk.catalogue.find_unit("区工信局").key])
    assert told.count("诉求内容") == told.count("办理情况") == len(several)
    assert FORBIDDEN not in told
    assert "赵××反映水压不足" in told
    for one in desk.catalogue.measures:
        quoted = form.measure_text(desk, one.key)
        assert quoted
        assert all(part in typeset(one.text) for part in quoted.split(GAP))
    assert "138****0000" in told
    assert "（主办）" in told
    assert "（协办）" in words(made[desk.catalogue.find_unit("区发改局").key])
    first = words(assignment.assignment(desk, next(iter(made)), several[:1], with_contacts=True))
    assert "赵小梅反映" in first
    assert "13812340000" in first


def test_a_demand_of_nobody_is_not_assigned(desk: Desk) -> None:
    key = desk.demands.add("水压不足", date(2026, 1, 5))
    assert key
    with pytest.raises(RuleError, match="还没有主办单位"):
        assignment.assignments(desk, [key])


def test_the_reply_says_what_was_answered(desk: Desk, firm: str) -> None:
    key = handled(desk, firm, desk.catalogue.by_number(5).key)
    with pytest.raises(RuleError, match="还没有答复"):
        assignment.reply(desk, key)
    told = FirmTold("电话", desk.today(), "赵小梅")
    assert desk.demands.act(key, DemandStep("首次联系", desk.today(), "周八", told=told))
    assert desk.demands.act(key, DemandStep("办结", desk.today(), "周八", text="已增压。", told=told))
    said = words(assignment.reply(desk, key))
    for one in ("致：阳泉某某铸造有限公司", "已增压。", "区工信局", "电话（赵××）", "□满意"):
        assert one in said
    assert FORBIDDEN not in said
