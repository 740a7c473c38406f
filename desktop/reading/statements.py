"""Statements of units in a measure's text: brackets that name them, and lines of their own.

A bracket with a label (责任单位：…) or with names and words of role (X牵头，Y配合) is one wherever it
stands. A bracket with nothing but names is one behind a sentence; where a name stands right before it, it
belongs to that name (专班办公室（市某局）). What could be meant either way gives a doubt.
"""

from __future__ import annotations

import re

from desktop.reading import statement_words as words
from desktop.reading.model import UnitStatement
from desktop.reading.unit_lists import CLOSING, OPENING
from desktop.reading.unit_names import bare, level, names_its_unit, names_somebody, unit_likeness
from desktop.reading.units_parsed import Parsed, is_note, parse

_LINE_LABEL = re.compile(rf"(?:^|(?<=[\n。；;！!]))[ \t　]*[*＊★▲●■◆·]?\s*(?P<label>{words.LABEL.pattern})")
_NEW_PIECE = re.compile(
    r"\s+(?=(?:\d{1,3}\s*[.．、]|[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十\d]{1,3}[）)]|"
    r"第[一二三四五六七八九十百]{1,4}[条章]|附件|本(?:措施|政策|通知|意见|办法)))"
)
_SENTENCE_END = "。；;！!？?”）)〕]】"
_DUTIES = "按职责"
_LONGEST_LABEL = 60
_SEATED = re.compile(r"^各.*(?:政府|管委会|办事处)$")
_ONLY_UNITS = re.compile(r"[^。；;\n]*(?:牵头|配合|负责|落实)[^。；;\n]{0,4}$")


def find_statements(source: str, start: int, end: int) -> tuple[UnitStatement, ...]:
    """Return the statements of units in ``source[start:end]``, in their order and without overlap."""
    found = _brackets(source, start, end)
    for at, to in _lines(source, start, end):
        if not any(statement.start < to and at < statement.end for statement in found):
            found.append(_statement(source, at, to, at, to))
    if not found and (spoken := _last_sentence(source, start, end)):
        found.append(spoken)
    return tuple(sorted(found, key=lambda statement: statement.start))


def read_statement(source: str, start: int, end: int) -> UnitStatement:
    """Read ``source[start:end]`` as one statement because somebody says that it is one."""
    while start < end and source[start].isspace():
        start += 1
    while start < end and (source[end - 1].isspace() or source[end - 1] == "。"):
        end -= 1
    if start < end and source[start] in OPENING and _closings(source, start, end)[start] == end - 1:
        return _statement(source, start, end, start + 1, end - 1)
    return _statement(source, start, end, start, end)


def _statement(
    source: str, start: int, end: int, inner_start: int, inner_end: int, parsed: Parsed | None = None
) -> UnitStatement:
    read = parsed or parse(source, inner_start, inner_end)
    notes = tuple("".join(source[at:to].split()) for at, to in sorted(read.notes))
    return UnitStatement(start, end, tuple(read.mentions), notes, tuple(read.doubts))


def _brackets(source: str, start: int, end: int) -> list[UnitStatement]:
    """Return the statements in brackets; a bracket within another is looked at when that one is none."""
    found: list[UnitStatement] = []
    closing = _closings(source, start, end)
    after = start
    for at in sorted(closing):
        if at >= after and (statement := _bracket(source, at, closing[at], end)):
            found.append(statement)
            after = statement.end
    return found


def _closings(source: str, start: int, end: int) -> dict[int, int]:
    """Return where each bracket closes, -1 for those that do not before a new numbered line begins.

    Any closing bracket closes any opening one: notices mix （ with ).
    """
    found: dict[int, int] = {}
    opened: list[int] = []
    for at in range(start, end):
        if source[at] in OPENING:
            opened.append(at)
            found[at] = -1
        elif source[at] in CLOSING and opened:
            found[opened.pop()] = at
        elif source[at] == "\n" and opened and _NEW_PIECE.match(source, at, end):
            opened.clear()
    return found


