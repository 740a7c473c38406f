"""The closed vocabularies of the editorial annotations, in the order in which people see them.

The words are those that officials use when they ask "which of these fit this enterprise" (适用对象) and "what
does it give" (支持方式). An annotation outside these lists stops the build. Words that later
notices need stand at the end, so that those that were there keep their places.
"""

from __future__ import annotations

from desktop.catalogue.model import Tag

UNIT_KINDS = (
    "区级部门",
    "垂直管理机构",
    "企业",
    "机构群体",
    "国家部门",
    "省级部门",
    "市级部门",
    "县区政府",
    "镇街",
    "其他单位",
)
FIGURE_KINDS = ("figure", "condition")

BENEFICIARY = "beneficiary"
SUPPORT = "support"
TAG_KINDS = {BENEFICIARY: "适用对象", SUPPORT: "支持方式"}

BENEFICIARIES = {
    "all-enterprises": "各类企业",
    "sme": "中小企业",
    "small-micro": "小微企业",
    "startups": "创业者和个体经营者",
    "specialised": "“专精特新”企业",
    "high-tech": "高新技术和科技型企业",
    "emerging": "战略性新兴产业企业",
    "manufacturing": "工业和制造业企业",
    "service-firms": "服务业和民生领域企业",
    "foreign-trade": "外贸企业",
    "supply-chain": "产业链供应链重点企业",
    "distressed": "暂时困难企业",
    "agriculture": "“三农”主体",
    "workers": "劳动者和重点就业群体",
    "entrepreneurs": "企业家",
    "private-firms": "民营企业",
    "foreign-invested": "外资企业",
    "above-scale": "规上企业",
    "listed": "上市和拟上市企业",
    "carriers": "载体运营方",
    "financial-institutions": "金融机构",
}

SUPPORTS = {
    "funds": "资金奖补",
    "guarantee": "担保增信",
    "credit": "信贷支持",
    "tax-fees": "减税降费",
    "utilities": "用能保障和优惠",
    "employment": "稳岗就业",
    "arrears": "清欠和支付保障",
    "procurement": "政府采购",
    "market": "市场开拓",
    "innovation": "创新支持",
    "cultivation": "培育培训",
    "public-services": "公共和专业服务",
    "supervision": "监管规范",
    "appeals": "诉求办理",
    "coordination": "统筹调度",
    "premises": "空间租金",
    "approvals": "审批准入",
    "scenarios": "场景开放",
    "logistics": "物流通关",
    "computing-data": "算力数据",
    "equity-funds": "股权基金",
    "talent": "人才安居",
}


def tags() -> tuple[Tag, ...]:
    """Return every value of both vocabularies, 适用对象 first; ``ordinal`` counts from 1 within its kind."""
    return tuple(
        Tag(key, kind, ordinal, name)
        for kind, names in ((BENEFICIARY, BENEFICIARIES), (SUPPORT, SUPPORTS))
        for ordinal, (key, name) in enumerate(names.items(), start=1)
    )
