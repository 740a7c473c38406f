"""Records that may be one firm, and two that become one."""

from __future__ import annotations

import sqlite3
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.errors import RuleError
from desktop.workspace.enterprises import duplicates, enterprises, joining, judged, listing, recording
from desktop.workspace.enterprises.listing import FirmList
from desktop.workspace.enterprises.model import NOUN
from desktop.workspace.journal import state, union, writing
from desktop.workspace.journal.model import Edit, Record, dumped

from .firms import DAY, STAMP, add, code


@pytest.mark.parametrize(
    ("one", "other", "words", "sure"),
    [
        (("甲公司", code(1)), ("乙公司", code(1).lower()), "统一社会信用代码相同.*可能是更名", True),
        (("示例（铸造）有限公司", ""), (" 示例(铸造) 有限公司", code(2)), "写法不计", True),
        (("ＡＢＣ有限公司", ""), ("abc有限公司", ""), "写法不计", True),
        (("示例铸造有限公司", ""), ("示例铸造有限责任公司", ""), "有限责任公司", False),
        (("山西省阳泉市示例公司", ""), ("阳泉示例公司", ""), "省、市", False),
        (("示例铸造有限公司", code(1)), ("示例铸造有限公司", code(2)), "信用代码不同，可能是两家", False),
        (("示例铸造有限公司", "无"), ("示例铸造有限公司", "不详"), "写法不计", True),
    ],
)
def test_why_two_may_be_one(one: tuple[str, str], other: tuple[str, str], words: str, sure: bool) -> None:
    import re

    said = duplicates.why(*one, *other)
    assert said is not None
    assert re.search(words, said[0])
    assert said[1] is sure
    assert duplicates.why(*other, *one) == said


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("甲公司", code(1)), ("乙公司", code(2))),
        (("甲公司", "无"), ("乙公司", "无")),
        (("甲公司", "9.11E+17"), ("乙公司", "9.11E+17")),
        (("甲股份有限公司", ""), ("甲有限公司", "")),
        (("", ""), ("", "")),
    ],
)
def test_what_is_no_sign_of_one_firm(one: tuple[str, str], other: tuple[str, str]) -> None:
    assert duplicates.why(*one, *other) is None


def test_two_told_apart_are_no_pair_until_that_is_taken_back(db: sqlite3.Connection) -> None:
    one, other = add(db, "示例铸造有限公司"), add(db, "示例铸造有限责任公司")
    batch = recording.edit(db, one, {f"apart/{other}": True}, STAMP)
    assert enterprises.one(db, one).apart == {other}
    assert duplicates.pairs(enterprises.every(db)) == ()
    assert batch is not None
    recording.undo(db, batch, STAMP)
    assert [{pair.first, pair.second} for pair in duplicates.pairs(enterprises.every(db))] == [{one, other}]


def test_pairs_are_found_among_many(db: sqlite3.Connection) -> None:
    for number in range(30):
        add(db, f"企业{number}号", uscc=code(number))
    same = add(db, "更名后的企业", uscc=code(7))
    like = add(db, "山西省企业8号有限责任公司")
    other = add(db, "企业8号有限公司")
    found = duplicates.pairs(enterprises.every(db))
    seventh = enterprises.find(db, "企业7号").key
    assert [({one.first, one.second}, one.sure) for one in found] == [
        ({seventh, same}, True),
        ({like, other}, False),
    ]


