"""A list of units as notices print it: where one name ends and the next begins.

Between names stand 、 ， ； / and blanks; 和, 及, 与, 以及 only where both sides are names
(市财政局和市商务局, but 住房和城乡建设局). A bracket stays with its name; 各市、自治州人民政府 is one
group.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from desktop.reading.unit_names import bare, names_its_unit, unit_likeness
from desktop.reading.unit_words import AREAS, SEATS

OPENING = "（(〔[【〈<"
CLOSING = "）)〕]】〉>"

_PARTING = "、，,；;/／|｜。"
_AREA = "|".join(sorted(AREAS, key=len, reverse=True))
_SEAT = "|".join(sorted(SEATS, key=len, reverse=True))
_GROUP_OPEN = re.compile(rf"^[省市州县]?(?:所属|下辖)?各(?:有关)?(?:{_AREA})$")
_GROUP_GOES_ON = re.compile(rf"^(?:{_AREA})*(?:{_SEAT})?$")
_SEAT_ONLY = re.compile(rf"^(?:{_SEAT})$")
_GROUP_SEATED = re.compile(rf"^[省市州县]?各(?:有关)?(?:{_AREA})+(?:{_SEAT})$")
_AND = re.compile(r"以及|[和及与]")


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
    """Cut ``source[start:end]`` at its separators and at 和 and the like; join groups of areas again."""
    parts: list[ListedName] = []
    inside = depths(source, start, end)
    at, before = start, ""
    for place in range(start, end + 1):
        char = source[place] if place < end else ""
        if place == end or (char in _PARTING and not inside[place - start]):
            piece = trimmed(source, at, place)
            if piece:
                parts += _blanks(source, ListedName(*piece, before))
                before = char
            elif not before:
                before = char
            at = place + 1
    return [word for group in _grouped(source, parts) for word in _joined_by_and(source, group)]


def trimmed(source: str, start: int, end: int) -> tuple[int, int] | None:
    """Return the span without blanks at its ends, None where nothing is left."""
    while start < end and source[start].isspace():
        start += 1
    while start < end and source[end - 1].isspace():
        end -= 1
    return (start, end) if start < end else None


def _blanks(source: str, piece: ListedName) -> list[ListedName]:
    """Cut at blanks that part two names; elsewhere they are a hard wrap or the setting of type."""
    inside = depths(source, piece.start, piece.end)
    found: list[ListedName] = []
    at, before = piece.start, piece.before
    for blank in re.finditer(r"\s+", source[piece.start : piece.end]):
        if inside[blank.start()]:
            continue
        left = source[at : piece.start + blank.start()]
        right = re.split(r"\s", source[piece.start + blank.end() : piece.end])[0]
        if _parts_names(left, right):
            found.append(ListedName(at, piece.start + blank.start(), before))
            at, before = piece.start + blank.end(), " "
    found.append(ListedName(at, piece.end, before))
    return found


def _parts_names(left: str, right: str) -> bool:
    if not right or re.match(r"[和及与等局委厅办部会]|员会|公室", right):
        return False
    return unit_likeness(left) == "sure" and unit_likeness(_without_role(right)) == "sure"


def _without_role(name: str) -> str:
    return re.sub(r"(?:牵头|配合|负责|落实|参与|等).{0,6}$", "", name)


def _grouped(source: str, parts: list[ListedName]) -> list[ListedName]:
    """Join 各市、自治州人民政府 and 各县（市、区）人民政府、管委会, which name one group of areas."""
    found: list[ListedName] = []
    opened = seated = False
    for word in parts:
        plain = _plain(source, word)
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


def _plain(source: str, word: ListedName) -> str:
    """Return the word without brackets, blanks, and what may follow on a name."""
    return re.sub(r"(?:等.{0,6}|牵头|配合|负责|落实|参与)+$", "", bare(source[word.start : word.end]))


def _joined_by_and(source: str, word: ListedName) -> list[ListedName]:
    """Cut at 和, 及, 与, 以及 where they part two names, or stand in front of one."""
    text = source[word.start : word.end]
    inside = depths(source, word.start, word.end)
    if (first := re.match(r"(?:以及|[和及与])(?=[省市区县州各]|有关|相关)", text)) and names_its_unit(
        _without_role(text[first.end() :])
    ):
        return _joined_by_and(source, ListedName(word.start + first.end(), word.end, word.before))
    for found in _AND.finditer(text):
        left, right = text[: found.start()], text[found.end() :]
        if inside[found.start()] or not left or not right:
            continue
        if names_its_unit(left) and names_its_unit(_without_role(right)):
            parted = ListedName(word.start + found.end(), word.end, "和")
            return [
                ListedName(word.start, word.start + found.start(), word.before),
                *_joined_by_and(source, parted),
            ]
    return [word]
