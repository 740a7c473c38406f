"""What a workbook keeps outside its sheets: which sheets there are, the shared texts, what its numbers mean.

Parts and elements are those of ECMA-376, part 1, sections 18.2, 18.4 and 18.8. A part that one can do without
(texts, styles) may be missing.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum

from desktop.exchange.returned import xml_stream
from desktop.exchange.returned.package import Package

MOST_SHEETS, LONGEST_TITLE = 200, 100
MOST_TEXT = 8_000_000
"""Characters kept of one workbook; twenty checklists filled to the brim have a tenth of that. A shared text
counts each time it is used."""
MOST_TEXTS = 200_000
MOST_STYLES, MOST_FORMATS, LONGEST_FORMAT = 100_000, 2_000, 255

_ROOT = "_rels/.rels"
_USUAL = "xl/workbook.xml"
_SINCE_1900, _SINCE_1904 = date(1899, 12, 30), date(1904, 1, 1)
_DATE_IDS = frozenset({*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)})
_PERCENT_IDS = frozenset({9, 10})
_NO_CODE = re.compile(r'"[^"]*"|\[[^\]]*\]|\\.|_.|\*.')
_DATE_CODE = re.compile("[ymdhs年月日]", re.IGNORECASE)
_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")


class Meaning(Enum):
    """What the number in a cell stands for, by the cell's format."""

    NUMBER = "number"
    DATE = "date"
    PERCENT = "percent"


@dataclass(frozen=True, slots=True)
class SheetPart:
    """A worksheet: its title and the part that holds it."""

    title: str
    part: str


@dataclass(frozen=True, slots=True)
class Parts:
    """``day_zero`` is the day that the serial number 0 stands for, from March 1900 on."""

    sheets: tuple[SheetPart, ...]
    texts: tuple[str, ...]
    meanings: tuple[Meaning, ...]
    day_zero: date

    def meaning(self, style: int) -> Meaning:
        """Return what a number in a cell with this style means."""
        return self.meanings[style] if 0 <= style < len(self.meanings) else Meaning.NUMBER


def read(package: Package) -> Parts:
    """Read what lies outside the sheets. Raises RefusedError when it is not as a workbook's parts are."""
    workbook = next(iter(_relations(package, _ROOT, "officeDocument").values()), _USUAL)
    folder, name = posixpath.split(workbook)
    beside = posixpath.join(folder, "_rels", f"{name}.rels")
    targets = _relations(package, beside, "worksheet")
    book = _Workbook()
    xml_stream.hear(package, workbook, book)
    sheets = [SheetPart(title, targets[key]) for title, key in book.sheets if key in targets]
    if not sheets or len(sheets) > MOST_SHEETS:
        raise package.damaged()
    strings, styles = _Strings(package), _Formats()
    for part in _relations(package, beside, "sharedStrings").values():
        if package.has(part):
            xml_stream.hear(package, part, strings)
    for part in _relations(package, beside, "styles").values():
        if package.has(part):
            xml_stream.hear(package, part, styles)
    day_zero = _SINCE_1904 if book.since_1904 else _SINCE_1900
    return Parts(tuple(sheets), tuple(strings.texts), styles.meanings(), day_zero)


def unescaped(text: str) -> str:
    """Undo ``_xHHHH_``, as ST_Xstring has it; line ends become line feeds."""
    if "_x" in text:
        text = _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def count_text(package: Package, text: str) -> None:
    """Count a piece of text that is kept. Raises RefusedError when it becomes too much."""
    package.spent.characters += len(text)
    if package.spent.characters > MOST_TEXT:
        raise xml_stream.too_much(package)


def _relations(package: Package, part: str, kind: str) -> dict[str, str]:
    """Return the targets of a kind, by id, that a .rels part names; none when there is no such part."""
    if not package.has(part):
        return {}
    found = _Relations(kind)
    xml_stream.hear(package, part, found)
    folder = posixpath.dirname(posixpath.dirname(part))
    return {
        key: target.lstrip("/")
        if target.startswith("/")
        else posixpath.normpath(f"{folder}/{target}").lstrip("/")
        for key, target in found.targets.items()
    }


class _Relations:
    """Hears a .rels part."""

    def __init__(self, kind: str) -> None:
        self._kind = kind
        self.targets: dict[str, str] = {}

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if name != "Relationship" or attributes.get("TargetMode") == "External":
            return
        if attributes.get("Type", "").rpartition("/")[2] == self._kind:
            self.targets[attributes.get("Id", "")] = attributes.get("Target", "")

    def end(self, name: str) -> None:
        """Nothing."""

    def data(self, text: str) -> None:
        """Nothing."""


class _Workbook:
    """Hears the workbook part: titles and relation ids of the sheets, and how days are counted."""

    def __init__(self) -> None:
        self.sheets: list[tuple[str, str]] = []
        self.since_1904 = False

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "sheet":
            title = unescaped(attributes.get("name", ""))[:LONGEST_TITLE]
            self.sheets.append((title, attributes.get("id", "")))
        elif name == "workbookPr":
            self.since_1904 = attributes.get("date1904", "0") in {"1", "true", "on"}

    def end(self, name: str) -> None:
        """Nothing."""

    def data(self, text: str) -> None:
        """Nothing."""


class _Strings:
    """Hears the shared texts. Runs in several fonts are one text; readings (``rPh``) are not part of it."""

    def __init__(self, package: Package) -> None:
        self._package = package
        self._parts: list[str] = []
        self._heard = self._reading = False
        self.texts: list[str] = []

    def start(self, name: str, _attributes: Mapping[str, str]) -> None:
        if name == "t":
            self._heard = not self._reading
        elif name == "si":
            self._parts = []
        elif name == "rPh":
            self._reading = True

    def end(self, name: str) -> None:
        if name == "t":
            self._heard = False
        elif name == "rPh":
            self._reading = False
        elif name == "si":
            self.texts.append(unescaped("".join(self._parts)))
            if len(self.texts) > MOST_TEXTS:
                raise xml_stream.too_much(self._package)

    def data(self, text: str) -> None:
        if self._heard:
            count_text(self._package, text)
            self._parts.append(text)


class _Formats:
    """Hears the styles, as far as they say what a number means."""

    def __init__(self) -> None:
        self._codes: dict[int, str] = {}
        self._used: list[int] = []
        self._inside = False

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "numFmt" and len(self._codes) < MOST_FORMATS:
            self._codes[int(attributes["numFmtId"])] = attributes.get("formatCode", "")[:LONGEST_FORMAT]
        elif name == "cellXfs":
            self._inside = True
        elif name == "xf" and self._inside and len(self._used) < MOST_STYLES:
            self._used.append(int(attributes.get("numFmtId", "0")))

    def end(self, name: str) -> None:
        if name == "cellXfs":
            self._inside = False

    def data(self, text: str) -> None:
        """Nothing."""

    def meanings(self) -> tuple[Meaning, ...]:
        """Return what numbers mean, by style."""
        known = {number: self._meaning(number) for number in set(self._used)}
        return tuple(known[number] for number in self._used)

    def _meaning(self, number: int) -> Meaning:
        code = _NO_CODE.sub("", self._codes.get(number, ""))
        if _DATE_CODE.search(code) or (number in _DATE_IDS and not code):
            return Meaning.DATE
        return Meaning.PERCENT if "%" in code or number in _PERCENT_IDS else Meaning.NUMBER
