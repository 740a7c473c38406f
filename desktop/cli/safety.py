"""Verbs on the workspace as a whole: backup, restore."""

from __future__ import annotations

import os
from pathlib import Path

import click

from desktop.cli import text
from desktop.cli.call import Call, print_json
from desktop.cli.people import account, by_option
from desktop.cli.reading import json_option
from desktop.cli.values import AnyPath
from desktop.cli.wording import VerbCommand
from desktop.errors import KnownError
from desktop.workspace import words
from desktop.workspace.file import backup as backups
from desktop.workspace.file import store
from desktop.workspace.safety import bundle, rescue
from desktop.workspace.safety import restore as restoring
from desktop.workspace.safety.bundle import Bundle
from desktop.workspace.safety.restore import Restored


@click.command(cls=VerbCommand)
@click.option(
    "--output",
    "-o",
    type=AnyPath(),
    metavar="文件",
    help="另存到这个文件，以 .zip 结尾时连同佐证材料一起打包；不写时存进工作库旁的 backups 文件夹。",
)
@json_option
@click.pass_obj
def backup(call: Call, output: Path | None, as_json: bool) -> None:
    """备份工作库，备份文件写好后逐页核对。窗口开着时也可以用。"""
    with store.open_for_reading(call.folder) as workspace:
        if not (workspace.folder / store.DATABASE).exists():
            raise KnownError("还没有工作库，没有可备份的内容。", f"查找的位置：{workspace.folder}")
        if output is None:
            saved = backups.save(workspace.db, workspace.folder, backups.BY_HAND)
            made = Bundle(saved.path, saved.size, 0, 0, ())
        else:
            made = bundle.save(workspace.db, workspace.folder, output)
    if as_json:
        print_json(
            {
                "path": str(made.path),
                "size": made.size,
                "evidence": made.packed,
                "evidence_left_out": made.left_out,
                "evidence_absent": list(made.absent),
            }
        )
        return
    print(made.path)
    if made.left_out:
        print(f"不含{made.left_out}份佐证材料；要一起备份，请把文件名写成以 .zip 结尾。")
    if made.absent:
        print(text.printable(f"以下佐证材料缺失或改动过，没有打包：{'、'.join(made.absent)}"))


@click.command(cls=VerbCommand)
@click.argument("file", type=AnyPath(), metavar="[文件]", required=False)
@by_option
@json_option
@click.pass_obj
def restore(call: Call, file: Path | None, by: str | None, as_json: bool) -> None:
    """把工作库恢复成一个备份的内容；现在的内容先备份，损坏的文件原样移到 damaged 文件夹。

    文件可以是 backups 文件夹中的文件名。不写文件时只列出已有的备份，什么也不改。
    """
    if file is None:
        _offer(call.folder, as_json)
        return
    own = call.folder / backups.FOLDER / file.name
    if not file.exists() and file.name == os.fspath(file) and own.exists():
        file = own
    done = restoring.at_rest(call.folder, file, by=account(by), at=call.now)
    if as_json:
        print_json(
            {
                "file": str(done.file),
                "backup": str(done.backup.path) if done.backup else None,
                "set_aside": str(done.set_aside) if done.set_aside else None,
                "evidence_added": done.evidence_added,
                "evidence_absent": list(done.evidence_absent),
                "notices": list(done.notices),
            }
        )
    else:
        print(text.printable("\n".join(_told(done))))


VERBS = (backup, restore)


def _told(done: Restored) -> list[str]:
    """Return what a restore did, in lines."""
    lines = [f"已恢复：{done.file}"]
    if done.backup is not None:
        lines.append(f"恢复前的内容已备份：{done.backup.path}")
    if done.set_aside is not None:
        lines.append(f"损坏的文件原样保留在：{done.set_aside}")
    if done.evidence_added:
        lines.append(f"随备份带回佐证材料{done.evidence_added}份。")
    if done.notices:
        lines.append(f"随备份带回发文{len(done.notices)}份。")
    if done.evidence_absent:
        lines.append(f"以下佐证材料备份中没有，本机也没有：{'、'.join(done.evidence_absent)}")
    return lines


def _offer(folder: Path, as_json: bool) -> None:
    """List the backups, and for a damaged workspace say what the newest good one would lack."""
    offered = rescue.offer(folder)
    files = backups.every(folder)
    if as_json:
        print_json(
            [
                {"path": str(one.path), "at": one.at.isoformat(), "reason": one.reason, "size": one.size}
                for one in files
            ]
        )
        return
    rows = [(one.path.name, words.moment(one.at), one.words, words.size(one.size)) for one in files]
    print(text.table([("备份", "时间", "何时备份", "大小"), *rows]) if rows else "还没有备份。")
    if offered is None:
        print("\n工作库是完好的。要恢复成某个备份：restore 备份")
        return
    print(f"\n{offered.problem.message}\n{offered.words}")
    if offered.backup is not None:
        print(f"要恢复：restore {offered.backup.path.name}")
