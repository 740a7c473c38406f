"""click in Chinese: help pages, usage errors and the words that click itself would put in English.

Sentences are chosen by the kind of the error and its attributes, never by translating click's own sentence,
so a newer click cannot let an English one through: what is not known here gets a general Chinese sentence.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any

import click

from desktop.cli import text

HEADINGS = {"Options": "选项", "Commands": "命令", "Positional arguments": "参数"}
PAGE_CELLS = 88


class WrongUsage(click.UsageError):
    """A usage error whose message is already a Chinese sentence."""


class Formatter(click.HelpFormatter):
    """A help page in Chinese, measured in terminal cells."""

    def __init__(self, *_: object, **__: object) -> None:
        super().__init__(width=PAGE_CELLS)

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        """Write the line that shows how the command is called."""
        super().write_usage(prog, args, "用法：" if prefix is None else prefix)

    def write_heading(self, heading: str) -> None:
        """Write the name of a section."""
        self.write(f"{'':>{self.current_indent}}{HEADINGS.get(heading, heading)}：\n")

    def write_text(self, text_: str) -> None:
        """Write a text, broken at the page's width."""
        indent = " " * self.current_indent
        for line in text.wrap(text_, self.width - self.current_indent):
            self.write(f"{indent}{line}".rstrip() + "\n")

    def write_dl(self, rows: Iterable[tuple[str, str]], col_max: int = 34, col_spacing: int = 2) -> None:
        """Write terms and what they mean in two aligned columns."""
        pairs = list(rows)
        indent = " " * self.current_indent
        first = min(max(text.width(term) for term, _ in pairs), col_max) + col_spacing
        for term, meaning in pairs:
            lines = text.wrap(meaning, self.width - self.current_indent - first)
            if text.width(term) + col_spacing > first:
                self.write(f"{indent}{term}\n")
                term = ""
            for line in lines:
                self.write(f"{indent}{text.pad(term, first)}{line}".rstrip() + "\n")
                term = ""


class Context(click.Context):
    """A context whose help pages are Chinese."""

    formatter_class = Formatter


class VerbCommand(click.Command):
    """One verb. Arguments left over are refused in Chinese."""

    context_class = Context
    allow_extra_args = True

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("options_metavar", "[选项]")
        super().__init__(*args, **kwargs)

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """Return ``--help`` with Chinese words."""
        return _in_chinese(super().get_help_option(ctx))

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Parse, and refuse what is left over."""
        with _told_where(ctx):
            rest = super().parse_args(ctx, args)
        if rest and not ctx.resilient_parsing:
            raise WrongUsage(f"多出了参数：{' '.join(rest)}。一个参数里有空格时请加引号。", ctx)
        return rest


class Verbs(click.Group):
    """Verbs together."""

    context_class = Context
    command_class = VerbCommand

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("options_metavar", "[选项]")
        kwargs.setdefault("subcommand_metavar", "[命令 [参数]…]")
        super().__init__(*args, **kwargs)
        self._later: tuple[str, ...] = ()
        self._load: Callable[[str], click.Command] | None = None

    def load_later(self, names: tuple[str, ...], load: Callable[[str], click.Command]) -> None:
        """Know the verbs ``names``, in this order; ``load`` is asked for one when it is called for."""
        self._later, self._load = names, load

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return a verb, None when there is none of that name."""
        if self._load is not None and cmd_name in self._later and cmd_name not in self.commands:
            self.add_command(self._load(cmd_name))
        return super().get_command(ctx, cmd_name)

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """Return ``--help`` with Chinese words."""
        return _in_chinese(super().get_help_option(ctx))

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Parse what stands before the verb."""
        with _told_where(ctx):
            return super().parse_args(ctx, args)

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the verbs in the order of a day's work, not of the alphabet."""
        del ctx
        return list(self._later or self.commands)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the verb; an unknown one is told with those that there are."""
        if self.get_command(ctx, args[0]) is None and not ctx.resilient_parsing:
            raise WrongUsage(
                f"没有“{args[0]}”这个命令。可用的命令：{'、'.join(self.list_commands(ctx))}。", ctx
            )
        return super().resolve_command(ctx, args)


class Noun(Verbs):
    """The verbs on one kind of thing, under its name, as ``round new``; one of them must follow."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("subcommand_metavar", "命令 [参数]…")
        kwargs.setdefault("no_args_is_help", False)
        super().__init__(*args, **kwargs)

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Parse what stands before the verb; a missing one is told with those that there are."""
        if not args and not ctx.resilient_parsing:
            names = "、".join(f"{self.name} {verb}" for verb in self.commands)
            raise WrongUsage(f"缺少命令。可用的命令：{names}。", ctx)
        return super().parse_args(ctx, args)


def sentence(error: click.UsageError) -> str:
    """Return a Chinese sentence that says what is wrong with the usage."""
    if isinstance(error, WrongUsage):
        return error.message
    if isinstance(error, click.NoSuchOption):
        similar = f"是否想写 {'、'.join(error.possibilities)}？" if error.possibilities else ""
        return f"没有 {error.option_name} 这个选项。{similar}"
    if isinstance(error, click.MissingParameter):
        return f"缺少{_name(error.param)}。"
    if isinstance(error, click.BadParameter):
        return f"{_name(error.param)} 不对：{error.message}"
    if isinstance(error, click.BadOptionUsage):
        return f"选项 {error.option_name} {_needs(error)}。"
    return "命令的写法不对。"


def help_hint(error: click.UsageError) -> str:
    """Return the line that leads to the help page of the command in which the error arose."""
    path = error.ctx.command_path if error.ctx is not None else ""
    return f"用法说明：{path} --help" if path else ""


def _in_chinese(option: click.Option | None) -> click.Option | None:
    if option is not None:
        option.help = "显示本说明后退出。"
    return option


@contextmanager
def _told_where(ctx: click.Context) -> Iterator[None]:
    """Give a usage error the context that click's parser leaves out, so that the option can be looked up."""
    try:
        yield
    except click.UsageError as error:
        error.ctx = error.ctx or ctx
        raise


def _name(parameter: click.Parameter | None) -> str:
    if parameter is None:
        return "参数"
    if isinstance(parameter, click.Option):
        return f"选项 {'、'.join(parameter.opts)}"
    return f"参数 {(parameter.metavar or '').strip('[]')}"


def _needs(error: click.BadOptionUsage) -> str:
    parameters = error.ctx.command.params if error.ctx is not None else []
    for parameter in parameters:
        if error.option_name in parameter.opts and isinstance(parameter, click.Option):
            return "不带内容" if parameter.is_flag else "后面要写内容"
    return "的写法不对"
