"""One paper of a notice: preamble, categories (一、…), measures (1.…。…(责任单位:…)), closing clause."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from desktop.catalogue.model import Category, Measure
from desktop.catalogue.parsed import NamedUnit
from desktop.catalogue.source import Paragraph, check_brackets
from desktop.errors import NoticeError

_CATEGORY = re.compile(r"([一二三四五六七八九十]{1,3})、(.*)")
_MEASURE = re.compile(r"(\d{1,3})\s*[.．]\s*(?!\d)(.*)")
_UNITS = re.compile(r"[(（]责任单位[:：]([^()（）]*)[)）]")
_LAST_BRACKET = re.compile(r"[(（][^()（）]*[)）]$")
_LABEL = re.compile(r"单位\s*[:：]")
_VALID_UNTIL = re.compile(r"有效期[至到](\d{4})年(\d{1,2})月(\d{1,2})日")
_HAN_NAME = re.compile(r"[\u4e00-\u9fff]+")


@dataclass(frozen=True, slots=True)
class NoticePaper:
    """What stands below a paper's title; ``headings`` are the lines of the ``categories``, one for each."""

    preamble: tuple[Paragraph, ...]
    categories: tuple[Category, ...]
    headings: tuple[Paragraph, ...]
    measures: tuple[Measure, ...]
    named: tuple[NamedUnit, ...]
    closing: Paragraph | None
    valid_until: date | None


def parse(document_key: str, title_line: int, paragraphs: Sequence[Paragraph]) -> NoticePaper:
    """Read the paragraphs from below a paper's title to the next paper; :class:`NoticeError` if broken."""
    for paragraph in paragraphs:
        check_brackets(paragraph)
    head = next((i for i, p in enumerate(paragraphs) if _CATEGORY.fullmatch(p.text)), None)
    if head is None:
        raise NoticeError(title_line, "文件中没有类别（“一、……”）。")
    for paragraph in paragraphs[:head]:
        if _MEASURE.fullmatch(paragraph.text):
            raise NoticeError(paragraph.line, "措施之前没有类别（“一、……”）。")
    categories: list[Category] = []
    headings: list[Paragraph] = []
    measures: list[Measure] = []
    named: list[NamedUnit] = []
    closing: Paragraph | None = None
    for paragraph in paragraphs[head:]:
        if closing:
            raise NoticeError(paragraph.line, "写明有效期的结尾条款之后还有文字。")
        if found := _CATEGORY.fullmatch(paragraph.text):
            _check_filled(categories, headings, measures)
            categories.append(_category(document_key, len(categories) + 1, found, paragraph))
            headings.append(paragraph)
        elif found := _MEASURE.fullmatch(paragraph.text):
            measure = _measure(categories[-1], measures, found, paragraph)
            measures.append(measure)
            named += _named_units(measure)
        elif _VALID_UNTIL.search(paragraph.text):
            closing = paragraph
        else:
            raise NoticeError(paragraph.line, "这一段既不是类别、措施，也不是写明有效期的结尾条款。")
    _check_filled(categories, headings, measures)
    return NoticePaper(
        tuple(paragraphs[:head]),
        tuple(categories),
        tuple(headings),
        tuple(measures),
        tuple(named),
        closing,
        _valid_until(closing) if closing else None,
    )


def _category(document_key: str, expected: int, found: re.Match[str], paragraph: Paragraph) -> Category:
    label, title = found[1], found[2]
    if label != _numeral(expected):
        raise NoticeError(paragraph.line, f"类别序号应为“{_numeral(expected)}”，这里是“{label}”。")
    if not title or "。" in title:
        raise NoticeError(paragraph.line, f"类别“{label}”没有标题，或标题中有句号。")
    return Category(f"{document_key}.c{expected:02}", document_key, expected, label, title)


