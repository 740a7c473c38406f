"""The inside of a statement of units read: names with their roles, notes, and what could not be decided."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from desktop.reading import statement_words as words
from desktop.reading.model import Mention, NoticeDoubt, Role
from desktop.reading.spoken import Span, SpokenName, spoken
from desktop.reading.unit_lists import OPENING, OTHERS, depths, nameless, part, trimmed
from desktop.reading.unit_names import bare, names_its_unit, unit_likeness

RUN_ON = re.compile(
    r"(?:局|委|办|厅|部|中心|公司|集团|政府|委员会)"
    r"(?=(?:[省市区县](?!场|域|直|级|容|政公用|委区|委县|政府区|政府县)|各)[\u4e00-\u9fff]{1,12}"
    r"(?:局|委|办|厅|部|中心|公司|集团|政府|委员会)$)"
)
"""Two names with nothing between them, as a lost 、 leaves them."""


@dataclass(slots=True)
class Parsed:
    """What was read: ``labelled`` where a label says that units follow, ``spoken`` where words of role do."""

    mentions: list[Mention] = field(default_factory=list)
    notes: list[Span] = field(default_factory=list)
    doubts: list[NoticeDoubt] = field(default_factory=list)
    labelled: bool = False
    spoken: bool = False

    def doubt(self, kind: str, start: int, end: int, text: str) -> None:
        """Keep what could not be decided."""
        self.doubts.append(NoticeDoubt(start, end, text, kind))


@dataclass(frozen=True, slots=True)
class LabelledList:
    """What stands behind one label: ``start`` to ``end``; ``label`` is "" in front of the first one."""

    label: str
    start: int
    end: int
    of_units: bool


def parse(source: str, start: int, end: int) -> Parsed:
    """Read ``source[start:end]``, the inside of a statement, without its brackets."""
    parsed = Parsed()
    for section in sections(source, start, end):
        if section.label and section.of_units:
            parsed.labelled = True
            if words.ODD_LABEL.match(section.label) and not words.LABEL.match(section.label):
                label = section.label.rstrip(":： ")
                text = f"“{label}”之后的，是否这一条的责任单位？"
                parsed.doubt("name", section.start - len(section.label), section.end, text)
        if section.of_units:
            _read(source, section, parsed)
        elif _lists_units(source, section):
            label = section.label.strip(":： ")
            text = f"“{label}”之后的，是否这一条的责任单位？"
            parsed.doubt("name", section.start - len(section.label), section.end, text)
            _read(source, section, parsed)
        elif span := trimmed(source, section.start - len(section.label), section.end):
            parsed.notes.append(span)
    parsed.mentions.sort(key=lambda mention: mention.start)
    return parsed


def _lists_units(source: str, section: LabelledList) -> bool:
    """Return whether nothing but names of units stands behind a label that is not known, as 责任单立：."""
    if words.NOT_OF_UNITS.match(section.label):
        return False
    listed = [source[piece.start : piece.end] for piece in part(source, section.start, section.end)]
    return bool(listed) and all(names_its_unit(nameless(text)) for text in listed)


def sections(source: str, start: int, end: int) -> Iterator[LabelledList]:
    """Cut at the labels, those of units and others, which stand outside of brackets."""
    text = source[start:end]
    inside = depths(source, start, end)
    labels: list[tuple[int, int, bool]] = []
    kinds = (
        (words.LABEL, True),
        (words.BLANK_LABEL, True),
        (words.ODD_LABEL, True),
        (words.OTHER_LABEL, False),
    )
    for pattern, of_units in kinds:
        for found in pattern.finditer(text):
            taken = any(s < found.end() and found.start() < e for s, e, _ in labels)
            depth = inside[found.start()] - (text[found.start()] in OPENING)
            if not depth and not taken:
                labels.append((found.start(), found.end(), of_units))
    labels.sort()
    first = labels[0][0] if labels else len(text)
    if text[:first].strip(" \t\r\n　，,；;、"):
        yield LabelledList("", start, start + first, True)
    for at, (label_start, label_end, of_units) in enumerate(labels):
        to = labels[at + 1][0] if at + 1 < len(labels) else len(text)
        yield LabelledList(text[label_start:label_end], start + label_end, start + to, of_units)


def is_note(text: str) -> bool:
    """Return whether a part of a list is a note; 市甲局为牵头单位 names a unit."""
    if (role := words.AS_ROLE.search(text)) and names_its_unit(text[: role.start()]):
        return False
    return bool(words.NOTE.search(text) or words.DUTIES_ONLY.match(text))


def _said(source: str, parsed: Parsed) -> bool:
    """Return whether the last note has said what it is about (以下均涉及…，不再列出)."""
    return bool(re.search("不再|列[出明示]|落实|牵头|负责", source[slice(*parsed.notes[-1])]))


@dataclass(slots=True)
class _Run:
    """The names since the last word of role; ``given`` is what a word in front gives to those that follow.

    ``group`` counts the commas, by which names stand together.
    """

    names: list[tuple[Mention, int]] = field(default_factory=list)
    given: tuple[Role | None, str] | None = None
    group: int = 0

    def take(self, role: Role | None, rule: str) -> None:
        self.names = [(_with(mention, role, rule), group) for mention, group in self.names]


def _read(source: str, section: LabelledList, parsed: Parsed) -> None:
    """Read the names of one section, with the roles that its label or its words give."""
    role = words.label_role(section.label)
    label = ("".join(section.label.split()).strip(":：【】[]〔〕（）()"), role) if role else None
    run = _Run()
    to_end = False
    for piece in part(source, section.start, section.end):
        text = source[piece.start : piece.end]
        if to_end and (piece.before not in "。；;" or (piece.before != "。" and not _said(source, parsed))):
            parsed.notes[-1] = (parsed.notes[-1][0], piece.end)
            continue
        to_end = False
        if is_note(bare(text)):
            to_end = bool(words.NOTE_TO_END.match(text))
            parsed.spoken = parsed.spoken or bool(words.DUTIES_ONLY.match(text))
            parsed.notes.append((piece.start, piece.end))
            continue
        run.group += piece.before in ("，", ",", "；", ";")
        for name in spoken(source, piece):
            _take(source, name, run, parsed, label)
    parsed.mentions += _closed(run, label)


def _take(source: str, said: SpokenName, run: _Run, parsed: Parsed, label: tuple[str, Role] | None) -> None:
    """Add one name to the run, and give roles to the run by the words around the name."""
    parsed.spoken = parsed.spoken or bool(said.before or said.behind)
    if said.before == "联合":
        run.take(Role.JOINT, "联合")
    whoever = bool(said.name and said.before and words.WHOEVER.match(source[slice(*said.name)]))
    if said.before == "会同" and not whoever and run.names and not any(m.role for m, _ in run.names):
        first = run.names[-1][0]
        parsed.doubt("role", first.start, first.end, "“会同”前后的单位，是否前者牵头、后者配合？")
        run.take(Role.LEAD, "会同")
    if said.before and said.before != "由" and not whoever:
        run.given = (words.VERB_ROLES[said.before], said.before)
    if said.name and not whoever:
        mention = _mention(source, said.name, parsed)
        if mention:
            run.names.append((_with(mention, *run.given) if run.given else mention, run.group))
    elif said.name:
        parsed.notes.append(said.name)
    if not said.behind:
        return
    role = words.VERB_ROLES.get(said.behind)
    if role and run.given is None:
        _give(said.behind, role, run, parsed, label)
    parsed.mentions += _closed(run, label)
    run.names = []
    if role:
        run.given = None


def _give(said: str, role: Role, run: _Run, parsed: Parsed, label: tuple[str, Role] | None) -> None:
    """Give the role of a word behind names to those it is said of.

    Behind a label of another role (牵头单位：X，Y、Z配合) these are the names behind the first comma.
    """
    if not label or label[1] is role:
        run.take(role, said)
        return
    first = min((group for _, group in run.names), default=0)
    if all(group == first for _, group in run.names):
        mention = run.names[-1][0] if run.names else None
        if mention:
            text = f"“{label[0]}”之下又写了“{said}”，“{mention.name}”是哪一种？"
            parsed.doubt("role", mention.start, mention.end, text)
        return
    run.names = [
        (_with(mention, role, said) if group > first else mention, group) for mention, group in run.names
    ]


def _closed(run: _Run, label: tuple[str, Role] | None) -> list[Mention]:
    return [_with(mention, label[1], label[0]) if label else mention for mention, _ in run.names]


def _with(mention: Mention, role: Role | None, rule: str) -> Mention:
    return mention if mention.role or not role else replace(mention, role=role, rule=rule)


def _mention(source: str, span: Span, parsed: Parsed) -> Mention | None:
    """Return the mention of one name, without marks, 等 and notes; None where nothing is left."""
    start, end = span
    role: Role | None = None
    rule = ""
    while start < end and (source[start] in words.STARS or source[start].isspace()):
        rule = source[start] if source[start] in words.STARS else rule
        start += 1
    while start < end and (source[end - 1] in words.STARS or source[end - 1].isspace()):
        rule = source[end - 1] if source[end - 1] in words.STARS else rule
        end -= 1
    if others := OTHERS.search(source[start:end]):
        end = start + others.start()
    while start < end and depths(source, start, end)[-1]:
        opened = _opening(source, start, end)
        bracket = source[opened:end]
        if given := words.BRACKET_ROLE.fullmatch(bracket):
            role, rule = words.label_role(given[1]), bracket
        elif words.BRACKET_NOTE.match(bracket):
            parsed.notes.append((opened + 1, end - 1))
        else:
            break
        end = opened
    span_left = trimmed(source, start, end)
    if not span_left:
        return None
    start, end = span_left
    name = "".join(source[start:end].split())
    if unit_likeness(name) == "no":
        parsed.doubt("name", start, end, f"“{name[:40]}”是责任单位的名称，还是说明？")
    elif (found := RUN_ON.search(bare(name))) and names_its_unit(bare(name)[: found.end()]):
        parsed.doubt("run-on", start, end, f"“{name}”是一个单位，还是中间缺了顿号的两个单位？")
    return Mention(start, end, source[start:end], name, role, rule)


def _opening(source: str, start: int, end: int) -> int:
    """Return where the bracket opens in which ``source[start:end]`` ends."""
    inside = depths(source, start, end)
    outer = inside[-1] - 1
    return next(
        place
        for place in range(end - 1, start - 1, -1)
        if place == start or inside[place - start - 1] <= outer
    )
