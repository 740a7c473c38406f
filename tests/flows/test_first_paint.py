"""What is loaded before the window first stands on the screen, by name.

Each room here is there because a first paint needs it (docs/decisions/start.md says why and how to put others
off). Who adds one has to add it here, and can say what for.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOMS = {
    "desktop": "__main__ disk errors paths",
    "desktop.cli": "guard window",
    "desktop.library": "index_opened opening",
    "desktop.catalogue": "bundled details lookalikes lookups model query store stored typeset unit_names"
    " validity",
    "desktop.workspace": "words",
    "desktop.workspace.file": "backup cipher connection examination inspection lock migrations replacement"
    " schema schema_journal schema_returns schema_safety seal store transaction",
    "desktop.workspace.items": "changes checklist confirmation deadline entries model notes progress rules"
    " settings",
    "desktop.workspace.journal": "model",
    "desktop.ui": "desk desk_writing origin remembered_look verbs",
    "desktop.ui.kit": "fields flow_layout fold_strip icons look message_line plain style_sheet widgets",
    "desktop.ui.safety": "rescue",
    "desktop.ui.typing": "choosing",
    "desktop.ui.frame": "actions app dialogs header leaving rail round_actions screen search_bar search_field"
    " searching status_line top_lines unexpected validity_line window window_state",
    "desktop.ui.browse": "columns facts measure_text measure_tree navigator navigator_model page"
    " reader visited",
}
QT = {"PySide6.QtCore", "PySide6.QtGui", "PySide6.QtSvg", "PySide6.QtWidgets"}

PROGRAM = """
import sys
from pathlib import Path
from desktop import __main__
from desktop.cli import guard, window
from desktop.ui.frame import app
application = app.application()
desk, why, told = app.rescued_desk(Path(sys.argv[1]))
shown = app.Window(desk)
before = []
shown.painted.connect(lambda: before.extend(sys.modules))
shown.painted.connect(application.quit)
shown.show()
application.exec()
print(*before, sep="\\n")
shown.close()
desk.close()
"""


def test_nothing_is_loaded_before_the_first_paint_that_it_does_not_need(tmp_path: Path) -> None:
    for _first_and_second_start in range(2):
        done = subprocess.run(
            [sys.executable, "-c", PROGRAM, tmp_path / "工作库"],
            env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
            stdout=subprocess.PIPE,
            text=True,
            check=True,
        )
    loaded = done.stdout.split()
    rooms = {f"{folder}.{room}" for folder, names in ROOMS.items() for room in names.split()}
    folders = {folder.rsplit(".", up)[0] for folder in ROOMS for up in range(folder.count(".") + 1)}
    assert {name for name in loaded if name.split(".")[0] == "desktop"} == rooms | folders
    assert {name for name in loaded if name.startswith("PySide6.Qt")} == QT
