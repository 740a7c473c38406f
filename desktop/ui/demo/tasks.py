"""Pictures of single tasks for the manual: menus that are open, dialogs that ask; over invented entries only.

Each is brought up as people do it, on the real window; what asks for an answer gets none.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QApplication, QPushButton

from desktop.library.store import ListedNotice
from desktop.ui.demo import drawing
from desktop.ui.frame.rail import LIBRARY, OVERVIEW, VISITS
from desktop.workspace.demands import demands
from desktop.workspace.demands import recording as demand_steps
from desktop.workspace.demands.chain import DemandStep
from desktop.workspace.evidence import attached
from desktop.workspace.items.model import ItemKey

if TYPE_CHECKING:
    from PySide6.QtWidgets import QDialog

    from desktop.catalogue.model import Measure, Unit
    from desktop.ui.frame.window import Window

Pictures = Iterator[tuple[str, QPixmap]]
TWICE = "示例精密铸造有限责任公司"
NOTED = "下周走访前再核一遍省里的文件。"
FILE = "拨付凭证.txt"
MARGIN = 8  # pixels beside a menu


def pictures(window: Window, unit: Unit, measure: Measure) -> Pictures:
    """Bring up one task after the other; yield a name and a picture of each."""
    yield from _reading(window, measure)
    yield from _filling(window, unit, measure)
    yield from _keeping(window)
    yield from _visiting(window)


def _reading(window: Window, measure: Measure) -> Pictures:
    desk = window.desk
    window.open_measure(measure.key)
    reader = window.browse.reader
    yield from _menu("copy", reader.copy_button)
    desk.set_favourite(measure.key, True)
    desk.set_note(measure.key, NOTED)
    window.browse.navigator.set_order("favourite")
    reader.open_note()
    yield _whole("favourites", window)
    window.browse.navigator.set_order("category")

    def preview() -> QDialog:
        from desktop.ui.printing import measures, saving

        return saving.preview(desk, window, measures.measure(desk, measure.key), measure.cited)

    yield from _dialog("print", preview)

    def pack() -> QDialog:
        from desktop.ui.library.pack_dialogs import PackExportDialog

        listed = ListedNotice(
            "x", "示例发〔2030〕1号", "示例县支持小微企业若干措施", 12, 9, None, True, False
        )
        return PackExportDialog(desk, [listed], (), window)

    window.show_page(LIBRARY)
    yield from _dialog("notices-out", pack)


def _filling(window: Window, unit: Unit, measure: Measure) -> Pictures:
    desk, head = window.desk, window.checklist.head
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / FILE
        path.write_text("示例", encoding="utf-8")
        key = ItemKey(unit.key, measure.key)
        attached.add(
            desk.workspace.db,
            desk.workspace.folder,
            desk.catalogue,
            key,
            path,
            by=desk.user_name,
            at=desk.now(),
        )
    desk.tell_changed((key,))
    window.open_unit(unit.key)
    window.checklist.table.select_measure(measure.key)
    for name in ("evidence", "history"):
        head.show_panel(name)
        yield _whole(name, window)
    head.show_panel("")

    def handover() -> QDialog:
        from desktop.ui.checklist.handover import HandoverDialog

        return HandoverDialog(desk, unit, desk.items(unit.key), window)

    yield from _dialog("handover", handover)
    window.rounds.show_round()
    yield from _menu("round-end", window.overview.round.change_button)


def _keeping(window: Window) -> Pictures:
    desk = window.desk

    def seal() -> QDialog:
        from desktop.ui.safety.passphrase_dialog import SealDialog

        return SealDialog(desk, window)

    def restore() -> QDialog:
        from desktop.ui.safety.backup_work import Outlook
        from desktop.ui.safety.restoring import RestoreDialog
        from desktop.workspace.file import backup
        from desktop.workspace.safety import contents

        file = backup.every(desk.workspace.folder)[0]
        held = contents.of(desk.workspace.db)
        return RestoreDialog(desk, Outlook(file.path, held, held, 0), file.path.name, window)

    window.show_page(OVERVIEW)
    yield from _dialog("seal", seal)
    yield from _dialog("restore", restore)


def _visiting(window: Window) -> Pictures:
    from desktop.ui.demands.books import SendDemandsDialog
    from desktop.ui.printing import leaflet, saving
    from desktop.ui.visits.firm_dialog import FirmDialog
    from desktop.ui.visits.merge_dialog import MergeDialog
    from desktop.ui.visits.plan_dialog import PlanDialog

    desk = window.desk
    window.show_page(VISITS)
    window.visits.show_visited()
    firm = window.visits.firm_key
    yield from _dialog("firm", lambda: FirmDialog(desk, firm, window))
    papers = leaflet.pages(desk, firm, (desk.user_name,))
    yield from _dialog("leaflet", lambda: saving.preview(desk, window, papers, leaflet.TITLE))
    yield from _dialog("plan", lambda: PlanDialog(desk, firm, window))
    stamp = desk.visits.stamp()
    for one in demands.every(desk.workspace.db):
        step = DemandStep("交办", desk.today(), desk.user_name, lead=one.lead)
        demand_steps.act(desk.workspace.db, one.key, step, stamp)
    yield from _dialog("demands-out", lambda: SendDemandsDialog(desk, window))
    yield from _menu("field-lists", window.header.package_button)
    desk.firms.add(TWICE, {"town": "义井镇"})
    yield from _dialog("twice", lambda: MergeDialog(desk, window))


def _whole(name: str, window: Window) -> tuple[str, QPixmap]:
    picture = drawing.now(window)
    drawing.mark(picture)
    return name, picture


def _dialog(name: str, made: Callable[[], QDialog]) -> Pictures:
    dialog = made()
    dialog.show()
    yield name, drawing.alone(dialog)
    dialog.close()


def _menu(name: str, button: QPushButton) -> Pictures:
    button.click()
    menu = QApplication.activePopupWidget()
    assert menu is not None
    window = button.window()
    place = button.mapTo(window, button.rect().bottomLeft())
    place.setX(min(place.x(), window.width() - menu.width() - MARGIN))
    menu.move(window.mapToGlobal(place))  # a screen there is none, which could keep it in
    yield name, drawing.open_menu(menu, window)
    menu.close()
