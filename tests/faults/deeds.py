"""What people do, over and over, in a process that is struck down in the midst of it.

Each deed prepares a place, does its n-th step there, which n alone decides, and can tell from the files how
many steps are done. ``python -m … DEED PLACE FIRST`` opens the place, says ``ready``, does step FIRST and all
that follow and says the number of each once it is acknowledged.
"""

from __future__ import annotations

import sqlite3
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from desktop.catalogue import query
from desktop.catalogue import store as measures
from desktop.catalogue.query import Catalogue
from desktop.exchange.checklists import book
from desktop.exchange.returned import book as returned
from desktop.workspace.evidence import attached
from desktop.workspace.file import backup, packed, store
from desktop.workspace.file.store import Workspace
from desktop.workspace.items import checklist, entries
from desktop.workspace.items.model import ItemKey
from desktop.workspace.merging import packing, taking
from desktop.workspace.returns import intake, plans, reversal, rounds
from desktop.workspace.safety import bundle, restore
from tests.flows import answering
from tests.workspace.sample import NOON, TODAY

WORKSPACE, OTHER = "工作库", "另一台"
ANSWER = "回填的进展" * 200
PACKAGES = 24  # that come from the other machine; more than five blows let be taken in
Step = Callable[[int], object]
Opened = Callable[[Path, Catalogue], AbstractContextManager[Step]]


def bundled() -> Catalogue:
    with closing(measures.open_catalogue()) as db:
        return query.load(db)


def key_of(catalogue: Catalogue, number: int = 0) -> ItemKey:
    unit = catalogue.find_unit("区财政局").key
    duties = catalogue.measures_of(unit)
    return ItemKey(unit, duties[number % len(duties)].key)


def enter(workspace: Workspace, catalogue: Catalogue, number: int = 0, **values: str) -> None:
    key = key_of(catalogue, number)
    checklist.edit(workspace.db, catalogue, key, values, by="张三", source="录入", at=NOON)


def attach(workspace: Workspace, catalogue: Catalogue, paper: Path) -> None:
    key = key_of(catalogue)
    attached.add(workspace.db, workspace.folder, catalogue, key, paper, by="张三", at=NOON)


# ---- typing, in the real window


@contextmanager
def _typing(place: Path, catalogue: Catalogue) -> Iterator[Step]:
    from PySide6.QtCore import Qt
    from PySide6.QtTest import QTest

    from desktop.ui.checklist import columns
    from desktop.ui.frame import app
    from desktop.ui.frame.rail import CHECKLIST
    from desktop.ui.frame.window import Window

    running = app.application()
    desk, _ = app.open_desk(place / WORKSPACE)
    window = Window(desk)
    window.show()
    window.show_page(CHECKLIST)
    page = window.checklist
    page.show_unit(key_of(catalogue).unit_key)
    saved: list[str] = []
    desk.saved.connect(saved.append)

    def step(number: int) -> None:
        row = number % page.model.rowCount()
        page.table.setCurrentIndex(page.model.index(row, columns.PROGRESS))
        QTest.keyClick(page.table, Qt.Key.Key_F2)
        editor = page.table.delegate.editor
        editor.selectAll()
        editor.insertPlainText(f"第{number}次")
        before = len(saved)
        QTest.keyClick(editor, Qt.Key.Key_Return)
        running.processEvents()
        assert len(saved) > before

    yield step


def _typed(place: Path, catalogue: Catalogue, db: sqlite3.Connection, acknowledged: int) -> int:
    history = db.execute("SELECT after FROM changes WHERE field = 'progress' ORDER BY id").fetchall()
    assert [after for (after,) in history] == [f"第{number}次" for number in range(len(history))]
    last = {row[0]: row[1] for row in db.execute("SELECT measure_key, after FROM changes ORDER BY id")}
    assert {key.measure_key: row.entry.progress for key, row in entries.load(db).items()} == last
    return len(history)


# ---- the same without a window, synced and (the control, which must be seen to lose) not


@contextmanager
def _writing(place: Path, catalogue: Catalogue) -> Iterator[Step]:
    with store.open_for_writing(place / WORKSPACE) as workspace:
        yield lambda number: enter(workspace, catalogue, number, progress=f"第{number}次")


@contextmanager
def _writing_unsynced(place: Path, catalogue: Catalogue) -> Iterator[Step]:
    with store.open_for_writing(place / WORKSPACE) as workspace:
        workspace.db.execute("PRAGMA synchronous = OFF")
        yield lambda number: enter(workspace, catalogue, number, progress=f"第{number}次")


# ---- importing a returned workbook, and taking the import back


def _send(place: Path, catalogue: Catalogue) -> None:
    unit = catalogue.find_unit("区财政局")
    with store.open_for_writing(place / WORKSPACE) as workspace:
        db = workspace.db
        asked = rounds.new(db, catalogue, "第一季度", TODAY, by="张三", at=NOON)
        items = list(checklist.items(db, catalogue, unit.key, TODAY))
        path = place / "回填.xlsx"
        book.write_unit(path, book.Sending(catalogue, TODAY, in_round=asked), items, unit)
        rounds.record_export(
            db, catalogue, asked.key, unit.key, items, file_name=path.name, by="张三", at=NOON
        )
    sheet = answering.Sheet(path)
    for number in sheet.numbers():
        sheet.put(number, "工作进展", ANSWER)
    sheet.save()


@contextmanager
def _importing(place: Path, catalogue: Catalogue) -> Iterator[Step]:
    with store.open_for_writing(place / WORKSPACE) as workspace:
        db = workspace.db

        def step(number: int) -> None:
            if number % 2:
                reversal.undo(db, catalogue, by="李四", at=NOON)
            else:
                planned = plans.plan_all(db, catalogue, returned.read(place / "回填.xlsx"), TODAY, by="张三")
                intake.apply(db, catalogue, planned, by="张三", at=NOON)

        yield step


