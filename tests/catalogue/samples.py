"""The real notice, and the ways to break it: where the form breaks and in which words the error says so."""

# ruff: noqa: E501  one broken form, one line

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from desktop import paths
from desktop.catalogue import source

SLUG = "czbf-2023-3"
NOTICES = paths.resources() / "notices"
FOLDER = NOTICES / SLUG
SOURCE = source.read(FOLDER / "notice.txt")
LINES = SOURCE.split("\n")


@dataclass(frozen=True)
class Broken:
    """A notice that must be refused: how it is made from the real one, and what the error says."""

    name: str
    edit: Callable[[str], str]
    line: int
    reason: str


def swap(old: str, new: str) -> Callable[[str], str]:
    """Return an edit that replaces ``old``, which must stand exactly once."""

    def edit(text: str) -> str:
        assert text.count(old) == 1, old
        return text.replace(old, new)

    return edit


def blank(*numbers: int) -> Callable[[str], str]:
    """Return an edit that empties lines, so that the others keep their numbers."""

    def edit(text: str) -> str:
        return "\n".join("" if at in numbers else line for at, line in enumerate(text.split("\n"), start=1))

    return edit


def _without_categories(text: str) -> str:
    return re.sub(r"(?m)^[一二三四五六七八九十]、.*$", "", text)