def _bracket(source: str, opened: int, close: int, end: int) -> UnitStatement | None:
    if close < 0:
        return _unclosed(source, opened, end)
    inside = source[opened + 1 : close]
    lead = inside.lstrip("".join(words.STARS) + " \t\r\n　")
    if words.LABEL.match(lead) or words.BLANK_LABEL.match(lead):
        return _statement(source, opened, close + 1, opened + 1, close)
    sentence, _, rest = inside.partition("。")
    if not 3 <= len(inside) <= 400 or re.search("[！？《]", sentence):
        return None
    labelled = words.LABEL.search(rest)
    if rest.strip() and not labelled and not words.NOTE.search(rest):
        return None
    if labelled or words.LABEL.search(inside) or words.ODD_LABEL.search(inside):
        parsed = parse(source, opened + 1, close)
        if any(names_its_unit(mention.name) for mention in parsed.mentions):
            return _statement(source, opened, close + 1, opened + 1, close, parsed)
    if (label := words.OTHER_LABEL.match(inside)) and not words.NOT_OF_UNITS.match(inside):
        parsed = parse(source, opened + 1 + label.end(), close)
        named = parsed.mentions and all(names_its_unit(mention.name) for mention in parsed.mentions)
        if named and any(_place(source, opened, close, end)):
            text = f"“{label[0].strip(' :：')}”之后的，是否这一条的责任单位？"
            parsed.doubt("name", opened + 1, close, text)
            return _statement(source, opened, close + 1, opened + 1, close, parsed)
        return None
    return _unlabelled(source, opened, close, end)


def _unclosed(source: str, opened: int, end: int) -> UnitStatement | None:
    """Return the statement of a bracket with a label that never closes: to the end of its line."""
    to = end
    if (line_end := source.find("\n", opened, end)) >= 0:
        to = line_end
    if not words.LABEL.match(source[opened + 1 : min(to, opened + _LONGEST_LABEL)]):
        return None
    if any(char in OPENING for char in source[opened + 1 : to]):
        deeper = max(at for at in range(opened + 1, to) if source[at] in CLOSING + OPENING)
        if source[deeper] in CLOSING and not source[deeper + 1 : to].strip(" 。"):
            to = deeper + 1
    parsed = parse(source, opened + 1, to)
    parsed.doubt("bracket", opened, to, "这一处责任单位的括号没有右半边，到行末为止是否都是责任单位？")
    return _statement(source, opened, to, opened + 1, to, parsed)


def _unlabelled(source: str, opened: int, close: int, end: int) -> UnitStatement | None:
    """Return the statement of a bracket without a label, None where it is something else."""
    behind_sentence, ends = _place(source, opened, close, end)
    if not (ends or behind_sentence):
        return None
    parsed = parse(source, opened + 1, close)
    inside = source[opened + 1 : close]
    if _says_who(inside) or (parsed.spoken and re.search("^由|会同", inside)):
        return _statement(source, opened, close + 1, opened + 1, close, parsed) if _asked(parsed) else None
    if parsed.spoken or parsed.doubts or not parsed.mentions:
        return None
    names = [mention.name for mention in parsed.mentions]
    if not any(names_its_unit(name) for name in names) or not all(names_somebody(name) for name in names):
        return None
    if len(names) < 2 and not behind_sentence:
        return None
    if behind_sentence and (len(names) > 1 or level(bare(names[0])) or _SEATED.search(names[0])):
        return _statement(source, opened, close + 1, opened + 1, close, parsed)
    if not behind_sentence and unit_likeness(_word_before(source, opened)) == "sure":
        return None
    parsed.doubt("bare", opened, close + 1, f"“{source[opened : close + 1]}”是这一条的责任单位吗？")
    return _statement(source, opened, close + 1, opened + 1, close, parsed)


