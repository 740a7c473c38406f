"""The doctor's check of 回填: a round's workbook goes out, is filled in, taken in twice, and taken back."""

from __future__ import annotations

import tempfile
from datetime import datetime
from pathlib import Path

from desktop.catalogue.model import UNASSIGNED
from desktop.doctor import CheckError, examined


def returns(library: Path) -> str:
    """Send a round's workbook out, let another writer fill it in, take it in, twice, and back again.

    By then the workbook was sent once more and the round closed: the first one must still be known.
    """
    from desktop.exchange.checklists import filled_in, sending
    from desktop.exchange.checklists.book import Sending
    from desktop.exchange.returned import book
    from desktop.workspace.file.store import open_for_writing
    from desktop.workspace.items import entries
    from desktop.workspace.items.model import FIELD_NAMES, ItemKey
    from desktop.workspace.returns import intake, plans, reversal, round_changes, rounds

    now = datetime.now().astimezone()
    answers = {"status": "推进中", "deadline": "2030-06-30", "progress": "自检：‘引号’、𠮷、\n第二行"}
    with (
        examined.opened(library) as (_, catalogue),
        tempfile.TemporaryDirectory() as temporary,
        open_for_writing(Path(temporary) / "工作库") as opened,
    ):
        unit = next(one for one in examined.units_of_all(catalogue) if one.key != UNASSIGNED)
        measures = catalogue.measures_of(unit.key)
        firsts = {one.document_key: one.key for one in reversed(measures)}
        keys = [ItemKey(unit.key, key) for key in firsts.values()]
        asked = rounds.new(opened.db, catalogue, "自检", now.date(), [unit.key], by="自检", at=now)
        sent = Path(temporary) / "发出.xlsx"
        sending.send_unit(sent, opened.db, asked, Sending(catalogue, now.date()), unit, by="自检", at=now)
        more = Path(temporary) / "再发.xlsx"
        sending.send_unit(more, opened.db, asked, Sending(catalogue, now.date()), unit, by="自检", at=now)
        round_changes.close(opened.db, asked.key, by="自检", at=now)
        written = {FIELD_NAMES[name]: words for name, words in answers.items()}
        back = filled_in.fill_in(sent, dict.fromkeys(firsts.values(), written), Path(temporary) / "收回.xlsx")
        before = [entries.values(opened.db, key) for key in keys]
        for times, changed in enumerate((len(answers) * len(keys), 0), start=1):
            planned = plans.plan_all(opened.db, catalogue, book.read(back), now.date(), by="自检")
            receipt = intake.apply(opened.db, catalogue, planned, by="自检", at=now)
            if [len(file.changes) for file in receipt.files] != [changed]:
                raise CheckError(f"第{times}次导入改动的处数不对。")
            if [entries.values(opened.db, key) for key in keys] != [was | answers for was in before]:
                raise CheckError("导入的内容与填写的不同。")
        reversal.undo(opened.db, catalogue, by="自检", at=now)
        if [entries.values(opened.db, key) for key in keys] != before:
            raise CheckError("撤销导入后的内容与导入前不同。")
    return f"发出、再发、填写、导入{len(answers) * len(keys)}项内容，重复导入没有变化，撤销后与原来相同"
