"""What the desk reads: the catalogue, the workspace, the day, and who is at this machine."""

from __future__ import annotations

import getpass
from collections.abc import Sequence
from contextlib import suppress
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from desktop.catalogue import search as searching
from desktop.catalogue import validity as validities
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


class DeskReading(QObject):
    """Catalogue and workspace of one window, to be read.

    Attributes:
        catalogue: the bundled measures in memory
        measures: the connection to the bundled database, for searching
        workspace: everything the user entered
        files_read: how attached files were when they were last read whole, by their ids
    """

    def __init__(self, catalogue: Catalogue, measures: sqlite3.Connection, workspace: Workspace) -> None:
        super().__init__()
        self.catalogue = catalogue
        self.workspace = workspace
        self.measures = measures
        self.files_read: dict[int, State] = {}

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
