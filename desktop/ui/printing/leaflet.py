"""明白纸 on paper: one page for an enterprise, whatever is known of it.

Measures are left out, the last ones first, and quotations shortened until all stands on the page; how many
more apply is said then. Nothing is made smaller and nothing is cut off.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt

from desktop.catalogue import clauses as clause_rows
from desktop.catalogue import validity
from desktop.catalogue.validity import date_words
from desktop.ui.printing.paper import MM
from desktop.ui.printing.placed import HEIGHT, WIDTH, PlacedPaper
from desktop.ui.printing.typesetting import RED, Face, Run
from desktop.workspace.enterprises import enterprises, judged
from desktop.workspace.masking import person
from desktop.workspace.visits import leaflet as contents
from desktop.workspace.visits.leaflet import quoted

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from desktop.ui.desk import Desk
    from desktop.workspace.visits.leaflet import Leaflet, LeafletMeasure

TITLE = "惠企政策明白纸"
SIDE, TOP = 18 * MM, 16 * MM
ROOM = WIDTH - 2 * SIDE
RING, INSET, PITCH = 29.0, 41.0, 15.5
BOTTOM = HEIGHT - 12 * MM
BOX_LEAST, BOX_MOST, BOX_GAP = 62.0, 96.0, 12.0
GREY, LINE, AMBER, AMBER_LINE, AMBER_INK = "#404040", "#b8b8b8", "#fdf3e0", "#e5cfa0", "#7a4a00"
MOST, QUOTED = 9, (120, 80)
"""Measures on the page at most, and characters of each: two lines are about 80."""
_ASKED, LISTED, _SHORTEST = 4, 14, 40


def pages(
    desk: Desk, enterprise_key: str, visitors: Iterable[str] = (), *, with_contacts: bool = False
) -> PlacedPaper:
    """Return the leaflet of an enterprise as it is known today. Raises RuleError where it is not there."""
    key = enterprises.resolve(desk.workspace.db, enterprise_key)
    profile = judged.profile(desk.workspace.db, key, desk.today())
    rules = clause_rows.of_documents(desk.measures, (one.key for one in desk.catalogue.documents))
    return paper(
        contents.of(
            desk.catalogue, rules, profile, desk.today(), shown(visitors, with_contacts=with_contacts)
        )
    )


def shown(names: Iterable[str], *, with_contacts: bool) -> tuple[str, ...]:
    """Return names of persons as they leave the machine."""
    return tuple(name if with_contacts else person(name) for name in names)


def paper(told: Leaflet) -> PlacedPaper:
    """Return a leaflet on its page: as many measures as there is room for, with as much of their words."""
    for count in range(min(len(told.measures), MOST), 0, -1):
        for most in QUOTED:
            made, fits = _set(told, told.measures[:count], most, _ASKED)
            if fits:
                return made
    first = told.measures[:1]
    for asked in range(_ASKED if first else LISTED, 0, -1):
        made, fits = _set(told, first, _SHORTEST, asked)
        if fits:
            return made
    return _set(told, first, _SHORTEST, 0)[0]


def _set(
    told: Leaflet, measures: Sequence[LeafletMeasure], most: int, asked: int
) -> tuple[PlacedPaper, bool]:
    made = PlacedPaper(f"{TITLE} {told.firm}".strip())
    at = _head(made, told, measures)
    several = len({one.document for one in measures}) > 1
    for one in measures:
        at = _measure(made, one, at, most, several=several)
    at = _rest(made, told, len(measures), at + 8, asked)
    foot, by = _foot(told)
    below = BOTTOM - sum(made.high([run], ROOM, 14) for run in (foot, by)) - 5
    room = below - 10 - at
    fits = room >= BOX_LEAST
    _boxes(made, at, min(max(room, BOX_LEAST), BOX_MOST))
    made.line(SIDE, below, SIDE + ROOM, "#808080", 0.6)
    at = made.text([foot], SIDE, below + 5, ROOM, 14)
    made.text([by], SIDE, at, ROOM, 14, Qt.AlignmentFlag.AlignRight)
    return made, fits


def _head(made: PlacedPaper, told: Leaflet, measures: Sequence[LeafletMeasure]) -> float:
    centre = Qt.AlignmentFlag.AlignHCenter
    at = made.text([Run(TITLE, Face.TITLE, 23, ink=RED)], SIDE, TOP, ROOM, 34, centre)
    who = f"{told.firm}　·　{date_words(told.day)}" if told.firm else date_words(told.day)
    at = made.text([Run(who, size=11.5, ink=GREY)], SIDE, at + 3, ROOM, 18, centre) + 5
    made.line(SIDE, at, SIDE + ROOM, RED, 1.4)
    at += 6
    for key in dict.fromkeys(one.document for one in measures) or told.papers:
        at = made.text([Run(f"依据{told.papers[key]}", size=11)], SIDE, at, ROOM, 17, centre)
    notices = [told.notices[key] for key in dict.fromkeys(one.notice for one in measures) or told.notices]
    for notice in notices:
        stands = validity.state(notice, told.day)
        named = notice.called if len(notices) > 1 else "本文件"
        if not stands.expired:
            words = [Run(f"{named}{stands.sentence}", size=10, ink=GREY)]
            at = made.text(words, SIDE, at, ROOM, 16, centre)
            continue
        until, _, past = stands.sentence.partition("，")
        runs = [
            Run(f"{named}{until}，", size=10, ink=AMBER_INK),
            Run(past, Face.HEADING, 10, bold=True, ink=AMBER_INK),
            Run("。是否有延续或替代文件，请向责任单位核实。", size=10, ink=AMBER_INK),
        ]
        high = made.high(runs, ROOM - 16, 16)
        made.box(QRectF(SIDE, at + 4, ROOM, high + 8), AMBER_LINE, AMBER)
        made.text(runs, SIDE + 8, at + 8, ROOM - 16, 16)
        at += high + 16
    return at + 6


def _measure(made: PlacedPaper, one: LeafletMeasure, at: float, most: int, *, several: bool) -> float:
    left, room = SIDE + INSET, ROOM - INSET
    made.box(QRectF(SIDE, at + 8, RING, RING), RED, round=True, width=1)
    number = [Run(one.number, Face.HEADING, 12, bold=True, ink=RED)]
    made.text(number, SIDE, at + 8, RING, RING, Qt.AlignmentFlag.AlignHCenter)
    heading = [Run(one.title or f"第{one.number}条", Face.HEADING, 12.5, bold=True)]
    if several:
        heading.append(Run(f"　{one.paper}", size=9.5, ink=GREY))
    at = made.text(heading, left, at + 6, room, 19)
    if words := quoted(one.pieces, most):
        at = made.text([Run(words, size=11)], left, at, room, 17)
    at += 1
    about, whom = f"与贵企业有关：{one.reason}", f"找：{one.units}" if one.units else ""
    in_one = [Run("　|　".join(filter(None, (about, whom))), size=10, ink=GREY)]
    fits = made.high(in_one, room, PITCH) == PITCH
    for run in in_one if fits else [Run(words, size=10, ink=GREY) for words in (about, whom) if words]:
        at = made.text([run], left, at, room, PITCH)
    at += 6
    made.line(SIDE, at, SIDE + ROOM, LINE, 0.4)
    return at


def _rest(made: PlacedPaper, told: Leaflet, shown: int, at: float, asked: int) -> float:
    """Say what else applies, and what else might."""
    if not told.measures:
        words = "按目前了解的情况，还不能确定有适用的条文，请向走访人补充情况。"
        at = made.text([Run(words, size=11)], SIDE, at, ROOM, 17) + 3
    if left := len(told.measures) - shown:
        numbers = "、".join(sorted((one.number for one in told.measures[shown:]), key=int))
        own = "" if len(told.papers) > 1 else f"（第{numbers}条）"
        words = f"{'另有' if shown else '有'}{left}条适用{own}，可向走访人了解。"
        at = made.text([Run(words, Face.HEADING, 11)], SIDE, at, ROOM, 17) + 3
    if asked and told.asks and not told.measures:
        at = made.text([Run("还可以问问：", Face.HEADING, 11, bold=True)], SIDE, at + 4, ROOM, 17) + 2
        for one in told.asks[:asked]:
            at = made.text([Run(f"□　{one}", size=11)], SIDE, at, ROOM, 17) + 3
    elif asked and told.asks:
        words = "、".join(told.asks[:asked]) + ("等" if len(told.asks) > asked else "")
        runs = [Run("还可以问问：", Face.HEADING, 11, bold=True), Run(f"{words}。", size=11)]
        at = made.text(runs, SIDE, at, ROOM, 17) + 3
    return at + 6


def _boxes(made: PlacedPaper, at: float, high: float) -> None:
    wide = (ROOM - BOX_GAP) / 2
    for number, words in enumerate(("要准备的材料（由责任单位告知，手写）", "联系人和电话（手写）")):
        left = SIDE + number * (wide + BOX_GAP)
        made.box(QRectF(left, at, wide, high), LINE)
        made.text([Run(words, size=10.5, ink=GREY)], left + 9, at + 6, wide - 18, 16)


def _foot(told: Leaflet) -> tuple[Run, Run]:
    """Return what stands at the foot: where the words come from, and who hands it over."""
    version = f"（数据{told.version}）" if told.version else ""
    words = (
        f"引文与文件原文逐字一致{version}。本页只列与企业有关的条文，"
        "能否享受、享受多少，由责任单位按规定确定。"
    )
    by = f"走访人：{told.visitors or '　' * 8}"
    return Run(words, size=9, ink=GREY), Run(by, size=9.5, ink=GREY)
