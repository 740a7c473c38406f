"""`check`: what a report says of the notices in use, compared with what they say."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from desktop.cli import text
from desktop.cli.call import Call, opened_catalogue, print_json
from desktop.cli.notice_option import chosen, only_option
from desktop.cli.values import AnyPath
from desktop.cli.wording import VerbCommand

if TYPE_CHECKING:
    from desktop.catalogue.query import Catalogue
    from desktop.proofreading.model import Claim, ClaimSource

_MARKS = {"gone": "-", "new": "+", "kept": "="}
_SHOWN = 60


@click.command(cls=VerbCommand)
@click.argument("file", type=AnyPath(), metavar="文件")
@only_option
@click.option("--json", "as_json", is_flag=True, help="以 JSON 输出，供其他程序读取。")
@click.pass_obj
def check(call: Call, file: Path, notices: tuple[str, ...], as_json: bool) -> None:
    """引文核查：核查一份材料（文字、文档或工作簿）引用发文的地方：引文、数字、文号、条号、单位、日期、有效期。

    逐处与在用的发文比对：一致、有出入（列出不同的字词）、查无。材料和发文都不改动。
    """
    from desktop.exchange.papers.opening import text_of
    from desktop.proofreading.checking import check as checked
    from desktop.proofreading.corpus import Corpus

    report = text_of(file).text
    with opened_catalogue(call) as (db, catalogue):
        catalogue = chosen(catalogue, notices)
        found = checked(report, Corpus(db, catalogue))
        if as_json:
            print_json([_value(claim) for claim in found])
            return
        for line in _told(found, report, catalogue):
            print(text.printable(line))


VERBS = (check,)


def _value(claim: Claim) -> dict[str, Any]:
    return {
        "kind": claim.kind.value,
        "text": claim.text,
        "start": claim.start,
        "end": claim.end,
        "verdict": claim.verdict.value,
        "source": _source(claim.source) if claim.source else None,
        "difference": [[_MARKS[each.marked.value], each.text] for each in claim.difference] or None,
    }


def _source(source: ClaimSource) -> dict[str, Any]:
    return {
        "notice": source.notice,
        "document": source.document or None,
        "measure": source.measure or None,
        "start": source.start if source.start >= 0 else None,
        "end": source.end if source.end >= 0 else None,
        "text": source.text,
    }


def _told(found: tuple[Claim, ...], report: str, catalogue: Catalogue) -> Iterator[str]:
    from desktop.proofreading.model import KIND_NAMES, VERDICT_NAMES, ClaimVerdict

    counts = Counter(claim.verdict for claim in found)
    yield "　".join(f"{name}{counts[verdict]}处" for verdict, name in VERDICT_NAMES.items())
    for verdict, name in VERDICT_NAMES.items():
        if verdict is ClaimVerdict.SAME:
            continue
        for claim in found:
            if claim.verdict is verdict:
                line = report.count("\n", 0, claim.start) + 1
                yield f"\n{name}　{KIND_NAMES[claim.kind]}　第{line}行　{_short(claim.text)}"
                if claim.difference:
                    yield f"  原文：{_side(claim, 'gone')}"
                    yield f"  材料：{_side(claim, 'new')}"
                if claim.source:
                    yield f"  出处：{_place(claim.source, catalogue)}"


def _side(claim: Claim, mark: str) -> str:
    """Return one side of a difference, what only that side says in 【】."""
    return "".join(
        f"【{each.text}】" if each.marked.value == mark else each.text
        for each in claim.difference
        if each.marked.value in ("kept", mark)
    )


def _place(source: ClaimSource, catalogue: Catalogue) -> str:
    notice = catalogue.notice_with(source.notice)
    return notice.called + (catalogue.measure(source.measure).cited if source.measure else "")


def _short(words: str) -> str:
    from desktop.proofreading.model import on_one_line

    words = on_one_line(words)
    return words if len(words) <= _SHOWN else f"{words[:_SHOWN]}…"
