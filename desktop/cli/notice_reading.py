"""`notice read`: what a notice's text says, and what of it a person has to decide."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from desktop.cli import text
from desktop.cli.call import print_json
from desktop.cli.values import AnyPath
from desktop.cli.wording import VerbCommand

if TYPE_CHECKING:
    from desktop.reading.model import NoticeReading, ReadDocument, ReadMeasure, Role

PAGE_CELLS = 80


@click.command("read", cls=VerbCommand)
@click.argument("file", type=AnyPath(), metavar="文件")
@click.option("--json", "as_json", is_flag=True, help="以 JSON 输出，供其他程序读取。")
def read(file: Path, as_json: bool) -> None:
    """读一份发文，列出读出的内容和需要人决定的问题，不保存。

    有问题待决定时照样列出；完全不是发文的，退出码为1。
    """
    from desktop.exchange.papers.opening import text_of
    from desktop.reading.propose import propose

    reading = propose(text_of(file).text)
    if as_json:
        print_json(as_value(reading))
        return
    for line in _summary(reading):
        print(text.printable(line))


def as_value(reading: NoticeReading) -> dict[str, Any]:
    """Return a reading as JSON values."""
    head, term = reading.head, reading.term
    return {
        "number": head.number or None,
        "title": head.title or None,
        "issuer": head.issuer or None,
        "issued_on": head.issued_on.isoformat() if head.issued_on else None,
        "validity": {
            "kind": term.kind.value,
            "from": term.since.isoformat() if term.since else None,
            "until": term.until.isoformat() if term.until else None,
            "text": term.text,
        },
        "documents": [_document(reading.source, document) for document in reading.documents],
        "questions": [{"line": question.line, "text": question.text} for question in reading.questions],
        "left_over": reading.left_over,
    }


def _document(source: str, document: ReadDocument) -> dict[str, Any]:
    return {
        "title": document.title or None,
        "categories": [{"label": each.number, "title": each.title} for each in document.categories],
        "measures": [
            {
                "label": measure.number,
                "title": measure.title or None,
                "category": None if measure.category is None else document.categories[measure.category].title,
                "group": None if measure.group is None else document.groups[measure.group].title,
                "text": source[measure.start : measure.end],
                "units": [
                    {"name": name, "role": role.value if role else None}
                    for name, role in units_of(measure).items()
                ],
            }
            for measure in document.measures
        ],
    }


def units_of(measure: ReadMeasure) -> dict[str, Role | None]:
    """Return the units of a measure, each once, with the role that one of its statements gives."""
    found: dict[str, Role | None] = {}
    for statement in measure.statements:
        for mention in statement.mentions:
            found[mention.name] = found.get(mention.name) or mention.role
    return found


def _summary(reading: NoticeReading) -> Iterator[str]:
    """Yield the lines that tell a reading to people."""
    from desktop.reading.model import ROLE_NAMES

    head, term = reading.head, reading.term
    facts = [
        ("标题", head.title or "（没有读出）"),
        ("文号", head.number or "（没有读出）"),
        ("发文机关", head.issuer or "（没有读出）"),
        ("成文日期", head.issued_on.isoformat() if head.issued_on else "（没有读出）"),
        ("有效期", term.text or "（没有读出）"),
        ("有效期至", term.until.isoformat() if term.until else "（原文没有写明日期）"),
    ]
    yield from text.table(facts).split("\n")
    for document in reading.documents:
        yield ""
        counts = f"{len(document.categories)}个类别，{len(document.measures)}条措施"
        yield f"{document.title or '（没有标题）'}（{counts}）"
        category: int | None = None
        group: int | None = None
        for measure in document.measures:
            if measure.category != category and measure.category is not None:
                shown = document.categories[measure.category]
                yield f"  {shown.number}{shown.title}"
            if measure.group != group and measure.group is not None:
                shown = document.groups[measure.group]
                yield f"    {shown.number}{shown.title}"
            category, group = measure.category, measure.group
            words = measure.title or " ".join(reading.source[measure.start : measure.end].split())[:30] + "…"
            units = "、".join(
                name + (f"（{ROLE_NAMES[role]}）" if role else "") for name, role in units_of(measure).items()
            )
            title = words if measure.title else words.removeprefix(measure.number)
            yield f"    {measure.number or '（无编号）'}{title}　〔{units or '未写责任单位'}〕"
    yield ""
    if reading.questions:
        yield f"需要决定的问题（{len(reading.questions)}个）"
        for question in reading.questions:
            for place, line in enumerate(text.wrap(question.text, PAGE_CELLS - 12)):
                yield f"  {f'第{question.line}行' if not place else '':<8}{line}"
    else:
        yield "没有需要决定的问题。"
    if reading.left_over:
        yield f"还有{reading.left_over}个字没有归入任何部分。"
