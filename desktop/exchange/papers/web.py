"""A saved web page (.html, .mht) read as text: as a person would see it, blocks on lines of their own.

What a page shows beside the notice (navigation, foot) stays in the text, for the reading to set aside. Only
what is never seen is left out: scripts, style sheets, comments, what is hidden.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.errors import MessageError
from email.message import Message

from desktop.exchange.papers import encoding, table
from desktop.exchange.papers.paper import PaperText, SetAside, plain_text, unreadable
from desktop.exchange.papers.table import PaperTable
from desktop.exchange.papers.tags import tokens

PAGE, ARCHIVE = "网页", "单个文件网页"

_UNSEEN = frozenset(
    {"script", "style", "template", "head", "noscript", "iframe", "object", "svg", "math", "canvas", "audio"}
    | {"video", "map"}
)
_VOID = frozenset(
    {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track"}
    | {"wbr"}
)
_BLOCKS = frozenset(
    {"address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "dialog"}
    | {"div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5"}
    | {"h6", "header", "hr", "html", "legend", "li", "main", "menu", "nav", "ol", "option", "p", "pre"}
    | {"section", "select", "summary", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul"}
)
_CLOSED_BY = {
    **dict.fromkeys(_BLOCKS, (frozenset({"p"}), _BLOCKS - {"p"})),
    "li": (frozenset({"li"}), frozenset({"ul", "ol", "table"})),
    "td": (frozenset({"td", "th"}), frozenset({"table", "tr"})),
    "th": (frozenset({"td", "th"}), frozenset({"table", "tr"})),
    "tr": (frozenset({"tr"}), frozenset({"table"})),
    "option": (frozenset({"option"}), frozenset({"select"})),
    "dt": (frozenset({"dt", "dd"}), frozenset({"dl"})),
    "dd": (frozenset({"dt", "dd"}), frozenset({"dl"})),
}
"""What a page leaves open before an element: the names, and those beyond which nothing is looked for."""
_BLANKS = re.compile("[ \t\n\r\f]+")
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all", re.IGNORECASE)
_DEEPEST = 400
_LONGEST = 6_000_000  # characters of a page, its tags with it
_MOST_PARTS = 500
_MOST_CELLS, _WIDEST = 200_000, 60
_ASK = "请在浏览器里打开这个网页，选中发文的文字复制，再粘贴进来。"


@dataclass(slots=True)
class _Lines:
    """Lines that are being filled: those that are whole, and the pieces of the one that is not."""

    whole: list[str] = field(default_factory=list)
    pieces: list[str] = field(default_factory=list)

    def say(self, text: str) -> None:
        """Add to the line; blanks count once, as a browser shows them."""
        last = self.pieces[-1] if self.pieces else " "
        text = text[1:] if text[0] == " " and last[-1] == " " else text
        if text:
            self.pieces.append(text)

    def end(self) -> None:
        """End the line."""
        self.whole.append("".join(self.pieces))
        self.pieces = []

    def said(self) -> str:
        """Return the lines that hold any text."""
        self.end()
        return "\n".join(line.strip(" ") for line in self.whole if line.strip())


@dataclass(slots=True)
class _HtmlTable:
    """A table that is being heard: its rows, and the cells that reach down into rows to come."""

    rows: list[dict[int, str]] = field(default_factory=list)
    below: set[tuple[int, int]] = field(default_factory=set)
    reaching: dict[int, tuple[int, str]] = field(default_factory=dict)
    across: int = 1
    down: int = 1
    is_open: bool = False


class _Page:
    """Hears a page and keeps what is seen of it."""

    def __init__(self) -> None:
        self._open: list[
            tuple[str, bool]
        ] = []  # names of the open elements, and whether each hides its content
        self._within: Counter[str] = Counter()
        self._hiding = 0
        self._flows = [_Lines()]
        self._tables: list[_HtmlTable] = []
        self._counts: list[int | None] = []
        self._cells = 0
        self.tables: list[PaperTable] = []
        self.numbered = self.pictures = self.hidden = 0

    def hear(self, page: str) -> None:
        """Hear the whole of ``page``. Raises ValueError when its tables are larger than any is."""
        for token in tokens(page):
            if not token.name:
                self._say(token.text)
            elif token.ends:
                self._end_tag(token.name)
            elif token.name in _VOID:
                self._void(token.name)
            else:
                self._start(token.name, token.attributes)
        while self._open:
            self._pop()

    def text(self) -> str:
        """Return what was seen, empty lines left out."""
        return self._flows[0].said()

    def _start(self, tag: str, said: Mapping[str, str]) -> None:
        self._close_before(tag)
        hides = tag in _UNSEEN or "hidden" in said or bool(_HIDDEN.search(said.get("style", "")))
        self.hidden += hides and tag not in _UNSEEN and not self._hiding
        if len(self._open) < _DEEPEST:
            self._open.append((tag, hides))
            self._within[tag] += 1
            self._hiding += hides
        if self._hiding:
            return
        if tag in _BLOCKS:
            self._break()
        if tag in ("ol", "ul"):
            self._counts.append(_whole(said.get("start"), 1) if tag == "ol" else None)
        elif tag == "li" and self._counts:
            self._begin_entry(said)
        elif tag == "table":
            self._tables.append(_HtmlTable())
        elif tag == "tr" and self._tables:
            self._close_cell()
            self._begin_row(self._tables[-1])
        elif tag in ("td", "th") and self._tables:
            self._close_cell()
            self._begin_cell(self._tables[-1], said)

    def _close_before(self, tag: str) -> None:
        """Close what a page need not close itself before ``tag`` begins: a paragraph, an entry, a cell."""
        closed, barrier = _CLOSED_BY.get(tag, ((), ()))
        if not any(self._within[name] for name in closed):
            return
        for place in range(len(self._open) - 1, -1, -1):
            name = self._open[place][0]
            if name in closed:
                while len(self._open) > place:
                    self._pop()
                return
            if name in barrier:
                return

    def _end_tag(self, tag: str) -> None:
        if not self._within[tag]:
            if tag in ("br", "p") and not self._hiding:
                self._break()
            return
        while self._open and self._pop() != tag:
            pass

    def _pop(self) -> str:
        name, hid = self._open.pop()
        self._within[name] -= 1
        if not self._hiding:
            self._end(name)
        self._hiding -= hid
        return name

    def _say(self, data: str) -> None:
        if self._hiding or not data:
            return
        lines = self._flows[-1]
        if not self._within["pre"] and not self._within["textarea"]:
            lines.say(_BLANKS.sub(" ", data))
            return
        for number, line in enumerate(data.split("\n")):
            if number:
                lines.end()
            if line:
                lines.say(line)

    def _void(self, tag: str) -> None:
        if self._hiding:
            return
        if tag in ("br", "hr"):
            self._flows[-1].end()
        elif tag == "img":
            self.pictures += 1

    def _break(self) -> None:
        if self._flows[-1].pieces:
            self._flows[-1].end()

    def _end(self, tag: str) -> None:
        if tag in ("td", "th", "tr"):
            self._close_cell()
        if tag in ("ol", "ul") and self._counts:
            self._counts.pop()
        if tag == "table" and self._tables:
            self._end_table()
        if tag in _BLOCKS:
            self._break()

    def _begin_entry(self, said: Mapping[str, str]) -> None:
        count = self._counts[-1]
        if count is None:
            return
        count = _whole(said.get("value"), count)
        self._counts[-1] = count + 1
        self._flows[-1].say(f"{count}.")
        self.numbered += 1

    def _begin_row(self, within: _HtmlTable) -> None:
        self._cells += 1 + len(within.reaching)
        if self._cells > _MOST_CELLS:
            raise ValueError("too many cells")
        within.rows.append({})
        for column, (left, said) in list(within.reaching.items()):
            within.rows[-1][column] = said
            within.below.add((len(within.rows) - 1, column))
            if left > 1:
                within.reaching[column] = left - 1, said
            else:
                del within.reaching[column]

    def _begin_cell(self, within: _HtmlTable, said: Mapping[str, str]) -> None:
        if not within.rows:
            self._begin_row(within)
        within.across = min(max(_whole(said.get("colspan"), 1), 1), 100)
        within.down = min(max(_whole(said.get("rowspan"), 1), 1), 1000)
        within.is_open = True
        self._flows.append(_Lines())

    def _close_cell(self) -> None:
        """End the cell that is open in the innermost table."""
        if not self._tables or not self._tables[-1].is_open:
            return
        within = self._tables[-1]
        within.is_open = False
        said = self._flows.pop().said()
        filled = within.rows[-1]
        column = next((n for n in range(_WIDEST) if n not in filled), _WIDEST - 1)
        filled[column] = said
        for beside in range(column + 1, min(column + within.across, _WIDEST)):
            filled.setdefault(beside, "")
        if within.down > 1:
            within.reaching[column] = within.down - 1, said

    def _end_table(self) -> None:
        self._close_cell()
        heard = self._tables.pop()
        wide = max((max(filled, default=-1) for filled in heard.rows), default=-1) + 1
        rows = [[filled.get(n, "") for n in range(wide)] for filled in heard.rows]
        found = table.table_of(rows, frozenset(heard.below))
        if wide > 1:
            self.tables.append(found)
        self._break()
        self._flows[-1].whole.extend(table.lines(found))


def read(name: str, data: bytes, said: str = "") -> PaperText:
    """Read a page; ``said`` is the encoding that stands outside it. Raises KnownError when it is no text."""
    text = encoding.decoded(data, said or encoding.said_by_page(data))
    if text is None:
        raise unreadable(name, "的文字编码认不出", _ASK)
    if len(text) > _LONGEST:
        raise unreadable(name, f"有{len(text) // 1_000_000}百万个字符，比任何发文的网页都大", _ASK)
    page = _Page()
    try:
        page.hear(text)
    except ValueError as error:
        raise unreadable(name, "里的表格大得不正常", _ASK) from error
    notes = (
        (page.numbered, f"有{page.numbered}段的编号是网页自动编的，已按显示的样子写进文字。"),
        (len(page.tables), table.note(page.tables)),
        (page.pictures, f"有{page.pictures}张图片，没有读；图片里如有文字，请自行补上。"),
        (page.hidden, f"有{page.hidden}处网页上看不见的内容，没有读。"),
    )
    aside = tuple(SetAside("表头", head) for head in table.heads(page.tables))
    return PaperText(
        plain_text(page.text()), PAGE, tuple(words for n, words in notes if n), aside, tuple(page.tables)
    )


def read_archive(name: str, data: bytes) -> PaperText:
    """Read a page that was saved with all that belongs to it in one file (MIME). Raises KnownError."""
    try:
        found = _page(message_from_bytes(data, policy=policy.compat32))
    except (MessageError, ValueError, LookupError, RecursionError) as error:
        raise unreadable(name, "已损坏，读不出内容", _ASK) from error
    if found is None:
        raise unreadable(name, "里没有网页", _ASK)
    content, said = found
    paper = read(name, content, said)
    return PaperText(paper.text, ARCHIVE, paper.notes, paper.aside, paper.tables)


def _page(message: Message) -> tuple[bytes, str] | None:
    """Return the first page in a message and its encoding."""
    for count, part in enumerate(message.walk()):
        if count > _MOST_PARTS:
            return None
        if part.get_content_type() in ("text/html", "application/xhtml+xml"):
            content = part.get_payload(decode=True)
            if isinstance(content, bytes) and content.strip():
                return content, part.get_content_charset() or ""
    return None


def _whole(said: str | None, default: int) -> int:
    return int(said) if said and re.fullmatch("[0-9]{1,4}", said.strip()) else default
