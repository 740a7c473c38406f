"""The turns of phrase in which notices say from when and until when they hold.

All are looked for in one sentence without its blanks. The first group that took part holds the day, the
length of time or the event.
"""

from __future__ import annotations

import re

from desktop.reading.days import COUNT, DAY, DAY_OR_END, LENGTH, SMALL

_TERM = r"(?:(?:有效|执行|施行|实施|试行|政策|适用|生效)(?:期限?|时间|期间))"
_DO = r"(?:正式|开始|暂|暂定|继续)*(?:施行|实施|执行|生效|试行|有效)"
_BASE = (
    r"(?:(?:本[^自，,]{1,4}|政策|文件|正式|公开)*"
    r"(?:印发|发布|公布|下发|发文|颁布|出台|印发实施|发布实施)之?日)"
)
_TO = r"(?:截?至|到|截止至|截止到?|止于|截止(?:时间|日期)?为|[—–－-]+)"
_GAP = r"[^。；;《》]"
_ENDS = r"(?:自动|自行|即行)?(?:失效|废止|终止执行|停止执行|终止|不再执行)"

UNTIL = (
    re.compile(rf"(?:{_TERM}|{_DO}){_GAP}{{0,24}}?{_TO}(?P<day>{DAY_OR_END})(?:止|为止|结束)?"),
    re.compile(rf"{_TO}(?P<day>{DAY_OR_END})(?:止|为止|{_ENDS}|期满)"),
    re.compile(rf"起{_GAP}{{0,6}}?{_TO}(?P<day>{DAY_OR_END})"),
    re.compile(rf"(?P<day>{DAY})(?:之?后|以后){_ENDS}"),
)
UNTIL_SAME_YEAR = re.compile(
    rf"(?P<first>{DAY})起?{_TO}(?:同年|当年|本年)?(?P<month>{SMALL})月(?P<of_month>{SMALL})日"
)
STOPS = re.compile(rf"[自于](?P<day>{DAY})起?{_ENDS}")
SINCE = (
    re.compile(
        rf"[自从于](?P<day>{DAY})之?日?(?:起|开始)(?!{_ENDS}|\d){_GAP}{{0,4}}?(?:{_DO}|至|到|，|,|有效)"
    ),
    re.compile(rf"(?:施行|实施|执行|生效)(?:日期|时间)(?:为|：|:)(?P<day>{DAY})"),
    re.compile(rf"于(?P<day>{DAY})起?{_DO}"),
    re.compile(rf"{_TERM}(?:为|：|:|自|从|是)*(?P<day>{DAY})(?:起|开始)?{_TO}"),
)
SINCE_BASE = re.compile(
    rf"(?:自|从|于)?{_BASE}(?:起|开始)?(?:的)?(?:(?P<days>{COUNT})(?:日|天)(?:之?后|起)?)?"
)
_LONG = rf"(?P<length>{LENGTH})(?!内|后|以|来|期|行动|计划|规划|滚动|度)"
PERIOD = (
    re.compile(
        rf"{_TERM}(?:暂定|暂|均|原则上|为|是|共|计|限|：|:|自{_GAP}{{1,24}}?起(?:计算)?(?:的)?)*{_LONG}"
    ),
    re.compile(rf"(?:暂定|试行|暂行|{_DO})(?:期)?(?:为|暂定|：)*{_LONG}"),
    re.compile(rf"{_BASE}起(?:的|计算|计|，|,|有效|暂定|执行|施行|实施)*{_LONG}"),
    re.compile(rf"(?P<length>{LENGTH})内有效"),
)
_OVER = r"(?:解除|结束|终止|完毕|届满|取消|出台|消除)"
_LATER = r"(?:之日|后\S{1,4}?(?:个月|日|天|年|周))?(?:止|为止)?"
EVENT = (
    re.compile(
        rf"(?:{_TERM}|{_DO}|{_BASE}起){_GAP}{{0,20}}?{_TO}"
        rf"(?P<event>[^，,。；;\d][^，,。；;]{{1,40}}?(?:{_OVER}{_LATER}|止))"
    ),
    re.compile(rf"自(?P<event>[^，,。；;]{{2,40}}?(?:{_OVER}|施行|实施))(?:之日|后)?起?{_ENDS}"),
    re.compile(rf"(?P<event>[^，,。；;]{{2,40}}?{_OVER})之?后{_ENDS}"),
    re.compile(r"(?:仅)?适用于(?P<event>[^，,。；;]{2,20}?期间)"),
    re.compile(rf"{_DO}?{_TO}(?P<event>[^，,。；;\d][^，,。；;]{{1,40}}?{_OVER}{_LATER})"),
)
OTHER = (
    re.compile(rf"{_TERM}(?!内|届满|满){_GAP}{{0,24}}?(?:与|同|和|跟)[^。]*?(?:一致|相同|同步|保持一致)"),
    re.compile(rf"(?:与|同|和){_GAP}{{0,40}}?{_TERM}(?:保持)?(?:一致|相同|同步)"),
    re.compile(
        rf"{_TERM}(?!内|届满|满){_GAP}{{0,10}}?(?:按照?|依照|参照|以|根据)[^。；;]*?(?:执行|规定|为准|确定)"
    ),
)
PLANS_END = re.compile(
    rf"(?:{_TERM}|{_DO}|{_BASE}起){_GAP}{{0,20}}?{_TO}(?P<event>[“\"]?十[一二三四五六七]五[”\"]?(?:规划|时期)?(?:期?末|结束))"
)
"""The end of a five-year plan, which is asked for."""

OF_ANOTHER = re.compile(r"》(?:[（(〔][^（）()]*[）)])*$")
"""The title of a paper right before a term, which is that paper's."""

LASTING = re.compile(r"长期有效|长期执行|长期施行")
OF_ITSELF = re.compile(
    rf"{_TERM}|{_DO}|停止|失效|废止|(?:本|上述|以上)\S{{0,4}}(?:措施|政策|办法|意见|通知|文件|方案)"
)
"""What a sentence speaks of that can state a term."""

OF_OTHERS = re.compile(
    r"(?:征求意见|意见征集|申报|受理|申请|报名|公示|反馈|填报|提交|缴纳|缴费|还款|到期)[^，,。；;]*$|"
    r"(?:证书|许可证?|手册|合同|协议|贷款|担保|保单|资质|合作|承诺|租赁|补贴|补助|奖励|年度)[^，,。；;]{0,6}$|"
    r"(?:原|此前|之前)[^，,]*《[^》]*》[^，,]*$"
)
"""What makes the words behind it say something of another thing than the notice."""
