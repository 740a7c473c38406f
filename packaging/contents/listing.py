"""The list of components as people read it, and the texts of their licences."""

from __future__ import annotations

import re
from pathlib import Path

from contents.owners import Component

LICENCES = "许可证"
COMMON = Path("/usr/share/common-licenses")
_COMMON_NAMED = re.compile(rf"{COMMON}/([A-Za-z]+-[\d.]*\d)")
_BINARY = re.compile(r"\.(so|pyd|dll)(\.|$)")


class LicenceError(Exception):
    """A component has no text of its licence."""


def components(found: dict[Component, list[str]]) -> str:
    """Return names, versions, licences, homes and libraries of the components, as a text for users."""
    blocks = []
    for component, files in found.items():
        said = component.licence or "见许可证文本"
        lines = [f"{component.name} {component.version} · {said} · {component.home}".removesuffix(" · ")]
        names = sorted({Path(file).name for file in files if _BINARY.search(file)})
        if names:
            lines.append(f"    动态库：{'、'.join(names)}")
        lines.append(f"    许可证文本：{LICENCES}/{file_name(component)}")
        blocks.append("\n".join(lines))
    title = (
        f"本程序包含下列{len(found)}个开源组件，各按其许可证使用。"
        "机器可读的清单见 sbom.cdx.json（CycloneDX 格式）。"
    )
    qt = "Qt 与 PySide6 以动态库形式随附（LGPL-3.0），更换办法见使用说明。"
    return "\n\n".join([title, *blocks, qt, ""])


def write_licences(found: dict[Component, list[str]], own: Path, folder: Path) -> None:
    """Write each component's licence as one text into ``folder``.

    ``own`` holds the texts that they do not bring along: the LGPL with the GPL on which it rests, for Qt
    and PySide6, and texts named after a component. What Debian's texts refer to is copied, too.
    """
    folder.mkdir()
    common: set[str] = set()
    for component in found:
        texts = [*component.texts, *_own(component, own)]
        if not texts:
            raise LicenceError(f"{component.name} {component.version} 没有许可证文本")
        told = "\n\n".join(text.read_text(encoding="utf-8", errors="replace") for text in texts)
        (folder / file_name(component)).write_text(told, encoding="utf-8")
        common |= set(_COMMON_NAMED.findall(told))
    for name in sorted(common):
        if (COMMON / name).is_file():
            (folder / f"{name}.txt").write_bytes((COMMON / name).read_bytes())


def _own(component: Component, own: Path) -> list[Path]:
    named = [text for text in (own / file_name(component),) if text.is_file()]
    lesser = [own / "LGPL-3.0.txt", own / "GPL-3.0.txt"] if "LGPL-3.0" in component.licence else []
    return named + ([] if component.texts else lesser)


def file_name(component: Component) -> str:
    """Return the name of the file with a component's licence."""
    return f"{component.name}.txt"
