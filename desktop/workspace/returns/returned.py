"""回填: what a workbook that came back says, as plain values. Made by the exchange, judged by the intake."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from desktop.workspace.items.model import ItemKey

NO_REVISION = -1


def place(row: int, sheet: str = "") -> str:
    """Return where a row stands, e.g. 第7行; of a unit with several sheets with the sheet's title."""
    return f"工作表“{sheet}”第{row}行" if sheet else f"第{row}行"


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands in one field of a returned row.

    ``raw`` is what the cell says. ``value`` is that in the form in which it is kept (a status word, a
    deadline as stored, text with clean line ends), None when it cannot be understood for certain; then
    ``question`` says in Chinese what must be asked, and ``guess`` is what it probably means, "" if unknown.
    """

    raw: str
    value: str | None
    question: str = ""
    guess: str = ""


@dataclass(frozen=True, slots=True)
class ReturnedRow:
    """One row of a returned workbook.

    ``row`` is its number in the sheet, ``sheet`` that one's title, "" where the unit has one sheet. ``key``
    is None when its hidden key is gone; ``number`` is the measure's as far as the row shows it, else 0.
    ``base_revision`` is the revision that it was sent out with, :data:`NO_REVISION` when that is gone;
    ``base`` the values as sent, by the keys of FIELD_NAMES, empty when the workbook does not carry them.
    ``text`` is what the measure's cell says now. ``values`` are the cells of the columns that are still
    there. ``refused`` says in Chinese why nothing of the row can be taken, "" when nothing speaks against it.
    """

    row: int
    key: ItemKey | None
    number: int
    base_revision: int
    base_text_sha256: str
    text: str
    base: Mapping[str, str]
    values: Mapping[str, Cell]
    refused: str = ""
    sheet: str = ""


@dataclass(frozen=True, slots=True)
class AddedRow:
    """A row that the unit added by hand: ``text`` is what it says, ``after`` the item in the row above it.

    It is no measure. With ``keep`` it is taken as a note on the measure of ``after``; without, it stays in
    the receipt. ``row`` and ``sheet`` are as in :class:`ReturnedRow`.
    """

    row: int
    text: str
    after: ItemKey | None = None
    keep: bool = False
    sheet: str = ""


@dataclass(frozen=True, slots=True)
class Returned:
    """One returned workbook. Identities are "" where the workbook does not say them.

    One about several documents says none in ``document_key`` and ``notice_number`` but all of them in
    ``documents``, as key and 文号.

    ``missing`` are the items that it was sent out with and that are no longer in it; ``notes`` what the
    reader noticed, in Chinese.
    """

    path_name: str
    file_sha256: str
    size: int
    schema: int
    program: str
    document_key: str
    notice_number: str
    unit_key: str
    round_key: str
    rows: tuple[ReturnedRow, ...]
    added: tuple[AddedRow, ...] = ()
    missing: tuple[ItemKey, ...] = ()
    notes: tuple[str, ...] = ()
    documents: tuple[tuple[str, str], ...] = ()

    @property
    def about(self) -> tuple[tuple[str, str], ...]:
        """Return key and 文号 of each document that it was sent out about, as far as it says."""
        return self.documents or ((self.document_key, self.notice_number),)
