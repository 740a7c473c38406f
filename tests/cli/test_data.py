"""data export, data import, notice compare: what people and programs read of them."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from desktop import paths
from desktop.library import folders, packs, versions
from desktop.library import store as library
from desktop.library.pack_file import PackedNotice
from desktop.workspace.file import store
from tests.catalogue import samples
from tests.cli.conftest import NOW, Call
from tests.library import noticed
from tests.library.noticed import AMENDED, KEY, MEASURES
from tests.library.packed import made

OTHER = "yyzf-2030-9"
NOTHING = {"new": 0, "changed": 0, "gone": 0, "orphans": 0}


@pytest.fixture
def there(tmp_path: Path) -> Path:
    """Return another desk's workspace, which has a notice."""
    noticed.put(folders.root(tmp_path / "那边") / KEY, MEASURES)
    return tmp_path / "那边"


def packed(there: Path, tmp_path: Path) -> str:
    packs.export(there, tmp_path / "发文.fwb", by="张三", at=NOW)
    return str(tmp_path / "发文.fwb")


def amend(there: Path) -> None:
    folder, new = folders.root(there) / KEY, noticed.put(there / "new" / KEY, AMENDED)
    versions.amend(folder, new, KEY, date(2030, 9, 1))
    shutil.rmtree(folder)
    new.rename(folder)


def test_a_pack_is_made_looked_at_and_taken_in(call: Call, there: Path, tmp_path: Path, folder: Path) -> None:
    pack = packed(there, tmp_path)
    looked = call("data", "import", pack, "--dry-run", "--json")
    assert (looked.code, looked.json) == (0, {**NOTHING, "new": 4, "refused": None})
    assert not folder.exists()
    assert call("data", "import", pack, "--json").json == looked.json
    assert call("data", "import", pack, "--json").json == {**NOTHING, "refused": None}
    again = call("data", "import", pack)
    assert "没有需要改动的内容。" in again.out


def test_an_amended_notice_is_told_word_by_word(
    call: Call, there: Path, tmp_path: Path, folder: Path
) -> None:
    call("data", "import", packed(there, tmp_path))
    library.use(folder, "czbf-2023-3", False)
    for unit in ("县住建局", "县财政局"):
        assert call("mark", unit, "2", "--owner", "李四").code == 0
    amend(there)
    pack = packed(there, tmp_path)
    told = call("data", "import", pack, "--dry-run").out
    assert told.splitlines()[1:] == [
        "某县政发〔2030〕2号　修改：新增1条，修改1条，废止1条",
        "  新增　第1条　补贴物流费用",
        "  修改　第2条　缓缴社会保险费",
        "    “六”改为“十二”",
        "  废止　原第2条　减免房屋租金",
        "有2项填报内容不再有对应的措施，内容保留：",
        "  县财政局　第2条　减免房屋租金",
        "  县住建局　第2条　减免房屋租金",
        "以上只是预览，没有改动任何内容。",
    ]
    assert "张三制作于" in told
    done = call("data", "import", pack, "--json")
    assert done.json == {"new": 1, "changed": 1, "gone": 1, "orphans": 2, "refused": None}
    rows = call("checklist", "县财政局", "--json").json
    assert [row["owner"] for row in rows] == ["", "李四"]


def test_an_entry_for_an_older_wording_says_so(call: Call, there: Path, tmp_path: Path, folder: Path) -> None:
    call("data", "import", packed(there, tmp_path))
    library.use(folder, "czbf-2023-3", False)
    assert call("mark", "县人社局", "1", "--owner", "李四").code == 0
    amend(there)
    call("data", "import", packed(there, tmp_path))
    told = call("checklist", "县人社局").out
    assert "（措施文字与填写时不同）" in told
    assert "填写时的原文（2030-03 版）：1.缓缴社会保险费。" in told
    assert "社会保险费六个月" in told.replace("\n  ", "")


def test_older_versions_are_listed_and_read(call: Call, there: Path, folder: Path) -> None:
    shutil.copytree(there, folder)
    assert "没有以前的版本" in call("notice", "versions", KEY).out
    amend(folder)
    assert call("notice", "versions", KEY, "--json").json == [
        {"name": "2030-03", "replaced_on": "2030-09-01"}
    ]
    assert "2030-09-01" in call("notice", "versions", "某县政发〔2030〕2号").out
    read = call("notice", "versions", KEY, "2030-03", "--json").json
    assert [one["cited"] for one in read["measures"]] == ["第1条", "第2条", "第3条", "第4条"]
    assert "2.减免房屋租金。" in call("notice", "versions", KEY, "2030-03 版").out
    wrong = call("notice", "versions", KEY, "2029-01")
    assert wrong.code == 1
    assert "以前的版本：2030-03。" in wrong.err


def test_refusals(call: Call, there: Path, tmp_path: Path, folder: Path) -> None:
    pack = Path(packed(there, tmp_path))
    pack.write_bytes(pack.read_bytes()[:-40])
    told = call("data", "import", str(pack), "--json")
    assert told.code == 1
    assert told.json == {**NOTHING, "refused": told.json["refused"]}
    assert "“发文.fwb”不完整或已损坏" in told.json["refused"]
    said = call("data", "import", str(pack))
    assert (said.code, said.out) == (1, "")
    assert "没有导入，发文库没有改动" in said.err
    assert (
        "不存在" in call("data", "import", str(tmp_path / "没有.fwb"), "--dry-run", "--json").json["refused"]
    )
    assert not folder.exists()


def test_a_workspace_that_somebody_holds_stays(call: Call, there: Path, tmp_path: Path, folder: Path) -> None:
    pack = packed(there, tmp_path)
    folder.mkdir()
    with store.open_for_writing(folder):
        told = call("data", "import", pack, "--json")
        assert told.code == 1
        assert told.json["refused"]
        assert call("data", "import", pack, "--dry-run", "--json").json["new"] == 4


