"""The text of a measure, or of a whole category, set as an excerpt of the notice."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.catalogue.typeset import typeset
from desktop.catalogue.validity import date_words
from desktop.ui.printing.paper import Paper
from desktop.ui.printing.typesetting import LINE_BREAK, RED, SMALL, Face, Run, Setting

if TYPE_CHECKING:
    from collections.abc import Sequence

    from desktop.catalogue.model import Category, Measure
    from desktop.ui.desk import Desk

SOURCE_SIZE = 10.5


def measure(desk: Desk, measure_key: str) -> Paper:
    """Return one measure on paper."""
    one = desk.catalogue.measure(measure_key)
    return _excerpt(desk, desk.catalogue.category_of(one), (one,), f"第{one.number}条")


def category(desk: Desk, category_key: str) -> Paper:
    """Return a category's measures on paper."""
    chosen = desk.catalogue.category(category_key)
    measures = desk.catalogue.measures_in(category_key)
    return _excerpt(desk, chosen, measures, f"第{measures[0].number}条至第{measures[-1].number}条")


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


def _excerpt(desk: Desk, under: Category, measures: Sequence[Measure], which: str) -> Paper:
    catalogue = desk.catalogue
    title = typeset(catalogue.document.title)
    paper = Paper(f"{title} {which}", foot(desk))
    setting = Setting(paper)
    setting.title(title, ink=RED)
    setting.centred(f"{catalogue.notice.number}　{date_words(catalogue.notice.issued_on)}印发", SMALL)
    setting.rule()
    set_validity(setting, desk)
    setting.heading(typeset(under.heading))
    for one in measures:
        _set_measure(setting, one)
    lines = f"第{measures[0].line}行" + (f"至第{measures[-1].line}行" if len(measures) > 1 else "")
    source = (
        f"摘自《{title}》（{catalogue.notice.number}）{which}，见发布原文{lines}；"
        "逗号、冒号、括号恢复为全角，其余与发布原文逐字一致。"
    )
    setting.rule(above=14, below=6)
    setting.block([Run(source, size=SOURCE_SIZE)], pitch=1.5)
    return paper


def _set_measure(setting: Setting, one: Measure) -> None:
    """Set a measure as the one paragraph that it is, its number and title standing out."""
    text = typeset(one.text)
    after = text.index(typeset(one.title)) + len(one.title)
    setting.paragraph(Run(text[:after], bold=True), Run(text[after:]))
