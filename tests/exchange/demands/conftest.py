"""A workspace with an enterprise, a visit and demands of two units, under way."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest

from desktop.catalogue.query import Catalogue
from desktop.library import opening
from desktop.workspace.demands import recording
from desktop.workspace.demands.chain import DemandStep, FirmTold, SupportUnit
from desktop.workspace.enterprises import recording as firms
from desktop.workspace.file import store
from desktop.workspace.journal.model import Stamp
from desktop.workspace.visits import recording as visits
from desktop.workspace.visits.model import Met

NOW = datetime(2026, 11, 26, 9, 30, tzinfo=timezone(timedelta(hours=8)))
TODAY = NOW.date()
STAMP = Stamp("孙七", "录入", NOW)


@pytest.fixture
def catalogue(tmp_path: Path) -> Iterator[Catalogue]:
    found = opening.opened(tmp_path / "工作库")
    yield found.catalogue
    found.db.close()


@pytest.fixture
def db(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    with store.open_for_writing(tmp_path / "工作库") as workspace:
        yield workspace.db


@pytest.fixture
def firm(db: sqlite3.Connection) -> str:
    contact = {"contact/a1": {"name": "赵小梅", "post": "财务", "phone": "13812340000"}}
    return firms.add(db, "阳泉某某铸造有限公司", STAMP, contact)


@pytest.fixture
def visit(db: sqlite3.Connection, firm: str) -> str:
    met = [Met("赵小梅", "财务")]
    return visits.begin(db, firm, TODAY, STAMP, visitors=["李建国"], met=met, summary="赵小梅：订单稳定")


def handed(
    db: sqlite3.Connection, catalogue: Catalogue, text: str, contacted: bool = True, **fields: Any
) -> str:
    """Return a demand that 区工信局 leads."""
    lead, support = (catalogue.find_unit(name).key for name in ("区工信局", "区发改局"))
    key = recording.add(db, text, TODAY, STAMP, **fields)
    recording.act(db, key, DemandStep("受理", TODAY, "孙七"), STAMP)
    step = DemandStep("交办", TODAY, "孙七", lead=lead, supports=(SupportUnit(support),))
    recording.act(db, key, step, STAMP)
    if contacted:
        told = FirmTold("电话", TODAY, "赵小梅")
        recording.act(db, key, DemandStep("首次联系", TODAY, "周八", told=told), STAMP)
    return key
