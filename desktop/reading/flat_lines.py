"""Lines that hold several paragraphs, because a page lost the line ends: cut by numbers, blanks and words."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator

from desktop.reading.blocks import BLANKS, FINISHED, Block, SourceLine, count_number, fits, open_until
from desktop.reading.numbering import SUB_ITEMS, NumberForm, PrintedNumber, numbers_in
from desktop.reading.wording import NOTICE_NUMBER, UNIT_LABEL, UNIT_LABEL_ALONE

_RUN = re.compile(rf"[{BLANKS}]+")
_UNFINISHED = "、，,（(〔《“"
_STRONG = frozenset('。；;！!？?：:）)〕］】]”》"' + BLANKS)
_DAY = re.compile(r"[12]\d{3}\s*[年月./-]\s*\d{1,2}\s*[年月日./-]?")
_FLAT_BREAKS = re.compile(
    r"(?<=的通知)(?=各|有关)|(?<=[：:])(?=为(?:了|深入|贯彻|全面|进一步|积极|有效|加快|应对|落实|切实)|现将|根据|经[市县区省])"
    r"|(?<=。)(?=附件[：:\d])|(?<=的通知)(?=[\u4e00-\u9fff]{2,10}[〔\[]\d{4}[〕\]]\s*\d+号)"
    r"|(?<=\d号)(?=各|有关|现将|为|经|《)|(?<=[（(]此件公开发布[）)])|(?<=[（(]此件主动公开[）)])"
    r"|(?<=[措施意见办法方案细则计划政策])(?:[（(][^（）()]{2,14}[）)])?(?=为(?:了|深入|贯彻|全面|进一步|积极|有效|加快|抢抓|落实|切实))"
)
_SIGNED = re.compile(
    r"(?:(?<=[。：:）)])|(?<=^))\s*(?:[\u4e00-\u9fff（）()]{4,40}?)?(?P<day>[12]\d{3}\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*日)"
    r"(?![至起前止内以，。、,发印公至-]|\s*[-—])"
)
_HEAD_LENGTH = 1500
_FLAT_LENGTH = 120
_FLAT_SHARE = 0.4
_HEADING_LENGTH = 40
_LONG_HEADING = 60


def inner_numbers(source: str, line: SourceLine, seen: dict[NumberForm, int]) -> list[PrintedNumber]:
    """Return the numbers in a line that seem to begin paragraphs, if it is several in one."""
    accepted: list[PrintedNumber] = []
    if line.end - line.start < _FLAT_LENGTH:
        return accepted
    for number in numbers_in(source, line.start, line.end):
        before = _last(source, line.start, number.start, "\r\n") or " "
        finished = _last(source, line.start, number.start, BLANKS) in ("", *"。）)〕]】；;：:")
        headed = _after_heading(source, accepted, number)
        if number.form in SUB_ITEMS and (before not in BLANKS or not (finished or headed)):
            continue
        if number.doubtful and not (finished and (before in BLANKS or before in "）)〕]】")):
            continue
        if not fits(seen, number) and not (before in BLANKS and _may_follow(source, seen, accepted, number)):
            continue
        if before not in _STRONG and not headed and not _after_units(source, accepted, number):
            continue
        accepted.append(number)
        count_number(seen, number)
    return accepted


def is_flat(source: str, line: SourceLine, inner: list[PrintedNumber], total: int) -> bool:
    """Return whether ``inner`` are enough to say that the line lost its line ends."""
    begun = [number for number in inner if number.start > line.start]
    closed = sum(
        1 for number in begun if _last(source, line.start, number.start, BLANKS + "\n") in tuple("）)〕]】。")
    )
    if len(begun) < 3:
        return len(begun) == 2 == closed and line.end - line.start > 0.8 * total
    return line.end - line.start > _FLAT_SHARE * total or closed >= 3


def flat_blocks(source: str, line: SourceLine, inner: list[PrintedNumber]) -> Iterator[Block]:
    """Yield the paragraphs of a line that lost its line ends."""
    numbers = {number.start: number for number in inner}
    breaks = {line.start, *numbers}
    inside = {number.end for number in inner}
    starts = sorted(numbers)
    begun = line.start
    for run in _RUN.finditer(source, line.start, line.end):
        within = bisect_right(starts, run.start())
        begun = max(begun, starts[within - 1] if within else begun)
        if run.start() not in inside and _is_break(source, line, run, begun, numbers):
            breaks.add(run.end())
        begun = run.end()
    first, last = (inner[0].start, inner[-1].after) if inner else (line.end, line.start)
    for found in _FLAT_BREAKS.finditer(source, line.start, min(line.end, line.start + _HEAD_LENGTH)):
        if found.start() < first:
            breaks.add(found.start())
    for found in _SIGNED.finditer(source, line.start, line.end):
        if found.end() <= first or found.start() > last:
            breaks |= {found.start(), found.start("day"), found.end()} - {line.end}
    ordered = sorted(breaks)
    for start, stop in zip(ordered, [*ordered[1:], line.end], strict=True):
        end = stop
        while end > start and source[end - 1] in BLANKS:
            end -= 1
        if end > start:
            number = numbers.get(start)
            yield Block(start, end, number, sure=False)


def _may_follow(
    source: str, seen: dict[NumberForm, int], accepted: list[PrintedNumber], number: PrintedNumber
) -> bool:
    """Return whether one or two numbers may be missing before it, or a new paper begin with it."""
    last = abs(seen.get(number.form, 0))
    if number.value != 1:
        return last + 1 < number.value <= last + 3 and not number.doubtful
    if number.form <= NumberForm.CHAPTER:
        return True
    between = source[accepted[-1].after : number.start] if accepted else ""
    return len(_RUN.findall(between)) >= 3


def _after_heading(source: str, accepted: list[PrintedNumber], number: PrintedNumber) -> bool:
    """Return whether an outer number's heading without an end mark seems to stand before ``number``."""
    if not accepted or accepted[-1].form >= number.form:
        return False
    words = source[accepted[-1].after : number.start]
    if number.form is NumberForm.HAN_BRACKET and _is_long_heading(words):
        return True
    return 2 <= len(words) <= _HEADING_LENGTH and not set(words) & set("。；，")


