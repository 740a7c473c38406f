"""One unit's checklist as a sheet: the head, the table to fill in, the rules under it.

Columns A to M are for people. N to P are hidden and say which row this is when the sheet comes back, whatever
was sorted or inserted: the item's key, the revision of the entry, the hash of the measure's text.
"""

from __future__ import annotations

from openpyxl.workbook import Workbook
from openpyxl.workbook.defined_name import DefinedName

from desktop.workspace.items.model import Status

OPTIONS_SHEET, STATUS_LIST = "选项", "status_list"
"""The hidden sheet with the values of the drop-down, and the name of that range: a list inside a rule may not
be longer than 255 characters, and WPS handles it badly."""


def add_options(workbook: Workbook) -> None:
    """Append the hidden sheet that the drop-downs refer to."""
    sheet = workbook.create_sheet(OPTIONS_SHEET)
    for status in Status:
        sheet.append([status.value])
    sheet.sheet_state = "hidden"
    reference = f"'{OPTIONS_SHEET}'!$A$1:$A${len(Status)}"
    workbook.defined_names[STATUS_LIST] = DefinedName(STATUS_LIST, attr_text=reference)
