"""填写说明: the sheet that tells the clerk at the unit how to fill the checklist in and send it back."""

from __future__ import annotations

from openpyxl.utils import get_column_letter

from desktop.catalogue.validity import date_words
from desktop.exchange.sheets import form as sheet_form
from desktop.exchange.sheets.book import Book
from desktop.exchange.sheets.cells import text_cell
from desktop.exchange.sheets.layout import SheetColumn, height
from desktop.exchange.sheets.styles import CellLook
from desktop.workspace.items.model import Status
from desktop.workspace.returns.rounds import Round

TITLE = "填写说明"
COLUMNS = (SheetColumn("栏目", 16, 16), SheetColumn("怎么填", 78, 78), SheetColumn("例子", 42, 42))

_WAY = (
    "1. 在清单所在的工作表中填写；只填“完成时限”至“不适用理由”各栏，其余各栏（含措施原文）不用动。",
    "2. 填不下可以换行（Alt+回车）；可以筛选、隐藏行和列，也可以改文件名、工作表名，不影响回收；请不要排序。",
    "3. 请在本文件中填写并存为 .xlsx；不要把表格复制到别的文件里，不要删除隐藏的列和工作表，不要设打开密码。",
    "4. 请直接填写文字和日期，不要使用公式和宏；同一答复不要用合并单元格表示，各行分别填写。",
    "5. 清单中没有的工作，可以在表格下方另起一行写明，只作为备注收取，不会成为新的措施。",
    "6. 填好后把本文件发回即可。发回的内容先与现有内容逐项核对，有出入的由汇总人员确认，不会被直接覆盖。",
)
ROWS = (
    (
        "完成时限",
        "填日期；也可以填一段时间、“长期”或“未写明”。请写全年、月、日。",
        "2026-3-31　2026年3月31日\n2026-1-1至2026-12-31",
    ),
    (
        "状态",
        (
            f"从下拉列表中选一个：{'、'.join(Status)}。“已完成”表示本单位认为已经办结；"
            "“已销号”须由他人核实，由汇总人员填写。"
        ),
        "推进中",
    ),
    ("责任人", "本单位具体负责的人，可以写几个。", "张三、李四（电话）"),
    ("工作进展", "做了什么、到什么程度，写明数量、金额、时间。", "已拨付12笔、380万元；第二批正在审核。"),
    ("存在问题", "影响办理的困难；没有可以不填。", "部分企业材料不齐。"),
    ("下一步举措", "接下来做什么、什么时候做到。", "3月底前完成第二批拨付。"),
    ("佐证材料", "写明材料名称，材料本身随本文件一并发来；图片和附件不要插入表格。", "拨付凭证.pdf"),
    ("不适用理由", f"状态选“{Status.NOT_APPLICABLE}”时必须写明；其他状态不填。", "本单位无对应职能。"),
)


def add_sheet(book: Book, in_round: Round, index: int) -> None:
    """Insert the instructions as the sheet ``index``: for which round, until when, how."""
    form = book.sheet(TITLE, COLUMNS, index)
    sheet, styles = form.sheet, book.styles
    form.line(TITLE, CellLook.TITLE, 40)
    form.line(
        book.basis.ground if len(book.basis.notices) > 1 else f"{book.basis.ground}，{book.basis.sentence}",
        CellLook.SUBTITLE,
    )
    form.line(f"填报轮次：{in_round.name}", CellLook.FACT_MIDDLE)
    form.line(f"请于{date_words(in_round.reply_by)}前（含当日）填好发回。", CellLook.FACT_ALERT)
    sheets = len(book.basis.documents)
    if sheets > 1:
        form.line(
            f"本文件有{sheets}张清单，每份文件一张，请都填写，不要删去其中任何一张。", CellLook.FACT_ALERT
        )
    for line in _WAY:
        form.line(line, CellLook.NOTE)
    head_row = form.row([text_cell(sheet, column.title, styles[CellLook.HEAD]) for column in COLUMNS], 28)
    for texts in ROWS:
        cells = [
            text_cell(sheet, text, styles[CellLook.CENTRE if index == 0 else CellLook.TEXT])
            for index, text in enumerate(texts)
        ]
        points = max(height(text, column.width) for text, column in zip(texts, COLUMNS, strict=True))
        form.row(cells, points)
    for index, column in enumerate(COLUMNS, 1):
        sheet.column_dimensions[get_column_letter(index)].width = column.width
    sheet_form.set_up(form, head_row, book.basis.running_head)
