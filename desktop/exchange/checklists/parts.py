"""Which sheets a unit's checklist is: one for each document that gives it something to do.

A checklist of one document is one sheet, called after the unit.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from desktop.catalogue.model import Document
from desktop.catalogue.query import Catalogue
from desktop.exchange.sheets import basis
from desktop.exchange.sheets.basis import FORMER, Basis
from desktop.workspace import words
from desktop.workspace.items.model import Item

_LONGEST_MARK = 20
_UNMARKED = str.maketrans({"《": " ", "》": ""})


@dataclass(frozen=True, slots=True)
class ChecklistPart:
    """The items of one document; ``document`` is None for those of a document that is not here any more."""

    document: Document | None
    items: tuple[Item, ...]

    def basis(self, catalogue: Catalogue, today: date) -> Basis:
        """Return what the sheet is about."""
        return basis.of(catalogue, documents((self,)), today)

    def mark(self, catalogue: Catalogue) -> str:
        """Return what the sheet is called beside others of the same unit."""
        if self.document is None:
            return FORMER
        return words.document(catalogue, self.document.key).translate(_UNMARKED).strip()

    def short_mark(self, catalogue: Catalogue) -> str:
        """Return the mark on one line: LibreOffice breaks no words that are a link."""
        mark = self.mark(catalogue)
        return mark if len(mark) <= _LONGEST_MARK else f"{mark[:_LONGEST_MARK]}…"


def of(catalogue: Catalogue, items: Iterable[Item]) -> list[ChecklistPart]:
    """Return the parts of some items, in the order of the documents in use; one at least.

    Items of a document that is not in use come last, together. Where one document is in use, no items are
    an empty part of that.
    """
    found: dict[str, list[Item]] = {document.key: [] for document in catalogue.documents}
    others: list[Item] = []
    for item in items:
        found.get(item.document_key, others).append(item)
    parts = [ChecklistPart(each, tuple(found[each.key])) for each in catalogue.documents if found[each.key]]
    if others:
        parts.append(ChecklistPart(None, tuple(others)))
    only = catalogue.documents[0] if len(catalogue.documents) == 1 else None
    return parts or [ChecklistPart(only, ())]


def documents(parts: Sequence[ChecklistPart]) -> list[Document]:
    """Return the documents of some parts."""
    return [part.document for part in parts if part.document is not None]


def concerned(catalogue: Catalogue, items: Iterable[Item]) -> Catalogue:
    """Return the catalogue of the documents that some items are about; of all in use for no items."""
    keys = {item.document_key for item in items}
    return catalogue.narrowed(keys) if keys else catalogue


def title(catalogue: Catalogue, unit_name: str, part: ChecklistPart) -> str:
    """Return what a sheet is called that stands among sheets of other units and documents."""
    return f"{unit_name}·{part.mark(catalogue)[:_LONGEST_MARK]}"
