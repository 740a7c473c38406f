"""What a package brings, conflicts and gaps, as rows that people read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.ui.kit.told_table import ToldRow
from desktop.workspace import words
from desktop.workspace.merging import compared, conflicts, naming

if TYPE_CHECKING:
    from collections.abc import Sequence

    from desktop.ui.desk import Desk
    from desktop.workspace.merging.arrivals import Arrival
    from desktop.workspace.merging.outcome import BroughtChange, MergeOutcome

NEW, CHANGED = "新增", "改动"


def counts(found: MergeOutcome) -> str:
    """Return in a line how much a package brings."""
    parts = [f"新增 {found.new}", f"改动 {found.changed}", f"相同 {found.same}"]
    if found.conflicts:
        parts.append(f"待决定 {len(found.conflicts)}")
    if found.files:
        parts.append(f"附件 {found.files} 份")
    return " · ".join(parts)


def of_outcome(desk: Desk, found: MergeOutcome) -> list[ToldRow]:
    """Return what a package brings: first what needs to be looked at, then what is new, then what changes."""
    db, catalogue = desk.workspace.db, desk.catalogue
    rows = []
    for one in found.conflicts:
        stand = "；".join(conflicts.told(db, catalogue, write) for write in one.values)
        rows.append(ToldRow("待决定", f"{one.called}　{one.field_called}", f"两个值都留下：{stand}"))
    for pair in found.duplicates:
        rows.append(ToldRow("疑似重复", f"{naming.noun(pair.noun)}：{'、'.join(pair.called)}", pair.why))
    for gap in found.gaps:
        rows.append(ToldRow("缺口", gap.called, gap.words))
    for clash in found.clashes:
        rows.append(ToldRow("未并入", clash.called, "同一笔录入的内容与本机收到过的不同，只有这一笔没有并入"))
    if found.missing:
        rows.append(ToldRow("缺附件", f"{len(found.missing)} 份", "对方电脑上也已缺失或被改动"))
    if found.deleted:
        rows.append(ToldRow("已删除", f"{len(found.deleted)} 条", "对方按保留期限彻底删除，本机也将删除内容"))
    rows += sorted(map(_of_change, found.changes), key=lambda row: row.kind != NEW)
    if len(found.changes) == compared.MOST:
        rows.append(ToldRow("其余", f"先列出前 {compared.MOST} 处", "并入时全部并入"))
    return rows


def _of_change(one: BroughtChange) -> ToldRow:
    who = f"{one.by}，{words.moment(one.at)}"
    if not one.field_called:
        return ToldRow(NEW, f"{naming.noun(one.noun)}：{one.called}", who)
    what = f"{naming.noun(one.noun)}：{one.called}　{one.field_called}"
    return ToldRow(CHANGED, what, f"{one.before} → {one.after}（{who}）")


def of_arrivals(found: Sequence[Arrival]) -> list[ToldRow]:
    """Return the receipts of packages, the newest first."""
    rows = []
    for one in found:
        parts = [f"新增 {one.counts.get('new', 0)}", f"改动 {one.counts.get('changed', 0)}"]
        parts += [f"相同 {one.counts.get('same', 0)}"]
        parts += [
            f"{called} {one.counts[name]}"
            for name, called in (("conflicts", "待决定"), ("clashes", "未并入"), ("files", "附件"))
            if one.counts.get(name)
        ]
        made = f"{one.made_by or '未署名'}在{one.maker}上，{words.moment(one.made_at)}导出"
        undone = f"\n{words.moment(one.undone_at)}已撤销" if one.undone_at else ""
        rows.append(ToldRow(words.moment(one.at), one.file_name, f"{made}\n{' · '.join(parts)}{undone}"))
    return rows
