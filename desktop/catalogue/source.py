"""A notice's source as numbered paragraphs: decoding, places, brackets.

Nothing here changes a character. A byte order mark, carriage returns and blank space around a paragraph stay
in the source and are merely not part of any paragraph.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from desktop.errors import NoticeError

SAVE_AS_UTF8 = "请将文件另存为UTF-8编码的纯文本后重试。"

_CLOSES = {")": "(", "）": "(", "》": "《", "〕": "〔", "”": "“", "】": "【"}
_OPENS = {"(": "(", "（": "(", "《": "《", "〔": "〔", "“": "“", "【": "【"}


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One line of the source without the space around it; ``source[start:end] == text``."""

    text: str
    start: int
    end: int
    line: int


def read(path: Path) -> str:
    """Return the text of a notice with its line ends as they are; :class:`NoticeError` if it is not UTF-8."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise NoticeError(0, f"读不到发文原文：{path}", "请检查文件是否存在、能否打开。") from error
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise NoticeError(line, "文字编码不是UTF-8。", SAVE_AS_UTF8) from error
    for mark in ("\x00", "\ufffd"):
        if mark in text:
            line = text.count("\n", 0, text.index(mark)) + 1
            raise NoticeError(line, "含有无法识别的字符，可能在转换编码时丢失了文字。", SAVE_AS_UTF8)
    return text


def paragraphs(source: str) -> Iterator[Paragraph]:
    """Yield the lines that hold any text, each with its place."""
    offset = 0
    for line, whole in enumerate(source.split("\n"), start=1):
        text = whole.strip().strip("\ufeff").strip()
        if text:
            start = offset + whole.index(text)
            yield Paragraph(text, start, start + len(text), line)
        offset += len(whole) + 1


def check_brackets(paragraph: Paragraph) -> None:
    """Raise :class:`NoticeError` unless every bracket and quotation mark has its partner."""
    opened: list[str] = []
    for char in paragraph.text:
        if char in _OPENS:
            opened.append(char)
        elif char in _CLOSES:
            if not opened or _OPENS[opened[-1]] != _CLOSES[char]:
                raise NoticeError(paragraph.line, f"“{char}”没有与之配对的前半边。")
            opened.pop()
    if opened:
        raise NoticeError(paragraph.line, f"“{opened[-1]}”没有闭合。")
