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

from desktop.exchange.returned import xml_stream
from desktop.exchange.returned.number_format import BUILT_IN, GENERAL
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
_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")
_HALVES = re.compile("[\ud800-\udfff]")
_NOT = frozenset({"0", "false", "off", "none"})


@dataclass(frozen=True, slots=True)
class CellFormat:
    """How a cell shows what it holds: its number format's code, and whether its font is struck out."""

    code: str = GENERAL
    struck: bool = False


Run = tuple[str, bool | None]
"""A piece of a text and whether it is struck out, None when that is as the cell's own font has it."""


@dataclass(frozen=True, slots=True)
class SheetPart:
    """A worksheet: its title and the part that holds it."""

    title: str
    part: str


@dataclass(frozen=True, slots=True)
class WorkbookParts:
    """``texts`` are in runs; ``day_zero`` is the day of the serial number 0, from March 1900 on."""

    sheets: tuple[SheetPart, ...]
    texts: tuple[tuple[Run, ...], ...]
    formats: tuple[CellFormat, ...]
    day_zero: date

    def format(self, style: int) -> CellFormat:
        """Return how a cell with this style shows what it holds."""
        return self.formats[style] if 0 <= style < len(self.formats) else CellFormat()


def read(package: Package) -> WorkbookParts:
    """Read what lies outside the sheets. Raises RefusedError when it is not as a workbook's parts are."""
    workbook = next(iter(relations(package, _ROOT, "officeDocument").values()), _USUAL)
    folder, name = posixpath.split(workbook)
    beside = posixpath.join(folder, "_rels", f"{name}.rels")
    targets = relations(package, beside, "worksheet")
    book = _Workbook()
    xml_stream.hear(package, workbook, book)
    sheets = [SheetPart(title, targets[key]) for title, key in book.sheets if key in targets]
    if not sheets or len(sheets) > MOST_SHEETS:
        raise package.damaged()
    strings, styles = _Strings(package), _Formats()
    for part in relations(package, beside, "sharedStrings").values():
        if package.has(part):
            xml_stream.hear(package, part, strings)
    for part in relations(package, beside, "styles").values():
        if package.has(part):
            xml_stream.hear(package, part, styles)
    day_zero = _SINCE_1904 if book.since_1904 else _SINCE_1900
    return WorkbookParts(tuple(sheets), tuple(strings.texts), styles.formats(), day_zero)


def unescaped(text: str) -> str:
    """Undo ``_xHHHH_``, as ST_Xstring has it; line ends become line feeds.

    Halves of a character beyond the first 65,536 are put together; one alone is no character (U+FFFD).
    Control characters that no XML can hold are nothing that somebody wrote: they are left out.
    """
    if "_x" in text:
        text = _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)
        if _HALVES.search(text):
            text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
        text = _CONTROLS.sub("", text)
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def is_on(attributes: Mapping[str, str], name: str, *, default: bool = False) -> bool:
    """Return what a yes-or-no attribute says (ST_OnOff and xsd:boolean)."""
    said = attributes.get(name)
    return default if said is None else said.strip().casefold() not in _NOT


def number(text: str | None, default: int = 0) -> int:
    """Return the whole number in an attribute, ``default`` when it holds none."""
    try:
        return int(float(text)) if text and text.strip() else default
    except (ValueError, OverflowError):
        return default


def count_text(package: Package, text: str) -> None:
    """Count a piece of text that is kept. Raises RefusedError when it becomes too much."""
    package.spent.characters += len(text)
    if package.spent.characters > MOST_TEXT:
        raise xml_stream.too_much(package)


def relations(package: Package, part: str, kind: str) -> dict[str, str]:
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

    def start(self, place: str, attributes: Mapping[str, str]) -> None:
        if place != "Relationships/Relationship" or attributes.get("TargetMode") == "External":
            return
        if attributes.get("Type", "").rpartition("/")[2] == self._kind:
            self.targets[attributes.get("Id", "")] = attributes.get("Target", "").replace("\\", "/")

    def end(self, place: str) -> None:
        """Nothing."""

    def data(self, text: str) -> None:
        """Nothing."""


