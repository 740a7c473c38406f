"""A workbook (.xlsx) read as text: sheet after sheet, each a table of what its cells show."""

from __future__ import annotations

from desktop.exchange.papers import table
from desktop.exchange.papers.paper import PaperText, SetAside, plain_text
from desktop.exchange.returned import workbook_parts
from desktop.exchange.returned.package import Package
from desktop.exchange.returned.sheet_cells import Area, SheetReader, SheetRow

KIND = "Excel 工作簿"
_WIDEST = 60
_MEDIA = ("xl/media/", "xl/embeddings/")


def read(package: Package) -> PaperText:
    """Read a workbook. Raises RefusedError when it is not as a workbook is."""
    parts = workbook_parts.read(package)
    lines: list[str] = []
    tables = []
    for place in parts.sheets:
        sheet = SheetReader(package, parts, place)
        rows = list(sheet.rows())
        if not rows:
            continue
        found = _table(rows, sheet.merged)
        tables.append(found)
        lines.extend(table.lines(found))
    notes = [table.note(tables)] if tables else []
    if len(tables) > 1:
        notes.append(f"有{len(tables)}张工作表，已按顺序读入。")
    if count := sum(package.count(folder) for folder in _MEDIA):
        notes.append(f"有{count}张图片或嵌入的文件，没有读；里面如有文字，请自行补上。")
    aside = tuple(SetAside("表头", head) for head in table.heads(tables))
    return PaperText(plain_text("\n".join(lines)), KIND, tuple(notes), aside, tuple(tables))


def _table(rows: list[SheetRow], merged: list[Area]) -> table.PaperTable:
    """Return a sheet's rows as a table, what is merged downwards said again in each row."""
    width = min(max(max(row.cells, default=1) for row in rows), _WIDEST)
    index = {row.number: n for n, row in enumerate(rows)}
    cells = [[_shown(row, column) for column in range(1, width + 1)] for row in rows]
    covered: set[tuple[int, int]] = set()
    for area in merged:
        first = index.get(area.top)
        if first is None or area.left > width:
            continue
        for n in range(first + 1, len(rows)):
            if rows[n].number > area.bottom:
                break
            cells[n][area.left - 1] = cells[first][area.left - 1]
            covered.add((n, area.left - 1))
    return table.table_of(cells, frozenset(covered))


def _shown(row: SheetRow, column: int) -> str:
    found = row.cells.get(column)
    if found is None:
        return ""
    return found.text if found.left is None else found.left
