"""What a unit's name says by its form: whether it is one, whose it is, and which others mean the same unit.

A notice that lists 市人社局、财政局 says 市 once for both. :func:`resolve` gives the second its 市 back, only
where the list or the document leaves no other reading.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache
from typing import Literal

from desktop.reading.unit_words import (
    DEPARTMENT_ENDINGS,
    DEPARTMENTS,
    LEVELS,
    NO_LEVEL,
    PROVINCIAL_OFFICES,
    STRONG_ENDINGS,
)

Likeness = Literal["sure", "likely", "no"]

LONGEST_NAME = 30
"""Characters of the longest name that is taken for one without asking."""

_OWNER_ENDINGS = "省市县区州旗盟家"
_BRACKETS = re.compile(r"[（(〔\[【〈][^（(〔\[【〈）)〕\]】〉]*[）)〕\]】〉]")
_SPEECH = re.compile(
    r"[。！？!?《》=＝%％]|(?<!\d)(?!123(?:45|48|15|66))\d{3}|(?<!自)由|给予|鼓励|应当|不得|可以|企业对|万元|补贴|奖励|通知"
)
_ENDING = re.compile(f"(?:{'|'.join(sorted(STRONG_ENDINGS, key=len, reverse=True))})$")
_COLLECTIVE = re.compile(
    r"^(?:各|有关|相关|其他|全[省市区县]|[省市区县][级直属各]|省直|市直|区直|县直|驻|(?:国务院|中央)(?=相关|有关|各)).*"
)
_GROUP_ENDING = re.compile(
    r"(?:部门|单位|政府|委|局|办|管委会|办事处|街道|镇|乡|[市县区州]|地区|地方|园区|银行|公司)$"
)
_BODY_ENDING = re.compile(
    r"(?:局|委|委员会|厅|办|办公室|署|部|政府|管委会|海关|人民银行|支行|中支|分行|监会|总工会|妇联|联合会|贸促会|商会|工商联|科协|残联|"
    r"法院|检察院|合作总社|管理部|分公司|供电公司)$"
)
_HAN = re.compile(r"[\u4e00-\u9fffA-Za-z0-9〇·“”\"‘’+\-—&]+$")
_GENERIC = re.compile(
    r"^(?:用人|申报|申请|建设|施工|承办|实施|运营|中介|金融|服务|培训|评估|企业|推荐|受托|项目|所在|本|"
    r"原|主办|采购|使用|管理|经营|投资|担保|保险|检测|科研|事业|行政|机关|责任|牵头|配合|该|经办|"
    r"社会|专业|第三方|独立|法人|依托|培养|获奖|入驻)*"
    r"(?:单位|机构|部门|企业|公司|银行|中心|机关|园区|集团|协会|组织|平台|基金|院校|大学|学院)$"
)
"""Words that end like a name and mean whoever it may be (用人单位, 金融机构)."""


def bare(name: str) -> str:
    """Return ``name`` without its brackets and blanks: 市委组织部（人才办） is 市委组织部."""
    shorter = _BRACKETS.sub("", "".join(name.split()))
    while shorter != name and _BRACKETS.search(shorter):
        name, shorter = shorter, _BRACKETS.sub("", shorter)
    return shorter


def level(name: str) -> str:
    """Return the character that says whose department it is (市 of 市财政局), "" where none says so."""
    if len(name) < 3 or name[0] not in LEVELS or name.startswith(NO_LEVEL):
        return ""
    return name[0]


@cache
def unit_likeness(name: str) -> Likeness:
    """Say whether ``name`` is a unit's or a group's name, standing where units are named.

    ``sure``: it ends as only units do. ``likely``: nothing speaks against it. ``no``: it is speech, too long,
    or not a word.
    """
    plain = bare(name)
    words = plain.replace("、", "") if "各" in plain else plain
    if not 2 <= len(plain) <= LONGEST_NAME or _SPEECH.search(name) or not _HAN.match(words):
        return "no"
    if re.search(r"(?:全|外|内|干|本|各|头|底|顶|东|西|南|北|中|局)部$", plain) and not level(plain):
        return "likely"
    if _ENDING.search(plain):
        return "sure"
    if re.search(r"[市州县区旗盟]$", plain) and len(plain) <= 8:
        return "sure"
    return "likely"


def names_its_unit(name: str) -> bool:
    """Return whether ``name`` alone, without a label before it, can mean nothing but units.

    It has a level (市财政局), a known department (财政局), or is a named body (人行泰州中支, 各区人民政府).
    """
    plain = bare(name)
    if unit_likeness(name) != "sure" or _GENERIC.match(plain):
        return False
    if department(plain):
        return True
    if _COLLECTIVE.match(plain):
        return bool(_GROUP_ENDING.search(plain))
    return "的" not in plain and bool(level(plain) or _BODY_ENDING.search(plain))


def names_somebody(name: str) -> bool:
    """Return whether ``name`` is a body's own name, among others that can mean nothing but units."""
    plain = bare(name)
    return names_its_unit(name) or (
        unit_likeness(name) == "sure" and len(plain) >= 4 and not _GENERIC.match(plain) and "的" not in plain
    )


