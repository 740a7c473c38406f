"""`notice versions`: the older versions of a notice that was amended, and what one says."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from desktop.cli import text
from desktop.cli.call import Call, day, opened_catalogue, print_json
from desktop.cli.reading import PAGE_CELLS, json_option
from desktop.cli.values import Words
from desktop.cli.wording import VerbCommand
from desktop.errors import KnownError

if TYPE_CHECKING:
    from desktop.library.versions import NoticeVersion


@click.command("versions", cls=VerbCommand)
@click.argument("notice", type=Words(), metavar="发文")
@click.argument("name", type=Words(), metavar="[版本]", required=False, default="")
@json_option
@click.pass_obj
def versions(call: Call, notice: str, name: str, as_json: bool) -> None:
    """列出一份发文修订以前的版本；写明版本（例如 2026-03）时显示它的措施全文。

    发文写文号、代号或标题。
    """
    from desktop.catalogue.typeset import typeset
    from desktop.library import folders
    from desktop.library.versions import versions as older

    with opened_catalogue(call) as (_, catalogue):
        found = catalogue.find_notice(notice)
    kept = older(folders.root(call.folder) / found.key)
    if not name:
        _list(kept, found.called, as_json)
        return
    chosen = next((each for each in kept if name in (each.name, each.called)), None)
    if chosen is None:
        known = "、".join(each.name for each in kept) or "没有"
        raise KnownError(f"{found.called}没有“{name}”这个版本。", f"以前的版本：{known}。")
    measures = chosen.read().measures
    if as_json:
        told = [
            {"key": one.key, "cited": one.cited, "title": one.called, "text": one.text} for one in measures
        ]
        print_json({**_version(chosen), "measures": told})
        return
    print(f"{found.called}　{chosen.called}\n")
    for one in measures:
        print("\n".join(text.wrap(text.printable(typeset(one.text)), PAGE_CELLS)))


def _list(kept: tuple[NoticeVersion, ...], called: str, as_json: bool) -> None:
    if as_json:
        print_json([_version(each) for each in kept])
    elif kept:
        rows = [(each.name, day(each.replaced_on) or "－") for each in kept]
        print(text.table([("版本", "何时被替换"), *rows]))
    else:
        print(f"{called}没有以前的版本。")


def _version(version: NoticeVersion) -> dict[str, object]:
    return {"name": version.name, "replaced_on": day(version.replaced_on)}
