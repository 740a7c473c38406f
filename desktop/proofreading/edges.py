"""The ends of what is copied: a clause that stops amid a word, or has a word that is another or too many."""

from __future__ import annotations

import re

from desktop.proofreading.aligning import Aligned, WordEdit
from desktop.proofreading.folding import FoldedText

_FEW = 4
IDLE = frozenset("的和及与以等将把对了在中并也其而")
"""Words that a writer exchanges, adds and leaves out freely."""
WEIGHTY = re.compile(
    "^(可以|可|应当|应|必须|不得|禁止|严禁|鼓励|支持|引导|要求|限制|原则上|一律|以上|以下|以内|以外|超过|不超过|不低于|不高于|至少|最高|最低|"
    "每年|每月|每季度|一次性|全部|部分|全额|减半|免征|减征|缓缴|之前|之后|前|后)$"
)
"""Words on which it depends what is granted."""
_TURNED = re.compile("(?:不得|不再|不予|不宜|暂不|停止|禁止|严禁|取消|不|未|勿)$")
_LEADING = frozenset(
    "对将把由在与可应并及和使让为按以从至其该各每凡经须拟现已均再只仅能要"
    "会则若如因当待自向给就也还更又全本我且或而请帮做抓"
)
_TRAILING = frozenset("的等了着过内外前后上下中间时起")
"""Single characters that may stand before and behind what a clause is copied of."""
_BEGUN = re.compile(
    "按照|按时|对于|对接|对照|由于|应当|应急|应用|可以|可能|从事|从严|从快|自主|自愿|自觉|"
    "经营|经济|经费|能力|能源|要求|全面|全力|全部|全国|全省|全市|全区|全程|本市|本地|给予|"
    "更好|更多|更加|及时|为了|或者|现有|现代|只要|只有|就业|就近|帮助|帮扶|做好|做强|做大|"
    "抓好|抓紧|已经|再生|当地|当年|待遇|其他|各类|各级|各地|每年|每月|因地|使用|把握|让利|"
    "在线|在校|与会|和谐|向上|会计|会议|待业|还款"
)
"""Words that begin with one of these."""
_OVER = re.compile(
    "以[上下内外]|之[前后]|[期空时民]间|[及按]时|[线网]上|线下|[集其]中|[境海]外|[提目]前|售后|[发一]起|[平高]等"
)
"""Words that end with one of these."""
_FRAMING = re.compile(
    "印发|出台|制定|发布|下发|要求|提出|明确|规定|指出|强调|包括|支持|鼓励|根据|按照|其中|通过|为了|方面|实行|开展|推动|加强|做好|一是|二是|三是"
)


def before(found: Aligned, said: FoldedText, source: FoldedText) -> list[WordEdit]:
    """Return the edit at the beginning of the first clause, where one word stands for another."""
    first = max(cut for cut in said.cuts if cut <= found.first)
    begin = max(cut for cut in source.cuts if cut <= found.begin)
    new = "".join(said.keys[first : found.first])
    gone = "".join(source.keys[begin : found.begin])
    return _edge(WordEdit(first, found.first, begin, found.begin), new, gone)


def behind(found: Aligned, said: FoldedText, source: FoldedText) -> list[WordEdit]:
    """Return the edit at the end of the last clause, where one word stands for another."""
    last = min(cut for cut in said.cuts if cut >= found.last)
    end = min(cut for cut in source.cuts if cut >= found.end)
    new = "".join(said.keys[found.last : last])
    gone = "".join(source.keys[found.end : end])
    return _edge(WordEdit(found.last, last, found.end, end), new, gone)


def _edge(edit: WordEdit, new: str, gone: str) -> list[WordEdit]:
    lengths = edit.last - edit.first, edit.end - edit.begin
    if not all(0 < length <= _FEW for length in lengths) or abs(lengths[0] - lengths[1]) > 1:
        return []
    if IDLE.union(_LEADING - set("可应须要")).issuperset(new + gone):
        return []
    return [] if _FRAMING.search(new) and not (WEIGHTY.match(new) and WEIGHTY.match(gone)) else [edit]


def clipped(found: Aligned, said: FoldedText, source: FoldedText) -> list[WordEdit]:
    """Return where a clause lacks its first or last character: 一步降低 for 进一步降低, 快速通 for 快速通道.

    A clause may be copied in part, but not to the middle of a word.
    """
    edits = []
    begin, end = found.begin - 1, found.end
    if found.first in said.cuts and begin in source.cuts and found.begin not in source.cuts:
        word = "".join(source.keys[begin : found.begin + 1])
        if _is_han(word[0]) and (word[0] not in _LEADING or _BEGUN.match(word)):
            edits.append(WordEdit(found.first, found.first, begin, found.begin))
    if found.last in said.cuts and end + 1 in source.cuts and end not in source.cuts:
        word = "".join(source.keys[end - 1 : end + 1])
        if _is_han(word[-1]) and (word[-1] not in _TRAILING or _OVER.search(word)):
            edits.append(WordEdit(found.last, found.last, end, end + 1))
    return edits


def added(found: Aligned, said: FoldedText, source: FoldedText) -> list[WordEdit]:
    """Return words before and behind what is copied that turn it round, or say a character twice."""
    edits = []
    first = max(cut for cut in said.cuts if cut <= found.first)
    last = min(cut for cut in said.cuts if cut >= found.last)
    denied = _TURNED.search("".join(said.keys[first : found.first]))
    meant = _TURNED.search("".join(source.keys[max(0, found.begin - 4) : found.begin]))
    if denied and not meant:
        edits.append(WordEdit(found.first - len(denied[0]), found.first, found.begin, found.begin))
    elif 0 < found.first - first <= _FEW and said.keys[found.first - 1] == source.keys[found.begin]:
        before_it = found.first - first - 1
        if said.keys[first : found.first - 1] == source.keys[found.begin - before_it : found.begin]:
            edits.append(WordEdit(found.first - 1, found.first, found.begin, found.begin))
    if 0 < last - found.last <= _FEW and said.keys[found.last] == source.keys[found.end - 1]:
        behind_it = last - found.last - 1
        if said.keys[found.last + 1 : last] == source.keys[found.end : found.end + behind_it]:
            edits.append(WordEdit(found.last, found.last + 1, found.end, found.end))
    return edits


def _is_han(word: str) -> bool:
    return len(word) == 1 and "\u4e00" <= word <= "\u9fff"
