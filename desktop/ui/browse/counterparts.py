"""上下位: which measures of other papers were confirmed to correspond to one, as 对照两份文件 keeps it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.errors import KnownError

if TYPE_CHECKING:
    from desktop.catalogue.model import Measure
    from desktop.ui.desk import Desk


def of(desk: Desk, measure_key: str) -> tuple[Measure, ...]:
    """Return the measures in use that correspond to a measure; none where what was kept cannot be read."""
    from desktop.library import folders, pack_names

    folder = folders.root(desk.workspace.folder)
    if not (folder / pack_names.LINKS).exists():
        return ()
    from desktop.library import links
    from desktop.library.corresponding import PairState

    try:
        decided = links.links(folder)
    except KnownError:
        return ()
    keys = {
        key
        for pair, state in decided.items()
        if state is PairState.CONFIRMED and measure_key in pair
        for key in pair
        if key != measure_key
    }
    found = map(desk.catalogue.measure, filter(desk.catalogue.has, keys))
    places = {document.key: at for at, document in enumerate(desk.catalogue.documents)}
    return tuple(sorted(found, key=lambda one: (places[one.document_key], one.ordinal)))
