from __future__ import annotations

import pytest

from desktop.ui.intake.workbook_list import Tone, WorkbookEntry


@pytest.mark.parametrize(
    ("undecided", "changed", "refused", "state", "tone"),
    [
        (2, "将更新 3 处", 1, "待决定 2 处", Tone.OPEN),
        (0, "将更新 3 处", 1, "将更新 3 处", Tone.TAKEN),
        (0, "", 1, "未并入 1 份", Tone.REFUSED),
        (0, "", 0, "无变化", Tone.PLAIN),
    ],
)
def test_what_stands_for_all_workbooks_says_first_what_asks_for_attention(
    undecided, changed, refused, state, tone
):
    entry = WorkbookEntry.of_all(4, undecided=undecided, changed=changed, refused=refused)
    assert (entry.name, entry.file_name, entry.state, entry.tone) == ("全部工作簿", "4 份", state, tone)
