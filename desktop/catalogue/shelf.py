"""The catalogue of a large library: what it holds is read from the database when it is asked for, and kept.

A start shows one measure and the names of the papers; it does not wait until ten thousand measures are read.
What is asked for by its key is read with the document that it stands in, until many documents were asked
for: then all of that kind is read at once. Any thread may ask.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cached_property, partial
from typing import Generic, TypeVar

from desktop.catalogue import stored
from desktop.catalogue.details import MeasureDetails, damaged
from desktop.catalogue.lookups import Holding, Lookups, later
from desktop.catalogue.model import Category, Citation, Measure, Responsibility

_Thing = TypeVar("_Thing")

FEW = 16  # papers, of which each is read by itself; the next one lets all be read
FEW_MEASURES = 2000  # the same of what single measures have


class _Kept(Generic[_Thing]):
    """Things of one kind by what they stand under, as they are read: one by one, then all at once."""

    def __init__(
        self,
        one: Callable[[str], Iterable[_Thing]],
        every: Callable[[], Mapping[str, tuple[_Thing, ...]]],
        few: int,
    ) -> None:
        self._one, self._every, self._few = one, every, few
        self._found: dict[str, tuple[_Thing, ...]] = {}

    @property
    def many(self) -> bool:
        """Return whether so many were asked for that all are read."""
        return len(self._found) > self._few

    def under(self, key: str) -> tuple[_Thing, ...]:
        """Return what stands under a key, nothing where there is none."""
        if self.many:
            return self._every().get(key, ())
        if key not in self._found:
            self._found[key] = tuple(self._one(key))
        return self._found[key]


class Shelf(Lookups):
    """The tables of a catalogue, read from its database as they are asked for."""

    def __init__(self, details: MeasureDetails) -> None:
        self._ask = details.rows
        measures = partial(stored.measures, self._ask, details=details)
        categories = partial(stored.categories, self._ask)
        citations = partial(stored.citations, self._ask)
        self._documents = _Kept(measures, lambda: self.by_document, FEW)
        self._categories = _Kept(categories, lambda: self.categories_by_document, FEW)
        self._responsibilities = _Kept(super().duties_of, lambda: self._duties, FEW_MEASURES)
        self._citations = _Kept(citations, lambda: self.citations, FEW_MEASURES)

    def every(self, read: Callable[[stored.Ask], Iterator[_Thing]]) -> tuple[_Thing, ...]:
        """Return what stands for all that ``read``, a function of ``stored``, gives, until it is read.

        Reading raises :class:`KnownError` where the database is damaged.
        """

        def give() -> tuple[_Thing, ...]:
            try:
                return tuple(read(self._ask))
            except (ValueError, TypeError, KeyError) as error:
                raise damaged() from error

        return later(give)

    def standing_for(self, catalogue: Holding) -> Shelf:
        """Answer for this catalogue, which was made of what :meth:`every` gave; return this."""
        super().__init__(catalogue)
        return self

    def measure(self, key: str) -> Measure:
        """Return the measure with this key; KeyError if there is none."""
        if self._documents.many:
            return self.measures[key]
        if document_key := self.place(key):
            return next(one for one in self.in_document(document_key) if one.key == key)
        raise KeyError(key)

    def place(self, key: str) -> str:
        """Return the key of the document in which a measure stands, "" where there is no such measure."""
        if self._documents.many:
            return super().place(key)
        for (document_key,) in self._ask("SELECT document_key FROM measures WHERE key = ?", (key,)):
            return str(document_key)
        return ""

    def category(self, key: str) -> Category:
        """Return the category with this key; KeyError if there is none."""
        if self._categories.many:
            return self.categories[key]
        found = self.categories_in(key.rpartition(".")[0])
        return next((one for one in found if one.key == key), None) or self.categories[key]

    def count(self, document_key: str) -> int:
        """Return how many measures a document has."""
        return self._counts.get(document_key, 0)

    def in_document(self, document_key: str) -> tuple[Measure, ...]:
        """Return the measures of a document."""
        return self._documents.under(document_key)

    def in_category(self, category_key: str) -> tuple[Measure, ...]:
        """Return the measures of a category."""
        found = self.in_document(self.category(category_key).document_key)
        return tuple(one for one in found if one.category_key == category_key)

    def categories_in(self, document_key: str) -> tuple[Category, ...]:
        """Return the categories of a document."""
        return self._categories.under(document_key)

    def citations_of(self, measure_key: str) -> tuple[Citation, ...]:
        """Return what a measure cites; under "" what preambles do."""
        return self._citations.under(measure_key) if measure_key else self.citations.get("", ())

    def duties_of(self, measure_key: str) -> tuple[Responsibility, ...]:
        """Return the responsibilities of a measure in printed order."""
        return self._responsibilities.under(measure_key)

    def units_in(self, document_key: str) -> set[str]:
        """Return the keys of the units of a document."""
        return self._units.get(document_key, set())

    @cached_property
    def _units(self) -> dict[str, set[str]]:
        found: dict[str, set[str]] = {}
        for measure_key, units in self._carriers.items():
            found.setdefault(measure_key.rpartition(".")[0], set()).update(units)
        return found

    @cached_property
    def _counts(self) -> dict[str, int]:
        return dict(self._ask("SELECT document_key, count(*) FROM measures GROUP BY document_key", ()))
