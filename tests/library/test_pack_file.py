"""发文包 as a file: the same notices give the same bytes, and whatever is wrong with a file is said."""

from __future__ import annotations

import os
import random
import stat
import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.errors import KnownError
from desktop.library import pack_checks, pack_file, pack_names
from desktop.library.pack_checks import PackError
from desktop.library.pack_file import PackedNotice
from tests.library.packed import FILES, NOTICES, made, parts, retold, zipped


def reason(path: Path) -> str:
    with pytest.raises(PackError) as caught, pack_file.opened(path):
        pass
    assert "没有导入，发文库没有改动" in caught.value.message
    assert caught.value.hint
    assert path.name in caught.value.message
    return caught.value.reason


def contents(path: Path) -> dict[str, bytes]:
    with pack_file.opened(path) as pack:
        return {file.name: pack.bytes_of(file.name) for file in pack.contents.files}


def test_a_pack_gives_back_what_went_in(tmp_path: Path) -> None:
    (tmp_path / "paper").write_bytes(FILES["notices/xx-2026-1/original.docx"])
    told = made(tmp_path / "甲.fwb", {**FILES, "notices/xx-2026-1/original.docx": tmp_path / "paper"})
    assert contents(tmp_path / "甲.fwb") == FILES
    with pack_file.opened(tmp_path / "甲.fwb") as pack:
        assert pack.contents == told
        assert (told.made_by, told.notices) == ("张三", NOTICES)
        assert NOTICES[0].called == "某政发〔2026〕1号"
        assert PackedNotice("n", "", "甲", 1).called == "《甲》"
        poured = BytesIO()
        pack.pour("notices/xx-2026-1/notice.txt", poured)
        assert poured.getvalue() == FILES["notices/xx-2026-1/notice.txt"]
        with pytest.raises(KeyError):
            pack.bytes_of("links.json")
    assert [file.name for file in told.in_folder("notices/xx-2026-1")] == sorted(FILES)


def test_the_same_notices_give_the_same_bytes(tmp_path: Path) -> None:
    made(tmp_path / "a.fwb")
    made(tmp_path / "b.fwb", dict(reversed(FILES.items())))
    assert (tmp_path / "a.fwb").read_bytes() == (tmp_path / "b.fwb").read_bytes()
    made(tmp_path / "c.fwb", made_by="李四")
    there, other = parts(tmp_path / "a.fwb"), parts(tmp_path / "c.fwb")
    assert {name for name in there if there[name] != other[name]} == {"manifest.json"}


keys = st.from_regex(r"[a-z]{1,6}-20[0-9]{2}-[1-9]", fullmatch=True)


@given(st.dictionaries(keys, st.tuples(*[st.binary(max_size=300)] * 3), min_size=1, max_size=3), st.text())
def test_round_trip(tmp_path_factory: pytest.TempPathFactory, held: dict, by: str) -> None:  # type: ignore[type-arg]
    files = {
        f"notices/{key}/{name}": data
        for key, datas in held.items()
        for name, data in zip(pack_names.NEEDED, datas, strict=True)
    }
    target = tmp_path_factory.mktemp("pack") / "a.fwb"
    told = made(target, files, notices=[PackedNotice(key, by, by, 1) for key in held], made_by=by)
    assert contents(target) == files
    assert told.made_by == by


def test_a_file_that_cannot_be_written_leaves_what_was_there(tmp_path: Path) -> None:
    (tmp_path / "a.fwb").write_bytes(b"before")
    with pytest.raises(KnownError):
        made(tmp_path / "a.fwb", {**FILES, "notices/xx-2026-1/original.docx": tmp_path / "gone"})
    assert (tmp_path / "a.fwb").read_bytes() == b"before"
    assert [path.name for path in tmp_path.iterdir()] == ["a.fwb"]


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "是空文件"),
        (b"hello", "不是发文包"),
        (b"%PDF-1.7", "不是发文包"),
        (b"PK\x05\x06" + bytes(18), "不是发文包"),
        (b"PK\x03\x04" + b"x" * 100, "不完整或已损坏"),
    ],
)
def test_files_that_are_no_pack(tmp_path: Path, data: bytes, why: str) -> None:
    (tmp_path / "a.fwb").write_bytes(data)
    assert why in reason(tmp_path / "a.fwb")


def test_what_is_no_file(tmp_path: Path) -> None:
    assert "不存在" in reason(tmp_path / "没有.fwb")
    assert "不是文件" in reason(tmp_path)
    (tmp_path / "loop.fwb").symlink_to(tmp_path / "loop.fwb")
    assert "打不开" in reason(tmp_path / "loop.fwb")


