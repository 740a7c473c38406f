"""The published rules of UOS and deepin for a .deb, held against one: ``uos_rules.py FILE.deb``.

Taken from «UOS应用商店打包规范» (v1.2) and «应用商店Q&A» of the deepin documents; docs/packaging.md lists
them. Two of their rules cannot be seen in a file: that the domain of the id is one's own, and that the
program runs as an ordinary user.
"""

from __future__ import annotations

import hashlib
import io
import json
import re
import struct
import subprocess
import sys
import tarfile
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

PERMISSIONS = (
    "autostart", "notification", "trayicon", "clipboard", "account", "bluetooth", "camera", "audio_record",
    "installed_apps",
)  # fmt: skip
PROCESSORS = {"amd64", "arm64", "loongarch64", "mips64el", "sw_64"}
ENTRIES = {
    "applications", "autostart", "fcitx", "fonts", "icons", "locale", "mime", "plugins", "polkit", "services",
}  # fmt: skip
FIELDS = ("Package", "Version", "Section", "Priority", "Architecture", "Maintainer", "Depends", "Description")
SIZES = {16, 24, 32, 48, 128, 256, 512}  # pixels
MAY_STAND_IN_DEBIAN = {"control", "md5sums"}
_ID = re.compile(r"[a-z][a-z0-9-]*(?:\.[a-z0-9][a-z0-9-]*){2,}")
_VERSION = re.compile(r"\d+(?:\.\d+){3}")


@dataclass(frozen=True, slots=True)
class Member:
    """A file, link or folder of a package; ``link`` is what a link points at, ``mode`` the rights."""

    mode: int
    owner: str
    content: bytes = b""
    link: str = ""
    is_file: bool = True


@dataclass(frozen=True, slots=True)
class Deb:
    """A package: its file name, what lies in ``DEBIAN/``, what it installs by path (no first slash)."""

    name: str
    control: dict[str, bytes]
    members: dict[str, Member]

    @property
    def fields(self) -> dict[str, str]:
        """Return the fields of the control file, of long ones the first line."""
        lines = self.control.get("control", b"").decode("utf-8").splitlines()
        pairs = (line.partition(":") for line in lines if not line.startswith(" "))
        return {field: value.strip() for field, _, value in pairs}

    @property
    def app_id(self) -> str:
        """Return what the control file calls the package."""
        return self.fields.get("Package", "")

    @property
    def home(self) -> str:
        """Return the folder in which everything has to lie."""
        return f"opt/apps/{self.app_id}/"

    def below(self, folder: str) -> dict[str, Member]:
        """Return the files below a folder of the application, by their path there."""
        start = f"{self.home}{folder}/"
        return {
            path.removeprefix(start): member
            for path, member in self.members.items()
            if path.startswith(start) and (member.is_file or member.link)
        }


def read(file: Path) -> Deb:
    """Read a package; asks ``dpkg-deb`` for it."""
    control = _unpacked(file, "--ctrl-tarfile")
    contents = {path: member.content for path, member in control.items() if member.is_file}
    return Deb(file.name, contents, _unpacked(file, "--fsys-tarfile"))


def _unpacked(file: Path, part: str) -> dict[str, Member]:
    packed = subprocess.run(["dpkg-deb", part, file], capture_output=True, check=True).stdout
    members = {}
    with tarfile.open(fileobj=io.BytesIO(packed)) as tar:
        for each in tar:
            opened = tar.extractfile(each) if each.isfile() else None
            members[each.name.removeprefix("./").rstrip("/")] = Member(
                each.mode,
                f"{each.uname}:{each.gname}",
                opened.read() if opened else b"",
                each.linkname if each.issym() or each.islnk() else "",
                each.isfile(),
            )
    return members


def wrong(deb: Deb) -> list[str]:
    """Return how a package breaks the rules, in English; empty when it keeps them."""
    return [
        *_names(deb),
        *_scripts(deb),
        *_places(deb),
        *_rights(deb),
        *_info(deb),
        *_entry(deb),
        *_icons(deb),
        *_kinds(deb),
        *_sums(deb),
    ]


def _names(deb: Deb) -> Iterator[str]:
    """One name everywhere, that of a domain backwards, and one version of four numbers."""
    fields = deb.fields
    yield from (f"control lacks {field}" for field in FIELDS if not fields.get(field))
    if not _ID.fullmatch(deb.app_id):
        yield f"{deb.app_id!r} is no domain backwards in small letters"
    if not _VERSION.fullmatch(fields.get("Version", "")):
        yield f"the version {fields.get('Version')} is not four numbers"
    name = f"{deb.app_id}_{fields.get('Version')}_{fields.get('Architecture')}.deb"
    if deb.name != name:
        yield f"the file is called {deb.name}, not {name}"


def _scripts(deb: Deb) -> Iterator[str]:
    """Nothing is run when it is installed or removed."""
    for name in sorted(deb.control.keys() - MAY_STAND_IN_DEBIAN):
        yield f"DEBIAN/{name} may not be there"


