"""The desk: what every page shares, and the one object in the window that writes.

Each write is one transaction, then a past-tense signal that tells what changed. A write that fails emits
``write_failed`` and then the same change signal, so that every view takes its value from the workspace again:
the screen never lies.
"""

from __future__ import annotations

import getpass
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from desktop.catalogue import search as searching
from desktop.catalogue import validity as validities
from desktop.errors import KnownError
from desktop.ui.kit.look import Look
from desktop.workspace.evidence import attached
from desktop.workspace.history import search, undo
from desktop.workspace.history.search import ANYTHING, Scope, Sought
from desktop.workspace.items import checklist, confirmation, notes, settings

if TYPE_CHECKING:
    import sqlite3

    from desktop.catalogue.query import Catalogue
    from desktop.workspace.evidence.attached import Evidence
    from desktop.workspace.evidence.files import State
    from desktop.workspace.file.store import Workspace
    from desktop.workspace.items.model import Change, Item, ItemKey


TYPED = "录入"


class Desk(QObject):
    """Catalogue, workspace and look of one window.

    Writes about other nouns than entries, notes and settings have rooms of their own and go through
    :meth:`write`.

    Attributes:
        catalogue: the bundled measures in memory
        measures: the connection to the bundled database, for searching
        workspace: everything the user entered
        files_read: how attached files were when they were last read whole, by their ids
        look: colours and zoom, remembered when they change

    Signals:
        progress_changed(tuple): the ``ItemKey`` values whose entries or files may differ now
        favourites_changed(str), note_changed(str): the measure key concerned, "" for any
        settings_changed(str): the name of the setting
        replaced(): the workspace holds something else altogether; comes after the signals above
        saved(str): local time of the write that just reached the disk, HH:MM:SS
        write_failed(object): the ``KnownError`` that kept a write from happening
    """

    progress_changed = Signal(tuple)
    favourites_changed = Signal(str)
    note_changed = Signal(str)
    settings_changed = Signal(str)
    replaced = Signal()
    saved = Signal(str)
    write_failed = Signal(object)

    def __init__(self, catalogue: Catalogue, measures: sqlite3.Connection, workspace: Workspace) -> None:
        super().__init__()
        self.catalogue = catalogue
        self.workspace = workspace
        self.measures = measures
        self.files_read: dict[int, State] = {}
        self._start = undo.newest(workspace.db)
        self.look = self._made_look()
        self.look.changed.connect(self._remember_look)

    # ---- entries

    def edit(self, key: ItemKey, values: dict[str, str], session: str = "") -> bool:
        """Change fields of an item; return whether it reached the disk.

        ``session`` names one stay of the caret in one field: what is typed during it is one change.
        """

        return self.write(
            lambda: checklist.edit(
                self.workspace.db,
                self.catalogue,
                key,
                values,
                by=self.user_name,
                source=TYPED,
                at=self.now(),
                session=session,
            ),
            lambda: self.progress_changed.emit((key,)),
        )

    def edit_each(self, keys: Iterable[ItemKey], values: dict[str, str]) -> bool:
        """Change the same fields of many items as one edit; return whether it reached the disk."""
        chosen = tuple(keys)
        return self.write(
            lambda: checklist.edit_each(
                self.workspace.db,
                self.catalogue,
                chosen,
                values,
                by=self.user_name,
                source=TYPED,
                at=self.now(),
            ),
            lambda: self.progress_changed.emit(chosen),
        )

    @property
    def can_undo(self) -> bool:
        """Return whether something was entered in this window that can be taken back."""
        return undo.last_undoable(self.workspace.db, after=self._start) is not None

    def undo_last(self) -> bool:
        """Take back what was entered last in this window; return whether that happened."""
        last = undo.last_undoable(self.workspace.db, after=self._start)
        return last is not None and self.undo(last.id)

    def undo(self, change_id: int) -> bool:
        """Take back one change of the history, as a new change; return whether that happened."""
        undone: list[Change] = []

        def write() -> None:
            undone.extend(
                undo.undo(self.workspace.db, self.catalogue, change_id, by=self.user_name, at=self.now())
            )

        return self.write(write, lambda: self._tell_undone(undone))

    def _tell_undone(self, undone: list[Change]) -> None:
        keys = tuple({change.key for change in undone if change.key.unit_key != notes.NO_UNIT})
        if keys:
            self.progress_changed.emit(keys)
        for change in undone:
            if change.key.unit_key == notes.NO_UNIT:
                self.note_changed.emit(change.key.measure_key)

    # ---- favourites, notes, settings

    def set_favourite(self, measure_key: str, on: bool) -> bool:
        """Put a measure among the favourites, or take it out."""
        return self.write(
            lambda: notes.set_favourite(self.workspace.db, self.catalogue, measure_key, on, at=self.now()),
            lambda: self.favourites_changed.emit(measure_key),
        )

    def set_note(self, measure_key: str, text: str, session: str = "") -> bool:
        """Write the note on a measure; an empty text removes it."""
        return self.write(
            lambda: notes.set_note(
                self.workspace.db,
                self.catalogue,
                measure_key,
                text,
                by=self.user_name,
                at=self.now(),
                session=session,
            ),
            lambda: self.note_changed.emit(measure_key),
        )

    def set_setting(self, name: str, value: str) -> bool:
        """Write a setting that the user chose."""
        return self.write(
            lambda: settings.put(self.workspace.db, name, value), lambda: self.settings_changed.emit(name)
        )

    def remember_place(self, places: dict[str, str]) -> None:
        """Keep where the user was (``ui.*``); a workspace that cannot be written to forgets it silently."""
        if self.read_only:
            return
        with suppress(KnownError):
            for name, value in places.items():
                settings.put(self.workspace.db, f"ui.{name}", value)

    # ---- look

    def _made_look(self) -> Look:
        try:
            zoom = float(self.setting("ui.zoom", "1"))
        except ValueError:
            zoom = 1.0
        return Look(dark=self.setting("ui.theme", "light") == "dark", zoom=zoom)

    def _remember_look(self) -> None:
        chosen = self.look.tokens
        self.remember_place({"theme": "dark" if chosen.dark else "light", "zoom": str(chosen.zoom)})

    # ---- the door for every write

    def write(self, act: Callable[[], object], tell: Callable[[], None]) -> bool:
        """Do ``act``, which is one transaction, then ``tell`` what changed; return whether it was done.

        When the workspace refuses, ``write_failed`` says why, and ``tell`` lets the views read again.
        """
        if self.read_only:
            self.write_failed.emit(
                KnownError(
                    "本窗口为只读，刚才的修改没有保存。",
                    "请在另一个已打开的程序中修改，或关闭它后重新启动本程序。",
                )
            )
            tell()
            return False
        try:
            act()
        except KnownError as problem:
            self.write_failed.emit(problem)
            tell()
            return False
        self.saved.emit(f"{datetime.now():%H:%M:%S}")
        tell()
        return True

    def take_anew(self) -> None:
        """Let every view read again: a worker has put something else into the workspace."""
        self._start = undo.newest(self.workspace.db)
        self.files_read.clear()
        self.progress_changed.emit(tuple(item.key for item in self.every_item()))
        self.favourites_changed.emit("")
        self.note_changed.emit("")
        for name in ("user_name", "near_days"):
            self.settings_changed.emit(name)
        self.replaced.emit()

    # ---- the day, the person, the place

    def today(self) -> date:
        """Return the machine's date."""
        return date.today()

    def now(self) -> datetime:
        """Return the machine's time, with its offset."""
        return datetime.now().astimezone()

    @property
    def validity(self) -> validities.Validity:
        """Return whether the notice is in force on the machine's date."""
        return validities.state(self.catalogue.notice, self.today())

    @property
    def user_name(self) -> str:
        """Return who is at this machine: the setting 本机使用人, else the account's name."""
        chosen = self.setting("user_name")
        if chosen:
            return chosen
        with suppress(OSError, KeyError, ImportError):
            return getpass.getuser()
        return "未设置"

    @property
    def read_only(self) -> bool:
        """Return whether nothing can be written in this window."""
        return self.workspace.read_only

    @property
    def workspace_folder(self) -> Path:
        """Return where the workspace lies, for a worker that opens its own connection."""
        return self.workspace.folder

    # ---- measures

    def search(self, text: str, filters: searching.Filters, limit: int = 50) -> searching.Results:
        """Search the bundled measures."""
        return searching.search(self.measures, text, filters, limit)

    # ---- what was entered

    def items(self, unit_key: str) -> list[Item]:
        """Return a unit's checklist."""
        return checklist.items(self.workspace.db, self.catalogue, unit_key, self.today())

    def every_item(self) -> list[Item]:
        """Return the items of all units."""
        return checklist.every_item(self.workspace.db, self.catalogue, self.today())

    def item(self, key: ItemKey) -> Item:
        """Return one item."""
        return checklist.item(self.workspace.db, self.catalogue, key, self.today())

    def closing_refusal(self, item: Item) -> str:
        """Return why who is at this machine cannot let an item be 已销号; "" when they can."""
        return confirmation.refusal(self.workspace.db, item.key, str(item.entry.status), self.user_name)

    def evidence_of_unit(self, unit_key: str) -> tuple[Evidence, ...]:
        """Return the files attached to a unit's items."""
        return attached.of_unit(self.workspace.db, unit_key)

    def evidence_of_item(self, key: ItemKey) -> tuple[Evidence, ...]:
        """Return the files attached to an item."""
        return attached.of_item(self.workspace.db, key)

    def history_of_item(self, key: ItemKey) -> list[Change]:
        """Return an item's changes, newest first."""
        return undo.of_item(self.workspace.db, key)

    def history_of_unit(self, unit_key: str) -> list[Change]:
        """Return a unit's changes, newest first."""
        return undo.of_unit(self.workspace.db, unit_key)

    def history_page(
        self, scope: Scope, sought: Sought = ANYTHING, *, limit: int = -1, before: int = 0
    ) -> list[Change]:
        """Return a page of the changes sought in a scope, newest first."""
        return search.page(self.workspace.db, scope, sought, limit=limit, before=before)

    def history_count(self, scope: Scope, sought: Sought = ANYTHING) -> int:
        """Return how many changes are sought in a scope."""
        return search.count(self.workspace.db, scope, sought)

    def history_people(self, scope: Scope) -> Sequence[str]:
        """Return who made changes in a scope."""
        return search.people(self.workspace.db, scope)

    def history_undone(self, found: Sequence[Change]) -> set[int]:
        """Return the ids of those changes that were taken back later."""
        return search.undone(self.workspace.db, found)

    def favourites(self) -> tuple[str, ...]:
        """Return the keys of the favourite measures."""
        return notes.favourites(self.workspace.db)

    def note(self, measure_key: str) -> str:
        """Return the note on a measure."""
        return notes.note(self.workspace.db, measure_key)

    def noted(self) -> set[str]:
        """Return the keys of the measures that have a note."""
        return set(notes.noted(self.workspace.db))

    def setting(self, name: str, default: str = "") -> str:
        """Return a setting."""
        return settings.get(self.workspace.db, name, default)

    @property
    def near_days(self) -> int:
        """Return within how many days a deadline counts as near (yellow)."""
        return settings.near_days(self.workspace.db)

    def close(self) -> None:
        """Close the workspace and the catalogue."""
        self.workspace.close()
        self.measures.close()
