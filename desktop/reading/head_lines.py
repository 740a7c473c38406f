"""The lines of a notice's head, letter and signature, as :mod:`desktop.reading.heads` looks at them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from desktop.reading.days import DAY, narrow
from desktop.reading.model import Label, NoticePiece

OPENED = r"[〔\[（(【﹝〖［]"
CLOSED = r"[〕\]）)】﹞〗］]"
NUMBER = re.compile(
    rf"(?P<word>[\u4e00-\u9fff]{{2,20}}?)\s*{OPENED}\s*(?P<year>[12]\d{{3}}|\d\d|[一二][〇○零一二三四五六七八九]{{3}})\s*(?:年)?"
    rf"\s*{CLOSED}\s*(?P<order>第)?\s*(?P<count>\d{{1,5}}(?:\s*[-—－]\s*\d{{1,2}})?|[一二三四五六七八九十百〇零]{{1,5}})\s*号"
    r"|(?P<other>[\u4e00-\u9fff]{2,20}?(?:公告|通告|令))?\s*(?P<of_year>[12]\d{3})\s*年\s*第\s*(?P<nth>\d{1,4})\s*号"
)
"""A 文号, in any brackets; 2031年第5号 of a public announcement."""

META = re.compile(
    r"^[【\[]?(?P<what>发文字号|文\s*号|文件编号|发文机关|发文单位|发布机构|发布单位|成文日期|成文时间|发文日期|印发日期|"
    r"发布日期|发布时间|公开日期|公开时间|标\s*题|名\s*称|文件名称|信息名称)[】\]]?\s*[：:]\s*(?P<value>.*)$"
)
ANY_META = re.compile(r"^[【\[]?[\u4e00-\u9fff\s]{2,8}[】\]]?\s*[：:]")
OFFICE = re.compile(
    r"^[^。，、；：:《》]{2,60}(?:人民政府|政府|办公室|办公厅|委员会|管委会|局|厅|委|办|部|中心|领导小组|指挥部|"
    r"院|银行|支行|分行|海关|会|公司|集团|工作组|专班)(?:[（(][^（）()]{1,24}[）)])*$"
)
PUBLIC = re.compile(
    r"^[（(]?\s*(?:此件|本文|此文|主动公开|公开方式|依申请公开|抄送|主送|联系人|附件|公开属性|校对)"
)
TITLE_END = re.compile(
    r"(?:通知|通告|公告|决定|意见|措施|办法|方案|细则|规定|计划|政策|举措|条例|规划|规程|指引|[条款]|清单|要点|政策包)"
    r"》?(?:[（(〔][^（）()〔〕]{1,30}[）)〕])*》?(?:的(?:通知|通告|公告|函|决定|批复))?(?:[（(][^（）()]{1,40}号?[）)])*$"
)
_ABOUT = re.compile(r"关于|印发|转发|批转|发布")

CITED_ON = re.compile(r"\s*(?:[）)》，、；]|精神|文件|规定|要求|的|等|和|及)")
"""What follows on a 文号 that is only cited."""

ODD_NUMBER = re.compile(r"^(?!第|.*关于)[\u4e00-\u9fff\s]{2,16}[^。，：:]{0,16}\d[^。，：:]{0,6}号$")
"""A line that seems to be a 文号 in a form that is not known."""

_SIGNER = re.compile(r"\s*签\s*发\s*人")
_LIKE_A_DAY = re.compile(
    r"^[（(]?[12二一][\dOoＯ〇○零一二三四五六七八九]{3}\s*年.{1,5}?月.{1,5}?[日号][）)]?$"
)
_REVISED = re.compile(r"^[（(].*(?:修订|修正|修改|通过|公布|施行|废止)[）)]$")
_RUN_TOGETHER = 60
_TITLE_BEFORE = re.compile(
    r"(?:通知|意见|措施|办法|方案|细则|计划|政策|规定)(?:[（(][^（）()]{1,10}[）)])?"
    rf"(?=[\u4e00-\u9fff]{{2,12}}\s*{OPENED}\s*\d{{4}}\s*{CLOSED}\s*第?\s*$)"
)
_ADDRESSEES = re.compile(r"\s*(?!为|根据|现|经|按照)[^。；！？《》]{2,400}?[：:]")
_SIGNED = re.compile(
    rf"(?<=[。！])\s*(?P<signed>(?P<who>[^\d，。；：:《》]{{0,60}}?)\s*{DAY}(?:发布|印发)?)"
    r"(?![起前以至到召，、])(?=\s*(?:$|[。（(《“]|[\u4e00-\u9fff]))"
)

OF_HEAD = (Label.HEAD, Label.LETTER, Label.TITLE, Label.SIGNATURE)


@dataclass(frozen=True, slots=True)
class HeadLine:
    """One line of a piece, without the blanks around it."""

    label: Label
    text: str
    start: int
    end: int


def lines_of(source: str, pieces: Iterable[NoticePiece], labels: Sequence[Label]) -> list[HeadLine]:
    """Return the lines of the pieces of ``labels``, blank ones left out."""
    found: list[HeadLine] = []
    for piece in pieces:
        if piece.label not in labels:
            continue
        at = piece.start
        for text in source[piece.start : piece.end].split("\n"):
            words = text.strip(" \t\r　\xa0\ufeff")
            if words:
                start = at + text.index(words)
                found.append(HeadLine(piece.label, narrow(words), start, start + len(words)))
            at += len(text) + 1
    return found


def unrun(lines: Iterable[HeadLine]) -> list[HeadLine]:
    """Return the lines; those that a page ran together are cut behind 文号, addressees and signature."""
    found: list[HeadLine] = []
    for line in lines:
        number = NUMBER.match(line.text)
        behind = number and number.end() < len(line.text) - 3
        together = len(line.text) > _RUN_TOGETHER or behind or _SIGNED.search(line.text)
        if line.label in (Label.LETTER, Label.PREAMBLE, Label.HEAD) and together:
            found += _cut_up(line)
        elif line.label is not Label.PREAMBLE:
            found.append(line)
    return found


def _cut_up(line: HeadLine) -> list[HeadLine]:
    found: list[HeadLine] = []
    at = 0

    def cut(label: Label, to: int) -> None:
        nonlocal at
        words = line.text[at:to].strip(" -—–－\t　")
        if words:
            start = line.start + line.text.index(words, at)
            found.append(HeadLine(label, words, start, start + len(words)))
        at = to

    number = NUMBER.search(line.text)
    titled = _TITLE_BEFORE.search(line.text[: number.start("count")]) if number else None
    if number and CITED_ON.match(line.text, number.end()):
        number = None
    if number and number["word"] and (number.start() == 0 or titled):
        cut(Label.HEAD, titled.end() if titled else 0)
        cut(Label.HEAD, number.end())
    if _SIGNER.match(line.text, at):
        return found
    if addressed := _ADDRESSEES.match(line.text, at):
        cut(Label.LETTER, addressed.end())
    if signed := next((m for m in _SIGNED.finditer(line.text, at) if _is_office(m["who"])), None):
        cut(Label.LETTER, signed.start("signed"))
        cut(Label.SIGNATURE, signed.end("signed"))
        return found
    if line.label is not Label.PREAMBLE:
        cut(line.label, len(line.text))
    return found


def _is_office(who: str) -> bool:
    return not who.strip() or bool(OFFICE.match(who.strip()))


def metas(lines: Iterable[HeadLine]) -> dict[str, HeadLine]:
    """Return what the page states about the notice (文号：, 发布日期：): the values, first of each kind."""
    found: dict[str, HeadLine] = {}
    for line in lines:
        if said := META.match(line.text):
            value = said["value"].strip()
            start = line.end - len(said["value"].lstrip())
            kept = HeadLine(line.label, value, start, start + len(value))
            if value:
                found.setdefault("".join(said["what"].split()), kept)
    return found


def is_like_a_day(text: str) -> bool:
    """Return whether a line is a day, be it one that nobody can read (2O31年3月l日)."""
    return bool(_LIKE_A_DAY.match("".join(text.split())))


def title_blocks(source: str, lines: Sequence[HeadLine]) -> list[str]:
    """Return the titles that stand in ``lines``, each joined from its lines.

    An office's name belongs to the title that follows right below it; a line that does not end a title is
    joined to the next.
    """
    found: list[str] = []
    run: list[HeadLine] = []
    for line in lines:
        text = without_number(line.text)
        if run and source[run[-1].end : line.start].strip():
            run = []
        if is_like_a_day(text) or _REVISED.match(text) or _SIGNER.match(text) or ODD_NUMBER.match(text):
            run = []
            continue
        if not text or ANY_META.match(text) or PUBLIC.match(text) or text[-1] in "：:。":
            run = []
            continue
        if OFFICE.match(text) and not _ABOUT.search(text):
            run = [line] if not (run and OFFICE.match(run[-1].text)) else [*run, line]
            continue
        run.append(line)
        words = "".join(without_number(part.text) for part in run)
        if TITLE_END.search(text) and _closed(words):
            found.append(_tidy(words))
            run = []
    return found


def _closed(words: str) -> bool:
    return words.count("《") == words.count("》")


def _tidy(words: str) -> str:
    """Return the title without blanks between Chinese characters and without its number behind it."""
    words = re.sub(r"(?<=[^\x00-\x7f])\s+|\s+(?=[^\x00-\x7f])", "", words)
    words = re.sub(rf"[（(]\s*(?:{NUMBER.pattern})\s*[）)]$", "", words).strip()
    whole = words.startswith("《") and words.endswith("》") and words.count("《") == 1
    return words[1:-1] if whole else words


def without_number(text: str) -> str:
    """Return a line without the 文号 that stands at its beginning or is all of it."""
    found = NUMBER.match(text.lstrip("（( "))
    if not found:
        return text
    rest = text.lstrip("（( ")[found.end() :]
    return rest.lstrip("-—–－ 　）):：") if rest.strip("）) ") else ""
