"""责任人变更 on paper: the items that one person hands over to another, as they stand, to be signed."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from desktop.catalogue.typeset import typeset
from desktop.catalogue.validity import date_words
from desktop.ui.printing.checklist import (
    TOLD,
    papers_of,
    set_papers,
    status_words,
    summary,
    told,
    told_columns,
)
from desktop.ui.printing.checklist import TOLD_SHARE as TOLD_USUAL
from desktop.ui.printing.measures import foot
from desktop.ui.printing.paper import Paper
from desktop.ui.printing.table import PaperColumn, set_table, words
from desktop.ui.printing.typesetting import RED, SMALL, Run, Setting
from desktop.workspace.evidence import attached, names
from desktop.workspace.words import document as document_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date

    from desktop.ui.desk import Desk
    from desktop.ui.printing.table import Row
    from desktop.workspace.items.model import Item, ItemKey

FACTS = (
    PaperColumn("序号", 5, centred=True),
    PaperColumn("措施", 15),
    PaperColumn("完成时限", 11, centred=True),
    PaperColumn("状态", 9, centred=True),
    PaperColumn("原责任人", 9, centred=True),
)
FILES = PaperColumn("佐证材料", 10)
TOLD_SHARE = 100 - FILES.share - sum(column.share for column in FACTS)
SIGNED_BY = ("移交人", "接收人", "监交人")
_TO_SIGN = "\n签字：\n\n日期：　　　年　　月　　日"
NOBODY = "（未填写）"
LISTED, IN_A_ROW = 9, 300  # points, and characters of the names in one row of the list


def handover(
    desk: Desk, unit_key: str, items: Sequence[Item], successor: str, owners: Mapping[ItemKey, str]
) -> Paper:
    """Return on paper that ``items`` of a unit go over to ``successor``, A4 across.

    ``owners`` says who answered for each before: the items may bear the new name already; an item that is
    not in it goes over from whom it names itself.
    """
    title = f"{desk.catalogue.unit(unit_key).name}责任事项移交单"
    papers = papers_of(desk, items)
    paper = Paper(title, foot(desk, papers), landscape=True)
    setting = Setting(paper)
    setting.title(title, ink=RED)
    set_papers(setting, desk, papers)
    former = {item.key: owners.get(item.key, item.entry.owner) or NOBODY for item in items}
    setting.block([Run(_sentence(former, successor, desk.today()), size=SMALL)], pitch=1.8)
    setting.block([Run(summary(desk, items), size=SMALL)], pitch=1.8)
    files = _files(desk, unit_key)
    rows = [
        _row(desk, at, item, former[item.key], files.get(item.key, ()), named=len(papers) > 1)
        for at, item in enumerate(items, 1)
    ]
    columns = [
        replace(column, share=column.share * TOLD_SHARE / TOLD_USUAL) for column in told_columns(items)
    ]
    set_table(setting, (*FACTS, *columns, FILES), rows)
    _set_files(setting, items, files)
    setting.block([Run("\u3000", size=SMALL)], pitch=1.5)
    set_table(setting, [PaperColumn(who, 100 / 3) for who in SIGNED_BY], [[words(_TO_SIGN)] * 3])
    return paper


def _set_files(setting: Setting, items: Sequence[Item], files: Mapping[ItemKey, Sequence[str]]) -> None:
    """Name, before the signatures, the files of the items whose cell says only how many they are."""
    many = [item for item in items if not names.fit_cell(files.get(item.key, ()))]
    if not many:
        return
    rows: list[Row] = []
    for item, most in zip(many, names.within(len(files[item.key]) for item in many), strict=True):
        named = files[item.key]
        lists = [names.listed(group) for group in _groups(named[:most])]
        lists += filter(None, [names.rest(len(named) - most)])
        for at, listed in enumerate(lists):
            title = Run(f"{item.number}.{typeset(item.title)}（{len(named)}份）", size=LISTED, bold=True)
            rows.append(
                [
                    (Run(f"{item.number}（续）：{listed}", size=LISTED),)
                    if at
                    else (title, Run(listed, size=LISTED))
                ]
            )
    setting.block([Run("\u3000", size=LISTED)], pitch=1)
    set_table(setting, [PaperColumn(f"附：{FILES.head}清单", 100)], rows, LISTED)


def _groups(listed: Sequence[str]) -> Iterator[list[str]]:
    """Return names in groups that take some lines each, so that no page ends with much left empty."""
    group: list[str] = []
    for name in listed:
        if group and sum(map(len, group)) + len(name) > IN_A_ROW:
            yield group
            group = []
        group.append(name)
    if group:
        yield group


def _sentence(former: Mapping[ItemKey, str], successor: str, day: date) -> str:
    names = "、".join(dict.fromkeys(former.values()))
    return f"责任人变更：自{date_words(day)}起，下列{len(former)}项由{names}移交给{successor}负责。"


def _files(desk: Desk, unit_key: str) -> dict[ItemKey, list[str]]:
    """Return the names of the files attached to each of the unit's items."""
    found: dict[ItemKey, list[str]] = {}
    for one in attached.of_unit(desk.workspace.db, unit_key):
        found.setdefault(one.key, []).append(one.name)
    return found


def _row(desk: Desk, at: int, item: Item, former: str, files: Sequence[str], *, named: bool) -> Row:
    paper = document_words(desk.catalogue, item.document_key) if named else ""
    gone = "\n（现行措施库中已无此条）" if item.orphaned else ""
    return (
        words(str(at)),
        words("\n".join(filter(None, (paper, f"{item.number}.{typeset(item.title)}{gone}")))),
        words(item.entry.deadline.words),
        status_words(desk, item),
        words(former),
        *(words(told(item, head)) for head in TOLD),
        words(names.in_cell(files, "全部附于表后")),
    )
