"""One claim: what the report says beside what the notice says, word by word, and where that stands."""

from __future__ import annotations

import html
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QTextBrowser, QWidget

from desktop.catalogue.typeset import typeset
from desktop.library.word_changes import Marked, Stretch
from desktop.proofreading.model import KIND_NAMES, VERDICT_NAMES, Claim, ClaimVerdict
from desktop.ui.kit import plain, widgets
from desktop.ui.proofreading.claim_rows import colour

if TYPE_CHECKING:
    from desktop.ui.desk import Desk
    from desktop.ui.kit.look import Tokens

_UNKNOWN = "在用的发文里没有查到。请核对是否写错，或者把那份发文收入发文库后再核查。"
_SAME = "与原文一致。"


class ClaimCard(QWidget):
    """Shows one claim.

    Signals:
        source_asked(object): the place of the library that the claim speaks of is to be shown
    """

    source_asked = Signal(object)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._claim: Claim | None = None
        self._build()
        desk.look.changed.connect(self._take_look)
        self._take_look()

    def _build(self) -> None:
        self.text = QTextBrowser()
        self.text.setAccessibleName("比对结果")
        self.text.setFrameShape(QTextBrowser.Shape.NoFrame)
        self.text.setOpenLinks(False)
        self.text.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.place = widgets.ElidedLabel("muted", "small")
        self.open_button = widgets.button("打开原文", does=self._open, tip="在查阅中打开，并标出原文中的位置")
        self._foot = QHBoxLayout()
        self._foot.addWidget(self.place, 1)
        self._foot.addWidget(self.open_button)
        self._box = widgets.column()
        self._box.addWidget(self.text, 1)
        self._box.addLayout(self._foot)
        self.setLayout(self._box)

    @property
    def claim(self) -> Claim | None:
        """Return the claim shown."""
        return self._claim

    def show_claim(self, claim: Claim | None) -> None:
        """Show a claim, or nothing."""
        self._claim = claim
        self.text.setHtml(_page(claim, self._desk.look.tokens) if claim else "")
        source = claim.source if claim else None
        catalogue = self._desk.catalogue
        words = ""
        if source:
            words = catalogue.notice_with(source.notice).called
            words += f" · {catalogue.measure(source.measure).cited}" if source.measure else ""
        self.place.setText(words)
        self.open_button.setEnabled(source is not None)
        self.open_button.setToolTip(
            plain.tip("在查阅中打开，并标出原文中的位置" if source else "没有可以打开的原文")
        )

    def _open(self) -> None:
        if self._claim and self._claim.source:
            self.source_asked.emit(self._claim.source)

    def _take_look(self) -> None:
        px = self._desk.look.tokens.px
        self._box.setContentsMargins(px(14), px(10), px(14), px(12))
        self._foot.setSpacing(px(10))
        self.show_claim(self._claim)


def _page(claim: Claim, look: Tokens) -> str:
    """Return the page of a claim; nothing in it is marked by colour alone."""
    head = (
        f'<p style="color:{colour(claim.verdict, look)}"><b>{VERDICT_NAMES[claim.verdict]}</b>'
        f'<span style="color:{look.muted}">　{KIND_NAMES[claim.kind]}</span></p>'
    )
    if claim.verdict is ClaimVerdict.UNKNOWN:
        return head + _told("材料", html.escape(claim.text), look) + f"<p>{_UNKNOWN}</p>"
    if claim.verdict is ClaimVerdict.SAME:
        words = html.escape(typeset(claim.source.text)) if claim.source else ""
        return head + f"<p>{_SAME}</p>" + _told("原文", words, look)
    return (
        head
        + _told("原文", _side(claim.difference, Marked.GONE, look), look)
        + _told("材料", _side(claim.difference, Marked.NEW, look), look)
    )


def _told(what: str, words: str, look: Tokens) -> str:
    return (
        f'<p style="color:{look.muted};margin-bottom:2px">{what}</p>'
        f'<p style="margin-top:0;line-height:140%">{words}</p>'
    )


def _side(difference: tuple[Stretch, ...], side: Marked, look: Tokens) -> str:
    """Return one side of a difference: what only it says is bold, underlined and coloured."""
    mark = look.green if side is Marked.GONE else look.red
    return "".join(
        html.escape(typeset(each.text))
        if each.marked is Marked.KEPT
        else f'<b><u style="color:{mark}">{html.escape(each.text)}</u></b>'
        for each in difference
        if each.marked in (Marked.KEPT, side)
    )
