"""What a file gave: its text as it will be a notice's source, and what was set aside of it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from desktop.errors import KnownError
from desktop.exchange.papers.table import PaperTable

LONGEST_TEXT = 600_000
"""The most characters of a text; the longest notices known have about 20,000."""

_LINE_ENDS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1f\x7f\ufffe\uffff]")
_NO_READING = "没有读入，文件原样保留。"


@dataclass(frozen=True, slots=True)
class SetAside:
    """A text that stands in the file but is no part of its running text, and what it is (页眉, 批注, …)."""

    what: str
    text: str


@dataclass(frozen=True, slots=True)
class PaperText:
    """A file as text. ``kind`` says in Chinese what it is by its content; lines of ``text`` end in ``\\n``.

    ``notes`` are Chinese sentences about what was rendered or left out, ``aside`` the texts that were set
    aside, ``tables`` the tables in their order, whose words stand in ``text`` too.
    """

    text: str
    kind: str
    notes: tuple[str, ...] = ()
    aside: tuple[SetAside, ...] = ()
    tables: tuple[PaperTable, ...] = ()


def unreadable(name: str, reason: str, hint: str) -> KnownError:
    """Return the refusal of a file; ``reason`` goes on after the file's name."""
    return KnownError(f"“{name}”{reason}，{_NO_READING}", hint)


def plain_text(text: str) -> str:
    """Return ``text`` with one kind of line end, without a byte order mark and control characters."""
    return _CONTROLS.sub("", _LINE_ENDS.sub("\n", text.removeprefix("\ufeff")))


def finished(name: str, paper: PaperText) -> PaperText:
    """Return ``paper`` when its text is one of a notice's size.

    Raises KnownError when there is no text in it, or far more than any notice has.
    """
    if not paper.text.strip():
        pictures = "里面没有文字" if not paper.notes else "里面没有可以读的文字"
        raise unreadable(name, pictures, "如是扫描件或图片，请先做文字识别，再把文字复制粘贴进来。")
    if len(paper.text) > LONGEST_TEXT:
        raise unreadable(
            name,
            f"有{len(paper.text):,}个字，比任何发文都长",
            "请确认选对了文件；内容很多的，请分成几个文件。",
        )
    return paper
