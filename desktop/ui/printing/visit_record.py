"""走访记录 on paper, to be signed: who was where, what was explained, what was asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.catalogue.validity import date_words
from desktop.ui.printing import form
from desktop.workspace import words
from desktop.workspace.demands import demands
from desktop.workspace.enterprises import judged
from desktop.workspace.masking import masked, person
from desktop.workspace.visits import people, persons, visits
from desktop.workspace.visits.leaflet import clean_title

if TYPE_CHECKING:
    from datetime import date

    from desktop.ui.desk import Desk
    from desktop.ui.printing.paper import Paper
    from desktop.workspace.enterprises.model import Enterprise
    from desktop.workspace.visits.model import Visit

TITLE = "企业走访记录"


def record(desk: Desk, visit_key: str, *, with_contacts: bool = False) -> Paper:
    """Return the record of a visit, A4 upright. Raises RuleError where there is none of that key."""
    visit = visits.one(desk.workspace.db, visit_key)
    firm = form.firm(desk, visit.enterprise)
    names = persons.of_firm(desk.workspace.db, visit.enterprise)

    def own(text: str) -> str:
        return text if with_contacts else masked(text, names)

    def whole(text: str) -> str:
        return text if with_contacts else person(text)

    called = firm.name if firm else ""
    under = [line for line in (called, f"编号：{visit.number}" if visit.number else "") if line]
    paper, setting = form.begin(desk, TITLE, under, f"{TITLE} {visit.number}".strip())
    joined = "；".join(
        f"{words.unit(desk.catalogue, one.unit)} {whole(one.visitors)}" for one in visit.joined
    )
    form.facts(
        setting,
        [
            ("企业", called),
            ("统一社会信用代码", firm.uscc if firm else ""),
            ("行业和规模", _kind(firm, visit.day or desk.today()) if firm else ""),
            ("走访日期", date_words(visit.day) if visit.day else ""),
            ("方式", str(visit.kind)),
            ("地点", own(visit.place)),
            ("走访单位", words.unit(desk.catalogue, visit.unit) if _known(desk, visit.unit) else visit.unit),
            ("走访人", whole(people.names_line(visit.visitors))),
            ("一并走访", joined),
            ("企业参加人", whole(people.met_line(visit.met))),
            ("企业近况", own(visit.summary)),
            ("讲解的措施", _explained(desk, visit)),
            ("措施依据", form.documents(desk, visit.explained)),
            ("企业诉求", own(_demands(desk, visit))),
            ("企业建议", own(_advice(visit))),
            ("照片和附件", "\n".join(own(one.name) for one in visit.files)),
            ("更正", own("\n".join(f"{one.at[:10]}　{one.reason}" for one in visit.corrections))),
        ],
    )
    form.signatures(setting, ("走访人", "企业参加人"), f"\n签字（盖章）：\n\n{form.DATE}")
    return paper


def _kind(firm: Enterprise, day: date) -> str:
    """Return the industry of an enterprise and its size as of a day, as far as they are known."""
    industry = firm.known_industry
    size = judged.size_words(judged.size_of(firm, day))
    return "　".join(filter(None, (industry.words if industry else firm.industry, size)))


def _known(desk: Desk, unit: str) -> bool:
    try:
        desk.catalogue.unit(unit)
    except KeyError:
        return False
    return True


def _explained(desk: Desk, visit: Visit) -> str:
    return "\n".join(f"{_cited(desk, key)}（{wish}）" for key, wish in visit.explained.items())


def _cited(desk: Desk, key: str) -> str:
    title = clean_title(desk.catalogue.measure(key).called) if desk.catalogue.has(key) else ""
    return "　".join(filter(None, (words.number(desk.catalogue, key), title)))


def _demands(desk: Desk, visit: Visit) -> str:
    found = demands.of_visit(desk.workspace.db, visit.key)
    return "\n".join(f"{one.number}　{one.category}：{one.text}" for one in found)


def _advice(visit: Visit) -> str:
    return "\n".join(f"{one.text}\n　答复：{one.answer}" if one.answer else one.text for one in visit.advice)
