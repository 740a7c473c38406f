"""The inside of a statement of units read: names with their roles, notes, and what could not be decided."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from desktop.reading import statement_words as words
from desktop.reading.model import Mention, NoticeDoubt, Role
from desktop.reading.unit_lists import ListedName, depths, part, trimmed
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
    notes: list[tuple[int, int]] = field(default_factory=list)
    doubts: list[NoticeDoubt] = field(default_factory=list)
    labelled: bool = False
    spoken: bool = False


@dataclass(frozen=True, slots=True)
class LabelledList:
    """What stands behind one label: ``start`` to ``end``, ``label`` is "" in front of the first one."""

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
        if section.of_units:
            _read(source, section, parsed)
        elif span := trimmed(source, section.start - len(section.label), section.end):
            parsed.notes.append(span)
    parsed.mentions.sort(key=lambda mention: mention.start)
    return parsed


def sections(source: str, start: int, end: int) -> Iterator[LabelledList]:
    """Cut at the labels, those of units and others, which stand outside of brackets."""
    text = source[start:end]
    inside = depths(source, start, end)
    labels: list[tuple[int, int, bool]] = []
    for pattern, of_units in ((words.LABEL, True), (words.BLANK_LABEL, True), (words.OTHER_LABEL, False)):
        for found in pattern.finditer(text):
            taken = any(s < found.end() and found.start() < e for s, e, _ in labels)
            if not inside[found.start()] and not taken:
                labels.append((found.start(), found.end(), of_units))
    labels.sort()
    first = labels[0][0] if labels else len(text)
    if text[:first].strip(" \t\r\n　，,；;、"):
        yield LabelledList("", start, start + first, True)
    for at, (label_start, label_end, of_units) in enumerate(labels):
        to = labels[at + 1][0] if at + 1 < len(labels) else len(text)
        yield LabelledList(text[label_start:label_end], start + label_end, start + to, of_units)


def _read(source: str, section: LabelledList, parsed: Parsed) -> None:
    """Read the names of one section, with the roles that its label or its words give."""
    role = words.label_role(section.label)
    rule = section.label.rstrip(":： \t\n") if role else ""
    run: list[Mention] = []
    carried: tuple[Role | None, str] | None = None
    to_end = False
    for piece in part(source, section.start, section.end):
        text = source[piece.start : piece.end]
        if to_end and piece.before not in "。；;":
            _note(parsed, piece, joined=True)
            continue
        to_end = False
        if words.NOTE.search(_outside(text)) or words.DUTIES_ONLY.match(text):
            to_end = bool(words.NOTE_TO_END.match(text))
            parsed.spoken = parsed.spoken or bool(words.DUTIES_ONLY.match(text))
            _note(parsed, piece, joined=False)
            continue
        for name, said, before in _spoken(source, piece, parsed):
            if before:
                if before == Role.JOINT.value:
                    run = [_with(m, Role.JOINT, "联合") for m in run]
                    carried = (Role.JOINT, "联合")
                elif before != "由":
                    if run and run[-1].role is None and before in ("会同",):
                        run = [_with(m, Role.LEAD, before) for m in run]
                    carried = (words.VERB_ROLES[before], before)
            if name:
                mention = _mention(source, name, parsed)
                if mention:
                    run.append(_with(mention, *(carried or (role, rule))))
            if said:
                parsed.spoken = True
                if not role and not carried and words.VERB_ROLES.get(said):
                    run = [_with(m, words.VERB_ROLES[said], said) for m in run]
                parsed.mentions += run
                run = []
                if said in ("牵头", "主办", "配合", "协办", "参与"):
                    carried = None
    parsed.mentions += run


def _with(mention: Mention, role: Role | None, rule: str) -> Mention:
    return mention if mention.role or not role else replace(mention, role=role, rule=rule)


def _outside(text: str) -> str:
    """Return ``text`` without what stands in its brackets, of which a note may be part of a name."""
    return bare(text)


def _note(parsed: Parsed, piece: ListedName, *, joined: bool) -> None:
    if joined and parsed.notes:
        parsed.notes[-1] = (parsed.notes[-1][0], piece.end)
    else:
        parsed.notes.append((piece.start, piece.end))


def _spoken(
    source: str, piece: ListedName, parsed: Parsed
) -> Iterator[tuple[tuple[int, int] | None, str, str]]:
    """Give the names in one part of a list: span, word of role behind it, word in front of it.

    A part may hold several: 市甲局牵头会同市乙局, 由市甲局负责.
    """
    start, end, before = piece.start, piece.end, ""
    while (found := words.HEADING.match(source[start:end])) and unit_likeness(
        _tailless(source[start + found.end() : end])
    ) != "no":
        if found["verb"] in ("配合", "协同", "联合") and not names_its_unit(
            _tailless(source[start + found.end() : end])
        ):
            break
        before = {"联合": Role.JOINT.value, "配合单位": "配合"}.get(found["verb"], found["verb"])
        parsed.spoken = True
        start += found.end()
    for found in words.INFIX.finditer(source[start:end]):
        left, right = source[start : start + found.start()], source[start + found.end() : end]
        if names_its_unit(left) and names_its_unit(_tailless(right)):
            lead = "牵头" if found["lead"] or "牵头" in found[0] else ""
            yield (start, start + found.start()), lead, before
            rest = ListedName(start + found.end(), end, "")
            verb = {"联合": Role.JOINT.value}.get(found["verb"] or "", found["verb"] or "")
            parsed.spoken = True
            inner = list(_spoken(source, rest, parsed))
            yield inner[0][0], inner[0][1], verb or inner[0][2]
            yield from inner[1:]
            return
    text = source[start:end]
    tail = words.TAIL.search(text)
    if tail and (tail.start() == 0 or unit_likeness(text[: tail.start()].strip()) != "no"):
        span = trimmed(source, start, start + tail.start())
        yield span, tail["verb"], before
    else:
        yield trimmed(source, start, end), "", before


def _tailless(text: str) -> str:
    found = words.TAIL.search(text)
    text = text[: found.start()] if found else text
    return words.AND_OTHERS.sub("", text).strip()


def _mention(source: str, span: tuple[int, int], parsed: Parsed) -> Mention | None:
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
    while start < end and source[end - 1] in "）)〕]】〉>":
        opened = _opening(source, start, end)
        bracket = source[opened:end]
        if given := words.BRACKET_ROLE.fullmatch(bracket):
            role, rule = words.label_role(given[1]), bracket
        elif words.BRACKET_NOTE.match(bracket):
            parsed.notes.append((opened + 1, end - 1))
        else:
            break
        end = opened
    if others := words.AND_OTHERS.search(source[start:end]):
        end = start + others.start()
    span_left = trimmed(source, start, end)
    if not span_left:
        return None
    start, end = span_left
    name = "".join(source[start:end].split())
    _doubt(start, end, name, parsed)
    return Mention(start, end, source[start:end], name, role, rule)


def _opening(source: str, start: int, end: int) -> int:
    """Return where the bracket opens that closes before ``end``; ``end`` - 1 where none does."""
    inside = depths(source, start, end)
    outer = inside[-1] - 1
    for place in range(end - 1, start - 1, -1):
        if inside[place - start] == outer + 1 and (place == start or inside[place - start - 1] <= outer):
            return place
    return end - 1


def _doubt(start: int, end: int, name: str, parsed: Parsed) -> None:
    if unit_likeness(name) == "no":
        text = f"“{name[:40]}”是责任单位的名称，还是说明？"
        parsed.doubts.append(NoticeDoubt(start, end, text, "name"))
    elif (found := RUN_ON.search(bare(name))) and names_its_unit(bare(name)[: found.end()]):
        text = f"“{name}”是一个单位，还是中间缺了顿号的两个单位？"
        parsed.doubts.append(NoticeDoubt(start, end, text, "run-on"))
