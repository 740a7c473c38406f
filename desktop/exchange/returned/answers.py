"""What a unit wrote in a cell, taken for what it certainly means; what is only likely becomes a question.

Nothing is corrected in silence: 已办结 is not 已完成 until the coordinator has said so. Width of characters,
spaces and line breaks carry no meaning in a status or a day and are passed over.
"""

from __future__ import annotations

import re
from typing import assert_never

from desktop.catalogue.lookalikes import usual
from desktop.exchange.returned.sheet_cells import CellKind, Raw
from desktop.workspace.items import deadline, typed_dates
from desktop.workspace.items.model import FIELD_NAMES, Status
from desktop.workspace.items.typed_dates import Around, Asked, Certain
from desktop.workspace.returns.returned import Cell

_CHOICES = "、".join(Status)
_LONGEST_NUMBER = 15  # digits that a spreadsheet program keeps
_INVISIBLE = re.compile("[\u200b-\u200f\u2060\ufeff\u00ad]")
_LONGEST_STATUS = 200  # characters that are looked at
_AROUND_STATUS = "“”\"'‘’「」『』。.;;,,、:: "
_TENTHS = re.compile(r"(\d{4}|[1-9]\d?)\.([1-9])", re.ASCII)
_PERCENT = re.compile(r"(\d{1,3})(?:\.\d+)?%")


def _near(status: Status) -> str:
    """Return words that probably mean a status."""
    match status:
        case Status.NOT_STARTED:
            return (
                "未开始 尚未开始 没开始 未开展 尚未开展 尚未启动 没启动 没有启动 待启动 待开展 待办"
                " 未办 未办理 未着手 未实施 未推进"
            )
        case Status.UNDER_WAY:
            return (
                "推进 正推进 正在推进 持续推进 有序推进 进行中 正在进行 进展中 办理中 正在办理 在办"
                " 实施中 正在实施 落实中 正在落实 开展中 正在开展 已启动 启动 已开始 已开展 部分完成"
                " 基本完成 即将完成 正常推进 按计划推进 跟进中 持续"
            )
        case Status.DONE:
            return (
                "完成 己完成 以完成 已经完成 全部完成 已全部完成 全面完成 完成了 已办结 办结 已办"
                " 已办完 办完 已办理 已落实 落实 已做完 做完 已完结 完结 已结束 结束 已完毕 完毕"
                " 已实现 是 √ ✓ ✔"
            )
        case Status.CLOSED:
            return "已销 销号 消号 已消号 己销号 已经销号 同意销号 已销账 销账 已核销 核销 已验收 申请销号"
        case Status.NOT_APPLICABLE:
            return (
                "不涉及 未涉及 不适应 不使用 无 无此项 无此项工作 无关 不相关 不属于 不属于本单位"
                " 不适用本单位 不适用于本单位 不承担 无任务 无对应职能"
            )
    assert_never(status)


_MEANT = {word: status for status in Status for word in _near(status).split()}


def read(field: str, raw: Raw | None, base: str, around: Around) -> Cell:
    """Return what ``raw`` says for ``field``, a key of FIELD_NAMES; None is an empty cell.

    ``base`` is what was sent out, in the form in which it is kept; ``around`` is for guesses about days.
    """
    if raw is None or not _shown(raw.text):
        if field == "status":
            return Cell("", None, "状态没有填写，应为哪一种？", base)
        return Cell("", "" if _shown(base) else base)
    if raw.left is not None:
        return _struck(field, raw, base, around)
    if raw.kind is CellKind.FORMULA:
        return _asked(raw, f"“{FIELD_NAMES[field]}”是公式（{short(raw.text)}），应填什么？")
    if raw.kind is CellKind.ERROR:
        return _asked(raw, f"“{FIELD_NAMES[field]}”是错误值（{short(raw.text)}），应填什么？")
    if field == "status":
        return _status(raw)
    if field == "deadline":
        return _deadline(raw, around)
    return _text(field, raw, base)


