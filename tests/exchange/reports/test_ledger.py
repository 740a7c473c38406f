"""The ledger read back: every item, every fact, the lists, the paper."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from openpyxl.utils import get_column_letter

from desktop.catalogue.model import UNASSIGNED
from desktop.catalogue.query import Catalogue
from desktop.catalogue.typeset import typeset
from desktop.errors import KnownError
from desktop.exchange.reports import ledger, ledger_rows
from desktop.exchange.reports.ledger_lists import AskedRound
from desktop.exchange.sheets.book import CancelledError
from desktop.workspace.evidence.attached import Evidence
from desktop.workspace.evidence.files import State, Stored
from desktop.workspace.items import deadline
from desktop.workspace.items.model import Change, Entry, Item, ItemKey, Light, Status
from tests.exchange.conftest import TODAY, with_entry
from tests.exchange.paper import assert_readable
from tests.exchange.second_reader import Book, Sheet, column, column_of, read, row

HEADS = [
    "序号",
    "责任单位",
    "类别",
    "措施",
    "完成时限",
    "亮灯",
    "状态",
    "责任人",
    "工作进展",
    "存在问题",
    "下一步举措",
    "佐证材料",
    "最近更新",
]
DAY_ZERO = date(1899, 12, 30)
FREE = ("责任人", "工作进展", "存在问题")
Write = Callable[..., Book]


@pytest.fixture
def write(catalogue: Catalogue, today: date, tmp_path: Path) -> Write:
    """Write the ledger of some items and return it as the second reader sees it."""

    def made(items: Sequence[Item], **facts: Any) -> Book:
        path = tmp_path / "ledger.xlsx"
        last, files = facts.pop("last", {}), facts.pop("evidence", ())
        assert ledger.write(path, catalogue, items, last, files, today, **facts) == path
        made_book = read(path)
        assert_readable(made_book)
        return made_book

    return made


def change(number: int, key: ItemKey, **values: Any) -> Change:
    return Change(number, "2026-11-20T15:03:22+08:00", "李梅", "录入", key, "progress", "旧", "新", **values)


def body(sheet: Sheet) -> list[dict[str, Any]]:
    """Return the table's rows of a sheet by heading, down to the first row without a number."""
    first = row(sheet.find("序号")) + 1
    heads = {column(at): cell.value for at, cell in sheet.cells.items() if row(at) == first - 1}
    rows = []
    while (number := sheet.cells.get(f"A{first + len(rows)}")) and isinstance(number.value, float):
        at = first + len(rows)
        rows.append(
            {
                str(head): cell.value if (cell := sheet.cells.get(f"{letter}{at}")) else None
                for letter, head in heads.items()
            }
        )
    return rows


LETTERS = [get_column_letter(at) for at in range(1, len(ledger_rows.FIELDS) + 1)]


def test_every_item_has_its_row_with_what_was_entered(
    write: Write, filled: tuple[Item, ...], catalogue: Catalogue
) -> None:
    sheet = write(filled, last={filled[0].key: change(1, filled[0].key)})["台账"]
    head = row(sheet.find("序号"))
    assert [sheet.text(f"{letter}{head}") for letter in LETTERS[: ledger_rows.VISIBLE]] == HEADS
    rows = body(sheet)
    assert len(rows) == len(filled) == 67
    for number, (item, told) in enumerate(zip(filled, rows, strict=True), 1):
        entry, due = item.entry, item.entry.deadline.due
        progress = entry.progress or (f"不适用理由：{entry.reason}" if entry.reason else None)
        assert told == {
            "序号": number,
            "责任单位": catalogue.unit(item.key.unit_key).name,
            "类别": typeset(item.category),
            "措施": f"{item.number}.{typeset(item.title)}",
            "完成时限": (due - DAY_ZERO).days if due else "未写明",
            "亮灯": item.light.value,
            "状态": entry.status.value,
            "责任人": entry.owner or None,
            "工作进展": progress,
            "存在问题": entry.problems or None,
            "下一步举措": entry.next_step or None,
            "佐证材料": None,
            "最近更新": "2026-11-20 15:03\n李梅" if number == 1 else "未填报",
            "时限日": (due - DAY_ZERO).days if due else "",
        }


def test_no_text_becomes_a_formula(write: Write, filled: tuple[Item, ...]) -> None:
    texts = ("=1+1", "+cmd|' /C calc'!A0", "-1", "@x", "_x0041_")
    entries = [Entry(owner=text, progress=text, problems=text, revision=1) for text in texts]
    items = [with_entry(item, entry) for item, entry in zip(filled, entries, strict=False)]
    sheet = write(items)["台账"]
    assert [[told[head] for head in FREE] for told in body(sheet)] == [[text] * 3 for text in texts]
    letters = [column_of(sheet, head) for head in FREE]
    assert {cell.kind for at, cell in sheet.cells.items() if column(at) in letters and cell.value} == {
        "inlineStr"
    }


