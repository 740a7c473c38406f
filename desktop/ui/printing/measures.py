"""The text of measures: one, a category, a choice of them as an excerpt of the notice, or all of it."""

from __future__ import annotations

from itertools import groupby
from math import ceil
from typing import TYPE_CHECKING

from desktop.catalogue.typeset import typeset
from desktop.catalogue.validity import date_words
from desktop.ui.printing.paper import Paper
from desktop.ui.printing.typesetting import LINE_BREAK, RED, RULE, SMALL, Face, Run, Setting

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from desktop.catalogue.model import Measure
    from desktop.ui.desk import Desk

SOURCE_SIZE = 10.5
KEPT = "逗号、冒号、括号恢复为全角，其余与发布原文逐字一致。"


def measure(desk: Desk, measure_key: str) -> Paper:
    """Return one measure on paper."""
    one = desk.catalogue.measure(measure_key)
    return _excerpt(desk, (one,), f"第{one.number}条")


def category(desk: Desk, category_key: str) -> Paper:
    """Return a category's measures on paper."""
    measures = desk.catalogue.measures_in(category_key)
    return _excerpt(desk, measures, f"第{measures[0].number}条至第{measures[-1].number}条")


def chosen(desk: Desk, keys: Iterable[str], about: str) -> Paper:
    """Return some measures on paper in the order of the notice; ``about`` says in words which they are.

    Raises ValueError when there are none.
    """
    wanted = set(keys)
    measures = [one for one in desk.catalogue.measures if one.key in wanted]
    if not measures:
        raise ValueError(about)
    numbers = "、".join(str(one.number) for one in measures)
    return _excerpt(desk, measures, f"第{numbers}条", f"{about}，共{len(measures)}条，按条号排列")


def notice(desk: Desk) -> Paper:
    """Return the whole set of measures on paper: title, preamble, every category with its measures."""
    catalogue = desk.catalogue
    measures = [one for one in catalogue.measures if one.document_key == catalogue.document.key]
    paper, setting = _begin(desk, "")
    first, last = measures[0], measures[-1]
    source = (
        f"全文据{catalogue.notice.number}发布原文第{first.line}行至第{last.line}行排印，不是发文原件；{KEPT}"
    )
    setting.block([Run(source, size=SOURCE_SIZE)], pitch=1.5, below=8)
    if catalogue.document.preamble:
        setting.paragraph(Run(typeset(catalogue.document.preamble)))
    _set_measures(setting, desk, measures)
    return paper


def foot(desk: Desk) -> tuple[str, str]:
    """Return the words at a page's foot: which paper and whether in force, and when it was printed."""
    left = f"{desk.catalogue.notice.number} · {desk.validity.mark}"
    return left, f"打印日期：{date_words(desk.today())}"


def set_validity(setting: Setting, desk: Desk) -> None:
    """Say until when the notice is valid, in a frame when that day is past."""
    validity = desk.validity
    if validity.expired:
        setting.boxed(
            Run(f"{validity.sentence}。", Face.HEADING, SMALL, ink=RED),
            Run(
                ("" if setting.paper.landscape else LINE_BREAK) + "引用前请核实是否有延续或替代文件。",
                size=SMALL,
            ),
        )
    else:
        setting.centred(validity.sentence, SMALL)


def _excerpt(desk: Desk, measures: Sequence[Measure], which: str, about: str = "") -> Paper:
    title, number = typeset(desk.catalogue.document.title), desk.catalogue.notice.number
    paper, setting = _begin(desk, which)
    if about:
        setting.centred(about, SMALL)
    _set_measures(setting, desk, measures)
    lines = f"第{measures[0].line}行" + (f"至第{measures[-1].line}行" if len(measures) > 1 else "")
    source = f"摘自《{title}》（{number}）{which}，见发布原文{lines}；{KEPT}"
    note = ceil(len(source) * SOURCE_SIZE / paper.area.width()) * SOURCE_SIZE * 1.5 + 14 + 6 + RULE
    setting.rule(above=14, below=6, new_page=setting.bottom() + note > paper.area.height())
    setting.block([Run(source, size=SOURCE_SIZE)], pitch=1.5)
    return paper


def _begin(desk: Desk, which: str) -> tuple[Paper, Setting]:
    """Begin a paper with the title block and the words on validity; ``which`` is "" for the whole."""
    catalogue = desk.catalogue
    title = typeset(catalogue.document.title)
    paper = Paper(f"{title} {which}".strip(), foot(desk))
    setting = Setting(paper)
    setting.title(title, ink=RED)
    if not which:
        setting.centred(catalogue.notice.issuer, SMALL)
    setting.centred(f"{catalogue.notice.number}　{catalogue.notice.issued}", SMALL)
    setting.rule()
    set_validity(setting, desk)
    return paper, setting


def _set_measures(setting: Setting, desk: Desk, measures: Sequence[Measure]) -> None:
    """Set measures under the headings of their categories."""
    for _, of_category in groupby(measures, key=lambda one: one.category_key):
        group = list(of_category)
        setting.heading(typeset(desk.catalogue.category_of(group[0]).heading))
        for one in group:
            _set_measure(setting, one)
    setting.keep_headings()


def _set_measure(setting: Setting, one: Measure) -> None:
    """Set a measure as the one paragraph that it is, its number and title standing out."""
    text = typeset(one.text)
    after = text.index(typeset(one.title)) + len(one.title)
    setting.paragraph(Run(text[:after], bold=True), Run(text[after:]))
