"""Damaged, careless and hostile versions of a real workbook, made anew from a seed each time.

``bytes_of`` damages the file as a whole, ``parts_of`` its parts and their XML, ``cells_of`` what stands in
the cells, as people and programs do who mean no harm. The same seed makes the same workbook.
"""

from __future__ import annotations

import io
import re
import warnings
from collections.abc import Callable, Mapping
from datetime import date, datetime
from pathlib import Path
from random import Random
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import openpyxl

from .units import COLUMN, FIRST_ROW

PROPERTIES = "docProps/core.xml"
TEXTS = (
    *("", " ", "已完成", " 已 完成 ", "已办结", "推进中\n", "未启动。", "己完成", "不适用", "√", "80%"),
    *("2026.3.1", "2026年3月1日", "3月1日", "2026-2-30", "长期", "年底前", "2026.1.1-2026.12.31", "１２月"),
    *("=1+1", "+A1", "-1", "@SUM(A1)", "'0123", "_x000D_", "_x0041_", "\u202e倒", "𠮷" * 50, "长" * 12_000),
    *(
        "亮灯（按",
        "附：第1项“工作进展”全文：",
        "finance/czbf-2023-3.1.m01",
        "tax/czbf-2023-3.1.m09",
        "/",
        "x/",
    ),
    *(
        "状态",
        "事项标识",
        "惠企措施手册·责任清单回填标识",
        "&lt;&#0;",
        "]]>",
        "\ufeff",
        "\u200b",
        "<b>粗</b>",
    ),
)
VALUES = (
    *TEXTS,
    *(0, 1, -1, 46082, 46082.75, 20260301, 13800138000, 1e300, 0.1, True, False, None),
    *(date(2026, 3, 1), datetime(2026, 3, 1, 8, 30), "=A1", "=1/0", '=HYPERLINK("http://a","b")'),
)
PIECES = (
    *(
        b"",
        b"<",
        b">",
        b"&",
        b"&a;",
        b"]]>",
        b"<c/>",
        b"</row>",
        b"<row>",
        b"<sheetData>",
        b'<c r="A1"><v>1</v></c>',
    ),
    *(
        b'<c t="s"><v>99999</v></c>',
        b"<f>1+1</f>",
        b'<c r="XFD1048576"/>',
        b'<row r="1048576"/>',
        b"\x00",
        b"\xff\xfe",
    ),
    *(
        b"<!DOCTYPE a>",
        b'<!DOCTYPE a [<!ENTITY b "c">]>',
        b"<?xml?>",
        b"<![CDATA[x]]>",
        b"<!-- x -->",
        b"<a>" * 100,
    ),
    *(
        b'<mergeCell ref="A1:XFD1048576"/>',
        b'<mergeCell ref="A6:M14"/>',
        b"<rPh><t>x</t></rPh>",
        b"<v>1e999</v>",
    ),
)
_ATTRIBUTE = re.compile(rb'="[^"]{0,60}"')
_ELEMENT = re.compile(rb"<[a-z]{1,12}[^<>]{0,80}/>|<(?:c|row|si|sheet|xf|Relationship)\b[^<>]{0,120}>")
_ATTRIBUTES = (
    b'=""',
    b'="0"',
    b'="-1"',
    b'="A1"',
    b'="s"',
    b'="x"',
    b'="1e9"',
    b'="99999999999"',
    b'="\xe7\x94\xb2"',
)


def bytes_of(source: Path, seed: int) -> bytes:
    """Return the workbook with its bytes damaged."""
    random = Random(f"bytes {seed}")
    data = bytearray(source.read_bytes())
    for _ in range(random.choice((1, 1, 2, 5, 50))):
        at, length = random.randrange(len(data)), random.choice((1, 4, 40, 400))
        match random.randrange(7):
            case 0:
                data[at] ^= 1 << random.randrange(8)
            case 1:
                data[at : at + length] = bytes(len(data[at : at + length]))
            case 2:
                data[at : at + length] = random.randbytes(length)
            case 3:
                del data[at : at + length]
            case 4:
                data[at:at] = random.randbytes(length)
            case 5:
                data[at:at] = data[: random.randrange(len(data))]
            case _:
                del data[max(at, 4) :]
        if not data:
            break
    return bytes(data)


def parts_of(source: Path, seed: int) -> bytes:
    """Return the workbook with one or a few of its parts, or what they say, damaged."""
    random = Random(f"parts {seed}")
    with ZipFile(source) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    for _ in range(random.choice((1, 1, 2, 4))):
        name = random.choice(sorted(parts))
        match random.randrange(10):
            case 0:
                del parts[name]
            case 1:
                parts[name] = parts[random.choice(sorted(parts))]
            case 2:
                parts[random.choice(("xl/x.xml", "xl/sharedStrings.xml", name.upper(), f"{name}/x"))] = parts[
                    name
                ]
            case 3:
                parts[name] = parts[name][: random.randrange(len(parts[name]) + 1)]
            case _:
                parts[name] = _spoilt(parts[name], random)
    return _packed(parts)


