"""What a document says of all its statements of units at once: who leads, and whose a shortened name is."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from desktop.reading import statement_words as words
from desktop.reading.model import Mention, NoticeDoubt, Role, UnitStatement
from desktop.reading.unit_names import resolve_all

Statements = tuple[UnitStatement, ...]


@dataclass(frozen=True, slots=True)
class RoleRule:
    """A note that gives roles by place or mark: ``kind`` is ``first``, ``comma`` or ``star``."""

    kind: str
    text: str
    rest_support: bool


def settle(
    source: str, measures: Sequence[Statements], extra: Sequence[tuple[int, int]] = ()
) -> tuple[Statements, ...]:
    """Return the statements of a document's measures with what the document says of all of them.

    Notes that give roles (列第一位的为牵头单位) hold for each statement that gives none itself; they may also
    stand in the spans ``extra`` (letter, preamble, notes, closing). Shortened names become full ones in
    :attr:`Mention.name`. The same doubt is kept once.
    """
    notes = [note for statements in measures for statement in statements for note in statement.notes]
    rules = role_rules([*notes, *(_sentences(source, extra))])
    names = resolve_all(
        [mention.name for mention in statement.mentions]
        for statements in measures
        for statement in statements
    )
    asked: set[tuple[str, str]] = set()
    return tuple(
        tuple(_settled(source, statement, rules, names, asked) for statement in statements)
        for statements in measures
    )


def role_rules(texts: Iterable[str]) -> tuple[RoleRule, ...]:
    """Return the rules that notes give, one of each kind, the first that is said."""
    found: dict[str, RoleRule] = {}
    for text in texts:
        for kind, pattern in (
            ("comma", words.FIRST_COMMA_LEADS),
            ("first", words.FIRST_LEADS),
            ("star", words.STAR_LEADS),
        ):
            if pattern.search(text):
                found.setdefault(kind, RoleRule(kind, text, bool(words.REST_SUPPORT.search(text))))
                break
    return tuple(found.values())


def _sentences(source: str, spans: Sequence[tuple[int, int]]) -> list[str]:
    return [
        sentence.strip()
        for start, end in spans
        for sentence in source[start:end].replace("；", "。").replace("\n", "。").split("。")
        if "牵头" in sentence or "主办" in sentence
    ]


def _settled(
    source: str,
    statement: UnitStatement,
    rules: Sequence[RoleRule],
    names: dict[str, str],
    asked: set[tuple[str, str]],
) -> UnitStatement:
    mentions = [replace(m, name=names.get(m.name, m.name)) for m in statement.mentions]
    doubts = list(statement.doubts)
    starred = [m for m in mentions if m.role is None and m.rule in words.STARS and m.rule]
    star = next((rule for rule in rules if rule.kind == "star"), None)
    if starred and not star:
        text = f"单位名称旁的“{starred[0].rule}”是什么意思？是否表示牵头单位？"
        doubts.append(NoticeDoubt(starred[0].start - 1, starred[0].end, text, "star"))
    mentions = [
        replace(m, role=Role.LEAD, rule=star.text) if star and m in starred else _unmarked(m)
        for m in mentions
    ]
    for rule in rules:
        if rule.kind != "star" and not any(mention.role for mention in mentions):
            mentions = _by_place(source, mentions, rule)
    kept = []
    for doubt in doubts:
        if (doubt.kind, doubt.text) not in asked or doubt.kind in ("bracket", "bare"):
            asked.add((doubt.kind, doubt.text))
            kept.append(doubt)
    return replace(statement, mentions=tuple(mentions), doubts=tuple(kept))


def _unmarked(mention: Mention) -> Mention:
    return mention if mention.role else replace(mention, rule="")


def _by_place(source: str, mentions: list[Mention], rule: RoleRule) -> list[Mention]:
    """Give the lead to the first name, or to those before the first comma (all, where there is none)."""
    found: list[Mention] = []
    leading = True
    for at, mention in enumerate(mentions):
        if at:
            between = source[mentions[at - 1].end : mention.start]
            leading = leading and rule.kind == "comma" and not ("，" in between or "," in between)
        role = Role.LEAD if leading else (Role.SUPPORT if rule.rest_support else None)
        found.append(replace(mention, role=role, rule=rule.text if role else ""))
    return found
