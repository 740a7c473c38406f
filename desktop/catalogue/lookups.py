"""What is asked of a catalogue by key, each table made when it is first needed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar

from desktop.catalogue.details import StoredNotes
from desktop.catalogue.model import (
    UNASSIGNED,
    UNASSIGNED_NAME,
    Category,
    Citation,
    Document,
    Figure,
    Measure,
    MeasureGroup,
    MeasureTag,
    Notice,
    Responsibility,
    Tag,
    Unit,
)

_Keyed = TypeVar("_Keyed", Notice, Document, Category, MeasureGroup, Measure, Unit, Tag)
_Thing = TypeVar("_Thing")


@dataclass(frozen=True, slots=True)
class Holding:
    """What a catalogue holds, each tuple in printed order; ``meta`` is the table of that name.

    Responsibilities, tags and figures of a large library are read when they are asked for.
    """

    notices: tuple[Notice, ...]
    documents: tuple[Document, ...]
    categories: tuple[Category, ...]
    measures: tuple[Measure, ...]
    units: tuple[Unit, ...]
    responsibilities: Sequence[Responsibility]
    citations: tuple[Citation, ...]
    tags: tuple[Tag, ...]
    measure_tags: Sequence[MeasureTag]
    figures: Sequence[Figure]
    meta: Mapping[str, str]
    groups: tuple[MeasureGroup, ...] = ()


class Lookups:
    """The tables of one catalogue."""

    def __init__(self, catalogue: Holding) -> None:
        self._of = catalogue

    @cached_property
    def notices(self) -> dict[str, Notice]:
        """Return the notices by key."""
        return _by_key(self._of.notices)

    @cached_property
    def documents(self) -> dict[str, Document]:
        """Return the documents by key."""
        return _by_key(self._of.documents)

    @cached_property
    def categories(self) -> dict[str, Category]:
        """Return the categories by key."""
        return _by_key(self._of.categories)

    @cached_property
    def groups(self) -> dict[str, MeasureGroup]:
        """Return the groups by key."""
        return _by_key(self._of.groups)

    @cached_property
    def measures(self) -> dict[str, Measure]:
        """Return the measures by key."""
        return _by_key(self._of.measures)

    @cached_property
    def units(self) -> dict[str, Unit]:
        """Return the units by key, :data:`UNASSIGNED` last."""
        unassigned = Unit(UNASSIGNED, len(self._of.units) + 1, UNASSIGNED_NAME, "", ())
        return _by_key((*self._of.units, unassigned))

    @cached_property
    def by_notice(self) -> dict[str, tuple[Document, ...]]:
        """Return the documents of each notice."""
        return _grouped(self._of.documents, lambda document: document.notice_key)

    @cached_property
    def categories_by_document(self) -> dict[str, tuple[Category, ...]]:
        """Return the categories of each document."""
        return _grouped(self._of.categories, lambda category: category.document_key)

    @cached_property
    def by_document(self) -> dict[str, tuple[Measure, ...]]:
        """Return the measures of each document."""
        return _grouped(self._of.measures, lambda measure: measure.document_key)

    @cached_property
    def by_category(self) -> dict[str, tuple[Measure, ...]]:
        """Return the measures of each category."""
        return _grouped(self._of.measures, lambda measure: measure.category_key)

    @cached_property
    def by_group(self) -> dict[str, tuple[Measure, ...]]:
        """Return the measures of each group."""
        return _grouped(self._of.measures, lambda measure: measure.group_key)

    @cached_property
    def by_unit(self) -> dict[str, tuple[Measure, ...]]:
        """Return the measures of each unit in printed order, of :data:`UNASSIGNED` those that name none."""
        found: defaultdict[str, list[Measure]] = defaultdict(list)
        for measure in self._of.measures:
            duties = self._duties.get(measure.key, ())
            for unit_key in dict.fromkeys(duty.unit_key for duty in duties) or (UNASSIGNED,):
                found[unit_key].append(measure)
        return {key: tuple(measures) for key, measures in found.items()}

    def duties_of(self, measure_key: str) -> tuple[Responsibility, ...]:
        """Return the responsibilities of a measure in printed order."""
        duties = self._of.responsibilities
        if isinstance(duties, StoredNotes) and "_duties" not in vars(self):
            return duties.of(measure_key)
        return self._duties.get(measure_key, ())

    @cached_property
    def _duties(self) -> dict[str, tuple[Responsibility, ...]]:
        return _grouped(self._of.responsibilities, lambda duty: duty.measure_key)

    def tags_of(self, measure_key: str) -> tuple[MeasureTag, ...]:
        """Return the tags of a measure."""
        tags = self._of.measure_tags
        return tags.of(measure_key) if isinstance(tags, StoredNotes) else self._tags.get(measure_key, ())

    def figures_of(self, measure_key: str) -> tuple[Figure, ...]:
        """Return the figures and conditions of a measure."""
        found = self._of.figures
        return found.of(measure_key) if isinstance(found, StoredNotes) else self._figures.get(measure_key, ())

    @cached_property
    def _tags(self) -> dict[str, tuple[MeasureTag, ...]]:
        return _grouped(self._of.measure_tags, lambda tag: tag.measure_key)

    @cached_property
    def by_tag(self) -> dict[str, tuple[Measure, ...]]:
        """Return the measures with each tag in printed order."""
        tagged: defaultdict[str, set[str]] = defaultdict(set)
        for tag in self._of.measure_tags:
            tagged[tag.tag_key].add(tag.measure_key)
        return {
            key: tuple(measure for measure in self._of.measures if measure.key in measures)
            for key, measures in tagged.items()
        }

    @cached_property
    def _figures(self) -> dict[str, tuple[Figure, ...]]:
        return _grouped(self._of.figures, lambda figure: figure.measure_key)

    @cached_property
    def citations(self) -> dict[str, tuple[Citation, ...]]:
        """Return what each measure cites; under "" what preambles do."""
        return _grouped(self._of.citations, lambda citation: citation.measure_key)


def _by_key(things: Iterable[_Keyed]) -> dict[str, _Keyed]:
    return {thing.key: thing for thing in things}


def _grouped(things: Iterable[_Thing], key: Callable[[_Thing], str]) -> dict[str, tuple[_Thing, ...]]:
    found: defaultdict[str, list[_Thing]] = defaultdict(list)
    for thing in things:
        found[key(thing)].append(thing)
    return {name: tuple(held) for name, held in found.items()}
