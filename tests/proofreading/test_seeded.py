"""Errors of ten kinds put into digests are all found, and the digests themselves raise no alarm."""

from __future__ import annotations

import random
from collections import Counter

from desktop.proofreading.corpus import Corpus
from desktop.proofreading.model import ClaimKind

from . import digests
from .conftest import Alarms

KINDS = {
    "amount": {ClaimKind.FIGURE},
    "percentage": {ClaimKind.FIGURE},
    "unit": {ClaimKind.UNIT},
    "article": {ClaimKind.ARTICLE},
    "number": {ClaimKind.NUMBER},
    "year": {ClaimKind.NUMBER},
    "dropped": {ClaimKind.QUOTATION},
    "swapped": {ClaimKind.QUOTATION, ClaimKind.FIGURE},
    "validity": {ClaimKind.VALIDITY},
    "issued": {ClaimKind.DATE},
    "count": {ClaimKind.FIGURE},
}


def test_each_seeded_error_is_found_and_nothing_else(corpus: Corpus, alarms: Alarms) -> None:
    chance = random.Random(20230210)
    seeded: Counter[str] = Counter()
    for place, measure in enumerate(corpus.catalogue.measures):
        notice = corpus.catalogue.notice_of(measure)
        form = place % len(digests.FORMS)
        text = digests.digest(corpus.catalogue, notice, measure, form)
        assert alarms(text) == []
        for seed in digests.seeds(corpus.catalogue, notice, measure, text, chance):
            seeded[seed.kind] += 1
            found = [
                one
                for one in alarms(seed.text)
                if one.start <= max(seed.end, seed.start + 1) and seed.start <= one.end
            ]
            assert {one.kind for one in found} & KINDS[seed.kind], (seed.kind, seed.text, seed.start)
    assert seeded.total() >= 200
    assert set(seeded) == set(KINDS)


def test_a_digest_of_all_measures_raises_no_alarm(corpus: Corpus, alarms: Alarms) -> None:
    for form in range(len(digests.FORMS)):
        for notice in corpus.catalogue.notices:
            text = "\n".join(
                digests.digest(corpus.catalogue, notice, measure, form)
                for document in corpus.catalogue.documents_in(notice.key)
                for measure in corpus.catalogue.measures_in_document(document.key)
            )
            assert alarms(text) == []


def test_the_notices_own_words_raise_no_alarm(corpus: Corpus, alarms: Alarms) -> None:
    for passage in corpus.passages:
        assert alarms(passage.text) == []
    for frame in corpus.frames.values():
        assert alarms(frame.text) == []
