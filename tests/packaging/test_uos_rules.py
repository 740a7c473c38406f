"""Each rule of UOS, broken once in a package that keeps them all."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import replace

import pytest
from shapes import menu, uos_rules
from shapes.uos_rules import Deb, Member

ID = "org.example.desk"
HOME = f"opt/apps/{ID}/"
ENTRY = f"{HOME}entries/applications/{ID}.desktop"
PNG = f"{HOME}entries/icons/hicolor/16x16/apps/{ID}.png"
KINDS = f"{HOME}entries/mime/packages/{ID}.xml"
PROGRAM = f"{HOME}files/bin/desk"
INFO = {
    "appid": ID,
    "name": "手册",
    "version": "1.0.0.0",
    "arch": ["amd64"],
    "permissions": dict.fromkeys(uos_rules.PERMISSIONS, False),
}
CONTROL = f"""Package: {ID}
Version: 1.0.0.0
Section: text
Priority: optional
Architecture: amd64
Maintainer: Nobody <nobody@example.org>
Depends: libc6
Description: 手册
 more of it
"""


def file(content: bytes, mode: int = 0o644) -> Member:
    return Member(mode, "root:root", content)


def folder() -> Member:
    return Member(0o755, "root:root", is_file=False)


def summed(deb: Deb) -> Deb:
    """Return the package with the sums that it ought to have."""
    lines = [
        f"{hashlib.md5(each.content).hexdigest()}  {path}\n"
        for path, each in deb.members.items()
        if each.is_file
    ]
    return replace(deb, control=deb.control | {"md5sums": "".join(lines).encode()})


@pytest.fixture(scope="module")
def good() -> Deb:
    entry = f"[Desktop Entry]\nType=Application\nName=手册\nExec=/{PROGRAM} %f\nIcon={ID}\n"
    members = {
        "": folder(),
        "opt": folder(),
        "opt/apps": folder(),
        HOME.rstrip("/"): folder(),
        f"{HOME}info": file(json.dumps(INFO).encode()),
        f"{HOME}entries": folder(),
        ENTRY: file(entry.encode()),
        PNG: file(menu.pictures()[16]),
        f"{HOME}entries/icons/hicolor/scalable/apps/{ID}.svg": file(b"<svg/>"),
        KINDS: file(b"<mime-info/>"),
        f"{HOME}files": folder(),
        PROGRAM: file(b"\x7fELF", 0o755),
    }
    return summed(Deb(f"{ID}_1.0.0.0_amd64.deb", {"control": CONTROL.encode()}, members))


def with_member(path: str, member: Member) -> Callable[[Deb], Deb]:
    return lambda deb: summed(replace(deb, members=deb.members | {path: member}))


def with_other_icon(deb: Deb) -> Deb:
    return with_member(PNG, file(menu.pictures()[24]))(deb)


def without(path: str) -> Callable[[Deb], Deb]:
    return lambda deb: summed(
        replace(deb, members={name: each for name, each in deb.members.items() if name != path})
    )


def with_info(**fields: object) -> Callable[[Deb], Deb]:
    return with_member(f"{HOME}info", file(json.dumps(INFO | fields).encode()))


def with_control(old: str, new: str) -> Callable[[Deb], Deb]:
    return lambda deb: replace(deb, control=deb.control | {"control": CONTROL.replace(old, new).encode()})


def with_entry(old: str, new: str) -> Callable[[Deb], Deb]:
    def changed(deb: Deb) -> Deb:
        content = deb.members[ENTRY].content.replace(old.encode(), new.encode())
        return with_member(ENTRY, file(content))(deb)

    return changed


BROKEN: dict[str, tuple[Callable[[Deb], Deb], str]] = {
    "capitals in the id": (with_control(ID, "org.example.Desk"), "no domain backwards"),
    "no domain": (with_control(ID, "desk"), "no domain backwards"),
    "three numbers": (with_control("1.0.0.0", "1.0.0"), "not four numbers"),
    "no dependencies": (with_control("Depends: libc6\n", ""), "lacks Depends"),
    "file name": (lambda deb: replace(deb, name="desk.deb"), "the file is called"),
    "script": (lambda deb: replace(deb, control=deb.control | {"postinst": b""}), "DEBIAN/postinst"),
    "outside": (with_member("usr/bin/desk", file(b"")), "is outside"),
    "beside": (with_member(f"{HOME}readme", file(b"")), "info, readme"),
    "no info": (without(f"{HOME}info"), "holds entries, files"),
    "strange entry": (with_member(f"{HOME}entries/menu/x", file(b"")), "entries holds menu"),
    "autostart": (with_member(f"{HOME}entries/autostart/x", file(b"")), "without the permission"),
    "owner": (with_member(PROGRAM, Member(0o755, "me:me", b"\x7fELF")), "belongs to me:me"),
    "setuid": (with_member(PROGRAM, file(b"\x7fELF", 0o4755)), "setuid"),
    "open to all": (with_member(PROGRAM, file(b"\x7fELF", 0o777)), "written by others"),
    "info is no JSON": (with_member(f"{HOME}info", file(b"{")), "info: appid"),
    "info is a list": (with_member(f"{HOME}info", file(b"[]")), "info: appid"),
    "other id": (with_info(appid="org.example.other"), "info: appid"),
    "nameless": (with_info(name=""), "info: no name"),
    "other version": (with_info(version="1.0.0.1"), "info: version"),
    "other processor": (with_info(arch=["arm64"]), "info: arch"),
    "unknown processor": (with_info(arch=["amd64", "x86"]), "info: arch"),
    "missing permission": (with_info(permissions={"camera": False}), "info: permissions"),
    "permission of words": (
        with_info(permissions=dict.fromkeys(uos_rules.PERMISSIONS, "no")),
        "info: permissions",
    ),
    "no menu entry": (without(ENTRY), "entries/applications holds"),
    "two menu entries": (
        with_member(f"{HOME}entries/applications/x.desktop", file(b"")),
        "entries/applications holds",
    ),
    "starts something of the system": (with_entry(f"/{PROGRAM}", "/usr/bin/desk"), "menu entry: Exec"),
    "starts nothing": (without(PROGRAM), "menu entry: Exec"),
    "starts no program": (with_member(PROGRAM, file(b"\x7fELF")), "menu entry: Exec"),
    "icon by its path": (with_entry(f"Icon={ID}", "Icon=/opt/x.png"), "menu entry: Icon"),
    "no application": (with_entry("Type=Application", "Type=Link"), "no application"),
    "icon elsewhere": (with_member(f"{HOME}entries/icons/desk.png", file(b"")), "no place of an icon"),
    "icon of another size": (with_other_icon, "24 by 24"),
    "icon that is no PNG": (with_member(PNG, file(b"JFIF")), "0 by 0"),
    "drawing that is none": (
        with_member(f"{HOME}entries/icons/hicolor/scalable/apps/{ID}.svg", file(b"PNG")),
        "no SVG",
    ),
    "kinds by another name": (
        with_member(f"{HOME}entries/mime/packages/x.xml", file(b"<x/>")),
        "not named after",
    ),
    "kinds that are no XML": (with_member(KINDS, file(b"<x>")), "no element found"),
    "sum": (
        lambda deb: replace(deb, members=deb.members | {PROGRAM: file(b"\x7fELF!", 0o755)}),
        "md5sums is wrong of",
    ),
}


def test_a_package_that_keeps_all_rules_breaks_none(good: Deb) -> None:
    assert uos_rules.wrong(good) == []


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_rule_is_named(good: Deb, name: str) -> None:
    broken, said = BROKEN[name]
    assert any(said in fault for fault in uos_rules.wrong(broken(good))), uos_rules.wrong(broken(good))


def test_without_any_icon_that_is_said(good: Deb) -> None:
    bare = {path: each for path, each in good.members.items() if "/icons/" not in path}
    assert uos_rules.wrong(summed(replace(good, members=bare))) == ["no icon"]
