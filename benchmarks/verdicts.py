"""A thousand enterprises judged against every measure: ``python -m benchmarks.verdicts [HOW MANY]``.

The reference beside it, in the same run, is the plainest use of the same measures: each measure's text looked
through for one word, and a card of what was found written as JSON, once per enterprise. Judging gives the
whole card (reasons with quotations, what is missing). Then the question to ask next, of the first hundred. In
seconds of the processor, the median of the runs by turns.
"""

from __future__ import annotations

import json
import random
import sys
from contextlib import closing

from benchmarks.turns import in_turns
from desktop.catalogue import clauses, facts, query, store
from desktop.classification import industry
from desktop.verdicts import asking, judging
from desktop.verdicts.judging import Verdict
from desktop.verdicts.known import Known
from desktop.verdicts.profile import GENERAL, SMALL, Profile

COUNT = 1000
ASKED = 100
RUNS = 5
TARGET_SECONDS = 2.0


def main(count: int) -> int:
    """Print the figures; return 1 when the target, taken for a thousand, is missed."""
    with closing(store.open_catalogue()) as db:
        catalogue = query.load(db)
        held = clauses.of_documents(db, (document.key for document in catalogue.documents))
    firms = _invented(count)

    def judge(firm: Profile) -> tuple[Verdict, ...]:
        return judging.judge_all(catalogue.measures, held, Known(firm))

    def scan(firm: Profile) -> str:
        word = "中小企业" if firm.employees else "企业"
        told = [
            {"number": measure.number, "title": measure.title, "at": measure.text.find(word)}
            for measure in catalogue.measures
        ]
        return json.dumps(told, ensure_ascii=False)

    judge(firms[0])  # reads the tables
    judged, scanned = in_turns(RUNS, lambda: list(map(judge, firms)), lambda: list(map(scan, firms)))
    few = [(firm, judge(firm)) for firm in firms[:ASKED]]
    (asked,) = in_turns(RUNS, lambda: [asking.ask_next(found, held, firm) for firm, found in few])
    print(f"{count} enterprises × {len(catalogue.measures)} measures, median of {RUNS} runs")
    print(f"  judged      {judged:6.2f} s  ({judged / count * 1000:.2f} ms an enterprise)")
    print(f"  text scan   {scanned:6.2f} s")
    print(f"  ratio       {judged / scanned:6.1f}")
    print(f"  ask next    {asked / len(few) * 1000:6.1f} ms an enterprise")
    return int(judged > TARGET_SECONDS * count / COUNT)


def _invented(count: int) -> list[Profile]:
    """Return enterprises of which more or less is known, the same ones each time."""
    chance = random.Random(3)
    codes = [one for one in industry.table().values() if len(one.digits) == 2]
    keys = list(facts.vocabulary())

    def some(value: float) -> float | None:
        return value if chance.random() < 0.7 else None

    return [
        Profile(
            name=f"示例{at}",
            industry=chance.choice(codes) if chance.random() < 0.9 else None,
            employees=some(chance.randrange(1, 1200)),
            revenue=some(chance.randrange(10, 60_000)),
            assets=some(chance.randrange(10, 60_000)),
            taxable_income=some(chance.randrange(-50, 600)),
            taxpayer=chance.choice((None, GENERAL, SMALL)),
            facts={key: chance.random() < 0.3 for key in keys if chance.random() < 0.5},
        )
        for at in range(count)
    ]


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else COUNT))
