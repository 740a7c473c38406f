"""Of which notice, and of which of its measures, a place of a report speaks."""

from __future__ import annotations

from bisect import insort
from collections import Counter
from dataclasses import dataclass, field

from desktop.proofreading.corpus import Passage
from desktop.proofreading.model import Span
from desktop.proofreading.spans import begun_in, last_begun

_NAMED = 20
"""Words that say as much of a notice as its name does."""
_MUCH = 60
"""Words of a notice in a report that names other papers and not this one, from which they are no chance."""


@dataclass(frozen=True, slots=True)
class NoticeMention:
    """A place that names a paper: ``notice`` is its key, "" for one that the library does not hold."""

    start: int
    end: int
    notice: str


@dataclass(frozen=True, slots=True)
class SpokenPassage:
    """A place whose words are those of a passage; ``words`` is how many of them."""

    start: int
    end: int
    passage: Passage
    words: int


@dataclass
class ReportContext:
    """What a report speaks of, place by place; places come in the order of the text."""

    text: str
    mentions: list[NoticeMention] = field(default_factory=list)
    spoken: list[SpokenPassage] = field(default_factory=list)
    _weighed: tuple[int, Counter[str]] = field(default_factory=lambda: (-1, Counter()))

    def __post_init__(self) -> None:
        self._here = [one for one in self.mentions if one.notice]
        self._named = {one.notice for one in self._here}

    def line(self, at: int) -> Span:
        """Return the line in which a place stands."""
        end = self.text.find("\n", at)
        return self.text.rfind("\n", 0, at) + 1, len(self.text) if end < 0 else end

    def sentence(self, at: int) -> Span:
        """Return the sentence in which a place stands."""
        first, last = self.line(at)
        start = max(first, 1 + max(self.text.rfind(mark, first, at) for mark in "。；！？\t"))
        ends = [end for mark in "。；！？\t" if (end := self.text.find(mark, at, last)) >= 0]
        return start, min(ends, default=last)

    def named(self, span: Span) -> list[NoticeMention]:
        """Return the papers that are named in a span."""
        return [one for one in begun_in(self.mentions, *span) if one.end <= span[1]]

    def said(self, span: Span) -> list[SpokenPassage]:
        """Return the passages whose words stand in a span."""
        begun = begun_in(self.spoken, self.line(span[0])[0], span[1])
        return [one for one in begun if one.end > span[0]]

    def speaks(self, one: SpokenPassage) -> None:
        """Keep that words of a passage stand at a place."""
        insort(self.spoken, one, key=lambda each: each.start)

    def notice(self, at: int) -> str:
        """Return the key of the notice of which a place speaks, "" for none or one that is not here.

        That is the one named nearest in the same sentence; else the one that was named or spoken of last;
        else the one of which most is said.
        """
        span = self.sentence(at)
        named = self.named(span)
        before = [one for one in named if one.start <= at]
        behind = [one for one in named if one.notice and one.start > at]
        if before or behind:
            return (before[-1] if before else behind[0]).notice
        line = self.line(at)
        if self.is_of_another(at):
            return ""
        if said := self.said(line):
            return self._known((last_begun(said, at) or said[0]).passage.notice)
        last, spoken = last_begun(self._here, at), last_begun(self.spoken, at)
        if last and (not spoken or spoken.start < last.start):
            return last.notice
        return self._known(spoken.passage.notice) if spoken else self.mostly

    def meant(self, at: int) -> str:
        """Return the notice of which a place speaks, else that of which most is said; "" for one not here."""
        return "" if self.is_of_another(at) else self.notice(at) or self.mostly

    def is_of_another(self, at: int) -> bool:
        """Return whether a paper that is not here was named last in the line, and nothing said since."""
        line = self.line(at)
        named = self.named((line[0], at))
        if not named or named[-1].notice:
            return False
        return not any(named[-1].end < one.end and one.start <= at for one in self.said(line))

    @property
    def mostly(self) -> str:
        """Return the notice of which most is said, "" for none."""
        weights = self._weights()
        return self._known(weights.most_common(1)[0][0]) if weights else ""

    def _known(self, notice: str) -> str:
        """Return a notice of which a report speaks, "" for one that shares a few words with it by chance."""
        if not notice or notice in self._named:
            return notice
        others = len(self._here) < len(self.mentions)
        return "" if others and self._weights()[notice] < _MUCH else notice

    def _weights(self) -> Counter[str]:
        """Return how much is said of each notice."""
        if self._weighed[0] != len(self.spoken):
            weights: Counter[str] = Counter()
            for one in self.spoken:
                weights[one.passage.notice] += one.words
            for mention in self.mentions:
                if mention.notice:
                    weights[mention.notice] += _NAMED
            self._weighed = (len(self.spoken), weights)
        return self._weighed[1]
