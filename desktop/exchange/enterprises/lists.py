"""A list of enterprises in a file from outside (.xlsx, .csv): its sheets, and where the headings stand."""

from __future__ import annotations

import csv
import logging
import re
from collections.abc import Mapping
from dataclasses import dataclass
from io import StringIO
from pathlib import Path

from desktop.errors import KnownError
from desktop.exchange.enterprises import headings
from desktop.exchange.papers import encoding
from desktop.exchange.returned import workbook_parts
from desktop.exchange.returned.package import RefusedError, content, open_package, shown_name
from desktop.exchange.returned.sheet_cells import CellKind, Raw, SheetReader, SheetRow

WITHIN = 20
"""The headings stand within this many rows that are not empty."""
MOST_ROWS, MOST_CELLS, WIDEST = 20_000, 400_000, 200
_YEAR = re.compile(r"20\d\d")
_LONGEST_CELL = 32_767
_QUOTED = re.compile(r'^="(.*)"$', re.DOTALL)  # how some programs keep a code a text
_SAVE_AS = "请用 Excel 或 WPS 打开它，另存为“Excel 工作簿（.xlsx）”或 UTF-8 的 CSV 后再导入。"
_TRY_AGAIN = "请确认自己能打开它，再另存一份试试。"
_PASTE = "请把名单复制到 Excel 工作簿中，另存为“Excel 工作簿（.xlsx）”后再导入。"
_UNLOCK = "请取消密码（另存时去掉“加密”）后再导入。"
_LESS = "请删去名单以外的内容和下方、右侧的空白行列，或者分成几个文件再导入。"
_HINTS = {
    "是 PDF 文件": _PASTE,
    "是 Word 或演示文件": _PASTE,
    "加了打开密码": _UNLOCK,
    "设有密码": _UNLOCK,
    "损坏": _TRY_AGAIN,
    "读不出内容": _TRY_AGAIN,
    "是空文件": "请确认选对了文件。",
    "超过20MB": "请删去其中的图片和附件后再导入。",
    "大得不正常": _LESS,
    "空白格": _LESS,
}
"""What to do about a list of one's own, by how the reason ends; others are told as for any workbook."""
_NO_HEADS = "请在表格最上面写明栏目名称，至少有“企业名称”一栏，再导入。"


@dataclass(frozen=True, slots=True)
class FirmSheet:
    """A sheet with a list: the row of its headings, these by column, the rows below; ``above`` are texts."""

    title: str
    head: int
    headings: Mapping[int, str]
    rows: tuple[SheetRow, ...]
    above: tuple[str, ...] = ()


def read(path: Path) -> tuple[FirmSheet, ...]:
    """Read the sheets of a file that hold a list of enterprises, the one with most known headings first.

    :raises KnownError: when it cannot be read, is of another kind, damaged, locked, far too large, or holds
        no such list. Nothing else is raised, whatever the file holds.
    """
    try:
        found = [sheet for title, rows in _sheets(path) if (sheet := listed(title, rows))]
    except RefusedError as error:
        hint = next((hint for end, hint in _HINTS.items() if error.reason.endswith(end)), error.hint)
        raise RefusedError(shown_name(path), error.reason, hint) from error
    except KnownError:
        raise
    except Exception as error:
        logging.getLogger(__name__).exception("a list could not be read")
        raise RefusedError(shown_name(path), "的内容本程序不能识别", _SAVE_AS) from error
    if not found:
        raise RefusedError(
            shown_name(path), "里没有找到企业名单（前20行中没有“企业名称”这样的栏目名称）", _NO_HEADS
        )
    return tuple(sorted(found, key=lambda sheet: -headings.known(sheet.headings)))


