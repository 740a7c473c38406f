"""The doctor's check of 口令: is the user's workspace sealed, and can this copy of the program seal one?"""

from __future__ import annotations

import tempfile
from pathlib import Path

from desktop import paths
from desktop.doctor import CheckError

_TRIED = "自检用的口令2026"


def passphrase(workspace: Path | None) -> str:
    """Seal an empty workspace, find it shut without the passphrase and open with it; name the user's state.

    Of the user's own no more is read than the first bytes of the file.
    """
    from desktop.workspace.file import cipher, store
    from desktop.workspace.safety import passphrase as sealing

    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary) / "工作库"
        store.open_for_writing(folder).close()
        sealing.change(folder, _TRIED)
        with store.open_for_reading(folder) as opened:
            found = opened.db.execute("PRAGMA integrity_check").fetchall()
        shut = cipher.is_sealed_file(folder / store.DATABASE)
    if found != [("ok",)] or not shut:
        raise CheckError("设有口令的工作库读不回来。")
    own = paths.workspace_folder(workspace) / store.DATABASE
    if not own.exists():
        return "可以设口令；还没有工作库"
    return "工作库设有口令，已加密" if cipher.is_sealed_file(own) else "可以设口令；工作库没有设口令，未加密"