def _imported(place: Path, catalogue: Catalogue, db: sqlite3.Connection, acknowledged: int) -> int:
    (count, undone) = db.execute("SELECT count(*), count(nullif(undone_at, '')) FROM intakes").fetchone()
    held = {row.entry.progress for row in entries.load(db).values()}
    assert count - undone in (0, 1)
    assert held <= ({ANSWER} if count > undone else {""})
    return int(count + undone)


# ---- taking packages of another machine in


def _pack(place: Path, catalogue: Catalogue) -> None:
    store.open_for_writing(place / WORKSPACE).close()
    with store.open_for_writing(place / OTHER) as workspace:
        for number in range(PACKAGES):
            enter(workspace, catalogue, number, progress=f"第{number}次")
            target = place / f"{number}.sjb"
            packing.pack(workspace.db, workspace.folder, target, by="李四", at=NOON)


@contextmanager
def _merging(place: Path, catalogue: Catalogue) -> Iterator[Step]:
    with store.open_for_writing(place / WORKSPACE) as workspace:

        def step(number: int) -> None:
            path = place / f"{number}.sjb"
            taking.apply(workspace.db, workspace.folder, catalogue, path, by="张三", at=NOON)

        yield step


def _merged(place: Path, catalogue: Catalogue, db: sqlite3.Connection, acknowledged: int) -> int:
    (count,) = db.execute("SELECT count(*) FROM arrivals").fetchone()
    wanted: dict[ItemKey, str] = {}
    for number in range(count):
        wanted[key_of(catalogue, number)] = f"第{number}次"
    assert {key: row.entry.progress for key, row in entries.load(db).items()} == wanted
    return int(count)


# ---- backups: by hand, and to a package


@contextmanager
def _saving(place: Path, catalogue: Catalogue) -> Iterator[Step]:
    with store.open_for_writing(place / WORKSPACE) as workspace:

        def step(number: int) -> None:
            enter(workspace, catalogue, owner=f"经办{number}")
            backup.save(workspace.db, workspace.folder, backup.BY_HAND)
            bundle.save(workspace.db, workspace.folder, place / "带走.zip")

        yield step


def _owner(db: sqlite3.Connection, catalogue: Catalogue) -> int:
    """Return the number of the last step that a workspace holds, -1 for none."""
    return int(entries.values(db, key_of(catalogue))["owner"].removeprefix("经办") or -1)


def _saved(place: Path, catalogue: Catalogue, db: sqlite3.Connection, acknowledged: int) -> int:
    files = [each.path for each in backup.every(place / WORKSPACE) if each.reason == backup.BY_HAND]
    held = []
    for path in [*files, *place.glob("带走.zip")]:
        with packed.opened(path) as copy:
            assert copy.execute("PRAGMA integrity_check").fetchone() == ("ok",)
            held.append(_owner(copy, catalogue))
    assert set(held) >= set(range(acknowledged))
    assert _owner(db, catalogue) >= max(held, default=-1)
    return held[-1] + 1 if len(held) > len(files) else 0


# ---- restoring one package after the other, with the files that belong to them


def _bundle(place: Path, catalogue: Catalogue) -> None:
    for number in (1, 0):
        paper = place / f"凭证{number}.pdf"
        paper.write_bytes(f"{number}".encode() * 50_000)
        folder = place / (OTHER if number else WORKSPACE)
        with store.open_for_writing(folder) as workspace:
            attach(workspace, catalogue, paper)
            enter(workspace, catalogue, owner=f"经办{number}", progress="长" * 9_000)
            bundle.save(workspace.db, workspace.folder, place / f"{number}.zip")


@contextmanager
def _restoring(place: Path, catalogue: Catalogue) -> Iterator[Step]:
    with store.open_for_writing(place / WORKSPACE) as workspace:

        def step(number: int) -> None:
            path = place / f"{(number + 1) % 2}.zip"
            restore.into(workspace.db, workspace.folder, path, by="张三", at=NOON)

        yield step


def _restored(place: Path, catalogue: Catalogue, db: sqlite3.Connection, acknowledged: int) -> int:
    holds = _owner(db, catalogue)
    (paper,) = attached.of_item(db, key_of(catalogue))
    assert paper.name == f"凭证{holds}.pdf"
    return acknowledged + (holds != acknowledged % 2)


def _begin(place: Path, catalogue: Catalogue) -> None:
    store.open_for_writing(place / WORKSPACE).close()


@dataclass(frozen=True, slots=True)
class Deed:
    """``count`` tells from an open workspace how many steps are done, given how many were acknowledged."""

    prepare: Callable[[Path, Catalogue], None]
    open: Opened
    count: Callable[[Path, Catalogue, sqlite3.Connection, int], int]


DEEDS = {
    "typing": Deed(_begin, _typing, _typed),
    "writing": Deed(_begin, _writing, _typed),
    "unsynced": Deed(_begin, _writing_unsynced, _typed),
    "importing": Deed(_send, _importing, _imported),
    "merging": Deed(_pack, _merging, _merged),
    "saving": Deed(_begin, _saving, _saved),
    "restoring": Deed(_bundle, _restoring, _restored),
}


def say(what: object) -> None:
    sys.stdout.write(f"{what}\n")
    sys.stdout.flush()


def main(name: str, place: str, first: str) -> None:
    """Do the deed until struck down."""
    number = int(first)
    with DEEDS[name].open(Path(place), bundled()) as step:
        say("ready")
        while True:
            step(number)
            say(number)
            number += 1


if __name__ == "__main__":
    main(*sys.argv[1:])
