"""What stands in a statement of units beside the names: labels, words of role, notes.

A label gives the role of what follows it (牵头单位：), a word behind the names that of what precedes it
(X牵头， Y配合). 责任单位, 负责 and 落实 give none. 会同 makes who convenes the lead and who is convened
support, unless another word says otherwise; 联合 makes both joint.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from desktop.reading.model import Role
from desktop.reading.unit_words import LABEL_ROLES


def _spaced(words: str | Iterable[str]) -> str:
    """Return a pattern of ``words`` that also finds them set wide, or broken by a line's end."""
    listed = words.split() if isinstance(words, str) else words
    return "|".join(r"\s*".join(word) for word in listed)


_STARTS = _spaced(word for word, _ in LABEL_ROLES)
_KINDS = _spaced("单位 部门 机构 机关 科室 处室 主体 部室 窗口")
_CORE = (
    r"(?:(?:[省市区县镇]级|主要|第[一二三]|共同|具体|其他|业务|行业|政策)\s*){0,2}"
    rf"(?:(?:{_STARTS})\s*(?:和|及|与|、|或|/)?\s*){{1,3}}(?:{_KINDS})\s*"
    r"(?:(?:及|和|与|、)?(?:分工|责任人|负责人|联系人)|[（(][^）)]{1,6}[）)])?"
)
_BEGINNING = r"(?:^|(?<=[\n。；;，,、\s]))"
_WORDS_BEFORE = r"[^局委办厅部会院行司府心省市区县州、，,；;：:（）()\W\d]{1,6}"
LABEL = re.compile(
    rf"{_BEGINNING}{_WORDS_BEFORE}{_CORE}\s*[:：]|{_CORE}\s*[:：]"
    r"|(?:牵头|配合|协办|主办|会办|承办|责任|联合|(?:任务|职责|责任|工作)?分工)\s*[:：]"
    rf"|(?:{_BEGINNING}[〔（(]|[【\[])\s*{_CORE}\s*[】\]〕）)]\s*[:：]?"
    rf"|{_BEGINNING}(?:责任|牵头|配合|主管|协办|落实|实施)(?:单位|部门)(?:[-—–－、；;]{{1,2}}|为|是)?(?=[省市区县州各国])"
    rf"|{_BEGINNING}(?:责任|牵头|配合)(?:单位|部门)(?=(?!会同|[及和与为是按由的应要可将负、])[\u4e00-\u9fff]{{0,14}}"
    r"(?:局|委|厅|海关|银行|[分支]行|集团|公司|管委会|政府|中心|妇联|工会|商会)(?:[、，,；;]|\s*$))"
)
"""责任单位：, 牵头部门：, 牵头（责任）单位：, also 牵头：, 【责任单位】 and 责任单位 that lost its colon."""

BLANK_LABEL = re.compile(rf"(?:{'|'.join(word for word, _ in LABEL_ROLES)})(?:单位|部门)(?=\s)")
"""A label with a blank in place of its colon."""

ODD_LABEL = re.compile(
    rf"{_BEGINNING}(?!申报|用人|建设|施工|发布|申请|报送|主送|抄送|编制|起草|使用|企业|咨询|联系)"
    r"[\u4e00-\u9fff]{2,8}(?:单位|部门|科室|处室)\s*[:：]"
)
"""A label that seems to be one of units (政策兑现单位：), which is asked for."""

OTHER_LABEL = re.compile(r"(?:^|(?<=[；;。，,\s]))[\u4e00-\u9fff]{2,8}\s*[:：]")
"""A label of something else (完成时限：, 联系电话：), which is no list of units."""

NOT_OF_UNITS = re.compile(
    r"(?:数据|资料|信息)?(?:来源|附件|注|备注|简称|以下简称|详见|咨询|联系)|"
    r"(?:责任|联系|负责|分管|牵头)?(?:人|领导|电话|方式|地址|时限|时间)|"
    r".{0,4}(?:电话|地址|时间|时限|期限|邮箱|网址|传真)"
)
"""Labels that name no units, whatever stands behind them."""

_TAIL = (
    r"(?:按照?|根据|依据)?(?:各自)?(?:职责|职能)?(?:分工)?(?:分别|共同|具体|组织|统筹)?"
    r"(?:做好|抓好|开展)?(?:相关|有关|具体)?"
    r"(?P<verb>牵头|配合|协同|协助|协办|主办|承办|会办|参与|参加|联合|负责|落实|实施|推进|组织|办理|执行)"
    r"(?:牵头|配合|负责|落实|组织|实施|推进|办理|做好|抓好|统筹|协调|推动|工作|相关|具体|有关|[和、]|职责|的)*$"
)
TAIL = re.compile(_TAIL)
"""Words of role behind a name, to the end of the word."""

