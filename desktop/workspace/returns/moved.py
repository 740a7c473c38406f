"""Answers that moved against their measures: a sheet whose unlocked columns alone were sorted.

Programs ignore protection, and whoever sorts the columns that can be typed in moves every answer to another
measure while the keys stay. What was sent out then stands at other items. A text that was copied is no such
thing: its own row still has it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from desktop.workspace.items.model import FIELD_NAMES, Status
from desktop.workspace.returns.matching import MatchedRow
from desktop.workspace.returns.returned import Cell
from desktop.workspace.returns.three_way import folded

LEAST = 2  # rows
_TEXTS = ("owner", "progress", "problems", "next_step", "reason", "deadline")
_NOTHING = {"status": Status.NOT_STARTED.value}


def example(rows: Sequence[MatchedRow]) -> tuple[MatchedRow, MatchedRow] | None:
    """Return the row of a measure and that of the one whose answer stands there now; None when none moved.

    Rows of which nobody knows what was sent out say nothing about that.
    """
    known = [row for row in rows if row.base]
    sent = [_sent(row.base) for row in known]
    said = [_said(row.values, row.base) for row in known]
    differing = [at for at in range(len(known)) if sent[at] != said[at]]
    if len(differing) < LEAST:
        return None
    whole = Counter(map(_key, sent)) == Counter(map(_key, said))
    pairs = [(at, origin) for at in differing if (origin := _origin(at, sent, said, whole=whole)) is not None]
    origins = {origin for _, origin in pairs}
    if len(origins) < LEAST or not (whole or 2 * len(pairs) >= len(differing)):
        return None
    at, origin = pairs[0]
    return known[at], known[origin]


def question(measure: str, origin: str) -> str:
    """Return what is asked of the whole sheet, with an example: both measures as they are cited."""
    return (
        f"表中各行的答复像是整体移动过（例如{measure}现在填的是发出时{origin}的内容），可能是排序造成的。"
        "请让该单位核对后重新发来，或逐项填写；没有采用表中任何改动。"
    )


def _sent(base: Mapping[str, str]) -> dict[str, str]:
    return {field: folded(base.get(field) or _NOTHING.get(field, "")) for field in FIELD_NAMES}


def _said(values: Mapping[str, Cell], base: Mapping[str, str]) -> dict[str, str]:
    """Return what a row says; a column that is gone says what was sent out."""
    told = {name: cell.raw if cell.value is None else cell.value for name, cell in values.items()}
    return _sent({**base, **told})


def _key(values: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(values[field] for field in FIELD_NAMES)


def _origin(
    at: int, sent: Sequence[Mapping[str, str]], said: Sequence[Mapping[str, str]], *, whole: bool
) -> int | None:
    """Return the row whose answer stands in row ``at`` now and no longer in its own, None for none."""
    for field in _TEXTS:
        text = said[at][field]
        if not text or text == sent[at][field]:
            continue
        from_rows = [row for row, values in enumerate(sent) if values[field] == text]
        if len(from_rows) == 1 and said[from_rows[0]][field] != text:
            return from_rows[0]
    if whole:
        from_rows = [row for row, values in enumerate(sent) if values == said[at] and said[row] != values]
        return from_rows[0] if from_rows else None
    return None
