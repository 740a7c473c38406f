"""What the steps of the wizard share: the draft that is worked on, written to disk after each step."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from desktop.errors import KnownError
from desktop.library import drafts as kept_drafts
from desktop.reading import drafts
from desktop.reading.drafts import NoticeDraft

if TYPE_CHECKING:
    from desktop.library.drafts import KeptDraft
    from desktop.ui.desk import Desk

IN_MEMORY = "录入的内容还没有存到磁盘上，关掉窗口就没有了。"


class Sitting(QObject):
    """One notice while somebody takes it in.

    Attributes:
        kept: where it lies on disk, None while it cannot be written
        original: the file that it came as, None for pasted text
        unsaved: why the last step is not on disk, "" when it is

    Signals:
        begun(): another draft is worked on
        changed(): the draft differs
        refused(object): the ``KnownError`` that kept a step from being done or saved
    """

    begun = Signal()
    changed = Signal()
    refused = Signal(object)

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self.desk = desk
        self.kept: KeptDraft | None = None
        self.original: Path | None = None
        self.unsaved = ""
        self._draft: NoticeDraft | None = None
        self._step = ""

    @property
    def has_draft(self) -> bool:
        """Say whether a notice is being worked on."""
        return self._draft is not None

    @property
    def draft(self) -> NoticeDraft:
        """Return the draft; there is one from the second step on."""
        assert self._draft is not None
        return self._draft

    @property
    def source(self) -> str:
        """Return the source of the draft."""
        return self.draft.source

    def begin(self, source: str, name: str = "", original: Path | None = None) -> None:
        """Work on a new source. Raises KnownError when it is no notice at all, or far too long for one."""
        from desktop.exchange.papers.paper import LONGEST_TEXT

        if len(source) > LONGEST_TEXT:
            raise KnownError(
                f"这段文字有{len(source):,}个字，比任何发文都长，没有读入。", "请只粘贴一份发文的文字。"
            )
        self._draft = drafts.begin(source)
        self.original, self.kept, self.unsaved = original, None, ""
        self._keep(name)
        self.begun.emit()
        self.changed.emit()

    def go_on(self, kept: KeptDraft) -> None:
        """Go on with a draft from disk. Raises KnownError when it cannot be opened."""
        self._draft = kept_drafts.opened(kept)
        self.kept, self._step, self.unsaved = kept, kept.step, ""
        self.original = kept_drafts.original_of(kept)
        self.begun.emit()
        self.changed.emit()

    def do(self, does: str, /, **arguments: str | int | None) -> bool:
        """Do a step and save; return whether it was done. What is wrong with it is told."""
        try:
            made = drafts.apply(self.draft, does, **arguments)
        except KnownError as problem:
            self.refused.emit(problem)
            return False
        self._take(made)
        return True

    def undo(self) -> None:
        """Take the last step back."""
        if self.draft.can_undo:
            self._take(drafts.undo(self.draft))

    def redo(self) -> None:
        """Do again what was taken back."""
        if self.draft.can_redo:
            self._take(drafts.redo(self.draft))

    def remember_step(self, step: str) -> None:
        """Keep at which step of the wizard one is."""
        if self._draft is not None and step != self._step:
            self._step = step
            self._save()

    def finish(self) -> None:
        """Put the draft aside, as its notice is in the library now."""
        kept, self.kept, self._draft = self.kept, None, None
        if kept is not None:
            try:
                kept_drafts.discard(kept)
            except KnownError as problem:
                self.refused.emit(problem)

    def leave(self) -> None:
        """Work on no draft; the one that was stays on disk."""
        self.kept, self.original, self._draft, self._step, self.unsaved = None, None, None, "", ""

    def _take(self, draft: NoticeDraft) -> None:
        self._draft = draft
        self._save()
        self.changed.emit()

    def _keep(self, name: str) -> None:
        if self.desk.read_only:
            self.unsaved = f"本窗口为只读，{IN_MEMORY}"
            return
        try:
            self.kept = kept_drafts.keep(self.desk.workspace.folder, self.draft, name, self.original)
        except KnownError as problem:
            self._tell_unsaved(problem)

    def _save(self) -> None:
        if self.desk.read_only:
            return
        if self.kept is None:
            self._keep(self.original.name if self.original else "")
            return
        try:
            self.kept = kept_drafts.save(self.kept, self.draft, self._step)
            self.unsaved = ""
        except KnownError as problem:
            self._tell_unsaved(problem)

    def _tell_unsaved(self, problem: KnownError) -> None:
        """Say it once: each further step would fail alike."""
        first, self.unsaved = not self.unsaved, IN_MEMORY
        if first:
            self.refused.emit(KnownError(problem.message, f"{problem.hint}可以接着录入，{IN_MEMORY}"))
