"""What a cell of a list says: a text, a number in 万元, yes or no, a code.

What it cannot be read as is refused with :class:`UnreadableCellError`.
"""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal, InvalidOperation

from desktop.classification import credit_code
from desktop.classification.credit_code import CodeCheck
from desktop.exchange.enterprises.headings import UNIT_FACTORS
from desktop.exchange.returned.sheet_cells import CellKind, Raw
from desktop.verdicts.profile import GENERAL, SMALL

NOTHING = frozenset({"", "-", "--", "/", "\\", "无", "不详", "暂无", "未知", "—", "——", "n/a", "null"})
"""What people write for nothing."""
_YES = frozenset({"是", "有", "√", "✓", "✔", "y", "yes", "true", "1", "对", "已认定"})
_NO = frozenset({"否", "无", "没有", "不是", "×", "x", "✗", "n", "no", "false", "0", "未认定", "非"})
_NUMBER = re.compile(r"(-?(?:\d+\.?\d*|\.\d+)(?:e\+?\d{1,2})?)(百万元|亿元|万元|千元|亿|万|元|人|名)?")
_SHORT = {"亿": "亿元", "万": "万元"}


class UnreadableCellError(Exception):
    """A cell says something that its column cannot hold; the words say what is wrong with it."""


def seen(cell: Raw | None) -> Raw | None:
    """Return a cell as a person sees it: of a formula what it gave when the file was saved."""
    return cell.result if cell is not None and cell.result is not None else cell


def text(cell: Raw | None) -> str:
    """Return what a person reads in a cell, but what is struck out; a formula without a result is refused."""
    if cell is None:
        return ""
    if cell.kind is CellKind.FORMULA:
        raise UnreadableCellError("是公式，请先粘贴为数值")
    if cell.kind is CellKind.ERROR:
        raise UnreadableCellError(f"读不出（{cell.text}）")
    return (cell.text if cell.left is None else cell.left).strip()


def number(cell: Raw | None, unit: str, *, is_money: bool) -> float | None:
    """Return the number of a cell, of money in 万元 when the column is in ``unit``; None for nothing.

    A unit that stands in the cell goes before that of the column. Anything else is refused.
    """
    said = text(cell)
    if cell is not None and cell.kind is CellKind.DATE:
        raise UnreadableCellError(f"是日期“{said}”，不是数字")
    whole = cell.digits if cell is not None and cell.kind is CellKind.NUMBER and cell.left is None else said
    plain = re.sub("[,\\s]", "", unicodedata.normalize("NFKC", whole)).casefold()
    if plain in NOTHING:
        return None
    found = _NUMBER.fullmatch(plain)
    if found is None:
        raise UnreadableCellError(f"写的是“{said[:30]}”，不是数字")
    own = _SHORT.get(found[2] or "", found[2] or "")
    try:
        value = Decimal(found[1])
        if is_money:
            if own in ("人", "名"):
                raise UnreadableCellError(f"写的是“{said[:30]}”，单位不是金额")
            value = value.scaleb(UNIT_FACTORS[own or unit or "万元"])
        elif own == "万元":
            value = value.scaleb(4)
        elif own not in ("", "人", "名"):
            raise UnreadableCellError(f"写的是“{said[:30]}”，单位不是人数")
        value = round(value, 6)
    except InvalidOperation as error:
        raise UnreadableCellError(f"写的是“{said[:30]}”，数字过大") from error
    return int(value) if value == value.to_integral_value() else float(value)


def answer(cell: Raw | None) -> bool | None:
    """Return whether a cell says yes or no, None for nothing; anything else is refused."""
    said = text(cell)
    plain = unicodedata.normalize("NFKC", said).casefold().strip()
    if plain in _YES:
        return True
    if plain in _NO:
        return False
    if plain in NOTHING:
        return None
    raise UnreadableCellError(f"写的是“{said[:30]}”，不是“是”或“否”")


def taxpayer(cell: Raw | None) -> str | None:
    """Return GENERAL or SMALL, None for nothing; anything else is refused."""
    said = text(cell)
    if "小规模" in said:
        return SMALL
    if "一般" in said:
        return GENERAL
    if said.casefold() in NOTHING:
        return None
    raise UnreadableCellError(f"写的是“{said[:30]}”，不是一般纳税人或小规模纳税人")


def code(cell: Raw | None) -> CodeCheck:
    """Return what stands in a cell for a 统一社会信用代码; of a number whether digits were lost."""
    said = text(cell)
    if cell is None or cell.kind is not CellKind.NUMBER:
        return credit_code.check(said)
    if said.isdecimal() and said.lstrip("0") == cell.digits:
        return credit_code.check(said)
    return credit_code.from_cell(float(cell.digits))
