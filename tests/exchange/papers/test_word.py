from __future__ import annotations

from pathlib import Path

import pytest

from desktop.errors import KnownError
from desktop.exchange.papers.opening import text_of
from desktop.exchange.papers.paper import SetAside
from desktop.reading.model import Role
from desktop.reading.propose import propose
from tests.exchange.papers import made
from tests.exchange.papers.made import abstract, level, numbered, numbering, paragraph, run

CHINESE = abstract(
    7,
    level(0, "chineseCounting", "%1、"),
    level(1, "chineseCounting", "（%2）"),
    level(2, "decimal", "%3.", '<w:lvlRestart w:val="1"/>'),
)


def read(path: Path, body: str, **parts: str) -> list[str]:
    return text_of(made.docx(path / "发文.docx", body, **parts)).text.split("\n")


def test_paragraphs_breaks_and_tabs_are_lines_and_tabs(tmp_path: Path) -> None:
    body = paragraph("关于支持花卉企业的若干措施") + paragraph(
        f"<w:r><w:t>甲</w:t><w:tab/><w:t>乙</w:t><w:br/><w:t>丙</w:t><w:noBreakHyphen/></w:r>{run('丁')}"
    )
    assert read(tmp_path, body) == ["关于支持花卉企业的若干措施", "甲\t乙", "丙-丁"]


def test_automatic_numbers_are_printed_and_restart_below_their_heading(tmp_path: Path) -> None:
    body = "".join(
        [
            numbered("加大支持", 1),
            numbered("减免房租。", 1, 2),
            numbered("发放补贴。", 1, 2),
            numbered("优化服务", 1),
            numbered("专人对接。", 1, 2),
            numbered("分层", 1, 1),
            numbered("再分层", 1, 1),
            numbered("照旧编号。", 1, 2),
        ]
    )
    assert read(tmp_path, body, numberings=CHINESE + numbering(1, 7)) == [
        "一、加大支持",
        "1.减免房租。",
        "2.发放补贴。",
        "二、优化服务",
        "1.专人对接。",
        "（一）分层",
        "（二）再分层",
        "2.照旧编号。",
    ]


def test_a_numbering_may_start_anew_and_another_of_the_same_kind_counts_on(tmp_path: Path) -> None:
    forms = abstract(1, level(0, "decimal", "%1."))
    anew = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'
    named = numbering(1, 1) + numbering(2, 1, anew) + numbering(3, 1)
    body = "".join(
        numbered(text, key) for text, key in (("甲", 1), ("乙", 1), ("丙", 2), ("丁", 2), ("戊", 3))
    )
    assert read(tmp_path, body, numberings=forms + named) == ["1.甲", "2.乙", "1.丙", "2.丁", "3.戊"]


@pytest.mark.parametrize(
    ("form", "text", "printed"),
    [
        ("chineseCountingThousand", "第%1条", "第十二条 文"),
        ("japaneseCounting", "%1、", "十二、文"),
        ("ideographDigital", "%1、", "一二、文"),
        ("decimalFullWidth", "%1．", "１２．文"),
        ("ideographTraditional", "%1、", "乙、文"),
        ("chineseLegalSimplified", "%1、", "壹拾贰、文"),
        ("decimalEnclosedCircle", "%1", "⑫ 文"),
        ("lowerRoman", "(%1)", "(xii)文"),
        ("upperLetter", "%1.", "L.文"),
        ("decimalZero", "%1.", "12.文"),
        ("ordinal", "%1.", "12.文"),
        ("none", "", "文"),
        ("bullet", "\uf06c", "● 文"),
    ],
)
def test_each_form_of_number(tmp_path: Path, form: str, text: str, printed: str) -> None:
    forms = abstract(1, level(0, form, text)) + numbering(1, 1)
    assert read(tmp_path, numbered("文", 1) * 12, numberings=forms)[11] == printed


def test_a_style_may_number_its_paragraphs_and_a_paragraph_may_refuse(tmp_path: Path) -> None:
    styles = (
        '<w:style w:type="paragraph" w:styleId="A"><w:name w:val="heading 1"/><w:pPr><w:numPr>'
        '<w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="B"><w:name w:val="heading 2"/><w:basedOn w:val="A"/>'
        "</w:style>"
    )
    forms = abstract(
        1,
        level(0, "chineseCounting", "%1、", '<w:pStyle w:val="A"/>'),
        level(1, "decimal", "%1.%2", '<w:pStyle w:val="B"/><w:isLgl/>'),
    )
    body = (
        paragraph("甲", '<w:pStyle w:val="A"/>')
        + paragraph("乙", '<w:pStyle w:val="B"/>')
        + paragraph("丙", '<w:pStyle w:val="A"/><w:numPr><w:numId w:val="0"/></w:numPr>')
        + paragraph("丁", '<w:pStyle w:val="A"/>')
    )
    found = read(tmp_path, body, numberings=forms + numbering(1, 1), styles=styles)
    assert found == ["一、甲", "1.1 乙", "丙", "二、丁"]