@cache
def department(name: str) -> tuple[str, str, str] | None:
    """Return owner, department and sort of body, by which a long and a short name meet; None if unknown.

    市人力资源和社会保障局 and 市人社局 are both ("市", "人社", "局"); the owner may be a place
    (云山区) and is "" where the name does not say whose it is.
    """
    plain = bare(name)
    for ending in DEPARTMENT_ENDINGS:
        stem = plain.removesuffix(ending)
        if stem == plain:
            continue
        for at in range(len(stem)):
            if (at == 0 or stem[at - 1] in _OWNER_ENDINGS) and (key := _stems().get(stem[at:])):
                sort = {"办公室": "办", "办": "办", "中心": "中心"}.get(ending, "局")
                return stem[:at], key, sort
        break
    return None


@cache
def _stems() -> dict[str, str]:
    return {stem: key for key, stems in DEPARTMENTS.items() for stem in stems}


def resolve(names: Sequence[str]) -> dict[str, str]:
    """Return the full name of each shortened one in a list, by the nearest neighbour before it.

    Only names of known departments take an owner, only one that can have them (no province has a 财政局):
    vertical bodies (人行, 银保监分局), companies and groups stay as they are.
    """
    full: dict[str, str] = {}
    owner = ""
    for name in names:
        found = department(name)
        whose = (found[0] if found else "") or level(bare(name))
        if whose and re.search("总局|总署|总行", whose):
            continue  # 国家税务总局云山市税务局 is no office of the city
        if whose:
            owner = whose
        elif found and owner and _may_own(owner, bare(name), found[1]):
            full.setdefault(name, owner + name)
    return full


def _may_own(owner: str, name: str, key: str) -> bool:
    """Return whether ``owner`` can have the department: 厅 are of provinces, whose other offices are few."""
    provincial = owner.endswith("省") or owner == "自治区"
    if owner == "国家" or name.endswith("部"):
        return False
    if name.endswith("厅"):
        return provincial
    return not provincial or not name.endswith("局") or key in PROVINCIAL_OFFICES


def resolve_all(lists: Iterable[Sequence[str]]) -> dict[str, str]:
    """Return the full names of a document's shortened ones; ``lists`` are its statements in their order.

    Beside what each list says (:func:`resolve`), a department without a level is the one with a level
    where the document has exactly one such, and 市委组织部（人才办） the 市委组织部（市委人才办） of the
    same document. A name that also stands where no neighbour could give it a level is printed whole: where
    科技厅 begins a list, it is nowhere short for 省科技厅.
    """
    lists = [list(names) for names in lists]
    printed = {name for names in lists for name in names}
    full: dict[str, str] = {}
    whole: set[str] = set()
    for names in lists:
        resolved = resolve(names)
        for name in names:
            if name in resolved:
                full.setdefault(name, resolved[name])
            elif (known := department(name)) and not known[0]:
                whole.add(name)
    full = {name: longer for name, longer in full.items() if longer in printed or name not in whole}
    distinct = list(dict.fromkeys(full.get(name, name) for names in lists for name in names))
    for name in list(distinct):
        found = department(name)
        if found and not found[0]:
            longer_ones = [other for other in distinct if _owned(other, name)]
            if len(longer_ones) == 1:
                full[name] = longer_ones[0]
    bracketed: dict[str, list[str]] = {}
    for name in distinct:
        if name != bare(name) and name.endswith(("）", ")")):
            bracketed.setdefault(bare(name), []).append(name)
    for plain, forms in bracketed.items():
        for name in forms:
            fuller = [other for other in forms if _inner(other) == _owner(plain) + _inner(name)]
            if len(fuller) == 1 and fuller[0] != name:
                full[name] = fuller[0]
    return full


def _owned(longer: str, name: str) -> bool:
    found = department(longer)
    return bool(found and found[0] and found[0] + name == longer)


def _inner(name: str) -> str:
    return name[len(bare(name)) + 1 : -1]


def _owner(plain: str) -> str:
    """Return whose office a bracket names: 市委 of 市委组织部, else the level."""
    found = re.match(r"[省市区县州旗](?:委|政府)?", plain)
    return found[0] if found else ""


def same_unit(names: Sequence[str]) -> tuple[tuple[str, str], ...]:
    """Return the pairs of different names that a table of abbreviations calls the same unit.

    To be suggested, never taken: the shorter of each pair first. 市人社局 and 市人力资源和社会保障局.
    """
    distinct = list(dict.fromkeys(names))
    pairs: list[tuple[str, str]] = []
    for at, name in enumerate(distinct):
        for other in distinct[at + 1 :]:
            mine, theirs = department(name), department(other)
            if mine and mine == theirs and bare(name) != bare(other):
                pairs.append((name, other) if len(name) <= len(other) else (other, name))
    return tuple(pairs)