def listed(title: str, rows: tuple[SheetRow, ...], head: int = 0) -> FirmSheet | None:
    """Return a sheet as a list, with its headings in row ``head``, found where that is 0; None for none."""
    texts = [
        {
            column: " ".join(cell.text.split())
            for column, cell in row.cells.items()
            if cell.kind is CellKind.TEXT
        }
        for row in rows[: WITHIN if not head else len(rows)]
    ]
    if head:
        best = next((at for at, row in enumerate(rows) if row.number == head), None)
    else:
        scored = [(headings.known(of), -at) for at, of in enumerate(texts) if headings.names_firms(of)]
        best = -max(scored)[1] if scored else None
    if best is None:
        return None
    heads, under = texts[best], {}
    if best + 1 < len(rows) and (under := _second(heads, rows[best + 1])):
        heads = _joined(heads, under)
    below = tuple(
        row for row in rows[best + 1 :] if not _repeats(row, texts[best]) and not _repeats(row, under)
    )
    if len(below) > MOST_ROWS:
        raise KnownError(
            f"名单有{len(below)}行，一次最多导入{MOST_ROWS}行，没有导入。", "请分成几个文件再导入。"
        )
    above = tuple(text for row in texts[:best] for text in row.values())
    return FirmSheet(title, rows[best].number, heads, below, above)


def _second(heads: Mapping[int, str], row: SheetRow) -> dict[int, str]:
    """Return the second line of two-storey headings, as years under 营业收入; empty for a first firm.

    It has nothing under the name, and nothing but words and years.
    """
    names = [column for column, head in heads.items() if headings.names_firms({column: head})]
    under = {column: " ".join(cell.text.split()) for column, cell in row.cells.items()}
    is_words = all(
        cell.kind is CellKind.TEXT or _YEAR.fullmatch(under[column]) for column, cell in row.cells.items()
    )
    uses = [headings.use_of(head) for head in _joined(heads, under).values()]
    is_said = any(use is not None and (use.day or use.unit) for use in uses)
    return under if is_words and is_said and not any(column in under for column in names) else {}


def _joined(heads: Mapping[int, str], under: Mapping[int, str]) -> dict[int, str]:
    """Return headings of two storeys as one; what stands over several columns is said over each of them."""
    joined = {}
    over = ""
    for column in range(1, min(max([*heads, *under], default=0), WIDEST) + 1):
        over = heads.get(column, over if column in under else "")
        if words := f"{over} {under.get(column, '')}".strip():
            joined[column] = words
    return joined


def _repeats(row: SheetRow, heads: Mapping[int, str]) -> bool:
    """Tell whether a row says the headings again, as at the top of each printed page."""
    return bool(heads) and all(" ".join(row.text(column).split()) == text for column, text in heads.items())


def _sheets(path: Path) -> list[tuple[str, tuple[SheetRow, ...]]]:
    data = content(path)
    if path.suffix.lower() in (".csv", ".txt") and not data.startswith(b"PK"):
        return [(path.stem, _separated(path, data))]
    with open_package(path) as package:
        parts = workbook_parts.read(package)
        return [(place.title, tuple(SheetReader(package, parts, place).rows())) for place in parts.sheets]


def _separated(path: Path, data: bytes) -> tuple[SheetRow, ...]:
    """Read a text whose columns are separated by commas, semicolons or tabs."""
    text = encoding.decoded(data)
    if text is None:
        raise RefusedError(shown_name(path), "的文字编码认不出，或者不是文字文件", _SAVE_AS)
    text = text.lstrip("\ufeff")
    first = text[: text.find("\n") + 1 or len(text)][:_LONGEST_CELL]
    separator = max(",\t;，", key=first.count)
    rows: list[SheetRow] = []
    cells = 0
    try:
        for number, values in enumerate(csv.reader(StringIO(text, newline=""), delimiter=separator), 1):
            cells += len(values)
            if number > 2 * MOST_ROWS or cells > MOST_CELLS:
                raise RefusedError(shown_name(path), "的内容大得不正常", "请分成几个文件再导入。")
            told = {
                column: Raw(CellKind.TEXT, _QUOTED.sub(r"\1", value[:_LONGEST_CELL].strip()))
                for column, value in enumerate(values[:WIDEST], 1)
                if value.strip()
            }
            if told:
                rows.append(SheetRow(number, told))
    except csv.Error as error:
        raise RefusedError(shown_name(path), "不是合格的 CSV", _SAVE_AS) from error
    return tuple(rows)
