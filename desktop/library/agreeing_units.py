"""Units of a notice from another desk: the same name has the key that it has here, and no key gets two names.

What was entered here hangs on the keys here. A key that means another unit there would hang it on that.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import count
from pathlib import Path

from desktop.catalogue.model import UNASSIGNED, Unit
from desktop.catalogue.notice_files import ANNOTATIONS
from desktop.errors import KnownError

_TABLE = re.compile(r"^[ \t]*\[\[?[^\[\]\n]*\]?\][ \t]*$", re.MULTILINE)
_UNIT = re.compile(r"[ \t]*\[\[[ \t]*unit[ \t]*\]\][ \t]*")
_KEY = re.compile(r'^([ \t]*key[ \t]*=[ \t]*")([a-z-]+)("[ \t]*)$', re.MULTILINE)


def keys_here(units: Sequence[Unit], known: Sequence[Unit]) -> dict[str, str]:
    """Return for the key of each of ``units`` the key that it gets beside the ``known`` ones."""
    by_name = {unit.name: unit.key for unit in known}
    taken = {UNASSIGNED, *(unit.key for unit in known)}
    found = {unit.key: by_name[unit.name] for unit in units if unit.name in by_name}
    for unit in units:
        if unit.key not in found:
            keys = (f"{unit.key}-{'x' * number}" if number else unit.key for number in count())
            found[unit.key] = next(key for key in keys if key not in taken)
            taken.add(found[unit.key])
    return found


def agree(folder: Path, units: Sequence[Unit], known: Sequence[Unit]) -> bool:
    """Give the ``units`` of the notice in ``folder`` the keys that they get here; return whether any changed.

    Raises KnownError when its annotations are written in a way in which that cannot be done, OSError.
    """
    wanted = keys_here(units, known)
    if all(key == other for key, other in wanted.items()):
        return False
    path = folder / ANNOTATIONS
    text = path.read_text("utf-8")
    places = [found.span() for found in _TABLE.finditer(text)]
    ends = [*(start for start, _ in places[1:]), len(text)]
    parts, at, changed = [], 0, 0
    for (start, head), end in zip(places, ends, strict=True):
        parts.append(text[at:head])
        body, at = text[head:end], end
        if _UNIT.fullmatch(text[start:head]):
            body, made = _KEY.subn(lambda found: found[1] + wanted.get(found[2], found[2]) + found[3], body)
            changed += made
        parts.append(body)
    if changed != len(units):
        raise KnownError(
            "发文的批注文件写法特殊，其中责任单位的代号与这里的不一致，没有采用。",
            "请联系制作这份发文的人，或重新录入。",
        )
    path.write_text("".join(parts), encoding="utf-8", newline="")
    return True
