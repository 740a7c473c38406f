"""A unit's checklist on paper: what it has to do, how far it is, what is late."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.catalogue.model import UNASSIGNED
from desktop.catalogue.typeset import typeset
from desktop.catalogue.validity import date_words
from desktop.ui import origin
from desktop.ui.printing.measures import foot, set_validity
from desktop.ui.printing.paper import Paper
from desktop.ui.printing.table import SIZE, PaperColumn, set_table, words
from desktop.ui.printing.typesetting import RED, SMALL, Run, Setting
from desktop.workspace.items import progress
from desktop.workspace.items.entries import values_of
from desktop.workspace.items.model import FIELD_NAMES, MOST_DONE_FIRST, Light
from desktop.workspace.items.progress import due_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from desktop.catalogue.model import Document
    from desktop.ui.desk import Desk
    from desktop.ui.printing.table import Cell, Row
    from desktop.workspace.items.model import Item

FACTS = (
    PaperColumn("序号", 5, centred=True),
    PaperColumn("措施", 19),
    PaperColumn("完成时限", 11, centred=True),
    PaperColumn("状态", 9, centred=True),
    PaperColumn("责任人", 8, centred=True),
)
TOLD = ("工作进展", "存在问题", "下一步举措")
TOLD_SHARE, LEAST_SHARE = 48.0, 12.0


def unit(desk: Desk, unit_key: str) -> Paper:
    """Return a unit's checklist on paper, A4 across: a table for each paper that gives it something to do."""
    catalogue = desk.catalogue
    name = catalogue.unit(unit_key).name
    title = "未明确责任单位的措施清单" if unit_key == UNASSIGNED else f"{name}责任清单"
    items = desk.items(unit_key)
    papers = papers_of(desk, items)
    paper = Paper(title, foot(desk, papers), landscape=True)
    setting = Setting(paper)
    setting.title(title, ink=RED)
    if len(papers) < 2:
        set_papers(setting, desk, papers)
        _set_items(setting, desk, items)
        return paper
    setting.block([Run(summary(desk, items), size=SMALL)], pitch=1.8)
    for document in papers:
        set_papers(setting, desk, (document,))
        _set_items(
            setting, desk, [item for item in items if not item.orphaned and item.document_key == document.key]
        )
    if lost := [item for item in items if item.orphaned]:
        setting.rule()
        _set_items(setting, desk, lost)
    return paper


def papers_of(desk: Desk, items: Iterable[Item]) -> tuple[Document, ...]:
    """Return the papers that these items are about, in the order of the library; one that is alone in it."""
    if not origin.several(desk.catalogue):
        return desk.catalogue.documents
    known = (desk.catalogue.measure(item.key.measure_key) for item in items if not item.orphaned)
    return origin.papers(desk.catalogue, known)


def set_papers(setting: Setting, desk: Desk, papers: Iterable[Document]) -> None:
    """Say below a title which papers a list is about, and until when each is valid."""
    catalogue, several = desk.catalogue, tuple(papers)
    for document in several:
        setting.centred(origin.named(catalogue, document), SMALL)
    setting.rule()
    for notice in dict.fromkeys(catalogue.notice_with(each.notice_key) for each in several):
        set_validity(setting, desk, notice, named=len(several) > 1)


def _set_items(setting: Setting, desk: Desk, items: Sequence[Item]) -> None:
    setting.block([Run(summary(desk, items), size=SMALL)], pitch=1.8)
    rows = [_row(desk, at, item) for at, item in enumerate(items, 1)]
    set_table(setting, (*FACTS, *told_columns(items)), rows)


def told_columns(items: Sequence[Item]) -> list[PaperColumn]:
    """Return the columns of what was written, the wider the longer their longest text."""
    needs = [max((len(told(item, head)) for item in items), default=0) ** 0.5 + 1 for head in TOLD]
    free = TOLD_SHARE - LEAST_SHARE * len(TOLD)
    return [
        PaperColumn(head, LEAST_SHARE + free * need / sum(needs))
        for head, need in zip(TOLD, needs, strict=True)
    ]


def told(item: Item, head: str) -> str:
    """Return what was written under ``head``; the reason of 不适用 stands with the progress."""
    texts = {FIELD_NAMES[name]: value for name, value in values_of(item.entry).items()}
    reason = f"不适用：{item.entry.reason}" if item.entry.reason else ""
    return "\n".join(filter(None, (texts[head], reason))) if head == FIELD_NAMES["progress"] else texts[head]


def summary(desk: Desk, items: Sequence[Item]) -> str:
    """Return in a sentence how many items there are and how they stand."""
    tally = progress.tally(items)
    counts = ((status, tally.by_status[status]) for status in MOST_DONE_FIRST)
    told = "，".join(f"{status}{count}项" for status, count in counts if count)
    late = f"；其中逾期{tally.late}项" if tally.late else ""
    return f"截至{date_words(desk.today())}，共{tally.total}项：{told}{late}。"


def _row(desk: Desk, at: int, item: Item) -> Row:
    entry = item.entry
    return (
        words(str(at)),
        words(
            f"{item.number}.{typeset(item.title)}" + ("\n（现行措施库中已无此条）" if item.orphaned else "")
        ),
        words(entry.deadline.words),
        status_words(desk, item),
        words(entry.owner),
        *(words(told(item, head)) for head in TOLD),
    )


def status_words(desk: Desk, item: Item) -> Cell:
    """Return the status and, when the deadline is past or near, how far it is, as words."""
    status = words(item.entry.status.value)
    day = item.entry.deadline.due
    if item.light not in (Light.RED, Light.YELLOW) or day is None:
        return status
    due = due_words(day, desk.today()).replace(" ", "")
    return (*status, Run(due, size=SIZE, bold=item.light is Light.RED))
