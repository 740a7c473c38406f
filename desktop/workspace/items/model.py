"""What the user enters, as plain values, and the words for it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import assert_never

from desktop.workspace.items.deadline import UNSTATED, Deadline


class Status(StrEnum):
    """状态 of an item. 已完成 is the unit's claim; 已销号 is that claim confirmed by someone else."""

    NOT_STARTED = "未启动"
    UNDER_WAY = "推进中"
    DONE = "已完成"
    CLOSED = "已销号"
    NOT_APPLICABLE = "不适用"


class Part(StrEnum):
    """What items are counted as, in the order in which the parts of a bar are drawn."""

    FINISHED = "完成"
    UNDER_WAY = "推进中"
    LATE = "逾期"
    NOT_STARTED = "未启动"
    NOT_APPLICABLE = "不适用"


def part(status: Status) -> Part:
    """Return what a status counts as while its deadline is not past; all else follows from that."""
    match status:
        case Status.NOT_STARTED:
            return Part.NOT_STARTED
        case Status.UNDER_WAY:
            return Part.UNDER_WAY
        case Status.DONE | Status.CLOSED:
            return Part.FINISHED
        case Status.NOT_APPLICABLE:
            return Part.NOT_APPLICABLE
    assert_never(status)


STATUSES = {each: tuple(status for status in Status if part(status) is each) for each in Part}
"""Which statuses count as a part; none counts as LATE, for that is what the deadline makes of an open one."""
FINISHED = STATUSES[Part.FINISHED]
"""Green whatever the deadline, and what the finished share counts."""
LEFT_OUT = STATUSES[Part.NOT_APPLICABLE]
"""Neither late nor to be done: no part of what the finished share is a share of."""
OPEN = tuple(status for status in Status if status not in (*FINISHED, *LEFT_OUT))
"""What has a deadline that can be missed."""
MOST_DONE_FIRST = tuple(status for each in Part for status in STATUSES[each])
"""The order in which a sentence tells how many there are of each status."""


class Light(StrEnum):
    """亮灯, computed: 红 past the deadline, 黄 near it, 绿 on time or done, 灰 no day to miss."""

    RED = "红"
    YELLOW = "黄"
    GREEN = "绿"
    GREY = "灰"


FIELD_NAMES = {
    "status": "状态",
    "deadline": "完成时限",
    "owner": "责任人",
    "progress": "工作进展",
    "problems": "存在问题",
    "next_step": "下一步举措",
    "reason": "不适用理由",
}
EVIDENCE = "evidence"
CHANGE_NAMES = {**FIELD_NAMES, EVIDENCE: "佐证材料", "note": "批注"}  # all that the history speaks of


@dataclass(frozen=True, slots=True)
class ItemKey:
    """事项: which measure, for which unit (``UNASSIGNED`` for measures that name none)."""

    unit_key: str
    measure_key: str

    @property
    def document_key(self) -> str:
        """Return the document that the measure's key names, whether it is here or not; "" where none is."""
        return self.measure_key.rpartition(".")[0]


@dataclass(frozen=True, slots=True)
class Entry:
    """What was entered for one item. ``revision`` counts its edits from 0 (nothing entered yet)."""

    status: Status = Status.NOT_STARTED
    deadline: Deadline = UNSTATED
    owner: str = ""
    progress: str = ""
    problems: str = ""
    next_step: str = ""
    reason: str = ""
    revision: int = 0
    updated_at: str = ""


@dataclass(frozen=True, slots=True)
class Item:
    """One row of a checklist: the measure's facts from the catalogue and what was entered.

    ``position`` is the unit's printed place (0 for unassigned). ``orphaned`` is true when the workspace holds
    an entry for a measure or a responsibility that no notice of the library has; ``text_changed`` when the
    measure's text is not the one that the entry was made for; that one's SHA-256 is ``entered_for`` then.
    ``evidence`` names what is attached.
    ``document_key`` is the document that it belongs to, for an orphan the one that its key names; ``cited``
    is how people refer to the measure within it, "" for an orphan.
    """

    key: ItemKey
    number: int
    title: str
    category: str
    position: int
    entry: Entry
    light: Light
    orphaned: bool = False
    text_changed: bool = False
    evidence: tuple[str, ...] = ()
    document_key: str = ""
    cited: str = ""
    entered_for: str = ""


@dataclass(frozen=True, slots=True)
class Change:
    """One field of one item changed, or the note on a measure (empty unit key, field ``note``).

    ``at`` is local time with offset, ISO 8601 to the second; order is by ``id``, for clocks go wrong.
    ``source`` is 录入 (typed), 命令行, 撤销 (an undo) or 导入; ``undoes`` is the id of the change taken back,
    or 0. ``intake`` is the id of the import that it was part of, or 0, and ``file_name`` its workbook. One
    that is not ``adopted`` changed nothing: ``after`` is what the workbook said (未采用的回填值) and
    ``before`` what stayed.
    """

    id: int
    at: str
    by: str
    source: str
    key: ItemKey
    field: str
    before: str
    after: str
    undoes: int = 0
    intake: int = 0
    file_name: str = ""
    adopted: bool = True


@dataclass(frozen=True, slots=True)
class Tally:
    """How a set of items stands: how many in all, and ``by_status`` for each status, none left out.

    ``late`` (red) and ``near`` (yellow) are counted across the statuses, not further parts of the total.
    """

    total: int = 0
    by_status: Mapping[Status, int] = field(default_factory=lambda: dict.fromkeys(Status, 0))
    late: int = 0
    near: int = 0

    @property
    def finished(self) -> int:
        """Return how many are :data:`FINISHED`."""
        return sum(self.by_status[status] for status in FINISHED)

    @property
    def to_do(self) -> int:
        """Return how many are not :data:`LEFT_OUT`: what the finished share is a share of."""
        return self.total - sum(self.by_status[status] for status in LEFT_OUT)

    @property
    def share(self) -> float:
        """Return the finished share, 0 when nothing is to be done."""
        return self.finished / self.to_do if self.to_do else 0.0
