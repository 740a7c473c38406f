"""Names of firms as they are compared: what typists differ in is no difference."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

_PROVINCES = (
    "北京|天津|上海|重庆|河北|山西|辽宁|吉林|黑龙江|江苏|浙江|安徽|福建|江西|山东|河南|湖北|湖南|广东|海南|四川|贵州|云南"
    "|陕西|甘肃|青海|内蒙古|广西壮族|广西|西藏|宁夏回族|宁夏|新疆维吾尔|新疆"
)
_PROVINCE = re.compile(rf"^({_PROVINCES})(省|市|自治区)?(?=.{{4}})")
_PLACE = re.compile(r"^([\u4e00-\u9fff]{2,3})(市|区|县)(?=.{4})")
_FORM = re.compile("有限责任公司")


@cache
def firm_name(name: str) -> str:
    """Return a name without width, case, blanks, brackets and other marks."""
    plain = unicodedata.normalize("NFKC", name).casefold()
    return plain if plain.isalnum() else "".join(filter(str.isalnum, plain))


def same_form(name: str) -> str:
    """Return a :func:`firm_name` in which 有限责任公司 is 有限公司, as both are written for the same form."""
    return _FORM.sub("有限公司", firm_name(name))


def firm_name_loosely(name: str) -> str:
    """Return the same without the province in front, and 阳泉市 as 阳泉."""
    return _PLACE.sub(r"\1", _PROVINCE.sub("", same_form(name)))
