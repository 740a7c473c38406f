"""The bundled notice."""

from __future__ import annotations

from desktop import paths
from desktop.catalogue import source

SLUG = "czbf-2023-3"
NOTICES = paths.resources() / "notices"
FOLDER = NOTICES / SLUG
SOURCE = source.read(FOLDER / "notice.txt")
LINES = SOURCE.split("\n")
