"""Carrying out what was asked about the passphrase, while no window has the workspace open."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from PySide6.QtCore import QEventLoop
from PySide6.QtWidgets import QDialog

from desktop.errors import KnownError
from desktop.ui.kit import messages
from desktop.ui.kit.jobs import Job


@dataclass(frozen=True, slots=True)
class Sealing:
    """What is wanted: a passphrase (None: none any more), and that backups without one be deleted."""

    passphrase: str | None = field(repr=False)
    deletes_unsealed: bool


def carry_out(folder: Path, wanted: Sealing, ask: Callable[[QDialog], object]) -> str:
    """Seal the workspace in ``folder`` as ``wanted``; return what was done, "" when nothing was.

    What stood in the way is said with ``ask``; the workspace is as it was then.
    """
    from desktop.ui.safety.sealing_dialog import SealingDialog
    from desktop.workspace.safety import passphrase

    ends: list[object] = []
    job = Job(
        lambda _report, _cancelled: passphrase.change(
            folder, wanted.passphrase, delete_unsealed=wanted.deletes_unsealed
        )
    )
    waiting, loop = SealingDialog(), QEventLoop()
    for end in (job.done, job.failed, job.stopped):
        end.connect(ends.append)
        end.connect(loop.quit)
    waiting.show()
    job.start()
    loop.exec()
    job.wait()
    waiting.close_at_last()
    waiting.deleteLater()
    (end_,) = ends
    if isinstance(end_, KnownError):
        ask(messages.show_problem(None, end_))
        return ""
    if isinstance(end_, Exception):
        raise end_
    assert isinstance(end_, passphrase.Changed)
    return end_.words
