"""The few formulas of the summary, computed from the cells that they refer to: an oracle of results."""

from __future__ import annotations

import re
from datetime import date

from .second_reader import Book, Sheet

_CALL = re.compile(r"(COUNTIFS?|COUNTA|SUM|IF)\((.*)\)")
_DAY = re.compile(r"DATE\((\d+),(\d+),(\d+)\)")


def compute(book: Book, sheet: Sheet, formula: str) -> float:
    """Return what ``formula``, which stands on ``sheet``, gives."""
    terms = _split(formula, "+")
    if len(terms) > 1:
        return sum(compute(book, sheet, term) for term in terms)
    found = _CALL.fullmatch(formula)
    assert found, formula
    name, arguments = found[1], _split(found[2], ",")
    if name == "SUM":
        return sum(float(value or 0) for value in _cells(book, sheet, arguments[0]))
    if name == "COUNTA":
        return sum(value is not None for value in _cells(book, sheet, arguments[0]))
    if name == "IF":
        (total, idle), shares = arguments[0].split(">"), re.findall(r"[A-Z]\d+", arguments[1])
        values = [float(_cells(book, sheet, place)[0]) for place in (total, idle, *shares)]
        assert shares[2:] == [total, idle]
        return (values[2] + values[3]) / (values[0] - values[1]) if values[0] > values[1] else 0
    areas = [_cells(book, sheet, area) for area in arguments[::2]]
    tests = list(arguments[1::2])
    return sum(
        all(_passes(value, test) for value, test in zip(values, tests, strict=True))
        for values in zip(*areas, strict=True)
    )


def _cells(book: Book, sheet: Sheet, area: str) -> list[str | float | None]:
    """Return the values of an area within one column, formulas computed."""
    title, _, place = area.rpartition("!")
    here = book[title.strip("'").replace("''", "'")] if title else sheet
    first, _, last = place.replace("$", "").partition(":")
    letter, begin = re.fullmatch(r"([A-Z]+)(\d+)", first).groups()  # type: ignore[union-attr]
    end = (last or first).lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    values = []
    for number in range(int(begin), int(end) + 1):
        cell = here.cells.get(f"{letter}{number}")
        formula = cell.formula if cell else ""
        values.append(compute(book, here, formula) if formula else cell.value if cell else None)
    return values


def _passes(value: str | float | None, test: str) -> bool:
    """Say whether a value passes a test such as ``"推进中"`` or ``"<"&DATE(2026,11,23)+15``."""
    sign, _, limit = test.partition("&")
    if not limit:
        return value == sign.strip('"')
    year, month, day = map(int, _DAY.match(limit).groups())  # type: ignore[union-attr]
    more = int(limit.rpartition("+")[2]) if "+" in limit else 0
    border = (date(year, month, day) - date(1899, 12, 30)).days + more
    if not isinstance(value, float):
        return False
    return {"<": value < border, "<=": value <= border, ">=": value >= border}[sign.strip('"')]


def _split(text: str, mark: str) -> list[str]:
    """Split at ``mark`` outside brackets and quotation marks."""
    parts, depth, quoted = [""], 0, False
    for char in text:
        quoted ^= char == '"'
        depth += 0 if quoted else (char == "(") - (char == ")")
        if char == mark and depth == 0 and not quoted:
            parts.append("")
        else:
            parts[-1] += char
    return parts
