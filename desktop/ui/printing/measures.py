"""The text of measures: one, a category, a choice of them as an excerpt of their papers, or a whole paper."""

from __future__ import annotations

from itertools import groupby
from math import ceil
from typing import TYPE_CHECKING

from desktop.catalogue import query
from desktop.catalogue.typeset import typeset
from desktop.catalogue.validity import date_words
from desktop.errors import KnownError
from desktop.ui import origin
from desktop.ui.printing import whole_paper
from desktop.ui.printing.paper import Paper
from desktop.ui.printing.typesetting import LINE_BREAK, RED, RULE, SMALL, Face, Run, Setting

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from desktop.catalogue.model import Document, Measure, Notice
    from desktop.library.paragraphs import PaperParagraph
    from desktop.ui.desk import Desk

SOURCE_SIZE = 10.5
FOOT_ROOM = 14  # characters
EXCERPTS = "措施摘录"
KEPT = "逗号、冒号、括号恢复为全角，其余与发布原文逐字一致。"


def measure(desk: Desk, measure_key: str) -> Paper:
    """Return one measure on paper."""
    one = desk.catalogue.measure(measure_key)
    return _excerpt(desk, (one,), one.cited)


def category(desk: Desk, category_key: str) -> Paper:
    """Return a category's measures on paper."""
    measures = desk.catalogue.measures_in(category_key)
    return _excerpt(desk, measures, f"{measures[0].cited}至{measures[-1].cited}")


def chosen(desk: Desk, keys: Iterable[str], about: str) -> Paper:
    """Return some measures on paper in the order of their papers; ``about`` says in words which they are.

    Measures of several papers stand under the head of each. Raises ValueError when there are none.
    """
    wanted = set(keys)
    measures = [one for one in desk.catalogue.measures if one.key in wanted]
    if not measures:
        raise ValueError(about)
    papers = origin.papers(desk.catalogue, measures)
    if len(papers) > 1:
        return _excerpts(desk, papers, measures, f"{about}，共{len(measures)}条，按文件和条号排列")
    return _excerpt(desk, measures, _numbers(measures), f"{about}，共{len(measures)}条，按条号排列")


def document(desk: Desk, document_key: str) -> Paper:
    """Return a whole paper: title, preamble, headings, measures and whatever stands between and below them.

    Where the notice's files cannot be read it is the measures alone, and the paper says so.
    """
    catalogue = desk.catalogue
    meant = catalogue.document_with(document_key)
    measures = catalogue.measures_in_document(document_key)
    called = catalogue.notice_with(meant.notice_key).called
    found = _paragraphs(desk, meant)
    paper, setting = _begin(desk, meant, "")
    told = found or measures
    lines = f"第{told[0].line}行至第{told[-1].line}行" if told else ""
    what, but = ("全文", "") if found else ("措施", "措施以外的段落没有读到，没有排印，")
    source = f"{what}据{called}发布原文{lines}排印，{but}不是发文原件；{KEPT}"
    setting.block([Run(source, size=SOURCE_SIZE)], pitch=1.5, below=8)
    if found:
        whole_paper.set_paragraphs(setting, found, {one.start: one for one in measures})
    else:
        if meant.preamble:
            setting.paragraph(Run(typeset(meant.preamble)))
        _set_measures(setting, desk, measures)
    return paper


def _paragraphs(desk: Desk, meant: Document) -> tuple[PaperParagraph, ...]:
    """Return the paragraphs of a paper, none where they cannot be read."""
    from desktop.library import paragraphs

    source = query.source(desk.measures, meant.notice_key)
    try:
        return paragraphs.of_document(desk.workspace.folder, meant.notice_key, meant.ordinal, source)
    except KnownError:
        return ()


def foot(desk: Desk, papers: Sequence[Document]) -> tuple[str, str]:
    """Return the words at a page's foot: which papers and whether in force, and when it was printed."""
    notices = list(dict.fromkeys(map(desk.catalogue.notice_with, (each.notice_key for each in papers))))
    printed = f"打印日期：{date_words(desk.today())}"
    if not notices:
        return "", printed
    if len(notices) == 1:
        return f"{_short(notices[0])} · {desk.validity_of(notices[0]).mark}", printed
    past = sum(desk.validity_of(notice).expired for notice in notices)
    left = f"{_short(notices[0])}等{len(notices)}份发文"
    return f"{left} · {past}份已过有效期" if past else left, printed


