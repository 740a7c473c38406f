"""What may stand in an argument: each kind says in Chinese what is wrong with a bad one."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from contextlib import suppress
from datetime import date, datetime
from pathlib import Path
from typing import Any

import click

_HAS_TIME = re.compile(r"[0-9-]{8,10}[T ][0-9]")
NOT_CHARACTERS = "含有无法识别的字符。"


def clean(text: str) -> str:
    """Return ``text`` with NUL and lone surrogates (bytes that are no text) as U+FFFD."""
    return text.replace("\0", "\ufffd").encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def broken(text: str) -> bool:
    """Return whether ``text`` holds NUL or lone surrogates."""
    return clean(text) != text


class Words(click.ParamType[str]):
    """Any text that can be stored."""

    name = "words"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Return the text; refuse NUL and bytes that are no text."""
        if broken(value):
            self.fail(NOT_CHARACTERS, param, ctx)
        return str(value)


class SearchText(click.ParamType[str]):
    """Any text at all: what is no text simply finds nothing."""

    name = "search text"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Return the text with unreadable characters replaced."""
        del param, ctx
        return clean(value)


class AnyPath(click.ParamType[Path]):
    """A file or a folder."""

    name = "place"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Path:
        """Return the path; names that the file system gave as undecodable bytes are allowed."""
        if not value or "\0" in str(value):
            self.fail("不是文件或文件夹的路径。", param, ctx)
        return Path(value)


class OneOf(click.ParamType[str]):
    """One of a few words; ``meanings`` maps each to what it stands for."""

    name = "one of"

    def __init__(self, meanings: Mapping[str, str]) -> None:
        self.meanings = meanings

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Return what the word stands for."""
        word = str(value).strip()
        if word not in self.meanings:
            self.fail(f"“{clean(word)}”不在可选项中。可选：{'、'.join(self.meanings)}。", param, ctx)
        return self.meanings[word]


class MeasureNumber(click.ParamType[int]):
    """The number of a measure: 16, １６ or 第16条."""

    name = "measure number"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """Return the number."""
        found = re.fullmatch(r"(?:第\s*)?([0-9]{1,6})(?:\s*条)?", _plain(value))
        if found is None:
            self.fail(f"“{clean(str(value))}”不是措施编号，请写数字，例如 16。", param, ctx)
        return int(found[1])


class Count(click.ParamType[int]):
    """A whole number, 0 or more."""

    name = "count"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """Return the number."""
        plain = _plain(value)
        if not re.fullmatch(r"[0-9]{1,9}", plain):
            self.fail(f"“{clean(str(value))}”不是 0 或以上的整数。", param, ctx)
        return int(plain)


class Day(click.ParamType[date]):
    """One day, in any form that :mod:`typed_dates` reads."""

    name = "day"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """Return the day."""
        from desktop.workspace.items import typed_dates

        day = typed_dates.day(clean(str(value)))
        if day is None:
            self.fail(f"“{clean(str(value))}”不是有效日期，请按 年-月-日 书写，例如 2026-03-31。", param, ctx)
        return day


class Moment(click.ParamType[datetime]):
    """A day, which begins at midnight, or a time of ISO 8601, with or without its offset from UTC."""

    name = "moment"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> datetime:
        """Return the moment, without a time zone where none was written."""
        from desktop.workspace.items import typed_dates

        text = clean(str(value)).strip()
        found: date | None = None
        with suppress(ValueError):
            found = datetime.fromisoformat(text) if _HAS_TIME.match(text) else typed_dates.day(text)
        if found is None:
            self.fail(
                f"“{text}”不是有效的日期或时间，请写成 2026-03-31 或 2026-03-31T08:30:00+08:00。", param, ctx
            )
        return found if isinstance(found, datetime) else datetime(found.year, found.month, found.day)


class Due(click.ParamType[str]):
    """A deadline: a day, a span of days (with / or 至), 长期, or nothing (an empty text, 未写明)."""

    name = "due"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Return the deadline in the form in which it is kept."""
        from desktop.workspace.items import typed_dates

        text = clean(str(value))
        due = typed_dates.stored(text)
        if due is None:
            self.fail(typed_dates.refusal(text), param, ctx)
        return due


def _plain(value: Any) -> str:
    """Return the text with full-width characters as ASCII, without outer space."""
    return unicodedata.normalize("NFKC", clean(str(value))).strip()