def _check_filled(
    categories: Sequence[Category], headings: Sequence[Paragraph], measures: Sequence[Measure]
) -> None:
    """Raise unless the newest category, if any, has a measure."""
    if categories and not (measures and measures[-1].category_key == categories[-1].key):
        raise NoticeError(headings[-1].line, f"类别“{categories[-1].heading}”之下没有措施。")


def _measure(
    category: Category, earlier: Sequence[Measure], found: re.Match[str], paragraph: Paragraph
) -> Measure:
    """Return the measure of a paragraph; its number must follow on the measure before."""
    number, text, line = int(found[1]), paragraph.text, paragraph.line
    for measure in earlier:
        if measure.number == number:
            raise NoticeError(line, f"第{number}条的序号重复，已见于第{measure.line}行。")
    if number != len(earlier) + 1:
        raise NoticeError(line, f"缺少第{len(earlier) + 1}条，这里是第{number}条。")
    title = found[2].partition("。")[0]
    body_start = found.start(2) + len(title) + 1
    if not title or body_start > len(text) or re.search("[,:;，：；()（）]", title):
        raise NoticeError(line, f"第{number}条没有以句号结束的标题。")
    units_start = _units_start(text, number, line)
    body_end = units_start if units_start >= 0 else len(text)
    if not text[body_start:body_end].strip():
        raise NoticeError(line, f"第{number}条“{title}”没有内容。")
    return Measure(
        key=f"{category.document_key}.m{number:02}",
        document_key=category.document_key,
        category_key=category.key,
        number=number,
        title=title,
        text=text,
        start=paragraph.start,
        end=paragraph.end,
        line=line,
        body_start=body_start,
        body_end=body_end,
        units_start=units_start,
        text_sha256=hashlib.sha256(text.encode()).hexdigest(),
        label=text[: found.start(2)].strip(),
    )


def _units_start(text: str, number: int, line: int) -> int:
    """Return where the bracket with the units opens that ends the paragraph, or -1 if no unit is named."""
    found = _LAST_BRACKET.search(text)
    labels = len(_LABEL.findall(text))
    if found and _UNITS.fullmatch(found[0]) and labels == 1:
        return found.start()
    if labels or (found and "单位" in found[0]):
        raise NoticeError(line, f"第{number}条的责任单位应写在段末的括号内，如“(责任单位:区财政局)”。")
    return -1


def _named_units(measure: Measure) -> list[NamedUnit]:
    """Return the units in printed order; each must be named once, in Han characters, parted by 、."""
    found = _UNITS.fullmatch(measure.printed_units)
    if not found:
        return []
    names = [name.strip() for name in found[1].split("、")]
    for index, name in enumerate(names):
        if not name:
            raise NoticeError(measure.line, f"第{measure.number}条的责任单位有空缺。")
        if not _HAN_NAME.fullmatch(name):
            raise NoticeError(
                measure.line, f"第{measure.number}条的责任单位“{name}”不合格式，各单位之间应为顿号。"
            )
        if name in names[:index]:
            raise NoticeError(measure.line, f"第{measure.number}条的责任单位“{name}”重复。")
    units, at = [], measure.text.index(found[1], measure.units_start)
    for position, name in enumerate(names, start=1):
        at = measure.text.index(name, at)
        units.append(NamedUnit(measure.key, name, position, measure.line, start=at, end=at + len(name)))
        at += len(name)
    return units


def _valid_until(closing: Paragraph) -> date:
    found = _VALID_UNTIL.findall(closing.text)
    try:
        (day,) = {date(int(year), int(month), int(day)) for year, month, day in found}
    except ValueError as error:
        raise NoticeError(closing.line, "结尾条款的有效期不是一个成立的日期。") from error
    return day


def _numeral(number: int) -> str:
    """Return a Chinese ordinal from 1 to 99, e.g. 12 → 十二."""
    digits = "零一二三四五六七八九"
    tens, ones = divmod(number, 10)
    return (digits[tens] if tens > 1 else "") + ("十" if tens else "") + (digits[ones] if ones else "")
