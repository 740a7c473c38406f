"""Invented notices of forms that the bundled one has not, decided as a person would decide them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

from desktop.reading import kept
from desktop.reading.model import Head, NoticeReading
from desktop.reading.propose import propose

AHEAD = """安乙县人民政府办公室关于印发安乙县支持企业发展十条措施的通知
安乙政办〔2031〕7号

各乡镇人民政府，县直各单位：

《安乙县支持企业发展十条措施》已经县人民政府同意，现印发给你们，请认真贯彻执行。

安乙县人民政府办公室
2031年3月5日

安乙县支持企业发展十条措施

为贯彻落实《支持企业发展条例》，支持中小企业发展，制定本措施。

一、加大资金支持

（一）融资支持

1.设立专项资金。对符合条件的中小企业给予最高50万元贴息，支持企业扩大再
生产。（牵头单位：区财政局；配合单位：县工信局）

2.用好担保政策。推广“随借随还”。

鼓励银行让利。（责任单位：县金融办、县税务局）

（二）奖补支持

1.奖励规上企业。对首次升规企业奖励10万元。（责任单位：县工信局）

二、优化服务

1.减免房租。对承租国有房屋的企业减免三个月租金。（责任单位：县国资中心）

2.畅通诉求渠道。开通企业服务热线，及时办理企业诉求。（责任单位：县政府办）

本措施自发布之日起施行，有效期3年。
"""
"""Sorts before the bundled notice; groups, numbers that begin anew, a hard wrap, two paragraphs, roles."""

AHEAD_KEY = "ayzb-2031-7"

PLAIN = """某某市促进消费若干举措

为贯彻落实扩大内需的部署，进一步支持企业发展，制定以下措施，请各有关单位认真组织实施。

一、发放消费券。面向市民发放消费券，拉动消费。责任单位：市商务局

二、延长夜间经营。支持夜间经济集聚区延长营业时间。责任单位：市商务局、市城管局

三、支持跨境贸易。支持企业开展跨境贸易。责任单位：市商务局
"""
"""No number, no dates, no category, no day until which it holds."""

PLAIN_KEY = "n-2031-cjxf"


def ahead() -> NoticeReading:
    """Return :data:`AHEAD` as decided."""
    head = Head(
        "安乙政办〔2031〕7号",
        "安乙县人民政府办公室关于印发安乙县支持企业发展十条措施的通知",
        "安乙县人民政府办公室",
        ("各乡镇人民政府", "县直各单位"),
        date(2031, 3, 5),
        "2031年3月5日",
    )
    return replace(propose(AHEAD), head=head, questions=())


def plain() -> NoticeReading:
    """Return :data:`PLAIN` as decided."""
    return replace(propose(PLAIN), head=Head(title="某某市促进消费若干举措"), questions=())


def put(folder: Path, reading: NoticeReading, annotations: str) -> Path:
    """Write a notice's files into ``folder``, which is made; return it."""
    folder.mkdir(parents=True)
    (folder / "notice.txt").write_text(reading.source, "utf-8", newline="")
    (folder / "structure.json").write_text(kept.to_json(reading), "utf-8", newline="")
    (folder / "annotations.toml").write_text(annotations, "utf-8")
    return folder
