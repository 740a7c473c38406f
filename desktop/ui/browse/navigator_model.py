"""The tree of measures: branches (papers, categories, units, 适用对象, favourites) and measures.

No SQL: branches are made from the catalogue in memory. Where several papers are in use, each has a branch
of its own: above its categories, below a unit, a kind of enterprise or the favourites.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any, TypeAlias

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from desktop.catalogue.model import Document, Measure, Tag, Unit
from desktop.catalogue.query import Catalogue
from desktop.catalogue.typeset import typeset
from desktop.ui import origin
from desktop.ui.kit import plain
from desktop.workspace import words

Index = QModelIndex | QPersistentModelIndex
ROOT = QModelIndex()
KEY_ROLE = Qt.ItemDataRole.UserRole
NUMBER_ROLE = Qt.ItemDataRole.UserRole + 1
COUNT_ROLE = Qt.ItemDataRole.UserRole + 2
STARRED_ROLE = Qt.ItemDataRole.UserRole + 3
NOTED_ROLE = Qt.ItemDataRole.UserRole + 4
KIND_ROLE = Qt.ItemDataRole.UserRole + 5
UNDER_ROLE = Qt.ItemDataRole.UserRole + 6
CATEGORY, UNIT, BENEFICIARY, FAVOURITES = "category", "unit", "beneficiary", "favourite"
DOCUMENT, GROUP, PART = "document", "group", "part"
Inside: TypeAlias = "tuple[Measure | Branch, ...] | Callable[[], tuple[Measure | Branch, ...]]"


@dataclass(frozen=True, slots=True)
class Branch:
    """One branch and what is below it, measures or further branches, in order.

    ``key`` is that of the category, unit, tag or paper; of the ``PART`` of a branch that one paper gives, the
    keys of both. ``under`` is a second line. Of what may be long, ``inside`` is a function that gives what is
    below when it is opened; then ``known`` says how many measures that are, and ``has`` what keys are below.
    """

    key: str
    title: str
    inside: Inside
    kind: str = CATEGORY
    under: str = ""
    known: int = -1
    has: Callable[[str], bool] | None = None

    @property
    def below(self) -> tuple[Measure | Branch, ...]:
        """Return what is below."""
        return self.inside() if callable(self.inside) else self.inside

    @property
    def count(self) -> int:
        """Return how many measures are below."""
        return self.known if self.known >= 0 else len(self.measures)

    @property
    def measures(self) -> tuple[Measure, ...]:
        """Return the measures below, at whatever depth."""
        return tuple(_measures(self.below))


def by_category(catalogue: Catalogue) -> list[Measure | Branch]:
    """Return a branch for each category, below one for each paper where there are several."""
    if not origin.several(catalogue):
        return [each for own in catalogue.documents for each in _categories(catalogue, own)]
    return [_paper(catalogue, each) for each in catalogue.documents]


def by_unit(catalogue: Catalogue) -> list[Measure | Branch]:
    """Return a branch for each unit, those with the most measures first, those without a unit last."""
    names = _names(catalogue)

    def branch(unit: Unit) -> Branch:
        return _parted(
            names,
            Branch(unit.key, unit.name, catalogue.measures_of(unit.key), UNIT),
            lambda key: catalogue.has(key) and catalogue.carries(unit.key, key),
        )

    return [branch(each) for each in catalogue.checklist_units()]


def by_beneficiary(catalogue: Catalogue) -> list[Measure | Branch]:
    """Return a branch for each value of 适用对象."""
    tags = [tag for tag in catalogue.tags if tag.kind == BENEFICIARY]
    names = _names(catalogue)

    def branch(tag: Tag) -> Branch:
        return _parted(
            names,
            Branch(tag.key, tag.name, catalogue.measures_tagged(tag.key), BENEFICIARY),
            lambda key: any(tag.key == one.tag_key for one in catalogue.measure_tags_of(key)),
        )

    return [branch(each) for each in tags]


ORDERED = {CATEGORY: by_category, UNIT: by_unit, BENEFICIARY: by_beneficiary}


def of_favourites(catalogue: Catalogue, measures: Iterable[Measure]) -> list[Measure | Branch]:
    """Return the one branch of the favourites, none without any."""
    below = _parts(_names(catalogue), FAVOURITES, measures)
    return [Branch(FAVOURITES, "收藏", below, FAVOURITES)] if below else []


def _categories(catalogue: Catalogue, document: Document) -> list[Measure | Branch]:
    """Return a paper's categories; measures that stand in none are there themselves."""
    found: list[Measure | Branch] = []
    for each in catalogue.categories_in(document.key):
        below = _groups(catalogue, catalogue.measures_in(each.key))
        if each.printed:
            found.append(Branch(each.key, typeset(each.heading), below))
        else:
            found += below
    return found


