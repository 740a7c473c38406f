"""What a person decided beside the pieces of a notice, laid over what follows from the pieces."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from desktop.reading.adjusting import BY_HAND
from desktop.reading.model import Head, Mention, ReadDocument, Role, Term, UnitStatement
from desktop.reading.operations import day

_OF_HEAD = {"number": "number", "issued_on": "day"}  # kinds of doubts that end when a field is decided
_BETWEEN = "、"


@dataclass(frozen=True, slots=True)
class DecidedFacts:
    """What was decided beside the pieces.

    ``head`` gives fields their values, "" for 原文没有; ``names`` printed names of units the decided ones,
    "" for no unit and several parted by 、; ``kinds`` names of units their kind; ``roles`` are places and
    what all units in them are; ``answered`` the keys of questions with what they asked.
    """

    head: Mapping[str, str] = field(default_factory=dict)
    term: Term | None = None
    names: Mapping[str, str] = field(default_factory=dict)
    kinds: Mapping[str, str] = field(default_factory=dict)
    roles: tuple[tuple[int, int, Role | None], ...] = ()
    answered: frozenset[tuple[str, str]] = frozenset()


def decided_head(head: Head, decided: Mapping[str, str]) -> Head:
    """Return a head with the fields that were decided."""
    if not decided:
        return head
    ended = {_OF_HEAD[name] for name in decided if name in _OF_HEAD}
    head = replace(
        head,
        number=decided.get("number", head.number),
        title=decided.get("title", head.title),
        issuer=decided.get("issuer", head.issuer),
        doubts=tuple(one for one in head.doubts if one.kind not in ended),
    )
    if "addressees" in decided:
        told = tuple(filter(None, map(str.strip, decided["addressees"].split("\n"))))
        head = replace(head, addressees=told)
    if "issued_on" in decided:
        head = replace(head, issued_on=day(decided["issued_on"]), issued_reason=BY_HAND)
    return head


def decided_units(document: ReadDocument, facts: DecidedFacts) -> ReadDocument:
    """Return a document with the roles that were decided, and the names that are several units parted."""
    if not facts.roles and not any(_BETWEEN in name for name in facts.names.values()):
        return document

    def told(statement: UnitStatement) -> UnitStatement:
        mentions = tuple(one for mention in statement.mentions for one in _parted(mention, facts.names))
        return replace(statement, mentions=tuple(_with_role(one, facts) for one in mentions))

    measures = (
        replace(measure, statements=tuple(map(told, measure.statements))) for measure in document.measures
    )
    return replace(document, measures=tuple(measures))


def _parted(mention: Mention, names: Mapping[str, str]) -> Iterator[Mention]:
    """Yield a unit for each name that was given for one printed name, at its place where it is printed."""
    name = names.get(mention.printed, "")
    if _BETWEEN not in name or name == mention.printed:
        yield mention
        return
    at = 0
    for part in filter(None, name.split(_BETWEEN)):
        found = mention.printed.find(part, at)
        if found < 0:
            yield replace(mention, name=part)
            continue
        at = found + len(part)
        yield replace(mention, start=mention.start + found, end=mention.start + at, printed=part, name=part)


def _with_role(mention: Mention, facts: DecidedFacts) -> Mention:
    for start, end, role in facts.roles:
        if start <= mention.start and mention.end <= end:
            mention = replace(mention, role=role, rule=BY_HAND)
    return mention
