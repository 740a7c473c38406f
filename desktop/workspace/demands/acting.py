"""Taking a step: what may follow what, and what must hold before a demand is closed.

A process may say anything; what stands under "closed" here holds for each of them, and for one that somebody
made up: nothing is closed unanswered, untold, or called back by whoever handled it.

- 不予受理 closes what was never assigned or answered, with a reason and telling the enterprise so.
- 撤回 closes what the enterprise itself took back, by name, told to somebody who did not handle it.
- 销号 closes what was answered, told, and called back as satisfied by somebody who did not handle it. Who was
  dissatisfied is not asked again before something was done.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from desktop.errors import RuleError
from desktop.workspace.demands.chain import DemandChain, DemandStep, folded, tidy
from desktop.workspace.demands.process import (
    DemandAct,
    DemandState,
    Party,
    Process,
    Required,
    Satisfaction,
)

_STATE_BY_STATE = {
    DemandState.ANSWERED: (Required.ANSWER, Required.TOLD),
    DemandState.FINISHED: (Required.ANSWER, Required.TOLD),
    DemandState.CALLED_BACK: (Required.SATISFACTION, Required.TOLD),
    DemandState.REFUSED: (Required.REASON, Required.TOLD),
    DemandState.WITHDRAWN: (Required.ASKED_BY,),
    DemandState.RAISED: (Required.LEAD,),
}
"""What every step into a state must state, whatever the process says."""
_BY_HANDLERS = (DemandState.CONTACTED, DemandState.ANSWERED, DemandState.EXTENSION, DemandState.FINISHED)
"""States into which only who handles the demand brings it, whoever the process says that is."""
_BEGIN_ANEW = (DemandState.ASSIGNED, DemandState.RETURNED, DemandState.RAISED)
"""States with which a new deadline may begin."""


def offered(process: Process, chain: DemandChain) -> tuple[DemandAct, ...]:
    """Return the acts that may be next, in the order of the process."""
    return tuple(act for act in process.acts.values() if not _not_now(chain, act))


def required(act: DemandAct) -> tuple[Required, ...]:
    """Return what a step of this act must state, in the order of :class:`Required`."""
    needed = {*act.must, *(_STATE_BY_STATE.get(act.to, ()) if act.to else ())}
    return tuple(one for one in Required if one in needed)


def take(process: Process, chain: DemandChain, wanted: DemandStep, today: date, key: str) -> DemandChain:
    """Return the chain with ``wanted`` as its next step, called ``key``.

    Raises RuleError, which says what stands against it and what is missing.
    """
    act = process.acts.get(wanted.act)
    if act is None:
        raise _refused(f"办理流程中没有“{wanted.act}”这一步", f"现在可以办理：{_names(process, chain)}。")
    if reason := _not_now(chain, act):
        raise _refused(reason, f"现在可以办理：{_names(process, chain)}。")
    step = tidy(wanted)
    if not step.by:
        raise _refused(f"“{act.name}”没有写由谁办理", "请写明经办人。")
    step = replace(
        _for_unit(chain, act, step),
        handles=Party.LEAD in act.who or Party.SUPPORT in act.who or act.to in _BY_HANDLERS,
        state=act.to or chain.state,
        key=key,
        follows=chain.last.key,
    )
    _check_stated(act, step)
    _check_days(_after(process, chain, act), chain, step, today)
    if reason := _against_closing(chain, act, step):
        raise _refused(reason, "诉求须先答复、告知企业，并由未经手的人回访后，才能结束。")
    return chain.then(step)


def _names(process: Process, chain: DemandChain) -> str:
    return "、".join(act.name for act in offered(process, chain)) or "没有可办理的步骤"


def _not_now(chain: DemandChain, act: DemandAct) -> str:
    """Return why ``act`` cannot follow, "" when it can."""
    if chain.state not in act.start:
        return f"诉求现在是“{chain.state}”，不能办理“{act.name}”"
    said = chain.call_back.satisfaction if chain.call_back else None
    if act.after and (said is None or _is_satisfied(said) is not _is_satisfied(act.after)):
        return f"“{act.name}”须在回访结果为“{act.after}”之后"
    if said is not None and chain.state is act.to is DemandState.CALLED_BACK and not _is_satisfied(said):
        return "企业回访时不满意，须先退回重办或提级，不能再回访"
    if act.most and _times(chain, act.name) >= act.most:
        return f"“{act.name}”已办理过{act.most}次，不再办理"
    return ""


def _is_satisfied(said: Satisfaction) -> bool:
    return said is not Satisfaction.DISSATISFIED


def _times(chain: DemandChain, name: str) -> int:
    """Return how often an act was taken since the demand was last accepted or sent back."""
    count = 0
    for step in reversed(chain.steps):
        if step.state in (DemandState.ACCEPTED, DemandState.RETURNED, DemandState.RAISED):
            break
        count += step.act == name
    return count


def _for_unit(chain: DemandChain, act: DemandAct, step: DemandStep) -> DemandStep:
    """Return the step with the unit for which it is, the leading one where that is not said."""
    supports = [one.unit for one in chain.supports]
    if step.unit and step.unit in _units_of(chain, act):
        return step
    if Party.CALLER in act.who or Party.FIRM in act.who:
        if step.unit and step.unit in (chain.lead, *supports):
            raise _refused(f"“{act.name}”不能由主办、协办单位自己办理", "请由受理人或其他单位办理。")
        return step
    if Party.OFFICE in act.who:
        return step
    if step.unit:
        raise _refused(f"“{act.name}”应由{'、'.join(act.who)}办理", "请核对办理单位。")
    if Party.LEAD in act.who:
        if not chain.lead:
            raise _refused("诉求还没有主办单位", "请先交办。")
        return replace(step, unit=chain.lead)
    if len(supports) != 1:
        raise _refused(f"“{act.name}”没有写是哪个协办单位", f"协办单位：{'、'.join(supports) or '没有'}。")
    return replace(step, unit=supports[0])


def _units_of(chain: DemandChain, act: DemandAct) -> Sequence[str]:
    units = [chain.lead] if Party.LEAD in act.who else []
    return [*units, *(one.unit for one in chain.supports)] if Party.SUPPORT in act.who else units


def _check_stated(act: DemandAct, step: DemandStep) -> None:
    missing = [one for one in required(act) if not _states(step, one)]
    if missing:
        raise _refused(f"“{act.name}”没有写{'、'.join(missing)}", _HOW[missing[0]])
    needed = required(act)
    if (step.lead or step.supports or step.mode) and Required.LEAD not in needed:
        raise _refused(f"“{act.name}”不改办理单位", "请去掉主办、协办单位，或先办理改派。")
    if step.due and act.to not in _BEGIN_ANEW and Required.DUE not in needed:
        raise _refused(f"“{act.name}”不改办理时限", "请去掉办理时限，或先申请延期。")
    if step.satisfaction and act.to is not DemandState.CALLED_BACK:
        raise _refused(f"“{act.name}”不记满意度", "请在回访时填写。")


def _states(step: DemandStep, what: Required) -> bool:
    match what:
        case Required.REASON | Required.ANSWER:
            return bool(step.text)
        case Required.TOLD:
            return step.told is not None
        case Required.LEAD:
            return bool(step.lead)
        case Required.DUE:
            return step.due is not None
        case Required.ASKED_BY:
            return bool(step.asked_by)
        case Required.SATISFACTION:
            return step.satisfaction is not None


_HOW = {
    Required.REASON: "请写明理由。",
    Required.ANSWER: "请写明答复企业的内容。",
    Required.TOLD: "请写明何时、以什么方式告知企业。",
    Required.LEAD: "请写明主办单位。",
    Required.DUE: "请写明办理时限，例如 2026-12-31。",
    Required.ASKED_BY: "请写明是企业哪位人员提出的。",
    Required.SATISFACTION: f"请写明企业的评价：{'、'.join(Satisfaction)}。",
}


def _after(process: Process, chain: DemandChain, act: DemandAct) -> DemandStep:
    """Return the step before which the next one cannot have happened.

    What leaves the state as it is (催办, 协办意见) goes on beside the rest: it may be told of later than it
    happened, and nothing waits for it.
    """
    if act.to is None:
        return chain.assignment or chain.steps[0]
    known = process.acts
    led = (one for one in reversed(chain.steps) if one.act not in known or known[one.act].to is not None)
    return next(led, chain.steps[0])


def _check_days(before: DemandStep, chain: DemandChain, step: DemandStep, today: date) -> None:
    if step.day > today:
        raise _refused(f"“{step.act}”的日期{step.day}晚于今天", "请填写实际办理的日期。")
    if step.day < before.day:
        raise _refused(
            f"“{step.act}”的日期{step.day}早于上一步“{before.act}”的日期{before.day}",
            "请核对两步的日期。",
        )
    if step.told and step.told.on > step.day:
        raise _refused(
            f"告知企业的日期{step.told.on}晚于“{step.act}”的日期{step.day}", "请在告知企业之后再登记这一步。"
        )
    if step.told and step.told.on < chain.steps[0].day:
        raise _refused(f"告知企业的日期{step.told.on}早于收到诉求的日期", "请核对日期。")
    for due in filter(None, (step.due, *(one.due for one in step.supports))):
        if due < step.day:
            raise _refused(f"办理时限{due}早于“{step.act}”的日期{step.day}", "请核对日期。")


def _against_closing(chain: DemandChain, act: DemandAct, step: DemandStep) -> str:
    """Return why the demand may not be as ``step`` leaves it, "" when it may."""
    names = [one for one in (step.by, step.entered_by) if one and folded(one) in chain.handlers]
    handled = f"{names[0]}经手办理过这件诉求，不能由其" if names else ""
    match act.to:
        case DemandState.REFUSED:
            answered = any(one.lead or one.state is DemandState.FINISHED for one in chain.steps)
            return "诉求已经交办或答复，不能再不予受理" if answered else ""
        case DemandState.WITHDRAWN:
            return handled and f"{handled}登记撤回"
        case DemandState.CALLED_BACK:
            if chain.answer is None:
                return "诉求还没有答复并告知企业，不能回访"
            if step.told and step.told.on < chain.answer.day:
                return f"回访的日期{step.told.on}早于答复的日期{chain.answer.day}，不能回访"
            return handled and f"{handled}回访"
        case DemandState.CLOSED:
            return _not_called_back(chain) or (handled and f"{handled}销号")
        case _:
            return ""


def _not_called_back(chain: DemandChain) -> str:
    made = chain.call_back
    if chain.answer is None:
        return "诉求还没有答复并告知企业，不能销号"
    if chain.state is not DemandState.CALLED_BACK or made is None or made.satisfaction is None:
        return "诉求还没有回访，不能销号"
    if not _is_satisfied(made.satisfaction):
        return "回访结果为不满意，不能销号"
    return "" if made.persons.isdisjoint(chain.handlers) else "回访人经手办理过这件诉求，须由他人再回访"


def _refused(reason: str, hint: str) -> RuleError:
    return RuleError(f"{reason}，没有改动任何内容。", hint)
