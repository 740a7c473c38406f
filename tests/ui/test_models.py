"""No model raises or opens anything when Qt asks it for data, whatever stands in the workspace."""

from __future__ import annotations

import importlib
import pkgutil
import sqlite3
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QAbstractItemModel, QAbstractListModel, QModelIndex, Qt
from PySide6.QtWidgets import QAbstractItemView, QListView, QTableView, QTreeView

from desktop import ui
from desktop.catalogue.search import Hit
from desktop.library.drafts import KeptDraft
from desktop.library.store import ListedNotice
from desktop.proofreading.model import Claim, ClaimKind, ClaimVerdict
from desktop.ui.browse.navigator_model import Branch, NavigatorModel
from desktop.ui.browse.result_rows import ResultsModel
from desktop.ui.checklist.model import ChecklistModel
from desktop.ui.checklist.unit_list import UnitFilter, UnitListModel
from desktop.ui.demands.demand_list import DemandsModel
from desktop.ui.desk import Desk
from desktop.ui.evidence.file_table import EvidenceModel
from desktop.ui.history.change_table import HistoryModel
from desktop.ui.intake import rows
from desktop.ui.intake.model import IntakeModel
from desktop.ui.intake.workbook_list import FilesModel, Tone, WorkbookEntry
from desktop.ui.kit.told_table import ToldRow, ToldRows
from desktop.ui.library.notice_rows import LibraryRow, LibraryRows
from desktop.ui.library.pair_rows import PairLine, PairRows
from desktop.ui.overview.bars import BarModel
from desktop.ui.overview.item_list import STANDING, UNDER, ItemsModel
from desktop.ui.overview.reminder import ReminderRows
from desktop.ui.proofreading.claim_rows import ClaimRows
from desktop.ui.rounds.figures import Group, UnitStand
from desktop.ui.rounds.record_dialog import RecordRows
from desktop.ui.rounds.unit_list import StandModel
from desktop.ui.safety.backup_table import BackupList
from desktop.ui.visits.explained_rows import ExplainedModel, ExplainedRow, FitSection
from desktop.ui.visits.firm_changes import FirmChangesModel
from desktop.ui.visits.firm_import_rows import FirmImportModel
from desktop.ui.visits.firm_list import FirmRows
from desktop.ui.visits.merge_rows import FirmPair, FirmPairsModel, FirmSidesModel
from desktop.ui.visits.record_files import VisitFilesModel
from desktop.ui.visits.rules_rows import RuleRow, RulesModel
from desktop.ui.visits.visit_rows import VisitsModel
from desktop.ui.wizard.outline import OutlineModel, OutlineRow
from desktop.ui.wizard.source_page import KeptModel
from desktop.ui.wizard.unit_rows import PrintedUnit, UnitRowsModel
from desktop.workspace.demands.chain import DemandChain, DemandStep, SupportUnit
from desktop.workspace.demands.demands import DemandStanding
from desktop.workspace.demands.limits import LimitSpan
from desktop.workspace.demands.model import Demand
from desktop.workspace.enterprises.changes import FirmChange
from desktop.workspace.enterprises.duplicates import SameFirm
from desktop.workspace.enterprises.intake import FirmChoice, PlannedLine
from desktop.workspace.enterprises.listing import FirmRow
from desktop.workspace.enterprises.model import DatedFigure, Enterprise, FirmContact
from desktop.workspace.evidence.attached import Evidence
from desktop.workspace.evidence.files import State, Stored
from desktop.workspace.evidence.standing import Standing
from desktop.workspace.file.backup import BackupFile
from desktop.workspace.file.transaction import transaction
from desktop.workspace.history.search import Scope
from desktop.workspace.items import deadline
from desktop.workspace.items.filled import FilledHit
from desktop.workspace.items.model import Entry, Item, ItemKey, Light, Part, Status
from desktop.workspace.items.progress import Bar
from desktop.workspace.returns.round_changes import Deed, RoundEvent
from desktop.workspace.visits.model import JoinedUnit, Visit, VisitFile, Wish

LONG = "长" * 100_000
HOSTILE = {
    "nothing": "",
    "no date": "12月底",
    "no date either": "年底前",
    "a status of nobody": "已办结",
    "a lone surrogate": "前\ud800后",
    "a NUL": "前\0后",
    "100,000 characters": LONG,
    "mark-up": '<img src="file:///etc/passwd">&amp;',
    "lines": "\n\r\u2028\t一\u202e二",
}
ROLES = (*Qt.ItemDataRole, *(Qt.ItemDataRole.UserRole + more for more in range(1, 9)), UNDER, STANDING, 9999)
MOMENT = datetime(2026, 1, 2).astimezone()

