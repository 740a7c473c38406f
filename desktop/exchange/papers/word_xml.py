"""The XML of a Word file, heard as a stream: elements by their plain name, wherever they stand.

Elements and attributes are those of ECMA-376, part 1, section 17, transitional and strict. Of alternatives
(part 3, ``AlternateContent``) the first choice is heard and the fallback only where there is no choice. What
is deleted or moved away by a tracked change is not heard; of foreign elements only what is Word's in them.
"""

from __future__ import annotations

import posixpath
from collections.abc import Mapping
from typing import Protocol

from desktop.exchange.returned import workbook_parts, xml_stream
from desktop.exchange.returned.package import Package

_WORD = (
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "http://purl.oclc.org/ooxml/wordprocessingml/main",
)
_MATHS = (
    "http://schemas.openxmlformats.org/officeDocument/2006/math",
    "http://purl.oclc.org/ooxml/officeDocument/math",
)
_COMPATIBILITY = "http://schemas.openxmlformats.org/markup-compatibility/2006"
_DEEPEST = 200  # tables within tables; a text box takes ten
_GONE = frozenset({"del", "moveFrom", "rt", "instrText", "delText", "delInstrText"})
_BEFORE = "Change"  # ends the names of the elements that keep how things looked before a tracked change
_PICTURES = frozenset({"blip", "imagedata", "chart", "relIds"})


class WordHandler(Protocol):
    """Hears the elements of Word's own namespace with their attributes, both without it, and text."""

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """Hear an element begin."""

    def end(self, name: str) -> None:
        """Hear an element end."""

    def data(self, text: str) -> None:
        """Hear a piece of text, also the line ends that stand between elements."""

    def picture(self) -> None:
        """Hear that there is a picture, a chart or an embedded file."""


class _WordTarget:
    """What the parser speaks to."""

    def __init__(self, handler: WordHandler, package: Package) -> None:
        self._handler = handler
        self._package = package
        self._open: list[str] = []  # names as the handler is told them, "" for what it is not told
        self._silent = 0  # how many of the open elements are within something that is not heard
        self._chosen: list[bool] = []

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        if len(self._open) >= _DEEPEST:
            raise ValueError("nested too deep")
        self._package.spent.elements += 1
        if self._package.spent.elements > xml_stream.MOST_ELEMENTS:
            raise xml_stream.too_much(self._package)
        space, _, name = tag.rpartition("}")
        space = space[1:]
        told = name if space in _WORD or (space in _MATHS and name == "t") else ""
        gone = told.endswith(_BEFORE) or (told in _GONE and self._is_content(name))
        if self._silent or gone or self._is_second_choice(space, name):
            self._silent += 1
        elif told:
            self._handler.start(told, _own(attributes))
        elif name in _PICTURES:
            self._handler.picture()
        self._open.append(told)
        if space == _COMPATIBILITY and name == "AlternateContent":
            self._chosen.append(False)

    def end(self, tag: str) -> None:
        name = self._open.pop()
        if tag == f"{{{_COMPATIBILITY}}}AlternateContent":
            self._chosen.pop()
        if self._silent:
            self._silent -= 1
        elif name:
            self._handler.end(name)

    def data(self, text: str) -> None:
        if not self._silent:
            self._handler.data(text)

    def close(self) -> None:
        """Have nothing to return."""

    def _is_content(self, name: str) -> bool:
        """Say whether the element holds content; within the properties of a paragraph it is a mark."""
        return not (name in ("del", "moveFrom") and self._open and self._open[-1] in ("rPr", "trPr", "tcPr"))

    def _is_second_choice(self, space: str, name: str) -> bool:
        if space != _COMPATIBILITY or name not in ("Choice", "Fallback") or not self._chosen:
            return False
        taken, self._chosen[-1] = self._chosen[-1], True
        return taken


def _own(attributes: Mapping[str, str]) -> Mapping[str, str]:
    """Return Word's own attributes by their plain names."""
    split = ((*key.rpartition("}")[::2], value) for key, value in attributes.items())
    return {name: value for space, name, value in split if not space or space[1:] in _WORD}


def hear(package: Package, part: str, handler: WordHandler) -> None:
    """Let ``handler`` hear the whole of ``part``. Raises RefusedError as reading of a package does."""
    for _ in xml_stream.fed(package, part, _WordTarget(handler, package)):
        pass


def main_part(package: Package) -> str:
    """Return the part that holds the text."""
    named = workbook_parts.relations(package, "_rels/.rels", "officeDocument")
    return next(iter(named.values()), "word/document.xml")


def beside(package: Package, part: str, kind: str) -> list[str]:
    """Return the parts of a kind (numbering, styles, header, …) that ``part`` names and that are there."""
    folder, name = posixpath.split(part)
    named = workbook_parts.relations(package, posixpath.join(folder, "_rels", f"{name}.rels"), kind)
    return [target for target in named.values() if package.has(target)]
