"""The real window on a library of any size, in a process of its own: see ``benchmarks.library_blocks``.

``python -m benchmarks.library_window start FOLDER`` starts it; ``blocked FOLDER`` goes over all that shows
the library. Both print JSON, as ``benchmarks.years_window`` does, whose clock this is.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable
from pathlib import Path

from benchmarks import years_window
from benchmarks.years_window import Watched, close_dialogs
from desktop.ui.browse.navigator import ORDERS
from desktop.ui.frame import app
from desktop.ui.frame.rail import BROWSE, CHECKLIST, LIBRARY, OVERVIEW
from desktop.ui.frame.window import Window

RUNS = 3
TYPED = ("融", "融资", "融资担", "融资担保", "rongzi", "财政局")


def blocked(folder: Path) -> None:
    """Do everything that is measured and print the outcome."""
    application = app.application()
    desk, _why = app.open_desk(folder)
    window = Window(desk)
    watched = Watched()

    def act(name: str, does: Callable[[], object]) -> None:
        watched.of(name, does)
        close_dialogs()
        application.processEvents()

    act("first paint", window.show)
    browse, search, catalogue = window.browse, window.search, desk.catalogue
    tree = browse.navigator.tree
    for run in range(RUNS):
        papers = catalogue.documents
        paper = papers[(len(papers) // 2 + run) % len(papers)]
        for order, title in ORDERS:
            act(f"tree by {title}", lambda order=order: browse.navigator.set_order(order))
            act("a branch opened", lambda: tree.expand(tree.model().index(tree.model().rowCount() // 2, 0)))
        browse.navigator.set_order("category")
        act("all papers opened", lambda: tree.expandToDepth(0))
        tree.collapseAll()
        shown = catalogue.measures_in_document(paper.key)[-1].key
        act("a measure of another paper", lambda key=shown: browse.show_measure(key))
        for text in TYPED:
            act("typing into the search", lambda text=text: search.field.setText(text))
        for chip in search.chips.values():
            if chip.choices:
                act("a filter's menu", lambda chip=chip: chip.menu_of_choices(window).popup(window.pos()))
        key = catalogue.units[run].key
        act("a filter chosen", lambda key=key: search.ask_for("融资", unit=key))
        act("the search left", lambda: search.ask_for(""))
        act("清单", lambda: window.show_page(CHECKLIST))
        units = catalogue.checklist_units()
        act("another unit", lambda key=units[run + 1].key: window.checklist.show_unit(key))
        act("typing into the units", lambda: window.checklist.units.filter.setText("财"))
        window.checklist.units.filter.setText("")
        item = window.checklist.table.current_item()
        if item is not None:
            act("an edit", lambda key=item.key, run=run: desk.edit(key, {"owner": f"甲{run}{os.getpid()}"}))
        act("总览", lambda: window.show_page(OVERVIEW))
        act("发文库", lambda: window.show_page(LIBRARY))
        act("查阅", lambda: window.show_page(BROWSE))
    window.close()
    desk.close()
    print(json.dumps(watched.worst))


if __name__ == "__main__":
    {"start": years_window.start, "blocked": blocked}[sys.argv[1]](Path(sys.argv[2]))
    sys.stdout.flush()
    os._exit(0)
