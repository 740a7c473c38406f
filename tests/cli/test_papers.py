"""What leaves on paper and in workbooks of visits and demands, from the command line."""

from __future__ import annotations

import json
from pathlib import Path

import openpyxl

from tests.ui.printing import pdf_reading

from .conftest import Call


def test_a_leaflet_is_a_page_without_a_window(call: Call, tmp_path: Path) -> None:
    firm = {"name": "阳泉某某铸造有限公司", "industry": "C33", "employees": 86, "facts": {"financing": True}}
    (tmp_path / "firm.json").write_text(json.dumps(firm), "utf-8")
    call("enterprise", "add", "--file", str(tmp_path / "firm.json"))
    done = call("leaflet", "某某铸造", "-o", str(tmp_path), "--visitor", "张建国", "--json")
    assert done.code == 0, done.err
    path = Path(done.json)
    assert path.name == "明白纸-阳泉某某铸造有限公司-20261123.pdf"
    (page,) = pdf_reading.pages(path.read_bytes())
    assert "阳泉某某铸造有限公司" in page
    assert "走访人：张××" in page
    whole = tmp_path / "一页.pdf"
    call("leaflet", "某某铸造", "-o", str(whole), "--visitor", "张建国", "--with-contacts")
    assert "走访人：张建国" in "".join(pdf_reading.pages(whole.read_bytes()))
    assert call("leaflet", "某某铸造").code == 2
    assert call("leaflet", "某某铸造", "-o", str(tmp_path / "a.docx")).code == 2
    assert call("leaflet", "没有的企业", "-o", str(whole)).code == 1


def test_ledgers_are_written(call: Call, tmp_path: Path) -> None:
    (tmp_path / "d.json").write_text(json.dumps({"text": "水压不足"}), "utf-8")
    call("demand", "add", "--file", str(tmp_path / "d.json"))
    for verb in ("visits", "demands"):
        done = call(verb, "-o", str(tmp_path), "--json")
        assert done.code == 0, done.err
        (path,) = map(Path, done.json)
        assert path.exists()
        assert call(verb).code == 2


def test_a_unit_s_demands_go_out_and_come_back(call: Call, tmp_path: Path) -> None:
    (tmp_path / "d.json").write_text(json.dumps({"text": "水压不足"}), "utf-8")
    number = call("demand", "add", "--file", str(tmp_path / "d.json"), "--json").json["number"]
    call("demand", "act", number, "受理")
    call("demand", "act", number, "交办", "--lead", "区工信局")
    done = call("demand", "send", "--unit", "区工信局", "-o", str(tmp_path / "发出.xlsx"), "--json")
    assert done.code == 0, done.err
    path = Path(done.json[0])
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    heads = {cell.value: cell.column for row in sheet.iter_rows(max_row=6) for cell in row}
    row = next(row for row in range(1, 9) if sheet.cell(row, heads["诉求编号"]).value == number)
    answers = {
        "是否办结": "是",
        "办理进展/答复内容": "已增压",
        "办理日期": "2026-11-23",
        "经办人": "周八",
        "告知企业的方式": "电话",
    }
    for head, value in answers.items():
        sheet.cell(row, heads[head]).value = value
    book.save(path)
    seen = call("demand", "take", str(path), "--dry-run", "--json")
    assert (seen.code, seen.json["rows"][0]["result"]) == (0, "已采用")
    assert call("demand", "list", "--json").json[0]["state"] == "交办"
    taken = call("demand", "take", str(path), "--json").json
    assert taken["rows"][0]["acts"] == ["首次联系", "办结"]
    assert call("demand", "list", "--json").json[0]["state"] == "办结"
    assert call("demand", "untake", "--json").json["kept"] == []
    assert call("demand", "list", "--json").json[0]["state"] == "交办"
    assert call("demand", "untake").code == 1
    call("demand", "act", number, "首次联系", "--told", "电话", "--by", "周八")
    left = call("demand", "take", str(path))
    assert (left.code, "冲突" in left.out) == (3, True)
    assert call("demand", "send", "--unit", "区财政局", "-o", str(tmp_path)).code == 1
