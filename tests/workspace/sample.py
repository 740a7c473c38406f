"""A small catalogue: two units, four measures, one of them without a unit."""

from __future__ import annotations

import hashlib
from datetime import date, datetime, timedelta, timezone

from desktop.catalogue.model import UNASSIGNED, Category, Document, Measure, Notice, Responsibility, Unit
from desktop.catalogue.query import Catalogue
from desktop.workspace.items.model import ItemKey

BEIJING = timezone(timedelta(hours=8))
NOON = datetime(2026, 11, 23, 12, 0, tzinfo=BEIJING)
TODAY = date(2026, 11, 23)

FINANCE_1 = ItemKey("finance", "m1")
FINANCE_2 = ItemKey("finance", "m2")
TAX_2 = ItemKey("tax", "m2")
TAX_3 = ItemKey("tax", "m3")
NOBODY_4 = ItemKey(UNASSIGNED, "m4")
EVERY_KEY = (FINANCE_1, FINANCE_2, TAX_2, TAX_3, NOBODY_4)


def measure(number: int, text: str) -> Measure:
    """Return a measure m``number`` whose whole paragraph is ``text``."""
    return Measure(
        key=f"m{number}",
        document_key="d",
        category_key="c",
        number=number,
        title=f"第{number}项",
        text=text,
        start=0,
        end=len(text),
        line=number,
        body_start=0,
        body_end=len(text),
        units_start=-1,
        text_sha256=hashlib.sha256(text.encode()).hexdigest(),
    )


def catalogue(texts: dict[int, str] | None = None, duties: tuple[ItemKey, ...] = EVERY_KEY[:-1]) -> Catalogue:
    """Return a catalogue of the measures ``texts``, by number, and of the ``duties``."""
    day = date(2023, 3, 9)
    measures = texts or {1: "一", 2: "二", 3: "三", 4: "四"}
    return Catalogue(
        notices=(Notice("n", "〔2023〕3号", "发文", "办公室", (), day, day, "", "", date(2025, 12, 31), ""),),
        documents=(Document("d", "n", 1, "若干措施", ""),),
        categories=(Category("c", "d", 1, "一", "资金支持"),),
        measures=tuple(measure(number, text) for number, text in measures.items()),
        units=(
            Unit("finance", 1, "区财政局", "区级部门", ()),
            Unit("tax", 2, "区税务局", "垂直管理机构", ("税务局",)),
        ),
        responsibilities=tuple(Responsibility(key.measure_key, key.unit_key, 1) for key in duties),
        citations=(),
        tags=(),
        measure_tags=(),
        figures=(),
        meta={},
    )
