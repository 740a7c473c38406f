"""How the rooms of ``desktop`` stand to each other; the floors themselves are contracts of import-linter."""

from __future__ import annotations

from pathlib import Path

import grimp
import pytest

ROOT = Path(__file__).parents[1]
LONGEST = 350


@pytest.fixture(scope="module")
def graph() -> grimp.ImportGraph:
    """All imports, also those for types only and those inside functions."""
    return grimp.build_graph("desktop")


def test_no_rooms_import_each_other_in_a_circle(graph: grimp.ImportGraph) -> None:
    assert circles({room: graph.find_modules_directly_imported_by(room) for room in graph.modules}) == []


def circles(imports: dict[str, set[str]]) -> list[set[str]]:
    """Return the groups of rooms each of which leads to all others (Tarjan's strong components)."""
    order: dict[str, int] = {}
    lowest: dict[str, int] = {}
    path: list[str] = []
    found: list[set[str]] = []

    def visit(room: str) -> None:
        order[room] = lowest[room] = len(order)
        path.append(room)
        for other in sorted(imports[room]):
            if other not in order:
                visit(other)
                lowest[room] = min(lowest[room], lowest[other])
            elif other in path:
                lowest[room] = min(lowest[room], order[other])
        if lowest[room] == order[room]:
            at = path.index(room)
            if len(path) - at > 1 or room in imports[room]:
                found.append(set(path[at:]))
            del path[at:]

    for room in sorted(imports):
        if room not in order:
            visit(room)
    return found


def test_a_circle_is_seen() -> None:
    assert circles({"a": {"b"}, "b": {"c"}, "c": {"b"}, "d": set()}) == [{"b", "c"}]
    assert circles({"a": {"a"}}) == [{"a"}]


def test_a_room_is_no_longer_than_one_thought() -> None:
    lines = {
        path.relative_to(ROOT).as_posix(): len(path.read_text("utf-8").splitlines())
        for path in (ROOT / "desktop").rglob("*.py")
    }
    assert {name: count for name, count in lines.items() if count > LONGEST} == {}
