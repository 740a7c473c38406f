"""The page 核查, and what it asks the window for: the place of a claim in its notice, and a workbook."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from desktop.catalogue import query
from desktop.ui.proofreading.page import ProofreadingPage

if TYPE_CHECKING:
    from desktop.proofreading.model import ClaimSource
    from desktop.ui.browse.page import BrowsePage
    from desktop.ui.desk import Desk


class SourceFrame(Protocol):
    """What showing a source asks of the window."""

    desk: Desk
    browse: BrowsePage

    def open_measure(self, key: str) -> None:
        """Show a measure in 查阅."""


def page(desk: Desk, window: SourceFrame) -> ProofreadingPage:
    """Return the page, with what it asks for done."""
    from desktop.ui.export.claims import ClaimsExport

    made = ProofreadingPage(desk)
    made.source_asked.connect(lambda source: show_source(window, source))
    made.export_asked.connect(lambda *what: ClaimsExport(desk, made.window(), *what).ask())
    return made


def show_source(window: SourceFrame, source: ClaimSource) -> None:
    """Show the measure of a claim in 查阅, and beside it the notice with the claim's words marked.

    Of what a notice says around its measures, its first measure is shown.
    """
    catalogue = window.desk.catalogue
    documents = catalogue.documents_in(source.notice)
    first = catalogue.measures_in_document(source.document or documents[0].key)[0]
    measure = catalogue.measure(source.measure) if source.measure else first
    window.open_measure(measure.key)
    window.browse.beside.show_source()
    start, end = _in_source(window.desk, source)
    if start >= 0:
        text = window.browse.beside.source.text
        text.mark(start, end)
        text.paint_marks(window.desk.look.tokens)


def _in_source(desk: Desk, source: ClaimSource) -> tuple[int, int]:
    """Return where a claim's words stand in the notice's source; -1 where they are broken by a line's end."""
    if not source.measure:
        return source.start, source.end
    measure = desk.catalogue.measure(source.measure)
    held = query.source(desk.measures, source.notice)
    start = held.find(source.text, measure.start + source.start, measure.end)
    return start, start + len(source.text)
