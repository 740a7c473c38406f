"""Part of a catalogue: what is in use when some of its documents are, made when it is asked for."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import TypeVar

from desktop.catalogue.details import StoredNotes
from desktop.catalogue.lookups import Holding
from desktop.catalogue.model import (
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

_Note = TypeVar("_Note", Responsibility, MeasureTag, Figure)


class SomeDocuments:
    """What the documents with the keys ``wanted`` hold of ``whole``; the functions give what is late."""

    def __init__(self, whole: Holding, wanted: frozenset[str]) -> None:
        self._whole, self._wanted = whole, wanted
        self.documents: tuple[Document, ...] = tuple(each for each in whole.documents if each.key in wanted)

    def notices(self) -> tuple[Notice, ...]:
        """Return the notices that issued the documents."""
        issued = {each.notice_key for each in self.documents}
        return tuple(each for each in self._whole.notices if each.key in issued)

    def categories(self) -> tuple[Category, ...]:
        """Return the categories."""
        return tuple(each for each in self._whole.categories if each.document_key in self._wanted)

    def groups(self) -> tuple[MeasureGroup, ...]:
        """Return the groups."""
        return tuple(each for each in self._whole.groups if each.document_key in self._wanted)

    def measures(self) -> tuple[Measure, ...]:
        """Return the measures."""
        return tuple(each for each in self._whole.measures if each.document_key in self._wanted)

    def units(self) -> tuple[Unit, ...]:
        """Return the units that have responsibilities."""
        named = {each.unit_key for each in self._duties}
        return tuple(each for each in self._whole.units if each.key in named)

    def responsibilities(self) -> Sequence[Responsibility]:
        """Return the responsibilities."""
        return self._duties

    def citations(self) -> tuple[Citation, ...]:
        """Return the citations."""
        return tuple(each for each in self._whole.citations if each.document_key in self._wanted)

    def tags(self) -> tuple[Tag, ...]:
        """Return what is used of both vocabularies."""
        used = {each.tag_key for each in self._tagged}
        return tuple(each for each in self._whole.tags if each.key in used)

    def measure_tags(self) -> Sequence[MeasureTag]:
        """Return the tags of the measures."""
        return self._tagged

    def figures(self) -> Sequence[Figure]:
        """Return the figures and conditions."""
        return self._of_measures(self._whole.figures)

    @cached_property
    def _keys(self) -> frozenset[str]:
        return frozenset(each.key for each in self._whole.measures if each.document_key in self._wanted)

    @cached_property
    def _duties(self) -> Sequence[Responsibility]:
        return self._of_measures(self._whole.responsibilities)

    @cached_property
    def _tagged(self) -> Sequence[MeasureTag]:
        return self._of_measures(self._whole.measure_tags)

    def _of_measures(self, notes: Sequence[_Note]) -> Sequence[_Note]:
        if isinstance(notes, StoredNotes):
            return notes.narrowed(self._wanted)
        return tuple(each for each in notes if each.measure_key in self._keys)
