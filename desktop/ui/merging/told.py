"""What a package brings, conflicts and gaps, as rows that people read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.ui.kit.told_table import ToldRow
from desktop.workspace import words
from desktop.workspace.merging import conflicts, naming

if TYPE_CHECKING:
    from collections.abc import Sequence

    from desktop.ui.desk import Desk
    from desktop.workspace.merging.arrivals import Arrival
    from desktop.workspace.merging.outcome import MergeOutcome


def counts(found: MergeOutcome) -> str:
    """Return in a line how much a package brings."""
    parts = [f"新增 {found.new}", f"改动 {found.changed}", f"相同 {found.same}"]
    if found.conflicts:
        parts.append(f"待决定 {len(found.conflicts)}")
    if found.files:
        parts.append(f"附件 {found.files} 份")
    return " · ".join(parts)


def of_outcome(desk: Desk, found: MergeOutcome) -> list[ToldRow]:
    """Return what needs to be looked at of a package: conflicts, duplicates, gaps, what is refused."""
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
    return rows


def of_arrivals(found: Sequence[Arrival]) -> list[ToldRow]:
    """Return the receipts of packages, the newest first."""
    rows = []
    for one in found:
        count = f"新增 {one.counts.get('new', 0)} · 改动 {one.counts.get('changed', 0)}"
        undone = f"，{words.moment(one.undone_at)}已撤销" if one.undone_at else ""
        made = f"{one.maker} {words.moment(one.made_at)}导出"
        rows.append(ToldRow(words.moment(one.at), one.file_name, f"{made}；{count}{undone}"))
    return rows
