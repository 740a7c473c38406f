"""How moments, sizes, values, units and measures are said, in the window, workbooks and verbs alike.

Which word is said for which thing, and which are not, is listed in docs/words.md.
"""

from __future__ import annotations

from datetime import date, datetime

from desktop.catalogue.model import Measure, headed
from desktop.catalogue.query import Catalogue
from desktop.catalogue.typeset import typeset
from desktop.catalogue.validity import date_words
from desktop.errors import RuleError
from desktop.workspace.items import changes, deadline
from desktop.workspace.items.model import CHANGE_NAMES, EVIDENCE, Change, ItemKey

EMPTY = "（空）"
UNATTACHED, TAKEN_OFF = "（未附）", "（移除）"
UNTOUCHED = "未填报"
FORMER = "原有单位"
UNKNOWN_UNIT = "看不出单位"
GONE = "（现行措施库中已无此项）"
SIZES = ("B", "KB", "MB", "GB")


def moment(at: str | datetime) -> str:
    """Return a moment as people read it, to the minute, by the clock of then: 2026-11-23 09:05; "" for none.

    ``at`` may be the text that is kept, ISO 8601 with or without an offset.
    """
    return (at if isinstance(at, str) else at.isoformat())[:16].replace("T", " ")


def day(at: str) -> str:
    """Return the day of a moment as it is kept, as official papers print it: 2026年11月23日."""
    return date_words(date.fromisoformat(at[:10]))


def size(count: int) -> str:
    """Return a size in bytes as people say it, e.g. 640 KB, 1.2 MB."""
    amount, unit = float(count), SIZES[0]
    for unit in SIZES:
        if amount < 1000 or unit == SIZES[-1]:
            break
        amount /= 1024
    digits = 1 if unit in SIZES[2:] and amount < 100 else 0
    return f"{amount:.{digits}f} {unit}"


def field(name: str) -> str:
    """Return what a field of a change is called; the name itself when no such field is known."""
    return CHANGE_NAMES.get(name, name)


def value(field: str, stored: str, empty: str = EMPTY) -> str:
    """Return what a field held as people read it, ``empty`` for nothing; what cannot be read stands as it is.

    What a unit wrote as a deadline, or what a damaged file holds, need not be one.
    """
    if not stored.strip():
        return empty
    if field != "deadline":
        return stored
    try:
        return deadline.parse(stored).words
    except RuleError:
        return stored


def sides(change: Change) -> tuple[str, str]:
    """Return what a field held before a change and after it; of files, those taken off and those attached."""
    if change.field != EVIDENCE:
        return value(change.field, change.before), value(change.field, change.after)
    removed, added = changes.files(change)
    return "\n".join(removed) or UNATTACHED, "\n".join(added) or TAKEN_OFF


def unit(catalogue: Catalogue, key: str) -> str:
    """Return what a unit is called, with its key for one that this catalogue does not have; "" for none."""
    try:
        return catalogue.unit(key).name
    except KeyError:
        return f"{FORMER}（{key}）" if key else ""


def document(catalogue: Catalogue, key: str) -> str:
    """Return what a document is called: its notice's 文号, with its title where that issues several.

    One that no notice of the library has any more is called by its key, "" for none.
    """
    try:
        known = catalogue.document_with(key)
    except KeyError:
        return key
    called = catalogue.notice_with(known.notice_key).called
    issued = len(catalogue.documents_in(known.notice_key))
    return called if issued < 2 else f"{called}《{typeset(known.title)}》"


def paper(catalogue: Catalogue, key: str) -> str:
    """Return what the document of a measure is called, "" where only that one is in use: it need not be said.

    "" also for a measure that the library does not have.
    """
    try:
        own = catalogue.measure(key).document_key
    except KeyError:
        return ""
    only = len(catalogue.documents) == 1 and catalogue.documents[0].key == own
    return "" if only else document(catalogue, own)


def numbered(measure: Measure) -> str:
    """Return number and title of a measure as a list shows them, e.g. 16.加强融资担保."""
    return typeset(headed(measure.label or f"{measure.number}.", measure.called))


def measure(catalogue: Catalogue, key: str) -> str:
    """Return number and title of a measure, after its document where several are in use.

    For one that the library does not have its key, saying so.
    """
    try:
        known = catalogue.measure(key)
    except KeyError:
        return f"{key}{GONE}"
    return "　".join(filter(None, (paper(catalogue, key), numbered(known))))


def number(catalogue: Catalogue, key: str) -> str:
    """Return 第16条, after its document where several are in use; for one that is not here its key."""
    try:
        return f"{paper(catalogue, key)}{catalogue.measure(key).cited}"
    except KeyError:
        return f"“{measure(catalogue, key)}”"


def line(catalogue: Catalogue, key: ItemKey | None, printed: int) -> str:
    """Return how the item of a row is cited, as :func:`number` does.

    Of one that the library does not have the number that the row showed; "" where it showed none.
    """
    try:
        if key is not None:
            return f"{paper(catalogue, key.measure_key)}{catalogue.measure(key.measure_key).cited}"
    except KeyError:
        pass
    return f"第{printed}条" if printed else ""


def item(catalogue: Catalogue, key: ItemKey | None) -> str:
    """Return number and title of an item's measure, "" for none."""
    return measure(catalogue, key.measure_key) if key else ""


def last(change: Change | None) -> str:
    """Return when an item was changed last and by whom, in two lines; that it never was for None."""
    return f"{moment(change.at)}\n{change.by}" if change else UNTOUCHED
