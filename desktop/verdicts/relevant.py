"""What is still worth asking: of the open predicates of a measure those on which its verdict can depend.

The open clauses together are *any* of terms, each *all* of open predicates. A term that another one is part
of decides nothing: where “小微企业 and 融资需求” is enough, “小微企业, 融资需求 and 受灾” need not be asked.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import product
from typing import TypeAlias

from desktop.catalogue import facts, rules
from desktop.catalogue.rules import Predicate, Rule
from desktop.verdicts.known import Known

_MOST = 256  # terms; more than any rule that people write

Literal: TypeAlias = tuple[str, tuple[str, ...], bool]
Term: TypeAlias = Mapping[Literal, Predicate]


def open_predicates(trees: Iterable[Rule], known: Known) -> tuple[Predicate, ...]:
    """Return the open predicates on which *any* of ``trees``, none of which holds yet, can depend."""
    trees = tuple(trees)
    terms = [term for tree in trees for term in _terms(tree, known, upright=True)]
    if len(terms) > _MOST:
        return tuple(each for tree in trees for each in rules.predicates(tree) if _is_open(each, known))
    needed = [
        term for at, term in enumerate(terms) if not any(_makes_idle(terms, other, at) for other in terms)
    ]
    return tuple({literal: each for term in needed for literal, each in term.items()}.values())


def _makes_idle(terms: list[Term], other: Term, at: int) -> bool:
    """Return whether the term at ``at`` says no more than another; of equal ones the first stays."""
    term = terms[at]
    if other is term or not _part_of(other, term):
        return False
    return not _part_of(term, other) or any(each is other for each in terms[:at])


def _part_of(part: Term, whole: Term) -> bool:
    return all(any(_implies(one, each) for one in whole) for each in part)


def _implies(one: Literal, other: Literal) -> bool:
    """Return whether the other holds wherever the one does."""
    if one == other:
        return True
    if one[0] != other[0] or one[2] != other[2]:
        return False
    narrow, wide = (one[1], other[1]) if one[2] else (other[1], one[1])
    if one[0] == rules.FACT:
        return wide[0] in facts.vocabulary()[narrow[0]].implies
    return one[0] in (rules.SIZE, rules.INDUSTRY) and set(narrow) <= set(wide)


def _terms(tree: Rule, known: Known, *, upright: bool) -> list[Term]:
    """Return the terms any of which makes a tree hold (or not hold, unless ``upright``)."""
    if isinstance(tree, Predicate):
        value = known.answer(tree).value
        if value is None:
            return [{(tree.kind, tree.values, upright): tree}]
        return [{}] if value is upright else []
    if tree.how == rules.NOT:
        return _terms(tree.parts[0], known, upright=not upright)
    parts = [_terms(part, known, upright=upright) for part in tree.parts]
    if (tree.how == rules.ALL) != upright:
        return [term for part in parts for term in part]
    return list(_joined(parts))


def _joined(parts: list[list[Term]]) -> Iterator[Term]:
    for at, chosen in enumerate(product(*parts)):
        if at > _MOST:
            return
        yield {literal: each for term in chosen for literal, each in term.items()}


def _is_open(predicate: Predicate, known: Known) -> bool:
    return known.answer(predicate).value is None
