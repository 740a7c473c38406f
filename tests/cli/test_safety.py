"""backup and restore, with a workspace that is whole, damaged or gone."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from desktop.workspace.file import cipher, store
from desktop.workspace.safety import passphrase

from .conftest import Call


def owner(call: Call) -> str:
    rows = call("checklist", "区财政局", "--json").json
    return str(next(row["owner"] for row in rows if row["number"] == 2))


@pytest.fixture
def filled(call: Call, folder: Path) -> Path:
    """The workspace, in which 责任人 of 2 is 张三."""
    call("mark", "财政局", "2", "--owner", "张三")
    return folder


def test_a_backup_beside_the_workspace_brings_back_what_was(call: Call, filled: Path) -> None:
    saved = Path(call("backup", "--json").json["path"])
    assert saved.parent == filled / "backups"
    call("mark", "财政局", "2", "--owner", "李四")
    done = call("restore", str(saved), "--json")
    assert done.code == 0
    assert list(done.json) == ["file", "backup", "set_aside", "evidence_added", "evidence_absent", "notices"]
    assert owner(call) == "张三"
    assert call("restore", done.json["backup"]).code == 0
    assert owner(call) == "李四"


def test_a_backup_elsewhere_with_and_without_evidence(call: Call, filled: Path, tmp_path: Path) -> None:
    paper = tmp_path / "纪要.txt"
    paper.write_text("一")
    call("evidence", "add", "财政局", "2", str(paper))
    plain = call("backup", "-o", str(tmp_path / "外" / "库.db"))
    assert plain.code == 0
    assert "不含1份佐证材料" in plain.out
    packed = call("backup", "-o", str(tmp_path / "库.zip"), "--json").json
    assert (packed["evidence"], packed["evidence_left_out"], packed["evidence_absent"]) == (1, 0, [])
    assert "workspace.db" in zipfile.ZipFile(tmp_path / "库.zip").namelist()
    elsewhere = ["--workspace", str(tmp_path / "另一台")]
    from desktop.cli import entry

    assert entry.run([*elsewhere, "restore", str(tmp_path / "库.zip")]) == 0
    assert entry.run([*elsewhere, "evidence", "check"]) == 0


def test_a_backup_can_be_made_while_another_program_holds_the_workspace(call: Call, filled: Path) -> None:
    with store.open_for_writing(filled):
        assert call("backup").code == 0
        told = call("restore", str(next((filled / "backups").iterdir())))
    assert told.code == 1
    assert owner(call) == "张三"


def test_where_there_is_no_workspace_there_is_nothing_to_back_up(call: Call, folder: Path) -> None:
    told = call("backup")
    assert (told.code, told.out) == (1, "")
    assert "还没有工作库" in told.err
    assert not folder.exists()


def test_the_backups_are_listed_and_found_by_name(call: Call, filled: Path) -> None:
    assert "还没有备份" in call("restore").out
    saved = Path(call("backup", "--json").json["path"])
    page = call("restore").out
    assert saved.name in page
    assert "工作库是完好的" in page
    assert call("restore", "--json").json[0]["path"] == str(saved)
    call("mark", "财政局", "2", "--owner", "李四")
    assert call("restore", saved.name).code == 0
    assert owner(call) == "张三"


def damage(folder: Path) -> bytes:
    """Cut the workspace short and return what is left of it."""
    path = folder / "workspace.db"
    path.write_bytes(path.read_bytes()[:9000])
    return path.read_bytes()


def test_a_damaged_workspace_is_kept_and_the_newest_backup_offered(call: Call, filled: Path) -> None:
    saved = Path(call("backup", "--json").json["path"])
    left = damage(filled)
    told = call("checklist", "财政局")
    assert (told.code, told.out) == (1, "")
    assert "restore" in told.err
    offered = call("restore").out
    assert "已损坏" in offered
    assert f"要恢复：restore {saved.name}" in offered
    assert (filled / "workspace.db").read_bytes() == left
    done = call("restore", saved.name, "--json").json
    assert (Path(done["set_aside"]) / "workspace.db").read_bytes() == left
    assert done["backup"] is None
    assert owner(call) == "张三"


def test_a_workspace_that_is_gone_comes_back(call: Call, filled: Path) -> None:
    saved = Path(call("backup", "--json").json["path"])
    (filled / "workspace.db").unlink()
    assert call("mark", "财政局", "2", "--owner", "李四").code == 1
    assert call("restore", str(saved)).code == 0
    assert owner(call) == "张三"


@pytest.mark.parametrize(
    "content", [b"", b"PK\x05\x06" + bytes(18), b"SQLite format 3\0" + bytes(5000), b"x"]
)
def test_what_is_no_backup_is_refused_and_changes_nothing(
    call: Call, filled: Path, tmp_path: Path, content: bytes
) -> None:
    (tmp_path / "别的.db").write_bytes(content)
    told = call("restore", str(tmp_path / "别的.db"))
    assert (told.code, told.out) == (1, "")
    assert "没有恢复" in told.err
    assert owner(call) == "张三"


def test_the_workspace_itself_and_nothing_are_no_backups(call: Call, filled: Path, tmp_path: Path) -> None:
    assert "就是现在的工作库" in call("restore", str(filled / "workspace.db")).err
    assert call("restore", str(tmp_path / "无.db")).code == 1
    assert call("backup", "-o", str(filled / "workspace.db")).code == 1
    assert owner(call) == "张三"


def test_a_sealed_workspace_is_opened_with_the_passphrase_from_a_file(
    call: Call, filled: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cipher, "ROUNDS", 2)
    passphrase.change(filled, "办公室的口令2026")
    files = {}
    for name, content in (("对", "办公室的口令2026\r\n备注"), ("错", "别的口令别的口令"), ("空", "\n")):
        files[name] = tmp_path / name
        files[name].write_text(content, encoding="utf-8")
    files["乱"] = tmp_path / "乱"
    files["乱"].write_bytes("办公室的口令2026".encode("gb18030"))
    told = {}
    for name in ("", "错", "空", "乱", "没有"):
        cipher.forget()
        given = ["--passphrase-file", str(files.get(name, tmp_path / name))] if name else []
        done = call(*given, "checklist", "区财政局")
        assert (done.code, done.out) == (1, "")
        told[name] = done.err.splitlines()[0]
    assert told == {
        "": "工作库设有口令，没有打开，没有改动任何内容。",
        "错": "口令不对，工作库没有打开，没有改动任何内容。",
        "空": "口令文件“空”的第一行是空的，没有改动任何内容。",
        "乱": "口令文件“乱”不是 UTF-8 文本，没有读取口令，没有改动任何内容。",
        "没有": told["没有"],
    }
    cipher.forget()
    assert call("mark", "财政局", "2", "--owner", "李四").code == 1
    key = ("--passphrase-file", str(files["对"]))
    assert call(*key, "mark", "财政局", "2", "--owner", "李四").code == 0
    cipher.forget()
    saved = Path(call(*key, "backup", "--json").json["path"])
    assert call(*key, "restore", saved.name).code == 0
    cipher.forget()
    assert call("restore", saved.name).code == 1
    assert "办公室的口令" not in "".join(
        path.read_text(encoding="utf-8", errors="replace") for path in filled.rglob("*") if path.is_file()
    )
    cipher.forget()