def _groups(catalogue: Catalogue, measures: tuple[Measure, ...]) -> tuple[Measure | Branch, ...]:
    """Return a category's measures, those of a group below it."""
    found: list[Measure | Branch] = []
    for key, grouped in groupby(measures, key=lambda measure: measure.group_key):
        own = tuple(grouped)
        found += [Branch(key, typeset(catalogue.group(key).heading), own, GROUP)] if key else own
    return tuple(found)


def _paper(catalogue: Catalogue, document: Document) -> Branch:
    number = catalogue.notice_with(document.notice_key).number
    title = typeset(document.title)
    return Branch(
        document.key,
        number or title,
        lambda: tuple(_categories(catalogue, document)),
        DOCUMENT,
        title if number else "",
        catalogue.count_in(document.key),
        lambda key: key.startswith(f"{document.key}."),
    )


def _names(catalogue: Catalogue) -> dict[str, str]:
    """Return what the papers are called, by their keys; nothing where one alone is in use."""
    if not origin.several(catalogue):
        return {}
    return {each.key: words.document(catalogue, each.key) for each in catalogue.documents}


def _parts(names: Mapping[str, str], key: str, measures: Iterable[Measure]) -> tuple[Measure | Branch, ...]:
    """Return measures parted by their papers, where several are in use."""
    found = tuple(measures)
    if not names:
        return found
    return tuple(
        Branch(f"{key}|{paper}", names[paper], tuple(own), PART)
        for paper, own in groupby(found, key=lambda measure: measure.document_key)
    )


def _parted(names: Mapping[str, str], whole: Branch, has: Callable[[str], bool]) -> Branch:
    """Return a branch whose measures are parted by their papers, where several are in use."""
    if not names:
        return whole
    return replace(
        whole,
        inside=lambda: _parts(names, whole.key, whole.measures),
        known=whole.count,
        has=lambda key: key.partition("|")[0] == whole.key or has(key),
    )


def _measures(below: Iterable[Measure | Branch]) -> Iterator[Measure]:
    for each in below:
        if isinstance(each, Branch):
            yield from _measures(each.below)
        else:
            yield each


@dataclass(slots=True)
class _Place:
    """Where something stands: its row below the place of the number ``above``, and what is below it."""

    value: Measure | Branch
    above: int
    row: int
    below: list[int] | None = None