def _is_long_heading(words: str) -> bool:
    """Return whether ``words`` may be a heading of two parts (降低成本，扩大融资) in front of （一）."""
    return (
        2 <= len(words) <= _LONG_HEADING and not set(words) & set("。；：") and words[-1] not in "第，、和及"
    )


def _after_units(source: str, accepted: list[PrintedNumber], number: PrintedNumber) -> bool:
    """Return whether the names of units, or the title of a paper, seem to end right before ``number``."""
    if not accepted:
        return number.value == 1 and number.form <= NumberForm.CHAPTER
    label = UNIT_LABEL.search(source, accepted[-1].after, number.start)
    return label is not None and "。" not in source[label.end() : number.start]


def _last(source: str, start: int, end: int, blanks: str) -> str:
    """Return the last character of ``source[start:end]`` that is none of ``blanks``, "" where all are."""
    while end > start and source[end - 1] in blanks:
        end -= 1
    return source[end - 1] if end > start else ""


def _is_break(
    source: str, line: SourceLine, run: re.Match[str], start: int, numbers: dict[int, PrintedNumber]
) -> bool:
    """Return whether the blanks at ``run``, after words begun at ``start``, are a lost line end."""
    before, after = source[run.start() - 1], source[run.end() : run.end() + 1]
    if run.end() in numbers:
        return True
    if after and after.isascii() and after.isalnum() and not _DAY.match(source, run.end()):
        return False
    if before.isascii() and before.isalnum():
        return False
    words = source[start : run.start()]
    if (
        before in _UNFINISHED
        or UNIT_LABEL_ALONE.fullmatch(words)
        or open_until(source, start, run.end(), line.end)
    ):
        return False
    if before in FINISHED or NOTICE_NUMBER.search(words) or UNIT_LABEL.match(source, run.end()):
        return True
    return len(words) <= _HEADING_LENGTH * 2 and not set(words) & set("。，；")
