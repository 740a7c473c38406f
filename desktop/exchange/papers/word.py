"""A Word file (.docx) read as text: paragraphs with their numbers, tables in their place, notes at the end.

Elements are those of ECMA-376, part 1, section 17. What people see on the page is read; what they do not see
(deleted by a tracked change, hidden) is not, and what stands beside the running text is set aside.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from desktop.exchange.papers import table, word_xml
from desktop.exchange.papers.paper import PaperText, SetAside, plain_text
from desktop.exchange.papers.table import PaperTable
from desktop.exchange.papers.word_numbers import Numbers
from desktop.exchange.returned.package import Package
from desktop.exchange.returned.workbook_parts import count_text, is_on, number

KIND = "Word 文档"
_MOST_SPAN = 63  # columns that Word can have in a table
_SAID_AS = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
_CONTENTS = "toc "


@dataclass(slots=True)
class _Paragraph:
    """A paragraph that is being heard."""

    pieces: list[str] = field(default_factory=list)
    style: str = ""
    numbering: str | None = None
    level: int | None = None
    runs_on: bool = False
    hidden: bool = False
    boxes: list[str] = field(default_factory=list)


@dataclass(slots=True)
class _Flow:
    """Paragraphs and tables that follow each other: those of the page, a cell, a text box or a footnote."""

    lines: list[str] = field(default_factory=list)
    begun: str = ""


@dataclass(slots=True)
class _Table:
    """A table that is being heard: the cells of its rows by column, and which of them go on from above."""

    rows: list[dict[int, str]] = field(default_factory=list)
    below: set[tuple[int, int]] = field(default_factory=set)
    column: int = 0
    span: int = 1
    goes_on: bool = False


class _Body:
    """Hears a part with paragraphs: the document, a header, the footnotes."""

    def __init__(self, package: Package, numbers: Numbers) -> None:
        self._package = package
        self._numbers = numbers
        self._path: list[str] = ["", ""]
        self._paragraphs: list[_Paragraph] = []
        self._flows: list[_Flow] = [_Flow()]
        self._tables: list[_Table] = []
        self._heard = False
        self._marks: list[str] = []
        self.tables: list[PaperTable] = []
        self.contents: list[str] = []
        self.numbered = self.pictures = self.boxes = self.symbols = 0
        self.hidden: list[str] = []
        self.marks: dict[str, str] = {}
        self.noted: dict[str, str] = {}

    @property
    def lines(self) -> list[str]:
        """Return the lines heard."""
        last = self._flows[0].begun
        return [*self._flows[0].lines, *([last] if last else [])]

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        above, two_above = self._path[-1], self._path[-2]
        self._path.append(name)
        value = attributes.get("val", "")
        if name == "t":
            self._heard = True
        elif name == "p":
            self._paragraphs.append(_Paragraph())
        elif name == "txbxContent":
            self._flows.append(_Flow())
        elif above == "r":
            self._start_in_run(name, attributes)
        elif name in ("tbl", "tr", "tc") or above == "tcPr":
            self._start_in_table(name, attributes)
        elif name in ("footnote", "endnote"):
            self._marks.append(attributes.get("id", "") if not attributes.get("type") else "")
            self._flows.append(_Flow())
        elif not self._paragraphs:
            return
        elif name == "pStyle":
            self._paragraphs[-1].style = value
        elif above == "numPr" and two_above == "pPr":
            if name == "numId":
                self._paragraphs[-1].numbering = value
            elif name == "ilvl":
                self._paragraphs[-1].level = number(value)
        elif above == "rPr" and name in ("vanish", "del", "moveFrom"):
            self._mark(name, attributes, two_above)

    def end(self, name: str) -> None:
        self._path.pop()
        if name == "t":
            self._heard = False
        elif name == "r" and self._paragraphs:
            self._paragraphs[-1].hidden = False
        elif name == "p" and self._paragraphs:
            self._end_paragraph(self._paragraphs.pop())
        elif name == "txbxContent":
            said = self._leave_flow()
            if any(map(str.strip, said)) and self._paragraphs:
                self.boxes += 1
                self._paragraphs[-1].boxes.extend(said)
        elif name in ("footnote", "endnote"):
            said = self._leave_flow()
            self.noted[self._marks.pop()] = " ".join(filter(None, map(str.strip, said)))
        elif name == "tc" and self._tables:
            self._end_cell(self._tables[-1])
        elif name == "tbl" and self._tables:
            self._end_table(self._tables.pop())

    def data(self, text: str) -> None:
        if self._heard:
            self._say(text)

    def picture(self) -> None:
        self.pictures += 1

    def _say(self, text: str) -> None:
        if not self._paragraphs:
            return
        count_text(self._package, text)
        said = self.hidden if self._paragraphs[-1].hidden else self._paragraphs[-1].pieces
        said.append(text)

    def _start_in_run(self, name: str, attributes: Mapping[str, str]) -> None:
        if name in _SAID_AS:
            self._say(_SAID_AS[name])
        elif name == "sym":
            self.symbols += 1
            code = attributes.get("char", "")
            self._say(_symbol(code))
        elif name in ("footnoteReference", "endnoteReference"):
            kind = name.removesuffix("Reference")
            key = f"{kind}:{attributes.get('id', '')}"
            mark = self.marks.setdefault(key, f"［注{len(self.marks) + 1}］")
            self._say(mark)

    def _mark(self, name: str, attributes: Mapping[str, str], holder: str) -> None:
        """Hear of properties: those of a run, or those of the mark at the end of a paragraph."""
        if name == "vanish" and holder == "r":
            self._paragraphs[-1].hidden = is_on(attributes, "val", default=True)
        elif name != "vanish" and holder == "pPr":
            self._paragraphs[-1].runs_on = True

    def _start_in_table(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "tbl":
            self._tables.append(_Table())
        elif not self._tables:
            return
        elif name == "tr":
            self._tables[-1].rows.append({})
            self._tables[-1].column = 0
        elif name == "tc":
            self._tables[-1].span, self._tables[-1].goes_on = 1, False
            self._flows.append(_Flow())
        elif name == "gridSpan":
            self._tables[-1].span = min(max(number(attributes.get("val"), 1), 1), _MOST_SPAN)
        elif name == "vMerge":
            self._tables[-1].goes_on = attributes.get("val", "continue") == "continue"

    def _end_cell(self, within: _Table) -> None:
        said = "\n".join(filter(None, map(str.strip, self._leave_flow())))
        if not within.rows:
            return
        row, column = len(within.rows) - 1, within.column
        if within.goes_on and row:
            said = within.rows[row - 1].get(column, "")
            within.below.add((row, column))
        within.rows[row][column] = said
        within.column += within.span

    def _end_table(self, heard: _Table) -> None:
        wide = min(max((max(row, default=-1) for row in heard.rows), default=-1) + 1, _MOST_SPAN * 2)
        rows = [[row.get(n, "") for n in range(wide)] for row in heard.rows]
        found = table.table_of(rows, frozenset(heard.below))
        if wide > 1:
            self.tables.append(found)
        self._flows[-1].lines.extend(table.lines(found))

    def _end_paragraph(self, heard: _Paragraph) -> None:
        flow = self._flows[-1]
        said = flow.begun + "".join(heard.pieces)
        if heard.runs_on:
            flow.begun = said
            return
        flow.begun = ""
        if self._numbers.style_name(heard.style).startswith(_CONTENTS):
            self.contents.append(said)
            return
        printed = self._numbers.next(heard.style, heard.numbering, heard.level)
        if printed and said.strip():
            self.numbered += 1
            said = printed + said.lstrip()
        elif printed:
            said = printed
        flow.lines.extend(said.split("\n"))
        flow.lines.extend(heard.boxes)

    def _leave_flow(self) -> list[str]:
        flow = self._flows.pop() if len(self._flows) > 1 else _Flow()
        return [*flow.lines, *([flow.begun] if flow.begun else [])]


def read(package: Package) -> PaperText:
    """Read a Word file. Raises RefusedError when it is not as a Word file is."""
    part = word_xml.main_part(package)
    numbers = Numbers(package, part)
    body = _Body(package, numbers)
    word_xml.hear(package, part, body)
    lines = [*body.lines, *_footnotes(package, part, numbers, body)]
    aside = _aside(package, part, numbers, body)
    heads = [SetAside("表头", head) for head in table.heads(body.tables)]
    return PaperText(
        plain_text("\n".join(lines)), KIND, _notes(body, aside), (*aside, *heads), tuple(body.tables)
    )


def _footnotes(package: Package, part: str, numbers: Numbers, body: _Body) -> list[str]:
    """Return the footnotes and endnotes that the text refers to, each as a line."""
    said: dict[str, str] = {}
    for kind in ("footnote", "endnote"):
        for found in word_xml.beside(package, part, f"{kind}s"):
            heard = _Body(package, numbers)
            word_xml.hear(package, found, heard)
            said.update({f"{kind}:{key}": text for key, text in heard.noted.items() if key})
    return [f"{mark}{said.get(key, '')}" for key, mark in body.marks.items()]


def _aside(package: Package, part: str, numbers: Numbers, body: _Body) -> tuple[SetAside, ...]:
    """Return what stands beside the running text, each text once."""
    found: dict[SetAside, None] = {}
    for kind, what in (("header", "页眉"), ("footer", "页脚"), ("comments", "批注")):
        for name in word_xml.beside(package, part, kind):
            heard = _Body(package, numbers)
            word_xml.hear(package, name, heard)
            text = plain_text("\n".join(filter(None, map(str.strip, heard.lines))))
            if text:
                found[SetAside(what, text)] = None
    for what, pieces in (("自动目录", body.contents), ("隐藏文字", body.hidden)):
        if text := plain_text("\n".join(pieces)).strip():
            found[SetAside(what, text)] = None
    return tuple(found)


def _notes(body: _Body, aside: tuple[SetAside, ...]) -> tuple[str, ...]:
    """Say what was rendered and what was left out."""
    whats = list(dict.fromkeys(one.what for one in aside))
    said = (
        (body.numbered, f"有{body.numbered}段的编号是 Word 自动编的，已按显示的样子写进文字。"),
        (len(body.tables), table.note(body.tables)),
        (body.boxes, f"有{body.boxes}个文本框，其中的文字接在所在段落后面。"),
        (len(body.marks), f"有{len(body.marks)}条脚注或尾注，已接在文末。"),
        (body.symbols, f"有{body.symbols}个特殊符号，认不出的写成了“□”。"),
        (body.pictures, f"有{body.pictures}张图片，没有读；图片里如有文字，请自行补上。"),
        (len(whats), f"{'、'.join(whats)}放在一边，没有混进正文。"),
    )
    return tuple(words for count, words in said if count)


def _symbol(code: str) -> str:
    """Return the character of a symbol given by its code; those of a font of its own are unknown."""
    try:
        value = int(code, 16)
    except ValueError:
        return "□"
    return chr(value) if 0x20 < value < 0xD800 else "□"
