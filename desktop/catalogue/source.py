"""A notice's source as it was kept: not a character of it is changed."""

from __future__ import annotations

from pathlib import Path

from desktop.errors import NoticeError

SAVE_AS_UTF8 = "请将文件另存为 UTF-8 编码的纯文本后重试。"


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
        raise NoticeError(line, "文字编码不是 UTF-8。", SAVE_AS_UTF8) from error
    for mark in ("\x00", "\ufffd"):
        if mark in text:
            line = text.count("\n", 0, text.index(mark)) + 1
            raise NoticeError(line, "含有无法识别的字符，可能在转换编码时丢失了文字。", SAVE_AS_UTF8)
    return text
