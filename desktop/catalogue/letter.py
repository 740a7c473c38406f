"""The covering letter of a notice: 文号, title, addressees, dates, and which papers it issues.

Before it stands the web page's navigation, of which only the page's title and 发布日期 are read. The letter
begins at the 文号 and ends before the title of the first paper that it issues.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from desktop.catalogue.source import Paragraph
from desktop.catalogue.validity import date_words
from desktop.errors import NoticeError

NUMBER = r"[\u4e00-\u9fff]{2,}〔\d{4}〕\d{1,4}号"

_PUBLISHED = re.compile(r"发布日期[:：]\s*(.*)")
_WRITTEN_DATE = re.compile(r"(\d{4})年(\d{1,2})月(\d{1,2})日")


@dataclass(frozen=True, slots=True)
class Letter:
    """What the letter says; its 文号 is paragraph ``first`` (an index), its date paragraph ``last``."""

    number: str
    title: str
    issuer: str
    addressees: tuple[str, ...]
    published_on: date
    issued_on: date
    issued_printed: str
    issued_reason: str
    issues: tuple[str, ...]
    first: int
    last: int


def parse(paragraphs: Sequence[Paragraph]) -> Letter:
    """Read the letter; :class:`NoticeError` says what is missing or does not agree."""
    first = _find(
        paragraphs,
        0,
        lambda text: re.fullmatch(NUMBER, text),
        "没有找到发文字号（如“某政办发〔2023〕3号”）。",
    )
    to = _find(
        paragraphs, first + 1, lambda text: text[-1] in ":：", "没有找到主送机关（以冒号结尾的一行）。"
    )
    title = "".join(paragraph.text for paragraph in paragraphs[first + 1 : to])
    issuer, about, _ = title.partition("关于")
    if not issuer or not about:
        raise NoticeError(paragraphs[first].line, "发文字号之下没有“某机关关于……的通知”式的标题。")
    signed = _find(paragraphs, to + 1, lambda text: text == issuer, f"没有找到落款“{issuer}”。")
    if signed + 1 == len(paragraphs):
        raise NoticeError(paragraphs[signed].line, "落款之下没有成文日期。")
    published = _publication(paragraphs[:first], title)
    issued, reason = _issue_date(paragraphs[signed + 1], published)
    return Letter(
        number=paragraphs[first].text,
        title=title,
        issuer=issuer,
        addressees=_addressees(paragraphs[to]),
        published_on=published,
        issued_on=issued,
        issued_printed=paragraphs[signed + 1].text,
        issued_reason=reason,
        issues=_issued_papers(paragraphs[to + 1 : signed], paragraphs[to].line),
        first=first,
        last=signed + 1,
    )


def _find(paragraphs: Sequence[Paragraph], start: int, fits: Callable[[str], object], otherwise: str) -> int:
    """Return the index of the first paragraph from ``start`` on that fits; else raise with ``otherwise``."""
    for index in range(start, len(paragraphs)):
        if fits(paragraphs[index].text):
            return index
    raise NoticeError(0, otherwise)


def _publication(page: Sequence[Paragraph], title: str) -> date:
    """Return 发布日期 from the page's head, whose title above it must be the letter's."""
    for index, paragraph in enumerate(page):
        if found := _PUBLISHED.fullmatch(paragraph.text):
            try:
                published = date.fromisoformat(found[1])
            except ValueError as error:
                raise NoticeError(
                    paragraph.line, f"发布日期“{found[1]}”不是“2023-03-09”式的日期。"
                ) from error
            shown = page[index - 1].text if index else ""
            if shown != title:
                raise NoticeError(paragraph.line, f"网页标题“{shown}”与正文标题“{title}”不一致。")
            return published
    raise NoticeError(0, "发文字号之前没有“发布日期”。")


def _addressees(paragraph: Paragraph) -> tuple[str, ...]:
    names = tuple(name.strip() for name in re.split("[,，、;；]", paragraph.text[:-1]))
    if not all(names):
        raise NoticeError(paragraph.line, "主送机关有空缺。")
    return names


def _issued_papers(words: Sequence[Paragraph], line: int) -> tuple[str, ...]:
    """Return the titles in 《》 of the sentence that issues them (…已经区人民政府同意，现印发给你们…)."""
    titles = tuple(
        title
        for paragraph in words
        if "印发" in paragraph.text
        for title in re.findall("《([^《》]+)》", paragraph.text)
    )
    if not titles:
        raise NoticeError(line, "通知正文没有写明印发的文件（《……》……现印发给你们）。")
    return titles


def _issue_date(paragraph: Paragraph, published: date) -> tuple[date, str]:
    """Return 成文日期 and, when the source lost 年月日, why the printed digits are read so.

    Bare digits are read as year, month, day in every way that gives a calendar date not after publication;
    exactly one must remain.
    """
    printed = paragraph.text
    if found := _WRITTEN_DATE.fullmatch(printed):
        day = _date(found[1], found[2], found[3])
        if day is None or day > published:
            raise NoticeError(paragraph.line, f"成文日期“{printed}”不成立，或晚于发布日期。")
        return day, ""
    if not re.fullmatch(r"\d{6,8}", printed):
        raise NoticeError(paragraph.line, f"“{printed}”不是成文日期。")
    year, rest = printed[:4], printed[4:]
    days = [_date(year, rest[:cut], rest[cut:]) for cut in (1, 2)]
    fitting = {day for day in days if day and day <= published}
    if len(fitting) != 1:
        reason = f"成文日期印作“{printed}”，不晚于发布日期的读法不是恰好一种，无法确定。"
        raise NoticeError(paragraph.line, reason)
    day = fitting.pop()
    return day, (
        f"原文网页丢失“年月日”三字，印作“{printed}”；读作{date_words(day)}，"
        f"是唯一成立且不晚于发布日期{date_words(published)}的读法。"
    )


def _date(year: str, month: str, day: str) -> date | None:
    """Return the date, or None when the digits give none (0 or three digits for a day, month 21)."""
    if len(day) > 2:
        return None
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None