def test_what_a_tracked_change_deleted_is_left_out(tmp_path: Path) -> None:
    body = paragraph(
        f"{run('补贴')}<w:del><w:r><w:delText>十</w:delText></w:r></w:del><w:ins>{run('二十')}</w:ins>"
        f"<w:moveFrom>{run('旧处')}</w:moveFrom><w:moveTo>{run('万元')}</w:moveTo>"
    ) + paragraph("甲", "<w:rPr><w:del/></w:rPr>")
    body += paragraph(
        "乙", "<w:pPrChange><w:pPr><w:numPr><w:numId w:val='1'/></w:numPr></w:pPr></w:pPrChange>"
    )
    forms = abstract(1, level(0, "decimal", "%1.")) + numbering(1, 1)
    assert read(tmp_path, body, numberings=forms) == ["补贴二十万元", "甲乙"]


def test_what_stands_beside_the_text_is_set_aside_and_said(tmp_path: Path) -> None:
    styles = '<w:style w:type="paragraph" w:styleId="T"><w:name w:val="toc 1"/></w:style>'
    hidden = run("看不见", "<w:rPr><w:vanish/></w:rPr>")
    note = "<w:r><w:footnoteReference w:id='2'/></w:r>"
    body = paragraph("一、甲……1", '<w:pStyle w:val="T"/>') + paragraph(f"{run('正文')}{hidden}{note}")
    parts = {
        "header": paragraph("内部资料"),
        "footer": paragraph("— 1 —"),
        "footnotes": (
            f"<w:footnote w:type='separator' w:id='0'>{paragraph('')}</w:footnote>"
            f"<w:footnote w:id='2'>{paragraph('按区统计口径')}</w:footnote>"
        ),
    }
    paper = text_of(made.docx(tmp_path / "发文.docx", body, styles=styles, parts=parts))
    assert paper.text == "正文［注1］\n［注1］按区统计口径"
    assert paper.aside == (
        SetAside("页眉", "内部资料"),
        SetAside("页脚", "— 1 —"),
        SetAside("自动目录", "一、甲……1"),
        SetAside("隐藏文字", "看不见"),
    )
    assert "页眉、页脚、自动目录、隐藏文字放在一边，没有混进正文。" in paper.notes


def test_text_boxes_and_pictures(tmp_path: Path) -> None:
    box = f"<w:txbxContent>{paragraph('框中文字')}</w:txbxContent>"
    drawn = (
        "<w:r><mc:AlternateContent><mc:Choice><w:drawing><wps:txbx>"
        f"{box}</wps:txbx></w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict>"
        "</mc:Fallback></mc:AlternateContent></w:r><w:r><w:drawing><a:blip/></w:drawing></w:r>"
    )
    paper = text_of(made.docx(tmp_path / "发文.docx", paragraph(f"{run('正文')}{drawn}")))
    assert paper.text == "正文\n框中文字"
    assert any("1个文本框" in note for note in paper.notes)
    assert any("1张图片" in note for note in paper.notes)


def test_a_table_whose_column_names_the_units_becomes_lines_with_brackets(tmp_path: Path) -> None:
    down, below = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    body = paragraph("附：任务分工") + made.table(
        made.row("类别", "序号", "政策措施", "具体内容", "牵头单位", "配合单位"),
        made.cell("一、降成本", down)
        + made.row("1", "减租", "减免一个月房租。", "区住建局", "区财政局\n区国资局"),
        made.cell("", below) + made.row("2", "补贴：", "给予补贴。", "区商务局", ""),
        made.row("二、优服务", "3", "专人对接", "", "区政务局", ""),
    )
    paper = text_of(made.docx(tmp_path / "发文.docx", body))
    assert paper.text.split("\n") == [
        "附：任务分工",
        "一、降成本",
        "1.减租。减免一个月房租。（牵头单位：区住建局；配合单位：区财政局、区国资局）",
        "2.补贴：给予补贴。（牵头单位：区商务局）",
        "二、优服务",
        "3.专人对接（牵头单位：区政务局）",
    ]
    assert paper.tables[0].rows[2][0] == "一、降成本"
    assert SetAside("表头", "类别\t序号\t政策措施\t具体内容\t牵头单位\t配合单位") in paper.aside
    assert any("（责任单位：…）" in note for note in paper.notes)


