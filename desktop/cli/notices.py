"""The verb `notice`: notices as texts, read, taken in, listed. Each of its verbs loads its own room."""

from __future__ import annotations

import click

from desktop.cli import notice_library
from desktop.cli.notice_comparing import compare
from desktop.cli.notice_reading import read
from desktop.cli.notice_versions import versions
from desktop.cli.wording import Noun


@click.group("notice", cls=Noun)
def noticing() -> None:
    """发文：读出文字、收入发文库、在用或停用、移除、比较。"""


for verb in (read, *notice_library.VERBS, compare, versions):
    noticing.add_command(verb)

VERBS = (noticing,)
