"""Who goes with whom: the pairs that are worth most together, nobody in two of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

Worth = Mapping[tuple[int, int], float]


def best(worth: Worth) -> list[tuple[int, int]]:
    """Return pairs of ``worth`` whose worth together is the greatest, each index at most once on its side.

    Only pairs that stand in ``worth`` are made, all of them worth more than 0. What hangs together by pairs
    is decided together (the Hungarian method), what does not costs nothing.
    """
    pairs: list[tuple[int, int]] = []
    for part in _parts(worth):
        rows = sorted({i for i, _ in part})
        columns = sorted({j for _, j in part})
        if len(rows) > len(columns):
            costs = [[-worth.get((i, j), 0.0) for i in rows] for j in columns]
            pairs += [(rows[b], columns[a]) for a, b in _hungarian(costs)]
        else:
            costs = [[-worth.get((i, j), 0.0) for j in columns] for i in rows]
            pairs += [(rows[a], columns[b]) for a, b in _hungarian(costs)]
    return sorted(pair for pair in pairs if pair in worth)


def _parts(worth: Worth) -> list[list[tuple[int, int]]]:
    """Return the pairs in groups that share no index."""
    of_row: dict[int, list[tuple[int, int]]] = defaultdict(list)
    of_column: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for pair in worth:
        of_row[pair[0]].append(pair)
        of_column[pair[1]].append(pair)
    parts, seen = [], set()
    for first in sorted(worth):
        if first in seen:
            continue
        part, waiting = [], [first]
        seen.add(first)
        while waiting:
            pair = waiting.pop()
            part.append(pair)
            for other in (*of_row[pair[0]], *of_column[pair[1]]):
                if other not in seen:
                    seen.add(other)
                    waiting.append(other)
        parts.append(part)
    return parts


def _hungarian(costs: Sequence[Sequence[float]]) -> list[tuple[int, int]]:
    """Return for each row its column so that the costs are least together; no more rows than columns.

    Row by row along the cheapest way to a free column, with potentials (Kuhn and Munkres).
    """
    rows, columns = len(costs), len(costs[0])
    of_row, of_column = [0.0] * (rows + 1), [0.0] * (columns + 1)
    taken_by, before = [0] * (columns + 1), [0] * (columns + 1)
    for row in range(1, rows + 1):
        taken_by[0], at = row, 0
        least, used = [float("inf")] * (columns + 1), [False] * (columns + 1)
        while True:
            used[at] = True
            current, step, following = taken_by[at], float("inf"), 0
            for column in range(1, columns + 1):
                if used[column]:
                    continue
                reduced = costs[current - 1][column - 1] - of_row[current] - of_column[column]
                if reduced < least[column]:
                    least[column], before[column] = reduced, at
                if least[column] < step:
                    step, following = least[column], column
            for column in range(columns + 1):
                if used[column]:
                    of_row[taken_by[column]] += step
                    of_column[column] -= step
                else:
                    least[column] -= step
            at = following
            if taken_by[at] == 0:
                break
        while at:
            taken_by[at] = taken_by[before[at]]
            at = before[at]
    return [(taken_by[column] - 1, column - 1) for column in range(1, columns + 1) if taken_by[column]]
