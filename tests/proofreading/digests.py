"""Digests of notices as people write them, and errors of ten kinds put into them, the same ones each time."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from desktop.catalogue.model import Measure, Notice
from desktop.catalogue.query import Catalogue
from desktop.catalogue.typeset import typeset
from desktop.proofreading.folding import folded

_HAN = re.compile("[\u4e00-\u9fff]")
SWAPS = (
    ("以上", "以下"),
    ("以下", "以上"),
    ("可以", "应当"),
    ("支持", "限制"),
    ("鼓励", "要求"),
    ("重点", "全面"),
    ("积极", "适当"),
    ("加强", "弱化"),
    ("加大", "控制"),
    ("不得", "可以"),
    ("及时", "定期"),
    ("推动", "督促"),
    ("引导", "责令"),
    ("组织", "委托"),
    ("免收", "减半收取"),
    ("扩大", "缩小"),
    ("建立", "撤销"),
    ("提供", "推荐"),
)


@dataclass(frozen=True, slots=True)
class Seeded:
    """A text with one error, of a kind, at ``start`` to ``end``."""

    kind: str
    text: str
    start: int
    end: int


def digest(catalogue: Catalogue, notice: Notice, measure: Measure, form: int) -> str:
    """Return a digest of one measure, in one of :data:`FORMS`."""
    return FORMS[form](catalogue, notice, measure)


def _sentence(measure: Measure) -> str:
    """Return the longest sentence of a measure."""
    return max(re.split("(?<=[。;；])", typeset(measure.body)), key=len).strip("。;；\n ")


def _units(catalogue: Catalogue, measure: Measure) -> list[str]:
    return [unit.name for unit in catalogue.units_of(measure.key)]


def _head(catalogue: Catalogue, notice: Notice) -> str:
    document = catalogue.documents_in(notice.key)[0]
    number = f"（{notice.number}）" if notice.number else ""
    measures = catalogue.measures_in_document(document.key)
    parts = {measure.category_key for measure in measures}
    day = notice.issued_on
    issued = f"于{day.year}年{day.month}月{day.day}日印发，" if day else ""
    until = notice.valid_until
    valid = f"，有效期至{until.year}年{until.month}月{until.day}日" if until else ""
    count = (
        f"共{len(parts)}个方面{len(measures)}条措施" if len(catalogue.documents_in(notice.key)) == 1 else ""
    )
    return f"《{typeset(document.title)}》{number}{issued}{count}{valid}。"


def _quoted(catalogue: Catalogue, notice: Notice, measure: Measure) -> str:
    units = _units(catalogue, measure)
    by = f"由{units[0]}牵头" if units else "由各有关部门落实"
    words = _sentence(measure).replace("“", "‘").replace("”", "’")
    return f"{_head(catalogue, notice)}\n　　{measure.cited}提出“{words}”，{by}。\n"


def _plain(catalogue: Catalogue, notice: Notice, measure: Measure) -> str:
    units = _units(catalogue, measure)
    by = f"，由{units[0]}牵头" + (f"、{units[1]}配合" if len(units) > 1 else "") if units else ""
    return (
        f"关于{notice.number}落实情况的报告\n{_head(catalogue, notice)}\n"
        f"根据{notice.number}{measure.cited}，{_sentence(measure)}{by}。\n"
    )


def _listed(catalogue: Catalogue, notice: Notice, measure: Measure) -> str:
    units = "、".join(_units(catalogue, measure))
    stated = f"（责任单位：{units}）" if units else ""
    body = typeset(measure.body).strip()
    return f"{_head(catalogue, notice)}\n（一）{typeset(measure.title)}（{measure.cited}）。{body}{stated}\n"


def _row(catalogue: Catalogue, notice: Notice, measure: Measure) -> str:
    units = "、".join(_units(catalogue, measure)) or "—"
    cells = [measure.cited, typeset(measure.title), _sentence(measure)]
    line = "\t".join(cells) + f"（责任单位：{units}）" if units != "—" else "\t".join(cells)
    return f"{_head(catalogue, notice)}\n条号\t名称\t主要内容\n{line}\n"


def _spoken(catalogue: Catalogue, notice: Notice, measure: Measure) -> str:
    units = _units(catalogue, measure)
    by = f"{'、'.join(units)}负责" if units else "各有关部门负责"
    title = typeset(measure.title) or _sentence(measure)[:14]
    return (
        f"按照{_head(catalogue, notice)}我单位对照落实：\n"
        f"{measure.cited}“{title}”要求：{_sentence(measure)}。{by}。\n"
    )


FORMS: tuple[Callable[[Catalogue, Notice, Measure], str], ...] = (_quoted, _plain, _listed, _row, _spoken)


def seeds(
    catalogue: Catalogue, notice: Notice, measure: Measure, text: str, chance: random.Random
) -> Iterator[Seeded]:
    """Yield a copy of a digest for each kind of error that can be put into it."""
    body = _sentence(measure)
    marked = body.replace("“", "‘").replace("”", "’")
    words = body if body in text else marked
    start = text.rindex(words) if words in text else 0
    end = start + len(words)

    def put(kind: str, at: int, until: int, new: str) -> Seeded:
        return Seeded(kind, text[:at] + new + text[until:], at, at + len(new))

    figures = [one for one in folded(text, start, end).words if one.is_number and text[one.start].isdigit()]
    for one in figures:
        printed = text[one.start : one.end]
        if printed.endswith("%"):
            yield put("percentage", one.start, one.end, f"{float(printed[:-1]) + chance.randrange(1, 9):g}%")
        elif printed.isdigit():
            yield put("amount", one.start, one.end, _digit(printed, chance))
    units = {unit.name for unit in catalogue.units}
    own = set(_units(catalogue, measure))
    others = sorted(units - own)
    for name in own:
        at = text.rfind(name)
        if others and at >= 0 and not start <= at < end:
            yield put("unit", at, at + len(name), chance.choice(others))
            break
    if measure.cited in text:
        at = text.rindex(measure.cited)
        measures = catalogue.measures_in_document(measure.document_key)
        other = chance.choice([one for one in measures if one.number != measure.number])
        yield put("article", at, at + len(measure.cited), other.cited)
    if notice.number:
        at = text.rindex(notice.number)
        number = notice.number
        wrong = re.sub(r"\d+号", f"{chance.randrange(40, 90)}号", number)
        yield put("number", at, at + len(number), wrong)
        year = re.search(r"\d{4}", number)
        assert year
        wrong = number.replace(year[0], str(int(year[0]) + chance.choice((-1, 1, 2))))
        yield put("year", at, at + len(number), wrong)
    yield from _words(words, start, put, chance)
    for kind, day in (("validity", notice.valid_until), ("issued", notice.issued_on)):
        if day and (printed := f"{day.year}年{day.month}月{day.day}日") in text:
            at = text.index(printed)
            moved = chance.choice(
                (
                    f"{day.year + 1}年{day.month}月{day.day}日",
                    f"{day.year}年{day.month}月{day.day % 28 + 1}日",
                )
            )
            yield put(kind, at, at + len(printed), moved)
    if found := re.search(r"(\d+)条措施", text):
        yield put("count", found.start(1), found.end(1), str(int(found[1]) + chance.choice((-2, -1, 1, 3))))


def _words(
    words: str, start: int, put: Callable[[str, int, int, str], Seeded], chance: random.Random
) -> Iterator[Seeded]:
    """Yield a copy with a word dropped, and one with a word swapped, in the middle of the copied words."""
    inner = [
        at
        for at in range(3, len(words) - 5)
        if all(_HAN.match(char) for char in words[at - 2 : at + 4])
        and len(set(words[at : at + 2]) & set("的和及与以等将把对了在中并也其而")) == 0
    ]
    if inner:
        at = chance.choice(inner)
        yield put("dropped", start + at, start + at + 2, "")
    found = [(old, new) for old, new in SWAPS if old in words]
    if found:
        old, new = chance.choice(found)
        at = start + words.index(old)
        yield put("swapped", at, at + len(old), new)


def _digit(printed: str, chance: random.Random) -> str:
    at = chance.randrange(len(printed))
    return (
        printed[:at]
        + chance.choice([each for each in "123456789" if each != printed[at]])
        + printed[at + 1 :]
    )
