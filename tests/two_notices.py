"""The bundled notice and an invented one of the same form beside it, which comes first by its key.

The invented one issues two papers, numbered from 1 each. One of its units is new, the others are known ones.
"""

from __future__ import annotations

import shutil
import sqlite3
from dataclasses import replace
from pathlib import Path

from desktop import paths
from desktop.catalogue import build, store
from desktop.reading import kept
from desktop.reading.heads import read_head
from desktop.reading.model import NoticeReading
from desktop.reading.propose import propose

KEY, NUMBER = "cqzf-2026-5", "城区政发〔2026〕5号"
BUNDLED = "czbf-2023-3"
BUNDLED_NUMBER = "城政办发〔2023〕3号"
FIRST, SECOND = "支持餐饮服务业发展若干措施", "支持外贸企业发展若干措施"
TITLE = f"城区人民政府关于印发{FIRST}和{SECOND}的通知"
SOURCE = f"""{TITLE}
发布日期:2026-03-20

{NUMBER}

城区人民政府
关于印发{FIRST}和{SECOND}的通知

各街道办事处,区直各单位:

《{FIRST}》和《{SECOND}》已经区人民政府同意,现印发给你们,请遵照执行。

城区人民政府

2026年3月18日

{FIRST}

为落实《阳泉市城区加大纾困帮扶力度支持中小企业平稳健康发展若干措施》(城政办发〔2023〕3号),制定以下措施。

一、降低经营成本

1.减免门店租金。对承租国有房产的餐饮企业减免2个月租金,并提供融资担保。(责任单位:区财政局、区商务示范办)

2.发放消费券。每季度发放餐饮消费券,单张不超过50元。(责任单位:区商务示范办)

二、优化监管服务

3.推行首违不罚。对首次轻微违法行为不予处罚。(责任单位:区市场监管局)

{SECOND}

一、稳住外贸订单

1.补贴参展费用。对参加境外展会的企业补贴展位费的50%。(责任单位:区商务示范办、区财政局)

2.加强出口信保。扩大出口信用保险覆盖面,降低担保费率。

本措施自印发之日起施行,有效期至2099年12月31日。
"""
ANNOTATIONS = """
[[unit]]
key = "finance"
name = "区财政局"
kind = "区级部门"
aliases = ["财政局", "财政", "城区财政局"]

[[unit]]
key = "trade-pilot"
name = "区商务示范办"
kind = "区级部门"
aliases = ["示范办"]

[[unit]]
key = "market-regulation"
name = "区市场监管局"
kind = "区级部门"
aliases = ["市场监管局", "市场监管", "市监局", "区市监局", "城区市场监管局",
    "市场监督管理局", "区市场监督管理局", "工商局"]

[[measure]]
number = 1
beneficiary = [["service-firms", "餐饮企业"]]
support = [["guarantee", "融资担保"]]
figure = [["减免租金", "2个月"]]

[[measure]]
number = 2
beneficiary = [["service-firms", "餐饮"]]
support = [["market", "消费券", 2]]

[[measure]]
number = 3
beneficiary = [["all-enterprises", "首次轻微违法"]]
support = [["supervision", "不予处罚"]]

[[measure]]
document = 2
number = 1
beneficiary = [["foreign-trade", "参加境外展会的企业"]]
support = [["funds", "补贴展位费"]]

[[measure]]
document = 2
number = 2
beneficiary = [["foreign-trade", "出口信用保险"]]
support = [["guarantee", "担保费率"]]
"""


def reading(source: str = SOURCE) -> NoticeReading:
    """Return the invented notice, read and without anything open."""
    read = propose(source)
    made = replace(read, head=read_head(source, read.pieces))
    assert not made.questions
    return made


def built(folder: Path) -> Path:
    """Build a database of both below ``folder`` and return its path."""
    sources = folder / "notices"
    shutil.copytree(paths.resources() / "notices" / BUNDLED, sources / BUNDLED)
    (sources / KEY).mkdir()
    (sources / KEY / "notice.txt").write_bytes(SOURCE.encode())
    (sources / KEY / "annotations.toml").write_bytes(ANNOTATIONS.encode())
    (sources / KEY / "structure.json").write_bytes(kept.to_json(reading()).encode())
    out = folder / "library.db"
    build.build(sources, out)
    return out


def opened(path: Path) -> sqlite3.Connection:
    """Open it as the program does."""
    return store.open_catalogue(path)
