"""A small spreadsheet program, for tests: computes a workbook's formulas from its cells, as typed over.

It knows what the ledger uses and nothing more; whatever it does not know is an error. Values are texts,
numbers (days as serial numbers), truth values, ``""`` for an empty cell, and :class:`Failure`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any

from .second_reader import Book

_TOKEN = re.compile(
    r"""\s*(?:(?P<text>"(?:[^"]|"")*")|(?P<number>\d+(?:\.\d+)?)"""
    r"""|(?P<area>(?:'(?:[^']|'')+'!)?\$?[A-Z]{1,2}\$?\d+(?::\$?[A-Z]{1,2}\$?\d+)?)"""
    r"""|(?P<call>[A-Z]+)\(|(?P<name>[\u4e00-\u9fff]+)|(?P<sign><=|>=|<>|[-+*/&<>=(),]))"""
)
_AREA = re.compile(r"(?:'((?:[^']|'')+)'!)?\$?([A-Z]+)\$?(\d+)(?::\$?([A-Z]+)\$?(\d+))?")
_ZERO = date(1899, 12, 30)


class Failure(Exception):  # noqa: N818
    """What a cell shows as #VALUE!"""


class Calculator:
    """The workbook ``book`` with ``typed`` over its cells, by (sheet, coordinate)."""

    def __init__(self, book: Book, typed: Mapping[tuple[str, str], Any] | None = None) -> None:
        self._book = book
        self._typed = dict(typed or {})
        self._known: dict[tuple[str, str], Any] = {}

    def value(self, sheet: str, coordinate: str) -> Any:
        """Return what a cell shows; raises Failure when it shows one."""
        place = (sheet, coordinate)
        if place in self._typed:
            return self._typed[place]
        if place not in self._known:
            cell = self._book[sheet].cells.get(coordinate)
            if cell is None or (cell.value is None and not cell.formula):
                return ""
            self._known[place] = self.compute(sheet, cell.formula) if cell.formula else cell.value
        return self._known[place]

    def compute(self, sheet: str, formula: str) -> Any:
        """Return what ``formula`` gives on ``sheet``."""
        found = _Formula(self, sheet, formula).whole()
        if isinstance(found, Failure):
            raise found
        return found

    def name(self, name: str) -> float:
        """Return the constant called ``name``."""
        return float(self._book.names[(name, "")])

    def area(self, sheet: str, text: str) -> list[Any]:
        """Return the values of an area, row by row."""
        found = _AREA.fullmatch(text)
        assert found, text
        other, left, top, right, bottom = found.groups()
        where = other.replace("''", "'") if other else sheet
        assert (right or left) == left, "one column is enough here"
        return [self.value(where, f"{left}{row}") for row in range(int(top), int(bottom or top) + 1)]


class _Formula:
    """One formula on its way from text to value."""

    def __init__(self, calculator: Calculator, sheet: str, text: str) -> None:
        self._calculator = calculator
        self._sheet = sheet
        self._tokens = list(_tokens(text))
        self._at = 0

    def whole(self) -> Any:
        found = self._comparison()
        assert self._at == len(self._tokens), self._tokens[self._at :]
        return found

    def _next(self) -> tuple[str, str]:
        self._at += 1
        return self._tokens[self._at - 1]

    def _taken(self, *signs: str) -> str:
        if self._at < len(self._tokens) and self._tokens[self._at] in [("sign", sign) for sign in signs]:
            return self._next()[1]
        return ""

    def _comparison(self) -> Any:
        left = self._joined()
        while sign := self._taken("<=", ">=", "<>", "<", ">", "="):
            left = _apply(lambda a, b, sign=sign: _compare(a, sign, b), left, self._joined())
        return left

    def _joined(self) -> Any:
        left = self._sum()
        while self._taken("&"):
            left = _apply(lambda a, b: _shown(a) + _shown(b), left, self._sum())
        return left

    def _sum(self) -> Any:
        left = self._product()
        while sign := self._taken("+", "-"):
            right = self._product()
            left = _apply(
                lambda a, b, s=sign: _number(a) + (_number(b) if s == "+" else -_number(b)), left, right
            )
        return left

    def _product(self) -> Any:
        left = self._atom()
        while sign := self._taken("*", "/"):
            right = self._atom()
            left = _apply(
                lambda a, b, s=sign: _number(a) * _number(b) if s == "*" else _divide(a, b), left, right
            )
        return left

    def _atom(self) -> Any:
        kind, token = self._next()
        if kind == "text":
            return token[1:-1].replace('""', '"')
        if kind == "number":
            return float(token)
        if kind == "name":
            return self._calculator.name(token)
        if kind == "area":
            assert ":" not in token, "an area is no value"
            try:
                return self._calculator.area(self._sheet, token)[0]
            except Failure as failure:
                return failure
        if kind == "call":
            return self._call(token)
        assert token == "(", token
        inner = self._comparison()
        assert self._taken(")")
        return inner

    def _call(self, name: str) -> Any:
        if name in ("COUNTIFS", "SUM"):
            return self._over_areas(name)
        arguments = [self._comparison()]
        while self._taken(","):
            arguments.append(self._comparison())
        assert self._taken(")")
        return _FUNCTIONS[name](*arguments)

    def _over_areas(self, name: str) -> float:
        if name == "SUM":
            total = sum(value for value in self._area() if not isinstance(value, str))
            assert self._taken(")")
            return total
        rows: list[bool] = []
        while True:
            values = self._area()
            assert self._taken(",")
            test = self._comparison()
            passed = [_passes(value, test) for value in values]
            assert not rows or len(rows) == len(passed), "areas of different length"
            rows = [a and b for a, b in zip(rows, passed, strict=True)] if rows else passed
            if not self._taken(","):
                break
        assert self._taken(")")
        return float(sum(rows))

    def _area(self) -> list[Any]:
        kind, token = self._next()
        assert kind == "area", token
        return self._calculator.area(self._sheet, token)