Make = Callable[[Desk, str], QAbstractItemModel]


def known(desk: Desk) -> list[Item]:
    return desk.items(desk.catalogue.find_unit("区财政局").key)


def strange(desk: Desk, text: str) -> list[Item]:
    """Return items of which nothing is as it should be: some known, some of no unit and no measure."""
    made = []
    days = (deadline.UNSTATED, deadline.LONG_TERM, deadline.parse("2026-01-01/2026-12-31"))
    for at, item in enumerate(known(desk)):
        status, light = list(Status)[at % len(Status)], list(Light)[at % len(Light)]
        entry = Entry(status, days[at % len(days)], text, text, text, text, text, updated_at=text)
        made.append(
            replace(item, title=text, category=text, entry=entry, light=light, text_changed=True)
            if at % 2
            else Item(ItemKey(f"{text}{at}", text), 0, text, text, 0, entry, light, True, True, (text,))
        )
    return made


def put(db: sqlite3.Connection, table: str, **values: object) -> None:
    with transaction(db):
        names, marks = ", ".join(values), ", ".join("?" * len(values))
        db.execute(f"INSERT INTO {table} ({names}) VALUES ({marks})", tuple(values.values()))


def stored(text: str) -> str:
    """Return a text as it can be kept: SQLite has no lone surrogates."""
    return text.encode("utf-8", "replace").decode("utf-8")


def orphans(desk: Desk, text: str) -> None:
    """Let the workspace hold entries of units and measures that nobody knows."""
    unit = desk.catalogue.find_unit("区财政局").key
    for at, key in enumerate(((unit, stored(text) or "?"), (f"甲{stored(text)}", "乙"))):
        put(
            desk.workspace.db,
            "entries",
            unit_key=key[0],
            measure_key=key[1],
            status=list(Status)[at + 3],
            deadline="2020-01-01" if at else "",
            **dict.fromkeys(
                ("owner", "progress", "problems", "next_step", "reason", "updated_at"), stored(text)
            ),
            revision=1,
            measure_title=stored(text),
            text_sha256="",
        )


def checklist(desk: Desk, text: str) -> QAbstractItemModel:
    orphans(desk, text)
    key = known(desk)[1].key
    if "\n" not in text and text:
        put(
            desk.workspace.db,
            "evidence",
            unit_key=key.unit_key,
            measure_key=key.measure_key,
            name=stored(text),
            sha256="0" * 64,
            size=-1,
            place="00/nowhere",
            written=0,
            added_at=stored(text),
            added_by=stored(text),
            attached=1,
        )
    made = ChecklistModel(desk)
    made.show(key.unit_key)
    assert any(item.orphaned for item in made.every)
    return made


def all_strange(desk: Desk, text: str) -> QAbstractItemModel:
    made = ChecklistModel(desk)
    made.show(known(desk)[0].key.unit_key)
    made.take(strange(desk, text))
    return made


def units(desk: Desk, text: str) -> UnitListModel:
    orphans(desk, text)
    return UnitListModel(desk)


def narrowed(desk: Desk, text: str) -> QAbstractItemModel:
    source = units(desk, text)
    made = UnitFilter(source, source)
    made.narrow("甲")
    assert made.rowCount() == 1
    return made


def history(desk: Desk, text: str) -> QAbstractItemModel:
    unit = desk.catalogue.find_unit("区财政局").key
    for at, field in enumerate(("status", "deadline", stored(text) or "?", "evidence", "note")):
        put(
            desk.workspace.db,
            "changes",
            batch=at,
            at=stored(text),
            person=stored(text),
            source=stored(text),
            session="",
            unit_key=unit if at else "乙",
            measure_key=stored(text),
            field=field,
            before=stored(text),
            after=f"{stored(text)}。",
            revision=1,
            text_sha256="",
        )
    made = HistoryModel(desk)
    made.show(Scope())
    assert made.rowCount() == 5
    return made


def navigator(desk: Desk, text: str) -> QAbstractItemModel:
    made = NavigatorModel(lambda: ({text}, {text}))
    measure = replace(desk.catalogue.measures[0], key=text, title=text, text=text, number=-1)
    made.set_branches([Branch(text, text, ()), Branch(text, text, (measure, measure))])
    return made


