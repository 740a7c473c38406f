"""The keyboard: every shortcut of the window in one list, and the page that shows it (F1)."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QGridLayout,
    QHBoxLayout,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from desktop.ui.kit import widgets

COLUMNS = 3


@dataclass(frozen=True, slots=True)
class Shortcut:
    """``keys`` in Qt's portable form; ``does`` names the method of ``Commands``; ``words`` are for F1."""

    group: str
    keys: tuple[str, ...]
    does: str
    words: str


WINDOW = (
    Shortcut("页面", ("Ctrl+1",), "show_browse", "查阅"),
    Shortcut("页面", ("Ctrl+2",), "show_checklist", "清单"),
    Shortcut("页面", ("Ctrl+3",), "show_overview", "总览"),
    Shortcut("页面", ("F6",), "focus_list", "转到左侧列表"),
    Shortcut("搜索", ("Ctrl+F", "Ctrl+K"), "focus_search", "转到搜索框"),
    Shortcut("搜索", ("F3",), "next_match", "下一处匹配"),
    Shortcut("搜索", ("Shift+F3",), "previous_match", "上一处匹配"),
    Shortcut("查阅", ("Alt+Down",), "next_measure", "下一条"),
    Shortcut("查阅", ("Alt+Up",), "previous_measure", "上一条"),
    Shortcut("查阅", ("Alt+Left",), "go_back", "后退"),
    Shortcut("查阅", ("Alt+Right",), "go_forward", "前进"),
    Shortcut("查阅", ("Ctrl+D",), "toggle_favourite", "收藏或取消收藏"),
    Shortcut("查阅", ("Ctrl+M",), "open_note", "写批注"),
    Shortcut("查阅", ("Ctrl+Shift+C",), "copy_text", "复制原文"),
    Shortcut("查阅", ("Ctrl+Shift+X",), "copy_citation", "复制引文"),
    Shortcut("输出", ("Ctrl+P",), "print_page", "打印"),
    Shortcut("输出", ("Ctrl+Shift+P",), "save_pdf", "存为 PDF"),
    Shortcut("输出", ("Ctrl+E",), "export", "导出 Excel"),
    Shortcut("轮次", ("Ctrl+I",), "import_files", "导入回填"),
    Shortcut("轮次", ("Ctrl+Shift+I",), "show_receipts", "导入记录"),
    Shortcut("轮次", ("Ctrl+Shift+N",), "new_round", "新建填报轮次"),
    Shortcut("轮次", ("Ctrl+L",), "export_ledger", "导出台账"),
    Shortcut("外观", ("Ctrl++", "Ctrl+="), "zoom_in", "放大文字"),
    Shortcut("外观", ("Ctrl+-",), "zoom_out", "缩小文字"),
    Shortcut("外观", ("Ctrl+0",), "zoom_reset", "恢复大小"),
    Shortcut("外观", ("Ctrl+Shift+L",), "toggle_dark", "深色与浅色"),
    Shortcut("其他", ("Ctrl+Z",), "undo", "撤销上一次录入"),
    Shortcut("其他", ("Ctrl+,",), "show_settings", "设置"),
    Shortcut("其他", ("Ctrl+Shift+B",), "show_backups", "备份与恢复"),
    Shortcut("其他", ("F1",), "show_shortcuts", "本页"),
)
ELSEWHERE = (
    Shortcut("搜索", ("↑  ↓  Enter",), "", "在搜索框中选择结果"),
    Shortcut("搜索", ("Esc",), "", "返回目录"),
    Shortcut("轮次", ("F8",), "", "预览中：下一处待决定"),
    Shortcut("轮次", ("1  2  3  4",), "", "预览中：选择如何处理"),
    Shortcut("轮次", ("Ctrl+Enter",), "", "预览中：确认并入"),
    Shortcut("填报", ("F2", "Enter"), "", "编辑所在的格"),
    Shortcut("填报", ("Shift+Enter",), "", "在格内换行"),
    Shortcut("填报", ("Tab",), "", "下一格"),
    Shortcut("填报", ("Ctrl+H",), "", "修改记录"),
    Shortcut("填报", ("Ctrl+J",), "", "佐证材料"),
    Shortcut("填报", ("Insert",), "", "添加佐证材料"),
    Shortcut("填报", ("Delete",), "", "移除佐证材料"),
    Shortcut("填报", ("Ctrl+A",), "", "选择全部事项"),
    Shortcut("填报", ("Ctrl+T",), "", "设置选中事项的时限"),
)


class ShortcutsDialog(QDialog):
    """Lists the shortcuts in columns of groups; scrolls where the window is too low for them."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("快捷键")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        canvas = QWidget()
        canvas.setObjectName("canvas")
        canvas.setLayout(_columns())
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setWidget(canvas)
        room = parent.window().size() if parent is not None else canvas.sizeHint()
        need = canvas.sizeHint()
        area.setMinimumSize(
            min(need.width() + 16, room.width() - 80), min(need.height(), room.height() - 160)
        )
        buttons = QDialogButtonBox()
        buttons.addButton("关闭", QDialogButtonBox.ButtonRole.RejectRole)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(28, 24, 28, 16)
        layout.setSpacing(20)
        layout.addWidget(area)
        layout.addWidget(buttons)


def _columns() -> QHBoxLayout:
    """Return all groups, the longest first, each in the column that is the shortest so far."""
    groups: dict[str, list[Shortcut]] = {}
    for each in (*WINDOW, *ELSEWHERE):
        groups.setdefault(each.group, []).append(each)
    columns = [widgets.column(spacing=16) for _ in range(COLUMNS)]
    filled = [0] * COLUMNS
    for title, shortcuts in sorted(groups.items(), key=lambda group: -len(group[1])):
        into = filled.index(min(filled))
        columns[into].addLayout(_group(title, shortcuts))
        filled[into] += len(shortcuts) + 2
    row = QHBoxLayout()
    row.setSpacing(36)
    for column in columns:
        column.addStretch(1)
        row.addLayout(column)
    return row


def _group(title: str, shortcuts: list[Shortcut]) -> QGridLayout:
    grid = QGridLayout()
    grid.setHorizontalSpacing(24)
    grid.setVerticalSpacing(6)
    grid.addWidget(widgets.label(title, "section"), 0, 0, 1, 2)
    for row, each in enumerate(shortcuts, start=1):
        keys = widgets.label("  或  ".join(_readable(key) for key in each.keys), "muted")
        grid.addWidget(keys, row, 0)
        grid.addWidget(widgets.label(each.words), row, 1)
    grid.setColumnMinimumWidth(0, 110)
    grid.setColumnStretch(1, 1)
    return grid


def _readable(key: str) -> str:
    """Return a key as it is printed on keyboards."""
    for name, arrow in (("Left", "←"), ("Right", "→"), ("Up", "↑"), ("Down", "↓")):
        key = key.replace(f"Alt+{name}", f"Alt+{arrow}")
    return key
