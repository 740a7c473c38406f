"""``annotations.toml`` of a notice that comes in: its units with kinds, what rules suggest of measures."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import count

from desktop import pinyin
from desktop.catalogue.model import UNASSIGNED, Measure, Unit
from desktop.catalogue.parsed import ParsedNotice
from desktop.catalogue.terms import fold
from desktop.library.unit_kinds import kind_of
from desktop.reading.suggestions import suggest

_NOTHING: Mapping[str, str] = {}
_HEAD = """# 这份发文的批注：责任单位，以及各条措施的适用对象、支持方式、关键数字和适用条件。
# suggested = true 的是程序按规则自动建议的，还没有人确认。
"""


def written(parsed: ParsedNotice, known: Sequence[Unit], kinds: Mapping[str, str] = _NOTHING) -> str:
    """Return the annotations of ``parsed`` as TOML.

    A unit that is among the ``known`` ones keeps its key and kind; others get a key of their pinyin and the
    kind in ``kinds``, by name, else the one that their name says.
    """
    return "\n".join([_HEAD, *_units(parsed, known, kinds), *_measures(parsed)])


def _units(parsed: ParsedNotice, known: Sequence[Unit], kinds: Mapping[str, str]) -> Iterator[str]:
    by_name = {unit.name: unit for unit in known}
    taken = {UNASSIGNED, *(unit.key for unit in known)}
    for name in dict.fromkeys(named.name for named in parsed.named):
        unit = by_name.get(name)
        key = unit.key if unit else _key(name, taken)
        taken.add(key)
        kind = unit.kind if unit else kinds.get(name, "") or kind_of(name)
        yield f'[[unit]]\nkey = "{key}"\nname = {_quoted(name)}\nkind = "{kind}"\naliases = []\n'


def _key(name: str, taken: set[str]) -> str:
    """Return the pinyin of a name as a key, with a letter behind where it is taken."""
    text = fold(name)
    sounds = [sound for sound in pinyin.syllables(text) if sound.isascii() and sound.isalpha()]
    key = "-".join(sounds) or "danwei"
    others = (f"{key}-{'x' * number}" for number in count(1))
    return key if key not in taken else next(other for other in others if other not in taken)


def _measures(parsed: ParsedNotice) -> Iterator[str]:
    ordinals = {document.key: document.ordinal for document in parsed.documents}
    for measure in parsed.measures:
        lines = list(_suggested(measure))
        if lines:
            place = [f"document = {ordinals[measure.document_key]}", f"number = {measure.number}"]
            yield "\n".join(["[[measure]]", *place, "suggested = true", *lines, ""])


def _suggested(measure: Measure) -> Iterator[str]:
    """Yield a line for each kind of what rules suggest."""
    by_kind: dict[str, list[str]] = {}
    for one in suggest(measure.text, measure.body_start, measure.body_end):
        by_kind.setdefault(one.kind, []).append(_entry(measure, one.value, one.quote, one.start))
    for kind, entries in by_kind.items():
        yield f"{kind} = [{', '.join(entries)}]"


def _entry(measure: Measure, name: str, quote: str, start: int) -> str:
    """Return an entry of the annotations; where its words stand more than once, it says which are meant."""
    words = measure.text[: measure.body_end]
    starts = [found.start() for found in re.finditer(re.escape(quote), words)]
    which = f", {starts.index(start) + 1}" if len(starts) > 1 else ""
    return f"[{_quoted(name)}, {_quoted(quote)}{which}]"


def _quoted(text: str) -> str:
    """Return a TOML string."""
    inner = "".join(
        f"\\u{ord(char):04x}" if char < " " or char == "\x7f" else char
        for char in text.replace("\\", "\\\\").replace('"', '\\"')
    )
    return f'"{inner}"'
