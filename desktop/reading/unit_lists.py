"""A list of units as notices print it: where one name ends and the next begins.

Between names stand 、 ， ； / and blanks; 和, 及, 与, 以及 only where both sides are names
(市财政局和市商务局, but 住房和城乡建设局). A bracket stays with its name. 各市、自治州人民政府 is one group,
as both share their last word; 各乡镇人民政府、街道办事处 are two.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from desktop.reading.unit_names import bare, department, level, names_its_unit, unit_likeness
from desktop.reading.unit_words import AREAS, SEATS

OPENING = "（(〔[【〈<｛{［"
CLOSING = "）)〕]】〉>｝}］"

_PARTING = "、，,；;/／|｜。"
_DOTS = "·•・‧∙"
"""Marks that part two names, and stand within one (内蒙古·云山办事处)."""
_AREA = "|".join(sorted(AREAS, key=len, reverse=True))
_SEAT = "|".join(sorted(SEATS, key=len, reverse=True))
_GROUP_OPEN = re.compile(rf"^[省市州县]?(?:所属|下辖)?各(?:有关)?(?:{_AREA})$")
_GROUP_GOES_ON = re.compile(rf"^(?:{_AREA})+(?:{_SEAT})?$")
_SEAT_ONLY = re.compile(r"^(?:管委会|管理委员会|党工委|工委)$")
_GROUP_SEATED = re.compile(rf"^[省市州县]?各(?:有关)?(?:{_AREA})+(?:{_SEAT})$")
_MOST_ANDS = 8
_AND = re.compile(r"以及|[和及与]")
_NEXT_BLANK = re.compile(r"\s")
_BROKEN_WORD = re.compile(r"[和及与等局委厅办部会]|员会|公室|民政府|府(?!办)|中心支行|分行|支行")
_BEHIND_NAME = re.compile(
    r"(?:按照?(?:各自)?职[责能](?:分工)?|分别|共同|牵头|配合|负责|落实|参与|实施|等).{0,10}$"
)
OTHERS = re.compile(
    r"等(?:[一二三四五六七八九十\d]+[个家])?"
    r"(?:国务院|中央|市级|省级|区级|县级|市直|省直|区直|县直|省|市|区|县|行业|各|相关|有关|主管|职能|责任|成员|其他)*"
    r"(?:(?:部门|单位|机构|企业|银行|部委|委办局)(?:[和及与、](?:部门|单位|机构))?)?$"
)
"""等, 等部门, 等有关单位 behind a name."""


@dataclass(frozen=True, slots=True)
class ListedName:
    """A stretch of a list between two separators; ``before`` is the separator in front of it, "" at first."""

    start: int
    end: int
    before: str


def depths(source: str, start: int, end: int) -> list[int]:
    """Return for each character how many brackets it stands in; a bracket counts as inside itself."""
    depth, found = 0, []
    for char in source[start:end]:
        if char in OPENING:
            depth += 1
        found.append(depth)
        if char in CLOSING and depth:
            depth -= 1
    return found


def part(source: str, start: int, end: int) -> list[ListedName]:
    """Cut ``source[start:end]`` at its separators, and join groups of areas again."""
    parts: list[ListedName] = []
    inside = depths(source, start, end)
    parted = any(source[at] in _PARTING and not inside[at - start] for at in range(start, end))
    at, before = start, ""
    for place in range(start, end + 1):
        char = source[place] if place < end else ""
        parts_here = char in _PARTING or (char and char in _DOTS and _dot_parts(source, at, place, end))
        if place == end or (parts_here and not inside[place - start]):
            piece = trimmed(source, at, place)
            if piece:
                parts += _blanks(source, ListedName(*piece, before), parted)
                before = char
            elif not before:
                before = char
            at = place + 1
    return _grouped(source, parts)


def _dot_parts(source: str, at: int, place: int, end: int) -> bool:
    """Return whether the dot at ``place`` stands between two names of units."""
    right = re.split(rf"[{_PARTING}{_DOTS}]", source[place + 1 : end], maxsplit=1)[0]
    return names_its_unit(source[at:place]) and names_its_unit(nameless(right))


def trimmed(source: str, start: int, end: int) -> tuple[int, int] | None:
    """Return the span without blanks at its ends, None where nothing is left."""
    while start < end and source[start].isspace():
        start += 1
    while start < end and source[end - 1].isspace():
        end -= 1
    return (start, end) if start < end else None


def nameless(text: str) -> str:
    """Return ``text`` without the words of role and the 等 that may follow on a name."""
    return OTHERS.sub("", _BEHIND_NAME.sub("", text)).strip()


def _blanks(source: str, piece: ListedName, parted: bool) -> list[ListedName]:
    """Cut at blanks that part two names; elsewhere they are a hard wrap or the setting of type.

    Where the list is ``parted`` by 、 and the like, a line's end parts only departments with their level.
    """
    inside = depths(source, piece.start, piece.end)
    found: list[ListedName] = []
    at, before = piece.start, piece.before
    for blank in re.finditer(r"\s+", source[piece.start : piece.end]):
        if inside[blank.start()]:
            continue
        left = source[at : piece.start + blank.start()]
        behind = _NEXT_BLANK.search(source, piece.start + blank.end(), piece.end)
        right = source[piece.start + blank.end() : behind.start() if behind else piece.end]
        if _parts_names(left, nameless(right), parted, "\n" in blank[0]):
            found.append(ListedName(at, piece.start + blank.start(), before))
            at, before = piece.start + blank.end(), " "
    found.append(ListedName(at, piece.end, before))
    return found


def _parts_names(left: str, right: str, parted: bool, wrapped: bool) -> bool:
    if not right or _BROKEN_WORD.match(right):
        return False
    if parted and not wrapped:
        return all(
            unit_likeness(name) == "sure"
            and (len(bare(name)) >= 4 or (len(bare(name)) == 3 and level(bare(name))))
            for name in (left, right)
        )
    if parted:
        return all(department(name) is not None and level(bare(name)) for name in (left, right))
    return unit_likeness(left) == "sure" and unit_likeness(right) == "sure"


def _grouped(source: str, parts: list[ListedName]) -> list[ListedName]:
    """Join 各市、自治州人民政府 and 各县（市、区）人民政府、管委会, which name one group of areas."""
    found: list[ListedName] = []
    opened = seated = False
    for word in parts:
        plain = nameless(bare(source[word.start : word.end]))
        parted = word.before in "、/／" and word.before
        if parted and ((opened and _GROUP_GOES_ON.match(plain)) or (seated and _SEAT_ONLY.match(plain))):
            found[-1] = ListedName(found[-1].start, word.end, found[-1].before)
            opened = opened and not re.search(f"(?:{_SEAT})$", plain)
            seated = not opened
            continue
        opened = bool(_GROUP_OPEN.match(plain))
        seated = bool(_GROUP_SEATED.match(plain))
        found.append(word)
    return found


def parted_by_and(source: str, start: int, end: int) -> list[tuple[int, int]]:
    """Cut one stretch at 和, 及, 与, 以及 where they part two names, or stand in front of one.

    市财政局等部门及各地区 are 市财政局等部门 and 各地区.
    """
    text = source[start:end]
    if (first := _AND.match(text)) and names_its_unit(nameless(text[first.end() :])):
        return parted_by_and(source, start + first.end(), end)
    inside = depths(source, start, end)
    ands = [found for found in _AND.finditer(text) if not inside[found.start()]]
    for found in ands if len(ands) <= _MOST_ANDS else ():
        left, right = text[: found.start()], text[found.end() :]
        if not left or not right or not _is_name(left) or re.match(r"(?:单位|部门|机构)", right):
            continue
        rest = parted_by_and(source, start + found.end(), end)
        if _is_name(source[slice(*rest[0])]):
            return [(start, start + found.start()), *rest]
    return [(start, end)]


def _is_name(text: str) -> bool:
    shorter = OTHERS.sub("", text)
    return names_its_unit(shorter) or (shorter != text and unit_likeness(shorter) == "sure")
