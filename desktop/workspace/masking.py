"""What leaves the machine: phones, numbers of identity cards and names of persons, so that they tell nobody.

王某某 is 王××, 13812340000 is 138****0000, 0353-2293456 is 0353-****456. However a number was typed (full
width, in groups, with +86 before it), it is found; where it cannot be told from another number, it is hidden.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

HIDDEN = "××"
_GAP = r"[ .\-]{0,2}"
_NUMBER = rf"\d(?:{_GAP}\d){{6,7}}"
"""A phone within a town, 7 or 8 digits."""
_ABROAD = rf"(?:\(?(?:\+|00)?86\)?{_GAP})?"
_FOUND = re.compile(
    r"(?<!\d)(?<!\*\*)(?:"
    rf"(?P<card>(?<![A-Za-z])[1-8]\d{{5}}){_GAP}(?:19|20)?\d\d{_GAP}(?:0[1-9]|1[0-2]){_GAP}(?:0[1-9]|[12]\d|3[01])"
    rf"{_GAP}\d{{3}}(?P<check>[\dXx]?)(?![A-Za-z])"
    rf"|(?P<before>{_ABROAD}0?)(?P<mobile>1[3-9]\d(?:{_GAP}\d){{8}}|1 [3-9](?: \d){{9}})"
    rf"|(?P<area>{_ABROAD}(?:\(0\d{{2,3}}\)|0\d{{2,3}}){_GAP}|(?:\+|00)?86[ \-]\(?[1-9]\d{{1,2}}\)?{_GAP})"
    rf"(?P<local>{_NUMBER})"
    r")(?!\d)(?!\*\*)"
)
_CALLED = re.compile(
    r"(?:电话|座机|固话|传真|手机|[Tt][Ee][Ll])(?:号码?|是|为|[:\-. ])*"
    rf"(?P<list>{_NUMBER}(?:[、,;/或 ]+{_NUMBER})*)(?!\d)(?!\*\*)"
)
_ALIKE = str.maketrans(
    {
        **{chr(0xFF01 + at): chr(0x21 + at) for at in range(94)},
        **dict.fromkeys("\u3000\u00a0\u2002\u2003\u2009\t", " "),
        **dict.fromkeys("‐‑‒–—―−－", "-"),
        "·": ".",
    }
)
"""Signs that are read alike, each one character."""
_MOST_GAPS = 3  # in a mobile number: 138 1234 0000; more are several numbers
_BODIES = (
    *("局", "办", "科", "股", "处", "室", "组", "队", "所", "会", "院", "行", "委", "厂"),
    *("中心", "公司", "企业"),
)
_FAMILIES = (
    "王李张刘陈杨赵黄周吴徐孙胡朱何郭罗梁宋郑谢韩唐冯于董程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶余"
    "潘杜戴钟汪任姜范姚谭廖邹熊陆郝崔邱秦顾侯邵孟段雷钱汤尹黎乔贺赖龚"
)
"""Family names with which no body's name of three characters begins."""
_POSTS = (
    "(?:副|总)?(?:董事长|总经理|总裁|经理|厂长|主任|科长|股长|处长|局长|所长|部长|书记|会长|校长|院长|行长|队长|组长|镇长|区长|总监|主管|总工|总会计师|工程师|总)"
    "|董事|监事|秘书|助理|会计|出纳|财务|负责人|联系人|经办人|法人|法定代表人|老板|师傅|先生|女士|同志|老师|科员|职员|干部"
)
_POST = re.compile(_POSTS)
_PERSON = re.compile(
    rf"(?P<before>(?:[一-鿿]*?(?:{'|'.join(_BODIES)}|部))??(?:{_POSTS})?)(?P<name>[一-鿿]{{2,4}}?|[一-鿿]+·[一-鿿·]+?)"
    rf"(?P<after>(?:{_POSTS})?)"
)
_APART = re.compile(r"([、，,；;：:/／|&+＋\s]+|[（(][^）)]*[）)]|[\d*０-９][\d*０-９ ()（）+-]*)")
_TWO = re.compile(r"([一-鿿]{2,4})([和与及])([一-鿿]{2,4})")
_SPACED = re.compile(r"(?<![一-鿿])([一-鿿])[ \u3000]+([一-鿿])(?![一-鿿])")
_NOBODY = "未署名"
_COMPOUND = ("欧阳", "上官", "司马", "诸葛", "皇甫", "尉迟", "公孙", "慕容", "令狐", "司徒", "夏侯", "东方")
_LONGEST = 4  # characters of a Chinese name; what is longer is no name but words


