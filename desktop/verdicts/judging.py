"""One measure judged for one enterprise, its clauses apart.

适用 where one clause that offers something holds, 不适用 where none can, 可能适用 between; 面向部门的工作
where no clause offers anything; no verdict where nobody has written rules for the measure. What only the unit
can find changes none of these: it is said beside them. Filling in what is missing only ever settles 可能适用.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from desktop.catalogue import facts, rules
from desktop.catalogue.clauses import Clause
from desktop.catalogue.model import Measure
from desktop.catalogue.rules import Predicate, Rule, RuleQuote
from desktop.verdicts import kleene, relevant
from desktop.verdicts.known import Known


class Finding(StrEnum):
    """What is found of a measure."""

    APPLIES = "applies"
    MAYBE = "maybe"
    NO = "no"
    INTERNAL = "internal"
    UNRULED = "unruled"


@dataclass(frozen=True, slots=True)
class Reason:
    """Why, in words, and the words of the measure that ask for it: verbatim, at ``start`` in its text."""

    words: str
    quote: str
    start: int


@dataclass(frozen=True, slots=True)
class MissingFact:
    """A fact or figure that is not known and may settle it, as it is asked, and the words that ask for it."""

    key: str
    name: str
    question: str
    quote: str
    start: int


@dataclass(frozen=True, slots=True)
class ClauseVerdict:
    """A clause judged; ``value`` is None where it is open, and where it is work of government bodies.

    ``reasons_for`` and ``reasons_against`` are about its predicates that are known and tell; ``missing`` is
    empty unless it is open.
    """

    clause: Clause
    value: bool | None
    reasons_for: tuple[Reason, ...] = ()
    reasons_against: tuple[Reason, ...] = ()
    missing: tuple[MissingFact, ...] = ()

    @property
    def finding(self) -> Finding:
        """Return what is found of the clause."""
        if self.clause.internal:
            return Finding.INTERNAL
        return Finding.MAYBE if self.value is None else Finding.APPLIES if self.value else Finding.NO


@dataclass(frozen=True, slots=True)
class Verdict:
    """A measure judged. APPLIES has a reason for, NO a reason against, MAYBE something missing.

    ``missing`` is what its verdict can still depend on; a clause may lack more.

    ``reasons_for`` are those of clauses that hold, else what speaks for the open ones; ``reasons_against``
    those of clauses that do not hold. ``unit_decides`` is what only the unit can find about the clauses that
    hold, else about the open ones (须由单位认定).
    """

    measure_key: str
    finding: Finding
    clauses: tuple[ClauseVerdict, ...] = ()
    reasons_for: tuple[Reason, ...] = ()
    reasons_against: tuple[Reason, ...] = ()
    missing: tuple[MissingFact, ...] = ()
    unit_decides: tuple[RuleQuote, ...] = ()


def judge(measure: Measure, clauses: Sequence[Clause], known: Known) -> Verdict:
    """Judge one measure by its clauses, for an enterprise of which that is known."""
    if not clauses:
        return Verdict(measure.key, Finding.UNRULED)
    judged = tuple(judge_clause(clause, known) for clause in clauses)
    offered = [each for each in judged if not each.clause.internal]
    if not offered:
        return Verdict(measure.key, Finding.INTERNAL, judged)
    holding = [each for each in offered if each.value]
    open_ones = [each for each in offered if each.value is None]
    finding = Finding.APPLIES if holding else Finding.MAYBE if open_ones else Finding.NO
    told = holding or open_ones
    return Verdict(
        measure.key,
        finding,
        judged,
        _once(reason for each in told for reason in each.reasons_for),
        _once(reason for each in offered if each.value is False for reason in each.reasons_against),
        () if holding else _worth_asking(open_ones, known),
        tuple(quote for each in told for quote in each.clause.unit_decides),
    )


def judge_clause(clause: Clause, known: Known) -> ClauseVerdict:
    """Judge one clause."""
    if clause.rule is None:
        return ClauseVerdict(clause, None)
    value = value_of(clause.rule, known)
    told: dict[bool | None, list[Predicate]] = {True: [], False: [], None: []}
    _tell(clause.rule, value, known, told, upright=True)
    whole = clause.quotes[0]
    return ClauseVerdict(
        clause,
        value,
        tuple(_reason(each, known, whole) for each in told[True]),
        tuple(_reason(each, known, whole) for each in told[False]),
        _first_of_each(fact for each in told[None] for fact in _missing(each, known, whole))
        if value is None
        else (),
    )


def judge_all(
    measures: Iterable[Measure], clauses: Mapping[str, Sequence[Clause]], known: Known
) -> tuple[Verdict, ...]:
    """Judge each measure, in order; one without an entry in ``clauses`` has no rules."""
    return tuple(judge(measure, clauses.get(measure.key, ()), known) for measure in measures)


def value_of(rule: Rule, known: Known) -> bool | None:
    """Return whether a rule holds, without reasons."""
    if isinstance(rule, Predicate):
        return known.answer(rule).value
    values = (value_of(part, known) for part in rule.parts)
    if rule.how == rules.ALL:
        return kleene.every(values)
    if rule.how == rules.ANY:
        return kleene.some(values)
    return kleene.negated(next(values))


def finding_of(clauses: Iterable[Clause], known: Known) -> Finding:
    """Return what :func:`judge` finds of a measure that has clauses, without reasons."""
    offered = [clause.rule for clause in clauses if clause.rule]
    if not offered:
        return Finding.INTERNAL
    value = kleene.some(value_of(rule, known) for rule in offered)
    return Finding.MAYBE if value is None else Finding.APPLIES if value else Finding.NO


def _tell(
    rule: Rule, value: bool | None, known: Known, told: dict[bool | None, list[Predicate]], *, upright: bool
) -> None:
    """Sort the predicates that made ``value``: what speaks for it, against it, and what is open.

    ``upright`` is false under *not*: there a predicate that does not hold speaks for it.
    """
    if isinstance(rule, Predicate):
        told[value if upright or value is None else not value].append(rule)
        return
    inverted = rule.how == rules.NOT
    for part in rule.parts:
        found = value_of(part, known)
        made = value if not inverted else kleene.negated(value)
        if found == made or (value is None and found is (rule.how == rules.ALL)):
            _tell(part, found, known, told, upright=upright != inverted)


def _reason(predicate: Predicate, known: Known, whole: RuleQuote) -> Reason:
    quote = predicate.quote or whole
    return Reason(known.answer(predicate).words, quote.words, quote.start)


def _missing(predicate: Predicate, known: Known, whole: RuleQuote) -> tuple[MissingFact, ...]:
    quote = predicate.quote or whole
    asked = [facts.asked(key) for key in known.answer(predicate).missing]
    return tuple(MissingFact(each.key, each.name, each.question, quote.words, quote.start) for each in asked)


def _worth_asking(open_ones: Iterable[ClauseVerdict], known: Known) -> tuple[MissingFact, ...]:
    """Return what is missing for the open clauses together, without what decides nothing."""
    trees = [each.clause.rule for each in open_ones if each.clause.rule]
    needed = {(each.kind, each.values) for each in relevant.open_predicates(trees, known)}
    return _first_of_each(
        fact
        for each in open_ones
        if each.clause.rule
        for predicate in rules.predicates(each.clause.rule)
        if (predicate.kind, predicate.values) in needed
        for fact in _missing(predicate, known, each.clause.quotes[0])
    )


def _once(reasons: Iterable[Reason]) -> tuple[Reason, ...]:
    """Return the reasons, each words with the same quotation once."""
    return tuple({(each.words, each.quote): each for each in reasons}.values())


def _first_of_each(missing: Iterable[MissingFact]) -> tuple[MissingFact, ...]:
    found: dict[str, MissingFact] = {}
    for each in missing:
        found.setdefault(each.key, each)
    return tuple(found.values())
