"""A report checked against one notice and against a large library: ``python -m benchmarks.proofreading``.

``python -m benchmarks.proofreading [FOLDER]`` makes the library of 300 notices and 10 000 measures in FOLDER,
or takes the one that lies there. The report has 20 000 characters: half are sentences of measures, a tenth of
these with a fault, half are words of its own.

The reference beside it, in the same run, is the plainest search of the same sentences in the same measures:
each sentence looked for, as it is printed, in each measure's text. In seconds of the processor, the median of
the runs by turns.
"""

from __future__ import annotations

import random
import re
import sys
import tempfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from benchmarks import generated
from benchmarks.turns import in_turns
from desktop.catalogue import query, store
from desktop.library import opening
from desktop.proofreading.checking import check
from desktop.proofreading.corpus import Corpus

LENGTH = 20_000
RUNS = 3
TARGET_SECONDS = 1.0
_OWN = "我单位坚持问题导向，深入一线走访，{}月份共走访企业{}家，帮助协调解决困难{}件，企业满意度提升。"


def main(folder: Path) -> int:
    """Print the figures; return 1 when the target for one notice is missed."""
    with closing(store.open_catalogue()) as db:
        slow = _measured("one notice", Corpus(db, query.load(db)), lambda: Corpus(db, query.load(db)))
    generated.library(folder, 10_000, notices=300)
    library = opening.opened(folder)
    with closing(library.db):
        corpus = Corpus(library.db, library.catalogue)
        _measured("300 notices", corpus, lambda: Corpus(library.db, library.catalogue))
    return int(slow > TARGET_SECONDS)


def _measured(name: str, corpus: Corpus, make: Callable[[], Corpus]) -> float:
    text = _report(corpus)
    sentences = [each for each in re.split(r"[。；\n]", text) if each]
    texts = [passage.text for passage in corpus.passages if passage.measure]

    def scan() -> int:
        return sum(sentence in held for sentence in sentences for held in texts)

    found = check(text, corpus)
    (whole, again, scanned) = in_turns(RUNS, lambda: check(text, make()), lambda: check(text, corpus), scan)
    print(f"{name}: {len(text)} characters, {len(texts)} measures, {len(found)} claims, median of {RUNS}")
    print(f"  library read and checked  {whole:6.2f} s")
    print(f"  checked once more         {again:6.2f} s")
    print(f"  plain search              {scanned:6.2f} s")
    print(f"  ratio                     {whole / scanned:6.1f}")
    return whole


def _report(corpus: Corpus) -> str:
    """Return the report, the same each time."""
    chance = random.Random(20_230_210)
    catalogue = corpus.catalogue
    lines: list[str] = []
    while sum(map(len, lines)) < LENGTH:
        measure = chance.choice(catalogue.measures)
        notice = catalogue.notice_of(measure)
        words = max(re.split("[。;；]", measure.body), key=len).strip()
        if chance.random() < 0.1 and len(words) > 12:
            words = words[:6] + words[8:]
        lines.append(f"根据{notice.called}{measure.cited}，{words}。")
        while sum(map(len, lines)) < 2 * sum(len(each) for each in lines if each.startswith("根据")):
            lines.append(_OWN.format(*(chance.randrange(1, 60) for _ in range(3))))
    return "\n".join(lines)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as made:
        sys.exit(main(Path(sys.argv[1] if len(sys.argv) > 1 else made)))
