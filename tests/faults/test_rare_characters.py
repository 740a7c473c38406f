"""Names with rare characters pass every part unaltered; on paper tests/ui/printing/test_glyphs.py looks."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from desktop.__main__ import main

RARE = "张𠮷㛃𮧵𪚥"
FIRM = f"{RARE}商贸有限公司"


@pytest.fixture
def told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Any:
    """Do something on the command line of a machine; return what it says, read as JSON."""

    def call(machine: str, *arguments: str) -> Any:
        capsys.readouterr()
        assert main(["--workspace", str(tmp_path / machine), *arguments, "--json"]) == 0
        said = capsys.readouterr().out
        return json.loads(said) if said else None

    return call


def test_from_entry_to_another_machine(tmp_path: Path, told: Any) -> None:
    told("甲", "mark", "区财政局", "1", "--owner", RARE, "--progress", f"由{RARE}办理")
    hits = told("甲", "search", "𪚥", "--filled")["filled"]
    assert [RARE in hit["snippet"] for hit in hits] == [True, True]
    (book,) = told("甲", "export", "--unit", "区财政局", "-o", str(tmp_path / "清单.xlsx"))
    cells = [cell for row in openpyxl.load_workbook(book).worksheets[0].iter_rows() for cell in row]
    assert RARE in [cell.value for cell in cells]
    (tmp_path / "企业.json").write_text(json.dumps({"name": FIRM}), encoding="utf-8")
    told("甲", "enterprise", "add", "--file", str(tmp_path / "企业.json"))
    (tmp_path / "企业.json").write_text(json.dumps({"name": "张记商贸有限公司"}), encoding="utf-8")
    told("甲", "enterprise", "add", "--file", str(tmp_path / "企业.json"))
    assert [firm["name"] for firm in told("甲", "enterprise", "list", "𠮷㛃")] == [FIRM]
    told("甲", "pack", "-o", str(tmp_path / "a.sjb"))
    told("乙", "unpack", str(tmp_path / "a.sjb"))
    assert FIRM in [firm["name"] for firm in told("乙", "enterprise", "list")]
    assert RARE in [item["owner"] for item in told("乙", "checklist", "区财政局")]
    told("乙", "backup", "-o", str(tmp_path / "带走.zip"))
    told("丙", "restore", str(tmp_path / "带走.zip"))
    assert RARE in [item["owner"] for item in told("丙", "checklist", "区财政局")]
