"""文号, title, issuer, addressees and dates of a notice, read from its head, letter and signature.

What the page says about the notice (发布日期：2031-03-09) is when it was put there, which is not its date.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from desktop.reading.days import DAY, day_words, read_day
from desktop.reading.head_lines import (
    CITED_ON,
    NUMBER,
    ODD_NUMBER,
    OF_HEAD,
    OFFICE,
    PUBLIC,
    HeadLine,
    is_like_a_day,
    lines_of,
    metas,
    title_blocks,
    unrun,
)
from desktop.reading.model import Head, Label, NoticeDoubt, NoticePiece
from desktop.reading.numbering import han_value

_ODD = (Label.NOTE, Label.CLOSING, Label.CONTINUATION)
_LONE_DAY = re.compile(rf"^[（(]?(?P<who>[^\d，。；]{{0,60}}?)\s*(?P<day>{DAY})\s*[）)]?[。]?$")
_LOST = re.compile(r"^(?P<who>[^\d，。；]{0,60}?)\s*(?P<day>[12]\d{5,7})$")
_MISPRINTED = re.compile(
    r"^(?P<who>[^\d，。；]{0,60}?)\s*(?P<day>[12]\d{3}\s*[年月]?\s*\d{1,2}\s*月?\s*\d{1,2}\s*日?)$"
)
_PUBLISHED = re.compile(rf"(?P<who>[^。，；：:]{{0,60}}?)\s*(?P<day>{DAY})\s*(?:发布|公布|公开)")
_GIVEN_OUT = re.compile(rf"(?P<who>[^。，；：:]{{0,60}}?)\s*(?P<day>{DAY})\s*(?:印发|印)")
_ADDRESSED = re.compile(r"^(?P<whom>[^。；！？]{2,400}?)[：:]")
_ISSUER = re.compile(r"^(?P<who>.{2,60}?)(?:关于|印发|转发|批转)")
_AREA = re.compile(
    r"^(?:[省市县区州盟旗镇乡]|县级市|自治[州县旗])*(?:[（(].*[）)])?(?:人民政府|政府|管委会)?$"
)
_FOR_SURE = re.compile(r"(?:各|有关|单位|部门|政府|公司|街道|乡镇|企业|管委会|局|厅|中心|办事处|专班)")


def read_head(source: str, pieces: Sequence[NoticePiece]) -> Head:
    """Return what the pieces of the head, the letter, the titles and the signatures say; "" and None else.

    Where the date was read in another way than plainly, ``issued_reason`` says how; what stays unclear is
    among the doubts.
    """
    lines = unrun(lines_of(source, pieces, (*OF_HEAD, Label.PREAMBLE)))
    lines += [line for line in lines_of(source, pieces, _ODD) if _LONE_DAY.match(line.text)]
    lines += _run_on_signature(source, pieces)
    stated = metas(lines_of(source, pieces, (Label.HEAD, Label.NOISE, Label.SIGNATURE)))
    doubts: list[NoticeDoubt] = []
    title = _title(source, lines, stated)
    published = _published(lines, stated)
    issue = _issue(lines, stated, published)
    doubts += issue.doubts
    number = _number(lines, stated, doubts)
    return Head(
        number=number,
        title=title,
        issuer=_issuer(lines, stated, title),
        addressees=_addressees(lines),
        issued_on=issue.day,
        issued_printed=issue.printed,
        issued_reason=issue.reason,
        published_on=published,
        doubts=tuple(doubts),
    )


def _run_on_signature(source: str, pieces: Sequence[NoticePiece]) -> list[HeadLine]:
    """Return the signature that a page ran together with the last paragraph."""
    if not pieces or pieces[-1].label in (*OF_HEAD, Label.ATTACHMENT, Label.NOISE):
        return []
    last = lines_of(source, pieces[-1:], (pieces[-1].label,))[-1:]
    return [
        line
        for whole in last
        for line in unrun([HeadLine(Label.LETTER, whole.text, whole.start, whole.end)])
        if line.label is Label.SIGNATURE
    ]


def _number(lines: Sequence[HeadLine], stated: dict[str, HeadLine], doubts: list[NoticeDoubt]) -> str:
    """Return the 文号 in 〔〕: a line of its own before one within a line, before what the page states."""
    own: list[tuple[str, HeadLine]] = []
    within: list[tuple[str, HeadLine]] = []
    for line in lines:
        if line.label not in (Label.HEAD, Label.TITLE, Label.SIGNATURE):
            continue
        for found in NUMBER.finditer(line.text):
            alone = len(found[0]) + 2 >= len(line.text)
            if alone or (found.start() == 0 and not CITED_ON.match(line.text[found.end() :])):
                own.append((_usual(found), line))
            elif line.label is Label.HEAD:
                word = _usual(found).partition("〔")[0]
                if not _cited(line.text[: line.text.rfind(word, 0, found.end())]):
                    within.append((_usual(found), line))
    for key in ("发文字号", "文号", "文件编号"):
        if key in stated and (found_there := NUMBER.search(stated[key].text)):
            within.append((_usual(found_there), stated[key]))
    numbers = own or within
    odd = next((line for line in lines if line.label is Label.HEAD and ODD_NUMBER.match(line.text)), None)
    if not numbers and odd:
        text = f"“{odd.text}”像是文号，但写法少见，没有读出来。文号是什么？"
        doubts.append(NoticeDoubt(odd.start, odd.end, text, "number"))
    elif numbers and re.search(r"〔\d\d〕", numbers[0][0]):
        text = f"文号“{numbers[0][0]}”的年份只有两位，是否原文如此？"
        doubts.append(NoticeDoubt(numbers[0][1].start, numbers[0][1].end, text, "number"))
    distinct = list(dict.fromkeys(number for number, _ in numbers))
    if len(distinct) > 1:
        line = numbers[[number for number, _ in numbers].index(distinct[1])][1]
        text = f"文号写了“{distinct[0]}”和“{distinct[1]}”，哪一个是本文件的文号？"
        doubts.append(NoticeDoubt(line.start, line.end, text, "number"))
    return distinct[0] if distinct else ""


def _cited(before: str) -> bool:
    """Return whether a 文号 stands behind a paper that is only named: 《…》（ or 根据…"""
    return bool(re.search(r"》\s*[（(]?$|根据|按照|依据", before)) and "通知" not in before[-6:]


def _usual(found: re.Match[str]) -> str:
    if found["nth"]:
        return f"{found['other'] or ''}{found['of_year']}年第{found['nth']}号"
    word = found["word"]
    for mark in ("通知", "办公室", "办公厅", "人民政府", "委员会", "：", "文号", "字号"):
        rest = word.rpartition(mark)[2]
        word = rest if len(rest) >= 2 else word
    return f"{word}〔{_digits(found['year'])}〕{found['order'] or ''}{_digits(found['count'])}号"


def _digits(printed: str) -> str:
    """Return Chinese digits as Arabic ones."""
    plain = "".join(printed.split())
    return plain if plain[0].isdigit() and plain[0].isascii() else str(han_value(plain.replace("○", "〇")))


def _title(source: str, lines: Sequence[HeadLine], stated: dict[str, HeadLine]) -> str:
    """Return the title: the last one above the text, as pages print it twice; else that of a paper."""
    head = [line for line in lines if line.label is Label.HEAD]
    blocks = title_blocks(source, head)
    if blocks:
        return blocks[-1]
    for key in ("标题", "名称", "文件名称", "信息名称"):
        if key in stated:
            return stated[key].text
    papers = [line for line in lines if line.label is Label.TITLE]
    joined = title_blocks(source, papers)
    if joined:
        return joined[0]
    return "".join(line.text for line in papers[:1])


def _issuer(lines: Sequence[HeadLine], stated: dict[str, HeadLine], title: str) -> str:
    """Return who gives the notice out: the signature, else the title's beginning, else what the page states.

    Several offices are joined by 、.
    """
    signed = _signers(lines)
    if signed:
        return "、".join(dict.fromkeys(signed))
    if (found := _ISSUER.match(title)) and OFFICE.match(found["who"]):
        return found["who"]
    for line in lines:
        if line.label is Label.HEAD and line.text.endswith("文件") and OFFICE.match(line.text[:-2].strip()):
            return line.text[:-2].strip()
    for key in ("发文机关", "发文单位", "发布机构", "发布单位"):
        if key in stated:
            return stated[key].text
    return ""


def _signers(lines: Sequence[HeadLine]) -> list[str]:
    """Return the offices of the first signature; a name over two lines is joined."""
    found: list[str] = []
    open_name = ""
    for line in lines:
        if line.label is not Label.SIGNATURE or PUBLIC.match(line.text):
            if found:
                break
            continue
        text = line.text
        dated = next((m for p in (_PUBLISHED, _GIVEN_OUT, _LONE_DAY, _LOST) if (m := p.match(text))), None)
        if dated:
            text = dated["who"].strip()
        text = re.sub(r"\s+|[（(]代章[）)]|[（(]盖章[）)]", "", text)
        if text and OFFICE.match(open_name + text):
            found += _run_on(open_name + text)
            open_name = ""
        elif text and re.fullmatch(r"[（(].*[）)]", text):
            continue
        elif text and len(text) <= 30 and not re.search(r"[。：:]", text):
            open_name += text
        if dated and found:
            break
    return found


def _run_on(text: str) -> list[str]:
    """Cut two offices of one place that stand in one line: 云山市甲局云山市乙局."""
    found = re.match(
        r"(?P<first>(?P<place>[\u4e00-\u9fff]{2,4}).+?(?:局|委|办|厅|部|中心|委员会|政府))(?=(?P=place))",
        text,
    )
    return [found["first"], *_run_on(text[found.end() :])] if found else [text]


def _addressees(lines: Iterable[HeadLine]) -> tuple[str, ...]:
    """Return 主送机关: what stands before the colon of the first line of the letter, or above the text."""
    for line in lines:
        found = _ADDRESSED.match(line.text)
        if line.label not in (Label.LETTER, Label.HEAD) or not found:
            continue
        if not _FOR_SURE.search(found["whom"]) or re.match(
            r"为|根据|现|经|按照|发布|来源|信息|索引", found["whom"]
        ):
            continue
        names = [name.strip() for name in re.split("[，,；;]", found["whom"])]
        return tuple(part for name in names if name for part in _parted(name))
    return ()


def _parted(name: str) -> list[str]:
    """Cut at 、 where each part is a whole name: 区直各单位、各街道办事处, not 各委、办、局."""
    if re.search(r"[（(〔\[][^）)〕\]]*、", name):
        return [name]
    parts = [part.strip() for part in name.split("、")]
    whole = all(len(part) >= 4 and _FOR_SURE.search(part) for part in parts)
    return parts if whole and not any(_AREA.match(part) for part in parts[1:]) else [name]


def _published(lines: Iterable[HeadLine], stated: dict[str, HeadLine]) -> date | None:
    for key in ("发布日期", "发布时间", "公开日期", "公开时间"):
        if key in stated and (found := re.match(DAY, stated[key].text)) and (day := read_day(found[0])):
            return day
    for line in lines:
        if line.label in (Label.SIGNATURE, Label.HEAD) and (found := _PUBLISHED.search(line.text)):
            return read_day(found["day"])
    return None


@dataclass(slots=True)
class _Issue:
    """成文日期 as found: the day, what is printed, why it was read so."""

    day: date | None = None
    printed: str = ""
    reason: str = ""
    doubts: list[NoticeDoubt] = field(default_factory=list)


def _issue(lines: Sequence[HeadLine], stated: dict[str, HeadLine], published: date | None) -> _Issue:
    """Return 成文日期: the first day alone or behind an office, in a signature or above the text."""
    for labels in ((Label.SIGNATURE,), (Label.LETTER, Label.HEAD), (Label.TITLE, *_ODD)):
        for line in lines:
            if line.label not in labels:
                continue
            if found := _LONE_DAY.match(line.text):
                if OFFICE.match(found["who"]) or not found["who"] or labels == (Label.SIGNATURE,):
                    return _plain(line, found["day"], published)
            elif found := _LOST.match(line.text):
                return _without_marks(line, found["day"], published)
            elif found := _MISPRINTED.match(line.text):
                return _misprinted(line, found["day"])
            elif is_like_a_day(line.text) and not re.search(DAY, line.text):
                text = f"成文日期印作“{line.text}”，应是哪一天？"
                return _Issue(doubts=[NoticeDoubt(line.start, line.end, text, "day")])
    for key in ("成文日期", "成文时间", "发文日期"):
        if key in stated and (found := re.match(DAY, stated[key].text)):
            issue = _plain(stated[key], found[0], published)
            issue.reason = f"文末没有落款日期，取网页所列的{key}。"
            return issue
    for line in lines:
        if line.label is Label.SIGNATURE and (found := _GIVEN_OUT.search(line.text)):
            issue = _plain(line, found["day"], None)
            issue.reason = "没有落款日期，取文末所印的印发日期。"
            text = f"没有落款日期，是否以印发日期“{found['day']}”为成文日期？"
            issue.doubts.append(NoticeDoubt(line.start, line.end, text, "day"))
            return issue
    return _Issue()


def _plain(line: HeadLine, printed: str, published: date | None) -> _Issue:
    day = read_day(printed)
    issue = _Issue(day, printed)
    if day is None:
        text = f"成文日期“{printed}”不是一个成立的日期，应是哪一天？"
        issue.doubts.append(NoticeDoubt(line.start, line.end, text, "day"))
    elif published and day > published:
        text = f"成文日期“{printed}”晚于发布日期{day_words(published)}，是否有误？"
        issue.doubts.append(NoticeDoubt(line.start, line.end, text, "day"))
    return issue


def _without_marks(line: HeadLine, printed: str, published: date | None) -> _Issue:
    """Read bare digits as year, month, day, in every way that gives a day not after publication.

    Exactly one must remain (2031210 is 2031年2月10日); else the day is asked for.
    """
    year, rest = printed[:4], printed[4:]
    days = [
        read_day(f"{year}年{rest[:cut]}月{rest[cut:]}日")
        for cut in (1, 2)
        if 1 <= len(rest) - cut <= 2 and "0" not in (rest[:cut], rest[cut:])
    ]
    fitting = {day for day in days if day and (not published or day <= published)}
    if len(fitting) != 1:
        text = f"成文日期印作“{printed}”，丢失了“年月日”三字，应是哪一天？"
        return _Issue(None, printed, "", [NoticeDoubt(line.start, line.end, text, "day")])
    day = fitting.pop()
    only = f"是唯一成立且不晚于发布日期{day_words(published)}的读法" if published else "是唯一成立的读法"
    reason = f"原文网页丢失“年月日”三字，印作“{printed}”；读作{day_words(day)}，{only}。"
    return _Issue(day, printed, reason)


def _misprinted(line: HeadLine, printed: str) -> _Issue:
    """Read a day with a wrong character (2031月3月26日), and ask."""
    digits = re.findall(r"\d+", printed)
    day = read_day(f"{digits[0]}年{digits[1]}月{digits[2]}日") if len(digits) == 3 else None
    reason = f"原文印作“{printed}”，读作{day_words(day)}。" if day else ""
    text = (
        f"成文日期印作“{printed}”，是否{day_words(day)}？"
        if day
        else f"成文日期印作“{printed}”，应是哪一天？"
    )
    return _Issue(day, printed, reason, [NoticeDoubt(line.start, line.end, text, "day")])
