"""The manual says what stands on the screen: its words, pictures, tasks, and the window that shows it."""

from __future__ import annotations

import ast
import os
import re
import subprocess
import sys
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from desktop.errors import KnownError
from desktop.ui import verbs
from desktop.ui.frame.rail import PAGES
from desktop.ui.help import context, guide, guide_paper, guide_text
from desktop.ui.help.guide import GuideKind
from desktop.ui.help.guide_window import GuideWindow, PictureDialog
from desktop.ui.kit.asked_reason import AskedReason
from desktop.ui.kit.dialog import Dialog
from tests.ui.kit.test_enter import DIALOGS

ROOT = Path(__file__).parents[3]
SHOWN = re.compile(r"【([^】]+)】")
TRIMMED = re.compile(r"\s*▾$|……$")
LONGEST = 1366


@cache
def said() -> str:
    """Return every string of the program that has Chinese in it, one a line."""
    found = []
    for path in sorted((ROOT / "desktop").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and not node.value.isascii():
                found.append(node.value)
    for path in sorted((ROOT / "resources" / "processes").rglob("*.toml")):
        found.append(path.read_text(encoding="utf-8"))
    return "\n".join(found)


def tasks() -> list[tuple[str, list[guide.GuideLine]]]:
    """Return each task with what stands under it."""
    made: list[tuple[str, list[guide.GuideLine]]] = []
    for line in guide.lines():
        if line.kind is GuideKind.TASK:
            made.append((line.words, []))
        elif made and line.kind is not GuideKind.CHAPTER:
            made[-1][1].append(line)
    return made


def test_every_word_of_the_screen_is_one_of_the_program() -> None:
    shown = {TRIMMED.sub("", word) for line in guide.lines() for word in SHOWN.findall(line.words)}
    assert len(shown) > 100
    absent = {word for word in shown if not all(part in said() for part in word.split("："))}
    assert absent == set()


def test_every_task_has_its_own_name_and_steps_in_their_order() -> None:
    names = [name for name, _lines in tasks()]
    assert len(set(names)) == len(names)
    for name, lines in tasks():
        steps = [line.mark for line in lines if line.kind is GuideKind.STEP]
        assert steps == [f"{number}." for number in range(1, len(steps) + 1)], name
        assert steps, name


def test_every_picture_stands_and_none_is_larger_than_a_screen() -> None:
    pictures = [line for line in guide.lines() if line.kind is GuideKind.PICTURE]
    assert len(pictures) >= 12
    for line in pictures:
        image = QImage(str(guide.picture(line.mark)))
        assert 0 < image.width() <= LONGEST, line.mark
        assert line.words


def test_every_task_of_a_user_has_a_picture() -> None:
    lines = guide.lines()
    ends = [at for at, line in enumerate(lines) if line.words == "出了问题"]
    without, task = set(), ""
    for line in lines[: ends[0]]:
        if line.kind is GuideKind.TASK:
            task = line.words
            without.add(task)
        elif line.kind is GuideKind.PICTURE:
            without.discard(task)
    assert without == set()


def test_the_chapters_are_those_of_the_people_who_use_it() -> None:
    chapters = [line.words for line in guide.lines() if line.kind is GuideKind.CHAPTER]
    assert chapters == ["查政策的人", "收发清单的人", "下企业的人", "出了问题", "安装和更新"]


def test_every_page_has_a_task_and_every_dialog_that_is_named() -> None:
    names = {name for name, _lines in tasks()}
    assert {context.task(page) for page, _title in PAGES} <= names
    assert set(context.DIALOGS.values()) <= names
    dialogs = {*Dialog.__subclasses__(), *AskedReason.__subclasses__()}
    assert set(context.DIALOGS) <= {dialog.__name__ for dialog in dialogs}


def test_a_source_is_read_line_by_line() -> None:
    source = "# 题\n\n开头\n## 章\n### 事\n1. 点【导入】\n   再看\n- 也可以\n![图](pictures/a-b.png)\n"
    kinds = [line.kind for line in guide.read(source)]
    assert kinds == [
        GuideKind.TITLE,
        GuideKind.TEXT,
        GuideKind.CHAPTER,
        GuideKind.TASK,
        GuideKind.STEP,
        GuideKind.POINT,
        GuideKind.PICTURE,
    ]
    assert guide.read(source)[4].words == "点【导入】再看"
    assert guide.read(source)[-1] == guide.GuideLine(GuideKind.PICTURE, "图", "a-b.png")


def test_a_missing_manual_is_told(monkeypatch, tmp_path: Path) -> None:
    monkeypatch.setattr(guide, "folder", lambda: tmp_path)
    with pytest.raises(KnownError, match="使用手册"):
        guide.lines()


@pytest.fixture
def shown(qtbot, window) -> GuideWindow:
    qtbot.keyClick(window, Qt.Key.Key_F1)
    (found,) = window.findChildren(GuideWindow)
    return found


@pytest.mark.qt_log_ignore("does not support raise")
def test_f1_opens_the_manual_at_the_task_of_the_page(qtbot, window, shown) -> None:
    for number, (page, _title) in enumerate(PAGES):
        window.show_page(number)
        window.verbs.do(verbs.HELP)
        assert window.findChildren(GuideWindow) == [shown]
        assert shown.text.headings[shown.text.read_heading].words == context.task(page)
        assert shown.contents.currentItem().text(0) == context.task(page)


@pytest.mark.qt_log_ignore("does not support raise")
@pytest.mark.parametrize("name", ["backups", "reason", "question"])
def test_f1_opens_it_over_a_dialog_and_esc_goes_back_there(qtbot, desk, window, name: str) -> None:
    dialog = DIALOGS[name](desk, window)
    dialog.open()
    with qtbot.waitExposed(dialog):
        dialog.show()
    for _ in range(2):
        qtbot.keyClick(dialog, Qt.Key.Key_F1)
    (guide,) = window.findChildren(GuideWindow)
    assert guide.parent() is dialog
    assert not guide.isModal()
    task = context.DIALOGS.get(type(dialog).__name__, context.task(PAGES[window.page][0]))
    assert guide.text.headings[guide.text.read_heading].words == task
    qtbot.keyClick(guide, Qt.Key.Key_F1)
    assert window.findChildren(GuideWindow) == [guide]
    qtbot.keyClick(guide.text, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not window.findChildren(GuideWindow))
    assert dialog.isVisible()
    assert QApplication.activeWindow() is dialog
    qtbot.keyClick(dialog, Qt.Key.Key_F1)
    (guide,) = window.findChildren(GuideWindow)
    with qtbot.waitSignal(guide.finished):
        dialog.close()


def test_without_a_task_it_opens_at_its_beginning(qtbot, window, desk) -> None:
    made = GuideWindow(desk, window)
    with qtbot.waitExposed(made):
        made.open_at()
    qtbot.wait(2 * guide_text.AGAIN_MS)  # it is set anew for its width
    assert made.text.verticalScrollBar().value() < made.text.viewport().height() / 10
    made.close()


def test_a_search_marks_every_hit_and_goes_round(qtbot, shown) -> None:
    qtbot.keyClicks(shown.field, "Ctrl+")
    text = shown.text.toPlainText()
    assert len(shown.text.hits) == text.count("Ctrl+") > 1
    assert len(shown.text.extraSelections()) == len(shown.text.hits)
    seen = {shown.text.hit}
    for _ in shown.text.hits:
        qtbot.keyClick(shown.field, Qt.Key.Key_Return)
        seen.add(shown.text.hit)
    assert seen == set(range(len(shown.text.hits)))
    qtbot.keyClick(shown.field, Qt.Key.Key_Escape)
    assert (shown.field.text(), shown.text.hits, shown.isVisible()) == ("", [], True)
    shown.field.setText("没有这样的词")
    assert shown.count.text() == "没有找到"
    assert not shown.down_button.isEnabled()


def test_a_heading_of_the_contents_is_gone_to(shown) -> None:
    row = shown.contents.topLevelItem(2).child(1)
    shown.contents.setCurrentItem(row)
    assert shown.text.headings[shown.text.read_heading].words == row.text(0)


def test_width_size_and_look_set_it_anew_and_keep_the_place_and_the_hits(qtbot, desk, shown) -> None:
    shown.text.go_to_task("备份")
    shown.field.setText("备份")
    hits = len(shown.text.hits)
    shown.text.go_to_task("备份")
    desk.look.set_dark(True)
    desk.look.step_zoom(1)
    assert shown.text.headings[shown.text.read_heading].words == "备份"
    assert len(shown.text.hits) == hits
    narrow = shown.text._size("browse.png").width()
    shown.resize(shown.width() - 200, shown.height())
    qtbot.waitUntil(lambda: shown.text._size("browse.png").width() < narrow)


def test_a_picture_is_shown_whole(qtbot, shown) -> None:
    shown.text.picture_asked.emit("browse.png")
    (found,) = shown.findChildren(PictureDialog)
    assert found.isVisible()
    qtbot.keyClick(found, Qt.Key.Key_Escape)


def test_the_paper_has_contents_with_true_page_numbers(qapp) -> None:
    made = guide_paper.paper()
    words = [made.findBlockByNumber(number).text() for number in range(made.blockCount())]
    listed = dict(line.split("\t") for line in words if re.fullmatch(r"[^\d].*\t\d+", line))
    headings = [line.words for line in guide.lines() if line.is_heading]
    assert list(listed) == headings
    for name, page in listed.items():
        (block,) = [
            block
            for number in range(made.blockCount())
            if (block := made.findBlockByNumber(number)).text() == name
        ]
        assert guide_paper._page(made, block) + 1 == int(page)
    assert max(map(int, listed.values())) <= made.pageCount()


def test_the_verb_writes_the_manual_as_a_pdf(tmp_path: Path) -> None:
    target = tmp_path / "手册.pdf"
    command = [sys.executable, "-m", "desktop", "manual", "-o", str(target)]
    subprocess.run(
        command, check=True, cwd=ROOT, timeout=120, env={**os.environ, "SOURCE_DATE_EPOCH": "1700000000"}
    )
    made = target.read_bytes()
    assert made.startswith(b"%PDF")
    assert b"(D:20231114221320" in made
    assert b"DCTDecode" not in made  # pictures of a window as JPEG are blurred, and twice as large
    later = made.replace(b"(D:20231114", b"(D:20991231")
    assert guide_paper.dated(later, datetime.fromtimestamp(1_700_000_000, UTC)) == made