class NavigatorModel(QAbstractItemModel):
    """Branches and measures; an internal id is the number of a place, which is made when it is asked for."""

    def __init__(
        self, marked: Callable[[], tuple[set[str], set[str]]], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._places: list[_Place] = [_root(())]
        self._read_marks = marked
        self._starred: set[str] = set()
        self._noted: set[str] = set()

    def set_branches(self, branches: Iterable[Measure | Branch]) -> None:
        """Show these branches instead."""
        self.beginResetModel()
        self._places = [_root(tuple(branches))]
        self._starred, self._noted = self._read_marks()
        self.endResetModel()

    def refresh_marks(self) -> None:
        """Take favourites and notes again and repaint the rows."""
        self._starred, self._noted = self._read_marks()
        for number, place in enumerate(tuple(self._places)):
            if place.below:
                parent = self._index(number)
                first, last = self.index(0, 0, parent), self.index(len(place.below) - 1, 0, parent)
                self.dataChanged.emit(first, last, [STARRED_ROLE, NOTED_ROLE])

    def find(self, key: str, near: Index = ROOT) -> QModelIndex:
        """Return the index of a branch or measure key; a measure below ``near`` is preferred over others."""
        about = near
        while about.isValid():
            if found := self._find(key, about.internalId()):
                return self._index(found)
            about = about.parent()
        return self._index(self._find(key, 0))

    def measures_of(self, key: str) -> tuple[Measure, ...]:
        """Return the measures of the branch with this key; KeyError if there is none."""
        value = self._places[self._find(key, 0)].value
        if not isinstance(value, Branch) or value.key != key:
            raise KeyError(key)
        return value.measures

    def measure(self, index: Index) -> Measure | None:
        """Return the measure at ``index``, or None for a branch."""
        value = self._places[index.internalId()].value if index.isValid() else None
        return value if isinstance(value, Measure) else None

    def _below(self, number: int) -> list[int]:
        """Return the numbers of the places below one, made now if they are not there yet."""
        place = self._places[number]
        if place.below is None:
            below = place.value.below if isinstance(place.value, Branch) else ()
            first = len(self._places)
            self._places += [_Place(value, number, row) for row, value in enumerate(below)]
            place.below = list(range(first, len(self._places)))
        return place.below

    def _find(self, key: str, number: int) -> int:
        """Return the number of the first place of a key below one, 0 where there is none."""
        value = self._places[number].value
        if not isinstance(value, Branch) or not _holds(value, key):
            return 0
        for each in self._below(number):
            if self._places[each].value.key == key:
                return each
            if found := self._find(key, each):
                return found
        return 0

    def _index(self, number: int) -> QModelIndex:
        return self.createIndex(self._places[number].row, 0, number) if number else QModelIndex()

    def index(self, row: int, column: int, parent: Index = ROOT) -> QModelIndex:
        if not self.hasIndex(row, column, parent):
            return QModelIndex()
        below = self._below(parent.internalId() if parent.isValid() else 0)
        return self.createIndex(row, column, below[row])

    def parent(self, index: Index = ROOT) -> QModelIndex:  # type: ignore[override]  # two in one, in Qt
        return self._index(self._places[index.internalId()].above) if index.isValid() else QModelIndex()

    def rowCount(self, parent: Index = ROOT) -> int:
        return len(self._below(parent.internalId() if parent.isValid() else 0))

    def hasChildren(self, parent: Index = ROOT) -> bool:
        """Whether there is anything below, which is not made for that."""
        value = self._places[parent.internalId() if parent.isValid() else 0].value
        return isinstance(value, Branch) and (value.known > 0 or bool(value.below))

    def columnCount(self, parent: Index = ROOT) -> int:  # noqa: ARG002
        return 1

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        value = self._places[index.internalId()].value
        if isinstance(value, Branch):
            return self._of_branch(value, role)
        if role == Qt.ItemDataRole.DisplayRole:
            return value.called
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain.tip(f"{value.cited}　{value.called}")
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._sentence(value)
        values: dict[int, object] = {
            KEY_ROLE: value.key,
            NUMBER_ROLE: value.number,
            STARRED_ROLE: value.key in self._starred,
            NOTED_ROLE: value.key in self._noted,
        }
        return values.get(role)

    @staticmethod
    def _of_branch(branch: Branch, role: int) -> object:
        if role == Qt.ItemDataRole.DisplayRole:
            return branch.title
        if role in (KEY_ROLE, KIND_ROLE, UNDER_ROLE):
            return {KEY_ROLE: branch.key, KIND_ROLE: branch.kind, UNDER_ROLE: branch.under}[role]
        if role == COUNT_ROLE:
            return branch.count
        named = " ".join(filter(None, (branch.title, branch.under)))
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain.tip(f"{named}（{branch.count}条）")
        return f"{named}，{branch.count}条" if role == Qt.ItemDataRole.AccessibleTextRole else None

    def _sentence(self, measure: Measure) -> str:
        """Return all that a row says, its marks too."""
        told = [f"{measure.cited} {measure.called}"]
        told += ["已收藏"] if measure.key in self._starred else []
        told += ["有批注"] if measure.key in self._noted else []
        return "，".join(told)


def _root(branches: tuple[Measure | Branch, ...]) -> _Place:
    return _Place(Branch("", "", branches), 0, 0)


def _holds(branch: Branch, key: str) -> bool:
    """Return whether something of this key is below a branch."""
    if branch.has is not None:
        return branch.has(key)
    return any(each.key == key or (isinstance(each, Branch) and _holds(each, key)) for each in branch.below)
