"""Checklists as workbooks: one unit, all units in one book with a summary, or a folder of books."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from desktop import disk
from desktop.catalogue.model import Unit
from desktop.catalogue.query import Catalogue
from desktop.errors import KnownError
from desktop.exchange.checklists import guide, identity, parts, summary, unit_sheet
from desktop.exchange.checklists.parts import ChecklistPart
from desktop.exchange.checklists.unit_sheet import PlacedChecklist
from desktop.exchange.sheets import names, options, saving
from desktop.exchange.sheets.basis import FORMER
from desktop.exchange.sheets.book import Book, Cancel, CancelledError, Report
from desktop.workspace.items.model import Item
from desktop.workspace.items.progress import tally
from desktop.workspace.items.settings import NEAR_DAYS
from desktop.workspace.returns.rounds import Round

ALL_UNITS = "全部责任单位"


@dataclass(frozen=True, slots=True)
class Sending:
    """What the workbooks of one export have in common.

    ``near_days`` is within how many days a deadline counts as near; ``in_round`` the round that they go out
    in, for which a sheet of instructions is added; ``at`` the moment noted in the files (by default the
    beginning of ``today``). What a ``sample`` shows is invented, and it says so.
    ``report(done, total)`` counts sheets and saving; ``cancelled`` tells whether to stop.
    """

    catalogue: Catalogue
    today: date
    near_days: int = NEAR_DAYS
    in_round: Round | None = None
    at: datetime | None = None
    report: Report | None = None
    cancelled: Cancel | None = None
    sample: bool = False

    def name_of(self, whose: str, items: Iterable[Item] = ()) -> str:
        """Return the name of a workbook with ``items``, by default of one about all that is in use."""
        said = f"{names.SAMPLE}-{whose}" if self.sample else whose
        return names.checklist_name(parts.concerned(self.catalogue, items), said, self.today)


def write_unit(path: Path, sending: Sending, items: Sequence[Item], unit: Unit) -> Path:
    """Write the checklist of ``unit`` to ``path``, replacing what is there, and return ``path``.

    It has a sheet for each document that gives the unit something to do.

    :raises KnownError: when the file cannot be written; :class:`CancelledError` when ``cancelled()`` became
        true. Either way ``path`` is what it was.
    """
    disk.ensure_free(path)
    book = _begin(sending)
    book.tell(0, 2)
    _add_unit(book, sending, unit, items)
    book.tell(1, 2)
    _save(book, sending, path, unit.name, unit.key, items)
    book.tell(2, 2)
    return path


def write_all(path: Path, sending: Sending, items: Iterable[Item]) -> Path:
    """Write all units' checklists to one workbook: 汇总, then each unit's sheets; see :func:`write_unit`."""
    disk.ensure_free(path)
    book = _begin(sending)
    groups = by_unit(sending.catalogue, items)
    every = [item for _, rows in groups for item in rows]
    catalogue = parts.concerned(sending.catalogue, every)
    book.about(catalogue.documents)
    if sending.in_round is not None:
        guide.add_sheet(book, sending.in_round, 0)
    several = len(parts.of(catalogue, every)) > 1
    total = len(groups) + 1
    lines: list[summary.SummaryLine] = []
    for done, (unit, rows) in enumerate(groups):
        book.tell(done, total)
        for part in parts.of(catalogue, rows):
            words = parts.title(catalogue, unit.name, part) if several else unit.name
            place = _add_sheet(book, sending, words, unit, part, len(lines))
            told = f"{unit.name}（{part.short_mark(catalogue)}）" if several else unit.name
            lines.append(summary.SummaryLine(told, place, tally(part.items)))
    book.tell(total - 1, total)
    summary.add_sheet(book, lines, tally(every), sending.near_days)
    _save(book, sending, path, ALL_UNITS, "", every)
    book.tell(total, total)
    return path


def write_each(folder: Path, sending: Sending, items: Iterable[Item]) -> tuple[Path, ...]:
    """Write one workbook per unit into ``folder`` (made when missing) and return their paths.

    A workbook of the same name is replaced only if nobody has saved it since it was exported; else it
    stays, and the new one gets a number: ``…（2）.xlsx``. Nothing is written while one of those to be
    replaced is open elsewhere.

    :raises KnownError: when a file cannot be written, saying how many were; :class:`CancelledError` likewise.
        Each file is either finished or what it was.
    """
    groups = by_unit(sending.catalogue, items)
    targets = [free_path(folder / sending.name_of(unit.name, rows)) for unit, rows in groups]
    for path in targets:
        disk.ensure_free(path)
    book = _begin(sending)
    written: list[Path] = []
    for path, (unit, rows) in zip(targets, groups, strict=True):
        book.tell(len(written), len(groups))
        try:
            sheets = _add_unit(book, sending, unit, rows)
            _save(book, sending, path, unit.name, unit.key, rows)
        except CancelledError:
            raise CancelledError(written) from None
        except KnownError as error:
            raise KnownError(f"{error.message}此前已写好{len(written)}个文件。", error.hint) from error
        for sheet in sheets:
            book.remove(sheet)
        written.append(path)
    book.tell(len(groups), len(groups))
    return tuple(written)


def by_unit(catalogue: Catalogue, items: Iterable[Item]) -> list[tuple[Unit, list[Item]]]:
    """Return the units that have items, with them, in the order of ``catalogue.checklist_units()``.

    Items of units that the catalogue does not know come last, together.
    """
    units = catalogue.checklist_units()
    groups: dict[str, list[Item]] = {unit.key: [] for unit in units}
    former: list[Item] = []
    for item in items:
        groups.get(item.key.unit_key, former).append(item)
    found = [(unit, groups[unit.key]) for unit in units if groups[unit.key]]
    return [*found, (Unit("", 0, FORMER, "", ()), former)] if former else found


def free_path(path: Path) -> Path:
    """Return ``path``, or the same with a number when a workbook stands there that someone has worked on.

    :raises KnownError: when one may not look into the folder.
    """
    number, chosen = 2, path
    try:
        while chosen.exists() and not saving.is_untouched(chosen):
            chosen = path.with_stem(f"{path.stem}（{number}）")
            number += 1
    except OSError as error:
        raise disk.explain(error, path) from error
    return chosen


def _begin(sending: Sending) -> Book:
    """Return a workbook with what stands behind the checklists.

    Its styles and choices take longer to make than a checklist; one serves all files of an export.
    """
    book = Book(
        sending.catalogue,
        sending.today,
        sending.at,
        sending.report,
        sending.cancelled,
        sample=sending.sample,
    )
    options.add_options(book.workbook)
    return book


def _add_unit(book: Book, sending: Sending, unit: Unit, items: Sequence[Item]) -> list[str]:
    """Insert a unit's sheets and return their titles; after them come the instructions for a round.

    Those stay for the workbooks that follow, as long as these are about the same documents.
    """
    catalogue = sending.catalogue
    found = parts.of(catalogue, items)
    if book.about(parts.documents(found)) and guide.TITLE in book.workbook.sheetnames:
        book.remove(guide.TITLE)
    titles = [unit.name] if len(found) == 1 else [part.mark(catalogue) for part in found]
    sheets = [
        _add_sheet(book, sending, title, unit, part, index).sheet
        for index, (title, part) in enumerate(zip(titles, found, strict=True))
    ]
    if sending.in_round is not None and guide.TITLE not in book.workbook.sheetnames:
        guide.add_sheet(book, sending.in_round, len(sheets))
    return sheets


def _add_sheet(
    book: Book, sending: Sending, title: str, unit: Unit, part: ChecklistPart, index: int
) -> PlacedChecklist:
    """Insert a checklist as the sheet ``index``, called ``title`` as far as Excel allows that."""
    named = names.free_title(title, book.workbook.sheetnames)
    about = part.basis(sending.catalogue, sending.today)
    return unit_sheet.add_sheet(book, named, unit.name, part.items, sending.near_days, index, about)


def _save(book: Book, sending: Sending, path: Path, who: str, unit_key: str, items: Sequence[Item]) -> None:
    """Write the workbook with what it must say of itself when it comes back."""
    round_key = sending.in_round.key if sending.in_round else ""
    hidden = identity.add_sheet(book, items, unit_key=unit_key, round_key=round_key)
    book.save(path, f"{who}责任清单")
    book.remove(hidden)