def test_a_head_of_two_rows_and_units_merged_over_rows(tmp_path: Path) -> None:
    wide = '<w:gridSpan w:val="2"/>'
    down, below = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    body = made.table(
        made.cell("任务", down) + made.cell("责任单位", wide),
        made.cell("", below) + made.row("牵头单位", "配合单位"),
        made.cell("一、总类", '<w:gridSpan w:val="3"/>'),
        made.row("1.减租") + made.cell("区住建局", down) + made.row("区财政局"),
        made.row("2.免押金") + made.cell("", below) + made.row(""),
    )
    assert read(tmp_path, body) == [
        "一、总类",
        "1.减租（牵头单位：区住建局；配合单位：区财政局）",
        "2.免押金（牵头单位：区住建局）",
    ]


def test_another_table_becomes_cells_parted_by_tabs(tmp_path: Path) -> None:
    inner = f"<w:tc>{made.table(made.row('甲', '乙'))}{paragraph('')}</w:tc>"
    body = made.table(made.row("企业", "电话"), inner + made.row("8000"))
    assert read(tmp_path, body) == ["企业\t电话", "甲\t乙\t8000"]


def test_a_frame_of_one_cell_is_no_table(tmp_path: Path) -> None:
    paper = text_of(made.docx(tmp_path / "发文.docx", made.table(made.row("第一段\n第二段"))))
    assert (paper.text, paper.tables) == ("第一段\n第二段", ())


@pytest.mark.parametrize(
    "body",
    [
        "<w:p><w:r><w:t>没有结尾",
        "<w:p>" * 300 + "</w:p>" * 300,
        "</w:body></w:document><!DOCTYPE x>",
    ],
)
def test_broken_word_files_are_refused(tmp_path: Path, body: str) -> None:
    with pytest.raises(KnownError, match="已损坏，读不出内容，没有读入，文件原样保留。"):
        text_of(made.docx(tmp_path / "发文.docx", body))


def test_elements_in_odd_places_do_no_harm(tmp_path: Path) -> None:
    body = (
        "<w:tc><w:p/></w:tc><w:tr/><w:txbxContent/><w:r><w:t>无主</w:t></w:r><w:footnote/>"
        "<w:tbl><w:tc><w:p/></w:tc></w:tbl>" + paragraph("正文")
    )
    assert read(tmp_path, body)[-1] == "正文"


def test_a_cell_said_again_in_every_row_is_no_way_to_fill_the_memory(tmp_path: Path) -> None:
    down, below = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    rows = [made.cell("区财政局、" * 1000, down), *[made.cell("", below)] * 500]
    body = made.table(made.row("责任单位", "措施"), *(row + made.row("减租。") for row in rows))
    with pytest.raises(KnownError, match="大得不正常"):
        text_of(made.docx(tmp_path / "发文.docx", body))


def test_a_table_is_read_as_the_measures_that_it_lists(tmp_path: Path) -> None:
    lines = (
        "云溪市人民政府办公室关于印发支持花卉企业若干措施的通知",
        "云政办发〔2031〕5号",
        "各县区人民政府，市政府各部门：",
        "现将支持花卉企业若干措施印发给你们，请认真贯彻落实。",
        "支持花卉企业若干措施",
    )
    table = made.table(
        made.row("类别", "序号", "政策措施", "具体内容", "牵头单位", "配合单位"),
        made.row("一、降低成本", "1", "减免租金", "减免企业一个月房租。", "市住建局", "市财政局\n市国资委"),
        made.row("", "2", "发放补贴", "给予企业资金补贴。", "市商务局", ""),
    )
    path = made.docx(tmp_path / "发文.docx", "".join(map(made.paragraph, lines)) + table)
    (document,) = propose(text_of(path).text).documents
    assert [(one.number, one.title) for one in document.measures] == [("1.", "减免租金"), ("2.", "发放补贴")]
    assert [
        [(unit.name, unit.role) for statement in one.statements for unit in statement.mentions]
        for one in document.measures
    ] == [
        [("市住建局", Role.LEAD), ("市财政局", Role.SUPPORT), ("市国资委", Role.SUPPORT)],
        [("市商务局", Role.LEAD)],
    ]
    assert [one.title for one in document.categories] == ["降低成本"]
