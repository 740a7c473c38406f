"""Bytes as text: UTF-8 with or without its mark, UTF-16, the national standard GB18030, what a page names."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_KNOWN = {
    "utf8": "utf-8",
    "utf16": "utf-16",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "gb18030": "gb18030",
    "xgbk": "gb18030",
    "cp936": "gb18030",
    "big5": "big5",
    "big5hkscs": "big5hkscs",
}
_SAID = re.compile(rb"""charset\s*=\s*["']?\s*([A-Za-z0-9_-]{2,20})""", re.IGNORECASE)
_OURS = re.compile("[\t-\r\x20-\x7e\u2000-\u206f\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]")
_HEAD = 4096  # bytes of a page in which it says its encoding


def decoded(data: bytes, said: str = "") -> str | None:
    """Return ``data`` as text, None when it is text in none of the encodings.

    ``said`` is the name of the encoding that goes before the usual ones. Nothing is guessed beyond that: a
    text of which one character cannot be read is not read.
    """
    for encoding in _in_order(data, said):
        try:
            text = data.decode(encoding)
        except (UnicodeError, LookupError):
            continue
        if "\x00" not in text and (not encoding.startswith("utf-16-") or _is_chinese(text)):
            return text
    return None


def _is_chinese(text: str) -> bool:
    """Say whether nearly all of it are characters of a Chinese text: any two bytes are one of UTF-16."""
    return len(_OURS.findall(text)) * 20 > len(text) * 19


def said_by_page(data: bytes) -> str:
    """Return the encoding that the beginning of a page names, "" when it names none."""
    found = _SAID.search(data[:_HEAD])
    return found[1].decode("ascii") if found else ""


def _in_order(data: bytes, said: str) -> Iterator[str]:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            yield encoding
            return
    known = _KNOWN.get(re.sub("[^a-z0-9]", "", said.lower()))
    if known:
        yield known
    yield "utf-8"
    yield "gb18030"
    yield "utf-16-le"
    yield "utf-16-be"
