"""A workbook of several documents, out and back: whole, in part, moved about, of a notice not in use."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from desktop.catalogue.query import Catalogue
from desktop.errors import RuleError
from desktop.exchange.checklists import identity
from desktop.exchange.reports import receipt as receipt_book
from desktop.exchange.returned import book as returned_book
from desktop.workspace.file import store
from desktop.workspace.items import checklist, entries
from desktop.workspace.items.model import ItemKey
from desktop.workspace.returns import receipts, reminder, rounds
from desktop.workspace.returns.receipts import FileState
from tests import two_notices
from tests.exchange import several
from tests.exchange.second_reader import read
from tests.exchange.several import (
    BUNDLED,
    FINANCE_FIRST,
    FINANCE_OURS,
    FINANCE_SECOND,
    FIRST,
    SECOND,
    TODAY,
    Desk,
    fill,
)

ALL = (FINANCE_FIRST, FINANCE_SECOND, FINANCE_OURS)
ANSWERS = {key: {"progress": f"办了{key.measure_key}"} for key in ALL}
TITLES = [
    f"{two_notices.NUMBER} {two_notices.FIRST}",
    f"{two_notices.NUMBER} {two_notices.SECOND}",
    two_notices.BUNDLED_NUMBER,
]


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> Catalogue:
    return several.catalogue(tmp_path_factory.mktemp("发文"))


@pytest.fixture
def desk(tmp_path: Path, both: Catalogue) -> Iterator[Desk]:
    with store.open_for_writing(tmp_path / "工作库") as workspace:
        yield Desk(workspace, both, tmp_path)


def progress(desk: Desk, key: ItemKey) -> str:
    return entries.values(desk.workspace.db, key)["progress"]


def changed(path: Path, change: Any) -> Path:
    """Let ``change`` edit the workbook with openpyxl; return the new one."""
    book = openpyxl.load_workbook(path)
    change(book)
    return several.save(book, path)


def test_a_workbook_of_several_documents_goes_out_and_comes_back(desk: Desk) -> None:
    desk.ask()
    sent = desk.send()
    assert several.checklists(sent) == TITLES
    (found,) = returned_book.read(sent)
    assert found.schema == identity.SEVERAL
    assert (found.document_key, found.notice_number) == ("", "")
    assert found.about == (
        (FIRST, two_notices.NUMBER),
        (SECOND, two_notices.NUMBER),
        (BUNDLED, two_notices.BUNDLED_NUMBER),
    )
    assert found.notes == ()
    made = desk.take(fill(sent, ANSWERS))
    assert [file.state for file in made.files] == [FileState.ACCEPTED]
    assert [progress(desk, key) for key in ALL] == [ANSWERS[key]["progress"] for key in ALL]
    assert len(made.files[0].changes) == 3
    stands = rounds.standing(desk.workspace.db, desk.asked, TODAY)
    assert (stands.returned, dict(stands.partial)) == (("finance",), {})
    again = desk.take(*sorted(desk.folder.glob("区财政局-*.xlsx")))
    assert [file.state for file in again.files] == [FileState.UNCHANGED]


def test_numbers_that_several_documents_have_are_told_apart(desk: Desk) -> None:
    desk.ask()
    back = fill(desk.send(), {key: {"status": "差不多了"} for key in ALL})
    desk.take(back)
    (file,) = receipts.receipt(desk.workspace.db, 1).files
    assert {(line.key, line.sheet) for line in file.conflicts} == set(zip(ALL, TITLES, strict=True))
    path = desk.folder / "回执.xlsx"
    receipt_book.write(path, desk.catalogue, receipts.receipt(desk.workspace.db, 1), TODAY)
    told = read(path)["冲突与未采用"].texts()
    for document in desk.catalogue.documents:
        called = f"{desk.catalogue.notice_with(document.notice_key).called}"
        assert any(called in text and "1." in text for text in told)
    assert f"{TITLES[0]}\n第6行" in told


@pytest.mark.parametrize("kept", range(3))
def test_a_workbook_of_which_only_one_sheet_came_back(desk: Desk, kept: int) -> None:
    desk.ask()

    def leave(book: Any) -> None:
        for at, title in enumerate(TITLES):
            if at != kept:
                del book[title]

    back = changed(fill(desk.send(), ANSWERS), leave)
    (plan,) = desk.plan(back)
    assert plan.state is FileState.ACCEPTED
    gone = [note for note in plan.notes if note.startswith("没有找到")]
    assert len(gone) == 2
    made = desk.take(back)
    assert {key for key in ALL if progress(desk, key)} == {ALL[kept]}
    assert {key.document_key for key in made.files[0].missing} == {key.document_key for key in ALL} - {
        ALL[kept].document_key
    }
    stands = rounds.standing(desk.workspace.db, desk.asked, TODAY)
    left = [key.document_key for at, key in enumerate(ALL) if at != kept]
    assert dict(stands.partial) == {"finance": tuple(sorted(left))}
    text = reminder.text(stands, desk.asked, desk.catalogue)
    assert "部分反馈1家：区财政局（缺" in text
    desk.take(fill(desk.send(), {ALL[kept]: {"owner": "又一位"}}))
    stands = rounds.standing(desk.workspace.db, desk.asked, TODAY)
    assert (dict(stands.partial), stands.repeated) == ({}, ("finance",))


def test_sheets_renamed_and_put_in_another_order(desk: Desk) -> None:
    desk.ask()

    def mix(book: Any) -> None:
        book.move_sheet(TITLES[2], -2)
        book[TITLES[0]].title = "我们的"

    desk.take(changed(fill(desk.send(), ANSWERS), mix))
    assert [progress(desk, key) for key in ALL] == [ANSWERS[key]["progress"] for key in ALL]


def moved(book: Any, key: ItemKey, source: str, target: str, *, copy: bool, words: str = "") -> None:
    """Put the row of an item under the rows of another sheet, away from its own or beside it."""
    row, (_, heads) = several.rows(book[source])[key], several.head(book[source])
    last = max(several.rows(book[target]).values()) + 1
    book[target].insert_rows(last)
    for column in heads.values():
        book[target].cell(last, column).value = book[source].cell(row, column).value
    if words:
        book[target].cell(last, heads["工作进展"]).value = words
    if not copy:
        book[source].delete_rows(row)


def test_a_row_moved_to_another_sheet_is_its_own_items_all_the_same(desk: Desk) -> None:
    desk.ask()
    sent = fill(desk.send(), ANSWERS)
    back = changed(sent, lambda book: moved(book, FINANCE_OURS, TITLES[2], TITLES[0], copy=False))
    (plan,) = desk.plan(back)
    assert any(f"工作表“{TITLES[0]}”中有1行属于{two_notices.BUNDLED_NUMBER}" in note for note in plan.notes)
    desk.take(back)
    assert [progress(desk, key) for key in ALL] == [ANSWERS[key]["progress"] for key in ALL]


@pytest.mark.parametrize(("words", "refused"), [("", 0), ("另一种说法", 1)])
def test_a_row_copied_to_another_sheet(desk: Desk, words: str, refused: int) -> None:
    desk.ask()
    sent = fill(desk.send(), ANSWERS)
    back = changed(sent, lambda book: moved(book, FINANCE_OURS, TITLES[2], TITLES[0], copy=True, words=words))
    (plan,) = desk.plan(back)
    reasons = {row.reason for row in plan.rows_refused}
    assert len(reasons) == refused
    for reason in reasons:
        assert reason.startswith(f"工作表“{TITLES[0]}”第")
        assert f"、工作表“{TITLES[2]}”第" in reason
    desk.take(back)
    assert bool(progress(desk, FINANCE_OURS)) is not bool(refused)
    assert progress(desk, FINANCE_FIRST)


def test_two_sheets_of_one_document_that_differ_are_refused(desk: Desk) -> None:
    desk.ask()

    def copy(book: Any) -> None:
        other = book.copy_worksheet(book[TITLES[0]])
        row, (_, heads) = several.rows(other)[FINANCE_FIRST], several.head(other)
        other.cell(row, heads["工作进展"]).value = "另一种说法"

    with pytest.raises(returned_book.RefusedError, match="同一单位的清单而内容不同"):
        returned_book.read(changed(fill(desk.send(), ANSWERS), copy))


def test_a_notice_switched_off_between_sending_and_return(desk: Desk, both: Catalogue) -> None:
    desk.ask()
    back = fill(desk.send(), ANSWERS)
    desk.catalogue = both.of([two_notices.BUNDLED])
    (plan,) = desk.plan(back)
    assert plan.state is FileState.ACCEPTED
    assert sum("已停用，回填照常并入" in note for note in plan.notes) == 2
    made = desk.take(back)
    assert [progress(desk, key) for key in ALL] == [ANSWERS[key]["progress"] for key in ALL]
    db = desk.workspace.db
    assert {item.document_key for item in checklist.items(db, desk.catalogue, "finance", TODAY)} == {BUNDLED}
    path = desk.folder / "回执.xlsx"
    receipt_book.write(path, desk.catalogue, made, TODAY)
    assert any(two_notices.NUMBER in text for text in read(path)["已改动"].texts())
    again = checklist.items(db, both, "finance", TODAY)
    assert [item.entry.progress for item in again if item.key in ALL] == [
        ANSWERS[key]["progress"] for key in ALL
    ]


def test_a_workbook_of_one_document_whose_notice_was_switched_off(desk: Desk, both: Catalogue) -> None:
    desk.ask(FIRST)
    back = fill(desk.send(), ANSWERS)
    assert several.checklists(back) == ["区财政局"]
    desk.catalogue = both.of([two_notices.BUNDLED])
    (plan,) = desk.plan(back)
    assert (plan.state, len(plan.notes)) == (FileState.ACCEPTED, 1)
    with pytest.raises(RuleError, match="现在没有区财政局的事项") as stopped:
        desk.send()
    assert "请先设为在用" in stopped.value.hint
    with pytest.raises(RuleError, match="不在在用的发文中"):
        desk.ask(FIRST, name="二季")


def test_a_round_asks_about_chosen_documents_and_their_units(desk: Desk) -> None:
    desk.ask(SECOND, BUNDLED)
    assert dict(desk.asked.documents) == {
        SECOND: f"{two_notices.NUMBER}《{two_notices.SECOND}》",
        BUNDLED: two_notices.BUNDLED_NUMBER,
    }
    assert rounds.find(desk.workspace.db).documents == desk.asked.documents
    assert "market-regulation" in desk.asked.unit_keys
    assert several.checklists(desk.send()) == TITLES[1:]
    assert set(rounds.base(desk.workspace.db, desk.asked.key, "finance")) >= {FINANCE_SECOND, FINANCE_OURS}
    assert FINANCE_FIRST not in rounds.base(desk.workspace.db, desk.asked.key, "finance")
    only = desk.ask(SECOND, name="二季")
    assert set(only.unit_keys) == {"finance", "trade-pilot"}
    with pytest.raises(RuleError, match="区市场监管局在所问的文件中没有事项"):
        rounds.new(
            desk.workspace.db,
            desk.catalogue,
            "三季",
            TODAY,
            ["market-regulation"],
            document_keys=[SECOND],
            by="甲",
            at=several.NOW,
        )


def test_a_workbook_about_a_notice_that_is_not_here_names_those_that_are(
    desk: Desk, both: Catalogue, catalogue: Catalogue
) -> None:
    desk.ask()
    back = fill(desk.send(), ANSWERS)
    desk.catalogue = catalogue
    (plan,) = desk.plan(back)
    assert plan.state is FileState.ACCEPTED  # what is here is taken
    assert any(f"其中{two_notices.NUMBER}不在本程序收录的发文中" in note for note in plan.notes)
    assert {row.reason for row in plan.rows_refused} == {"措施数据中没有这个事项"}

    desk.catalogue = both
    (found,) = returned_book.read(back)
    foreign = replace(found, documents=(("x.1", "某政发〔2020〕1号"), ("y.1", "某政发〔2021〕2号")))
    (plan,) = several.plans.plan_all(desk.workspace.db, both, (foreign,), TODAY)
    assert plan.state is FileState.REFUSED
    assert "另一份发文（某政发〔2020〕1号、某政发〔2021〕2号）" in plan.reason
    assert f"本程序收录的是{two_notices.NUMBER}、{two_notices.BUNDLED_NUMBER}" in plan.reason


def test_rows_added_by_hand_are_known_by_their_sheets(desk: Desk) -> None:
    desk.ask()

    def add(book: Any) -> None:
        for title in TITLES[:2]:
            last = max(several.rows(book[title]).values()) + 1
            book[title].insert_rows(last)
            book[title].cell(last, 3).value = f"自加：{title}"

    back = changed(desk.send(), add)
    (plan,) = desk.plan(back)
    assert [(row.sheet, row.text) for row in plan.added] == [
        (title, f"自加：{title}") for title in TITLES[:2]
    ]
    assert len({row.row for row in plan.added}) == 1
    kept = several.plans.keep_added(plan, plan.added[1], True)
    assert [row.keep for row in kept.added] == [False, True]


@pytest.mark.parametrize("kept", [True, False])
def test_a_workbook_that_was_sent_when_there_was_one_notice_comes_back(
    desk: Desk, both: Catalogue, catalogue: Catalogue, kept: bool
) -> None:
    desk.catalogue = catalogue
    desk.ask()
    sent = desk.send()
    assert returned_book.read(sent)[0].schema == identity.SCHEMA
    if not kept:  # as by a program that did not keep what a round asks about
        desk.workspace.db.execute("DELETE FROM round_documents")
    desk.catalogue = both
    made = desk.take(fill(sent, ANSWERS))
    assert [(file.state, file.notes) for file in made.files] == [(FileState.ACCEPTED, ())]
    assert [bool(progress(desk, key)) for key in ALL] == [False, False, True]
    stands = rounds.standing(desk.workspace.db, rounds.find(desk.workspace.db), TODAY)
    assert (stands.returned, dict(stands.partial)) == (("finance",), {})
