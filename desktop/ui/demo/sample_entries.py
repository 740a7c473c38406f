"""Invented entries for the tour: every status and every light, told relative to the day on which it is made.

They are for pictures only, and are written only into a workspace that the caller made for it.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

from desktop.workspace.items import checklist, notes, settings
from desktop.workspace.items.model import ItemKey, Status

if TYPE_CHECKING:
    import sqlite3
    from datetime import datetime

    from desktop.catalogue.query import Catalogue

BY = "演示"
CONFIRMED_BY = "演示（核实）"
OWNERS = ("张××", "李××", "王××", "赵××", "刘××", "陈××")
FAVOURITES = (2, 16, 19)
NOTE = (2, "经办银行名单以区人社局最新通知为准。")


class Told(NamedTuple):
    """What a unit would write about a measure: progress, problems, next step."""

    progress: str
    problems: str = ""
    next_step: str = ""


class Stand(NamedTuple):
    """How an item stands: status, days from today to its deadline (None: none written)."""

    status: Status
    days: int | None = None


_ROUND = (
    Stand(Status.CLOSED, -70),
    Stand(Status.UNDER_WAY),
    Stand(Status.NOT_APPLICABLE),
    Stand(Status.DONE, -12),
    Stand(Status.UNDER_WAY, 6),
    Stand(Status.NOT_STARTED),
    Stand(Status.UNDER_WAY, 38),
    Stand(Status.DONE, -23),
    Stand(Status.UNDER_WAY, -8),
    Stand(Status.NOT_STARTED),
    Stand(Status.CLOSED, -54),
    Stand(Status.NOT_STARTED, 128),
    Stand(Status.UNDER_WAY, 13),
    Stand(Status.DONE, 27),
    Stand(Status.UNDER_WAY, 61),
    Stand(Status.CLOSED, -31),
    Stand(Status.UNDER_WAY, 0),
    Stand(Status.DONE, 9),
    Stand(Status.NOT_STARTED, -3),
    Stand(Status.UNDER_WAY, 90),
    Stand(Status.NOT_STARTED, 15),
)

_DONE = (
    "已按要求办结，材料已归档",
    "年度任务已完成，转入常态化",
    "政策已全部落实到位",
    "目标任务已完成，已报领导小组办公室",
)
_SHIFTS = (0, 3, 1, 6)  # days, for each time round: no two weeks look alike

_TOLD = {
    1: Told("已拨付第一批资金，第二批名单公示中", "部分企业资料不全", "月底前完成第二批审核"),
    2: Told("已发放创业担保贷款 46 笔", "个别申请人征信未达标", "会同经办银行再审一次"),
    3: Told("平均担保费率 1.2%，尚未降至 1% 以下", "担保机构增资未到位", "下月提交增资方案"),
    4: Told("已向 312 户企业推送缓税、减免政策", "", "按月核对应享未享名单"),
    5: Told("涉企非税收入负面清单已公布", "", "开展一次随机检查"),
    6: Told("小型微利企业退税已办 128 户", "3 户账户信息有误", "联系企业更正账户"),
    7: Told("“信易贷”平台已注册企业 540 户", "授信转化率偏低", "组织一次银企对接会"),
    8: Told("小微企业首贷户新增 37 户", "续贷资料重复提交", "与银行统一资料清单"),
    9: Told("“随借随还”产品已在 4 家银行推出", "", "扩大到全部辖区银行"),
    10: Told("12345 转办价格投诉 19 件，办结 17 件", "2 件正在立案", "年底前全部办结"),
    11: Told("“欠费不停供”惠及 26 户企业", "", "汇总缓缴到期名单"),
    12: Told("错峰用电方案已印发", "", "迎峰度冬前再演练一次"),
    13: Told("符合条件的 9 户企业已备案", "1 户用电类别待核", "会同供电公司现场核实"),
    14: Told("稳岗返还“免申即享” 215 户", "", "公示第三批名单"),
    15: Told("举办招聘活动 6 场，达成意向 430 人", "技术岗位缺口较大", "赴职业院校对接"),
    16: Told("台账已建，应清 12 笔，已清 7 笔", "分歧欠款 2 笔在调解", "逐笔明确清偿时间"),
    17: Told("已对 5 个单位开展督查", "", "通报督查结果"),
    18: Told("推介民生领域项目 8 个", "社会资本参与意愿不高", "完善项目收益测算"),
    19: Told("预留中小企业份额 34%", "", "公开四季度采购意向"),
    20: Told("组织 11 户企业参展", "展位费补贴未拨付", "本月完成补贴审核"),
    21: Told("举办跨境撮合活动 1 场", "企业英文资料不全", "协助 5 户企业准备资料"),
    22: Told("培育库入库企业 28 户", "", "推荐 4 户申报省级"),
    23: Told("科技型中小企业入库 33 户", "技改项目前期手续慢", "实行专人代办"),
    24: Told("“创客中国”区级赛报名 17 个项目", "", "遴选 3 个项目参加市赛"),
    25: Told("知识产权质押融资 2 笔", "评估机构少", "引入一家服务机构"),
    26: Told("征集技术需求 14 项，对接高校 2 所", "", "签订合作协议"),
    27: Told("开展质量诊断 8 户", "检测设备预约时间长", "协调市级检测机构"),
    28: Told("企业家培训已办 2 期、86 人次", "", "明年一季度办第 3 期"),
    29: Told("领导小组会议已召开 2 次", "", "印发分工方案"),
    30: Told("走访企业 41 户，收集诉求 23 条", "用地类诉求办理周期长", "提请领导小组研究"),
    31: Told("运行监测问卷回收 160 份", "部分企业未按时填报", "电话提醒"),
    32: Told("调研报告初稿已完成", "", "征求各部门意见"),
}


def fill(db: sqlite3.Connection, catalogue: Catalogue, at: datetime) -> None:
    """Enter demonstration values for every unit, as if typed during the weeks before ``at``.

    Each unit takes its turn in a fixed round of stands, so that the same day always gives the same pictures.
    """
    turn = 0
    for unit in catalogue.checklist_units():
        for measure in catalogue.measures_of(unit.key):
            stand, told = _stand(turn), _TOLD.get(measure.number, Told(""))
            key, moment = ItemKey(unit.key, measure.key), at - timedelta(days=20, minutes=7 * (200 - turn))
            for step, values in enumerate(_steps(stand, told, OWNERS[turn % len(OWNERS)], at)):
                when = moment + timedelta(days=6 * step)
                by = CONFIRMED_BY if values.get("status") == Status.CLOSED else BY
                checklist.edit(db, catalogue, key, values, by=by, source="录入", at=when)
            turn += 1
    settings.put(db, "user_name", OWNERS[0])
    for number in FAVOURITES:
        notes.set_favourite(db, catalogue, catalogue.by_number(number).key, True, at=at)
    noted, text = NOTE
    notes.set_note(db, catalogue, catalogue.by_number(noted).key, text, by=OWNERS[0], at=at)


def _stand(turn: int) -> Stand:
    """Return how the item whose turn it is stands."""
    stand = _ROUND[turn % len(_ROUND)]
    shift = _SHIFTS[turn // len(_ROUND) % len(_SHIFTS)]
    return stand if stand.days is None else stand._replace(days=stand.days + shift)


def _steps(stand: Stand, told: Told, owner: str, at: datetime) -> list[dict[str, str]]:
    """Return the edits, oldest first, that lead to ``stand``; none for an item that nobody touched."""
    deadline = "" if stand.days is None else (at.date() + timedelta(days=stand.days)).isoformat()
    if stand.status is Status.NOT_STARTED:
        return [{"deadline": deadline, "owner": owner}] if deadline else []
    if stand.status is Status.NOT_APPLICABLE:
        return [{"status": stand.status.value, "reason": "本年度无此项预算安排", "owner": owner}]
    texts = {"progress": told.progress, "problems": told.problems, "next_step": told.next_step}
    begun = {"status": Status.UNDER_WAY.value, "deadline": deadline, "owner": owner, **texts}
    if stand.status is Status.UNDER_WAY:
        return [begun]
    ended = _DONE[len(told.progress) % len(_DONE)]
    done = {"status": Status.DONE.value, "progress": ended, "problems": "", "next_step": ""}
    return [begun, done, {"status": Status.CLOSED.value}] if stand.status is Status.CLOSED else [begun, done]
