"""The packages for Linux, made of a small folder instead of the program's."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
import tarfile
import xml.etree.ElementTree as ET
import zipfile
from pathlib import Path

import pytest
from shapes import debian, depends, menu, portable, tree, uos, uos_rules

from desktop.libraries import PACKAGES
from desktop.library import pack_names
from desktop.workspace.merging import manifest

KINDS = "{http://www.freedesktop.org/standards/shared-mime-info}"
needs_dpkg = pytest.mark.skipif(shutil.which("dpkg-deb") is None, reason="only Debian's own have it")


@pytest.fixture
def program(tmp_path: Path) -> Path:
    """A folder like the finished one: a program that links to something, a library, a text."""
    folder = tmp_path / "measures-desk"
    (folder / "_internal").mkdir(parents=True)
    (folder / "_internal" / "words.txt").write_text("字", encoding="utf-8")
    shutil.copy(shutil.which("true") or "", folder / "measures-desk")
    (folder / "_internal" / "libnone.so.1").write_bytes(b"")
    (folder / "_internal" / "libnone.so.1").chmod(0o755)
    (folder / "使用说明.txt").touch()
    return folder


@pytest.fixture(autouse=True)
def _always_the_same_moment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")


def test_libraries_of_the_system_become_packages_and_those_of_glibc_do_not() -> None:
    names = {"libc.so.6", "ld-linux-x86-64.so.2", "libm.so.6", "libX11.so.6", "libz.so.1", "libcups.so.2"}
    assert depends.of_libraries(names) == ["libx11-6", "zlib1g"]
    assert depends.of_libraries(set(PACKAGES)) == sorted(set(PACKAGES.values()))


def test_a_library_that_nobody_knows_is_named() -> None:
    with pytest.raises(depends.DependsError, match=r"libnobody\.so\.1"):
        depends.of_libraries({"libnobody.so.1"})


def test_the_control_file_has_each_field_on_its_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DEBFULLNAME", "某某")
    monkeypatch.setenv("DEBEMAIL", "desk@example.org")
    lines = tree.control({"Package": "desk", "Version": "1.0.0"}, 12).splitlines()
    assert lines[:2] == ["Package: desk", "Version: 1.0.0"]
    assert "Maintainer: 某某 <desk@example.org>" in lines
    assert "Installed-Size: 12" in lines
    at = next(number for number, line in enumerate(lines) if line.startswith("Description: "))
    assert all(re.match(r" \S", line) for line in lines[at + 1 :])
    assert len(lines) > at + 2


def test_the_menu_entry_opens_the_files_that_the_program_writes(tmp_path: Path) -> None:
    menu.lay(tmp_path, "desk", "/usr/bin/desk")
    kinds = ET.parse(tmp_path / "mime" / "packages" / "desk.xml").getroot()
    types = {each.get("type"): each.find(f"{KINDS}glob").get("pattern") for each in kinds}
    assert sorted(types.values()) == sorted([f"*{pack_names.SUFFIX}", f"*{manifest.SUFFIX}"])
    text = (tmp_path / "applications" / "desk.desktop").read_text(encoding="utf-8")
    entry = dict(line.split("=", 1) for line in text.splitlines()[1:])
    assert entry["MimeType"].strip(";").split(";") == list(types)
    assert (entry["Exec"], entry["Icon"]) == ("/usr/bin/desk %f", "desk")
    assert "@" not in text


@needs_dpkg
def test_the_debian_package_installs_what_it_says(program: Path, tmp_path: Path) -> None:
    made = debian.build(program, tmp_path, "1.2.3", quick=True)
    assert made.name.startswith("measures-desk_1.2.3_")
    deb = uos_rules.read(made)
    assert deb.control.keys() == {"control", "md5sums"}
    assert deb.members["usr/bin/measures-desk"].link == "/opt/measures-desk/measures-desk"
    assert {each.owner for each in deb.members.values()} == {"root:root"}
    modes = {path: each.mode for path, each in deb.members.items() if not each.link}
    assert modes["opt/measures-desk/measures-desk"] == 0o755
    assert modes["opt/measures-desk/_internal/libnone.so.1"] == 0o644
    assert set(modes.values()) == {0o755, 0o644}
    sums = deb.control["md5sums"].decode().splitlines()
    assert f"{hashlib.md5('字'.encode()).hexdigest()}  opt/measures-desk/_internal/words.txt" in sums
    assert re.match(r"libc6 \(>= 2\.\d+\)", deb.fields["Depends"])


@needs_dpkg
def test_the_uos_package_keeps_the_rules(program: Path, tmp_path: Path) -> None:
    made = uos.build(program, tmp_path, "1.2.3", quick=True)
    deb = uos_rules.read(made)
    assert deb.fields["Version"] == "1.2.3.0"
    assert uos_rules.wrong(deb) == []


def test_the_documents_name_the_id_of_the_package(root: Path) -> None:
    for document in ("user-guide.zh-CN.md", "packaging.md"):
        text = (root / "docs" / document).read_text(encoding="utf-8")
        assert f"{uos.APP_ID}_" in text
        assert set(re.findall(r"\b(?:[a-z]+\.){2,}[a-z]+(?=[_）])", text)) == {uos.APP_ID}


@needs_dpkg
def test_the_same_folder_gives_the_same_packages(program: Path, tmp_path: Path) -> None:
    first, second = (tmp_path / name for name in ("first", "second"))
    first.mkdir()
    second.mkdir()
    for folder in (first, second):
        debian.build(program, folder, "1.0.0", quick=True)
        portable.build(program, folder, "desk")
        os.utime(program / "measures-desk", (1, 1))
    made = {path.name: path.read_bytes() for path in first.iterdir()}
    assert made == {path.name: path.read_bytes() for path in second.iterdir()}
    assert len(made) == 3


def test_the_archives_hold_the_program_and_an_empty_workspace(program: Path, tmp_path: Path) -> None:
    packed, zipped = portable.build(program, tmp_path, "desk")
    for archive, place in ((packed, tmp_path / "tar"), (zipped, tmp_path / "zip")):
        if archive is packed:
            with tarfile.open(archive) as tar:
                tar.extractall(place, filter="data")
        else:
            with zipfile.ZipFile(archive) as opened:
                opened.extractall(place)
                modes = {each.filename: each.external_attr >> 16 for each in opened.infolist()}
            assert modes["measures-desk/measures-desk"] & 0o777 == 0o755
            assert modes["measures-desk/使用说明.txt"] & 0o777 == 0o644
        assert list((place / "measures-desk" / "workspace").iterdir()) == []
        assert (place / "measures-desk" / "_internal" / "words.txt").read_text(encoding="utf-8") == "字"


def test_a_link_does_not_go_into_an_archive(program: Path, tmp_path: Path) -> None:
    (program / "link").symlink_to("measures-desk")
    with pytest.raises(ValueError, match="measures-desk/link is a link"):
        portable.build(program, tmp_path, "desk")


def test_the_menu_entry_of_a_portable_folder_is_added_and_removed(tmp_path: Path, root: Path) -> None:
    folder = tmp_path / r"手册 50% $1\n"
    folder.mkdir()
    for script in (root / "packaging" / "linux").glob("*.sh"):
        shutil.copy(script, folder)

    def run(name: str) -> str:
        home = {"HOME": str(tmp_path), "PATH": os.environ["PATH"]}
        return subprocess.run(
            ["sh", folder / name], env=home, check=True, capture_output=True, text=True
        ).stdout

    entry = tmp_path / ".local" / "share" / "applications" / "measures-desk.desktop"
    assert "没有本程序" in run("remove-from-menu.sh")
    run("add-to-menu.sh")
    written = entry.read_text(encoding="utf-8").splitlines()
    assert rf'Exec="{tmp_path}/手册 50%% \\$1\\\\n/measures-desk"' in written
    assert rf"Icon={tmp_path}/手册 50% $1\\n/_internal/resources/icon/measures-desk.png" in written
    assert "已从开始菜单移除" in run("remove-from-menu.sh")
    assert not entry.exists()
