"""Lists of enterprises as others keep them, made for tests."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from openpyxl import Workbook

HEADS = ["序号", "企业名称", "统一社会信用代码", "行业", "从业人员", "营业收入（万元）", "是否专精特新"]


def made(path: Path, *rows: list[Any], formats: dict[str, str] | None = None) -> Path:
    """Write a workbook with one sheet."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "名单"
    for row in rows:
        sheet.append(row)
    for place, form in (formats or {}).items():
        sheet[place].number_format = form
    book.save(path)
    return path
