"""The tags and texts of a web page, one after the other, however badly it is written.

A scanner of our own, because that of the standard library takes minutes for a megabyte of unclosed tags. Each
step goes forward: the time is in proportion to the length of the page (HTML, section 13.2.5, simplified).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from html import unescape

_NAME = re.compile(r"[a-zA-Z][^\s/>]{0,60}")
_ATTRIBUTE = re.compile(r"""[\s/]*([^\s=/>"']{1,80})(\s*=\s*)?""")
_VALUE = re.compile(r"[^\s>]*")
_RAW = {
    name: re.compile(f"</{name}", re.IGNORECASE)
    for name in ("script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes")
}
"""Elements in which only their own end is a tag."""


@dataclass(frozen=True, slots=True)
class Token:
    """A tag that begins or ends an element (``name`` in lower case), or a text (``name`` is "")."""

    name: str = ""
    text: str = ""
    ends: bool = False
    attributes: Mapping[str, str] = field(default_factory=dict)


def tokens(page: str) -> Iterator[Token]:
    """Yield what ``page`` is made of; comments and declarations are left out."""
    place = 0
    while place < len(page):
        found = page.find("<", place)
        if found != place:
            yield Token(text=unescape(page[place : found if found >= 0 else len(page)]))
        if found < 0:
            return
        ends = page.startswith("</", found)
        name = _NAME.match(page, found + 1 + ends)
        if name:
            place, attributes = _attributes(page, name.end())
            yield Token(name[0].lower(), ends=ends, attributes=attributes)
            raw = None if ends else _RAW.get(name[0].lower())
            if raw is not None:
                end = raw.search(page, place)
                until = end.start() if end else len(page)
                yield Token(text=unescape(page[place:until]))
                place = until
        elif page.startswith("<!--", found):
            place = _after(page, "-->", found + 4)
        elif ends or page.startswith(("<!", "<?"), found):
            place = _after(page, ">", found + 2)
        else:
            yield Token(text="<")
            place = found + 1


def _attributes(page: str, place: int) -> tuple[int, dict[str, str]]:
    """Return where the tag that is at ``place`` ends, and what it says of its element."""
    said: dict[str, str] = {}
    while place < len(page):
        found = _ATTRIBUTE.match(page, place)
        if found is None:
            if page[place] == ">":
                return place + 1, said
            place += 1
            continue
        place, value = found.end(), ""
        if found[2] is not None and place < len(page):
            mark = page[place]
            if mark in "\"'":
                end = page.find(mark, place + 1)
                value = page[place + 1 : end if end >= 0 else len(page)]
                place = end + 1 if end >= 0 else len(page)
            elif bare := _VALUE.match(page, place):
                value, place = bare[0], bare.end()
        if len(said) < 50:
            said.setdefault(found[1].lower(), unescape(value[:2000]))
    return len(page), said


def _after(page: str, mark: str, place: int) -> int:
    found = page.find(mark, place)
    return found + len(mark) if found >= 0 else len(page)
