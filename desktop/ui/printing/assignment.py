"""交办单 for the units that handle a demand, and 回复单 for the enterprise that made it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.catalogue.validity import date_words
from desktop.errors import RuleError
from desktop.ui.printing import form
from desktop.workspace.demands import demands
from desktop.workspace.demands.reminding import called
from desktop.workspace.masking import contact, masked, person
from desktop.workspace.visits import persons

if TYPE_CHECKING:
    from collections.abc import Sequence

    from desktop.ui.desk import Desk
    from desktop.ui.printing.paper import Paper
    from desktop.workspace.demands.demands import DemandStanding
    from desktop.workspace.demands.model import Demand

TITLE, REPLY = "企业诉求交办单", "企业诉求回复单"


def assignments(desk: Desk, keys: Sequence[str], *, with_contacts: bool = False) -> dict[str, Paper]:
    """Return a paper for each unit (by key) that handles one of these demands, leading units first.

    Raises RuleError where none of them has a unit yet, or one is not there.
    """
    found = [demands.one(desk.workspace.db, key) for key in keys]
    leading = [one.lead for one in found if one.lead]
    units = dict.fromkeys([*leading, *(unit for one in found for unit in one.units)])
    if not units:
        raise RuleError("所选的诉求还没有主办单位，没有生成交办单。", "请先交办。")
    return {
        unit: assignment(
            desk, unit, [one.key for one in found if unit in one.units], with_contacts=with_contacts
        )
        for unit in units
    }


def assignment(desk: Desk, unit: str, keys: Sequence[str], *, with_contacts: bool = False) -> Paper:
    """Return what one unit is given to handle: one demand or several, each with room for what was done."""
    db, name = desk.workspace.db, called(desk.catalogue, unit)
    found = demands.standings(db, (demands.one(db, key) for key in keys), desk.today())
    count = f"共{len(found)}项" if len(found) > 1 else found[0].demand.number
    paper, setting = form.begin(desk, TITLE, (f"承办单位：{name}", count), f"{TITLE} {name}")
    for at, one in enumerate(found):
        if at:
            form.gap(setting)
        form.facts(setting, _told(desk, one, unit, with_contacts=with_contacts))
        form.room(setting, "办理情况（由承办单位填写：办理结果、答复内容、告知企业的方式和日期）", 4)
    form.signatures(setting, ("交办人", "签收人"))
    return paper


def reply(desk: Desk, key: str, *, with_contacts: bool = False) -> Paper:
    """Return the answer to an enterprise. Raises RuleError for a demand that was not answered."""
    one = demands.one(desk.workspace.db, key)
    firm = form.firm(desk, one.enterprise)
    steps = one.chain.steps if one.chain else ()
    answer = next((step for step in reversed(steps) if step.text and step.told and step.handles), None)
    answer = answer or (one.chain.answer if one.chain else None)
    if answer is None:
        raise RuleError("这件诉求还没有答复，没有生成回复单。", "请先办理阶段答复或办结。")
    names = persons.of_firm(desk.workspace.db, one.enterprise)

    def own(text: str) -> str:
        return text if with_contacts else masked(text, names)

    title = f"致：{firm.name}" if firm else ""
    paper, setting = form.begin(desk, REPLY, [title] if title else [], f"{REPLY} {one.number}".strip())
    form.facts(
        setting,
        [
            ("诉求编号", one.number),
            ("登记日期", date_words(one.received) if one.received else ""),
            ("诉求内容", own(one.text)),
            ("答复内容", own(answer.text)),
            ("答复单位", called(desk.catalogue, answer.unit or one.lead)),
            ("答复日期", date_words(answer.day)),
            ("告知方式", own(answer.told.words) if answer.told else ""),
            ("依据措施", form.measure(desk, one.measure)),
        ],
    )
    form.room(setting, "如有疑问，请联系（手写）", 1)
    form.signatures(
        setting,
        ("企业意见",),
        f"\n　□满意　　□基本满意　　□不满意\n\n签字（盖章）：　　　　　　　　　　{form.DATE}",
    )
    return paper


def _told(desk: Desk, standing: DemandStanding, unit: str, *, with_contacts: bool) -> list[tuple[str, str]]:
    one, catalogue = standing.demand, desk.catalogue
    firm = form.firm(desk, one.enterprise)
    names = persons.of_firm(desk.workspace.db, one.enterprise)
    text = one.text if with_contacts else masked(one.text, names)
    who = (
        one.contact or "、".join(" ".join((each.name, each.phone)) for each in firm.contacts) if firm else ""
    )
    who = who or one.contact
    assigned = one.chain.assignment if one.chain else None
    by = (assigned.by if with_contacts else person(assigned.by)) if assigned else ""
    units = "、".join(
        f"{called(catalogue, each)}（{'主办' if each == one.lead else '协办'}）" for each in one.units
    )
    role = "主办" if unit == one.lead else "协办"
    return [
        ("诉求编号", f"{one.number}（{role}）"),
        ("登记日期", date_words(one.received) if one.received else ""),
        ("企业", firm.name if firm else ""),
        ("诉求内容", text),
        ("类别", f"{one.category}　性质：{one.nature}　来源：{one.source}"),
        ("联系方式", who if with_contacts else contact(who, names)),
        ("依据措施", form.measure(desk, one.measure)),
        ("措施原文", form.measure_text(desk, one.measure)),
        ("办理单位", units + (f"　{assigned.mode}" if assigned and assigned.mode else "")),
        ("交办", f"{date_words(assigned.day)}　经办人：{by}" if assigned else ""),
        ("交办意见", (assigned.text if with_contacts else masked(assigned.text, names)) if assigned else ""),
        ("办理时限", _limit(one, standing, unit)),
    ]


def _limit(one: Demand, standing: DemandStanding, unit: str) -> str:
    spans = [span for span in standing.spans if span.done is None and span.unit == unit and not span.optional]
    told = [
        f"{span.name}：{date_words(span.due)}" + (f"（{span.caveat}）" if span.caveat else "")
        for span in spans
    ]
    return "\n".join(told) or (date_words(one.due) if one.due else "")
