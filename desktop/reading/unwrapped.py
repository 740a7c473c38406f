"""Statements of units in a paragraph that line ends cut through: read as if it stood on one line."""

from __future__ import annotations

from dataclasses import replace

from desktop.reading.model import Mention, NoticeDoubt, UnitStatement
from desktop.reading.statements import find_statements, read_statement


def stated_in(source: str, start: int, end: int) -> tuple[UnitStatement, ...]:
    """Return the statements of units in the paragraph ``source[start:end]``, places as in the source.

    A line end within a paragraph is one that somebody's page or printer put there: 责任单 and 位 on two
    lines are one word.
    """
    if "\n" not in source[start:end] and "\r" not in source[start:end]:
        return find_statements(source, start, end)
    text, places = _joined(source, start, end)
    return tuple(_moved(statement, places) for statement in find_statements(text, 0, len(text)))


def stated_as(source: str, start: int, end: int) -> UnitStatement:
    """Return the paragraph ``source[start:end]`` read as a statement because somebody says that it is one."""
    text, places = _joined(source, start, end)
    return _moved(read_statement(text, 0, len(text)), places)


def _joined(source: str, start: int, end: int) -> tuple[str, list[int]]:
    """Return the text without line ends and the blanks around them, and where each character stood."""
    kept: list[int] = []
    at = start
    while at < end:
        if source[at] in "\n\r":
            while kept and source[kept[-1]].isspace():
                kept.pop()
            while at < end and source[at].isspace():
                at += 1
            continue
        kept.append(at)
        at += 1
    return "".join(source[place] for place in kept), [*kept, end]


def _moved(statement: UnitStatement, places: list[int]) -> UnitStatement:
    return replace(
        statement,
        start=places[statement.start],
        end=_end(statement.end, places),
        mentions=tuple(_mention(mention, places) for mention in statement.mentions),
        doubts=tuple(_doubt(doubt, places) for doubt in statement.doubts),
    )


def _end(place: int, places: list[int]) -> int:
    return places[place - 1] + 1 if place else places[0]


def _mention(mention: Mention, places: list[int]) -> Mention:
    return replace(mention, start=places[mention.start], end=_end(mention.end, places))


def _doubt(doubt: NoticeDoubt, places: list[int]) -> NoticeDoubt:
    return replace(doubt, start=places[max(doubt.start, 0)], end=_end(doubt.end, places))
