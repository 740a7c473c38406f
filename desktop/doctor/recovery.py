"""The doctor's check of 备份: a workspace is backed up, restored, damaged, and found again."""

from __future__ import annotations

import tempfile
from datetime import datetime
from pathlib import Path

from desktop.doctor import CheckError, examined


def safety(library: Path) -> str:
    """Back a workspace up, restore it, damage it and find it again."""
    from desktop.workspace.file import backup
    from desktop.workspace.file.store import DATABASE, open_for_reading, open_for_writing
    from desktop.workspace.items import checklist, entries
    from desktop.workspace.items.model import ItemKey
    from desktop.workspace.safety import rescue, restore

    now = datetime.now().astimezone()
    with examined.opened(library) as (_, catalogue), tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary) / "工作库"
        unit = catalogue.checklist_units()[0]
        key = ItemKey(unit.key, catalogue.measures_of(unit.key)[0].key)

        def owner() -> str:
            with open_for_reading(folder) as opened:
                return entries.values(opened.db, key)["owner"]

        with open_for_writing(folder) as opened:
            for name in ("备份前", "备份后"):
                edit = {"owner": name}
                checklist.edit(opened.db, catalogue, key, edit, by="自检", source="命令行", at=now)
                if name == "备份前":
                    saved = backup.save(opened.db, folder, backup.BY_HAND)
        restore.at_rest(folder, saved.path, by="自检", at=now)
        if owner() != "备份前":
            raise CheckError("恢复后的内容与备份时不同。")
        damaged = (folder / DATABASE).read_bytes()[:5000]
        (folder / DATABASE).write_bytes(damaged)
        offered = rescue.offer(folder)
        if offered is None:
            raise CheckError("损坏的工作库没有被发现。")
        kept = rescue.accept(offered, by="自检", at=now).set_aside
        if owner() != "备份前" or kept is None or (kept / DATABASE).read_bytes() != damaged:
            raise CheckError("损坏的工作库没有原样保留，或者没有从备份找回。")
    return "备份和恢复内容一致；损坏的工作库被发现、原样保留，并从备份找回"
