"""A form on paper: a title, facts beside what they are called, room to write and to sign."""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING

from desktop.catalogue.typeset import typeset
from desktop.catalogue.validity import date_words
from desktop.ui.printing.paper import Paper
from desktop.ui.printing.table import PaperColumn, set_table, words
from desktop.ui.printing.typesetting import RED, SMALL, Run, Setting
from desktop.workspace import words as called
from desktop.workspace.enterprises import enterprises
from desktop.workspace.visits.leaflet import clean_title, quoted

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from desktop.ui.desk import Desk
    from desktop.workspace.enterprises.model import Enterprise

NAME, CONTENT = PaperColumn("项目", 18, centred=True), PaperColumn("内容", 82)
IN_A_LINE, LINES = 33, 10
IN_A_ROW = IN_A_LINE * LINES  # characters
MOST_QUOTED = 240
"""Characters of a measure on a paper."""
DATE = "日期：　　　年　　月　　日"
TO_SIGN = f"\n签字：\n\n{DATE}"


def begin(desk: Desk, title: str, under: Sequence[str], foot: str) -> tuple[Paper, Setting]:
    """Begin a paper with a title and lines under it; ``foot`` says what it is about."""
    paper = Paper(title, (foot, f"打印日期：{date_words(desk.today())}"))
    setting = Setting(paper)
    setting.title(title, ink=RED)
    for line in under:
        setting.centred(line, SMALL)
    setting.rule()
    return paper, setting


def facts(setting: Setting, told: Sequence[tuple[str, str]]) -> None:
    """Set what is known, each beside what it is called; what is empty is left out."""
    rows = []
    for name, text in told:
        for at, part in enumerate(_parts(text) if text.strip() else ()):
            rows.append((words(f"{name}（续）" if at else name), words(part)))
    set_table(setting, (NAME, CONTENT), rows)


def _parts(text: str) -> list[str]:
    """Return a text in parts of some lines each, so that no page ends with much left empty."""
    pieces = [
        line[at : at + IN_A_ROW] for line in text.split("\n") for at in range(0, len(line) or 1, IN_A_ROW)
    ]
    parts: list[list[str]] = [[]]
    left = LINES
    for piece in pieces:
        high = ceil(len(piece) / IN_A_LINE) or 1
        if high > left and parts[-1]:
            parts.append([])
            left = LINES
        parts[-1].append(piece)
        left -= high
    return ["\n".join(part) for part in parts]


def room(setting: Setting, name: str, lines: int) -> None:
    """Leave room to write by hand."""
    gap(setting)
    set_table(setting, [PaperColumn(name, 100)], [[words("\n" * lines)]])


def signatures(setting: Setting, who: Sequence[str], text: str = TO_SIGN) -> None:
    """Leave room for signatures."""
    gap(setting)
    set_table(setting, [PaperColumn(one, 100 / len(who)) for one in who], [[words(text)] * len(who)])


def gap(setting: Setting) -> None:
    """Leave a line free."""
    setting.block([Run("\u3000", size=SMALL)], pitch=1.2)


def firm(desk: Desk, key: str) -> Enterprise | None:
    """Return an enterprise; None where there is none, or it is not here."""
    known = enterprises.resolve(desk.workspace.db, key) if key else ""
    return next((one for one in enterprises.recorded(desk.workspace.db) if one.key == known), None)


def measure_text(desk: Desk, key: str) -> str:
    """Return the words of a measure, shortened, without what no paper of a visit has; "" for none."""
    if not desk.catalogue.has(key):
        return ""
    one = desk.catalogue.measure(key)
    return quoted([typeset(one.text)[one.body_start : one.body_end].strip()], MOST_QUOTED)


def measure(desk: Desk, key: str) -> str:
    """Return what a measure is called, and how long its notice is valid; its key where it is not here."""
    if not desk.catalogue.has(key):
        return f"{key}{called.GONE}" if key else ""
    one = desk.catalogue.measure(key)
    title, valid = _document(desk, one.document_key)
    return "\n".join(filter(None, (f"{title}{one.cited}", clean_title(one.called), valid)))


def documents(desk: Desk, keys: Iterable[str]) -> str:
    """Return the documents of measures, each with its 文号 and how long it is valid."""
    known = (desk.catalogue.measure(key).document_key for key in keys if desk.catalogue.has(key))
    return "\n".join("\n".join(filter(None, _document(desk, key))) for key in dict.fromkeys(known))


def _document(desk: Desk, key: str) -> tuple[str, str]:
    document = desk.catalogue.document_with(key)
    notice = desk.catalogue.notice_with(document.notice_key)
    number = f"（{notice.number}）" if notice.number else ""
    return f"《{typeset(document.title)}》{number}", desk.validity_of(notice).sentence
