"""What a workbook says of itself when it comes back: a sheet that people do not see.

It stands as text on a very hidden sheet: what was sent, by whom it is to be answered, in which round, and for
each item the revision, the hashes of the text and every value as it was sent out. Names stand beside the
values, so that a later version may add some; :data:`SCHEMA` grows when an older program could no longer read
it. Schema 1 had no such sheet, only the hidden columns of the checklist.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from desktop.exchange.checklists.columns import HIDDEN
from desktop.exchange.checklists.identity import CALLED, MARK, NAMES
from desktop.exchange.returned.sheet_cells import SheetRow
from desktop.workspace.items.model import CHANGE_NAMES, EVIDENCE, FIELD_NAMES, ItemKey

MOST_ITEMS, LONGEST_FACT, MOST_DOCUMENTS = 20_000, 200, 1_000
_OF_DOCUMENTS = ("document_key", "notice_number")


@dataclass(frozen=True, slots=True)
class SentRow:
    """An item as it was sent out. ``shown_sha256`` is :func:`shown_hash` of its measure's cell,
    ``evidence`` what stood under 佐证材料."""

    key: ItemKey
    revision: int
    text_sha256: str
    shown_sha256: str
    number: int
    title: str
    values: Mapping[str, str]
    evidence: str = ""


@dataclass(frozen=True, slots=True)
class Identity:
    """What the hidden sheet says. ``unit_key`` is empty in a workbook of several units, ``round_key`` outside
    a round; ``schema`` is 0 when the sheet does not say it. ``rows`` are by item.

    Of a workbook about several documents ``documents`` has key and 文号 of each, ``called`` what each is
    called, and ``document_key`` and ``notice_number`` are empty.
    """

    schema: int
    program: str = ""
    document_key: str = ""
    notice_number: str = ""
    unit_key: str = ""
    round_key: str = ""
    export_id: str = ""
    sent_on: date | None = None
    rows: Mapping[ItemKey, SentRow] = field(default_factory=dict)
    documents: tuple[tuple[str, str], ...] = ()
    called: Mapping[str, str] = field(default_factory=dict)


def item_key(code: str) -> ItemKey | None:
    """Undo :func:`item_code`; None when ``code`` is no such text."""
    unit_key, mark, measure_key = code.strip().partition("/")
    return ItemKey(unit_key, measure_key) if mark and unit_key and measure_key else None


def is_identity(row: SheetRow) -> bool:
    """Say whether a sheet that begins with ``row`` is the hidden one."""
    return row.text(1).strip() == MARK


def parse(rows: Iterable[SheetRow]) -> Identity:
    """Return what the hidden sheet says. What is damaged in it is left out; nothing is guessed."""
    lines = iter(rows)
    schema = _number(next(lines).text(2), 0)
    facts: dict[str, str] = {}
    beside: dict[str, dict[int, str]] = {}
    heads: dict[str, int] = {}
    for row in lines:
        if row.text(1).strip() == HIDDEN[0]:
            heads = {cell.text.strip(): column for column, cell in row.cells.items()}
            break
        label = row.text(1).strip()
        facts[label] = row.text(2).strip()[:LONGEST_FACT]
        beside[label] = {at: cell.text.strip()[:LONGEST_FACT] for at, cell in row.cells.items() if at > 1}
    told = {name: facts.get(label, "") for name, label in NAMES.items()}
    keys, numbers = (beside.get(NAMES[name], {}) for name in _OF_DOCUMENTS)
    names = beside.get(CALLED, {})
    documents = [(key, numbers.get(at, "")) for at, key in sorted(keys.items()) if key][:MOST_DOCUMENTS]
    if len(documents) > 1:
        told |= dict.fromkeys(_OF_DOCUMENTS, "")
    sent = [found for row, _ in zip(lines, range(MOST_ITEMS), strict=False) if (found := _sent(row, heads))]
    return Identity(
        schema=schema,
        program=told["program"],
        document_key=told["document_key"],
        notice_number=told["notice_number"],
        unit_key=told["unit_key"],
        round_key=told["round_key"],
        export_id=told["export_id"],
        sent_on=_date(told["sent_on"]),
        rows={row.key: row for row in sent},
        documents=tuple(documents) if len(documents) > 1 else (),
        called={key: names.get(at, "") for at, key in keys.items()},
    )


def _sent(row: SheetRow, heads: Mapping[str, int]) -> SentRow | None:
    def text(head: str) -> str:
        return row.text(heads[head]) if head in heads else ""

    key = item_key(text(HIDDEN[0]))
    if key is None:
        return None
    return SentRow(
        key=key,
        revision=_number(text(HIDDEN[1]), -1),
        text_sha256=text(HIDDEN[2]).strip(),
        shown_sha256=text("显示文字校验码").strip(),
        number=_number(text("序号"), 0),
        title=text("标题").strip()[:LONGEST_FACT],
        values={name: text(label) for name, label in FIELD_NAMES.items() if label in heads},
        evidence=text(CHANGE_NAMES[EVIDENCE]),
    )


def _number(text: str, otherwise: int) -> int:
    text = text.strip()
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else otherwise


def _date(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
