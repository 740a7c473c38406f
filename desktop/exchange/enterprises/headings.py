"""What a heading over a column of a list asks for: a field, its unit, its day. Proposed, not decided."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache

from desktop.catalogue import facts as vocabulary
from desktop.catalogue.lookalikes import usual
from desktop.verdicts.profile import FIGURES
from desktop.workspace.enterprises.model import FACT, FIGURE, UNITS, field_words

NAME, CODE = "name", "uscc"
UNIT_FACTORS = {"元": -4, "千元": -1, "万元": 0, "百万元": 2, "亿元": 4}
"""Powers of ten that make 万元 of a unit."""

_LONGEST = 60
_PART_WORDS = {"contact": "联系人", "post": "联系人职务", "phone": "联系人电话"}
_STANDINGS = ("资质", "登记")  # groups of facts that lists have a column of
_YEAR = re.compile(r"(20\d\d)(?:-(\d{1,2})-(\d{1,2})|年(?:(\d{1,2})月(?:(\d{1,2})日)?)?)?")
_UNIT = re.compile(r"(百万元|亿元|万元|千元|元|(?<=[(\[])[亿万千](?=[)\]]))")
_UNIT_OF_ALL = re.compile("单位:?(?:人民币|人[,、/和])?(百万元|亿元|万元|千元|元)")
_WHOLE_YEAR = re.compile("0?1月?[-—~至到]12月份?")
_AROUND = "*:、.#· "
_ALSO_CALLED = {"国家级专精特新小巨人": "little_giant", "国家级小巨人": "little_giant", "高企": "high_tech"}
_NO_FIGURE = re.compile("增速|增长|同比|占比|比重|比例|%|率|同期|预计|计划|目标|季度|半年|累计")
_OTHER_NAMES = re.compile("行业|产品|项目|联系|负责|法人代表|法定|开户|银行|主管|部门|园区|街道|乡镇")
_RULES: tuple[tuple[str, str], ...] = (
    (CODE, "信用代码|社会信用|统一代码|纳税人识别号|税号"),
    (NAME, "(企业|单位|公司|纳税人|主体|商户|法人)(详细|全)?(名称|名|全称)$|^(名称|企业|公司)$"),
    ("taxable_income", "应纳税所得"),
    ("revenue", "营业(总)?收入|业务收入|销售收入|营业额|营收|年收入"),
    ("assets", "资产总额|资产总计|总资产|资产合计"),
    ("employees", "从业人员|从业人数|职工|员工|用工人数|^人数$|在岗人数"),
    ("taxpayer", "纳税人"),
    ("industry", "行业"),
    ("town", "镇街|街镇|乡镇|镇办|街道|^所在镇|^所属镇|^镇$|^属地$"),
    ("address", "地址|住所|经营场所"),
    ("phone", "电话|手机|联系方式"),
    ("post", "职务|职位"),
    ("contact", "联系人|负责人|法定代表人|法人代表|^法人$|经办人"),
    ("notes", "备注|说明"),
)
_KNOWN = tuple((target, re.compile(pattern)) for target, pattern in _RULES)


@dataclass(frozen=True, slots=True)
class ColumnUse:
    """What a column is read as.

    ``target`` is name, uscc, industry, taxpayer, town, address, notes, contact, post, phone, one of FIGURES,
    or ``fact/<key>``; ``day`` is that of a figure, None for any; ``unit`` one of UNIT_FACTORS for money, ""
    where the list does not say it (万元 is taken).
    """

    target: str
    day: date | None = None
    unit: str = ""

    @property
    def field(self) -> str:
        """Return what no two columns may be at once."""
        return f"{FIGURE}/{self.target}/{self.day or ''}" if self.target in FIGURES else self.target

    @property
    def words(self) -> str:
        """Return what people call it."""
        return _PART_WORDS.get(self.target) or field_words(self.field)


Mapped = Mapping[int, ColumnUse]


def proposed(
    heads: Mapping[int, str], above: Iterable[str] = (), day: date | None = None, unit: str = ""
) -> dict[int, ColumnUse]:
    """Propose what each column is; the first of several that would be the same.

    ``above`` are the texts over the headings, where a unit for all may stand; ``day`` and ``unit`` are those
    of figures for which neither says one.
    """
    general = next((found[1] for text in above if (found := _UNIT_OF_ALL.search(_squeezed(text)))), unit)
    uses: dict[int, ColumnUse] = {}
    taken: set[str] = set()
    for column, head in sorted(heads.items(), key=lambda each: (_rank(each[1]), each[0])):
        use = use_of(head, general, day)
        if use is not None and use.field not in taken:
            uses[column] = use
            taken.add(use.field)
    return dict(sorted(uses.items()))


def use_of(head: str, unit: str = "", day: date | None = None) -> ColumnUse | None:
    """Return what a heading asks for, None where that is not known."""
    words = _WHOLE_YEAR.sub("", _squeezed(head))
    if not words or len(words) > _LONGEST:
        return None
    plain = re.sub(r"[(\[{<].*?[)\]}>]", "", words).strip(_AROUND)
    if fact := _fact(plain):
        return ColumnUse(f"{FACT}/{fact}")
    found = next((target for target, pattern in _KNOWN if pattern.search(_YEAR.sub("", plain))), None)
    if found == NAME and _OTHER_NAMES.search(plain):
        return None
    if found not in FIGURES:
        return ColumnUse(found) if found else None
    is_flow = found in ("revenue", "taxable_income")
    if _NO_FIGURE.search(words) or (is_flow and "月" in words and "日" not in words):
        return None
    said = _UNIT.search(words)
    money = UNITS[found] == "万元"
    return ColumnUse(found, _day(words) or day, _whole(said[1] if said else unit) if money else "")


def _whole(unit: str) -> str:
    """Return a unit in full: 亿 as 亿元."""
    return f"{unit}元" if unit and not unit.endswith("元") else unit


def known(heads: Mapping[int, str]) -> int:
    """Return how many different things headings ask for."""
    return len({use.field for head in heads.values() if (use := use_of(head))})


def names_firms(heads: Mapping[int, str]) -> bool:
    """Tell whether a row of texts can be the headings of a list of enterprises."""
    return any((use := use_of(head)) is not None and use.target == NAME for head in heads.values())


def _rank(head: str) -> int:
    """Return 0 for a heading that goes before others of its kind, such as a code before a name."""
    words = _squeezed(head)
    return int(not re.search("代码|^联系人|^营业收入|手机|^企业名称", words))


def _day(words: str) -> date | None:
    """Return the day that a heading names: the end of the year, of the month, or the day itself."""
    found = _YEAR.search(words)
    if not found:
        return None
    year, month, last = int(found[1]), int(found[2] or found[4] or 12), int(found[3] or found[5] or 0)
    try:
        return date(year, month, last) if last else _end_of_month(year, month)
    except ValueError:
        return None


def _end_of_month(year: int, month: int) -> date:
    if not 1 <= month <= 12:
        raise ValueError(month)
    following = date(year + month // 12, month % 12 + 1, 1)
    return date.fromordinal(following.toordinal() - 1)


def _fact(words: str) -> str:
    """Return the key of the fact that a heading names, "" for none: its name, or a part that no other has."""
    asked = _bare(words)
    names = _fact_names()
    if asked in names.values():
        return next(key for key, name in names.items() if name == asked)
    if asked in _ALSO_CALLED:
        return _ALSO_CALLED[asked]
    standings = vocabulary.vocabulary()
    held = [
        key
        for key, name in names.items()
        if len(asked) > 2 and asked in name and standings[key].group in _STANDINGS
    ]
    return held[0] if len(held) == 1 else ""


@cache
def _fact_names() -> dict[str, str]:
    return {key: _bare(_squeezed(fact.name)) for key, fact in vocabulary.vocabulary().items()}


def _bare(words: str) -> str:
    """Return the words of a fact without what asks, quotes and says of whom."""
    words = re.sub("[“”\"'?？]|^(是不是|是否|有无|是)(为|属于|有)?", "", words)
    return re.sub("(中小企业|企业)$", "", words)


def _squeezed(text: str) -> str:
    return "".join(usual(text).split())
