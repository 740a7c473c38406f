"""Three ways: what was sent out (base), what stands here (ours), what came back (theirs), field by field.

What the unit did not touch stays as it is here; what was not touched here is taken; where both did, and not
the same, someone must choose. All of it is pure: the same lines give the same outcome in any order.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from desktop.errors import RuleError
from desktop.workspace.items import rules
from desktop.workspace.items.model import FIELD_NAMES, ItemKey, Status
from desktop.workspace.returns.returned import Cell

CLEARED = "随状态一并清空"
JOINABLE = frozenset({"progress", "problems", "next_step", "reason"})


class FieldOutcome(StrEnum):
    """What becomes of a field. ``ASK``: the cell must be asked about; ``REFUSED``: a rule forbids it."""

    SAME = "same"
    TAKE = "take"
    CONFLICT = "conflict"
    ASK = "ask"
    REFUSED = "refused"


class Choice(StrEnum):
    """What was chosen for a line. Undecided keeps ours, and the question stays open."""

    UNDECIDED = ""
    OURS = "ours"
    THEIRS = "theirs"
    BOTH = "both"
    VALUE = "value"


@dataclass(frozen=True, slots=True)
class ComparedField:
    """One field of one returned row, compared.

    ``base`` is None when nobody knows what was sent out. ``theirs`` is the value in the form in which it is
    kept, or what the cell says when that is unknown. ``reason`` says in Chinese why it is refused. ``value``
    is what was entered with the choice ``VALUE``. ``other`` names another workbook of the same import that
    answers the same cell before this one: then ``ours`` is its answer, and ``before`` what stands here.
    ``row`` and ``sheet`` are as in :class:`~desktop.workspace.returns.returned.ReturnedRow`.
    """

    row: int
    key: ItemKey
    number: int
    field: str
    unit_name: str
    base: str | None
    ours: str
    theirs: str
    kind: FieldOutcome
    choice: Choice = Choice.UNDECIDED
    value: str = ""
    question: str = ""
    guess: str = ""
    reason: str = ""
    other: str = ""
    before: str = ""
    sheet: str = ""

    @property
    def here(self) -> str:
        """Return what the workspace holds, whatever other workbooks of the same import say."""
        return self.before if self.other else self.ours

    @property
    def outcome(self) -> str:
        """Return what the field will hold."""
        if self.kind in (FieldOutcome.SAME, FieldOutcome.REFUSED) or self.choice is Choice.OURS:
            return self.ours
        if self.choice is Choice.VALUE:
            return self.value
        if self.choice is Choice.BOTH:
            return both(self)
        taken = self.kind is FieldOutcome.TAKE or self.choice is Choice.THEIRS
        return self._theirs if taken else self.ours

    @property
    def open(self) -> bool:
        """Tell whether someone must still choose."""
        return self.kind in (FieldOutcome.CONFLICT, FieldOutcome.ASK) and self.choice is Choice.UNDECIDED

    @property
    def loses(self) -> bool:
        """Tell whether the unit wrote something that the outcome does not hold."""
        joined = self.choice is Choice.BOTH and self.kind is not FieldOutcome.REFUSED
        if self.kind is FieldOutcome.SAME or joined:
            return False
        return self.outcome != self._theirs

    @property
    def choices(self) -> tuple[Choice, ...]:
        """Return what may be chosen."""
        if self.kind in (FieldOutcome.SAME, FieldOutcome.REFUSED):
            return ()
        if self.kind is FieldOutcome.ASK:
            return (Choice.OURS, *([Choice.THEIRS] if self.guess else []), Choice.VALUE)
        joined = [Choice.BOTH] if self.kind is FieldOutcome.CONFLICT and self.field in JOINABLE else []
        return (Choice.OURS, Choice.THEIRS, *joined, Choice.VALUE)

    @property
    def _theirs(self) -> str:
        return self.guess if self.kind is FieldOutcome.ASK and self.guess else self.theirs


def compare_row(
    row: int,
    key: ItemKey,
    number: int,
    unit_name: str,
    base: Mapping[str, str],
    ours: Mapping[str, str],
    theirs: Mapping[str, Cell],
    sheet: str = "",
) -> tuple[ComparedField, ...]:
    """Return the lines of one row of a sheet, in the order of FIELD_NAMES.

    ``base`` lacks what nobody knows, ``theirs`` the columns that are gone; 状态 and 不适用理由 always have a
    line, as each decides what the other may be.
    """
    blank = ComparedField(row, key, number, "", unit_name, None, "", "", FieldOutcome.SAME, sheet=sheet)
    lines = []
    for field in FIELD_NAMES:
        line = replace(blank, field=field, base=base.get(field), ours=ours[field], theirs=ours[field])
        if field in theirs:
            lines.append(compare(line, theirs[field]))
        elif field in ("status", "reason"):
            lines.append(silent(line))
    return tuple(lines)


def compare(line: ComparedField, cell: Cell) -> ComparedField:
    """Return ``line``, whose base and ours are known, with what ``cell`` says and what becomes of that.

    An answer that had to be guessed is asked about, also where the guess is what stands here already.
    """
    line = replace(
        line, theirs=cell.raw, kind=FieldOutcome.SAME, choice=Choice.UNDECIDED, value="", reason=""
    )
    if cell.value is None:
        return replace(line, question=cell.question, guess=cell.guess, kind=FieldOutcome.ASK)
    if line.field == "status" and not cell.value.strip():
        return line  # an empty status answers nothing
    try:
        theirs = rules.clean(line.field, cell.value)
    except RuleError as error:
        reason = error.message.partition("，没有改动")[0]
        return line if _same(line, cell.value) else replace(line, kind=FieldOutcome.REFUSED, reason=reason)
    line = replace(line, theirs=theirs)
    if _same(line, theirs):
        return line
    untouched = line.base is not None and folded(line.ours) == folded(line.base)
    return replace(line, kind=FieldOutcome.TAKE if untouched else FieldOutcome.CONFLICT)


def _same(line: ComparedField, theirs: str) -> bool:
    """Tell whether the unit changed nothing, or nothing that does not stand here already."""
    if theirs in (line.ours, line.base):
        return True
    written = folded(theirs)
    if line.base is None and not written:
        return True  # nobody knows whether it was ever anything else
    return written == folded(line.ours) or (line.base is not None and written == folded(line.base))


def folded(text: str) -> str:
    """Return ``text`` without what a spreadsheet program may change on its own: line ends, outer space."""
    lines = rules.visible(text).replace("\ufffe", "\ufffd").replace("\uffff", "\ufffd").split("\n")
    return "\n".join(line.rstrip() for line in lines).strip()


def doubted(line: ComparedField, question: str) -> ComparedField:
    """Return ``line`` asked about with ``question``, if it would change anything: its answer is in doubt."""
    if line.kind not in (FieldOutcome.TAKE, FieldOutcome.CONFLICT, FieldOutcome.ASK):
        return line
    return replace(line, kind=FieldOutcome.ASK, question=question, guess="")


def spent(line: ComparedField) -> ComparedField:
    """Return ``line`` of a workbook that had its say before: it changes nothing, whatever stands here."""
    return replace(line, base=line.theirs, kind=FieldOutcome.SAME, guess=line.theirs, question="", reason="")


def silent(line: ComparedField) -> ComparedField:
    """Return ``line`` of a field that the workbook does not speak of: it changes nothing, whatever comes."""
    unsaid = line.ours if line.base is None else line.base
    return replace(line, base=unsaid, theirs=unsaid, kind=FieldOutcome.SAME)


def renew(line: ComparedField, ours: str, other: str = "", before: str = "") -> ComparedField:
    """Return ``line`` as it is now that ``ours`` stands here; a choice made on other facts is open again.

    With ``other`` it is that workbook's answer which is to stand here, in the place of ``before``.
    """
    if (line.ours, line.other, line.before) == (ours, other, before):
        return line
    placed = replace(line, ours=ours, other=other, before=before)
    return placed if line.ours == ours else again(placed)


def again(line: ComparedField) -> ComparedField:
    """Return ``line`` compared once more, from what the workbook says and what now stands here."""
    known = None if line.kind is FieldOutcome.ASK or line.question else line.theirs
    return compare(line, Cell(line.theirs, known, line.question, line.guess))


def decide(line: ComparedField, choice: Choice, value: str = "") -> ComparedField:
    """Return ``line`` with what was chosen. ``value`` belongs to ``Choice.VALUE``.

    Raises RuleError for a choice that the line does not offer and for a value that cannot be kept.
    """
    if choice is Choice.UNDECIDED:
        return replace(line, choice=choice, value="")
    if choice not in line.choices:
        raise RuleError(
            f"“{FIELD_NAMES[line.field]}”不能这样选择，没有改动任何内容。", "请在列出的选项中选择。"
        )
    decided = replace(line, choice=choice, value="")
    if choice is Choice.VALUE:
        kept = rules.clean(line.field, value)
        if line.field == "status" and kept == Status.CLOSED:
            raise RuleError("销号不能随导入填写，没有改动任何内容。", "请导入后在清单中核实并销号。")
        return replace(decided, value=kept)
    if choice is Choice.BOTH:
        rules.clean(line.field, both(line))
    return decided


def both(line: ComparedField) -> str:
    """Return both texts, each under a line that says whose it is; one of them when the other is empty."""
    if not line.ours.strip() or not line.theirs.strip():
        return line.ours if line.ours.strip() else line.theirs
    whose = f"{line.unit_name}另一份回填" if line.other else "本库原有"
    return f"【{whose}】\n{line.ours}\n【{line.unit_name}回填】\n{line.theirs}"


def settle(lines: Sequence[ComparedField]) -> tuple[ComparedField, ...]:
    """Return the lines of one item, 状态 and 不适用理由 among them, with those refused that break a rule.

    不适用 needs a reason, and a reason belongs to 不适用: a status or a reason that would break that is
    refused, the other fields are taken. A reason that stood here is cleared when the item leaves 不适用.
    """
    by_field = {line.field: line for line in lines}
    status, reason = by_field["status"], by_field["reason"]
    leaves = status.ours == Status.NOT_APPLICABLE
    if status.outcome == Status.NOT_APPLICABLE and not reason.outcome.strip():
        if leaves:
            reason = _refuse(reason, "状态为“不适用”时必须写明理由")
        else:
            status = _refuse(status, "改为“不适用”须写明理由")
    if status.outcome != Status.NOT_APPLICABLE and reason.outcome:
        if not leaves:
            reason = (
                _refuse(reason, "状态没有改为“不适用”，理由随之不采用")
                if reason.outcome != reason.ours
                else reason
            )
        elif reason.kind is FieldOutcome.SAME:
            reason = replace(reason, kind=FieldOutcome.TAKE, theirs="", reason=CLEARED)
        else:
            reason = replace(
                reason, kind=FieldOutcome.CONFLICT, choice=Choice.VALUE, value="", reason=CLEARED
            )
    by_field |= {"status": status, "reason": reason}
    return tuple(by_field.values())


def _refuse(line: ComparedField, reason: str) -> ComparedField:
    return replace(line, kind=FieldOutcome.REFUSED, reason=reason)