def _place(source: str, opened: int, close: int, end: int) -> tuple[bool, bool]:
    """Return whether a bracket stands behind a sentence, and whether it ends one."""
    before = source[max(0, opened - 20) : opened].rstrip()[-1:]
    after = source[close + 1 : min(end, close + 20)].lstrip(" \t　")
    return not before or before in _SENTENCE_END, not after or after[0] in "。；;\n"


def _says_who(inside: str) -> bool:
    """Return whether the first sentence ends in a word of role: …牵头，…配合, …按职责分工负责."""
    sentence = re.split("[。；;]", bare(inside))[0].rstrip()
    parts = [part.strip() for part in re.split("[，,]", sentence) if not is_note(part)]
    last = parts[-1] if parts else ""
    return any(pattern.search(last) for pattern in (words.AS_ROLE, words.TAIL)) or _DUTIES in sentence


def _asked(parsed: Parsed) -> bool:
    """Return whether the names of a bracket with words of role are units; an odd one among them is asked."""
    if not any(names_somebody(mention.name) for mention in parsed.mentions):
        return False
    asked = {doubt.start for doubt in parsed.doubts}
    for mention in parsed.mentions:
        if mention.start not in asked and unit_likeness(mention.name) == "likely":
            text = f"“{mention.name[:40]}”是责任单位的名称，还是说明？"
            parsed.doubt("name", mention.start, mention.end, text)
    return True


def _word_before(source: str, at: int) -> str:
    return re.split(r"[，。；、,;：:\s“”（）()]|由|和|与", source[max(0, at - 20) : at])[-1]


def _lines(source: str, start: int, end: int) -> list[tuple[int, int]]:
    """Return the spans of statements without brackets: from a label at a line's or a sentence's beginning.

    They end at the line's end, unless a name goes on beyond it, and before a new number.
    """
    found: list[tuple[int, int]] = []
    text = source[start:end]
    for label in _LINE_LABEL.finditer(text):
        at = start + label.start("label")
        if found and at < found[-1][1]:
            continue
        to = _line_end(source, start + label.end(), end)
        found.append((at, to))
    return found


def _line_end(source: str, at: int, end: int) -> int:
    to = at
    while True:
        line = source.find("\n", to, end)
        stop = line if line >= 0 else end
        if (period := source.find("。", at, stop)) >= 0 and not source[period + 1 : stop].strip().startswith(
            "以"
        ):
            return period
        if parted := _NEW_PIECE.search(source, at, stop):
            return parted.start()
        if line < 0 or not _goes_on(source[at:stop], source[line + 1 : end]):
            return stop if source[at:stop].strip() or line < 0 else _line_end(source, line + 1, end)
        to = line + 1


def _goes_on(line: str, rest: str) -> bool:
    """Return whether the list of names goes on in the next line: a separator, or a name cut in two."""
    following = rest.split("\n", 1)[0].strip()
    if not following or words.LABEL.match(following) or _NEW_PIECE.match("\n" + following):
        return False
    if line.rstrip().endswith(("、", "，", ",")) or following.startswith(("、", "，", ",")):
        return True
    last = re.split("[、，,；;：:]", bare(line))[-1]
    first = re.split("[、，,；;。]", following)[0]
    return (
        len(line) > 15
        and unit_likeness(last) != "sure"
        and names_its_unit(last + bare(first))
        and len(first) < 12
    )


def _last_sentence(source: str, start: int, end: int) -> UnitStatement | None:
    """Return the last sentence where it is nothing but names and words of role: 市甲局牵头，市乙局配合。"""
    text = source[start:end].rstrip(" \t\r\n　。")
    begin = max(text.rfind(mark) for mark in "。；;！\n") + 1
    if not begin or not _ONLY_UNITS.match(text[begin:]) or not text[begin:].strip():
        return None
    at = start + begin + (len(text[begin:]) - len(text[begin:].lstrip()))
    parsed = parse(source, at, start + len(text))
    if parsed.doubts or not parsed.spoken or not parsed.mentions:
        return None
    if not all(names_its_unit(mention.name) for mention in parsed.mentions):
        return None
    return _statement(source, at, start + len(text), at, start + len(text), parsed)
