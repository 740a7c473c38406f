"""Invented notices as folders: one as it was first issued, and one with its words amended."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from desktop.reading.model import Head, NoticeReading
from desktop.reading.propose import propose
from tests.catalogue import invented

KEY = "xxzf-2030-2"
MEASURES = (
    "缓缴社会保险费。生产经营暂时困难的企业，可以申请缓缴社会保险费六个月，缓缴期间免收滞纳金。（责任单位：县人社局）",
    "减免房屋租金。承租国有房屋的小微企业，免收两个月租金、减半收取三个月租金。（责任单位：县财政局、县住建局）",
    "支持首次贷款。银行首次向小微企业发放信用贷款的，按贷款本金的1%给予风险补偿。（责任单位：县财政局）",
    "办好用工服务。设立企业用工专员，每月举办两场线上招聘会，帮助企业解决季节性缺工。（责任单位：县人社局）",
)
FRESH = "补贴物流费用。对企业运往县外的货物，按运费的10%给予补贴，每年不超过10万元。（责任单位：县交通局）"
AMENDED = (FRESH, MEASURES[0].replace("六个月", "十二个月"), *MEASURES[2:])
"""A new measure ahead of all, the first one in other words, the second one gone."""
UNITS = ("县人社局", "县财政局", "县住建局", "县交通局")


def reading(
    measures: Sequence[str] = MEASURES,
    *,
    number: str = "某县政发〔2030〕2号",
    issued: date | None = date(2030, 3, 5),
) -> NoticeReading:
    """Return a notice of ``measures`` as decided."""
    title = "某县促进企业发展若干措施"
    numbered = "\n\n".join(f"{at}.{words}" for at, words in enumerate(measures, 1))
    text = (
        f"{title}\n\n为支持企业发展，制定以下措施，请各有关单位认真组织实施。\n\n一、加大支持\n\n{numbered}\n"
    )
    head = Head(number, title, "某县人民政府", (), issued)
    return replace(propose(text), head=head, questions=())


def annotations(found: NoticeReading) -> str:
    """Return annotations that name the units of a notice, and nothing else."""
    keys = ("hr", "finance", "housing", "transport")
    return "".join(
        f'[[unit]]\nkey = "xx-{key}"\nname = "{name}"\nkind = "其他单位"\naliases = []\n\n'
        for key, name in zip(keys, UNITS, strict=True)
        if name in found.source
    )


def put(folder: Path, measures: Sequence[str] = MEASURES, **others: object) -> Path:
    """Write a notice of ``measures`` into ``folder``, which is made; return it."""
    found = reading(measures, **others)  # type: ignore[arg-type]
    assert [len(document.measures) for document in found.documents] == [len(measures)]
    return invented.put(folder, found, annotations(found))
