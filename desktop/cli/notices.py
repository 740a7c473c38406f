"""The verb `notice`: notices as texts, read, taken in, listed. Each of its verbs loads its own room."""

from __future__ import annotations

import click

from desktop.cli.notice_reading import read
from desktop.cli.wording import Noun


@click.group("notice", cls=Noun)
def noticing() -> None:
    """发文：读出一份发文的文字中有哪些类别、措施、责任单位和有效期。"""


noticing.add_command(read)

VERBS = (noticing,)
