"""Rare characters: printed as they are, or named; never a box that nobody was told of."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QDialog, QLabel

from desktop.ui.kit import look
from desktop.ui.printing import glyphs, saving
from desktop.ui.printing.paper import Paper, typeface
from desktop.ui.printing.preview import PrintPreview
from desktop.ui.printing.typesetting import Run, Setting

HERE, NOWHERE = "中、abc，㐂1 \u3000\u200b\t\u2028", "\U000effff\U000efffe"


def font() -> QFont:
    return typeface(look.BODY_FAMILIES, 16)


def paper(words: str) -> Paper:
    made = Paper("明白纸", ("", ""))
    Setting(made).paragraph(Run(words))
    return made


def test_what_no_typeface_has_is_found_among_the_rest(qapp):
    assert glyphs.absent(HERE, font()) == []
    assert glyphs.absent(HERE + NOWHERE + HERE, font()) == sorted(NOWHERE)
    assert glyphs.absent("", font()) == []


@pytest.mark.parametrize("character", "𠮷㛃𮧵𪚥")
def test_a_rare_character_is_drawn_or_named(qapp, character):
    known = glyphs.lacking(paper(f"张{character}"))
    if glyphs.absent(character, font()):
        assert f"U+{ord(character):04X}" in str(known)
    else:
        assert known is None


def test_many_are_counted(qapp):
    told = glyphs.lacking(paper("".join(chr(0xEFF00 + number) for number in range(20))))
    assert "U+EFF07 等 20 个字，纸上是空框。" in str(told)
    assert "U+EFF08" not in str(told)


def words(widget) -> str:
    return " ".join(label.text() for label in widget.findChildren(QLabel))


def test_the_preview_names_them(qtbot):
    for text, named in (("张三", False), (f"张{NOWHERE}", True)):
        shown = PrintPreview(None, paper(text), "明白纸")
        qtbot.addWidget(shown)
        assert ("这些字在本机字体中没有：U+EFFFE、U+EFFFF，纸上是空框。" in words(shown)) is named


def test_a_pdf_is_saved_and_they_are_named(qtbot, desk, window, tmp_path):
    saved = []
    saving.save(desk, window, paper("张三"), tmp_path / "甲.pdf", saved.append)
    assert window.findChildren(QDialog) == []
    saving.save(desk, window, paper(NOWHERE), tmp_path / "乙.pdf", saved.append)
    (dialog,) = window.findChildren(QDialog)
    assert "U+EFFFE" in words(dialog)
    assert saved == [tmp_path / "甲.pdf", tmp_path / "乙.pdf"]
    dialog.close()
