"""Who works here: the name that goes into the history beside everything that is written."""

from __future__ import annotations

import getpass
import sqlite3

import click

from desktop.cli.values import Words
from desktop.workspace.items import settings

by_option = click.option(
    "--by",
    type=Words(),
    metavar="姓名",
    help="这次由谁操作，记入历史；不写时为设置中的“本机使用人”，没有设置则为本机账户名。",
)


def person(db: sqlite3.Connection, given: str | None) -> str:
    """Return who works here: the one ``given`` with the call, else the one that was set, else the account."""
    return account((given or "").strip() or settings.get(db, "user_name"))


def account(given: str | None) -> str:
    """Return ``given``, or the name of the machine's account where that is empty."""
    name = (given or "").strip()
    if name:
        return name
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):  # an account without a name
        return "未署名"
