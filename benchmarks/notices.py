"""How notices' texts are read, beside what people counted: `python benchmarks/notices.py DIR`.

DIR holds `texts/*.txt`, and may hold `flat/*.txt` (the same texts on one line) and `expected.json` (what
people counted: categories, measures, units, units_resolved, responsibilities, lead, support, valid_until, …).
A text is exact, or differs with a question, or is wrong in silence, which must not be. Flat texts are held
against their texts. Texts that nobody counted are told with what was read, to be looked at. Last comes how
long 20,000 characters take.
"""

from __future__ import annotations

import json
import sys
import time
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from desktop.errors import KnownError
from desktop.reading.model import NoticeReading, Role
from desktop.reading.propose import propose

COMPARED = (
    *("categories", "measures", "units", "units_resolved", "responsibilities", "unit_brackets"),
    *(
        "lead",
        "support",
        "others",
        "measures_with_lead",
        "number",
        "issued_on",
        "in_force_from",
        "valid_until",
    ),
)
CHARACTERS = 20_000


def counts(reading: NoticeReading) -> dict[str, Any]:
    """Return what was read in the terms in which people counted."""
    printed, names, pairs, led = set(), set(), {}, set()
    brackets = 0
    measures = [(d, m) for d, document in enumerate(reading.documents) for m in document.measures]
    for document, measure in measures:
        for statement in measure.statements:
            brackets += 1
            for mention in statement.mentions:
                printed.add(mention.printed)
                names.add(mention.name)
                key = (document, measure.ordinal, mention.name)
                pairs[key] = pairs.get(key) or mention.role
                if mention.role is Role.LEAD:
                    led.add((document, measure.ordinal))
    roles = Counter(pairs.values())
    head, term = reading.head, reading.term
    return {
        "categories": sum(len(document.categories) for document in reading.documents),
        "measures": len(measures),
        "units": len(printed),
        "units_resolved": len(names),
        "responsibilities": len(pairs),
        "unit_brackets": brackets,
        "lead": roles[Role.LEAD],
        "support": roles[Role.SUPPORT],
        "others": len(pairs) - roles[Role.LEAD],
        "measures_with_lead": len(led),
        "number": head.number or None,
        "issued_on": head.issued_on.isoformat() if head.issued_on else None,
        "in_force_from": term.since.isoformat() if term.since else None,
        "valid_until": term.until.isoformat() if term.until else None,
        "documents": len(reading.documents),
    }


def differences(found: Mapping[str, Any], expected: Mapping[str, Any]) -> list[str]:
    """Return what differs, as `name found≠expected`."""
    return [
        f"{name} {found[name]}≠{expected[name]}"
        for name in COMPARED
        if name in expected and found[name] != expected[name]
    ]


def main(folder: Path) -> int:
    """Print the table; 1 where anything is wrong in silence."""
    expected = {}
    if (folder / "expected.json").is_file():
        expected = json.loads((folder / "expected.json").read_text("utf-8"))
    read: dict[str, NoticeReading] = {}
    silent = 0
    print(
        f"{'text':<34} {'cat':>3} {'grp':>3} {'mea':>3} {'unit':>4} {'res':>4} {'resp':>4} {'?':>2}"
        f" {'left':>4}"
    )
    for file in sorted((folder / "texts").glob("*.txt")):
        told, reading = _told(file, expected.get(file.stem))
        if reading:
            read[file.stem] = reading
        silent += told.endswith("SILENCE")
        print(told)
    for file in sorted((folder / "flat").glob("*.txt")):
        whole = read.get(file.stem)
        told, _ = _told(file, counts(whole) if whole else None)
        silent += told.endswith("SILENCE")
        print(f"flat/{told}")
    _speed([file.read_text("utf-8-sig") for file in sorted((folder / "texts").glob("*.txt"))])
    print(f"wrong in silence: {silent}")
    return bool(silent)


def _told(file: Path, expected: Mapping[str, Any] | None) -> tuple[str, NoticeReading | None]:
    try:
        reading = propose(file.read_text("utf-8-sig"))
    except KnownError as error:
        return f"{file.stem:<34} {error.message}", None
    found = counts(reading)
    groups = sum(len(document.groups) for document in reading.documents)
    row = (
        f"{file.stem:<34} {found['categories']:>3} {groups:>3} {found['measures']:>3} {found['units']:>4}"
        f" {found['units_resolved']:>4} {found['responsibilities']:>4} {len(reading.questions):>2}"
        f" {reading.left_over:>4}  {reading.term.kind.value:<6}"
    )
    if expected is None:
        return f"{row} (not counted)", reading
    unlike = differences(found, expected)
    if not unlike:
        return f"{row} exact", reading
    verdict = "differs, with a question" if reading.questions else "WRONG IN SILENCE"
    return f"{row} {'; '.join(unlike)}: {verdict}", reading


def _speed(texts: list[str]) -> None:
    best = 0.0
    for text in texts:
        begun = time.perf_counter()
        try:
            propose(text)
        except KnownError:
            continue
        best = max(best, (time.perf_counter() - begun) / len(text) * CHARACTERS)
    whole = "\n".join(texts)[:CHARACTERS]
    begun = time.perf_counter()
    propose(whole)
    print(
        f"{CHARACTERS} characters: {time.perf_counter() - begun:.2f} s in one text,"
        f" {best:.2f} s at the slowest pace"
    )


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