def test_the_kinds_of_deadline_stand_as_people_write_them(write: Write, blank: tuple[Item, ...]) -> None:
    kinds = (
        (deadline.on(date(2026, 11, 22)), 46348.0, Light.RED),
        (deadline.span(date(2026, 1, 1), date(2026, 11, 22)), "2026-01-01至2026-11-22", Light.RED),
        (deadline.LONG_TERM, "长期", Light.GREY),
        (deadline.UNSTATED, "未写明", Light.GREY),
        (deadline.on(date(1890, 1, 1)), "1890-01-01", Light.RED),
        (deadline.on(TODAY + timedelta(15)), 46364.0, Light.YELLOW),
        (deadline.on(TODAY + timedelta(16)), 46365.0, Light.GREEN),
    )
    items = [with_entry(item, Entry(deadline=kind)) for item, (kind, *_) in zip(blank, kinds, strict=False)]
    rows = body(write(items)["台账"])
    assert [(told["完成时限"], told["亮灯"]) for told in rows] == [
        (shown, light.value) for _, shown, light in kinds
    ]


def test_files_are_listed_by_name_and_lost_ones_are_told(write: Write, blank: tuple[Item, ...]) -> None:
    def file(number: int, index: int, name: str) -> Evidence:
        return Evidence(number, blank[index].key, name, Stored("0" * 64, 1, "p", 1), "", "李梅")

    files = (file(1, 0, "凭证.pdf"), file(2, 0, "照片.jpg"), file(3, 2, "总结.docx"))
    states = {1: State.OK, 2: State.MISSING, 3: State.ALTERED}
    rows = body(write(blank, evidence=files, states=states)["台账"])
    assert [told["佐证材料"] for told in rows[:3]] == [
        "凭证.pdf\n照片.jpg（缺失）",
        None,
        "总结.docx（内容已改动）",
    ]


def test_many_files_are_counted_and_listed_once_on_a_sheet_of_their_own(
    write: Write, blank: tuple[Item, ...]
) -> None:
    keys = [blank[0].key] * 300 + [blank[3].key] * 4_700
    files = [
        Evidence(number, key, f"公示名单{number:04}.pdf", Stored("0" * 64, 1, "p", 1), "", "李梅")
        for number, key in enumerate(keys)
    ]
    book = write(blank, evidence=files, states={7: State.MISSING})
    rows = body(book["台账"])
    assert rows[0]["佐证材料"] == ("共300份：公示名单0000.pdf、公示名单0001.pdf等（见“佐证材料”工作表）")
    assert str(rows[3]["佐证材料"]).startswith("共4700份：")
    sheet = book["佐证材料"]
    listed = [name for told in body(sheet) for name in str(told["文件名称"]).split("；")]
    names = [one.name for one in files]
    names[7] += "（缺失）"
    assert listed == names
    assert [told["份数"] for told in body(sheet) if told["份数"]] == [300, 4700]
    printed = row(book.names["_xlnm.Print_Area", "佐证材料"].rpartition(":")[2].replace("$", ""))
    on_paper = [
        sheet.text(f"E{at}").count("；") + 1 for at in range(row(sheet.find("序号")) + 1, printed + 1)
    ]
    assert 900 < sum(on_paper) <= 1_000
    (told,) = [text for text in sheet.texts() if text.startswith("打印时只印")]
    assert f"前{sum(on_paper)}份" in told


def test_an_item_of_former_measures_or_units_is_kept(write: Write, blank: tuple[Item, ...]) -> None:
    gone = replace(blank[0], category="", number=0, title="旧措施", orphaned=True)
    lost = replace(blank[1], key=ItemKey("former", "m1"), category="", title="旧事", orphaned=True)
    moved = replace(blank[2], text_changed=True)
    book = write([gone, lost, moved])
    rows = body(book["台账"])
    assert [[told[head] for head in ("责任单位", "类别", "措施")] for told in rows[:2]] == [
        ["区中小企业发展中心", "原有事项", "旧措施（现行措施库中已无此项）"],
        ["原有事项", "原有事项", "旧事（现行措施库中已无此项）"],
    ]
    assert str(rows[2]["措施"]).endswith("（填报之后措施原文有改动）")
    summary = book["汇总"]
    for heading, counts in (("责任单位", (2, 1)), ("类别", (1, 2))):
        at = row(summary.find(heading)) + 1
        assert [summary.cells[f"C{at + index}"].value for index in range(2)] == list(counts)
        assert summary.text(f"B{at + 1}") == "原有事项"


