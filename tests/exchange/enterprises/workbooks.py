"""Lists of enterprises as others keep them, made for tests."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any
from zipfile import ZipFile

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


def with_results(path: Path, result: str) -> Path:
    """Let every formula in a workbook have given ``result``, as Excel keeps it beside the formula."""
    with ZipFile(path) as book:
        parts = {name: book.read(name) for name in book.namelist()}
    with ZipFile(path, "w") as book:
        for name, data in parts.items():
            told = re.sub(rb"</f><v ?/>|</f><v></v>", f"</f><v>{result}</v>".encode(), data)
            book.writestr(name, told if "worksheets/" in name else data)
    return path
