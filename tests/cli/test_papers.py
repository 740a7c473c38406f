"""What leaves on paper and in workbooks of visits and demands, from the command line."""

from __future__ import annotations

import json
from pathlib import Path

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
