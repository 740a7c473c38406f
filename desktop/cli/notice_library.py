"""`notice add`, `list`, `use`, `remove`, `restore`: the user's notices, taken in and out."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from desktop.cli import text
from desktop.cli.call import Call, day, opened_catalogue, print_json
from desktop.cli.values import AnyPath, OneOf, Words
from desktop.cli.wording import VerbCommand

if TYPE_CHECKING:
    from desktop.reading.drafts import NoticeDraft

OPEN = 3
json_option = click.option("--json", "as_json", is_flag=True, help="以 JSON 输出，供其他程序读取。")


@click.command("add", cls=VerbCommand)
@click.argument("file", type=AnyPath(), metavar="文件")
@click.option("--decisions", type=AnyPath(), metavar="文件", help="已作的决定（JSON），逐步照办。")
@click.option("--accept", is_flag=True, help="只收入发文库；有待决定的就不收，也不留在“录入发文”里。")
@click.option("--amend", is_flag=True, help="发文库中已有这个文号而文字不同的，作为修订收入。")
@json_option
@click.pass_obj
def add(call: Call, file: Path, decisions: Path | None, accept: bool, amend: bool, as_json: bool) -> int:
    """读一份发文，没有待决定的就收入发文库。

    有待决定的，列出来，退出码为3；不写 --accept 时留在“录入发文”里，可以在窗口中接着决定。

    发文库中已有这个文号而文字不同的，不写 --amend 不收；写了就作为修订收入，原来的文字留作以前的版本。
    """
    from desktop.errors import KnownError
    from desktop.exchange.papers.opening import text_of
    from desktop.library import drafts as kept
    from desktop.library import store
    from desktop.reading import acceptance, drafts

    source = text_of(file).text
    draft = _decided(source, decisions) if decisions else drafts.begin(source)
    why = acceptance.acceptable(draft)
    if why:
        if not accept:
            kept.keep(call.folder, draft, file.name, file, call.now)
        _tell_open(draft, why, kept=not accept, as_json=as_json)
        return OPEN
    kinds = {name: kind for name, kind in draft.facts.kinds.items() if kind}
    amends = store.would_amend(call.folder, draft.reading)
    if amends and not amend:
        raise KnownError(
            f"发文库中已有{draft.reading.head.number}（代号{amends}），文字与这一份不同，没有收入发文库。",
            "确是修订的，加上 --amend 再收一次，原来的文字会留作以前的版本；不是的，请核对文号。",
        )
    key = store.accept(call.folder, draft.reading, kinds=kinds, original=file, now=call.now)
    missing = acceptance.unconfirmed(draft)
    if as_json:
        print_json({"key": key, "questions": []})
        return 0
    if amends:
        print(f"已作为修订收入发文库，代号{key}，修订前的原文保留为以前的版本。")
    else:
        print(f"已收入发文库，代号{key}。")
    for sentence in missing:
        print(f"  {sentence}")
    if warning := store.rebuilt(call.folder):
        print(warning)
    return 0


@click.command("list", cls=VerbCommand)
@json_option
@click.pass_obj
def list_(call: Call, as_json: bool) -> None:
    """列出发文库中的发文。"""
    from desktop.library import store

    with opened_catalogue(call) as (_, catalogue):
        found = store.listed(catalogue)
    if as_json:
        print_json(
            [
                {
                    "key": one.key,
                    "number": one.number or None,
                    "title": one.title,
                    "measures": one.measures,
                    "units": one.units,
                    "valid_until": day(one.valid_until),
                    "in_use": one.in_use,
                }
                for one in found
            ]
        )
        return
    rows = [
        (
            "在用" if one.in_use else "已停用",
            one.key,
            one.number or "（无文号）",
            f"{one.measures}条措施，{one.units}个单位",
            one.title,
        )
        for one in found
    ]
    print(text.table(rows))


@click.command("use", cls=VerbCommand)
@click.argument("notice", type=Words(), metavar="发文")
@click.argument("on", type=OneOf({"on": "on", "off": "off", "在用": "on", "停用": "off"}), metavar="on|off")
@click.pass_obj
def use(call: Call, notice: str, on: str) -> None:
    """把一份发文设为在用（on）或停用（off），发文写代号、文号或标题。

    停用的发文不在目录、检索、清单和统计中，填报过的内容都留着，再设为在用时原样回来。
    """
    from desktop.library import store

    with opened_catalogue(call) as (_, catalogue):
        found = catalogue.find_notice(notice)
    store.use(call.folder, found.key, on == "on")
    print(f"{found.called}{'在用' if on == 'on' else '已停用'}。")


@click.command("remove", cls=VerbCommand)
@click.argument("notice", type=Words(), metavar="发文")
@click.pass_obj
def remove(call: Call, notice: str) -> None:
    """把一份发文移除发文库，发文写代号、文号或标题。文件留着，可以用 notice restore 放回。

    读不出来的发文写代号，即文件夹的名称。
    """
    from desktop.library import folders, store

    with opened_catalogue(call) as (_, catalogue):
        known = [each.key for each in catalogue.whole.notices]
        damaged = notice not in known and notice in [path.name for path in folders.held(call.folder)]
        found = None if damaged else catalogue.find_notice(notice)
    name = store.remove(call.folder, found.key if found else notice)
    store.rebuilt(call.folder)
    print(
        f"{found.called if found else notice}已从发文库移除，填报过的内容都留着。放回：notice restore {name}"
    )


@click.command("restore", cls=VerbCommand)
@click.argument("name", type=Words(), metavar="代号")
@click.pass_obj
def restore(call: Call, name: str) -> None:
    """把移除的发文放回发文库。"""
    from desktop.library import store

    key = store.take_back(call.folder, name)
    store.rebuilt(call.folder)
    print(f"已放回发文库，代号{key}。")


def _decided(source: str, path: Path) -> NoticeDraft:
    from desktop.disk import reading
    from desktop.errors import KnownError
    from desktop.reading import drafts, operations

    with reading(path):
        data = path.read_bytes()
    try:
        said = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise KnownError(
            f"“{path.name}”不是 UTF-8 编码的文字，没有采用。", "请检查是否选对了文件。"
        ) from error
    return drafts.replayed(source, operations.from_json(said))


def _tell_open(draft: NoticeDraft, why: list[str], *, kept: bool, as_json: bool) -> None:
    from desktop.reading.drafts import open_questions

    questions: list[dict[str, Any]] = [
        {
            "key": one.key,
            "line": one.line,
            "text": one.text,
            "choices": [choice.words for choice in one.choices],
        }
        for one in open_questions(draft)
    ]
    if as_json:
        print_json({"key": None, "questions": questions})
        return
    where = "，已留在“录入发文”里，可以在窗口中接着决定" if kept else ""
    print(f"还有{len(questions) or len(why)}处待决定，没有收入发文库{where}。")
    for one in questions:
        print(f"  第{one['line']}行　{one['text']}")
        for number, words in enumerate(one["choices"]):
            print(f"      {number}　{words}")
    if not questions:
        for sentence in why:
            print(f"  {sentence}")


VERBS = (add, list_, use, remove, restore)