AS_ROLE = re.compile(r"(?:为|是|作为)(?P<verb>牵头|配合|主办|协办|参与|责任|联合)(?:责任)?(?:单位|部门)$")
"""X为牵头单位."""

DUTIES_ONLY = re.compile(
    r"^(?:按照?|根据|依据)(?:各自)?(?:职责|职能)(?:分工)?.{0,8}$|^(?:分别|共同|分工)负责$|^(?:各负其责|分工协作)$"
)
"""按职责分工负责, standing alone."""

INFIX = re.compile(
    r"(?P<lead>牵头)?(?:负责)?[，,]?(?P<verb>会同|联合)(?=[\u4e00-\u9fff])|(?P<alone>牵头)(?=[^负组落实和及、的统协抓推]{3})"
)
"""What stands between two names in one breath: X会同Y, X牵头会同Y, X牵头Y配合."""

HEADING = re.compile(r"^(?P<verb>由|会同|联合|协同|配合)(?=[\u4e00-\u9fff]{2})")
"""What stands in front of a name: 由X负责, 会同Y."""

WHOEVER = re.compile(r"^(?:各)?(?:有关|相关|其他|责任|成员|市级有关|区级有关)*(?:部门|单位|方面|部门和单位)$")
"""Whom 会同 convenes without naming anybody."""

VERB_ROLES: dict[str, Role | None] = {
    "牵头": Role.LEAD,
    "主办": Role.LEAD,
    "配合": Role.SUPPORT,
    "协同": Role.SUPPORT,
    "协助": Role.SUPPORT,
    "协办": Role.SUPPORT,
    "参与": Role.SUPPORT,
    "参加": Role.SUPPORT,
    "会同": Role.SUPPORT,
    "联合": Role.JOINT,
    "会办": Role.JOINT,
}

NOTE = re.compile(
    r"下同|^以下|^下列|^下述|以上.{0,6}(?:均|都)|不再.{0,4}列|不[再一].{0,4}(?:列出|列明|列示|重复)|"
    r"为牵头|是牵头|系牵头|为配合|为第一责任|牵头(?:单位|部门)?的|^[列排].{0,8}[一首前]|"
    r"第一个|逗号|顿号|^排名|不分先后|^均(?:为|由|需|含|涉及)|^其他.{0,12}(?:落实|负责|列)|^带[*＊★▲●]|"
    r"\d{4}年\S{0,8}(?:前|底|末|完成|止)|^(?:长期|持续|常态化|年内|每年|全年|适时|立即)(?:推进|坚持|实施|开展|完成|落实)?$"
)
"""What names no unit: 下同, 以下均涉及各县区，不再列出, 列第一位的为牵头单位."""

NOTE_TO_END = re.compile(r"^(?:以下|下列|下述|以上|第一个|列|排|带|标)")
"""A note that goes on over commas to the end of its sentence."""

BRACKET_NOTE = re.compile(
    r"^[（(〔\[【〈<](?:(?:含|包括|下同|以下|简称|不含|下称|限|仅|涉及|原|按职责|除)|.*(?:[:：]|\d{5}|下同)).*",
    re.DOTALL,
)
BRACKET_ROLE = re.compile(
    r"[（(〔\[【〈](牵头|配合|主办|协办|主责|参与|联合|会办)(?:单位|部门)?[）)〕\]】〉]"
)

STARS = "*＊★▲●☆△※"
"""Marks in front of or behind a name that a note explains."""

FIRST_LEADS = re.compile(
    r"(?:[列排]\S{0,6}?(?:第[一1]|首|最前)\S{0,4}?|第一个(?:单位|部门)?|首个(?:单位|部门)?|第[一1](?:责任)?(?:单位|部门|顺位)\S{0,3}?)"
    r"(?:的|者)?(?:单位|部门)?(?:为|是|系|作为)(?:主要|第一)?(?:牵头|主办|主责)"
)
FIRST_COMMA_LEADS = re.compile(r"第一个逗号(?:之|以)?前\S{0,6}?(?:为|是|系)\S{0,3}?(?:牵头|主办)")
STAR_LEADS = re.compile(
    rf"(?:[{re.escape(STARS)}]|星号)\S{{0,8}}?(?:为|是|系|作为|表示)?\S{{0,4}}?(?:牵头|主办)"
)
REST_SUPPORT = re.compile(r"(?:其余|其他|其它)\S{0,6}?(?:为|是|系)\S{0,3}?(?:配合|协办|参与)")


def label_role(label: str) -> Role | None:
    """Return the role that a label gives: the first word of it that gives one, 牵头责任单位 is 牵头.

    A label of two roles (牵头和配合单位：) gives none.
    """
    plain = "".join(label.split())
    roles = [role for word, role in LABEL_ROLES if word in plain and role]
    return roles[0] if len(set(roles)) == 1 else None
