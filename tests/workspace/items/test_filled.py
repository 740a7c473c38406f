"""The search over what was filled in finds what a scan finds, and says where."""

from __future__ import annotations

import sqlite3
import unicodedata
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop.catalogue.lookalikes import usual
from desktop.catalogue.matches import Filters
from desktop.catalogue.model import UNASSIGNED
from desktop.catalogue.query import Catalogue
from desktop.workspace.evidence import attached
from desktop.workspace.items import entries, notes
from desktop.workspace.items.filled import TEXTS, Filled, FilledHit, fold
from desktop.workspace.items.model import ItemKey

from .. import sample
from ..conftest import Enter

ANY = Filters()


@pytest.fixture
def find(db: sqlite3.Connection, catalogue: Catalogue):
    filled = Filled()
    return lambda text, filters=ANY, limit=0: filled.search(db, catalogue, text, filters, limit)


def _places(results) -> list[tuple[ItemKey, str]]:
    return [(hit.key, hit.field) for hit in results.hits]


def _marked(hit: FilledHit) -> list[str]:
    return [hit.snippet[start:end] for start, end in hit.spans]


def test_each_field_is_found_with_unit_field_and_snippet(enter: Enter, find) -> None:
    written = {field: f"在{field}里写的内容" for field in TEXTS}
    enter(sample.FINANCE_1, status="不适用", **written)
    for field in TEXTS:
        (hit,) = find(f"在{field}里").hits
        assert (hit.key, hit.field) == (sample.FINANCE_1, field)
        assert _marked(hit) == [f"在{field}里"]


def test_files_and_notes_are_found(
    db: sqlite3.Connection, catalogue: Catalogue, tmp_path: Path, find
) -> None:
    file = tmp_path / "担保协议（扫描件）.pdf"
    file.write_bytes(b"%PDF")
    attached.add(db, tmp_path / "工作库", catalogue, sample.TAX_2, file, by="张三", at=sample.NOON)
    notes.set_note(db, catalogue, "m3", "记得问担保比例", by="张三", at=sample.NOON)
    assert _places(find("担保")) == [(sample.TAX_2, "evidence"), (ItemKey("", "m3"), "note")]
    assert find("(扫描件)").hits[0].snippet == "担保协议（扫描件）.pdf"


@pytest.mark.parametrize(
    ("written", "typed"),
    [
        ("已发放３笔，共１００万元", "3笔,共100万"),
        ("联系ＡＢＣ公司", "abc"),
        ("区⺠政局的⼈", "民政局的人"),
        ("推\u200b进\u00ad中", "推进中"),
        ("区民政局", "⺠政"),
        ("Straße", "STRASSE"),
        ("e\u0301cole", "É"),
    ],
)
def test_width_case_and_look_do_not_matter(enter: Enter, find, written: str, typed: str) -> None:
    enter(sample.FINANCE_1, progress=f"开头{written}结尾")
    (hit,) = find(typed).hits
    (marked,) = _marked(hit)
    assert fold(marked) == fold(typed)
    assert hit.snippet == f"开头{written}结尾"


def test_every_term_must_be_found_in_the_item(enter: Enter, find) -> None:
    enter(sample.FINANCE_1, owner="刘芳", progress="已拨付")
    enter(sample.FINANCE_2, owner="刘芳")
    enter(sample.TAX_2, progress="刘芳已拨付两笔")
    assert _places(find("刘芳 拨付")) == [
        (sample.TAX_2, "progress"),
        (sample.FINANCE_1, "owner"),
        (sample.FINANCE_1, "progress"),
    ]
    assert find("刘芳 没有").hits == find("").hits == find(" \u3000").hits == ()


def test_hits_stand_in_the_order_of_the_checklists(
    enter: Enter, find, db: sqlite3.Connection, catalogue: Catalogue
) -> None:
    keys = [
        ItemKey(unit.key, measure.key)
        for unit in catalogue.checklist_units()
        for measure in catalogue.measures_of(unit.key)
    ]
    for key in reversed(keys):
        enter(key, owner="刘芳")
    notes.set_note(db, catalogue, "m1", "刘芳", by="张三", at=sample.NOON)
    assert [hit.key for hit in find("刘芳").hits] == [*keys, ItemKey("", "m1")]
    cut = find("刘芳", limit=2)
    assert [hit.key for hit in cut.hits] == keys[:2]
    assert cut.total == len(keys) + 1


def test_filters_hold(enter: Enter, find) -> None:
    enter(sample.FINANCE_2, owner="刘芳")
    enter(sample.TAX_2, owner="刘芳")
    enter(sample.NOBODY_4, owner="刘芳")
    assert _places(find("刘芳", Filters(unit="tax"))) == [(sample.TAX_2, "owner")]
    assert _places(find("刘芳", Filters(unit=UNASSIGNED))) == [(sample.NOBODY_4, "owner")]
    assert len(find("刘芳", Filters(category="c")).hits) == 3
    assert find("刘芳", Filters(category="other")).hits == ()
    assert find("刘芳", Filters(beneficiary="small")).hits == ()


def test_what_was_changed_or_emptied_is_seen_at_once(
    enter: Enter, find, db: sqlite3.Connection, catalogue: Catalogue
) -> None:
    enter(sample.FINANCE_1, owner="刘芳")
    assert len(find("刘芳").hits) == 1
    enter(sample.FINANCE_1, owner="王强")
    assert find("刘芳").hits == ()
    assert len(find("王强").hits) == 1
    enter(sample.FINANCE_1, owner="")
    assert find("王强").hits == ()
    for text in ("批注", ""):
        notes.set_note(db, catalogue, "m1", text, by="张三", at=sample.NOON)
        assert len(find("批注").hits) == bool(text)


def test_what_the_catalogue_does_not_have_any_more_is_still_found(
    enter: Enter, db: sqlite3.Connection
) -> None:
    enter(sample.TAX_3, owner="刘芳")
    without = sample.catalogue(duties=(sample.FINANCE_1,))
    (hit,) = Filled().search(db, without, "刘芳", ANY).hits
    assert hit.key == sample.TAX_3


texts = st.text(
    st.one_of(
        st.sampled_from("刘芳担保，（）ａA1 \n\u200b⺠⼈é\u0301ß…"), st.characters(exclude_categories=["Cs"])
    ),
    max_size=30,
)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(first=texts, second=texts, data=st.data())
def test_any_text_is_found_as_by_a_scan(
    enter: Enter, find, db: sqlite3.Connection, first: str, second: str, data
) -> None:
    enter(sample.FINANCE_1, progress=first)
    enter(sample.TAX_2, progress=second)
    written = {key: entries.values(db, key)["progress"] for key in (sample.FINANCE_1, sample.TAX_2)}
    folded = {key: unicodedata.normalize("NFKC", usual(text)).casefold() for key, text in written.items()}
    source = data.draw(st.sampled_from([*written.values(), "刘芳"]))
    start = data.draw(st.integers(0, len(source)))
    typed = source[start : start + data.draw(st.integers(1, 5))]
    words = fold(typed).split()
    expected = {key for key, text in folded.items() if words and all(word in text for word in words)}
    found = find(typed)
    assert {hit.key for hit in found.hits} == expected, typed
    for hit in found.hits:
        assert hit.spans
        assert all(0 <= start < end <= len(hit.snippet) for start, end in hit.spans)