def _packed(parts: Mapping[str, bytes]) -> bytes:
    """Return an archive of ``parts`` that tells no time of its own: the same parts give the same bytes."""
    stream = io.BytesIO()
    with ZipFile(stream, "w") as archive, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for name, content in parts.items():
            archive.writestr(ZipInfo(name), content, ZIP_DEFLATED)
    return stream.getvalue()


def _spoilt(xml: bytes, random: Random) -> bytes:
    """Return an XML text with a few of its elements, attributes or bytes changed."""
    for _ in range(random.choice((1, 1, 3, 20))):
        match random.randrange(5):
            case 0:
                xml = _replaced(xml, _ATTRIBUTE, random.choice(_ATTRIBUTES), random)
            case 1:
                xml = _replaced(xml, _ELEMENT, random.choice(PIECES), random)
            case 2:
                xml = _replaced(xml, _ELEMENT, None, random)
            case 3:
                at = xml.find(b">", random.randrange(len(xml) + 1)) + 1
                xml = xml[:at] + random.choice(PIECES) + xml[at:]
            case _:
                at = random.randrange(len(xml) + 1)
                xml = xml[:at] + random.choice(PIECES) + xml[at + random.choice((0, 1, 9)) :]
    return xml


def _replaced(xml: bytes, form: re.Pattern[bytes], new: bytes | None, random: Random) -> bytes:
    """Return ``xml`` with one match of ``form`` replaced, or (None) doubled."""
    found = list(form.finditer(xml))
    if not found:
        return xml
    match = random.choice(found)
    return xml[: match.start()] + (match[0] * 2 if new is None else new) + xml[match.end() :]


def cells_of(source: Path, seed: int) -> bytes:
    """Return the workbook after somebody has worked on it without much care."""
    random = Random(f"cells {seed}")
    book = openpyxl.load_workbook(source)
    for _ in range(random.choice((1, 3, 10, 40))):
        random.choice(_CARELESS)(random.choice(book.worksheets), random)
        if not any(sheet.sheet_state == "visible" for sheet in book.worksheets):
            book.create_sheet("空表")
    stream = io.BytesIO()
    book.save(stream)
    with ZipFile(stream) as saved, ZipFile(source) as unspoilt:
        parts = {name: saved.read(name) for name in saved.namelist()}
        parts[PROPERTIES] = unspoilt.read(PROPERTIES)  # openpyxl writes into them when it saved
    return _packed(parts)


def _put(sheet: Any, row: int, column: int, value: object) -> None:
    cell = sheet.cell(row, column)
    if type(cell).__name__ != "MergedCell":
        cell.value = value


def _type(sheet: Any, random: Random) -> None:
    _put(sheet, random.randrange(1, 20), random.randrange(1, 20), random.choice(VALUES))


def _answer(sheet: Any, random: Random) -> None:
    column = COLUMN[random.choice(("完成时限", "状态", "责任人", "工作进展", "不适用理由", "佐证材料"))]
    _put(sheet, FIRST_ROW + random.randrange(9), column, random.choice(VALUES))


def _spoil_key(sheet: Any, random: Random) -> None:
    _put(sheet, FIRST_ROW + random.randrange(9), random.randrange(14, 17), random.choice(VALUES))


def _copy_row(sheet: Any, random: Random) -> None:
    source, target = (random.randrange(1, 18) for _ in range(2))
    for column in range(1, 17):
        _put(sheet, target, column, sheet.cell(source, column).value)


def _move(sheet: Any, random: Random) -> None:
    change = random.choice((sheet.insert_rows, sheet.delete_rows, sheet.insert_cols, sheet.delete_cols))
    change(random.randrange(1, 18), random.choice((1, 1, 2)))


def _merge(sheet: Any, random: Random) -> None:
    top, left = random.randrange(1, 18), random.randrange(1, 17)
    right, bottom = left + random.randrange(5), top + random.randrange(4)
    sheet.merge_cells(start_row=top, start_column=left, end_row=bottom, end_column=right)


def _unmerge(sheet: Any, _: Random) -> None:
    for area in list(sheet.merged_cells.ranges)[:2]:
        sheet.merged_cells.ranges.discard(area)


def _retitle(sheet: Any, random: Random) -> None:
    sheet.title = f"{random.choice(('清单', '汇总', '选项', '回填标识', '甲'))}{random.randrange(1000)}"


def _hide(sheet: Any, random: Random) -> None:
    sheet.sheet_state = random.choice(("visible", "hidden", "veryHidden"))


def _drop_sheet(sheet: Any, _: Random) -> None:
    if len(sheet.parent.worksheets) > 1:
        sheet.parent.remove(sheet)


def _double_sheet(sheet: Any, _: Random) -> None:
    sheet.parent.copy_worksheet(sheet)


_CARELESS: tuple[Callable[[Any, Random], None], ...] = (
    *(_type, _answer, _answer, _answer, _spoil_key, _copy_row, _move, _merge, _unmerge),
    *(_retitle, _hide, _drop_sheet, _double_sheet),
)
