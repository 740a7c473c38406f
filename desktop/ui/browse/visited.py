"""What was opened in the reader: back and forward, as in a web browser."""

from __future__ import annotations

from collections.abc import Callable

LONGEST = 200


class Visited:
    """A list of visited measure keys with a place in it."""

    def __init__(self) -> None:
        self._places: list[str] = []
        self._at = -1

    def visit(self, key: str) -> None:
        """Add a place after the present one and forget what lay ahead; the same place again adds nothing."""
        if self._at >= 0 and self._places[self._at] == key:
            return
        self._places = [*self._places[: self._at + 1], key][-LONGEST:]
        self._at = len(self._places) - 1

    def keep(self, known: Callable[[str], bool]) -> None:
        """Forget the places that are not ``known`` any more."""
        before = self._places[: self._at + 1]
        self._places = [key for key in self._places if known(key)]
        self._at = sum(map(known, before)) - 1
        if self._at < 0 and self._places:
            self._at = 0

    @property
    def here(self) -> str:
        """Return the key at the present place, an empty string before the first visit."""
        return self._places[self._at] if self._places else ""

    def before(self, key: str) -> str:
        """Return the last other place on the way to the present one, an empty string when there is none."""
        return next((each for each in reversed(self._places[: self._at + 1]) if each != key), "")

    @property
    def can_go_back(self) -> bool:
        """Return whether there is a place before the present one."""
        return self._at > 0

    @property
    def can_go_forward(self) -> bool:
        """Return whether there is a place after the present one."""
        return self._at < len(self._places) - 1

    def go(self, step: int) -> str | None:
        """Move by ``step`` places and return the key found there, or None at the end of the trail."""
        if not 0 <= self._at + step < len(self._places):
            return None
        self._at += step
        return self._places[self._at]