def _places(deb: Deb) -> Iterator[str]:
    """All lies in the folder of the application, in the two folders and the one file that belong there."""
    for path in deb.members:
        if (
            not f"{path}/".startswith(deb.home)
            and not deb.home.startswith(f"{path}/")
            and path not in ("", ".")
        ):
            yield f"/{path} is outside /{deb.home}"
    inside = {path.removeprefix(deb.home) for path in deb.members if path.startswith(deb.home)}
    tops = {path.split("/")[0] for path in inside}
    if tops != {"entries", "files", "info"}:
        yield f"/{deb.home} holds {', '.join(sorted(tops))}"
    folders = {path.split("/")[1] for path in inside if path.startswith("entries/")}
    if strange := folders - ENTRIES:
        yield f"entries holds {', '.join(sorted(strange))}"
    if "autostart" in folders and not _told(deb).get("permissions", {}).get("autostart"):
        yield "entries/autostart without the permission"


def _rights(deb: Deb) -> Iterator[str]:
    """Everything is root's; nothing gives rights to who runs it, nothing can be written by others."""
    for path, member in deb.members.items():
        if member.owner != "root:root":
            yield f"/{path} belongs to {member.owner}"
        if member.mode & 0o6000:
            yield f"/{path} is setuid or setgid"
        if member.mode & 0o022 and not member.link:
            yield f"/{path} can be written by others"


def _told(deb: Deb) -> dict[str, Any]:
    """Return what ``info`` says, nothing where it is not to be read."""
    try:
        told = json.loads(deb.members[f"{deb.home}info"].content)
    except (KeyError, ValueError):
        return {}
    return told if isinstance(told, dict) else {}


def _info(deb: Deb) -> Iterator[str]:
    """``info`` is JSON that says the same as the control file, and each permission."""
    told, fields = _told(deb), deb.fields
    if told.get("appid") != deb.app_id:
        yield "info: appid is not the name of the package"
    if not told.get("name"):
        yield "info: no name"
    if told.get("version") != fields.get("Version"):
        yield "info: version is not that of the package"
    processors = told.get("arch") or []
    if fields.get("Architecture") not in processors or not PROCESSORS.issuperset(processors):
        yield f"info: arch {processors}"
    permissions = told.get("permissions") or {}
    if sorted(permissions) != sorted(PERMISSIONS) or {type(each) for each in permissions.values()} != {bool}:
        yield "info: permissions are not the nine that there are, each true or false"


def _entry(deb: Deb) -> Iterator[str]:
    """One menu entry, named after the id, that starts something of the application's own."""
    found = deb.below("entries/applications")
    if list(found) != [f"{deb.app_id}.desktop"]:
        yield f"entries/applications holds {', '.join(found)}"
        return
    lines = found[f"{deb.app_id}.desktop"].content.decode("utf-8").splitlines()
    values = dict(line.split("=", 1) for line in lines if "=" in line)
    if values.get("Type") != "Application" or not values.get("Name"):
        yield "menu entry: no application with a name"
    program = deb.members.get(values.get("Exec", "").split(" ")[0].strip('"').lstrip("/"))
    command = values.get("Exec", "").lstrip('"/')
    if not command.startswith(f"{deb.home}files/") or program is None or not program.mode & 0o111:
        yield f"menu entry: Exec={values.get('Exec')}"
    if values.get("Icon") != deb.app_id:
        yield f"menu entry: Icon={values.get('Icon')}"


def _icons(deb: Deb) -> Iterator[str]:
    """A drawing, or pictures in folders of their own size, all named after the id."""
    found = deb.below("entries/icons")
    if not found:
        yield "no icon"
    for path, member in found.items():
        match path.split("/"):
            case ["hicolor", "scalable", "apps", name] if name == f"{deb.app_id}.svg":
                if b"<svg" not in member.content:
                    yield f"{path} is no SVG"
            case ["hicolor", size, "apps", name] if name == f"{deb.app_id}.png":
                width, height = _pixels(member.content)
                if size != f"{width}x{height}" or width not in SIZES:
                    yield f"{path} has {width} by {height} pixels"
            case _:
                yield f"{path} is no place of an icon"


def _pixels(png: bytes) -> tuple[int, int]:
    """Return width and height of a PNG, 0 of anything else."""
    if png[:8] != b"\x89PNG\r\n\x1a\n":
        return 0, 0
    width, height = struct.unpack(">II", png[16:24])
    return width, height


def _kinds(deb: Deb) -> Iterator[str]:
    """Kinds of files stand in one XML file, named after the id."""
    for path, member in deb.below("entries/mime").items():
        if path != f"packages/{deb.app_id}.xml":
            yield f"entries/mime/{path} is not named after the id"
        try:
            ET.fromstring(member.content)
        except ET.ParseError as error:
            yield f"entries/mime/{path}: {error}"


def _sums(deb: Deb) -> Iterator[str]:
    """Each file has its sum."""
    lines = deb.control.get("md5sums", b"").decode("utf-8").splitlines()
    listed = {path: digest for digest, path in (line.split("  ", 1) for line in lines)}
    there = {
        path: hashlib.md5(member.content).hexdigest()
        for path, member in deb.members.items()
        if member.is_file
    }
    for path in sorted(there.keys() | listed.keys()):
        if there.get(path) != listed.get(path):
            yield f"md5sums is wrong of {path}"


if __name__ == "__main__":
    faults = [f"{name}: {fault}" for name in sys.argv[1:] for fault in wrong(read(Path(name)))]
    sys.exit("\n".join(faults) or (0 if sys.argv[1:] else "usage: uos_rules.py FILE.deb…"))
