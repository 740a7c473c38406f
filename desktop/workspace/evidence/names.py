"""The names of the files of an item where they are read: a few stand in a cell, many as their count.

Three hundred names would make one cell several pages long. What a cell does not name stands in a list, once.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

MOST_NAMED, _FEW = 3, 2
"""How many files a cell names; of more than these, the first ones beside their count."""
MOST_LISTED = 1_000
"""How many files are listed on one paper, five to ten pages; a workbook's own sheet lists all."""
_ROOM, _SHORT, _ENDING = 60, 16, 6
"""Characters: of all names that a cell has in full, of a name among many, and of the end that it keeps."""
SEPARATOR = "；"


def fit_cell(names: Sequence[str]) -> bool:
    """Tell whether a cell can name all of these files in full."""
    return len(names) <= MOST_NAMED and sum(map(len, names)) <= _ROOM


def in_cell(names: Sequence[str], where: str) -> str:
    """Return what a cell says of these files: their names, one a line, or their count and the first ones.

    ``where`` says where all of them are listed.
    """
    if fit_cell(names):
        return "\n".join(names)
    shown = "、".join(shortened(name) for name in names[:_FEW])
    more = "等" if len(names) > _FEW else ""
    return f"共{len(names)}份：{shown}{more}（{where}）"


def shortened(name: str) -> str:
    """Return a name as it stands among many: of a long one its middle is left out."""
    return name if len(name) <= _SHORT else f"{name[: _SHORT - _ENDING - 1]}…{name[-_ENDING:]}"


def listed(names: Iterable[str]) -> str:
    """Return these names in a row, as a list has them."""
    return SEPARATOR.join(names)


def within(counts: Iterable[int], most: int = MOST_LISTED) -> list[int]:
    """Return how many files of each of these items are listed where ``most`` are listed in all."""
    found, left = [], most
    for count in counts:
        found.append(min(count, left))
        left -= found[-1]
    return found


def rest(count: int) -> str:
    """Return what ends a list that leaves out ``count`` files, "" for none."""
    return f"……另有{count}份未逐一列出，导出台账可得全部名称" if count else ""
