"""The option --notice: which of the notices in use a verb is about, and what is said of them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import click

from desktop.cli.values import Words
from desktop.errors import KnownError

if TYPE_CHECKING:
    from desktop.catalogue.model import Document
    from desktop.catalogue.query import Catalogue
    from desktop.workspace.items.model import Item

only_option = click.option(
    "--notice",
    "notices",
    type=Words(),
    multiple=True,
    metavar="发文",
    help="只用这份发文的，写文号或代号，可以写多次；不写时为全部在用的。",
)
number_option = click.option(
    "--notice", "notice", type=Words(), default="", metavar="发文", help="编号是哪份发文的，写文号或代号。"
)


def chosen(catalogue: Catalogue, named: Iterable[str]) -> Catalogue:
    """Return the catalogue of the notices that are named, of all in use when none is.

    Each is named by its 文号, key or title, one of its documents by key or title. Raises :class:`KnownError`
    for one that is not there, or not in use.
    """
    wanted: list[Document] = []
    for text in filter(None, named):
        wanted += _documents(catalogue, text.strip())
    if not wanted:
        return catalogue
    used = {document.key for document in catalogue.documents}
    for document in wanted:
        if document.key not in used:
            notice = catalogue.notice_with(document.notice_key)
            raise KnownError(
                f"{notice.called}已停用，没有执行。", f"需要时先设为在用：notice use {notice.key} on"
            )
    return catalogue.narrowed(document.key for document in wanted)


def of_items(catalogue: Catalogue, named: Iterable[str], items: Iterable[Item]) -> list[Item]:
    """Return those of ``items`` that are of the notices named; ``catalogue`` is narrowed to them."""
    if not any(named):
        return list(items)
    used = {document.key for document in catalogue.documents}
    return [item for item in items if item.document_key in used]


def key_of(catalogue: Catalogue, document_key: str) -> str:
    """Return the key of the notice that issues a document, whether it is here or not."""
    try:
        return catalogue.document_with(document_key).notice_key
    except KeyError:
        return document_key.rpartition(".")[0]


def _documents(catalogue: Catalogue, text: str) -> Iterable[Document]:
    own = [one for one in catalogue.whole.documents if text in (one.key, one.title)]
    return own or catalogue.documents_in(catalogue.find_notice(text).key)
