"""What a restore did, in sentences for the window."""

from __future__ import annotations

from desktop.workspace.safety.restore import Restored

MOST_NAMED = 6


def words(done: Restored) -> str:
    """Return what a restore did."""
    told = f"已恢复为“{done.file.name}”的内容。"
    if done.backup is not None:
        told += f"恢复前的内容已备份为“{done.backup.path.name}”。"
    if done.set_aside is not None:
        told += f"损坏的文件原样保留在 {done.set_aside}。"
    if done.evidence_added:
        told += f"随备份带回佐证材料 {done.evidence_added} 份。"
    if done.notices:
        told += f"随备份带回发文 {len(done.notices)} 份。"
    if done.evidence_absent:
        more = "等" if len(done.evidence_absent) > MOST_NAMED else ""
        named = "、".join(done.evidence_absent[:MOST_NAMED])
        told += f"有 {len(done.evidence_absent)} 份佐证材料备份中没有，本机也没有：{named}{more}。"
    return told
