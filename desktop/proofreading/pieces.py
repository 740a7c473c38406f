"""What in a text may claim something: 文号, titles, 条号, statements of units, quotations, sentences.

Only by form; whether any of it speaks of the library is not asked here. Places are those of the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from desktop.catalogue.citing import value
from desktop.proofreading.model import Span
from desktop.reading.days import narrow

SHORTEST_QUOTATION = 8
"""Characters of a quotation; shorter ones are words in quotation marks (“三农”)."""
_DIGITS = r"(?:\d{1,4}|[零〇一二三四五六七八九十百]{1,5})"
_YEAR = r"(?:[12]\d{3}|[一二][零〇○一二三四五六七八九]{3})"
_ISSUED = re.compile(
    rf"(?P<word>[\u4e00-\u9fff]{{2,16}})\s*"
    rf"(?:[〔\[(（【［{{﹝<《]\s*(?P<year>{_YEAR})\s*年?\s*[〕\])）】］}}﹞>》]\s*第?|(?P<bare>[12]\d{{3}})\s*年\s*第?)"
    rf"\s*(?P<number>{_DIGITS})\s*号(?!线|楼|院|店|厂|路)"
)
_BEFORE_WORD = re.compile(
    "^.*(?:根据|按照|依据|依照|参照|落实|贯彻|执行|印发|下发|出台|详见|文号|发文|文件|通知|以及|[以见和及与的按据是为指对在由从])"
)
_TITLE = re.compile(r"《((?:[^《》\n]|《[^《》\n]{2,120}》){2,160})》")
_ARTICLE = re.compile(
    rf"(?P<part>第\s*{_DIGITS}\s*(?:部分|章)\s*)?(?P<group>[（(]\s*{_DIGITS}\s*[)）]\s*)?"
    rf"第\s*{_DIGITS}(?:\s*[、,，和及至到—~-]+\s*(?:第\s*)?{_DIGITS})*\s*条"
    r"(?!例|件|[生产流水]*线|道|船|路|街|理)"
    rf"|(?:措施|条款)(?:编号|第)?\s*{_DIGITS}(?![\d.．、%万千百个条项号年月日家户件]|分之)"
    rf"|(?:条号|措施编号|条款号)\s*[:：]?\s*(?:第\s*)?{_DIGITS}(?:\s*条)?"
    rf"|第\s*{_DIGITS}\s*项(?=措施)"
    rf"|(?P<part_of_item>第\s*{_DIGITS}\s*(?:部分|章)\s*)?第\s*[（(]\s*{_DIGITS}\s*[)）]\s*项"
)
_ONE = re.compile(_DIGITS)
_LABEL = r"(?:责任|牵头|配合|主办|协办|承办|落实|实施|参与|主管)(?:责任)?(?:单位|部门)(?:及分工)?"
_STATEMENT = re.compile(
    rf"[（(\[【〔]\s*(?={_LABEL}\s*[:：])(?:[^（）()\n]|[（(][^（）()\n]*[）)])*[）)\]】〕]"
    rf"|{_LABEL}\s*(?:[:：]|为|是|有|包括)\s*(?:[^（）()。；;\n\t]|[（(][^（）()\n]*[）)]|[；;](?={_LABEL}))+"
)
PAIRS = {"“": "”", "「": "」", "『": "』", '"': '"'}
_PIECE = re.compile(r"[^。；！？;!?\n\t]+[。；！？;!?]*[”」』\"]?")
_ITEM = re.compile(
    r"\s*(?:[●★■□◆◇▲·•*-]\s*)?(?:第[一二三四五六七八九十百\d]+[章节]|[（(][一二三四五六七八九十\d]{1,3}[）)]"
    r"|[一二三四五六七八九十]{1,3}\s*[、.．]|[一二三四五六七八九十]是|\d{1,3}\s*(?:[、．]|\.(?!\d))|[①-⑳])?\s*"
)


@dataclass(frozen=True, slots=True)
class SaidNumber:
    """A 文号: what stands before its year, as much as may belong to it, and year and number."""

    start: int
    end: int
    word: str
    year: int
    number: int
    bracketed: bool


@dataclass(frozen=True, slots=True)
class SaidArticle:
    """A 条号 and the numbers that it names; ``in_part`` where it says of which part (第二部分第1条)."""

    start: int
    end: int
    numbers: tuple[int, ...]
    in_part: bool = False


def numbers(text: str) -> list[SaidNumber]:
    """Return the 文号 of a text."""
    found = []
    for match in _ISSUED.finditer(narrow(text)):
        word = _BEFORE_WORD.sub("", match["word"]) or match["word"]
        start = match.end("word") - len(word)
        year, number = value(_year(match["year"] or match["bare"])), value(match["number"])
        found.append(SaidNumber(start, match.end(), word, year or 0, number or 0, bool(match["year"])))
    return found


def titles(text: str) -> list[Span]:
    """Return what stands in 《》, the marks apart."""
    return [match.span(1) for match in _TITLE.finditer(text)]


def articles(text: str) -> list[SaidArticle]:
    """Return the 条号 of a text."""
    found = []
    for match in _ARTICLE.finditer(narrow(text)):
        parts = max(match.end("part"), match.end("part_of_item"))
        after = max(match.start(), parts, match.end("group"))
        named = _ONE.findall(match.string, after, match.end())
        start = match.start() if parts >= 0 else after
        numbers = tuple(value(each) or 0 for each in named)
        found.append(SaidArticle(start, match.end(), numbers, parts >= 0))
    return found


def statements(text: str) -> list[Span]:
    """Return where units are stated behind a label: （责任单位：…）, 牵头单位为…."""
    return [match.span() for match in _STATEMENT.finditer(text)]


def quotations(text: str) -> list[Span]:
    """Return what stands in quotation marks and is long enough, the marks apart; the outermost."""
    found: list[Span] = []
    opened: list[tuple[str, int]] = []
    for at, char in enumerate(text):
        if opened and char == opened[-1][0]:
            _, start = opened.pop()
            if not opened and at - start >= SHORTEST_QUOTATION:
                found.append((start, at))
        elif char in PAIRS:
            opened.append((PAIRS[char], at + 1))
        elif char == "\n":
            opened.clear()
    return found


def sentences(text: str) -> Iterator[Span]:
    """Yield the sentences, cells and lines, without what numbers them."""
    begins = 0
    for match in _PIECE.finditer(text):
        start = match.start()
        if start == 0 or text[start - 1] in "\n\t" or text[begins:start].strip() == "":
            start = item_end(text, start, match.end())
        if text[start : match.end()].strip():
            yield start, match.end()
        begins = match.end()


def item_end(text: str, start: int, end: int) -> int:
    """Return where what numbers a line ends: 一、（二） 3. ●, and the blanks before it."""
    item = _ITEM.match(text, start, end)
    return item.end() if item else start


def without(span: Span, holes: Sequence[Span]) -> list[Span]:
    """Return what is left of a span without ``holes``."""
    start, end = span
    left: list[Span] = []
    for first, last in sorted(holes):
        if last <= start or first >= end:
            continue
        if start < first:
            left.append((start, first))
        start = max(start, last)
    if start < end:
        left.append((start, end))
    return left


def no_words(text: str) -> list[Span]:
    """Return what is compared on its own and is no part of running words: 文号, titles, 条号."""
    found = [(start - 1, end + 1) for start, end in titles(text)]
    found += [(said.start, said.end) for said in numbers(text) if said.bracketed]
    found += [(said.start, said.end) for said in articles(text)]
    return sorted(found)


def _year(said: str) -> str:
    if said.isdigit():
        return said
    return "".join(
        str("〇一二三四五六七八九".find(char.replace("零", "〇").replace("○", "〇"))) for char in said
    )
