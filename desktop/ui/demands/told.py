"""How demands are said: who handles one, how it stands, a step of it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from desktop.errors import KnownError
from desktop.workspace import words
from desktop.workspace.demands.process import DemandState
from desktop.workspace.items.model import Light
from desktop.workspace.items.progress import due_words

if TYPE_CHECKING:
    from collections.abc import Iterable

    from desktop.catalogue.query import Catalogue
    from desktop.workspace.demands.chain import DemandStep
    from desktop.workspace.demands.demands import DemandStanding
    from desktop.workspace.demands.limits import LimitSpan
    from desktop.workspace.demands.model import Demand

OFFICE = "受理人"
UNNAMED = "未定"
_LETTERS = "、，,；;\n"


def unit(catalogue: Catalogue, key: str) -> str:
    """Return what a unit of a demand is called: its key may be a name that no notice has."""
    try:
        return catalogue.unit(key).name if key else ""
    except KeyError:
        return key


def unit_key(catalogue: Catalogue, name: str) -> str:
    """Return the key of the unit that is called so; the name itself where no notice names such a one."""
    try:
        return catalogue.find_unit(name).key if name.strip() else ""
    except KnownError:
        return name.strip()


def unit_line(catalogue: Catalogue, keys: Iterable[str]) -> str:
    """Return units as one types them in a line."""
    return "、".join(unit(catalogue, key) for key in keys)


def unit_keys(catalogue: Catalogue, line: str) -> tuple[str, ...]:
    """Return the units of a line, each once."""
    for letter in _LETTERS[1:]:
        line = line.replace(letter, _LETTERS[0])
    found = (unit_key(catalogue, name) for name in line.split(_LETTERS[0]) if name.strip())
    return tuple(dict.fromkeys(found))


def state(standing: DemandStanding, today: date) -> str:
    """Return where a demand stands, and how late it is: 交办 · 逾期 2 天."""
    span = standing.next_limit
    if span is None or standing.light not in (Light.RED, Light.YELLOW):
        return standing.demand.state
    return f"{standing.demand.state} · {due_words(span.due, today)}"


def handled(catalogue: Catalogue, demand: Demand) -> str:
    """Return who handles a demand, what it rests on and by when: 主办 …　协办 …　依据 第8条."""
    chain = demand.chain
    supports = [one.unit for one in chain.supports] if chain and chain.assignment else demand.supports
    parts = [f"主办 {unit(catalogue, demand.lead) or UNNAMED}"]
    if supports:
        parts.append(f"协办 {unit_line(catalogue, supports)}")
    if demand.measure:
        parts.append(f"依据 {words.number(catalogue, demand.measure)}")
    return "　".join(parts)


def limit(span: LimitSpan | None) -> str:
    """Return by when what is due, "" for nothing: 办结时限 12月10日."""
    return f"{span.name}时限 {span.due.month}月{span.due.day}日" if span else ""


def span_line(catalogue: Catalogue, span: LimitSpan, today: date) -> str:
    """Return a limit as a line: whose, until when, how far, and where the list of holidays has a gap."""
    whose = f"（{unit(catalogue, span.unit)}）" if span.unit else ""
    if span.done is not None:
        how = f"{span.done}完成" + ("，超过时限" if span.is_late else "")
    else:
        how = "不作要求" if span.optional else due_words(span.due, today)
    caveat = f"；{span.caveat}" if span.caveat else ""
    return f"{span.name}{whose}：{span.due}前，{how}{caveat}"


def step_head(catalogue: Catalogue, step: DemandStep) -> str:
    """Return what was done, and by whom: 交办　张三（区政府办公室）."""
    whose = unit(catalogue, step.unit)
    typed = f"，{step.entered_by}录入" if step.entered_by and step.entered_by != step.by else ""
    return f"{step.act}　{step.by}{f'（{whose}）' if whose else ''}{typed}"


def step_lines(catalogue: Catalogue, step: DemandStep) -> tuple[str, ...]:
    """Return what a step states, a line each."""
    told = []
    if step.lead:
        supports = unit_line(catalogue, (one.unit for one in step.supports))
        mode = f"，{step.mode}" if step.mode else ""
        helped = f"，协办 {supports}" if supports else ""
        told.append(f"主办 {unit(catalogue, step.lead)}{helped}{mode}")
    if step.due:
        told.append(f"办理时限 {step.due}")
    if step.text:
        told.append(step.text)
    if step.told:
        told.append(f"告知企业：{step.told.words}")
    if step.asked_by:
        told.append(f"提出人：{step.asked_by}")
    if step.satisfaction:
        told.append(f"满意度：{step.satisfaction}")
    return tuple(told)


def is_final(demand: Demand) -> bool:
    """Tell whether a demand was closed as answered and called back."""
    return demand.chain is not None and demand.chain.state is DemandState.CLOSED