def _tokens(text: str) -> Iterator[tuple[str, str]]:
    at = 0
    while at < len(text):
        found = _TOKEN.match(text, at)
        assert found, text[at:]
        assert found.lastgroup
        yield found.lastgroup, found[found.lastgroup]
        at = found.end()


def _apply(act: Callable[..., Any], *values: Any) -> Any:
    """Return what ``act`` gives; a failure among the values, or of the act, is passed on."""
    for value in values:
        if isinstance(value, Failure):
            return value
    try:
        return act(*values)
    except Failure as failure:
        return failure


def _number(value: Any) -> float:
    if isinstance(value, str):
        if value == "":
            return 0.0
        raise Failure(value)
    return float(value)


def _multiply(left: Any, right: Any) -> float:
    return _number(left) * _number(right)


def _divide(left: Any, right: Any) -> float:
    if _number(right) == 0:
        raise Failure("#DIV/0!")
    return _number(left) / _number(right)


def _shown(value: Any) -> str:
    return f"{value:g}" if isinstance(value, float | int) else str(value)


def _compare(left: Any, sign: str, right: Any) -> bool:
    """Compare as a spreadsheet does: any text is greater than any number."""
    ranks = [
        (1, value.casefold()) if isinstance(value, str) else (0, float(value)) for value in (left, right)
    ]
    first, second = ranks
    return {
        "<": first < second,
        "<=": first <= second,
        ">": first > second,
        ">=": first >= second,
        "=": first == second,
        "<>": first != second,
    }[sign]


def _passes(value: Any, test: Any) -> bool:
    """Say whether a cell passes a test of COUNTIFS: equality, or ``<>`` and a text."""
    if isinstance(test, str) and test.startswith("<>"):
        return bool(value != test[2:])
    assert not isinstance(test, str) or not test.startswith(("<", ">", "=")), test
    return value != "" and bool(value == test)


def _datevalue(text: Any) -> float:
    found = re.fullmatch(r"(\d{4})-(\d{1,2})-(\d{1,2})", str(text))
    try:
        day = date(*map(int, found.groups())) if found else None
    except ValueError:
        day = None
    if day is None or day.year < 1900:
        raise Failure("#VALUE!")
    return float((day - _ZERO).days)


def _text(value: Any, pattern: str) -> str:
    assert pattern == "0%", pattern
    return f"{int(_number(value) * 100 + 0.5)}%"


def _if(test: Any, then: Any, other: Any) -> Any:
    return test if isinstance(test, Failure) else then if test else other


def _or(*tests: Any) -> Any:
    return _apply(lambda *values: any(values), *tests)


_FUNCTIONS: dict[str, Callable[..., Any]] = {
    "IF": _if,
    "OR": _or,
    "IFERROR": lambda value, other: other if isinstance(value, Failure) else value,
    "ISNUMBER": lambda value: isinstance(value, float | int) and not isinstance(value, bool),
    "RIGHT": lambda value, count: _apply(lambda a, b: _shown(a)[-int(b) :], value, count),
    "DATEVALUE": lambda value: _apply(_datevalue, value),
    "TEXT": lambda value, pattern: _apply(_text, value, pattern),
}
