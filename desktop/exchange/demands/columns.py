"""The columns of a unit's demands: what it is told, what it fills in, what says which row this is."""

from __future__ import annotations

from desktop.exchange.returned import book
from desktop.exchange.sheets.layout import SheetColumn

NUMBER, TEXT = "诉求编号", "诉求内容"
FINISHED, ANSWER, DAY, BY = "是否办结", "办理进展/答复内容", "办理日期", "经办人"
HOW, TOLD_ON, DUE, REASON = "告知企业的方式", "告知企业的日期", "申请延期至", "延期理由"
FIRM, STANDS = "企业和联系方式", "承办和进展"
TOLD = (
    SheetColumn(NUMBER, 15.5, 15),
    SheetColumn(FIRM, 16, 12),
    SheetColumn(TEXT, 26, 17),
    SheetColumn(STANDS, 9, 8),
    SheetColumn("时限", 12, 12),
)
FILLED = (
    SheetColumn(FINISHED, 6, 6),
    SheetColumn(ANSWER, 22, 14),
    SheetColumn(DAY, 12, 12),
    SheetColumn(BY, 8, 8),
    SheetColumn(HOW, 9, 9),
    SheetColumn(TOLD_ON, 12, 12),
    SheetColumn(DUE, 12, 12),
    SheetColumn(REASON, 12, 9),
)
COLUMNS = (*TOLD, *FILLED)
DATES = (DAY, TOLD_ON, DUE)
HIDDEN = ("诉求标识", "步骤标识", "文字校验码")
YES, NO = "是", "否"

SHEET, MARK, SCHEMA = book.DEMANDS, "惠企措施手册·诉求办理回填标识", 1
IDENTITY = (*HIDDEN, NUMBER)
UNIT, PROGRAM, SENT_ON = "承办单位", "程序版本", "导出日期"
