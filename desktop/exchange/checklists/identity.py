"""What a workbook says of itself when it comes back: a sheet that people do not see.

It stands as text on a very hidden sheet: what was sent, by whom it is to be answered, in which round, and for
each item the revision, the hashes of the text and every value as it was sent out. Names stand beside the
values, so that a later version may add some; :data:`SCHEMA` grows when an older program could no longer read
it. Schema 1 had no such sheet, only the hidden columns of the checklist; 2 is a workbook about one document;
3 is one about several, whose keys and 文号 stand beside one another, in the same order.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from desktop import __version__
from desktop.catalogue.query import Catalogue
from desktop.exchange.checklists.columns import HIDDEN
from desktop.exchange.checklists.unit_sheet import evidence_words, measure_words
from desktop.exchange.sheets.book import Book
from desktop.exchange.sheets.cells import clean, text_cell
from desktop.exchange.sheets.styles import CellLook
from desktop.workspace import words
from desktop.workspace.items.entries import values_of
from desktop.workspace.items.model import CHANGE_NAMES, EVIDENCE, FIELD_NAMES, Item, ItemKey

SHEET = "回填标识"
MARK = "惠企措施手册·责任清单回填标识"
FIRST_SCHEMA, SCHEMA, SEVERAL = 1, 2, 3
"""That of workbooks without this sheet; of one about one document; of one about several."""

NAMES = {
    "program": "程序版本",
    "document_key": "措施文件",
    "notice_number": "文号",
    "unit_key": "责任单位",
    "round_key": "填报轮次",
    "export_id": "导出编号",
    "sent_on": "导出日期",
}
CALLED = "文件名称"
"""What each of several documents is called, beside their keys."""
_ROW_HEADS = (*HIDDEN, "显示文字校验码", "序号", "标题", CHANGE_NAMES[EVIDENCE])


def add_sheet(book: Book, items: Sequence[Item], *, unit_key: str, round_key: str) -> str:
    """Append the hidden sheet for ``items`` to the workbook and return its title.

    The number of the export follows from all that the sheet says: the same content has the same number.
    """
    catalogue, documents = book.catalogue, book.basis.documents
    numbers = [catalogue.notice_with(each.notice_key).number for each in documents]
    several = len(documents) > 1
    facts = {
        "program": __version__,
        "document_key": "、".join(each.key for each in documents),
        "notice_number": "、".join(numbers),
        "unit_key": unit_key,
        "round_key": round_key,
        "sent_on": book.basis.today.isoformat(),
    }
    rows = [_told(catalogue, item) for item in items]
    facts["export_id"] = hashlib.sha256(repr((sorted(facts.items()), rows)).encode()).hexdigest()[:16]
    beside = {"document_key": [each.key for each in documents], "notice_number": numbers} if several else {}
    called = [words.document(catalogue, each.key) for each in documents]
    lines = [
        [MARK, str(SEVERAL if several else SCHEMA)],
        *([label, *beside.get(name, [facts[name]])] for name, label in NAMES.items()),
        *([[CALLED, *called]] if several else []),
        [*_ROW_HEADS, *FIELD_NAMES.values()],
        *rows,
    ]
    sheet = book.workbook.create_sheet(SHEET)
    sheet.sheet_state = "veryHidden"
    look = book.styles[CellLook.CODE]
    for line in lines:
        sheet.append([text_cell(sheet, text, look) for text in line])
    return SHEET


def item_code(key: ItemKey) -> str:
    """Return an item's key as one text."""
    return f"{key.unit_key}/{key.measure_key}"


def shown_hash(text: str) -> str:
    """Return the hash of a measure's cell, white space aside: people break lines and pad."""
    return hashlib.sha256("".join(text.split()).encode(errors="replace")).hexdigest()


def _told(catalogue: Catalogue, item: Item) -> list[str]:
    """Return the texts of an item's row."""
    measure = None if item.orphaned else catalogue.measure(item.key.measure_key)
    values = values_of(item.entry)
    return [
        item_code(item.key),
        str(item.entry.revision),
        measure.text_sha256 if measure else "",
        shown_hash("".join(measure_words(measure))) if measure else "",
        str(item.number),
        item.title,
        clean(evidence_words(item)),
        *(clean(values[name]) for name in FIELD_NAMES),
    ]
