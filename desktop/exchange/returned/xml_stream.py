"""XML from outside, read as a stream: nothing is built up, nothing is expanded, every measure is limited.

A document type is refused before anything of it is read, and with it every entity; no tree is made, so that
neither depth nor length costs memory.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Protocol
from xml.etree.ElementTree import ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import XMLParser

from desktop.exchange.returned.package import Package, RefusedError

DEEPEST = 64
LONGEST_TAG = 256 * 1024  # bytes; a tag of a million attributes would be held whole
MOST_ELEMENTS = 1_200_000
"""Of one workbook; a checklist has about 1,500."""

_BROKEN = (ParseError, DefusedXmlException, ValueError, LookupError, OverflowError)


class Handler(Protocol):
    """Hears what stands in a part: elements by local name, with their attributes by local name, and text."""

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """Hear an element begin."""

    def end(self, name: str) -> None:
        """Hear an element end."""

    def data(self, text: str) -> None:
        """Hear a piece of text."""


class _Target:
    """Passes on what the parser says, without namespaces, and watches the depth."""

    def __init__(self, handler: Handler, package: Package) -> None:
        self._handler = handler
        self._package = package
        self._depth = 0
        self.data = handler.data

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        self._depth += 1
        if self._depth > DEEPEST:
            raise ValueError("nested too deep")
        self._package.spent.elements += 1
        if self._package.spent.elements > MOST_ELEMENTS:
            raise too_much(self._package)
        plain = {local(name): value for name, value in attributes.items()} if attributes else attributes
        self._handler.start(local(tag), plain)

    def end(self, tag: str) -> None:
        self._depth -= 1
        self._handler.end(local(tag))

    def close(self) -> None:
        """Have nothing to return."""


def too_much(package: Package) -> RefusedError:
    """Return the refusal of a workbook that holds far more than checklists."""
    return package.refused("的内容多得不正常", "请删去清单以外的内容，或者重新导出后再填。")


def local(tag: str) -> str:
    """Return a name without its namespace: strict and transitional workbooks differ in nothing else here."""
    return tag.rpartition("}")[2]


def steps(package: Package, part: str, handler: Handler) -> Iterator[None]:
    """Let ``handler`` hear ``part``, piece by piece; whoever has heard enough just stops.

    :raises RefusedError: when the part is missing, no well-formed XML, declares a document type, or is larger
        or deeper than a workbook's parts are. What ``handler`` raises goes through, but for ValueError and
        LookupError, which mean that the part is not as it should be.
    """
    target: Any = _Target(handler, package)
    parser: Any = XMLParser(target=target, forbid_dtd=True)
    fed = 0
    try:
        for piece in package.pieces(part):
            parser.feed(piece)
            fed += len(piece)
            if fed - parser.parser.CurrentByteIndex > LONGEST_TAG:
                raise package.damaged()
            yield
        parser.close()
    except _BROKEN as error:
        raise package.damaged() from error
    yield


def hear(package: Package, part: str, handler: Handler) -> None:
    """Let ``handler`` hear the whole of ``part``; see :func:`steps`."""
    for _ in steps(package, part, handler):
        pass