def test_what_is_late_is_listed_longest_first(write: Write, filled: tuple[Item, ...]) -> None:
    days = {1: 3, 5: 40, 9: 12}
    items = [
        with_entry(item, Entry(Status.UNDER_WAY, deadline.on(TODAY - timedelta(days[index])), "赵"))
        if index in days
        else with_entry(item, Entry())
        for index, item in enumerate(filled)
    ]
    rows = body(write(items)["逾期"])
    assert [(told["逾期天数"], told["状态"], told["责任人"]) for told in rows] == [
        (late, "推进中", "赵") for late in (40, 12, 3)
    ]
    assert [told["措施"] for told in rows] == [
        f"{items[index].number}.{typeset(items[index].title)}" for index in (5, 9, 1)
    ]


def test_nothing_late_is_said(write: Write, blank: tuple[Item, ...]) -> None:
    sheet = write(blank)["逾期"]
    assert "截至制表日期，没有逾期事项。" in sheet.texts()
    assert "autoFilter" not in sheet.parts


def test_silent_units_are_those_that_never_entered_and_those_that_the_round_misses(
    write: Write, blank: tuple[Item, ...], catalogue: Catalogue
) -> None:
    told = {item.key: change(number, item.key) for number, item in enumerate(blank, 1)}
    finance, tax, audit = (catalogue.find_unit(name).key for name in ("区财政局", "税务局", "区审计局"))
    last = {
        key: one
        for key, one in told.items()
        if key.unit_key not in (audit, UNASSIGNED) and (key.unit_key != finance or one.id % 2)
    }
    asked = AskedRound("第四季度", date(2026, 11, 15), (tax, audit))
    sheet = write(blank, last=last, asked=asked)["未反馈"]
    rows = body(sheet)
    assert [list(line.values())[1:5] for line in rows] == [
        ["国家税务总局阳泉市城区税务局", "本轮未反馈", 3, 0],
        ["区审计局", "本轮未反馈，从未填报", 1, 1],
    ]
    assert rows[0]["最近更新"] == "2026-11-20 15:03\n李梅"
    assert rows[1]["最近更新"] == "未填报"
    assert any("“第四季度”（反馈时限2026年11月15日）" in text for text in sheet.texts())
    without = body(write(blank, last=last)["未反馈"])
    assert [list(line.values())[1:3] for line in without] == [["区审计局", "从未填报"]]


def test_changes_since_a_day_have_a_sheet_and_a_mark(write: Write, filled: tuple[Item, ...]) -> None:
    key, other = filled[3].key, filled[4].key
    changes = [
        replace(change(8, key), field="deadline", before="", after="2026-01-01/2026-12-31", source="导入"),
        replace(change(7, key), field="status", before="未启动", after="推进中"),
    ]
    last = {key: changes[0], other: change(2, other)}
    book = write(filled, last=last, since=date(2026, 11, 20), changes=changes)
    assert [told["最近更新"] for told in body(book["台账"])[3:5]] == [
        "2026-11-20 15:03\n李梅 ▲",
        "2026-11-20 15:03\n李梅",
    ]
    assert [list(told.values())[1:4] + list(told.values())[6:9] for told in body(book["变动"])] == [
        ["2026-11-20 15:03", "李梅", "导入", "完成时限", "（空）", "2026-01-01至2026-12-31"],
        ["2026-11-20 15:03", "李梅", "录入", "状态", "未启动", "推进中"],
    ]
    assert "2026年11月20日以来共2处改动" in book["变动"].texts()
    assert [sheet.title for sheet in write(filled, last=last).sheets if sheet.state == "visible"] == [
        "汇总",
        "台账",
        "逾期",
        "未反馈",
    ]


def test_a_day_without_changes_says_so(write: Write, filled: tuple[Item, ...]) -> None:
    sheet = write(filled, since=date(2026, 11, 23))["变动"]
    assert "这一天以来没有改动。" in sheet.texts()


def test_every_page_states_validity_and_is_a4_across(write: Write, filled: tuple[Item, ...]) -> None:
    book = write(filled, since=TODAY)
    for sheet in book.sheets:
        if sheet.state != "visible":
            continue
        assert "有效期至2025年12月31日，已过有效期327天" in sheet.texts()
        assert "制表日期：2026年11月23日" in sheet.texts()
        setup, margins = sheet.parts["pageSetup"], sheet.parts["pageMargins"]
        assert (setup.get("orientation"), setup.get("paperSize")) == ("landscape", "9")
        assert (setup.get("fitToWidth"), setup.get("fitToHeight")) == ("1", "0")
        sizes = [round(float(margins.get(side)) * 25.4) for side in ("top", "bottom", "left", "right")]
        assert sizes == [28, 26, 35, 37]
        words = "".join(sheet.parts["headerFooter"].itertext())
        assert "城政办发〔2023〕3号" in words
        assert "已过有效期327天" in words
        assert "第&P页 共&N页" in words
        assert ("_xlnm.Print_Titles", sheet.title) in book.names or sheet.title == "汇总"