def results(desk: Desk, text: str) -> QAbstractItemModel:
    made = ResultsModel(desk, desk)
    filled = FilledHit(ItemKey(text, text), text, text, ((0, 10**6),))
    made.show([Hit(text, -1, text, text, text, ((0, 10**6),), ((5, 2),), text), text, filled])
    return made


def bars(_desk: Desk, text: str) -> QAbstractItemModel:
    made = BarModel()
    made.show([Bar(text, text, tuple((part, at) for at, part in enumerate(Part))), Bar(text, text, ())])
    return made


def items(desk: Desk, text: str) -> QAbstractItemModel:
    made = ItemsModel(desk)
    made.show(strange(desk, text))
    return made


def evidence(_desk: Desk, text: str) -> QAbstractItemModel:
    made = EvidenceModel()
    files = tuple(
        Evidence(at, ItemKey(text, text), text, Stored(text, size, text, -1), text, text)
        for at, size in enumerate((-1, 0, 10**18, 5))
    )
    made.show(Standing(files, {0: State.OK, 1: State.ALTERED, 2: State.MISSING}))
    return made


def backups(_desk: Desk, text: str) -> QAbstractItemModel:
    made = BackupList()
    files = [BackupFile(Path(text), at, MOMENT, text, 10 ** (6 * at)) for at in range(3)]
    made.show(files)
    made.tell({files[0].path: (text, text)}, {files[0].path: text})
    return made


def stands(_desk: Desk, text: str) -> QAbstractItemModel:
    made = StandModel()
    made.show([UnitStand(text, text, text, text, frozenset({group}), text, True) for group in Group])
    return made


def files(_desk: Desk, text: str) -> QAbstractItemModel:
    made = FilesModel()
    made.show([WorkbookEntry(text, text, text, tone, text) for tone in Tone])
    return made