class _Workbook:
    """Hears the workbook part: titles and relation ids of the sheets, and how days are counted."""

    def __init__(self) -> None:
        self.sheets: list[tuple[str, str]] = []
        self.since_1904 = False

    def start(self, place: str, attributes: Mapping[str, str]) -> None:
        if place == "workbook/sheets/sheet":
            title = unescaped(attributes.get("name", ""))[:LONGEST_TITLE]
            self.sheets.append((title, attributes.get("r:id", "")))
        elif place == "workbook/workbookPr":
            self.since_1904 = is_on(attributes, "date1904")

    def end(self, place: str) -> None:
        """Nothing."""

    def data(self, text: str) -> None:
        """Nothing."""


class Runs:
    """Hears a rich text (CT_Rst) that stands at ``place``: its runs, readings (``rPh``) left out."""

    def __init__(self, package: Package, place: str) -> None:
        self._package = package
        self._texts = (f"{place}/t", f"{place}/r/t")
        self._run, self._properties, self._strike = f"{place}/r", f"{place}/r/rPr", f"{place}/r/rPr/strike"
        self._pieces: list[str] = []
        self._struck: bool | None = None
        self._heard = False
        self.runs: list[Run] = []

    def clear(self) -> None:
        """Begin another text."""
        self.runs, self._pieces, self._struck, self._heard = [], [], None, False

    def start(self, place: str, attributes: Mapping[str, str]) -> None:
        """Hear an element begin."""
        if place in self._texts:
            self._heard, self._pieces = True, []
        elif place == self._run:
            self._struck = None
        elif place == self._properties:
            self._struck = False
        elif place == self._strike:
            self._struck = is_on(attributes, "val", default=True)

    def end(self, place: str) -> None:
        """Hear an element end."""
        if place in self._texts:
            self._heard = False
            self.runs.append(("".join(self._pieces), self._struck))
        elif place == self._run:
            self._struck = None

    def data(self, text: str) -> None:
        """Hear a piece of text."""
        if self._heard:
            count_text(self._package, text)
            self._pieces.append(text)


class _Strings:
    """Hears the shared texts."""

    def __init__(self, package: Package) -> None:
        self._package = package
        self._runs = Runs(package, "sst/si")
        self.texts: list[tuple[Run, ...]] = []
        self.data = self._runs.data

    def start(self, place: str, attributes: Mapping[str, str]) -> None:
        if place == "sst/si":
            self._runs.clear()
        else:
            self._runs.start(place, attributes)

    def end(self, place: str) -> None:
        if place != "sst/si":
            self._runs.end(place)
            return
        self.texts.append(tuple(self._runs.runs))
        if len(self.texts) > MOST_TEXTS:
            raise xml_stream.too_much(self._package)


class _Formats:
    """Hears the styles, as far as they say what a cell shows."""

    def __init__(self) -> None:
        self._codes: dict[int, str] = {}
        self._used: list[tuple[int, int]] = []
        self._fonts: list[bool] = []

    def start(self, place: str, attributes: Mapping[str, str]) -> None:
        if place == "styleSheet/numFmts/numFmt" and len(self._codes) < MOST_FORMATS:
            code = attributes.get("formatCode", "")[:LONGEST_FORMAT]
            self._codes[number(attributes.get("numFmtId"), -1)] = unescaped(code)
        elif place == "styleSheet/fonts/font" and len(self._fonts) < MOST_STYLES:
            self._fonts.append(False)
        elif place == "styleSheet/fonts/font/strike" and self._fonts:
            self._fonts[-1] = is_on(attributes, "val", default=True)
        elif place == "styleSheet/cellXfs/xf" and len(self._used) < MOST_STYLES:
            self._used.append((number(attributes.get("numFmtId")), number(attributes.get("fontId"))))

    def end(self, place: str) -> None:
        """Nothing."""

    def data(self, text: str) -> None:
        """Nothing."""

    def formats(self) -> tuple[CellFormat, ...]:
        """Return how cells show what they hold, by style."""
        known = {used: self._format(*used) for used in set(self._used)}
        return tuple(known[used] for used in self._used)

    def _format(self, code: int, font: int) -> CellFormat:
        struck = 0 <= font < len(self._fonts) and self._fonts[font]
        return CellFormat(self._codes.get(code) or BUILT_IN.get(code, GENERAL), struck)
