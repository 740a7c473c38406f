"""`data`: notices by stick, packed into one file (发文包) and taken in from one."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import click

from desktop.cli import text
from desktop.cli.call import Call, opened_catalogue, print_json
from desktop.cli.people import by_option, person
from desktop.cli.reading import json_option
from desktop.cli.values import AnyPath, Words
from desktop.cli.wording import Noun, VerbCommand, WrongUsage
from desktop.errors import KnownError
from desktop.workspace.file import store
from desktop.workspace.items import entries

if TYPE_CHECKING:
    from desktop.catalogue.query import Catalogue
    from desktop.library.differing import MeasureChange, NoticeDifference, PackDifference

_UNDONE = 1


@click.group("data", cls=Noun)
def carrying_data() -> None:
    """发文包：把自己录入的发文装成一个文件，用 U 盘带到别的电脑导入。"""


@carrying_data.command("export", cls=VerbCommand)
@click.option("--output", "-o", type=AnyPath(), metavar="文件", help="写到哪里，一般以 .fwb 结尾；必须写。")
@click.option(
    "--notice",
    "notices",
    type=Words(),
    multiple=True,
    metavar="发文",
    help="只装这一份，写文号、代号或标题，可以写多次；不写时装全部自己录入的发文。",
)
@by_option
@json_option
@click.pass_context
def export(
    context: click.Context, output: Path | None, notices: tuple[str, ...], by: str | None, as_json: bool
) -> None:
    """把自己录入的发文装成一个发文包：原文、结构、标注、原始文件、以前的版本和已确认的对应关系。

    填报内容不在其中。程序自带的发文每台电脑都有，不装进去。
    """
    call: Call = context.obj
    if output is None:
        raise WrongUsage("缺少选项 -o，请写保存到哪里。", context)

    from desktop.library import packs

    with opened_catalogue(call) as (_, catalogue), store.open_for_reading(call.folder) as workspace:
        keys = [catalogue.find_notice(each).key for each in notices]
        made = packs.export(call.folder, output, keys, by=person(workspace.db, by), at=call.now)
    if as_json:
        notices_told = [
            {"key": one.key, "number": one.number or None, "measures": one.measures} for one in made.notices
        ]
        print_json({"path": str(output), "notices": notices_told})
        return
    print(output)
    for one in made.notices:
        print(text.printable(f"  {one.called}　{one.measures}条"))


@carrying_data.command("import", cls=VerbCommand)
@click.argument("file", type=AnyPath(), metavar="文件")
@click.option("--dry-run", is_flag=True, help="只列出会有什么变化，什么也不改。")
@json_option
@click.pass_obj
def take(call: Call, file: Path, dry_run: bool, as_json: bool) -> int:
    """导入一个发文包：全部采用，或者完全不改。被替换的原文保留为以前的版本。

    不是发文包、不完整、被改动过、版本太旧或太新的，都不导入并说明原因。
    """
    from desktop.library import opening

    try:
        before = opening.opened(call.folder)
        with closing(before.db):
            found = _compared(call, file) if dry_run else _taken(call, file)
    except KnownError as error:
        if not as_json:
            raise
        print_json(_value(None, error.message))
        return _UNDONE
    if as_json:
        print_json(_value(found))
    else:
        print(text.printable("\n".join(_told(found, before.catalogue, done=not dry_run))))
    return 0


VERBS = (carrying_data,)


def _compared(call: Call, file: Path) -> PackDifference:
    from desktop.library import packs

    with store.open_for_reading(call.folder) as workspace:
        entered = [(key.unit_key, key.measure_key) for key in entries.load(workspace.db)]
    return packs.difference(call.folder, file, entered, on=call.today)


def _taken(call: Call, file: Path) -> PackDifference:
    from desktop.library import packs

    if not (call.folder / "workspace.db").exists():
        _compared(call, file)  # what is refused makes no workspace
    with store.open_for_writing(call.folder) as workspace:
        entered = [(key.unit_key, key.measure_key) for key in entries.load(workspace.db)]
        return packs.take_in(call.folder, file, entered, at=call.now)


def _value(found: PackDifference | None, refused: str | None = None) -> dict[str, int | str | None]:
    return {
        "new": found.new if found else 0,
        "changed": found.changed if found else 0,
        "gone": found.gone if found else 0,
        "orphans": len(found.orphans) if found else 0,
        "refused": refused,
    }


def _told(found: PackDifference, before: Catalogue, *, done: bool) -> Iterator[str]:
    """Yield what a pack changes, notice by notice."""
    made = found.contents
    yield f"发文包由{made.made_by}制作于{made.made_at[:16].replace('T', ' ')}，有{len(made.notices)}份发文。"
    for notice in found.notices:
        yield from _notice(notice)
    if found.links:
        yield "带来已确认的措施对应关系。"
    if found.orphans:
        yield f"有{len(found.orphans)}项填报内容不再有对应的措施，内容保留："
        for unit_key, measure_key in found.orphans:
            measure = before.measure(measure_key)
            yield f"  {before.unit(unit_key).name}　{measure.cited}　{measure.called}"
    yield (
        "没有需要改动的内容。"
        if found.nothing
        else "已导入。"
        if done
        else "以上只是预览，没有改动任何内容。"
    )


def _notice(found: NoticeDifference) -> Iterator[str]:
    counted = (("新增", found.new), ("修改", found.changed), ("废止", found.gone))
    told = "，".join(f"{word}{len(each)}条" for word, each in counted if each)
    yield f"{found.notice.called}　{found.state.value}{f'：{told}' if told else ''}"
    yield from (f"  新增　{one.cited}　{one.called}" for one in found.new)
    for change in found.changed:
        yield f"  修改　{change.after.cited}　{change.after.called}"
        yield from (f"    {words}" for words in _changes(change))
    yield from (f"  废止　原{one.cited}　{one.called}" for one in found.gone)


def _changes(change: MeasureChange) -> Iterator[str]:
    """Yield what is changed in a measure's text, a change a line."""
    from desktop.library.word_changes import Marked

    stretches = [*change.words, None]
    gone = put = ""
    for each in stretches:
        if each is not None and each.marked is Marked.GONE:
            gone += each.text
        elif each is not None and each.marked is Marked.NEW:
            put += each.text
        elif gone or put:
            both = f"“{gone}”改为“{put}”" if gone and put else f"删去“{gone}”" if gone else f"增加“{put}”"
            yield both.replace("\n", " ")
            gone = put = ""
