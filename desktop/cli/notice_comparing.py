"""`notice compare`: which measures of two notices correspond, and what was decided about it by hand."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import click

from desktop.cli import text
from desktop.cli.call import Call, opened_catalogue, print_json
from desktop.cli.reading import json_option
from desktop.cli.values import Words
from desktop.cli.wording import VerbCommand
from desktop.errors import KnownError

if TYPE_CHECKING:
    from desktop.catalogue.model import Measure, Notice
    from desktop.catalogue.query import Catalogue
    from desktop.library.corresponding import Pair

_PAIR = (Words(), Words())


@click.command("compare", cls=VerbCommand)
@click.argument("ours", type=Words(), metavar="发文")
@click.argument("theirs", type=Words(), metavar="另一份")
@click.option(
    "--confirm",
    type=_PAIR,
    multiple=True,
    metavar="措施 措施",
    help="确认这两条措施对应，写措施代号（见 --json），可以写多次。",
)
@click.option(
    "--reject", type=_PAIR, multiple=True, metavar="措施 措施", help="这两条措施不对应，以后不再建议。"
)
@json_option
@click.pass_obj
def compare(
    call: Call,
    ours: str,
    theirs: str,
    confirm: tuple[tuple[str, str], ...],
    reject: tuple[tuple[str, str], ...],
    as_json: bool,
) -> None:
    """列出两份发文中相互对应的措施，例如省里的和区里的；发文写文号、代号或标题。

    对应关系按文字相近程度建议，由人确认后保留。
    """
    from desktop.library import folders, links
    from desktop.library.corresponding import correspond, unmatched

    root = folders.root(call.folder)
    with opened_catalogue(call) as (_, catalogue):
        sides = [_side(catalogue, each) for each in (ours, theirs)]
    (one, mine), (other, others) = sides
    if one.key == other.key:
        raise KnownError(f"“{ours}”和“{theirs}”是同一份发文，没有可比较的。", "请写两份不同的发文。")
    for pairs, keep in ((confirm, links.confirm), (reject, links.reject)):
        for first, second in pairs:
            _check(first, second, mine, others)
            root.mkdir(parents=True, exist_ok=True)
            keep(root, first, second)
    found = correspond(mine, others, links.links(root))
    left = [unmatched(measures, found) for measures in (mine, others)]
    if as_json:
        print_json(_value(sides, found, left))
    else:
        print(text.printable(_told(sides, found, left)))


def _side(catalogue: Catalogue, called: str) -> tuple[Notice, tuple[Measure, ...]]:
    """Return a notice by what it is called, in use or not, and its measures."""
    notice = catalogue.find_notice(called)
    documents = catalogue.documents_in(notice.key)
    measures = [one for each in documents for one in catalogue.measures_in_document(each.key)]
    return notice, tuple(measures)


def _check(first: str, second: str, mine: Sequence[Measure], others: Sequence[Measure]) -> None:
    """Raise KnownError unless one of two measures stands on either side."""
    sides = [{measure.key for measure in each} for each in (mine, others)]
    if not any(a in sides[0] and b in sides[1] for a, b in ((first, second), (second, first))):
        raise KnownError(
            f"“{first}”和“{second}”不是这两份发文中各一条措施的代号，没有记下。",
            "代号见 notice compare … --json。",
        )


def _value(
    sides: Sequence[tuple[Notice, Sequence[Measure]]],
    found: Sequence[Pair],
    left: Sequence[Sequence[Measure]],
) -> dict[str, Any]:
    named = ("ours", "theirs")
    return {
        **{
            name: {"key": notice.key, "number": notice.number or None, "title": notice.title}
            for name, (notice, _) in zip(named, sides, strict=True)
        },
        "pairs": [
            {
                "ours": _measure(pair.ours),
                "theirs": _measure(pair.theirs),
                "likeness": pair.likeness,
                "state": pair.state.value,
                "why": pair.why,
            }
            for pair in found
        ],
        "unmatched": {name: list(map(_measure, each)) for name, each in zip(named, left, strict=True)},
    }


def _measure(measure: Measure) -> dict[str, Any]:
    return {
        "key": measure.key,
        "notice": measure.document_key.rpartition(".")[0],
        "number": measure.number,
        "cited": measure.cited,
        "title": measure.called,
    }


def _told(
    sides: Sequence[tuple[Notice, Sequence[Measure]]],
    found: Sequence[Pair],
    left: Sequence[Sequence[Measure]],
) -> str:
    (one, _), (other, _) = sides
    lines = [f"{one.called}　与　{other.called}"]
    for pair in found:
        lines.append(f"{pair.state.value}　{pair.likeness:.0%}　{pair.why}")
        lines += [f"    {_shown(pair.ours)}", f"    {_shown(pair.theirs)}"]
    if not found:
        lines.append("没有相互对应的措施。")
    for (notice, _), each in zip(sides, left, strict=True):
        if each:
            lines += ["", f"{notice.called}中没有对应的：", *(f"  {_shown(measure)}" for measure in each)]
    return "\n".join(lines)


def _shown(measure: Measure) -> str:
    return f"{measure.cited}　{measure.called}"
