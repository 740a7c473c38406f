"""Invented notices as texts, in the forms that real ones have, for libraries of any size.

Numbers that go on or restart, headings, groups and articles, several papers in one notice, units in a bracket
or below, with and without roles, terms long and short; places are made up and have the same units.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from typing import Protocol

PLACES = (
    "青溪",
    "云岭",
    "松江湾",
    "石桥",
    "柳河口",
    "南渡",
    "北坪",
    "临泽湖",
    "沙洲",
    "永宁港",
    "白鹭",
    "望川",
)
BUREAUS = (
    *("财政局", "工信局", "发改委", "人社局", "商务局", "科技局", "税务局", "住建局", "交通局", "市场监管局"),
    *("金融办", "自然资源局", "生态环境局", "农业农村局", "文旅局", "教育局", "司法局", "统计局", "国资委"),
    *("水务局", "应急局", "行政审批局", "大数据局", "医保局", "卫健委"),
)
HAN = "一二三四五六七八九十"


class Wording(Protocol):
    """What titles and sentences are taken from."""

    def title(self) -> str:
        """Return a title."""

    def body(self) -> str:
        """Return a paragraph."""


class _Writer:
    """Writes the parts of one notice."""

    def __init__(self, chance: random.Random, wording: Wording, place: str) -> None:
        self._chance, self._wording, self._place = chance, wording, place

    def heading(self) -> str:
        """Return a short title without the marks that divide a text."""
        return "".join(char for char in self._wording.title() if char not in "，,。:：;；、()（）")

    def body(self) -> str:
        """Return what a measure says, in one paragraph."""
        return self._wording.body().replace(",", "，").replace(";", "；").replace(":", "：")

    def units(self) -> list[str]:
        """Return one to four units of the place."""
        return [f"{self._place}市{name}" for name in self._chance.sample(BUREAUS, self._chance.randint(1, 4))]

    def bracket(self) -> str:
        """Return units as they stand at the end of a measure."""
        first, *others = self.units()
        kind = self._chance.randrange(3)
        if kind == 0 and others:
            return f"（牵头单位：{first}；配合单位：{'、'.join(others)}）"
        return f"（{'责任单位' if kind else '责任部门'}：{'、'.join([first, *others])}）"


def _going_on(write: _Writer, count: int) -> Iterator[str]:
    for at in range(count):
        if at % 6 == 0:
            yield f"{HAN[at // 6 % 10]}、{write.heading()}"
        yield f"{at + 1}.{write.heading()}。{write.body()}{write.bracket()}"


def _restarting(write: _Writer, count: int) -> Iterator[str]:
    for at in range(count):
        if at % 5 == 0:
            yield f"{HAN[at // 5 % 10]}、{write.heading()}"
        yield f"{at % 5 + 1}.{write.heading()}。{write.body()}{write.bracket()}"


def _han_brackets(write: _Writer, count: int) -> Iterator[str]:
    for at in range(count):
        if at % 8 == 0:
            yield f"{HAN[at // 8 % 10]}、{write.heading()}"
        yield f"（{HAN[at % 8]}）{write.heading()}。{write.body()}{write.bracket()}"


def _grouped(write: _Writer, count: int) -> Iterator[str]:
    for at in range(count):
        if at % 9 == 0:
            yield f"{HAN[at // 9 % 10]}、{write.heading()}"
        if at % 3 == 0:
            yield f"（{HAN[at % 9 // 3]}）{write.heading()}"
        yield f"{at % 3 + 1}.{write.heading()}。{write.body()}{write.bracket()}"


def _articles(write: _Writer, count: int) -> Iterator[str]:
    for at in range(count):
        yield f"第{_han(at + 1)}条　{write.heading()}。{write.body()}{write.bracket()}"


def _headings(write: _Writer, count: int) -> Iterator[str]:
    for at in range(count):
        yield f"{_han(at + 1)}、{write.heading()}。{write.body()}{write.bracket()}"


def _digits(write: _Writer, count: int) -> Iterator[str]:
    for at in range(count):
        yield f"{at + 1}.{write.heading()}。{write.body()}"
        yield f"责任单位：{'、'.join(write.units())}"


Form = Callable[[_Writer, int], Iterator[str]]
FORMS: tuple[Form, ...] = (_going_on, _restarting, _han_brackets, _grouped, _articles, _headings, _digits)
TERMS = (
    "本措施自印发之日起施行，有效期至{until}年12月31日。",
    "本措施自印发之日起施行，有效期三年。",
    "本措施自{year}年{month}月1日起施行，有效期6个月。",
    "本措施自印发之日起施行，国家、省另有规定的，从其规定。",
    "",
)


def text(at: int, measures: int, chance: random.Random, wording: Wording) -> str:
    """Return the text of the notice of the place ``at``, with as many measures; no two have the same 文号."""
    place, year = PLACES[at % len(PLACES)], 2016 + at % 12
    write = _Writer(chance, wording, place)
    month, day = chance.randint(1, 12), chance.randint(1, 28)
    papers = 2 if at % 7 == 2 and measures >= 6 else 1
    subject = write.heading()
    lines = [f"{place}政办发〔{year}〕{at + 1}号", f"{place}市人民政府办公室关于印发{subject}若干措施的通知"]
    lines += [
        "各县（区）人民政府，市政府各部门：",
        f"《{subject}若干措施》已经市政府同意，现印发给你们，请认真组织实施。",
    ]
    lines += [f"{place}市人民政府办公室", f"{year}年{month}月{day}日"]
    for paper in range(papers):
        title = f"{subject}若干措施" if paper == 0 else f"{write.heading()}实施细则"
        share = measures // papers + (measures % papers if paper == 0 else 0)
        lines += [title, "为支持企业稳定发展，结合我市实际，制定以下措施。"]
        lines += FORMS[(at + paper) % len(FORMS)](write, share)
        if term := chance.choice(TERMS):
            lines.append(term.format(until=year + chance.randint(1, 14), year=year, month=month))
    return "\n".join(lines) + "\n"


def _han(number: int) -> str:
    """Return a number below 100 in Chinese."""
    tens, ones = divmod(number, 10)
    ten = f"{HAN[tens - 1] if tens > 1 else ''}十" if tens else ""
    return ten + (HAN[ones - 1] if ones else "")
