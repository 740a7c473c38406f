"""The desk: what every page shares, and the one object in the window that writes.

Each write is one transaction, then a past-tense signal that tells what changed. A write that fails emits
``write_failed`` and then the same change signal, so that every view takes its value from the workspace again:
the screen never lies.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import suppress
from datetime import date, datetime
from functools import cached_property
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, Signal

from desktop.catalogue import validity as validities
from desktop.errors import KnownError
from desktop.ui import remembered_look
from desktop.ui.desk_writing import NounWrites, keeping
from desktop.workspace.file import transaction
from desktop.workspace.items import changes, checklist, confirmation, notes, settings
from desktop.workspace.items.model import ItemKey

if TYPE_CHECKING:
    import sqlite3

    from desktop.catalogue.model import Notice
    from desktop.catalogue.query import Catalogue
    from desktop.ui.desk_demands import DeskDemands
    from desktop.ui.desk_firms import DeskFirms
    from desktop.ui.desk_visits import DeskVisits
    from desktop.workspace.evidence.files import State
    from desktop.workspace.file.store import Workspace
    from desktop.workspace.items.model import Item


Done = TypeVar("Done")

TYPED = "录入"


class Desk(QObject):
    """Catalogue, workspace and look of one window.

    Writes about other nouns than entries, notes and settings have rooms of their own and go through
    :meth:`write`.

    Attributes:
        catalogue: the measures of the notices in use in memory, and those of the others by their keys
        measures: the connection to the database that they come from, for searching
        warning: what is wrong with the library, in a sentence; "" when nothing is
        workspace: everything the user entered
        files_read: how attached files were when they were last read whole, by their ids
        began_after: the id of the newest change when this window began, or began anew
        look: colours and zoom, remembered when they change

    Signals:
        progress_changed(tuple): the ``ItemKey`` values whose entries or files may differ now
        favourites_changed(str), note_changed(str): the measure key concerned, "" for any
        settings_changed(str): the name of the setting
        replaced(): the workspace holds something else altogether; comes after the signals above
        catalogue_changed(): other notices are in use, or in the library
        saved(str): local time of the write that just reached the disk, HH:MM:SS
        write_failed(object): the ``KnownError`` that kept a write from happening
    """

    progress_changed = Signal(tuple)
    favourites_changed = Signal(str)
    note_changed = Signal(str)
    settings_changed = Signal(str)
    replaced = Signal()
    catalogue_changed = Signal()
    saved = Signal(str)
    write_failed = Signal(object)

    def __init__(
        self,
        catalogue: Catalogue,
        measures: sqlite3.Connection,
        workspace: Workspace,
        warning: str = "",
    ) -> None:
        super().__init__()
        self.catalogue = catalogue
        self.warning = warning
        self.workspace = workspace
        self.measures = measures
        self.files_read: dict[int, State] = {}
        self.began_after = changes.newest(workspace.db)
        self.look = remembered_look.kept(self.setting, self.remember_place)

    # ---- entries

    def edit(self, key: ItemKey, values: dict[str, str], session: str = "") -> bool:
        """Change fields of an item; return whether it reached the disk.

        ``session`` names one stay of the caret in one field: what is typed during it is one change.
        """

        def edit() -> object:
            db, by, at = self.workspace.db, self.user_name, self.now()
            return checklist.edit(
                db, self.catalogue, key, values, by=by, source=TYPED, at=at, session=session
            )

        return self.write(keeping(values, edit), (key,)) is not None

    def edit_each(self, keys: Iterable[ItemKey], values: dict[str, str]) -> bool:
        """Change the same fields of many items as one edit; return whether it reached the disk."""
        chosen = tuple(keys)
        written = self.write(
            lambda: checklist.edit_each(
                self.workspace.db,
                self.catalogue,
                chosen,
                values,
                by=self.user_name,
                source=TYPED,
                at=self.now(),
            ),
            chosen,
        )
        return written is not None

    @cached_property
    def firms(self) -> DeskFirms:
        """Return what writes enterprises, made at first need."""
        from desktop.ui.desk_firms import DeskFirms

        return DeskFirms(self, self)

    @cached_property
    def visits(self) -> DeskVisits:
        """Return what writes visits, made at first need."""
        from desktop.ui.desk_visits import DeskVisits

        return DeskVisits(self, self)

    @cached_property
    def demands(self) -> DeskDemands:
        """Return what writes demands, made at first need."""
        from desktop.ui.desk_demands import DeskDemands

        return DeskDemands(self, self)

    # ---- favourites, notes, settings

    def set_favourite(self, measure_key: str, on: bool) -> bool:
        """Put a measure among the favourites, or take it out."""
        return self._put(
            lambda: notes.set_favourite(self.workspace.db, self.catalogue, measure_key, on, at=self.now()),
            lambda: self.favourites_changed.emit(measure_key),
        )

    def set_note(self, measure_key: str, text: str, session: str = "") -> bool:
        """Write the note on a measure; an empty text removes it."""

        def note() -> object:
            db, by, at = self.workspace.db, self.user_name, self.now()
            return notes.set_note(db, self.catalogue, measure_key, text, by=by, at=at, session=session)

        keys = (ItemKey(notes.NO_UNIT, measure_key),)
        return self.write(keeping({"note": text}, note), keys) is not None

    def set_setting(self, name: str, value: str) -> bool:
        """Write a setting that the user chose."""
        return self._put(
            lambda: settings.put(self.workspace.db, name, value), lambda: self.settings_changed.emit(name)
        )

    def remember_place(self, places: dict[str, str]) -> None:
        """Keep where the user was (``ui.*``); a workspace that cannot be written to forgets it silently."""
        if self.read_only:
            return
        with suppress(KnownError):
            for name, value in places.items():
                settings.put(self.workspace.db, f"ui.{name}", value)

    # ---- the door for every write

    def write(
        self,
        act: Callable[[], Done],
        keys: Iterable[ItemKey] = (),
        *,
        keys_of: Callable[[Done], Iterable[ItemKey]] | None = None,
    ) -> Done | None:
        """Do ``act``, which is one transaction; return what it returned, None when it was not done.

        Items and notes under ``keys`` are told as changed also when the workspace refuses, so that views take
        the old value again; ``keys_of`` finds further ones in what was done. ``write_failed`` says why not.
        """

        def tell(done: Done | None) -> None:
            self.tell_changed([*keys, *(keys_of(done) if keys_of and done is not None else ())])

        return self.write_and_tell(act, tell)

    def _put(self, act: Callable[[], None], tell: Callable[[], None]) -> bool:
        def put() -> bool:
            act()
            return True

        return self.write_and_tell(put, lambda _done: tell()) is not None

    def write_and_tell(self, act: Callable[[], Done], tell: Callable[[Done | None], None]) -> Done | None:
        """Do ``act`` as :meth:`write` does; ``tell`` says what changed, also when it was not done."""
        done = None
        if self.may_write():
            try:
                done = act()
            except KnownError as problem:
                self.tell_problem(problem)
            else:
                self.tell_saved()
        tell(done)
        return done

    def may_write(self) -> bool:
        """Return whether this window may write; where it may not, ``write_failed`` says so."""
        if self.read_only:
            self.tell_problem(
                KnownError(
                    "本窗口为只读，刚才的修改没有保存。",
                    "请在另一个已打开的程序中修改，或关闭它后重新启动本程序。",
                )
            )
        return not self.read_only

    # ---- what others have to tell: a worker writes through a connection of its own

    def tell_changed(self, keys: Iterable[ItemKey] = ()) -> None:
        """Let views read again: what stands under ``keys`` differs; without keys, rounds or imports."""
        changed = dict.fromkeys(keys)
        items = tuple(key for key in changed if key.unit_key != notes.NO_UNIT)
        if items or not changed:
            self.progress_changed.emit(items)
        for key in changed:
            if key.unit_key == notes.NO_UNIT:
                self.note_changed.emit(key.measure_key)

    def tell_saved(self) -> None:
        """Tell that something reached the disk now."""
        self.saved.emit(f"{self.now():%H:%M:%S}")

    def tell_problem(self, problem: KnownError) -> None:
        """Tell why something was not done."""
        said = transaction.as_it_is(problem, self.workspace.folder)
        said.typed = problem.typed
        self.write_failed.emit(said)

    def take_anew(self) -> None:
        """Let every view read again: a worker has put something else into the workspace."""
        self.began_after = changes.newest(self.workspace.db)
        self.files_read.clear()
        self.progress_changed.emit(tuple(item.key for item in self.every_item()))
        self.favourites_changed.emit("")
        self.note_changed.emit("")
        for name in ("user_name", "near_days"):
            self.settings_changed.emit(name)
        for made in self.findChildren(NounWrites):
            made.changed.emit("")
        self.replaced.emit()

    def take_catalogue(self, catalogue: Catalogue, measures: sqlite3.Connection, warning: str = "") -> None:
        """Go on with another catalogue and the database that it was read from; the former one is closed."""
        former, self.catalogue, self.measures = self.measures, catalogue, measures
        self.warning = warning
        self.catalogue_changed.emit()
        former.close()

    # ---- the day, the person, the place

    def today(self) -> date:
        """Return the machine's date."""
        return date.today()

    def now(self) -> datetime:
        """Return the machine's time, with its offset."""
        return datetime.now().astimezone()

    def validity_of(self, notice: Notice) -> validities.Validity:
        """Return how a notice stands on the machine's date."""
        return validities.state(notice, self.today())

    @property
    def user_name(self) -> str:
        """Return who is at this machine: the setting 本机使用人, else the account's name."""
        chosen = self.setting("user_name")
        if chosen:
            return chosen
        import getpass

        with suppress(OSError, KeyError, ImportError):
            return getpass.getuser()
        return "未设置"

    @property
    def read_only(self) -> bool:
        """Return whether nothing can be written in this window."""
        return self.workspace.read_only

    # ---- what was entered

    def items(self, unit_key: str) -> list[Item]:
        """Return a unit's checklist."""
        return checklist.items(self.workspace.db, self.catalogue, unit_key, self.today())

    def every_item(self) -> list[Item]:
        """Return the items of all units."""
        return checklist.every_item(self.workspace.db, self.catalogue, self.today())

    def entered_items(self) -> list[Item]:
        """Return the items of all units for which something was entered."""
        return checklist.entered_items(self.workspace.db, self.catalogue, self.today())

    def late_items(self) -> list[Item]:
        """Return the items of all units whose light is red."""
        return checklist.late_items(self.workspace.db, self.catalogue, self.today())

    def item(self, key: ItemKey) -> Item:
        """Return one item."""
        return checklist.item(self.workspace.db, self.catalogue, key, self.today())

    def closing_refusal(self, item: Item) -> str:
        """Return why who is at this machine cannot let an item be 已销号; "" when they can."""
        return confirmation.refusal(self.workspace.db, item.key, str(item.entry.status), self.user_name)

    def setting(self, name: str, default: str = "") -> str:
        """Return a setting."""
        return settings.get(self.workspace.db, name, default)

    def close(self) -> None:
        """Close the workspace and the catalogue."""
        self.workspace.close()
        self.measures.close()
