"""口令: the workspace sealed with a passphrase, with another one, or with none.

A copy is written beside it, checked page by page and row by row, and put in its place in one step: killed or
refused at any moment, the workspace is as it was, or as it is to be. What lies beside the file (佐证材料, the
user's notices, exports, packages) is not sealed.
"""

from __future__ import annotations

from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path

from desktop import disk
from desktop.errors import KnownError
from desktop.workspace.file import backup, cipher, holdings, packed, seal, store
from desktop.workspace.file.backup import BackupFile
from desktop.workspace.file.connection import connect_with, key_of, reseal
from desktop.workspace.file.inspection import inspect
from desktop.workspace.file.migrations import STEPS
from desktop.workspace.file.transaction import damaged, translated


@dataclass(frozen=True, slots=True)
class Changed:
    """A passphrase that was set, changed or taken off (``sealed`` is false then).

    ``backup`` is the first one of the new kind, None when the disk had no room for it. ``removed`` are the
    backups without a passphrase that were deleted, as was asked for; ``unsealed`` counts those that are left.
    """

    sealed: bool
    backup: BackupFile | None
    removed: tuple[Path, ...]
    unsealed: int

    @property
    def words(self) -> str:
        """Return what was done, in sentences."""
        if not self.sealed:
            return "已取消工作库口令。以前加密的备份仍须原来的口令才能恢复。"
        told = "工作库口令已生效，以后每次打开都要输入。"
        if self.removed:
            told += f"已删除{len(self.removed)}个没有口令的旧备份。"
        if self.unsealed:
            told += f"还有{self.unsealed}个旧备份没有口令，不输口令也能读出。"
        return told


def change(folder: Path, passphrase: str | None, *, delete_unsealed: bool = False) -> Changed:
    """Seal the workspace in ``folder`` with ``passphrase``, or with none; nobody may have it open.

    If it has one now, that must have been offered. With ``delete_unsealed`` the backups without a passphrase
    are deleted once the first one with it is whole. Raises KnownError, and changes nothing, when the
    workspace cannot be opened for writing, the disk refuses or the passphrase is too short.
    """
    with store.open_for_writing(folder) as workspace:
        workspace.examine()
        old = key_of(workspace.db)
        if passphrase is None and old is None:
            raise KnownError("工作库没有设口令，没有改动任何内容。", "")
        new = None if passphrase is None else cipher.new_key(passphrase)
        with translated(), disk.folder_in(folder) as place:
            draft = place / store.DATABASE
            backup.write_copy(workspace.db, draft)
            reseal(draft, old, new)
            seal.put(draft)
            _check(draft, new, holdings.mark(workspace.db))
            workspace.db.close()
            if workspace.examination is not None:
                workspace.examination.close()
            disk.place(draft, folder / store.DATABASE)
    return _follow_up(folder, sealed=new is not None, delete_unsealed=delete_unsealed)


def unsealed(folder: Path) -> tuple[BackupFile, ...]:
    """Return the backups without a passphrase, newest first; one that cannot be read counts among them."""
    found = []
    for file in backup.every(folder):
        try:
            sealed = packed.is_sealed(file.path)
        except KnownError:
            sealed = False
        if not sealed:
            found.append(file)
    return tuple(found)


def _check(draft: Path, key: cipher.FileKey | None, mark: str) -> None:
    """Raise DamagedError unless each page and row of ``draft`` is there, and opened by ``key``."""
    if cipher.is_sealed_file(draft) != (key is not None):
        raise damaged()
    with closing(connect_with(draft, key, "mode=ro")) as db:
        inspect(db, STEPS)
        (verdict,) = db.execute("PRAGMA integrity_check(1)").fetchone()
        if verdict != "ok" or holdings.mark(db) != mark:
            raise damaged()


def _follow_up(folder: Path, *, sealed: bool, delete_unsealed: bool) -> Changed:
    """Make the first backup of the new kind, then delete what was asked to be deleted."""
    saved, removed = None, []
    with suppress(KnownError), store.open_for_writing(folder) as workspace:
        saved = backup.save(workspace.db, folder, backup.PASSPHRASE)
    if sealed and delete_unsealed and saved is not None:
        for file in unsealed(folder):
            with suppress(OSError):
                file.path.unlink()
                removed.append(file.path)
    left = len(unsealed(folder)) if sealed else 0
    return Changed(sealed, saved, tuple(removed), left)
