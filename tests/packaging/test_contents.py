"""What is said of the package's contents: whose each file is, its sums, the glibc that it needs."""

from __future__ import annotations

import json
import platform
import shutil
import sys
from pathlib import Path

import click
import pytest
from contents import bom, glibc, listing, owners, sums

LINUX = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="asks tools of Linux")


def component(name: str = "part", licence: str = "MIT", **more: object) -> owners.Component:
    return owners.Component(name, "1.0", licence, "", f"pkg:generic/{name}@1.0", **more)  # type: ignore[arg-type]


def test_the_sums_are_those_of_the_standards(tmp_path: Path) -> None:
    """FIPS 180-4 and GB/T 32905-2016 give both for the three letters."""
    file = tmp_path / "abc"
    file.write_bytes(b"abc")
    assert sums.digest(file, "sha256") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    assert sums.digest(file, "sm3") == "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"


@pytest.mark.parametrize("deed", ["change", "lose", "add"])
def test_what_differs_from_the_sums_is_named(tmp_path: Path, deed: str) -> None:
    lists = tmp_path / "lists"
    lists.mkdir()
    for name in ("库 一.so", "kept"):
        (tmp_path / name).write_text(name)
    sums.write(tmp_path, sums.files_of(tmp_path), lists)
    assert sums.wrong(tmp_path, lists) == []
    match deed:
        case "change":
            (tmp_path / "库 一.so").write_text("another")
        case "lose":
            (tmp_path / "库 一.so").unlink()
        case "add":
            (tmp_path / "库 一.so").rename(tmp_path / "库 二.so")
    wrong = sums.wrong(tmp_path, lists)
    assert len(wrong) == (4 if deed == "add" else 2)
    assert all("库" in line for line in wrong)


@LINUX
def test_the_newest_glibc_that_a_folder_needs_is_named_with_its_file(tmp_path: Path) -> None:
    shutil.copy(sys.executable, tmp_path / "python")
    (tmp_path / "text").write_text("GLIBC_9.99")
    version, files = glibc.highest(tmp_path)
    assert files == ["python"]
    assert glibc.version("2.2.5") < glibc.version(version) <= glibc.version(platform.libc_ver()[1])


def test_glibc_2_28_is_newer_than_2_9() -> None:
    assert glibc.version("2.28") > glibc.version("2.9")


def test_each_file_has_its_owner() -> None:
    entries = [
        ("click.core", str(Path(click.__file__).parent / "core.py"), "PYMODULE"),
        ("lib/json.pyc", json.__file__, "DATA"),
        ("measures-desk", "build/measures-desk", "EXECUTABLE"),
        ("resources/measures.db", "resources/measures.db", "DATA"),
        ("libQt6Core.so.6", "PySide6/Qt/lib/libQt6Core.so.6", "SYMLINK"),
        ("PySide6/Qt/lib/libicuuc.so.73", "/site-packages/PySide6/Qt/lib/libicuuc.so.73", "BINARY"),
        ("shiboken6/files.dir/made.pyc", "/build/made.pyc", "DATA"),
    ]
    found = {each.name: files for each, files in owners.owners(entries).items()}
    program = "measures-desk.exe" if sys.platform == "win32" else "measures-desk"
    assert found == {
        "click": [program],
        "ICU": ["_internal/PySide6/Qt/lib/libicuuc.so.73"],
        "pyinstaller": [program],
        "Python": ["_internal/lib/json.pyc"],
        "shiboken6": ["_internal/shiboken6/files.dir/made.pyc"],
    }


@LINUX
def test_a_library_of_debian_belongs_to_its_source_package() -> None:
    if shutil.which("dpkg") is None:
        pytest.skip("no Debian")
    library = next(Path("/usr/lib").glob("*/libc.so.6"))
    (found,) = owners.owners([("libc.so.6", str(library), "BINARY")])
    assert found.name == "glibc"
    assert found.purl.startswith("pkg:deb/debian/glibc@")
    assert [text.name for text in found.texts] == ["copyright"]


def test_a_file_without_an_owner_stops_the_build(tmp_path: Path) -> None:
    stray = tmp_path / "libstray.so"
    stray.touch()
    with pytest.raises(owners.OwnerError, match=r"libstray\.so"):
        owners.owners([("libstray.so", str(stray), "BINARY")])


def test_every_distribution_says_its_licence() -> None:
    modules = ("click", "openpyxl", "pyrage", "platformdirs", "defusedxml", "PySide6", "shiboken6")
    records = owners._records()
    for module in modules:
        name = {"PySide6": "pyside6-essentials"}.get(module, module)
        assert records[name].licence, name


def test_a_component_without_a_licence_text_stops_the_build(tmp_path: Path) -> None:
    with pytest.raises(listing.LicenceError, match="part"):
        listing.write_licences({component(): []}, tmp_path, tmp_path / "licences")


def test_qt_comes_with_the_lesser_licence_and_the_one_it_rests_on(root: Path, tmp_path: Path) -> None:
    own = root / "packaging" / "papers" / "licences"
    listing.write_licences({component("Qt", "LGPL-3.0-only"): []}, own, tmp_path / "licences")
    text = (tmp_path / "licences" / "Qt.txt").read_text(encoding="utf-8")
    assert "GNU LESSER GENERAL PUBLIC LICENSE" in text
    assert "GNU GENERAL PUBLIC LICENSE" in text
    assert "harfbuzz" in text, "what Qt itself holds of others"


def test_the_bill_names_files_licences_and_parts_of_parts(tmp_path: Path) -> None:
    inner = tmp_path / "inner.json"
    crate = {"type": "library", "name": "age", "version": "0.12", "purl": "pkg:cargo/age@0.12", "author": "x"}
    inner.write_text(json.dumps({"components": [crate]}))
    found = {
        component("one", "mit or apache-2.0", boms=(inner,)): ["_internal/one.so", "measures-desk"],
        component("two", "as it comes"): ["_internal/two.so"],
    }
    text = bom.bill("1.2.3", found)
    assert bom.files_in(text) == {"_internal/one.so", "_internal/two.so", "measures-desk"}
    one, two = json.loads(text)["components"]
    assert one["licenses"] == [{"expression": "MIT OR Apache-2.0"}]
    assert two["licenses"] == [{"license": {"name": "as it comes"}}]
    assert [(part["name"], "author" in part) for part in one["components"]] == [("age", False)]
    assert text == bom.bill("1.2.3", found), "nothing of the hour or the machine"


def test_people_read_which_libraries_a_component_brings() -> None:
    text = listing.components({component("libxcb", ""): ["_internal/libxcb-shm.so.0", "measures-desk"]})
    assert "libxcb 1.0 · 见许可证文本\n    动态库：libxcb-shm.so.0\n" in text
