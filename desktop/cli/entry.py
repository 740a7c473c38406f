"""The command line as a whole: its options before the verb, its verbs, and how a call ends."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from types import ModuleType

import click

from desktop import TITLE, __version__
from desktop.cli import guard, wording
from desktop.cli.call import Call
from desktop.cli.values import AnyPath


class VerbsOrFile(wording.Verbs):
    """The verbs; a file of the program's own in the place of one is opened, as desktops call a program."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the verb."""
        known = args[0] in self.list_commands(ctx)
        return super().resolve_command(ctx, args if known or not is_package(args[0]) else ["open", *args])


def is_package(name: str) -> bool:
    """Tell whether a file is a 数据包 or a 发文包 by its name."""
    from desktop.library.pack_names import SUFFIX
    from desktop.workspace.merging import manifest

    return name.lower().endswith((SUFFIX, manifest.SUFFIX))


@click.group(cls=VerbsOrFile, invoke_without_command=True, add_help_option=True)
@click.option(
    "--workspace",
    type=AnyPath(),
    metavar="文件夹",
    help="工作库所在的文件夹。不写时用程序旁边的 workspace 文件夹，没有则用本机用户的数据文件夹。",
)
@click.option(
    "--passphrase-file",
    type=AnyPath(),
    metavar="文件",
    help="工作库设有口令时，从这个文本文件的第一行读取口令。口令不写在命令行中，也不记入日志。",
)
@click.option("--version", is_flag=True, help="显示版本后退出。")
@click.pass_context
def verbs(context: click.Context, workspace: Path | None, passphrase_file: Path | None, version: bool) -> int:
    """惠企措施手册：离线查阅惠企措施、检索、填写和导出各责任单位清单。

    不写命令时打开窗口。各命令的说明：命令名后加 --help。
    """
    if version:
        print(f"{TITLE} {__version__} 版")
        context.exit(0)
    context.obj = Call(workspace=workspace, now=context.obj or datetime.now().astimezone())
    if passphrase_file is not None:
        from desktop.cli import passphrases

        passphrases.read(passphrase_file)
    if context.invoked_subcommand:
        return 0
    from desktop.cli import window

    return window.open_window(workspace)


def _load(verb: str) -> click.Command:
    """Import the room of ``verb`` and return it: a call pays for what it asks, and for nothing else."""
    room: ModuleType
    match verb:
        case "tree" | "show" | "search":
            from desktop.cli import reading as room
        case "checklist" | "mark":
            from desktop.cli import checklists as room
        case "round":
            from desktop.cli import rounds as room
        case "export":
            from desktop.cli import exporting as room
        case "import":
            from desktop.cli import returning as room
        case "history" | "ledger":
            from desktop.cli import recording as room
        case "evidence":
            from desktop.cli import evidence as room
        case "data":
            from desktop.cli import data as room
        case "notice":
            from desktop.cli import notices as room
        case "match" | "rules":
            from desktop.cli import matching as room
        case "check":
            from desktop.cli import proofreading as room
        case "enterprise":
            from desktop.cli import enterprises as room
        case "pack" | "unpack":
            from desktop.cli import merging as room
        case "visit":
            from desktop.cli import visits as room
        case "demand":
            from desktop.cli import demands as room
        case "leaflet" | "visits" | "demands":
            from desktop.cli import papers as room
        case "open":
            from desktop.cli import opening as room
        case "backup" | "restore":
            from desktop.cli import safety as room
        case _:
            from desktop.cli import making as room
    found: dict[str | None, click.Command] = {each.name: each for each in room.VERBS}
    return found[verb]


verbs.load_later(
    (
        *("tree", "show", "search", "checklist", "mark", "round", "export", "import", "history", "ledger"),
        *(
            "enterprise",
            "visit",
            "demand",
            "leaflet",
            "visits",
            "demands",
            "match",
            "rules",
            "check",
            "evidence",
            "notice",
            "pack",
            "unpack",
            "data",
            "backup",
            "restore",
            "open",
            "build",
            "tour",
            "manual",
            "doctor",
        ),
    ),
    _load,
)


def run(arguments: Sequence[str], now: datetime | None = None) -> int:
    """Run one call and return its exit code: 0 done, 1 something went wrong, 2 wrong usage, 3 left over.

    ``now`` is the time of the call, local with offset; the clock is asked when it is None.
    """
    guard.prepare_streams()
    chosen: list[Path] = []

    def act() -> int:
        try:
            with verbs.make_context(_program(), list(arguments), obj=now) as context:
                if context.params["workspace"] is not None:
                    chosen.append(context.params["workspace"])
                return verbs.invoke(context) or 0
        except click.exceptions.Exit as end:
            return end.exit_code
        except click.UsageError as error:
            guard.complain(wording.sentence(error))
            guard.complain(wording.help_hint(error))
            return guard.WRONG_USAGE

    return guard.guarded(act, lambda: chosen[0] if chosen else None)


def _program() -> str:
    """Return how the program was called, for the help pages."""
    name = Path(sys.argv[0]).name
    return name if getattr(sys, "frozen", False) or name.startswith("measures-desk") else "python -m desktop"
