"""Papers and PDFs, read back by a second reader."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage, QPageLayout, QPainter
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.catalogue.model import UNASSIGNED
from desktop.catalogue.typeset import typeset
from desktop.errors import KnownError
from desktop.ui.desk import Desk
from desktop.ui.kit import look, style_sheet
from desktop.ui.printing import checklist, measures, pdf, preview, typesetting
from desktop.ui.printing.paper import Paper, foot_places, typeface, without_local_forms
from desktop.workspace.items.model import ItemKey, Status
from tests.ui.printing import pdf_reading


def squeezed(text: str) -> str:
    return "".join(text.split())


def read(paper: Paper) -> list[str]:
    return pdf_reading.pages(pdf.pdf(paper))


@pytest.fixture
def on_day(monkeypatch: pytest.MonkeyPatch) -> Callable[[date], None]:
    return lambda day: monkeypatch.setattr(Desk, "today", lambda _desk: day)


def test_the_parts_of_a_foot_keep_apart() -> None:
    assert foot_places(100, 60, 90, 440) == (0, 190, 350)
    assert foot_places(185, 60, 90, 440) == (0, 237.5, 350)


def test_measure_on_one_page_is_complete(desk: Desk) -> None:
    measure = desk.catalogue.by_number(16)
    (page,) = read(measures.measure(desk, measure.key))
    assert squeezed(typeset(measure.text)) in page
    assert typeset(desk.catalogue.category_of(measure).heading) in page
    assert f"见发布原文第{measure.line}行" in page
    assert "第1页共1页" in page


def test_every_measure_is_printed_word_for_word_also_over_pages(desk: Desk) -> None:
    turned = 0
    for category in desk.catalogue.categories:
        found = read(measures.category(desk, category.key))
        printed = "".join(
            without_foot(desk, page, number, len(found)) for number, page in enumerate(found, 1)
        )
        turned += len(found) - 1
        for measure in desk.catalogue.measures_in(category.key):
            assert printed.count(squeezed(typeset(measure.text))) == 1
    assert turned > 3


def test_the_whole_notice_is_printed_word_for_word_in_its_order(desk: Desk) -> None:
    catalogue = desk.catalogue
    found = read(measures.document(desk, desk.catalogue.documents[0].key))
    printed = "".join(without_foot(desk, page, number, len(found)) for number, page in enumerate(found, 1))
    title = squeezed(typeset(catalogue.documents[0].title))
    parts = [title, squeezed(catalogue.notices[0].issuer), squeezed(typeset(catalogue.documents[0].preamble))]
    for category in catalogue.categories:
        parts.append(squeezed(typeset(category.heading)))
        parts += [squeezed(typeset(measure.text)) for measure in catalogue.measures_in(category.key)]
    parts.append("本计划自印发之日起施行，有效期至2025年12月31日。")
    assert len(parts) == 3 + 10 + 32 + 1
    at = 0
    for part in parts:
        at = printed.index(part, at) + len(part)
    assert printed[at:] == ""


def test_no_heading_stands_at_the_foot_of_a_page(desk: Desk) -> None:
    headings = [squeezed(typeset(category.heading)) for category in desk.catalogue.categories]
    for count in range(1, 33):
        keys = [measure.key for measure in desk.catalogue.measures[-count:]]
        for page in read(measures.chosen(desk, keys, "收藏"))[:-1]:
            assert not page.endswith(tuple(headings))


def test_a_choice_of_measures_is_printed_in_the_order_of_the_notice_and_says_which(desk: Desk) -> None:
    about = "搜索“<b>粗</b>&amp;\r\n担保”"
    keys = [desk.catalogue.by_number(number).key for number in (19, 3, 2)]
    found = read(measures.chosen(desk, keys, about))
    printed = "".join(without_foot(desk, page, number, len(found)) for number, page in enumerate(found, 1))
    assert squeezed(f"{about}，共3条，按条号排列") in printed
    texts = [squeezed(typeset(desk.catalogue.by_number(number).text)) for number in (2, 3, 19)]
    places = [printed.index(text) for text in texts]
    assert places == sorted(places)
    headings = [printed.count(squeezed(category.heading)) for category in desk.catalogue.categories]
    assert headings == [1, 0, 0, 0, 0, 0, 0, 1, 0, 0]
    assert "第2、3、19条，见发布原文第" in printed
    with pytest.raises(ValueError, match="收藏"):
        measures.chosen(desk, [], "收藏")


def without_foot(desk: Desk, page: str, number: int, count: int) -> str:
    day = desk.today()
    mark = f"城政办发〔2023〕3号·{desk.validity_of(desk.catalogue.notices[0]).mark}"
    foot = f"{mark}第{number}页共{count}页打印日期：{day.year}年{day.month}月{day.day}日"
    assert page.startswith(foot)
    return page.removeprefix(foot)


@pytest.mark.parametrize("kind", ["measure", "category", "notice", "chosen", "unit"])
def test_expired_notice_is_marked_on_every_page(
    desk: Desk, on_day: Callable[[date], None], kind: str
) -> None:
    on_day(date(2026, 1, 1))
    for page in read(paper_of(desk, kind)):
        assert "城政办发〔2023〕3号·已过有效期" in page
        assert "打印日期：2026年1月1日" in page
    assert "有效期至2025年12月31日，已过有效期1天。" in read(paper_of(desk, kind))[0]


@pytest.mark.parametrize("kind", ["measure", "category", "notice", "chosen", "unit"])
def test_notice_in_force_says_until_when(desk: Desk, on_day: Callable[[date], None], kind: str) -> None:
    on_day(date(2025, 12, 31))
    first = read(paper_of(desk, kind))[0]
    assert "有效期至2025年12月31日" in first
    assert "已过" not in first


def paper_of(desk: Desk, kind: str) -> Paper:
    if kind == "measure":
        return measures.measure(desk, desk.catalogue.by_number(1).key)
    if kind == "category":
        return measures.category(desk, desk.catalogue.categories[0].key)
    if kind == "notice":
        return measures.document(desk, desk.catalogue.documents[0].key)
    if kind == "chosen":
        return measures.chosen(desk, [desk.catalogue.by_number(number).key for number in (19, 3)], "收藏")
    return checklist.unit(desk, desk.catalogue.find_unit("区财政局").key)


def test_unit_list_repeats_its_head_and_keeps_rows_whole(desk: Desk) -> None:
    unit = desk.catalogue.find_unit("区财政局")
    told = {}
    for turn, measure in enumerate(desk.catalogue.measures_of(unit.key)):
        told[measure.number] = f"第{measure.number}项" + "推进情况说明" * (6 + 3 * turn)
        desk.edit(ItemKey(unit.key, measure.key), {"progress": told[measure.number]})
    found = read(checklist.unit(desk, unit.key))
    assert len(found) > 2
    for number, page in enumerate(found, 1):
        assert "序号措施完成时限状态责任人工作进展存在问题下一步举措" in page
        assert f"第{number}页共{len(found)}页" in page
    for text in told.values():
        assert sum(text in page for page in found) == 1


def test_row_longer_than_a_page_loses_nothing(desk: Desk) -> None:
    unit = desk.catalogue.find_unit("区财政局")
    key = ItemKey(unit.key, desk.catalogue.measures_of(unit.key)[1].key)
    pieces = [f"{number:03}段" for number in range(700)]
    desk.edit(key, {"progress": "".join(pieces)})
    found = "".join(read(checklist.unit(desk, unit.key)))
    places = [found.index(piece) for piece in pieces]
    assert places == sorted(places)


def test_unit_list_tells_status_light_and_reason_in_words(desk: Desk, on_day: Callable[[date], None]) -> None:
    on_day(date(2026, 11, 23))
    unit = desk.catalogue.find_unit("区财政局")
    first, second, *_ = (ItemKey(unit.key, measure.key) for measure in desk.catalogue.measures_of(unit.key))
    desk.edit(first, {"status": Status.UNDER_WAY.value, "deadline": "2026-11-15", "owner": "张××"})
    desk.edit(second, {"status": Status.NOT_APPLICABLE.value, "reason": "本年度无预算安排"})
    page = read(checklist.unit(desk, unit.key))[0]
    assert "2026-11-15推进中逾期8天张××" in page
    assert "不适用：本年度无预算安排" in page
    assert "共9项：推进中1项，未启动7项，不适用1项；其中逾期1项。" in page


def test_measures_without_a_unit_have_a_list_of_their_own(desk: Desk) -> None:
    (page,) = read(checklist.unit(desk, UNASSIGNED))
    assert "未明确责任单位的措施清单" in page
    assert "32.加大指导帮扶力度" in page


def test_words_in_the_pdf_are_no_look_alikes(desk: Desk) -> None:
    for page in read(measures.category(desk, desk.catalogue.categories[2].key)):
        assert not [character for character in page if "\u2e80" <= character <= "\u2fdf"]


def test_ink_does_not_follow_a_dark_window(desk: Desk) -> None:
    desk.look.set_dark(True)
    style_sheet.apply(application(), desk.look.tokens)
    paper = measures.measure(desk, desk.catalogue.by_number(5).key)
    image = QImage(595, 842, QImage.Format.Format_RGB32)
    image.fill(QColor("#ffffff"))
    painter = QPainter(image)
    paper.draw_page(painter, 0)
    painter.end()
    shades = {image.pixelColor(x, y).lightness() for x in range(80, 520) for y in range(300, 420)}
    desk.look.set_dark(False)
    style_sheet.apply(application(), desk.look.tokens)
    assert min(shades) < 60
    assert max(shades) == 255


def test_category_heading_and_paragraphs_are_indented_by_two_characters(desk: Desk) -> None:
    paper = measures.measure(desk, desk.catalogue.by_number(5).key)
    image = QImage(595, 842, QImage.Format.Format_RGB32)
    image.fill(QColor("#ffffff"))
    painter = QPainter(image)
    paper.draw_page(painter, 0)
    painter.end()
    left = 28 / 25.4 * 72
    heading = paper.find("二、推进减税降费落地").block()
    for block, first in ((heading, left + 32), (heading.next(), left + 32)):
        place = paper.documentLayout().blockBoundingRect(block)
        top = round(37 / 25.4 * 72 + place.top())
        inked = [
            x
            for x in range(round(left) - 5, 540)
            for y in range(top + 4, top + 26)
            if image.pixelColor(x, y).lightness() < 128
        ]
        assert min(inked) == pytest.approx(first, abs=3)


def application() -> QApplication:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    return app


def test_text_stays_within_the_area_of_official_papers(desk: Desk) -> None:
    upright = measures.measure(desk, desk.catalogue.by_number(1).key)
    across = checklist.unit(desk, UNASSIGNED)
    assert upright.layout.orientation() is QPageLayout.Orientation.Portrait
    assert across.layout.orientation() is QPageLayout.Orientation.Landscape
    millimetres = [round(side * 25.4 / 72) for side in (upright.area.width(), upright.area.height())]
    assert millimetres == [156, 225]
    assert upright.idealWidth() <= upright.area.width() + 0.5


def test_title_is_broken_into_even_lines() -> None:
    title = "阳泉市城区加大纾困帮扶力度支持中小企业平稳健康发展若干措施"
    first, second = typesetting.even_lines(title, 20).split(typesetting.LINE_BREAK)
    assert (first, second) == ("阳泉市城区加大纾困帮扶力度支持", "中小企业平稳健康发展若干措施")
    assert typesetting.even_lines("短", 20) == "短"
    assert typesetting.even_lines("", 20) == ""


def test_pdf_is_written_whole(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "区财政局.pdf"
    path.write_text("以前的内容", encoding="utf-8")
    pdf.save_pdf(checklist.unit(desk, UNASSIGNED), path)
    assert path.read_bytes().startswith(b"%PDF-")
    assert path.read_bytes().rstrip().endswith(b"%%EOF")
    assert [file.name for file in tmp_path.iterdir() if file.is_file()] == [path.name]


def test_folder_in_the_way_is_told_and_kept(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "措施.pdf"
    path.mkdir()
    with pytest.raises(KnownError, match="文件夹"):
        pdf.save_pdf(checklist.unit(desk, UNASSIGNED), path)
    assert path.is_dir()


def test_printer_gets_the_pages_asked_for(qtbot: QtBot, desk: Desk, tmp_path: Path) -> None:
    paper = measures.category(desk, desk.catalogue.categories[8].key)
    assert paper.pageCount() > 1
    for asked, wanted in (((0, 0), paper.pageCount()), ((2, 2), 1), ((1, 99), paper.pageCount())):
        path = tmp_path / f"{asked}.pdf"
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        printer.setOutputFileName(str(path))
        printer.setFromTo(*asked)
        preview.draw_on(paper, printer)
        assert len(pdf_reading.pages(path.read_bytes())) == wanted


def test_preview_turns_pages_by_button_and_by_key(qtbot: QtBot, desk: Desk) -> None:
    paper = measures.category(desk, desk.catalogue.categories[8].key)
    shown = preview.PrintPreview(None, paper, "九、推动中小企业创新发展")
    qtbot.addWidget(shown)
    with qtbot.waitExposed(shown):
        shown.show()
    pages = paper.pageCount()
    assert shown._page.text() == f"第1页 共{pages}页"
    assert not shown._previous.isEnabled()
    qtbot.mouseClick(shown._next, Qt.MouseButton.LeftButton)
    assert shown._page.text() == f"第2页 共{pages}页"
    for _ in range(pages):
        qtbot.keyClick(shown, Qt.Key.Key_PageDown)
    assert shown._page.text() == f"第{pages}页 共{pages}页"
    assert not shown._next.isEnabled()
    with qtbot.waitSignal(shown.rejected):
        qtbot.keyClick(shown, Qt.Key.Key_Escape)


def test_a_python_that_makes_no_tag_turns_local_forms_off_all_the_same(qapp: QApplication) -> None:
    plain = look.font(["Noto Sans CJK SC"], 12, bold=True)
    assert without_local_forms(plain) == typeface(["Noto Sans CJK SC"], 12, bold=True) != plain
