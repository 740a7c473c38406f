"""The foot of the window: what is loaded, short messages, and where the workspace is."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop import paths
from desktop.catalogue import store
from desktop.ui import origin
from desktop.ui.desk import Desk
from desktop.ui.kit import plain, widgets

FLASH_MS = 6000
CHECK_AFTER_MS = 300


MOST_CHECKED = 2000  # measures; as many take 50 ms


class StatusLine(QWidget):
    """The foot of the window: what is loaded at the left, short messages, the workspace at the right."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.setObjectName("status")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.facts, self._message = widgets.ElidedLabel(), widgets.ElidedLabel()
        self._saved, self._workspace = widgets.label(), widgets.label()
        self._user = widgets.ElidedLabel()
        self._row = QHBoxLayout(self)
        self._row.setSpacing(18)
        self._row.addWidget(self.facts)
        self._row.addWidget(self._message)
        self._row.addStretch(1)
        for widget in (self._saved, self._workspace, self._user):
            self._row.addWidget(widget)
        self._fade = QTimer(self, singleShot=True, interval=FLASH_MS)
        self._fade.timeout.connect(lambda: self._message.setText(""))
        desk.saved.connect(lambda at: self._saved.setText(f"已保存 {at}"))
        desk.settings_changed.connect(lambda _name: self._show())
        desk.look.changed.connect(self._show)
        self._check = ""
        self._check_pause = QTimer(self, singleShot=True, interval=CHECK_AFTER_MS)
        self._check_pause.timeout.connect(self.check_data)
        self._check_pause.start()
        self._show()

    def flash(self, words: str) -> None:
        """Show a short message for a few seconds."""
        self._message.setText(words)
        self._fade.start()

    def set_check(self, words: str, *, bad: bool = False) -> None:
        """Say how the check of the bundled data went."""
        self._check = words
        widgets.set_look(self.facts, "state", "bad" if bad else "")
        self._show()

    def take_catalogue(self) -> None:
        """Say what is in use now, and check it soon."""
        self.set_check("")
        self._check_pause.start()

    def check_data(self) -> None:
        """Check the database against its own hashes and say how that went.

        Of a large library each text is checked when it is read, and doctor checks the whole.
        """
        if self._desk.catalogue.whole.count > MOST_CHECKED:
            return
        problems = store.verify(self._desk.measures)
        words = "原文校验通过" if not problems else f"原文校验未通过：{problems[0]}"
        self.set_check(words, bad=bool(problems))

    def stop(self) -> None:
        """Check nothing any more: the window is closing."""
        self._check_pause.stop()

    def fit(self) -> None:
        """Take less height where the window is low."""
        look = self._desk.look.tokens
        above = look.px(1 if look.low(self) else 4)
        self._row.setContentsMargins(look.px(14), above, look.px(14), above)

    def _show(self) -> None:
        catalogue = self._desk.catalogue
        self.fit()
        version = catalogue.meta.get("data_version", "")
        several = len(catalogue.notices) != 1
        words = [origin.in_use(catalogue)] if several else []
        words += [f"{catalogue.count} 条措施", f"{len(catalogue.units)} 个责任单位"]
        words += [f"数据 {version}"] if version and len(catalogue.whole.notices) == 1 else []
        self.facts.setText(" · ".join(words + ([self._check] if self._check else [])))
        folder = self._desk.workspace.folder
        self._workspace.setText(f"工作库：{'只读' if self._desk.read_only else _place(folder)}")
        self._workspace.setToolTip(plain.tip(str(folder)))
        self._user.setText(f"使用人：{self._desk.user_name}")


def _place(folder: Path) -> str:
    """Return a short name for where the workspace lies."""
    if folder == paths.user_folder():
        return "本机"
    return "随程序" if folder == paths.home() / "workspace" else folder.name