def test_only_chosen_notices_are_exported(call: Call, there: Path, tmp_path: Path, folder: Path) -> None:
    shutil.copytree(there, folder)
    noticed.put(folders.root(folder) / OTHER, MEASURES[:2], number="另县政发〔2030〕9号")
    pack = str(tmp_path / "a.fwb")
    assert len(call("data", "export", "-o", pack, "--json").json["notices"]) == 2
    made = call("data", "export", "-o", pack, "--notice", "另县政发[2030]9号", "--json").json
    assert made == {"path": pack, "notices": [{"key": OTHER, "number": "另县政发〔2030〕9号", "measures": 2}]}
    told = call("data", "export", "-o", pack, "--notice", OTHER, "--notice", KEY).out
    assert told.splitlines() == [pack, "  某县政发〔2030〕2号　4条", "  另县政发〔2030〕9号　2条"]
    own = call("data", "export", "-o", pack, "--notice", "城政办发〔2023〕3号")
    assert own.code == 1
    assert "程序自带的发文" in own.err
    assert call("data", "export", "-o", pack, "--notice", "没有").code == 1


def test_nothing_to_export(call: Call, tmp_path: Path) -> None:
    assert "没有可导出的内容" in call("data", "export", "-o", str(tmp_path / "a.fwb")).err
    assert list(tmp_path.iterdir()) == []
    assert call("data", "export").code == 2
    assert "data import" in call("data").err


def test_two_notices_are_compared_and_decisions_kept(call: Call, there: Path, folder: Path) -> None:
    shutil.copytree(there, folder)
    noticed.put(folders.root(folder) / OTHER, AMENDED, number="另县政发〔2030〕9号")
    found = call("notice", "compare", KEY, "另县政发〔2030〕9号", "--json").json
    assert (found["ours"]["key"], found["theirs"]["key"]) == (KEY, OTHER)
    pairs = [(each["ours"]["cited"], each["theirs"]["cited"], each["state"]) for each in found["pairs"]]
    assert pairs == [("第1条", "第2条", "建议"), ("第3条", "第3条", "建议"), ("第4条", "第4条", "建议")]
    assert found["pairs"][0]["why"].startswith("标题相同")
    assert all(0 < each["likeness"] <= 1 for each in found["pairs"])
    assert [each["title"] for each in found["unmatched"]["ours"]] == ["减免房屋租金"]
    assert [each["title"] for each in found["unmatched"]["theirs"]] == ["补贴物流费用"]
    first, second = found["pairs"][0]["ours"]["key"], found["pairs"][0]["theirs"]["key"]
    third = found["pairs"][1]
    call("notice", "compare", OTHER, KEY, "--confirm", first, second)
    told = call(
        *("notice", "compare", KEY, OTHER, "--reject", third["ours"]["key"], third["theirs"]["key"])
    ).out
    assert "已确认" in told
    assert "不对应" in told
    states = [each["state"] for each in call("notice", "compare", KEY, OTHER, "--json").json["pairs"]]
    assert states == ["已确认", "建议", "不对应"]


def test_what_cannot_be_compared(call: Call, there: Path, folder: Path) -> None:
    shutil.copytree(there, folder)
    assert "同一份发文" in call("notice", "compare", KEY, "某县政发〔2030〕2号").err
    assert call("notice", "compare", KEY, "没有").code == 1
    wrong = call("notice", "compare", KEY, "czbf-2023-3", "--confirm", "a", "b")
    assert wrong.code == 1
    assert "没有记下" in wrong.err
    bundled = call("notice", "compare", "czbf-2023-3", KEY)
    assert bundled.code == 0
    assert "城政办发〔2023〕3号" in bundled.out


def test_a_notice_that_is_damaged_is_replaced_by_a_pack_and_keeps_its_keys(
    call: Call, there: Path, tmp_path: Path, folder: Path
) -> None:
    pack = packed(there, tmp_path)
    assert call("data", "import", pack).code == 0
    (folders.root(folder) / KEY / "notice.txt").write_text("别的内容", "utf-8")
    assert call("data", "import", pack, "--json").json == {**NOTHING, "new": 4, "refused": None}
    told = call("notice", "list", "--json")
    assert (told.err, [one["key"] for one in told.json]) == ("", ["czbf-2023-3", KEY])
    kept = list((folders.root(folder) / packs.REPLACED).glob(f"*/{KEY}/notice.txt"))
    assert [path.read_text("utf-8") for path in kept] == ["别的内容"]


def test_a_notice_that_is_damaged_can_be_taken_out_by_its_key(
    call: Call, there: Path, tmp_path: Path, folder: Path
) -> None:
    assert call("data", "import", packed(there, tmp_path)).code == 0
    (folders.root(folder) / KEY / "structure.json").unlink()
    assert f"发文“{KEY}”读不出来" in call("notice", "list").err
    assert call("notice", "remove", KEY).code == 0
    assert call("notice", "list").err == ""


def test_a_pack_that_is_refused_late_makes_no_workspace(call: Call, tmp_path: Path, folder: Path) -> None:
    pack = tmp_path / "自带.fwb"
    files = {path.name: path for path in (paths.resources() / "notices" / "czbf-2023-3").iterdir()}
    title = samples.LINES[22]
    packaged = {f"notices/zz-2023-3/{name}": path for name, path in files.items()}
    notices = (PackedNotice("zz-2023-3", "城政办发〔2023〕3号", title, 32),)
    made(pack, packaged, notices=notices)
    told = call("data", "import", str(pack), "--json")
    assert "程序自带的发文" in told.json["refused"]
    assert not folder.exists()
