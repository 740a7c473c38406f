"""走访台账 and 诉求台账, read back by the second reader."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from desktop.catalogue.query import Catalogue
from desktop.exchange.demands import ledger as demand_ledger
from desktop.exchange.visits import ledger as visit_ledger
from tests.exchange import second_reader

from .conftest import NOW, TODAY, handed


def text_of(path: Path) -> str:
    sheets = second_reader.read(path).sheets
    return "\n".join(str(cell.value) for sheet in sheets for cell in sheet.cells.values())


def test_every_demand_stands_in_the_ledger(
    db: sqlite3.Connection, catalogue: Catalogue, firm: str, visit: str, tmp_path: Path
) -> None:
    handed(db, catalogue, "赵小梅反映水压不足，13812340000", enterprise=firm, visit=visit)
    path = demand_ledger.write(tmp_path / "台账.xlsx", catalogue, db, TODAY, at=NOW)
    (sheet,) = second_reader.read(path).sheets
    text = text_of(path)
    for field in demand_ledger.FIELDS:
        assert second_reader.column_of(sheet, field.title)
    for words in ("赵××反映水压不足，138****0000", "区工信局", "区发改局", "首次联系", "共1件诉求"):
        assert words in text
    assert "赵小梅" not in text
    demand_ledger.write(path, catalogue, db, TODAY, at=NOW, with_contacts=True)
    assert "赵小梅反映水压不足，13812340000" in text_of(path)


def test_every_visit_stands_in_the_ledger(
    db: sqlite3.Connection, catalogue: Catalogue, firm: str, visit: str, tmp_path: Path
) -> None:
    handed(db, catalogue, "水压不足", enterprise=firm, visit=visit)
    path = visit_ledger.write(tmp_path / "台账.xlsx", catalogue, db, TODAY, at=NOW)
    text = text_of(path)
    for words in ("李××", "赵××（财务）", "赵××：订单稳定", "水压不足", "阳泉某某铸造有限公司", "草稿"):
        assert words in text
    assert "赵小梅" not in text


def test_empty_ledgers_say_so(db: sqlite3.Connection, catalogue: Catalogue, tmp_path: Path) -> None:
    for ledger, words in ((demand_ledger, "还没有诉求。"), (visit_ledger, "还没有走访。")):
        assert words in text_of(ledger.write(tmp_path / "空.xlsx", catalogue, db, TODAY, at=NOW))