def intake(_desk: Desk, text: str) -> QAbstractItemModel:
    made = IntakeModel(rows.COLUMNS)
    told = []
    for at, sort in enumerate(rows.Sort):
        cells = (text,) * (1 if sort in rows.SPANNING else len(rows.COLUMNS))
        key = ItemKey(text, text) if at % 2 else None
        told.append(rows.Row(sort, at // 2, (at,), cells, note=text, under=text, key=key))
    made.show(told)
    return made


def reminder(desk: Desk, text: str) -> QAbstractItemModel:
    return ReminderRows(desk, strange(desk, text))


def record(desk: Desk, text: str) -> QAbstractItemModel:
    return RecordRows(desk, [RoundEvent(text, text, deed, text, text, (text, text)) for deed in Deed])


def outline(_desk: Desk, text: str) -> QAbstractItemModel:
    made = OutlineModel()
    made.show([OutlineRow(-1, text, text), OutlineRow(10**9, text, "", 9, True, True, True)])
    return made


def kept(_desk: Desk, text: str) -> QAbstractItemModel:
    made = KeptModel()
    made.show([KeptDraft(Path("甲"), text, MOMENT, MOMENT, title, text) for title in (text, "")])
    return made


def unit_names(desk: Desk, text: str) -> QAbstractItemModel:
    made = UnitRowsModel()
    known = desk.catalogue.units[0]
    made.show(
        [
            PrintedUnit(text, -1, text, text, text, None, text, -1, True, False),
            PrintedUnit(text, 0, "", "", "", known, "", 0, False, True),
        ]
    )
    return made


def library(desk: Desk, text: str) -> QAbstractItemModel:
    made = LibraryRows(desk)
    known = desk.catalogue.notices[0]
    strange = replace(known, number=text, title=text, issued_on=None, valid_until=None, validity_text=text)
    made.show(
        [
            LibraryRow(ListedNotice(text, text, text, -1, 10**9, None, on, on), notice, 0)
            for on, notice in ((True, known), (False, strange))
        ]
    )
    return made


def pairs(desk: Desk, text: str) -> QAbstractItemModel:
    made = PairRows()
    measure = replace(desk.catalogue.measures[0], key=text, title=text, text=text, number=-1)
    made.show([PairLine(measure, None), PairLine(None, measure), PairLine(None, None)])
    return made


def claims(_desk: Desk, text: str) -> QAbstractItemModel:
    made = ClaimRows()
    made.show([Claim(ClaimKind.UNIT, 0, len(text), text, verdict) for verdict in ClaimVerdict], same=True)
    return made


def planned_firms(_desk: Desk, text: str) -> QAbstractItemModel:
    made = FirmImportModel()
    names = ({"name": text}, {}, {"name": 3})
    made.show(
        [
            PlannedLine(at - 1, name, choice, text, -1, (), (text,) * at)
            for at, (name, choice) in enumerate(zip(names, FirmChoice, strict=True))
        ]
    )
    return made


def ruled(_desk: Desk, text: str) -> QAbstractItemModel:
    return RulesModel([RuleRow(text, text, (text,) * 5), RuleRow(text, "", ("",) * 5, False)])


def two_firms(text: str) -> FirmPair:
    first = Enterprise(text, text, text, text, taxpayer=text, town=text, contacts=(FirmContact(text, text),))
    second = Enterprise("", "", figures=(DatedFigure("revenue", None, 1e300),), facts={text: True})
    return FirmPair(first, second, SameFirm(text, "", text, True))


def firm_pairs(_desk: Desk, text: str) -> QAbstractItemModel:
    made = FirmPairsModel()
    made.show([two_firms(text)])
    return made


def firm_changes(_desk: Desk, text: str) -> QAbstractItemModel:
    made = FirmChangesModel()
    made.show([FirmChange(at, text, text, text, text, text) for at in ("", "2026-11-26T12:00:00+08:00")])
    return made


def firm_sides(_desk: Desk, text: str) -> QAbstractItemModel:
    made = FirmSidesModel()
    made.show(two_firms(text))
    return made


def explained(_desk: Desk, text: str) -> QAbstractItemModel:
    made = ExplainedModel()
    made.show(
        [
            ExplainedRow(section, f"{text}{at}" if at else "", text, text, text, wish, text)
            for section in FitSection
            for at, wish in enumerate((None, *Wish))
        ]
    )
    return made


def visit_files(_desk: Desk, text: str) -> QAbstractItemModel:
    made = VisitFilesModel()
    made.show(tuple(VisitFile(text, text, size) for size in (-1, 0, 10**18)))
    return made


def asked_for(desk: Desk, text: str) -> QAbstractItemModel:
    made = DemandsModel(desk)
    step = DemandStep(text, date.min, text, unit=text, lead=text, supports=(SupportUnit(text),))
    chains = (None, DemandChain((step,)))
    span = LimitSpan(text, text, date.min, date.max, caveat=text)
    made.show(
        [
            DemandStanding(
                Demand(f"{text}{light}{at}", text, text, text, chain, measure=text, unit=text),
                light,
                span if at else None,
                (span,),
            )
            for light in Light
            for at, chain in enumerate(chains)
        ]
    )
    return made


def packages(_desk: Desk, text: str) -> QAbstractItemModel:
    made = ToldRows()
    made.show([ToldRow(text, text, text), ToldRow("", "")])
    return made


def firms(_desk: Desk, text: str) -> QAbstractItemModel:
    made = FirmRows(date.max)
    made.show(
        [FirmRow(f"{text}{day}", text, text, text, day, 10**9, "{}", date.max) for day in (None, date.min)]
    )
    return made


def visited(desk: Desk, text: str) -> QAbstractItemModel:
    made = VisitsModel(desk.catalogue)
    joined = (JoinedUnit(text, text, text),)
    made.show(
        [
            Visit(text, text, text, day, unit=text, visitors=who, explained={text: Wish.TOLD}, joined=joined)
            for day in (None, date.min)
            for who in ((), (text, text))
        ],
        {text: 10**9},
    )
    return made


MAKERS: dict[str, tuple[type[QAbstractItemModel], Make]] = {
    "demands": (DemandsModel, asked_for),
    "visits": (VisitsModel, visited),
    "firms": (FirmRows, firms),
    "firm changes": (FirmChangesModel, firm_changes),
    "packages": (ToldRows, packages),
    "explained": (ExplainedModel, explained),
    "pairs of enterprises": (FirmPairsModel, firm_pairs),
    "sides of a pair": (FirmSidesModel, firm_sides),
    "rules": (RulesModel, ruled),
    "enterprises to import": (FirmImportModel, planned_firms),
    "files of a visit": (VisitFilesModel, visit_files),
    "checklist": (ChecklistModel, checklist),
    "checklist, all strange": (ChecklistModel, all_strange),
    "units": (UnitListModel, units),
    "units, narrowed": (UnitFilter, narrowed),
    "history": (HistoryModel, history),
    "navigator": (NavigatorModel, navigator),
    "results": (ResultsModel, results),
    "bars": (BarModel, bars),
    "items": (ItemsModel, items),
    "evidence": (EvidenceModel, evidence),
    "backups": (BackupList, backups),
    "stands": (StandModel, stands),
    "workbooks": (FilesModel, files),
    "intake": (IntakeModel, intake),
    "reminder": (ReminderRows, reminder),
    "record": (RecordRows, record),
    "outline": (OutlineModel, outline),
    "drafts": (KeptModel, kept),
    "unit names": (UnitRowsModel, unit_names),
    "library": (LibraryRows, library),
    "pairs": (PairRows, pairs),
    "claims": (ClaimRows, claims),
}


def in_the_window() -> set[type[QAbstractItemModel]]:
    """Return the models of the package that are shown; what others are made from is tested with those."""
    for module in pkgutil.walk_packages(ui.__path__, f"{ui.__name__}."):
        importlib.import_module(module.name)
    every: set[type[QAbstractItemModel]] = set()
    left = [QAbstractItemModel]
    while left:
        below = left.pop().__subclasses__()
        left += below
        every |= {each for each in below if each.__module__.startswith(f"{ui.__name__}.")}
    return {each for each in every if not any(sub in every for sub in each.__subclasses__())}


def columns(model: QAbstractItemModel, parent: QModelIndex) -> int:
    """Return how many columns there are; of a list Qt does not tell."""
    return 1 if isinstance(model, QAbstractListModel) else model.columnCount(parent)


def everything(model: QAbstractItemModel, parent: QModelIndex) -> Iterator[QModelIndex]:
    for row in range(model.rowCount(parent)):
        for column in range(columns(model, parent)):
            index = model.index(row, column, parent)
            yield index
            if column == 0:
                yield from everything(model, index)


def ask_all(model: QAbstractItemModel) -> int:
    """Ask a model for all that it has to say, of no place and of no section too; return how many places."""
    count = 0
    for index in (QModelIndex(), *everything(model, QModelIndex())):
        count += index.isValid()
        for role in ROLES:
            model.data(index, role)
        model.flags(index)
    for orientation in Qt.Orientation:
        for section in range(-1, columns(model, QModelIndex()) + 2):
            for role in ROLES:
                model.headerData(section, orientation, role)
    return count


OPENED: list[str] = []
_watching = False


def _hear(event: str, _args: object) -> None:
    if _watching and event in ("open", "sqlite3.connect", "os.listdir", "os.scandir", "subprocess.Popen"):
        OPENED.append(event)


sys.addaudithook(_hear)  # it cannot be taken away again


@contextmanager
def nothing_opened(desk: Desk) -> Iterator[None]:
    global _watching
    OPENED.clear()
    for db in (desk.workspace.db, desk.measures):
        db.set_trace_callback(OPENED.append)
    _watching = True
    try:
        yield
    finally:
        _watching = False
        for db in (desk.workspace.db, desk.measures):
            db.set_trace_callback(None)
    assert OPENED == []


def test_every_model_is_asked() -> None:
    assert in_the_window() == {kind for kind, _ in MAKERS.values()}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
@pytest.mark.parametrize("name", MAKERS)
def test_whatever_it_holds_it_answers(qtmodeltester, desk: Desk, name: str, text: str) -> None:
    kind, make = MAKERS[name]
    model = make(desk, text)
    assert type(model) is kind
    assert ask_all(model) > 0
    with nothing_opened(desk):  # what it imports it has by now
        ask_all(model)
    qtmodeltester.check(model, force_py=False)


@pytest.mark.parametrize("name", MAKERS)
def test_qt_can_show_and_copy_it(qtbot, desk: Desk, name: str) -> None:
    """A view asks on its own behalf: what came over to C++ must be of a kind that it knows."""
    model = MAKERS[name][1](desk, HOSTILE["a lone surrogate"])
    flat: QAbstractItemView = QListView() if columns(model, QModelIndex()) == 1 else QTableView()
    view = QTreeView() if isinstance(model, NavigatorModel) else flat
    qtbot.addWidget(view)
    view.setModel(model)
    view.show()
    view.selectAll()
    assert not view.grab().isNull()
    assert model.mimeData([model.index(0, 0)]) is not None
