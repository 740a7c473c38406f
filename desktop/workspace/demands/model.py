"""A demand as plain values, and the words of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from desktop.workspace.demands.chain import DemandChain, DemandStep, linked
from desktop.workspace.journal.model import Record

NOUN = "demand"
BETWEEN = "、"
"""Between the keys of several units, as they are kept."""
STEP, LAST = "step", "last"
"""A step is the field ``step/<key>``; ``last`` names the one by which the demand stands."""


class DemandSource(StrEnum):
    """来源."""

    VISIT = "走访"
    CALL = "来电"
    LETTER = "来信"
    HOTLINE = "12345转办"
    OTHER = "其他"


class DemandNature(StrEnum):
    """性质: what the enterprise wants with it."""

    ASKING = "咨询"
    HELP = "求助"
    COMPLAINT = "投诉"
    PROPOSAL = "建议"


class DemandCategory(StrEnum):
    """类别: what it is about."""

    FINANCE = "融资"
    LABOUR = "用工"
    LAND = "用地"
    PREMISES = "用房"
    UTILITIES = "水电气"
    PROJECT = "项目建设"
    MARKET = "市场开拓"
    ARREARS = "款项拖欠"
    TAXES = "税费"
    TECHNOLOGY = "技术"
    FORMALITIES = "手续办理"
    CHARGES = "违规收费"
    POLICY = "政策咨询"
    OTHER = "其他"


@dataclass(frozen=True, slots=True)
class Demand:
    """One demand. ``enterprise``, ``visit`` and ``measure`` are keys, "" where it has none.

    ``unit``, ``supports`` and ``due`` are what was meant at registration; an assignment says what counts.
    ``process`` is the key of the process by which it is handled. ``chain`` is None only where the write of
    its registration has not arrived yet. ``contact`` is who may be asked, and how. ``conflicts`` are the
    fields about which machines disagree: with ``last`` among them two steps were taken after the same one.
    """

    key: str
    number: str
    enterprise: str
    text: str
    chain: DemandChain | None
    received: date | None = None
    source: DemandSource = DemandSource.OTHER
    nature: DemandNature = DemandNature.HELP
    category: DemandCategory = DemandCategory.OTHER
    visit: str = ""
    measure: str = ""
    unit: str = ""
    supports: tuple[str, ...] = ()
    due: date | None = None
    process: str = ""
    contact: str = ""
    conflicts: tuple[str, ...] = ()

    @property
    def is_open(self) -> bool:
        """Tell whether something may still be due."""
        return self.chain is None or self.chain.is_open

    @property
    def state(self) -> str:
        """Return where it stands, in the words that people see."""
        return str(self.chain.state) if self.chain else "登记未到"

    @property
    def lead(self) -> str:
        """Return the 主办单位: that of the assignment; before one, what was meant at registration."""
        return (self.chain.lead if self.chain else "") or self.unit

    @property
    def units(self) -> tuple[str, ...]:
        """Return 主办 and 协办单位 of now."""
        supports = tuple(one.unit for one in self.chain.supports) if self.chain else ()
        return (self.lead, *supports) if self.lead else supports


FIELD_WORDS = {
    "enterprise": "企业",
    "visit": "走访",
    "text": "诉求内容",
    "received": "登记日期",
    "source": "来源",
    "nature": "性质",
    "category": "类别",
    "measure": "依据措施",
    "unit": "拟交办单位",
    "supports": "拟协办单位",
    "due": "拟定时限",
    "process": "办理流程",
    "contact": "联系方式",
    LAST: "办理进展",
    STEP: "办理步骤",
}


def field_words(name: str) -> str:
    """Return what people call a field of a demand."""
    return FIELD_WORDS.get(name.partition("/")[0], name)


def demand_of(record: Record) -> Demand:
    """Return the demand that a record is; what is no such value, whoever put it there, is passed over."""
    values = record.values
    return Demand(
        record.key,
        number=record.text("number"),
        enterprise=record.text("enterprise"),
        text=record.text("text"),
        chain=linked(_steps(record), record.text(LAST)),
        received=record.day("received"),
        source=next((one for one in DemandSource if one == values.get("source")), DemandSource.OTHER),
        nature=next((one for one in DemandNature if one == values.get("nature")), DemandNature.HELP),
        category=next((one for one in DemandCategory if one == values.get("category")), DemandCategory.OTHER),
        visit=record.text("visit"),
        measure=record.text("measure"),
        unit=record.text("unit"),
        supports=tuple(filter(None, record.text("supports").split(BETWEEN))),
        due=record.day("due"),
        process=record.text("process"),
        contact=record.text("contact"),
        conflicts=record.conflicts,
    )


def _steps(record: Record) -> list[DemandStep]:
    steps = []
    for value in record.under(STEP).values():
        try:
            steps.append(DemandStep.from_json(value))
        except (KeyError, TypeError, ValueError, AttributeError):
            continue
    return steps
