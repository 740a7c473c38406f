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
LONGEST_NAME = 40  # of an element that is known
MOST_NAMES = 4_000
"""Different ones of elements, attributes and prefixes in a part: the parser keeps each; ours have 100."""
MOST_PLACES = 1_000  # different ones that are remembered

_BROKEN = (ParseError, DefusedXmlException, ValueError, LookupError, OverflowError)


# The namespaces whose elements a workbook is made of, transitional and strict, and that of its relations.
_OWN = frozenset(
    {
        "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
        "http://purl.oclc.org/ooxml/spreadsheetml/main",
        "http://schemas.openxmlformats.org/package/2006/relationships",
        "",  # said by programs that leave it out
    }
)
_TO_PARTS = frozenset(
    {
        "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
        "http://purl.oclc.org/ooxml/officeDocument/relationships",
    }
)
_NOWHERE = "-"
_COMPATIBILITY = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_SEEN_THROUGH = (f"{_COMPATIBILITY}AlternateContent", f"{_COMPATIBILITY}Fallback")


class Handler(Protocol):
    """Hears what stands in a part: elements by the place where they stand, with their attributes, and text.

    A place is the path from the root, as ``worksheet/sheetData/row/c``: an element of the same name that
    stands elsewhere (in ``extLst``, say) means something else. Elements of foreign namespaces are in no such
    place. Of alternatives (ECMA-376, part 3) the one is heard that asks for no extension. Attributes are
    those without a namespace, and ``r:id``.
    """

    def start(self, place: str, attributes: Mapping[str, str]) -> None:
        """Hear an element begin."""

    def end(self, place: str) -> None:
        """Hear an element end."""

    def data(self, text: str) -> None:
        """Hear a piece of text."""


class _Target:
    """Passes on what the parser says, each element by its place, and watches the depth."""

    def __init__(self, handler: Handler, package: Package) -> None:
        self._handler = handler
        self._package = package
        self._places: list[str] = [""]
        self._heard: list[bool] = []
        self._known: dict[tuple[str, str], str] = {}
        self.data = handler.data

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        if len(self._heard) >= DEEPEST:
            raise ValueError("nested too deep")
        self._package.spent.elements += 1
        if self._package.spent.elements > MOST_ELEMENTS:
            raise too_much(self._package)
        above = self._places[-1]
        heard = tag not in _SEEN_THROUGH
        place = self._place(above, tag) if heard else above
        self._places.append(place)
        self._heard.append(heard)
        if heard:
            self._handler.start(place, _plain(attributes) if attributes else attributes)

    def end(self, _tag: str) -> None:
        place = self._places.pop()
        if self._heard.pop():
            self._handler.end(place)

    def _place(self, above: str, tag: str) -> str:
        known = self._known.get((above, tag))
        if known is None:
            space, _, name = tag.rpartition("}")
            if above == _NOWHERE or space.lstrip("{") not in _OWN or len(name) > LONGEST_NAME:
                known = _NOWHERE
            else:
                known = f"{above}/{name}" if above else name
            if len(self._known) < MOST_PLACES:
                self._known[above, tag] = known
        return known

    def close(self) -> None:
        """Have nothing to return."""


def _plain(attributes: Mapping[str, str]) -> Mapping[str, str]:
    """Return the attributes that are the element's own, and the id of a relation as ``r:id``."""
    if not any(name.startswith("{") for name in attributes):
        return attributes
    plain = {}
    for name, value in attributes.items():
        space, _, local = name.rpartition("}")
        if not space:
            plain[name] = value
        elif local == "id" and space[1:] in _TO_PARTS:
            plain["r:id"] = value
    return plain


def too_much(package: Package) -> RefusedError:
    """Return the refusal of a workbook that holds far more than checklists."""
    return package.refused("的内容多得不正常", "请删去清单以外的内容，或者重新导出后再填。")


def steps(package: Package, part: str, handler: Handler) -> Iterator[None]:
    """Let ``handler`` hear ``part``, piece by piece; whoever has heard enough just stops.

    :raises RefusedError: when the part is missing, no well-formed XML, declares a document type, or is larger
        or deeper than a workbook's parts are. What ``handler`` raises goes through, but for ValueError and
        LookupError, which mean that the part is not as it should be.
    """
    yield from fed(package, part, _Target(handler, package))


def fed(package: Package, part: str, target: Any) -> Iterator[None]:
    """Let a target of the XML parser hear ``part``, piece by piece, within the limits for text and names.

    Depth and number of elements are for the target to watch. Raises as :func:`steps` does.
    """
    parser: Any = XMLParser(target=target, forbid_dtd=True)
    prefixes: set[str | None] = set()
    parser.parser.StartNamespaceDeclHandler = lambda prefix, _: prefixes.add(prefix)
    fed = 0
    try:
        for piece in package.pieces(part):
            parser.feed(piece)
            fed += len(piece)
            if fed - parser.parser.CurrentByteIndex > LONGEST_TAG:
                raise package.damaged()
            if len(parser.parser.intern) + len(prefixes) > MOST_NAMES:
                raise too_much(package)
            yield
        parser.close()
    except _BROKEN as error:
        raise package.damaged() from error
    yield


def hear(package: Package, part: str, handler: Handler) -> None:
    """Let ``handler`` hear the whole of ``part``; see :func:`steps`."""
    for _ in steps(package, part, handler):
        pass
