"""What becomes of a notice that passed the check: it is taken into the library of the workspace."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from desktop.library import store

if TYPE_CHECKING:
    from desktop.reading.drafts import NoticeDraft
    from desktop.ui.desk import Desk
    from desktop.ui.wizard.dialog import Accept


def into_library(desk: Desk) -> Accept:
    """Return what takes a draft into the library and gives the notice's key; see :func:`store.accept`."""

    def accept(draft: NoticeDraft, original: Path | None) -> str:
        kinds = {name: kind for name, kind in draft.facts.kinds.items() if kind}
        return store.accept(desk.workspace.folder, draft.reading, kinds=kinds, original=original)

    return accept