BROKEN = (
    # numbers
    Broken("number missing", blank(62), 64, "缺少第5条"),
    Broken("number twice", swap("6.落实小微", "5.落实小微"), 64, "序号重复，已见于第62行"),
    Broken("numbers swapped", swap("12.加强能源", "13.加强能源"), 82, "缺少第12条"),
    Broken("does not begin with 1", swap("1.发挥中小", "0.发挥中小"), 52, "缺少第1条"),
    Broken("number without a dot", swap("5.持续清理规范", "5持续清理规范"), 62, "既不是类别、措施"),
    Broken("number lost", swap("22.鼓励中小企业走", "鼓励中小企业走"), 110, "既不是类别、措施"),
    # brackets
    Broken("unit bracket not closed", swap("(责任单位:区审计局、区工信局、区中小企业发展中心)", "(责任单位:区审计局"), 96, "“(”没有闭合"),
    Broken("unit bracket not opened", swap("(责任单位:区商务局", "责任单位:区商务局"), 106, "“)”没有与之配对"),
    Broken("title mark not closed", swap("《保障中小企业款项支付条例》", "《保障中小企业款项支付条例"), 94, "“《”没有闭合"),
    Broken("quotation not closed", swap("推广“随借随还”模式", "推广“随借随还模式"), 72, "没有"),
    Broken("brackets crossed", swap("〔2022〕30号)", "〔2022)30号〕"), 48, "没有与之配对"),
    # units
    Broken("units within the text", swap("合理安排错峰用电,不搞", "合理安排(责任单位:)"), 82, "应写在段末"),
    Broken("unit list empty", swap("稳定生产经营。(责任单位:区发改局)", "稳定生产经营。(责任单位:)"), 82, "责任单位有空缺"),
    Broken("gap in the unit list", swap("区财政局、区人社局、", "区财政局、、"), 54, "责任单位有空缺"),
    Broken("unit list ends in a mark", swap("区卫体局、区文旅局、区民政局、市生态环境局城区分局、区住建局", "区卫体局、"), 100, "责任单位有空缺"),
    Broken("units parted by a comma", swap("区工信局、区发改局、国网", "区工信局,区发改局、国网"), 78, "应为顿号"),
    Broken("unit twice", swap("(责任单位:区发改局、区工信局)", "(责任单位:区发改局、区发改局)"), 84, "“区发改局”重复"),
    Broken("words after the units", swap("区商务局、区政府办公室、辖区金融机构)", "区商务局)。另行通知"), 106, "应写在段末"),
    Broken("no colon", swap("(责任单位:区商务局", "(责任单位区商务局"), 106, "应写在段末"),
    Broken("another kind of unit", swap("(责任单位:区商务局", "(牵头单位:区商务局"), 106, "应写在段末"),
    Broken("units outside brackets", swap("(责任单位:区人社局)\n\n七", "责任单位:区人社局\n\n七"), 90, "应写在段末"),
    # categories
    Broken("no category", _without_categories, 44, "没有类别"),
    Broken("first category lost", blank(50), 52, "措施之前没有类别"),
    Broken("category lost", blank(66), 74, "类别序号应为“三”，这里是“四”"),
    Broken("category twice", swap("四、减轻", "三、减轻"), 74, "类别序号应为“四”，这里是“三”"),
    Broken("category lost its mark", swap("四、减轻", "减轻"), 74, "既不是类别、措施"),
    Broken("category without a title", swap("五、企业用电保供降本", "五、"), 80, "没有标题"),
    Broken("category without measures", blank(82, 84), 80, "之下没有措施"),
    Broken("last category without measures", blank(126, 128, 130, 132), 124, "之下没有措施"),
    # measures
    Broken("measure without content", swap(LINES[81], "12.加强能源要素保障。(责任单位:区发改局)"), 82, "没有内容"),
    Broken("measure of a title alone", swap(LINES[131], "32.加大指导帮扶力度。"), 132, "没有内容"),
    Broken("measure without any text", swap(LINES[131], "32."), 132, "没有以句号结束的标题"),
    Broken("title without a full stop", swap("加大指导帮扶力度。各有关", "加大指导帮扶力度,各有关"), 132, "没有以句号结束的标题"),
    Broken("no full stop at all", swap(LINES[131], "32.加大指导帮扶力度"), 132, "没有以句号结束的标题"),
    Broken("paragraph of no known form", swap("八、扩大市场", "以下为市场措施。\n八、扩大市场"), 98, "既不是类别、措施"),
    # closing clause
    Broken("no closing clause", blank(134), 132, "没有写明有效期的条款"),
    Broken("no last day", swap("有效期至2025年12月31日", "有效期三年"), 134, "也不是写明有效期的结尾条款"),
    Broken("impossible last day", swap("2025年12月31日", "2025年12月32日"), 134, "不是一个成立的日期"),
    Broken("two last days", swap("12月31日。", "12月31日,有效期至2026年1月1日。"), 134, "不是一个成立的日期"),
    Broken("valid before issued", swap("2025年12月31日", "2022年12月31日"), 134, "有效期早于成文日期"),
    Broken("words after the end", lambda text: text + "\n\n附件:任务分工表", 136, "之后还有文字"),
    # letter
    Broken("no document number", swap("\n城政办发〔2023〕3号\n", "\n\n"), 0, "没有找到发文字号"),
    Broken("number in other brackets", swap("\n城政办发〔2023〕3号\n", "\n城政办发[2023]3号\n"), 0, "没有找到发文字号"),
    Broken("no publication date", blank(24), 0, "没有“发布日期”"),
    Broken("impossible publication date", swap("2023-03-09", "2023-02-30"), 24, "2023-02-30"),
    Broken("page of another notice", swap(LINES[22], LINES[22].replace("若干措施", "实施方案")), 24, "不一致"),
    Broken("no addressees", swap(LINES[33], LINES[33][:-1]), 0, "没有找到主送机关"),
    Broken("gap in the addressees", swap(",各街道办事处,", ",,"), 34, "主送机关有空缺"),
    Broken("no title", blank(28, 30, 32), 26, "式的标题"),
    Broken("no signature", blank(38), 0, "没有找到落款"),
    Broken("nothing below the signature", lambda text: "\n".join(text.split("\n")[:38]), 38, "没有成文日期"),
    Broken("no date", swap("2023210", ""), 42, "不是成文日期"),
    Broken("date of no reading", swap("2023210", "2023000"), 40, "无法确定"),
    Broken("date after publication", swap("2023210", "2023310"), 40, "无法确定"),
    Broken("full date after publication", swap("2023210", "2023年3月10日"), 40, "晚于发布日期"),
    Broken("date of two readings", lambda text: swap("2023210", "2022111")(text), 40, "无法确定"),
    Broken("issues nothing", swap("《阳泉市城区加大纾困帮扶力度支持中小企业平稳健康发展若干措施》已经", "若干措施已经"), 34, "没有写明印发的文件"),
    Broken("issued paper not there", swap("\n平稳健康发展若干措施\n", "\n平稳发展若干措施\n"), 40, "没有找到印发的文件"),
)  # fmt: skip
