"""What is done with the notices of the library: in use or not, taken in, removed, taken back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from desktop.errors import KnownError
from desktop.ui.kit import messages
from desktop.ui.kit.jobs import JobRun

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from PySide6.QtWidgets import QWidget

    from desktop.catalogue.model import Measure
    from desktop.reading.drafts import NoticeDraft
    from desktop.ui.desk import Desk
    from desktop.ui.kit.jobs import Cancelled, Report
    from desktop.ui.library.notice_rows import LibraryRow


class LibraryChanges(QObject):
    """Changes the library of a desk, and lets the desk take its catalogue anew.

    Signals:
        begins(): something is about to change; what was just typed is to be saved first
        changed(str, object): the library was changed: in words, and what takes that back, or None
        arrived(str): the notice of this key was taken in, or put back
    """

    begins = Signal()
    changed = Signal(str, object)
    arrived = Signal(str)

    def __init__(self, desk: Desk, window: QWidget) -> None:
        super().__init__(window)
        self._desk, self._window = desk, window
        self._job = JobRun(window)
        self._job.done.connect(self._on_built)
        self._job.missed.connect(self.reopen)
        self._then: Callable[[], None] | None = None
        self._amends = False
        self._seen: tuple[object, ...] | None = None

    @property
    def running(self) -> bool:
        """Return whether the database is being built."""
        return self._job.running

    # ---- what is done

    def ask_stop(self, row: LibraryRow) -> None:
        """Say what becomes of a notice that is not in use, and ask."""
        kept = f"已填报的 {row.entered} 项原样保留，" if row.entered else ""
        messages.ask(
            self._window,
            f"停用{row.called}？",
            f"它的 {row.listed.measures} 条措施不再出现在查阅、清单、总览、导出和新的轮次中。"
            f"{kept}启用以后照旧可见；已发出的工作簿交回来仍可并入。",
            "停用",
            "不停用",
            lambda: self.use(row, on=False),
        )

    def use(self, row: LibraryRow, *, on: bool) -> None:
        """Let a notice be in use, or not."""
        from desktop.library import store

        words = f"已{'启用' if on else '停用'}{row.called}。"
        self._do(
            lambda: store.use(self._desk.workspace.folder, row.key, on),
            lambda _made: self.changed.emit(words, lambda: self.use(row, on=not on)),
        )

    def ask_remove(self, row: LibraryRow) -> None:
        """Say what becomes of what was entered for a notice that is removed, and ask."""
        lost = (
            f"已填报的 {row.entered} 项将没有对应的措施，清单中标为“现行措施库中已无此条”，不会删除。"
            if row.entered
            else "还没有为它填报过内容。"
        )
        messages.ask(
            self._window,
            f"移除{row.called}？",
            f"它的 {row.listed.measures} 条措施从发文库移除。{lost}移除的发文仍留在本机，可以放回。",
            "移除",
            "不移除",
            lambda: self.remove(row),
        )

    def remove(self, row: LibraryRow) -> None:
        """Take a notice out of the library."""
        from desktop.library import store

        self._do(
            lambda: store.remove(self._desk.workspace.folder, row.key),
            lambda name: self.changed.emit(f"已移除{row.called}。", lambda: self.take_back(str(name))),
        )

    def take_back(self, name: str) -> None:
        """Put a notice that was removed back."""
        from desktop.library import store

        self._do(
            lambda: store.take_back(self._desk.workspace.folder, name),
            lambda key: self._tell_arrived(str(key), f"已放回{self._called(str(key))}。"),
        )

    def decide(self, measure: Measure, keep: bool) -> None:
        """Confirm what rules suggested of a measure, or drop it."""
        from desktop.library import suggested

        words = f"已{'确认' if keep else '去掉'}{measure.cited}的自动建议。"
        self._do(
            lambda: suggested.decide(self._desk.workspace.folder, measure, keep=keep),
            lambda _made: self.changed.emit(words, None),
        )

    def accept(self, draft: NoticeDraft, original: Path | None) -> str:
        """Take a decided draft into the library; return its key. KnownError: the library is as it was.

        Whoever calls tells :meth:`taken` afterwards.
        """
        from desktop.library import store

        self.begins.emit()
        self._amends = bool(store.would_amend(self._desk.workspace.folder, draft.reading))
        return store.accept(
            self._desk.workspace.folder,
            draft.reading,
            kinds=draft.facts.kinds,
            original=original,
            now=self._desk.now(),
        )

    def taken(self, key: str) -> None:
        """Go on with what was just taken in."""
        amended = "已按新的文字修订，原来的文字作为以前的版本保留。"
        told = amended if self._amends else "已收入发文库，正在使用。"
        self._build_then(lambda: self._tell_arrived(key, f"{self._called(key)}{told}"))

    def removed(self) -> list[tuple[str, str]]:
        """Return the notices that can be put back: by which name, and what people call them."""
        from desktop.library import folders

        return [(path.name, folders.called(path)) for path in folders.removed(self._desk.workspace.folder)]

    def look_again(self) -> None:
        """Follow what another program did to the library while the window was open."""
        from desktop.library import folders

        if self.running:
            return
        before, self._seen = self._seen, folders.state(self._desk.workspace.folder)
        if before is None:  # nobody looked yet: then names are all that can be compared
            known = {notice.key for notice in self._desk.catalogue.whole.notices}
            held = {key for key, _ in self._seen[0]}
            changed = not self._desk.warning and held != known - set(folders.own_keys())
        else:
            changed = before != self._seen
        if changed:
            self._build_then(lambda: self.changed.emit("发文库在别处有改动，已经更新。", None))

    # ---- all anew

    def reopen(self) -> None:
        """Read the library again, and let every page follow; what is wrong with it is told."""
        from desktop.library import opening

        try:
            opened = opening.opened(self._desk.workspace.folder)
        except KnownError as problem:
            self._desk.tell_problem(problem)
            return
        self._desk.take_catalogue(opened.catalogue, opened.db, opened.warning)
        from desktop.library import folders

        self._seen = folders.state(self._desk.workspace.folder)

    def _do(self, act: Callable[[], object], then: Callable[[object], None]) -> None:
        """Do something that changes the library; where the disk refuses, say so and leave it."""
        if self.running or not self._desk.may_write():
            return
        self.begins.emit()
        try:
            made = act()
        except KnownError as problem:
            self._desk.tell_problem(problem)
            return
        self._build_then(lambda: then(made))

    def _build_then(self, then: Callable[[], None]) -> None:
        """Build the database in a thread, then read it and go on."""
        folder = self._desk.workspace.folder

        def work(_report: Report, _cancelled: Cancelled) -> str:
            from desktop.library import store

            return store.rebuilt(folder)

        self._then = then
        self._job.begin(work, "更新发文库", quick=True)

    def _on_built(self, _warning: str) -> None:
        self.reopen()
        then, self._then = self._then, None
        if then is not None:
            then()

    def _tell_arrived(self, key: str, words: str) -> None:
        self.changed.emit(words, None)
        self.arrived.emit(key)

    def _called(self, key: str) -> str:
        try:
            return self._desk.catalogue.notice_with(key).called
        except KeyError:
            return "这份发文"
