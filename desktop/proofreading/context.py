"""Of which notice, and of which of its measures, a place of a report speaks."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from desktop.proofreading.corpus import Passage
from desktop.proofreading.model import Span

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
        return [one for one in self.mentions if span[0] <= one.start and one.end <= span[1]]

    def said(self, span: Span) -> list[SpokenPassage]:
        """Return the passages whose words stand in a span."""
        return [one for one in self.spoken if one.start < span[1] and one.end > span[0]]

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
        last = [one for one in self.mentions if one.notice and one.start <= at][-1:]
        spoken = [one for one in self.spoken if one.start <= at][-1:]
        if self.said(line):
            return self._known(self.said(line)[-1].passage.notice)
        if last and (not spoken or spoken[0].start < last[0].start):
            return last[0].notice
        return self._known(spoken[0].passage.notice) if spoken else self.mostly

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
        if any(one.notice == notice for one in self.mentions):
            return notice
        others = any(not one.notice for one in self.mentions)
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
