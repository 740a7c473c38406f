"""What other programs write, element by element: made by hand, so that each oddity stands alone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from zipfile import ZipFile

import pytest

from desktop.exchange.returned import sheet_cells, workbook_parts, xml_stream
from desktop.exchange.returned.package import RefusedError, open_package
from desktop.exchange.returned.sheet_cells import CellKind, Raw, SheetReader

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"
TYPE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"

Cells = dict[tuple[int, int], Raw]
Make = Callable[..., Path]


def relations(*targets: tuple[str, str]) -> str:
    lines = [
        f'<Relationship Id="r{number}" Type="{TYPE}/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(targets, 1)
    ]
    return f'<Relationships xmlns="{RELATIONS}">{"".join(lines)}</Relationships>'


@pytest.fixture
def make(tmp_path: Path) -> Make:
    """Write a workbook of one sheet by hand."""

    def write(
        sheet: str,
        *,
        texts: str = "",
        styles: str = "",
        properties: str = "",
        space: str = MAIN,
        target: str = "worksheets/sheet1.xml",
        more: dict[str, str] | None = None,
    ) -> Path:
        parts = {
            "[Content_Types].xml": "<Types/>",
            "_rels/.rels": relations(("officeDocument", "xl/workbook.xml")),
            "xl/workbook.xml": f'<workbook xmlns="{space}" xmlns:r="{TYPE}">{properties}<sheets>'
            '<sheet name="清单" sheetId="1" r:id="r1"/></sheets></workbook>',
            "xl/_rels/workbook.xml.rels": relations(
                ("worksheet", target), ("sharedStrings", "sharedStrings.xml"), ("styles", "styles.xml")
            ),
            "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{space}">{sheet}</worksheet>',
        }
        if texts:
            parts["xl/sharedStrings.xml"] = f'<sst xmlns="{space}">{texts}</sst>'
        if styles:
            parts["xl/styles.xml"] = f'<styleSheet xmlns="{space}">{styles}</styleSheet>'
        parts |= more or {}
        path = tmp_path / "手工.xlsx"
        with ZipFile(path, "w") as archive:
            for name, content in parts.items():
                archive.writestr(name, content)
        return path

    return write


def cells_of(path: Path) -> Cells:
    with open_package(path) as package:
        parts = workbook_parts.read(package)
        (place,) = parts.sheets
        sheet = SheetReader(package, parts, place)
        return {(row.number, column): raw for row in sheet.rows() for column, raw in row.cells.items()}


def row(cells: str, number: int = 1) -> str:
    return f'<sheetData><row r="{number}">{cells}</row></sheetData>'


def one(path: Path) -> Raw:
    ((_, raw),) = cells_of(path).items()
    return raw


STYLES = (
    '<numFmts count="4">'
    '<numFmt numFmtId="176" formatCode="yyyy&quot;年&quot;m&quot;月&quot;d&quot;日&quot;;@"/>'
    '<numFmt numFmtId="177" formatCode="[$-804]yyyy年m月d日"/>'
    '<numFmt numFmtId="178" formatCode="[Red]0.00&quot;days&quot;"/>'
    '<numFmt numFmtId="179" formatCode="0.0%"/></numFmts>'
    '<cellStyleXfs><xf numFmtId="14"/></cellStyleXfs>'
    "<cellXfs>"
    + "".join(f'<xf numFmtId="{number}"/>' for number in (0, 14, 31, 57, 176, 177, 178, 179, 9, 49))
    + "</cellXfs>"
)
DATE_STYLES = (1, 2, 4, 5)


@pytest.mark.parametrize("space", [MAIN, STRICT])
@pytest.mark.parametrize(
    ("cell", "kind", "text"),
    [
        ('<c r="A1" t="s"><v>0</v></c>', CellKind.TEXT, "已完成"),
        ('<c r="A1" t="s"><v>1</v></c>', CellKind.TEXT, "粗的和细的"),
        ('<c r="A1" t="s"><v>2</v></c>', CellKind.TEXT, "两\n行"),
        ('<c r="A1" t="s"><v>3</v></c>', CellKind.TEXT, "_x0041_A"),
        ('<c r="A1" t="inlineStr"><is><t xml:space="preserve"> 甲 </t></is></c>', CellKind.TEXT, " 甲 "),
        ('<c r="A1" t="inlineStr"><is><r><t>甲</t></r><r><t>乙</t></r></is></c>', CellKind.TEXT, "甲乙"),
        ('<c r="A1" t="inlineStr"><is><t>一_x000D_\n二&#13;三</t></is></c>', CellKind.TEXT, "一\n二\n三"),
        ('<c r="A1" t="str"><v>文字</v></c>', CellKind.TEXT, "文字"),
        ('<c r="A1" t="b"><v>1</v></c>', CellKind.BOOLEAN, "TRUE"),
        ('<c r="A1" t="b"><v>0</v></c>', CellKind.BOOLEAN, "FALSE"),
        ('<c r="A1" t="e"><v>#REF!</v></c>', CellKind.ERROR, "#REF!"),
        ('<c r="A1"><v>13800138000</v></c>', CellKind.NUMBER, "13800138000"),
        ('<c r="A1" t="n"><v>1.3800138E10</v></c>', CellKind.NUMBER, "13800138000"),
        ('<c r="A1"><v>0.1</v></c>', CellKind.NUMBER, "0.1"),
        ('<c r="A1"><v>-3.50</v></c>', CellKind.NUMBER, "-3.5"),
        ('<c r="A1"><v>140311198001011234</v></c>', CellKind.NUMBER, "1.40311198001011e+17"),
        ('<c r="A1"><v>1e999</v></c>', CellKind.ERROR, "1e999"),
        ('<c r="A1" s="8"><v>0.8</v></c>', CellKind.NUMBER, "80%"),
        ('<c r="A1" s="7"><v>0.125</v></c>', CellKind.NUMBER, "12.5%"),
        ('<c r="A1" s="6"><v>46082</v></c>', CellKind.NUMBER, "46082.00days"),
        ('<c r="A1" s="9"><v>46082</v></c>', CellKind.NUMBER, "46082"),
        ('<c r="A1" s="999"><v>5</v></c>', CellKind.NUMBER, "5"),
        ('<c r="A1" t="d"><v>2026-03-01T00:00:00</v></c>', CellKind.DATE, "2026-03-01"),
        ('<c r="A1" t="d"><v>明天</v></c>', CellKind.TEXT, "明天"),
        ('<c r="A1"><f>1+1</f><v>2</v></c>', CellKind.FORMULA, "=1+1"),
        ('<c r="A1" t="str"><f>A2</f><v>已完成</v></c>', CellKind.FORMULA, "=A2"),
        ('<c r="A1"><f t="shared" si="0"/><v>2</v></c>', CellKind.FORMULA, "="),
    ],
)
def test_each_kind_of_cell_is_told_as_it_is(
    make: Make, space: str, cell: str, kind: CellKind, text: str
) -> None:
    texts = (
        "<si><t>已完成</t></si><si><r><rPr><b/></rPr><t>粗的</t></r><r><t>和细的</t></r>"
        "<rPh><t>cude</t></rPh></si><si><t>两_x000D_\n行</t></si><si><t>_x005F_x0041__x0041_</t></si>"
    )
    raw = one(make(row(cell), texts=texts, styles=STYLES, space=space))
    assert (raw.kind, raw.text) == (kind, text)


@pytest.mark.parametrize("style", DATE_STYLES)
@pytest.mark.parametrize(("properties", "serial"), [("", 46082), ('<workbookPr date1904="1"/>', 44620)])
def test_a_date_is_a_day_in_either_calendar(make: Make, style: int, properties: str, serial: int) -> None:
    path = make(row(f'<c r="A1" s="{style}"><v>{serial}.75</v></c>'), styles=STYLES, properties=properties)
    assert one(path) == Raw(CellKind.DATE, "2026-03-01", date(2026, 3, 1), f"{serial}.75")


def test_a_date_of_which_only_the_month_is_shown_is_that_month(make: Make) -> None:
    raw = one(make(row('<c r="A1" s="3"><v>46082</v></c>'), styles=STYLES))
    assert (raw.kind, raw.text, raw.digits) == (CellKind.DATE, "2026年3月", "46082")


@pytest.mark.parametrize("serial", ["0.5", "-3", "2958466", "9e12"])
def test_a_number_that_is_no_day_stays_a_number(make: Make, serial: str) -> None:
    raw = one(make(row(f'<c r="A1" s="1"><v>{serial}</v></c>'), styles=STYLES))
    assert (raw.kind, raw.day) == (CellKind.NUMBER, None)


def test_a_plain_number_knows_the_day_that_it_would_be(make: Make) -> None:
    assert one(make(row('<c r="A1"><v>46082</v></c>'))).day == date(2026, 3, 1)


@pytest.mark.parametrize(
    "cell", ['<c r="A1"/>', '<c r="A1"><v></v></c>', '<c r="A1" t="inlineStr"><is><t/></is></c>']
)
def test_empty_cells_are_passed_over(make: Make, cell: str) -> None:
    assert cells_of(make(row(cell))) == {}


def test_cells_and_rows_without_coordinates_follow_each_other(make: Make) -> None:
    rows = "<row><c><v>1</v></c><c><v>2</v></c></row><row r='5'/><row><c r='C6'><v>3</v></c></row>"
    sheet = f"<sheetData>{rows}</sheetData>"
    assert {at: raw.text for at, raw in cells_of(make(sheet)).items()} == {
        (1, 1): "1",
        (1, 2): "2",
        (6, 3): "3",
    }


def test_merged_cells_are_known_after_the_rows(make: Make) -> None:
    sheet = (
        row('<c r="A1"><v>1</v></c>')
        + '<mergeCells><mergeCell ref="A1:C2"/><mergeCell ref="D4"/></mergeCells>'
    )
    with open_package(make(sheet)) as package:
        parts = workbook_parts.read(package)
        found = SheetReader(package, parts, parts.sheets[0])
        assert len(list(found.rows())) == 1
        assert [(area.top, area.left, area.bottom, area.right) for area in found.merged] == [
            (1, 1, 2, 3),
            (4, 4, 4, 4),
        ]


@pytest.mark.parametrize(
    "target", ["/xl/worksheets/sheet1.xml", "../xl/worksheets/sheet1.xml", "WORKSHEETS/Sheet1.xml"]
)
def test_parts_are_found_however_they_are_named(make: Make, target: str) -> None:
    assert one(make(row('<c r="A1"><v>1</v></c>'), target=target)).text == "1"


@pytest.mark.parametrize(
    "cell",
    [
        '<c r="A1" t="s"><v>7</v></c>',
        '<c r="A1" t="s"><v>-1</v></c>',
        '<c r="A1" t="s"><v>甲</v></c>',
        '<c r="A1"><v>1_000</v></c>',
        '<c r="A1"><v>一百</v></c>',
        '<c r="A1"><v>nan</v></c>',
        f'<c r="A1"><v>{"1" * 50}</v></c>',
        '<c r="A1" t="d"><v>2026-02-30</v></c>',
        '<c r="A1"><v>1</v><v>2</v></c>',
        '<c r="A1"><v>1</v></c><c r="A1"><v>2</v></c>',
    ],
)
def test_what_cannot_be_made_out_is_the_trouble_of_its_cell_alone(make: Make, cell: str) -> None:
    found = cells_of(make(row(cell + '<c r="B1"><v>5</v></c>')))
    assert found[1, 1].kind is CellKind.ERROR
    assert found[1, 2].text == "5"


def test_a_row_that_stands_twice_is_one_row_and_no_value_of_it_is_chosen(make: Make) -> None:
    rows = (
        '<row r="2"><c r="A2"><v>1</v></c><c r="C2"><v>3</v></c></row>'
        '<row r="2"><c r="A2"><v>9</v></c><c r="B2"><v>2</v></c></row>'
    )
    found = cells_of(make(f"<sheetData>{rows}</sheetData>"))
    assert found[2, 1].kind is CellKind.ERROR
    assert (found[2, 2].text, found[2, 3].text) == ("2", "3")


def test_rows_and_cells_may_stand_in_any_order(make: Make) -> None:
    rows = (
        '<row r="3"><c r="B3"><v>32</v></c><c r="A3"><v>31</v></c></row>'
        '<row r="1"><c r="A1"><v>11</v></c></row>'
    )
    found = cells_of(make(f"<sheetData>{rows}</sheetData>"))
    assert [(at, raw.text) for at, raw in found.items()] == [((1, 1), "11"), ((3, 2), "32"), ((3, 1), "31")]


@pytest.mark.parametrize("style", ["", "x", "1.0", "-1"])
def test_a_style_that_is_none_is_the_usual_one(make: Make, style: str) -> None:
    assert one(make(row(f'<c r="A1" s="{style}"><v>5</v></c>'))).text == "5"


@pytest.mark.parametrize(
    ("sheet", "reason"),
    [
        (row('<c r="AAAA1"><v>1</v></c>'), "第1行有一格的位置写作“AAAA1”"),
        (row('<c r="XFE1"><v>1</v></c>'), "第1行有一格的位置写作“XFE1”"),
        (row('<c r="1A"><v>1</v></c>'), "第1行有一格的位置写作“1A”"),
        (row('<c r="A1"><v>1</v></c>', number=1_048_577), "中有第1048577行"),
        (row('<c r="A1"><v>1</v></c>', number=0), "中有第0行"),
        ('<mergeCells><mergeCell ref="A:C"/></mergeCells>', "有一处合并单元格写作“A:C”"),
    ],
)
def test_a_place_that_no_sheet_has_is_named(make: Make, sheet: str, reason: str) -> None:
    with pytest.raises(RefusedError, match="工作表“清单”") as caught:
        cells_of(make(sheet))
    assert reason in caught.value.message


@pytest.mark.parametrize(
    "sheet",
    [
        "<sheetData><row></sheetData>",
        "<sheetData>&undefined;</sheetData>",
        "\x00",
        "<a>" * (xml_stream.DEEPEST + 1) + "</a>" * (xml_stream.DEEPEST + 1),
        f'<a b="{"x" * (2 * xml_stream.LONGEST_TAG)}"/>',
        f"<!--{'x' * (2 * xml_stream.LONGEST_TAG)}-->",
    ],
)
def test_what_breaks_the_format_is_refused(make: Make, sheet: str) -> None:
    with pytest.raises(RefusedError, match="已损坏"):
        cells_of(make(sheet))


FOREIGN = "urn:x"
ALTERNATIVES = (
    '<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
    '<mc:Choice Requires="x">' + row('<c r="A1"><v>7</v></c>') + "</mc:Choice><mc:Fallback>"
    "" + row('<c r="A1" s="1"><v>46082</v></c>') + "</mc:Fallback></mc:AlternateContent>"
)


@pytest.mark.parametrize(
    ("sheet", "properties"),
    [
        (row('<c r="A1" s="1"><v>46082</v></c>'), '<extLst><ext><workbookPr date1904="1"/></ext></extLst>'),
        (row('<c r="A1" s="1"><v>46082</v></c>'), f'<x:workbookPr xmlns:x="{FOREIGN}" date1904="1"/>'),
        (row('<c r="A1" s="1"><v>46082</v><extLst><ext><v>1</v><f>2</f></ext></extLst></c>'), ""),
        (row('<c r="A1" s="1"><v>46082</v><is><t>别的</t></is></c>'), ""),
        (row(f'<c r="A1" s="1" xmlns:x="{FOREIGN}" x:s="9" x:t="str"><v>46082</v></c>'), ""),
        (
            row('<c r="A1" s="1"><v>46082</v></c>')
            + "<extLst><ext>"
            + row('<c r="A1"><v>7</v></c>')
            + "</ext></extLst>",
            "",
        ),
        (ALTERNATIVES, ""),
    ],
)
def test_an_element_means_what_it_means_in_its_place(make: Make, sheet: str, properties: str) -> None:
    raw = one(make(sheet, styles=STYLES, properties=properties))
    assert (raw.kind, raw.text) == (CellKind.DATE, "2026-03-01")


def test_an_inline_text_counts_where_the_cell_says_so(make: Make) -> None:
    assert one(make(row('<c r="A1" t="inlineStr"><v>7</v><is><t>文字</t></is></c>'))).text == "文字"


def test_a_character_written_in_halves_is_put_together(make: Make) -> None:
    cell = '<c r="A1" t="inlineStr"><is><t>办好_xD83D__xDE00_了_xD800_</t></is></c>'
    assert one(make(row(cell))).text == "办好😀了\ufffd"


STRUCK = (
    "<fonts><font/><font><strike/></font></fonts>"
    '<cellXfs><xf numFmtId="0" fontId="0"/><xf numFmtId="0" fontId="1"/></cellXfs>'
    "<dxfs><dxf><font><strike/></font></dxf></dxfs>"
)


TWO_RUNS = '<r><rPr><strike val="1"/></rPr><t>旧</t></r><r><t>新</t></r>'


@pytest.mark.parametrize(
    ("cell", "left"),
    [
        ('<c r="A1" t="s"><v>0</v></c>', "新的"),
        ('<c r="A1" t="s"><v>1</v></c>', None),
        ('<c r="A1" s="1" t="s"><v>2</v></c>', ""),
        ('<c r="A1" s="1" t="s"><v>1</v></c>', "旧的"),
        ('<c r="A1" s="1"><v>5</v></c>', ""),
        ('<c r="A1"><v>5</v></c>', None),
        (
            f'<c r="A1" t="inlineStr"><is>{TWO_RUNS}</is></c>',
            "新",
        ),
    ],
)
def test_what_is_struck_out_is_told_apart(make: Make, cell: str, left: str | None) -> None:
    texts = (
        "<si><r><rPr><strike/></rPr><t>旧的</t></r><r><t>新的</t></r></si>"
        '<si><r><rPr><strike val="0"/></rPr><t>旧的</t></r><r><t>新的</t></r></si><si><t>全文</t></si>'
    )
    assert one(make(row(cell), texts=texts, styles=STRUCK)).left == left


BOMB = (
    '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "哈哈哈哈哈哈哈哈">'
    + "".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9))
    + "]><x>&j;</x>"
)
OUTSIDE = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><x>&a;</x>'


@pytest.mark.parametrize(
    "text", [BOMB, OUTSIDE, "<!DOCTYPE x><x/>", "", "文字", '<?xml version="1.0" encoding="nope"?><x/>']
)
@pytest.mark.parametrize(
    "part",
    [
        "_rels/.rels",
        "xl/workbook.xml",
        "xl/_rels/workbook.xml.rels",
        "xl/worksheets/sheet1.xml",
        "xl/sharedStrings.xml",
        "xl/styles.xml",
    ],
)
def test_entities_and_document_types_are_refused_in_every_part(make: Make, part: str, text: str) -> None:
    path = make(row('<c r="A1"><v>1</v></c>'), more={part: text})
    with pytest.raises(RefusedError, match="已损坏"):
        cells_of(path)


def test_a_part_that_is_not_read_may_say_what_it_likes(make: Make) -> None:
    assert one(make(row('<c r="A1"><v>1</v></c>'), more={"xl/theme/theme1.xml": BOMB})).text == "1"


def test_a_million_empty_rows_are_refused(make: Make) -> None:
    rows = "".join(f'<row r="{number}"/>' for number in range(1, sheet_cells.MOST_ROWS + 2))
    with pytest.raises(RefusedError, match="工作表“清单”中有大量空白行") as caught:
        cells_of(make(f"<sheetData>{rows}</sheetData>"))
    assert "删除后保存" in caught.value.hint


def test_a_million_empty_cells_are_refused(make: Make) -> None:
    cells = '<c s="1"/>' * 16_000
    rows = f"<row>{cells}</row>" * (sheet_cells.MOST_CELLS // 16_000 + 1)
    with pytest.raises(RefusedError, match="大量空白行或空白格"):
        cells_of(make(f"<sheetData>{rows}</sheetData>"))


def test_a_sheet_used_many_times_over_is_counted_each_time(make: Make) -> None:
    sheets = "".join(f'<sheet name="表{n}" sheetId="{n}" r:id="r1"/>' for n in range(1, 100))
    rows = "".join(f"<row><c><v>{n}</v></c></row>" for n in range(sheet_cells.MOST_ROWS // 50))
    workbook = f'<workbook xmlns="{MAIN}" xmlns:r="{TYPE}"><sheets>{sheets}</sheets></workbook>'
    with open_package(make(f"<sheetData>{rows}</sheetData>", more={"xl/workbook.xml": workbook})) as package:
        parts = workbook_parts.read(package)
        sheets_read = (list(SheetReader(package, parts, place).rows()) for place in parts.sheets)
        with pytest.raises(RefusedError, match="大量空白行"):
            list(sheets_read)


def test_very_many_merged_cells_are_refused(make: Make) -> None:
    areas = '<mergeCell ref="A1:B1"/>' * (sheet_cells.MOST_MERGED + 1)
    with pytest.raises(RefusedError, match="合并单元格"):
        cells_of(make(f"<mergeCells>{areas}</mergeCells>"))


def test_very_much_text_is_refused(make: Make) -> None:
    text = f"<si><t>{'abc' * 100_000}</t></si>"
    with pytest.raises(RefusedError, match="多得不正常"):
        cells_of(make("", texts=text * (workbook_parts.MOST_TEXT // 300_000 + 1)))
    inline = f'<c t="inlineStr"><is><t>{"abc" * 100_000}</t></is></c>'
    with pytest.raises(RefusedError, match="多得不正常"):
        cells_of(make(row(inline * (workbook_parts.MOST_TEXT // 300_000 + 1))))


def test_a_long_text_used_many_times_over_counts_each_time(make: Make) -> None:
    """A short file would otherwise make for the work of a long one."""
    cells = '<c t="s"><v>0</v></c>' * (workbook_parts.MOST_TEXT // 100_000 + 1)
    with pytest.raises(RefusedError, match="多得不正常"):
        cells_of(make(row(cells), texts=f"<si><t>{'x' * 100_000}</t></si>"))


def test_very_many_texts_are_refused(make: Make) -> None:
    with pytest.raises(RefusedError, match="多得不正常"):
        cells_of(make("", texts="<si><t/></si>" * (workbook_parts.MOST_TEXTS + 1)))


def test_very_many_elements_are_refused_whatever_they_are(make: Make) -> None:
    runs = "<t>x</t>" * (xml_stream.MOST_ELEMENTS + 1)
    with pytest.raises(RefusedError, match="多得不正常"):
        cells_of(make(row(f'<c t="inlineStr"><is>{runs}</is></c>')))


def test_very_many_sheets_are_refused(make: Make) -> None:
    sheets = "".join(
        f'<sheet name="表{n}" sheetId="{n}" r:id="r1"/>' for n in range(workbook_parts.MOST_SHEETS + 1)
    )
    workbook = f'<workbook xmlns="{MAIN}" xmlns:r="{TYPE}"><sheets>{sheets}</sheets></workbook>'
    with pytest.raises(RefusedError, match="已损坏"):
        cells_of(make("", more={"xl/workbook.xml": workbook}))


def test_a_workbook_without_sheets_or_with_sheets_that_are_gone_is_refused(make: Make) -> None:
    for workbook in (
        f'<workbook xmlns="{MAIN}"/>',
        f'<workbook xmlns:r="{TYPE}"><sheet name="a" r:id="r9"/></workbook>',
    ):
        with pytest.raises(RefusedError, match="已损坏"):
            cells_of(make("", more={"xl/workbook.xml": workbook}))
    with pytest.raises(RefusedError, match="已损坏"):
        cells_of(make("", target="worksheets/sheet2.xml"))


def test_reading_goes_no_further_than_is_asked(make: Make) -> None:
    """A list of five thousand firms beside the checklist is looked at, not read."""
    rows = "".join(f"<row><c><v>{n}</v></c></row>" for n in range(40_000))
    with open_package(make(f"<sheetData>{rows}</sheetData>")) as package:
        parts = workbook_parts.read(package)
        first = next(SheetReader(package, parts, parts.sheets[0]).rows())
    assert first.text(1) == "0"
    assert package.spent.rows < 10_000
