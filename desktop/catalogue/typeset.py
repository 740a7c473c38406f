"""The form that people read: the full-width punctuation that the source's web page lost, put back by rule.

The source shows ``,:()`` where the paper has ``，：（）``. Stored text stays as in the source; readers,
prints and exports show ``typeset(text)``. One character gives exactly one character, so that offsets hold in
both forms.

The rule: ``, : ; ? !`` become full-width unless what stands on both sides (spaces passed over) belongs to a
number or a Latin word: 12:30 and 1,000 stay. At the edge of a text the other side alone decides. A pair of
brackets stays when it holds ASCII alone and touches a number or a Latin word: f(x). Nothing else changes: no
digit, no %, no Latin letter, no quotation mark, no space.
"""

from __future__ import annotations

FULL_WIDTH = {",": "，", ":": "：", ";": "；", "?": "？", "!": "！", "(": "（", ")": "）"}

_MARKS = frozenset(FULL_WIDTH)
_TO_FULL = str.maketrans(FULL_WIDTH)
_TO_HALF = str.maketrans({full: half for half, full in FULL_WIDTH.items()})


def typeset(text: str) -> str:
    """Return ``text`` with Chinese punctuation, of the same length."""
    if _MARKS.isdisjoint(text):
        return text
    kept = _kept_brackets(text)
    shown = list(text.translate(_TO_FULL))
    for index, char in enumerate(text):
        if char in FULL_WIDTH and (index in kept if char in "()" else _is_inside_latin(text, index)):
            shown[index] = char
    return "".join(shown)


def plain(text: str) -> str:
    """Undo :func:`typeset`, exactly for any text without full-width marks of its own."""
    return text.translate(_TO_HALF)


def _is_inside_latin(text: str, index: int) -> bool:
    """Say whether the mark at ``index`` stands inside a number or between Latin words."""
    sides = [side for side in (_neighbour(text, index, -1), _neighbour(text, index, 1)) if side]
    return bool(sides) and all(_is_latin(side) for side in sides)


def _kept_brackets(text: str) -> set[int]:
    """Return where the brackets stand that stay as they are."""
    kept: set[int] = set()
    opened: list[int] = []
    for index, char in enumerate(text):
        if char == "(":
            opened.append(index)
        elif char == ")" and opened:
            start = opened.pop()
            touching = text[max(start - 1, 0) : start] + text[index + 1 : index + 2]
            if text[start:index].isascii() and any(_is_latin(side) for side in touching):
                kept.update((start, index))
    return kept


def _neighbour(text: str, index: int, step: int) -> str:
    """Return the nearest character that is no space, or an empty string at the edge of the text."""
    index += step
    while 0 <= index < len(text):
        if not text[index].isspace():
            return text[index]
        index += step
    return ""


def _is_latin(char: str) -> bool:
    """Say whether ``char`` belongs to a number or a Latin word, e.g. ``7``, ``%``, ``A``, ``/``."""
    return char.isascii() and char not in FULL_WIDTH
