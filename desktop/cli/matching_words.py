"""The match card and the rules as people read them in a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from desktop.catalogue import facts
from desktop.catalogue.typeset import typeset
from desktop.cli import text
from desktop.verdicts import words
from desktop.verdicts.judging import ClauseVerdict, Finding

if TYPE_CHECKING:
    from desktop.catalogue.clauses import Clause
    from desktop.catalogue.model import Measure
    from desktop.catalogue.query import Catalogue
    from desktop.verdicts.asking import GroupQuestion, NextQuestion
    from desktop.verdicts.card import MatchCard
    from desktop.verdicts.judging import Verdict

_CELLS = 80
_ASKED = 5


def card(catalogue: Catalogue, found: MatchCard) -> Iterator[str]:
    """Yield the lines of a card: the enterprise, the verdicts by kind, what to ask next."""
    yield text.printable(found.profile.name or "（未写名称的企业）")
    yield from _wrapped(f"规模：{found.size.reason}", "")
    for clash in found.clashes:
        yield from _wrapped(f"情况前后不一致，没有采用：{clash}。", "")
    yield from _wrapped(words.BASIS, "")
    for finding in Finding:
        if verdicts := found.found(finding):
            yield f"\n{words.finding(finding)}（{len(verdicts)}条）"
            for verdict in verdicts:
                yield from _verdict(catalogue, verdict)
    if found.ask_next:
        yield "\n接着问"
        for at, asked in enumerate(found.ask_next[:_ASKED], start=1):
            yield from _wrapped(f"{at}. {asked.question}（{_settles(asked)}）", "  ")
    together = [asked for asked in found.ask_groups if len(asked.keys) > 1]
    if together:
        yield "\n一次问几项"
        for at, group in enumerate(together, start=1):
            names = "、".join(facts.asked(key).name for key in group.keys)
            yield from _wrapped(f"{at}. {group.question}（{names}；{_settles(group)}）", "  ")


def rules(catalogue: Catalogue, held: Mapping[str, Sequence[Clause]]) -> Iterator[str]:
    """Yield the lines of 规则一览."""
    for document in catalogue.documents:
        for measure in catalogue.measures_in_document(document.key):
            yield _head(catalogue, measure)
            if measure.key not in held:
                yield f"  {words.UNRULED}"
            for clause in held.get(measure.key, ()):
                quoted = "……".join(typeset(each.words) for each in clause.quotes)
                yield from _wrapped(f"{clause.ordinal}）{clause.offer}：{words.rule(clause.rule)}", "  ")
                yield from _wrapped(f"依据“{quoted}”", "     ")
                if clause.unit_decides:
                    yield from _wrapped(_decided(clause), "     ")


def _settles(asked: NextQuestion | GroupQuestion) -> str:
    return f"可定下{asked.settles}条" if asked.settles else "与其他情况一起才能定下"


def _verdict(catalogue: Catalogue, verdict: Verdict) -> Iterator[str]:
    measure = catalogue.measure(verdict.measure_key)
    yield f"  {_head(catalogue, measure)}"
    if verdict.finding in (Finding.INTERNAL, Finding.UNRULED):
        return
    told: set[str] = set()
    for each in verdict.clauses:
        for line in _clause(each, verdict.finding):
            if line not in told:
                told.add(line)
                yield from _wrapped(line, "    ")
    decided = dict.fromkeys(typeset(quote.words) for quote in verdict.unit_decides)
    if decided:
        yield from _wrapped(f"{words.UNIT_DECIDES}：{'、'.join(f'“{each}”' for each in decided)}", "    ")


def _clause(judged: ClauseVerdict, finding: Finding) -> Iterator[str]:
    """Yield what is to be said of a clause where the measure is found so."""
    if judged.finding is Finding.APPLIES:
        reasons = "，".join(dict.fromkeys(reason.words for reason in judged.reasons_for))
        yield f"✓ {judged.clause.offer}（{reasons}）：{_quoted(judged)}"
    elif judged.finding is Finding.NO:
        reasons = "，".join(dict.fromkeys(reason.words for reason in judged.reasons_against))
        yield f"✗ {judged.clause.offer}（{reasons}）：{_quoted(judged)}"
    elif judged.finding is Finding.MAYBE and finding is Finding.MAYBE:
        names = "、".join(fact.name for fact in judged.missing)
        yield f"？ {judged.clause.offer}（还不知道：{names}）：{_quoted(judged)}"


def _quoted(judged: ClauseVerdict) -> str:
    return f"“{'……'.join(typeset(each.words) for each in judged.clause.quotes)}”"


def _decided(clause: Clause) -> str:
    return f"{words.UNIT_DECIDES}：{'、'.join(f'“{typeset(each.words)}”' for each in clause.unit_decides)}"


def _head(catalogue: Catalogue, measure: Measure) -> str:
    notice = f"　{catalogue.notice_of(measure).called}" if len(catalogue.documents) > 1 else ""
    units = catalogue.units_of(measure.key)
    carried = f"　{units[0].name}{f'等{len(units)}家' if len(units) > 1 else ''}" if units else ""
    return text.printable(f"{measure.cited}　{typeset(measure.called)}{carried}{notice}")


def _wrapped(line: str, indent: str) -> Iterator[str]:
    for at, part in enumerate(text.wrap(text.printable(line), _CELLS - len(indent) - 2)):
        yield f"{indent}{'  ' if at else ''}{part}"
