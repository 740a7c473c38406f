"""Find a notice by what people call it: its 文号 however it is typed, its key, its title."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence

from desktop.catalogue.lookalikes import usual
from desktop.catalogue.model import Document, Measure, Notice
from desktop.errors import KnownError

_LISTED = 20
_NUMBER = re.compile(r"(.*?)[\[(〔【{<《]?(\d{4})年?[\])〕】}>》]?第?0*(\d{1,5})号?")
_TITLE_MARKS = str.maketrans("", "", "《》“”\"'")


def numbered(text: str) -> tuple[str, int, int] | None:
    """Return issuing word, year and number of a 文号, width, brackets and spaces apart; None if none."""
    plain = "".join(usual(unicodedata.normalize("NFKC", text)).casefold().split())
    found = _NUMBER.fullmatch(plain)
    return (found[1], int(found[2]), int(found[3])) if found and found[1] else None


def find(notices: Sequence[Notice], documents: Iterable[Document], text: str) -> Notice:
    """Return the notice whose 文号, key or title, or the title of whose document, is ``text``.

    Part of a title will do where no other notice has it. Raises :class:`KnownError`, which lists the notices,
    when there is none or more than one.
    """
    number, wanted = numbered(text), _plain(text)
    for notice in notices:
        if notice.key == text.strip() or (number and numbered(notice.number) == number):
            return notice
    titles = {notice.key: [_plain(notice.title)] for notice in notices}
    for document in documents:
        titles.get(document.notice_key, []).append(_plain(document.title))
    exact = [notice for notice in notices if wanted and wanted in titles[notice.key]]
    parts = [notice for notice in notices if wanted and any(wanted in title for title in titles[notice.key])]
    found = exact or parts
    if len(found) == 1:
        return found[0]
    shown = text.strip()[:60]
    known = "\n".join(f"  {notice.key}　{notice.called}" for notice in (found or notices))
    said = f"“{shown}”不止指一份发文。" if found else f"没有“{shown}”这份发文。"
    raise KnownError(said, f"可写文号或代号：\n{known}")


def _plain(text: str) -> str:
    return "".join(usual(text).casefold().translate(_TITLE_MARKS).split())


def numbers(spans: Sequence[tuple[str, int, int]]) -> str:
    """Return a sentence about which numbers there are: notice, first and last number of each paper."""
    if len(spans) == 1:
        return f"本文件的措施为第{spans[0][1]}条至第{spans[0][2]}条。"
    told = [f"  {called}　第{first}条至第{last}条" for called, first, last in spans[:_LISTED]]
    return "\n".join(["各文件的措施：", *told]) if told else "没有在用的发文。"


def several(number: int, found: Sequence[tuple[Notice, Measure]]) -> KnownError:
    """Return the error that more than one paper has a measure with this number.

    Its hint names each with what may be written after --notice: the key of the notice (beside its 文号), and
    that of the document where a notice holds more than one with the number.
    """
    holders = [notice.key for notice, _measure in found]
    told = [
        f"  {notice.called}（代号{measure.document_key if holders.count(notice.key) > 1 else notice.key}）　"
        f"{measure.called}"
        for notice, measure in found[:_LISTED]
    ]
    return KnownError(
        f"有{len(found)}份文件都有编号为{number}的措施。",
        "\n".join(["请用 --notice 写明是哪份发文，写文号或代号：", *told]),
    )
