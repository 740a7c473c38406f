"""What leaves the machine: phones, numbers of identity cards and names of persons, so that they tell nobody.

王某某 is 王××, 13812340000 is 138****0000, 0353-2293456 is 0353-****456.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

_MOBILE = re.compile(r"(?<!\d)(1[3-9]\d)[- ]?(\d{4})[- ]?(\d{4})(?!\d)")
_LANDLINE = re.compile(r"(?<!\d)(0\d{2,3}[- ]?|[(（]0\d{2,3}[)）][- ]?)(\d{4,5})(\d{3})(?!\d)")
_LOCAL = re.compile(r"((?:电话|座机|固话)[：: ]?)(\d{4,5})(\d{3})(?!\d)")
_IDENTITY = re.compile(
    r"(?<![0-9A-Za-z])([1-8]\d{5})(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dXx](?![0-9A-Za-z])"
)
_BODIES = ("局", "办", "科", "股", "处", "室", "中心", "公司", "组", "队", "所", "会", "院", "行", "企业")
_NOBODY = "未署名"
_COMPOUND = ("欧阳", "上官", "司马", "诸葛", "皇甫", "尉迟", "公孙", "慕容", "令狐", "司徒", "夏侯", "东方")
HIDDEN = "××"
_LONGEST = 4  # characters of a Chinese name; what is longer is no name but words


def masked(text: str, names: Iterable[str] = ()) -> str:
    """Return ``text`` without phones, identity numbers and the persons' ``names`` that occur in it."""
    text = _IDENTITY.sub(r"\1********", text)
    text = _MOBILE.sub(r"\1****\3", text)
    text = _LANDLINE.sub(r"\1****\3", text)
    text = _LOCAL.sub(r"\1****\3", text)
    for name in sorted({name.strip() for name in names}, key=lambda name: (-len(name), name)):
        if (hidden := person(name)) != name:
            text = text.replace(name, hidden)
    return text


def person(name: str) -> str:
    """Return a person's name with nothing but the family name; what names no person stays as it is.

    Of several in one text, as of 王某（厂长）、赵某, each.
    """
    parts = re.split(r"([、，,；;\s]+|[（(][^）)]*[）)])", name)
    return "".join(part if at % 2 else _one(part) for at, part in enumerate(parts))


def contact(text: str, names: Iterable[str] = ()) -> str:
    """Return who may be asked, and how, as it was typed in a line: 李四，13812340000."""
    return person(masked(text, names))


def _is_name(text: str) -> bool:
    letters = text.replace("·", "")
    return (
        len(letters) > 1
        and letters.isalpha()
        and (len(text) <= _LONGEST or text != letters or text.isascii())
    )


def _one(name: str) -> str:
    if not _is_name(name) or name == _NOBODY or name.endswith(_BODIES):
        return name
    family = name[:2] if name.startswith(_COMPOUND) and len(name) > 2 else name[0]
    return f"{family}{HIDDEN}"
