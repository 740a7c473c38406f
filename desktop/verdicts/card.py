"""The match card of one enterprise: its size, each measure of the notices in use judged, what to ask next."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from desktop.catalogue.clauses import Clause
from desktop.catalogue.query import Catalogue
from desktop.classification.size import SizeJudgement
from desktop.verdicts import asking, judging
from desktop.verdicts.asking import GroupQuestion, NextQuestion
from desktop.verdicts.judging import Finding, Verdict
from desktop.verdicts.known import Known
from desktop.verdicts.profile import Profile


@dataclass(frozen=True, slots=True)
class MatchCard:
    """What is found for an enterprise; ``verdicts`` in printed order, of every measure in use.

    ``clashes`` says which of the facts exclude each other; each was taken as it is told.
    """

    profile: Profile
    size: SizeJudgement
    verdicts: tuple[Verdict, ...]
    ask_next: tuple[NextQuestion, ...]
    clashes: tuple[str, ...] = ()
    ask_groups: tuple[GroupQuestion, ...] = ()

    def found(self, finding: Finding) -> tuple[Verdict, ...]:
        """Return the verdicts of one kind."""
        return tuple(each for each in self.verdicts if each.finding is finding)


def match(catalogue: Catalogue, clauses: Mapping[str, Sequence[Clause]], profile: Profile) -> MatchCard:
    """Judge every measure in use; ``clauses`` are those of their documents (``clauses.of_documents``)."""
    known = Known(profile)
    measures = (
        measure
        for document in catalogue.documents
        for measure in catalogue.measures_in_document(document.key)
    )
    verdicts = judging.judge_all(measures, clauses, known)
    return MatchCard(
        profile,
        known.size,
        verdicts,
        asking.ask_next(verdicts, clauses, profile),
        profile.clashes,
        asking.ask_groups(verdicts, clauses, profile),
    )
