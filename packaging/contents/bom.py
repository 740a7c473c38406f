"""The list of components as machines read it: CycloneDX 1.6, plain JSON, the same for the same package."""

from __future__ import annotations

import json
from pathlib import Path

from packaging.licenses import InvalidLicenseExpression, canonicalize_license_expression

from contents.owners import PROGRAM, Component

Json = dict[str, object]

#: What is taken over of a part of a part, from the list that a wheel brings along.
TAKEN_OVER = ("type", "name", "version", "licenses", "purl", "hashes")


def bill(version: str, found: dict[Component, list[str]]) -> str:
    """Return the bill of materials of the program in ``version`` as JSON text."""
    return json.dumps(
        {
            "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
            "bomFormat": "CycloneDX",
            "specVersion": "1.6",
            "version": 1,
            "metadata": {
                "component": {
                    "type": "application",
                    "bom-ref": PROGRAM,
                    "name": PROGRAM,
                    "version": version,
                    "licenses": [{"license": {"id": "MulanPSL-2.0"}}],
                }
            },
            "components": [_entry(component, files) for component, files in found.items()],
            "dependencies": [{"ref": PROGRAM, "dependsOn": [component.purl for component in found]}],
        },
        ensure_ascii=False,
        indent=1,
    )


def _entry(component: Component, files: list[str]) -> Json:
    entry: Json = {
        "type": "library",
        "bom-ref": component.purl,
        "name": component.name,
        "version": component.version,
        "licenses": [_licence(component.licence)],
        "purl": component.purl,
        "evidence": {"occurrences": [{"location": file} for file in files]},
    }
    if component.home:
        entry["externalReferences"] = [{"type": "website", "url": component.home}]
    if parts := [part for bom in component.boms for part in _parts(bom, component)]:
        entry["components"] = parts
    return entry


def _licence(said: str) -> Json:
    try:
        return {"expression": canonicalize_license_expression(said)}
    except InvalidLicenseExpression:
        return {"license": {"name": said or "见许可证文本"}}


def _parts(bom: Path, component: Component) -> list[Json]:
    """Return what is built into a library (the crates of one in Rust), as its wheel's own list says."""
    listed = json.loads(bom.read_text(encoding="utf-8"))
    return [
        {"bom-ref": f"{component.purl}#{part['purl']}"}
        | {key: part[key] for key in TAKEN_OVER if key in part}
        for part in listed.get("components", [])
        if part.get("purl")
    ]


def files_in(text: str) -> set[str]:
    """Return the files of the package that a bill names."""
    places = (entry["evidence"]["occurrences"] for entry in json.loads(text)["components"])
    return {occurrence["location"] for listed in places for occurrence in listed}
