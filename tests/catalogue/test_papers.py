"""What people are told to write where several papers hold what they asked for."""

from __future__ import annotations

from desktop.catalogue import papers
from desktop.catalogue.query import Catalogue


def test_documents_of_one_notice_are_told_by_their_own_keys(catalogue: Catalogue) -> None:
    notice, (first, second, *_rest) = catalogue.notices[0], catalogue.measures_in_document("czbf-2023-3.1")
    told = papers.several(1, [(notice, first), (notice, second)]).hint
    assert told.count("（代号czbf-2023-3.1）") == 2
    alone = papers.several(1, [(notice, first)]).hint
    assert "（代号czbf-2023-3）" in alone