@pytest.mark.parametrize(
    ("names", "why"),
    [
        (["a.txt"], "是别的压缩包"),
        (["workspace.db", "about.json"], "是工作库的备份"),
        (["[Content_Types].xml", "word/document.xml"], "是 Word 或 Excel 文件"),
        (["manifest.json"], "不是发文包"),
    ],
)
def test_other_zips(tmp_path: Path, names: list[str], why: str) -> None:
    data = b'{"kind": "something else", "format": 1}'
    assert why in reason(zipped(tmp_path / "a.fwb", dict.fromkeys(names, data)))


def test_cut_short_at_any_length(tmp_path: Path) -> None:
    made(tmp_path / "whole.fwb")
    data = (tmp_path / "whole.fwb").read_bytes()
    for length in range(1, len(data), 17):
        (tmp_path / "cut.fwb").write_bytes(data[:length])
        assert reason(tmp_path / "cut.fwb")


def test_any_byte_changed_is_found_or_changes_nothing(tmp_path: Path) -> None:
    whole = tmp_path / "whole.fwb"
    told = made(whole)
    data, refusals, dice = whole.read_bytes(), 0, random.Random(8)
    for at in range(0, len(data), 3):
        spoilt = bytearray(data)
        spoilt[at] ^= dice.randrange(1, 256)
        (tmp_path / "a.fwb").write_bytes(spoilt)
        try:
            with pack_file.opened(tmp_path / "a.fwb") as pack:
                assert pack.contents == told
                assert {file.name: pack.bytes_of(file.name) for file in told.files} == FILES
        except PackError:
            refusals += 1
    assert refusals > len(data) // 3 * 0.8


@pytest.mark.parametrize(
    ("others", "why"),
    [
        ({"format": 2}, "由更新版本的惠企措施手册制作"),
        ({"format": 0}, "的格式太旧"),
        ({"format": "1"}, "的格式太旧"),
        ({"kind": "x"}, "不是发文包"),
        ({"made_by": "王五"}, "被改动过"),
        ({"made_by": 5}, "被改动过"),
        ({"files": []}, "被改动过"),
        ({"notices": [{}]}, "被改动过"),
        ({"digest": "0" * 64}, "被改动过"),
    ],
)
def test_a_manifest_that_says_otherwise(tmp_path: Path, others: dict[str, object], why: str) -> None:
    made(tmp_path / "whole.fwb")
    there = parts(tmp_path / "whole.fwb")
    there["manifest.json"] = retold(there["manifest.json"], **others)
    assert why in reason(zipped(tmp_path / "a.fwb", there))


@pytest.mark.parametrize("data", [b"", b"[]", b"{", b"null", b"[" * 90_000, b"\xff\xfe"])
def test_a_manifest_that_is_none(tmp_path: Path, data: bytes) -> None:
    made(tmp_path / "whole.fwb")
    there = parts(tmp_path / "whole.fwb") | {"manifest.json": data}
    assert "被改动过" in reason(zipped(tmp_path / "a.fwb", there))


def test_files_altered_added_and_missing(tmp_path: Path) -> None:
    made(tmp_path / "whole.fwb")
    there = parts(tmp_path / "whole.fwb")
    text = "notices/xx-2026-1/notice.txt"
    assert "被改动过" in reason(zipped(tmp_path / "a.fwb", there | {text: there[text] + b" "}))
    assert "被改动过" in reason(zipped(tmp_path / "a.fwb", there | {text: there[text].replace(b"1", b"2")}))
    assert "被改动过" in reason(zipped(tmp_path / "a.fwb", there | {"links.json": b"{}"}))
    del there["notices/xx-2026-1/original.docx"]
    assert "被改动过" in reason(zipped(tmp_path / "a.fwb", there))


@pytest.mark.parametrize(
    "name",
    [
        *("/etc/passwd", "../evil.txt", "notices/../../evil.txt", "notices\\xx-2026-1\\notice.txt"),
        *(
            "C:/evil.txt",
            "notices/xx-2026-1/../a/notice.txt",
            "notices/xx-2026-1/run.exe",
            "notices/con/notice.txt",
        ),
        *(
            "notices/xx-2026-1/",
            "notices/XX-2026-1/notice.txt",
            "notices/xx-2026-1/Notice.txt",
            "in_use.json",
        ),
        *("notices/.hidden/notice.txt", "notices/xx-2026-1/versions/../../b/notice.txt", "manifest.json "),
        *("notices/xx-2026-1/versions/2026-03/version.json/x",),
    ],
)
def test_names_that_lead_elsewhere(tmp_path: Path, name: str) -> None:
    made(tmp_path / "whole.fwb")
    there = parts(tmp_path / "whole.fwb") | {name: b"x"}
    assert "不该有的文件" in reason(zipped(tmp_path / "a.fwb", there))
    with pytest.raises(PackError):  # nor can such a pack be made
        made(tmp_path / "b.fwb", {**FILES, name: b"x"})


