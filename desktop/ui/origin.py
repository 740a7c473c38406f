"""出处: which papers what is on the screen or on paper belongs to, said only where there are several.

Where one paper is in use, nothing is added to what a list, a page or a print says of a measure. What a paper
is called in short, :mod:`desktop.workspace.words` says.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from desktop.catalogue.typeset import typeset
from desktop.workspace import words

if TYPE_CHECKING:
    from desktop.catalogue.model import Citation, Document, Measure
    from desktop.catalogue.query import Catalogue
    from desktop.workspace.items.model import Item

IN_LIBRARY = "发文库"


def several(catalogue: Catalogue) -> bool:
    """Return whether more than one paper is in use."""
    return len(catalogue.documents) > 1


def named(catalogue: Catalogue, document: Document) -> str:
    """Return a paper as it is cited, e.g. 《…若干措施》（城政办发〔2023〕3号）."""
    number = catalogue.notice_with(document.notice_key).number
    return f"《{typeset(document.title)}》" + (f"（{number}）" if number else "")


def item(catalogue: Catalogue, item: Item) -> str:
    """Return how an item's measure is cited, after its paper where that is said; "" for an orphan."""
    return f"{words.paper(catalogue, item.key.measure_key)}{item.cited}" if item.cited else ""


def heading(catalogue: Catalogue, measure: Measure) -> str:
    """Return under which printed headings a measure stands: category and group; "" for none."""
    category, group = catalogue.category_of(measure), catalogue.group_of(measure)
    told = ((category.heading if category.printed else ""), (group.heading if group else ""))
    return "　".join(filter(None, told))


def papers(catalogue: Catalogue, measures: Iterable[Measure]) -> tuple[Document, ...]:
    """Return the papers in which these measures stand, in the order of the library."""
    keys = {measure.document_key for measure in measures}
    found = tuple(document for document in catalogue.documents if document.key in keys)
    others = sorted(keys - {document.key for document in found})  # of notices that are not in use
    return (*found, *map(catalogue.document_with, others))


def cited(catalogue: Catalogue, citation: Citation) -> Document | None:
    """Return the paper in use that a citation names, by the 文号 if it prints one, else by its title."""
    own = catalogue.document_with(citation.document_key).notice_key
    for document in catalogue.documents:
        notice = catalogue.notice_with(document.notice_key)
        by_title = not citation.number and citation.title in (document.title, notice.title)
        if notice.key != own and (by_title or (citation.number and citation.number == notice.number)):
            return document
    return None


def in_use(catalogue: Catalogue) -> str:
    """Return which notices are in use, as the window is called: one by its 文号, several by their count."""
    if len(catalogue.notices) == 1:
        return typeset(catalogue.notices[0].called)
    return (
        f"{IN_LIBRARY}：{len(catalogue.notices)} 份在用" if catalogue.notices else f"{IN_LIBRARY}：没有在用"
    )
