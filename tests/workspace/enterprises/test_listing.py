"""The list of enterprises, and looking through it."""

from __future__ import annotations

import sqlite3
from datetime import date

import pytest

from desktop.workspace.enterprises import joining, listing
from desktop.workspace.enterprises.listing import FirmList
from desktop.workspace.visits import recording as visits
from desktop.workspace.visits.model import VisitState

from .firms import DAY, STAMP, add, code


@pytest.fixture
def firms(db: sqlite3.Connection) -> FirmList:
    add(db, "阳泉示例铸造有限公司", uscc=code(1), industry="C33", town="义井镇",
        figure__employees__=86, figure__revenue__=3200)  # fmt: skip
    add(db, "盂县绿野（集团）公司", uscc="9.11E+17", industry="种树", town="荫营镇")
    add(db, "Yangquan Tech", industry="J66")
    return FirmList(listing.rows(db, DAY))


def names(firms: FirmList, text: str) -> list[str]:
    return [row.name[:2] for row in firms.filtered(text)]


def test_rows_say_what_is_known(firms: FirmList) -> None:
    assert [(row.size, row.industry, row.visited, row.demands) for row in firms.filtered("")] == [
        ("不在划型范围", "J66 货币金融服务", None, 0),
        ("小型", "C33 金属制品业", None, 0),
        ("规模待定", "种树", None, 0),
    ]


def test_rows_stand_by_how_their_names_sound(db: sqlite3.Connection) -> None:
    ordered = ["3D 打印", "北城百货", "重庆行远", "重庆（行远）", "杨泉", "阳泉", "阳泉市场"]
    same = sorted(add(db, "阳泉") for _ in range(3))
    for name in reversed(ordered):
        if name != "阳泉":
            add(db, name)
    rows = listing.rows(db, DAY)
    assert list(dict.fromkeys(row.name for row in rows)) == ordered
    assert [row.key for row in rows if row.name == "阳泉"] == same


def test_what_is_no_text_is_no_name(db: sqlite3.Connection) -> None:
    add(db, "甲厂")
    db.execute("UPDATE records SET data = json_set(data, '$.town', json('[1]'), '$.uscc', 7)")
    (row,) = listing.rows(db, DAY)
    assert (row.name, row.uscc, row.town) == ("甲厂", "", "")
    db.execute("UPDATE records SET data = json_set(data, '$.name', 7)")
    assert listing.rows(db, DAY) == ()


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (" ", ["Ya", "阳泉", "盂县"]),
        ("铸造", ["阳泉"]),
        ("示例 义井", ["阳泉"]),
        ("示例 荫营", []),
        (code(1)[-6:].lower(), ["阳泉"]),
        ("yqsl", ["阳泉"]),
        ("zhuzao", ["阳泉"]),
        ("绿野(集团)", ["盂县"]),
        ("lvye", ["盂县"]),
        ("luye", ["盂县"]),
        ("yangquan", ["Ya", "阳泉"]),
        ("ＴＥＣＨ", ["Ya"]),
        ("9.11e+17", ["盂县"]),
        ("（）", []),
        ("\0'\"%_", []),
    ],
)
def test_rows_are_found_by_name_code_and_pinyin(firms: FirmList, text: str, found: list[str]) -> None:
    assert names(firms, text) == found


def test_visits_and_demands_of_merged_records_are_the_firms(db: sqlite3.Connection) -> None:
    first, second = add(db, "甲厂"), add(db, "甲 厂")
    visits.begin(db, first, date(2026, 3, 1), STAMP)
    visits.begin(db, second, date(2026, 5, 1), STAMP)
    visits.begin(db, second, date(2026, 6, 1), STAMP, state=VisitState.PLANNED)
    visits.begin(db, second, date(2027, 1, 1), STAMP)
    visits.begin(db, "elsewhere", date(2026, 9, 1), STAMP)
    assert {row.visited for row in listing.rows(db, DAY)} == {date(2026, 3, 1), date(2026, 5, 1)}
    joining.merge(db, first, second, STAMP)
    (row,) = listing.rows(db, DAY, {first: 1, second: 2, "elsewhere": 4})
    assert (row.key, row.visited, row.demands) == (first, date(2026, 5, 1), 3)
