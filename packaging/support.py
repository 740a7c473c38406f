"""PySide6's own Python modules, compiled when the program is packaged instead of at each of its starts.

shiboken6 holds them as source text inside its library and compiles them anew in every process, some 20 ms
before anything of Qt is loaded. It reads them from a folder ``files.dir`` beside itself where there is one
(``SBK_EMBED`` in Qt for Python's documentation); that folder is made here, with the modules already compiled.
"""

from __future__ import annotations

import importlib
import py_compile
from pathlib import Path

FOLDER = "shiboken6/files.dir"

#: What only writes the stubs that editors read. The loader imports it, nothing here calls it.
UNUSED = "shibokensupport/signature/lib/pyi_generator.py"


def compiled(scratch: Path) -> list[tuple[str, str, str]]:
    """Return the modules as data files to pack (name, file, kind), compiled below ``scratch``."""
    import PySide6.QtCore  # noqa: F401  # unpacks them

    _target, importer = importlib.import_module("signature_bootstrap").prepare_zipfile()
    entries = []
    for name in importer.zfile.namelist():
        if name.startswith("shibokensupport/") and name.endswith(".py"):
            source = scratch / name
            source.parent.mkdir(parents=True, exist_ok=True)
            source.write_bytes(b"" if name == UNUSED else importer.zfile.read(name))
            target = str(source.with_suffix(".pyc"))
            py_compile.compile(str(source), target, name, doraise=True)
            entries.append((f"{FOLDER}/{name}c", target, "DATA"))
    return entries
