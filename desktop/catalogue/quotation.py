"""Measures as a paper quotes them: the words that people read, and where they stand.

A citation is 《…若干措施》（城政办发〔2023〕3号）第16条. Of a notice that is past its day, the quoted words
are followed by that fact: （已过有效期，有效期至2025年12月31日）.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import groupby

from desktop.catalogue import validity
from desktop.catalogue.model import Measure, Notice
from desktop.catalogue.query import Catalogue
from desktop.catalogue.typeset import typeset


def citation(catalogue: Catalogue, *measures: Measure) -> str:
    """Return how measures are cited: those of one paper together, papers one after the other."""
    return "；".join(cited for _, cited in _cited(catalogue, measures))


def with_source(catalogue: Catalogue, measures: Sequence[Measure], today: date, words: str = "") -> str:
    """Return the measures' text, or the ``words`` taken out of it, and on a line of its own where they stand.

    One paragraph for each measure. ``today`` decides whether a notice is past its day.
    """
    quoted = words or "\n".join(typeset(measure.text) for measure in measures)
    sources = (f"{cited}{_past(notice, today)}" for notice, cited in _cited(catalogue, measures))
    return f"{quoted}\n{'；'.join(sources)}"


def _cited(catalogue: Catalogue, measures: Sequence[Measure]) -> Iterator[tuple[Notice, str]]:
    """Yield each paper's notice and its citation."""
    for key, of_paper in groupby(measures, lambda measure: measure.document_key):
        document = next(each for each in catalogue.documents if each.key == key)
        notice = next(each for each in catalogue.notices if each.key == document.notice_key)
        numbers = "、".join(f"第{measure.number}条" for measure in of_paper)
        yield notice, f"《{typeset(document.title)}》（{notice.number}）{numbers}"


def _past(notice: Notice, today: date) -> str:
    """Return what is said of a notice that is past its day, nothing while it is in force."""
    state = validity.state(notice, today)
    return f"（{state.mark}，有效期至{state.until}）" if state.expired else ""
