"""An invented notice of another form: no 文号, groups, roles, no titles of measures, a term of years."""

from __future__ import annotations

from desktop.reading.model import NoticeReading
from desktop.reading.propose import propose

TITLE = "关于促进夜间经济健康发展的若干意见"
SOURCE = f"""{TITLE}

各乡镇人民政府、县直各单位：

为激发夜间消费活力，提出如下意见。

一、总体要求

坚持政府引导、市场运作。

二、重点任务

（一）完善设施

1.改造夜市街区，对夜市街区给予改造补助。（牵头单位：县商务局；配合单位：县住建局、县城管局）

2.延长公交运营时间。（责任单位：县交通局）

（二）优化服务

3.夜间经营实行容缺办理，当场受理、当日办结。（县行政审批局牵头，县市场监管局配合）

本意见自2026年5月1日起施行，有效期两年。

县人民政府办公室
2026年4月20日
"""


def reading() -> NoticeReading:
    """Return it, read and without anything open."""
    read = propose(SOURCE)
    assert not read.questions
    return read