def _short(notice: Notice) -> str:
    """Return what a notice is called, as far as the foot of a page has room."""
    return notice.called if len(notice.called) <= FOOT_ROOM else f"{notice.called[:FOOT_ROOM]}…"


def set_validity(setting: Setting, desk: Desk, notice: Notice, *, named: bool = False) -> None:
    """Say until when a notice is valid, in a frame when that day is past; which one, if it is ``named``."""
    validity = desk.validity_of(notice)
    sentence = f"{notice.called}{validity.sentence}" if named else validity.sentence
    if validity.expired:
        setting.boxed(
            Run(f"{sentence}。", Face.HEADING, SMALL, ink=RED),
            Run(
                ("" if setting.paper.landscape else LINE_BREAK) + "引用前请核实是否有延续或替代文件。",
                size=SMALL,
            ),
        )
    else:
        setting.centred(sentence, SMALL)


def _numbers(measures: Sequence[Measure]) -> str:
    """Return which measures of a paper these are, e.g. 第2、3、19条."""
    return f"第{'、'.join(str(one.number) for one in measures)}条"


def _excerpt(desk: Desk, measures: Sequence[Measure], which: str, about: str = "") -> Paper:
    meant = desk.catalogue.document_of(measures[0])
    paper, setting = _begin(desk, meant, which)
    if about:
        setting.centred(about, SMALL)
    _set_measures(setting, desk, measures)
    _set_source(setting, desk, meant, measures, which)
    return paper


def _excerpts(desk: Desk, papers: Sequence[Document], measures: Sequence[Measure], about: str) -> Paper:
    """Return measures of several papers, each under its own head and with its own source."""
    paper = Paper(EXCERPTS, foot(desk, papers))
    setting = Setting(paper)
    setting.title(EXCERPTS, ink=RED)
    setting.centred(about, SMALL)
    for meant in papers:
        own = [one for one in measures if one.document_key == meant.key]
        notice = desk.catalogue.notice_with(meant.notice_key)
        setting.rule(above=16)
        setting.centred(typeset(meant.title))
        setting.centred(_issued(notice), SMALL)
        set_validity(setting, desk, notice)
        _set_measures(setting, desk, own)
        _set_source(setting, desk, meant, own, _numbers(own))
    return paper


def _set_source(
    setting: Setting, desk: Desk, meant: Document, measures: Sequence[Measure], which: str
) -> None:
    """Say below a rule which measures of which paper stand above it."""
    lines = f"第{measures[0].line}行" + (f"至第{measures[-1].line}行" if len(measures) > 1 else "")
    source = f"摘自{origin.named(desk.catalogue, meant)}{which}，见发布原文{lines}；{KEPT}"
    area = setting.paper.area
    note = ceil(len(source) * SOURCE_SIZE / area.width()) * SOURCE_SIZE * 1.5 + 14 + 6 + RULE
    setting.rule(above=14, below=6, new_page=setting.bottom() + note > area.height())
    setting.block([Run(source, size=SOURCE_SIZE)], pitch=1.5)


def _begin(desk: Desk, meant: Document, which: str) -> tuple[Paper, Setting]:
    """Begin a paper with the title block and the words on validity; ``which`` is "" for the whole."""
    notice = desk.catalogue.notice_with(meant.notice_key)
    title = typeset(meant.title)
    paper = Paper(f"{title} {which}".strip(), foot(desk, (meant,)))
    setting = Setting(paper)
    setting.title(title, ink=RED)
    if not which and notice.issuer:
        setting.centred(notice.issuer, SMALL)
    setting.centred(_issued(notice), SMALL)
    setting.rule()
    set_validity(setting, desk, notice)
    return paper, setting


def _issued(notice: Notice) -> str:
    """Return a notice's 文号 and when it was issued, as far as it says so."""
    return "　".join(filter(None, (notice.number, notice.issued)))


def _set_measures(setting: Setting, desk: Desk, measures: Sequence[Measure]) -> None:
    """Set measures under the headings of their categories and groups, as far as these are printed."""
    catalogue = desk.catalogue
    for _, of_category in groupby(measures, key=lambda one: one.category_key):
        within = list(of_category)
        if (category := catalogue.category_of(within[0])).printed:
            setting.heading(typeset(category.heading))
        for key, of_group in groupby(within, key=lambda one: one.group_key):
            if key:
                setting.heading(typeset(catalogue.group(key).heading))
            for one in of_group:
                whole_paper.set_measure(setting, one)
    setting.keep_headings()
