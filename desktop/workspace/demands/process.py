"""The process of a demand as data: which act leads from where to where, by whom, stating what, within when.

``resources/processes/acts.toml`` holds the acts that all processes share, one file beside it each process:
its limits, and the acts that it leaves out or has otherwise. What must hold whatever a process says is in
:mod:`desktop.workspace.demands.acting`.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Any, Final

from desktop import paths
from desktop.errors import RuleError

REGISTERED: Final = "登记"
"""The act by which a demand begins; no process lists it."""
SUPPORT: Final = "协办"
FINISH: Final = "办结"
"""Names of limits: for each supporting unit apart; and the one that a stated deadline takes the place of."""


class DemandState(StrEnum):
    """Where a demand stands, in the words that people see."""

    RECEIVED = "待受理"
    REFUSED = "不予受理"
    ACCEPTED = "受理"
    ASSIGNED = "交办"
    DISPUTED = "异议"
    CONTACTED = "首次联系"
    UNDER_WAY = "办理中"
    ANSWERED = "阶段答复"
    EXTENSION = "延期申请"
    FINISHED = "办结"
    CALLED_BACK = "回访"
    RETURNED = "退回重办"
    RAISED = "提级"
    CLOSED = "销号"
    WITHDRAWN = "撤回"


CLOSED: Final = (DemandState.REFUSED, DemandState.CLOSED, DemandState.WITHDRAWN)
"""States in which nothing more is due."""


class Party(StrEnum):
    """Who may act."""

    OFFICE = "受理人"
    LEAD = "主办单位"
    SUPPORT = "协办单位"
    CALLER = "回访人"
    FIRM = "企业"


class Required(StrEnum):
    """What an act may have to state."""

    REASON = "理由"
    ANSWER = "答复内容"
    TOLD = "告知企业"
    LEAD = "主办单位"
    DUE = "办理时限"
    ASKED_BY = "提出人"
    SATISFACTION = "满意度"


class Satisfaction(StrEnum):
    """What the enterprise said when it was called back."""

    SATISFIED = "满意"
    MOSTLY = "基本满意"
    DISSATISFIED = "不满意"


@dataclass(frozen=True, slots=True)
class DemandAct:
    """An act. ``to`` is None where the state stays; ``most`` is how often between two assignments, 0: any.

    ``after`` is what was said at the last call-back: None for whatever, SATISFIED (or mostly), DISSATISFIED.
    """

    name: str
    start: frozenset[DemandState]
    to: DemandState | None
    who: tuple[Party, ...]
    must: tuple[Required, ...] = ()
    after: Satisfaction | None = None
    most: int = 0


@dataclass(frozen=True, slots=True)
class DemandLimit:
    """A limit: ``days`` from an act of ``start`` until one of ``until``; None where only a stated day counts.

    ``before`` names the limit that it lies ahead of instead of following an act. An ``optional`` one is no
    duty: what comes after it is late, but nothing is due. ``longest`` is how far a stated day may go, 0: any.
    Days are working days unless ``working`` is False.
    """

    name: str
    days: int | None
    start: frozenset[str]
    until: frozenset[str]
    before: str = ""
    optional: bool = False
    longest: int = 0
    working: bool = True


@dataclass(frozen=True, slots=True)
class Process:
    """A process by its key: 标题, where its figures come from, and what each of them limits."""

    key: str
    title: str
    acts: Mapping[str, DemandAct]
    limits: tuple[DemandLimit, ...]
    source: str = ""
    note: str = ""


@cache
def bundled() -> Mapping[str, Process]:
    """Return the processes that come with the program, by key."""
    folder = paths.resources() / "processes"
    files = sorted(path for path in folder.glob("*.toml") if path.stem != "acts")
    return {file.stem: parse(file.stem, tomllib.loads(file.read_text(encoding="utf-8"))) for file in files}


@cache
def shared_acts() -> Mapping[str, DemandAct]:
    """Return the acts that a process has unless it says otherwise, by name."""
    path = paths.resources() / "processes" / "acts.toml"
    return _acts(tomllib.loads(path.read_text(encoding="utf-8"))["act"])


def parse(key: str, content: Mapping[str, Any]) -> Process:
    """Read a process in the form of its file. Raises RuleError that names what does not hold."""
    left_out = set(_texts(content, "leaves_out"))
    own = _acts(content.get("act", ()))
    acts = {name: act for name, act in {**shared_acts(), **own}.items() if name not in left_out}
    if unknown := left_out - {*shared_acts(), *own}:
        raise _wrong(f"没有“{min(unknown)}”这一步。")
    limits = tuple(_limit(one, acts) for one in content.get("limit", ()))
    names = [one.name for one in limits]
    if len(set(names)) < len(names):
        raise _wrong("有两个时限同名。")
    for one in limits:
        if one.before and one.before not in set(names) - {one.name}:
            raise _wrong(f"时限“{one.name}”要早于的“{one.before}”不存在。")
    title = str(content.get("title", "")).strip()
    if not title:
        raise _wrong("没有名称。")
    return Process(key, title, acts, limits, str(content.get("source", "")), str(content.get("note", "")))


def _acts(entries: Iterable[Mapping[str, Any]]) -> dict[str, DemandAct]:
    return {act.name: act for act in map(_act, entries)}


def _act(entry: Mapping[str, Any]) -> DemandAct:
    name = str(entry.get("name", "")).strip()
    if not name or name == REGISTERED:
        raise _wrong(f"步骤不能叫“{name}”。")
    start, who = _texts(entry, "from"), _texts(entry, "who")
    if not start or not who:
        raise _wrong(f"步骤“{name}”没有写从哪一状态开始，或由谁办理。")
    after = str(entry.get("after", ""))
    try:
        return DemandAct(
            name,
            frozenset(map(DemandState, start)),
            DemandState(entry["to"]) if entry.get("to") else None,
            tuple(map(Party, who)),
            tuple(map(Required, _texts(entry, "must"))),
            Satisfaction(after) if after else None,
            _count(entry.get("most", 0)),
        )
    except ValueError as error:
        raise _wrong(f"步骤“{name}”中有不认识的词：{error}。") from error


def _limit(entry: Mapping[str, Any], acts: Mapping[str, DemandAct]) -> DemandLimit:
    name = str(entry.get("name", "")).strip()
    days, start, until = entry.get("days"), _texts(entry, "from"), _texts(entry, "until")
    before = str(entry.get("before", ""))
    if not name or not until or not (start or before):
        raise _wrong(f"时限“{name}”没有写从哪一步到哪一步。")
    for act in (*start, *until):
        if act not in acts and act not in shared_acts() and act != REGISTERED:
            raise _wrong(f"时限“{name}”中没有“{act}”这一步。")
    return DemandLimit(
        name,
        None if days is None else _count(days),
        frozenset(start),
        frozenset(until),
        before,
        entry.get("optional") is True,
        _count(entry.get("longest", 0)),
        entry.get("working", True) is not False,
    )


def _texts(entry: Mapping[str, Any], name: str) -> tuple[str, ...]:
    value = entry.get(name, ())
    if not isinstance(value, list | tuple) or not all(isinstance(one, str) for one in value):
        raise _wrong(f"“{name}”应是一列词。")
    return tuple(value)


def _count(value: Any) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= 1000:
        raise _wrong(f"天数或次数“{value}”应是0到1000的整数。")
    return value


def _wrong(reason: str) -> RuleError:
    return RuleError(f"办理流程有误：{reason}没有改动任何内容。", "请改正后再试。")