def test_the_same_name_twice(tmp_path: Path) -> None:
    made(tmp_path / "a.fwb")
    with zipfile.ZipFile(tmp_path / "a.fwb", "a") as package, pytest.warns(UserWarning, match="Duplicate"):
        package.writestr("notices/xx-2026-1/notice.txt", b"another")
    assert "不该有的文件" in reason(tmp_path / "a.fwb")


def test_a_name_with_an_end_in_its_middle(tmp_path: Path) -> None:
    made(tmp_path / "a.fwb")
    data = (tmp_path / "a.fwb").read_bytes().replace(b"/original.docx", b"/original.doc\0")
    (tmp_path / "a.fwb").write_bytes(data)
    assert "不该有的文件" in reason(tmp_path / "a.fwb")


def test_links_and_devices(tmp_path: Path) -> None:
    made(tmp_path / "whole.fwb")
    for kind in (stat.S_IFLNK, stat.S_IFDIR, stat.S_IFCHR, stat.S_IFIFO):
        assert "不该有的文件" in reason(
            zipped(tmp_path / "a.fwb", parts(tmp_path / "whole.fwb"), kind | 0o777)
        )


def test_bombs(tmp_path: Path) -> None:
    made(tmp_path / "whole.fwb")
    there = parts(tmp_path / "whole.fwb")
    paper = "notices/xx-2026-1/original.docx"
    assert "大得不正常" in reason(zipped(tmp_path / "a.fwb", there | {paper: bytes(9_000_000)}))
    long = os.urandom(1000) * (pack_checks.LARGEST_TEXT // 1000 + 1)
    assert "大得不正常" in reason(zipped(tmp_path / "a.fwb", there | {"links.json": long}))
    many = {f"notices/a-{at}/notice.txt": b"" for at in range(pack_checks.MOST_FILES + 1)}
    assert "多得不正常" in reason(zipped(tmp_path / "a.fwb", there | many))


def test_a_size_that_lies(tmp_path: Path) -> None:
    made(tmp_path / "whole.fwb")
    data = bytearray((tmp_path / "whole.fwb").read_bytes())
    with zipfile.ZipFile(tmp_path / "whole.fwb") as package:
        size = package.getinfo("notices/xx-2026-1/original.docx").file_size
    lying = data.replace(size.to_bytes(4, "little"), (size + 5).to_bytes(4, "little"))
    (tmp_path / "a.fwb").write_bytes(lying)
    assert reason(tmp_path / "a.fwb")


def test_a_locked_zip(tmp_path: Path) -> None:
    made(tmp_path / "a.fwb")
    data = bytearray((tmp_path / "a.fwb").read_bytes())
    for at in range(len(data) - 4):
        if data[at : at + 4] == b"PK\x01\x02":
            data[at + 8] |= 1
    (tmp_path / "a.fwb").write_bytes(data)
    assert "设有密码" in reason(tmp_path / "a.fwb")


def test_a_notice_that_is_not_whole(tmp_path: Path) -> None:
    for name in pack_names.NEEDED:
        left = {each: data for each, data in FILES.items() if not each.endswith(name)}
        with pytest.raises(PackError, match="缺少发文的文件"):
            made(tmp_path / "a.fwb", left)
    version = {"notices/xx-2026-1/versions/2026-03/notice.txt": b"x"}
    with pytest.raises(PackError, match="缺少发文的文件"):
        made(tmp_path / "a.fwb", {**FILES, **version})
    with pytest.raises(PackError, match="缺少发文的文件"):
        made(tmp_path / "a.fwb", {}, notices=())
    with pytest.raises(PackError, match="不该有的文件"):
        made(tmp_path / "a.fwb", FILES, notices=())
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("name", "can"),
    [
        *(
            ("czbf-2023-3", True),
            ("n-2026-ab", True),
            ("a", False),
            ("", False),
            ("-a", False),
            ("a-", False),
        ),
        *(
            ("A", False),
            ("a.b", False),
            ("nul", False),
            ("com1", False),
            ("a-" * 40 + "a", False),
            ("发文", False),
            ("drafts", False),
            ("pending", False),
        ),
    ],
)
def test_keys(name: str, can: bool) -> None:
    assert pack_names.is_key(name) is can


def test_a_name_that_is_no_text_is_shown() -> None:
    assert pack_checks.shown_name(Path(os.fsdecode(b"\xff.fwb"))) == "\ufffd.fwb"
