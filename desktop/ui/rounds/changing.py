"""What becomes of a round, as asked for in the window: each deed first says what it will do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from desktop.catalogue.validity import date_words
from desktop.ui.kit import messages
from desktop.ui.rounds.change_dialogs import ExtendDialog, RenameDialog
from desktop.ui.rounds.record_dialog import RecordDialog
from desktop.workspace.returns import round_changes, rounds
from desktop.workspace.returns.rounds import RoundState

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from PySide6.QtWidgets import QDialog, QWidget

    from desktop.ui.desk import Desk
    from desktop.ui.kit.dialog import Dialog
    from desktop.workspace.returns.rounds import Round

NAMED = 5  # units that are named in a question
CLOSING = (
    "结束以后不再催报，也不再发出工作簿；以后收到的回填仍可并入，会注明是结束以后收到的。需要时可以恢复。"
)


class RoundChanges(QObject):
    """Renames, extends, closes, reopens and withdraws rounds, and shows their records.

    Signals:
        changed(object, str): the :class:`Round` as it is now, and what was done, in words
    """

    changed = Signal(object, str)

    def __init__(self, desk: Desk, window: QWidget) -> None:
        super().__init__(window)
        self._desk = desk
        self._window = window

    def ask_name(self, one: Round) -> RenameDialog | None:
        """Ask for another name; return the dialog, None in a window that only reads. So do those below."""
        if not self._desk.may_write():
            return None
        dialog = RenameDialog(self._desk, one, self._window)
        dialog.asked.connect(lambda name: self.rename(one, name))
        dialog.open()
        return dialog

    def ask_day(self, one: Round) -> ExtendDialog | None:
        """Ask for another reply-by day."""
        if not self._desk.may_write():
            return None
        dialog = ExtendDialog(self._desk, one, self._window)
        dialog.asked.connect(lambda day: self.extend(one, day))
        dialog.open()
        return dialog

    def ask_close(self, one: Round) -> QDialog | None:
        """Ask whether the round is to end, saying who has not answered."""
        stands = rounds.standing(self._desk.workspace.db, one, self._desk.today())
        count = len(stands.missing)
        missing = f"还有 {count} 家没有反馈：{self._named(stands.missing)}。\n" if count else ""
        return self._ask(f"结束“{one.name}”轮次？", missing + CLOSING, "结束本轮", lambda: self.close(one))

    def ask_reopen(self, one: Round) -> QDialog | None:
        """Ask whether the round is to go on."""
        left = (one.reply_by - self._desk.today()).days
        day = f"反馈时限仍是{date_words(one.reply_by)}"
        past = f"，已过 {-left} 天；恢复以后可以改时限。" if left < 0 else "。"
        return self._ask(f"恢复“{one.name}”轮次？", day + past, "恢复本轮", lambda: self.reopen(one))

    def ask_withdraw(self, one: Round) -> QDialog | None:
        """Ask whether the round is to be withdrawn."""
        sent = len(rounds.times_sent(self._desk.workspace.db, one.key))
        told = (
            f"工作簿已发给 {sent} 家，请通知各单位不再填报；仍有交回的，会认出是这一轮的，问过再并入。"
            if sent
            else "这一轮还没有发出工作簿。"
        )
        more = f"{told}本轮和它的记录都保留，需要时可以恢复。"
        return self._ask(f"撤回“{one.name}”轮次？", more, "撤回本轮", lambda: self.withdraw(one))

    def show_record(self, one: Round) -> Dialog:
        """Open the record of a round; return the dialog."""
        dialog = RecordDialog(self._desk, one, self._window)
        dialog.open()
        return dialog

    # ---- the writes

    def rename(self, one: Round, name: str) -> None:
        """Give a round another name."""
        db = self._desk.workspace.db
        self._do(
            lambda by, at: round_changes.rename(db, one.key, name, by=by, at=at),
            lambda made: f"轮次已改名为“{made.name}”",
        )

    def extend(self, one: Round, reply_by: date) -> None:
        """Let a round be answered by another day."""
        db = self._desk.workspace.db
        self._do(
            lambda by, at: round_changes.extend(db, one.key, reply_by, by=by, at=at),
            lambda made: f"反馈时限已改为{date_words(made.reply_by)}",
        )

    def close(self, one: Round) -> None:
        """Let a round end."""
        db = self._desk.workspace.db
        self._do(lambda by, at: round_changes.close(db, one.key, by=by, at=at), _told)

    def reopen(self, one: Round) -> None:
        """Let a round go on."""
        db = self._desk.workspace.db
        self._do(lambda by, at: round_changes.reopen(db, one.key, by=by, at=at), _told)

    def withdraw(self, one: Round) -> None:
        """Take a round back."""
        db = self._desk.workspace.db
        self._do(lambda by, at: round_changes.withdraw(db, one.key, by=by, at=at), _told)

    def _do(self, act: Callable[..., Round], told: Callable[[Round], str]) -> None:
        made = self._desk.write(lambda: act(self._desk.user_name, self._desk.now()))
        if made is not None:
            self.changed.emit(made, told(made))

    def _ask(self, words: str, more: str, yes: str, does: Callable[[], object]) -> QDialog | None:
        if not self._desk.may_write():
            return None
        return messages.ask(self._window, words, more, yes, "不" + yes[:2], does)

    def _named(self, unit_keys: tuple[str, ...]) -> str:
        names = "、".join(self._desk.catalogue.unit(key).name for key in unit_keys[:NAMED])
        return f"{names}等" if len(unit_keys) > NAMED else names


def _told(made: Round) -> str:
    done = {RoundState.OPEN: "已恢复", RoundState.CLOSED: "已结束", RoundState.WITHDRAWN: "已撤回"}
    return f"{done[made.state]}“{made.name}”轮次"
