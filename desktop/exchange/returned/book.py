"""A workbook that a unit sent back, as :class:`~desktop.workspace.returns.returned.Returned`.

It is read, never edited. The file is taken for hostile until :mod:`desktop.exchange.returned.package` has let
it in; what it says is told, not judged: what becomes of it is for the intake to say.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from desktop.errors import KnownError
from desktop.exchange.checklists import guide, summary
from desktop.exchange.checklists.identity import FIRST_SCHEMA, SEVERAL
from desktop.exchange.returned import identity, rows, table, units, workbook_parts, xml_stream
from desktop.exchange.returned.identity import Identity
from desktop.exchange.returned.package import Package, RefusedError, open_package, shown_name
from desktop.exchange.returned.sheet_cells import SheetReader, SheetRow
from desktop.exchange.returned.table import FoundTable
from desktop.exchange.returned.units import ReadUnit
from desktop.exchange.sheets.options import OPTIONS_SHEET
from desktop.workspace.returns.returned import Returned

_NUMBER = re.compile("（([^（）]+号)）$")
_OURS = "请确认选择的是本程序导出的责任清单；如清单是复制到别的工作簿中填写的，请复制回原来的清单再导入。"
DEMANDS = "诉求回填标识"
"""The hidden sheet of a workbook of demands, which comes back another way."""
_ELSEWHERE = "请到“走访”页，点“台账和数据包”，选“收回诉求办理表……”。"
_UNKNOWN = "请让该单位在重新导出的清单中填写后再发；如仍读不了，请把这个文件和日志发给维护人员。"
_MEDIA = ("xl/media/", "xl/embeddings/")
_COMMENTS = ("xl/comments", "xl/threadedcomments")
_PLAIN = frozenset({summary.TITLE, guide.TITLE, OPTIONS_SHEET})
_MOST_NOTES = 100


@dataclass(frozen=True, slots=True)
class _Found:
    """What a workbook holds: checklists, what its hidden sheet says, titles of sheets that are not ours."""

    tables: tuple[FoundTable, ...]
    identity: Identity | None
    others: tuple[str, ...]


def read(path: Path) -> tuple[Returned, ...]:
    """Read the workbook at ``path``: a Returned for each unit's checklist in it, in the order of the sheets.

    :raises RefusedError: when it cannot be read or is none of ours; the sentence says which. Nothing else is
        raised, whatever the file holds: one bad file never stops the good ones beside it.
    """
    try:
        return _read(path)
    except KnownError:
        raise
    except Exception as error:
        logging.getLogger(__name__).exception("a returned workbook could not be read")
        raise RefusedError(shown_name(path), "的内容本程序不能识别", _UNKNOWN) from error


def _read(path: Path) -> tuple[Returned, ...]:
    with open_package(path) as package:
        found = _find(package)
        said = found.identity or _from_columns(found.tables)
        if said is None and DEMANDS in found.others:
            raise package.refused("是诉求办理表", _ELSEWHERE)
        if said is None or not found.tables:
            raise package.refused("不是本程序导出的责任清单", _OURS)
        if not FIRST_SCHEMA <= said.schema <= SEVERAL:
            raise package.refused(
                "是由更新版本的程序导出的，本版本读不了" if said.schema > SEVERAL else "的回填标识已损坏",
                "请在更新版本的程序中导入。" if said.schema > SEVERAL else "请重新导出清单后再填。",
            )
        notes = _notes(package, found)
        checklists = [rows.match(package, one, said) for one in found.tables]
        once = units.joined(rows.without_copies(package, checklists), said)
        return tuple(_returned(package, said, one, () if index else notes) for index, one in enumerate(once))


def _find(package: Package) -> _Found:
    """Read all sheets as far as they are ours."""
    parts = workbook_parts.read(package)
    tables: list[FoundTable] = []
    others: list[str] = []
    said: Identity | None = None
    for place in parts.sheets:
        sheet = SheetReader(package, parts, place)
        rows = sheet.rows()
        first = next(rows, None)
        if first is None:
            continue
        if identity.is_identity(first):
            if said is not None:
                raise package.refused("有两张回填标识页", "请把各单位的清单分开，一个文件一份，再导入。")
            said = identity.parse(_chained(first, rows))
        elif found := table.find(place.title, _chained(first, rows), sheet.merged):
            if len(found.rows) > table.MOST_ROWS:
                raise xml_stream.too_much(package)
            tables.append(found)
        elif place.title not in _PLAIN:
            others.append(place.title)
    return _Found(tuple(tables), said, tuple(others))


def _chained(first: SheetRow, rest: Iterator[SheetRow]) -> Iterator[SheetRow]:
    return chain([first], rest)


def _from_columns(tables: tuple[FoundTable, ...]) -> Identity | None:
    """Return what the hidden columns alone say, None when there are none."""
    for one in tables:
        keys = [key for row in one.rows if (key := identity.item_key(one.text(row, table.ITEM)))]
        if keys:
            texts = [cell.text.strip() for row in one.above for cell in row.cells.values()]
            numbers = [found[1] for text in texts if (found := _NUMBER.search(text))]
            document_key = keys[0].measure_key.rpartition(".")[0]
            number = numbers[0] if numbers else ""
            return Identity(FIRST_SCHEMA, document_key=document_key, notice_number=number)
    return None


def _notes(package: Package, found: _Found) -> list[str]:
    """Return in words what is in the workbook and was not read."""
    notes = [f"工作表“{title}”不是清单，没有读取。" for title in found.others]
    if count := sum(package.count(folder) for folder in _MEDIA):
        notes.append(f"工作簿中有{count}个图片或嵌入的文件，没有读取；如是佐证材料，请另行添加。")
    if any(package.count(folder) for folder in _COMMENTS):
        notes.append("工作簿中有批注，没有读取；如写有答复，请查看原文件。")
    return notes


def _some(notes: Sequence[str]) -> tuple[str, ...]:
    """Return the notes, as many as somebody may read."""
    left = len(notes) - _MOST_NOTES
    return tuple(notes) if left <= 0 else (*notes[:_MOST_NOTES], f"另有{left}处没有读取，请查看原文件。")


def _returned(package: Package, said: Identity, matched: ReadUnit, notes: Sequence[str]) -> Returned:
    return Returned(
        path_name=package.name,
        file_sha256=package.sha256,
        size=package.size,
        schema=said.schema,
        program=said.program,
        document_key=said.document_key,
        notice_number=said.notice_number,
        unit_key=matched.unit_key,
        round_key=said.round_key,
        rows=matched.rows,
        added=matched.added,
        missing=matched.missing,
        notes=_some([*notes, *matched.notes]),
        documents=said.documents,
    )
