"""The automatic numbers of a Word file: Word keeps how they are counted, not the numbers.

Elements are those of ECMA-376, part 1, section 17.9: a paragraph, or its style, names a numbering (``numId``)
and a level in it; the numbering names an abstract one, which says how each level looks. Numberings of one
abstract one count on together, unless they say where they start.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from desktop.exchange.papers import word_xml
from desktop.exchange.papers.counting import counted
from desktop.exchange.returned.package import Package
from desktop.exchange.returned.workbook_parts import is_on, number

LEVELS = 9
_MOST = 20_000  # numberings, levels and styles of a file; a long notice has some hundreds
_PLACE = re.compile("%([1-9])")
_OWN_GLYPHS = re.compile("[\ue000-\uf8ff]")
_ENDED = re.compile("[、，。．.：:）)〕】]$")


@dataclass(slots=True)
class Level:
    """How a level counts and looks (CT_Lvl)."""

    start: int = 1
    form: str = "decimal"
    text: str = ""
    suffix: str = "tab"
    restart: int = -1
    style: str = ""
    legal: bool = False


@dataclass(slots=True)
class _Numbering:
    """A numbering: its abstract one, and what it has of its own by level."""

    abstract: str = ""
    starts: dict[int, int] = field(default_factory=dict)
    levels: dict[int, Level] = field(default_factory=dict)


@dataclass(slots=True)
class _Style:
    """A style of paragraphs, as far as it numbers and names them."""

    name: str = ""
    based_on: str = ""
    numbering: str = ""
    level: int = -1
    hidden: bool = False


class Numbers:
    """The numberings and styles of a file, and how far each has counted."""

    def __init__(self, package: Package, part: str) -> None:
        numbering, styles = _Numberings(), _Styles()
        for found in word_xml.beside(package, part, "numbering"):
            word_xml.hear(package, found, numbering)
        for found in word_xml.beside(package, part, "styles"):
            word_xml.hear(package, found, styles)
        self._abstract, self._linked, self._named = numbering.abstract, numbering.links, numbering.named
        self._links_to = numbering.linked
        self._styles = styles.styles
        self._default = styles.default
        self._counts: dict[str, dict[int, int]] = {}
        self._started: set[tuple[str, int]] = set()

    def style_name(self, style: str) -> str:
        """Return what a style is called, in lower case, as Word itself calls it in English."""
        found = self._styles.get(style)
        return found.name.casefold() if found else ""

    def next(self, style: str, numbering: str | None, level: int | None) -> str:
        """Count a paragraph and return its printed number with what parts it from the text, "" for none.

        ``numbering`` and ``level`` are those of the paragraph itself, None where it has none.
        """
        inherited, inherited_level = self._of_style(style or self._default)
        chosen = inherited if numbering is None else numbering
        if not chosen or chosen == "0" or chosen not in self._named:
            return ""
        depth = level if level is not None else (inherited_level if numbering is None else 0)
        depth = min(max(depth, 0), LEVELS - 1)
        abstract = self._abstract_of(chosen)
        looks = self._level(chosen, abstract, depth)
        if looks is None:
            return ""
        counts = self._counts.setdefault(abstract, {})
        self._count(chosen, abstract, depth, counts)
        return self._printed(chosen, abstract, looks, counts)

    def _of_style(self, style: str) -> tuple[str, int]:
        """Return numbering and level that a style gives its paragraphs."""
        seen: set[str] = set()
        level, first = -1, style
        while style in self._styles and style not in seen:
            seen.add(style)
            found = self._styles[style]
            level = found.level if level < 0 else level
            if found.numbering:
                return found.numbering, level if level >= 0 else self._level_of_style(found.numbering, first)
            style = found.based_on
        return "", 0

    def _level_of_style(self, numbering: str, style: str) -> int:
        levels = self._abstract.get(self._abstract_of(numbering), {})
        return next((depth for depth, level in levels.items() if level.style == style), 0)

    def _abstract_of(self, numbering: str) -> str:
        """Return the abstract numbering, through the style of numberings that it may name instead."""
        abstract = self._named[numbering].abstract if numbering in self._named else ""
        style = self._links_to.get(abstract)
        return self._linked.get(style, abstract) if style else abstract

    def _level(self, numbering: str, abstract: str, depth: int) -> Level | None:
        own = self._named[numbering].levels.get(depth)
        return own or self._abstract.get(abstract, {}).get(depth)

    def _count(self, numbering: str, abstract: str, depth: int, counts: dict[int, int]) -> None:
        start = self._named[numbering].starts.get(depth)
        if start is not None and (numbering, depth) not in self._started:
            self._started.add((numbering, depth))
            counts[depth] = start
        elif depth in counts:
            counts[depth] += 1
        else:
            level = self._level(numbering, abstract, depth)
            counts[depth] = level.start if level else 1
        for below in [place for place in counts if place > depth]:
            level = self._level(numbering, abstract, below)
            after = below if level is None or level.restart < 0 else level.restart
            if depth < after:
                del counts[below]

    def _printed(self, numbering: str, abstract: str, looks: Level, counts: Mapping[int, int]) -> str:
        def at(found: re.Match[str]) -> str:
            depth = int(found[1]) - 1
            level = self._level(numbering, abstract, depth)
            if level is None:
                return ""
            value = counts.get(depth, level.start)
            return counted(value, "decimal" if looks.legal else level.form)

        is_bullet = looks.form == "bullet"
        said = _OWN_GLYPHS.sub("●", looks.text) if is_bullet else _PLACE.sub(at, looks.text)
        if not said.strip() or looks.suffix == "nothing" or _ENDED.search(said):
            return said.strip()
        return f"{said.strip()} "


class _Numberings:
    """Hears the part with the numberings."""

    def __init__(self) -> None:
        self.abstract: dict[str, dict[int, Level]] = {}
        self.named: dict[str, _Numbering] = {}
        self.links: dict[str, str] = {}  # style of numberings → the abstract numbering that it stands for
        self.linked: dict[str, str] = {}  # abstract numbering → the style that it takes everything from
        self._abstract = self._number = ""
        self._depth = 0
        self._level: Level | None = None
        self._kept = 0

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        value = attributes.get("val", "")
        if name == "abstractNum":
            self._abstract, self._number = attributes.get("abstractNumId", ""), ""
            self._keep()
            self.abstract.setdefault(self._abstract, {})
        elif name == "num":
            self._abstract, self._number = "", attributes.get("numId", "")
            self._keep()
            self.named[self._number] = _Numbering()
        elif name == "abstractNumId" and self._number:
            self.named[self._number].abstract = value
        elif name == "styleLink" and self._abstract:
            self.links[value] = self._abstract
        elif name == "numStyleLink" and self._abstract:
            self.linked[self._abstract] = value
        elif name == "lvlOverride":
            self._depth = number(attributes.get("ilvl"))
        elif name == "startOverride" and self._number:
            self.named[self._number].starts[self._depth] = number(value, 1)
        elif name == "lvl":
            self._begin_level(number(attributes.get("ilvl")))
        elif self._level is not None:
            self._hear_level(self._level, name, value, attributes)

    def end(self, name: str) -> None:
        if name == "lvl":
            self._level = None

    def data(self, text: str) -> None:
        """Nothing."""

    def picture(self) -> None:
        """Nothing: a bullet may be one."""

    def _begin_level(self, depth: int) -> None:
        self._level = Level()
        self._keep()
        if not 0 <= depth < LEVELS:
            return
        if self._number:
            self.named[self._number].levels[depth] = self._level
        elif self._abstract:
            self.abstract[self._abstract][depth] = self._level

    @staticmethod
    def _hear_level(level: Level, name: str, value: str, attributes: Mapping[str, str]) -> None:
        if name == "start":
            level.start = number(value, 1)
        elif name == "numFmt":
            level.form = value
        elif name == "lvlText":
            level.text = value[:40]
        elif name == "suff":
            level.suffix = value
        elif name == "lvlRestart":
            level.restart = number(value, -1)
        elif name == "pStyle":
            level.style = value
        elif name == "isLgl":
            level.legal = is_on(attributes, "val", default=True)

    def _keep(self) -> None:
        self._kept += 1
        if self._kept > _MOST:
            raise ValueError("too many numberings")


class _Styles:
    """Hears the part with the styles."""

    def __init__(self) -> None:
        self.styles: dict[str, _Style] = {}
        self.default = ""
        self._style = _Style()

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        value = attributes.get("val", "")
        if name == "style":
            self._style = _Style()
            key = attributes.get("styleId", "")
            if len(self.styles) >= _MOST:
                raise ValueError("too many styles")
            self.styles[key] = self._style
            if attributes.get("type") == "paragraph" and is_on(attributes, "default"):
                self.default = key
        elif name == "name" and not self._style.name:
            self._style.name = value
        elif name == "basedOn":
            self._style.based_on = value
        elif name == "numId":
            self._style.numbering = value
        elif name == "ilvl":
            self._style.level = number(value, -1)

    def end(self, name: str) -> None:
        """Nothing."""

    def data(self, text: str) -> None:
        """Nothing."""

    def picture(self) -> None:
        """Nothing."""
