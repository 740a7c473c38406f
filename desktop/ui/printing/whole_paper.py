"""The paragraphs of a whole paper as an official paper sets them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from desktop.catalogue.typeset import typeset
from desktop.reading.model import Label
from desktop.ui.printing.typesetting import Run

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from desktop.catalogue.model import Measure
    from desktop.library.paragraphs import PaperParagraph
    from desktop.ui.printing.typesetting import Setting

SIGNATURE_EDGE = 2  # characters that a signature keeps from the right edge (GB/T 9704-2012, 7.3.5.2)
_REMARK = re.compile(r"[（(【\[]|.{0,8}[：:]")  # （此件公开发布） and the like begin as paragraphs do
_MARKS = "。．.：:；;，, 　"


def set_paragraphs(
    setting: Setting, paragraphs: Sequence[PaperParagraph], measures: Mapping[int, Measure]
) -> None:
    """Set the paragraphs of a paper; ``measures`` are its measures by where they begin."""
    for one in paragraphs:
        if one.label is Label.MEASURE and one.start in measures:
            set_measure(setting, measures[one.start])
        else:
            _set(setting, one)
    setting.keep_headings()


def set_measure(setting: Setting, one: Measure) -> None:
    """Set a measure as the one paragraph that it is, its number and title standing out."""
    text = typeset(one.text)
    after = text.index(typeset(one.title)) + len(one.title)
    setting.paragraph(Run(text[:after], bold=True), Run(text[after:]))


def _set(setting: Setting, one: PaperParagraph) -> None:
    text = typeset(one.text)
    title, rest = text[: one.title_end], text[one.title_end :]
    if one.label is Label.TITLE:
        setting.centred(text)
    elif one.label in (Label.HEADING, Label.GROUP) and not rest.strip(_MARKS):
        setting.heading(text)
    elif one.label is Label.SIGNATURE and not _REMARK.match(text):
        setting.signature(text, SIGNATURE_EDGE)
    elif one.label is Label.LETTER and text.endswith("："):
        setting.block([Run(text)])  # whom it is sent to stands at the left edge
    else:
        runs = [Run(title, bold=True), Run(rest)] if title and rest else [Run(text)]
        setting.paragraph(*runs)