def _struck(field: str, raw: Raw, base: str, around: Around) -> Cell:
    """Ask about an answer of which something is struck out; what is left is what it probably says."""
    words = f"“{FIELD_NAMES[field]}”中有划去的内容（“{short(raw.text)}”）"
    if not _shown(raw.left or ""):
        return _asked(raw, f"{words}，应填什么？")
    left = read(field, Raw(CellKind.TEXT, raw.left or ""), base, around)
    guess = left.value or left.guess
    return _asked(raw, f"{words}，是否为“{short(guess)}”？" if guess else f"{words}，应填什么？", guess)


def _status(raw: Raw) -> Cell:
    plain = "".join(usual(raw.text[:_LONGEST_STATUS]).split())
    word = plain.strip(_AROUND_STATUS)
    if raw.kind is CellKind.TEXT and word in set(Status) and len(raw.text) <= _LONGEST_STATUS:
        return Cell(raw.text, word)
    guess = _MEANT.get(word) or _beginning(word) if raw.kind is CellKind.TEXT else None
    if guess is None:
        return _asked(raw, f"状态填的是“{short(raw.text)}”，应为{_CHOICES}中的哪一种？")
    return _asked(raw, f"状态填的是“{short(raw.text)}”，是否为“{guess}”？", guess.value)


def _beginning(word: str) -> Status | None:
    """Return the status that ``word`` begins with or, for a share of the work, that goes with the share.

    None where it names several: 未启动→推进中 may mean either.
    """
    if share := _PERCENT.search(word):
        return Status.DONE if int(share[1]) == 100 else Status.UNDER_WAY
    if sum(status in word for status in Status) > 1:
        return None
    return next((status for status in Status if word.startswith(status)), None)


def _deadline(raw: Raw, around: Around) -> Cell:
    text = raw.text
    counted = typed_dates.as_number(raw.day) if raw.day else None
    if raw.kind is CellKind.DATE and raw.digits and raw.day and not counted:
        known = deadline.on(raw.day) == around.former
        text = text if known else raw.digits  # the number that was typed into a cell that shows dates
    reading = typed_dates.read(text, around)
    if isinstance(reading, Certain):
        return Cell(text, reading.deadline.stored)
    if raw.kind is CellKind.NUMBER and counted and text.isdigit():
        return Cell(text, counted.stored)
    if text == raw.digits and (readings := _tenths(text)):
        return Cell(text, None, f"完成时限填的是“{short(text)}”，{readings}，应为哪一天？")
    return Cell(text, None, reading.why, reading.guess.stored if isinstance(reading, Asked) else "")


def _tenths(text: str) -> str:
    """Return what a number may have been before its last zero was dropped: 2026.1 is 2026.10 too."""
    found = _TENTHS.fullmatch(text)
    if not found:
        return ""
    whole, tenth = found.groups()
    if len(whole) == 4:
        return f"可能是{whole}年1月，也可能是{whole}年10月" if tenth == "1" else ""
    return (
        f"可能是{whole}月{tenth}日，也可能是{whole}月{tenth}0日"
        if int(whole) <= 12 and tenth in "123"
        else ""
    )


def _text(field: str, raw: Raw, base: str) -> Cell:
    if raw.kind is CellKind.DATE:
        words = f"“{FIELD_NAMES[field]}”填的内容被表格程序当成了日期（{raw.text}），原来写的是什么？"
        return _asked(raw, words, raw.text)
    if raw.kind is CellKind.NUMBER and "e+" in raw.text:
        words = (
            f"“{FIELD_NAMES[field]}”是超过{_LONGEST_NUMBER}位的数字，末尾几位已被表格程序改成0，应填什么？"
        )
        return _asked(raw, words)
    if raw.unclear:
        words = (
            f"“{FIELD_NAMES[field]}”填的是按特别格式显示的数字，表格中显示的是什么？（数字是{raw.digits}）"
        )
        return _asked(raw, words, raw.digits)
    plain = raw.text.strip()
    return Cell(raw.text, base if plain == base.strip() else plain)


def _asked(raw: Raw, question: str, guess: str = "") -> Cell:
    return Cell(raw.text, None, question, guess)


def _shown(text: str) -> str:
    """Return ``text`` without what nobody sees."""
    return _INVISIBLE.sub("", text).strip()


def short(text: str, longest: int = 30) -> str:
    """Return ``text`` on one line, cut where it is too long for a sentence."""
    line = " ".join(text.split())
    return line if len(line) <= longest else f"{line[:longest]}……"
