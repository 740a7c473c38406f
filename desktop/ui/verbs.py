"""What can be asked of the window, in one table: words, keys, and whether it writes.

Menus, buttons, tips, the page under F1 and the keyboard read it; nothing else says a key. What a verb does is
said where it is made an action of: :mod:`desktop.ui.frame.actions` for the whole window, a page for its own.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QPushButton, QWidget

from desktop.ui.kit import plain, widgets

READ_ONLY = "本窗口为只读，不能这样做；原因见窗口上方"
_ARROWS = (("Left", "←"), ("Right", "→"), ("Up", "↑"), ("Down", "↓"))


@dataclass(frozen=True)
class Verb:
    """``keys`` are in Qt's portable form, the first one is shown; ``tip`` says more than ``words``.

    A verb that ``writes`` is not allowed in a window that only reads. One whose keys are ``heard`` has no
    action: a list or an editor hears them itself.
    """

    group: str
    words: str
    keys: tuple[str, ...] = ()
    tip: str = ""
    writes: bool = False
    heard: bool = False

    @property
    def readable_keys(self) -> tuple[str, ...]:
        """Return the keys as they are printed on keyboards; 回车 stands for both of them."""
        return tuple(dict.fromkeys(map(_readable, self.keys)))

    @property
    def hint(self) -> str:
        """Return the words of a tip: what it does and its first key."""
        words = self.tip or self.words
        return f"{words}（{self.readable_keys[0]}）" if self.keys else words


SHOW_BROWSE = Verb("页面", "查阅", ("Ctrl+1",))
SHOW_CHECKLIST = Verb("页面", "清单", ("Ctrl+2",))
SHOW_VISITS = Verb("页面", "走访", ("Ctrl+3",), "走访：企业、政策匹配、走访记录、诉求")
SHOW_OVERVIEW = Verb("页面", "总览", ("Ctrl+4",))
SHOW_LIBRARY = Verb("页面", "发文库", ("Ctrl+5",), "发文库：录入、停用、移除、对照发文")
SHOW_PROOFREADING = Verb("页面", "核查", ("Ctrl+6",), "核查：材料里引用发文的地方与原文比对")
FOCUS_LIST = Verb("页面", "转到左侧列表", ("F6",))

FOCUS_SEARCH = Verb("搜索", "转到搜索框", ("Ctrl+F", "Ctrl+K"))
NEXT_MATCH = Verb("搜索", "下一处匹配", ("F3",))
PREVIOUS_MATCH = Verb("搜索", "上一处匹配", ("Shift+F3",))
CHOOSE_RESULT = Verb("搜索", "在搜索框中选择结果", ("↑  ↓  回车",), heard=True)
RECENT_SEARCHES = Verb("搜索", "最近搜索（搜索框为空时）", ("↓",), "最近搜索", heard=True)
LEAVE_SEARCH = Verb("搜索", "返回目录", ("Esc",), heard=True)

NEXT_MEASURE = Verb("查阅", "下一条", ("Alt+Down",))
PREVIOUS_MEASURE = Verb("查阅", "上一条", ("Alt+Up",))
GO_BACK = Verb("查阅", "后退", ("Alt+Left",))
GO_FORWARD = Verb("查阅", "前进", ("Alt+Right",))
FAVOURITE = Verb("查阅", "收藏或取消收藏", ("Ctrl+D",), "加入或移出收藏", writes=True)
NOTE = Verb("查阅", "写批注", ("Ctrl+M",))
COPY_WITH_SOURCE = Verb(
    "查阅", "复制原文并注明出处", ("Ctrl+Shift+Q",), "复制原文，另起一行注明文件名、文号、条号和是否过期"
)
COPY_TEXT = Verb("查阅", "复制原文", ("Ctrl+Shift+C",), "复制全文，标点已还原为全角")
COPY_CITATION = Verb("查阅", "复制引文", ("Ctrl+Shift+X",), "复制文件名、文号和条号")
OPEN_SOURCE = Verb("查阅", "打开原文", ("Ctrl+Shift+O",), "看本条在发文原文中的位置")
COMPARE = Verb("查阅", "对照另一条措施", ("F9",), "与另一条措施并排对照")

CHECK_REPORT = Verb(
    "核查", "核查材料", ("Ctrl+Return", "Ctrl+Enter"), "把材料里引用发文的地方逐处与原文比对", heard=True
)
OPEN_CLAIM = Verb("核查", "打开选中一处的原文", ("回车",), heard=True)

PRINT = Verb("输出", "打印", ("Ctrl+P",))
SAVE_PDF = Verb("输出", "存为 PDF", ("Ctrl+Shift+P",))
EXPORT = Verb("输出", "导出 Excel", ("Ctrl+E",))
PRINT_MEASURE = Verb("输出", "打印本条措施")
PRINT_CATEGORY = Verb("输出", "打印本类别全部措施")
PRINT_NOTICE = Verb("输出", "打印整份文件")
PRINT_LISTED = Verb("输出", "打印搜索结果或收藏")
PRINT_UNIT = Verb("输出", "打印责任单位清单")
SAVE_MEASURE = Verb("输出", "存为 PDF：本条措施")
SAVE_CATEGORY = Verb("输出", "存为 PDF：本类别全部措施")
SAVE_NOTICE = Verb("输出", "存为 PDF：整份文件")
SAVE_LISTED = Verb("输出", "存为 PDF：搜索结果或收藏")
SAVE_UNIT = Verb("输出", "存为 PDF：责任单位清单")
EXPORT_LISTED = Verb("输出", "导出 Excel：搜索结果或收藏")

IMPORT = Verb("轮次", "导入回填", ("Ctrl+I",), "并入各单位交回的工作簿，也可以把它们拖到窗口上", writes=True)
IMPORT_FOLDER = Verb("轮次", "导入整个文件夹", writes=True)
RECEIPTS = Verb("轮次", "导入记录", ("Ctrl+Shift+I",))
DECIDE = Verb("轮次", "继续决定", ("Ctrl+Shift+D",), "决定以前导入时留下的各处，不用再找工作簿", writes=True)
NEW_ROUND = Verb("轮次", "新建填报轮次", ("Ctrl+Shift+N",), "新建一轮，发给各单位填报", writes=True)
SHOW_ROUND = Verb("轮次", "本轮情况、催报、再次发出")
LEDGER = Verb("轮次", "导出台账", ("Ctrl+L",))
NEXT_OPEN = Verb("轮次", "预览中：下一处待决定", ("F8",), "转到下一处待决定的内容")
CHOOSE_OUTCOME = Verb("轮次", "预览中：选择如何处理", ("1  2  3  4",), heard=True)
LEAVE_OUT = Verb(
    "轮次", "预览中：不并入这份，或重新并入", ("Ctrl+Delete",), "不并入所在的工作簿，确认之前可以重新并入"
)
CONFIRM_IMPORT = Verb("轮次", "预览中：确认并入", ("Ctrl+Return", "Ctrl+Enter"), "确认并入", writes=True)

EDIT_CELL = Verb("填报", "编辑所在的格", ("F2", "回车"), heard=True)
BREAK_LINE = Verb("填报", "在格内换行", ("Shift+回车",), heard=True)
NEXT_CELL = Verb("填报", "下一格", ("Tab",), heard=True)
HISTORY = Verb("填报", "修改记录", ("Ctrl+H",), "看选中事项的修改记录")
EVIDENCE = Verb("填报", "佐证材料", ("Ctrl+J",), "看选中事项的佐证材料")
ADD_EVIDENCE = Verb("填报", "添加佐证材料", ("Insert",), "复制文件存进工作库", heard=True)
REMOVE_EVIDENCE = Verb("填报", "移除佐证材料", ("Delete",), "从这一项移除，可以撤销", heard=True)
OPEN_EVIDENCE = Verb("填报", "打开佐证材料", ("回车",), "用默认程序打开", heard=True)
COPY_ROWS = Verb(
    "填报", "复制选中的行", ("Ctrl+C",), "连同表头复制，可以贴进 Excel、WPS 表格和 Word", heard=True
)
CHOOSE_ALL = Verb("填报", "选择全部事项", ("Ctrl+A",), heard=True)
DEADLINES = Verb("填报", "设置选中事项的时限", ("Ctrl+T",), writes=True)

FINISH_VISIT = Verb(
    "走访",
    "走访记录：定稿或完成更正",
    ("Ctrl+Return", "Ctrl+Enter"),
    "定稿后只能更正",
    writes=True,
    heard=True,
)
NEXT_CARD = Verb("走访", "政策匹配：上一条、下一条措施", ("↑  ↓",), heard=True)
OPEN_CARD = Verb("走访", "政策匹配：查阅这条措施", ("回车",), heard=True)
LEAVE_CARD = Verb("走访", "政策匹配：回到企业列表", ("Esc",), heard=True)
NEW_DEMAND = Verb("走访", "走访记录：再记一件诉求", ("Ctrl+D",), writes=True, heard=True)
TICK_MEASURE = Verb("走访", "走访记录：勾选讲解的措施", ("空格",), heard=True)
SAY_WISH = Verb("走访", "走访记录：想申请、已享受、不需要", ("1  2  3",), heard=True)
TO_COLUMN = Verb("走访", "走访记录：转到左、中、右栏", ("Alt+1", "Alt+2", "Alt+3"), heard=True)

TAKE_PACKAGE = Verb("走访", "并入数据包", (), "并入另一台电脑导出的数据包，先看有什么变化", writes=True)
WRITE_PACKAGE = Verb("走访", "导出数据包", (), "把录入的内容装成一个文件，带到另一台电脑并入", writes=True)
DECIDE_MERGED = Verb("走访", "待决定的内容", (), "两台电脑填得不同的，在这里选定", writes=True)
ARRIVALS = Verb("走访", "数据包记录", (), "并入过哪些数据包，还缺哪些；撤销最近一次")

VISIT_LEDGER = Verb("走访", "导出走访台账")
DEMAND_LEDGER = Verb("走访", "导出诉求台账")
SAME_FIRMS = Verb("走访", "疑似重复的企业", (), "并排看可能是同一家的企业，由人合并")

SEND_DEMANDS = Verb("走访", "发出诉求办理表", (), "把一个单位正在办理的诉求导出，由单位填写")
TAKE_DEMANDS = Verb("走访", "收回诉求办理表", (), "单位填写发回的，先看怎样，再并入", writes=True)
UNTAKE_DEMANDS = Verb("走访", "撤销最近收回的诉求办理表", writes=True)
RETENTION = Verb("走访", "到期清理", (), "超过保留年数的走访、诉求和企业，先列出，再彻底删除", writes=True)

ZOOM_IN = Verb("外观", "放大文字", ("Ctrl++", "Ctrl+="))
ZOOM_OUT = Verb("外观", "缩小文字", ("Ctrl+-",))
ZOOM_RESET = Verb("外观", "恢复大小", ("Ctrl+0",))
DARK = Verb("外观", "深色与浅色", ("Ctrl+Shift+L",), "切换深色与浅色外观")

UNDO = Verb("其他", "撤销上一次录入", ("Ctrl+Z",), "撤销上一次录入，在查阅页撤销批注", writes=True)
REDO = Verb("其他", "重做", ("Ctrl+Y", "Ctrl+Shift+Z"), "重做刚才撤销的录入", writes=True)
SETTINGS = Verb("其他", "设置", ("Ctrl+,",))
BACKUPS = Verb("其他", "备份与恢复", ("Ctrl+Shift+B",))
OPEN_MENU = Verb("其他", "打开右键菜单", ("Shift+F10", "菜单键"), heard=True)
HELP = Verb("帮助", "使用手册", ("F1",), "打开使用手册，转到本页的那一节")
KEYS = Verb("帮助", "快捷键", ("Ctrl+F1",))
LOOK_AROUND = Verb("帮助", "看一遍功能介绍")
ABOUT = Verb("帮助", "关于和诊断信息")

EVERY = tuple(each for each in tuple(globals().values()) if isinstance(each, Verb))
"""In the order in which they stand here, which is that of F1."""


def action(verb: Verb, owner: QWidget, does: Callable[[], object], *, may_write: bool = True) -> QAction:
    """Return an action of ``owner`` for a verb; its keys are heard where something in ``owner`` has focus."""
    made = QAction(verb.words, owner)
    made.setShortcuts([QKeySequence(keys) for keys in verb.keys])
    if not owner.isWindow():
        made.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
    allowed = may_write or not verb.writes
    made.setEnabled(allowed)
    made.setToolTip(verb.hint if allowed else READ_ONLY)
    made.triggered.connect(lambda: does())
    owner.addAction(made)
    return made


def button(made: QAction, text: str = "", *looks: str) -> QPushButton:
    """Return a button for an action: it does the same, is allowed when the action is, and tells its keys."""
    pressed = widgets.button(text or made.text(), *looks, does=made.trigger, tip=made.toolTip())
    pressed.setAccessibleName(made.text())

    def follow() -> None:
        pressed.setEnabled(made.isEnabled())
        pressed.setToolTip(made.toolTip())

    made.changed.connect(follow)
    follow()
    return pressed


def line(
    menu: QMenu, verb: Verb, does: Callable[[], object], words: str = "", *, asks: bool = False
) -> QAction:
    """Add a line for a verb to a menu, with its first key; ``asks`` when a dialog comes first."""
    keys = verb.readable_keys[0] if verb.keys else ""
    made = menu.addAction(_worded(words or verb.words, keys, asks))
    made.triggered.connect(lambda: does())
    made.setToolTip(plain.tip(verb.tip or verb.words))
    return made


def add(
    menu: QMenu,
    made: QAction,
    words: str = "",
    *,
    asks: bool = False,
    first: Callable[[], object] | None = None,
) -> QAction:
    """Add a line for an action to a menu, with its keys; ``asks`` when a dialog comes first.

    ``first`` is called before the action is done.
    """
    line = menu.addAction(_worded(words or made.text(), made.shortcut().toString(), asks))
    if first is not None:
        line.triggered.connect(lambda: first())
    line.triggered.connect(made.trigger)
    line.setEnabled(made.isEnabled())
    line.setToolTip(made.toolTip())
    return line


def _worded(words: str, keys: str, asks: bool) -> str:
    """Return a line of a menu: a tab parts words and keys."""
    return f"{words}{'……' if asks else ''}" + (f"\t{keys}" if keys else "")


def _readable(keys: str) -> str:
    for name, arrow in _ARROWS:
        keys = keys.replace(f"Alt+{name}", f"Alt+{arrow}")
    return keys.replace("Return", "回车").replace("Enter", "回车")
