"""How an import's files, choices and outcomes are put in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.workspace import words
from desktop.workspace.returns.plans import Plan
from desktop.workspace.returns.receipts import FileState
from desktop.workspace.returns.three_way import Choice, ComparedField, FieldOutcome

if TYPE_CHECKING:
    from desktop.workspace.returns.receipts import ReceiptFile, ReceiptHead

UNKNOWN, SAME = "（不详）", "（未改动）"
CHOICES = {
    Choice.OURS: "保留本库",
    Choice.THEIRS: "采用回填",
    Choice.BOTH: "两者都留",
    Choice.VALUE: "另填……",
}
BETWEEN_TWO = {Choice.OURS: "采用另一份", Choice.THEIRS: "采用这份"}
"""What is chosen where another workbook of the same import answers the same cell."""


def other(line: ComparedField) -> str:
    """Return what another workbook of the same import says of the cell, and which; "" for none."""
    return f"另一份回填（{line.other}）：{words.value(line.field, line.ours)}" if line.other else ""


def choice(line: ComparedField, chosen: Choice) -> str:
    """Return what a choice is called on a line."""
    if chosen is Choice.THEIRS and line.kind is FieldOutcome.ASK:
        return f"是，{words.value(line.field, line.guess, '留空')}"
    if line.other and chosen in BETWEEN_TWO:
        return BETWEEN_TWO[chosen]
    if chosen is Choice.VALUE and line.choice is Choice.VALUE:
        return "改为另填的内容"
    return CHOICES[chosen]


def chosen(line: ComparedField) -> str:
    """Return what was chosen on a line, for a receipt."""
    return (BETWEEN_TWO if line.other else {}).get(line.choice, CHOICES[line.choice].rstrip("…"))


def state(plan: Plan) -> str:
    """Return in a few words what becomes of a workbook."""
    if plan.left_out:
        return "不并入"
    if plan.state is FileState.REFUSED:
        return "未并入"
    told = []
    if plan.conflicts:
        told.append(f"待决定 {len(plan.conflicts)} 处")
    if plan.changed:
        told.append(f"将更新 {plan.changed} 处")
    return " · ".join(told) or ("已决定" if plan.again and plan.decided else "无变化")


def sentence(plans: tuple[Plan, ...]) -> str:
    """Return what taking the workbooks in would do."""
    refused = sum(plan.state is FileState.REFUSED and not plan.left_out for plan in plans)
    same = sum(state(plan) == "无变化" for plan in plans)
    rows = sum(len(plan.refusals) for plan in plans)
    counted = (
        (sum(plan.changed for plan in plans), "将更新 {} 处"),
        (sum(len(plan.conflicts) for plan in plans), "待决定 {} 处"),
        (rows, "不能采用 {} 处"),
        (refused, "未并入 {} 份"),
        (sum(plan.left_out for plan in plans), "不并入 {} 份"),
        (same, "无变化 {} 份"),
    )
    return " · ".join((f"{len(plans)} 份", *(words.format(count) for count, words in counted if count)))


def taken(file: ReceiptFile) -> str:
    """Return in a few words what became of a workbook."""
    if file.left_out:
        return "未并入（使用人选择）"
    if file.state is FileState.REFUSED:
        return "未并入"
    told = [f"更新 {len(file.changes)} 处"] if file.changes else []
    if file.conflicts:
        told.append(f"待决定 {len(file.conflicts)} 处")
    return " · ".join(told) or "无变化"


def receipt(one: ReceiptHead) -> str:
    """Return what an import did."""
    counted = (
        (one.changed, "更新 {} 处"),
        (one.conflicts, "待决定 {} 处"),
        (one.rows_refused, "不能采用 {} 行"),
        (one.refused, "未并入 {} 份"),
    )
    return " · ".join((f"{one.files} 份", *(words.format(count) for count, words in counted if count)))
