"""Measures with given words, as a catalogue holds them."""

from __future__ import annotations

import hashlib

from desktop.catalogue.model import Measure


def measure(number: int, title: str, body: str, *, units: str = "", notice: str = "xx-2026-1") -> Measure:
    """Return measure ``number`` of the first document of ``notice``."""
    head = f"{number}.{title}。" if title else f"{number}."
    text = f"{head}{body}{units}"
    return Measure(
        key=f"{notice}.1.m{number:02}",
        document_key=f"{notice}.1",
        category_key=f"{notice}.1.c01",
        number=number,
        title=title,
        text=text,
        start=0,
        end=len(text),
        line=1,
        body_start=len(head),
        body_end=len(head) + len(body),
        units_start=len(head) + len(body) if units else -1,
        text_sha256=hashlib.sha256(text.encode()).hexdigest(),
    )


CITY = (
    measure(
        1,
        "缓缴社会保险费",
        "面临暂时性生产经营困难的企业，可以申请缓缴社会保险费，缓缴期限最长六个月，缓缴期间免收滞纳金。",
    ),
    measure(
        2, "减免房屋租金", "承租国有房屋的小微企业，免收两个月租金、减半收取三个月租金，鼓励其他业主减租。"
    ),
    measure(3, "加大首贷支持", "银行首次向小微企业发放信用贷款的，按贷款本金的百分之一给予风险补偿。"),
    measure(4, "办好用工服务", "设立企业用工专员，每月举办两场线上招聘会，帮助企业解决季节性缺工问题。"),
)
DISTRICT = (
    measure(1, "支持数字化改造", "规上工业企业购置智能装备的，按投资额的十分之一补助。", notice="qq-2026-8"),
    measure(
        2,
        "减免租金",
        "承租区属国有房屋的小微企业，免收两个月租金、减半收取三个月租金。",
        notice="qq-2026-8",
    ),
    measure(
        3,
        "缓缴社保费",
        "生产经营暂时困难的企业可申请缓缴社会保险费，缓缴期内不加收滞纳金，区人社局一窗受理。",
        notice="qq-2026-8",
    ),
)
