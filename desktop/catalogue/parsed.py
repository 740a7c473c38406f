"""A notice read whole, as the builder takes it: nouns, and where each stands in the source."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from desktop.catalogue.model import Category, Citation, Document, Measure, MeasureGroup, Notice


@dataclass(frozen=True, slots=True)
class Place:
    """Where a piece stands in the source: ``source[start:end]``, from the 1-based ``line`` on."""

    start: int
    end: int
    line: int


@dataclass(frozen=True, slots=True)
class NamedUnit:
    """A unit as a measure names it, each one once; ``position`` counts from 1.

    ``role``, ``rule``, ``start`` and ``end`` are those of :class:`desktop.catalogue.model.Responsibility`.
    """

    measure_key: str
    name: str
    position: int
    line: int
    role: str = ""
    rule: str = ""
    start: int = -1
    end: int = -1


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of a measure's text that is the source's: from ``at`` in the text, ``source[start:end]``."""

    at: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class ParsedNotice:
    """A notice and all that it holds. ``sha256`` is that of the source's UTF-8 bytes.

    ``places`` has, by key: the letter (the notice's key), ``<document key>.title``, ``.preamble`` and
    ``.closing`` (each only where there is one), each category and each group. ``segments`` has, by key, the
    measures whose text is not one stretch of the source.
    """

    source: str
    sha256: str
    notice: Notice
    documents: tuple[Document, ...]
    categories: tuple[Category, ...]
    measures: tuple[Measure, ...]
    named: tuple[NamedUnit, ...]
    citations: tuple[Citation, ...]
    places: Mapping[str, Place]
    groups: tuple[MeasureGroup, ...] = ()
    segments: Mapping[str, tuple[Segment, ...]] = field(default_factory=dict)

    def words(self, key: str) -> str:
        """Return the source's words at a place, or an empty string where there is no such place."""
        place = self.places.get(key)
        return self.source[place.start : place.end] if place else ""