def masked(text: str, names: Iterable[str] = ()) -> str:
    """Return ``text`` without phones, identity numbers and the persons' ``names`` that occur in it."""
    text = _replaced(_CALLED, text, _without_list)
    text = _replaced(_FOUND, text, _without)
    known = {one for name in names for one in named(name)}
    for name in sorted(known, key=lambda name: (-len(name), name)):
        if (hidden := person(name)) != name:
            spaced = r"[ \u3000]*".join(map(re.escape, name)) if len(name) == 2 else re.escape(name)
            text = re.sub(spaced, hidden, text)
    return text


def person(name: str) -> str:
    """Return a person's name with nothing but the family name; what names no person stays as it is.

    Of several in one text, as of 王某（厂长）、赵某, each; posts and bodies stay.
    """
    return "".join(hidden for hidden, _ in _persons(name))


def named(line: str) -> frozenset[str]:
    """Return the names of persons in a line that names some: of 王小某副总经理 13812340000 that is 王小某."""
    return frozenset(name for _, name in _persons(line) if name)


def contact(text: str, names: Iterable[str] = ()) -> str:
    """Return who may be asked, and how, as it was typed in a line: 李四，13812340000."""
    return person(masked(text, names))


def _replaced(pattern: re.Pattern[str], text: str, made: Callable[[re.Match[str], str], str | None]) -> str:
    """Return ``text`` with what ``pattern`` finds, in whichever signs, replaced where ``made`` says so."""
    parts, at = [], 0
    for found in pattern.finditer(text.translate(_ALIKE)):
        told = made(found, text)
        if told is not None:
            parts += [text[at : found.start()], told]
            at = found.end()
    return "".join([*parts, text[at:]])


def _without(found: re.Match[str], text: str) -> str | None:
    def as_typed(group: str) -> str:
        return text[found.start(group) : found.end(group)]

    if found["card"]:
        digits = sum(letter.isdigit() or letter in "Xx" for letter in found[0])
        return f"{as_typed('card')}********" if digits in (15, 18) else None
    if found["mobile"]:
        number = re.sub("[^0-9]", "", found["mobile"])
        gaps = len(re.findall(r"\D+", found["mobile"]))
        many = gaps > _MOST_GAPS and found["mobile"][1] != " "
        return None if many else f"{as_typed('before')}{number[:3]}****{number[-4:]}"
    return f"{as_typed('area')}{_short(found['local'])}"


def _without_list(found: re.Match[str], text: str) -> str:
    kept = text[found.start() : found.start("list")]
    return kept + re.sub(_NUMBER, lambda one: _short(one[0]), found["list"])


def _short(number: str) -> str:
    return f"****{re.sub('[^0-9]', '', number)[-3:]}"


def _persons(line: str) -> Iterator[tuple[str, str]]:
    """Yield the parts of a line as they may be shown, each with the person's name in it, "" for none."""
    parts = _APART.split(_SPACED.sub(r"\1\2", line))
    before = ""
    for at, part in enumerate(parts):
        if at % 2 == 0:
            two = None if _is_body(part) else _TWO.fullmatch(part)
            yield from map(_one, two.groups() if two else (part,))
            before = part
        elif part[0] in "（(" and _POST.fullmatch(before):  # 厂长（王某）
            yield part[0], ""
            yield from _persons(part[1:-1])
            yield part[-1], ""
        else:
            yield part, ""


def _one(text: str) -> tuple[str, str]:
    """Return a part of a line as it may be shown, and the person's name in it."""
    if text == _NOBODY or _POST.fullmatch(text) or HIDDEN in text or _is_body(text):
        return text, ""
    found = _PERSON.fullmatch(text)
    name = found["name"] if found else text
    if not _is_name(name):
        return text, ""
    family = name[:2] if name.startswith(_COMPOUND) and len(name) > 2 else name[0]
    hidden = f"{family}{HIDDEN}"
    return (f"{found['before']}{hidden}{found['after']}" if found else hidden), name


def _is_body(text: str) -> bool:
    return text.endswith(_BODIES) and not (len(text) <= 3 and text.startswith(tuple(_FAMILIES)))


def _is_name(text: str) -> bool:
    letters = text.replace("·", "")
    return (
        len(letters) > 1
        and letters.isalpha()
        and (len(text) <= _LONGEST or text != letters or text.isascii())
    )