def test_nothing_is_lost_when_two_become_one(db: sqlite3.Connection) -> None:
    first = add(db, "甲厂", town="义井镇", figure__revenue__=1, contact__a={"name": "王五", "phone": "1"})
    second = add(
        db, "甲 厂", town="荫营镇", uscc=code(1), figure__assets__=5, fact__patents=False,
        contact__b={"name": "赵六"}, contact__c={"name": "王五", "phone": "1"},
    )  # fmt: skip
    before = enterprises.one(db, first), enterprises.one(db, second)
    batch = joining.merge(db, first, second, STAMP)
    one, other = enterprises.one(db, first), enterprises.one(db, second)
    assert (one.town, one.uscc, one.facts, [each.name for each in one.contacts]) == (
        "义井镇", code(1), {"patents": False}, ["王五", "赵六"],
    )  # fmt: skip
    assert (other.town, other.merged_into) == ("荫营镇", first)
    assert enterprises.every(db) == (one,)
    assert enterprises.resolve(db, second) == first
    assert set(enterprises.keys_of(db, second)) == {first, second}
    assert judged.profile(db, second, DAY).assets == 5
    with pytest.raises(RuleError, match="已是同一家"):
        joining.merge(db, second, first, STAMP)
    assert batch is not None
    recording.undo(db, batch, STAMP)
    assert (enterprises.one(db, first), enterprises.one(db, second)) == before
    assert len(enterprises.every(db)) == 2


def test_merged_ones_are_merged_on(db: sqlite3.Connection) -> None:
    keys = [add(db, f"甲厂{number}") for number in range(4)]
    joining.merge(db, keys[1], keys[0], STAMP)
    joining.merge(db, keys[2], keys[0], STAMP)
    joining.merge(db, keys[1], keys[3], STAMP)
    assert [one.key for one in enterprises.every(db)] == [keys[2]]
    assert enterprises.keys_of(db, keys[3])[0] == keys[2]
    assert enterprises.find(db, "甲厂3").key == keys[2]
    assert [row.key for row in FirmList(listing.rows(db, DAY)).filtered("甲厂3")] == [keys[2]]
    ((alike, words, is_sure),) = duplicates.KnownFirms(enterprises.recorded(db)).alike("甲厂3", "")
    assert (alike.key, is_sure) == (keys[2], True)
    assert words.startswith("从前的“甲厂3”已并入它，")
    assert set(enterprises.keys_of(db, keys[3])) == set(keys)


def test_machines_that_merged_each_way_still_show_one_firm(db: sqlite3.Connection) -> None:
    one, other = sorted((add(db, "甲厂"), add(db, "甲 厂")))
    joining.merge(db, one, other, STAMP)
    row = ("f" * 10, 1, NOUN, one, "merged_into", dumped(other), "[]", f"{'f' * 10}:1", "", "", "", "", 0)
    union.add(db, [[row]], 1)
    assert [each.key for each in enterprises.every(db)] == [one]
    assert enterprises.resolve(db, other) == enterprises.resolve(db, one) == one


def test_a_record_merged_into_one_that_is_not_here_stands_for_itself(db: sqlite3.Connection) -> None:
    key = add(db, "甲厂")
    writing.write(db, [Edit(NOUN, key, "merged_into", "elsewhere")], STAMP)
    assert [each.key for each in enterprises.every(db)] == [key]
    assert enterprises.resolve(db, key) == key


def test_who_is_not_there_is_not_merged(db: sqlite3.Connection) -> None:
    with pytest.raises(RuleError, match="没有这家企业"):
        joining.merge(db, add(db, "甲厂"), "nobody", STAMP)


VALUES = st.dictionaries(
    st.sampled_from(["town", "uscc", "figure/assets/", "fact/a", "contact/a", "new"]), st.integers(0, 2)
)


@given(VALUES, VALUES)
def test_what_is_taken_over_and_what_differs_is_all_that_the_other_has(
    one: dict[str, int], other: dict[str, int]
) -> None:
    first, second = Record(NOUN, "a", one), Record(NOUN, "b", other)
    taken, differing = joining.lacking(first, second), joining.differing(first, second)
    same = {name for name in other if one.get(name) == other[name]}
    assert set(taken) | set(differing) | same == set(other)
    assert not set(taken) & set(one)


def test_a_record_of_many_days_is_one_row(db: sqlite3.Connection) -> None:
    key = add(db, "甲厂")
    for year in range(2000, 2026):
        recording.edit(db, key, {f"figure/revenue/{date(year, 12, 31)}": year}, STAMP)
    assert len(state.records(db, NOUN)) == 1
    assert judged.profile(db, key, date(2010, 6, 1)).revenue == 2009
