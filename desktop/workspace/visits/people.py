"""People as one types them in a line, and the line as people read it: 王某（厂长）、赵某（财务）."""

from __future__ import annotations

from collections.abc import Iterable

from desktop.workspace.visits.model import Met

_BETWEEN, _OPEN, _CLOSE = "、，,；;\n", "（(", "）)"


def names(line: str) -> tuple[str, ...]:
    """Return the names in a line, each once; what stands in brackets belongs to the name before it."""
    found, depth, start = [], 0, 0
    for at, letter in enumerate(line):
        if letter in _OPEN:
            depth += 1
        elif letter in _CLOSE:
            depth = max(depth - 1, 0)
        elif letter in _BETWEEN and not depth:
            found.append(line[start:at])
            start = at + 1
    found.append(line[start:])
    return tuple(dict.fromkeys(name for one in found if (name := one.strip())))


def met(line: str) -> tuple[Met, ...]:
    """Return who of an enterprise was there, with their posts in brackets."""
    return tuple(map(_met, names(line)))


def names_line(people: Iterable[str]) -> str:
    """Return names as one types them."""
    return "、".join(people)


def met_line(people: Iterable[Met]) -> str:
    """Return who of an enterprise was there as one types it."""
    return "、".join(f"{one.name}（{one.post}）" if one.post else one.name for one in people)


def _met(words: str) -> Met:
    at = next((at for at, letter in enumerate(words) if letter in _OPEN), len(words))
    post = words[at + 1 :].strip()
    if post and post[-1] in _CLOSE:
        post = post[:-1].strip()
    return Met(words[:at].strip(), post)
