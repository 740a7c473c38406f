"""What kind of unit a name is of, as its own words say; a person may say otherwise."""

from __future__ import annotations

import re

from desktop.catalogue.vocabulary import UNIT_KINDS

_RULES = (
    ("机构群体", r"^(?:各|有关|相关|其他|辖区|辖内|驻|[省市区县]直.*单位)|[^民]各"),
    ("机构群体", r"(?:机构|部门|单位|企业|协会|商会|院校)等?$"),
    ("垂直管理机构", r"税务局|税务总局|海关|人民银行|人行|外汇局|外汇管理|银保监|证监|邮政管理|统计调查队"),
    (
        "垂直管理机构",
        r"金融监管(?:总局|[支分]局)|金融监督管理(?:总局|[支分]局)|烟草专卖|边检|海事局|国家统计局",
    ),
    ("垂直管理机构", r"(?:环境|资源|规划|公安)局.+分局"),
    ("企业", r"公司$|集团$|资本$|供电(?:所|局)?$|电网|国网|联通|移动|电信|铁塔|银行|分行|支行"),
    (
        "县区政府",
        r"(?:[县区市旗]|管委会)(?:人民)?政府$|管委会$|管理委员会$|[^园]区管委|(?:开发|高新|经开)区$",
    ),
    ("镇街", r"(?:镇|乡)(?:人民)?政府$|(?:镇|乡|街道|街道办|街道办事处)$"),
    ("省级部门", r"^省|^[\u4e00-\u9fff]{2,3}省|自治区|厅$"),
    ("市级部门", r"^市(?!场)|^团市委|^[\u4e00-\u9fff]{2,6}市"),
    ("国家部门", r"^(?:国家|国务院|中共中央|中央)|^[\u4e00-\u9fff]{2,12}部$"),
    ("区级部门", r"^[区县旗]|^[\u4e00-\u9fff]{1,6}[区县旗]|局$|委$|办$|中心$|办公室$|联$"),
)
_COMPILED = tuple((kind, re.compile(pattern)) for kind, pattern in _RULES)
_OTHERWISE = "其他单位"


def kind_of(name: str) -> str:
    """Return the kind of a unit by its name, one of :data:`desktop.catalogue.vocabulary.UNIT_KINDS`."""
    kind = next((kind for kind, pattern in _COMPILED if pattern.search(name)), _OTHERWISE)
    assert kind in UNIT_KINDS
    return kind
