"""A finished workbook as bytes on disk: whole or not at all, with the results of its formulas inside.

openpyxl writes a formula without its result. Programs that compute show it at once, but previews on phones
and in mail show an empty cell; therefore the results are put in here.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import IO, Any
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import ParseError, fromstring
from openpyxl.workbook import Workbook
from openpyxl.writer.excel import ExcelWriter

from desktop.exchange.files import explain, write_beside

CREATOR = "惠企措施手册"
_CORE = "docProps/core.xml"
_SHARED = "xl/sharedStrings.xml"
_LARGEST_CORE = 65_536  # bytes; ours has about 600
_FORMULA = re.compile(rb'<c r="([A-Z]+[0-9]+)"([^>]*)>(<f>[^<]*</f>)<v ?(?:/>|></v>)')

Results = Mapping[str, Mapping[str, float]]
"""By sheet title: coordinate of a formula's cell → what the formula gives now."""


def save(workbook: Workbook, path: Path, title: str, at: datetime, results: Results | None = None) -> None:
    """Write ``workbook`` to ``path`` in one step.

    ``at`` becomes its date of creation and of change; only whoever changes it later makes the two differ.

    :raises KnownError: when it cannot be written; ``path`` then is what it was.
    """
    moment = at.astimezone(UTC).replace(microsecond=0, tzinfo=None)
    properties = workbook.properties
    properties.title, properties.creator, properties.lastModifiedBy = title, CREATOR, CREATOR
    properties.created = properties.modified = moment
    members = {
        f"xl/worksheets/sheet{index}.xml": (results or {}).get(sheet.title, {})
        for index, sheet in enumerate(workbook.worksheets, 1)
    }
    stream = BytesIO()
    try:
        with _Archive(stream, members) as archive:
            ExcelWriter(workbook, archive).save()
    except OSError as error:  # openpyxl keeps each sheet in the system's temporary folder for a moment
        raise explain(error, path) from error
    with write_beside(path) as new:
        new.write_bytes(stream.getvalue())


def is_untouched(path: Path) -> bool:
    """Say whether ``path`` is a workbook written here that nobody has saved since.

    Whoever saves a workbook brings its date of change up to date and moves its texts into a table of their
    own; a file that cannot be read counts as touched.
    """
    try:
        with ZipFile(path) as archive:
            if _SHARED in archive.namelist() or archive.getinfo(_CORE).file_size > _LARGEST_CORE:
                return False
            core = fromstring(archive.read(_CORE))
    except (
        OSError,
        BadZipFile,
        KeyError,
        ParseError,
        DefusedXmlException,
        NotImplementedError,
        RuntimeError,
    ):
        return False
    facts = {element.tag.rpartition("}")[2]: element.text for element in core}
    return facts.get("creator") == CREATOR and facts.get("created") == facts.get("modified")


class _Archive(ZipFile):
    """A workbook's archive that adds the results of formulas to the sheets that pass through it."""

    def __init__(self, stream: IO[bytes], results: Mapping[str, Mapping[str, float]]) -> None:
        super().__init__(stream, "w", ZIP_DEFLATED)
        self._results = results

    def write(self, filename: str | os.PathLike[str], arcname: Any = None, *rest: Any) -> None:
        """Add the file, with results when it is a sheet that has some."""
        known = self._results.get(str(arcname))
        if known:
            self.writestr(str(arcname), _with_results(Path(filename).read_bytes(), known))
        else:
            super().write(filename, arcname, *rest)


def _with_results(sheet: bytes, results: Mapping[str, float]) -> bytes:
    """Return a sheet's XML with the value of each formula behind it."""

    def filled(found: re.Match[bytes]) -> bytes:
        cell, attributes, formula = found.groups()
        value = results[cell.decode()]
        return b'<c r="%s"%s>%s<v>%s</v>' % (cell, attributes, formula, repr(value).encode())

    return _FORMULA.sub(filled, sheet)