def test_the_rule_of_the_lights_stands_under_the_table(write: Write, filled: tuple[Item, ...]) -> None:
    sheet = write(filled, near_days=20)["台账"]
    (rule,) = [text for text in sheet.texts() if text.startswith("亮灯（")]
    assert "距完成时限20天以内" in rule
    assert "灰——长期、未写明时限或不适用" in rule
    assert row(sheet.find(rule)) > row(sheet.find("序号")) + len(filled)


def test_the_ledger_can_be_edited_sorted_and_filtered(write: Write, filled: tuple[Item, ...]) -> None:
    sheet = write(filled)["台账"]
    first = row(sheet.find("序号"))
    assert sheet.parts["autoFilter"].get("ref") == f"A{first}:{LETTERS[ledger_rows.VISIBLE - 1]}{first + 67}"
    protection = sheet.parts.get("sheetProtection")
    assert protection is None or protection.get("sheet") == "0"
    (choice,) = sheet.parts["dataValidations"]
    status, lit = column_of(sheet, "状态"), column_of(sheet, "亮灯")
    assert choice.get("sqref") == f"{status}{first + 1}:{status}{first + 68}"
    assert [child.text for child in choice] == ["status_list"]
    assert {rule.get("sqref") for rule in sheet.parts["rules"]} == {
        f"{letter}{first + 1}:{letter}{first + 68}" for letter in (status, lit)
    }
    assert sheet.hidden_columns == {len(ledger_rows.FIELDS)}


def test_colours_are_in_the_cells_too(write: Write, filled: tuple[Item, ...]) -> None:
    sheet = write(filled)["台账"]
    first = row(sheet.find("序号")) + 1
    fills = {
        item.light: sheet.cells[f"{column_of(sheet, '亮灯')}{first + index}"].look.fill
        for index, item in enumerate(filled)
    }
    assert set(fills) == set(Light)
    assert len(set(fills.values())) == 4


def test_a_text_too_long_for_a_row_is_printed_in_full(write: Write, blank: tuple[Item, ...]) -> None:
    text = "".join(f"第{number}家企业已走访并形成台账；" for number in range(900))
    sheet = write([with_entry(blank[0], Entry(progress=text, revision=1)), blank[1]])["台账"]
    assert body(sheet)[0]["工作进展"] == text
    rest = [told for told in sheet.texts() if told != text]
    start = next(index for index, told in enumerate(rest) if told.startswith("附：第1行“工作进展”全文："))
    assert text in "".join(rest[start:])
    assert max(sheet.heights.values()) <= 409.5


def test_cancelling_leaves_the_file_as_it_was(
    catalogue: Catalogue, today: date, filled: tuple[Item, ...], tmp_path: Path
) -> None:
    path = tmp_path / "ledger.xlsx"
    path.write_bytes(b"before")
    for patience in (0, 1, 40, 80):
        left = iter([False] * patience)
        with pytest.raises(CancelledError):
            ledger.write(path, catalogue, filled, {}, (), today, cancelled=lambda left=left: next(left, True))
    assert path.read_bytes() == b"before"
    assert list(tmp_path.iterdir()) == [path]


def test_it_tells_how_far_it_is(
    catalogue: Catalogue, today: date, filled: tuple[Item, ...], tmp_path: Path
) -> None:
    told: list[tuple[int, int]] = []
    path = tmp_path / "ledger.xlsx"
    ledger.write(path, catalogue, filled, {}, (), today, report=lambda *now: told.append(now))
    assert [done for done, _ in told] == list(range(told[0][1] + 1))


def test_a_file_that_is_open_elsewhere_is_not_touched(
    catalogue: Catalogue, today: date, filled: tuple[Item, ...], tmp_path: Path
) -> None:
    path = tmp_path / "ledger.xlsx"
    path.write_bytes(b"before")
    (tmp_path / "~$ledger.xlsx").touch()
    with pytest.raises(KnownError, match="正被其他程序打开"):
        ledger.write(path, catalogue, filled, {}, (), today)
    assert path.read_bytes() == b"before"


def test_no_items_at_all_make_a_ledger(write: Write) -> None:
    book = write([])
    assert "没有事项。" in book["台账"].texts()
    assert "共0项：已完成0项" in "".join(book["汇总"].texts())
